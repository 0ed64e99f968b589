package main

import (
	"slices"

	"strata/analysis/rfm"
	"strata/model/answer"
	"strata/tui/session"
)

// partJSON is a part of the workspace: customers, orders as stored, and their
// value, bought less returned as the returns policy has it.
type partJSON struct {
	Customers int64  `json:"customers"`
	Orders    int64  `json:"orders"`
	Value     amount `json:"value"`
}

func newPartJSON(p rfm.Part, money amounts) partJSON {
	return partJSON{p.Customers, p.Orders, money.of(p.Value)}
}

// restJSON is what no rule sees. The tiers, whom the map has in none included, and
// all parts but the last add up to the last, in customers, orders and value:
// not_counted are orders of those in the tiers that are no orders under the
// policies, whose value the tiers have.
type restJSON struct {
	NotTiered    partJSON `json:"not_tiered"`
	NotCounted   partJSON `json:"not_counted"`
	BeforeWindow partJSON `json:"before_window"`
	NotSeen      partJSON `json:"not_seen"`
	FilteredOut  partJSON `json:"filtered_out"`
	Workspace    partJSON `json:"workspace"`
}

func newRestJSON(w rfm.Whole, money amounts) restJSON {
	return restJSON{
		NotTiered: newPartJSON(w.NotTiered, money), NotCounted: newPartJSON(rfm.Part{Orders: w.NotCounted}, money),
		BeforeWindow: newPartJSON(w.BeforeWindow, money), NotSeen: newPartJSON(w.NotSeen, money),
		FilteredOut: newPartJSON(w.FilteredOut, money), Workspace: newPartJSON(w.Sum(), money),
	}
}

// wholeJSON is the same with the tiers, and whom the map has in none: all but the
// last add up to it.
type wholeJSON struct {
	Tiered partJSON `json:"tiered"`
	NoTier partJSON `json:"no_tier"`
	restJSON
}

func newWholeJSON(w rfm.Whole, money amounts) wholeJSON {
	return wholeJSON{newPartJSON(w.Tiered, money), newPartJSON(w.NoTier, money), newRestJSON(w, money)}
}

// tellRest tells the parts that restJSON has.
func tellRest(d *answer.Document, w rfm.Whole, money amounts) {
	for _, part := range []struct {
		key string
		rfm.Part
	}{
		{"not_tiered", w.NotTiered},
		{"not_counted", rfm.Part{Orders: w.NotCounted}},
		{"before_window", w.BeforeWindow},
		{"not_seen", w.NotSeen},
		{"filtered_out", w.FilteredOut},
		{"workspace", w.Sum()},
	} {
		d.Group(part.key, new(answer.Document).Field("customers", answer.Count(part.Customers)).Field("orders", answer.Count(part.Orders)).Field("value", money.value(part.Value)))
	}
}

// wholeTable tells people how the tiers and what is in none add up to the workspace;
// nil where all of it is in the tiers. Value names what they are worth.
func wholeTable(parts []session.WholePart, symbol, value string) *answer.Table {
	last := len(parts) - 1
	between := slices.DeleteFunc(slices.Clone(parts[1:last]), session.WholePart.Empty)
	if len(between) == 0 && parts[0].Part == parts[last].Part {
		return nil
	}
	type row = session.WholePart
	count := func(of func(row) int64) func(row) answer.Value {
		return func(p row) answer.Value { return dotted(answer.Count(of(p)), of(p) == 0) }
	}
	t := answer.TableOf("whole", answer.Slice[row](slices.Concat(parts[:1], between, parts[last:])), []answer.Column[row]{
		{In: answer.People, Of: func(p row) answer.Value { return answer.Text(p.Label) }},
		{Title: "customers", In: answer.People, Of: count(func(p row) int64 { return p.Customers })},
		{Title: "orders", Means: "orders as stored, whether the policies count them or not", In: answer.People, Of: count(func(p row) int64 { return p.Orders })},
		{Title: value, In: answer.People, Of: func(p row) answer.Value {
			return dotted(answer.Money(p.Value).As(answer.Exact), p.Customers == 0 && p.Value == 0)
		}},
		{In: answer.People, Of: func(p row) answer.Value { return answer.Text(p.Why) }},
	})
	t.Symbol = symbol
	return t
}

func dotted(v answer.Value, nothing bool) answer.Value {
	if nothing {
		return v.Told("·")
	}
	return v
}

func (a *app) newline() error {
	_, err := a.out.Write([]byte("\n"))
	return err
}

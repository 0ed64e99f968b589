package main

import (
	"slices"

	"strata/analysis/rfm"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/tui/session"
)

// tellPart tells a part of the workspace: customers, orders as stored, and their
// value, bought less returned as the returns policy has it.
func tellPart(d *answer.Document, key string, p rfm.Part, money amounts) {
	d.Group(key, new(answer.Document).Field("customers", answer.Count(p.Customers)).Field("orders", answer.Count(p.Orders)).Field("value", money.value(p.Value)))
}

// tellRest tells what no rule sees. The tiers, whom the map has in none included, and
// all parts but the last add up to the last, in customers, orders and value:
// not_counted are orders of those in the tiers that are no orders under the
// policies, whose value the tiers have.
func tellRest(d *answer.Document, w rfm.Whole, money amounts) {
	tellPart(d, "not_tiered", w.NotTiered, money)
	tellPart(d, "not_counted", rfm.Part{Orders: w.NotCounted}, money)
	tellPart(d, "before_window", w.BeforeWindow, money)
	tellPart(d, "not_seen", w.NotSeen, money)
	tellPart(d, "filtered_out", w.FilteredOut, money)
	tellPart(d, "workspace", w.Sum(), money)
}

// wholeOf tells the same with the tiers, and whom the map has in none: all but the
// last add up to it.
func wholeOf(w rfm.Whole, money amounts) *answer.Document {
	d := new(answer.Document)
	tellPart(d, "tiered", w.Tiered, money)
	tellPart(d, "no_tier", w.NoTier, money)
	tellRest(d, w, money)
	return d
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
		{Title: catalogue.T("customers"), In: answer.People, Of: count(func(p row) int64 { return p.Customers })},
		{Title: catalogue.T("orders"), Means: catalogue.T("orders as stored, whether the policies count them or not"), In: answer.People, Of: count(func(p row) int64 { return p.Orders })},
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

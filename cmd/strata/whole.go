package main

import (
	"strconv"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
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

// addRest adds a row for each part of the workspace outside the tiers, and one
// for the workspace, to the flat form of the tiers.
func addRest(t *table, parts []session.WholePart, money amounts) {
	for _, p := range parts {
		if p.Slug == session.PartTiered || p.Slug == session.PartNoTier {
			continue // the tiers have their own rows, and none is one of them
		}
		level := "rest"
		if p.Slug == parts[len(parts)-1].Slug {
			level = p.Slug
		}
		row := make([]string, len(t.Header))
		row[0], row[1] = level, p.Slug
		row[3], row[5], row[6] = strconv.FormatInt(p.Customers, 10), strconv.FormatInt(p.Orders, 10), string(money.of(p.Value))
		t.row(row...)
	}
}

// writeWhole prints how the tiers and what is in none add up to the workspace;
// nothing where all of it is in the tiers. value names what they are worth.
func (a *app) writeWhole(parts []session.WholePart, symbol, value string) error {
	t := newTable("", "customers", "orders", value, "")
	t.right(1, 2, 3)
	last := len(parts) - 1
	for i, p := range parts {
		if p.Empty() && i > 0 && i < last {
			continue
		}
		value := words.Amount(p.Value, symbol) // "–" where no order has one
		if p.Customers == 0 && p.Value == 0 {
			value = "·"
		}
		t.row(p.Label, dotted(p.Customers), dotted(p.Orders), value, model.Printable(p.Why))
	}
	if len(t.Rows) == 2 && parts[0].Part == parts[last].Part {
		return nil
	}
	if err := a.newline(); err != nil {
		return err
	}
	return a.writeText(t)
}

func dotted(n int64) string {
	if n == 0 {
		return "·"
	}
	return words.Count(n)
}

func (a *app) newline() error {
	_, err := a.out.Write([]byte("\n"))
	return err
}

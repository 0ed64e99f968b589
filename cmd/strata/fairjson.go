package main

import (
	"fmt"
	"io"

	"strata/model"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// fairJSON is the fair rules of a scheme in the JSON of `strata tiers`, null
// where it has none. Months and value scores are whole numbers; kept and
// by_scores are empty where the rules are off.
type fairJSON struct {
	Off       bool           `json:"off"`
	Grace     int            `json:"grace"`
	Stay      int            `json:"stay"`
	Band      int            `json:"band"`
	History   int            `json:"history"` // months that grace, stay and band look back
	Overrides []overrideJSON `json:"overrides"`
	// How many of the overrides are in force: not expired, and of somebody tiered.
	InForce int `json:"overrides_in_force"`
	// Kept are the customers whose tier is not that of their scores, by tier and by
	// what keeps them: override, band, grace, stay.
	Kept []keptJSON `json:"kept"`
	// ByScores are the tiers as they would be without the rules.
	ByScores []byScoresJSON `json:"by_scores"`
}

type overrideJSON struct {
	Customer string `json:"customer"`
	Tier     string `json:"tier"`
	Until    string `json:"until,omitempty"` // for good where it is left out
	Reason   string `json:"reason,omitempty"`
	Author   string `json:"author,omitempty"`
}

type keptJSON struct {
	Tier      string `json:"tier"`
	By        string `json:"by"`
	Customers int64  `json:"customers"`
	Revenue   amount `json:"revenue"`
}

type byScoresJSON struct {
	Tier      string `json:"tier"`
	Customers int64  `json:"customers"`
	Revenue   amount `json:"revenue"`
}

func newFairJSON(f *session.Frame) *fairJSON {
	fair := f.Scheme.Fair
	if fair.Empty() {
		return nil
	}
	j := &fairJSON{
		Off: fair.Off, Grace: fair.Grace, Stay: fair.Stay, Band: fair.Band, History: fair.MonthsBack(),
		Overrides: []overrideJSON{}, Kept: []keptJSON{}, ByScores: []byScoresJSON{},
	}
	for _, o := range fair.Overrides {
		j.Overrides = append(j.Overrides, newOverrideJSON(o))
	}
	if f.Kept == nil {
		return j
	}
	j.InForce = f.Kept.InForce
	for _, g := range f.Kept.Groups {
		j.Kept = append(j.Kept, keptJSON{string(g.Tier), string(g.By), g.Customers, amountsFor(f).of(g.Revenue)})
	}
	for _, g := range f.Kept.ByScores {
		j.ByScores = append(j.ByScores, byScoresJSON{g.Slug, g.Now.Customers, amountsFor(f).of(g.Now.Revenue)})
	}
	return j
}

func newOverrideJSON(o model.Override) overrideJSON {
	j := overrideJSON{Customer: o.Customer, Tier: string(o.Tier), Reason: o.Reason, Author: o.Author}
	if o.Until != model.NoDay {
		j.Until = o.Until.String()
	}
	return j
}

// writeFairText tells the fair rules of a frame, and whom they keep; nothing
// where there are none.
func writeFairText(w io.Writer, f *session.Frame, symbol string) {
	if f.Scheme.Fair.Empty() {
		return
	}
	fmt.Fprintln(w, "fair rules  ", f.FairText())
	if f.Kept == nil {
		return
	}
	for _, text := range figure.Kept(f.Kept, symbol) {
		fmt.Fprintln(w, "  keep", text)
	}
	fmt.Fprintln(w, "  by scores alone:", figure.Tiers(f.Kept.ByScores))
}

// heldJSON is what holds a customer in a tier. Elsewhere is true where the
// scores lie in another; months are those below the tier (by grace) or in it (by
// stay).
type heldJSON struct {
	Tier      string        `json:"tier"`
	By        string        `json:"by"`
	Elsewhere bool          `json:"elsewhere"`
	Months    int           `json:"months,omitempty"`
	Override  *overrideJSON `json:"override,omitempty"`
	Text      string        `json:"text"`
}

func newHeldJSON(h *session.Held) *heldJSON {
	if h == nil {
		return nil
	}
	j := &heldJSON{Tier: string(h.Tier), By: string(h.By), Elsewhere: h.Elsewhere, Text: h.String()}
	switch h.By {
	case model.KeptByOverride:
		o := newOverrideJSON(h.Override)
		j.Override = &o
	case model.KeptByGrace, model.KeptByStay:
		j.Months = h.Months
	}
	return j
}

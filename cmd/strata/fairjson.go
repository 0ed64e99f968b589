package main

import (
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// fairGroup tells the fair rules of a scheme, nil where it has none. Months and value
// scores are whole numbers; history is the months that grace, stay and band look back,
// and overrides_in_force are those that have not expired and are of somebody tiered.
// Kept are the customers whose tier is not that of their scores, by tier and by what
// keeps them: override, band, grace, stay. By_scores are the tiers as they would be
// without the rules. Both are empty where the rules are off.
func fairGroup(f *session.Frame, money amounts) *answer.Document {
	fair, kept := f.Scheme.Fair, f.Kept
	if fair.Empty() {
		return nil
	}
	if kept == nil {
		kept = &session.Kept{}
	}
	overrides := []overrideJSON{}
	for _, o := range fair.Overrides {
		overrides = append(overrides, newOverrideJSON(o))
	}
	type group = session.KeptGroup
	var byScores answer.Slice[group]
	for _, g := range kept.ByScores {
		byScores = append(byScores, group{Tier: model.Tier(g.Slug), Customers: g.Now.Customers, Revenue: g.Now.Revenue})
	}
	columns := []answer.Column[group]{
		{Key: "tier", In: answer.JSON, Of: func(g group) answer.Value { return answer.Text(g.Tier) }},
		{Key: "by", In: answer.JSON, Optional: true, Of: func(g group) answer.Value { return answer.If(g.By != "", answer.Text(g.By)) }},
		{Key: "customers", In: answer.JSON, Of: func(g group) answer.Value { return answer.Count(g.Customers) }},
		{Key: "revenue", In: answer.JSON, Of: func(g group) answer.Value { return money.value(g.Revenue) }},
	}
	d := new(answer.Document).Field("off", answer.Flag(fair.Off)).Field("grace", answer.Count(fair.Grace)).Field("stay", answer.Count(fair.Stay))
	d.Field("band", answer.Count(fair.Band)).Field("history", answer.Count(fair.MonthsBack())).Encoded("overrides", overrides).Field("overrides_in_force", answer.Count(kept.InForce))
	d.Table(answer.TableOf("kept", answer.Slice[group](kept.Groups), columns), answer.JSON)
	return d.Table(answer.TableOf("by_scores", byScores, columns), answer.JSON)
}

type overrideJSON struct {
	Customer string `json:"customer"`
	Tier     string `json:"tier"`
	Until    string `json:"until,omitempty"` // for good where it is left out
	Reason   string `json:"reason,omitempty"`
	Author   string `json:"author,omitempty"`
}

func newOverrideJSON(o model.Override) overrideJSON {
	j := overrideJSON{Customer: o.Customer, Tier: string(o.Tier), Reason: o.Reason, Author: o.Author}
	if o.Until != model.NoDay {
		j.Until = o.Until.String()
	}
	return j
}

// fairLines tell the fair rules of a frame, and whom they keep; none where there are
// none.
func fairLines(f *session.Frame, symbol string) []string {
	if f.Scheme.Fair.Empty() {
		return nil
	}
	lines := []string{catalogue.T("fair rules   {rules}", "rules", f.FairText())}
	if f.Kept == nil {
		return lines
	}
	for _, text := range figure.Kept(f.Kept, words.ScaleFor(f.Total.Revenue), symbol) {
		lines = append(lines, catalogue.T("  keep {kept}", "kept", text))
	}
	return append(lines, catalogue.T("  by scores alone: {by_scores}", "by_scores", figure.Tiers(f.Kept.ByScores)))
}

// heldGroup tells what holds a customer in a tier, nil where nothing does. Elsewhere
// is true where the scores lie in another; months are those below the tier (by grace)
// or in it (by stay).
func heldGroup(h *session.Held) *answer.Document {
	if h == nil {
		return nil
	}
	d := new(answer.Document).Field("tier", answer.Text(h.Tier)).Field("by", answer.Text(h.By)).Field("elsewhere", answer.Flag(h.Elsewhere))
	switch {
	case h.By == model.KeptByOverride:
		d.Encoded("override", newOverrideJSON(h.Override))
	case h.Months != 0 && (h.By == model.KeptByGrace || h.By == model.KeptByStay):
		d.Field("months", answer.Count(h.Months))
	}
	return d.Field("text", answer.Text(h.String()))
}

package main

import (
	"strata/model"
	"strata/tui/session"
)

// suggestJSON is the stable JSON of `strata suggest`. Method is "goal" for a
// goal, and goal and free are empty for a method. Cuts are those proposed,
// cuts_before those of the scheme that was asked about. Achieved has an object
// for each tier; terms say what became of each term of a goal; gap and bound are
// fractions (of all customers, of all revenue, added up; null where revenue is
// missed and all together is not above zero), and no cuts of the free ones have a
// gap below bound. Under fair rules the tiers have those whom the rules keep,
// bound is null and proven false: nothing is known of other cuts. Least is how
// many customers every score keeps of the measures whose cuts may move, or as
// many as it had before where that is fewer, 0 without a floor; bound and proven
// are about such cuts. Moved, up, down and revenue_reclassified compare with the
// scheme that was asked about, and scheme is the proposed one as YAML.
type suggestJSON struct {
	Method              string                  `json:"method"`
	Goal                string                  `json:"goal"`
	Free                string                  `json:"free"`
	Cuts                cutsJSON                `json:"cuts"`
	CutsBefore          cutsJSON                `json:"cuts_before"`
	Achieved            map[string]achievedJSON `json:"achieved"`
	Terms               []termJSON              `json:"terms"`
	Met                 bool                    `json:"met"`
	Gap                 *float64                `json:"gap"`
	Bound               *float64                `json:"bound"`
	Proven              bool                    `json:"proven"`
	UnderRules          bool                    `json:"under_fair_rules"`
	Least               int64                   `json:"least"`
	Floor               string                  `json:"floor"` // the same in a sentence, empty without a floor
	Verdict             string                  `json:"verdict"`
	Why                 []string                `json:"why"`
	Evidence            []evidenceJSON          `json:"evidence"`
	Customers           int64                   `json:"customers"`
	Moved               int64                   `json:"moved"`
	Up                  int64                   `json:"up"`
	Down                int64                   `json:"down"`
	RevenueReclassified amount                  `json:"revenue_reclassified"`
	Scheme              string                  `json:"scheme"`
	Warnings            []model.Warning         `json:"warnings"`
}

// achievedJSON is what is in a tier, and how many were before.
type achievedJSON struct {
	Customers    int64    `json:"customers"`
	Before       int64    `json:"before"`
	Share        float64  `json:"share"`
	Revenue      amount   `json:"revenue"`
	RevenueShare *float64 `json:"revenue_share"`
}

type termJSON struct {
	Term   string `json:"term"`
	Got    string `json:"got"`
	Missed string `json:"missed"` // empty if met
	Aim    string `json:"aim"`    // the nearest whole number that = was taken for, in words; empty if it is one itself
	Met    bool   `json:"met"`
}

type evidenceJSON struct {
	Axis  string   `json:"axis"`
	Name  string   `json:"name"`
	Value *float64 `json:"value"` // null where the data has none
	Text  string   `json:"text"`
}

func newSuggestJSON(p *session.Proposal) suggestJSON {
	f := p.Frame
	j := suggestJSON{
		Method: p.Method, Goal: p.Goal, Free: string(p.Free),
		Cuts:       suggestedCuts(session.CutsInForce{Axes: f.Published, Value: f.Scheme.Value.Cuts, ByValue: f.ByValue}, f),
		CutsBefore: suggestedCuts(p.Asked, f),
		Achieved:   map[string]achievedJSON{}, Terms: []termJSON{}, Met: p.Met(),
		Gap: p.Gap, Bound: p.Bound, Proven: p.Proven, UnderRules: p.UnderRules, Least: p.Kept, Floor: p.Floor, Verdict: p.Verdict, Why: append([]string{}, p.Why...), Evidence: []evidenceJSON{},
		Customers: f.Total.Customers, Moved: f.Moves.Customers, Up: f.Moves.Up, Down: f.Moves.Down,
		RevenueReclassified: amountsFor(f).of(f.Moves.Revenue), Scheme: p.YAML(), Warnings: append([]model.Warning{}, p.Warnings...),
	}
	for _, g := range f.Tiers {
		figures := newGroupJSON(g, f)
		j.Achieved[figures.Tier] = achievedJSON{figures.Customers, g.Was.Customers, figures.Share, figures.Revenue, figures.RevenueShare}
	}
	for _, a := range p.Achieved {
		j.Terms = append(j.Terms, termJSON{a.Term, a.Got, a.Missed, a.Aim, a.Met})
	}
	for _, e := range p.Evidence {
		value := &e.Value
		if e.Missing {
			value = nil
		}
		j.Evidence = append(j.Evidence, evidenceJSON{e.Axis.String(), e.Name, value, e.Text})
	}
	return j
}

// suggestedCuts writes cuts as `strata tiers` does, those of value only where
// they decide the tiers.
func suggestedCuts(cuts session.CutsInForce, f *session.Frame) cutsJSON {
	of := *f
	of.Published, of.ByValue = cuts.Axes, cuts.ByValue
	of.Scheme.Value.Cuts = cuts.Value
	return cutsJSON{
		Recency:   cutNumbers(&of, model.Recency),
		Frequency: cutNumbers(&of, model.Frequency),
		Monetary:  cutMoney(cuts.Axes[model.Monetary], amountsFor(f)),
		Value:     valueCuts(&of),
	}
}

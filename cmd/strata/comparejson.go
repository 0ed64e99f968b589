package main

import (
	"encoding/json"
	"strconv"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// compareJSON is the stable JSON of `strata compare`. Customers are those there
// on both sides: moved + stayed; in_tiers of them are in a tier on both. moved, up,
// down, stayed, ARI, PSI, parts and flows are by segments, or by tiers where By
// says so; revenue is as measured after, that of the gone as before, so that the
// two make no sum. behaviour_part + rule_part + both_part = moved: who moved by
// their own data (orders, or none since) alone, by the rule alone, and by their
// data and on by the rule; on one day all is the rule's and split is null.
type compareJSON struct {
	Before              string          `json:"before"`
	After               string          `json:"after"`
	BeforeAsOf          string          `json:"before_as_of"`
	AfterAsOf           string          `json:"after_as_of"`
	Counted             []string        `json:"counted"` // what limits both sides alike; what limits one stands in before or after
	By                  string          `json:"by"`
	Customers           int64           `json:"customers"`
	BeforeCustomers     int64           `json:"before_customers"`
	AfterCustomers      int64           `json:"after_customers"`
	Stayed              int64           `json:"stayed"`
	StayedShare         *float64        `json:"stayed_share"` // null where nobody is on both sides
	Moved               int64           `json:"moved"`
	MovedShare          *float64        `json:"moved_share"`
	Up                  int64           `json:"up"`   // of the moved, into a better tier
	Down                int64           `json:"down"` // into a worse one
	InTiers             int64           `json:"in_tiers"`
	TierLost            int64           `json:"tier_lost"`          // of the moved, from a tier into none, which is neither better nor worse
	TierGained          int64           `json:"tier_gained"`        // from none into one
	New                 int64           `json:"new"`                // no movers
	Gone                int64           `json:"gone"`               // no movers
	RevenueAsOf         string          `json:"revenue_as_of"`      // the day of all revenue but that of the gone
	GoneRevenueAsOf     string          `json:"gone_revenue_as_of"` // and that of theirs
	RevenueReclassified amount          `json:"revenue_reclassified"`
	RevenueUp           amount          `json:"revenue_up"`
	RevenueDown         amount          `json:"revenue_down"`
	ARI                 *float64        `json:"ari"` // of customers; null where all are in one group on both sides
	PSI                 *float64        `json:"psi"` // of psi_before customers against psi_after
	PSIBefore           int64           `json:"psi_before"`
	PSIAfter            int64           `json:"psi_after"`
	PSIWithinChance     bool            `json:"psi_within_chance"`   // random samples would differ as much; false where all are on both sides
	PSIByConstruction   bool            `json:"psi_by_construction"` // cuts that follow the data of each day keep sizes alike
	PSIBy               string          `json:"psi_by"`              // segment, or tier where only one side has some segment
	PSIFloored          []string        `json:"psi_floored"`         // labels; see the warning
	Matrix              []moveJSON      `json:"matrix"`
	Flows               []flowJSON      `json:"flows"` // those of the moved, most customers first
	RulePart            int64           `json:"rule_part"`
	BehaviourPart       int64           `json:"behaviour_part"`
	BothPart            int64           `json:"both_part"`
	Split               *splitJSON      `json:"split"`
	Tiers               []sidesJSON     `json:"tiers"`
	Segments            []sidesJSON     `json:"segments"`
	BeforeWhole         wholeJSON       `json:"before_whole"`
	AfterWhole          wholeJSON       `json:"after_whole"`
	Warnings            []model.Warning `json:"warnings"`
}

// moveJSON is a cell of the matrix; all there are, row by row. Kind is stayed,
// up, down, level (to another segment of the tier), tier-lost, tier-gained, new
// (from is "new") or gone (to is "gone"); by kind they differ from a segment that is called so.
type moveJSON struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Kind      string `json:"kind"`
	Customers int64  `json:"customers"`
	Revenue   amount `json:"revenue"`
	AsOf      string `json:"-"` // the day of the revenue, for the flat form
}

type flowJSON struct {
	From      string       `json:"from"`
	To        string       `json:"to"`
	Customers int64        `json:"customers"`
	Revenue   amount       `json:"revenue"`
	Reasons   []reasonJSON `json:"reasons"` // most customers first
}

// reasonJSON has as cause cut, measure (what is measured is defined otherwise),
// behaviour, both, value, map or hold.
type reasonJSON struct {
	Cause     string         `json:"cause"`
	Text      string         `json:"text"`
	Crossings []crossingJSON `json:"crossings"`
	Customers int64          `json:"customers"`
	Revenue   amount         `json:"revenue"`
}

// crossingJSON is a measure that scores differently; at is the cut that decides
// now.
type crossingJSON struct {
	Measure string `json:"measure"`
	Before  int    `json:"before"`
	After   int    `json:"after"`
	Cause   string `json:"cause"`
	At      any    `json:"at"`
}

// splitJSON parts those there on both days; stayed, behaviour, rule, both and
// back (moved by behaviour, back by the rule) add up to customers.
type splitJSON struct {
	Stayed    int64       `json:"stayed"`
	Behaviour int64       `json:"behaviour"`
	Rule      int64       `json:"rule"`
	Both      int64       `json:"both"`
	Back      int64       `json:"back"`
	New       int64       `json:"new"`
	Gone      int64       `json:"gone"`
	Tiers     []partsJSON `json:"tiers"`
	Segments  []partsJSON `json:"segments"`
}

// partsJSON is the change of a group: after = before + behaviour + rule + both +
// new - gone, in customers and in revenue; behaviour and rule are what each did
// alone.
type partsJSON struct {
	Segment          string `json:"segment,omitempty"`
	Tier             string `json:"tier"`
	Label            string `json:"label"`
	Before           int64  `json:"before"`
	Behaviour        int64  `json:"behaviour"`
	Rule             int64  `json:"rule"`
	Both             int64  `json:"both"`
	New              int64  `json:"new"`
	Gone             int64  `json:"gone"`
	After            int64  `json:"after"`
	BeforeRevenue    amount `json:"before_revenue"`
	BehaviourRevenue amount `json:"behaviour_revenue"`
	RuleRevenue      amount `json:"rule_revenue"`
	BothRevenue      amount `json:"both_revenue"`
	NewRevenue       amount `json:"new_revenue"`
	GoneRevenue      amount `json:"gone_revenue"`
	AfterRevenue     amount `json:"after_revenue"`
}

// sidesJSON is a group before and after.
type sidesJSON struct {
	Segment       string `json:"segment,omitempty"`
	Tier          string `json:"tier"`
	Label         string `json:"label"`
	Before        int64  `json:"before"`
	After         int64  `json:"after"`
	Change        int64  `json:"change"`
	BeforeRevenue amount `json:"before_revenue"`
	AfterRevenue  amount `json:"after_revenue"`
}

// amountsBeside writes the amounts of a comparison.
func amountsBeside(c *session.Comparison) amounts {
	return amounts{c.Before.Scheme.Value.Unvalued && c.After.Scheme.Value.Unvalued}
}

func newCompareJSON(c *session.Comparison, by string) compareJSON {
	agreement, money := c.Agreement, amountsBeside(c)
	j := compareJSON{
		Before: c.Before.Title, After: c.After.Title, BeforeAsOf: c.Before.AsOf.String(), AfterAsOf: c.After.AsOf.String(), Counted: append([]string{}, c.Counted()...), By: by,
		Customers: agreement.Both, BeforeCustomers: c.Before.Total.Customers, AfterCustomers: c.After.Total.Customers,
		Stayed: c.Stayed.Customers, Moved: c.Moved.Customers, Up: c.Up.Customers, Down: c.Down.Customers,
		New: c.Moves.Entered.Customers, Gone: c.Moves.Left.Customers,
		InTiers: agreement.Tiered, TierLost: c.Lost.Customers, TierGained: c.Gained.Customers,
		RevenueAsOf: c.After.AsOf.String(), GoneRevenueAsOf: c.Before.AsOf.String(),
		RevenueReclassified: money.of(c.Moved.Revenue), RevenueUp: money.of(c.Up.Revenue), RevenueDown: money.of(c.Down.Revenue),
		PSIBefore: agreement.Before, PSIAfter: agreement.Now, PSIByConstruction: c.AlikeByConstruction() != "",
		PSIWithinChance: agreement.Chance,
		PSIBy:           psiOf(c, by), PSIFloored: append([]string{}, agreement.Floored...),
		Matrix: movesJSON(c), Flows: []flowJSON{},
		RulePart: c.Moved.Customers, Split: newSplitJSON(c.Split, money),
		Tiers: newSidesJSON(c.Tiers, false, money), Segments: newSidesJSON(c.Segments, true, money),
		BeforeWhole: newWholeJSON(c.Before.Whole, money), AfterWhole: newWholeJSON(c.After.Whole, money),
		Warnings: append([]model.Warning{}, c.Warnings...),
	}
	if share, ok := agreement.StayedShare(); ok {
		j.StayedShare = &share
	}
	if share, ok := model.Share(c.Moved.Customers, agreement.Both); ok {
		j.MovedShare = &share
	}
	if agreement.ARIDefined {
		j.ARI = &agreement.ARI
	}
	if agreement.PSIDefined {
		j.PSI = &agreement.PSI
	}
	if c.Split != nil {
		j.RulePart, j.BehaviourPart, j.BothPart = c.Split.Rule.Customers, c.Split.Behaviour.Customers, c.Split.Both.Customers
	}
	for _, f := range c.Flows {
		flow := flowJSON{From: f.Was, To: f.Flow.Now, Customers: f.Customers, Revenue: money.of(f.Revenue), Reasons: []reasonJSON{}}
		for _, r := range f.Reasons {
			flow.Reasons = append(flow.Reasons, reasonJSON{r.Overall().String(), r.Text, crossingsJSON(r.Reason, c), r.Customers, money.of(r.Revenue)})
		}
		j.Flows = append(j.Flows, flow)
	}
	return j
}

// The slugs of the row of those who are new and of the column of those who are
// gone.
const (
	slugNew  = "new"
	slugGone = "gone"
)

func movesJSON(c *session.Comparison) []moveJSON {
	cells, m, money := []moveJSON{}, c.Moves, amountsBeside(c)
	add := func(from, to, kind string, flow rfm.Flow) {
		asOf := c.After.AsOf
		if kind == slugGone {
			asOf = c.Before.AsOf
		}
		cells = append(cells, moveJSON{from, to, kind, flow.Customers, money.of(flow.Revenue), asOf.String()})
	}
	for i, from := range m.Before {
		for j, to := range m.Now {
			add(from.Slug, to.Slug, kindOf(from, to), m.Matrix[i][j])
		}
		if m.Left.Customers > 0 {
			add(from.Slug, slugGone, slugGone, m.Matrix[i][len(m.Now)])
		}
	}
	if m.Entered.Customers > 0 {
		for j, to := range m.Now {
			add(slugNew, to.Slug, "new", m.Matrix[len(m.Before)][j])
		}
	}
	return cells
}

func kindOf(from, to model.Segment) string {
	switch rises := from.Tier.Rises(to.Tier); {
	case from.Key() == to.Key():
		return "stayed"
	case rises > 0:
		return "up"
	case rises < 0:
		return "down"
	case to.Tier != from.Tier && to.Tier == model.TierNone:
		return "tier-lost"
	case to.Tier != from.Tier:
		return "tier-gained"
	}
	return "level"
}

func crossingsJSON(r compare.Reason, c *session.Comparison) []crossingJSON {
	crossings := []crossingJSON{}
	for _, x := range r.Crossings[:r.Crossed] {
		crossings = append(crossings, crossingJSON{x.Axis.String(), x.Before, x.After, x.Cause.String(), cutJSON(c.After.Cuts[x.Axis][x.Cut], x.Axis, c.After.Scheme.Spec)})
	}
	return crossings
}

// cutJSON writes a cut: a number, or for money a decimal string.
func cutJSON(cut model.Cut, axis model.Axis, spec model.Spec) any {
	if axis == model.Monetary {
		return moneyCut(cut)
	}
	return json.Number(cut.Text(spec.Scale(axis)))
}

func newSplitJSON(s *session.Split, money amounts) *splitJSON {
	if s == nil {
		return nil
	}
	return &splitJSON{
		s.Stayed.Customers, s.Behaviour.Customers, s.Rule.Customers, s.Both.Customers, s.Back.Customers, s.New.Customers, s.Gone.Customers,
		newPartsJSON(s.Tiers, false, money), newPartsJSON(s.Segments, true, money),
	}
}

func newPartsJSON(groups []session.SplitGroup, segments bool, money amounts) []partsJSON {
	parts := []partsJSON{}
	for _, g := range groups {
		p := partsJSON{
			Tier: string(g.Tier), Label: g.Label,
			Before: g.Before.Customers, Behaviour: g.Behaviour.Customers, Rule: g.Rule.Customers, Both: g.Both.Customers,
			New: g.New.Customers, Gone: g.Gone.Customers, After: g.After.Customers,
			BeforeRevenue: money.of(g.Before.Revenue), BehaviourRevenue: money.of(g.Behaviour.Revenue), RuleRevenue: money.of(g.Rule.Revenue), BothRevenue: money.of(g.Both.Revenue),
			NewRevenue: money.of(g.New.Revenue), GoneRevenue: money.of(g.Gone.Revenue), AfterRevenue: money.of(g.After.Revenue),
		}
		if segments {
			p.Segment = g.Slug
		}
		parts = append(parts, p)
	}
	return parts
}

func newSidesJSON(groups []session.Group, segments bool, money amounts) []sidesJSON {
	sides := []sidesJSON{}
	for _, g := range groups {
		j := sidesJSON{
			Tier: string(g.Tier), Label: g.Label, Before: g.Was.Customers, After: g.Now.Customers, Change: g.Change(),
			BeforeRevenue: money.of(g.Was.Revenue), AfterRevenue: money.of(g.Now.Revenue),
		}
		if segments {
			j.Segment = g.Slug
		}
		sides = append(sides, j)
	}
	return sides
}

// compareTable is the flat form: a row a cell of the matrix.
func compareTable(j compareJSON) *table {
	t := newTable("from", "to", "kind", "customers", "revenue", "revenue_as_of")
	t.right(3, 4)
	for _, m := range j.Matrix {
		t.row(m.From, m.To, m.Kind, strconv.FormatInt(m.Customers, 10), string(m.Revenue), m.AsOf)
	}
	return t
}

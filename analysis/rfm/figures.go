package rfm

import "strata/model"

// Flow is a group of customers and their revenue.
type Flow struct {
	Customers int64
	Revenue   model.Money
}

// Aggregate is what a group of customers adds up to. The last three are sums
// of the measures, in their units, for means.
type Aggregate struct {
	Flow
	Orders    int64
	Repeaters int64 // customers with two orders or more
	Recency   int64
	Frequency int64
	Monetary  int64
}

// Figures say what is in every cell under the cuts of a rule, and where it
// lay in the baseline.
type Figures struct {
	Cells []Aggregate // by cell number
	// Flows says for each cell where its customers were before, by baseline
	// segment, the absent last: cell c from segment s is
	// Flows[c*(len(baseline segments)+1)+s]. Nil without a baseline.
	Flows    []Flow
	baseline *Labels
}

// Total adds up all cells.
func (f *Figures) Total() Aggregate { return Aggregate{} }

// Segments adds up the cells of each of rule's segments. rule must have the
// cuts the figures were made with; its value rule may differ.
func (f *Figures) Segments(rule *Rule) []Aggregate { return nil }

// Tiers adds up the cells of each tier, by [model.Tier.Rank]: high, mid, low,
// none.
func (f *Figures) Tiers(rule *Rule) [4]Aggregate { return [4]Aggregate{} }

// Scores counts the customers of each score of an axis; score s is at s-1.
func (f *Figures) Scores(rule *Rule, a model.Axis) []int64 { return nil }

// Moves says who changes segment between the baseline and rule; the zero Moves
// without a baseline.
func (f *Figures) Moves(rule *Rule) Moves { return Moves{} }

// Moves is the difference between the baseline and a rule. Revenue is the
// plain sum over the customers concerned, so that it adds up with the revenue
// of segments.
type Moves struct {
	Moved   Flow // in both, but in another segment
	Up      Flow // of those, into a better tier
	Down    Flow // of those, into a worse tier
	Entered Flow // absent from the baseline
	Left    Flow // in the baseline, but not tiered now; revenue as the baseline measured it

	Before []model.Segment // rows of Matrix, which has one row more: absent
	Matrix [][]Flow        // [before][now]: from a baseline segment to one of the rule's
}

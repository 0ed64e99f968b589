package rfm

import "strata/model"

// Flow is a group of customers and their revenue.
type Flow struct {
	Customers int64
	Revenue   model.Money
}

func (f *Flow) add(g Flow) {
	f.Customers += g.Customers
	f.Revenue += g.Revenue
}

func (f Flow) minus(g Flow) Flow {
	return Flow{Customers: f.Customers - g.Customers, Revenue: f.Revenue - g.Revenue}
}

// Sums are what the customers of a group add up to. The last three are sums of
// the measures, in their units, for means.
type Sums struct {
	Orders    int64
	Repeaters int64 // customers with a frequency of two or more; of two orders where it is a rate
	Recency   int64
	Frequency int64
	Monetary  int64
}

func (s *Sums) add(t Sums) {
	s.Orders += t.Orders
	s.Repeaters += t.Repeaters
	s.Recency += t.Recency
	s.Frequency += t.Frequency
	s.Monetary += t.Monetary
}

func (s Sums) minus(t Sums) Sums {
	return Sums{
		Orders:    s.Orders - t.Orders,
		Repeaters: s.Repeaters - t.Repeaters,
		Recency:   s.Recency - t.Recency,
		Frequency: s.Frequency - t.Frequency,
		Monetary:  s.Monetary - t.Monetary,
	}
}

// Aggregate is a group of customers and what they add up to.
type Aggregate struct {
	Flow
	Sums
}

func (a *Aggregate) add(b Aggregate) {
	a.Flow.add(b.Flow)
	a.Sums.add(b.Sums)
}

func (a Aggregate) minus(b Aggregate) Aggregate {
	return Aggregate{Flow: a.Flow.minus(b.Flow), Sums: a.Sums.minus(b.Sums)}
}

// Figures say what is in every cell under the cuts of a rule, and where it
// lay in the baseline. Whom a rule holds in a tier is in the cell of the scores
// all the same. They are immutable.
type Figures struct {
	Cells []Aggregate // by cell number
	// Flows says for each cell where its customers were before, by baseline
	// segment, the absent last: cell c from segment s is
	// Flows[c*(len(baseline segments)+1)+s]. Nil without a baseline.
	Flows    []Flow
	baseline *Labels
}

// Total adds up all cells.
func (f *Figures) Total() Aggregate {
	var total Aggregate
	for _, cell := range f.Cells {
		total.add(cell)
	}
	return total
}

// Segments adds up the cells of each of rule's segments; whom the rule holds is
// in the segment that keeps them, and no longer in that of the cell. rule must
// have the cuts the figures were made with; its value rule may differ.
func (f *Figures) Segments(rule *Rule) []Aggregate {
	segments := make([]Aggregate, len(rule.Segments))
	for cell, a := range f.Cells {
		segments[rule.cells[cell]].add(a)
	}
	if h := rule.holding; h != nil {
		for s, change := range h.change {
			segments[s].add(change)
		}
	}
	return segments
}

// Tiers adds up the cells of each tier, by [model.Tier.Rank]: high, mid, low,
// none. What Segments says of rule holds here too.
func (f *Figures) Tiers(rule *Rule) [4]Aggregate {
	var tiers [4]Aggregate
	for s, a := range f.Segments(rule) {
		tiers[rule.Segments[s].Tier.Rank()].add(a)
	}
	return tiers
}

// Scores counts the customers of each score of an axis; score s is at s-1.
func (f *Figures) Scores(rule *Rule, a model.Axis) []int64 {
	scores := make([]int64, rule.Levels[a])
	for cell, aggregate := range f.Cells {
		scores[rule.Scores(cell)[a]-1] += aggregate.Customers
	}
	return scores
}

// Moves is the difference between the baseline and a rule. Revenue is the
// plain sum over the customers concerned, so that it adds up with the revenue
// of segments: a customer who cost more than he brought lowers it.
type Moves struct {
	Moved   Flow // in both, but in another segment: customers moved, revenue reclassified
	Up      Flow // of those, into a better tier; no tier is neither better nor worse
	Down    Flow // of those, into a worse tier
	Entered Flow // absent from the baseline
	Left    Flow // in the baseline, but not tiered now; revenue as the baseline measured it

	Before []model.Segment // the baseline's segments
	Now    []model.Segment // the rule's
	// Matrix[b][n] went from Before[b] to Now[n]. A last row holds the absent
	// from the baseline, a last column those who left.
	Matrix [][]Flow
}

// Moves says who changes segment between the baseline and rule; nil without a
// baseline. What Segments says of rule holds here too.
func (f *Figures) Moves(rule *Rule) *Moves {
	if f.baseline == nil {
		return nil
	}
	m := &Moves{Before: f.baseline.Segments, Now: rule.Segments}
	m.Matrix = make([][]Flow, len(m.Before)+1)
	for b := range m.Matrix {
		m.Matrix[b] = make([]Flow, len(m.Now)+1)
	}
	for cell := range f.Cells {
		now := rule.cells[cell]
		for before, flow := range f.Flows[cell*len(m.Matrix):][:len(m.Matrix)] {
			m.Matrix[before][now].add(flow)
		}
	}
	if rule.holding != nil {
		rule.holding.shift(f.baseline, m.Matrix)
	}
	for b, before := range m.Before {
		for n, now := range m.Now {
			m.count(before, now, m.Matrix[b][n])
		}
		left := f.baseline.Gone[b]
		m.Matrix[b][len(m.Now)] = left
		m.Left.add(left)
	}
	for _, flow := range m.Matrix[len(m.Before)] {
		m.Entered.add(flow)
	}
	return m
}

// count enters customers who were in one segment and are in another, or in
// the same.
func (m *Moves) count(before, now model.Segment, flow Flow) {
	if before.Key() == now.Key() {
		return
	}
	m.Moved.add(flow)
	switch before.Tier.Rises(now.Tier) {
	case +1:
		m.Up.add(flow)
	case -1:
		m.Down.add(flow)
	}
}

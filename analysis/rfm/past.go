package rfm

import "strata/model"

// Past is what the customers of a base measured on an earlier day: a row for
// each of its rows. It is immutable.
type Past struct {
	columns *columns
	absent  bool  // some of them were not tiered then: their recency is 0
	base    *Base // if it is the day of the base itself
}

// NewPast puts what then says of the customers of now in the order of now. Who
// is in then alone is left out. now itself is its own past.
func NewPast(then, now *Base) *Past {
	if then == now {
		return &Past{columns: columnsOf(now, nil), base: now}
	}
	p := &Past{columns: &columns{
		recency: make([]int32, now.Len()), frequency: make([]int32, now.Len()), monetary: make([]int64, now.Len()),
	}}
	from := 0
	for row, customer := range now.Customer {
		for from < then.Len() && then.Customer[from] < customer {
			from++
		}
		if from == then.Len() || then.Customer[from] != customer {
			p.absent = true
			continue
		}
		p.columns.recency[row] = then.Recency[from]
		p.columns.frequency[row] = then.Frequency[from]
		p.columns.monetary[row] = then.Monetary[from]
	}
	return p
}

// Len returns the number of customers.
func (p *Past) Len() int { return p.columns.len() }

// Grader gives the customers of any day a grade by the cell they lie in under the
// cuts of a rule. Where the rule splits equal values it does so on its own day
// only: before, customers with equal values score alike. A measure scored within
// the scores of others has the cuts that those scores have on the rule's day, or
// those of all customers where nobody has such scores then.
type Grader[G ~uint8] struct {
	rule       *Rule
	of         []G // by cell
	absent     G
	onItsDay   scoring
	beforehand scoring
	within     [model.Axes][][]int64 // of each nested measure, the floors of every group; nil for others
}

// NewGrader makes a grader with the grade of each cell, and that of a customer
// who is not tiered.
func NewGrader[G ~uint8](rule *Rule, of []G, absent G) *Grader[G] {
	g := &Grader[G]{rule: rule, of: of, absent: absent, onItsDay: cellScoring(rule)}
	alike := *rule
	alike.given = [model.Axes][]uint8{}
	g.beforehand = cellScoring(&alike)
	for a, n := range rule.nested {
		if n == nil {
			continue
		}
		for _, cuts := range rule.cutsWithin(model.Axis(a)) {
			floors := make([]int64, len(cuts))
			for i, cut := range cuts {
				floors[i] = cut.Whole
			}
			g.within[a] = append(g.within[a], floors)
		}
	}
	return g
}

// Grade sets grades for the customers of p from row lo on.
func (g *Grader[G]) Grade(p *Past, lo int, grades []G) {
	score := g.beforehand
	if p.base != nil {
		g.rule.Plain().on(p.base)
		score = g.onItsDay
	}
	nests := p.base == nil && g.rule.nested != [model.Axes]*nested{}
	score.blocks(p.columns, lo, lo+len(grades), func(at int, keys []uint32) {
		to := grades[at-lo:]
		if nests {
			for i := range keys {
				keys[i] = g.nestedCell(p.columns, at+i)
			}
		}
		for i, cell := range keys {
			to[i] = g.of[cell]
		}
		if !p.absent {
			return
		}
		for i, days := range p.columns.recency[at : at+len(keys)] {
			if days == 0 {
				to[i] = g.absent
			}
		}
	})
}

// nestedCell returns the cell of a customer under a rule with measures that are
// scored within the scores of others.
func (g *Grader[G]) nestedCell(c *columns, row int) uint32 {
	r, group, cell := g.rule, 0, 0
	for a, value := range [model.Axes]int64{int64(c.recency[row]), int64(c.frequency[row]), c.monetary[row]} {
		axis := model.Axis(a)
		floors := r.floors[a]
		if g.within[a] != nil {
			floors = g.within[a][group]
		}
		passed := 0
		for _, floor := range floors {
			passed += above(value, floor)
		}
		score := r.scoreAbove(axis, passed) - 1
		group = group*r.Levels[a] + score
		cell += score * r.stride(axis)
	}
	return uint32(cell)
}

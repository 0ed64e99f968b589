package fair

import (
	"iter"
	"math"

	"strata/model"
)

// Rules are the rules about falling that look at time. The band is part of the
// grades.
type Rules struct {
	Grace int // evaluations in a row below the tier that are let pass
	Stay  int // evaluations in the tier before somebody can fall
}

// Tiers are ranks here: 0 high, 1 mid, 2 low, 3 none, as [model.Tier.Rank]
// has them.
const (
	high, mid, low, none = 0, 1, 2, 3
)

// Grade is where the scores of a customer put it at one evaluation, and how far
// it would fall from each better tier if nothing but the band kept it.
type Grade uint8

// Absent is the grade of a customer who is not tiered at an evaluation.
const Absent = Grade(none<<2 | none<<4 | none<<6)

// NewGrade makes the grade of scores that lie in a tier. leaves reports whether
// they are far enough below a better tier to leave it for the next; a fall ends
// in the first tier that they do not leave, at the latest in that of the scores.
func NewGrade(scores model.Tier, leaves func(model.Tier) bool) Grade {
	g := Grade(scores.Rank())
	for from := range none {
		to := from
		for to < scores.Rank() && leaves(tiers[to]) {
			to++
		}
		g |= Grade(to) << (2 * (from + 1))
	}
	return g
}

// rank returns the tier of the scores.
func (g Grade) rank() uint8 { return uint8(g & 3) }

// fall returns the tier that a fall from another leads to.
func (g Grade) fall(from uint8) uint8 { return uint8(g >> (2 * (from + 1)) & 3) }

// Walk follows customers from evaluation to evaluation.
type Walk struct {
	rules     Rules
	customers []state
}

// state is where one customer is. The counts stop at 255, which is beyond what
// the rules can ask for.
type state struct {
	tier  uint8 // by rank, nowhere while not tiered
	below uint8 // evaluations in a row, the last included, with scores below the tier
	in    uint8 // evaluations in the tier, the last included
	by    kept  // what kept it there at the last evaluation
}

// nowhere is the tier of those who are not tiered.
const nowhere = 4

// kept says what keeps a customer.
type kept uint8

const (
	byNothing kept = iota
	byBand
	byGrace
	byStay
)

// NewWalk starts with so many customers who have not been looked at.
func NewWalk(rules Rules, customers int) *Walk {
	w := &Walk{rules: rules, customers: make([]state, customers)}
	w.Restart()
	return w
}

// Restart forgets all evaluations.
func (w *Walk) Restart() {
	for i := range w.customers {
		w.customers[i] = state{tier: nowhere}
	}
}

// Step takes in the next evaluation, a grade for each customer: at most as many
// as there are.
//
// Somebody who was not tiered at the evaluation before is where the scores are:
// an absence starts anew.
func (w *Walk) Step(grades []Grade) {
	customers := w.customers[:len(grades)]
	for i, g := range grades {
		s := &customers[i]
		if g == Absent {
			*s = state{tier: nowhere}
			continue
		}
		switch rank := g.rank(); {
		case s.tier == nowhere || rank < s.tier:
			*s = state{tier: rank, in: 1}
		case rank == s.tier:
			s.below, s.by, s.in = 0, byNothing, more(s.in)
		default:
			w.below(s, g)
		}
	}
}

// below looks at somebody whose scores are below the tier.
func (w *Walk) below(s *state, g Grade) {
	s.below = more(s.below)
	to := g.fall(s.tier)
	switch {
	case to == s.tier:
		s.by = byBand
	case int(s.below) <= w.rules.Grace:
		s.by = byGrace
	case int(s.in) < w.rules.Stay:
		s.by = byStay
	case to == g.rank():
		*s = state{tier: to, in: 1}
		return
	default: // part of the way: the band of the tier below keeps it there
		*s = state{tier: to, in: 1, below: 1, by: byBand}
		return
	}
	s.in = more(s.in)
}

func more(n uint8) uint8 {
	if n == math.MaxUint8 {
		return n
	}
	return n + 1
}

// Kept is a customer whom the rules keep in a better tier than the scores.
type Kept struct {
	Customer int // by its place in the evaluations
	Tier     model.Tier
	By       model.KeptBy // band, grace or stay
	Below    int          // evaluations in a row below the tier, the last included
	In       int          // evaluations in the tier before the last
}

var tiers = [...]model.Tier{high: model.TierHigh, mid: model.TierMid, low: model.TierLow, none: model.TierNone}

var reasons = [...]model.KeptBy{byBand: model.KeptByBand, byGrace: model.KeptByGrace, byStay: model.KeptByStay}

// Kept yields those whom the rules keep after the last evaluation.
func (w *Walk) Kept() iter.Seq[Kept] {
	return func(yield func(Kept) bool) {
		for i, s := range w.customers {
			if s.by == byNothing {
				continue
			}
			if !yield(Kept{Customer: i, Tier: tiers[s.tier], By: reasons[s.by], Below: int(s.below), In: int(s.in) - 1}) {
				return
			}
		}
	}
}

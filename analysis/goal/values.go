package goal

import (
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// valueCuts are a pair of value cuts with what they give.
type valueCuts struct {
	cuts [2]int
	merit
}

// bestValues returns the best pairs of value cuts for figures made under rule,
// the best first, at most so many. It looks at every pair that gives other
// tiers. Of cuts that give the same tiers it takes those nearest to the rule's.
func bestValues(w *wants, rule *rfm.Rule, figures *rfm.Figures, before *rfm.Labels, most int) []valueCuts {
	steps := valueSteps(rule, figures, before)
	var best []valueCuts
	for h := range steps {
		for m := range steps[:h+1] {
			high, mid := &steps[h], &steps[m]
			tiers := [4]rfm.Flow{high.from, minus(mid.from, high.from), minus(steps[0].from, mid.from)}
			stay := high.were[0] + mid.were[1] - high.were[1] + steps[0].were[2] - mid.were[2]
			v := valueCuts{[2]int{mid.cut(rule.Value.Cuts[0]), high.cut(rule.Value.Cuts[1])}, w.merit(&tiers, stay)}
			if len(best) == most && best[most-1].compare(&v.merit) <= 0 {
				continue
			}
			at, _ := slices.BinarySearchFunc(best, v, func(a, b valueCuts) int {
				if c := a.compare(&b.merit); c != 0 {
					return c
				}
				return -1 // those found first stay first
			})
			best = slices.Insert(best, at, v)
			best = best[:min(len(best), most)]
		}
	}
	return best
}

// valueStep is a run of value cuts that all let the same customers in.
type valueStep struct {
	low, high int      // the cuts
	from      rfm.Flow // whose value score is the cut or more
	were      [4]int64 // of those, by tier under the scheme as it stands
}

// cut returns the cut of the step nearest to another.
func (s *valueStep) cut(near int) int { return min(max(near, s.low), s.high) }

// valueSteps lists them ascending: the first lets everybody in, the last nobody.
func valueSteps(rule *rfm.Rule, figures *rfm.Figures, before *rfm.Labels) []valueStep {
	byScore := map[int]*valueStep{}
	segments := len(before.Segments) + 1
	for cell, sum := range figures.Cells {
		if sum.Customers == 0 {
			continue
		}
		score := int(rule.ValueScore(cell).Whole) // a cut is whole: the fraction lets nobody in
		s := byScore[score]
		if s == nil {
			s = &valueStep{high: score}
			byScore[score] = s
		}
		s.from = plus(s.from, sum.Flow)
		for i, segment := range before.Segments {
			s.were[segment.Tier.Rank()] += figures.Flows[cell*segments+i].Customers
		}
	}
	steps := make([]valueStep, 0, len(byScore)+1)
	for _, s := range byScore {
		steps = append(steps, *s)
	}
	slices.SortFunc(steps, func(a, b valueStep) int { return a.high - b.high })
	steps = append(steps, valueStep{high: rule.Value.Max() + 1})
	for i := len(steps) - 2; i >= 0; i-- {
		steps[i].from = plus(steps[i].from, steps[i+1].from)
		for t := range steps[i].were {
			steps[i].were[t] += steps[i+1].were[t]
		}
	}
	steps[0].low = rule.Value.Min()
	for i := 1; i < len(steps); i++ {
		steps[i].low = steps[i-1].high + 1
	}
	return steps
}

func plus(a, b rfm.Flow) rfm.Flow {
	return rfm.Flow{Customers: a.Customers + b.Customers, Revenue: a.Revenue + b.Revenue}
}

func minus(a, b rfm.Flow) rfm.Flow {
	return rfm.Flow{Customers: a.Customers - b.Customers, Revenue: a.Revenue - b.Revenue}
}

// setValues puts value cuts into a scheme.
func setValues(scheme model.Scheme, cuts [2]int) model.Scheme {
	scheme = scheme.Clone()
	scheme.Value.Cuts, scheme.Value.Shares = cuts, [2]int{}
	return scheme
}

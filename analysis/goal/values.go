package goal

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// valueCuts are a pair of value cuts with what they give.
type valueCuts struct {
	cuts [2]int
	merit
}

// bestValues returns the best pairs of value cuts for figures made with the
// other cuts of a scheme, the best first, at most so many. It looks at every
// pair that gives other tiers. Of cuts that give the same tiers it takes those
// nearest to the scheme's.
func bestValues(w *wants, scheme model.Scheme, figures *rfm.Figures, before *rfm.Labels, most int) ([]valueCuts, error) {
	steps, err := valueSteps(scheme, figures, before)
	if err != nil {
		return nil, err
	}
	now := scheme.Value.Cuts
	var best []valueCuts
	for h := range steps {
		for m := range steps[:h+1] {
			high, mid := &steps[h], &steps[m]
			tiers := [4]rfm.Flow{high.from, minus(mid.from, high.from), minus(steps[0].from, mid.from)}
			stay := high.stay[0] + mid.stay[1] - high.stay[1] + steps[0].stay[2] - mid.stay[2]
			v := valueCuts{[2]int{mid.cut(now[0]), high.cut(now[1])}, w.merit(&tiers, stay)}
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
	return best, nil
}

// valueStep is a run of value cuts that all let the same customers in.
type valueStep struct {
	low, high int      // the cuts
	from      rfm.Flow // whose value score is the cut or more
	stay      [3]int64 // of those, who stay in their segment if they are in a tier, by rank
}

// cut returns the cut of the step nearest to another.
func (s *valueStep) cut(near int) int { return min(max(near, s.low), s.high) }

// valueSteps lists them ascending: the first lets everybody in, the last nobody.
func valueSteps(scheme model.Scheme, figures *rfm.Figures, before *rfm.Labels) ([]valueStep, error) {
	value := scheme.Value
	lowest, none := value.Min(), value.Max()+1
	var inTier [3]*rfm.Rule // with everybody in one tier
	for t, cuts := range [3][2]int{{lowest, lowest}, {lowest, none}, {none, none}} {
		var err error
		if inTier[t], err = rfm.NewRule(setValues(scheme, cuts)); err != nil {
			return nil, err
		}
	}
	byScore := map[int]*valueStep{}
	segments := len(before.Segments) + 1
	for cell, sum := range figures.Cells {
		if sum.Customers == 0 {
			continue
		}
		score := int(inTier[0].ValueScore(cell).Whole) // a cut is whole: the fraction lets nobody in
		s := byScore[score]
		if s == nil {
			s = &valueStep{high: score}
			byScore[score] = s
		}
		s.from = plus(s.from, sum.Flow)
		for t, rule := range inTier {
			s.stay[t] += staysIn(segmentOf(rule, cell), before.Segments, figures.Flows[cell*segments:])
		}
	}
	steps := make([]valueStep, 0, len(byScore)+1)
	for _, s := range byScore {
		steps = append(steps, *s)
	}
	slices.SortFunc(steps, func(a, b valueStep) int { return a.high - b.high })
	steps = append(steps, valueStep{high: none})
	for i := len(steps) - 2; i >= 0; i-- {
		steps[i].from = plus(steps[i].from, steps[i+1].from)
		for t := range steps[i].stay {
			steps[i].stay[t] += steps[i+1].stay[t]
		}
	}
	steps[0].low = lowest
	for i := 1; i < len(steps); i++ {
		steps[i].low = steps[i-1].high + 1
	}
	return steps, nil
}

func segmentOf(rule *rfm.Rule, cell int) model.Segment { return rule.Segments[rule.Segment(cell)] }

// staysIn counts the customers of a cell in a segment who were in it before;
// flows are by segment before.
func staysIn(now model.Segment, before []model.Segment, flows []rfm.Flow) int64 {
	stay := int64(0)
	for i, was := range before {
		if sameSegment(was, now) {
			stay += flows[i].Customers
		}
	}
	return stay
}

// sameSegment reports whether customers who go from one segment to the other
// stay where they are. The map value adds the tier to the name of a band that a
// value cut divides; that alone is no change.
func sameSegment(a, b model.Segment) bool {
	band := func(s model.Segment) string { return strings.TrimSuffix(s.Slug, "-"+string(s.Tier)) }
	return a.Tier == b.Tier && band(a) == band(b)
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

package goal

import (
	"math/rand/v2"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// all moves value cuts and the cuts of all measures by turns: first each measure
// of the scheme and of many pairs of value cuts, then, from the best of these,
// one measure after the other until nothing becomes better. While the goal is
// still to be met better it begins again, from the best with some of its cuts
// elsewhere.
func (s *solver) all(scheme model.Scheme, rule *rfm.Rule) (found, error) {
	s.searches = min(max(customersPerGoal/s.base.Len(), leastSearches), mostSearches)
	s.most = s.searches
	best := found{scheme, s.merit(rule)}
	from := []found{best}
	if rule.ByValue() {
		different, err := s.differentValues(scheme, rule, s.searches/int(2*model.Axes))
		if err != nil {
			return found{}, err
		}
		from = append(from, different...)
	}
	for _, f := range from {
		best.improve(f)
	}
	for _, f := range from {
		for a := range model.Axes {
			if err := s.turn(&best, f.scheme, a); err != nil {
				return best, err
			}
		}
	}
	again, err := s.descend(best)
	best.improve(again)
	r := rand.New(rand.NewPCG(1, 1)) // any numbers do, as long as they are the same every time
	for err == nil && s.searches > 0 && !best.asGood(&s.known) {
		again, err = s.descend(s.elsewhere(r, best.scheme, from))
		best.improve(again)
	}
	return best, err
}

// How many searches of one measure are made where all cuts are free: so many
// that looking at every customer in each comes to so many customers, within
// limits.
const (
	customersPerGoal = 1_500_000
	leastSearches    = 18
	mostSearches     = 400
)

// descend moves one measure after the other until none makes it better.
func (s *solver) descend(best found) (found, error) {
	for still := 0; still < int(model.Axes) && s.searches > 0; {
		for a := range model.Axes {
			before := best.merit
			if err := s.turn(&best, best.scheme, a); err != nil {
				return best, err
			}
			if still++; best.compare(&before) < 0 {
				still = 0
			}
		}
	}
	return best, nil
}

// elsewhere returns a scheme with the cuts of one or two measures at random
// places, and perhaps one of some value cuts.
func (s *solver) elsewhere(r *rand.Rand, scheme model.Scheme, values []found) found {
	if r.IntN(2) == 0 {
		scheme = setValues(scheme, values[r.IntN(len(values))].scheme.Value.Cuts)
	}
	for range 1 + r.IntN(2) {
		a := model.Axis(r.IntN(int(model.Axes)))
		l := s.line(a)
		x := make([]int32, scheme.Levels[a]-1)
		for i := range x {
			x[i] = l.share(1+r.IntN(len(l.rows)), len(l.rows))
		}
		slices.Sort(x)
		scheme = s.place(scheme, a, l.snapped(x), nil)
	}
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		panic(err) // cuts that ascend make a rule
	}
	return found{scheme, s.merit(rule)}
}

// turn moves one measure of a scheme, and then the value cuts, and keeps what is
// better than the best. It does nothing once enough has been searched.
func (s *solver) turn(best *found, scheme model.Scheme, a model.Axis) error {
	if s.searches <= 0 {
		return nil
	}
	s.report(model.Progress{Stage: stage, Done: int64(s.most - s.searches), Total: int64(s.most)})
	s.searches--
	moved, _, err := s.measure(scheme, a, firstBoxes)
	if err != nil {
		return err
	}
	best.improve(moved)
	rule, err := rfm.NewRule(moved.scheme)
	if err != nil || !rule.ByValue() {
		return err
	}
	values, err := s.values(moved.scheme, rule, 1)
	if err == nil {
		best.improve(values[0])
	}
	return err
}

// differentValues returns good value cuts to go on from, first those with HIGH
// elsewhere, or MID where the goal does not speak of HIGH: pairs that differ less
// lead to much the same.
func (s *solver) differentValues(scheme model.Scheme, rule *rfm.Rule, most int) ([]found, error) {
	const looked = 200
	all, err := s.values(scheme, rule, looked)
	if err != nil {
		return nil, err
	}
	which := 0
	if slices.ContainsFunc(s.wants.terms, func(t want) bool { return t.tier == 0 }) {
		which = 1
	}
	var different, alike []found
	seen := map[int]bool{}
	for _, f := range all {
		if cut := f.scheme.Value.Cuts[which]; seen[cut] {
			alike = append(alike, f)
		} else {
			seen[cut] = true
			different = append(different, f)
		}
	}
	different = append(different, alike...)
	return different[:min(len(different), most)], nil
}

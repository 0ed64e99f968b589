package goal

import (
	"context"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Free says which cuts may move.
type Free string

// What may be free.
const (
	FreeAll       Free = "all"
	FreeValue     Free = "value" // where MID and HIGH begin
	FreeRecency   Free = "recency"
	FreeFrequency Free = "frequency"
	FreeMonetary  Free = "monetary"
)

// Frees lists what may be free.
var Frees = []Free{FreeAll, FreeValue, FreeRecency, FreeFrequency, FreeMonetary}

// axis returns the measure that is free, and false where that is not one measure.
func (f Free) axis() (model.Axis, bool) {
	a, err := model.ParseAxis(string(f))
	return a, err == nil
}

// Solution is the best that was found.
type Solution struct {
	Scheme model.Scheme // the one that was asked about, with other cuts
	Tiers  [4]rfm.Flow  // what is in its tiers, by [model.Tier.Rank]
	Gap    Gap          // how far the goal is missed
	// Bound is a gap that no cuts of the free ones can undercut while they keep the
	// floor. Where it is the gap, that is proven to be the least.
	Bound Gap
	// Any is a gap that no cuts whatever can undercut, with any floor.
	Any Gap
	// Proven: no cuts of the free ones come nearer, nor make tiers that are to be
	// small smaller or those to be large larger.
	Proven bool
	// Sized is the first tier that the goal wants small (with Small) or large, ""
	// without any. Size is how many customers it has; it cannot have fewer, or more
	// if it is to be large, than SizeBound at this gap.
	Sized           model.Tier
	Small           bool
	Size, SizeBound int64
	// Moved counts the customers in another segment than under the scheme as it
	// stands.
	Moved int64
	// Fewest says, of tiers by rank that are to bring an amount, how many customers
	// that takes at least, whoever they are.
	Fewest [4]int64
	// Heaviest is, for one free measure, how many customers share one value at
	// most, and that value: no cut divides them.
	Heaviest, HeaviestValue int64
	// Idle: the one measure that is free decides no tier, wherever its cuts are.
	Idle bool
	// Nearest are, for value cuts, the sizes of HIGH, and of HIGH and MID together,
	// that cuts can make, ascending.
	Nearest []int64
	// Kept is how many customers every score of a measure that may move keeps, 0
	// where none may or the floor is lifted; with KeptFewer some score has fewer
	// under the scheme as it stands, and may keep as few.
	Kept      int64
	KeptFewer bool
}

// Limits of a search, in boxes looked at: of one measure alone, and for a first
// look where all cuts are free.
const (
	mostBoxes  = 400_000
	firstBoxes = 20_000
)

// Solve looks for the cuts that come nearest to a goal. scheme has all its
// cuts set, and no shares; before are the customers of base under the scheme as
// it stands. Cuts that leave a score fewer customers than the floor are not
// looked at. The value cuts alone are found by looking at all of them, the cuts
// of one measure by a search that knows how good the rest can be at best, and
// all of them by turns, which proves only what no cuts could better.
//
// report is told how far it is. Errors: Empty without customers; Usage where
// the free cuts do not decide the tiers, or a share of a revenue that is not
// above zero is wanted; Cancelled.
func Solve(ctx context.Context, base *rfm.Base, before *rfm.Labels, scheme model.Scheme, goal Goal, free Free, report func(model.Progress)) (*Solution, error) {
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		return nil, err
	}
	if err := checkSolvable(base, rule, goal, free); err != nil {
		return nil, err
	}
	s := &solver{
		ctx: ctx, base: base, before: before, report: report,
		wants: newWants(goal, base.Total),
		now:   rule.Cuts, floor: goal.Floor.Customers(int64(base.Len())),
	}
	s.wants.tiered = !slices.ContainsFunc(rule.Segments, func(s model.Segment) bool { return s.Tier == model.TierNone })
	richest := richest(base, &s.wants)
	s.known = s.wants.least(richest)
	best, bound, err := s.solve(scheme, rule, free)
	if err != nil {
		return nil, err
	}
	if bound.compare(&s.known) < 0 {
		bound = s.known
	}
	solution := &Solution{
		Scheme: best.scheme, Gap: best.gap, Bound: bound.gap, Any: s.known.gap, Proven: best.asGood(&bound),
		Moved: best.far,
	}
	if sizes := s.wants.sizes; len(sizes) > 0 {
		solution.Sized, solution.Small = tierSlugs[sizes[0].tier], sizes[0].small
		solution.Size, solution.SizeBound = sizes[0].of(best.size[0]), sizes[0].of(bound.size[0])
		if bound.missed.compare(best.missed) < 0 {
			solution.SizeBound = solution.Size // not known at this gap
		}
	}
	for _, t := range s.wants.terms {
		if t.Money && t.Low > 0 {
			solution.Fewest[t.tier] = max(solution.Fewest[t.tier], bringing(richest, t.Low))
		}
	}
	if err := s.explain(solution, free); err != nil {
		return nil, err
	}
	return solution, nil
}

func checkSolvable(base *rfm.Base, rule *rfm.Rule, goal Goal, free Free) error {
	if base.Len() == 0 {
		return model.Errorf(model.Empty, "there are no customers to find cuts for").WithHint("widen the window or the filter")
	}
	for _, t := range goal.Terms {
		if t.Percent && t.Measure == Revenue && base.Total.Revenue <= 0 {
			return model.Errorf(model.Usage, "{term:q}: all customers together bring in {revenue}", "term", t.Text, "revenue", words.Amount(base.Total.Revenue, words.Symbol(base.Currency))).
				WithHint("ask for an amount, or for customers")
		}
	}
	if free == FreeValue && !rule.ByValue() {
		return model.Errorf(model.Usage, "the tiers follow from the map, not from the value cuts").
			WithHint("let the cuts of a measure move, or use the map ten or value")
	}
	if !slices.Contains(Frees, free) {
		return model.Errorf(model.Usage, "{free:q} cannot be moved", "free", free).WithHint("use all, value, recency, frequency or monetary")
	}
	return nil
}

// richest returns all revenues, descending, if a term asks for them.
func richest(base *rfm.Base, w *wants) []int64 {
	if !slices.ContainsFunc(w.terms, func(t want) bool { return t.Money && t.Low > 0 }) {
		return nil
	}
	rows := rfm.Ascending(base.Revenue)
	revenues := make([]int64, len(rows))
	for i, row := range rows {
		revenues[len(rows)-1-i] = base.Revenue[row]
	}
	return revenues
}

// solver looks for cuts on one base.
type solver struct {
	ctx    context.Context
	base   *rfm.Base
	before *rfm.Labels
	wants  wants
	known  merit // nothing is better than this
	report func(model.Progress)
	now    [model.Axes][]model.Cut // of the scheme as it stands
	floor  int64                   // customers that every score keeps
	lines  [model.Axes]*line

	// Searches of one measure that may still be made where all cuts are free, and
	// how many may be made altogether; else 0.
	searches, most int
}

// found are cuts with their merit.
type found struct {
	scheme model.Scheme
	merit
}

func (s *solver) solve(scheme model.Scheme, rule *rfm.Rule, free Free) (found, merit, error) {
	if free == FreeValue {
		best, err := s.values(scheme, rule, 1)
		if err != nil {
			return found{}, merit{}, err
		}
		return best[0], best[0].merit, nil
	}
	if a, ok := free.axis(); ok {
		return s.measure(scheme, a, mostBoxes)
	}
	best, err := s.all(scheme, rule)
	return best, s.known, err
}

func (s *solver) line(a model.Axis) *line {
	if s.lines[a] == nil {
		l := newLine(s.base, a)
		l.keep(l.positions(s.now[a]), s.floor)
		s.lines[a] = l
	}
	return s.lines[a]
}

// values looks at all value cuts, the best first, at most so many.
func (s *solver) values(scheme model.Scheme, rule *rfm.Rule, most int) ([]found, error) {
	best, err := bestValues(&s.wants, scheme, rfm.Tally(s.base, rule, s.before), s.before, most)
	var all []found
	for _, v := range best {
		all = append(all, found{setValues(scheme, v.cuts), v.merit})
	}
	return all, err
}

// measure looks for the cuts of one measure.
func (s *solver) measure(scheme model.Scheme, a model.Axis, most int) (found, merit, error) {
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		return found{}, merit{}, err
	}
	l := s.line(a)
	search, err := newSearch(s.ctx, s.base, &s.wants, l, rule, s.before)
	if err != nil {
		return found{}, merit{}, err
	}
	start := l.positions(rule.Cuts[a])
	bound, err := search.run(s.ctx, start, most, func(boxes int) {
		if s.most == 0 {
			s.report(model.Progress{Stage: stage, Done: int64(boxes), Total: int64(most)})
		}
	})
	if err != nil {
		return found{}, merit{}, err
	}
	return found{s.place(scheme, a, search.best, start), search.merit}, bound, nil
}

// stage is what is being done.
var stage = catalogue.T("looking for cuts")

// place puts the cuts of a measure at positions. Cuts that all stand where they
// stood stay as they are; others become the roundest values there.
func (s *solver) place(scheme model.Scheme, a model.Axis, x, was []int32) model.Scheme {
	if slices.Equal(x, was) {
		return scheme
	}
	l := s.line(a)
	at := make([]model.Cut, len(x))
	for i, x := range x {
		low, high := l.between(x)
		at[i] = model.WholeCut(roundest(low, high, scheme.Spec.Scale(a)))
	}
	scheme = scheme.Clone()
	scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
	return scheme
}

// roundest returns the value from low to high with the most zeros at its end;
// of counts and days, which are all as round, the lowest.
func roundest(low, high, scale int64) int64 {
	if scale == 1 {
		return low
	}
	const largest = 1_000_000_000_000_000_000
	for unit := int64(largest); unit > 1; unit /= 10 {
		for _, step := range []int64{unit, unit / 2} {
			// The multiple at or below high; Go divides towards zero.
			m := high / step * step
			if m > high {
				m -= step
			}
			if m >= low {
				return m
			}
		}
	}
	return low
}

func (f *found) improve(g found) {
	if g.compare(&f.merit) < 0 {
		*f = g
	}
}

// merit returns how good a rule's cuts are.
func (s *solver) merit(rule *rfm.Rule) merit {
	figures := rfm.Tally(s.base, rule, s.before)
	var tiers [4]rfm.Flow
	for t, a := range figures.Tiers(rule) {
		tiers[t] = a.Flow
	}
	stay := int64(0)
	segments := len(s.before.Segments) + 1
	for cell := range figures.Cells {
		stay += staysIn(segmentOf(rule, cell), s.before.Segments, figures.Flows[cell*segments:])
	}
	return s.wants.merit(&tiers, stay)
}

// explain adds what the cuts come to, and what tells why a goal is missed.
func (s *solver) explain(solution *Solution, free Free) error {
	rule, err := rfm.NewRule(solution.Scheme)
	if err != nil {
		return err
	}
	figures := rfm.Tally(s.base, rule, s.before)
	for t, a := range figures.Tiers(rule) {
		solution.Tiers[t] = a.Flow
	}
	if free != FreeValue && s.floor > 0 {
		solution.Kept = s.floor
		for _, l := range s.lines {
			solution.KeptFewer = solution.KeptFewer || l != nil && l.keepsFewer(s.floor)
		}
	}
	if a, ok := free.axis(); ok {
		solution.Heaviest, solution.HeaviestValue = s.line(a).heaviest()
		solution.Idle = idle(a, rule)
	}
	if free == FreeValue {
		steps, err := valueSteps(solution.Scheme, figures, s.before)
		if err != nil {
			return err
		}
		for _, step := range steps {
			solution.Nearest = append(solution.Nearest, step.from.Customers)
		}
		slices.Reverse(solution.Nearest)
	}
	return nil
}

// idle reports whether the scores of a measure decide no tier.
func idle(a model.Axis, rule *rfm.Rule) bool {
	for _, passed := range segmentsByPair(a, rule) {
		if slices.ContainsFunc(passed, func(s model.Segment) bool { return s.Tier != passed[0].Tier }) {
			return false
		}
	}
	return true
}

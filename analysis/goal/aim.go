package goal

import (
	"cmp"
	"math"
	"slices"

	"strata/analysis/rfm"
)

// Try is a goal that was asked of the scores, beside what the tiers then have, by rank,
// with those whom the fair rules keep in them.
type Try struct {
	Asked Goal
	Are   [4]rfm.Flow
}

// Aim returns what to ask for next where tries with other values of [Term].Kept have
// missed the goal: of each term that the best of them misses it aims between two
// neighbouring tries of which one had too much and one too little, and farther than all
// of them where all erred to the same side; what cuts make does not grow evenly with
// what is asked, so that it aims beside the nearest at last. The terms that the best
// meets stay as it had them. It returns false where there is nothing left to aim at.
func (g Goal) Aim(tries []Try, total rfm.Flow) (Goal, bool) {
	best := slices.MinFunc(tries, func(a, b Try) int { return g.Compare(a.Are, b.Are, total) })
	next := best.Asked
	next.Terms = slices.Clone(next.Terms)
	aimed := false
	for i := range g.Terms {
		if g.erred(i, best, total) == 0 {
			continue
		}
		if kept, ok := g.aim(i, tries, total); ok {
			next.Terms[i].Kept, aimed = kept, true
		}
	}
	return next, aimed
}

// erred is by how much a try has too much of a term, less than 0 if it has too little.
func (g Goal) erred(term int, t Try, total rfm.Flow) int64 {
	target := g.Terms[term].Target(total)
	tier := t.Are[g.Terms[term].Tier.Rank()]
	missed := target.Missed(tier)
	if target.Money && int64(tier.Revenue) < target.Low || !target.Money && tier.Customers < target.Low {
		return -missed
	}
	return missed
}

// aim returns what to take off a term next.
func (g Goal) aim(term int, tries []Try, total rfm.Flow) (kept int64, ok bool) {
	type point struct{ kept, erred int64 }
	var points []point
	for _, t := range tries {
		points = append(points, point{t.Asked.Terms[term].Kept, g.erred(term, t, total)})
	}
	// The more is taken off, the less is asked of the scores. Of tries that took off
	// as much and differ in other terms the nearest counts.
	near := func(p point) int64 { return max(p.erred, -p.erred) }
	slices.SortFunc(points, func(a, b point) int { return cmp.Or(cmp.Compare(a.kept, b.kept), cmp.Compare(near(a), near(b))) })
	points = slices.CompactFunc(points, func(a, b point) bool { return a.kept == b.kept })
	between := func(good func(a, b point) bool) (kept int64, ok bool) {
		nearest := int64(math.MaxInt64)
		for i, p := range points[1:] {
			was := points[i]
			if of := min(near(was), near(p)); p.kept-was.kept > 1 && of < nearest && good(was, p) {
				nearest, kept, ok = of, was.kept+(p.kept-was.kept)/2, true
			}
		}
		return kept, ok
	}
	if kept, ok := between(func(a, b point) bool { return a.erred < 0 != (b.erred < 0) }); ok {
		return kept, true
	}
	target, all := g.Terms[term].Target(total), total.Customers
	if target.Money {
		all = int64(total.Revenue)
	}
	first, last := points[0], points[len(points)-1]
	span := last.kept - first.kept
	switch {
	case first.erred < 0 && last.erred < 0 && target.Low-first.kept < all: // ask for more
		return first.kept - max(-first.erred, span), true
	case first.erred > 0 && last.erred > 0 && target.High-last.kept > 0:
		return last.kept + max(last.erred, span), true
	}
	return between(func(a, b point) bool { return true })
}

package goal

import (
	"container/heap"
	"context"
	"math"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// mostCuts is how many cuts a measure can have.
const mostCuts = model.MaxLevels - 1

// search looks for the best positions of the cuts of one measure: best first
// over boxes of positions, each with a bound on the merit of all that is in it.
// Boxes that cannot be better than what is known are dropped, so that the
// search ends with a proof, or, at its limit, with the bound it has come to.
//
// Only positions are looked at that leave every score what it keeps, see [Floor].
type search struct {
	wants *wants
	line  *line
	cuts  int

	customers [4]*sum // by tier, of the tiers that terms speak of
	revenue   [4]*sum
	stay      *sum
	relaxed   *relaxed // nil where it tells nothing

	best  []int32 // nil before the first
	merit merit
	boxes int // looked at
}

// box is a range for the position of every cut, with a bound on the merit of
// the positions in it.
type box struct {
	lo, hi [mostCuts]int32
	bound  merit
}

// newSearch prepares the search on a line; the other cuts are those of rule.
// Error: Cancelled.
func newSearch(ctx context.Context, base *rfm.Base, w *wants, l *line, rule *rfm.Rule, before *rfm.Labels) (*search, error) {
	s := &search{wants: w, line: l, cuts: rule.Levels[l.axis] - 1}
	figures := []figure{{kind: staying}}
	for _, t := range w.terms {
		kind := customersOf
		if t.Money {
			kind = revenueOf
		}
		figures = append(figures, figure{kind, t.tier})
	}
	for _, z := range w.sizes {
		figures = append(figures, figure{customersOf, z.tier})
	}
	slices.SortFunc(figures, func(a, b figure) int { return (int(a.kind)-int(b.kind))*4 + a.tier - b.tier })
	figures = slices.Compact(figures)
	sums, err := sumsOf(ctx, base, l, rule, before, figures)
	if err != nil {
		return nil, err
	}
	for i, f := range figures {
		switch f.kind {
		case customersOf:
			s.customers[f.tier] = &sums[i]
		case revenueOf:
			s.revenue[f.tier] = &sums[i]
		default:
			s.stay = &sums[i]
		}
	}
	s.relaxed = newRelaxed(s)
	return s, nil
}

// at returns the merit of positions.
func (s *search) at(x []int32) merit {
	var tiers [4]rfm.Flow
	for t := range tiers {
		if sum := s.customers[t]; sum != nil {
			tiers[t].Customers = sum.at(x)
		}
		if sum := s.revenue[t]; sum != nil {
			tiers[t].Revenue = model.Money(sum.at(x))
		}
	}
	return s.wants.merit(&tiers, s.stay.at(x))
}

// try looks at positions and keeps them if they are the best.
func (s *search) try(x []int32) {
	m := s.at(x)
	if s.best == nil || m.compare(&s.merit) < 0 {
		s.best, s.merit = slices.Clone(x), m
	}
}

// bound sets the bound of a box.
func (s *search) bound(b *box) {
	lo, hi := b.lo[:s.cuts], b.hi[:s.cuts]
	m := merit{gap: Gap{Of: s.wants.total}}
	for _, t := range s.wants.terms {
		sum := s.customers[t.tier]
		if t.Money {
			sum = s.revenue[t.tier]
		}
		missed := t.missed(sum.within(lo, hi))
		if t.Money {
			m.gap.Revenue += model.Money(missed)
		} else {
			m.gap.Customers += missed
		}
	}
	m.missed = m.gap.weighed()
	for i := range s.wants.sizes {
		z := &s.wants.sizes[i]
		low, high := s.customers[z.tier].within(lo, hi)
		if m.gap.Met() { // then only what meets the terms matters
			low, high = max(low, z.least), min(high, z.most)
		}
		m.size[i] = z.bound(low, high)
	}
	if r := s.relaxed; r != nil && m.gap.Met() {
		m.size[r.size] = max(m.size[r.size], r.within(lo, hi))
	}
	_, stay := s.stay.within(lo, hi)
	m.far = max(s.wants.total.Customers-stay, 0)
	b.bound = m
}

// boxQueue hands out boxes, the most promising first.
type boxQueue []box

func (q boxQueue) Len() int           { return len(q) }
func (q boxQueue) Less(i, j int) bool { return q[i].bound.compare(&q[j].bound) < 0 }
func (q boxQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *boxQueue) Push(x any)        { *q = append(*q, x.(box)) }
func (q *boxQueue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// run searches until the best is proven or so many boxes have been looked at,
// and returns a bound on the merit of all positions. Once it is proven that
// nothing comes nearer to the goal, only a quarter of them more is spent on
// changing less. tell is told how many boxes have been looked at. Error:
// Cancelled.
func (s *search) run(ctx context.Context, start []int32, most int, tell func(boxes int)) (merit, error) {
	if s.best == nil {
		s.begin(start)
	}
	first := s.line.all()
	s.bound(&first)
	queue := &boxQueue{first}
	limit, proven := most, false
	for queue.Len() > 0 {
		b := heap.Pop(queue).(box)
		if b.bound.compare(&s.merit) >= 0 {
			return s.merit, nil
		}
		if s.merit.asGood(&b.bound) {
			if !proven {
				limit, proven = min(limit, s.boxes+most/4), true
			}
		}
		if s.boxes >= limit {
			return b.bound, nil
		}
		if ctx.Err() != nil {
			return merit{}, model.Errorf(model.Cancelled, "looking for cuts was stopped: {cause}", "cause", ctx.Err())
		}
		s.dive(b, queue)
		tell(s.boxes)
	}
	return s.merit, nil
}

// dive halves a box again and again, on the way to single positions; the
// halves it does not go into are queued. It ends where nothing better can be.
func (s *search) dive(b box, queue *boxQueue) {
	for {
		cut := s.widest(&b)
		if cut < 0 {
			return
		}
		left, right := b, b
		middle := (b.lo[cut] + b.hi[cut]) / 2
		left.hi[cut], right.lo[cut] = middle, middle+1
		s.look(&left)
		s.look(&right)
		if right.bound.compare(&left.bound) < 0 {
			left, right = right, left
		}
		if right.bound.compare(&s.merit) < 0 {
			heap.Push(queue, right)
		}
		if left.bound.compare(&s.merit) >= 0 {
			return
		}
		b = left
	}
}

// look bounds a box and tries the positions in its middle. An impossible box
// gets a bound that nothing reaches.
func (s *search) look(b *box) {
	s.boxes++
	lo, hi := b.lo[:s.cuts], b.hi[:s.cuts]
	if !s.line.tighten(lo, hi) {
		b.bound = merit{missed: wide{math.MaxUint64, math.MaxUint64}}
		return
	}
	var x [mostCuts]int32
	for i := range lo {
		x[i] = (lo[i] + hi[i]) / 2
	}
	s.line.snap(x[:s.cuts], lo, hi)
	s.bound(b)
	if b.bound.compare(&s.merit) < 0 {
		s.try(x[:s.cuts])
	}
}

// widest returns the cut of a box whose range makes most difference to the
// figures wanted, -1 when all ranges are single positions.
func (s *search) widest(b *box) int {
	widest, most := -1, -1.0
	for i := range s.cuts {
		if b.lo[i] == b.hi[i] {
			continue
		}
		spread := 0.0
		for _, t := range s.wants.terms {
			sum, of := s.customers[t.tier], float64(s.wants.total.Customers)
			if t.Money {
				sum, of = s.revenue[t.tier], float64(s.wants.total.Revenue)
			}
			spread += sum.spread(i, b.lo[i], b.hi[i]) / of
		}
		// Without a difference the wider range goes first.
		spread += float64(b.hi[i]-b.lo[i]) / float64(len(s.line.values)) / 1000
		if spread > most {
			widest, most = i, spread
		}
	}
	return widest
}

// spread is how much a cut moves the sum between two positions at most.
func (s *sum) spread(i int, lo, hi int32) float64 {
	spread := int64(0)
	for _, column := range [][]int64{s.up[i], s.down[i]} {
		if column != nil {
			spread += column[hi] - column[lo]
		}
	}
	return float64(spread)
}

// begin finds good positions to begin with: where the cuts stand, evenly
// spread, and all together at the best place, each mended cut by cut.
func (s *search) begin(start []int32) {
	even, together := make([]int32, s.cuts), make([]int32, s.cuts)
	for i := range even {
		even[i] = s.line.share(i+1, s.cuts+1)
	}
	all := s.line.all()
	lo, hi := all.lo[:s.cuts], all.hi[:s.cuts]
	s.walk(together, lo[0], lo[0], hi[0], func(at int32) {
		for i := range together {
			together[i] = at
		}
		s.line.snap(together, lo, hi)
	})
	for _, x := range [][]int32{start, even, together} {
		s.mend(s.line.snapped(x))
	}
}

// share returns the position below which there are k of n parts of the customers.
func (l *line) share(k, n int) int32 {
	at, _ := slices.BinarySearch(l.ends, int32(len(l.rows)*k/n))
	return int32(at)
}

// looks is how many positions of a cut are looked at before those around the
// best of them.
const looks = 1 << 13

// mend moves one cut after the other to its best position, until none moves.
func (s *search) mend(x []int32) {
	const rounds = 6
	for range rounds {
		before := slices.Clone(x)
		for i := range x {
			lo := s.line.above(at(x, i-1, 0), s.line.kept[i])
			hi := s.line.under(at(x, i+1, s.line.end()), s.line.kept[i+1])
			s.walk(x, x[i], lo, hi, func(to int32) { x[i] = to })
		}
		if slices.Equal(x, before) {
			break
		}
	}
	s.try(x)
}

// walk moves x from where it is through lo to hi and leaves it where it is
// best: at all of few positions, of many at some and then at those around the
// best.
func (s *search) walk(x []int32, from, lo, hi int32, to func(int32)) {
	to(from)
	best, at := s.at(x), from
	through := func(lo, hi, step int32) {
		for p := lo; p <= hi; p += step {
			to(p)
			if m := s.at(x); m.compare(&best) < 0 {
				best, at = m, p
			}
		}
	}
	step := max((hi-lo)/looks, 1)
	through(lo, hi, step)
	if step > 1 {
		through(max(at-step+1, lo), min(at+step-1, hi), 1)
	}
	to(at)
}

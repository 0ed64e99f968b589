package goal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
)

// randomSearch makes a search for a goal on one measure of random customers.
func randomSearch(t *testing.T, r *rand.Rand, text string, customers int) *search {
	t.Helper()
	return randomSearches(t, r, customers)(text)
}

// randomSearches returns how searches for goals are made on one measure of
// random customers, some of whom cost more than they bring.
func randomSearches(t *testing.T, r *rand.Rand, customers int) func(text string) *search {
	t.Helper()
	base := &rfm.Base{Spec: model.DefaultSpec(), AsOf: 100}
	for i := range customers {
		base.Customer = append(base.Customer, int32(i))
		base.Recency = append(base.Recency, 1+r.Int32N(30))
		base.Frequency = append(base.Frequency, 1+r.Int32N(12))
		base.Monetary = append(base.Monetary, (r.Int64N(200)-10)*1_234)
	}
	base.Orders, base.Revenue = base.Frequency, base.Monetary
	base.Total.Customers = int64(customers)
	for _, v := range base.Revenue {
		base.Total.Revenue += model.Money(v)
	}
	scheme := model.Ten()
	scheme.Map = []string{"ten", "value", "grid", "eleven"}[r.IntN(4)] // some not monotone
	for a, most := range [model.Axes]int64{30, 12, 190} {
		at := make([]model.Cut, 4)
		for i := range at {
			at[i] = model.WholeCut(1 + r.Int64N(most)*[model.Axes]int64{1, 1, 1_234}[a])
		}
		slices.SortFunc(at, model.Cut.Compare)
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
	}
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		t.Fatal(err)
	}
	axis, floor := model.Axis(r.IntN(int(model.Axes))), r.Int64N(int64(customers)/6)
	return func(text string) *search {
		t.Helper()
		g, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		w := newWants(g, base.Total)
		l := newLine(base, axis)
		l.keep(l.positions(rule.Cuts[axis]), floor)
		s, err := newSearch(context.Background(), base, &w, l, rule, rfm.Assign(base, rule))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// randomPlace returns allowed positions within a tightened box.
func randomPlace(r *rand.Rand, s *search, b *box) []int32 {
	x := make([]int32, s.cuts)
	for i := range x {
		lo := b.lo[i]
		if i > 0 {
			lo = max(lo, s.line.above(x[i-1], s.line.kept[i]))
		}
		x[i] = lo + r.Int32N(b.hi[i]-lo+1)
	}
	return x
}

var searchGoals = []string{
	"high=15%, mid=35%", "high:revenue>=60%", "high<=20", "low:revenue<=15%, high:revenue>=20%", "mid>=10, low:revenue=30%",
	"high:revenue>=30%, high>=10%", "mid:revenue>=25%", "high:heads<=1@9, mid:revenue>=30%",
}

// No positions in a box are better than its bound, and what a search says of
// positions is what counting says.
func TestBoundsHold(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		text := searchGoals[i%len(searchGoals)]
		s := randomSearch(t, r, text, 60)
		whole := s.line.all()
		s.bound(&whole)
		for range 20 {
			p, q := randomPlace(r, s, &whole), randomPlace(r, s, &whole)
			var b box
			for i := range p {
				b.lo[i], b.hi[i] = min(p[i], q[i]), max(p[i], q[i])
			}
			s.merit = merit{missed: wide{hi: 1 << 63}} // nothing is known yet
			s.look(&b)
			for range 10 {
				x := randomPlace(r, s, &b)
				at := s.at(x)
				if b.bound.compare(&at) > 0 || whole.bound.compare(&at) > 0 {
					t.Fatalf("%s: %v is at %+v, better than the bounds %+v of its box, %+v of all", text, x, at, b.bound, whole.bound)
				}
			}
		}
	}
}

// The bound leaves room for cuts that meet a goal to the last customer and the
// last unit of money.
func TestBoundsHoldWhereGoalsAreJustMet(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		searches := randomSearches(t, r, 60)
		s := searches("high>=1, high:revenue>=1.00, low<=1")
		whole := s.line.all()
		x := randomPlace(r, s, &whole)
		high, revenue, low := s.customers[0].at(x), s.revenue[0].at(x), s.customers[2].at(x)
		for _, text := range []string{
			fmt.Sprintf("high>=%d", high), fmt.Sprintf("low<=%d", low), fmt.Sprintf("high=%d, low=%d", high, low),
			"high:revenue>=" + model.Money(max(revenue, 0)).String(),
		} {
			s := searches(text)
			s.merit = merit{missed: wide{hi: 1 << 63}}
			at := s.at(x)
			var b box
			copy(b.lo[:], x)
			copy(b.hi[:], x)
			for range 6 {
				if s.bound(&b); b.bound.compare(&at) > 0 {
					t.Fatalf("%s: %v is at %+v, better than the bound %+v of its box %v to %v", text, x, at, b.bound, b.lo, b.hi)
				}
				for i := range x {
					b.lo[i], b.hi[i] = max(b.lo[i]-1, whole.lo[i]), min(b.hi[i]+1, whole.hi[i])
				}
			}
		}
	}
}

// From a poor beginning, without a good guess, the search finds the best of all
// positions, and proves it.
func TestSearchFromAPoorBeginning(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 40 {
		text := searchGoals[i%len(searchGoals)]
		s := randomSearch(t, r, text, 40)
		whole := s.line.all()
		s.try(whole.lo[:s.cuts])
		best := s.merit
		if len(s.line.values) > 16 {
			continue // too many to try them all
		}
		every(s, func(x []int32) {
			if m := s.at(x); m.compare(&best) < 0 {
				best = m
			}
		})
		bound, err := s.run(context.Background(), nil, mostBoxes, func(int) {})
		if err != nil {
			t.Fatal(err)
		}
		if s.merit.compare(&best) != 0 || bound.compare(&best) != 0 {
			t.Errorf("%s: found %+v with a bound of %+v, the best is %+v", text, s.merit, bound, best)
		}
	}
}

// every calls use with all allowed positions, told from all there are one by
// one.
func every(s *search, use func(x []int32)) {
	x := make([]int32, s.cuts)
	allowed := func() bool {
		from := 0
		for i, least := range s.line.kept {
			to := len(s.line.rows)
			if i < len(x) {
				if to = 0; x[i] > 0 {
					to = int(s.line.ends[x[i]-1])
				}
			}
			if to-from < int(least) {
				return false
			}
			from = to
		}
		return true
	}
	var place func(i int)
	place = func(i int) {
		if i == s.cuts {
			if allowed() {
				use(x)
			}
			return
		}
		for x[i] = 0; x[i] <= s.line.end(); x[i]++ {
			place(i + 1)
		}
	}
	place(0)
}

// A search that may look at few boxes only says what it does not know.
func TestALimitedSearchIsHonest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	limited := 0
	for i := range 60 {
		text := searchGoals[i%len(searchGoals)]
		s := randomSearch(t, r, text, 300)
		long := *s
		bound, err := s.run(context.Background(), s.line.snapped(make([]int32, s.cuts)), 30, func(int) {})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := long.run(context.Background(), s.line.snapped(make([]int32, s.cuts)), mostBoxes, func(int) {}); err != nil {
			t.Fatal(err)
		}
		if bound.compare(&long.merit) > 0 {
			t.Errorf("%s: said that nothing is better than %+v, %+v is", text, bound, long.merit)
		}
		if bound.compare(&s.merit) < 0 {
			limited++
		}
	}
	if limited == 0 {
		t.Error("no search came to its limit")
	}
}

// What is left of a box are exactly its allowed positions, its ends are among
// them, and positions snapped to it are, too.
func TestTightenedBoxes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for tried := 0; tried < 60; {
		s := randomSearch(t, r, searchGoals[0], 40)
		if len(s.line.values) > 14 {
			continue
		}
		tried++
		var b box
		for i := range s.cuts {
			p, q := r.Int32N(s.line.end()+1), r.Int32N(s.line.end()+1)
			b.lo[i], b.hi[i] = min(p, q), max(p, q)
		}
		lo, hi := slices.Clone(b.lo[:s.cuts]), slices.Clone(b.hi[:s.cuts])
		left := s.line.tighten(lo, hi)
		var least, most []int32
		every(s, func(x []int32) {
			for i := range x {
				if x[i] < b.lo[i] || x[i] > b.hi[i] {
					return
				}
			}
			if least == nil {
				least, most = slices.Clone(x), slices.Clone(x)
			}
			for i := range x {
				least[i], most[i] = min(least[i], x[i]), max(most[i], x[i])
			}
		})
		if left != (least != nil) || left && (!slices.Equal(lo, least) || !slices.Equal(hi, most)) {
			t.Fatalf("%v to %v become %v to %v (%v), those allowed are %v to %v", b.lo, b.hi, lo, hi, left, least, most)
		}
		if !left {
			continue
		}
		x := make([]int32, s.cuts)
		for i := range x {
			x[i] = r.Int32N(s.line.end() + 1)
		}
		s.line.snap(x, lo, hi)
		found := false
		every(s, func(y []int32) { found = found || slices.Equal(x, y) })
		for i := range x {
			found = found && x[i] >= lo[i] && x[i] <= hi[i]
		}
		if !found {
			t.Fatalf("%v within %v to %v is not allowed", x, lo, hi)
		}
	}
}

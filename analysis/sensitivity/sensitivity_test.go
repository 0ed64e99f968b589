package sensitivity_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/analysis/sensitivity"
	"strata/model"
)

// drawBase draws n customers with many equal values.
func drawBase(t *rapid.T, n int) *rfm.Base {
	small := rapid.SliceOfN(rapid.Int32Range(1, 25), n, n)
	money := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(-20, 20), rapid.Int64Range(-1e6, 1e9), rapid.Just(int64(0))), n, n)
	b := &rfm.Base{Recency: small.Draw(t, "recency"), Orders: small.Draw(t, "orders"), Revenue: money.Draw(t, "revenue")}
	b.Frequency, b.Monetary = b.Orders, b.Revenue
	if rapid.Bool().Draw(t, "own monetary") {
		b.Monetary = money.Draw(t, "monetary")
	}
	if n > 0 && rapid.IntRange(0, 4).Draw(t, "long gone") == 0 {
		b.Recency[0] = 1 << 30 // so that recency is sorted, not counted
	}
	for i := range n {
		b.Customer = append(b.Customer, int32(i))
	}
	return b
}

// drawScheme draws ten, value or eleven, or a map of its own on any levels,
// with cuts around the values of base, often on them.
func drawScheme(t *rapid.T, base *rfm.Base) model.Scheme {
	s := model.Ten()
	s.Map = rapid.SampledFrom([]string{"ten", "value", "eleven", ""}).Draw(t, "map")
	if s.Map != "eleven" {
		for a := range s.Levels {
			s.Levels[a] = rapid.IntRange(model.MinLevels, 6).Draw(t, "levels")
		}
	}
	if s.Map == "" {
		s.Regions = drawRegions(t, s.Levels)
	}
	for a := range s.Value.Weights {
		s.Value.Weights[a] = rapid.IntRange(1, 3).Draw(t, "weight")
	}
	for i := range s.Value.Cuts {
		s.Value.Cuts[i] = rapid.IntRange(s.Value.Min(), s.Value.Max()+1).Draw(t, "value cut")
	}
	slices.Sort(s.Value.Cuts[:])
	for a := range s.Cuts {
		values := column(base, model.Axis(a))
		s.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: drawCuts(t, s.Levels[a]-1, values)}
		if base.Len() > 0 && rapid.IntRange(0, 9).Draw(t, "ntile") == 9 {
			s.Cuts[a] = model.AxisCuts{Method: model.MethodNTile}
		}
	}
	return s
}

func drawRegions(t *rapid.T, levels [model.Axes]int) []model.Region {
	var regions []model.Region
	for i := range rapid.IntRange(1, 5).Draw(t, "segments") {
		r := model.Region{Segment: model.Segment{
			Slug: strconv.Itoa(i), Tier: rapid.SampledFrom([]model.Tier{model.TierHigh, model.TierMid, model.TierLow}).Draw(t, "tier"),
		}}
		var p model.Pattern
		for a, k := range levels {
			low := rapid.IntRange(1, k).Draw(t, "low")
			p[a] = model.ScoresFrom(low, rapid.IntRange(low, k).Draw(t, "high"))
		}
		r.Cells = []model.Pattern{p}
		regions = append(regions, r)
	}
	return regions
}

func drawCuts(t *rapid.T, n int, values []int64) []model.Cut {
	whole := rapid.Int64Range(-30, 50)
	if len(values) > 0 {
		whole = rapid.OneOf(whole, rapid.SampledFrom(values))
	}
	cuts := make([]model.Cut, n)
	for i := range cuts {
		cuts[i] = model.WholeCut(whole.Draw(t, "cut"))
		if rapid.Bool().Draw(t, "fraction") {
			cuts[i].Num, cuts[i].Den = rapid.Int32Range(1, 4).Draw(t, "num"), 5
		}
	}
	slices.SortFunc(cuts, model.Cut.Compare)
	return cuts
}

func column(base *rfm.Base, a model.Axis) []int64 {
	column := make([]int64, base.Len())
	for i := range column {
		column[i] = [model.Axes]int64{int64(base.Recency[i]), int64(base.Frequency[i]), base.Monetary[i]}[a]
	}
	return column
}

// workbench is a scheme on a base, and what is asked about it.
type workbench struct {
	base   *rfm.Base
	scheme model.Scheme
	rule   *rfm.Rule
	index  *rfm.Index
}

func newWorkbench(t rapid.TB, base *rfm.Base, scheme model.Scheme) *workbench {
	t.Helper()
	rule, _, err := rfm.Resolve(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	index, err := rfm.NewIndex(context.Background(), base, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &workbench{base, scheme, rule, index}
}

func (w *workbench) measure(t rapid.TB, a model.Axis) *sensitivity.Measure {
	t.Helper()
	m, err := sensitivity.NewMeasure(context.Background(), w.index, a, w.rule)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// labels assigns everybody anew with one axis' cuts elsewhere, in any order.
func (w *workbench) labels(t rapid.TB, a model.Axis, cuts []model.Cut) *rfm.Labels {
	t.Helper()
	scheme := w.scheme.Clone()
	at := slices.Clone(cuts)
	slices.SortFunc(at, model.Cut.Compare)
	scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
	rule, _, err := rfm.Resolve(w.base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rfm.Assign(w.base, rule)
}

// with returns the cuts of an axis with one of them elsewhere.
func (w *workbench) with(a model.Axis, cut int, to int64) []model.Cut {
	cuts := slices.Clone(w.rule.Cuts[a])
	cuts[cut] = model.WholeCut(to)
	return cuts
}

// room is where a cut may go between its neighbours.
func (w *workbench) room(a model.Axis, cut int) (lo, hi int64) {
	cuts := w.rule.Cuts[a]
	lo, hi = cuts[cut].Whole-40, cuts[cut].Whole+40
	if cut > 0 {
		lo = max(lo, cuts[cut-1].Whole)
	}
	if cut+1 < len(cuts) {
		hi = min(hi, cuts[cut+1].Whole)
	}
	return lo, hi
}

// lines yields every cut of a measure that is a line.
func (w *workbench) lines(use func(a model.Axis, cut int)) {
	for a := model.Recency; a < model.Axes; a++ {
		if !w.rule.ByCuts(a) {
			continue
		}
		for cut := range w.rule.Cuts[a] {
			use(a, cut)
		}
	}
}

// TestMovedEqualsAssigningAnew puts every cut elsewhere between its neighbours,
// assigns all customers before and after, and counts the differences.
func TestMovedEqualsAssigningAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers"))
		w := newWorkbench(t, base, drawScheme(t, base))
		w.lines(func(a model.Axis, cut int) {
			lo, hi := w.room(a, cut)
			to := rapid.Int64Range(lo, hi).Draw(t, "to")
			want := rfm.Reclassified(rfm.Assign(base, w.rule), w.labels(t, a, w.with(a, cut, to)))
			if got := w.measure(t, a).Moved(cut, model.WholeCut(to)); got != want {
				t.Fatalf("%s cut %d from %s to %d: %+v, want %+v", a, cut, w.rule.Cuts[a][cut], to, got, want)
			}
		})
	})
}

// TestNextIsTheFirstPositionWhereAnybodyMoves walks from every cut one unit at a
// time, assigning everybody anew at each.
func TestNextIsTheFirstPositionWhereAnybodyMoves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 15).Draw(t, "customers"))
		w := newWorkbench(t, base, drawScheme(t, base))
		before := rfm.Assign(base, w.rule)
		w.lines(func(a model.Axis, cut int) {
			lo, hi := w.room(a, cut)
			m := w.measure(t, a)
			for direction, next := range map[int64]func() (model.Cut, rfm.Flow, bool){
				-1: func() (model.Cut, rfm.Flow, bool) { return m.NextDown(cut, lo) },
				+1: func() (model.Cut, rfm.Flow, bool) { return m.NextUp(cut, hi) },
			} {
				at, who, ok := next()
				from := w.rule.Cuts[a][cut].Whole
				to := from
				var want rfm.Flow
				for to += direction; to >= lo && to <= hi && want.Customers == 0; to += direction {
					want = rfm.Reclassified(before, w.labels(t, a, w.with(a, cut, to)))
				}
				to -= direction // the loop has gone one further
				if ok != (want.Customers > 0) || ok && (at != model.WholeCut(to) || who != want) {
					t.Fatalf("%s cut %d at %d, %+d: %v at %s with %+v, want %+v at %d", a, cut, from, direction, ok, at, who, want, to)
				}
			}
		})
	})
}

// TestStripsCountWhoIsPassedAnywhere puts every cut before and behind every
// value of its measure, beyond its neighbours too.
func TestStripsCountWhoIsPassedAnywhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(1, 12).Draw(t, "customers"))
		w := newWorkbench(t, base, drawScheme(t, base))
		w.lines(func(a model.Axis, cut int) {
			values := column(base, a)
			slices.Sort(values)
			values = slices.Compact(values)
			strip := w.measure(t, a).Strips(values)[cut]
			sum := int64(0)
			for i, v := range values {
				sum += rfm.Reclassified(w.labels(t, a, w.with(a, cut, v-1)), w.labels(t, a, w.with(a, cut, v))).Customers
				if strip[i] != sum {
					t.Fatalf("%s cut %d up to %d: %d, want %d", a, cut, v, strip[i], sum)
				}
			}
			some := values[:0:0] // every other value: sums up to it all the same
			for i := 0; i < len(values); i += 2 {
				some = append(some, values[i])
			}
			for i, got := range w.measure(t, a).Strips(some)[cut] {
				if got != strip[2*i] {
					t.Fatalf("%s cut %d up to %d of a few: %d, want %d", a, cut, some[i], got, strip[2*i])
				}
			}
		})
	})
}

func TestTieIsWhoeverStandsOnTheLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 20).Draw(t, "customers"))
		w := newWorkbench(t, base, drawScheme(t, base))
		w.lines(func(a model.Axis, cut int) {
			var want, on int64
			found := false
			for _, v := range column(base, a) {
				switch {
				case v > w.rule.Cuts[a][cut].Whole:
				case !found || v > want:
					want, on, found = v, 1, true
				case v == want:
					on++
				}
			}
			if value, n, ok := w.measure(t, a).Tie(cut); ok != found || value != want || n != on {
				t.Fatalf("%s cut %d at %s: %d customers at %d, %v; want %d at %d", a, cut, w.rule.Cuts[a][cut], n, value, ok, on, want)
			}
		})
	})
}

// TestValueCutsEqualAssigningAnew puts both value cuts everywhere.
func TestValueCutsEqualAssigningAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 15).Draw(t, "customers"))
		scheme := drawScheme(t, base)
		if scheme.Map != "ten" && scheme.Map != "value" {
			scheme.Map, scheme.Regions = rapid.SampledFrom([]string{"ten", "value"}).Draw(t, "by value"), nil
		}
		w := newWorkbench(t, base, scheme)
		v := sensitivity.NewValue(w.rule, rfm.Tally(base, w.rule, nil))
		before := rfm.Assign(base, w.rule)
		at := func(cuts [2]int) *rfm.Labels {
			slices.Sort(cuts[:])
			other := scheme.Clone()
			other.Value.Cuts = cuts
			return rfm.Assign(base, newWorkbench(t, base, other).rule)
		}
		for cut := range 2 {
			cuts := scheme.Value.Cuts
			lo, hi := scheme.Value.Min(), scheme.Value.Cuts[1]
			if cut == 1 {
				lo, hi = scheme.Value.Cuts[0], scheme.Value.Max()+1
			}
			up, down := 0, 0
			for to := lo; to <= hi; to++ {
				cuts[cut] = to
				want := rfm.Reclassified(before, at(cuts))
				if got := v.Moved(cut, to); got != want {
					t.Fatalf("value cut %d to %d: %+v, want %+v", cut, to, got, want)
				}
				switch from := scheme.Value.Cuts[cut]; {
				case want.Customers == 0:
				case to < from:
					down = to // the last is the nearest
				case up == 0:
					up = to
				}
			}
			if to, _, ok := v.NextUp(cut, hi); ok != (up > 0) || to != up {
				t.Fatalf("value cut %d up: next %d, want %d", cut, to, up)
			}
			if to, _, ok := v.NextDown(cut, lo); ok != (down > 0) || to != down {
				t.Fatalf("value cut %d down: next %d, want %d", cut, to, down)
			}
			best, on := 0, int64(0) // of those below the cut
			for row := range base.Len() {
				score := int(w.rule.ValueScore(w.rule.Cell(w.rule.ScoresOf(base, row))).Whole)
				switch {
				case score >= scheme.Value.Cuts[cut]:
				case on == 0 || score > best:
					best, on = score, 1
				case score == best:
					on++
				}
			}
			if score, n, ok := v.Tie(cut); ok != (on > 0) || score != best || n != on {
				t.Fatalf("value cut %d: %d customers at %d, %v; want %d at %d", cut, n, score, ok, on, best)
			}
			other := scheme.Value.Cuts[1-cut]
			sum := int64(0)
			scores, upto := v.Strip(cut)
			for i, score := range scores {
				sum += rfm.Reclassified(at([2]int{score, other}), at([2]int{score + 1, other})).Customers
				if upto[i] != sum {
					t.Fatalf("strip of value cut %d up to %d: %d, want %d", cut, score, upto[i], sum)
				}
			}
		}
	})
}

// manyCustomers returns a reproducible base of n customers with long tails, as
// orders make them.
func manyCustomers(n int) *rfm.Base {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	b := &rfm.Base{Spec: model.DefaultSpec()}
	for i := range n {
		orders := int32(1 + r.ExpFloat64()*3)
		b.Customer = append(b.Customer, int32(i))
		b.Recency = append(b.Recency, 1+int32(r.ExpFloat64()*120))
		b.Orders = append(b.Orders, orders)
		b.Revenue = append(b.Revenue, int64(orders)*(1+r.Int64N(400*model.Unit)))
	}
	b.Frequency, b.Monetary = b.Orders, b.Revenue
	return b
}

// TestManyCustomers crosses the blocks of a table: the sums over a hundred
// thousand equal assigning all of them anew.
func TestManyCustomers(t *testing.T) {
	t.Parallel()
	base := manyCustomers(100_000)
	w := newWorkbench(t, base, model.Ten())
	before := rfm.Assign(base, w.rule)
	r := rand.New(rand.NewPCG(5, 5))
	w.lines(func(a model.Axis, cut int) {
		m := w.measure(t, a)
		cuts := w.rule.Cuts[a]
		d := w.index.Distribution(a)
		lo, hi := d.Min(), d.Max()
		if cut > 0 {
			lo = cuts[cut-1].Whole
		}
		if cut+1 < len(cuts) {
			hi = cuts[cut+1].Whole
		}
		for range 5 {
			to := lo + r.Int64N(hi-lo+1)
			want := rfm.Reclassified(before, w.labels(t, a, w.with(a, cut, to)))
			if got := m.Moved(cut, model.WholeCut(to)); got != want {
				t.Errorf("%s cut %d to %d: %+v, want %+v", a, cut, to, got, want)
			}
		}
	})
}

func TestNewMeasureStops(t *testing.T) {
	t.Parallel()
	w := newWorkbench(t, manyCustomers(1000), model.Ten())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sensitivity.NewMeasure(ctx, w.index, model.Monetary, w.rule); model.CodeOf(err) != model.Cancelled {
		t.Errorf("error %v", err)
	}
}

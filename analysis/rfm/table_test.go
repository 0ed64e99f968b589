package rfm_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// drawBaseline draws labels for base: none, its own under another rule, or
// those of some of its customers and some others.
func drawBaseline(t *rapid.T, base *rfm.Base) *rfm.Labels {
	switch rapid.IntRange(0, 2).Draw(t, "baseline") {
	case 0:
		return nil
	case 1:
		return rfm.Assign(base, mustRule(t, drawScheme(t, base)))
	}
	other := drawBase(t, rapid.IntRange(0, 20).Draw(t, "customers of the baseline"))
	return rfm.Assign(other, mustRule(t, drawScheme(t, other))).On(base)
}

func mustIndex(t rapid.TB, base *rfm.Base, baseline *rfm.Labels) *rfm.Index {
	t.Helper()
	index, err := rfm.NewIndex(context.Background(), base, baseline)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func mustTable(t rapid.TB, x *rfm.Index, a model.Axis, rule *rfm.Rule) *rfm.Table {
	t.Helper()
	table, err := rfm.NewTable(context.Background(), x, a, rule)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// moved returns scheme with other cuts on one axis.
func moved(scheme model.Scheme, a model.Axis, cuts []model.Cut) model.Scheme {
	scheme = scheme.Clone()
	scheme.Cuts[a].At = cuts
	return scheme
}

func TestTallyEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers"))
		rule := mustRule(t, drawScheme(t, base))
		baseline := drawBaseline(t, base)
		cells, flows := naiveTally(base, rule, baseline)
		if wrong := differ(rfm.Tally(base, rule, baseline), cells, flows); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

func TestTableEqualsNaiveAtEveryPosition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers"))
		baseline := drawBaseline(t, base)
		scheme := drawScheme(t, base)
		index := mustIndex(t, base, nil).Relabel(baseline)
		for a := model.Recency; a < model.Axes; a++ {
			table := mustTable(t, index, a, mustRule(t, scheme))
			for range 5 {
				scheme.Value = drawValue(t)
				scheme = moved(scheme, a, drawCuts(t, scheme.Levels[a]-1, column(base, a)))
				rule := mustRule(t, scheme)
				if !table.Fits(index, rule) {
					t.Fatalf("the table of %s does not fit a move on it", table.Axis())
				}
				cells, flows := naiveTally(base, rule, baseline)
				if wrong := differ(table.Tally(rule), cells, flows); wrong != "" {
					t.Fatalf("%s: %s", a, wrong)
				}
			}
		}
	})
}

// manyCustomers returns a reproducible base of n customers as orders make
// them, or, with spread, one with more values on every axis than a table has
// rows.
func manyCustomers(t testing.TB, n int, spread bool) *rfm.Base {
	t.Helper()
	base, err := rfm.Measure(context.Background(), manyOrders(n, 3), nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	if spread {
		r := rand.New(rand.NewPCG(2, uint64(n)))
		wide := *base
		wide.Recency = slices.Clone(base.Recency)
		wide.Frequency = slices.Clone(base.Frequency)
		for i := range wide.Recency {
			wide.Recency[i] = 1 + r.Int32N(8_000)
			wide.Frequency[i] = 1 + r.Int32N(3_000_000)
		}
		base = &wide
	}
	return base
}

// TestTablesAfterManyMoves walks hundreds of random moves over customers enough
// for every kind of table and several parts, each answered by the table of its
// axis and by the plain pass, and from time to time by the oracle.
func TestTablesAfterManyMoves(t *testing.T) {
	t.Parallel()
	for name, spread := range map[string]bool{"as orders make them": false, "spread wide": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := manyCustomers(t, 36_000, spread)
			scheme := estimated(t, base, model.Ten())
			baseline := rfm.Assign(base, mustRule(t, scheme))
			index := mustIndex(t, base, baseline)
			r := rand.New(rand.NewPCG(3, 3))
			var table *rfm.Table
			for move := range 200 {
				a := model.Axis(move / 25 % 3)
				cuts := slices.Clone(scheme.Cuts[a].At)
				cuts[r.IntN(len(cuts))] = model.WholeCut(index.Distribution(a).At(r.IntN(base.Len())) - r.Int64N(2))
				slices.SortFunc(cuts, model.Cut.Compare)
				scheme = moved(scheme, a, cuts)
				rule := mustRule(t, scheme)
				if table == nil || !table.Fits(index, rule) {
					table = mustTable(t, index, a, rule)
				}
				got := table.Tally(rule)
				plain := rfm.Tally(base, rule, baseline)
				if wrong := differ(got, plain.Cells, plain.Flows); wrong != "" {
					t.Fatalf("move %d on %s, against the plain pass: %s", move, a, wrong)
				}
				if move%100 == 0 {
					cells, flows := naiveTally(base, rule, baseline)
					if wrong := differ(got, cells, flows); wrong != "" {
						t.Fatalf("move %d on %s, against the oracle: %s", move, a, wrong)
					}
				}
			}
		})
	}
}

func TestTableFitsOnlyWhatItWasMadeFor(t *testing.T) {
	t.Parallel()
	base := manyCustomers(t, 100, false)
	scheme := estimated(t, base, model.Ten())
	rule := mustRule(t, scheme)
	index := mustIndex(t, base, nil)
	table := mustTable(t, index, model.Frequency, rule)
	other := slices.Repeat([]model.Cut{model.WholeCut(7)}, 4)
	levels := scheme.Clone()
	levels.Levels[model.Frequency], levels.Cuts[model.Frequency].At = 4, other[:3]
	for name, c := range map[string]struct {
		index *rfm.Index
		rule  *rfm.Rule
		fits  bool
	}{
		"the same":         {index, rule, true},
		"its own cuts":     {index, mustRule(t, moved(scheme, model.Frequency, other)), true},
		"cuts before it":   {index, mustRule(t, moved(scheme, model.Recency, other)), false},
		"cuts after it":    {index, mustRule(t, moved(scheme, model.Monetary, other)), false},
		"other levels":     {index, mustRule(t, levels), false},
		"another baseline": {index.Relabel(rfm.Assign(base, rule)), rule, false},
	} {
		if table.Fits(c.index, c.rule) != c.fits {
			t.Errorf("%s: fits %v", name, !c.fits)
		}
	}
}

func TestNewTableStops(t *testing.T) {
	t.Parallel()
	base := manyCustomers(t, 100, false)
	rule, _, err := rfm.Resolve(base, model.Ten(), nil)
	if err != nil {
		t.Fatal(err)
	}
	index := mustIndex(t, base, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for a := model.Recency; a < model.Axes; a++ {
		if _, err := rfm.NewTable(ctx, index, a, rule); model.CodeOf(err) != model.Cancelled {
			t.Errorf("%s: error %v", a, err)
		}
	}
	if _, err := rfm.NewIndex(ctx, base, nil); model.CodeOf(err) != model.Cancelled {
		t.Errorf("index: error %v", err)
	}
}

func TestDistributionEqualsCounting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers"))
		index := mustIndex(t, base, nil)
		for a := model.Recency; a < model.Axes; a++ {
			ascending := column(base, a)
			slices.Sort(ascending)
			d := index.Distribution(a)
			if d.Customers() != len(ascending) {
				t.Fatalf("%d customers, want %d", d.Customers(), len(ascending))
			}
			if len(ascending) > 0 && (d.Min() != ascending[0] || d.Max() != ascending[len(ascending)-1]) {
				t.Fatalf("from %d to %d in %v", d.Min(), d.Max(), ascending)
			}
			for rank, v := range ascending {
				if d.At(rank) != v {
					t.Fatalf("rank %d is %d, want %d", rank, d.At(rank), v)
				}
				for _, near := range []int64{v - 1, v, v + 1} {
					checkDistributionAt(t, d, ascending, near)
				}
			}
		}
	})
}

func checkDistributionAt(t rapid.TB, d rfm.Distribution, ascending []int64, v int64) {
	t.Helper()
	above := slices.IndexFunc(ascending, func(x int64) bool { return x > v })
	if above < 0 {
		above = len(ascending)
	}
	if got := d.AtMost(v); got != above {
		t.Fatalf("%d customers at most %d, want %d", got, v, above)
	}
	next, ok := d.Next(v)
	if ok != (above < len(ascending)) || ok && next != ascending[above] {
		t.Fatalf("next after %d is %d, %v", v, next, ok)
	}
	below, _ := slices.BinarySearch(ascending, v)
	previous, ok := d.Previous(v)
	if ok != (below > 0) || ok && previous != ascending[below-1] {
		t.Fatalf("previous before %d is %d, %v", v, previous, ok)
	}
}

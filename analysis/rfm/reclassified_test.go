package rfm_test

import (
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// The figures of cells say what looking at every customer says; where they
// cannot, because scores differ or somebody is held, they say nothing.
func TestReclassifiedByCellsEqualsByCustomers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, 120)
		scheme := drawScheme(t, base)
		before := mustRule(t, drawMap(t, scheme))
		other := scheme.Clone()
		if rapid.Bool().Draw(t, "another value rule") {
			other.Value = drawValue(t)
		}
		now := mustRule(t, drawMap(t, other))
		if rapid.Bool().Draw(t, "held") {
			now = now.Holding(base, model.Fairness{}, drawHolds(t, base))
		}
		got, ok := rfm.Tally(base, now, nil).Reclassified(before, now)
		if !ok {
			if now == now.Plain() {
				t.Fatal("the same scores are told apart")
			}
			return
		}
		if want := rfm.Reclassified(rfm.Assign(base, before), rfm.Assign(base, now)); got != want {
			t.Fatalf("%+v by cells, %+v by customers", got, want)
		}
		shifted := scheme.Clone()
		shifted.Levels[0] = max(2, 11-scheme.Levels[0])
		shifted.Cuts[0].At = drawCuts(t, shifted.Levels[0]-1, column(base, 0))
		if _, ok := rfm.Tally(base, now, nil).Reclassified(mustRule(t, shifted), now); ok && shifted.Levels != scheme.Levels {
			t.Fatal("other scores are compared cell by cell")
		}
	})
}

// A table of an axis says of two positions of its cuts, and two maps, what
// looking at every customer says; where somebody is held it says nothing.
func TestReclassifiedByTableEqualsByCustomers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 60).Draw(t, "customers"))
		scheme := drawScheme(t, base)
		index := mustIndex(t, base, drawBaseline(t, base))
		a := model.Axis(rapid.IntRange(0, int(model.Axes)-1).Draw(t, "axis"))
		table := mustTable(t, index, a, mustRule(t, scheme))
		elsewhere := func() *rfm.Rule {
			return mustRule(t, drawMap(t, moved(scheme, a, drawCuts(t, scheme.Levels[a]-1, column(base, a)))))
		}
		before, now := elsewhere(), elsewhere()
		got, ok := table.Reclassified(before, now)
		if want := rfm.Reclassified(rfm.Assign(base, before), rfm.Assign(base, now)); !ok || got != want {
			t.Fatalf("%+v by the table (%v), %+v by customers", got, ok, want)
		}
		held := now.Holding(base, model.Fairness{}, drawHolds(t, base))
		if _, ok := table.Reclassified(before, held); ok && held != held.Plain() {
			t.Fatal("those who are held are left out")
		}
		other := (a + 1) % model.Axes
		off := mustRule(t, moved(scheme, other, drawCuts(t, scheme.Levels[other]-1, column(base, other))))
		if _, ok := table.Reclassified(before, off); ok && !table.Fits(index, off) {
			t.Fatal("other cuts on another axis are not seen")
		}
	})
}

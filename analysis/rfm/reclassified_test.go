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

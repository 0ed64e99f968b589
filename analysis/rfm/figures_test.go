package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

func TestMovesEqualNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := drawBase(t, rapid.IntRange(0, 15).Draw(t, "customers before"))
		now := before
		if rapid.Bool().Draw(t, "other customers") {
			now = drawBase(t, rapid.IntRange(0, 15).Draw(t, "customers now"))
		}
		old, rule := mustRule(t, drawScheme(t, before)), mustRule(t, drawScheme(t, now))
		got := rfm.Tally(now, rule, rfm.Assign(before, old).On(now)).Moves(rule)
		want := naiveMoves(before, old, now, rule)
		if got.Moved != want.Moved || got.Up != want.Up || got.Down != want.Down ||
			got.Entered != want.Entered || got.Left != want.Left {
			t.Fatalf("moves %v, want %v", got, want)
		}
		for b := range want.Matrix {
			if !slices.Equal(got.Matrix[b], want.Matrix[b]) {
				t.Fatalf("from %d: %v, want %v", b, got.Matrix[b], want.Matrix[b])
			}
		}
	})
}

// TestFiguresAddUp reads the same figures by cell, score, segment and tier.
func TestFiguresAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers"))
		rule := mustRule(t, drawScheme(t, base))
		figures := rfm.Tally(base, rule, nil)
		total := figures.Total()
		if total.Customers != int64(base.Len()) {
			t.Fatalf("%d customers, want %d", total.Customers, base.Len())
		}
		var bySegment, byTier rfm.Flow
		for _, s := range figures.Segments(rule) {
			bySegment.Customers += s.Customers
			bySegment.Revenue += s.Revenue
		}
		for _, tier := range figures.Tiers(rule) {
			byTier.Customers += tier.Customers
			byTier.Revenue += tier.Revenue
		}
		if bySegment != total.Flow || byTier != total.Flow {
			t.Fatalf("segments %v, tiers %v, all %v", bySegment, byTier, total.Flow)
		}
		for a := model.Recency; a < model.Axes; a++ {
			for s, got := range figures.Scores(rule, a) {
				want := int64(0)
				for i := range base.Len() {
					if naiveScore(rule, a, values(base, i)[a]) == s+1 {
						want++
					}
				}
				if got != want {
					t.Fatalf("%d customers score %d on %s, want %d", got, s+1, a, want)
				}
			}
		}
		if moves := figures.Moves(rule); moves != nil {
			t.Fatalf("moves without a baseline: %v", moves)
		}
	})
}

func TestLabelsOfAnotherBaseAreRefused(t *testing.T) {
	t.Parallel()
	one, other := manyCustomers(t, 10, false), manyCustomers(t, 11, false)
	rule := mustRule(t, fixed())
	defer func() {
		if recover() == nil {
			t.Error("labels of another base were taken")
		}
	}()
	rfm.Tally(one, rule, rfm.Assign(other, rule))
}

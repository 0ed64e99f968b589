package rfm_test

import (
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// TestMovesEqualNaive follows every customer from the baseline's base to the
// other, one after the other.
func TestMovesEqualNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := drawBase(t, rapid.IntRange(0, 15).Draw(t, "customers before"))
		now := before
		if rapid.Bool().Draw(t, "other customers") {
			now = drawBase(t, rapid.IntRange(0, 15).Draw(t, "customers now"))
		}
		old, rule := mustRule(t, drawScheme(t, before)), mustRule(t, drawScheme(t, now))
		baseline := rfm.Assign(before, old).On(now)
		got := rfm.Tally(now, rule, baseline).Moves(rule)

		segments := func(b *rfm.Base, r *rfm.Rule) map[int32]int {
			of := map[int32]int{}
			for i := range b.Len() {
				var scores [model.Axes]int
				for a, v := range values(b, i) {
					scores[a] = naiveScore(r, model.Axis(a), v)
				}
				of[b.Customer[i]] = r.Segment(r.Cell(scores))
			}
			return of
		}
		was, is := segments(before, old), segments(now, rule)
		var want rfm.Moves
		absent, left := len(old.Segments), len(rule.Segments)
		matrix := make([][]rfm.Flow, absent+1)
		for b := range matrix {
			matrix[b] = make([]rfm.Flow, left+1)
		}
		enter := func(f *rfm.Flow, revenue int64) {
			f.Customers++
			f.Revenue += model.Money(revenue)
		}
		for i, customer := range now.Customer {
			n, revenue := is[customer], now.Revenue[i]
			b, known := was[customer]
			if !known {
				enter(&want.Entered, revenue)
				enter(&matrix[absent][n], revenue)
				continue
			}
			enter(&matrix[b][n], revenue)
			if b == n {
				continue
			}
			enter(&want.Moved, revenue)
			switch from, to := old.Segments[b].Tier.Rank(), rule.Segments[n].Tier.Rank(); {
			case to < from:
				enter(&want.Up, revenue)
			case to > from:
				enter(&want.Down, revenue)
			}
		}
		for i, customer := range before.Customer {
			if _, still := is[customer]; !still {
				enter(&want.Left, before.Revenue[i])
				enter(&matrix[was[customer]][left], before.Revenue[i])
			}
		}
		if got.Moved != want.Moved || got.Up != want.Up || got.Down != want.Down ||
			got.Entered != want.Entered || got.Left != want.Left {
			t.Fatalf("moves %v, want %v", got, want)
		}
		for b := range matrix {
			for n := range matrix[b] {
				if got.Matrix[b][n] != matrix[b][n] {
					t.Fatalf("from %d to %d: %v, want %v", b, n, got.Matrix[b][n], matrix[b][n])
				}
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

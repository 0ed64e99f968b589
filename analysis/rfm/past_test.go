package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// TestGradesEqualNaive grades the customers of one base as they were on
// another, from any row on.
func TestGradesEqualNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers now"))
		then := now
		if rapid.Bool().Draw(t, "another day") {
			then = drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers then"))
		}
		rule := mustRule(t, drawScheme(t, now))
		of := make([]uint8, rule.Cells())
		for cell := range of {
			of[cell] = uint8(cell % 250)
		}
		const absent = 251
		lo := rapid.IntRange(0, now.Len()).Draw(t, "from")
		grades := make([]uint8, rapid.IntRange(0, now.Len()-lo).Draw(t, "rows"))
		past := rfm.NewPast(then, now)
		if past.Len() != now.Len() {
			t.Fatalf("%d customers, want %d", past.Len(), now.Len())
		}
		rfm.NewGrader(rule, of, absent).Grade(past, lo, grades)
		for i, got := range grades {
			want := uint8(absent)
			for row, customer := range then.Customer {
				if customer != now.Customer[lo+i] {
					continue
				}
				var scores [model.Axes]int
				for a, v := range values(then, row) {
					scores[a] = naiveScore(rule, model.Axis(a), v)
				}
				want = of[rule.Cell(scores)]
			}
			if got != want {
				t.Fatalf("row %d has grade %d, want %d", lo+i, got, want)
			}
		}
	})
}

// TestGradesOfSplitValues: on its own day a rule that splits equal values
// grades them apart, and alike before.
func TestGradesOfSplitValues(t *testing.T) {
	t.Parallel()
	base := &rfm.Base{Customer: []int32{0, 1, 2, 3}, Recency: []int32{5, 5, 5, 5}}
	base.Frequency, base.Orders = []int32{1, 1, 1, 1}, []int32{1, 1, 1, 1}
	base.Monetary, base.Revenue = []int64{1, 1, 1, 1}, []int64{1, 1, 1, 1}
	scheme := model.Ten()
	scheme.Levels = [model.Axes]int{2, 2, 2}
	for a := range scheme.Cuts {
		scheme.Cuts[a].Method = model.MethodNTile
	}
	keys := &model.Strings{}
	for _, key := range []string{"a", "b", "c", "d"} {
		if err := keys.Append([]byte(key)); err != nil {
			t.Fatal(err)
		}
	}
	rule, _, err := rfm.Resolve(base, scheme, keys)
	if err != nil {
		t.Fatal(err)
	}
	of := make([]uint8, rule.Cells())
	for cell := range of {
		of[cell] = uint8(cell)
	}
	distinct := func(p *rfm.Past) int {
		grades, seen := make([]uint8, base.Len()), map[uint8]bool{}
		rfm.NewGrader(rule, of, 255).Grade(p, 0, grades)
		for _, g := range grades {
			seen[g] = true
		}
		return len(seen)
	}
	before := *base
	if n := distinct(rfm.NewPast(base, base)); n < 2 {
		t.Errorf("%d grades on its own day", n)
	}
	if n := distinct(rfm.NewPast(&before, base)); n != 1 {
		t.Errorf("%d grades before", n)
	}
}

// TestGradesOfNestedScores: on another day a nested rule grades by the cuts it
// has on its own, as [rfm.Rule.Carried] has it.
func TestGradesOfNestedScores(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := drawBase(t, rapid.IntRange(1, 30).Draw(t, "customers now"))
		then := drawBase(t, rapid.IntRange(1, 30).Draw(t, "customers then"))
		scheme := model.Ten()
		scheme.Levels = drawLevels(t)
		for a := range scheme.Cuts {
			scheme.Cuts[a].Method = rapid.SampledFrom([]model.Method{model.MethodNested, model.MethodQuantile}).Draw(t, "method")
		}
		rule, _, err := rfm.Resolve(now, scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		of := make([]uint8, rule.Cells())
		for cell := range of {
			of[cell] = uint8(cell % 251)
		}
		const absent = 255
		grades := make([]uint8, now.Len())
		rfm.NewGrader(rule, of, absent).Grade(rfm.NewPast(then, now), 0, grades)
		carried := rule.Carried(then)
		for i, got := range grades {
			want := uint8(absent)
			if row, tiered := slices.BinarySearch(then.Customer, now.Customer[i]); tiered {
				want = of[carried.Cell(carried.ScoresOf(then, row))]
			}
			if got != want {
				t.Fatalf("row %d has grade %d, want %d", i, got, want)
			}
		}
	})
}

// Below is what the value score itself says.
func TestBelowEqualsTheValueScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scheme := model.Ten()
		scheme.Levels, scheme.Value = drawLevels(t), drawValue(t)
		for a := range scheme.Cuts {
			scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: drawCuts(t, scheme.Levels[a]-1, nil)}
		}
		rule := mustRule(t, scheme)
		cell := rapid.IntRange(0, rule.Cells()-1).Draw(t, "cell")
		cut := rapid.IntRange(-5, rule.Value.Max()+5).Draw(t, "cut")
		if got, want := rule.Below(cell, cut), rule.ValueScore(cell).Compare(model.WholeCut(int64(cut))) < 0; got != want {
			t.Fatalf("value score %v below %d: %v", rule.ValueScore(cell), cut, got)
		}
	})
}

package model_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/model"
)

func TestApportion(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		units, whole int64
		parts, want  []int64
	}{
		"thirds: the first of equals":        {1000, 3, []int64{1, 1, 1}, []int64{334, 333, 333}},
		"sixths: the larger of equals":       {1000, 6, []int64{1, 4, 1}, []int64{167, 667, 166}},
		"a rest takes its share":             {1000, 3, []int64{1, 1}, []int64{334, 333}},
		"nobody gets none":                   {1000, 7, []int64{0, 7, 0}, []int64{0, 1000, 0}},
		"nothing beyond what can be counted": {1000, math.MaxInt64, []int64{math.MaxInt64 - 1, 1}, []int64{1000, 0}},
		"a part of none":                     {0, 5, []int64{2, 3}, []int64{0, 0}},
	} {
		if got, ok := model.Apportion(c.units, c.parts, c.whole); !ok || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v, want %v", name, got, ok, c.want)
		}
	}
	for name, c := range map[string]struct {
		whole int64
		parts []int64
	}{
		"nothing": {0, []int64{0, 0}}, "less than nothing": {-5, []int64{-5}}, "a part below zero": {5, []int64{7, -2}}, "more than all": {5, []int64{3, 3}},
	} {
		if got, ok := model.Apportion(1000, c.parts, c.whole); ok {
			t.Errorf("%s is divided: %v", name, got)
		}
	}
}

// Whatever is divided: units come out in all, and nobody is a unit away from the
// exact share.
func TestApportionIsFair(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, 1<<59)), 1, 12).Draw(t, "parts")
		units := rapid.Int64Range(0, 1000).Draw(t, "units")
		whole := int64(0)
		for _, p := range parts {
			whole += p
		}
		got, ok := model.Apportion(units, parts, whole)
		if ok != (whole > 0) {
			t.Fatalf("divided: %v", ok)
		}
		sum := int64(0)
		for i, g := range got {
			sum += g
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(parts[i]), big.NewInt(units)), big.NewInt(whole))
			if off := exact.Sub(exact, big.NewRat(g, 1)); off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d of %v got %d", i, parts, g)
			}
		}
		if ok && sum != units {
			t.Fatalf("%v got %v, which is %d in all", parts, got, sum)
		}
	})
}

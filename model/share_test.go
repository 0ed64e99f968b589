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

// A part that is the same in both columns is told alike, and each column adds up.
func TestApportionBeside(t *testing.T) {
	t.Parallel()
	// 913 of 4,339 is 21.042 %: alone it takes what is left in the first column and
	// not in the second.
	first, _ := model.Apportion(1000, []int64{913, 1520, 1906}, 4339)
	if !slices.Equal(first, []int64{211, 350, 439}) {
		t.Fatalf("the first column: %v", first)
	}
	alone, _ := model.Apportion(1000, []int64{913, 1519, 1907}, 4339)
	beside, _ := model.ApportionBeside(1000, []int64{913, 1519, 1907}, 4339, []int64{first[0], -1, -1})
	if alone[0] != 210 || beside[0] != 211 || beside[0]+beside[1]+beside[2] != 1000 {
		t.Errorf("alone %v, beside %v", alone, beside)
	}
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOfN(rapid.Int64Range(0, 50), 1, 8).Draw(t, "before")
		after := slices.Clone(before)
		if len(after) > 1 { // some go from one part to another
			from, to := rapid.IntRange(0, len(after)-1).Draw(t, "from"), rapid.IntRange(0, len(after)-1).Draw(t, "to")
			n := rapid.Int64Range(0, after[from]).Draw(t, "how many")
			after[from] -= n
			after[to] += n
		}
		var whole int64
		for _, p := range before {
			whole += p
		}
		first, ok := model.Apportion(1000, before, whole)
		if !ok {
			return
		}
		given := make([]int64, len(after))
		for i := range after {
			if given[i] = -1; after[i] == before[i] {
				given[i] = first[i]
			}
		}
		second, ok := model.ApportionBeside(1000, after, whole, given)
		var sum int64
		for i, units := range second {
			exact := new(big.Rat).SetFrac64(1000*after[i], whole)
			if off := exact.Sub(exact, new(big.Rat).SetInt64(units)); off.Cmp(big.NewRat(1, 1)) >= 0 || off.Cmp(big.NewRat(-1, 1)) <= 0 {
				t.Fatalf("part %d has %d units", after[i], units)
			}
			sum += units
		}
		if !ok || sum != 1000 {
			t.Fatalf("%v adds up to %d", second, sum)
		}
	})
}

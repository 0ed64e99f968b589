package compare_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/compare"
)

// The examples of scikit-learn's adjusted_rand_score.
func TestARIOfPublishedExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after []int
		want          float64
	}{
		{[]int{0, 0, 1, 2}, []int{0, 0, 1, 1}, 4.0 / 7},
		{[]int{0, 0, 1, 1}, []int{1, 1, 0, 0}, 1},
		{[]int{0, 0, 0, 0}, []int{0, 1, 2, 3}, 0},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, -0.5},
		{[]int{0, 1, 2, 3}, []int{3, 2, 1, 0}, 1},
		{[]int{0, 0, 0, 1}, []int{1, 1, 1, 1}, 0},
	} {
		if got, ok := compare.ARI(contingency(c.before, c.after)); got != c.want || !ok {
			t.Errorf("%v against %v: %v, want %v", c.before, c.after, got, c.want)
		}
	}
}

// Where all are in one group on both sides there is nothing to agree on.
func TestARIOfOneGroupIsUndefined(t *testing.T) {
	t.Parallel()
	for _, n := range [][][]int64{nil, {{0, 0}, {0, 0}}, {{1}}, {{0, 0}, {7, 0}}, contingency([]int{0, 0, 0, 0}, []int{1, 1, 1, 1})} {
		if got, ok := compare.ARI(n); ok {
			t.Errorf("%v: %v, want none", n, got)
		}
	}
}

func contingency(before, after []int) [][]int64 {
	n := make([][]int64, 4)
	for i := range n {
		n[i] = make([]int64, 4)
	}
	for i := range before {
		n[before[i]][after[i]]++
	}
	return n
}

// Over all pairs of customers: those together on both sides, and apart on both.
func TestARIIsThatOfAllPairs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "customers")
		group := rapid.SliceOfN(rapid.IntRange(0, 3), n, n)
		before, after := group.Draw(t, "before"), group.Draw(t, "after")
		var both, first, second, all int64
		for i := range n {
			for j := range i {
				b, a := before[i] == before[j], after[i] == after[j]
				all++
				if b {
					first++
				}
				if a {
					second++
				}
				if a && b {
					both++
				}
			}
		}
		if first == all && second == all {
			if got, ok := compare.ARI(contingency(before, after)); ok {
				t.Fatalf("all in one group: %v", got)
			}
			return
		}
		want := 1.0
		expected := big.NewRat(first*second, all)
		under := new(big.Rat).Sub(big.NewRat(first+second, 2), expected)
		if under.Sign() != 0 {
			over := new(big.Rat).Sub(big.NewRat(both, 1), expected)
			want, _ = over.Quo(over, under).Float64()
		}
		if got, ok := compare.ARI(contingency(before, after)); got != want || !ok {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// A table of fifty million customers, doubled cell by cell: the index has a
// limit, and no product on the way may run over.
func TestARIOfFiftyMillion(t *testing.T) {
	t.Parallel()
	table := func(k int64) [][]int64 { return [][]int64{{20 * k, 5 * k}, {4 * k, 21 * k}} }
	small, _ := compare.ARI(table(1_000))
	large, ok := compare.ARI(table(1_000_000))
	huge, _ := compare.ARI(table(40_000_000_000_000_000))
	if !ok || math.Abs(large-small) > 1e-4 || math.Abs(large-huge) > 1e-7 || large < 0.4 || large > 0.5 {
		t.Errorf("%v of 50 thousand, %v of 50 million, %v of 2·10¹⁸", small, large, huge)
	}
}

// The worked example of insightful-data-lab.com/2025/08/19/psi: .0693 + .0182 + 0.
func TestPSIOfThePublishedExample(t *testing.T) {
	t.Parallel()
	got, floored, ok := compare.PSI([]int64{2, 5, 3}, []int64{1, 6, 3})
	if math.Abs(got-0.0875) > 5e-5 || len(floored) != 0 || !ok {
		t.Errorf("%v, want .0875", got)
	}
}

func TestPSISaysWhichGroupsWereEmpty(t *testing.T) {
	t.Parallel()
	got, floored, _ := compare.PSI([]int64{50, 0, 50, 0}, []int64{40, 10, 50, 0})
	want := (0.4-0.5)*math.Log(0.4/0.5) + (0.1-1e-4)*math.Log(0.1/1e-4)
	if math.Abs(got-want) > 1e-12 || !slices.Equal(floored, []int{1}) {
		t.Errorf("%v with %v floored, want %v with the second", got, floored, want)
	}
	if _, _, ok := compare.PSI([]int64{0}, []int64{3}); ok {
		t.Error("nobody before")
	}
}

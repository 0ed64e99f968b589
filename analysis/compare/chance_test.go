package compare_test

import (
	"math/rand/v2"
	"testing"

	"strata/analysis/compare"
)

// Of random samples of the same customers some one in twenty shift their sizes
// by more than chance, however few they are; the index alone, with its customary
// bounds, calls half of the samples of 61 a change.
func TestChanceOfPSI(t *testing.T) {
	t.Parallel()
	all := []int64{913, 231, 18, 487, 61, 369, 353, 196, 355, 1356} // UCI Online Retail under the scheme ten
	var of []int
	for group, n := range all {
		for range n {
			of = append(of, group)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{20, 61, 200, 1_000} {
		const samples = 1_000
		beyond, moderate := 0, 0
		for range samples {
			sample := make([]int64, len(all))
			for _, row := range r.Perm(len(of))[:size] {
				sample[of[row]]++
			}
			if !compare.WithinChance(all, sample) {
				beyond++
			}
			if psi, _, _ := compare.PSI(all, sample); psi >= 0.1 {
				moderate++
			}
		}
		if most := samples * 9 / 100; beyond > most {
			t.Errorf("%d of %d samples of %d are beyond chance, want at most %d", beyond, samples, size, most)
		}
		if size == 61 && moderate < samples/2 {
			t.Errorf("only %d of %d samples of %d have a PSI of 0.1: the test tells too little", moderate, samples, size)
		}
	}
}

// The 95 % points of the chi-square distribution, from a printed table, decide:
// with two groups of 100 and 100 customers the index may be 3.841/50 = 0.0768.
func TestBeyondChance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after []int64
		within        bool
	}{
		{[]int64{50, 50}, []int64{64, 36}, false},                        // 0.0805
		{[]int64{50, 50}, []int64{63, 37}, true},                         // 0.0692
		{[]int64{500, 500}, []int64{550, 450}, false},                    // 0.0100, the bound 0.0077
		{[]int64{50, 50, 0}, []int64{50, 50, 0}, true},                   // an empty group does not count
		{[]int64{1_000, 1_000, 1}, []int64{1_010, 990, 0}, true},         // nor does a tiny one weigh by its floor
		{[]int64{3, 1}, []int64{1, 3}, true},                             // too few to tell
		{[]int64{0, 0}, []int64{1, 3}, true},                             // nobody
		{[]int64{900, 50, 50}, []int64{700, 150, 150}, false},            // a change
		{[]int64{900, 2, 2, 2, 2}, []int64{9_000, 20, 20, 20, 20}, true}, // alike
	} {
		if got := compare.WithinChance(c.before, c.after); got != c.within {
			t.Errorf("%v → %v: within chance %t", c.before, c.after, got)
		}
	}
}

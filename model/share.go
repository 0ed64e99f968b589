package model

import (
	"cmp"
	"math/bits"
	"slices"
)

// Apportion divides units among the parts of a whole by the method of the
// largest remainder (A. Hamilton, 1792): every part gets the whole units of its
// exact share, and what is left goes, one each, to the largest remainders; among
// equals to the larger part, then to the one that comes first. What whole has
// beyond the parts takes its share, too, so that units come out in all.
//
// It returns false where there is nothing to divide, or the parts make up no
// whole: one is below zero, or all together are more than it.
func Apportion(units int64, parts []int64, whole int64) ([]int64, bool) {
	rest := whole
	for _, p := range parts {
		if p < 0 || p > rest {
			return nil, false
		}
		rest -= p
	}
	if whole <= 0 || units < 0 {
		return nil, false
	}
	all := append(slices.Clone(parts), rest)
	got := make([]int64, len(all))
	remainders := make([]uint64, len(all))
	order := make([]int, len(all))
	left := units
	for i, p := range all {
		high, low := bits.Mul64(uint64(p), uint64(units))
		quotient, remainder := bits.Div64(high, low, uint64(whole)) // p ≤ whole, so that it fits
		got[i], remainders[i], order[i] = int64(quotient), remainder, i
		left -= got[i]
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(remainders[j], remainders[i]), cmp.Compare(all[j], all[i]))
	})
	for _, i := range order[:left] {
		got[i]++
	}
	return got[:len(parts)], true
}

// Share returns part ÷ whole, and false where that is no share: of a whole that
// is not above zero, as where more was returned than bought, of less than
// nothing, or of more than the whole, as where another part is less than nothing.
func Share(part, whole int64) (float64, bool) {
	if whole <= 0 || part < 0 || part > whole {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

package concentration

import (
	"math/big"
	"math/bits"
)

// Gini returns the Gini coefficient, Σ (2i-n-1)·x_i ÷ (n·Σx) over n values in
// ascending order, which is 2·Σ(i·x_i) ÷ (n·Σx) - (n+1)/n: 0 where all are equal, and
// nearly 1 where one has all. corrected is the same times n/(n-1), which takes small
// numbers into account (C. Gini, 1912; R's ineq); for one customer there is nothing
// to correct, and both are 0. ok is false where the values do not add up to more than
// nothing, and without any. Values below zero can bring it above 1, where it measures
// nothing.
//
// The values come in groups of equal ones, all ascending or all descending:
// customers[i] customers have those up to group i, sum[i] together. The only rounding
// is that of the result.
func Gini(customers, sum []int64) (gini, corrected float64, ok bool) {
	groups := len(customers)
	if groups == 0 || sum[groups-1] <= 0 {
		return 0, 0, false
	}
	n := customers[groups-1]
	var weighted wide
	before, sumBefore := int64(0), int64(0)
	for i, upTo := range customers {
		// The ranks before+1..upTo less (n+1)/2, twice, are upTo+before-n on average.
		weighted = weighted.plus(upTo+before-n, sum[i]-sumBefore)
		before, sumBefore = upTo, sum[i]
	}
	numerator := weighted.whole()
	numerator.Abs(numerator) // descending values have it the other way round
	exact := new(big.Rat).SetFrac(numerator, new(big.Int).Mul(big.NewInt(n), big.NewInt(sum[groups-1])))
	gini, _ = exact.Float64()
	if n == 1 {
		return gini, gini, true
	}
	corrected, _ = exact.Mul(exact, big.NewRat(n, n-1)).Float64()
	return gini, corrected, true
}

// wide is a sum of products in 128 bits, two's complement. Ranks below 2³³ times
// values that add up to less than 2⁶⁴ in all, without their signs, fit.
type wide struct{ high, low uint64 }

// plus returns w + a·b.
func (w wide) plus(a, b int64) wide {
	high, low := bits.Mul64(uint64(a), uint64(b))
	// As unsigned numbers negative ones are 2⁶⁴ too large.
	if a < 0 {
		high -= uint64(b)
	}
	if b < 0 {
		high -= uint64(a)
	}
	var carry uint64
	w.low, carry = bits.Add64(w.low, low, 0)
	w.high, _ = bits.Add64(w.high, high, carry)
	return w
}

func (w wide) whole() *big.Int {
	n := big.NewInt(int64(w.high))
	return n.Add(n.Lsh(n, 64), new(big.Int).SetUint64(w.low))
}

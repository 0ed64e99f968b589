package suggest

import (
	"math/big"
	"math/bits"

	"strata/analysis/rfm"
	"strata/model"
)

// Fit tells how well the scores of one measure follow its values, so that the
// cuts of any two methods can be compared.
type Fit struct {
	// Variance is the goodness of variance fit: 1 - Σ of the squared deviations
	// from the mean of each score ÷ Σ of those from the mean of all. 1 where all
	// who score alike are equal, 0 where the scores tell nothing. It is not Defined
	// where all customers have one value.
	Variance float64
	Defined  bool
	// Customers per score, from score 1; some may be 0.
	Customers []int64
	// OnCuts are the customers whose value is that of a cut: a smaller cut, by
	// however little, scores them otherwise, all of one value together.
	OnCuts int64
}

// FitOf returns how well the scores that rule gives to the customers of base
// follow one measure. It is exact but for the last division.
func FitOf(base *rfm.Base, rule *rfm.Rule, a model.Axis) Fit {
	levels := rule.Levels[a]
	f := Fit{Customers: make([]int64, levels)}
	on := make(map[int64]bool, levels)
	for _, cut := range rule.Cuts[a] {
		if cut.IsWhole() {
			on[cut.Whole] = true
		}
	}
	sums := make([]int64, levels)
	var squares square
	for row := range base.Len() {
		v := valueOf(base, a, row)
		score := rule.ScoresOf(base, row)[a] - 1
		f.Customers[score]++
		sums[score] += v
		squares = squares.plus(squareOf(v))
		if on[v] {
			f.OnCuts++
		}
	}
	var n, sum int64
	explained := new(big.Rat)
	for score, customers := range f.Customers {
		if customers > 0 {
			explained.Add(explained, squaredOver(sums[score], customers))
		}
		n, sum = n+customers, sum+sums[score]
	}
	if n == 0 {
		return f
	}
	ofMean := squaredOver(sum, n)
	all := new(big.Rat).SetInt(squares.whole())
	if all.Sub(all, ofMean); all.Sign() == 0 {
		return f
	}
	f.Defined = true
	f.Variance, _ = explained.Quo(explained.Sub(explained, ofMean), all).Float64()
	return f
}

// Ends returns the scores with the fewest and with the most customers, the
// lower of two.
func (f Fit) Ends() (fewest, most int) {
	for score, n := range f.Customers {
		if n < f.Customers[fewest] {
			fewest = score
		}
		if n > f.Customers[most] {
			most = score
		}
	}
	return fewest + 1, most + 1
}

func valueOf(base *rfm.Base, a model.Axis, row int) int64 {
	switch a {
	case model.Recency:
		return int64(base.Recency[row])
	case model.Frequency:
		return int64(base.Frequency[row])
	}
	return base.Monetary[row]
}

func squareOf(v int64) square {
	if v < 0 {
		v = -v
	}
	high, low := bits.Mul64(uint64(v), uint64(v))
	return square{high: high, low: low}
}

// whole returns the number without what is after the point.
func (s square) whole() *big.Int {
	n := new(big.Int).SetUint64(s.high)
	return n.Add(n.Lsh(n, 64), new(big.Int).SetUint64(s.low))
}

// squaredOver returns sum² ÷ n.
func squaredOver(sum, n int64) *big.Rat {
	b := big.NewInt(sum)
	return new(big.Rat).SetFrac(b.Mul(b, b), big.NewInt(n))
}

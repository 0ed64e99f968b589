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
	// OnCuts are the customers who stand on a cut: they have the last value before
	// it and pass it only together. For nested scores the cut is that of their
	// group.
	OnCuts int64
}

// FitOf returns how well the scores that rule gives to the customers of base
// follow one measure. It is exact but for the last division.
func FitOf(base *rfm.Base, rule *rfm.Rule, a model.Axis) Fit {
	levels := rule.Levels[a]
	f := Fit{Customers: make([]int64, levels)}
	lasts := make([]last, rule.Cells()) // of each class, in the cell of its scores and of 1 on what makes no difference
	sums := make([]int64, levels)
	var squares square
	for row := range base.Len() {
		v := base.Value(a, row)
		scores := rule.ScoresOf(base, row)
		score := scores[a] - 1
		f.Customers[score]++
		sums[score] += v
		squares = squares.plus(squareOf(v))
		for other := range model.Axes {
			if other > a || other < a && !rule.Nested(a) {
				scores[other] = 1
			}
		}
		class := rule.Cell(scores)
		lasts[class] = lasts[class].with(v)
	}
	beyond := levels // the score that no cut comes after
	if a == model.Recency {
		beyond = 1
	}
	for class, last := range lasts {
		if rule.Scores(class)[a] != beyond {
			f.OnCuts += last.customers
		}
	}
	f.Variance, f.Defined = explained(f.Customers, sums, squares)
	return f
}

// explained returns which part of the squared deviations lies between the
// scores, from the customers of each score and the sum of their values, and the
// sum of all squares; it is false where nothing deviates.
func explained(customers, sums []int64, squares square) (float64, bool) {
	var n, sum int64
	between := new(big.Rat)
	for score, count := range customers {
		if count > 0 {
			between.Add(between, squaredOver(sums[score], count))
		}
		n, sum = n+count, sum+sums[score]
	}
	if n == 0 {
		return 0, false
	}
	ofMean := squaredOver(sum, n)
	all := new(big.Rat).SetInt(squares.whole())
	if all.Sub(all, ofMean); all.Sign() == 0 {
		return 0, false
	}
	part, _ := between.Quo(between.Sub(between, ofMean), all).Float64()
	return part, true
}

// last is the greatest value met, and how many customers have it.
type last struct{ value, customers int64 }

func (l last) with(v int64) last {
	switch {
	case l.customers == 0 || v > l.value:
		return last{v, 1}
	case v == l.value:
		l.customers++
	}
	return l
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

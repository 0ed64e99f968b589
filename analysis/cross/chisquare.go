package cross

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Test says whether the rows and columns of a table have to do with each other, and how
// much. Rows and columns without customers are no part of it.
type Test struct {
	// ChiSquare is Pearson's Σ (observed - expected)² ÷ expected over all cells,
	// without continuity correction: 0 where every row is divided alike.
	ChiSquare float64
	DF        int // degrees of freedom, (rows - 1)·(columns - 1)
	// P is how likely a table is at least as uneven, were rows and columns
	// independent: the tail of the chi-square distribution. It is 0 where it is
	// less than the least number there is.
	P float64
	// V is H. Cramér's √(χ² ÷ (n·(min(rows, columns) - 1))), 1946: 0 where one says
	// nothing of the other, 1 where it says all.
	V float64
	// VCorrected is V without what chance alone brings, after W. Bergsma, A
	// bias-correction for Cramér's V and Tschuprow's T, Journal of the Korean
	// Statistical Society 42 (2013). 0 where nothing is left, and where every
	// customer has a row or a column alone.
	VCorrected float64

	Cells          int // of rows and columns with customers
	ExpectedBelow5 int // cells with fewer than five expected customers: the more, the rougher P (W. G. Cochran, 1954)

	// OK is false where fewer than two rows or two columns have customers. Nothing
	// is tested then: the figures are 0, and P is 1.
	OK bool
}

// Test tests the customers of the table. Fewer than 2³¹ are tested exactly but for
// rounding; the order of rows and columns makes no difference.
func (t *Table) Test() Test {
	rows, cols := occupied(t.RowTotal), occupied(t.ColTotal)
	test := Test{Cells: len(rows) * len(cols), P: 1}
	n := t.Total.Customers
	terms := make([]float64, 0, test.Cells)
	for _, r := range rows {
		for _, c := range cols {
			product := t.RowTotal[r].Customers * t.ColTotal[c].Customers // n times what is expected
			if product < 5*n {
				test.ExpectedBelow5++
			}
			off := float64(t.At(r, c).Customers*n - product) // n times as well, exact below
			terms = append(terms, off/float64(n)*(off/float64(product)))
		}
	}
	if len(rows) < 2 || len(cols) < 2 {
		return test
	}
	slices.Sort(terms) // small ones first, whatever the order of rows and columns
	for _, term := range terms {
		test.ChiSquare += term
	}
	test.OK = true
	test.DF = (len(rows) - 1) * (len(cols) - 1)
	test.P = distuv.ChiSquared{K: float64(test.DF)}.Survival(test.ChiSquare)
	test.V, test.VCorrected = cramer(test.ChiSquare, len(rows), len(cols), n)
	return test
}

// occupied returns the rows or columns with customers.
func occupied(totals []Cell) (places []int) {
	for i, total := range totals {
		if total.Customers > 0 {
			places = append(places, i)
		}
	}
	return places
}

// cramer returns Cramér's V and the same corrected, for at least two rows and columns.
func cramer(chiSquare float64, rows, cols int, customers int64) (v, corrected float64) {
	n, r, c := float64(customers), float64(rows-1), float64(cols-1)
	v = min(1, math.Sqrt(chiSquare/(n*min(r, c)))) // rounding may pass 1
	// One less than the corrected numbers: r - r²/(n-1).
	least := min(r*(n-1-r), c*(n-1-c)) / (n - 1)
	if least <= 0 {
		return v, 0
	}
	left := max(0, chiSquare/n-r*c/(n-1))
	return v, min(1, math.Sqrt(left/least))
}

package cross_test

import (
	"math"
	"testing"

	"strata/analysis/cross"
)

// In a table of two by two, the square of every adjusted residual is chi-square; those of
// a row have opposite signs.
func TestResidualsOfFourCells(t *testing.T) {
	t.Parallel()
	of := func(n int64) cross.Cell { return cross.Cell{Customers: n} }
	table := cross.New(2, 2, []cross.Cell{of(30), of(10), of(15), of(45)})
	want := table.Test().ChiSquare
	for i, cell := range table.Cells {
		got, ok := cross.Residual(cell, table.RowTotal[i/2], table.ColTotal[i%2], table.Total)
		if !ok || math.Abs(got*got-want) > 1e-9 || (got > 0) != (i == 0 || i == 3) {
			t.Errorf("cell %d: residual %v, %v; chi-square is %v", i, got, ok, want)
		}
	}
	// By hand: 40 of 100 in the row, 45 in the column, so 18 expected and
	// 12 ÷ √(18 · 0.6 · 0.55) = 4.9237.
	if got, _ := cross.Residual(of(30), of(40), of(45), of(100)); math.Abs(got-4.92366) > 1e-5 {
		t.Errorf("residual is %v", got)
	}
	for _, none := range [][3]int64{{0, 0, 5}, {0, 5, 0}, {5, 10, 5}, {5, 5, 10}} {
		if got, ok := cross.Residual(of(none[0]), of(none[1]), of(none[2]), of(10)); ok {
			t.Errorf("of %v: %v, and nothing could differ", none, got)
		}
	}
}

package cross

import "math"

// Expected is how many customers a cell would have, were rows and columns independent:
// those of its row times those of its column ÷ all. all has customers.
func Expected(row, col, all Cell) float64 {
	return float64(row.Customers) * float64(col.Customers) / float64(all.Customers)
}

// Residual is how far the customers of a cell are from what independence expects, in
// standard deviations: (observed - expected) ÷ √(expected·(1 - row ÷ all)·(1 - column ÷ all)),
// the adjusted residual of S. J. Haberman, The Analysis of Residuals in Cross-Classified
// Tables, Biometrics 29 (1973). Far from few customers it is about standard normal in each
// cell alone. False where the row or the column has no customer, or all of them.
func Residual(cell, row, col, all Cell) (float64, bool) {
	n, r, c := all.Customers, row.Customers, col.Customers
	if r == 0 || c == 0 || r == n || c == n {
		return 0, false
	}
	off := float64(cell.Customers*n-r*c) / float64(n) // exact above, as in Test
	return off / math.Sqrt(Expected(row, col, all)*(float64(n-r)/float64(n))*(float64(n-c)/float64(n))), true
}

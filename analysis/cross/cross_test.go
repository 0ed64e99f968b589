package cross_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/cross"
	"strata/analysis/rfm"
	"strata/model"
)

// tableOf makes a table of customers alone.
func tableOf(counts [][]int64) *cross.Table {
	var cells []cross.Cell
	cols := 0
	for _, row := range counts {
		cols = len(row)
		for _, n := range row {
			cells = append(cells, cross.Cell{Customers: n})
		}
	}
	return cross.New(len(counts), cols, cells)
}

// near reports whether two numbers agree but for a share of the wanted one.
func near(got, want, within float64) bool { return math.Abs(got-want) <= within*math.Abs(want) }

// decode reads a file of the reference numbers, or skips the test.
func decode(t testing.TB, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "reference", name))
	if err != nil {
		t.Skipf("real data is not here: %v", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// reference is what R found in a table.
type reference struct {
	X2        float64 `json:"X2"`
	DF        int     `json:"df"`
	P         float64 `json:"p"`
	V         float64 `json:"cramers_v"`
	Corrected float64 `json:"cramers_v_bias_corrected"`
}

func (want reference) check(t *testing.T, got cross.Test) {
	t.Helper()
	if !got.OK || got.DF != want.DF || !near(got.ChiSquare, want.X2, 1e-9) || !near(got.P, want.P, 1e-7) ||
		!near(got.V, want.V, 1e-9) || !near(got.VCorrected, want.Corrected, 1e-9) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestTiersAndCountries tests the tables of data/reference, which R tested.
func TestTiersAndCountries(t *testing.T) {
	t.Parallel()
	var file struct {
		Tables map[string]struct {
			reference
			Table  map[string][]int64 `json:"table"`
			Below5 int                `json:"cells_expected_below_5"`
			Cells  int                `json:"cells"`
		} `json:"tier_country"`
	}
	decode(t, "uci_monthly.json", &file)
	if len(file.Tables) != 4 {
		t.Errorf("%d tables", len(file.Tables))
	}
	for name, want := range file.Tables {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var counts [][]int64
			for _, row := range want.Table {
				counts = append(counts, row)
			}
			got := tableOf(counts).Test()
			want.check(t, got)
			if got.Cells != want.Cells || got.ExpectedBelow5 != want.Below5 {
				t.Errorf("%d of %d cells expect fewer than five, want %d of %d", got.ExpectedBelow5, got.Cells, want.Below5, want.Cells)
			}
		})
	}
}

func TestSmallTableOfR(t *testing.T) {
	t.Parallel()
	var file struct {
		Table struct {
			reference
			Rows [][]int64 `json:"table_rows"`
		} `json:"chi_square_table"`
	}
	decode(t, "tests.json", &file)
	file.Table.check(t, tableOf(file.Table.Rows).Test())
}

// TestByHand: of 2 by 2 customers χ² is n(ad-bc)² ÷ the product of the four totals. The
// tails are those of pchisq in R, and of incomplete gamma functions to 40 digits.
func TestByHand(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		counts [][]int64
		want   cross.Test
	}{
		"two by two": {
			[][]int64{{10, 20}, {30, 40}}, // 100·(400-600)² ÷ (30·70·40·60)
			cross.Test{ChiSquare: 0.79365079365079361, DF: 1, P: 0.37299848361348712, V: 0.089087080637474794, Cells: 4, OK: true},
		},
		"empty rows and columns are none": {
			[][]int64{{0, 0, 0}, {10, 0, 20}, {30, 0, 40}, {0, 0, 0}},
			cross.Test{ChiSquare: 0.79365079365079361, DF: 1, P: 0.37299848361348712, V: 0.089087080637474794, Cells: 4, OK: true},
		},
		"one tells the other": {
			[][]int64{{100, 0, 0}, {0, 100, 0}, {0, 0, 100}}, // χ² = 2n
			cross.Test{ChiSquare: 600, DF: 4, P: 1.5496082669460161e-128, V: 1, VCorrected: 1, Cells: 9, OK: true},
		},
		"far in the tail": {
			[][]int64{{150, 0}, {0, 75}, {0, 75}}, // χ² = 300 on 2: e⁻¹⁵⁰
			cross.Test{ChiSquare: 300, DF: 2, P: 7.1750959731644104e-66, V: 1, VCorrected: 0.99832073769005392, Cells: 6, OK: true}, // √(297/298)
		},
		"independent":      {[][]int64{{1, 2, 3}, {2, 4, 6}}, cross.Test{DF: 2, P: 1, Cells: 6, ExpectedBelow5: 5, OK: true}},
		"two customers":    {[][]int64{{1, 0}, {0, 1}}, cross.Test{ChiSquare: 2, DF: 1, P: 0.15729920705028513, V: 1, Cells: 4, ExpectedBelow5: 4, OK: true}},
		"one row":          {[][]int64{{7, 8}}, cross.Test{P: 1, Cells: 2}},
		"one column in it": {[][]int64{{7, 0}, {8, 0}}, cross.Test{P: 1, Cells: 2, ExpectedBelow5: 0}},
		"nobody":           {[][]int64{{0, 0}, {0, 0}}, cross.Test{P: 1}},
		"no table":         {nil, cross.Test{P: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tableOf(c.counts).Test()
			if !near(got.ChiSquare, c.want.ChiSquare, 1e-14) || !near(got.P, c.want.P, 1e-12) || !near(got.V, c.want.V, 1e-14) || !near(got.VCorrected, c.want.VCorrected, 1e-14) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			got.ChiSquare, got.P, got.V, got.VCorrected = c.want.ChiSquare, c.want.P, c.want.V, c.want.VCorrected
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// drawCounts draws a table of customers, some rows and columns empty.
func drawCounts(t *rapid.T, most int64) [][]int64 {
	rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns")
	count := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 9), rapid.Int64Range(0, most))
	counts := make([][]int64, rows)
	for i := range counts {
		counts[i] = rapid.SliceOfN(count, cols, cols).Draw(t, "row")
	}
	return counts
}

// TestChiSquareEqualsNaive compares with rationals.
func TestChiSquareEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := drawCounts(t, 1<<26)
		table := tableOf(counts)
		got := table.Test()
		sum, below := new(big.Rat), 0
		rows, cols := map[int]bool{}, map[int]bool{}
		for i, row := range counts {
			for j, n := range row {
				if table.RowTotal[i].Customers == 0 || table.ColTotal[j].Customers == 0 {
					continue
				}
				rows[i], cols[j] = true, true
				expected := big.NewRat(table.RowTotal[i].Customers, 1)
				expected.Mul(expected, big.NewRat(table.ColTotal[j].Customers, table.Total.Customers))
				if expected.Cmp(big.NewRat(5, 1)) < 0 {
					below++
				}
				off := new(big.Rat).Sub(big.NewRat(n, 1), expected)
				sum.Add(sum, off.Mul(off, off).Quo(off, expected))
			}
		}
		if got.Cells != len(rows)*len(cols) || got.ExpectedBelow5 != below || got.OK != (len(rows) > 1 && len(cols) > 1) {
			t.Fatalf("%+v, want %d by %d, %d expecting fewer than five", got, len(rows), len(cols), below)
		}
		if want, _ := sum.Float64(); got.OK && !near(got.ChiSquare, want, 1e-13) {
			t.Fatalf("χ² %v, want %v", got.ChiSquare, want)
		}
		if got.OK && (got.P < 0 || got.P > 1 || got.V < 0 || got.V > 1 || got.VCorrected < 0 || got.VCorrected > 1) {
			t.Fatalf("%+v", got)
		}
	})
}

// Rows that are all divided alike say nothing.
func TestIndependentTablesSayNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		factor := rapid.SliceOfN(rapid.Int64Range(0, 5_000), 1, 6)
		across, down := factor.Draw(t, "columns"), factor.Draw(t, "rows")
		counts := make([][]int64, len(down))
		for i, d := range down {
			for _, a := range across {
				counts[i] = append(counts[i], a*d)
			}
		}
		if got := tableOf(counts).Test(); got.ChiSquare != 0 || got.P != 1 || got.V != 0 || got.VCorrected != 0 {
			t.Fatalf("%+v", got)
		}
	})
}

// The order of rows and columns, and which is which, changes nothing.
func TestOrderChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := drawCounts(t, 1<<26)
		rows := rapid.Permutation(upTo(len(counts))).Draw(t, "order of rows")
		cols := rapid.Permutation(upTo(len(counts[0]))).Draw(t, "order of columns")
		shuffled, turned := make([][]int64, len(rows)), make([][]int64, len(cols))
		for i, r := range rows {
			for j, c := range cols {
				shuffled[i] = append(shuffled[i], counts[r][c])
				turned[j] = append(turned[j], counts[r][c])
			}
		}
		want := tableOf(counts).Test()
		for _, other := range [][][]int64{shuffled, turned} {
			if got := tableOf(other).Test(); got != want {
				t.Fatalf("got %+v, want %+v", got, want)
			}
		}
	})
}

func upTo(n int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	return places
}

// TestCountEqualsNaive compares every cell and total with a look at each customer.
func TestCountEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "customers")
		rows, cols := rapid.IntRange(1, 4).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "columns")
		base := &rfm.Base{
			Customer: make([]int32, n),
			Orders:   rapid.SliceOfN(rapid.Int32Range(1, 9), n, n).Draw(t, "orders"),
			Revenue:  rapid.SliceOfN(rapid.Int64Range(-9, 9), n, n).Draw(t, "revenue"),
		}
		row := rapid.SliceOfN(rapid.Uint32Range(0, uint32(rows-1)), n, n).Draw(t, "row")
		col := rapid.SliceOfN(rapid.Uint32Range(0, uint32(cols-1)), n, n).Draw(t, "column")
		got, err := cross.Count(context.Background(), base, row, col, rows, cols)
		if err != nil {
			t.Fatal(err)
		}
		sum := func(in func(i int) bool) (cell cross.Cell) {
			for i := range n {
				if in(i) {
					cell.Customers++
					cell.Orders += int64(base.Orders[i])
					cell.Revenue += model.Money(base.Revenue[i])
				}
			}
			return cell
		}
		var want cross.Table
		want.Rows, want.Cols, want.Total = rows, cols, sum(func(int) bool { return true })
		for r := range rows {
			want.RowTotal = append(want.RowTotal, sum(func(i int) bool { return int(row[i]) == r }))
			for c := range cols {
				want.Cells = append(want.Cells, sum(func(i int) bool { return int(row[i]) == r && int(col[i]) == c }))
				if got.At(r, c) != want.Cells[len(want.Cells)-1] {
					t.Fatalf("row %d, column %d: %v", r, c, got.At(r, c))
				}
			}
		}
		for c := range cols {
			want.ColTotal = append(want.ColTotal, sum(func(i int) bool { return int(col[i]) == c }))
		}
		if fmt.Sprint(*got) != fmt.Sprint(want) {
			t.Fatalf("got %v, want %v", *got, want)
		}
	})
}

func TestCountRefuses(t *testing.T) {
	t.Parallel()
	base := &rfm.Base{Customer: []int32{0}, Orders: []int32{1}, Revenue: []int64{1}}
	code := []uint32{0}
	if _, err := cross.Count(t.Context(), base, code, code, 1<<20, 1<<20); model.CodeOf(err) != model.Usage {
		t.Errorf("a table of a million by a million: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := cross.Count(ctx, base, code, code, 1, 1); model.CodeOf(err) != model.Cancelled {
		t.Errorf("error %v", err)
	}
	for name, codes := range map[string][]uint32{"of another base": {}, "beyond the last": {1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("codes %s were counted", name)
				}
			}()
			_, _ = cross.Count(t.Context(), base, codes, code, 1, 1)
		}()
	}
}

func BenchmarkCount(b *testing.B) {
	const n, rows, cols = 1_000_000, 3, 40
	r := rand.New(rand.NewPCG(1, 2))
	base := &rfm.Base{Customer: make([]int32, n), Orders: slices.Repeat([]int32{3}, n), Revenue: slices.Repeat([]int64{500}, n)}
	row, col := make([]uint32, n), make([]uint32, n)
	for i := range row {
		row[i], col[i] = r.Uint32N(rows), r.Uint32N(cols)
	}
	for b.Loop() {
		table, err := cross.Count(b.Context(), base, row, col, rows, cols)
		if err != nil {
			b.Fatal(err)
		}
		table.Test()
	}
}

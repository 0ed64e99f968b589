package heatmap

import (
	"math"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// New lays a matrix of customers out, the best scores on top and on the right.
// change asks for the difference from the baseline, which the matrix must then
// have. Nothing is marked.
func New(m *session.Matrix, value session.MatrixValue, change bool, symbol string) *Heatmap {
	h := &Heatmap{Change: change, Row: -1, Col: -1}
	values := valuesOf(m, value, change)
	largest := int64(0)
	for _, line := range values {
		for _, v := range line {
			largest = max(largest, v.n, -v.n)
		}
	}
	write := writer(value, change, largest, symbol)
	for row := len(m.Now) - 1; row >= 0; row-- {
		h.Rows = append(h.Rows, session.ScoreName(m.Rows, row+1))
		line := make([]Cell, len(values[row]))
		for col, v := range values[row] {
			line[col] = write(v)
			if largest > 0 {
				line[col].Heat = heatOf(v.n, largest)
			}
		}
		h.Cells = append(h.Cells, line)
	}
	for col := range m.Now[0] {
		h.Cols = append(h.Cols, session.ScoreName(m.Cols, col+1))
	}
	return h
}

// heatOf places a figure on the scale of heat. The root spreads small figures
// out: customers gather in few cells.
func heatOf(n, largest int64) float64 {
	if n < 0 {
		return -math.Sqrt(float64(-n) / float64(largest))
	}
	return math.Sqrt(float64(n) / float64(largest))
}

// number is a figure that may be missing.
type number struct {
	n  int64
	ok bool
}

// valuesOf returns what the cells show.
func valuesOf(m *session.Matrix, value session.MatrixValue, change bool) [][]number {
	values := make([][]number, len(m.Now))
	for row, line := range m.Now {
		values[row] = make([]number, len(line))
		for col, figures := range line {
			n, ok := value.Of(figures)
			if change {
				before, had := value.Of(m.Before[row][col])
				n, ok = n-before, ok && had
			}
			if ok {
				values[row][col] = number{n, true}
			}
		}
	}
	return values
}

// writer returns what writes a figure among others of which the largest is
// known: nothing as a point, what is missing as a dash.
func writer(value session.MatrixValue, change bool, largest int64, symbol string) func(number) Cell {
	scale := words.ScaleFor(model.Money(largest))
	full, short := words.Count, words.ShortCount
	if value.IsMoney() {
		full = func(n int64) string { return scale.Money(model.Money(n), symbol) }
		short = func(n int64) string { return words.ScaleFor(model.Money(n)).Short(model.Money(n)) }
	}
	return func(v number) Cell {
		switch {
		case !v.ok:
			return Cell{Text: "–", Short: "–"}
		case v.n == 0:
			return Cell{Text: "·", Short: "·"}
		case change && v.n > 0:
			return Cell{Text: "▲ " + full(v.n), Short: "+" + short(v.n)}
		case change:
			return Cell{Text: "▼ " + full(-v.n), Short: short(v.n)}
		}
		return Cell{Text: full(v.n), Short: short(v.n)}
	}
}

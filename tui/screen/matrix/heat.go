package matrix

import (
	"fmt"
	"math"

	"strata/model"
	"strata/tui/component/figure"
	"strata/tui/component/heatmap"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// layout is where the matrix and the cell's pane lie: side by side, or one
// below the other where the figures would be cut.
type layout struct {
	beside     bool
	pane, cell pane.Pane
	heat       *heatmap.Heatmap
}

const (
	narrowCell = 28 // the cell's pane beside the matrix
	wideCell   = 44
	lowCell    = 7 // the cell's pane below the matrix
)

// arrange divides the screen.
func (s *Screen) arrange(m *session.Matrix) layout {
	l := layout{heat: s.heat(m)}
	frameWidth, frameHeight := frame()
	least := l.heat.Least() + frameWidth
	l.beside = s.width-least >= narrowCell || s.height < len(m.Now)+1+frameHeight+lowCell
	l.pane = pane.Pane{Title: s.title(), Note: s.note(), Width: s.width, Height: s.height, Focused: true}
	l.cell = pane.Pane{Title: "This cell", Width: s.width, Height: s.height}
	if l.beside {
		l.cell.Width = min(max(s.width-least, narrowCell), max(wideCell, s.width-l.heat.Widest()-frameWidth))
		l.cell.Width = min(l.cell.Width, s.width/2)
		l.pane.Width -= l.cell.Width
	} else {
		l.pane.Height = min(l.heat.Tallest()+frameHeight, s.height-lowCell)
		l.cell.Height -= l.pane.Height
	}
	l.heat.Width, l.heat.Height = l.pane.Inner()
	return l
}

// frame returns what a pane's frame takes.
func frame() (width, height int) {
	const large = 100
	inner, rows := pane.Pane{Width: large, Height: large}.Inner()
	return large - inner, large - rows
}

func (s *Screen) title() string {
	q := s.query()
	what := s.shown().Name()
	if s.change {
		what += ", now − baseline"
	}
	return fmt.Sprintf("%s × %s · %s", measureNames[q.Rows], measureNames[q.Cols], what)
}

var measureNames = [model.Axes]string{"Recency", "Frequency", "Monetary"}

// note tells which customers are counted.
func (s *Screen) note() string {
	third := session.ScoreName(s.query().Third(), s.slice)
	if s.slice == 0 {
		third = third[:1] + " all"
	}
	return third
}

// heat lays the figures out, the best scores on top and on the right.
func (s *Screen) heat(m *session.Matrix) *heatmap.Heatmap {
	h := &heatmap.Heatmap{Change: s.change, Row: len(m.Now) - s.row, Col: s.col - 1}
	values := s.values(m)
	largest := int64(0)
	for _, line := range values {
		for _, v := range line {
			largest = max(largest, v.n, -v.n)
		}
	}
	write := s.writer(largest)
	for row := len(m.Now) - 1; row >= 0; row-- {
		h.Rows = append(h.Rows, session.ScoreName(m.Rows, row+1))
		line := make([]heatmap.Cell, len(values[row]))
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

// values returns what the cells show.
func (s *Screen) values(m *session.Matrix) [][]number {
	values := make([][]number, len(m.Now))
	for row, line := range m.Now {
		values[row] = make([]number, len(line))
		for col, figures := range line {
			n, ok := s.shown().Of(figures)
			if s.change {
				before, had := s.shown().Of(m.Before[row][col])
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
func (s *Screen) writer(largest int64) func(number) heatmap.Cell {
	scale := figure.ScaleFor(model.Money(largest))
	full, short := figure.Count, figure.ShortCount
	if s.shown().IsMoney() {
		full = func(n int64) string { return scale.Money(model.Money(n), s.symbol) }
		short = func(n int64) string { return scale.Short(model.Money(n)) }
	}
	return func(v number) heatmap.Cell {
		switch {
		case !v.ok:
			return heatmap.Cell{Text: "–", Short: "–"}
		case v.n == 0:
			return heatmap.Cell{Text: "·", Short: "·"}
		case s.change && v.n > 0:
			return heatmap.Cell{Text: "▲ " + full(v.n), Short: "+" + short(v.n)}
		case s.change:
			return heatmap.Cell{Text: "▼ " + full(-v.n), Short: short(v.n)}
		}
		return heatmap.Cell{Text: full(v.n), Short: short(v.n)}
	}
}

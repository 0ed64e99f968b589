// Package heatmap draws a matrix of figures whose ground, or where there are
// too few colours whose shade, tells how large they are.
package heatmap

import (
	"strings"

	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Heatmap is a matrix in the order it is drawn. It fills Width and Height as
// far as its cells may grow.
type Heatmap struct {
	Rows, Cols    []string // labels
	Cells         [][]Cell // row by row
	Change        bool     // heat is a difference
	Row, Col      int      // the marked cell; -1 for none
	Width, Height int
}

// Cell is one figure.
type Cell struct {
	Text, Short string  // the figure, and the same in as few cells as possible
	Heat        float64 // its part of the largest: 0..1, or -1..1 for a difference
}

// How large a cell may grow, and what stands around its figure: a mark or a
// shade on the left, a mark or a blank on the right, a blank between cells.
const (
	widestCell  = 24
	tallestCell = 9
	around      = 3
)

// grid is how the cells lie: their corner, their size, and which text fits.
type grid struct {
	label, width, height int
	short                bool
}

func (h *Heatmap) lay() grid {
	var g grid
	for _, label := range h.Rows {
		g.label = max(g.label, cells.Width(label)+1)
	}
	n := max(len(h.Cols), 1)
	full, _ := h.textWidths()
	g.width = min((h.Width-g.label)/n, widestCell)
	g.short = full+around > g.width
	g.height = min(max((h.Height-1)/max(len(h.Rows), 1), 1), tallestCell)
	return g
}

// textWidths returns what the widest figure takes, in full and short.
func (h *Heatmap) textWidths() (full, short int) {
	for _, row := range h.Cells {
		for _, c := range row {
			full, short = max(full, cells.Width(c.Text)), max(short, cells.Width(c.Short))
		}
	}
	return full, short
}

// Least returns the width below which figures are cut.
func (h *Heatmap) Least() int {
	_, short := h.textWidths()
	return h.lay().label + len(h.Cols)*(short+around)
}

// Widest and Tallest return the size beyond which the heatmap does not grow.
func (h *Heatmap) Widest() int { return h.lay().label + len(h.Cols)*widestCell }

// Tallest returns the height beyond which the heatmap does not grow.
func (h *Heatmap) Tallest() int { return 1 + len(h.Rows)*tallestCell }

// At returns the cell drawn at a column and a line, counted from the corner.
func (h *Heatmap) At(x, y int) (row, col int, ok bool) {
	g := h.lay()
	if x < g.label || y < 1 || g.width <= 0 {
		return 0, 0, false
	}
	row, col = (y-1)/g.height, (x-g.label)/g.width
	return row, col, row < len(h.Rows) && col < len(h.Cols)
}

// Lines draws the heatmap: Height lines of Width cells.
func (h *Heatmap) Lines(th *theme.Theme) []string {
	g := h.lay()
	lines := make([]string, 0, h.Height)
	lines = append(lines, h.header(th, g))
	for row := range h.Rows {
		for part := range g.height {
			if len(lines) < h.Height {
				lines = append(lines, h.line(th, g, row, part))
			}
		}
	}
	return append(lines, cells.Blank(h.Width, h.Height-len(lines))...)
}

func (h *Heatmap) header(th *theme.Theme, g grid) string {
	line := cells.NewLine(h.Width)
	for col, label := range h.Cols {
		style := th.Dim
		if col == h.Col {
			style = th.AccentStrong
		}
		line.PutRight(style, label, g.label+(col+1)*g.width-2)
	}
	return line.String()
}

// line draws one line of a row's cells; the figures stand on the middle one.
func (h *Heatmap) line(th *theme.Theme, g grid, row, part int) string {
	line := cells.NewLine(h.Width)
	middle := part == (g.height-1)/2
	if middle {
		style := th.Dim
		if row == h.Row {
			style = th.AccentStrong
		}
		line.Put(style, h.Rows[row])
	}
	line.SkipTo(g.label)
	for col, c := range h.Cells[row] {
		end := line.At() + g.width
		style := th.Heat(c.Heat)
		if h.Change {
			style = th.HeatChange(c.Heat)
		}
		line.Put(style, h.content(th, g, c, middle, row == h.Row && col == h.Col))
		line.SkipTo(end)
	}
	return line.String()
}

// content is a cell's text on one line, as wide as the cell less the blank
// that keeps it from the next.
func (h *Heatmap) content(th *theme.Theme, g grid, c Cell, middle, marked bool) string {
	shade := th.Shade(max(c.Heat, -c.Heat))
	width := max(g.width-1, 0)
	if !middle || width < around-1 {
		if shade == "" {
			shade = " "
		}
		return strings.Repeat(shade, width)
	}
	left, right := shade, " "
	if left == "" {
		left = " "
	}
	if marked {
		left, right = "▸", "◂"
	}
	text := c.Text
	if g.short {
		text = c.Short
	}
	text = cells.Fit(text, max(width-2, 0))
	return left + strings.Repeat(" ", max(width-2-cells.Width(text), 0)) + text + right
}

package text

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
)

// Grid is texts in rows under a header, in aligned columns.
type Grid struct {
	Header []string
	Rows   [][]string
	Right  []int                             // columns whose texts stand on the right
	Cut    bool                              // at the edge, rather than made to fit
	Tone   func(row, column int) answer.Tone // in colour; nil: none

	// Where there is too little room, the columns of Short have these titles; then
	// those of Light are left out, one group after the other, which is said below;
	// then the last column, if it stands on the left, gets several lines.
	Short map[int]string
	Light [][]int
}

// Write writes a grid into so many cells (0: any number). Errors are those of w, and
// what stopped returns, which is asked as it goes on; it may be nil.
func (g *Grid) Write(w io.Writer, width int, stopped func() error) error {
	widths, err := g.widths(stopped)
	if err != nil {
		return err
	}
	header := g.Header
	if width > 0 && !g.Cut {
		header = g.narrow(widths, width)
	}
	out := bufio.NewWriter(w)
	for i, row := range append([][]string{header}, g.Rows...) {
		tone := func(int) answer.Tone { return answer.Plain }
		if g.Tone != nil && i > 0 {
			tone = func(column int) answer.Tone { return g.Tone(i-1, column) }
		}
		for _, line := range g.lines(row, tone, widths, width) {
			if _, err := fmt.Fprintln(out, line); err != nil {
				return err
			}
		}
	}
	if titles := g.leftOut(widths); titles != "" {
		fmt.Fprintln(out, Wrap(catalogue.T("left out for lack of room: {columns}; widen the window, or use --format csv", "columns", titles), width))
	}
	return out.Flush()
}

// leftOut names the columns that are not there, each title once; "" for none.
func (g *Grid) leftOut(widths []int) string {
	var titles []string
	for i, title := range g.Header {
		if widths[i] == leftOut && !slices.Contains(titles, title) {
			titles = append(titles, title)
		}
	}
	return strings.Join(titles, ", ")
}

// widths returns how wide each column is.
func (g *Grid) widths(stopped func() error) ([]int, error) {
	widths := make([]int, len(g.Header))
	for _, row := range append([][]string{g.Header}, g.Rows...) {
		if stopped != nil {
			if err := stopped(); err != nil {
				return nil, err
			}
		}
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(model.Printable(cell)))
		}
	}
	return widths, nil
}

const (
	columnGap = 2
	leftOut   = -1 // the width of a column that is not there
	leastText = 20 // what a column of text of several lines needs
)

// span is how wide the columns are together.
func span(widths []int) int {
	sum := -columnGap
	for _, w := range widths {
		if w != leftOut {
			sum += w + columnGap
		}
	}
	return sum
}

// narrow makes the columns narrower as far as an edge asks for it, and returns the
// titles that they then have.
func (g *Grid) narrow(widths []int, edge int) []string {
	header := slices.Clone(g.Header)
	if last := len(widths) - 1; span(widths) > edge {
		for i, title := range g.Short {
			header[i], widths[i] = title, ansi.StringWidth(title)
			for _, row := range g.Rows {
				widths[i] = max(widths[i], ansi.StringWidth(model.Printable(row[i])))
			}
		}
		for _, group := range g.Light {
			if span(widths) <= edge {
				break
			}
			for _, i := range group {
				widths[i] = leftOut
			}
		}
		if room := edge - (span(widths) - widths[last]); span(widths) > edge && room >= leastText && !slices.Contains(g.Right, last) {
			widths[last] = room
		}
	}
	return header
}

// lines writes a row: as one line, unless its last cell is wider than its column.
func (g *Grid) lines(row []string, tone func(column int) answer.Tone, widths []int, edge int) []string {
	var line strings.Builder
	last := len(row) - 1
	var more []string // of the last cell
	for i, cell := range row {
		if widths[i] == leftOut {
			continue
		}
		cell = model.Printable(cell)
		if i == last && !g.Cut {
			parts := strings.Split(Wrap(cell, widths[i]), "\n")
			cell, more = parts[0], parts[1:]
		}
		gap := strings.Repeat(" ", max(widths[i]-ansi.StringWidth(cell), 0))
		cell = colored(cell, tone(i))
		if i > 0 {
			line.WriteString(strings.Repeat(" ", columnGap))
		}
		if slices.Contains(g.Right, i) {
			line.WriteString(gap + cell)
		} else {
			line.WriteString(cell + gap)
		}
	}
	text := strings.TrimRight(line.String(), " ")
	if g.Cut && edge > 0 {
		text = ansi.Truncate(text, edge, "…")
	}
	lines := []string{text}
	for _, part := range more {
		lines = append(lines, strings.Repeat(" ", span(widths)-widths[last])+colored(part, tone(last)))
	}
	return lines
}

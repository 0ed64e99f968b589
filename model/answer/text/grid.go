package text

import (
	"bufio"
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
	Rows   answer.Rows[[]string]             // looked up twice, and not kept: for the widths, and to write
	Right  []int                             // columns whose texts stand on the right
	Cut    bool                              // at the edge, rather than made to fit
	Tone   func(row, column int) answer.Tone // in colour; nil: none

	// Where there is too little room, the columns of Short have these titles; then
	// those of Light are left out, one group after the other, which is said below;
	// then columns that stand on the left get several lines, the last one first. A
	// text that no line has room for beside others gets them at once.
	Short map[int]string
	Light [][]int
}

// Write writes a grid into so many cells (0: any number). Errors are those of w, and
// what stopped returns, which is asked as it goes on; it may be nil.
func (g *Grid) Write(w io.Writer, width int, stopped func() error) error {
	if stopped == nil {
		stopped = func() error { return nil }
	}
	inRows, err := g.widths(stopped)
	if err != nil {
		return err
	}
	header, widths := g.Header, g.under(g.Header, inRows)
	if width > 0 && !g.Cut {
		header = g.narrow(widths, inRows, width)
	}
	out := bufio.NewWriter(w)
	if err := g.write(out, header, func(int) answer.Tone { return answer.Plain }, widths, width); err != nil {
		return err
	}
	for i := range g.Rows.Len() {
		if err := stopped(); err != nil {
			return err
		}
		tone := func(column int) answer.Tone {
			if g.Tone == nil {
				return answer.Plain
			}
			return g.Tone(i, column)
		}
		if err := g.write(out, g.Rows.At(i), tone, widths, width); err != nil {
			return err
		}
	}
	if titles := g.leftOut(widths); titles != "" {
		out.WriteString(Wrap(catalogue.T("left out for lack of room: {columns}; widen the window, or use --format csv", "columns", titles), width) + "\n")
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

// widths returns how wide each column is in the rows.
func (g *Grid) widths(stopped func() error) ([]int, error) {
	widths := make([]int, len(g.Header))
	for i := range g.Rows.Len() {
		if err := stopped(); err != nil {
			return nil, err
		}
		for c, cell := range g.Rows.At(i) {
			widths[c] = max(widths[c], cellsOf(cell))
		}
	}
	return widths, nil
}

// under returns how wide each column is under a header.
func (g *Grid) under(header []string, inRows []int) []int {
	widths := slices.Clone(inRows)
	for c, title := range header {
		widths[c] = max(widths[c], cellsOf(title))
	}
	return widths
}

// cellsOf returns how many cells a text takes; most, of many rows, are of ASCII.
func cellsOf(text string) int {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return ansi.StringWidth(model.Printable(text))
		}
	}
	return len(text)
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
func (g *Grid) narrow(widths, inRows []int, edge int) []string {
	header := slices.Clone(g.Header)
	if span(widths) <= edge {
		return header
	}
	for i, title := range g.Short {
		header[i] = title
	}
	copy(widths, g.under(header, inRows))
	last := len(widths) - 1
	for i := range last { // what leaves no room for another column would push all of them out
		if half := max(edge/2, leastText); g.isText(i) && widths[i] > max(edge-leastText, half) {
			widths[i] = half
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
	for i := last; i >= 0 && span(widths) > edge; i-- {
		if room := edge - (span(widths) - widths[i]); g.isText(i) && widths[i] > leastText {
			widths[i] = max(room, leastText)
		}
	}
	return header
}

// isText reports whether a column may get several lines: no figure is broken.
func (g *Grid) isText(column int) bool { return !slices.Contains(g.Right, column) }

// write writes a row: as one line, unless a cell is wider than its column. Errors are
// those of out.
func (g *Grid) write(out *bufio.Writer, row []string, tone func(column int) answer.Tone, widths []int, edge int) error {
	broken, lines := g.broken(row, widths)
	for n := range lines {
		text := g.line(func(i int) string {
			switch {
			case n < len(broken[i]):
				return broken[i][n]
			case n == 0:
				return row[i]
			}
			return ""
		}, tone, widths)
		if g.Cut && edge > 0 {
			text = ansi.Truncate(text, edge, "…")
		}
		if _, err := out.WriteString(text + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// broken returns the lines of the cells that are wider than their column, by column,
// and how many lines the row takes.
func (g *Grid) broken(row []string, widths []int) (cells map[int][]string, lines int) {
	lines = 1
	for i, cell := range row {
		if widths[i] == leftOut || g.Cut || !g.isText(i) || cellsOf(cell) <= widths[i] {
			continue
		}
		if cells == nil {
			cells = map[int][]string{}
		}
		for line := range strings.SplitSeq(Wrap(model.Printable(cell), widths[i]), "\n") {
			cells[i] = append(cells[i], within(line, widths[i])...)
		}
		lines = max(lines, len(cells[i]))
	}
	return cells, lines
}

// within breaks a line that has a word wider than a column: behind a mark in the word,
// if there is one, as in a path, and no letter from its accents.
func within(line string, width int) []string {
	word := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(word)]
	var lines []string
	for width = max(width-len(indent), 1); cellsOf(word) > width; {
		first := ansi.Truncate(word, width, "")
		if mark := strings.LastIndexAny(first, `/\_ `); mark > 0 {
			first = first[:mark+1]
		}
		if first == "" { // one letter is wider
			break
		}
		lines, word = append(lines, indent+first), word[len(first):]
	}
	return append(lines, indent+word)
}

// line writes one line of a row.
func (g *Grid) line(cellOf func(column int) string, tone func(column int) answer.Tone, widths []int) string {
	var line strings.Builder
	blanks := func(n int) {
		for range n {
			line.WriteByte(' ')
		}
	}
	for i, width := range widths {
		if width == leftOut {
			continue
		}
		if i > 0 {
			blanks(columnGap)
		}
		cell := model.Printable(cellOf(i))
		gap := width - cellsOf(cell)
		if !g.isText(i) {
			blanks(gap)
		}
		line.WriteString(colored(cell, tone(i)))
		if g.isText(i) {
			blanks(gap)
		}
	}
	return strings.TrimRight(line.String(), " ")
}

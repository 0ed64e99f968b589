package chart

import (
	"math"
	"strings"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// widestColumn is how wide a column is at most, with the gap after it, and widestGutter
// what stands on the left of a plot.
const (
	widestColumn = 10
	widestGutter = 12
)

// band is the columns of one line, on a scale of their own.
type band struct {
	*Chart
	line      answer.Line
	axis      axis
	rows      int // of columns
	head      int // rows above them, for figures
	zero      int // how many of the rows lie above nothing
	gutter    int
	slot, bar int // cells from column to column, and those of a column
	from, to  int
	figures   map[int][]written // above columns, by row
}

// columns draws a band for each line, one above the other, and below them the names.
func (c *Chart) columns(th *theme.Theme, focused bool) []string {
	from, to := c.window(c.width - widestGutter)
	foot := c.footLines(th, from, to)
	rows := c.height - 1 - len(foot) // below are the names
	count := len(c.Chart.Lines)
	if count > rows {
		count, rows = max(rows-1, 1), rows-1
		foot = append(foot, cells.NewLine(c.width).Put(th.Dim, catalogue.T("{count} more where there is more room", "count", words.Count(int64(len(c.Chart.Lines)-count)))).String())
	}
	bands := make([]band, count)
	gutter := 1
	for i := range bands {
		height := rows / count
		if i < rows%count {
			height++
		}
		bands[i] = c.band(i, height)
		gutter = max(gutter, bands[i].gutter)
	}
	slot := min(max((c.width-gutter)/(to-from), 1), widestColumn)
	bar := max(slot-1, 1)
	var lines []string
	for i := range bands {
		b := &bands[i]
		b.from, b.to, b.gutter, b.slot, b.bar = from, to, gutter, slot, bar
		b.placeFigures(th)
		lines = append(lines, b.draw(th)...)
	}
	c.under = func(x, _ int) int {
		if place := from + (x-gutter)/slot; x >= gutter && place < to {
			return place
		}
		return -1
	}
	lines = append(lines, c.names(th, focused, gutter, from, to, func(place int) int { return (place-from)*slot + (bar-1)/2 }))
	return append(lines, foot...)
}

// band lays out the columns of a line on so many rows.
func (c *Chart) band(line, rows int) band {
	l := c.Chart.Lines[line]
	b := band{Chart: c, line: l, rows: rows}
	if rows > 2 {
		b.head = 1
	}
	b.rows -= b.head
	least, most, ok := reach(c.Chart.Lines[line : line+1])
	if !ok {
		least, most = 0, 0
	}
	b.axis = axisOf(least, most, steps, l.Unit, c.Symbol)
	b.zero = b.rows - int(math.Round(b.axis.part(0)*float64(b.rows)))
	if b.axis.first < 0 {
		b.zero = min(b.zero, b.rows-1)
	}
	if b.axis.last > 0 {
		b.zero = max(b.zero, 1)
	}
	b.gutter = min(max(gutterOf(c.width, b.label(b.axis.tick(b.axis.last))), b.axis.widest()+1), widestGutter)
	return b
}

// label is what stands on the left of the first row: the name, and without a row for it
// the tick, too.
func (b *band) label(tick string) string {
	if b.head > 0 {
		return b.line.Name
	}
	return strings.TrimSpace(b.line.Name + " " + tick)
}

// fill is how many eighths of its cells a column fills, below nothing where it is
// negative.
func (b *band) fill(v float64) int {
	span := b.axis.high() - b.axis.low()
	n := int(math.Round(v / span * float64(b.rows) * 8))
	const least = 2 // an eighth is what nothing has
	switch {
	case v > 0:
		return min(max(n, least), b.zero*8)
	case v < 0:
		return max(min(n, -least), -(b.rows-b.zero)*8)
	}
	return 0
}

// placeFigures finds the row above each column for its figure: all are written, or none
// where one would meet another, or a column beside it.
func (b *band) placeFigures(th *theme.Theme) {
	b.figures = nil
	if b.head == 0 {
		return
	}
	figures := map[int][]written{}
	end := map[int]int{} // of the last figure on a row, with a blank
	top := func(place int) int {
		if v, ok := point(b.line, place); ok && place >= b.from && place < b.to {
			return b.head + b.zero - (max(b.fill(v), 0)+7)/8
		}
		return b.head + b.zero
	}
	for place := b.from; place < b.to; place++ {
		v, ok := point(b.line, place)
		if !ok || v == 0 {
			continue
		}
		text := brief(v, b.axis.step, b.line.Unit, "")
		width, row := cells.Width(text), top(place)-1
		at := max((place-b.from)*b.slot+(b.bar-width)/2, 0)
		left, right := place, place // whose room it takes
		for ; left > b.from && (left-b.from)*b.slot > at; left-- {
		}
		for ; right < b.to-1 && (right+1-b.from)*b.slot < at+width; right++ {
		}
		for other := left; other <= right; other++ {
			if other != place && (top(other) <= row || row >= b.head+b.zero-1) {
				return
			}
		}
		if at < end[row] || at+width > b.width-b.gutter {
			return
		}
		end[row] = at + width + 1
		figures[row] = append(figures[row], written{at, text, th.Text})
	}
	b.figures = figures
}

func (b *band) draw(th *theme.Theme) []string {
	labels := map[int]string{}
	for _, tick := range b.axis.named(b.rows - 1) {
		at := b.head + int(math.Round((1-b.axis.part(b.axis.at(tick)))*float64(b.rows)))
		labels[min(at, b.head+b.rows-1)] = b.axis.tick(tick)
	}
	labels[0] = b.label(labels[0])
	var lines []string
	for i := range b.head + b.rows {
		line := cells.NewLine(b.width)
		if i == 0 && b.line.Name != "" {
			line.Put(th.Strong, cells.Fit(cells.Clean(labels[i]), b.gutter-1))
		} else {
			line.PutRight(th.Dim, labels[i], b.gutter-1)
		}
		lines = append(lines, b.columnsAt(line.SkipTo(b.gutter), th, i).String())
	}
	return lines
}

// columnsAt writes a row of columns, and the figures that stand on it.
func (b *band) columnsAt(line *cells.Line, th *theme.Theme, i int) *cells.Line {
	figures := b.figures[i]
	for place := b.from; place < b.to; place++ {
		start := b.gutter + (place-b.from)*b.slot
		if len(figures) > 0 && figures[0].at+b.gutter < start+b.slot && figures[0].at+b.gutter >= start {
			line.SkipTo(b.gutter+figures[0].at).Put(figures[0].style, figures[0].text)
			figures = figures[1:]
			continue
		}
		style := th.Accent
		if b.line.Tone != answer.Plain {
			style = toneOf(th, b.line.Tone)
		}
		v, ok := point(b.line, place)
		base := b.head + max(b.zero-1, 0) // the row that stands on nothing
		line.SkipTo(start)
		switch {
		case !ok && i == base:
			line.SkipTo(start+(b.bar-1)/2).Put(th.Dim, none)
		case !ok:
		case v == 0 && i == base:
			line.Repeat(th.Faint, "▁", b.bar)
		case v < 0 && b.zero == b.rows && i == base: // no row lies below nothing
			line.SkipTo(start+(b.bar-1)/2).Put(style, words.Minus)
		case v != 0:
			if cell := b.cell(b.fill(v), i-b.head, b.partial(place)); cell != " " {
				line.Repeat(style, cell, b.bar)
			}
		}
	}
	return line
}

// cell is what a column shows on a row, counted from the top.
func (b *band) cell(eighths, row int, partial bool) string {
	height := eighths - 8*(b.zero-1-row) // of a column upwards in this row
	up := eighths > 0
	if !up {
		height = -eighths - 8*(row-b.zero)
	}
	if row < 0 || up && row >= b.zero || !up && row < b.zero || height <= 0 {
		return " "
	}
	height = min(height, 8)
	switch {
	case partial && height >= 6:
		return "▒"
	case partial:
		return "░"
	case up:
		return [...]string{"", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}[height]
	case height >= 6:
		return "█"
	case height >= 3:
		return "▀"
	}
	return "▔"
}

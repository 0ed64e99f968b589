// Package chart draws the charts of answers: lines over time, and who has how much of
// all.
package chart

import (
	"math"
	"slices"
	"strings"

	"github.com/guptarohit/asciigraph"

	"strata/model"
	"strata/model/answer"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Chart is a chart with a mark on one place of it.
type Chart struct {
	*answer.Chart
	place         int
	width, height int
}

// New makes the picture of a chart.
func New(c *answer.Chart) *Chart { return &Chart{Chart: c, place: c.Place} }

// SetSize tells how much room there is.
func (c *Chart) SetSize(width, height int) { c.width, c.height = width, height }

// Marked returns the marked place, and false where there is nothing to mark.
func (c *Chart) Marked() (place int, ok bool) {
	return c.place, c.At != nil && len(c.Names) > 0
}

// Mark marks a place, the nearest there is.
func (c *Chart) Mark(place int) { c.place = max(min(place, len(c.Names)-1), 0) }

// Do performs the actions that move the mark and reports whether id is one.
func (c *Chart) Do(id action.ID) bool {
	switch id {
	case action.ColumnLeft:
		c.Mark(c.place - 1)
	case action.ColumnRight:
		c.Mark(c.place + 1)
	default:
		return false
	}
	return true
}

// Click marks the place at a column, counted from the left.
func (c *Chart) Click(x int) {
	if n := len(c.Names) - 1; n > 0 && c.width > scale {
		c.place = min(max((x-scale)*n/(c.width-scale), 0), n)
	}
}

// The least that a chart can be seen in, and what the numbers on its left take.
const (
	leastHeight = 5
	leastWidth  = 20
	scale       = 5
)

// Lines draws the chart: Height lines of Width cells.
func (c *Chart) Lines(th *theme.Theme, focused bool) []string {
	if c.height < leastHeight || c.width < leastWidth || len(c.Names) == 0 || len(c.Chart.Lines) == 0 {
		return cells.Blank(c.width, c.height)
	}
	if c.Shape == answer.Concentration {
		return c.area(th, focused)
	}
	return c.overTime(th, focused)
}

// largest is the largest share on a scale whose end is a round number.
func (c *Chart) largest() float64 {
	most := 0.0
	for _, l := range c.Chart.Lines {
		for _, p := range l.Points {
			if !math.IsNaN(p) {
				most = max(most, p)
			}
		}
	}
	for _, end := range ends {
		if most <= end {
			return end
		}
	}
	return 1
}

// ends are those of the scales, and ticks into how many parts each is divided, so that
// every tick is a round number.
var (
	ends  = []float64{0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1}
	ticks = []int{5, 5, 4, 4, 3, 4, 4}
)

// label is the tick on a row of a plot that has so many rows above that of zero, ""
// for none.
func label(end float64, row, rows int) string {
	n := ticks[slices.Index(ends, end)]
	if rows < 2*n {
		n = 1
	}
	for i := range n + 1 {
		if row == rows-int(math.Round(float64(rows*i)/float64(n))) {
			return words.WholePercent(int(math.Round(100 * end * float64(i) / float64(n))))
		}
	}
	return ""
}

// private is where the letters begin that stand for those of a line until they get its
// style.
const (
	private = 0xe000
	strokes = 10
)

// drawnAs are the letters of each line: whole, dashed and dotted, so that lines are told
// apart without colours.
var drawnAs = [][]rune{
	[]rune("─│╭╮╰╯╴╶"),
	[]rune("╌╎╭╮╰╯╌╌"),
	[]rune("┈┊╭╮╰╯┈┈"),
}

func charSet(line int) asciigraph.CharSet {
	at := func(i int) string { return string(rune(private + line*strokes + i)) }
	return asciigraph.CharSet{Horizontal: at(0), VerticalLine: at(1), ArcDownRight: at(2), ArcDownLeft: at(3), ArcUpRight: at(4), ArcUpLeft: at(5), EndCap: at(6), StartCap: at(7)}
}

// overTime draws the lines, the names of the places below them and the legend.
func (c *Chart) overTime(th *theme.Theme, focused bool) []string {
	end := c.largest()
	plot := c.height - 1 - len(c.Chart.Lines) - 1 // rows beside the one of zero
	if plot < 2 {
		return cells.Blank(c.width, c.height)
	}
	var data [][]float64
	var sets []asciigraph.CharSet
	for i, l := range c.Chart.Lines {
		data, sets = append(data, l.Points), append(sets, charSet(i))
	}
	if len(c.Names) == 1 { // a line needs two ends
		for i := range data {
			data[i] = append(data[i][:1:1], data[i][0])
		}
	}
	drawn := asciigraph.PlotMany(data, asciigraph.Width(c.width-scale-1), asciigraph.Height(plot), asciigraph.LowerBound(0), asciigraph.UpperBound(end),
		asciigraph.Offset(1), asciigraph.SeriesChars(sets...), asciigraph.YAxisValueFormatter(func(float64) string { return "" }))
	rows := strings.Split(drawn, "\n")
	var lines []string
	for i := range plot + 1 {
		line := cells.NewLine(c.width).PutRight(th.Dim, label(end, i, plot), scale-1).SkipTo(scale)
		if i < len(rows) {
			c.strokes(line, th, rows[i])
		}
		lines = append(lines, line.String())
	}
	lines = append(lines, c.names(th, markStyle(th, focused)))
	for i, l := range c.Chart.Lines {
		mark := strings.Repeat(string(drawnAs[i%len(drawnAs)][0]), 3)
		lines = append(lines, cells.NewLine(c.width).SkipTo(scale).Put(toneOf(th, l.Tone), mark).Put(th.Text, " "+l.Name).String())
	}
	return append(lines, cells.Blank(c.width, c.height-len(lines))...)[:c.height]
}

// strokes puts a row of what was plotted, each line in its style.
func (c *Chart) strokes(line *cells.Line, th *theme.Theme, row string) {
	if at := strings.IndexAny(row, "┤┼"); at >= 0 {
		row = row[at+len("┤"):]
	}
	for _, r := range row {
		i := int(r) - private
		if i < 0 || i >= len(c.Chart.Lines)*strokes {
			line.Skip(1)
			continue
		}
		of := i / strokes
		line.Put(toneOf(th, c.Chart.Lines[of].Tone), string(drawnAs[of%len(drawnAs)][i%strokes]))
	}
}

func markStyle(th *theme.Theme, focused bool) theme.Style {
	if focused {
		return th.AccentStrong
	}
	return th.Strong
}

// names writes the names of the places below the chart, as many as there is room for;
// that of the marked place, in its own style, always.
func (c *Chart) names(th *theme.Theme, style theme.Style) string {
	width, n := c.width-scale, len(c.Names)
	taken := make([]bool, width+1)
	type put struct {
		at    int
		text  string
		style theme.Style
	}
	var puts []put
	place := func(i int, style theme.Style) {
		name := cells.Clean(c.Names[i])
		at := 0
		if n > 1 {
			at = i * (width - 1) / (n - 1)
		}
		at = max(min(at-cells.Width(name)/2, width-cells.Width(name)), 0)
		for x := max(at-1, 0); x <= min(at+cells.Width(name), width); x++ {
			if taken[x] {
				return
			}
		}
		for x := at; x < min(at+cells.Width(name), width); x++ {
			taken[x] = true
		}
		puts = append(puts, put{at, name, style})
	}
	if marked, ok := c.Marked(); ok {
		place(marked, style)
	}
	place(n-1, th.Dim)
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 25, 50, 100} {
		if step = s; n/s*5 <= width {
			break
		}
	}
	for i := 0; i < n; i += step {
		place(i, th.Dim)
	}
	l := cells.NewLine(c.width)
	for x := range width {
		for _, p := range puts {
			if p.at == x {
				l.SkipTo(scale+x).Put(p.style, p.text)
			}
		}
	}
	return l.String()
}

// area draws the one line as an area from the left, what is up to the mark apart, and
// the line of equal parts in it.
func (c *Chart) area(th *theme.Theme, focused bool) []string {
	points := c.Chart.Lines[0].Points
	width, rows := c.width-scale, c.height-1
	n := len(points) - 1
	var lines []string
	for row := range rows {
		line := cells.NewLine(c.width).PutRight(th.Dim, label(1, row, rows-1), scale-1).SkipTo(scale)
		for x := range width {
			at := x * n / max(width-1, 1)
			filled := points[at] * float64(rows)
			height := filled - float64(rows-1-row) // of this cell, 0 to 1
			inside := at <= c.place
			equal := rows-1-row == int(math.Round(float64(at)/float64(max(n, 1))*float64(rows-1)))
			line.Put(c.ground(th, inside), areaCell(height, inside || th.Shade(1) == "", equal))
		}
		lines = append(lines, line.String())
	}
	return append(lines, c.names(th, markStyle(th, focused)))
}

func (c *Chart) ground(th *theme.Theme, inside bool) theme.Style {
	if inside {
		return th.Accent
	}
	return th.Faint
}

// areaCell is what a cell shows that is filled to a height, 1 being all of it: in full,
// or shaded where a colour does not tell the two parts apart; the line of equal parts is
// lighter.
func areaCell(height float64, full, equal bool) string {
	eighths := []string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
	switch {
	case height >= 1 && equal && full:
		return "▓"
	case height >= 1 && equal:
		return "·"
	case height >= 1 && full:
		return "█"
	case height >= 1, !full && height >= 0.5:
		return "░"
	case !full: // an eighth would be brighter than the shade
		return " "
	}
	return eighths[max(int(height*8), 0)]
}

func toneOf(th *theme.Theme, tone answer.Tone) theme.Style {
	switch tone {
	case answer.High:
		return th.Tier(model.TierHigh)
	case answer.Mid:
		return th.Tier(model.TierMid)
	case answer.Low:
		return th.Tier(model.TierLow)
	case answer.Dim:
		return th.Dim
	}
	return th.Text
}

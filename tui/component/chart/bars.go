package chart

import (
	"math"

	"strata/model/answer"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// rowsOf is what charts of rows share: a name on the left, a field, and what is said on
// the right.
type rowsOf struct {
	*Chart
	from, to     int
	label, said  int // widths
	field        int
	axis         axis
	texts        [][]string // said of each place, by line
	widths       []int
	above, below []string
}

const leastField = 8

// layRows divides the width among names, field and figures.
func (c *Chart) layRows(th *theme.Theme, texts [][]string) rowsOf {
	r := rowsOf{Chart: c, texts: texts, above: c.legend(th, c.width)}
	const axisRow = 1
	r.from, r.to = c.window(max(c.height-axisRow-len(r.above), 1))
	if r.below = c.footLines(th, r.from, r.to); len(r.below) > 0 {
		r.from, r.to = c.window(max(c.height-axisRow-len(r.above)-len(r.below), 1))
		r.below = c.footLines(th, r.from, r.to)
	}
	r.label = gutterOf(c.width, c.Names...)
	for _, row := range texts {
		for i, text := range row {
			if i == len(r.widths) {
				r.widths = append(r.widths, 0)
			}
			r.widths[i] = max(r.widths[i], min(cells.Width(cells.Clean(text)), c.width/3))
		}
	}
	for _, w := range r.widths {
		r.said += w + 1
	}
	if c.width-r.label-r.said < leastField { // figures go before bars do
		r.said, r.widths = 0, nil
	}
	r.field = c.width - r.label - r.said
	return r
}

// lines draws the rows and the axis below them. field writes the field of a place.
func (r *rowsOf) lines(th *theme.Theme, focused bool, field func(line *cells.Line, place int)) []string {
	lines := r.above
	marked, hasMark := r.Marked()
	for place := r.from; place < r.to; place++ {
		style := th.Text
		if place < len(r.Tones) {
			style = toneOf(th, r.Tones[place])
		}
		if hasMark && place == marked {
			style = r.markedName(th, focused, place)
		}
		line := cells.NewLine(r.width).Put(style, cells.Fit(cells.Clean(r.Names[place]), r.label-1)).SkipTo(r.label)
		field(line, place)
		line.SkipTo(r.label + r.field)
		for i, width := range r.widths {
			text := ""
			if i < len(r.texts[place]) {
				text = cells.Fit(cells.Clean(r.texts[place][i]), width)
			}
			line.Skip(1+width-cells.Width(text)).Put(th.Text, text)
		}
		lines = append(lines, line.String())
	}
	top := len(r.above)
	r.Chart.under = func(_, y int) int {
		if place := r.from + y - top; y >= top && place < r.to {
			return place
		}
		return -1
	}
	ticks := scale(th, r.axis, r.field, r.column)
	lines = append(lines, ticks.onto(cells.NewLine(r.width), r.label).String())
	return append(lines, r.below...)
}

// markedName is the style of the name of the marked place, which keeps its tone unless
// it has the focus.
func (c *Chart) markedName(th *theme.Theme, focused bool, place int) theme.Style {
	if !focused && place < len(c.Tones) {
		if tier, ok := tierOf[c.Tones[place]]; ok {
			return th.TierStrong(tier)
		}
	}
	return markStyle(th, focused)
}

// column is that of a value in the field.
func (r *rowsOf) column(v float64) int {
	return int(math.Round(r.axis.part(v) * float64(r.field-1)))
}

// steps is how many ticks there is room for.
func (r *rowsOf) steps() int {
	const apart, most = 12, 5
	return min(max(r.field/apart, 1), most)
}

// toldOf is what is said of each place.
func (c *Chart) toldOf(lines []answer.Line) [][]string {
	texts := make([][]string, len(c.Names))
	for place := range texts {
		for _, l := range lines {
			text := none
			if v, ok := point(l, place); place < len(l.Told) {
				text = l.Told[place]
			} else if ok {
				text = figure(v, l.Unit, c.Symbol)
			}
			texts[place] = append(texts[place], text)
		}
	}
	return texts
}

// bars draws a bar for each place; two lines share its row.
func (c *Chart) bars(th *theme.Theme, focused bool) []string {
	pair := c.Chart.Lines[:min(len(c.Chart.Lines), 2)]
	r := c.layRows(th, c.toldOf(pair))
	least, most, _ := reach(pair)
	r.axis = axisOf(least, most, r.steps(), pair[0].Unit, c.Symbol)
	return r.lines(th, focused, func(line *cells.Line, place int) {
		upper := r.halves(pair[0], place)
		lower := upper
		if len(pair) > 1 {
			lower = r.halves(pair[1], place)
		}
		style := th.Accent
		if place < len(c.Tones) && c.Tones[place] != answer.Plain {
			style = toneOf(th, c.Tones[place])
		}
		for x := range r.field {
			cell := quadrants[upper.at(2*x)|upper.at(2*x+1)<<1|lower.at(2*x)<<2|lower.at(2*x+1)<<3]
			switch {
			case cell == " " && r.axis.first < 0 && x == r.column(0):
				line.Put(th.Dim, "┊")
			case cell == " ":
				line.Skip(1)
			case cell == "█" && c.partial(place):
				line.Put(style, "▒")
			default:
				line.Put(style, cell)
			}
		}
	})
}

// quadrants are the quarters of a cell: 1 upper left, 2 upper right, 4 and 8 below them.
var quadrants = []string{" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"}

// span is a bar in half cells, from one to before another.
type span struct{ from, to int }

func (s span) at(half int) int {
	if half >= s.from && half < s.to {
		return 1
	}
	return 0
}

// halves is the bar of a figure. Whatever is not nothing has half a cell.
func (r *rowsOf) halves(l answer.Line, place int) span {
	v, ok := point(l, place)
	if !ok || v == 0 {
		return span{}
	}
	at := func(v float64) float64 { return r.axis.part(v) * float64(2*r.field) }
	zero, end := at(0), int(math.Round(at(v)))
	if v > 0 {
		from := int(math.Floor(zero))
		return span{from, max(end, from+1)}
	}
	to := int(math.Ceil(zero))
	return span{min(end, to-1), to}
}

// bullets draws the figures of the first line against their goals in the second, which
// stand in one column.
func (c *Chart) bullets(th *theme.Theme, focused bool) []string {
	const goal, farthest = 1.0, 2.0
	value, goals := c.Chart.Lines[0], answer.Line{}
	if len(c.Chart.Lines) > 1 {
		goals = c.Chart.Lines[1]
	}
	reached := answer.Line{}
	most := goal
	for place := range c.Names {
		part := math.NaN()
		v, ok := point(value, place)
		if g, has := point(goals, place); ok && has && g > 0 {
			part = max(v/g, 0)
			most = max(most, part)
		}
		reached.Points = append(reached.Points, part)
	}
	texts := c.toldOf([]answer.Line{value, goals})
	r := c.layRows(th, texts)
	r.axis = axisOf(0, min(most, farthest), r.steps(), answer.Shares, "")
	at := int(math.Round(r.axis.part(goal) * float64(r.field-1)))
	return r.lines(th, focused, func(line *cells.Line, place int) {
		part, ok := point(reached, place)
		bar := r.halves(reached, place)
		for x := range r.field {
			cell := quadrants[(bar.at(2*x)|bar.at(2*x+1)<<1)*5]
			switch {
			case x == at:
				line.Put(th.Strong, "┃")
			case part > r.axis.high() && x == r.field-1:
				line.Put(th.Dim, "▸")
			case !ok && x == 0:
				line.Put(th.Dim, none)
			case cell == " ":
				line.Skip(1)
			case cell == "█" && c.partial(place):
				line.Put(th.Accent, "▒")
			default:
				line.Put(th.Dim, cell)
			}
		}
	})
}

// intervals draws figures between the ends of what they may be, with nothing as a line
// through all rows.
func (c *Chart) intervals(th *theme.Theme, focused bool) []string {
	l := c.Chart.Lines[0]
	r := c.layRows(th, c.toldOf(c.Chart.Lines[:1]))
	least, most, _ := reach(c.Chart.Lines[:1])
	r.axis = axisOf(least, most, r.steps(), l.Unit, c.Symbol)
	return r.lines(th, focused, func(line *cells.Line, place int) {
		for _, cell := range r.interval(th, l, place) {
			line.Put(cell.style, cell.text)
		}
	})
}

// interval is the cells of one: heavy where it is more than chance.
func (r *rowsOf) interval(th *theme.Theme, l answer.Line, place int) []written {
	all := make([]written, r.field)
	for x := range all {
		all[x] = written{x, " ", th.Text}
	}
	all[r.column(0)] = written{r.column(0), "┊", th.Dim}
	v, ok := point(l, place)
	if !ok {
		if all[0].text == " " {
			all[0] = written{0, none, th.Dim}
		}
		return all
	}
	left, rule, right, mark, style := "├", "─", "┤", "▒", th.Dim
	if place < len(l.Sure) && l.Sure[place] {
		left, rule, right, mark, style = "┣", "━", "┫", "█", th.Strong
	}
	if place < len(l.Low) && place < len(l.High) && !math.IsNaN(l.Low[place]) && !math.IsNaN(l.High[place]) {
		from, to := r.column(l.Low[place]), r.column(l.High[place])
		for x := from; x <= to; x++ {
			all[x] = written{x, rule, style}
		}
		if all[from].text = left; math.IsInf(l.Low[place], -1) {
			all[from].text = "◂"
		}
		if all[to].text = right; math.IsInf(l.High[place], 1) {
			all[to].text = "▸"
		}
	}
	all[r.column(v)] = written{r.column(v), mark, style}
	return all
}

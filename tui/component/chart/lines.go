package chart

import (
	"math"
	"strings"

	"github.com/guptarohit/asciigraph"

	"strata/model/answer"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// private is where the letters begin that stand for those of a line until they get its
// style.
const (
	private  = 0xe000
	strokes  = 10
	startCap = 7 // lies in the column before a line begins
)

// drawnAs are the letters of each line: whole, dashed and dotted, and marks its points,
// so that lines are told apart without colours.
var (
	drawnAs = [][]rune{
		[]rune("─│╭╮╰╯─ "),
		[]rune("╌╎╭╮╰╯╌ "),
		[]rune("┈┊╭╮╰╯┈ "),
	}
	marks = []string{"●", "◆", "▲", "■"}
)

func charSet(line int) asciigraph.CharSet {
	at := func(i int) string { return string(rune(private + line*strokes + i)) }
	return asciigraph.CharSet{Horizontal: at(0), VerticalLine: at(1), ArcDownRight: at(2), ArcDownLeft: at(3), ArcUpRight: at(4), ArcUpLeft: at(5), EndCap: at(6), StartCap: at(startCap)}
}

// spread is the columns of places that lie at even distances from the first column to
// the last.
type spread struct{ from, to, width int }

func (s spread) column(place int) int {
	if s.to-s.from < 2 {
		return 0
	}
	return int(math.Round(float64((place-s.from)*(s.width-1)) / float64(s.to-s.from-1)))
}

// nearest is the place whose column is nearest to one.
func (s spread) nearest(x int) int {
	return s.from + int(math.Round(float64(x*(s.to-s.from-1))/float64(max(s.width-1, 1))))
}

// overTime draws the lines, the names of the places below them and the legend.
func (c *Chart) overTime(th *theme.Theme, focused bool) []string {
	from, to := c.window(c.width - widestGutter)
	below := append(c.legend(th, c.width), c.footLines(th, from, to)...)
	plot := c.height - 2 - len(below) // rows beside that of the lower end, and the names
	if plot < 1 {
		below = below[:max(min(len(below), c.height-3), 0)]
		plot = max(c.height-2-len(below), 0)
	}
	unit := c.Chart.Lines[0].Unit
	least, most, _ := reach(c.Chart.Lines)
	a := axisOf(least, most, steps, unit, c.Symbol)
	gutter := a.widest() + 1
	s := spread{from, to, c.width - gutter}
	y := func(v float64) float64 { return a.part(v) * float64(plot) }
	labels := make([]string, plot+1)
	for _, tick := range a.named(plot) {
		labels[plot-int(math.Round(y(a.at(tick))))] = a.tick(tick)
	}
	drawn := strings.Split(c.plot(s, plot, y), "\n")
	var lines []string
	for i := range plot + 1 {
		cellsOf := make([]written, s.width)
		if i < len(drawn) {
			c.strokes(cellsOf, th, drawn[i])
		}
		c.points(cellsOf, th, s, func(v float64) bool { return plot-int(math.Round(y(v))) == i })
		line := cells.NewLine(c.width).PutRight(th.Dim, labels[i], gutter-1).SkipTo(gutter)
		for _, w := range cellsOf {
			if w.text == "" {
				line.Skip(1)
			} else {
				line.Put(w.style, w.text)
			}
		}
		lines = append(lines, line.String())
	}
	c.under = func(x, _ int) int {
		if x < gutter {
			return -1
		}
		return s.nearest(x - gutter)
	}
	return append(append(lines, c.names(th, focused, gutter, from, to, s.column)), below...)
}

// plot has the strokes drawn: a value for each column, straight between two places; the
// place whose time is not over stands alone.
func (c *Chart) plot(s spread, rows int, y func(v float64) float64) string {
	var data [][]float64
	var sets []asciigraph.CharSet
	for i, l := range c.Chart.Lines {
		series := make([]float64, s.width+1) // the last one, which the library needs, twice
		for x := range series {
			series[x] = math.NaN()
		}
		for place := s.from; place < s.to; place++ {
			if !c.joined(l, place) {
				continue
			}
			v, at := l.Points[place], s.column(place)
			series[at] = y(v)
			if place == s.from || !c.joined(l, place-1) {
				continue
			}
			before, start := l.Points[place-1], s.column(place-1)
			for x := start + 1; x < at; x++ {
				series[x] = y(before) + (y(v)-y(before))*float64(x-start)/float64(at-start)
			}
		}
		series[s.width] = series[s.width-1]
		data, sets = append(data, series), append(sets, charSet(i))
	}
	return asciigraph.PlotMany(data, asciigraph.Height(rows), asciigraph.LowerBound(0), asciigraph.UpperBound(float64(rows)),
		asciigraph.Offset(1), asciigraph.SeriesChars(sets...), asciigraph.YAxisValueFormatter(func(float64) string { return "" }))
}

// strokes takes in a row of what was plotted, each line in its style.
func (c *Chart) strokes(to []written, th *theme.Theme, drawn string) {
	if at := strings.IndexAny(drawn, "┤┼"); at >= 0 {
		drawn = drawn[at+len("┤"):]
	}
	x := 0
	for _, r := range drawn {
		i := int(r) - private
		if i >= 0 && i < len(c.Chart.Lines)*strokes && i%strokes != startCap && x < len(to) {
			of := i / strokes
			to[x] = written{x, string(drawnAs[of%len(drawnAs)][i%strokes]), toneOf(th, c.Chart.Lines[of].Tone)}
		}
		x++
	}
}

// points marks the figures themselves where they do not stand close, and always those
// whose time is not over.
func (c *Chart) points(to []written, th *theme.Theme, s spread, here func(v float64) bool) {
	sparse := c.sparse()
	for i, l := range c.Chart.Lines {
		for place := s.from; place < s.to; place++ {
			v, ok := point(l, place)
			if !ok || !here(v) {
				continue
			}
			alone := !c.joined(l, place-1) && !c.joined(l, place+1)
			switch style := toneOf(th, l.Tone); {
			case c.partial(place):
				to[s.column(place)] = written{s.column(place), "░", style}
			case sparse || alone:
				to[s.column(place)] = written{s.column(place), marks[i%len(marks)], style}
			}
		}
	}
}

// sparse reports whether the places stand so far apart that their figures are marked.
func (c *Chart) sparse() bool {
	const apart = 4
	return (c.width-widestGutter)/max(len(c.Names), 1) >= apart
}

// joined reports whether a line is drawn to a place.
func (c *Chart) joined(l answer.Line, place int) bool {
	if place < 0 {
		return false
	}
	_, ok := point(l, place)
	return ok && !c.partial(place)
}

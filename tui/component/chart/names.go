package chart

import (
	"sort"

	"strata/tui/component/cells"
	"strata/tui/theme"
)

// written is a text at a column.
type written struct {
	at    int
	text  string
	style theme.Style
}

// row is a line of texts that do not overlap, with a blank between any two.
type row struct {
	width int
	texts []written
}

// put writes a text in the middle of a column, as near as the ends allow, where there is
// room.
func (r *row) put(middle int, text string, style theme.Style) {
	text = cells.Fit(cells.Clean(text), min(r.width, longestName))
	width := cells.Width(text)
	at := max(min(middle-width/2, r.width-width), 0)
	for _, other := range r.texts {
		if at <= other.at+cells.Width(other.text) && other.at <= at+width {
			return
		}
	}
	if width > 0 {
		r.texts = append(r.texts, written{at, text, style})
	}
}

// onto writes the texts on a line, from a column on.
func (r *row) onto(line *cells.Line, from int) *cells.Line {
	sort.Slice(r.texts, func(i, j int) bool { return r.texts[i].at < r.texts[j].at })
	for _, t := range r.texts {
		line.SkipTo(from+t.at).Put(t.style, t.text)
	}
	return line
}

// names writes the names of the places below a chart, as many as there is room for; that
// of the marked place, in its own style, always, then the last one and those at even
// distances from it.
func (c *Chart) names(th *theme.Theme, focused bool, gutter, from, to int, at func(place int) int) string {
	r := row{width: c.width - gutter}
	if marked, ok := c.Marked(); ok {
		r.put(at(marked), c.Names[marked], markStyle(th, focused))
	}
	widest := 1
	for i := from; i < to; i++ {
		widest = max(widest, min(cells.Width(cells.Clean(c.Names[i])), longestName))
	}
	const between = 2
	step := 1
	for _, step = range []int{1, 2, 3, 5, 10, 20, 25, 50, 100} {
		if (at(to-1)-at(from))*step >= (widest+between)*(to-from-1) {
			break
		}
	}
	for i := to - 1; i >= from; i -= step {
		r.put(at(i), c.Names[i], th.Dim)
	}
	r.put(at(from), c.Names[from], th.Dim)
	return r.onto(cells.NewLine(c.width), gutter).String()
}

// scale writes the ticks of an axis that lies below a plot.
func scale(th *theme.Theme, a axis, width int, column func(v float64) int) *row {
	r := &row{width: width}
	r.put(column(0), a.tick(0), th.Text)
	r.put(column(a.high()), a.tick(a.last), th.Dim)
	for i := a.first; i < a.last; i++ {
		if i != 0 {
			r.put(column(a.at(i)), a.tick(i), th.Dim)
		}
	}
	return r
}

// Package chart draws the charts of answers: columns of periods, lines over time, bars,
// figures against goals, figures with their intervals, who has how much of all; and
// charts of one line that stand in tables. It knows how figures are drawn, not what
// they mean.
//
// A chart has places: periods from left to right, or rows from the top down. Each of its
// lines has a figure for each place. Everything can be told apart by its shape: colours
// only repeat it.
package chart

import (
	"slices"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
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
	// under is the place at a cell of what was drawn last, -1 for none.
	under func(x, y int) int
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

// lies reports whether the places are rows.
func (c *Chart) lies() bool {
	return c.Shape == answer.Bars || c.Shape == answer.Bullets || c.Shape == answer.Intervals
}

// Do performs the actions that move the mark and reports whether id is one.
func (c *Chart) Do(id action.ID) bool {
	back, on := action.ColumnLeft, action.ColumnRight
	if c.lies() {
		back, on = action.ListUp, action.ListDown
	}
	switch id {
	case back:
		c.Mark(c.place - 1)
	case on:
		c.Mark(c.place + 1)
	default:
		return false
	}
	return true
}

// Click marks the place at a cell.
func (c *Chart) Click(x, y int) {
	if c.under == nil {
		return
	}
	if place := c.under(x, y); place >= 0 {
		c.Mark(place)
	}
}

// The least that a chart can be seen in.
const (
	leastHeight = 3
	leastWidth  = 20
)

// Tallest is how many lines the chart makes use of, and false where it takes whatever
// there is.
func (c *Chart) Tallest() (lines int, ok bool) {
	const axis = 1
	return len(c.Names) + axis + len(c.legend(nil, c.width)) + len(c.foot(0, len(c.Names))), c.lies()
}

// Lines draws the chart: as many lines as it is high, each as wide as it is.
func (c *Chart) Lines(th *theme.Theme, focused bool) []string {
	c.under = nil
	if c.height < leastHeight || c.width < leastWidth {
		return cells.Blank(c.width, c.height)
	}
	if _, _, ok := reach(c.Chart.Lines); !ok || len(c.Names) == 0 {
		return c.empty(th)
	}
	var lines []string
	switch c.Shape {
	case answer.Concentration:
		lines = c.area(th, focused)
	case answer.Columns:
		lines = c.columns(th, focused)
	case answer.Bars:
		lines = c.bars(th, focused)
	case answer.Bullets:
		lines = c.bullets(th, focused)
	case answer.Intervals:
		lines = c.intervals(th, focused)
	default:
		lines = c.overTime(th, focused)
	}
	return append(lines, cells.Blank(c.width, c.height-len(lines))...)[:c.height]
}

// why says why there is no figure.
func (c *Chart) why() string {
	if c.Why != "" {
		return c.Why
	}
	return catalogue.T("no figures")
}

func (c *Chart) empty(th *theme.Theme) []string {
	var lines []string
	for _, text := range cells.Wrap(cells.Clean(c.why()), c.width) {
		lines = append(lines, cells.NewLine(c.width).Put(th.Dim, text).String())
	}
	return append(lines, cells.Blank(c.width, c.height-len(lines))...)[:c.height]
}

// none stands where a figure is missing.
const none = "·"

// foot says what is not as it is elsewhere: how many places are drawn, what time is not
// over, which figures are missing, and why.
func (c *Chart) foot(from, to int) []string {
	var all []string
	if drawn := to - from; drawn < len(c.Names) {
		all = append(all, catalogue.T("{drawn} of {places}", "drawn", words.Count(int64(drawn)), "places", words.Count(int64(len(c.Names)))))
	}
	for i, text := range c.Partial {
		if text != "" && i < len(c.Names) {
			all = append(all, catalogue.T("▒ {name}: {time}", "name", cells.Fit(cells.Clean(c.Names[i]), longestName), "time", text))
		}
	}
	missing := slices.ContainsFunc(c.Chart.Lines, func(l answer.Line) bool {
		for place := range c.Names {
			if _, ok := point(l, place); !ok {
				return true
			}
		}
		return false
	})
	switch {
	case missing && c.Shape == answer.OverTime:
		all = append(all, catalogue.T("gap: {why}", "why", c.why()))
	case missing:
		all = append(all, none+" "+c.why())
	}
	if len(all) == 0 {
		return nil
	}
	text := all[0]
	for _, more := range all[1:] {
		text += "  " + more
	}
	return []string{text}
}

// longestName is how much of a name is written beside others.
const longestName = 24

// footLines are what the foot says, drawn.
func (c *Chart) footLines(th *theme.Theme, from, to int) []string {
	var lines []string
	for _, text := range c.foot(from, to) {
		lines = append(lines, cells.NewLine(c.width).Put(th.Dim, cells.Fit(cells.Clean(text), c.width)).String())
	}
	return lines
}

// partial reports whether the time of a place is not over.
func (c *Chart) partial(place int) bool { return place < len(c.Partial) && c.Partial[place] != "" }

// window is the places that are drawn where there is room for so many: the last ones, or
// those around the mark.
func (c *Chart) window(room int) (from, to int) {
	n := len(c.Names)
	if n <= room {
		return 0, n
	}
	from = n - room
	if c.lies() {
		from = 0
	}
	if marked, ok := c.Marked(); ok {
		from = min(max(from, marked-room+1), marked)
	}
	return from, from + room
}

func markStyle(th *theme.Theme, focused bool) theme.Style {
	if focused {
		return th.AccentStrong
	}
	return th.Strong
}

var tierOf = map[answer.Tone]model.Tier{answer.High: model.TierHigh, answer.Mid: model.TierMid, answer.Low: model.TierLow}

func toneOf(th *theme.Theme, tone answer.Tone) theme.Style {
	if tier, ok := tierOf[tone]; ok {
		return th.Tier(tier)
	}
	switch tone {
	case answer.Dim:
		return th.Dim
	case answer.Bright:
		return th.Accent
	}
	return th.Text
}

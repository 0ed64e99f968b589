package chart

import (
	"math"

	"strata/model/answer"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// area draws the one line as an area from the left, what is up to the mark apart, and
// the line of equal parts in it. More than everything is not drawn.
func (c *Chart) area(th *theme.Theme, focused bool) []string {
	points := c.Chart.Lines[0].Points
	rows := c.height - 1
	a := axisOf(0, 1, steps, answer.Shares, "")
	gutter := a.widest() + 1
	s := spread{0, len(c.Names), c.width - gutter}
	labels := make([]string, rows)
	for _, tick := range a.named(rows - 1) {
		labels[rows-1-int(math.Round(a.part(a.at(tick))*float64(rows-1)))] = a.tick(tick)
	}
	var lines []string
	for row := range rows {
		line := cells.NewLine(c.width).PutRight(th.Dim, labels[row], gutter-1).SkipTo(gutter)
		for x := range s.width {
			at := s.nearest(x)
			height := points[at]*float64(rows) - float64(rows-1-row) // of this cell, 0 to 1
			inside := at <= c.place
			equal := rows-1-row == int(math.Round(float64(x)/float64(max(s.width-1, 1))*float64(rows-1)))
			line.Put(c.ground(th, inside), areaCell(height, inside || th.Shade(1) == "", equal))
		}
		lines = append(lines, line.String())
	}
	c.under = func(x, _ int) int {
		if x < gutter {
			return -1
		}
		return s.nearest(x - gutter)
	}
	return append(lines, c.names(th, focused, gutter, 0, len(c.Names), s.column))
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

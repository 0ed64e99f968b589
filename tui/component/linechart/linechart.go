// Package linechart draws counts over time as a line.
package linechart

import (
	"slices"
	"strings"

	"github.com/guptarohit/asciigraph"

	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Chart is a line of counts, from the first period to the last.
type Chart struct {
	Values        []int64
	First, Last   string // names of the periods at the ends
	Width, Height int
}

// The least that a line can be seen in, and what stands left of it beside the
// numbers of its scale.
const (
	leastHeight = 3
	leastWidth  = 12
	axisWidth   = 2
)

// Lines draws the chart: Height lines of Width cells. The scale begins at 0.
func (c Chart) Lines(th *theme.Theme) []string {
	if len(c.Values) == 0 || c.Height < leastHeight || c.Width < leastWidth {
		return cells.Blank(c.Width, c.Height)
	}
	largest := max(slices.Max(c.Values), 1)
	data := make([]float64, len(c.Values))
	for i, v := range c.Values {
		data[i] = float64(v)
	}
	if len(data) == 1 {
		data = append(data, data[0]) // a line needs two ends
	}
	// No more lines than there are counts: halves of orders do not exist.
	rows := int(min(int64(c.Height-2), largest))
	label := cells.Width(words.ShortCount(largest))
	drawn := asciigraph.Plot(data,
		asciigraph.Width(max(c.Width-label-axisWidth, 2)), asciigraph.Height(rows),
		asciigraph.LowerBound(0), asciigraph.UpperBound(float64(largest)), asciigraph.Offset(label+1),
		asciigraph.YAxisValueFormatter(func(v float64) string { return words.ShortCount(int64(v + 0.5)) }),
	)
	var lines []string
	axis := 0
	for text := range strings.SplitSeq(drawn, "\n") {
		at := strings.IndexAny(text, "┤┼")
		if at < 0 || len(lines) == c.Height-1 {
			break
		}
		at += len("┤")
		axis = max(axis, cells.Width(text[:at]))
		lines = append(lines, cells.NewLine(c.Width).Put(th.Dim, text[:at]).Put(th.Accent, text[at:]).String())
	}
	ends := cells.NewLine(c.Width).SkipTo(axis).Put(th.Dim, c.First)
	if ends.Left() > cells.Width(c.Last) {
		ends.PutRight(th.Dim, c.Last, c.Width)
	}
	lines = append(lines, ends.String())
	return append(lines, cells.Blank(c.Width, c.Height-len(lines))...)
}

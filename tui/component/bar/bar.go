// Package bar draws a horizontal bar to an eighth of a cell.
package bar

import (
	"strings"

	"strata/model"
	"strata/tui/theme"
)

var eighths = [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Text returns a bar of value on a scale where whole is width cells. Anything
// above zero shows at least an eighth of a cell. Where shades stand in for
// colours the bar is rounded to whole cells, since no shade has eighths.
func Text(th *theme.Theme, tier model.Tier, value, whole int64, width int) string {
	if value <= 0 || whole <= 0 || width <= 0 {
		return ""
	}
	fill := th.Fill(tier)
	size := min(float64(value)/float64(whole), 1) * float64(width)
	if fill != "█" {
		return strings.Repeat(fill, max(int(size+0.5), 1))
	}
	n := max(int(size*8+0.5), 1)
	return strings.Repeat(fill, n/8) + eighths[n%8]
}

package chart

import (
	"strings"

	"strata/model"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Spark returns a row of upright bars, one a value, on a common scale. Anything
// above zero shows.
func Spark(values []int64) string {
	largest := int64(0)
	for _, v := range values {
		largest = max(largest, v)
	}
	var out strings.Builder
	for _, v := range values {
		if v <= 0 {
			out.WriteByte(' ')
			continue
		}
		upright := [...]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
		out.WriteString(upright[min(int(8*float64(v)/float64(largest)), len(upright)-1)])
	}
	return out.String()
}

// tierLetters are what the tiers are called in one cell, the best first.
var tierLetters = []struct {
	letter byte
	tier   model.Tier
}{{'H', model.TierHigh}, {'M', model.TierMid}, {'L', model.TierLow}}

// Tiers returns how much each tier has, the best first, as letters: HHMMMLLLLL. All
// together have the width; what is not nothing has a letter. Nothing at all is "".
func Tiers(parts []int64, width int) string {
	var total int64
	for _, n := range parts {
		total += max(n, 0)
	}
	if total == 0 || width < len(tierLetters) {
		return ""
	}
	var out strings.Builder
	var before int64
	for i, n := range parts[:min(len(parts), len(tierLetters))] {
		n = max(n, 0)
		if before += n; n == 0 {
			continue
		}
		rest := 0 // of the tiers after it that have something
		for _, m := range parts[i+1:] {
			if m > 0 {
				rest++
			}
		}
		end := int(float64(before)/float64(total)*float64(width) + 0.5)
		end = min(max(end, out.Len()+1), width-rest)
		out.WriteString(strings.Repeat(string(tierLetters[i].letter), end-out.Len()))
	}
	return out.String()
}

// PutTiers writes what [Tiers] returns with the ground of each tier, or where there is
// no colour its shade, and its letter once.
func PutTiers(line *cells.Line, th *theme.Theme, letters string) {
	for _, t := range tierLetters {
		n := strings.Count(letters, string(t.letter))
		if n == 0 {
			continue
		}
		fill, style := " ", th.Segment(0, t.tier)
		if style == "" {
			fill, style = th.Fill(t.tier), th.TierStrong(t.tier)
		}
		line.Put(style, string(t.letter)).Repeat(style, fill, n-1)
	}
}

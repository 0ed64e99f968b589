package slider

import (
	"math"
	"strings"

	"strata/model"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Slider is one measure ready to be drawn. Ranges has one element more than
// Ticks.
type Slider struct {
	Width   int
	Density []float64 // customers per column; nil: no histogram
	Rows    int       // of the histogram
	Ticks   []int     // columns of the cuts, ascending
	Focus   int       // index of the marked cut, or -1
	Ranges  []Range
	Counts  bool   // a row with the customers of each range
	Below   string // a finished line right below the axis; "": none
}

// Range is a stretch between two cuts.
type Range struct {
	Labels []string // the range in words, from the most telling to the shortest
	Score  string   // shown on the axis where there is room
	Tier   model.Tier
	Count  string // customers
}

// Lines draws the slider: histogram, axis and what lies below it, ranges, and
// counts if asked for.
func (s Slider) Lines(th *theme.Theme) []string {
	lines := make([]string, 0, s.Rows+3)
	if s.Density != nil {
		lines = s.histogram(lines, th)
	}
	lines = append(lines, s.axis(th))
	if s.Below != "" {
		lines = append(lines, s.Below)
	}
	return s.words(lines, th)
}

// Between returns the columns between the neighbours of a tick, its own among
// them: from first to before end.
func (s Slider) Between(tick int) (first, end int) {
	first, _ = s.span(tick)
	_, end = s.span(tick + 1)
	return first, end
}

// span returns the columns of a range: from its first to before its last. The
// column of a cut belongs to neither side.
func (s Slider) span(i int) (from, to int) {
	from, to = 0, s.Width
	if i > 0 {
		from = s.Ticks[i-1] + 1
	}
	if i < len(s.Ticks) {
		to = s.Ticks[i]
	}
	return from, max(to, from)
}

var blocks = [...]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

func (s Slider) histogram(lines []string, th *theme.Theme) []string {
	highest := 0.0
	for _, d := range s.Density {
		highest = max(highest, d)
	}
	const steps = len(blocks) - 1
	heights := make([]int, len(s.Density))
	for i, d := range s.Density {
		if d > 0 && highest > 0 {
			// Whoever is there is seen: at least the lowest block.
			heights[i] = max(int(math.Round(d/highest*float64(s.Rows*steps))), 1)
		}
	}
	for row := s.Rows - 1; row >= 0; row-- {
		line := cells.NewLine(s.Width)
		for i := range s.Ranges {
			from, to := s.span(i)
			if i < len(s.Ticks) {
				to++ // the bar above a cut is drawn with its left side
			}
			var run strings.Builder
			for column := from; column < min(to, len(heights)); column++ {
				run.WriteString(blocks[min(max(heights[column]-row*steps, 0), steps)])
			}
			line.Put(th.Tier(s.Ranges[i].Tier), run.String())
		}
		lines = append(lines, line.String())
	}
	return lines
}

func (s Slider) axis(th *theme.Theme) string {
	line := cells.NewLine(s.Width)
	for i, r := range s.Ranges {
		from, to := s.span(i)
		style, rule := th.Tier(r.Tier), th.Rule(r.Tier)
		if room := to - from; r.Score != "" && room >= 3 {
			left := (room - 1) / 2
			line.Repeat(style, rule, left).Put(th.TierStrong(r.Tier), r.Score).Repeat(style, rule, room-left-1)
		} else {
			line.Repeat(style, rule, room)
		}
		if i < len(s.Ticks) {
			if i == s.Focus {
				line.Put(th.AccentStrong, "█")
			} else {
				line.Put(th.Text, "┃")
			}
		}
	}
	return line.String()
}

// words draws the ranges and, if asked for and if all of them find room, their
// customers below.
func (s Slider) words(lines []string, th *theme.Theme) []string {
	texts := make([][]string, len(s.Ranges))
	counts := make([][]string, len(s.Ranges))
	for i, r := range s.Ranges {
		texts[i] = r.Labels
	}
	line := cells.NewLine(s.Width)
	for i, p := range s.place(texts) {
		style := th.Text
		if s.beside(i) {
			style = th.Accent
		}
		line.SkipTo(p.at).Put(style, p.text)
		counts[i] = []string{s.Ranges[i].Count}
	}
	lines = append(lines, line.String())
	if !s.Counts {
		return lines
	}
	line = cells.NewLine(s.Width)
	if row, bad := s.try(counts, make([]int, len(counts))); bad < 0 {
		for _, p := range row {
			line.SkipTo(p.at).Put(th.Dim, p.text)
		}
	}
	return append(lines, line.String())
}

// Nearest returns the tick nearest to a column of the drawing, and how far
// away it is; no tick at all is -1.
func (s Slider) Nearest(column int) (tick, distance int) {
	tick, distance = -1, math.MaxInt
	for i, t := range s.Ticks {
		if d := max(t-column, column-t); d < distance {
			tick, distance = i, d
		}
	}
	return tick, distance
}

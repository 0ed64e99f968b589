package slider

import (
	"math"

	"strata/tui/component/cells"
	"strata/tui/session"
	"strata/tui/theme"
)

// PerStep returns, for each column, how many customers of a distribution a cut
// passes in one step there: on the mean of the column where that is wider. Where
// the distribution names only some of the values, even says so, and the
// customers between two of them count as evenly spread.
func (s Scale) PerStep(d session.Distribution, step int64, even bool) []float64 {
	upto := func(v int64) float64 { return float64(d.Count(v)) }
	if even {
		upto = func(v int64) float64 { return interpolate(d, float64(v)) }
	}
	rates := make([]float64, max(s.width, 0))
	for i := range rates {
		first, after := s.wholeAt(i), s.wholeAt(i+1)
		if after-first < step {
			first += (after-first)/2 - step/2
			after = first + step
		}
		rates[i] = (upto(after-1) - upto(first-1)) * float64(step) / float64(after-first)
	}
	return rates
}

// wholeAt returns the stored value in whose cell a column begins.
func (s Scale) wholeAt(column int) int64 { return int64(math.Floor(s.value(float64(column)) + 0.5)) }

// Strip draws rates on one line below an axis, the highest as a full block. The
// columns first to before end stand out; whoever is there is seen.
func Strip(th *theme.Theme, rates []float64, first, end int) string {
	const steps = len(blocks) - 1
	highest := Highest(rates)
	line := cells.NewLine(len(rates))
	for i, rate := range rates {
		height := 0
		if rate > 0 {
			height = max(int(math.Round(rate/highest*float64(steps))), 1)
		}
		style := th.Dim
		if i >= first && i < end {
			style = th.Accent
		}
		line.Put(style, blocks[height])
	}
	return line.String()
}

// Highest returns the highest of some rates, 0 of none.
func Highest(rates []float64) float64 {
	highest := 0.0
	for _, rate := range rates {
		highest = max(highest, rate)
	}
	return highest
}

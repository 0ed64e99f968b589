package answer

// Chart is a picture of figures that tables tell as well: it never tells anything
// alone. It is drawn where there is a screen.
type Chart struct {
	Title string
	Note  string // what is measured, with its unit
	Shape Shape
	// Names are those of the places from left to right, or from the top down, and every
	// line has a figure for each.
	Names  []string
	Lines  []Line
	Symbol string // of the currency of amounts

	Tones   []Tone   // of the places, where they have tones of their own
	Partial []string // of each place, how much of its time is over: "9 days of 31", "" for all of it
	Why     string   // why there is no figure where there is none

	// At says of a place what it shows, and Behind who is behind it; either may be nil.
	At     func(place int) string
	Behind func(place int) *Crowd
	Place  int // where the mark stands at first
}

// Shape is how a chart is drawn.
type Shape uint8

// The shapes.
const (
	// OverTime is lines.
	OverTime Shape = iota
	// Concentration is an area under the one line, which goes from nothing to
	// everything, beside that of equal parts.
	Concentration
	// Columns are upright bars; each line has a scale and a band of its own.
	Columns
	// Bars lie; two lines share a row and a scale, the first in the upper half.
	Bars
	// Bullets are the figures of the first line, each against its goal in the second.
	Bullets
	// Intervals are figures between the lowest and the highest they may be.
	Intervals
)

// Unit is what the points of a line count.
type Unit uint8

// The units: shares (1 is all), counts, amounts in [model.Money].
const (
	Shares Unit = iota
	Counts
	Amounts
)

// Line is one line of a chart.
type Line struct {
	Name   string
	Tone   Tone
	Unit   Unit
	Points []float64 // NaN where there is none
	Told   []string  // each figure for people, where that is not how its unit is told

	// Low and High are the ends of intervals, which may be infinite, and Sure says which
	// of them are more than chance. A place without ends has no interval.
	Low, High []float64
	Sure      []bool
}

// Chart shows a picture on a screen.
func (d *Document) Chart(c *Chart) *Document { return d.add("", Screen, c) }

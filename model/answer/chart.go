package answer

// Chart is a picture of figures that tables tell as well: it never tells anything
// alone. It is drawn where there is a screen.
type Chart struct {
	Title string
	Note  string // what is measured, with its unit
	Shape Shape
	// Names are those of the places from left to right, and every line has a figure
	// for each.
	Names []string
	Lines []Line
	// At says of a place what it shows, and Behind who is behind it; either may be nil.
	At     func(place int) string
	Behind func(place int) *Crowd
	Place  int // where the mark stands at first
}

// Shape is how a chart is drawn.
type Shape uint8

// The shapes: lines over time, and an area under the one line, which goes from
// nothing to everything, beside that of equal parts.
const (
	OverTime Shape = iota
	Concentration
)

// Line is one line of a chart.
type Line struct {
	Name   string
	Tone   Tone
	Points []float64 // shares, 0 to 1; NaN where there is none
}

// Chart shows a picture on a screen.
func (d *Document) Chart(c *Chart) *Document { return d.add("", Screen, c) }

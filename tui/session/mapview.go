package session

import (
	"strconv"

	"strata/analysis/rfm"
	"strata/model"
)

// MapView is a map to be read: its segments with few patterns, and every cell.
type MapView struct {
	Levels   [model.Axes]int
	Segments []MapSegment // in the order of the map, Others last if it has cells
	Cells    []MapCell    // the best scores first
	Counted  bool         // customers and revenue are those of a workspace
	Unvalued bool         // none of whose orders says what it was worth
}

// MapSegment is a segment with its cells and those whose scores lie in them,
// whatever tier they are kept in.
type MapSegment struct {
	model.Segment
	Patterns []model.Pattern // as few as [rfm.Cover] finds
	Cells    int
	rfm.Flow
}

// MapCell is a cell with its segment, an index into Segments.
type MapCell struct {
	Scores  [model.Axes]int
	Segment int
	rfm.Flow
}

// ViewMap shows the map of a scheme. figures are by cell, those of a frame of
// the scheme, or nil. Error: Usage for a scheme that cannot be used, or whose map
// follows from the data while there are no figures.
func ViewMap(scheme model.Scheme, figures []Figures) (*MapView, error) {
	if figures == nil && scheme.Value.ByShare() && isValueMap(scheme.Map) {
		return nil, errFollowsData(scheme.Name)
	}
	d, err := newDrawing(scheme)
	if err != nil {
		return nil, err
	}
	v := &MapView{Levels: d.levels, Counted: figures != nil, Unvalued: scheme.Value.Unvalued}
	for i, region := range d.on(scheme).Regions {
		v.Segments = append(v.Segments, MapSegment{Segment: region.Segment, Patterns: region.Cells, Cells: len(d.cellsOf(i))})
	}
	if left := d.cellsOf(unowned); len(left) > 0 {
		v.Segments = append(v.Segments, MapSegment{Segment: rfm.Others(), Patterns: d.cover(unowned), Cells: len(left)})
	}
	for cell := len(d.owner) - 1; cell >= 0; cell-- {
		of := d.owner[cell]
		if of == unowned {
			of = len(d.segments)
		}
		c := MapCell{Scores: scoresOf(cell, d.levels), Segment: of}
		if figures != nil {
			c.Flow = rfm.Flow{Customers: figures[cell].Customers, Revenue: figures[cell].Revenue}
			v.Segments[of].Customers += c.Customers
			v.Segments[of].Revenue += c.Revenue
		}
		v.Cells = append(v.Cells, c)
	}
	return v, nil
}

// MapHeader names the columns of [MapView.Rows], as map files have them.
var MapHeader = []string{"cell", "segment", "label", "tier", "color", "customers", "revenue"}

// Rows is the map with a row a cell, as [ReadMap] takes it. Texts are safe for a
// spreadsheet; customers and revenue are empty where nobody was counted, and revenue
// where it is not known.
func (v *MapView) Rows() [][]string {
	var rows [][]string
	for _, c := range v.Cells {
		s := v.Segments[c.Segment]
		color, customers, revenue := "", "", ""
		if s.Color > 0 {
			color = strconv.Itoa(s.Color)
		}
		if v.Counted {
			customers = strconv.FormatInt(c.Customers, 10)
		}
		if v.Counted && (!v.Unvalued || c.Revenue != 0) {
			revenue = c.Revenue.String()
		}
		rows = append(rows, []string{rfm.CellText(c.Scores), s.Slug, SpreadsheetText(s.Label), string(s.Tier), color, customers, revenue})
	}
	return rows
}

// ColorOf returns the colour that the person gave a segment of the map, 0
// without one.
func (f *Frame) ColorOf(slug string) int {
	for _, region := range f.Scheme.Regions {
		if region.Slug == slug {
			return region.Color
		}
	}
	return 0
}

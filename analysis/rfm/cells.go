package rfm

import (
	"context"

	"strata/model"
)

// CellsOf returns the cell of every customer of base under a rule.
func CellsOf(base *Base, rule *Rule) []uint16 {
	rule.on(base)
	cells := make([]uint16, base.Len())
	c := columnsOf(base, nil)
	scoring := cellScoring(rule)
	parts := partsOf(c.len())
	_ = parallel(context.Background(), parts, func(part int) {
		lo, hi := span(c.len(), parts, part)
		scoring.blocks(c, lo, hi, func(at int, keys []uint32) {
			for i, cell := range keys {
				cells[at+i] = uint16(cell)
			}
		})
	})
	return cells
}

// ByCuts reports whether the cuts alone tell the score of a value of a measure:
// not where equal values are split, or scored within other scores.
func (r *Rule) ByCuts(a model.Axis) bool { return r.given[a] == nil }

// MapName returns the name of the map, "" for one of the scheme's own.
func (r *Rule) MapName() string { return r.mapName }

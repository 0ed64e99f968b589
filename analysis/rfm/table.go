package rfm

import (
	"context"

	"strata/model"
)

// Table holds prefix sums along one axis for each pair of scores on the other
// two, so that any position of the cuts on its axis is answered in
// microseconds, exactly.
type Table struct {
	index *Index
}

// NewTable makes the table of an axis for the cuts that rule has on the other
// two axes. Error: Cancelled.
func NewTable(ctx context.Context, x *Index, a model.Axis, rule *Rule) (*Table, error) {
	return nil, nil
}

// Axis returns the axis whose cuts the table can move.
func (t *Table) Axis() model.Axis { return 0 }

// Fits reports whether the table answers for rule on x: same customers, same
// baseline, and the same cuts on the other two axes.
func (t *Table) Fits(x *Index, rule *Rule) bool { return false }

// Tally returns the same figures as the plain pass for a rule that [Table.Fits].
func (t *Table) Tally(rule *Rule) *Figures { return nil }

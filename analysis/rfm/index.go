package rfm

import (
	"context"

	"strata/model"
)

// Index is a Base and its baseline labels in the order that distributions and
// tables need. It is made once per base.
type Index struct {
	base *Base
}

// NewIndex sorts base. baseline may be nil; otherwise it must be labels of
// base. Error: Cancelled.
func NewIndex(ctx context.Context, base *Base, baseline *Labels) (*Index, error) { return nil, nil }

// Relabel returns an index of the same customers with another baseline.
func (x *Index) Relabel(baseline *Labels) *Index { return nil }

// Distribution returns how the values of one axis are distributed.
func (x *Index) Distribution(a model.Axis) Distribution { return Distribution{} }

// Warnings says which cuts of rule do not separate well, as [Resolve] does.
func (x *Index) Warnings(rule *Rule) []model.Warning { return nil }

package rfm

import (
	"context"

	"strata/model"
)

// Index is a Base and its baseline in the orders that distributions and tables
// need. It is made once per base; only the labels depend on the baseline. With
// the default measures it takes 21 bytes a customer, on top of the 20 of the
// Base: 21 MB for a million.
type Index struct {
	base          *Base
	baseline      *Labels
	distributions [model.Axes]Distribution
	byValue       *columns             // in the order of monetary
	byAxis        [model.Axes]*columns // in the order of an axis whose values do not each make a row of a table
}

// NewIndex sorts base. baseline may be nil; labels of another base make it
// panic. Error: Cancelled.
func NewIndex(ctx context.Context, base *Base, baseline *Labels) (*Index, error) {
	x := &Index{base: base}
	c := columnsOf(base, baseline)
	var err error
	steps := []func(){
		func() { x.byValue, err = newSorted(ctx, c, Ascending(c.monetary)) },
		func() { x.distributions[model.Recency] = distributionOf(c.recency) },
		func() { x.distributions[model.Frequency] = distributionOf(c.frequency) },
	}
	if stopped := parallel(ctx, len(steps), func(i int) { steps[i]() }); stopped != nil {
		return nil, stopped
	}
	if err != nil {
		return nil, err
	}
	x.distributions[model.Monetary] = Distribution{values: x.byValue.monetary}
	x.byAxis[model.Monetary] = x.byValue
	for a, values := range [][]int32{model.Recency: c.recency, model.Frequency: c.frequency} {
		if d := x.distributions[a]; len(d.values) <= maxRows && d.Max() < widestCount {
			continue
		}
		if x.byAxis[a], err = newSorted(ctx, c, Ascending(values)); err != nil {
			return nil, err
		}
	}
	return x.Relabel(baseline), nil
}

// Relabel returns an index of the same customers with another baseline, which
// may be nil.
func (x *Index) Relabel(baseline *Labels) *Index {
	columnsOf(x.base, baseline)
	y := *x
	y.baseline = baseline
	y.byValue = x.byValue.relabelled(baseline)
	for a, s := range x.byAxis {
		switch s {
		case nil:
		case x.byValue:
			y.byAxis[a] = y.byValue
		default:
			y.byAxis[a] = s.relabelled(baseline)
		}
	}
	return &y
}

// Distribution returns how the values of one axis are distributed.
func (x *Index) Distribution(a model.Axis) Distribution { return x.distributions[a] }

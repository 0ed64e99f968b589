package rfm

import (
	"context"

	"strata/model"
)

// columns are customers as the kernels read them: those of a Base, or the same
// in another order.
type columns struct {
	recency, frequency, orders []int32
	monetary, revenue          []int64
	repeats                    []int32 // two make a repeater: frequency or orders
	label                      []uint8 // nil without a baseline
	order                      []int32 // row in the base; nil in the base's own order
}

func (c *columns) len() int { return len(c.recency) }

// columnsOf returns the customers of base in their own order. It panics when
// the labels are of another base: what they would say is nonsense.
func columnsOf(base *Base, baseline *Labels) *columns {
	c := &columns{
		recency: base.Recency, frequency: base.Frequency, orders: base.Orders,
		monetary: base.Monetary, revenue: base.Revenue, repeats: base.Orders,
	}
	if f := base.Spec.Frequency; f == model.FrequencyDays || f == model.FrequencyMonths {
		c.repeats = base.Frequency
	}
	if baseline != nil {
		if baseline.base != base {
			panic("rfm: labels of another base; use Labels.On")
		}
		c.label = baseline.Of
	}
	return c
}

// newSorted puts the customers in the given order. Columns that are the same
// in from stay so.
func newSorted(ctx context.Context, from *columns, order []int32) (*columns, error) {
	s := &columns{order: order}
	s.recency = make([]int32, len(order))
	s.orders = make([]int32, len(order))
	s.revenue = make([]int64, len(order))
	s.frequency, s.monetary = s.orders, s.revenue
	ownFrequency := len(order) > 0 && &from.frequency[0] != &from.orders[0]
	if ownFrequency {
		s.frequency = make([]int32, len(order))
	}
	ownMonetary := len(order) > 0 && &from.monetary[0] != &from.revenue[0]
	if ownMonetary {
		s.monetary = make([]int64, len(order))
	}
	s.repeats = s.orders
	if ownFrequency && &from.repeats[0] == &from.frequency[0] {
		s.repeats = s.frequency
	}
	parts := partsOf(len(order))
	err := parallel(ctx, parts, func(part int) {
		lo, hi := span(len(order), parts, part)
		for i, row := range order[lo:hi] {
			s.recency[lo+i] = from.recency[row]
			s.orders[lo+i] = from.orders[row]
			s.revenue[lo+i] = from.revenue[row]
			if ownFrequency {
				s.frequency[lo+i] = from.frequency[row]
			}
			if ownMonetary {
				s.monetary[lo+i] = from.monetary[row]
			}
		}
	})
	return s, err
}

// relabelled returns the same customers with the labels of a baseline, which
// may be nil.
func (c *columns) relabelled(baseline *Labels) *columns {
	other := *c
	other.label = nil
	if baseline == nil {
		return &other
	}
	other.label = make([]uint8, len(c.order))
	parts := partsOf(len(c.order))
	_ = parallel(context.Background(), parts, func(part int) {
		lo, hi := span(len(c.order), parts, part)
		for i, row := range c.order[lo:hi] {
			other.label[lo+i] = baseline.Of[row]
		}
	})
	return &other
}

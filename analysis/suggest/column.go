package suggest

import (
	"slices"

	"strata/analysis/concentration"
	"strata/analysis/rfm"
	"strata/model"
)

// Column is one measure of all customers, with equal values together. It is
// immutable and may be read from several goroutines.
type Column struct {
	values    []int64 // distinct, ascending, in the measure's stored unit
	customers []int64 // customers with no more than each value
	sum       []int64 // of their values
	revenue   []int64 // Σ of what the customers with each value brought, those with less than nothing left out
	negative  rfm.Flow
}

// NewColumn gathers one measure of base. [rfm.Measure] has seen to it that any
// sum fits. Error: Empty without customers.
func NewColumn(base *rfm.Base, a model.Axis) (*Column, error) {
	if base.Len() == 0 {
		return nil, model.Errorf(model.Empty, "there are no customers to suggest cuts from").
			WithHint("widen the window or the filter")
	}
	switch a {
	case model.Recency:
		return columnOf(base.Recency, base.Revenue), nil
	case model.Frequency:
		return columnOf(base.Frequency, base.Revenue), nil
	}
	return columnOf(base.Monetary, base.Revenue), nil
}

func columnOf[T ~int32 | ~int64](values []T, revenue []int64) *Column {
	c := &Column{}
	sum := int64(0)
	for i, row := range rfm.Ascending(values) {
		v := int64(values[row])
		sum += v
		if last := len(c.values) - 1; last < 0 || c.values[last] != v {
			c.values = append(c.values, v)
			c.customers, c.sum, c.revenue = append(c.customers, 0), append(c.sum, 0), append(c.revenue, 0)
		}
		last := len(c.values) - 1
		c.customers[last], c.sum[last] = int64(i+1), sum
		if brought := revenue[row]; brought < 0 {
			c.negative.Customers++
			c.negative.Revenue += model.Money(brought)
		} else {
			c.revenue[last] += brought
		}
	}
	return c
}

// Negative returns the customers who brought less than nothing in all.
func (c *Column) Negative() rfm.Flow { return c.negative }

// Total returns the sum of all values.
func (c *Column) Total() int64 {
	_, total := c.upTo(len(c.values))
	return total
}

// FromZero returns the column with values below 0 counted as 0, and who has them
// with the sum of their values: as [Column.Revenue] counts those who brought less
// than nothing.
func (c *Column) FromZero() (*Column, rfm.Flow) {
	first, _ := slices.BinarySearch(c.values, 0)
	if first == 0 {
		return c, rfm.Flow{}
	}
	customers, sum := c.upTo(first)
	at := &Column{negative: c.negative}
	if first == len(c.values) || c.values[first] != 0 { // nobody has 0
		at.values, at.customers, at.sum = []int64{0}, []int64{customers}, []int64{0}
		at.revenue = []int64{0}
	}
	at.values = append(at.values, c.values[first:]...)
	at.customers = append(at.customers, c.customers[first:]...)
	at.revenue = append(at.revenue, c.revenue[first:]...)
	for _, upTo := range c.sum[first:] {
		at.sum = append(at.sum, upTo-sum)
	}
	for _, brought := range c.revenue[:first] {
		at.revenue[0] += brought
	}
	return at, rfm.Flow{Customers: customers, Revenue: model.Money(sum)}
}

// upTo returns how many customers have the first i values, and the sum of
// those.
func (c *Column) upTo(i int) (customers, sum int64) {
	if i == 0 {
		return 0, 0
	}
	return c.customers[i-1], c.sum[i-1]
}

// cutsAfter returns the cuts that end classes after the first ends[i] values,
// ends ascending and below the number of values. Where there are fewer than
// wanted the first is repeated; a measure with one value has all cuts on it.
func (c *Column) cutsAfter(ends []int, wanted int) []model.Cut {
	if len(ends) == 0 {
		ends = []int{1}
	}
	cuts := make([]model.Cut, 0, wanted)
	for range wanted - len(ends) {
		cuts = append(cuts, model.WholeCut(c.values[ends[0]-1]))
	}
	for _, end := range ends {
		cuts = append(cuts, model.WholeCut(c.values[end-1]))
	}
	return cuts
}

// Gini returns the Gini coefficient of the measure and the same corrected for small
// numbers, as [concentration.Gini] has it; see [Column.FromZero] for values below 0.
func (c *Column) Gini() (gini, corrected float64, ok bool) {
	return concentration.Gini(c.customers, c.sum)
}

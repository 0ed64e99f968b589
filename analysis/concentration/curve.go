// Package concentration says how unevenly something is spread over customers: the
// Lorenz curve, what the best of them hold, and the Gini coefficient. All sums are
// exact; what is divided is divided once.
package concentration

import (
	"cmp"
	"slices"

	"strata/analysis/rfm"
)

// Curve is the Lorenz curve of one value per customer, the highest first. It is
// immutable and may be read from several goroutines.
type Curve struct {
	values    []int64 // distinct, descending
	customers []int64 // customers with no less than each value
	sum       []int64 // of their values
}

// Point is one place of a curve: what so many of the best customers have together.
type Point struct {
	Customers, Sum int64
}

// Of makes the curve of values of any sign: ten-thousandths of currency, or counts.
// The values above zero must add up to an int64, and so must those below, as
// [rfm.Measure] sees to. They are copied.
func Of(values []int64) *Curve {
	rows := rfm.Ascending(values)
	c := &Curve{}
	sum := int64(0)
	for i, row := range slices.Backward(rows) {
		v := values[row]
		sum += v
		if last := len(c.values) - 1; last < 0 || c.values[last] != v {
			c.values, c.customers, c.sum = append(c.values, v), append(c.customers, 0), append(c.sum, 0)
		}
		last := len(c.values) - 1
		c.customers[last], c.sum[last] = int64(len(rows)-i), sum
	}
	return c
}

// Len returns the number of customers.
func (c *Curve) Len() int {
	if len(c.customers) == 0 {
		return 0
	}
	return int(c.customers[len(c.customers)-1])
}

// Total returns the sum of all values.
func (c *Curve) Total() int64 { return c.TopOf(c.Len()) }

// Top returns how many customers a share num/den of all are, rounded up, and the sum
// of the highest so many values: Top(20, 100) is what the best fifth hold. num and
// den are below 2³¹, den above 0; a share below none or above all is none or all.
// Values below zero can bring a part above the total.
func (c *Curve) Top(num, den int64) (customers int, sum int64) {
	n := int64(c.Len())
	customers = int(min(n, (n*max(0, num)+den-1)/den))
	return customers, c.TopOf(customers)
}

// TopOf returns the sum of the highest so many values; fewer than none are none, and
// more than all are all.
func (c *Curve) TopOf(customers int) int64 {
	k := min(int64(customers), int64(c.Len()))
	if k <= 0 {
		return 0
	}
	i := c.holder(k)
	return c.sum[i] - (c.customers[i]-k)*c.values[i]
}

// holder returns the place of the value that customer k has, 1 the best.
func (c *Curve) holder(k int64) int {
	i, _ := slices.BinarySearch(c.customers, k)
	return i
}

// Points returns the curve at no more than n+1 places, from no customer to all, as
// evenly spaced as whole customers allow and exact at each. Fewer customers than n
// have a place each; n below 1 counts as 1.
func (c *Curve) Points(n int) []Point {
	all := int64(c.Len())
	points := []Point{{}}
	places := min(int64(max(1, n)), all)
	for i := int64(1); i <= places; i++ {
		k := all * i / places
		points = append(points, Point{Customers: k, Sum: c.TopOf(int(k))})
	}
	return points
}

// Lorenz returns the points of [Curve.Points] from the other end, as M. O. Lorenz drew
// them in 1905: what so many of the customers who have least have together.
func (c *Curve) Lorenz(n int) []Point {
	points := c.Points(n)
	slices.Reverse(points)
	for i, p := range points {
		points[i] = Point{Customers: int64(c.Len()) - p.Customers, Sum: c.Total() - p.Sum}
	}
	return points
}

// Best returns the places of the highest so many of values, ascending; of equal ones
// those that come first.
func Best(values []int64, customers int) []int32 {
	places := make([]int32, len(values))
	for i := range places {
		places[i] = int32(i)
	}
	slices.SortFunc(places, func(x, y int32) int { return cmp.Or(cmp.Compare(values[y], values[x]), cmp.Compare(x, y)) })
	best := places[:max(min(customers, len(places)), 0)]
	slices.Sort(best)
	return best
}

// Negative returns how many customers have less than zero, and the sum of that.
func (c *Curve) Negative() (customers int, sum int64) {
	above, _ := slices.BinarySearchFunc(c.values, 0, func(v, _ int64) int {
		if v >= 0 {
			return -1
		}
		return 1
	})
	if above == len(c.values) {
		return 0, 0
	}
	customers, sum = c.Len(), c.Total()
	if above > 0 {
		customers -= int(c.customers[above-1])
		sum -= c.sum[above-1]
	}
	return customers, sum
}

// Threshold returns the least value among the highest so many, and how many of the
// other customers have exactly that value: where there are any, who is inside is
// arbitrary. Both are 0 for no customers; more than all are all.
func (c *Curve) Threshold(customers int) (least int64, ties int) {
	k := min(int64(customers), int64(c.Len()))
	if k <= 0 {
		return 0, 0
	}
	i := c.holder(k)
	return c.values[i], int(c.customers[i] - k)
}

// Gini returns the Gini coefficient of the curve; see the function [Gini].
func (c *Curve) Gini() (gini, corrected float64, ok bool) { return Gini(c.customers, c.sum) }

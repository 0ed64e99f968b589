package rfm

import (
	"slices"
	"sort"
)

// Distribution answers how many customers have which value of one measure. It
// is immutable; the zero value has no customers. Counting takes O(log n).
type Distribution struct {
	values []int64 // ascending; with ends distinct, otherwise one per customer
	ends   []int32 // ends[i]: how many customers have values[i] or less
}

// widestCount bounds the values that are counted in an array rather than
// sorted; days and numbers of orders stay below it.
const widestCount = 1 << 20

// distributionOf returns the distribution of values that are not negative.
func distributionOf(values []int32) Distribution {
	var d Distribution
	if len(values) == 0 {
		return d
	}
	total := int32(0)
	enter := func(value int32, count int32) {
		total += count
		if last := len(d.values) - 1; last >= 0 && d.values[last] == int64(value) {
			d.ends[last] = total
			return
		}
		d.values = append(d.values, int64(value))
		d.ends = append(d.ends, total)
	}
	if _, high := bounds(values); high < widestCount {
		counts := make([]int32, high+1)
		for _, v := range values {
			counts[v]++
		}
		for v, count := range counts {
			if count > 0 {
				enter(int32(v), count)
			}
		}
		return d
	}
	ascending := slices.Clone(values)
	slices.Sort(ascending)
	for _, v := range ascending {
		enter(v, 1)
	}
	return d
}

// Customers returns how many customers there are.
func (d Distribution) Customers() int { return d.upTo(len(d.values)) }

// upTo returns how many customers the first i values stand for.
func (d Distribution) upTo(i int) int {
	if d.ends == nil || i == 0 {
		return i
	}
	return int(d.ends[i-1])
}

// notAbove returns how many of d.values are v or less.
func (d Distribution) notAbove(v int64) int {
	return sort.Search(len(d.values), func(i int) bool { return d.values[i] > v })
}

// Min returns the least value, 0 when there is no customer.
func (d Distribution) Min() int64 {
	if len(d.values) == 0 {
		return 0
	}
	return d.values[0]
}

// Max returns the greatest value, 0 when there is no customer.
func (d Distribution) Max() int64 {
	if len(d.values) == 0 {
		return 0
	}
	return d.values[len(d.values)-1]
}

// AtMost returns how many customers have a value of v or less.
func (d Distribution) AtMost(v int64) int { return d.upTo(d.notAbove(v)) }

// At returns the value of the customer at 0 <= rank < Customers, counted from
// the smallest: the last percent begins at At(Customers()*99/100).
func (d Distribution) At(rank int) int64 {
	if d.ends == nil {
		return d.values[rank]
	}
	return d.values[sort.Search(len(d.ends), func(i int) bool { return int(d.ends[i]) > rank })]
}

// Next returns the smallest value above v, and false when there is none: a cut
// raised from v changes nothing until it gets there.
func (d Distribution) Next(v int64) (int64, bool) {
	i := d.notAbove(v)
	if i == len(d.values) {
		return 0, false
	}
	return d.values[i], true
}

// Previous returns the greatest value below v, and false when there is none. A
// cut lowered from v changes nothing until it is below the greatest value
// that is v or less.
func (d Distribution) Previous(v int64) (int64, bool) {
	i := sort.Search(len(d.values), func(i int) bool { return d.values[i] >= v })
	if i == 0 {
		return 0, false
	}
	return d.values[i-1], true
}

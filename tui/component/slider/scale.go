// Package slider draws one measure: a histogram of the customers, the axis
// below it with its cuts, and the ranges between them in words. The area of
// the histogram is the number of customers on a logarithmic axis too.
package slider

import (
	"math"
	"sort"

	"strata/model"
	"strata/tui/session"
)

// Scale lays a measure out on columns. Whole values are cells of their own
// from value−½ to value+½, so that a cut after 13 days lies between 13 and 14.
type Scale struct {
	Log   bool
	unit  float64 // stored units in one shown unit
	lo    float64 // value at the left end
	hi    float64
	width int
}

// tail is the share of customers that may lie beyond an end of a logarithmic
// axis; they are in its outermost range, though not in the picture.
const tail = 0.005

// NewScale lays out a distribution on width columns. The axis is logarithmic
// where four customers of five lie in the lower half of the measure, so that a
// long tail does not press everybody into one corner. unit is how many stored
// units make one shown unit; a measure with a unit of 1 is counted in whole
// units. All cuts lie on the axis.
func NewScale(d session.Distribution, cuts []model.Cut, unit int64, width int) Scale {
	s := Scale{unit: float64(unit), lo: float64(d.Min()) - 0.5, hi: float64(d.Max()) + 0.5, width: width}
	s.Log = d.Max() > 4*unit && float64(quantile(d, 0.8)) < (s.lo+s.hi)/2
	if s.Log {
		s.hi = float64(quantile(d, 1-tail)) + 0.5
		if !s.whole() {
			s.lo = max(float64(quantile(d, tail)), 0)
		}
	}
	for _, c := range cuts {
		// A tenth beyond the cut, so that a range can be seen on either side.
		s.lo = min(s.lo, edge(c)*0.9)
		s.hi = max(s.hi, edge(c)*1.1)
	}
	if s.hi <= s.lo {
		s.hi = s.lo + 1
	}
	return s
}

// whole reports whether the measure is counted in whole units.
func (s Scale) whole() bool { return s.unit == 1 }

// NewLinearScale lays out the whole values lo to hi evenly.
func NewLinearScale(lo, hi int64, width int) Scale {
	return Scale{unit: 1, lo: float64(lo) - 0.5, hi: float64(hi) + 0.5, width: width}
}

// Column returns the column of a cut, wherever its tick is drawn.
func (s Scale) Column(c model.Cut) int { return int(math.Floor(s.column(edge(c)))) }

// quantile returns the lowest value that at least a share p of the customers
// do not exceed.
func quantile(d session.Distribution, p float64) int64 {
	n := len(d.Upto)
	if n == 0 {
		return 0
	}
	want := int64(math.Ceil(p * float64(d.Upto[n-1])))
	i := sort.Search(n, func(i int) bool { return d.Upto[i] >= want })
	return d.Values[min(i, n-1)]
}

// edge is where a cut lies: behind the last value of its lower side.
func edge(c model.Cut) float64 { return float64(c.Whole) + 0.5 }

// transform bends the axis: log(1+v) leaves the small values, where one unit
// matters, more room than the tail but less than a plain logarithm would, and
// knows zero.
func (s Scale) transform(v float64) float64 {
	if s.Log {
		return math.Log1p(max(v/s.unit, -0.9))
	}
	return v
}

// column returns where a value lies, in columns from the left end.
func (s Scale) column(v float64) float64 {
	lo, hi := s.transform(s.lo), s.transform(s.hi)
	return (s.transform(v) - lo) / (hi - lo) * float64(s.width)
}

// value is the inverse of column.
func (s Scale) value(column float64) float64 {
	lo, hi := s.transform(s.lo), s.transform(s.hi)
	v := lo + column/float64(s.width)*(hi-lo)
	if s.Log {
		return math.Expm1(v) * s.unit
	}
	return v
}

// Ticks returns the columns of the cuts: apart, and with a column for every
// range while there is room for that.
func (s Scale) Ticks(cuts []model.Cut) []int {
	apart := 2
	if s.width < 2*len(cuts)+1 {
		apart = 1
	}
	ticks := make([]int, len(cuts))
	for i, c := range cuts {
		ticks[i] = int(math.Round(min(max(s.column(edge(c)), 0), float64(s.width)) - 0.5))
		lowest := apart - 1
		if i > 0 {
			lowest = ticks[i-1] + apart
		}
		ticks[i] = max(ticks[i], lowest)
	}
	highest := s.width - apart
	for i := len(ticks) - 1; i >= 0; i-- {
		ticks[i] = max(min(ticks[i], highest), 0)
		highest = ticks[i] - apart
	}
	return ticks
}

// Density returns, for each column, the customers whose value lies in it.
// Customers of one whole value spread evenly over the columns it covers.
func (s Scale) Density(d session.Distribution) []float64 {
	density := make([]float64, max(s.width, 0))
	if len(d.Values) == 0 {
		return density
	}
	upto := s.cumulative(d)
	before := upto(s.lo)
	for i := range density {
		until := upto(s.value(float64(i + 1)))
		density[i] = max(until-before, 0)
		before = until
	}
	return density
}

// cumulative returns the function that counts the customers below a point of
// the axis, with a value's customers spread along the axis.
func (s Scale) cumulative(d session.Distribution) func(float64) float64 {
	if !s.whole() {
		return func(v float64) float64 { return interpolate(d, v) }
	}
	return func(v float64) float64 {
		whole := math.Floor(v + 0.5)
		below := float64(d.Count(int64(whole) - 1))
		here := float64(d.Count(int64(whole))) - below
		left, right := s.column(whole-0.5), s.column(whole+0.5)
		if right <= left {
			return below
		}
		return below + here*min(max((s.column(v)-left)/(right-left), 0), 1)
	}
}

// interpolate counts the customers up to v, evenly between the distribution's
// own values, which may be blocks of many.
func interpolate(d session.Distribution, v float64) float64 {
	i := sort.Search(len(d.Values), func(i int) bool { return float64(d.Values[i]) > v })
	switch {
	case i == 0:
		return 0
	case i == len(d.Values):
		return float64(d.Upto[i-1])
	}
	from, to := float64(d.Values[i-1]), float64(d.Values[i])
	share := (v - from) / (to - from)
	return float64(d.Upto[i-1]) + share*float64(d.Upto[i]-d.Upto[i-1])
}

package suggest

import (
	"context"
	"math/bits"
	"sync"

	"strata/model"
)

// Jenks returns the natural breaks of the measure: of all ways to part its
// values into levels classes the one with the least sum of squared deviations
// from the means of the classes, every customer counting once. It is exact,
// whatever the number of values.
//
// The classes are those of W. D. Fisher, "On Grouping for Maximum Homogeneity",
// JASA 53 (1958), used for maps by G. F. Jenks, "The Data Model Concept in
// Statistical Mapping" (1967). The best last break moves only up as values are
// added, so that each class more takes O(n log n) by divide and conquer.
// Error: Cancelled.
func (c *Column) Jenks(ctx context.Context, levels int) ([]model.Cut, error) {
	n := len(c.values)
	classes := min(levels, n)
	before := make([]square, n+1) // before[j]: the best of the first j values, in one class less
	for j := 1; j <= n; j++ {
		before[j] = c.between(0, j)
	}
	breaks := make([][]int32, classes+1) // breaks[k][j]: where the last of k classes of j values begins
	now := make([]square, n+1)
	for k := 2; k <= classes; k++ {
		breaks[k] = make([]int32, n+1)
		layer := layer{column: c, before: before, now: now, breaks: breaks[k], alone: n / 8}
		from := k
		if k == classes {
			from = n // nobody asks for less
		}
		layer.divide(ctx, from, n, k-1, n-1)
		if err := ctx.Err(); err != nil {
			return nil, model.Errorf(model.Cancelled, "the natural breaks were stopped: {cause}", "cause", err)
		}
		before, now = now, before
	}
	ends := make([]int, classes-1)
	for j, k := n, classes; k > 1; k-- {
		j = int(breaks[k][j])
		ends[k-2] = j
	}
	return c.cutsAfter(ends, levels-1), nil
}

// layer is the search for the best classes with one class more than before.
type layer struct {
	column      *Column
	before, now []square
	breaks      []int32
	alone       int // so many values are not shared out among goroutines
}

// divide finds the best last break for the first lo..hi values, which is known
// to lie from first to last: first the one in the middle, then those on either
// side of it, between narrower bounds.
func (l *layer) divide(ctx context.Context, lo, hi, first, last int) {
	if lo > hi || ctx.Err() != nil {
		return
	}
	middle := (lo + hi) / 2
	best, at := square{}, -1
	for i := first; i <= min(last, middle-1); i++ {
		if sum := l.before[i].plus(l.column.between(i, middle)); at < 0 || best.less(sum) {
			best, at = sum, i
		}
	}
	l.now[middle], l.breaks[middle] = best, int32(at)
	if hi-lo <= l.alone {
		l.divide(ctx, lo, middle-1, first, at)
		l.divide(ctx, middle+1, hi, at, last)
		return
	}
	var running sync.WaitGroup
	running.Go(func() { l.divide(ctx, lo, middle-1, first, at) })
	l.divide(ctx, middle+1, hi, at, last)
	running.Wait()
}

// square is a number of 128 bits with 64 more after the point. Sums of squares
// of money do not fit fewer, and what a float would round away decides between
// neighbouring breaks.
type square struct{ high, low, part uint64 }

// between returns (Σv)²/n over the customers of a class, the values from i to
// j-1: with Σv² the same for all ways to class them, the least sum of squared
// deviations is where these add up to most.
func (c *Column) between(i, j int) square {
	before, sumBefore := c.upTo(i)
	n, sum := uint64(c.customers[j-1]-before), c.sum[j-1]-sumBefore
	if sum < 0 {
		sum = -sum
	}
	high, low := bits.Mul64(uint64(sum), uint64(sum))
	var s square
	s.high, high = high/n, high%n
	s.low, high = bits.Div64(high, low, n)
	s.part, _ = bits.Div64(high, 0, n)
	return s
}

func (s square) plus(t square) square {
	part, carry := bits.Add64(s.part, t.part, 0)
	low, carry := bits.Add64(s.low, t.low, carry)
	high, _ := bits.Add64(s.high, t.high, carry)
	return square{high, low, part}
}

func (s square) less(t square) bool {
	switch {
	case s.high != t.high:
		return s.high < t.high
	case s.low != t.low:
		return s.low < t.low
	}
	return s.part < t.part
}

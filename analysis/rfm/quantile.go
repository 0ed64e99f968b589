package rfm

import (
	"math/bits"
	"slices"

	"strata/model"
)

// integer is the type of a measure's column.
type integer interface{ ~int32 | ~int64 }

// quantileCuts returns the quantiles 1/levels … (levels-1)/levels of values, at
// least one, as exact cuts: type 7 of R. J. Hyndman and Y. Fan, "Sample
// Quantiles in Statistical Packages", The American Statistician 50 (1996). With
// v sorted from v[0] and (n-1)k = j·levels + g,
//
//	cut k = (v[j]·(levels-g) + v[j+1]·g) / levels
func quantileCuts[T integer](values []T, levels int) []model.Cut {
	ranks := make([]int, 0, 2*levels)
	for k := 1; k < levels; k++ {
		j, _ := quantileRank(len(values), k, levels)
		ranks = append(ranks, j, min(j+1, len(values)-1))
	}
	slices.Sort(ranks)
	ranks = slices.Compact(ranks)
	at := orderStatistics(values, ranks)
	cuts := make([]model.Cut, 0, levels-1)
	for k := 1; k < levels; k++ {
		j, g := quantileRank(len(values), k, levels)
		lower, _ := slices.BinarySearch(ranks, j)
		upper, _ := slices.BinarySearch(ranks, min(j+1, len(values)-1))
		cuts = append(cuts, between(int64(at[lower]), int64(at[upper]), g, levels))
	}
	return cuts
}

// quantileRank returns the rank j just below the quantile k/levels of n values
// and the part g/levels of the way to the next.
func quantileRank(n, k, levels int) (j, g int) {
	return (n - 1) * k / levels, (n - 1) * k % levels
}

// between returns low + (high-low)·g/levels for low <= high and 0 <= g <
// levels, with a reduced fraction. The product takes 128 bits.
func between(low, high int64, g, levels int) model.Cut {
	hi, lo := bits.Mul64(uint64(high)-uint64(low), uint64(g))
	whole, rest := bits.Div64(hi, lo, uint64(levels))
	divisor := gcd(int(rest), levels)
	return model.Cut{
		Whole: low + int64(whole),
		Num:   int32(int(rest) / divisor),
		Den:   int32(levels / divisor),
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// smallSelection is how many values are sorted rather than counted.
const smallSelection = 1 << 11

// orderStatistics returns the values at the given ranks (from 0, ascending,
// without repeats) of values, which it leaves as they are. It counts the
// values into equal ranges and looks again, in the same way, only at the
// values in ranges that a rank falls into. Days and counts need no second look.
func orderStatistics[T integer](values []T, ranks []int) []T {
	if len(ranks) == 0 {
		return nil
	}
	if len(values) <= smallSelection {
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		found := make([]T, len(ranks))
		for i, rank := range ranks {
			found[i] = sorted[rank]
		}
		return found
	}
	h := newHistogram(values)
	groups := h.groups(ranks)
	if h.shift > 0 {
		h.collect(values, groups)
	}
	found := make([]T, 0, len(ranks))
	for _, g := range groups {
		if h.shift == 0 {
			for range g.ranks {
				found = append(found, T(int64(h.low)+int64(g.bucket)))
			}
			continue
		}
		found = append(found, orderStatistics(g.values, g.ranks)...)
	}
	return found
}

// histogram counts values in ranges of 1<<shift, beginning at low.
type histogram[T integer] struct {
	low    T
	shift  int
	counts []int
}

// histogramBits bounds the number of ranges so that the counts stay in the
// processor's nearest cache.
const histogramBits = 12

func newHistogram[T integer](values []T) *histogram[T] {
	low, high := bounds(values)
	width := uint64(int64(high)) - uint64(int64(low))
	h := &histogram[T]{low: low, shift: max(0, bits.Len64(width)-histogramBits)}
	h.counts = make([]int, 1<<histogramBits)
	for _, v := range values {
		h.counts[h.bucket(v)]++
	}
	return h
}

// bucket returns the range v lies in; the mask only tells the compiler what
// the shift has seen to.
func (h *histogram[T]) bucket(v T) int {
	return int((uint64(int64(v))-uint64(int64(h.low)))>>h.shift) & (1<<histogramBits - 1)
}

// group is a range that ranks fall into.
type group[T integer] struct {
	bucket int
	ranks  []int // counted from the first value of the range
	values []T
}

func (h *histogram[T]) groups(ranks []int) []group[T] {
	var groups []group[T]
	bucket, before := 0, 0
	for _, rank := range ranks {
		for rank >= before+h.counts[bucket] {
			before += h.counts[bucket]
			bucket++
		}
		if len(groups) == 0 || groups[len(groups)-1].bucket != bucket {
			groups = append(groups, group[T]{bucket: bucket})
		}
		last := &groups[len(groups)-1]
		last.ranks = append(last.ranks, rank-before)
	}
	return groups
}

// collect fills the values of each group.
func (h *histogram[T]) collect(values []T, groups []group[T]) {
	const unwanted = 255
	wanted := slices.Repeat([]uint8{unwanted}, len(h.counts))
	for i := range groups {
		wanted[groups[i].bucket] = uint8(i)
		groups[i].values = make([]T, 0, h.counts[groups[i].bucket])
	}
	for _, v := range values {
		if g := wanted[h.bucket(v)]; g != unwanted {
			groups[g].values = append(groups[g].values, v)
		}
	}
}

func bounds[T integer](values []T) (low, high T) {
	low, high = values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	return low, high
}

package sensitivity

import (
	"context"
	"math"
	"slices"
	"sort"

	"strata/analysis/rfm"
	"strata/model"
)

// Measure answers for the cuts of one measure under one rule. It is immutable.
type Measure struct {
	table        *rfm.Table
	distribution rfm.Distribution
	floors       []int64  // Whole of every cut, ascending
	counts       [][]bool // by number of cuts passed and pair: one more makes another segment
}

// NewMeasure prepares the cuts that rule has on an axis, for the customers of
// index. The rule must score the axis [rfm.Rule.ByCuts]: otherwise there is no line
// to move. Error: Cancelled.
func NewMeasure(ctx context.Context, index *rfm.Index, a model.Axis, rule *rfm.Rule) (*Measure, error) {
	if !rule.ByCuts(a) {
		panic("sensitivity: " + a.String() + " has no line to move")
	}
	table, err := rfm.NewTable(ctx, index, a, rule)
	if err != nil {
		return nil, err
	}
	m := &Measure{table: table, distribution: index.Distribution(a)}
	for passed, cut := range rule.Cuts[a] {
		m.floors = append(m.floors, cut.Whole)
		counts := make([]bool, table.Pairs())
		for pair := range counts {
			counts[pair] = key(rule, table.Cell(pair, passed)) != key(rule, table.Cell(pair, passed+1))
		}
		m.counts = append(m.counts, counts)
	}
	return m, nil
}

func key(rule *rfm.Rule, cell int) model.SegmentKey { return rule.Segments[rule.Segment(cell)].Key() }

// Moved returns who is reclassified when a cut, from 0 and ascending, moves to a
// position between its neighbours: customers and their revenue.
func (m *Measure) Moved(cut int, to model.Cut) rfm.Flow {
	from := m.floors[cut]
	return m.between(m.counts[cut], min(from, to.Whole), max(from, to.Whole))
}

// between adds up those who count and whose value lies above lo and not above
// hi.
func (m *Measure) between(counts []bool, lo, hi int64) rfm.Flow {
	return gained(counts, m.table.Upto(lo), m.table.Upto(hi))
}

// gained adds up those who count and are in upto but not in below.
func gained(counts []bool, below, upto []rfm.Flow) (sum rfm.Flow) {
	for pair, does := range counts {
		if does {
			sum.Customers += upto[pair].Customers - below[pair].Customers
			sum.Revenue += upto[pair].Revenue - below[pair].Revenue
		}
	}
	return sum
}

// NextUp returns the nearest position above a cut, at most limit, at which
// anybody is reclassified, and who that is; false if nobody is as far as that.
func (m *Measure) NextUp(cut int, limit int64) (to model.Cut, who rfm.Flow, ok bool) {
	from := m.floors[cut]
	first, end := m.distribution.AtMost(from), m.distribution.AtMost(limit)
	n := max(end-first, 0)
	i := sort.Search(n, func(i int) bool {
		return m.between(m.counts[cut], from, m.distribution.At(first+i)).Customers > 0
	})
	if i == n {
		return model.Cut{}, rfm.Flow{}, false
	}
	to = model.WholeCut(m.distribution.At(first + i))
	return to, m.Moved(cut, to), true
}

// NextDown is NextUp for positions below the cut, at least limit. A cut lowered
// to a customer's value does not pass him yet.
func (m *Measure) NextDown(cut int, limit int64) (to model.Cut, who rfm.Flow, ok bool) {
	from := m.floors[cut]
	first, end := m.distribution.AtMost(limit), m.distribution.AtMost(from)
	n := max(end-first, 0)
	i := sort.Search(n, func(i int) bool {
		return m.between(m.counts[cut], m.distribution.At(end-1-i)-1, from).Customers > 0
	})
	if i == n {
		return model.Cut{}, rfm.Flow{}, false
	}
	to = model.WholeCut(m.distribution.At(end-1-i) - 1)
	return to, m.Moved(cut, to), true
}

// Tie returns the greatest value on the lower side of a cut and how many
// customers have it: they stand on the line, and a cut that passes one of them
// passes all. It is false where nobody is on that side.
func (m *Measure) Tie(cut int) (value, customers int64, ok bool) {
	end := m.distribution.AtMost(m.floors[cut])
	if end == 0 {
		return 0, 0, false
	}
	value = m.distribution.At(end - 1)
	return value, int64(end - m.distribution.AtMost(value-1)), true
}

// Strips returns for every cut, and each of some ascending values, how many
// customers up to that value would be reclassified if the cut came along and
// passed them, all other cuts standing where they are. Where it would stand
// beyond a neighbour it divides the scores that are divided there. So the strip
// of a cut is the same wherever the cut itself stands.
func (m *Measure) Strips(values []int64) [][]int64 {
	strips := make([][]int64, len(m.floors))
	if len(values) == 0 {
		return strips
	}
	points := slices.Clone(values)
	for _, floor := range m.floors {
		if floor < values[len(values)-1] {
			points = append(points, floor) // no stretch between two points has a cut inside
		}
	}
	slices.Sort(points)
	sums := make([]int64, len(m.floors))
	below := m.table.Upto(math.MinInt64)
	for _, point := range slices.Compact(points) {
		upto := m.table.Upto(point)
		for cut := range sums {
			sums[cut] += gained(m.counts[m.passedBelow(point, cut)], below, upto).Customers
		}
		below = upto
		if _, wanted := slices.BinarySearch(values, point); !wanted {
			continue
		}
		for cut, sum := range sums {
			strips[cut] = append(strips[cut], sum)
		}
	}
	return strips
}

// passedBelow returns how many cuts lie below a value, one of them left out.
func (m *Measure) passedBelow(value int64, without int) int {
	passed := 0
	for cut, floor := range m.floors {
		if cut != without && floor < value {
			passed++
		}
	}
	return passed
}

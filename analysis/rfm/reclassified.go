package rfm

import (
	"math"
	"slices"

	"strata/model"
)

// Reclassified adds up the customers of one base who are in another segment
// under the labels now than before. Customers who are absent from either are
// left out.
func Reclassified(before, now *Labels) Flow {
	if before.base != now.base {
		panic("rfm: labels of two bases are compared")
	}
	absent := len(before.Segments)
	moved := make([]bool, (absent+1)*(len(now.Segments)+1))
	for b, was := range before.Segments {
		for n, is := range now.Segments {
			moved[b*(len(now.Segments)+1)+n] = was.Key() != is.Key()
		}
	}
	var sum Flow
	for row, of := range now.Of {
		if moved[int(before.Of[row])*(len(now.Segments)+1)+int(of)] {
			sum.add(Flow{Customers: 1, Revenue: model.Money(now.base.Revenue[row])})
		}
	}
	return sum
}

// Reclassified is what the function of that name says of two rules that give
// everybody the same scores and hold nobody, without looking at a customer; ok is
// false for others. f must have the cuts of both.
func (f *Figures) Reclassified(before, now *Rule) (moved Flow, ok bool) {
	if before.holding != nil || now.holding != nil || !before.ScoresLike(now) {
		return Flow{}, false
	}
	for cell, a := range f.Cells {
		if before.Segments[before.cells[cell]].Key() != now.Segments[now.cells[cell]].Key() {
			moved.add(a.Flow)
		}
	}
	return moved, true
}

// Reclassified is what the function of that name says of two rules that differ
// in the cuts of the table's axis, and perhaps in their maps, without looking at
// a customer; ok is false for others, and where somebody is held or equal values
// are split.
func (t *Table) Reclassified(before, now *Rule) (moved Flow, ok bool) {
	for _, rule := range []*Rule{before, now} {
		if rule.holding != nil || !rule.ByCuts(t.axis) || !t.Fits(t.index, rule) {
			return Flow{}, false
		}
	}
	ends := slices.Concat(before.floors[t.axis], now.floors[t.axis], []int64{math.MaxInt64})
	slices.Sort(ends)
	var passed [2]int // cuts below the values between two ends, before and now
	below := make([]Flow, t.Pairs())
	for _, end := range slices.Compact(ends) {
		upTo := t.Upto(end)
		for pair, flow := range upTo {
			was := before.Segments[before.cells[t.Cell(pair, passed[0])]]
			is := now.Segments[now.cells[t.Cell(pair, passed[1])]]
			if was.Key() != is.Key() {
				moved.add(Flow{Customers: flow.Customers - below[pair].Customers, Revenue: flow.Revenue - below[pair].Revenue})
			}
		}
		below = upTo
		for i, rule := range []*Rule{before, now} {
			for passed[i] < len(rule.floors[t.axis]) && rule.floors[t.axis][passed[i]] <= end {
				passed[i]++
			}
		}
	}
	return moved, true
}

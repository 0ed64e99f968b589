package rfm

import (
	"context"
	"math"

	"strata/model"
)

// Labels are the segments that a rule, usually the baseline's, gives to the
// customers of one Base. They are immutable.
type Labels struct {
	Segments []model.Segment
	Of       []uint8 // index into Segments for each row of the base; len(Segments) = absent
	Gone     []Flow  // for each of Segments, labelled customers who are no rows of the base
	base     *Base
}

// Assign labels every customer of base with the segment rule gives.
func Assign(base *Base, rule *Rule) *Labels { return assign(base, rule, nil) }

// AssignCells is Assign, and returns the cell of every customer besides.
func AssignCells(base *Base, rule *Rule) (*Labels, []uint16) {
	cells := make([]uint16, base.Len())
	return assign(base, rule, cells), cells
}

// assign labels every customer, and enters the cells unless cells is nil.
func assign(base *Base, rule *Rule, cells []uint16) *Labels {
	l := &Labels{
		Segments: rule.Segments,
		Of:       make([]uint8, base.Len()),
		Gone:     make([]Flow, len(rule.Segments)),
		base:     base,
	}
	rule.on(base)
	c := columnsOf(base, nil)
	scoring := cellScoring(rule)
	parts := partsOf(c.len())
	_ = parallel(context.Background(), parts, func(part int) {
		lo, hi := span(c.len(), parts, part)
		scoring.blocks(c, lo, hi, func(at int, keys []uint32) {
			for i, cell := range keys {
				l.Of[at+i] = rule.cells[cell]
			}
			if cells == nil {
				return
			}
			for i, cell := range keys {
				cells[at+i] = uint16(cell)
			}
		})
	})
	if rule.holding != nil {
		for _, k := range rule.holding.kept {
			l.Of[k.row] = k.to
		}
	}
	return l
}

// On returns the labels for the rows of another base of the same workspace. A
// customer there without a label is absent; a labelled customer who is not
// there is counted in Gone, with the revenue the labelled base has for it.
func (l *Labels) On(base *Base) *Labels {
	if base == l.base {
		return l
	}
	on := &Labels{Segments: l.Segments, Of: make([]uint8, base.Len()), Gone: make([]Flow, len(l.Segments)), base: base}
	absent := uint8(len(l.Segments))
	from := 0
	gone := func(until int32) {
		for ; from < l.base.Len() && l.base.Customer[from] < until; from++ {
			if of := l.Of[from]; of != absent {
				on.Gone[of].add(Flow{Customers: 1, Revenue: model.Money(l.base.Revenue[from])})
			}
		}
	}
	for row, customer := range base.Customer {
		gone(customer)
		on.Of[row] = absent
		if from < l.base.Len() && l.base.Customer[from] == customer {
			on.Of[row] = l.Of[from]
			from++
		}
	}
	gone(math.MaxInt32)
	return on
}

// Sides counts the customers who are on one side only: gone are labelled but no
// rows of the base, come are rows without a label.
func (l *Labels) Sides() (gone, come int64) {
	for _, flow := range l.Gone {
		gone += flow.Customers
	}
	absent := uint8(len(l.Segments))
	for _, of := range l.Of {
		if of == absent {
			come++
		}
	}
	return gone, come
}

// Differ counts the customers of base that two rules give different scores.
func Differ(base *Base, a, b *Rule) int {
	a.on(base)
	b.on(base)
	c := columnsOf(base, nil)
	var of [2]scoring
	for i, rule := range []*Rule{a, b} {
		for axis := range model.Axes {
			of[i] = append(of[i], newScorer(rule, axis, scoreStride(axis)))
		}
	}
	parts := partsOf(c.len())
	counts := make([]int, parts)
	_ = parallel(context.Background(), parts, func(part int) {
		lo, hi := span(c.len(), parts, part)
		of[0].blocks(c, lo, hi, func(at int, keys []uint32) {
			var buffer [block]uint32
			others := buffer[:len(keys)]
			of[1].score(c, at, others)
			for i := range keys {
				if keys[i] != others[i] {
					counts[part]++
				}
			}
		})
	})
	differ := 0
	for _, n := range counts {
		differ += n
	}
	return differ
}

// scoreStride makes keys of scores that mean the same under any levels.
func scoreStride(a model.Axis) int {
	return [model.Axes]int{model.MaxLevels * model.MaxLevels, model.MaxLevels, 1}[a]
}

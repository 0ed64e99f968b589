package rfm

import (
	"context"
	"runtime"
	"slices"

	"strata/model"
)

// maxRows bounds the rows of a table, and blockRows is how many customers at
// least make one row where a row is a block of customers. A row takes 5.4 KB
// with five scores a measure and a baseline of ten segments, so a table has no
// more than 22 MB whatever the number of customers (71 MB with nine scores).
const (
	maxRows   = 4096
	blockRows = 512
)

// Table holds running totals along one axis for each pair of scores on the
// other two, so that any position of the cuts on its axis is answered in
// microseconds, exactly. It is immutable.
//
// Where the axis has few values, a row is a value. Otherwise a row is a block of
// customers in the order of the axis, and the block that a cut falls into is
// added up to the cut.
type Table struct {
	index *Index
	axis  model.Axis
	rule  *Rule   // its cuts on the other two axes hold
	pairs scoring // by the other two axes
	cells []int   // for each pair, its cell with score 1 on the axis
	block int     // customers in a row, 0 when a row is a value
	total *ledger // row r, pair p at r*len(cells)+p: all customers before row r
}

// NewTable makes the table of an axis for the cuts that rule has on the other
// two axes. Error: Cancelled.
func NewTable(ctx context.Context, x *Index, a model.Axis, rule *Rule) (*Table, error) {
	rule.on(x.base)
	t := &Table{index: x, axis: a, rule: rule}
	t.pairs, t.cells = pairScoring(rule, a)
	fill := t.fillValues
	if x.byAxis[a] != nil {
		fill = t.fillBlocks
	}
	if err := fill(ctx); err != nil {
		return nil, err
	}
	t.total.accumulate(len(t.cells))
	return t, nil
}

// pairScoring returns the scoring of the two axes besides a, and for each pair
// of their scores the cell it makes with score 1 on a.
func pairScoring(rule *Rule, a model.Axis) (scoring, []int) {
	var pairs scoring
	stride := rule.Cells() / rule.Levels[a]
	cells := make([]int, stride)
	for other := model.Recency; other < model.Axes; other++ {
		if other == a {
			continue
		}
		stride /= rule.Levels[other]
		pairs = append(pairs, newScorer(rule, other, stride))
		for pair := range cells {
			cells[pair] += pair / stride % rule.Levels[other] * rule.stride(other)
		}
	}
	return pairs, cells
}

// fillBlocks adds every block of customers up in the row after its own, so
// that running totals hold what lies before a row.
func (t *Table) fillBlocks(ctx context.Context) error {
	customers := t.index.byAxis[t.axis]
	n := customers.len()
	t.block = max(blockRows, (n+maxRows-1)/maxRows)
	rows := (n + t.block - 1) / t.block
	t.total = newLedger((rows+1)*len(t.cells), t.index.baseline)
	parts := min(rows, partsOf(n))
	return parallel(ctx, parts, func(part int) {
		first, end := span(rows, parts, part)
		for row := first; row < end; row++ {
			after := t.total.row(row+1, len(t.cells))
			t.pairs.blocks(customers, row*t.block, min(n, (row+1)*t.block), func(at int, keys []uint32) {
				after.add(customers, at, keys)
			})
		}
	})
}

// fillValues adds every customer up in the row after that of its value. Rows
// are met in any order, so each processor has a table of its own, up to a few.
func (t *Table) fillValues(ctx context.Context) error {
	customers := t.index.byValue
	values := t.index.distributions[t.axis].values
	t.total = newLedger((len(values)+1)*len(t.cells), t.index.baseline)
	if len(values) == 0 {
		return nil
	}
	rows := scorer{axis: t.axis, lookup: make([]uint32, values[len(values)-1]+1)}
	for row, value := range values {
		rows.lookup[value] = uint32((row + 1) * len(t.cells))
	}
	keys := append(slices.Clone(t.pairs), rows)

	const mostTables = 4
	n := customers.len()
	parts := min(partsOf(n), runtime.GOMAXPROCS(0), mostTables)
	tables := make([]*ledger, parts)
	err := parallel(ctx, parts, func(part int) {
		tables[part] = t.total
		if part > 0 {
			tables[part] = newLedger((len(values)+1)*len(t.cells), t.index.baseline)
		}
		lo, hi := span(n, parts, part)
		keys.blocks(customers, lo, hi, func(at int, keys []uint32) { tables[part].add(customers, at, keys) })
	})
	if err != nil {
		return err
	}
	for _, table := range tables[1:] {
		t.total.merge(table)
	}
	return nil
}

// Axis returns the axis whose cuts the table can move.
func (t *Table) Axis() model.Axis { return t.axis }

// Fits reports whether the table answers for rule on x: same customers, same
// baseline, same levels, and the same cuts on the other two axes.
func (t *Table) Fits(x *Index, rule *Rule) bool {
	if t.index != x || t.rule.Levels != rule.Levels {
		return false
	}
	for a := model.Recency; a < model.Axes; a++ {
		if a != t.axis && !t.rule.scoresAxisLike(rule, a) {
			return false
		}
	}
	return true
}

// Tally returns the same figures as the plain pass for a rule that [Table.Fits].
// It is the plain pass where the rule splits equal values on the table's axis:
// no position of a cut does that.
func (t *Table) Tally(rule *Rule) *Figures {
	baseline := t.index.baseline
	if rule.given[t.axis] != nil {
		return Tally(t.index.base, rule, baseline)
	}
	cells := newLedger(rule.Cells(), baseline)
	stride := rule.stride(t.axis)
	last := len(t.total.sums)/len(t.cells) - 1
	var scratch [2]*ledger // two, since a band lies between two of them
	if t.block > 0 {
		scratch = [2]*ledger{newLedger(len(t.cells), baseline), newLedger(len(t.cells), baseline)}
	}
	var below ledger
	upTo := t.total.row(0, len(t.cells))
	for passed := range rule.Levels[t.axis] {
		below, upTo = upTo, t.total.row(last, len(t.cells))
		if passed < len(rule.floors[t.axis]) {
			upTo = t.before(rule.floors[t.axis][passed], scratch[passed%2])
		}
		shift := (rule.scoreAbove(t.axis, passed) - 1) * stride
		for pair, cell := range t.cells {
			cells.setDifference(cell+shift, &upTo, &below, pair)
		}
	}
	return cells.figures(baseline)
}

// Pairs returns how many pairs of scores there are on the two axes besides the
// table's.
func (t *Table) Pairs() int { return len(t.cells) }

// Upto returns, for each pair of scores on the other two axes, the customers
// with a value of v or less on the table's axis, and their revenue.
func (t *Table) Upto(v int64) []Flow {
	var scratch *ledger
	if t.block > 0 {
		scratch = newLedger(len(t.cells), t.index.baseline)
	}
	before := t.before(v, scratch)
	flows := make([]Flow, len(t.cells))
	for pair := range flows {
		for _, flow := range before.flows[pair*before.labels:][:before.labels] {
			flows[pair].add(flow)
		}
	}
	return flows
}

// Cell returns the cell of a pair of scores with a value that lies above so many
// of the cuts on the table's axis.
func (t *Table) Cell(pair, passed int) int {
	return t.cells[pair] + (t.rule.scoreAbove(t.axis, passed)-1)*t.rule.stride(t.axis)
}

// before returns what all customers with a value of floor or less add up to,
// by pair. Where that is not a row, it is made in scratch.
func (t *Table) before(floor int64, scratch *ledger) ledger {
	distribution := t.index.distributions[t.axis]
	if t.block == 0 {
		return t.total.row(distribution.notAbove(floor), len(t.cells))
	}
	end := distribution.AtMost(floor)
	row := end / t.block
	whole := t.total.row(row, len(t.cells))
	if row*t.block == end {
		return whole
	}
	copy(scratch.sums, whole.sums)
	copy(scratch.flows, whole.flows)
	customers := t.index.byAxis[t.axis]
	t.pairs.blocks(customers, row*t.block, end, func(at int, keys []uint32) { scratch.add(customers, at, keys) })
	return *scratch
}

package rfm

import "strata/model"

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

// Splits reports whether the method of an axis gives customers with equal
// values different scores, as ntile and nested groups do: no position of a cut
// does that, so there is no line between its scores.
func (r *Rule) Splits(a model.Axis) bool { return r.given[a] != nil }

// WithValueCuts returns the rule with MID and HIGH beginning elsewhere, at value
// scores that [NewRule] would take, and without the customers it holds. The map
// must be one whose tiers follow from the value score.
func (r *Rule) WithValueCuts(cuts [2]int) *Rule {
	other := *r.Plain()
	other.Segments = nil
	other.Value.Cuts, other.Value.Shares = cuts, [2]int{}
	other.drawCells()
	return &other
}

// HeavyTie reports whether so many of n customers with one and the same value
// are too many to have a cut beside it.
func HeavyTie(on, n int) bool { return n > 0 && on*100 >= n*heavyTiePercent }

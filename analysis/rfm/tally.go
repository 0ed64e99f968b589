package rfm

import "context"

// Tally is the plain pass: it scores every customer of base and adds up the
// cells. baseline may be nil; labels of another base make it panic.
func Tally(base *Base, rule *Rule, baseline *Labels) *Figures {
	rule.on(base)
	c := columnsOf(base, baseline)
	scoring := cellScoring(rule)
	parts := partsOf(c.len())
	ledgers := make([]*ledger, parts)
	_ = parallel(context.Background(), parts, func(part int) {
		l := newLedger(rule.Cells(), baseline)
		lo, hi := span(c.len(), parts, part)
		scoring.blocks(c, lo, hi, func(at int, keys []uint32) { l.add(c, at, keys) })
		ledgers[part] = l
	})
	for _, l := range ledgers[1:] {
		ledgers[0].merge(l)
	}
	return ledgers[0].figures(baseline)
}

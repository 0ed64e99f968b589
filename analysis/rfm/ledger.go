package rfm

import "strata/model"

// ledger adds customers up under numbered keys, with their baseline label
// apart where it is wanted. Customers and revenue are kept per label only.
type ledger struct {
	labels int    // at least 1
	flows  []Flow // by key × labels + label
	sums   []Sums // by key
}

// newLedger makes a ledger for so many keys and for the labels of a baseline,
// which may be nil.
func newLedger(keys int, baseline *Labels) *ledger {
	labels := 1
	if baseline != nil {
		labels = len(baseline.Segments) + 1
	}
	return &ledger{labels: labels, flows: make([]Flow, keys*labels), sums: make([]Sums, keys)}
}

// add enters the customers from row lo on, at most a block, each under its key.
func (l *ledger) add(c *columns, lo int, keys []uint32) {
	n := len(keys)
	var unlabelled [block]uint8 // without a baseline all have the only label
	label := unlabelled[:n]
	if c.label != nil {
		label = c.label[lo : lo+n]
	}
	recency, frequency, orders := c.recency[lo:lo+n], c.frequency[lo:lo+n], c.orders[lo:lo+n]
	monetary, revenue, repeats := c.monetary[lo:lo+n], c.revenue[lo:lo+n], c.repeats[lo:lo+n]
	for i, key := range keys {
		flow := &l.flows[int(key)*l.labels+int(label[i])]
		flow.Customers++
		flow.Revenue += model.Money(revenue[i])
		sums := &l.sums[key]
		sums.Orders += int64(orders[i])
		sums.Repeaters += int64(above(repeats[i], 1))
		sums.Recency += int64(recency[i])
		sums.Frequency += int64(frequency[i])
		sums.Monetary += monetary[i]
	}
}

// merge enters everything in other, which has the same keys and labels.
func (l *ledger) merge(other *ledger) {
	for i := range other.flows {
		l.flows[i].add(other.flows[i])
	}
	for i := range other.sums {
		l.sums[i].add(other.sums[i])
	}
}

// accumulate turns rows of so many keys into running totals: afterwards each
// row holds itself and all rows before it.
func (l *ledger) accumulate(keys int) {
	for i := keys; i < len(l.sums); i++ {
		l.sums[i].add(l.sums[i-keys])
	}
	for i := keys * l.labels; i < len(l.flows); i++ {
		l.flows[i].add(l.flows[i-keys*l.labels])
	}
}

// row returns the part of a ledger of rows of so many keys that is one row.
func (l *ledger) row(row, keys int) ledger {
	return ledger{
		labels: l.labels,
		flows:  l.flows[row*keys*l.labels : (row+1)*keys*l.labels],
		sums:   l.sums[row*keys : (row+1)*keys],
	}
}

// setDifference enters, under key, what a has more than b under from.
func (l *ledger) setDifference(key int, a, b *ledger, from int) {
	l.sums[key] = a.sums[from].minus(b.sums[from])
	flows := l.flows[key*l.labels : (key+1)*l.labels]
	of, less := a.flows[from*l.labels:], b.flows[from*l.labels:]
	for i := range flows {
		flows[i] = of[i].minus(less[i])
	}
}

// figures returns the ledger, whose keys are cells, as figures.
func (l *ledger) figures(baseline *Labels) *Figures {
	f := &Figures{Cells: make([]Aggregate, len(l.sums)), baseline: baseline}
	for cell := range f.Cells {
		f.Cells[cell].Sums = l.sums[cell]
		for _, flow := range l.flows[cell*l.labels : (cell+1)*l.labels] {
			f.Cells[cell].Flow.add(flow)
		}
	}
	if baseline != nil {
		f.Flows = l.flows
	}
	return f
}

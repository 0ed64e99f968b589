package rfm

import (
	"context"

	"strata/model"
)

// A Visitor is told of one row of a base: the customer's orders whose value is part
// of their revenue, in the order of their days, and which of them count as orders.
// What each was worth adds up to Revenue[row], and those that count to Orders[row].
// The slices are the visitor's only until it returns.
type Visitor func(row int, day []model.Day, worth []model.Money, counts []bool)

// Visit goes through the orders that the base was measured on, customer by
// customer. The rows are cut into parts of neighbours, in their order; visitor is
// called once for each part, one after the other, before any orders are looked at.
// What it returns is then called for every row of its part, ascending, from one
// goroutine, while other parts run beside it: a visitor that keeps to sums of its
// own needs no lock.
//
// The orders are those that [Base.Verdicts] calls Counts, PureReturn and
// WorthNothing. orders and customers are those the base was measured on. Errors:
// those of [Measure].
func (b *Base) Visit(ctx context.Context, orders *model.Orders, customers *model.Customers, visitor func() Visitor) error {
	spec := b.Spec
	spec.AsOf, spec.Monetary = b.AsOf, model.MonetarySum // nobody asks for costs
	m, err := newMeasuring(ctx, orders, customers, spec)
	if err != nil {
		return err
	}
	visitors := make([]Visitor, partsOf(orders.Len()))
	for part := range visitors {
		visitors[part] = visitor()
	}
	return parallel(ctx, len(visitors), func(part int) {
		var seen visited
		for row, end := span(b.Len(), len(visitors), part); row < end; row++ {
			seen.read(m, int(b.Customer[row]))
			visitors[part](row, seen.day, seen.worth, seen.counts)
		}
	})
}

// LastOrders returns for every row the place of the customer's last order that counts,
// among the orders that the base was measured on. Errors: those of [Measure].
func (b *Base) LastOrders(ctx context.Context, orders *model.Orders, customers *model.Customers) ([]int32, error) {
	spec := b.Spec
	spec.AsOf, spec.Monetary = b.AsOf, model.MonetarySum
	m, err := newMeasuring(ctx, orders, customers, spec)
	if err != nil {
		return nil, err
	}
	last, parts := make([]int32, b.Len()), partsOf(orders.Len())
	err = parallel(ctx, parts, func(part int) {
		for row, end := span(b.Len(), parts, part); row < end; row++ {
			i := m.Start[b.Customer[row]+1] - 1
			for m.verdict(int(i), true) != Counts { // a row has an order that does
				i--
			}
			last[row] = i
		}
	})
	return last, err
}

// visited are the orders of the customer who is visited.
type visited struct {
	day    []model.Day
	worth  []model.Money
	counts []bool
}

// read takes up the orders of a customer who meets the conditions.
func (v *visited) read(m *measuring, customer int) {
	v.day, v.worth, v.counts = v.day[:0], v.worth[:0], v.counts[:0]
	for i := int(m.Start[customer]); i < int(m.Start[customer+1]); i++ {
		if verdict := m.verdict(i, true); verdict.measured() {
			bought, back, _ := m.order(i)
			v.day = append(v.day, m.Day[i])
			v.worth = append(v.worth, bought-back)
			v.counts = append(v.counts, verdict == Counts)
		}
	}
}

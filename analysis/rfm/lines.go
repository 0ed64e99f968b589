package rfm

import (
	"context"

	"strata/model"
	"strata/model/words"
)

// selectLines makes every order what its lines alone make it that meet the
// conditions on lines: their value, returned value, cost and flags. An order
// without such a line is left out, as if by a condition on orders; one whose
// lines were not kept stays as it is where the conditions decide on it. It does
// nothing without conditions on lines.
//
// The as-of day must be known by then: it is that of all orders.
func (m *measuring) selectLines(ctx context.Context) error {
	if len(m.filter.ofLine) == 0 {
		return nil
	}
	n := m.Len()
	orders := *m.Orders
	orders.Value, orders.Returned = make([]model.Money, n), make([]model.Money, n)
	orders.Flags = make([]model.OrderFlag, n)
	if m.Cost != nil {
		orders.Cost = make([]model.Money, n)
	}
	meets := make([]uint32, n) // 1 where the order has such lines
	parts := partsOf(m.Lines.Len())
	selected, bare := make([]int, parts), make([]int, parts)
	err := parallel(ctx, parts, func(part int) {
		for i, end := span(n, parts, part); i < end; i++ {
			count := m.selectOf(&orders, i)
			selected[part] += count
			switch hasNone := m.Lines.Start[i] == m.Lines.Start[i+1]; {
			case count > 0:
				meets[i] = 1
			case hasNone && m.filter.admitsBare(i):
				meets[i] = 1
				m.takeWhole(&orders, i)
			case hasNone && !m.filter.decidesBare():
				bare[part]++
			}
		}
	})
	if err != nil {
		return err
	}
	m.tellLines(sum(selected), sum(bare))
	m.Orders = &orders
	m.filter.ofOrder = append(m.filter.ofOrder, condition{code: meets, admits: []bool{false, true}})
	return nil
}

// selectOf sums the lines of order i that meet the conditions into orders, and
// returns how many there are. No sum is larger than that of all lines, which
// fitted.
func (m *measuring) selectOf(orders *model.Orders, i int) (count int) {
	lines := m.Lines
	for l := int(lines.Start[i]); l < int(lines.Start[i+1]); l++ {
		if !m.filter.admitsLine(l, i) {
			continue
		}
		count++
		orders.Flags[i] |= lines.Flags[l]
		if amount := lines.Amount[l]; amount < 0 {
			orders.Returned[i] -= amount
		} else {
			orders.Value[i] += amount
		}
		if lines.Refund != nil {
			orders.Returned[i] += lines.Refund[l]
		}
		if orders.Cost != nil && lines.Cost != nil {
			orders.Cost[i] += lines.Cost[l]
		}
	}
	orders.Flags[i] |= m.Flags[i] & model.Costed
	return count
}

// takeWhole takes over order i as it is.
func (m *measuring) takeWhole(orders *model.Orders, i int) {
	orders.Value[i], orders.Flags[i] = m.Value[i], m.Flags[i]
	if m.Returned != nil {
		orders.Returned[i] = m.Returned[i]
	}
	if m.Cost != nil {
		orders.Cost[i] = m.Cost[i]
	}
}

// tellLines says what counts under conditions on lines.
func (m *measuring) tellLines(selected, bare int) {
	b := m.base
	parts := make([]string, len(b.OfLines))
	for i, place := range b.OfLines {
		parts[i] = b.Spec.Where[place].Words()
	}
	b.Warnings = append(b.Warnings, warningf("lines-only", "only lines with {conditions} count ({selected} of {all}); the value of an order is that of these lines", "conditions", words.And(parts), "selected", words.Count(int64(selected)), "all", words.Count(int64(m.Lines.Len()))))
	if bare > 0 {
		b.Warnings = append(b.Warnings, warningf("orders-without-lines", "orders without lines in the workspace: {bare} of {all}; the line filter leaves them out", "bare", words.Count(int64(bare)), "all", words.Count(int64(m.Len()))))
	}
}

func sum(counts []int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}

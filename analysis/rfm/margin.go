package rfm

import (
	"context"

	"strata/model"
)

// costs prepares what each order cost under the returns policy, if margin is
// measured: of what was bought less that of what was returned; where returned
// value is left out, of what was bought alone. The cost of what was bought in an
// order with returns is that of its lines; without lines, all that is known of
// it is the order's cost, less that of the returned goods, and that is taken.
// An order of which no cost is known cost 0, and is counted while measuring; one
// that is dropped for being worth nothing costs nothing either.
//
// Error: Usage without a cost column.
func (m *measuring) costs(ctx context.Context) error {
	if m.base.Spec.Monetary != model.MonetaryMargin {
		return nil
	}
	if m.Cost == nil {
		return model.Errorf(model.Usage, "margin cannot be measured: the orders have no cost column").
			WithHint("use sum or mean, or import files with a cost column")
	}
	m.cost = m.Cost
	if !m.policy.ignoreReturn {
		return nil
	}
	m.cost = make([]model.Money, m.Len())
	parts := partsOf(m.Len())
	return parallel(ctx, parts, func(part int) {
		for i, end := span(m.Len(), parts, part); i < end; i++ {
			m.cost[i] = m.boughtCost(i)
		}
	})
}

// boughtCost is what the purchases of order i cost.
func (m *measuring) boughtCost(i int) (cost model.Money) {
	switch lines := m.Lines; {
	case m.Flags[i]&model.Purchase == 0:
		return 0
	case m.Flags[i]&model.Return == 0 || lines == nil || lines.Cost == nil || lines.Start[i] == lines.Start[i+1]:
		return m.Cost[i]
	default:
		for l := int(lines.Start[i]); l < int(lines.Start[i+1]); l++ {
			if lines.Flags[l]&model.Purchase != 0 && m.filter.admitsLine(l, i) {
				cost += lines.Cost[l]
			}
		}
		return cost
	}
}

// magnitude is an amount without its sign.
func magnitude(amount model.Money) uint64 {
	if amount < 0 {
		return -uint64(amount)
	}
	return uint64(amount)
}

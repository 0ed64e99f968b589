package rfm

import (
	"context"

	"strata/model"
)

// Gaps are the days that pass between the orders of a customer: one for every
// two order days that follow each other, of all customers together. They are
// immutable.
type Gaps struct {
	days []int32 // >= 1: orders of one day have no gap between them
	Once int     // customers within the filter who ordered on one day only, and so have none
}

// MeasureGaps measures the gaps between those orders that [Measure] sees under
// spec. Its parameters and errors are those of Measure.
func MeasureGaps(ctx context.Context, orders *model.Orders, customers *model.Customers, spec model.Spec) (*Gaps, error) {
	m, err := newMeasuring(ctx, orders, customers, spec)
	if err != nil {
		return nil, err
	}
	n, parts := m.Customers(), partsOf(m.Len())
	of := make([]Gaps, parts)
	err = parallel(ctx, parts, func(part int) {
		lo, hi := span(n, parts, part)
		for c := lo; c < hi; c++ {
			if m.filter.admitsCustomer(c) {
				of[part].add(m, c)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	all := &Gaps{}
	for _, g := range of {
		all.days = append(all.days, g.days...)
		all.Once += g.Once
	}
	return all, nil
}

// add measures the gaps of one customer, whose orders are sorted by day.
func (g *Gaps) add(m *measuring, customer int) {
	last, before := model.NoDay, len(g.days)
	for i := int(m.Start[customer]); i < int(m.Start[customer+1]); i++ {
		day := m.Day[i]
		if day < m.from || day >= m.base.AsOf || !m.filter.admitsOrder(i) {
			continue
		}
		if _, _, counts := m.order(i); !counts {
			continue
		}
		if last != model.NoDay && day > last {
			g.days = append(g.days, int32(day-last))
		}
		last = day
	}
	if last != model.NoDay && len(g.days) == before {
		g.Once++
	}
}

// Len returns how many gaps there are.
func (g *Gaps) Len() int { return len(g.days) }

// Cuts returns the quantiles 1/levels … (levels-1)/levels of the gaps, of type
// 7, as cuts of recency: whoever has been away for no longer than the first
// scores best. Error: Empty without a gap.
func (g *Gaps) Cuts(levels int) ([]model.Cut, error) {
	if len(g.days) == 0 {
		return nil, model.Errorf(model.Empty, "no customer has ordered on two days, so there is no gap to measure").
			WithHint("widen the window or the filter, or use another method")
	}
	return quantileCuts(g.days, levels), nil
}

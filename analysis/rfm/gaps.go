package rfm

import (
	"cmp"
	"context"
	"slices"

	"strata/model"
)

// Gaps are the days that pass between the orders of a customer, of all customers
// together: one for every two order days that follow each other, which is closed,
// and one from the last order day to the as-of day, which is open: nobody knows
// yet when it will end. They are immutable.
type Gaps struct {
	all    []gap // by customer; ascending once they are gathered
	closed int
	Once   int // customers within the filter who ordered on one day only, and so have an open gap alone
}

// gap is one gap.
type gap struct {
	days int32 // >= 1: orders of one day have no gap between them
	of   int32 // how many gaps the customer has: each weighs one of so many parts
	open bool
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
		all.all = append(all.all, g.all...)
		all.closed += g.closed
		all.Once += g.Once
	}
	// Equal gaps stay in the order of their customers, so that sums come out the
	// same whatever the number of parts.
	slices.SortStableFunc(all.all, func(a, b gap) int { return cmp.Compare(a.days, b.days) })
	return all, nil
}

// add measures the gaps of one customer, whose orders are sorted by day.
func (g *Gaps) add(m *measuring, customer int) {
	last, before := model.NoDay, len(g.all)
	for i := int(m.Start[customer]); i < int(m.Start[customer+1]); i++ {
		day := m.Day[i]
		if day < m.from || day >= m.base.AsOf || !m.filter.admitsOrder(i) {
			continue
		}
		if _, _, counts := m.order(i); !counts {
			continue
		}
		if last != model.NoDay && day > last {
			g.all = append(g.all, gap{days: int32(day - last)})
		}
		last = day
	}
	if last == model.NoDay {
		return
	}
	g.all = append(g.all, gap{days: int32(m.base.AsOf - last), open: true})
	own := g.all[before:]
	for i := range own {
		own[i].of = int32(len(own))
	}
	if g.closed += len(own) - 1; len(own) == 1 {
		g.Once++
	}
}

// Closed returns how many gaps have ended, Open how many have not.
func (g *Gaps) Closed() int { return g.closed }

// Open returns how many gaps have not ended: one for each customer.
func (g *Gaps) Open() int { return len(g.all) - g.closed }

// closing is a step of the curve of gaps: after so many days this part of them
// has ended.
type closing struct {
	days  int32
	ended float64
}

// curve is the estimate of E. L. Kaplan and P. Meier (Journal of the American
// Statistical Association 53, 1958) of what part of the gaps has ended after so
// many days, where open gaps are seen only until the as-of day. Every customer
// weighs 1, divided evenly among the customer's gaps, so that those who order
// often do not decide alone. A gap that is open for as long as another took to
// end was still there to be seen when that ended.
func (g *Gaps) curve() []closing {
	weight := func(a gap) float64 { return 1 / float64(a.of) }
	there := make([]float64, len(g.all)+1) // of the gaps from here on
	for i := len(g.all) - 1; i >= 0; i-- {
		there[i] = there[i+1] + weight(g.all[i])
	}
	var steps []closing
	goesOn := 1.0
	for from := 0; from < len(g.all); {
		to, ends := from, 0.0
		for ; to < len(g.all) && g.all[to].days == g.all[from].days; to++ {
			if !g.all[to].open {
				ends += weight(g.all[to])
			}
		}
		if ends > 0 {
			goesOn *= max(1-ends/there[from], 0)
			steps = append(steps, closing{g.all[from].days, 1 - goesOn})
		}
		from = to
	}
	return steps
}

// rounding is what sums of fractions may be off by.
const rounding = 1e-9

// Quantile returns after how many days part/of of the gaps have ended, by the
// estimate of Kaplan and Meier with one weight for each customer, and false where
// the curve does not reach so far: too many are still open.
func (g *Gaps) Quantile(part, of int) (days int32, reached bool) {
	return quantileOf(g.curve(), float64(part)/float64(of))
}

func quantileOf(curve []closing, part float64) (days int32, reached bool) {
	for _, step := range curve {
		if step.ended >= part-rounding {
			return step.days, true
		}
	}
	return 0, false
}

// Ended returns the height that the curve of [Gaps.Quantile] reaches: the estimate
// of what part of the gaps ends within the longest time anybody was watched.
func (g *Gaps) Ended() float64 {
	if curve := g.curve(); len(curve) > 0 {
		return curve[len(curve)-1].ended
	}
	return 0
}

// Cuts returns the quantiles 1/levels … (levels-1)/levels of [Gaps.Quantile] as
// cuts of recency: whoever has been away for no longer than the first scores
// best. Where the last is not reached they divide what the curve reaches, and whole
// is false. Error: Empty without a closed gap.
func (g *Gaps) Cuts(levels int) (cuts []model.Cut, whole bool, err error) {
	if g.closed == 0 {
		return nil, false, model.Errorf(model.Empty, "no customer has ordered on more than one day, so there are no gaps to measure").
			WithHint("widen the window or the filter, or use another method")
	}
	curve := g.curve()
	all := 1.0
	if _, whole = g.Quantile(levels-1, levels); !whole {
		all = curve[len(curve)-1].ended
	}
	for k := 1; k < levels; k++ {
		days, _ := quantileOf(curve, all*float64(k)/float64(levels))
		cuts = append(cuts, model.WholeCut(int64(days)))
	}
	return cuts, whole, nil
}

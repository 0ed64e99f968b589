package rfm

import (
	"context"

	"strata/model"
)

// Verdict says what an order is under a spec.
type Verdict uint8

// The verdicts: an order that counts, and why one does not. The first that is
// true in this order is given, from the last on.
const (
	Counts       Verdict = iota
	WorthNothing         // its value counts, which is 0
	PureReturn           // no order; what was returned reduces the value, unless the policy ignores returns
	BeforeWindow
	NotSeen     // on or after the as-of day
	FilteredOut // it, or its customer, does not meet the conditions
)

var verdictSlugs = [...]string{"counts", "worth-nothing", "return", "before-window", "not-seen", "filtered-out"}

// String returns a stable slug: "before-window".
func (v Verdict) String() string { return verdictSlugs[v] }

// Verdicts says of each order of a customer, by ordinal, what it was when the
// base was measured, and how much of its value counted: what all of a customer's
// orders counted is the customer's revenue. orders and customers are those it was
// measured on. Errors: those of [Measure].
func (b *Base) Verdicts(ctx context.Context, orders *model.Orders, customers *model.Customers, customer int) ([]Verdict, []model.Money, error) {
	spec := b.Spec
	spec.AsOf = b.AsOf
	m, err := newMeasuring(ctx, orders, customers, spec)
	if err != nil {
		return nil, nil, err
	}
	first, end := int(m.Start[customer]), int(m.Start[customer+1])
	verdicts, counted := make([]Verdict, 0, end-first), make([]model.Money, 0, end-first)
	admitted := m.filter.admitsCustomer(customer)
	for i := first; i < end; i++ {
		verdict, worth := m.verdict(i, admitted), model.Money(0)
		if verdict.measured() {
			bought, back, _ := m.order(i)
			worth = bought - back
		}
		verdicts, counted = append(verdicts, verdict), append(counted, worth)
	}
	return verdicts, counted, nil
}

// measured reports whether the value of such an order counts, even if the order
// does not.
func (v Verdict) measured() bool { return v == Counts || v == PureReturn || v == WorthNothing }

// verdict says what order i is, of a customer who meets the conditions or not.
func (m *measuring) verdict(i int, admitted bool) Verdict {
	_, _, counts := m.order(i)
	switch day := m.Day[i]; {
	case !admitted || !m.filter.admitsOrder(i):
		return FilteredOut
	case day >= m.base.AsOf:
		return NotSeen
	case day < m.from:
		return BeforeWindow
	case counts:
		return Counts
	case m.Flags[i]&model.Purchase == 0 && m.policy.need != 0:
		return PureReturn
	}
	return WorthNothing
}

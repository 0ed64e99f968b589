package rfm

import (
	"context"
	"math"
	"slices"

	"strata/model"
	"strata/model/words"
)

// Base is what [Measure] found: one row per tiered customer, ascending by
// customer ordinal. The columns run parallel and must not be changed.
type Base struct {
	Spec model.Spec
	AsOf model.Day // the day looked back from: Spec.AsOf, or the default

	Customer  []int32 // ordinal in the workspace
	Recency   []int32 // whole days from the last order to AsOf, >= 1
	Frequency []int32 // by Spec.Frequency: a count, or ten-thousandths per month
	Monetary  []int64 // by Spec.Monetary, ten-thousandths of currency
	Orders    []int32 // orders in the window, >= 1; Frequency itself when that counts orders
	Revenue   []int64 // ten-thousandths of currency; Monetary itself when that is the sum

	Total    Flow  // all rows together
	Whole    Whole // what became of all that the workspace holds
	OfLines  []int // places in Spec.Where of the conditions on lines
	Warnings []model.Warning
	Currency string // of amounts in warnings about it, "" where it is not known
}

// Len returns the number of tiered customers.
func (b *Base) Len() int { return len(b.Customer) }

// Unvalued reports whether nobody's orders are worth anything by the monetary
// measure, so that it says nothing.
func (b *Base) Unvalued() bool {
	return b.Len() > 0 && !slices.ContainsFunc(b.Monetary, func(v int64) bool { return v != 0 })
}

// Value returns what row i measured on an axis, in its stored unit.
func (b *Base) Value(a model.Axis, i int) int64 {
	switch a {
	case model.Recency:
		return int64(b.Recency[i])
	case model.Frequency:
		return int64(b.Frequency[i])
	}
	return b.Monetary[i]
}

// LastOrder returns the day of the last order of row i.
func (b *Base) LastOrder(i int) model.Day { return b.AsOf - model.Day(b.Recency[i]) }

// Measure measures every customer of a workspace under spec. customers may be
// nil when spec has no condition on a customer attribute; the attributes that
// conditions name must have been loaded with orders and customers.
//
// Every customer is either a row of the Base or counted in another part of
// Base.Whole, as is every order. A condition on an order attribute leaves out
// the other orders, and customers without an order that meets it. One on a line
// attribute leaves out the other lines: orders are worth, and are, what their
// lines are that meet all such conditions, and those without are left out. No
// condition moves the default as-of, which is the day after the last order of
// the whole workspace that counts under the policies.
//
// Margin is value less cost under the returns policy; see [measuring.costs].
//
// Errors: Usage for a spec that makes no sense (margin without a cost column,
// an ambiguous attribute), NotFound for an attribute that was not loaded,
// Empty when there is no order to take the as-of from, Invalid when a sum does
// not fit, Cancelled.
func Measure(ctx context.Context, orders *model.Orders, customers *model.Customers, spec model.Spec) (*Base, error) {
	m, err := newMeasuring(ctx, orders, customers, spec)
	if err != nil {
		return nil, err
	}
	return m.run(ctx)
}

// newMeasuring makes the policies, the filter, the window and the as-of day of
// spec ready for orders.
func newMeasuring(ctx context.Context, orders *model.Orders, customers *model.Customers, spec model.Spec) (*measuring, error) {
	if err := checkMeasures(spec); err != nil {
		return nil, err
	}
	policy, err := newPolicy(spec)
	if err != nil {
		return nil, err
	}
	filter, warnings, err := newFilter(orders, customers, spec.Where)
	if err != nil {
		return nil, err
	}
	m := &measuring{Orders: orders, policy: policy, filter: filter, from: math.MinInt32}
	m.base = &Base{Spec: spec, AsOf: spec.AsOf, Warnings: warnings}
	if spec.AsOf == model.NoDay {
		last, err := m.lastDay(ctx)
		if err != nil {
			return nil, err
		}
		m.base.AsOf = last + 1
	}
	if from, limited := spec.Window.From(m.base.AsOf); limited {
		m.from = from
	}
	m.base.OfLines = filter.places
	if err := m.selectLines(ctx); err != nil {
		return nil, err
	}
	if m.Orders != orders {
		m.all = orders
	}
	return m, m.costs(ctx)
}

func checkMeasures(spec model.Spec) error {
	switch spec.Frequency {
	case model.FrequencyOrders, model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth:
	default:
		return model.Errorf(model.Usage, "{frequency:q} is not a measure of frequency", "frequency", spec.Frequency).
			WithHint("use orders, days, months or per-month")
	}
	if n := spec.LeastMonths; n < 0 || n > model.MostLeastMonths {
		return model.Errorf(model.Usage, "orders per month cannot be divided by at least {months} months", "months", n).
			WithHint("use 1 to {most_least_months}", "most_least_months", model.MostLeastMonths)
	}
	switch spec.Monetary {
	case model.MonetarySum, model.MonetaryMean, model.MonetaryMargin:
	default:
		return model.Errorf(model.Usage, "{monetary:q} is not a measure of value", "monetary", spec.Monetary).WithHint("use sum, mean or margin")
	}
	return nil
}

// measuring is one run of [Measure].
type measuring struct {
	*model.Orders
	policy policy
	filter filter
	all    *model.Orders // as they are without conditions on lines; nil when these are they
	from   model.Day     // first day in the window
	cost   []model.Money // what each order cost; nil unless margin is measured
	base   *Base
}

// order returns the amounts of order i as the policy sees them, and whether it
// counts as an order.
func (m *measuring) order(i int) (value, returned model.Money, counts bool) {
	value = m.Value[i]
	if m.Returned != nil && !m.policy.ignoreReturn {
		returned = m.Returned[i]
	}
	return value, returned, m.policy.counts(m.Flags[i], value, returned)
}

// lastDay returns the day of the last order that counts, whatever the filter.
// Orders are sorted by day within a customer, so most are never looked at.
func (m *measuring) lastDay(ctx context.Context) (model.Day, error) {
	n, parts := m.Customers(), partsOf(m.Len())
	last := make([]model.Day, parts)
	err := parallel(ctx, parts, func(part int) {
		best := model.NoDay
		for c, end := span(n, parts, part); c < end; c++ {
			for i := int(m.Start[c+1]) - 1; i >= int(m.Start[c]) && m.Day[i] > best; i-- {
				if _, _, counts := m.order(i); counts {
					best = m.Day[i]
				}
			}
		}
		last[part] = best
	})
	if err != nil {
		return model.NoDay, err
	}
	if day := slices.Max(last); day != model.NoDay {
		return day, nil
	}
	return model.NoDay, model.Errorf(model.Empty, "no order counts, so there is no day to look back from").
		WithHint("give an as-of day, choose other policies for returns and zero-value orders, or import orders")
}

// outcome is what one part of the customers came to. bought and returned run
// over all their orders as unsigned sums of values that are not negative: once
// they pass the range of Money the top bit shows in seen, however far they go.
type outcome struct {
	rows             int
	whole            Whole
	bought, returned uint64
	spent            uint64 // of all costs without their signs, likewise
	seen             uint64 // every value that bought, returned and spent ever had, or-ed
	uncosted         int    // orders of which no cost is known, when margin is measured
	tooFrequent      bool   // orders per month passed the range of int32
}

// pass returns the value of an order on its way into one of the parts.
func (o *outcome) pass(bought, returned model.Money) model.Money {
	o.bought += uint64(bought)
	o.returned += uint64(returned)
	o.seen |= o.bought | o.returned
	return bought - returned
}

// spend counts what an order cost, or that nothing is known of it.
func (o *outcome) spend(cost model.Money, uncosted bool) {
	o.spent += magnitude(cost)
	o.seen |= o.spent
	if uncosted {
		o.uncosted++
	}
}

func (m *measuring) run(ctx context.Context) (*Base, error) {
	n, parts := m.Customers(), partsOf(m.Len())
	m.allocate(n)
	outcomes := make([]outcome, parts)
	err := parallel(ctx, parts, func(part int) {
		lo, hi := span(n, parts, part)
		outcomes[part] = m.part(lo, hi)
	})
	if err != nil {
		return nil, err
	}
	if err := m.gather(outcomes, n); err != nil {
		return nil, err
	}
	b := m.base
	b.Warnings = append(b.Warnings, b.Whole.warnings(b.AsOf, b.Spec.Returns, b.Currency)...)
	switch {
	case b.Len() == 0:
		b.Warnings = append(b.Warnings, warningf("no-customers", "no customer has an order that counts"))
	case !slices.ContainsFunc(b.Revenue, func(v int64) bool { return v != 0 }):
		b.Warnings = append(b.Warnings, warningf("no-amounts", "no order has an amount, so monetary is missing; recency and frequency are not affected"))
	}
	return b, nil
}

// allocate makes columns for n customers, sharing those that are the same.
func (m *measuring) allocate(n int) {
	b := m.base
	b.Customer = make([]int32, n)
	b.Recency = make([]int32, n)
	b.Orders = make([]int32, n)
	b.Revenue = make([]int64, n)
	b.Frequency, b.Monetary = b.Orders, b.Revenue
	if b.Spec.Frequency != model.FrequencyOrders {
		b.Frequency = make([]int32, n)
	}
	if b.Spec.Monetary != model.MonetarySum {
		b.Monetary = make([]int64, n)
	}
}

// part measures the customers lo <= c < hi into the rows from lo on.
func (m *measuring) part(lo, hi int) outcome {
	var out outcome
	for c := lo; c < hi; c++ {
		if !m.filter.admitsCustomer(c) {
			m.leaveOut(c, &out)
			continue
		}
		did := m.did(c, &out)
		switch {
		case did.orders > 0:
			m.store(lo+out.rows, c, &did, &out)
			out.rows++
			out.whole.Tiered.add(Part{Customers: 1, Orders: int64(did.orders), Value: did.value})
			out.whole.NotCounted += did.others
		case did.before:
			out.whole.NotTiered.add(Part{Customers: 1, Orders: did.others, Value: did.value})
		case did.inside:
			out.whole.NotSeen.Customers++
		default:
			out.whole.FilteredOut.Customers++
		}
	}
	return out
}

// leaveOut enters a customer who does not meet the conditions.
func (m *measuring) leaveOut(c int, out *outcome) {
	out.whole.FilteredOut.Customers++
	for i := int(m.Start[c]); i < int(m.Start[c+1]); i++ {
		value, back, _ := m.order(i)
		out.whole.FilteredOut.order(out.pass(value, back))
		m.leaveLines(i, out)
	}
}

// leaveLines enters the value of those lines of order i that do not meet the
// conditions on lines.
func (m *measuring) leaveLines(i int, out *outcome) {
	if m.all == nil {
		return
	}
	bought, back := m.all.Value[i]-m.Value[i], model.Money(0)
	if !m.policy.ignoreReturn {
		if back = -m.Returned[i]; m.all.Returned != nil {
			back += m.all.Returned[i]
		}
	}
	out.whole.FilteredOut.Value += bought - back
	out.pass(model.Money(magnitude(bought)), model.Money(magnitude(back)))
}

// deeds are what one customer did before the as-of day.
type deeds struct {
	history             // of orders that count in the window
	others  int64       // orders in the window that do not count
	value   model.Money // of both
	cost    model.Money // of both, when margin is measured
	before  bool        // there is an order before the as-of day, or none at all
	inside  bool        // there is an order that meets the conditions
}

// did goes through the orders of a customer.
func (m *measuring) did(c int, out *outcome) (did deeds) {
	filtered := len(m.filter.ofOrder) > 0
	months := m.base.Spec.Frequency == model.FrequencyMonths
	from, asOf := m.from, m.base.AsOf
	first, end := int(m.Start[c]), int(m.Start[c+1])
	did.before = !filtered && first == end
	for i := first; i < end; i++ {
		bought, back, counts := m.order(i)
		value := out.pass(bought, back)
		m.leaveLines(i, out)
		if filtered && !m.filter.admitsOrder(i) {
			out.whole.FilteredOut.order(value)
			continue
		}
		did.inside = true
		day := m.Day[i]
		if day >= asOf {
			out.whole.NotSeen.order(value)
			if m.Flags[i]&model.Purchase == 0 {
				out.whole.Returns.order(value)
			}
			continue
		}
		did.before = true
		if day < from {
			out.whole.BeforeWindow.order(value)
			continue
		}
		did.value += value
		if matters := counts || bought != 0 || back != 0; m.cost != nil && (matters || !m.policy.dropZero) {
			did.cost += m.cost[i]
			out.spend(m.cost[i], matters && m.Flags[i]&model.Costed == 0)
		}
		if counts {
			did.add(day, months)
		} else {
			did.others++
		}
	}
	return did
}

// store writes one customer as a row of the base.
func (m *measuring) store(row, customer int, did *deeds, out *outcome) {
	b, h, revenue := m.base, &did.history, did.value
	b.Customer[row] = int32(customer)
	b.Recency[row] = int32(b.AsOf - h.last)
	b.Orders[row] = h.orders
	b.Revenue[row] = int64(revenue)
	switch b.Spec.Frequency {
	case model.FrequencyDays:
		b.Frequency[row] = h.days
	case model.FrequencyMonths:
		b.Frequency[row] = h.months
	case model.FrequencyPerMonth:
		rate := perMonth(h.orders, b.AsOf-h.first, b.Spec.MonthsAtLeast())
		b.Frequency[row] = int32(rate)
		out.tooFrequent = out.tooFrequent || rate > math.MaxInt32
	}
	switch b.Spec.Monetary {
	case model.MonetaryMean:
		b.Monetary[row] = int64(revenue.Ratio(int64(h.orders)))
	case model.MonetaryMargin:
		b.Monetary[row] = int64(revenue - did.cost)
	}
}

// gather adds up the parts and closes the gaps that customers without a row
// left between them.
func (m *measuring) gather(outcomes []outcome, n int) error {
	b := m.base
	rows := 0
	var bought, returned, spent, seen uint64
	uncosted := 0
	for part, out := range outcomes {
		lo, _ := span(n, len(outcomes), part)
		copy(b.Customer[rows:], b.Customer[lo:lo+out.rows])
		copy(b.Recency[rows:], b.Recency[lo:lo+out.rows])
		copy(b.Orders[rows:], b.Orders[lo:lo+out.rows])
		copy(b.Revenue[rows:], b.Revenue[lo:lo+out.rows])
		if b.Spec.Frequency != model.FrequencyOrders {
			copy(b.Frequency[rows:], b.Frequency[lo:lo+out.rows])
		}
		if b.Spec.Monetary != model.MonetarySum {
			copy(b.Monetary[rows:], b.Monetary[lo:lo+out.rows])
		}
		rows += out.rows
		b.Whole.add(out.whole)
		bought += out.bought
		returned += out.returned
		spent += out.spent
		seen |= out.seen | bought | returned | spent | (bought + returned) | (bought + returned + spent)
		uncosted += out.uncosted
		if out.tooFrequent {
			return model.Errorf(model.Invalid, "a customer has too many orders per month to be counted").
				WithHint("measure frequency as orders")
		}
	}
	// Bought, returned and spent together fit, so any sum over any customers does.
	if seen > math.MaxInt64 {
		return model.Errorf(model.Invalid, "the value of all orders together: {cause}", "cause", model.ErrOverflow).
			WithHint("look for a column read in the wrong unit")
	}
	if uncosted > 0 {
		b.Warnings = append(b.Warnings, warningf("orders-without-cost", "orders without a known cost: {uncosted}; their cost is taken as 0", "uncosted", words.Count(int64(uncosted))))
	}
	b.Total = Flow{Customers: b.Whole.Tiered.Customers, Revenue: b.Whole.Tiered.Value}
	b.Customer, b.Recency = b.Customer[:rows], b.Recency[:rows]
	b.Orders, b.Frequency = b.Orders[:rows], b.Frequency[:rows]
	b.Revenue, b.Monetary = b.Revenue[:rows], b.Monetary[:rows]
	return nil
}

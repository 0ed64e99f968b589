package rfm

import (
	"strata/model"
	"strata/model/words"
)

// Part is a part of what a workspace holds. Value is bought less returned under
// the returns policy: one that ignores returns leaves returned value out of all
// parts.
type Part struct {
	Customers int64
	Orders    int64 // as stored, pure returns and orders worth nothing included
	Value     model.Money
}

func (p *Part) add(q Part) {
	p.Customers += q.Customers
	p.Orders += q.Orders
	p.Value += q.Value
}

// order enters an order.
func (p *Part) order(value model.Money) {
	p.Orders++
	p.Value += value
}

// Whole says what became of everything a workspace holds under a spec. Every
// customer and every order is in one part, so that nothing is left out unsaid.
type Whole struct {
	Tiered Part // customers with a tier, their orders that count, and the value of all they did in the window
	// NoTier are the same of customers whose cell lies in no tier, which only a rule
	// tells: until [Whole.WithoutTier] they are in Tiered.
	NoTier Part
	// NotCounted are orders of those in Tiered and NoTier that are no orders under
	// the policies: pure returns, or orders worth nothing. Their value is there.
	NotCounted int64
	// NotTiered are customers who did something before the as-of day, but without an
	// order that counts in the window.
	NotTiered Part
	// BeforeWindow are orders before the first day of the window. Whose they are is
	// tiered or not by what came later, so that Customers is 0.
	BeforeWindow Part
	// NotSeen are orders on or after the as-of day, and the customers who have no
	// other: they are not yet customers on that day.
	NotSeen Part
	// FilteredOut are orders that do not meet the conditions, and the customers
	// without any that does. Under conditions on lines its value is also that of the
	// lines that do not meet them, of orders in other parts.
	FilteredOut Part

	// Returns are the pure returns among the orders not seen, Customers 0.
	Returns Part
}

// Sum adds up the parts: it is all the workspace holds.
func (w Whole) Sum() Part {
	sum := w.Tiered
	sum.Orders += w.NotCounted
	for _, p := range []Part{w.NoTier, w.NotTiered, w.BeforeWindow, w.NotSeen, w.FilteredOut} {
		sum.add(p)
	}
	return sum
}

// WithoutTier tells apart, of those in the tiers, the customers whom a rule has in
// none.
func (w Whole) WithoutTier(none Aggregate) Whole {
	w.NoTier = Part{Customers: none.Customers, Orders: none.Orders, Value: none.Revenue}
	w.Tiered.Customers -= none.Customers
	w.Tiered.Orders -= none.Orders
	w.Tiered.Value -= none.Revenue
	return w
}

func (w *Whole) add(v Whole) {
	w.NotCounted += v.NotCounted
	w.Tiered.add(v.Tiered)
	w.NotTiered.add(v.NotTiered)
	w.BeforeWindow.add(v.BeforeWindow)
	w.NotSeen.add(v.NotSeen)
	w.FilteredOut.add(v.FilteredOut)
	w.Returns.add(v.Returns)
}

// In states the currency of the amounts in warnings.
func (b *Base) In(currency string) {
	b.Currency = currency
	for _, told := range b.Whole.warnings(b.AsOf, b.Spec.Returns, currency) {
		for i, w := range b.Warnings {
			if w.Code == told.Code {
				b.Warnings[i] = told
			}
		}
	}
}

// warnings says what lies on or after the as-of day. A policy that ignores
// returns leaves them out wherever they lie.
func (w Whole) warnings(asOf model.Day, returns model.ReturnsPolicy, currency string) []model.Warning {
	var warnings []model.Warning
	add := func(code string, p Part, orders string) {
		if p.Value != 0 { // or it may be that no order says what it was worth
			orders += " (" + words.Amount(p.Value, words.Symbol(currency)) + ")"
		}
		warnings = append(warnings, model.Warning{Code: code, Message: words.Agree(p.Orders,
			"{orders} on or after the as-of day, {as_of}, is not seen", "{orders} on or after the as-of day, {as_of}, are not seen",
			"orders", orders, "as_of", asOf)})
	}
	if sales := (Part{Orders: w.NotSeen.Orders - w.Returns.Orders, Value: w.NotSeen.Value - w.Returns.Value}); sales.Orders > 0 {
		add("unseen-orders", sales, words.Orders(sales.Orders))
	}
	if w.Returns.Orders > 0 && returns != model.ReturnsIgnore {
		add("unseen-returns", w.Returns, words.Plural(w.Returns.Orders, "return", "returns"))
	}
	return warnings
}

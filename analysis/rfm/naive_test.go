package rfm_test

import (
	"fmt"
	"math/big"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// The oracle: everything rfm computes, once more, one customer after the other,
// with rationals where there are fractions, written only to be read.

// naiveCustomer is what the orders of one customer come to.
type naiveCustomer struct {
	customer           int32
	recency, frequency int32
	monetary           int64
	orders             int32
	revenue            int64
}

// naiveBase is what all orders come to.
type naiveBase struct {
	asOf      model.Day
	customers []naiveCustomer
	whole     rfm.Whole
}

// naiveOrder is one order under a policy.
type naiveOrder struct {
	day     model.Day
	counts  bool
	value   int64
	cost    int64
	noOrder bool // a pure return
}

func naiveOrderAt(o *model.Orders, i int, spec model.Spec) naiveOrder {
	value, returned := int64(o.Value[i]), int64(0)
	if o.Returned != nil {
		returned = int64(o.Returned[i])
	}
	purchase := o.Flags[i]&model.Purchase != 0
	n := naiveOrder{day: o.Day[i], noOrder: !purchase}
	switch spec.Returns {
	case model.ReturnsNet:
		n.counts = purchase && !(spec.Zero == model.ZeroDrop && value == 0)
		n.value = value - returned
	case model.ReturnsIgnore:
		n.counts = purchase && !(spec.Zero == model.ZeroDrop && value == 0)
		n.value = value
	case model.ReturnsOrders:
		n.counts = !(spec.Zero == model.ZeroDrop && value == 0 && returned == 0)
		n.value = value - returned
	}
	if spec.Monetary == model.MonetaryMargin {
		n.cost = naiveCost(o, i, spec)
	}
	return n
}

// naiveMeets reports whether row i of an attribute meets a condition.
func naiveMeets(w model.Condition, codes *model.Codes, i int) bool {
	return slices.Contains(w.Values, codes.Words[codes.Code[i]]) != w.Not
}

func naiveMeasure(orders *model.Orders, customers *model.Customers, spec model.Spec) naiveBase {
	b := naiveBase{asOf: spec.AsOf}
	if b.asOf == model.NoDay {
		for i := range orders.Len() {
			if n := naiveOrderAt(orders, i, spec); n.counts && n.day >= b.asOf {
				b.asOf = n.day + 1
			}
		}
	}
	from, limited := spec.Window.From(b.asOf)
	enter := func(p *rfm.Part, n naiveOrder) {
		p.Orders++
		p.Value += model.Money(n.value)
	}
	for c := range orders.Customers() {
		admitted := true
		ofOrder := 0
		for _, w := range spec.Where {
			if w.Subject == model.OfOrder {
				ofOrder++
			} else if !naiveMeets(w, customers.Attributes[w.Attribute], c) {
				admitted = false
			}
		}
		var mine []naiveOrder // in the window
		early, late := false, false
		for i := int(orders.Start[c]); i < int(orders.Start[c+1]); i++ {
			n := naiveOrderAt(orders, i, spec)
			meets := admitted
			for _, w := range spec.Where {
				meets = meets && (w.Subject != model.OfOrder || naiveMeets(w, orders.Attributes[w.Attribute], i))
			}
			switch {
			case !meets:
				enter(&b.whole.FilteredOut, n)
			case n.day >= b.asOf:
				late = true
				enter(&b.whole.NotSeen, n)
				if n.noOrder {
					enter(&b.whole.Returns, n)
				}
			case limited && n.day < from:
				early = true
				enter(&b.whole.BeforeWindow, n)
			default:
				early = true
				mine = append(mine, n)
			}
		}
		none := orders.Start[c] == orders.Start[c+1] && ofOrder == 0 && admitted
		switch {
		case early || none:
			b.add(int32(c), mine, spec)
		case late:
			b.whole.NotSeen.Customers++
		default:
			b.whole.FilteredOut.Customers++
		}
	}
	return b
}

// add enters a customer with its orders inside the window.
func (b *naiveBase) add(customer int32, orders []naiveOrder, spec model.Spec) {
	n := naiveCustomer{customer: customer}
	cost := int64(0)
	days, months := map[model.Day]bool{}, map[string]bool{}
	first, last := model.Day(0), model.Day(0)
	for _, o := range orders {
		n.revenue += o.value
		cost += o.cost
		if !o.counts {
			continue
		}
		if n.orders == 0 {
			first = o.day
		}
		n.orders++
		last = o.day
		days[o.day] = true
		months[o.day.String()[:7]] = true
	}
	part := &b.whole.NotTiered
	if n.orders > 0 {
		part = &b.whole.Tiered
		b.whole.NotCounted += int64(len(orders)) - int64(n.orders)
		part.Orders += int64(n.orders)
	} else {
		part.Orders += int64(len(orders))
	}
	part.Customers++
	part.Value += model.Money(n.revenue)
	if n.orders == 0 {
		return
	}
	n.recency = int32(b.asOf - last)
	switch spec.Frequency {
	case model.FrequencyOrders:
		n.frequency = n.orders
	case model.FrequencyDays:
		n.frequency = int32(len(days))
	case model.FrequencyMonths:
		n.frequency = int32(len(months))
	case model.FrequencyPerMonth:
		months := big.NewRat(int64(b.asOf-first)*16, 487)
		least := int64(3)
		if spec.LeastMonths != 0 {
			least = int64(spec.LeastMonths)
		}
		if months.Cmp(big.NewRat(least, 1)) < 0 {
			months.SetInt64(least)
		}
		perMonth := new(big.Rat).SetInt64(int64(n.orders) * model.Unit)
		n.frequency = int32(halfEven(perMonth.Quo(perMonth, months)))
	}
	n.monetary = n.revenue - cost
	if spec.Monetary == model.MonetaryMean {
		n.monetary = halfEven(big.NewRat(n.revenue, int64(n.orders)))
	}
	b.customers = append(b.customers, n)
}

// halfEven rounds to the nearest integer, a half to the even one.
func halfEven(r *big.Rat) int64 {
	twice := new(big.Int).Lsh(r.Num(), 1)
	floor := new(big.Int).Div(r.Num(), r.Denom())
	rest := new(big.Int).Sub(twice, new(big.Int).Lsh(new(big.Int).Mul(floor, r.Denom()), 1))
	n := floor.Int64()
	if c := rest.Cmp(r.Denom()); c > 0 || c == 0 && n%2 != 0 {
		n++
	}
	return n
}

// naiveQuantile is quantile k/levels of type 7.
func naiveQuantile(values []int64, k, levels int) *big.Rat {
	sorted := slices.Sorted(slices.Values(values))
	position := (len(sorted) - 1) * k
	j, g := position/levels, position%levels
	next := sorted[min(j+1, len(sorted)-1)]
	low := new(big.Rat).Mul(new(big.Rat).SetInt64(sorted[j]), big.NewRat(int64(levels-g), int64(levels)))
	high := new(big.Rat).Mul(new(big.Rat).SetInt64(next), big.NewRat(int64(g), int64(levels)))
	return low.Add(low, high)
}

// rational is the exact value of a cut.
func rational(c model.Cut) *big.Rat {
	r := big.NewRat(int64(c.Num), int64(max(c.Den, 1)))
	return r.Add(r, new(big.Rat).SetInt64(c.Whole))
}

// naiveScore is method "A": 1 + the number of cuts below the value, and for
// recency, where less is better, the levels minus that number.
func naiveScore(rule *rfm.Rule, a model.Axis, value int64) int {
	below := 0
	for _, cut := range rule.Cuts[a] {
		if rational(cut).Cmp(new(big.Rat).SetInt64(value)) < 0 {
			below++
		}
	}
	if a == model.Recency {
		return rule.Levels[a] - below
	}
	return 1 + below
}

// values returns the three measures of row i.
func values(base *rfm.Base, i int) [model.Axes]int64 {
	return [model.Axes]int64{int64(base.Recency[i]), int64(base.Frequency[i]), base.Monetary[i]}
}

// naiveTally adds up one customer after the other, and for each baseline
// label, the absent last, apart.
func naiveTally(base *rfm.Base, rule *rfm.Rule, baseline *rfm.Labels) (cells []rfm.Aggregate, flows []rfm.Flow) {
	cells = make([]rfm.Aggregate, rule.Cells())
	if baseline != nil {
		flows = make([]rfm.Flow, rule.Cells()*(len(baseline.Segments)+1))
	}
	for i := range base.Len() {
		var scores [model.Axes]int
		for a, v := range values(base, i) {
			scores[a] = naiveScore(rule, model.Axis(a), v)
		}
		cell := rule.Cell(scores)
		c := &cells[cell]
		c.Customers++
		c.Revenue += model.Money(base.Revenue[i])
		c.Orders += int64(base.Orders[i])
		if naiveRepeats(base, i) >= 2 {
			c.Repeaters++
		}
		c.Recency += int64(base.Recency[i])
		c.Frequency += int64(base.Frequency[i])
		c.Monetary += base.Monetary[i]
		if baseline != nil {
			f := &flows[cell*(len(baseline.Segments)+1)+int(baseline.Of[i])]
			f.Customers++
			f.Revenue += model.Money(base.Revenue[i])
		}
	}
	return cells, flows
}

// naiveRepeats is the count of which two make a repeater.
func naiveRepeats(base *rfm.Base, i int) int32 {
	switch base.Spec.Frequency {
	case model.FrequencyDays, model.FrequencyMonths:
		return base.Frequency[i]
	}
	return base.Orders[i]
}

// naiveSegments returns the segment of every customer of base under rule.
func naiveSegments(base *rfm.Base, rule *rfm.Rule) map[int32]int {
	segments := map[int32]int{}
	for i, customer := range base.Customer {
		var scores [model.Axes]int
		for a, v := range values(base, i) {
			scores[a] = naiveScore(rule, model.Axis(a), v)
		}
		segments[customer] = rule.Segment(rule.Cell(scores))
	}
	return segments
}

// naiveMoves follows one customer after the other from one base and rule to
// another.
func naiveMoves(before *rfm.Base, old *rfm.Rule, now *rfm.Base, rule *rfm.Rule) rfm.Moves {
	var m rfm.Moves
	absent, left := len(old.Segments), len(rule.Segments)
	for range absent + 1 {
		m.Matrix = append(m.Matrix, make([]rfm.Flow, left+1))
	}
	was, is := naiveSegments(before, old), naiveSegments(now, rule)
	enter := func(revenue int64, flows ...*rfm.Flow) {
		for _, f := range flows {
			f.Customers++
			f.Revenue += model.Money(revenue)
		}
	}
	for i, customer := range now.Customer {
		n := is[customer]
		b, known := was[customer]
		if !known {
			enter(now.Revenue[i], &m.Entered, &m.Matrix[absent][n])
			continue
		}
		enter(now.Revenue[i], &m.Matrix[b][n])
		if b == n {
			continue
		}
		enter(now.Revenue[i], &m.Moved)
		const none = 3 // the rank of no tier, which is neither better nor worse
		switch from, to := old.Segments[b].Tier.Rank(), rule.Segments[n].Tier.Rank(); {
		case from == none || to == none:
		case to < from:
			enter(now.Revenue[i], &m.Up)
		case to > from:
			enter(now.Revenue[i], &m.Down)
		}
	}
	for i, customer := range before.Customer {
		if _, still := is[customer]; !still {
			enter(before.Revenue[i], &m.Left, &m.Matrix[was[customer]][left])
		}
	}
	return m
}

// differ says where figures are not what the oracle has, "" when they are.
func differ(got *rfm.Figures, cells []rfm.Aggregate, flows []rfm.Flow) string {
	if len(got.Cells) != len(cells) || len(got.Flows) != len(flows) {
		return fmt.Sprintf("%d cells and %d flows, want %d and %d", len(got.Cells), len(got.Flows), len(cells), len(flows))
	}
	for i, want := range cells {
		if got.Cells[i] != want {
			return fmt.Sprintf("cell %d: %v, want %v", i, got.Cells[i], want)
		}
	}
	for i, want := range flows {
		if got.Flows[i] != want {
			return fmt.Sprintf("flow %d: %v, want %v", i, got.Flows[i], want)
		}
	}
	return ""
}

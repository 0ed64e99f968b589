package sqlite

import (
	"cmp"
	"slices"

	"strata/model"
	"strata/model/words"
)

// This file lets corrections of refused rows join the orders that the other rows
// of their file made: as if the whole file had been right.
//
// An order keeps its id and its source. What corrections add to it is in the sums
// of the corrections, and its lines stand with theirs in the table; but the columns
// of a source's lines have all lines of its orders.

// joining is the part of corrections that joins orders.
type joining struct {
	part  *model.Intake // the orders that join
	order []int32       // which order of the columns each of them joins
	id    []int64       // and its id
	sums  totals        // what they add
	moved bool          // some order has another day since
	met   []kin         // whose orders are joined
	whole *arrival      // of all corrections that are new
	of    *correcting
}

// correct divides corrections into those that join orders and those that make
// orders of their own. Errors: NotFound, where the source that they correct is not
// there; Exists, where they came in before.
func (l *loader) correct(in *model.Intake) (*arrival, error) {
	c, err := l.correcting(in)
	if err != nil {
		return nil, err
	}
	if err := l.pickAttributes(c, in); err != nil {
		return nil, err
	}
	whole, err := l.withoutRepeats(c, newArrival(in, l.columns))
	if err != nil {
		return nil, err
	}
	in = whole.intake
	match := l.match(c, whole)
	joins, stays := make([]bool, len(match)), make([]bool, len(match))
	j := &joining{whole: whole, of: c}
	for i, order := range match {
		joins[i], stays[i] = order >= 0, order < 0
		if order >= 0 {
			k, id := c.find(l.columns.numberOf(order))
			j.order, j.id = append(j.order, order), append(j.id, id)
			if !slices.Contains(j.met, k) {
				j.met = append(j.met, k)
			}
		}
	}
	if j.part, err = without(in, stays); err != nil {
		return nil, err
	}
	rest, err := ordersWithout(in, joins)
	if err != nil {
		return nil, err
	}
	a := newArrival(rest, l.columns)
	a.joining = j
	a.apart = func(order int32) bool { return c.has(l.columns.numberOf(order)) }
	rest.Source.Joined = int64(len(j.order))
	return l.settleOverlap(a)
}

// match finds the order that each arriving one belongs to, -1 for none: of the
// same customer and number and, where numbers start over, of the same day.
func (l *loader) match(c *correcting, a *arrival) []int32 {
	in, all := a.intake, l.columns
	match := make([]int32, len(in.OrderDay))
	var of int32 = -1
	var there map[string][]int32 // the orders of that customer
	for i := range match {
		f := a.fragment(int32(i))
		match[i] = -1
		if f.key == "" || int(f.customer) >= all.customers() {
			continue
		}
		if f.customer != of {
			of, there = f.customer, map[string][]int32{}
			for order := all.start[of]; order < all.start[of+1]; order++ {
				if c.has(all.numberOf(order)) {
					there[all.keyOf(order)] = append(there[all.keyOf(order)], order)
				}
			}
		}
		for _, order := range there[f.key] {
			if !in.NumbersRestart || all.day[order] == f.day {
				match[i] = order
				break
			}
		}
	}
	return match
}

// numberOf is the number of an order of the columns.
func (c *columns) numberOf(order int32) int64 {
	if c.number == nil {
		return int64(order)
	}
	return int64(c.number[order])
}

// join adds to the orders of the columns what joins them, and keeps them by day.
func (l *loader) join(a *arrival) error {
	j, c := a.joining, l.columns
	if j == nil {
		return nil
	}
	if c.number == nil { // orders no longer stand as they came
		c.number = make([]int32, c.orders())
		for i := range c.number {
			c.number[i] = int32(i)
		}
	}
	if j.part.OrderReturned != nil && c.returned == nil {
		c.returned = make([]model.Money, c.orders())
	}
	if j.part.OrderCost != nil && c.cost == nil {
		c.cost = make([]model.Money, c.orders())
	}
	for i, order := range j.order {
		if err := j.addTo(c, int32(i), order); err != nil {
			return model.Errorf(model.Invalid, "the lines of one order add up to too much: {cause}", "cause", err).WithHint("check the amounts")
		}
	}
	l.fillOrders(a)
	if j.moved {
		return c.byDay()
	}
	return nil
}

// addTo adds an order of the part to one of the columns.
func (j *joining) addTo(c *columns, i, order int32) (err error) {
	in := j.part
	value, returned := in.OrderValue[i], returnedOf(in, i)
	if in.ValueOnce && value == c.value[order] {
		value, returned = 0, 0 // it is that of the order, once more
	}
	sum := func(to *model.Money, more model.Money, total *model.Money) {
		if err == nil && more != 0 {
			if *to, err = to.Add(more); err == nil {
				*total, err = total.Add(more)
			}
		}
	}
	sum(&c.value[order], value, &j.sums.value)
	if c.returned != nil {
		sum(&c.returned[order], returned, &j.sums.returned)
	}
	if in.OrderCost != nil {
		sum(&c.cost[order], in.OrderCost[i], &j.sums.cost)
	}
	was, flags, day := c.flags[order], markedFlags(in)[i], in.OrderDay[i]
	c.flags[order] |= flags
	if was&model.Purchase == 0 && flags&model.Purchase != 0 {
		j.sums.returnOnly--
	}
	switch bought, buys := was&model.Purchase != 0, flags&model.Purchase != 0; {
	case bought == buys:
		day = max(day, c.day[order])
	case bought:
		day = c.day[order]
	}
	j.moved = j.moved || day != c.day[order]
	c.day[order] = day
	return err
}

// fillOrders gives joined orders the values of columns that they lacked.
func (l *loader) fillOrders(a *arrival) {
	j := a.joining
	for n, name := range a.orderColumns {
		i := slices.IndexFunc(l.columns.orderAttributes, func(c codedColumn) bool { return c.column == name })
		if i < 0 {
			continue
		}
		codes, arrived := &l.columns.orderAttributes[i].codes, &j.part.OrderAttributes[n]
		known, recode := joinWords(codes.Words, arrived.Codes.Words)
		codes.Words = known
		differ := 0
		for i, order := range j.order {
			switch code := recode[arrived.Codes.Code[i]]; {
			case codes.Code[order] == 0:
				codes.Code[order] = code
			case code != 0 && code != codes.Code[order]:
				differ++
			}
		}
		if differ > 0 {
			l.warn("corrections-differ", "{column:q} differs between corrected rows and the order they joined, where it stays as it was: {orders}", "column", arrived.Name, "orders", words.Count(int64(differ)))
		}
	}
}

// byDay puts the orders of each customer by day and number.
func (c *columns) byDay() error {
	from := make([]int32, c.orders())
	for i := range from {
		from[i] = int32(i)
	}
	for customer := range c.customers() {
		slices.SortFunc(from[c.start[customer]:c.start[customer+1]], func(a, b int32) int {
			return cmp.Or(cmp.Compare(c.day[a], c.day[b]), cmp.Compare(c.number[a], c.number[b]))
		})
	}
	c.day, c.value, c.returned = inOrder(c.day, from), inOrder(c.value, from), inOrder(c.returned, from)
	c.flags, c.cost, c.number = inOrder(c.flags, from), inOrder(c.cost, from), inOrder(c.number, from)
	for i := range c.orderAttributes {
		codes := &c.orderAttributes[i].codes
		codes.Code = inOrder(codes.Code, from)
	}
	keys, err := gatherStrings(from, &c.orderKeys, new(model.Strings))
	c.orderKeys = keys
	return err
}

// keepCustomers leaves of what corrections say about customers what is not there.
func (l *loader) keepCustomers(a *arrival) {
	if a.joining == nil {
		return
	}
	for n, name := range a.customerColumns {
		i := slices.IndexFunc(l.columns.customerAttributes, func(c codedColumn) bool { return c.column == name })
		if i < 0 {
			continue
		}
		have, codes := l.columns.customerAttributes[i].codes.Code, &a.intake.CustomerAttributes[n].Codes
		codes.Code = slices.Clone(codes.Code)
		for local, ordinal := range a.ordinal {
			if int(ordinal) < len(have) && have[ordinal] != 0 {
				codes.Code[local] = 0
			}
		}
	}
}

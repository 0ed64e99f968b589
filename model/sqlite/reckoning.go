package sqlite

import (
	"strata/model"
	"strata/model/catalogue"
)

// reckoning is what orders add up to, to be compared with what the sources say
// that they brought. Sums wrap around as integers do: two that should be equal
// still differ.
type reckoning struct {
	value, returned, cost int64
	returnOnly            int
	first, last           model.Day
}

func newReckoning() *reckoning { return &reckoning{first: model.NoDay, last: model.NoDay} }

// reckoned adds up orders.
func reckoned(o *columns) *reckoning {
	r := newReckoning()
	r.addDays(o.day)
	addTo(&r.value)(o.value)
	addTo(&r.returned)(o.returned)
	addTo(&r.cost)(o.cost)
	r.addFlags(o.flags)
	return r
}

// addTo returns what adds values to a sum.
func addTo(sum *int64) func(values []model.Money) {
	return func(values []model.Money) {
		part := int64(0)
		for _, v := range values {
			part += int64(v)
		}
		*sum += part
	}
}

func (r *reckoning) addDays(days []model.Day) {
	if len(days) == 0 {
		return
	}
	first, last := days[0], days[0]
	for _, day := range days {
		first, last = min(first, day), max(last, day)
	}
	if r.first == model.NoDay {
		r.first, r.last = first, last
	}
	r.first, r.last = min(r.first, first), max(r.last, last)
}

func (r *reckoning) addFlags(flags []model.OrderFlag) {
	purchases := 0
	for _, f := range flags {
		purchases += int(f & model.Purchase)
	}
	r.returnOnly += len(flags) - purchases/int(model.Purchase)
}

// differs says what the orders add up to other than the sources do; "" if
// nothing.
func (r *reckoning) differs(c *catalog) string {
	info := &c.info
	switch {
	case r.value != int64(info.Revenue):
		return catalogue.T("the files account for {revenue} bought, but the orders add up to {value}", "revenue", info.Revenue, "value", model.Money(r.value))
	case r.returned != int64(info.Returned):
		return catalogue.T("the files account for {returned} returned, but the orders add up to {found}", "returned", info.Returned, "found", model.Money(r.returned))
	case r.cost != int64(c.cost):
		return catalogue.T("the files account for costs of {cost}, but those of the orders add up to {found}", "cost", c.cost, "found", model.Money(r.cost))
	case r.returnOnly != info.ReturnOnly:
		return catalogue.T("the files account for {return_only} orders that are pure returns, but there are {found}", "return_only", info.ReturnOnly, "found", r.returnOnly)
	case r.first != info.FirstDay || r.last != info.LastDay:
		return catalogue.T("the files account for orders from {first_day} to {last_day}, but there are some from {first} to {last}", "first_day", info.FirstDay, "last_day", info.LastDay, "first", r.first, "last", r.last)
	}
	return ""
}

package cohort

import (
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// calendar tells the months of the days that a base has orders on, numbered from 0,
// without dividing.
type calendar struct {
	from  model.Day // the first day of month 0
	index int32     // of month 0, as model.Day has it
	month []int32   // of each day from from to the one before the as-of
}

// newCalendar makes the calendar of all orders that the base may have counted.
func newCalendar(base *rfm.Base, orders *model.Orders) *calendar {
	earliest := base.AsOf - 1
	for _, c := range base.Customer {
		earliest = min(earliest, orders.Day[orders.Start[c]])
	}
	if from, limited := base.Spec.Window.From(base.AsOf); limited {
		earliest = max(earliest, from)
	}
	c := &calendar{from: firstOf(earliest), index: earliest.MonthIndex()}
	c.month = make([]int32, 0, base.AsOf-c.from)
	for month, from := int32(0), c.from; from < base.AsOf; month++ {
		next := from.AddMonths(1)
		for day := from; day < min(next, base.AsOf); day++ {
			c.month = append(c.month, month)
		}
		from = next
	}
	return c
}

// firstOf returns the first day of a day's month.
func firstOf(d model.Day) model.Day {
	_, _, day := d.Date()
	return d - model.Day(day-1)
}

// of returns the month of a day.
func (c *calendar) of(day model.Day) int { return int(c.month[day-c.from]) }

// months returns how many there are.
func (c *calendar) months() int { return int(c.month[len(c.month)-1]) + 1 }

// has reports whether a customer's first order that counts fell in the months from and to
// or between them, and one in month k after it, or in that or any later one where rolling.
func (c *calendar) has(from, to, k int, rolling bool, day []model.Day, counts []bool) bool {
	cohort := c.of(day[slices.Index(counts, true)])
	if cohort < from || cohort > to {
		return false
	}
	for i, d := range day {
		if after := c.of(d) - cohort; counts[i] && (after == k || rolling && after > k) {
			return true
		}
	}
	return false
}

package rfm

import "strata/model"

// history is what is kept of one customer's orders while they go by in the
// order of their days.
type history struct {
	orders, days, months int32
	first, last          model.Day
	month                int32 // of last, when months are measured; 0 is before any calendar
}

// add counts an order. Telling months apart takes time, so it is done only
// when they are measured.
func (h *history) add(day model.Day, months bool) {
	if h.orders == 0 {
		h.first = day
	}
	if h.orders == 0 || day != h.last {
		h.days++
		if months {
			if month := day.MonthIndex(); month != h.month {
				h.months++
				h.month = month
			}
		}
	}
	h.orders++
	h.last = day
}

// perMonth returns orders per month in ten-thousandths, rounded half to even,
// for a customer whose first order was so many days before the as-of. A month
// is a twelfth of 365.25 days, 487/16 days; fewer months than least count as
// least.
func perMonth(orders int32, days model.Day, least int) int64 {
	const monthNum, monthDen = 487, 16
	elapsed := max(monthDen*int64(days), monthNum*int64(least)) // in sixteenths of a day
	return int64(model.Money(int64(orders) * model.Unit * monthNum).Ratio(elapsed))
}

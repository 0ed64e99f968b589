package synthetic

import "strata/model"

// The orders span two calendar years, told by their first and last day.
const (
	days     = 731
	lastDay  = model.Day(20_453) // 2025-12-31
	firstDay = lastDay - days + 1
)

// How lively a shop is, in percent of an average day.
var (
	monthPercent   = [12]uint64{86, 82, 92, 94, 97, 95, 88, 85, 99, 107, 128, 147}
	weekdayPercent = [7]uint64{104, 99, 98, 101, 109, 117, 72} // Monday first
)

// growthPerMonth is by how many percent of the first month trade grows.
const growthPerMonth = 2

// calendar holds, for each day counted from the first, the pull of all days
// before it: how strongly a day attracts orders compared with others.
type calendar [days + 1]uint64

func newCalendar() *calendar {
	var c calendar
	for d := range days {
		day := firstDay + model.Day(d)
		_, month, _ := day.Date()
		growth := 100 + growthPerMonth*uint64(day.MonthIndex()-firstDay.MonthIndex())
		// 1970-01-01 was a Thursday.
		c[d+1] = c[d] + monthPercent[month-1]*weekdayPercent[(day+3)%7]*growth/1000
	}
	return &c
}

// pull returns how strongly the days first to last attract orders.
func (c *calendar) pull(first, last int) uint64 { return c[last+1] - c[first] }

// draw returns one of the days first to last, lively ones more often.
func (c *calendar) draw(s *stream, first, last int) int {
	at := c[first] + s.below(c.pull(first, last))
	for first < last { // the last day that begins at or before at
		middle := (first + last + 1) / 2
		if c[middle] <= at {
			first = middle
		} else {
			last = middle - 1
		}
	}
	return first
}

package model

import (
	"math"
	"time"
)

// Day is a calendar day, counted from 1970-01-01 = 0. It has no time zone: a
// file's own calendar is taken as it stands.
type Day int32

// NoDay marks the absence of a day: no order yet, or "not told".
const NoDay Day = math.MinInt32

const secondsPerDay = 24 * 60 * 60

// DayOf returns the day of a Gregorian date and whether that date exists:
// 31 February does not. Years 1 to 9999 are accepted.
func DayOf(year, month, day int) (Day, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return NoDay, false
	}
	if day > 28 {
		last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if day > last {
			return NoDay, false
		}
	}
	// Days from civil: years start on 1 March so that the leap day comes last
	// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
	y, m := year, month
	if m <= 2 {
		y--
		m += 12
	}
	yearDay := (153*(m-3)+2)/5 + day - 1
	era := y / 400
	yearOfEra := y % 400
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + yearDay
	const epoch = 719_468 // days from 0000-03-01 to 1970-01-01
	return Day(era*146_097 + dayOfEra - epoch), true
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return NoDay, Errorf(Invalid, "{text:q} is not a day", "text", s).WithHint("write it like 2011-12-10")
	}
	return Day(t.Unix() / secondsPerDay), nil
}

// Date returns the calendar date of d.
func (d Day) Date() (year int, month time.Month, day int) {
	return d.time().Date()
}

// String writes YYYY-MM-DD, or the empty string for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// AddMonths returns the same day of the month n months away, or that month's
// last day where it is shorter: 31 March minus one month is 28 or 29 February.
func (d Day) AddMonths(n int) Day {
	year, month, day := d.Date()
	first := time.Date(year, month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.Unix()/secondsPerDay) + Day(min(day, last)-1)
}

// MonthIndex numbers calendar months: two days of one month share it, and the
// next month's is one higher.
func (d Day) MonthIndex() int32 {
	year, month, _ := d.Date()
	return int32(year)*12 + int32(month) - 1
}

func (d Day) time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

package parse

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// DateOrder is the order in which a column writes the parts of its dates, or
// what it counts instead.
type DateOrder uint8

// The orders. AnyOrder leaves open what can be read in several ways. Dates that
// spell the month, or write a year of four digits first, are read alike in the
// first four orders; only YearDayFirst takes the second of the latter's numbers
// for the day. A column that counts is all numbers.
const (
	AnyOrder     DateOrder = iota
	DayFirst               // 31/12/2011
	MonthFirst             // 12/31/2011
	YearFirst              // 2011-12-31, also 11-12-31
	YearDayFirst           // 2011-31-12
	ExcelSerial            // 40908, days since 1899-12-30
	UnixSeconds            // 1325289600, seconds since 1970-01-01
	Milliseconds           // 1325289600000, milliseconds since 1970-01-01
)

// dateFormats are the words of --date-format, by order.
var dateFormats = [...]string{"", "dmy", "mdy", "ymd", "ydm", "excel", "epoch", "epoch-ms"}

// Format returns the word of --date-format that means the order, "" for
// AnyOrder.
func (o DateOrder) Format() string { return dateFormats[o] }

// ParseDateOrder reads dmy, mdy, ymd, ydm or a pattern that shows the same
// order, such as dd/mm/yyyy or %d.%m.%Y, and excel, epoch or epoch-ms. The
// empty text is AnyOrder. Error: Usage.
func ParseDateOrder(s string) (DateOrder, error) {
	if i := slices.Index(dateFormats[:], strings.ToLower(s)); i >= 0 {
		return DateOrder(i), nil
	}
	var order strings.Builder
	for _, c := range strings.ToLower(s) {
		if strings.ContainsRune("dmy", c) && !strings.ContainsRune(order.String(), c) {
			order.WriteRune(c)
		}
	}
	if i := slices.Index(dateFormats[:YearDayFirst+1], order.String()); i > 0 {
		return DateOrder(i), nil
	}
	return AnyOrder, model.Errorf(model.Usage, "{text:q} is not a date format", "text", s).WithHint("use dmy, mdy, ymd, ydm, excel, epoch or epoch-ms")
}

// String says the order in words: "day first".
func (o DateOrder) String() string {
	switch o {
	case DayFirst:
		return catalogue.T("day first")
	case MonthFirst:
		return catalogue.T("month first")
	case YearFirst:
		return catalogue.T("year first")
	case YearDayFirst:
		return catalogue.T("year first, then the day")
	case ExcelSerial:
		return catalogue.T("days as Excel counts them")
	case UnixSeconds:
		return catalogue.T("seconds since 1970")
	case Milliseconds:
		return catalogue.T("milliseconds since 1970")
	}
	return catalogue.T("day and month undecided")
}

// Date is a date as it is written: its numbers, of which it may still be open
// which is what. The zero Date is none.
//
// Its bits: 5 and 5 for day and month in the order in which they stand (in a
// decided date month, day), 14 for the year; in a date of two-digit numbers 7, 5
// and 7 for these; then the shape, and whether the year was a Buddhist one.
type Date uint32

// The shapes of dates.
const (
	decided   Date = 1 << 24 // nothing is open
	yearLast  Date = 2 << 24 // 3/4/2011
	yearAhead Date = 3 << 24 // 2011-3-4
	twoDigits Date = 4 << 24 // 3/4/11, of which each could be the year
	shapeBits Date = 7 << 24
	buddhist  Date = 1 << 27
)

func pack(shape Date, year, first, second int) Date {
	if year >= firstBuddhist && year <= lastBuddhist {
		year -= buddhistYears
		shape |= buddhist
	}
	return shape | Date(year<<10|first<<5|second)
}

// No shop sells in the years 2400 to 2700 of our calendar; in Thailand they are
// 1857 to 2157.
const (
	buddhistYears = 543
	firstBuddhist = 2400
	lastBuddhist  = 2700
)

// Buddhist reports whether the year was written in the Buddhist calendar: 2567
// for 2024. The date is that of ours.
func (d Date) Buddhist() bool { return d&buddhist != 0 }

func (d Date) numbers() (first, second, third int) {
	if d&shapeBits == twoDigits {
		return int(d>>12) & 0x7f, int(d>>7) & 31, int(d) & 0x7f
	}
	return int(d>>10) & 0x3fff, int(d>>5) & 31, int(d) & 31
}

// Decided reports whether nothing was ever open: the month is spelled, or the
// digits stand together.
func (d Date) Decided() bool { return d&shapeBits == decided }

// YearAhead reports whether a year of four digits stands before two numbers.
func (d Date) YearAhead() bool { return d&shapeBits == yearAhead }

// ShortNumbers returns the outer numbers of a date of which each can be the
// year, such as 3/4/11.
func (d Date) ShortNumbers() (first, last int, ok bool) {
	first, _, last = d.numbers()
	return first, last, d&shapeBits == twoDigits
}

// Day returns the calendar day under an order, and whether there is one.
// Without an order the month is taken to stand before the day.
func (d Date) Day(order DateOrder) (model.Day, bool) {
	a, b, c := d.numbers()
	switch d & shapeBits {
	case yearLast:
		if order == DayFirst {
			return model.DayOf(a, c, b)
		}
	case yearAhead:
		if order == YearDayFirst {
			return model.DayOf(a, c, b)
		}
	case twoDigits:
		switch order {
		case DayFirst:
			return model.DayOf(Century(c), b, a)
		case YearFirst:
			return model.DayOf(Century(a), b, c)
		case YearDayFirst:
			return model.DayOf(Century(a), c, b)
		default:
			return model.DayOf(Century(c), a, b)
		}
	}
	return model.DayOf(a, b, c)
}

// Orders is a set of the orders DayFirst, MonthFirst, YearFirst and
// YearDayFirst.
type Orders uint8

// Has reports whether an order is in the set.
func (s Orders) Has(order DateOrder) bool { return s&ordersOf(order) != 0 }

func ordersOf(orders ...DateOrder) Orders {
	var set Orders
	for _, order := range orders {
		set |= 1 << (order - DayFirst)
	}
	return set
}

// AllOrders is every order that a date can have.
const AllOrders Orders = 0b1111

// Orders returns the orders in which the date can be read; all of them when
// they make no difference.
func (d Date) Orders() Orders {
	a, b, c := d.numbers()
	switch d & shapeBits {
	case yearLast:
		switch {
		case b > 12:
			return ordersOf(DayFirst)
		case c > 12:
			return ordersOf(MonthFirst)
		}
		return ordersOf(DayFirst, MonthFirst)
	case yearAhead:
		switch {
		case b > 12:
			return ordersOf(YearDayFirst)
		case c > 12:
			return ordersOf(DayFirst, MonthFirst, YearFirst)
		}
	case twoDigits:
		var set Orders
		for _, order := range []DateOrder{DayFirst, MonthFirst, YearFirst} {
			if _, ok := d.Day(order); ok {
				set |= ordersOf(order)
			}
		}
		if a == b && b == c {
			return AllOrders
		}
		return set
	}
	return AllOrders
}

// Same reports whether two orders read the date as the same day.
func (d Date) Same(a, b DateOrder) bool {
	one, _ := d.Day(a)
	other, _ := d.Day(b)
	return one == other
}

// Reading shows the date as it is under an order: "3 April 2011".
func (d Date) Reading(order DateOrder) string {
	day, ok := d.Day(order)
	if !ok {
		return catalogue.T("no date")
	}
	year, month, number := day.Date()
	return catalogue.T("{day} {month} {year}", "day", number, "month", monthTitles[month-1], "year", year)
}

// monthTitles are the months as a date is told.
var monthTitles = [12]string{
	catalogue.T("January"), catalogue.T("February"), catalogue.T("March"), catalogue.T("April"), catalogue.T("May"), catalogue.T("June"),
	catalogue.T("July"), catalogue.T("August"), catalogue.T("September"), catalogue.T("October"), catalogue.T("November"), catalogue.T("December"),
}

// DateOf is a date of which nothing is open.
func DateOf(day model.Day) Date {
	year, month, number := day.Date()
	return decided | Date(year<<10|int(month)<<5|number)
}

// ParseDate reads a date: numbers with / - . between them, year-first without
// separators (20111231), or written out (14 Jun 2009, 2016年8月1日), perhaps
// followed by a time, which is ignored; or, in an order that counts, a count.
// It reports false for anything else, and for dates no reading of which exists,
// such as 31/02/2020. Two-digit years below 69 are 20xx, others 19xx, as POSIX
// has it.
func ParseDate(text []byte, order DateOrder) (Date, bool) {
	if order >= ExcelSerial {
		return countedDate(text, order)
	}
	if d, ok := numericDate(text); ok {
		return d, d.fits(order)
	}
	return writtenDate(text, order)
}

// fits reports whether the date exists under an order.
func (d Date) fits(order DateOrder) bool {
	switch shape := d & shapeBits; {
	case order == AnyOrder, shape == decided:
		return true
	case shape == yearLast && order >= YearFirst:
		return false
	}
	_, ok := d.Day(order)
	return ok
}

// numericDate reads the dates that most files have.
func numericDate(text []byte) (Date, bool) {
	first, n1 := number(text)
	if n1 == 8 {
		return compact(first, text[n1:])
	}
	if n1 == 0 || n1 == len(text) || !isDateSeparator(text[n1]) {
		return 0, false
	}
	rest := text[n1+1:]
	second, n2 := number(rest)
	if n2 == 0 || n2 > 2 || n2 == len(rest) || rest[n2] != text[n1] || second > 31 {
		return 0, false
	}
	rest = rest[n2+1:]
	third, n3 := number(rest)
	if n3 == 0 || !isTime(rest[n3:]) {
		return 0, false
	}
	switch {
	case n1 == 4 && n3 <= 2 && third <= 31:
		return existing(pack(yearAhead, first, second, third))
	case n1 > 2:
		return 0, false
	case n3 == 4 && first <= 31:
		return existing(pack(yearLast, third, first, second))
	case n3 == 2:
		return existing(twoDigits | Date(first<<12|second<<7|third))
	}
	return 0, false
}

// compact reads YYYYMMDD.
func compact(digits int, rest []byte) (Date, bool) {
	month, day := digits/100%100, digits%100
	if !isTime(rest) || month > 12 || day > 31 {
		return 0, false
	}
	return existing(pack(decided, digits/10_000, month, day))
}

// existing returns d if one of its readings exists.
func existing(d Date) (Date, bool) {
	for _, order := range [...]DateOrder{MonthFirst, DayFirst, YearFirst, YearDayFirst} {
		if _, ok := d.Day(order); ok {
			return d, true
		}
		if d&shapeBits == decided {
			break
		}
	}
	return 0, false
}

// Century completes a two-digit year.
func Century(year int) int {
	const pivot = 69 // POSIX strptime %y
	if year < pivot {
		return 2000 + year
	}
	return 1900 + year
}

// number reads up to eight digits and returns how many there were; more than
// eight count as none.
func number(text []byte) (value, digits int) {
	for digits < len(text) && text[digits]-'0' <= 9 {
		if digits == 8 {
			return 0, 0
		}
		value = value*10 + int(text[digits]-'0')
		digits++
	}
	return value, digits
}

func isDateSeparator(c byte) bool { return c == '/' || c == '-' || c == '.' }

// isTime reports whether text is nothing or looks like a time of day behind a
// date: " 8:26", "T08:26:00.000Z", " 08:26 PM", " 8:26:00 +01:00".
func isTime(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	if text[0] != ' ' && text[0] != 'T' && text[0] != 't' {
		return false
	}
	text = text[1:]
	for len(text) > 0 && text[0] == ' ' {
		text = text[1:]
	}
	hours, digits := number(text)
	if digits == 0 || digits > 2 || digits == len(text) || text[digits] != ':' || hours > 24 {
		return false
	}
	if minutes, n := number(text[digits+1:]); n == 2 && minutes > 59 {
		return false
	}
	for _, c := range text[digits:] {
		if c-'0' > 9 && strings.IndexByte(":., +-AaPpMmZzUuTtCc", c) < 0 {
			return false
		}
	}
	return true
}

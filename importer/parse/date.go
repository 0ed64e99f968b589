package parse

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
)

// DateOrder is the order in which a column writes the parts of its dates, or
// what it counts instead.
type DateOrder uint8

// The orders. AnyOrder leaves day and month open where a date can be read both
// ways; dates that begin with the year or spell the month are read alike in the
// first four orders. A column that counts is all numbers.
const (
	AnyOrder     DateOrder = iota
	DayFirst               // 31/12/2011
	MonthFirst             // 12/31/2011
	YearFirst              // 2011-12-31, also 11-12-31
	ExcelSerial            // 40908, days since 1899-12-30
	UnixSeconds            // 1325289600, seconds since 1970-01-01
	Milliseconds           // 1325289600000, milliseconds since 1970-01-01
)

// dateFormats are the words of --date-format, by order.
var dateFormats = [...]string{"", "dmy", "mdy", "ymd", "excel", "epoch", "epoch-ms"}

// Format returns the word of --date-format that means the order, "" for
// AnyOrder.
func (o DateOrder) Format() string { return dateFormats[o] }

// ParseDateOrder reads dmy, mdy, ymd or a pattern that shows the same order,
// such as dd/mm/yyyy or %d.%m.%Y, and excel, epoch or epoch-ms. The empty text
// is AnyOrder. Error: Usage.
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
	if i := slices.Index(dateFormats[:YearFirst+1], order.String()); i > 0 {
		return DateOrder(i), nil
	}
	return AnyOrder, model.Errorf(model.Usage, "%q is not a date format", s).WithHint("use dmy, mdy, ymd, excel, epoch or epoch-ms")
}

// String says the order in words: "day first".
func (o DateOrder) String() string {
	switch o {
	case DayFirst:
		return "day first"
	case MonthFirst:
		return "month first"
	case YearFirst:
		return "year first"
	case ExcelSerial:
		return "days as Excel counts them"
	case UnixSeconds:
		return "seconds since 1970"
	case Milliseconds:
		return "milliseconds since 1970"
	}
	return "day and month undecided"
}

// Date is a date as it is written: the year, and two numbers of which it may
// still be open which is the day. The zero Date is none.
//
// Its bits: 1 when decided (then month, day), 14 for the year, 5 for each number.
type Date uint32

const decided Date = 1 << 24

func pack(year, first, second int) Date { return Date(year<<10 | first<<5 | second) }

func (d Date) parts() (year, first, second int) {
	return int(d>>10) & 0x3fff, int(d>>5) & 31, int(d) & 31
}

// Order returns in which order the date can only be read: AnyOrder when both
// orders of day and month give a date, YearFirst when nothing was open.
func (d Date) Order() DateOrder {
	_, first, second := d.parts()
	switch {
	case d&decided != 0, first == second:
		return YearFirst
	case first > 12:
		return DayFirst
	case second > 12:
		return MonthFirst
	}
	return AnyOrder
}

// Day returns the calendar day under an order, and whether there is one.
func (d Date) Day(order DateOrder) (model.Day, bool) {
	year, first, second := d.parts()
	if d&decided == 0 && order == DayFirst {
		first, second = second, first
	}
	return model.DayOf(year, first, second)
}

// Readings shows both readings of an open date: "3 April 2011" and "4 March 2011".
func (d Date) Readings() (dayFirst, monthFirst string) {
	show := func(order DateOrder) string {
		day, _ := d.Day(order)
		year, month, number := day.Date()
		return fmt.Sprintf("%d %s %d", number, month, year)
	}
	return show(DayFirst), show(MonthFirst)
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
	if d, ok := numericDate(text, order); ok {
		return d, true
	}
	return writtenDate(text, order)
}

// numericDate reads the dates that most files have.
func numericDate(text []byte, order DateOrder) (Date, bool) {
	first, n1 := number(text)
	if n1 == 8 {
		return compact(first, text[n1:])
	}
	if n1 == 0 || n1 == len(text) || !isDateSeparator(text[n1]) {
		return 0, false
	}
	rest := text[n1+1:]
	second, n2 := number(rest)
	if n2 == 0 || n2 > 2 || n2 == len(rest) || rest[n2] != text[n1] {
		return 0, false
	}
	rest = rest[n2+1:]
	third, n3 := number(rest)
	if n3 == 0 || !isTime(rest[n3:]) {
		return 0, false
	}
	var d Date
	switch {
	case n1 == 4 && n3 <= 2:
		return existing(pack(first, second&31, third&31)|decided, second, third)
	case n1 > 2 || n3 != 2 && n3 != 4:
		return 0, false
	case n3 == 2 && (order == YearFirst || first > 31 || first == 0):
		return existing(pack(century(first), second&31, third&31)|decided, second, third)
	case order == YearFirst:
		return 0, false
	case n3 == 2:
		third = century(third)
	}
	switch order {
	case DayFirst:
		d = pack(third, second&31, first&31) | decided
	case MonthFirst:
		d = pack(third, first&31, second&31) | decided
	default:
		d = pack(third, first&31, second&31)
	}
	return existing(d, first, second)
}

// compact reads YYYYMMDD.
func compact(digits int, rest []byte) (Date, bool) {
	if !isTime(rest) {
		return 0, false
	}
	month, day := digits/100%100, digits%100
	return existing(pack(digits/10_000, month&31, day&31)|decided, month, day)
}

// existing returns d if one of its readings exists; a and b are its two
// numbers before they were packed into five bits.
func existing(d Date, a, b int) (Date, bool) {
	if a > 31 || b > 31 {
		return 0, false
	}
	_, ok := d.Day(MonthFirst)
	if !ok && d&decided == 0 {
		_, ok = d.Day(DayFirst)
	}
	if !ok {
		return 0, false
	}
	return d, true
}

// century completes a two-digit year.
func century(year int) int {
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
	_, digits := number(text)
	if digits == 0 || digits > 2 || digits == len(text) || text[digits] != ':' {
		return false
	}
	for _, c := range text[digits:] {
		if c-'0' > 9 && strings.IndexByte(":., +-AaPpMmZzUuTtCc", c) < 0 {
			return false
		}
	}
	return true
}

// Package words writes figures for people: grouped, with units, with one scale
// and precision for a column. Figures are counted as integers everywhere else;
// only here do they become decimals.
package words

import (
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// Minus is the sign of numbers for people, as wide as a digit and at its height.
// What a program reads has "-".
const Minus = "−"

// Count writes a whole number in groups of three: 12,345.
func Count(n int64) string { return signed(strconv.FormatInt(n, 10), grouped) }

// grouped puts marks between the thousands of digits.
func grouped(digits string) string {
	out := make([]byte, 0, len(digits)+len(digits)/3)
	for i := range len(digits) {
		if left := len(digits) - i; i > 0 && left%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// signed writes what stands behind the sign of a number, and the sign as people
// have it; what is nothing has none.
func signed(number string, write func(string) string) string {
	digits, negative := strings.CutPrefix(number, "-")
	if negative && strings.Trim(digits, "0.") != "" {
		return Minus + write(digits)
	}
	return write(digits)
}

// ShortCount writes a whole number in as few cells as possible: 402, 12k, 1.2M.
func ShortCount(n int64) string {
	return ScaleFor(model.Money(n) * model.Unit).Short(model.Money(n) * model.Unit)
}

// Customers writes "1 customer" or "12,345 customers".
func Customers(n int64) string { return Plural(n, "customer", "customers") }

// Change writes a difference with its mark: ▲ 18, ▼ 61, or a point for none.
func Change(n int64) string {
	switch {
	case n > 0:
		return "▲ " + Count(n)
	case n < 0:
		return "▼ " + Count(-n)
	}
	return "·"
}

// Decimal writes a decimal that is kept as text to its last digit, the whole part
// in groups: 2,058.426. A text that is none stays as it is.
func Decimal(text string) string {
	if strings.Trim(text, "-.0123456789") != "" {
		return text
	}
	return signed(text, func(digits string) string {
		whole, fraction, found := strings.Cut(digits, ".")
		if found {
			fraction = "." + fraction
		}
		return grouped(whole) + fraction
	})
}

// Rounded writes a number that is no share and no amount with so many decimals:
// 5.1, 0.7832.
func Rounded(v float64, decimals int) string {
	return Decimal(strconv.FormatFloat(v, 'f', decimals, 64))
}

// Plural writes a count with its noun: "1 warning", "2 warnings". The noun may bring its
// verb: "1 row has", "2 rows have". Both forms are entries of the catalogue.
func Plural(n int64, one, many string) string { return Count(n) + " " + Agree(n, one, many) }

// Agree returns the form of a word, or of a sentence with its values, that agrees
// with a count: "is" with 1, else "are". Both are entries of the catalogue.
func Agree[N ~int | ~int64](n N, one, many string, named ...any) string {
	return catalogue.Plural(int64(n), one, many, named...)
}

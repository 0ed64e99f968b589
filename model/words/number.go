// Package words writes figures for people: grouped, with units, with one scale
// and precision for a column. Figures are counted as integers everywhere else;
// only here do they become decimals.
package words

import (
	"strings"

	"strata/model"
)

// minus is the sign that is as wide as a digit and sits at its height.
const minus = model.Minus

// Count writes a whole number in groups of three: 12,345.
func Count(n int64) string {
	return strings.Replace(model.Grouped(n), "-", minus, 1)
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

// Decimal groups the whole part of a decimal text: 2,058.426.
func Decimal(text string) string { return model.DecimalText(text) }

// Plural writes a count with its noun: "1 warning", "2 warnings".
func Plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

package model

import (
	"strconv"
	"strings"
)

// Minus is the sign of numbers in texts for people, as wide as a digit. What a
// program reads has "-".
const Minus = "−"

// AmountText writes an amount for people, with two decimals and the currency, ""
// where it is not known: "4,987,081.63 GBP".
func AmountText(m Money, currency string) string {
	const hundredth = Unit / 100
	n := int64(m.Ratio(hundredth))
	sign := ""
	if n < 0 {
		sign, n = Minus, -n
	}
	cents := strconv.FormatInt(n%100+100, 10)[1:]
	return strings.TrimSpace(sign + Grouped(n/100) + "." + cents + " " + currency)
}

// CutAmountText is [AmountText] of a cut to its last digit, which can be beyond the
// hundredth: "395.232 GBP".
func CutAmountText(c Cut, currency string) string {
	const hundredth = Unit / 100
	if c.IsWhole() && c.Whole%hundredth == 0 {
		return AmountText(Money(c.Whole), currency)
	}
	return strings.TrimSpace(DecimalText(c.Text(Unit)) + " " + currency)
}

// DecimalText writes a decimal for people to its last digit, its whole part grouped:
// "2,058.426".
func DecimalText(text string) string {
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, found := strings.Cut(digits, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return text
	}
	grouped := Grouped(n)
	if found {
		grouped += "." + fraction
	}
	if negative {
		return Minus + grouped
	}
	return grouped
}

// People writes a number of customers: "1 customer", "1,494 customers".
func People(n int64) string {
	if n == 1 {
		return "1 customer"
	}
	return Grouped(n) + " customers"
}

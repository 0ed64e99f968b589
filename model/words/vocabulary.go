package words

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// Axis names a measure within a sentence: recency. What programs read has
// [model.Axis.String].
func Axis(a model.Axis) string {
	switch a {
	case model.Recency:
		return catalogue.T("recency")
	case model.Frequency:
		return catalogue.T("frequency")
	case model.Monetary:
		return catalogue.T("monetary")
	}
	return ""
}

// AxisTitle names a measure as a heading, and at the beginning of a sentence: Recency.
func AxisTitle(a model.Axis) string {
	switch a {
	case model.Recency:
		return catalogue.T("Recency")
	case model.Frequency:
		return catalogue.T("Frequency")
	case model.Monetary:
		return catalogue.T("Monetary")
	}
	return ""
}

// Tier names a tier: HIGH. A tier that is none of the four stays as it is.
func Tier(t model.Tier) string {
	switch t {
	case model.TierHigh:
		return catalogue.T("HIGH")
	case model.TierMid:
		return catalogue.T("MID")
	case model.TierLow:
		return catalogue.T("LOW")
	case model.TierNone:
		return catalogue.T("NONE")
	}
	return strings.ToUpper(string(t))
}

// Orders writes "1 order" or "12,345 orders".
func Orders(n int64) string { return Plural(n, "order", "orders") }

// Days writes "1 day" or "12,345 days".
func Days(n int64) string { return Plural(n, "day", "days") }

// Months writes "1 month" or "12,345 months".
func Months(n int64) string { return Plural(n, "month", "months") }

// Kind names what the rows of a file are: orders, lines.
func Kind(k model.Kind) string {
	switch k {
	case model.KindOrders:
		return catalogue.T("orders")
	case model.KindLines:
		return catalogue.T("lines")
	}
	return string(k)
}

// Subject names whom an attribute is of: order, customer, line.
func Subject(s model.Subject) string {
	switch s {
	case model.OfOrder:
		return catalogue.T("order")
	case model.OfCustomer:
		return catalogue.T("customer")
	case model.OfLine:
		return catalogue.T("line")
	}
	return string(s)
}

// Subjects names several of what an attribute is of: orders.
func Subjects(s model.Subject) string {
	switch s {
	case model.OfOrder:
		return catalogue.T("orders")
	case model.OfCustomer:
		return catalogue.T("customers")
	case model.OfLine:
		return catalogue.T("lines")
	}
	return string(s)
}

// Window writes how far back orders count: all, 12m, 365d.
func Window(w model.Window) string {
	if w.All() {
		return catalogue.T("all")
	}
	return w.String()
}

// Frequency names what frequency counts, in one or two words.
func Frequency(m model.FrequencyMeasure) string {
	switch m {
	case model.FrequencyOrders:
		return catalogue.T("orders")
	case model.FrequencyDays:
		return catalogue.T("days")
	case model.FrequencyMonths:
		return catalogue.T("months")
	case model.FrequencyPerMonth:
		return catalogue.T("per-month")
	}
	return string(m)
}

// MonetaryMeasure names what monetary is: sum.
func MonetaryMeasure(m model.MonetaryMeasure) string {
	switch m {
	case model.MonetarySum:
		return catalogue.T("sum")
	case model.MonetaryMean:
		return catalogue.T("mean")
	case model.MonetaryMargin:
		return catalogue.T("margin")
	}
	return string(m)
}

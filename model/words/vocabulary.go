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

package words

import (
	"math/big"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// Measure writes a value of a measure with its unit: 12 days, 1 order,
// £1,234.50. The value is in the measure's stored unit.
func Measure(value int64, axis model.Axis, spec model.Spec, symbol string) string {
	if axis == model.Monetary {
		return Amount(model.Money(value), symbol)
	}
	one, many := Units(axis, spec)
	if scale := spec.Scale(axis); scale != 1 {
		return Decimal(model.WholeCut(value).Text(scale)) + " " + many
	}
	return Plural(value, one, many)
}

// Cut writes a cut in units of scale, rounded to so many decimals, without them
// where all are 0: 13.8, 1,960.
func Cut(c model.Cut, scale int64, decimals int) string {
	r := new(big.Rat).SetFrac64(int64(c.Num), int64(max(c.Den, 1)))
	r.Add(r, new(big.Rat).SetInt64(c.Whole))
	text := r.Quo(r, new(big.Rat).SetInt64(scale)).FloatString(decimals)
	return Decimal(strings.TrimSuffix(text, "."+strings.Repeat("0", decimals)))
}

// Units names what recency and frequency count: one of it and many; "" for
// amounts, whose sign stands before them.
func Units(axis model.Axis, spec model.Spec) (one, many string) {
	switch axis {
	case model.Recency:
		return catalogue.T("day"), catalogue.T("days")
	case model.Monetary:
		return "", ""
	}
	switch spec.Frequency {
	case model.FrequencyDays:
		return catalogue.T("order day"), catalogue.T("order days")
	case model.FrequencyMonths:
		return catalogue.T("active month"), catalogue.T("active months")
	case model.FrequencyPerMonth:
		return catalogue.T("orders per month"), catalogue.T("orders per month")
	}
	return catalogue.T("order"), catalogue.T("orders")
}

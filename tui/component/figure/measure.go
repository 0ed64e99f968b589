package figure

import (
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// Measure writes a value of a measure with its unit: 12 days, 1 order,
// £1,234.50. The value is in the measure's stored unit.
func Measure(value int64, axis model.Axis, spec model.Spec, symbol string) string {
	if axis == model.Monetary {
		return Amount(model.Money(value), symbol)
	}
	one, many := units(axis, spec)
	if scale := spec.Scale(axis); scale != 1 {
		return Decimal(model.WholeCut(value).Text(scale)) + " " + many
	}
	return Plural(value, one, many)
}

// Amount writes an amount to the hundredth: £1,234.50.
func Amount(m model.Money, symbol string) string {
	return Scale{divisor: 1, decimals: 2}.write(m, symbol)
}

func units(axis model.Axis, spec model.Spec) (one, many string) {
	if axis == model.Recency {
		return "day", "days"
	}
	switch spec.Frequency {
	case model.FrequencyDays:
		return "order day", "order days"
	case model.FrequencyMonths:
		return "active month", "active months"
	case model.FrequencyPerMonth:
		return "orders a month", "orders a month"
	}
	return "order", "orders"
}

// Reaches writes what each measure alone would have to change by: "2 days, or
// 1 order, or £114.20". Money is rounded up to the hundredth, so that it is
// enough. target, if not nil, tells where each leads.
func Reaches(all []rfm.Reach, spec model.Spec, symbol string, target func(model.Segment) string) string {
	if len(all) == 0 {
		return "not by one measure alone"
	}
	parts := make([]string, len(all))
	for i, r := range all {
		by := max(r.By, -r.By)
		if r.Axis == model.Monetary {
			const hundredth = model.Unit / 100
			by = (by + hundredth - 1) / hundredth * hundredth
		}
		parts[i] = Measure(by, r.Axis, spec, symbol)
		if target != nil {
			parts[i] += " → " + target(r.Segment)
		}
	}
	return strings.Join(parts, ", or ")
}

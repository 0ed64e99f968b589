package words

import "strata/model"

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

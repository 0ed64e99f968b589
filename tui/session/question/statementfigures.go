package question

import (
	"fmt"
	"strings"

	"strata/model"
)

// partQueries are those of member, the customers of a part, and of measured, which is
// all customers, by the figures of [partFigures].
var partQueries = map[string]string{
	"customers":       "SELECT count(*)\nFROM member",
	"customers-share": "SELECT 1.0 * (SELECT count(*) FROM member) / (SELECT count(*) FROM measured)",
	"orders":          "SELECT coalesce(sum(orders), 0)\nFROM member",
	"revenue":         "SELECT coalesce(sum(revenue), 0) / 10000.0\nFROM member",
	"revenue-share":   shareQuery + "(SELECT (SELECT coalesce(sum(revenue), 0) FROM member) AS part, (SELECT sum(revenue) FROM measured) AS whole)",
	"order-value":     meanMoney("revenue", "sum(orders)"),
	"repeat-rate":     "SELECT 1.0 * sum(frequency >= 2) / count(*)\nFROM member",
	"recency":         "SELECT 1.0 * sum(recency) / count(*)\nFROM member",
	"frequency":       "SELECT 1.0 * sum(frequency) / count(*)\nFROM member",
	"monetary":        meanMoney("monetary", "count(*)"),
}

// perMonthQueries are those that are others where frequency is orders per month, in
// ten-thousandths.
var perMonthQueries = map[string]string{
	"repeat-rate": "SELECT 1.0 * sum(orders >= 2) / count(*)\nFROM member",
	"frequency":   "SELECT 1.0 * sum(frequency) / count(*) / 10000\nFROM member",
}

// shareQuery asks for a share of what follows, if it is one.
const shareQuery = "SELECT CASE WHEN whole > 0 AND part BETWEEN 0 AND whole THEN 1.0 * part / whole END\nFROM "

// meanMoney asks for the sum of a column of member ÷ something that is above 0, rounded
// half to even as amounts are.
func meanMoney(of, by string) string {
	return `SELECT (whole + (2 * rest > d OR 2 * rest = d AND whole % 2 <> 0)) / 10000.0
FROM (SELECT (n - rest) / d AS whole, rest, d
  FROM (SELECT n, d, (n % d + d) % d AS rest
    FROM (SELECT sum(` + of + `) AS n, ` + by + ` AS d FROM member)))`
}

// ofPart is the statement for a figure of a part.
func (s *statement) ofPart(p part, figure string) string {
	query := partQueries[figure]
	if other, ok := perMonthQueries[figure]; ok && s.spec.Frequency == model.FrequencyPerMonth {
		query = other
	}
	return write(s.members(p), query)
}

// gini is the statement for the Gini coefficient, corrected or not.
func (s *statement) gini(corrected bool) string {
	factor := map[bool]string{true: " * max(n) / (max(n) - 1)"}[corrected]
	return write(s.customersOf(), `SELECT CASE WHEN sum(revenue) > 0 THEN total((2 * place - n - 1) * revenue) / (1.0 * max(n) * sum(revenue))`+factor+` END
FROM (SELECT revenue, row_number() OVER (ORDER BY revenue) AS place, count(*) OVER () AS n FROM measured)`)
}

// top is the statement for the share of the best so many percent.
func (s *statement) top(percent int64) string {
	return write(s.customersOf(), shareQuery+fmt.Sprintf(`(SELECT sum(revenue) AS whole, sum(CASE WHEN place <= (n * %d + 99) / 100 THEN revenue END) AS part
  FROM (SELECT revenue, row_number() OVER (ORDER BY revenue DESC) AS place, count(*) OVER () AS n FROM measured))`, percent))
}

// cuts is the statement for the cuts of a measure, a row each.
func (s *statement) cuts(a model.Axis, method model.Method) string {
	levels, unit, more := s.rule.Levels[a], "", ""
	if scale := s.spec.Scale(a); scale > 1 {
		unit = fmt.Sprintf(" / %d.0", scale)
	}
	if method == model.MethodMean {
		return write(s.customersOf(), fmt.Sprintf("SELECT 1.0 * sum(%s) / count(*)%s\nFROM measured", a, unit))
	}
	if method == model.MethodRFMR {
		more = fmt.Sprintf(" + %d", s.spec.Scale(a))
	}
	var places []string
	for k := 1; k < levels; k++ {
		places = append(places, fmt.Sprintf("(%d)", k))
	}
	tables := append(s.customersOf(),
		named("sorted", fmt.Sprintf("SELECT %[1]s AS value, row_number() OVER (ORDER BY %[1]s) - 1 AS place, count(*) OVER () - 1 AS last", a), "FROM measured"),
		named("cut", "SELECT column1 AS k", "FROM (VALUES "+strings.Join(places, ", ")+")"))
	return write(tables, fmt.Sprintf(`SELECT (low.value + 1.0 * (high.value - low.value) * (k * low.last %% %[1]d) / %[1]d%[2]s)%[3]s
FROM cut
JOIN sorted AS low ON low.place = k * low.last / %[1]d
JOIN sorted AS high ON high.place = min(low.place + 1, low.last)
ORDER BY k`, levels, more, unit))
}

// notTiered is the statement for customers without an order that counts.
func (s *statement) notTiered() string {
	earlier := append([]string{"o.day < " + dayText(s.spec.AsOf)}, s.conditions(model.OfOrder)...)
	was := "c.id IN (SELECT o.customer_id FROM orders AS o WHERE " + strings.Join(earlier, " AND ") + ")"
	if len(earlier) == 1 {
		was = "(" + was + " OR c.id NOT IN (SELECT customer_id FROM orders))"
	}
	where := append(s.conditions(model.OfCustomer), "c.id NOT IN (SELECT customer_id FROM measured)", was)
	return write(s.customersOf(), "SELECT count(*)\nFROM customer AS c\nWHERE "+strings.Join(where, "\n  AND "))
}

// activeThen counts the customers of a cohort with an order in a month.
const activeThen = "count(DISTINCT CASE WHEN is_order AND month = '{then}' THEN customer_id END)"

// activeSince counts those with one in that month or later.
const activeSince = "count(DISTINCT CASE WHEN is_order AND month >= '{then}' THEN customer_id END)"

// cohortQueries are those of the orders of a cohort, by the figures of [cohortFigures],
// in the month {then}.
var cohortQueries = map[string]string{
	"active":            activeThen,
	"rolling":           activeSince,
	"retention":         "1.0 * " + activeThen + " / count(DISTINCT customer_id)",
	"rolling-retention": "1.0 * " + activeSince + " / count(DISTINCT customer_id)",
	"revenue":           "coalesce(sum(CASE WHEN month {is} '{then}' THEN worth END), 0) / 10000.0",
}

// ofCohort is the statement for a figure of a cohort in a month, both like 2011-12. What
// was returned before the first order counts in its month.
func (s *statement) ofCohort(cohort, then, figure string) string {
	is := map[bool]string{false: "=", true: "<="}[cohort == then]
	tables := []string{
		s.counted(),
		named("dated", "SELECT *, strftime('%Y-%m', day * 86400, 'unixepoch') AS month", "FROM counted"),
		named("cohort", "SELECT customer_id", "FROM dated", "WHERE is_order", "GROUP BY customer_id", "HAVING min(month) = '"+cohort+"'"),
	}
	return write(tables, "SELECT "+strings.NewReplacer("{then}", then, "{is}", is).Replace(cohortQueries[figure])+
		"\nFROM dated\nWHERE customer_id IN (SELECT customer_id FROM cohort)")
}

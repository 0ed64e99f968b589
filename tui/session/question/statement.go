package question

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// This file writes statements that give a figure from the tables of a workspace with
// the plain sqlite3 shell. They are texts for people to run: nothing here runs them.

// statement makes the statements for the figures of one standing: each is the tables it
// needs, in the order in which one is made of the other, and a query of the last.
type statement struct {
	spec       model.Spec // with the as-of day, and the exact names of columns
	rule       *rfm.Rule
	attributes []model.Attribute
}

// customersOf are the tables up to that of the customers that were measured.
func (s *statement) customersOf() []string {
	return append([]string{s.counted()}, s.measured()...)
}

// write joins tables and a query of them.
func write(tables []string, query string) string {
	return "WITH " + strings.Join(tables, ", ") + "\n" + query + ";"
}

// named is a table of a statement.
func named(name string, lines ...string) string {
	return name + " AS (\n  " + strings.Join(lines, "\n  ") + "\n)"
}

// counted is the orders in the window of whoever meets the conditions: those that count
// under the policies, and those whose worth counts all the same.
func (s *statement) counted() string {
	worth := "o.value_e4 - o.returned_e4"
	if s.spec.Returns == model.ReturnsIgnore {
		worth = "o.value_e4"
	}
	columns := "o.customer_id, o.day, " + worth + " AS worth, " + s.isOrder() + " AS is_order"
	if s.hasMargin() {
		columns += ", " + s.cost() + " AS cost"
	}
	where := []string{"o.day < " + dayText(s.spec.AsOf)}
	if from, limited := s.spec.Window.From(s.spec.AsOf); limited {
		where = append(where, "o.day >= "+dayText(from))
	}
	from := "FROM orders AS o"
	if len(s.conditions(model.OfCustomer)) > 0 {
		from += " JOIN customer AS c ON c.id = o.customer_id"
	}
	where = slices.Concat(where, s.conditions(model.OfOrder), s.conditions(model.OfCustomer))
	return named("counted", "SELECT "+columns, from, "WHERE "+strings.Join(where, "\n    AND "))
}

// isOrder is whether an order counts under the policies.
func (s *statement) isOrder() string {
	all, worthless := []string{"o.flags & 1 <> 0"}, "o.value_e4 <> 0"
	if s.spec.Returns == model.ReturnsOrders {
		all, worthless = nil, "(o.value_e4 <> 0 OR o.returned_e4 <> 0)"
	}
	if s.spec.Zero == model.ZeroDrop {
		all = append(all, worthless)
	}
	if all == nil {
		return "1"
	}
	return "(" + strings.Join(all, " AND ") + ")"
}

// hasMargin is whether monetary is a margin that the orders tell; with returns left out,
// only their lines tell it.
func (s *statement) hasMargin() bool {
	return s.spec.Monetary == model.MonetaryMargin && s.spec.Returns != model.ReturnsIgnore
}

// cost is what an order cost where returns are not left out: with orders worth nothing
// dropped, those cost nothing either.
func (s *statement) cost() string {
	if s.spec.Zero == model.ZeroDrop {
		return "CASE WHEN o.value_e4 <> 0 OR o.returned_e4 <> 0 THEN coalesce(o.cost_e4, 0) ELSE 0 END"
	}
	return "coalesce(o.cost_e4, 0)"
}

// conditions are those of the filter on orders, o, or on customers, c.
func (s *statement) conditions(of model.Subject) []string {
	var all []string
	for _, w := range s.spec.Where {
		i := slices.IndexFunc(s.attributes, func(a model.Attribute) bool {
			return a.Name == w.Attribute && (w.Subject == "" || w.Subject == a.Subject)
		})
		if i < 0 || s.attributes[i].Subject != of {
			continue
		}
		var values []string
		for _, v := range w.Values {
			values = append(values, quoted(v))
		}
		table := map[model.Subject]string{model.OfOrder: "o", model.OfCustomer: "c"}[of]
		is := map[bool]string{false: " IN (", true: " NOT IN ("}[w.Not]
		all = append(all, "coalesce("+table+"."+identifier(s.attributes[i].Column)+", '')"+is+strings.Join(values, ", ")+")")
	}
	return all
}

// measured is the customers with an order that counts, and their measures.
func (s *statement) measured() []string {
	const month = "strftime('%Y-%m', day * 86400, 'unixepoch')"
	asOf := dayText(s.spec.AsOf)
	frequency, monetary, summed := "orders", "revenue", ""
	switch s.spec.Frequency {
	case model.FrequencyDays:
		frequency, summed = "days", ", count(DISTINCT CASE WHEN is_order THEN day END) AS days"
	case model.FrequencyMonths:
		frequency, summed = "months", ", count(DISTINCT CASE WHEN is_order THEN "+month+" END) AS months"
	case model.FrequencyPerMonth: // a month has 487/16 days
		summed = fmt.Sprintf(", max(16 * (%s - min(CASE WHEN is_order THEN day END)), %d) AS elapsed", asOf, 487*s.spec.MonthsAtLeast())
		frequency = ratio("orders * 4870000", "elapsed")
	}
	switch s.spec.Monetary {
	case model.MonetaryMean:
		monetary = ratio("revenue", "orders")
	case model.MonetaryMargin:
		if monetary = "NULL"; s.hasMargin() {
			monetary, summed = "revenue - cost", summed+", sum(cost) AS cost"
		}
	}
	return []string{
		named("summed", "SELECT customer_id, "+asOf+" - max(CASE WHEN is_order THEN day END) AS recency, sum(is_order) AS orders, sum(worth) AS revenue"+summed,
			"FROM counted", "GROUP BY customer_id", "HAVING sum(is_order) > 0"),
		named("measured", "SELECT customer_id, orders, revenue, recency, "+frequency+" AS frequency, "+monetary+" AS monetary", "FROM summed"),
	}
}

// ratio is n ÷ d in whole numbers, rounded half to even; d is above 0.
func ratio(n, d string) string {
	rest := fmt.Sprintf("(%[1]s %% %[2]s + %[2]s) %% %[2]s", n, d)
	whole := fmt.Sprintf("(%s - %s) / %s", n, rest, d)
	return fmt.Sprintf("%[1]s + (2 * (%[2]s) > %[3]s OR 2 * (%[2]s) = %[3]s AND %[1]s %% 2 <> 0)", whole, rest, d)
}

// dayText is the number of a day, with its date for whoever reads it.
func dayText(d model.Day) string { return fmt.Sprintf("%d /* %s */", int32(d), d) }

// identifier writes a name of a column.
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quoted writes a text; one that would be changed on its way through a terminal and
// back is written in hexadecimal.
func quoted(text string) string {
	if model.Printable(text) != text {
		return "CAST(x'" + hex.EncodeToString([]byte(text)) + "' AS TEXT)"
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

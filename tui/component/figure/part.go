package figure

import (
	"strings"

	"strata/model/words"
	"strata/tui/session"
)

// Part writes how much a part of the workspace is: "33 customers, 36 orders,
// −£10.4k"; "3,618 orders" where they have no value of their own.
func Part(p session.WholePart, symbol string) string {
	var texts []string
	if p.Customers > 0 {
		texts = append(texts, words.Customers(p.Customers))
	}
	if p.Orders > 0 {
		texts = append(texts, words.Plural(p.Orders, "order", "orders"))
	}
	if p.Value != 0 {
		texts = append(texts, words.Brief(p.Value, symbol))
	}
	return strings.Join(texts, ", ")
}

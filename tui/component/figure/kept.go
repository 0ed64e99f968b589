package figure

import (
	"strings"

	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// Kept tells whom fair rules keep, a text a tier, the best first: "41 customers
// in HIGH (£120k of revenue): 38 by grace, 3 by an override". Nobody is a text, too. The scale is that of the table of tiers.
func Kept(k *session.Kept, scale words.Scale, symbol string) []string {
	var texts []string
	for _, t := range k.ByTier() {
		by := make([]string, len(t.Groups))
		for i, g := range t.Groups {
			by[i] = catalogue.T("{customers} by {by}", "customers", words.Count(g.Customers), "by", words.KeptBy(g.By))
		}
		texts = append(texts, catalogue.T("{customers} in {tier} ({revenue} of revenue): {by}", "customers", words.Customers(t.Customers), "tier", words.Tier(t.Tier), "revenue", scale.Money(t.Revenue, symbol), "by", strings.Join(by, ", ")))
	}
	if texts == nil {
		return []string{catalogue.T("nobody")}
	}
	return texts
}

// Tiers tells how many customers tiers have: "HIGH 1,163, MID 1,261, LOW 1,914".
func Tiers(tiers []session.Group) string {
	texts := make([]string, len(tiers))
	for i, t := range tiers {
		texts[i] = t.Label + " " + words.Count(t.Now.Customers)
	}
	return strings.Join(texts, ", ")
}

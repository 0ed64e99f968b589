// Package figure writes for people what takes more than a figure: kept customers, the
// parts of a workspace, what a customer can do. Figures by themselves are written by
// [strata/model/words].
package figure

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// CutsStand is what ways and distances to elsewhere presuppose: where cuts follow
// the data, what one customer does moves them a little.
var CutsStand = catalogue.T("with the cuts as they are")

// Act writes what a customer would have to do, as of a day, the last that counts
// being the one before: "an order on 2011-12-09", "3 orders on 2011-12-09", "an
// order of £114.20 on 2011-12-09", "£114.20 more".
func Act(a rfm.Act, asOf model.Day, symbol string) string {
	worth, day := words.Amount(a.Worth, symbol), LastDay(asOf)
	switch {
	case a.Orders == 0:
		return catalogue.T("{worth} more", "worth", worth)
	case a.Orders == 1 && a.AnyWorth():
		return catalogue.T("an order on {day}", "day", day)
	case a.Orders == 1:
		return catalogue.T("an order of {worth} on {day}", "worth", worth, "day", day)
	case a.AnyWorth():
		return catalogue.T("{orders} orders on {day}", "orders", words.Count(a.Orders), "day", day)
	}
	return catalogue.T("{orders} orders of {worth} together on {day}", "orders", words.Count(a.Orders), "worth", worth, "day", day)
}

// LastDay names the last day that counts as of a day.
func LastDay(asOf model.Day) string { return (asOf - 1).String() }

// Ways writes what leads into each better tier as of a day, a line each: "an order
// on 2011-12-09, or £114.20 more → MID". A tier that nothing leads into is left out
// where something leads past it, into a better one: then it is not out of reach.
func Ways(ways []rfm.Ways, asOf model.Day, symbol string) []string {
	leads := func(w rfm.Ways) bool { return w.Single != nil || w.Both != nil }
	var lines []string
	for _, w := range ways {
		past := func(v rfm.Ways) bool { return leads(v) && v.Tier.Rank() < w.Tier.Rank() }
		if !leads(w) && slices.ContainsFunc(ways, past) {
			continue
		}
		tier := words.Tier(w.Tier)
		switch {
		case w.Single != nil:
			lines = append(lines, acts(w.Single, asOf, symbol)+" → "+tier)
		case w.Both != nil:
			lines = append(lines, catalogue.T("no single step, but {both} → {tier}", "both", Act(*w.Both, asOf, symbol), "tier", tier))
		default:
			lines = append(lines, catalogue.T("nothing that could be done by {as_of} → {tier}", "as_of", LastDay(asOf), "tier", tier))
		}
	}
	return lines
}

func acts(all []rfm.Act, asOf model.Day, symbol string) string {
	parts := make([]string, len(all))
	for i, a := range all {
		parts[i] = Act(a, asOf, symbol)
	}
	return strings.Join(parts, catalogue.T(", or "))
}

// WaysOut writes what leads from a tier into other segments: "an order on
// 2011-12-09 → Champions", with their tier where that is another: "→ Promising (MID)".
func WaysOut(all []rfm.Act, asOf model.Day, from model.Tier, symbol string) string {
	parts := make([]string, len(all))
	for i, a := range all {
		parts[i] = Act(a, asOf, symbol) + " → " + model.Printable(a.Segment.Label)
		if a.Segment.Tier.Rank() > from.Rank() {
			parts[i] += catalogue.T(" (down to {tier})", "tier", words.Tier(a.Segment.Tier))
		}
	}
	return strings.Join(parts, catalogue.T(", or "))
}

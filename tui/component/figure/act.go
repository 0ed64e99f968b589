package figure

import (
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// Act writes what a customer would have to do: "an order today", "3 orders
// today", "an order of £114.20 today", "£114.20 more".
func Act(a rfm.Act, symbol string) string {
	worth := Amount(a.Worth, symbol)
	switch {
	case a.Orders == 0:
		return worth + " more"
	case a.Orders == 1 && a.AnyWorth():
		return "an order today"
	case a.Orders == 1:
		return "an order of " + worth + " today"
	case a.AnyWorth():
		return Count(a.Orders) + " orders today"
	}
	return Count(a.Orders) + " orders of " + worth + " together today"
}

// Ways writes what leads into each better tier, a line each: "an order today, or
// £114.20 more → MID".
func Ways(ways []rfm.Ways, symbol string) []string {
	var lines []string
	for _, w := range ways {
		tier := strings.ToUpper(string(w.Tier))
		switch {
		case w.Single != nil:
			lines = append(lines, acts(w.Single, symbol)+" → "+tier)
		case w.Both != nil:
			lines = append(lines, "no single step, but "+Act(*w.Both, symbol)+" → "+tier)
		default:
			lines = append(lines, "nothing they could do by today → "+tier)
		}
	}
	return lines
}

func acts(all []rfm.Act, symbol string) string {
	parts := make([]string, len(all))
	for i, a := range all {
		parts[i] = Act(a, symbol)
	}
	return strings.Join(parts, ", or ")
}

// WaysOut writes what leads from a tier into other segments: "an order today →
// Champions", with their tier where that is another: "→ Promising (MID)".
func WaysOut(all []rfm.Act, from model.Tier, symbol string) string {
	parts := make([]string, len(all))
	for i, a := range all {
		parts[i] = Act(a, symbol) + " → " + model.Printable(a.Segment.Label)
		if a.Segment.Tier.Rank() > from.Rank() {
			parts[i] += " (down to " + strings.ToUpper(string(a.Segment.Tier)) + ")"
		}
	}
	return strings.Join(parts, ", or ")
}

package figure

import (
	"fmt"
	"strings"

	"strata/model"
	"strata/tui/session"
)

// Kept tells whom fair rules keep, a text a tier, the best first: "41 customers
// in HIGH (£120k): 38 by grace, 3 by an override". Nobody is a text, too.
func Kept(k *session.Kept, symbol string) []string {
	var texts []string
	for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow} {
		var sum session.KeptGroup
		var by []string
		for _, g := range k.Groups {
			if g.Tier == tier {
				sum.Customers += g.Customers
				sum.Revenue += g.Revenue
				by = append(by, Count(g.Customers)+" by "+keptWords[g.By])
			}
		}
		if by != nil {
			texts = append(texts, fmt.Sprintf("%s in %s (%s): %s",
				Customers(sum.Customers), strings.ToUpper(string(tier)), Brief(sum.Revenue, symbol), strings.Join(by, ", ")))
		}
	}
	if texts == nil {
		return []string{"nobody"}
	}
	return texts
}

var keptWords = map[model.KeptBy]string{
	model.KeptByOverride: "an override", model.KeptByBand: "the band", model.KeptByGrace: "grace", model.KeptByStay: "stay",
}

// Tiers tells how many customers tiers have: "HIGH 1,163, MID 1,261, LOW 1,914".
func Tiers(tiers []session.Group) string {
	texts := make([]string, len(tiers))
	for i, t := range tiers {
		texts[i] = t.Label + " " + Count(t.Now.Customers)
	}
	return strings.Join(texts, ", ")
}

package figure

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// BelowZero says in a sentence why shares of the revenue of a frame do not add up to
// 100%: a tier, or all of it, brought less than nothing. "" where none did.
func BelowZero(f *session.Frame, symbol string) string {
	if f.Total.Revenue < 0 {
		return catalogue.T("all revenue is {revenue}, so there are no shares of it", "revenue", words.Brief(f.Total.Revenue, symbol))
	}
	var names []string
	for _, g := range f.Tiers {
		if g.Now.Revenue < 0 {
			names = append(names, catalogue.T("{label} is {revenue}", "label", g.Label, "revenue", words.ScaleFor(f.Total.Revenue).Money(g.Now.Revenue, symbol)))
		}
	}
	if names == nil || f.Total.Revenue == 0 {
		return ""
	}
	return catalogue.T("{names}: the shares of the others exceed 100%", "names", strings.Join(names, ", "))
}

// TotalWorth writes the revenue of all, and says so where it is what was bought, of
// which what was returned is not taken off.
func TotalWorth(f *session.Frame, symbol string) string {
	text := words.Worth(f.Total.Revenue, symbol)
	if f.Scheme.Spec.Returns == model.ReturnsIgnore && f.Total.Revenue != 0 {
		text = catalogue.T("{worth} bought", "worth", text)
	}
	return text
}

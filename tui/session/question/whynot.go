package question

import (
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Why there is no statement.
var (
	noAmounts   = catalogue.T("No order has an amount, so there is nothing to add up.")
	ofLines     = catalogue.T("The filter has conditions on order lines: an order is then worth what its lines are that meet them, which is more than one statement can say plainly.")
	ofLineCosts = catalogue.T("Monetary is margin with returns left out: what the goods cost that were kept stands on the order lines, which is more than one statement can say plainly.")
	keptByRules = catalogue.T("Fair rules keep customers in another tier than that of their scores: by overrides, or for what they did before.")
	givenCuts   = catalogue.T("The scheme says where these cuts are; they do not follow from the data.")
	equalGroups = catalogue.T("The method ntile makes groups of equal size, and divides customers with equal values by their keys: there are no cuts that a statement could find.")
)

// unmeasured is why no statement tells orders, or a measure; [model.Axes] is no measure.
func (e *explaining) unmeasured(a model.Axis) string {
	switch spec := e.on.Base().Spec; {
	case len(e.on.Base().OfLines) > 0:
		return ofLines
	case a == model.Monetary && spec.Monetary == model.MonetaryMargin && spec.Returns == model.ReturnsIgnore:
		return ofLineCosts
	}
	return ""
}

// unscored is why no statement tells who is in a part, or a measure of them.
func (e *explaining) unscored(p part, a model.Axis) string {
	why := e.unmeasured(a)
	if why != "" || p.everybody() {
		return why
	}
	rule := e.on.Rule()
	if len(rule.Kept()) > 0 {
		return keptByRules
	}
	_, looks := e.statement.which(p)
	for a := range model.Axes {
		if !looks[a] {
			continue
		}
		if why := e.unmeasured(a); why != "" {
			return why
		}
		if !rule.ByCuts(a) {
			return catalogue.T("The method {method} gives customers with the same {axis} different scores, so cuts alone do not tell their tier.", "method", string(e.on.Scheme().Cuts[a].Method), "axis", words.Axis(a))
		}
	}
	return ""
}

package question

import (
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
)

// ofCuts is the cuts of a measure.
func (e *explaining) ofCuts(a model.Axis) figure {
	unit := map[model.Axis]string{model.Recency: e.days(), model.Frequency: e.often(), model.Monetary: e.currency()}[a]
	method, rule := e.on.Scheme().Cuts[a].Method, e.on.Rule()
	return figure{
		id: a.String() + ".cuts", unit: unit, list: true,
		title:   catalogue.T("{axis} · cuts in force", "axis", words.Axis(a)),
		means:   catalogue.T("Where one score ends and the next begins, ascending, as the method {method} defines them for the customers who are counted.", "method", string(method)),
		formula: e.cutFormula(a),
		value: func() []answer.Value {
			var all []answer.Value
			for _, c := range rule.Published[a] {
				switch {
				case a != model.Monetary:
					all = append(all, answer.Decimal(c.Text(e.on.Base().Spec.Scale(a)), false))
				case c.IsWhole():
					all = append(all, e.amount(model.Money(c.Whole)))
				default:
					all = append(all, answer.Decimal(c.Text(model.Unit), true))
				}
			}
			return all
		},
		sql: func() (string, string) {
			scheme := e.on.Scheme()
			why := e.unmeasured(a)
			switch {
			case scheme.Cuts[a].At != nil:
				why = givenCuts
			case a == model.Monetary && rule.Value.Unvalued:
				why = noAmounts
			case method == model.MethodNTile:
				why = equalGroups
			}
			if why != "" {
				return "", why
			}
			return e.statement.cuts(a, method), ""
		},
	}
}

func (e *explaining) cutFormula(a model.Axis) string {
	levels := e.on.Rule().Levels[a]
	switch scheme := e.on.Scheme(); {
	case scheme.Cuts[a].At != nil:
		return catalogue.T("as given")
	case scheme.Cuts[a].Method == model.MethodMean:
		return catalogue.T("Σ {axis} ÷ customers", "axis", words.Axis(a))
	case scheme.Cuts[a].Method == model.MethodNTile:
		return catalogue.T("customers in order of {axis}, in {levels} groups of equal size", "axis", words.Axis(a), "levels", levels)
	case scheme.Cuts[a].Method == model.MethodRFMR:
		return catalogue.T("quantiles k ÷ {levels} of {axis}, type 7 of Hyndman and Fan, plus 1", "axis", words.Axis(a), "levels", levels)
	}
	return catalogue.T("quantiles k ÷ {levels} of {axis}, type 7 of Hyndman and Fan", "axis", words.Axis(a), "levels", levels)
}

// notTiered is the customers without an order that counts.
func (e *explaining) notTiered() figure {
	return figure{
		id: customersID + ".not-tiered", title: catalogue.T("customers without an order that counts"), unit: catalogue.T("customers"),
		means:   catalogue.T("Customers with orders or returns before the as-of day, none of which counts as an order in the window; without a filter on orders, those with no order at all, too."),
		formula: catalogue.T("customers seen before the as-of day − customers with an order that counts"),
		value:   func() []answer.Value { return []answer.Value{answer.Count(e.on.Base().Whole.NotTiered.Customers)} },
		sql: func() (string, string) {
			if why := e.unmeasured(model.Axes); why != "" {
				return "", why
			}
			return e.statement.notTiered(), ""
		},
	}
}

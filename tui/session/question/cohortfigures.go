package question

import (
	"fmt"

	"strata/analysis/cohort"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
)

// cohortFigure is one that every month of a cohort has.
type cohortFigure struct {
	id, title, means, formula string
	value                     func(c cohort.Cohort, k int) answer.Value
}

var cohortFigures = []cohortFigure{
	{
		"active", catalogue.T("customers who ordered"), catalogue.T("Customers of the cohort with an order that counts in that month."), catalogue.T("number of customers"),
		func(c cohort.Cohort, k int) answer.Value { return answer.Count(c.Active[k]) },
	},
	{
		"rolling", catalogue.T("customers who ordered then or later"), catalogue.T("Customers of the cohort with an order that counts in that month or in any later one."), catalogue.T("number of customers"),
		func(c cohort.Cohort, k int) answer.Value { return answer.Count(c.Rolling[k]) },
	},
	{
		"retention", catalogue.T("share of the cohort that ordered"), catalogue.T("The share of the cohort with an order that counts in that month."), catalogue.T("customers who ordered ÷ customers of the cohort"),
		func(c cohort.Cohort, k int) answer.Value { return answer.Share(c.Active[k], c.Size) },
	},
	{
		"rolling-retention", catalogue.T("share of the cohort that ordered then or later"), catalogue.T("The share of the cohort with an order that counts in that month or in any later one."), catalogue.T("customers who ordered then or later ÷ customers of the cohort"),
		func(c cohort.Cohort, k int) answer.Value { return answer.Share(c.Rolling[k], c.Size) },
	},
	{
		"revenue", catalogue.T("revenue"), catalogue.T("What the cohort's orders in that month are worth. Returns are taken off in the month they fall in, those before the first order in month 0."), catalogue.T("Σ bought − Σ returned"),
		func(c cohort.Cohort, k int) answer.Value { return answer.Money(c.Revenue[k]) },
	},
}

// ofCohorts makes the figures of every month of every cohort.
func (e *explaining) ofCohorts() ([]figure, error) {
	orders, customers, err := e.on.Orders(e.ctx)
	if err != nil {
		return nil, err
	}
	tables, err := cohort.Count(e.ctx, e.on.Base(), orders, customers, nil, 1)
	if err != nil {
		return nil, err
	}
	units := map[string]string{"retention": catalogue.T("share"), "rolling-retention": catalogue.T("share"), "revenue": e.currency()}
	var all []figure
	for _, c := range tables[0].Cohorts {
		for k := range c.Active {
			for _, f := range cohortFigures {
				unit, ok := units[f.id]
				if !ok {
					unit = catalogue.T("customers")
				}
				then := monthName(c.Month.AddMonths(k))
				all = append(all, figure{
					id: fmt.Sprintf("%s.%s.%d.%s", cohorts.Slug, monthName(c.Month), k, f.id), unit: unit, formula: f.formula,
					title: catalogue.T("cohort {month}, month {k} ({then}) · {figure}", "month", monthName(c.Month), "k", k, "then", then, "figure", f.title),
					means: say(f.means, catalogue.T("The cohort is the customers whose first order that counts fell in {month}.", "month", monthName(c.Month))),
					value: func() []answer.Value { return []answer.Value{f.value(c, k)} },
					sql: func() (string, string) {
						if why := e.unmeasured(model.Axes); why != "" {
							return "", why
						}
						return e.statement.ofCohort(monthName(c.Month), then, f.id), ""
					},
				})
			}
		}
	}
	return all, nil
}

// patterns are the figures as people are shown them: those of cohorts once each, with
// placeholders for the month and for how many months after it.
func (e *explaining) patterns(all []figure) []figure {
	var shown []figure
	for _, f := range all {
		if !f.ofCohort() {
			shown = append(shown, f)
		}
	}
	if len(shown) == len(all) {
		return shown
	}
	for i, f := range cohortFigures {
		shown = append(shown, figure{
			id: cohorts.Slug + ".YYYY-MM.K." + f.id, unit: all[len(all)-len(cohortFigures)+i].unit,
			title: catalogue.T("cohort of a month, K months later · {figure}", "figure", f.title),
		})
	}
	return shown
}

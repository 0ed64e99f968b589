package question

import (
	"fmt"

	"strata/analysis/concentration"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
)

// topPercents are the shares of the best customers that are told.
var topPercents = []int64{1, 5, 10, 20, 50}

// ofShare makes the figures of how concentrated revenue is.
func (e *explaining) ofShare() []figure {
	curve := concentration.Of(e.on.Base().Revenue)
	gini, corrected, ok := curve.Gini()
	sql := func(statement func() string) func() (string, string) {
		return func() (string, string) {
			if why := e.unmeasured(model.Axes); why != "" {
				return "", why
			}
			return statement(), ""
		}
	}
	all := []figure{{
		id: share.Slug + ".gini", title: catalogue.T("Gini coefficient of revenue"), unit: catalogue.T("index"),
		means:   catalogue.T("How unevenly revenue is spread over customers: 0 where all bring the same, nearly 1 where one brings everything. There is none where revenue is not above zero."),
		formula: catalogue.T("Σ (2i − n − 1) × revenue of customer i ÷ (n × Σ revenue), customers in ascending order of revenue"),
		value:   func() []answer.Value { return []answer.Value{answer.If(ok, answer.Number(gini))} },
		sql:     sql(func() string { return e.statement.gini(false) }),
	}, {
		id: share.Slug + ".gini-corrected", title: catalogue.T("Gini coefficient of revenue, corrected"), unit: catalogue.T("index"),
		means:   catalogue.T("The Gini coefficient, corrected for the number of customers: it reaches 1 where one of them brings everything."),
		formula: catalogue.T("Gini × n ÷ (n − 1)"),
		value: func() []answer.Value {
			return []answer.Value{answer.If(ok && curve.Len() > 1, answer.Number(corrected))}
		},
		sql: sql(func() string { return e.statement.gini(true) }),
	}}
	for _, percent := range topPercents {
		all = append(all, figure{
			id: fmt.Sprintf("%s.top-%d", share.Slug, percent), unit: catalogue.T("share"),
			title:   catalogue.T("revenue share of the top {percent}", "percent", words.WholePercent(int(percent))),
			means:   catalogue.T("What the {percent} of customers with the most revenue, rounded up to whole customers, bring of all revenue. There is none where returns leave the part or the whole below nothing, or the part above the whole.", "percent", words.WholePercent(int(percent))),
			formula: catalogue.T("revenue of the best customers ÷ all revenue"),
			value: func() []answer.Value {
				_, sum := curve.Top(percent, 100)
				return []answer.Value{answer.Share(sum, curve.Total())}
			},
			sql: sql(func() string { return e.statement.top(percent) }),
		})
	}
	return all
}

package session

import (
	"strata/analysis/rfm"
	"strata/analysis/suggest"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// The names of what is told as evidence. The first four are told of every
// measure that a method finds cuts for.
const (
	evidenceFit      = "goodness of variance fit" // 0..1, see [suggest.Fit]
	evidenceSmallest = "smallest score"           // customers
	evidenceLargest  = "largest score"            // customers
	evidenceTies     = "ties on cuts"             // fraction of the customers
	evidenceRevenue  = "revenue per score"        // the least fraction that a score has
	evidenceGaps     = "gaps"                     // how many
	evidenceAtRisk   = "P40 of the gaps"          // days, by Kaplan and Meier
	evidenceChurned  = "P80 of the gaps"          // days, likewise
	evidenceGini     = "Gini coefficient"         // 0..1
	evidenceKnee     = "beyond the knee"          // fraction of the measure
)

func (g *suggestion) tell(a model.Axis, name string, value float64, entry string, named ...any) {
	g.evidence = append(g.evidence, Evidence{Axis: a, Name: name, Value: value, Text: catalogue.T(entry, named...)})
}

// fit tells how well the scores that rule gives follow a measure.
func (g *suggestion) fit(a model.Axis, rule *rfm.Rule) {
	f := suggest.FitOf(g.standing.base, rule, a)
	all := int64(g.standing.base.Len())
	if f.Defined {
		g.tell(a, evidenceFit, f.Variance, "goodness of variance fit {value}", "value", words.Index(f.Variance))
	}
	fewest, most := f.Ends()
	small, large := f.Customers[fewest-1], f.Customers[most-1]
	g.tell(a, evidenceSmallest, float64(small), "smallest score {score}: {customers}", "score", fewest, "customers", share(small, all))
	g.tell(a, evidenceLargest, float64(large), "largest score {score}: {customers}", "score", most, "customers", share(large, all))
	g.evidence = append(g.evidence, Evidence{Axis: a, Name: evidenceTies, Value: float64(f.OnCuts) / float64(all), Text: words.Agree(f.OnCuts,
		"{customers} sits exactly on a cut", "{customers} sit exactly on a cut", "customers", share(f.OnCuts, all))})
}

// tellRevenue tells the fractions of revenue that the scores have.
func (g *suggestion) tellRevenue(a model.Axis, shares []float64) {
	least, most := shares[0], shares[0]
	for _, s := range shares {
		least, most = min(least, s), max(most, s)
	}
	g.tell(a, evidenceRevenue, least, "revenue per score {least} to {most}, for equal shares of {share}", "least", words.Percent(least), "most", words.Percent(most), "share", words.Percent(1/float64(len(shares))))
}

// tellGaps tells what the gaps are, and the two lines of Statlas among them
// (statlas-docs.web.app, "Churn rate"): at risk beyond P40, churned beyond P80.
// Statlas counts closed gaps alone; here they are those of [rfm.Gaps.Quantile],
// which knows of the gaps that are still open.
func (g *suggestion) tellGaps(gaps *rfm.Gaps) {
	g.tell(model.Recency, evidenceGaps, float64(gaps.Closed()+gaps.Open()), "{closed} between the order days of a customer, and {open} still open on the as-of day; each customer weighs the same", "closed", words.Plural(int64(gaps.Closed()), "gap", "gaps"), "open", words.Count(int64(gaps.Open())))
	for _, line := range []struct {
		name          string
		fifths        int
		text, meaning string
	}{{evidenceAtRisk, 2, catalogue.T("P40 of the gaps"), catalogue.T("at risk")}, {evidenceChurned, 4, catalogue.T("P80 of the gaps"), catalogue.T("churned")}} {
		days, reached := gaps.Quantile(line.fifths, 5)
		if !reached {
			g.evidence = append(g.evidence, Evidence{
				Axis: model.Recency, Name: line.name, Missing: true,
				Text: catalogue.T("{name} (Kaplan–Meier): not reached, because the curve ends at {ended}; the data cannot tell how many of the gaps end later", "name", line.text, "ended", words.Percent(gaps.Ended())),
			})
			continue
		}
		g.tell(model.Recency, line.name, float64(days), "{name} (Kaplan–Meier): {days}; the churn rate of Statlas, a published method, calls customers beyond it {meaning}", "name", line.text, "days", roundedWithUnit(model.WholeCut(int64(days)), model.Recency, g.scheme.Spec, ""), "meaning", line.meaning)
	}
}

// tellLorenz tells how unequal a measure is, and what lies beyond its mean.
func (g *suggestion) tellLorenz(a model.Axis, column *suggest.Column, knee suggest.Knee) {
	gini, corrected, ok := column.Gini()
	if !ok {
		g.warn("no-curve", "{axis}: the values do not add up to a positive sum, so there is no Lorenz curve; the cuts are the means of the parts", "axis", words.Axis(a))
		return
	}
	g.tell(a, evidenceGini, gini, "Gini coefficient {value}, corrected for the number of customers {corrected}", "value", words.Rounded(gini, 4), "corrected", words.Rounded(corrected, 4))
	part := float64(knee.Sum) / float64(knee.Total)
	spec := g.scheme.Spec
	currency := g.standing.session.info.Currency
	above := roundedWithUnit(knee.At, a, spec, currency)
	if BeginsAt(a, spec) { // whoever has more than the mean has more than its whole part
		above = CutText(model.WholeCut(knee.At.Whole), a, spec, currency)
	}
	g.tell(a, evidenceKnee, part, "beyond the knee: {customers} of the customers, above {above}, hold {share} of the total", "customers", words.Share(knee.Customers, knee.Of), "above", above, "share", words.Share(knee.Sum, knee.Total))
}

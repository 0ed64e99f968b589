package rfm

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

func warningf(code, entry string, named ...any) model.Warning {
	return model.Warning{Code: code, Message: catalogue.T(entry, named...)}
}

// The shares of all customers, in percent, from which one score is too heavy to
// tell customers apart (of two scores, one may well have most), and customers
// with one and the same value too many to have a cut on it.
const (
	heavyScorePercent = 40
	heavyOfTwoPercent = 80
	heavyTiePercent   = 5
)

// HeavyTie reports whether so many of n customers with one and the same value
// are too many to have a cut beside it.
func HeavyTie(on, n int) bool { return n > 0 && on*100 >= n*heavyTiePercent }

// Warnings says which cuts of rule do not separate well, as [Resolve] does.
func (x *Index) Warnings(rule *Rule) []model.Warning {
	var warnings []model.Warning
	rule = rule.In(x.base.Currency)
	for a := model.Recency; a < model.Axes; a++ {
		warnings = append(warnings, rule.warnings(a, x.base.Len(), x.distributions[a].AtMost)...)
	}
	return warnings
}

// warningsOn is [Index.Warnings] without an index: it counts customers by
// looking at all of them.
func warningsOn(base *Base, rule *Rule) []model.Warning {
	var of [model.Axes][]model.Warning
	rule = rule.In(base.Currency)
	_ = parallel(context.Background(), int(model.Axes), func(i int) {
		var atMost func(v int64) int
		switch model.Axis(i) {
		case model.Recency:
			atMost = distributionOf(base.Recency).AtMost
		case model.Frequency:
			atMost = distributionOf(base.Frequency).AtMost
		case model.Monetary:
			atMost = func(v int64) int {
				n := 0
				for _, value := range base.Monetary {
					n += 1 - above(value, v)
				}
				return n
			}
		}
		of[i] = rule.warnings(model.Axis(i), base.Len(), atMost)
	})
	return slices.Concat(of[:]...)
}

// warnings says which cuts of one axis do not separate n customers well;
// atMost counts those with a value of v or less.
func (r *Rule) warnings(a model.Axis, n int, atMost func(v int64) int) []model.Warning {
	if n == 0 || a == model.Monetary && r.Value.Unvalued { // one notice says that it says nothing
		return nil
	}
	if n < r.Levels[a] {
		return []model.Warning{warningf("few-customers", "{axis}: {customers} cannot fill {levels} scores", "axis", words.Axis(a), "customers", words.Customers(int64(n)), "levels", r.Levels[a])}
	}
	if r.nested[a] != nil {
		return r.nestedWarnings(a)
	}
	if r.given[a] != nil {
		return r.splitTies(a, n, atMost)
	}
	var warnings []model.Warning
	cuts := r.Cuts[a]
	before := 0
	for passed := range r.Levels[a] {
		upTo := n
		if passed < len(cuts) {
			upTo = atMost(cuts[passed].Whole)
		}
		score := r.scoreAbove(a, passed)
		switch count := upTo - before; {
		case count == 0 && 0 < passed && passed < len(cuts) && cuts[passed] == cuts[passed-1]:
			warnings = append(warnings, warningf("equal-cuts", "{axis}: two cuts are both {value}, so no customer scores {score}", "axis", words.Axis(a), "value", r.valueText(a, r.Published[a][passed]), "score", score))
		case count == 0:
			warnings = append(warnings, warningf("empty-score", "{axis}: no customer scores {score}: {why}", "axis", words.Axis(a), "score", score, "why", r.whyEmpty(a, passed, n, atMost)))
		case r.tooHeavy(a, count, n):
			warnings = append(warnings, r.heavyScore(a, count, n, score))
		}
		before = upTo
	}
	for i, cut := range cuts {
		if !cut.IsWhole() || i > 0 && cut == cuts[i-1] {
			continue
		}
		if on := atMost(cut.Whole) - atMost(cut.Whole-1); HeavyTie(on, n) {
			warnings = append(warnings, r.heavyTie(a, i, on, n))
		}
	}
	return warnings
}

// whyEmpty says why nobody lies above so many cuts of an axis and no more.
func (r *Rule) whyEmpty(a model.Axis, passed, n int, atMost func(v int64) int) string {
	cuts, published := r.Cuts[a], r.Published[a]
	place := func(i int) (text string, above bool) { // above: the cut belongs to the range above it
		return r.valueText(a, published[i]), published[i] != cuts[i]
	}
	if text, above := place(0); passed == 0 && above {
		return catalogue.T("nobody has less than {value}", "value", text)
	} else if passed == 0 {
		return catalogue.T("nobody has {value} or less", "value", text)
	}
	text, above := place(passed - 1)
	why := catalogue.T("nobody has more than {value}", "value", text)
	if above {
		why = catalogue.T("nobody has {value} or more", "value", text)
	}
	if passed == len(cuts) {
		cut := cuts[passed-1].Whole
		if on := atMost(cut) - atMost(cut-1); !above && cuts[passed-1].IsWhole() && HeavyTie(on, n) {
			return words.Agree(on, "nobody has more than {value}, which {customers} ({share}) has", "nobody has more than {value}, which {customers} ({share}) have", "value", text, "customers", words.Customers(int64(on)), "share", words.Share(on, n))
		}
		return why
	}
	if text, above = place(passed); above {
		return catalogue.T("{why} but less than {value}", "why", why, "value", text)
	}
	return catalogue.T("{why} but not more than {value}", "why", why, "value", text)
}

// tooHeavy reports whether a score with so many of n customers tells too few
// of them apart.
func (r *Rule) tooHeavy(a model.Axis, count, n int) bool {
	if r.Levels[a] == 2 {
		return count*100 > n*heavyOfTwoPercent
	}
	return count*100 > n*heavyScorePercent
}

func (r *Rule) heavyScore(a model.Axis, count, n, score int) model.Warning {
	return model.Warning{Code: "heavy-score", Message: words.Agree(count, "{axis}: {customers} ({share}) scores {score}", "{axis}: {customers} ({share}) score {score}",
		"axis", words.Axis(a), "customers", words.Customers(int64(count)), "share", words.Share(count, n), "score", score)}
}

// heavyTie says that so many of n customers have the value of cut i of an axis.
func (r *Rule) heavyTie(a model.Axis, i, on, n int) model.Warning {
	one, other := r.scoreAbove(a, i), r.scoreAbove(a, i+1)
	return model.Warning{Code: "heavy-tie", Message: words.Agree(on,
		"{axis} {better}│{worse} sits on a tie: {customers} ({share}) has exactly {value}",
		"{axis} {better}│{worse} sits on a tie: {customers} ({share}) have exactly {value} and move together",
		"axis", words.AxisTitle(a), "better", max(one, other), "worse", min(one, other), "customers", words.Customers(int64(on)), "share", words.Share(on, n),
		"value", words.Measure(r.Cuts[a][i].Whole, a, r.spec, words.Symbol(r.currency)))}
}

// splitTies says which values of an axis the method has divided between scores.
func (r *Rule) splitTies(a model.Axis, n int, atMost func(v int64) int) []model.Warning {
	var values []string
	customers := 0
	for i, cut := range r.Cuts[a] {
		if i > 0 && cut == r.Cuts[a][i-1] || atMost(cut.Whole) <= groupEnd(n, i+1, r.Levels[a]) {
			continue
		}
		values = append(values, r.valueText(a, cut))
		customers += atMost(cut.Whole) - atMost(cut.Whole-1)
	}
	if values == nil {
		return nil
	}
	return []model.Warning{warningf("split-ties", "{axis}: customers with equal values score differently at {values}; such values: {customers} ({share})", "axis", words.Axis(a), "values", strings.Join(values, ", "), "customers", words.Customers(int64(customers)), "share", words.Share(customers, n))}
}

// valueText writes a value of a measure: an amount grouped and with its currency.
func (r *Rule) valueText(a model.Axis, at model.Cut) string {
	if a == model.Monetary {
		return words.CutAmount(at, words.Symbol(r.currency))
	}
	return words.Decimal(at.Text(r.spec.Scale(a)))
}

// MapWarnings says what the reader of figures should know about the map of a
// rule, which lint has looked at: whom it leaves out, where it contradicts
// itself, and how near the tiers come to the shares asked for. figures must
// have the cuts of r. Whom it holds is counted by the scores.
func (r *Rule) MapWarnings(figures *Figures, lint *Lint) []model.Warning {
	currency := r.currency
	r = r.Plain()
	var warnings []model.Warning
	total := int(figures.Total().Customers)
	whom := func(f Flow) string {
		if r.Value.Unvalued && f.Revenue == 0 {
			return fmt.Sprintf("%s (%s)", words.Customers(f.Customers), words.Share(int(f.Customers), total))
		}
		return catalogue.T("{customers} ({share}) with {revenue} of revenue", "customers", words.Customers(f.Customers), "share", words.Share(int(f.Customers), total), "revenue", words.Brief(f.Revenue, words.Symbol(currency)))
	}
	if r.Value.Unvalued {
		warnings = append(warnings, r.unvaluedWarnings()...)
	}
	if n := len(lint.Uncovered); n > 0 {
		warnings = append(warnings, warningf("uncovered-cells", "the map leaves out {count} of {cells} cells; in {label}, without a tier: {uncovered}", "count", n, "cells", lint.Cells, "label", others.Label, "uncovered", whom(flowOf(lint.Uncovered))))
	}
	if n := len(lint.Overlapping); n > 0 {
		warnings = append(warnings, warningf("overlapping-cells", "the map puts {count} of {cells} cells in several segments, where the first one applies: {overlapping}", "count", n, "cells", lint.Cells, "overlapping", whom(flowOf(lint.Overlapping))))
	}
	if len(lint.Unreachable) > 0 {
		names := make([]string, len(lint.Unreachable))
		for i, s := range lint.Unreachable {
			names[i] = s.Label
		}
		warnings = append(warnings, warningf("unreachable-segments", "no cell of the map belongs to {names}", "names", words.Or(names)))
	}
	if n := len(lint.NonMonotone); n > 0 {
		var better []LintCell // each once, though it may be better than several
		for _, fall := range lint.NonMonotone {
			cell := LintCell{fall.Better, fall.Flow}
			if !slices.Contains(better, cell) {
				better = append(better, cell)
			}
		}
		warnings = append(warnings, warningf("not-monotone", "a better score leads to a lower tier in {places} of the map, for {customers}", "places", words.Plural(int64(n), "place", "places"), "customers", whom(flowOf(better))))
	}
	if r.Value.ByShare() && r.ByValue() && total > 0 {
		tiers := figures.Tiers(r)
		var sizes []int64
		for _, tier := range tiers {
			sizes = append(sizes, tier.Customers)
		}
		shares := words.Shares(sizes, int64(total))
		share := func(t model.Tier) string { return shares[t.Rank()] }
		warnings = append(warnings, warningf("achieved-shares", "asked for HIGH {high_share} and MID {mid_share} of the customers; since equal value scores stay together, the tiers are HIGH {high}, MID {mid}, LOW {low}", "high_share", words.WholePercent(r.Value.Shares[0]), "mid_share", words.WholePercent(r.Value.Shares[1]), "high", share(model.TierHigh), "mid", share(model.TierMid), "low", share(model.TierLow)))
	}
	return warnings
}

// unvaluedWarnings says what the tiers rest on where no order is worth anything.
func (r *Rule) unvaluedWarnings() []model.Warning {
	if r.ByValue() {
		if told := r.Value.UnvaluedWords(); told != "" {
			return []model.Warning{{Code: "unvalued-score", Message: told}}
		}
		return nil
	}
	if !r.looks[model.Monetary] {
		return nil
	}
	name := catalogue.T("the map")
	if r.mapName != "" {
		name += " " + r.mapName
	}
	says := catalogue.T("cannot use it to tell customers apart")
	if r.ByCuts(model.Monetary) && !r.canReach(model.TierHigh, r.Score(model.Monetary, 0)) {
		says = catalogue.T("puts no customer with a monetary score of {monetary} in HIGH", "monetary", r.Score(model.Monetary, 0))
	}
	return []model.Warning{warningf("unvalued-map", "no order has an amount, and {name}, which uses monetary, {effect}; the maps ten, value and grid do without it", "name", name, "effect", says)}
}

// canReach reports whether a cell with a score of monetary lies in a tier.
func (r *Rule) canReach(tier model.Tier, monetary int) bool {
	for cell, s := range r.cells {
		if r.Scores(cell)[model.Monetary] == monetary && r.Segments[s].Tier == tier {
			return true
		}
	}
	return false
}

func flowOf(cells []LintCell) (sum Flow) {
	for _, c := range cells {
		sum.add(c.Flow)
	}
	return sum
}

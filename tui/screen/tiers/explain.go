package tiers

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/screen"
	"strata/tui/session"
)

// explain tells what the marked thing means under the policies in force.
func (s *Screen) explain() *screen.Text {
	text := &screen.Text{}
	switch {
	case s.pane == groupsPane:
		text.Title, text.Paragraphs = s.explainGroup(s.marked())
	case s.pane == bandPane:
		text.Title, text.Paragraphs = s.explainFlow(s.frame.Moves.LargestFlows[s.flow])
	case s.cut.Value:
		text.Title, text.Paragraphs = catalogue.T("Value score"), append(s.explainValue(), s.explainFragile()...)
	default:
		text.Title, text.Paragraphs = s.explainMeasure()
		text.Paragraphs = append(text.Paragraphs, s.explainFragile()...)
	}
	return text
}

func (s *Screen) explainFlow(f session.Flow) (heading string, paragraphs []string) {
	return f.From + " → " + f.To, []string{
		catalogue.T("{customers}, with {revenue} of revenue, are in {from} under the baseline {against} and in {to} now.", "customers", words.Customers(f.Customers), "revenue", words.Brief(f.Revenue, s.symbol), "from", f.From, "against", s.frame.Against(), "to", f.To),
		catalogue.T("Nobody bought more or less; customers are reclassified."),
	}
}

func (s *Screen) explainMeasure() (heading string, paragraphs []string) {
	spec := s.frame.Scheme.Spec
	switch s.cut.Axis {
	case model.Recency:
		heading = words.AxisTitle(model.Recency)
		paragraphs = []string{
			catalogue.T("Whole days from a customer's last order to the as-of day, {as_of}. Fewer days score better.", "as_of", s.frame.AsOf),
		}
	case model.Frequency:
		heading = words.AxisTitle(model.Frequency)
		paragraphs = []string{catalogue.T("{measure} A higher figure scores better.", "measure", frequencyMeaning(spec))}
	default:
		heading = words.AxisTitle(model.Monetary)
		paragraphs = []string{catalogue.T("{measure} A higher figure scores better.", "measure", monetaryMeaning(spec.Monetary))}
	}
	return heading, append(paragraphs, policies(spec, s.frame.OfLines), s.explainCuts(), s.explainScores())
}

func frequencyMeaning(spec model.Spec) string {
	switch spec.Frequency {
	case model.FrequencyDays:
		return catalogue.T("The number of different days on which a customer ordered.")
	case model.FrequencyMonths:
		return catalogue.T("The number of calendar months in which a customer ordered.")
	case model.FrequencyPerMonth:
		return catalogue.T("Orders divided by the months since the customer's first order, but by at least {months}, because one order last week is not yet a rhythm. A scheme file sets that minimum with least_months, a command with --least-months.", "months", words.Plural(int64(spec.MonthsAtLeast()), "month", "months"))
	}
	return catalogue.T("The number of a customer's orders. An order is identified by customer and order id together.")
}

func monetaryMeaning(m model.MonetaryMeasure) string {
	switch m {
	case model.MonetaryMean:
		return catalogue.T("The mean value of a customer's orders.")
	case model.MonetaryMargin:
		return catalogue.T("What a customer's orders brought above their cost: value less the cost of the goods.")
	}
	return catalogue.T("The value of all of a customer's orders.")
}

// policies tells which orders count; the conditions at the places ofLines are on
// lines.
func policies(spec model.Spec, ofLines []int) string {
	text := catalogue.T("Orders of the whole history count.")
	if in := within(spec.Window, ""); in != "" {
		text = catalogue.T("Orders{within} count.", "within", in)
	}
	switch spec.Returns {
	case model.ReturnsIgnore:
		text += catalogue.T(" Returned value is left out.")
	case model.ReturnsOrders:
		text += catalogue.T(" A return counts as an order and reduces the value.")
	default:
		text += catalogue.T(" Returns reduce the value but count neither as orders nor for recency.")
	}
	if spec.Zero == model.ZeroDrop {
		text += catalogue.T(" Zero-value orders do not count.")
	}
	var conditions, ofThem []string
	for i, c := range spec.Where {
		if slices.Contains(ofLines, i) {
			ofThem = append(ofThem, c.Words())
		} else {
			conditions = append(conditions, c.String())
		}
	}
	if conditions != nil {
		text += catalogue.T(" Only where {conditions}.", "conditions", strings.Join(conditions, catalogue.T(" and ")))
	}
	if ofThem != nil {
		text += catalogue.T(" Only lines with {conditions} count: the value of an order is that of these lines.", "conditions", strings.Join(ofThem, catalogue.T(" and ")))
	}
	return text
}

// explainCuts tells where the cuts of the marked measure come from.
func (s *Screen) explainCuts() string {
	axis := s.cut.Axis
	spec := s.frame.Scheme.Spec
	at := make([]string, len(s.frame.Cuts[axis]))
	for i, c := range s.frame.Cuts[axis] {
		at[i] = session.ExactCut(c, axis, spec, s.symbol)
	}
	if axis == model.Monetary && s.frame.Scheme.Value.Unvalued {
		return catalogue.T("No order has an amount, so there is nothing to draw a cut through.")
	}
	positions := strings.Join(at, session.CutsBetween)
	if axis != model.Monetary {
		positions += " " + unit(spec, axis)
	}
	cuts := s.frame.Scheme.Cuts[axis]
	if cuts.Method == model.MethodFixed {
		return catalogue.T("The cuts are fixed; the ranges end at {positions}. [r] resets them to the scheme's method.", "positions", positions)
	}
	how := map[model.Method]string{
		model.MethodQuantile: catalogue.T("The cuts are quantiles: they divide the customers into {parts} parts as equal as ties allow, which end at {positions}. Customers with equal values always score alike.", "parts", len(at)+1, "positions", positions),
		model.MethodRFMR:     catalogue.T("The cuts are those of the R package rfm: quantiles plus one unit, and a value on the lower bound belongs to the range. The scores end at {positions}.", "positions", positions),
		model.MethodNTile:    catalogue.T("The customers are divided into {groups} groups of equal size, in the order of their values and, where these are equal, of their keys: customers with equal values {tearing}. The groups end at {positions}.", "groups", len(at)+1, "tearing", s.tearing(axis), "positions", positions),
		model.MethodNested:   s.explainNested(axis, positions),
		model.MethodMean:     catalogue.T("The cut is the mean of all customers: {positions}.", "positions", positions),
	}[cuts.Method]
	if len(cuts.At) > 0 {
		return catalogue.T("{cuts} They come from earlier data and are frozen.", "cuts", how)
	}
	return catalogue.T("{cuts} Moving one cut fixes all of this measure.", "cuts", how)
}

// tearing says whether customers with equal values have different scores.
func (s *Screen) tearing(axis model.Axis) string {
	if s.frame.Spans[axis].Torn() {
		return catalogue.T("score differently where a group ends among them")
	}
	return catalogue.T("may score differently, but here none do")
}

// explainNested tells what is within what; positions are the quantiles of all.
func (s *Screen) explainNested(axis model.Axis, positions string) string {
	within := catalogue.T("within each score of recency")
	switch axis {
	case model.Recency:
		return catalogue.T("The cuts are quantiles of all customers ({positions}); the measures nested below are cut separately within each score.", "positions", positions)
	case model.Monetary:
		within = catalogue.T("within each pair of scores of recency and frequency")
	}
	return catalogue.T("The cuts are nested: quantiles are taken separately {within}, so a score begins at a different value in each. The quantiles of all customers, {positions}, are shown for orientation; they score nobody.", "within", within, "positions", positions)
}

// explainScores counts the customers of each score of the marked measure.
func (s *Screen) explainScores() string {
	counts := s.frame.ScoreCounts[s.cut.Axis]
	if s.unvalued() {
		return catalogue.T("So all customers are alike in monetary, and none are counted by its scores.")
	}
	parts := make([]string, 0, len(counts))
	for score := len(counts); score >= 1; score-- {
		parts = append(parts, fmt.Sprintf("%d: %s", score, words.Count(counts[score-1])))
	}
	return catalogue.T("Customers by score, best first: {counts}", "counts", strings.Join(parts, " · "))
}

func (s *Screen) explainValue() []string {
	v := s.frame.Scheme.Value
	paragraphs := []string{
		catalogue.T("The sum of the three scores, {rule}, from {min} to {max}: a sum of ranks, recency among them, and not an amount of money.", "rule", formula(v), "min", v.Min(), "max", v.Max()),
		catalogue.T("HIGH begins at {high}, MID at {mid}; what is below is LOW. A customer who improves on any measure never falls to a lower tier.", "high", v.Cuts[1], "mid", v.Cuts[0]),
	}
	if told := v.UnvaluedWords(); told != "" {
		paragraphs[0] = catalogue.T("The value score, {rule}, from {min} to {max}: a sum of ranks, recency among them, and not an amount of money.", "rule", formula(v), "min", v.Min(), "max", v.Max())
		paragraphs = append(paragraphs, words.Capital(told)+".")
	}
	if v.ByShare() {
		paragraphs = append(paragraphs, catalogue.T("HIGH is to hold {high} of the customers and MID {mid}, counted from the best; equal scores stay together. Moving either cut fixes both instead.", "high", words.WholePercent(v.Shares[0]), "mid", words.WholePercent(v.Shares[1])))
	}
	if !s.fiveScores() {
		paragraphs = append(paragraphs, catalogue.T("Measures that do not have five scores are converted to a scale of five: 1 + 4 × (score − 1) ÷ (scores − 1)."))
	}
	return paragraphs
}

// fiveScores reports whether every measure has five scores, the scale on which
// rules are told.
func (s *Screen) fiveScores() bool { return s.frame.Scheme.Levels == model.Ten().Levels }

func (s *Screen) explainGroup(r tableRow) (string, []string) {
	var paragraphs []string
	if r.isTier {
		paragraphs = append(paragraphs, s.tierMeaning(r.Group))
	} else {
		paragraphs = append(paragraphs, s.meaning(r.Group))
	}
	now := r.Now
	customers, revenue := figure.CustomerShares(s.frame), figure.RevenueShares(s.frame)
	ofCustomers, ofRevenue := customers.Segment(r.Slug), revenue.Segment(r.Slug)
	if r.isTier {
		ofCustomers, ofRevenue = customers.Tier(r.Tier), revenue.Tier(r.Tier)
	}
	text := catalogue.T("{customers}, {share} of all, with {revenue} in {orders} orders: {revenue_share} of the revenue.", "customers", words.Customers(now.Customers), "share", ofCustomers, "revenue", words.ScaleFor(s.frame.Total.Revenue).Money(now.Revenue, s.symbol), "orders", words.Count(now.Orders), "revenue_share", ofRevenue)
	if now.Customers > 0 {
		text += catalogue.T(" On average their last order was {days} days ago.", "days", words.Count(now.Recency/now.Customers))
	}
	paragraphs = append(paragraphs, text)
	if r.isTier {
		paragraphs = append(paragraphs, s.promised(r.Tier)...)
	}
	return r.Label, append(paragraphs, catalogue.T("Δ compares now with the baseline {against}: {before} customers there, {now} now. Nobody bought more or less; customers are reclassified.", "against", s.frame.Against(), "before", words.Count(r.Was.Customers), "now", words.Count(now.Customers)))
}

// tierMeaning tells what makes a tier.
func (s *Screen) tierMeaning(g session.Group) string {
	switch {
	case g.Tier == model.TierNone:
		return catalogue.T("Customers {where}. They have scores, but are in no tier.", "where", s.frame.NoTierWhere())
	case s.frame.ByValue:
		return catalogue.T("{label} by value score ({rule}). Each customer is in exactly one tier.", "label", g.Label, "rule", formula(s.frame.Scheme.Value))
	}
	var names []string
	for _, segment := range s.frame.Segments {
		if segment.Tier == g.Tier {
			names = append(names, segment.Label)
		}
	}
	return catalogue.T("{label} by the map: {names}.", "label", g.Label, "names", strings.Join(names, ", "))
}

// mostCells are how many cells of a segment are named.
const mostCells = 30

// cellsOf names the cells of a segment, the best first.
func (s *Screen) cellsOf(g session.Group) string {
	var cells []string
	levels := s.frame.Scheme.Levels
	for cell := len(s.frame.CellSegments) - 1; cell >= 0; cell-- {
		if s.frame.Segments[s.frame.CellSegments[cell]].Slug != g.Slug {
			continue
		}
		cells = append(cells, fmt.Sprintf("%d%d%d", cell/levels[2]/levels[1]+1, cell/levels[2]%levels[1]+1, cell%levels[2]+1))
	}
	if n := len(cells) - mostCells; n > 0 {
		cells = append(cells[:mostCells], catalogue.T("and {count} more", "count", n))
	}
	if len(cells) == 0 {
		return catalogue.T("It has no cells.")
	}
	return catalogue.T("Its cells, as scores of recency, frequency and monetary: {cells}.", "cells", strings.Join(cells, " "))
}

// meaning tells who is in a segment.
func (s *Screen) meaning(g session.Group) string {
	inside := catalogue.T("In tier {tier}. ", "tier", words.Tier(g.Tier))
	if g.Tier == model.TierNone {
		inside = catalogue.T("In no tier. ")
	}
	if kept, ok := s.keptMeaning(g); ok {
		return inside + kept
	}
	if s.frame.Scheme.Map != "ten" {
		return inside + s.cellsOf(g)
	}
	if !s.fiveScores() {
		inside += catalogue.T("On the scale of five scores: ")
	}
	switch g.Slug {
	case "champions":
		return catalogue.T("{inside}Recency, frequency and monetary all score 4 or better: recent, frequent and large.", "inside", inside)
	case "cant-lose":
		return catalogue.T("{inside}Recency scores 2 or worse: high value, but not seen for long. Worth a personal call.", "inside", inside)
	case "loyal":
		return catalogue.T("{inside}High value, and neither Champions nor Can't lose.", "inside", inside)
	case "potential-loyalist":
		return catalogue.T("{inside}Recency scores 4 or better and frequency 2 or better.", "inside", inside)
	case "promising":
		return catalogue.T("{inside}Recency scores 4 or better, frequency 1: new, with a large first order.", "inside", inside)
	case "need-attention":
		return catalogue.T("{inside}Recency scores 3: drifting away.", "inside", inside)
	case "at-risk":
		return catalogue.T("{inside}Recency scores 2 or worse.", "inside", inside)
	case "light":
		return catalogue.T("{inside}Recency scores 4 or better: recent, but small.", "inside", inside)
	case "about-to-sleep":
		return catalogue.T("{inside}Recency scores 3.", "inside", inside)
	case "hibernating":
		return catalogue.T("{inside}Recency scores 2 or worse.", "inside", inside)
	}
	return inside
}

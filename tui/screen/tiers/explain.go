package tiers

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
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
		text.Title, text.Paragraphs = "Value score", append(s.explainValue(), s.explainFragile()...)
	default:
		text.Title, text.Paragraphs = s.explainMeasure()
		text.Paragraphs = append(text.Paragraphs, s.explainFragile()...)
	}
	return text
}

func (s *Screen) explainFlow(f session.Flow) (heading string, paragraphs []string) {
	return f.From + " → " + f.To, []string{
		fmt.Sprintf("%s, with %s of revenue, are in %s under the baseline %s and in %s now.",
			words.Customers(f.Customers), words.Brief(f.Revenue, s.symbol), f.From, s.frame.Against(), f.To),
		"Nobody bought more or less; customers are reclassified.",
	}
}

func (s *Screen) explainMeasure() (heading string, paragraphs []string) {
	spec := s.frame.Scheme.Spec
	switch s.cut.Axis {
	case model.Recency:
		heading = "Recency"
		paragraphs = []string{
			fmt.Sprintf("Whole days from a customer's last order to the as-of day, %s. Fewer days score better.", s.frame.AsOf),
		}
	case model.Frequency:
		heading = "Frequency"
		paragraphs = []string{frequencyMeaning(spec) + " More scores better."}
	default:
		heading = "Monetary"
		paragraphs = []string{monetaryMeaning(spec.Monetary) + " More scores better."}
	}
	return heading, append(paragraphs, policies(spec, s.frame.OfLines), s.explainCuts(), s.explainScores())
}

func frequencyMeaning(spec model.Spec) string {
	switch spec.Frequency {
	case model.FrequencyDays:
		return "The number of different days on which a customer ordered."
	case model.FrequencyMonths:
		return "The number of calendar months in which a customer ordered."
	case model.FrequencyPerMonth:
		return fmt.Sprintf("Orders divided by the months since the customer's first order, by at least %s: one order last week is no rhythm yet. The scheme file sets the number as least_months, a command by --least-months.",
			words.Plural(int64(spec.MonthsAtLeast()), "month", "months"))
	}
	return "The number of a customer's orders. An order is identified by customer and order id together."
}

func monetaryMeaning(m model.MonetaryMeasure) string {
	switch m {
	case model.MonetaryMean:
		return "The mean value of a customer's orders."
	case model.MonetaryMargin:
		return "What a customer's orders brought above their cost: value less the cost of the goods."
	}
	return "The value of all of a customer's orders."
}

// policies tells which orders count; the conditions at the places ofLines are on
// lines.
func policies(spec model.Spec, ofLines []int) string {
	text := "Orders of the whole history count."
	if in := within(spec.Window, ""); in != "" {
		text = "Orders" + in + " count."
	}
	switch spec.Returns {
	case model.ReturnsIgnore:
		text += " Returned value is left out."
	case model.ReturnsOrders:
		text += " A return counts as an order and reduces the value."
	default:
		text += " Returns reduce the value but are neither orders nor signs of life."
	}
	if spec.Zero == model.ZeroDrop {
		text += " Orders worth nothing do not count."
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
		text += " Only where " + strings.Join(conditions, " and ") + "."
	}
	if ofThem != nil {
		text += " Only lines with " + strings.Join(ofThem, " and ") + " count: an order is worth what these lines are worth."
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
		return "No order has an amount: there is nothing to draw a cut through."
	}
	positions := strings.Join(at, session.CutsBetween)
	if axis != model.Monetary {
		positions += " " + unit(spec, axis)
	}
	cuts := s.frame.Scheme.Cuts[axis]
	if cuts.Method == model.MethodFixed {
		return "The cuts are fixed; the ranges end at " + positions + ". r gives them back to the method of the scheme."
	}
	how := map[model.Method]string{
		model.MethodQuantile: fmt.Sprintf("The cuts are quantiles: they divide the customers into %d parts as equal as ties allow, which end at %s. Customers with equal values always score alike.", len(at)+1, positions),
		model.MethodRFMR:     fmt.Sprintf("The cuts are those of the R package rfm: quantiles plus one unit, of which the lower bound belongs to the range. A score ends with %s.", positions),
		model.MethodNTile:    fmt.Sprintf("The customers are divided into %d groups of equal size, in the order of their values and, where these are equal, of their keys: customers with equal values %s. The groups end with %s.", len(at)+1, s.tearing(axis), positions),
		model.MethodNested:   s.explainNested(axis, positions),
		model.MethodMean:     fmt.Sprintf("The cut is the mean of all customers: %s.", positions),
	}[cuts.Method]
	if len(cuts.At) > 0 {
		return how + " They come from earlier data and are frozen."
	}
	return how + " Moving one cut fixes all of this measure."
}

// tearing says whether customers with equal values have different scores.
func (s *Screen) tearing(axis model.Axis) string {
	if s.frame.Spans[axis].Torn() {
		return "score differently where a group ends among them"
	}
	return "may score differently, but here none do"
}

// explainNested tells what is within what; positions are the quantiles of all.
func (s *Screen) explainNested(axis model.Axis, positions string) string {
	within := "within each score of recency"
	switch axis {
	case model.Recency:
		return fmt.Sprintf("The cuts are quantiles of all customers (%s); the measures nested below are divided anew within each score.", positions)
	case model.Monetary:
		within = "within each pair of scores of recency and frequency"
	}
	return fmt.Sprintf("The cuts are nested: quantiles of those customers alone who score alike before, %s, so that a score begins elsewhere in each. Shown are the quantiles of all customers, %s, which score nobody.", within, positions)
}

// explainScores counts the customers of each score of the marked measure.
func (s *Screen) explainScores() string {
	counts := s.frame.ScoreCounts[s.cut.Axis]
	if s.unvalued() {
		return "So monetary scores tell nobody apart, and nobody is counted by them."
	}
	parts := make([]string, 0, len(counts))
	for score := len(counts); score >= 1; score-- {
		parts = append(parts, fmt.Sprintf("%d: %s", score, words.Count(counts[score-1])))
	}
	return "Customers by score, best first: " + strings.Join(parts, " · ")
}

func (s *Screen) explainValue() []string {
	v := s.frame.Scheme.Value
	paragraphs := []string{
		fmt.Sprintf("The sum of the three scores, %s, from %d to %d: a sum of ranks, recency among them, and no amount of money.", formula(v), v.Min(), v.Max()),
		fmt.Sprintf("HIGH begins at %d, MID at %d; what is below is LOW. A customer who improves on any measure never falls to a lower tier.", v.Cuts[1], v.Cuts[0]),
	}
	if told := v.UnvaluedWords(); told != "" {
		paragraphs[0] = fmt.Sprintf("The value score, %s, from %d to %d: a sum of ranks, recency among them, and no amount of money.", formula(v), v.Min(), v.Max())
		paragraphs = append(paragraphs, strings.ToUpper(told[:1])+told[1:]+".")
	}
	if v.ByShare() {
		paragraphs = append(paragraphs, fmt.Sprintf("HIGH is to hold %s of the customers and MID %s, counted from the best; equal scores stay together. Moving one of the cuts ends that.",
			words.WholePercent(v.Shares[0]), words.WholePercent(v.Shares[1])))
	}
	if !s.fiveScores() {
		paragraphs = append(paragraphs, "Measures with other than five scores are brought to the scale of five: 1 + 4 × (score − 1) ÷ (scores − 1).")
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
	text := fmt.Sprintf("%s, %s of all, with %s in %s orders: %s of the revenue.",
		words.Customers(now.Customers), ofCustomers,
		words.Brief(now.Revenue, s.symbol), words.Count(now.Orders), ofRevenue)
	if now.Customers > 0 {
		text += fmt.Sprintf(" On average their last order was %s days ago.", words.Count(now.Recency/now.Customers))
	}
	paragraphs = append(paragraphs, text)
	if r.isTier {
		paragraphs = append(paragraphs, s.promised(r.Tier)...)
	}
	return r.Label, append(paragraphs, fmt.Sprintf("Δ is now against the baseline %s: %s customers there, %s now. Nobody bought more or less; customers are reclassified.",
		s.frame.Against(), words.Count(r.Was.Customers), words.Count(now.Customers)))
}

// tierMeaning tells what makes a tier.
func (s *Screen) tierMeaning(g session.Group) string {
	switch {
	case g.Tier == model.TierNone:
		return "Customers " + s.frame.NoTierWhere() + ". They have scores, but are in no tier."
	case s.frame.ByValue:
		return fmt.Sprintf("%s by value score (%s). Each customer is in exactly one tier.", g.Label, formula(s.frame.Scheme.Value))
	}
	var names []string
	for _, segment := range s.frame.Segments {
		if segment.Tier == g.Tier {
			names = append(names, segment.Label)
		}
	}
	return fmt.Sprintf("%s by the map: %s.", g.Label, strings.Join(names, ", "))
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
		cells = append(cells[:mostCells], fmt.Sprintf("and %d more", n))
	}
	if len(cells) == 0 {
		return "No cell is in it."
	}
	return "Its cells, as scores of recency, frequency and monetary: " + strings.Join(cells, " ") + "."
}

// meaning tells who is in a segment.
func (s *Screen) meaning(g session.Group) string {
	inside := fmt.Sprintf("In tier %s. ", strings.ToUpper(string(g.Tier)))
	if g.Tier == model.TierNone {
		inside = "In no tier. "
	}
	if kept, ok := s.keptMeaning(g); ok {
		return inside + kept
	}
	if s.frame.Scheme.Map != "ten" {
		return inside + s.cellsOf(g)
	}
	if !s.fiveScores() {
		inside += "On the scale of five scores: "
	}
	switch g.Slug {
	case "champions":
		return inside + "Recency, frequency and monetary all score 4 or better: recent, frequent and large."
	case "cant-lose":
		return inside + "Recency scores 2 or worse: high value, but not seen for long. Worth a personal call."
	case "loyal":
		return inside + "High value, and neither Champions nor Can't lose."
	case "potential-loyalist":
		return inside + "Recency scores 4 or better and frequency 2 or better."
	case "promising":
		return inside + "Recency scores 4 or better, frequency 1: new, with a large first order."
	case "need-attention":
		return inside + "Recency scores 3: drifting away."
	case "at-risk":
		return inside + "Recency scores 2 or worse."
	case "light":
		return inside + "Recency scores 4 or better: recent, but small."
	case "about-to-sleep":
		return inside + "Recency scores 3."
	case "hibernating":
		return inside + "Recency scores 2 or worse."
	}
	return inside
}

package session

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// reasonWords writes reasons for moving.
type reasonWords struct {
	before, after *rfm.Rule
	spec          model.Spec // of after
	currency      string
	// otherwise says that the two sides count otherwise, so that cuts that follow the
	// data have moved though nobody moved them: where, is told.
	otherwise bool
	// twoDays says that the sides look back from two days, so that not all that moves is
	// the rule's.
	twoDays bool
}

// flow tells why customers go from one segment to another: "recency 34–45 days
// now scores 3, not 4"; between two days also whose doing it is: "(by behaviour)".
func (w reasonWords) flow(r compare.Reason, from, to model.Segment) string {
	text := w.changed(r, from, to)
	if r.Risen {
		text = catalogue.T("scores {tier}: {reason}", "tier", tierLabels[to.Tier], "reason", text)
	}
	return text + w.doing(r)
}

// doing tells, between two days, whose doing a move is: as the split has it.
func (w reasonWords) doing(r compare.Reason) string {
	if !w.twoDays {
		return ""
	}
	switch r.Class {
	case compare.Behaviour:
		return catalogue.T(" (by behaviour)")
	case compare.Rule:
		return catalogue.T(" (by the rule)")
	case compare.Both:
		return catalogue.T(" (by both)")
	}
	return ""
}

// changed tells what has changed for them.
func (w reasonWords) changed(r compare.Reason, from, to model.Segment) string {
	switch r.Cause {
	case compare.ByHold:
		return w.hold(r, from, to)
	case compare.ByMap:
		if from.Slug == to.Slug {
			return otherTier
		}
		return w.redrawn(r.Cause, r.ValueCut)
	case compare.ByValue:
		return w.redrawn(r.Cause, r.ValueCut)
	}
	var parts []string
	for _, c := range r.Crossings[:r.Crossed] {
		parts = append(parts, w.crossing(c))
	}
	if r.Redrawn != compare.NoCause {
		parts = append(parts, w.redrawn(r.Redrawn, r.ValueCut))
	}
	return together(parts)
}

// together joins changes that come together.
func together(changes []string) string {
	return strings.Join(changes, AndClause)
}

// otherTier is why customers whose segment goes by the same name move.
var otherTier = catalogue.T("the segment is in another tier")

// broad tells the same without scores: "recency and frequency score better (by
// behaviour)".
func (w reasonWords) broad(r compare.Reason, from, to model.Segment) string {
	switch {
	case r.Cause == compare.ByHold:
		return w.holdBroad(from, to) + w.doing(r)
	case r.Crossed == 0:
		return w.flow(r, from, to)
	}
	var better, worse []string
	for _, c := range r.Crossings[:r.Crossed] {
		if (c.After-1)*(w.before.Levels[c.Axis]-1) > (c.Before-1)*(w.after.Levels[c.Axis]-1) {
			better = append(better, words.Axis(c.Axis))
		} else {
			worse = append(worse, words.Axis(c.Axis))
		}
	}
	var parts []string
	if n := len(better); n > 0 {
		parts = append(parts, words.Agree(n, "{measures} scores better", "{measures} score better", "measures", words.And(better)))
	}
	if n := len(worse); n > 0 {
		parts = append(parts, words.Agree(n, "{measures} scores worse", "{measures} score worse", "measures", words.And(worse)))
	}
	text := strings.Join(parts, ", ")
	if !w.twoDays {
		text = by(r, text)
	}
	if r.Redrawn != compare.NoCause {
		text = together([]string{text, w.redrawn(r.Redrawn, r.ValueCut)})
	}
	return text + w.doing(r)
}

// by tells broadly what of the rule has brought customers past cuts, which is the change.
func by(r compare.Reason, change string) string {
	var cuts, measured bool
	for _, c := range r.Crossings[:r.Crossed] {
		cuts = cuts || !c.Measured
		measured = measured || c.Measured
	}
	switch {
	case cuts && measured:
		return catalogue.T("{change} by the cuts and what is measured", "change", change)
	case measured:
		return catalogue.T("{change} by what is measured", "change", change)
	}
	return catalogue.T("{change} by the cuts", "change", change)
}

// hold tells of customers who are kept in a tier, or no longer are, and by which
// rule. Only an override asks for no scores.
func (w reasonWords) hold(r compare.Reason, from, to model.Segment) string {
	broad := w.holdBroad(from, to)
	switch by := ruleOf(r); {
	case by == "":
		return catalogue.T("{broad} by fair rules", "broad", broad)
	case by == model.KeptByOverride && r.Kept == by:
		return catalogue.T("{broad} by {by}, whatever the scores", "broad", broad, "by", words.KeptBy(by))
	default:
		return catalogue.T("{broad} by {by}", "broad", broad, "by", words.KeptBy(by))
	}
}

// holdBroad tells the same without the rule.
func (w reasonWords) holdBroad(from, to model.Segment) string {
	kept := rfm.IsKept
	switch {
	case kept(to):
		return catalogue.T("kept in {tier}", "tier", tierLabels[to.Tier])
	case kept(from):
		return catalogue.T("no longer kept in {tier}", "tier", tierLabels[from.Tier])
	}
	return catalogue.T("kept")
}

// ruleOf is what keeps the customers of a reason, or no longer does; "" where that
// is not known.
func ruleOf(r compare.Reason) model.KeptBy { return cmp.Or(r.Kept, r.KeptBefore) }

// heldTogether is one reason for customers who are all kept, or no longer are: by
// which rule each; false where others are among them.
func heldTogether(reasons []FlowReason) (FlowReason, bool) {
	var all FlowReason
	count := map[model.KeptBy]int64{}
	for _, r := range reasons {
		by := ruleOf(r.Reason)
		if r.Cause != compare.ByHold || by == "" || r.Broad != reasons[0].Broad {
			return all, false
		}
		count[by] += r.Customers
		all.Customers += r.Customers
		all.Revenue += r.Revenue
	}
	if len(count) < 2 {
		return all, false
	}
	var texts []string
	for _, by := range model.KeptBys {
		if n := count[by]; n > 0 {
			texts = append(texts, catalogue.T("{count} by {by}", "count", words.Count(n), "by", words.KeptBy(by)))
		}
	}
	all.Cause, all.Broad = compare.ByHold, reasons[0].Broad
	all.Text = all.Broad + ": " + strings.Join(texts, ", ")
	return all, true
}

// redrawn tells of a map or a value rule that puts the same scores elsewhere.
func (w reasonWords) redrawn(cause compare.Cause, valueCut int) string {
	if cause == compare.ByMap {
		was, is := w.before.MapName(), w.after.MapName() // "" where it is drawn by hand
		otherLevels := w.before.Levels != w.after.Levels
		switch {
		case was != is && (otherLevels || was != "" && is != ""):
			return catalogue.T("another map applies")
		case otherLevels:
			return catalogue.T("other numbers of scores, different segment in the other map")
		}
		return catalogue.T("same scores, different segment in the other map")
	}
	old, now := w.before.Value, w.after.Value
	var parts []string
	if told := w.amounts(); told != "" {
		parts = append(parts, told)
	}
	if old.Weights != now.Weights {
		parts = append(parts, catalogue.T("the value score weighs the scores {now}, not {old}", "now", weightsText(now), "old", weightsText(old)))
	}
	if at := valueCut; at >= 0 && old.Cuts[at] != now.Cuts[at] {
		parts = append(parts, catalogue.T("{cut} begins at value score {now}, not {old}", "cut", CutName(CutID{Value: true, Index: at}, 0), "now", now.Cuts[at], "old", old.Cuts[at]))
	}
	if parts == nil {
		return catalogue.T("the value rule differs")
	}
	return together(parts)
}

// amounts tells of a value score that counts amounts on one side only, since the
// other has none; "" where both do, or neither. The value rule is the same.
func (w reasonWords) amounts() string {
	switch old, now := w.before.Value.Unvalued, w.after.Value.Unvalued; {
	case old == now:
		return ""
	case old:
		return catalogue.T("the value score now counts amounts: before, no order had one")
	}
	return catalogue.T("the value score no longer counts amounts: no order has one")
}

func (w reasonWords) crossing(c compare.Crossing) string {
	now, was := strconv.Itoa(c.After), strconv.Itoa(c.Before)
	if before, after := w.before.Levels[c.Axis], w.after.Levels[c.Axis]; before != after {
		now, was = catalogue.T("{after} of {levels}", "after", c.After, "levels", after), catalogue.T("{before} of {levels}", "before", c.Before, "levels", before)
	}
	axis, values := words.Axis(c.Axis), w.values(c)
	measured := strings.TrimSpace(axis + " " + values)
	switch c.Cause {
	case compare.ByCut:
		return w.cutMoved(c, catalogue.T("{measured} now scores {now}, not {was}", "measured", measured, "now", now, "was", was))
	case compare.ByMeasure:
		return catalogue.T("{measured}, measured differently, scores {now}, not {was}", "measured", measured, "now", now, "was", was)
	}
	change := catalogue.T("{axis} has changed", "axis", axis)
	if values != "" {
		change = catalogue.T("{axis} is now {values}", "axis", axis, "values", values)
	}
	switch {
	case c.Cause == compare.ByDataAndRule && c.Measured:
		change = catalogue.T("{change}, measured differently", "change", change)
	case c.Cause == compare.ByDataAndRule:
		change = catalogue.T("{change}, and its cuts have moved", "change", change)
	}
	return catalogue.T("{change}: scores {now}, not {was}", "change", change, "now", now, "was", was)
}

// cutMoved tells of a change, where the two sides count otherwise, from where to where
// the cut of a crossing has moved: "… (the cut moved: 72 → 47 days)".
func (w reasonWords) cutMoved(c compare.Crossing, change string) string {
	was, is := w.before.Cuts[c.Axis], w.after.Cuts[c.Axis]
	if !w.otherwise || len(was) != len(is) || !w.before.ByCuts(c.Axis) || !w.after.ByCuts(c.Axis) {
		return change
	}
	place := func(cut model.Cut) string { return RoundedPlace(cut, c.Axis, w.spec, w.currency) }
	from, to := place(was[c.Cut]), place(is[c.Cut])
	if from == to {
		return catalogue.T("{change} (the cut moved)", "change", change)
	}
	if BeginsAt(c.Axis, w.spec) {
		from = catalogue.T("from {place}", "place", from)
	}
	return catalogue.T("{change} (the cut moved: {from} → {to})", "change", change, "from", from, "to", withUnit(to, c.Axis, w.spec))
}

// values writes what a crossing's customers measure now: the values that have
// the score now and, where they are the same values, had the other one before. It
// is "" where cuts alone do not tell the score.
func (w reasonWords) values(c compare.Crossing) string {
	if !w.after.ByCuts(c.Axis) {
		return ""
	}
	above, upto := scored(w.after, c.Axis, c.After)
	if c.Cause == compare.ByCut && w.before.ByCuts(c.Axis) {
		oldAbove, oldUpto := scored(w.before, c.Axis, c.Before)
		above, upto = max(above, oldAbove), min(upto, oldUpto)
	}
	return valuesText(above, upto, c.Axis, w.spec, w.currency)
}

// scored returns the values that have a score: those above one and up to
// another, math.MinInt64 and math.MaxInt64 without a bound.
func scored(rule *rfm.Rule, axis model.Axis, score int) (above, upto int64) {
	cuts := rule.Cuts[axis]
	below, top := score-2, score-1 // the cuts around it, where more is better
	if axis == model.Recency {
		below, top = len(cuts)-score, len(cuts)-score+1
	}
	above, upto = math.MinInt64, math.MaxInt64
	if below >= 0 {
		above = cuts[below].Whole
	}
	if top < len(cuts) {
		upto = cuts[top].Whole
	}
	return above, upto
}

// valuesText writes the values above one and up to another: "34–45 days", "≤2
// orders", "£250.19–£490.10". Amounts are rounded to the hundredth.
func valuesText(above, upto int64, axis model.Axis, spec model.Spec, currency string) string {
	one, unit := words.Units(axis, spec)
	whole := spec.Scale(axis) == 1
	write := words.Count
	first := above // the bounds of fine measures are told as they are, whole values as first and last
	if whole {
		first++
	} else {
		write = func(v int64) string { return priced(words.Amount(model.Money(v), ""), axis, currency) }
	}
	text, single := write(first)+"–"+write(upto), false
	switch {
	case above == math.MinInt64:
		text, single = "≤"+write(upto), upto == 1
	case upto == math.MaxInt64 && whole:
		text, single = "≥"+write(first), first == 1
	case upto == math.MaxInt64:
		text = ">" + write(first)
	case write(first) == write(upto):
		text, single = write(upto), upto == 1
	}
	if single && whole {
		unit = one
	}
	return strings.TrimSpace(text + " " + unit)
}

// short tells one customer's reason in a few letters: "recency 4→3", and between two
// days, with whose doing it is, "behaviour: recency 4→3".
func (w reasonWords) short(r compare.Reason, from, to model.Segment) string {
	text := w.changedShort(r, from, to)
	if !w.twoDays {
		return text
	}
	switch r.Class {
	case compare.Behaviour:
		return catalogue.T("behaviour: {reason}", "reason", text)
	case compare.Rule:
		return catalogue.T("rule: {reason}", "reason", text)
	case compare.Both:
		return catalogue.T("both: {reason}", "reason", text)
	}
	return text
}

func (w reasonWords) changedShort(r compare.Reason, from, to model.Segment) string {
	switch r.Cause {
	case compare.NoCause:
		return ""
	case compare.ByHold:
		if rfm.IsKept(to) {
			return catalogue.T("kept")
		}
		return catalogue.T("no longer kept")
	case compare.ByMap:
		if from.Slug == to.Slug {
			return otherTier
		}
		return w.redrawnShort(r.Cause, r.ValueCut)
	case compare.ByValue:
		return w.redrawnShort(r.Cause, r.ValueCut)
	}
	var parts, measured []string
	for _, c := range r.Crossings[:r.Crossed] {
		part := fmt.Sprintf("%s %d→%d", words.Axis(c.Axis), c.Before, c.After)
		if c.Cause == compare.ByMeasure && r.Cause == compare.ByMeasure {
			measured = append(measured, part)
		} else {
			parts = append(parts, part)
		}
	}
	if measured != nil { // behind those whose cuts moved
		measured[0] = catalogue.T("measured: {measured}", "measured", measured[0])
		parts = append(parts, measured...)
	}
	if r.Redrawn != compare.NoCause {
		parts = append(parts, w.redrawnShort(r.Redrawn, r.ValueCut))
	}
	return strings.Join(parts, ", ")
}

func (w reasonWords) redrawnShort(cause compare.Cause, valueCut int) string {
	switch {
	case cause == compare.ByMap:
		return catalogue.T("map")
	case w.amounts() != "":
		return catalogue.T("amounts")
	case valueCut >= 0:
		return catalogue.T("value cut of {cut}", "cut", CutName(CutID{Value: true, Index: valueCut}, 0))
	}
	return catalogue.T("value rule")
}

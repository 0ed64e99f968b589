package sensitivity

import (
	"slices"

	"strata/analysis/rfm"
)

// Value answers for the value cuts of one rule, whose map must follow from the
// value score. It is immutable.
type Value struct {
	rule    *rfm.Rule
	figures *rfm.Figures // by cell
	scores  []int        // whole value scores there are, ascending: a cut passes nobody between two
}

// NewValue prepares the value cuts of rule; figures must have its cuts.
func NewValue(rule *rfm.Rule, figures *rfm.Figures) *Value {
	v := &Value{rule: rule, figures: figures}
	for cell := range rule.Cells() {
		v.scores = append(v.scores, int(rule.ValueScore(cell).Whole))
	}
	slices.Sort(v.scores)
	v.scores = slices.Compact(v.scores)
	return v
}

// Moved returns who is reclassified when a value cut (0: MID begins, 1: HIGH
// begins) moves to another value score, on its own side of the other cut.
func (v *Value) Moved(cut, to int) rfm.Flow {
	cuts := v.rule.Value.Cuts
	cuts[cut] = to
	return v.differ(v.rule, v.rule.WithValueCuts(cuts))
}

// differ adds up the customers of all cells that are in another segment.
func (v *Value) differ(a, b *rfm.Rule) rfm.Flow {
	var sum rfm.Flow
	for cell, figures := range v.figures.Cells {
		if key(a, cell) != key(b, cell) {
			sum.Customers += figures.Customers
			sum.Revenue += figures.Revenue
		}
	}
	return sum
}

// NextUp returns the nearest value score above a cut, at most limit, at which
// anybody is reclassified, and who that is; false if nobody is as far as that.
func (v *Value) NextUp(cut, limit int) (to int, who rfm.Flow, ok bool) {
	from := v.rule.Value.Cuts[cut]
	for _, score := range v.scores {
		if to = score + 1; to > from && to <= limit { // the cut has just passed the score
			if who = v.Moved(cut, to); who.Customers > 0 {
				return to, who, true
			}
		}
	}
	return 0, rfm.Flow{}, false
}

// NextDown is NextUp for value scores below the cut, at least limit.
func (v *Value) NextDown(cut, limit int) (to int, who rfm.Flow, ok bool) {
	from := v.rule.Value.Cuts[cut]
	for _, to := range slices.Backward(v.scores) {
		if to < from && to >= limit {
			if who = v.Moved(cut, to); who.Customers > 0 {
				return to, who, true
			}
		}
	}
	return 0, rfm.Flow{}, false
}

// Tie returns the greatest value score below a cut that anybody has, and how
// many have it; false where nobody is there. A fraction counts with the whole
// score below it, since no cut parts the two.
func (v *Value) Tie(cut int) (score int, customers int64, ok bool) {
	at := make(map[int]int64)
	for cell, figures := range v.figures.Cells {
		at[int(v.rule.ValueScore(cell).Whole)] += figures.Customers
	}
	for _, score := range slices.Backward(v.scores) {
		if score < v.rule.Value.Cuts[cut] && at[score] > 0 {
			return score, at[score], true
		}
	}
	return 0, 0, false
}

// Strip returns the value scores there are, and for each how many customers up
// to it would be reclassified if a cut came along and passed them, the other
// standing where it is.
func (v *Value) Strip(cut int) (scores []int, upto []int64) {
	other := v.rule.Value.Cuts[1-cut]
	at := func(score int) *rfm.Rule {
		return v.rule.WithValueCuts([2]int{min(score, other), max(score, other)})
	}
	sum := int64(0)
	for _, score := range v.scores {
		sum += v.differ(at(score), at(score+1)).Customers
		upto = append(upto, sum)
	}
	return v.scores, upto
}

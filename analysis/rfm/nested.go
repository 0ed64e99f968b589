package rfm

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// nesting scores a measure by the quantiles of those customers alone who score
// alike on the measures before it: frequency within every score of recency,
// monetary within every pair of scores of recency and frequency. It is the
// nested binning of SPSS (IBM SPSS Statistics 30, "RFM Binning") and of A. M.
// Hughes, "Strategic Database Marketing" (1994), with equal values together.
//
// The measures before it may be scored in any way. Recency has none before it:
// nested, it is scored by its quantiles.
type nesting struct {
	base   *Base
	axis   model.Axis
	levels int

	mu   sync.Mutex
	last *nested
}

// nested is what a nesting makes of the scores before it. It is immutable.
type nested struct {
	group []uint8       // of each row: the number of its scores on the measures before
	cuts  [][]model.Cut // of each group, nil for one without customers
	given []uint8       // how many cuts of its group each row lies above
}

// within scores every customer among those whom rule scores alike on the
// measures before. It keeps the last answer, since most moves leave those
// scores alone.
func (n *nesting) within(rule *Rule) *nested {
	group := groupsOf(n.base, rule, n.axis)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last == nil || !bytes.Equal(n.last.group, group) {
		n.last = &nested{group: group}
		if n.axis == model.Frequency {
			n.last.cuts = groupCuts(n.base.Frequency, group, n.levels)
			n.last.given = giveScores(n.base.Frequency, n.last)
		} else {
			n.last.cuts = groupCuts(n.base.Monetary, group, n.levels)
			n.last.given = giveScores(n.base.Monetary, n.last)
		}
	}
	return n.last
}

// mostGroups is how many pairs of scores there can be before a measure.
const mostGroups = model.MaxLevels * model.MaxLevels

// groupsOf numbers the scores that each customer of base has on the measures
// before an axis.
func groupsOf(base *Base, rule *Rule, axis model.Axis) []uint8 {
	stride := 1
	var before scoring
	for a := axis - 1; a >= 0; a-- {
		before = append(before, newScorer(rule, a, stride))
		stride *= rule.Levels[a]
	}
	c := columnsOf(base, nil)
	group := make([]uint8, c.len())
	parts := partsOf(c.len())
	_ = parallel(context.Background(), parts, func(part int) {
		lo, hi := span(c.len(), parts, part)
		before.blocks(c, lo, hi, func(at int, keys []uint32) {
			for i, key := range keys {
				group[at+i] = uint8(key)
			}
		})
	})
	return group
}

// groupCuts returns the quantiles of each group.
func groupCuts[T integer](values []T, group []uint8, levels int) [][]model.Cut {
	var counts [mostGroups]int
	for _, g := range group {
		counts[g]++
	}
	var members [mostGroups][]T
	for g, count := range counts {
		members[g] = make([]T, 0, count)
	}
	for row, g := range group {
		members[g] = append(members[g], values[row])
	}
	cuts := make([][]model.Cut, mostGroups)
	_ = parallel(context.Background(), mostGroups, func(g int) {
		if len(members[g]) > 0 {
			cuts[g] = quantileCuts(members[g], levels)
		}
	})
	return cuts
}

// giveScores counts for each value the cuts of its group that it lies above.
func giveScores[T integer](values []T, n *nested) []uint8 {
	given := make([]uint8, len(values))
	for row, v := range values {
		for _, cut := range n.cuts[n.group[row]] {
			given[row] += uint8(above(v, cut.Whole))
		}
	}
	return given
}

// Carried returns the rule for the customers of another base, of another day
// for example, with all the cuts it has: those of nested measures are not drawn
// anew, and a group that nobody was in has the cuts of all. Equal values that
// the rule splits score alike there, by its cuts. It holds nobody.
func (r *Rule) Carried(base *Base) *Rule {
	carried := *r.Plain()
	carried.given, carried.nested, carried.base = [model.Axes][]uint8{}, [model.Axes]*nested{}, nil
	for a := model.Frequency; a < model.Axes; a++ {
		if r.nested[a] == nil {
			continue
		}
		n := &nested{group: groupsOf(base, &carried, a), cuts: r.cutsWithin(a)}
		if a == model.Frequency {
			n.given = giveScores(base.Frequency, n)
		} else {
			n.given = giveScores(base.Monetary, n)
		}
		carried.nested[a], carried.given[a], carried.base = n, n.given, base
	}
	return &carried
}

// cutsWithin returns the cuts of every group of a nested measure: those of all
// customers where nobody was in the group.
func (r *Rule) cutsWithin(a model.Axis) [][]model.Cut {
	within := slices.Clone(r.nested[a].cuts)
	for group, cuts := range within {
		if cuts == nil {
			within[group] = r.Cuts[a]
		}
	}
	return within
}

// Nested reports whether a measure is scored within the scores of those before
// it, so that its cuts are not what decides.
func (r *Rule) Nested(a model.Axis) bool { return r.nested[a] != nil }

// CutsOf returns the cuts that decide the scores of a customer, a row of base:
// those of all, and of a nested measure those of the customers who score alike
// on the measures before it.
func (r *Rule) CutsOf(base *Base, row int) [model.Axes][]model.Cut {
	r.on(base)
	cuts := r.Cuts
	for a, n := range r.nested {
		if n != nil {
			cuts[a] = n.cuts[n.group[row]]
		}
	}
	return cuts
}

// nestedWarnings says that a score of a nested measure means something else in
// every group, and which scores are too heavy or empty.
func (r *Rule) nestedWarnings(a model.Axis) []model.Warning {
	n, top := r.nested[a], r.Levels[a]-2
	low, high := -1, -1 // the groups where the best score begins lowest and highest
	for g, cuts := range n.cuts {
		if cuts == nil {
			continue
		}
		if low < 0 || cuts[top].Compare(n.cuts[low][top]) < 0 {
			low = g
		}
		if high < 0 || cuts[top].Compare(n.cuts[high][top]) > 0 {
			high = g
		}
	}
	var warnings []model.Warning
	if low != high {
		within := catalogue.T("each score of recency")
		if a == model.Monetary {
			within = catalogue.T("each pair of scores of recency and frequency")
		}
		begins := func(g int) string {
			cut := n.cuts[g][top]
			if a == model.Frequency && r.spec.Scale(a) == 1 {
				return catalogue.T("at {value}", "value", model.WholeCut(cut.Whole+1).String())
			}
			return catalogue.T("above {value}", "value", r.valueText(a, cut))
		}
		warnings = append(warnings, warningf("nested-scores", "{axis} is cut within {within}, so a score means different things: {score} begins {low} in {low_group}, {high} in {high_group}; the cuts shown are those for all customers together", "axis", words.Axis(a), "within", within, "score", r.Levels[a], "low", begins(low), "low_group", r.groupText(a, low), "high", begins(high), "high_group", r.groupText(a, high)))
	}
	counts := make([]int, r.Levels[a])
	for _, passed := range n.given {
		counts[passed]++
	}
	for passed, count := range counts {
		switch score := passed + 1; {
		case count == 0:
			warnings = append(warnings, warningf("empty-score", "{axis}: no customer scores {score}: too many have equal values", "axis", words.Axis(a), "score", score))
		case r.tooHeavy(a, count, len(n.given)):
			warnings = append(warnings, r.heavyScore(a, count, len(n.given), score))
		}
	}
	return warnings
}

// groupText names the scores before a measure that make a group: R5, or R5 F1.
func (r *Rule) groupText(a model.Axis, group int) string {
	if a == model.Frequency {
		return fmt.Sprintf("R%d", group+1)
	}
	levels := r.Levels[model.Frequency]
	return fmt.Sprintf("R%d F%d", group/levels+1, group%levels+1)
}

package rfm

import (
	"slices"

	"strata/model"
)

// Lint is what is wrong with a map of cells to segments. A map that does not
// look at an axis is judged without it; its cells have score 0 there.
type Lint struct {
	Cells       int
	Uncovered   []LintCell      // in no segment: Others
	Overlapping []LintCell      // in several; the first has it
	Unreachable []model.Segment // without a cell
	NonMonotone []Fall
}

// LintCell is a cell with the customers in it.
type LintCell struct {
	Scores [model.Axes]int
	Flow
}

// Fall is a pair of neighbouring cells of which the better one, by one step of
// one score, is in a lower tier. Flow is what that cell holds.
type Fall struct {
	Worse, Better         [model.Axes]int
	WorseTier, BetterTier model.Tier
	Flow
}

// Clean reports whether there is nothing to say.
func (l *Lint) Clean() bool {
	return len(l.Uncovered)+len(l.Overlapping)+len(l.Unreachable)+len(l.NonMonotone) == 0
}

// Lint looks for cells that are in no segment or in several, segments that no
// cell is in, and pairs of cells where a better score means a lower tier (no
// tier at all is neither better nor worse). figures, with the cuts of r, tell
// whom it concerns; they may be nil. Whom the rule holds is counted by the
// scores.
func (r *Rule) Lint(figures *Figures) *Lint {
	r = r.Plain()
	var l Lint
	flows := r.lintFlows(figures)
	reached := make([]bool, len(r.Segments))
	for cell := range r.cells {
		if r.projected(cell) != cell {
			continue
		}
		l.Cells++
		reached[r.cells[cell]] = true
		r.lintRegions(&l, cell, flows[cell])
		r.lintFalls(&l, cell, flows)
	}
	for s, segment := range r.Segments {
		if !reached[s] {
			l.Unreachable = append(l.Unreachable, segment)
		}
	}
	return &l
}

// projected returns the cell with score 1 on every axis that the map does not
// look at.
func (r *Rule) projected(cell int) int {
	scores := r.Scores(cell)
	for a := range scores {
		if !r.looks[a] {
			scores[a] = 1
		}
	}
	return r.Cell(scores)
}

// lintFlows adds the customers of every cell up where the map sees them.
func (r *Rule) lintFlows(figures *Figures) []Flow {
	flows := make([]Flow, len(r.cells))
	if figures != nil {
		for cell, a := range figures.Cells {
			flows[r.projected(cell)].add(a.Flow)
		}
	}
	return flows
}

// lintRegions enters a cell that is in no region, or in several.
func (r *Rule) lintRegions(l *Lint, cell int, flow Flow) {
	if r.held == nil {
		return
	}
	switch found := (LintCell{r.seen(cell), flow}); {
	case r.held[cell] == 0:
		l.Uncovered = append(l.Uncovered, found)
	case r.held[cell] > 1:
		l.Overlapping = append(l.Overlapping, found)
	}
}

// Holders returns all segments that hold a cell of a lint, the one that has it
// first.
func (r *Rule) Holders(scores [model.Axes]int) []model.Segment {
	var all []model.Segment
	for a := range scores {
		scores[a] = max(scores[a], 1) // a score of an axis that the map does not look at
	}
	for _, region := range r.regions {
		if slices.ContainsFunc(region.Cells, func(p model.Pattern) bool { return p.Holds(scores) }) {
			all = append(all, region.Segment)
		}
	}
	return all
}

// lintFalls enters the neighbours of a cell that are better by a step and in a
// lower tier.
func (r *Rule) lintFalls(l *Lint, cell int, flows []Flow) {
	tier := r.Segments[r.cells[cell]].Tier
	for a := range model.Axes {
		if !r.looks[a] || r.Scores(cell)[a] == r.Levels[a] {
			continue
		}
		better := cell + r.stride(a)
		falls := r.Segments[r.cells[better]].Tier
		if tier != model.TierNone && falls != model.TierNone && falls.Rank() > tier.Rank() {
			l.NonMonotone = append(l.NonMonotone, Fall{r.seen(cell), r.seen(better), tier, falls, flows[better]})
		}
	}
}

// seen returns the scores of a cell that the map looks at, 0 for the others.
func (r *Rule) seen(cell int) [model.Axes]int {
	scores := r.Scores(cell)
	for a := range scores {
		if !r.looks[a] {
			scores[a] = 0
		}
	}
	return scores
}

// CellText writes the scores of a cell as one word, * for an axis that the map
// does not look at: 543, 51*.
func CellText(scores [model.Axes]int) string {
	var text []byte
	for _, s := range scores {
		if s == 0 {
			text = append(text, '*')
			continue
		}
		text = append(text, byte('0'+s))
	}
	return string(text)
}

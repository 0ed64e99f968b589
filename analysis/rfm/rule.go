package rfm

import "strata/model"

// Rule is everything needed to tier one customer: exact cuts, and a segment
// for every cell of scores. It is immutable.
type Rule struct {
	Levels   [model.Axes]int
	Cuts     [model.Axes][]model.Cut // ascending, Levels-1 of them
	Value    model.ValueRule
	Segments []model.Segment // in the order they are shown, best tier first
}

// Resolve makes the rule of a scheme on the customers of base, with warnings
// about cuts that do not separate well. It is [Estimate] and then [NewRule].
// Errors: those of the two.
func Resolve(base *Base, scheme model.Scheme) (*Rule, []model.Warning, error) {
	return nil, nil, nil
}

// Estimate returns scheme with the cuts of every quantile axis that has none
// set to the quantiles of base. Error: Empty when there is no customer to
// estimate from.
func Estimate(base *Base, scheme model.Scheme) (model.Scheme, error) {
	return scheme, nil
}

// NewRule makes the rule of a scheme whose cuts are all set; it looks at no
// customer and takes microseconds. Error: Usage for cuts, levels, weights or a
// map that make no sense.
func NewRule(scheme model.Scheme) (*Rule, error) {
	return nil, nil
}

// Score returns the score, from 1, of a measured value on one axis.
func (r *Rule) Score(a model.Axis, value int64) int { return 0 }

// Cells returns the number of cells: the product of the levels.
func (r *Rule) Cells() int { return 0 }

// Cell returns the number of the cell with the given scores (recency,
// frequency, monetary), and Scores the scores of a cell.
func (r *Rule) Cell(scores [model.Axes]int) int { return 0 }

// Scores returns the scores of a cell.
func (r *Rule) Scores(cell int) [model.Axes]int { return [model.Axes]int{} }

// Segment returns the segment of a cell as an index into Segments.
func (r *Rule) Segment(cell int) int { return 0 }

// ValueScore returns the exact value score of a cell on the scale of five
// levels.
func (r *Rule) ValueScore(cell int) model.Cut { return model.Cut{} }

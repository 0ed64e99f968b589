package rfm

import (
	"context"
	"slices"

	"strata/model"
)

// Rule is everything needed to tier one customer: exact cuts, and a segment
// for every cell of scores. It is immutable.
type Rule struct {
	Levels   [model.Axes]int
	Cuts     [model.Axes][]model.Cut // ascending, Levels-1 of them
	Value    model.ValueRule
	Segments []model.Segment // in the order they are shown, best tier first

	spec   model.Spec          // for the units of messages
	floors [model.Axes][]int64 // Whole of every cut: v > cut is v > floor
	cells  []uint8             // segment of each cell, an index into Segments
}

// Resolve makes the rule of a scheme on the customers of base, with warnings
// about cuts that do not separate well. It is [Estimate], then [NewRule].
// Errors: those of the two.
func Resolve(base *Base, scheme model.Scheme) (*Rule, []model.Warning, error) {
	scheme, err := Estimate(base, scheme)
	if err != nil {
		return nil, nil, err
	}
	rule, err := NewRule(scheme)
	if err != nil {
		return nil, nil, err
	}
	return rule, warningsOn(base, rule), nil
}

// Estimate returns scheme with the cuts of every quantile axis that has none
// set to the quantiles of base. Errors: Empty when there is no customer to
// estimate from, Usage for a number of levels that makes no sense.
func Estimate(base *Base, scheme model.Scheme) (model.Scheme, error) {
	if err := checkLevels(scheme); err != nil {
		return scheme, err
	}
	scheme = scheme.Clone()
	var missing []model.Axis
	for a, cuts := range scheme.Cuts {
		if cuts.Method == model.MethodQuantile && cuts.At == nil {
			missing = append(missing, model.Axis(a))
		}
	}
	if len(missing) > 0 && base.Len() == 0 {
		return scheme, model.Errorf(model.Empty, "there is no customer to estimate the cuts from").
			WithHint("widen the window or the filter, or give fixed cuts")
	}
	err := parallel(context.Background(), len(missing), func(i int) {
		a := missing[i]
		at := &scheme.Cuts[a].At
		switch a {
		case model.Recency:
			*at = quantileCuts(base.Recency, scheme.Levels[a])
		case model.Frequency:
			*at = quantileCuts(base.Frequency, scheme.Levels[a])
		case model.Monetary:
			*at = quantileCuts(base.Monetary, scheme.Levels[a])
		}
	})
	return scheme, err
}

// NewRule makes the rule of a scheme whose cuts are all set; it looks at no
// customer and takes microseconds. Error: Usage for cuts, levels, weights or a
// map that make no sense.
func NewRule(scheme model.Scheme) (*Rule, error) {
	if err := checkLevels(scheme); err != nil {
		return nil, err
	}
	if err := checkValue(scheme.Value); err != nil {
		return nil, err
	}
	if scheme.Map != mapTen {
		return nil, model.Errorf(model.Usage, "there is no map %q", scheme.Map).WithHint("use %s", mapTen)
	}
	r := &Rule{Levels: scheme.Levels, Value: scheme.Value, Segments: tenSegments(), spec: scheme.Spec}
	for a, cuts := range scheme.Cuts {
		if err := checkCuts(model.Axis(a), cuts.At, scheme); err != nil {
			return nil, err
		}
		r.Cuts[a] = slices.Clone(cuts.At)
		for _, c := range cuts.At {
			r.floors[a] = append(r.floors[a], c.Whole)
		}
	}
	r.cells = make([]uint8, r.Cells())
	for cell := range r.cells {
		r.cells[cell] = uint8(r.ten(cell))
	}
	return r, nil
}

func checkLevels(scheme model.Scheme) error {
	for a, levels := range scheme.Levels {
		if levels < model.MinLevels || levels > model.MaxLevels {
			return model.Errorf(model.Usage, "%s has %d scores", model.Axis(a), levels).
				WithHint("use %d to %d", model.MinLevels, model.MaxLevels)
		}
	}
	return nil
}

// maxWeight keeps the value score far from the limits of an int.
const maxWeight = 1000

func checkValue(value model.ValueRule) error {
	for a, w := range value.Weights {
		if w < 0 || w > maxWeight {
			return model.Errorf(model.Usage, "the weight of %s is %d", model.Axis(a), w).
				WithHint("use 0 to %d", maxWeight)
		}
	}
	if value.Min() == 0 {
		return model.Errorf(model.Usage, "all weights are 0").WithHint("give at least one measure a weight")
	}
	for _, cut := range value.Cuts {
		if cut < value.Min() || cut > value.Max()+1 {
			return model.Errorf(model.Usage, "the value cut %d lies outside the value score", cut).
				WithHint("use %d to %d; %d leaves the tier empty", value.Min(), value.Max()+1, value.Max()+1)
		}
	}
	if value.Cuts[0] > value.Cuts[1] {
		return model.Errorf(model.Usage, "MID begins at value score %d, above HIGH at %d", value.Cuts[0], value.Cuts[1]).
			WithHint("give the cut of MID first")
	}
	return nil
}

func checkCuts(a model.Axis, cuts []model.Cut, scheme model.Scheme) error {
	if want := scheme.Levels[a] - 1; len(cuts) != want {
		return model.Errorf(model.Usage, "%s has %d cuts for %d scores", a, len(cuts), scheme.Levels[a]).
			WithHint("give %d", want)
	}
	scale := scheme.Spec.Scale(a)
	for i := 1; i < len(cuts); i++ {
		if cuts[i].Compare(cuts[i-1]) < 0 {
			return model.Errorf(model.Usage, "the %s cut %s comes after %s", a, cuts[i].Text(scale), cuts[i-1].Text(scale)).
				WithHint("give the cuts in ascending order")
		}
	}
	return nil
}

// Score returns the score, from 1, of a measured value on one axis. A value
// equal to a cut scores worse on frequency and monetary, better on recency.
func (r *Rule) Score(a model.Axis, value int64) int {
	passed := 0
	for _, floor := range r.floors[a] {
		if value > floor {
			passed++
		}
	}
	return r.scoreAbove(a, passed)
}

// scoreAbove returns the score of a value that lies above so many cuts.
func (r *Rule) scoreAbove(a model.Axis, passed int) int {
	if a == model.Recency {
		return r.Levels[a] - passed
	}
	return 1 + passed
}

// Cells returns the number of cells: the product of the levels, at most 729.
func (r *Rule) Cells() int { return r.Levels[0] * r.Levels[1] * r.Levels[2] }

// Cell returns the number of the cell with the given scores of recency,
// frequency and monetary.
func (r *Rule) Cell(scores [model.Axes]int) int {
	cell := 0
	for a, s := range scores {
		cell += (s - 1) * r.stride(model.Axis(a))
	}
	return cell
}

// stride returns how far apart the cells of neighbouring scores of an axis are.
func (r *Rule) stride(a model.Axis) int {
	stride := 1
	for _, levels := range r.Levels[a+1:] {
		stride *= levels
	}
	return stride
}

// Scores returns the scores of a cell.
func (r *Rule) Scores(cell int) [model.Axes]int {
	var scores [model.Axes]int
	for a := range scores {
		scores[a] = cell/r.stride(model.Axis(a))%r.Levels[a] + 1
	}
	return scores
}

// Segment returns the segment of a cell as an index into Segments.
func (r *Rule) Segment(cell int) int { return int(r.cells[cell]) }

// ValueScore returns the exact value score of a cell on the scale of five
// levels: Σ weight × (1 + 4(score-1)/(levels-1)).
func (r *Rule) ValueScore(cell int) model.Cut {
	above, den := r.valueAbove(cell)
	divisor := gcd(above%den, den)
	return model.Cut{
		Whole: int64(r.Value.Min() + above/den),
		Num:   int32(above % den / divisor),
		Den:   int32(den / divisor),
	}
}

// valueAbove returns how far the value score of a cell lies above the lowest
// possible one, as a fraction.
func (r *Rule) valueAbove(cell int) (num, den int) {
	den = 1
	for _, levels := range r.Levels {
		den *= levels - 1
	}
	for a, s := range r.Scores(cell) {
		num += r.Value.Weights[a] * 4 * (s - 1) * (den / (r.Levels[a] - 1))
	}
	return num, den
}

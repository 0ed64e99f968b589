package rfm

import (
	"bytes"
	"slices"

	"strata/model"
	"strata/model/words"
)

// Rule is everything needed to tier one customer: exact cuts, and a segment
// for every cell of scores. It is immutable.
type Rule struct {
	Levels [model.Axes]int
	// Cuts are ascending, Levels-1 of them on each axis; a value above a cut lies
	// on its other side. Published are the same as their method defines them: the
	// cuts of rfm-r belong to the range above.
	Cuts, Published [model.Axes][]model.Cut
	Value           model.ValueRule
	Segments        []model.Segment // in the order they are shown, best tier first

	spec    model.Spec          // for the units of messages, and the filter as it was given
	floors  [model.Axes][]int64 // Whole of every cut: v > cut is v > floor
	given   [model.Axes][]uint8 // how many cuts each row of base lies above, where its value does not tell it
	groups  [model.Axes][]Span  // of given, where the method tears equal values: what those above so many cuts have
	nested  [model.Axes]*nested // of the measures scored within the scores of those before
	base    *Base               // of given, nil without any
	mapName string              // "" with regions of the scheme's own
	strides [model.Axes]int     // how far apart the cells of neighbouring scores are
	regions []model.Region      // of a map that is a list of cells, in the order they are tried
	held    []uint8             // of each cell, how many regions hold it; nil without regions
	looks   [model.Axes]bool    // the axes the map looks at
	cells   []uint8             // segment of each cell, an index into Segments
	holding *holding            // of customers of one base, nil without any

	currency string // of amounts in warnings
}

// In returns the rule with its warnings telling amounts in a currency.
func (r *Rule) In(currency string) *Rule {
	in := *r
	in.currency = currency
	return &in
}

// Resolve makes the rule of a scheme on the customers of base, with warnings
// about cuts that do not separate well; [Rule.MapWarnings] has those about the
// map. keys are those of [EstimateAxis]. Errors: those of [Estimate] and
// [NewRuleOn].
func Resolve(base *Base, scheme model.Scheme, keys *model.Strings) (*Rule, []model.Warning, error) {
	scheme.Value.Unvalued = base.Unvalued()
	estimated, err := Estimate(base, scheme, keys)
	if err != nil {
		return nil, nil, err
	}
	rule, err := NewRuleOn(scheme, estimated)
	if err != nil {
		return nil, nil, err
	}
	if rule.Value.ByShare() {
		rule = rule.Shared(Tally(base, rule, nil))
	}
	return rule, warningsOn(base, rule), nil
}

// NewRule makes the rule of a scheme whose cuts are all set; it looks at no
// customer and takes microseconds. Error: Usage for cuts, levels, weights or a
// map that make no sense.
func NewRule(scheme model.Scheme) (*Rule, error) {
	return NewRuleOn(scheme, [model.Axes]Estimated{})
}

// NewRuleOn is [NewRule] with the cuts that a scheme leaves to its methods as
// estimated. Where the tiers are shares of the customers, the rule is to be
// finished with [Rule.Shared].
func NewRuleOn(scheme model.Scheme, estimated [model.Axes]Estimated) (*Rule, error) {
	if err := checkLevels(scheme); err != nil {
		return nil, err
	}
	if err := checkValue(scheme.Value); err != nil {
		return nil, err
	}
	r := &Rule{Levels: scheme.Levels, Value: scheme.Value, spec: scheme.Spec, mapName: scheme.Map}
	r.strides = [model.Axes]int{r.Levels[model.Frequency] * r.Levels[model.Monetary], r.Levels[model.Monetary], 1}
	for a, cuts := range scheme.Cuts {
		at := cuts.At
		if at == nil {
			at = estimated[a].Cuts
			if estimated[a].given != nil {
				r.given[a], r.groups[a], r.base = estimated[a].given, estimated[a].groups, estimated[a].base
			}
		}
		if err := checkCuts(model.Axis(a), at, scheme); err != nil {
			return nil, err
		}
		r.Published[a] = slices.Clone(at)
		r.Cuts[a] = r.Published[a]
		if cuts.Method == model.MethodRFMR {
			r.Cuts[a] = below(at)
		}
		for _, c := range r.Cuts[a] {
			r.floors[a] = append(r.floors[a], c.Whole)
		}
		if nesting := estimated[a].nested; cuts.At == nil && nesting != nil {
			r.nested[a], r.base = nesting.within(r), estimated[a].base
			r.given[a] = r.nested[a].given
		}
	}
	return r, r.draw(scheme)
}

// below returns, for cuts that belong to the range above them, cuts that part
// whole values in the same way and belong to the range below.
func below(cuts []model.Cut) []model.Cut {
	lower := slices.Clone(cuts)
	for i, c := range lower {
		if c.IsWhole() {
			c.Whole--
		}
		lower[i] = model.WholeCut(c.Whole)
	}
	return lower
}

// ScoresLike reports whether both rules give every customer the same scores.
func (r *Rule) ScoresLike(other *Rule) bool {
	for a := range model.Axes {
		if !r.scoresAxisLike(other, a) {
			return false
		}
	}
	return true
}

// scoresAxisLike is ScoresLike for one axis.
func (r *Rule) scoresAxisLike(other *Rule, a model.Axis) bool {
	if r.Levels[a] != other.Levels[a] {
		return false
	}
	if r.given[a] != nil || other.given[a] != nil {
		return r.base == other.base && bytes.Equal(r.given[a], other.given[a])
	}
	return slices.Equal(r.floors[a], other.floors[a])
}

// on panics when the rule has scores of the customers of another base, or
// holds customers of one.
func (r *Rule) on(base *Base) {
	if r.base != nil && r.base != base {
		panic("rfm: a rule that scores single customers serves only the base it was estimated on")
	}
	if r.holding != nil && r.holding.base != base {
		panic("rfm: a rule that holds customers serves only their base")
	}
}

func checkLevels(scheme model.Scheme) error {
	for a, levels := range scheme.Levels {
		if err := scheme.Cuts[a].Method.CheckLevels(levels); err != nil {
			return model.Errorf(model.Usage, "{axis}: {cause}", "axis", words.Axis(model.Axis(a)), "cause", err)
		}
	}
	return nil
}

func checkValue(value model.ValueRule) error {
	for a, w := range value.Weights {
		if w < 0 || w > model.MaxWeight {
			return model.Errorf(model.Usage, "the weight of {axis} is {weight}", "axis", words.Axis(model.Axis(a)), "weight", w).
				WithHint("use 0 to {max_weight}", "max_weight", model.MaxWeight)
		}
	}
	if value.Min() == 0 {
		return model.Errorf(model.Usage, "all weights are 0").WithHint("give at least one measure a weight")
	}
	if value.ByShare() {
		return checkShares(value.Shares)
	}
	for _, cut := range value.Cuts {
		if cut < value.Min() || cut > value.Max()+1 {
			return model.Errorf(model.Usage, "the value cut {cut} lies outside the value score", "cut", cut).
				WithHint("use {min} to {max}; {max} leaves the tier empty", "min", value.Min(), "max", value.Max()+1)
		}
	}
	if value.Cuts[0] > value.Cuts[1] {
		return model.Errorf(model.Usage, "MID begins at value score {mid}, above HIGH at {high}", "mid", value.Cuts[0], "high", value.Cuts[1]).
			WithHint("give the cut of MID first")
	}
	return nil
}

func checkShares(shares [2]int) error {
	for _, percent := range shares {
		if percent < 0 || percent > 100 {
			return model.Errorf(model.Usage, "{percent} is not a share of the customers", "percent", words.WholePercent(percent)).WithHint("use 0 to 100")
		}
	}
	if sum := shares[0] + shares[1]; sum > 100 {
		return model.Errorf(model.Usage, "HIGH and MID together are {sum} of the customers", "sum", words.WholePercent(sum)).WithHint("give at most 100")
	}
	return nil
}

func checkCuts(a model.Axis, cuts []model.Cut, scheme model.Scheme) error {
	if want := scheme.Levels[a] - 1; len(cuts) != want {
		return model.Errorf(model.Usage, "{axis} has {cuts} cuts for {levels} scores", "axis", words.Axis(a), "cuts", len(cuts), "levels", scheme.Levels[a]).
			WithHint("give {want}", "want", want)
	}
	scale := scheme.Spec.Scale(a)
	for i := 1; i < len(cuts); i++ {
		if cuts[i].Compare(cuts[i-1]) < 0 {
			return model.Errorf(model.Usage, "the {axis} cut {cut} comes after {previous}", "axis", words.Axis(a), "cut", cuts[i].Text(scale), "previous", cuts[i-1].Text(scale)).
				WithHint("give the cuts in ascending order")
		}
	}
	return nil
}

// Score returns the score, from 1, of a measured value on one axis. A value
// equal to a cut scores worse on frequency and monetary, better on recency.
// Where the method splits equal values or scores within other scores,
// customers with a value may score otherwise; [Rule.ScoresOf] tells.
func (r *Rule) Score(a model.Axis, value int64) int {
	passed := 0
	for _, floor := range r.floors[a] {
		if value > floor {
			passed++
		}
	}
	return r.scoreAbove(a, passed)
}

// ScoresOf returns the scores of a customer, a row of base.
func (r *Rule) ScoresOf(base *Base, row int) [model.Axes]int {
	r.on(base)
	var scores [model.Axes]int
	for a, given := range r.given {
		axis := model.Axis(a)
		if given != nil {
			scores[a] = r.scoreAbove(axis, int(given[row]))
		} else {
			scores[a] = r.Score(axis, base.Value(axis, row))
		}
	}
	return scores
}

// scoreAbove returns the score of a value that lies above so many cuts.
func (r *Rule) scoreAbove(a model.Axis, passed int) int {
	if a == model.Recency {
		return r.Levels[a] - passed
	}
	return 1 + passed
}

// ByCuts reports whether the cuts alone tell the score of a value of a measure:
// not where equal values are split, as ntile does, or scored within other
// scores. No position of a cut does either, so there is no line between two
// scores then.
func (r *Rule) ByCuts(a model.Axis) bool { return r.given[a] == nil }

// Where returns the filter of the scheme, by the names that it has for columns.
func (r *Rule) Where() []model.Condition { return r.spec.Where }

// MapName returns the name of the map, "" for one of the scheme's own.
func (r *Rule) MapName() string { return r.mapName }

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
func (r *Rule) stride(a model.Axis) int { return r.strides[a] }

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
// levels: Σ weight × (1 + 4(score-1)/(levels-1)). Where no order is worth
// anything the sum is over the other measures, brought to the same scale.
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
	asked := 0 // weights of the measures that count
	for a, s := range r.Scores(cell) {
		if r.Value.Asks(model.Axis(a)) {
			num += r.Value.Weights[a] * 4 * (s - 1) * (den / (r.Levels[a] - 1))
			asked += r.Value.Weights[a]
		}
	}
	if all := r.Value.Min(); asked != all {
		num, den = num*all, den*asked
	}
	return num, den
}

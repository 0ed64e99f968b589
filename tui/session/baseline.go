package session

import (
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// baseline is the scheme others are compared with, evaluated.
type baseline struct {
	scheme   model.Scheme
	base     *rfm.Base // what its spec measures
	rule     *rfm.Rule
	labels   *rfm.Labels // on the base of those compared with it
	tiers    [4]rfm.Aggregate
	segments map[model.SegmentKey]rfm.Aggregate
	cells    []Figures
}

// newBaseline evaluates a scheme on its base, to compare others with that are
// measured on another base or the same.
func newBaseline(base *rfm.Base, scheme model.Scheme, rule *rfm.Rule, on *rfm.Base) baseline {
	figures := rfm.Tally(base, rule, nil)
	b := baseline{
		scheme:   scheme.Clone(),
		base:     base,
		rule:     rule,
		labels:   rfm.Assign(base, rule).On(on),
		tiers:    figures.Tiers(rule),
		segments: map[model.SegmentKey]rfm.Aggregate{},
		cells:    newCells(figures),
	}
	for i, sum := range figures.Segments(rule) {
		b.segments[rule.Segments[i].Key()] = sum
	}
	return b
}

// compare puts the baseline's figures beside those of a frame. figures are the
// frame's, tallied with the baseline's labels.
func (f *Frame) compare(b *baseline, figures *rfm.Figures, rule *rfm.Rule) {
	f.Baseline = b.scheme.Name
	f.BaselineCounts = strings.Join(countedOtherwise(b.scheme.Spec, b.base.AsOf, f.Scheme.Spec, f.AsOf), ", ")
	if b.scheme.Levels == f.Scheme.Levels {
		f.Before = b.cells
	}
	f.Moves = newMoves(figures.Moves(rule))
	for i := range f.Tiers {
		f.Tiers[i].Was = newFigures(b.tiers[f.Tiers[i].Tier.Rank()])
	}
	for i := range f.Segments {
		f.Segments[i].Was = newFigures(b.segments[f.Segments[i].key()])
	}
}

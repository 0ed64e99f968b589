package session

import (
	"context"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/schemefile"
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

// setBaseline evaluates a scheme as the baseline.
func (b *Bench) setBaseline(ctx context.Context, scheme model.Scheme) error {
	base := b.base
	switch {
	case scheme.Spec.Equal(b.scheme.Spec):
	case b.baseline.base != nil && scheme.Spec.Equal(b.baseline.scheme.Spec):
		base = b.baseline.base
	default:
		var err error
		if base, err = b.session.Measure(ctx, scheme.Spec); err != nil {
			return err
		}
	}
	rule, _, err := b.session.resolve(ctx, base, scheme)
	if err != nil {
		return b.session.nobody(ctx, scheme.Spec, err)
	}
	b.baseline = newBaseline(base, scheme, rule, b.base)
	return nil
}

// baselineEdited reports whether the baseline differs from what is saved under its
// name.
func (b *Bench) baselineEdited() bool {
	edited, _ := editedFrom(b.starts, schemefile.AsWritten(b.baseline.scheme))
	return edited
}

// SetBaseline makes the working scheme the baseline.
func (b *Bench) SetBaseline() error { return b.SetBaselineTo(b.scheme) }

// Swapped is what [Bench.SwapBaseline] came to.
type Swapped int

// What it can come to.
const (
	BaselineSet  Swapped = iota // the working scheme is the baseline
	BaselineBack                // the baseline before is it again
	BaselineKept                // the working scheme was it already, and none has been before
)

// SwapBaseline makes the working scheme the baseline. Where it is that already, the
// baseline it replaced comes back: no edit would bring it. Errors: those of
// [Bench.SetBaselineTo].
func (b *Bench) SwapBaseline() (Swapped, error) {
	compared := b.baseline.scheme.Clone()
	compared.Name, compared.Data = b.scheme.Name, b.scheme.Data
	switch {
	case !compared.Equal(b.scheme):
		return BaselineSet, b.SetBaseline()
	case b.earlier == nil:
		return BaselineKept, nil
	}
	return BaselineBack, b.SetBaselineTo(*b.earlier)
}

// SetBaselineTo makes a scheme the baseline. Errors: those of measuring, and
// Usage for a scheme that makes no sense.
func (b *Bench) SetBaselineTo(scheme model.Scheme) error {
	b.Rest()
	before, earlier := *b, b.baseline.scheme.Clone()
	if err := b.setBaseline(b.ctx, scheme); err != nil {
		return err
	}
	b.index = b.index.Relabel(b.baseline.labels)
	b.figures = nil
	if err := b.answer(b.ctx); err != nil {
		*b = before
		return err
	}
	if !earlier.Equal(scheme) {
		b.earlier = &earlier
	}
	b.journal.setBaseline(schemefile.Encode(scheme))
	b.done.baseline = true
	return nil
}

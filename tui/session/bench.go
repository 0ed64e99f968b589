package session

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/schemefile"
)

// Bench is the workbench's state behind the screens: the working scheme, the
// baseline, the edits, and the tables that answer a move at once. It belongs
// to one goroutine, the one that handles keys; what takes time is handed out
// as functions to be run elsewhere ([Bench.Settle]) or done behind it (storing
// edits).
type Bench struct {
	session *Session
	now     func() time.Time

	base      *rfm.Base
	estimates map[estimateKey]rfm.Estimated // what methods make of base
	axes      [model.Axes]Distribution

	baseline baseline
	index    *rfm.Index // of base, labelled by the baseline
	tables   [model.Axes]*rfm.Table
	// unprepared: the last answer came from a pass over all customers
	unprepared bool

	scheme  model.Scheme // the working scheme; estimated axes carry no cuts
	rule    *rfm.Rule
	figures *rfm.Figures
	frame   *Frame

	starts  map[string]model.Scheme // by name, as they were before any edit
	edits   history
	open    *openEdit
	journal *journal // nil when the workspace is read-only
}

// baseline is the scheme others are compared with, evaluated.
type baseline struct {
	scheme   model.Scheme
	labels   *rfm.Labels // of the bench's base
	tiers    [4]rfm.Aggregate
	segments map[string]rfm.Aggregate // by slug
	cells    []Figures
}

// OpenBench loads and measures the workspace and takes the workbench up where
// it was left. override, if not nil, is a scheme to work on instead: it
// becomes an edit if it differs, and the baseline where the person has set none.
func (s *Session) OpenBench(ctx context.Context, override *model.Scheme, now func() time.Time) (*Bench, error) {
	stored, err := s.store.Bench(ctx)
	if err != nil {
		return nil, err
	}
	b := &Bench{session: s, now: now, estimates: map[estimateKey]rfm.Estimated{}}
	if b.edits, err = newHistory(stored); err != nil {
		return nil, err
	}
	if !s.info.ReadOnly {
		b.journal = startJournal(s.store, b.edits.storedIDs())
	}
	if err := b.load(ctx, stored, override); err != nil {
		return nil, errors.Join(err, b.journal.close())
	}
	return b, nil
}

func (b *Bench) load(ctx context.Context, stored model.Bench, override *model.Scheme) error {
	b.scheme = b.edits.head().scheme.Clone()
	b.starts = map[string]model.Scheme{model.Ten().Name: model.Ten()}
	base := model.Ten()
	if stored.Baseline != "" {
		var err error
		if base, err = schemefile.Decode([]byte(stored.Baseline)); err != nil {
			return err
		}
	}
	if override != nil && !override.Equal(b.scheme) {
		b.scheme = override.Clone()
		b.starts[b.scheme.Name] = override.Clone()
		b.record("opened with " + override.Name)
		if stored.Baseline == "" {
			base = override.Clone()
			b.journal.setBaseline(schemefile.Encode(base))
		}
	}
	var err error
	if b.base, err = b.session.Measure(ctx, b.scheme.Spec); err != nil {
		return err
	}
	if err := b.setBaseline(ctx, base); err != nil {
		return err
	}
	if b.index, err = rfm.NewIndex(ctx, b.base, b.baseline.labels); err != nil {
		return err
	}
	for a := range b.axes {
		b.axes[a] = newDistribution(b.index.Distribution(model.Axis(a)))
	}
	return b.answer()
}

// setBaseline evaluates a scheme as the baseline.
func (b *Bench) setBaseline(ctx context.Context, scheme model.Scheme) error {
	base := b.base
	if !scheme.Spec.Equal(b.scheme.Spec) {
		var err error
		if base, err = b.session.Measure(ctx, scheme.Spec); err != nil {
			return err
		}
	}
	rule, _, err := b.session.resolve(ctx, base, scheme)
	if err != nil {
		return err
	}
	figures := rfm.Tally(base, rule, nil)
	b.baseline = baseline{
		scheme:   scheme.Clone(),
		labels:   rfm.Assign(base, rule).On(b.base),
		tiers:    figures.Tiers(rule),
		segments: map[string]rfm.Aggregate{},
		cells:    newCells(figures),
	}
	for i, sum := range figures.Segments(rule) {
		b.baseline.segments[rule.Segments[i].Slug] = sum
	}
	return nil
}

// answer computes the figures and the frame of the working scheme by the
// cheapest way there is: the figures at hand when no cut of a measure has moved,
// a prefix table, or the plain pass.
func (b *Bench) answer() error {
	rule, err := b.newRule()
	if err != nil {
		return err
	}
	if b.figures == nil || !b.rule.ScoresLike(rule) {
		b.figures = b.tally(rule)
	}
	if rule.Value.ByShare() {
		rule = rule.Shared(b.figures)
		b.scheme.Value = rule.Value
	}
	b.rule = rule
	f := newFrame(b.base, b.scheme, rule, b.figures)
	f.Title, f.Edited = b.scheme.Name, !b.scheme.Equal(b.start())
	f.Baseline = b.baseline.scheme.Name
	f.Generation = b.session.info.Generation
	f.Warnings = append(f.Warnings, b.index.Warnings(rule)...)
	f.Axes = b.axes
	if b.baseline.scheme.Levels == b.scheme.Levels {
		f.Before = b.baseline.cells
	}
	f.Moves = newMoves(b.figures.Moves(rule), rule)
	for i := range f.Tiers {
		f.Tiers[i].Was = newFigures(b.baseline.tiers[f.Tiers[i].Tier.Rank()])
	}
	for i := range f.Segments {
		f.Segments[i].Was = newFigures(b.baseline.segments[f.Segments[i].Slug])
	}
	b.frame = f
	return nil
}

func (b *Bench) tally(rule *rfm.Rule) *rfm.Figures {
	for _, t := range b.tables {
		if t != nil && t.Fits(b.index, rule) {
			b.unprepared = false
			return t.Tally(rule)
		}
	}
	b.unprepared = true
	return rfm.Tally(b.base, rule, b.baseline.labels)
}

// Frame returns the current answer.
func (b *Bench) Frame() *Frame { return b.frame }

// measuresLike reports whether a scheme can be answered from what has been
// measured.
func (b *Bench) measuresLike(s model.Scheme) bool { return s.Spec.Equal(b.scheme.Spec) }

// Undo takes back the last edit and returns its label, and false when there
// is nothing to take back.
func (b *Bench) Undo() (label string, ok bool) {
	b.Rest()
	from, to, ok := b.edits.undo(b.measuresLike)
	if !ok {
		return "", false
	}
	return from.label, b.goTo(to)
}

// Redo does the edit taken back last again and returns its label, and false
// when there is none.
func (b *Bench) Redo() (label string, ok bool) {
	b.Rest()
	to, ok := b.edits.redo(b.measuresLike)
	if !ok {
		return "", false
	}
	return to.label, b.goTo(to)
}

func (b *Bench) goTo(e *edit) bool {
	b.scheme = e.scheme.Clone()
	b.journal.setHead(e.number)
	return b.answer() == nil // a scheme that was answered before is answered again
}

// SetBaseline makes the working scheme the baseline.
func (b *Bench) SetBaseline() error {
	b.Rest()
	if err := b.setBaseline(context.Background(), b.scheme); err != nil {
		return err
	}
	b.index = b.index.Relabel(b.baseline.labels)
	b.figures = nil
	b.journal.setBaseline(schemefile.Encode(b.scheme))
	return b.answer()
}

// record makes the working scheme an edit.
func (b *Bench) record(label string) {
	e := b.edits.add(label, b.scheme.Clone())
	b.journal.addEdit(e, b.now())
}

// Settled is finished background work of a Bench.
type Settled struct {
	tables []*rfm.Table
}

// Unprepared reports whether the last answer had to look at every customer.
// The next move on the same measure will, too, until what Settle does is
// adopted.
func (b *Bench) Unprepared() bool { return b.unprepared }

// Settle returns the work that makes the next move on any measure immediate,
// to be run off the key path; its result goes back in through [Bench.Adopt],
// which drops what no longer fits. While a cut moves without being prepared it
// is the work for that measure alone, since each step makes the others' stale.
// It is nil when there is nothing to do.
func (b *Bench) Settle() func(ctx context.Context) Settled {
	var stale []model.Axis
	for a, t := range b.tables {
		if t == nil || !t.Fits(b.index, b.rule) {
			stale = append(stale, model.Axis(a))
		}
	}
	if b.open != nil && !b.open.id.Value && slices.Contains(stale, b.open.id.Axis) {
		stale = []model.Axis{b.open.id.Axis}
	}
	if stale == nil {
		return nil
	}
	index, rule := b.index, b.rule
	return func(ctx context.Context) Settled {
		var done Settled
		for _, a := range stale {
			t, err := rfm.NewTable(ctx, index, a, rule)
			if err != nil {
				break // cancelled: what is done is still good
			}
			done.tables = append(done.tables, t)
		}
		return done
	}
}

// Adopt takes finished background work in and reports whether any of it still
// fits.
func (b *Bench) Adopt(s Settled) bool {
	fits := false
	for _, t := range s.tables {
		if t.Fits(b.index, b.rule) {
			b.tables[t.Axis()] = t
			fits = true
		}
	}
	return fits
}

// StoreError returns, once, the error of storing an edit, if any happened
// since the last call.
func (b *Bench) StoreError() error { return b.journal.takeError() }

// Close stores what is left to store, the current frame included.
func (b *Bench) Close() error {
	b.Rest()
	err := b.journal.close()
	if b.journal == nil {
		return err
	}
	text, jsonErr := json.Marshal(b.frame)
	if jsonErr != nil {
		return errors.Join(err, jsonErr)
	}
	return errors.Join(err, b.session.store.SetSnapshot(context.Background(), text, b.session.info.Generation))
}

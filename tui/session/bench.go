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
	ctx     context.Context // does not end, but knows how the process does
	session *Session
	now     func() time.Time

	base      *rfm.Base
	estimates map[estimateKey]rfm.Estimated // what methods make of base
	axes      [model.Axes]Distribution

	baseline baseline
	earlier  *model.Scheme // the baseline before, nil where none has been replaced
	index    *rfm.Index    // of base, labelled by the baseline
	tables   [model.Axes]*rfm.Table
	// unprepared: the last answer came from a pass over all customers
	unprepared bool
	hurried    bool // a cut is being moved: what takes long is to be left for later
	atOnce     int  // how many evaluations of customers do not take long

	scheme  model.Scheme // the working scheme; estimated axes carry no cuts
	rule    *rfm.Rule
	figures *rfm.Figures
	frame   *Frame

	attributes []model.Attribute // that a list of customers can show

	services []model.Service // what each tier is promised
	assumed  bool            // because nobody has said

	starts  map[string]model.Scheme // what is saved under a name, but for presets
	edits   history
	done    done
	ahead   *Ahead   // measured for the next scheme, nil without
	beside  []string // names of the scenarios marked to stand side by side
	moving  *openEdit
	journal *journal // nil when the workspace is read-only
}

// OpenBench loads and measures the workspace and takes the workbench up where
// it was left. override, if not nil, is a scheme to work on instead: it
// becomes an edit if it differs. A workspace of files that are only looked at has
// its beginning there, and is compared with it; any other keeps its baseline, which
// no key would bring back.
func (s *Session) OpenBench(ctx context.Context, override *model.Scheme, now func() time.Time) (*Bench, error) {
	stored, err := s.store.Bench(ctx)
	if err != nil {
		return nil, err
	}
	b := &Bench{ctx: context.WithoutCancel(ctx), session: s, now: now, atOnce: evaluationsAtOnce}
	if b.edits, err = newHistory(s.store, stored); err != nil {
		return nil, err
	}
	if !s.info.ReadOnly {
		b.journal = startJournal(b.ctx, s.store, b.edits.storedIDs())
	}
	if err := b.load(ctx, stored, override); err != nil {
		return nil, errors.Join(err, b.journal.close())
	}
	b.done.opened = b.edits.last()
	return b, nil
}

func (b *Bench) load(ctx context.Context, stored model.Bench, override *model.Scheme) error {
	_, scheme, err := b.edits.read(ctx, b.edits.at)
	if err != nil {
		return err
	}
	if b.starts, err = b.session.starts(ctx); err != nil {
		return err
	}
	if b.attributes, err = (&Roster{store: b.session.store}).Attributes(ctx); err != nil {
		return err
	}
	if b.services, b.assumed, err = b.session.Services(ctx); err != nil {
		return err
	}
	compared, err := baselineOf(stored)
	if err != nil {
		return err
	}
	if override == nil || override.Equal(scheme) {
		return b.open(ctx, scheme, compared)
	}
	begins := b.session.info.Temporary && stored.Baseline == ""
	if begins {
		compared = *override
	}
	if err := b.open(ctx, *override, compared); err != nil {
		return err
	}
	before, err := b.left(ctx, scheme)
	if err != nil {
		return err
	}
	if begins {
		b.journal.setBaseline(schemefile.Encode(compared))
	}
	moved := b.opened(before)
	b.recordMoved(OpenedWith(*override, scheme, b.named(override.Name), b.session.info.Currency)+moved.tiers(), moved)
	return nil
}

// named is the scheme that is known by a name, nil without one.
func (b *Bench) named(name string) *model.Scheme {
	if preset, ok := rfm.Preset(name); ok {
		return &preset
	}
	if start, ok := b.starts[name]; ok {
		return &start
	}
	return nil
}

// left is what the scheme that the workbench was left with says of the customers;
// nil where it cannot be used on the workspace any more, and says nothing.
func (b *Bench) left(ctx context.Context, scheme model.Scheme) (*state, error) {
	base := b.base
	if !scheme.Spec.Equal(b.scheme.Spec) {
		var err error
		if base, err = b.session.Measure(ctx, scheme.Spec); err != nil {
			return nil, ctx.Err()
		}
	}
	rule, _, err := b.session.resolve(ctx, base, scheme)
	if err != nil {
		return nil, ctx.Err()
	}
	return &state{base, rule}, nil
}

// starts finds the schemes that are saved under a name, but for presets.
func (s *Session) starts(ctx context.Context) (map[string]model.Scheme, error) {
	starts := map[string]model.Scheme{}
	if s.file != nil {
		starts[s.file.Name] = s.file.Clone()
	}
	scenarios, err := s.store.Scenarios(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range scenarios {
		scheme, err := decodeScenario(one)
		if err == nil { // one that cannot be read says so when it is opened
			starts[one.Name] = scheme
		}
	}
	return starts, nil
}

// open measures the workspace for a scheme, compares it with another and
// answers. On error the bench is as before.
func (b *Bench) open(ctx context.Context, scheme, compared model.Scheme) (err error) {
	before := *b
	defer func() {
		if err != nil {
			*b = before
		}
	}()
	b.scheme = schemefile.AsWritten(scheme)
	if b.base, err = b.session.Measure(ctx, b.scheme.Spec); err != nil {
		return err
	}
	b.estimates, b.figures, b.tables = map[estimateKey]rfm.Estimated{}, nil, [model.Axes]*rfm.Table{}
	if err = b.setBaseline(ctx, compared); err != nil {
		return err
	}
	if b.index, err = rfm.NewIndex(ctx, b.base, b.baseline.labels); err != nil {
		return err
	}
	for a := range b.axes {
		b.axes[a] = newDistribution(b.index.Distribution(model.Axis(a)))
	}
	return b.session.nobody(ctx, b.scheme.Spec, b.answer(ctx))
}

// use makes a scheme the working one, measuring anew where it asks for that.
// On error the bench is as before.
func (b *Bench) use(scheme model.Scheme) error {
	if b.takeAhead(scheme) {
		return nil
	}
	if !scheme.Spec.Equal(b.scheme.Spec) {
		return b.open(b.ctx, scheme, b.baseline.scheme)
	}
	before := b.scheme
	b.scheme = schemefile.AsWritten(scheme)
	if err := b.answer(b.ctx); err != nil {
		b.scheme = before
		return err
	}
	return nil
}

// Change makes a scheme the working one as one edit, told by its label. What it
// measures may differ. Nothing happens if it says what the working one says.
// Errors: those of measuring, and Usage for a scheme that makes no sense.
func (b *Bench) Change(label string, scheme model.Scheme) error {
	b.Rest()
	if schemefile.AsWritten(scheme).Equal(b.scheme) {
		return nil
	}
	before := b.state()
	if err := b.use(scheme); err != nil {
		return err
	}
	b.record(label, before)
	return nil
}

// edited reports whether the working scheme differs from what is saved under its
// name.
func (b *Bench) edited() bool {
	edited, _ := editedFrom(b.starts, b.scheme)
	return edited
}

// answer computes the figures and the frame of the working scheme by the
// cheapest way there is: the figures at hand when no cut of a measure has moved,
// a prefix table, or the plain pass.
func (b *Bench) answer(ctx context.Context) error {
	rule, err := b.newRule(ctx)
	if err != nil {
		return err
	}
	figures := b.figures
	if figures == nil || !b.rule.ScoresLike(rule) {
		figures = b.tally(rule)
	}
	if rule.Value.ByShare() {
		rule = rule.Shared(figures)
	}
	rule, kept, pending, err := b.fairly(ctx, rule)
	if err != nil {
		return err
	}
	b.figures, b.scheme.Value = figures, rule.Value
	b.show(rule, kept, pending)
	return nil
}

// show makes the frame of the working scheme's rule. kept are the warnings about
// its fair rules, which may be pending.
func (b *Bench) show(rule *rfm.Rule, kept []model.Warning, pending bool) {
	b.rule = rule
	f := newFrame(b.base, b.scheme, rule, b.figures)
	if f.Kept != nil {
		f.Kept.Pending = pending
	}
	edited, saved := editedFrom(b.starts, b.scheme)
	f.Title, f.Edited, f.Unsaved = b.scheme.Name, edited, !saved
	f.Generation = b.session.info.Generation
	f.Warnings = slices.Concat(f.Warnings, b.index.Warnings(rule), b.session.OtherData(b.scheme), kept)
	f.Axes = b.axes
	f.Services, f.ServicesAssumed = b.services, b.assumed
	f.compare(&b.baseline, b.figures, rule)
	f.BaselineEdited = b.baselineEdited()
	b.frame = f
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

// Undo takes back the last edit and returns its label, and false when there
// is nothing to take back. Errors: those of reading the workspace, and of
// measuring.
func (b *Bench) Undo() (label string, ok bool, err error) {
	b.Rest()
	from := b.edits.at
	if from == 0 {
		return "", false, nil
	}
	told, _, err := b.edits.read(b.ctx, from)
	if err != nil {
		return "", false, err
	}
	if err := b.goTo(b.edits.edits[from].parent); err != nil {
		return "", false, err
	}
	return told.Label, true, nil
}

// Redo does the edit taken back last again and returns its label, and false
// when there is none. Errors: those of Undo.
func (b *Bench) Redo() (label string, ok bool, err error) {
	b.Rest()
	to := b.edits.edits[b.edits.at].latest
	if to == 0 {
		return "", false, nil
	}
	told, _, err := b.edits.read(b.ctx, to)
	if err != nil {
		return "", false, err
	}
	if err := b.goTo(to); err != nil {
		return "", false, err
	}
	return told.Label, true, nil
}

// goTo makes an edit the current one.
func (b *Bench) goTo(number int) error {
	_, scheme, err := b.edits.read(b.ctx, number)
	if err != nil {
		return err
	}
	if err := b.use(scheme); err != nil {
		return err
	}
	b.edits.goTo(number)
	b.journal.setHead(number)
	return nil
}

// state is the working scheme's answer to who is in which segment.
type state struct {
	base *rfm.Base
	rule *rfm.Rule
}

// Settled is finished background work of a Bench.
type Settled struct {
	tables []*rfm.Table
	kept   *settledKept // nil when nobody had to be asked
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
	if b.moving != nil && !b.moving.id.Value && slices.Contains(stale, b.moving.id.Axis) {
		stale = []model.Axis{b.moving.id.Axis}
	}
	keep := b.settleKept()
	if stale == nil && keep == nil {
		return nil
	}
	index, rule := b.index, b.rule
	return func(ctx context.Context) Settled {
		var done Settled
		if keep != nil {
			done.kept = keep(ctx)
		}
		for _, a := range stale {
			t, err := rfm.NewTable(rfm.Beside(ctx), index, a, rule)
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
	fits := b.adoptKept(s.kept)
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
	if b.journal == nil || err != nil { // the picture is not worth a second complaint
		return err
	}
	text, jsonErr := json.Marshal(b.frame)
	if jsonErr != nil {
		return jsonErr
	}
	return b.session.store.SetSnapshot(b.ctx, text, b.session.info.Generation)
}

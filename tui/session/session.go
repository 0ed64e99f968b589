package session

import (
	"context"
	"encoding/json"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
)

// Session is an open workspace that answers questions.
type Session struct {
	store model.Store
	info  model.Info
	file  *model.Scheme // the one that was read to work on, nil without

	remembered remembered
}

// New makes a session of an open workspace. The store stays the caller's to close.
func New(ctx context.Context, store model.Store) (*Session, error) {
	info, err := store.Info(ctx)
	if err != nil {
		return nil, err
	}
	return &Session{store: store, info: info}, nil
}

// ReadFromFile tells the session that a scheme was read from a scheme file: a
// working scheme named after it is edited where it differs from that.
func (s *Session) ReadFromFile(scheme model.Scheme) { s.file = &scheme }

// Info tells what the workspace holds.
func (s *Session) Info() model.Info { return s.info }

// ActiveScheme returns the scheme the workbench was left with, unsaved edits
// included; the scheme ten in a fresh workspace.
func (s *Session) ActiveScheme(ctx context.Context) (model.Scheme, error) {
	bench, err := s.store.Bench(ctx)
	if err != nil {
		return model.Scheme{}, err
	}
	if bench.Head == 0 {
		return model.Ten(), nil
	}
	return s.schemeOf(ctx, bench.Head)
}

// damagedHint says what to do about edits that are damaged.
var damagedHint = catalogue.T("name a scheme with --scheme, or restore a copy of the workspace; `strata check` with the file tells more")

// schemeOf returns the scheme after an edit of the workspace.
func (s *Session) schemeOf(ctx context.Context, edit int64) (model.Scheme, error) {
	edits, err := s.store.Edits(ctx, edit)
	if model.CodeOf(err) == model.NotFound {
		return model.Scheme{}, model.Errorf(model.Corrupt, "edit {edit}, the last one made in the workspace, is missing", "edit", edit).WithHint(damagedHint)
	}
	if err != nil {
		return model.Scheme{}, err
	}
	scheme, err := schemefile.Decode([]byte(edits[0].Scheme))
	if err != nil {
		return scheme, model.Errorf(model.Corrupt, "edit {edit} of the workspace cannot be read: {cause}", "edit", edit, "cause", err).WithHint(damagedHint)
	}
	return scheme, nil
}

// Measure measures every customer under a spec.
func (s *Session) Measure(ctx context.Context, spec model.Spec) (*rfm.Base, error) {
	asked := spec // by the names that were given
	orders, customers, err := columnsFor(ctx, s.store, &spec)
	if err != nil {
		return nil, err
	}
	base, err := rfm.Measure(ctx, orders, customers, spec)
	if err != nil {
		return nil, s.nobody(ctx, asked, err)
	}
	base.In(s.info.Currency)
	return base, nil
}

// score measures every customer and makes the rule of a scheme on them.
func (s *Session) score(ctx context.Context, scheme model.Scheme) (*rfm.Base, *rfm.Rule, []model.Warning, error) {
	base, err := s.Measure(ctx, scheme.Spec)
	if err != nil {
		return nil, nil, nil, err
	}
	rule, warnings, err := s.resolve(ctx, base, scheme)
	return base, rule, warnings, s.nobody(ctx, scheme.Spec, err)
}

// resolve makes the rule of a scheme on measured customers, whom its fair rules
// hold included.
func (s *Session) resolve(ctx context.Context, base *rfm.Base, scheme model.Scheme) (*rfm.Rule, []model.Warning, error) {
	keys, err := s.keysFor(ctx, scheme)
	if err != nil {
		return nil, nil, err
	}
	rule, warnings, err := rfm.Resolve(base, scheme, keys)
	if err != nil {
		return nil, nil, err
	}
	rule, kept, err := s.fairly(ctx, base, rule, scheme.Fair)
	return rule, slices.Concat(warnings, s.OtherData(scheme), kept), err
}

// keysFor returns the keys of all customers where a method of the scheme needs
// them to divide equal values, else nil.
func (s *Session) keysFor(ctx context.Context, scheme model.Scheme) (*model.Strings, error) {
	for _, cuts := range scheme.Cuts {
		if cuts.Method == model.MethodNTile {
			customers, err := s.store.Customers(ctx)
			if err != nil {
				return nil, err
			}
			return &customers.Keys, nil
		}
	}
	return nil, nil
}

// Tiers returns the tiers of a scheme, compared with nothing: its baseline is
// the scheme itself.
func (s *Session) Tiers(ctx context.Context, scheme model.Scheme) (*Frame, error) {
	base, rule, warnings, err := s.score(ctx, scheme)
	if err != nil {
		return nil, err
	}
	figures := rfm.Tally(base, rule, nil)
	f := newFrame(base, scheme, rule, figures)
	f.Title, f.Baseline, f.Generation = scheme.Name, scheme.Name, s.info.Generation
	f.Warnings = append(f.Warnings, warnings...)
	if f.Edited, err = s.Edited(ctx, scheme); err != nil {
		return nil, err
	}
	f.BaselineEdited = f.Edited
	if f.Services, f.ServicesAssumed, err = s.Services(ctx); err != nil {
		return nil, err
	}
	for i := range f.Tiers {
		f.Tiers[i].Was = f.Tiers[i].Now
	}
	for i := range f.Segments {
		f.Segments[i].Was = f.Segments[i].Now
	}
	return f, nil
}

// Preview returns the frame stored last if it shows what scheme gives on the
// workspace as it is. It is nil otherwise.
func (s *Session) Preview(ctx context.Context, scheme model.Scheme) (*Frame, error) {
	text, generation, err := s.store.Snapshot(ctx)
	if err != nil || text == nil || generation != s.info.Generation {
		return nil, err
	}
	var f Frame
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, nil // written by another version; it is only a picture
	}
	if !f.Scheme.Equal(scheme) {
		return nil, nil
	}
	f.Stored = true
	return &f, nil
}

package session

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
)

// Standing is a scheme with its answer: where comparisons, goals, suggestions
// and sensitivities start from. It is immutable, so that they can be worked out
// beside the keys while cuts move on.
type Standing struct {
	session *Session
	base    *rfm.Base
	scheme  model.Scheme
	rule    *rfm.Rule
	index   *rfm.Index // of base; nil where none has been made yet
	edited  bool       // it differs from what is saved under its name
}

// Standing returns the working scheme as it stands.
func (b *Bench) Standing() *Standing {
	b.keep()
	return b.byScores()
}

// byScores is Standing for work that asks for scores alone, on the path of the
// keys: whom the rules about falling keep may not be known yet.
func (b *Bench) byScores() *Standing {
	return &Standing{session: b.session, base: b.base, scheme: b.scheme.Clone(), rule: b.rule, index: b.index, edited: b.edited()}
}

// Standing measures every customer and draws the lines of a scheme. The
// warnings are about cuts that do not separate well.
func (s *Session) Standing(ctx context.Context, scheme model.Scheme) (*Standing, []model.Warning, error) {
	base, rule, warnings, err := s.score(ctx, scheme)
	if err != nil {
		return nil, nil, err
	}
	edited, err := s.Edited(ctx, scheme)
	return &Standing{session: s, base: base, scheme: scheme.Clone(), rule: rule, edited: edited}, warnings, err
}

// Scheme returns the scheme that stands.
func (s *Standing) Scheme() model.Scheme { return s.scheme.Clone() }

// Base returns the customers that were measured. It must not be changed.
func (s *Standing) Base() *rfm.Base { return s.base }

// Rule returns the lines that were drawn.
func (s *Standing) Rule() *rfm.Rule { return s.rule }

// Info tells what the workspace holds.
func (s *Standing) Info() model.Info { return s.session.info }

// Segments returns the segment of every customer: its place in the rule, or how many
// segments there are for who is in none.
func (s *Standing) Segments() []uint8 { return rfm.Assign(s.base, s.rule).Of }

// Tiers tells the figures of tiers and segments, compared with nothing.
func (s *Standing) Tiers() *Frame {
	return newFrame(s.base, s.scheme, s.rule, rfm.Tally(s.base, s.rule, nil))
}

// Edited reports whether the scheme differs from what is saved under its name.
func (s *Standing) Edited() bool { return s.edited }

// Orders returns the columns that the customers were measured on. Errors: those of
// reading them.
func (s *Standing) Orders(ctx context.Context) (*model.Orders, *model.Customers, error) {
	spec := s.base.Spec
	return columnsFor(ctx, s.session.store, &spec)
}

// Attributes lists the attributes of customers, then those of orders, of which a
// customer has the value of the last one. Errors: those of reading them.
func (s *Standing) Attributes(ctx context.Context) ([]model.Attribute, error) {
	return s.roster().Attributes(ctx)
}

// Values returns what customers, by ordinal, have of an attribute. Errors: those of
// reading it.
func (s *Standing) Values(ctx context.Context, a model.Attribute) (*model.Codes, error) {
	return s.roster().fact(ctx, a)
}

func (s *Standing) roster() *Roster {
	return &Roster{store: s.session.store, base: s.base, rule: s.rule}
}

// Frame answers for another scheme, compared with the one that stands. Errors:
// those of measuring, and Usage for a scheme that makes no sense.
func (s *Standing) Frame(ctx context.Context, scheme model.Scheme) (*Frame, error) {
	other, warnings, err := s.other(ctx, scheme)
	if err != nil {
		return nil, err
	}
	compared := newBaseline(s.base, s.scheme, s.rule, other.base)
	figures := rfm.Tally(other.base, other.rule, compared.labels)
	f := newFrame(other.base, scheme, other.rule, figures)
	f.Title, f.Generation = scheme.Name, s.session.info.Generation
	f.Warnings = append(f.Warnings, warnings...)
	f.Services, f.ServicesAssumed, err = s.session.Services(ctx)
	f.compare(&compared, figures, other.rule)
	f.BaselineEdited = s.edited
	return f, err
}

// other draws the lines of another scheme, on the same measures where it looks
// at the same.
func (s *Standing) other(ctx context.Context, scheme model.Scheme) (*Standing, []model.Warning, error) {
	base := s.base
	if !scheme.Spec.Equal(s.scheme.Spec) {
		var err error
		if base, err = s.session.Measure(ctx, scheme.Spec); err != nil {
			return nil, nil, err
		}
	}
	rule, warnings, err := s.session.resolve(ctx, base, scheme)
	if err != nil {
		return nil, nil, err
	}
	return &Standing{session: s.session, base: base, scheme: scheme.Clone(), rule: rule}, warnings, nil
}

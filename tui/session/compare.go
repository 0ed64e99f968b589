package session

import (
	"context"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
)

// Against is the working scheme beside the baseline, as both stood: an
// immutable pair to be looked into beside the keys.
type Against struct {
	before, after *Standing
}

// Against returns the working scheme beside the baseline as they stand.
func (b *Bench) Against() *Against {
	return &Against{
		before: &Standing{session: b.session, base: b.baseline.base, scheme: b.baseline.scheme.Clone(), rule: b.baseline.rule},
		after:  b.Standing(),
	}
}

// Reasons finds out why customers move, in one pass over all of them. Errors:
// those of measuring, and Cancelled.
func (a *Against) Reasons(ctx context.Context) (*Reasons, error) {
	return nil, model.Errorf(model.Internal, "not there yet")
}

// Reasons tell why the customers of each flow move.
type Reasons struct {
	flows map[[2]string][]FlowReason
}

// FlowReason is one reason of a flow, and whom it concerns.
type FlowReason struct {
	compare.Reason
	Customers int64
	Revenue   model.Money
	Text      string // in words: "recency 34–45 days now scores 3, was 4"
}

// Of returns the reasons of the flow between two segments, given by slugs, most
// customers first; nil where nobody goes.
func (r *Reasons) Of(was, now string) []FlowReason { return r.flows[[2]string{was, now}] }

// Comparison is two schemes, or two days, set against each other.
type Comparison struct {
	Before, After Compared
	Moves         Moves
	// Tiers and Segments are those of both sides, those of after first: Was is
	// before, Now after.
	Tiers, Segments []Group
	Stayed, Moved   rfm.Flow // of those tiered on both sides; Moved.Revenue is reclassified
	Up, Down        rfm.Flow // of those moved, into a better or a worse tier
	Agreement       Agreement
	Split           *Split // nil on one day: all that moves is the rule's
	Flows           []ComparedFlow
	Warnings        []model.Warning
}

// Compared is one side of a comparison.
type Compared struct {
	Title  string // name of the scheme, with the day where two are compared
	AsOf   model.Day
	Scheme model.Scheme
	Cuts   [model.Axes][]model.Cut // in force
	Total  Figures
}

// ComparedFlow is a flow with its reasons, most customers first.
type ComparedFlow struct {
	Flow
	Reasons []FlowReason
}

// Split parts a change between two days. The rule of before is applied to what
// was measured after, first: who then is elsewhere has moved by behaviour; who
// is elsewhere once more under the rule of after, by the rule.
type Split struct {
	Stayed, Behaviour, Rule, Both, Back rfm.Flow // of those tiered on both days
	New, Gone                           rfm.Flow // no movers
	Tiers, Segments                     []SplitGroup
}

// SplitGroup is the change of a tier or a segment in parts: After = Before +
// Behaviour + Rule + New - Gone, in customers and in revenue.
type SplitGroup struct {
	Slug, Label                               string
	Tier                                      model.Tier
	Before, Behaviour, Rule, New, Gone, After rfm.Flow
}

// Compare sets two schemes against each other; they may look back from two
// days. Errors: those of [Session.Standing].
func (s *Session) Compare(ctx context.Context, before, after model.Scheme) (*Comparison, error) {
	return nil, model.Errorf(model.Internal, "not there yet")
}

// CompareDays returns the work that sets the working scheme as of a day against
// the working scheme as it stands, to be run beside the keys.
func (b *Bench) CompareDays(day model.Day) func(ctx context.Context) (*Comparison, error) {
	return func(context.Context) (*Comparison, error) {
		return nil, model.Errorf(model.Internal, "not there yet")
	}
}

// Roster returns everybody after the comparison, beside where they were before:
// for lists of who stands behind a number of it ([PeopleQuery.Among]).
func (c *Comparison) Roster() *Roster { return nil }

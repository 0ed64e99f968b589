package session

import (
	"cmp"
	"context"
	"slices"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
)

// Against is two schemes with their answers, the later beside the earlier: an
// immutable pair to be looked into beside the keys.
type Against struct {
	before, after *Standing
}

// Against returns the working scheme beside the baseline as they stand.
func (b *Bench) Against() *Against {
	before := &Standing{session: b.session, base: b.baseline.base, scheme: b.baseline.scheme.Clone(), rule: b.baseline.rule, edited: b.baselineEdited()}
	return &Against{before, b.Standing()}
}

// twoDays reports whether the two look back from different days.
func (a *Against) twoDays() bool { return a.before.base.AsOf != a.after.base.AsOf }

// pair sets the two answers against each other, with the rule of before on what
// after measured between them.
func (a *Against) pair(ctx context.Context) (*compare.Pair, error) {
	before := compare.Side{Base: a.before.base, Rule: a.before.rule}
	after := compare.Side{Base: a.after.base, Rule: a.after.rule}
	if !a.twoDays() {
		return compare.NewPair(before, before, after), nil
	}
	between, err := a.between(ctx)
	if err != nil {
		return nil, err
	}
	return compare.NewPair(before, between, after), nil
}

// between applies the rule of before, with the cuts it has, to the day of after.
func (a *Against) between(ctx context.Context) (compare.Side, error) {
	scheme, base := a.before.scheme.Clone(), a.after.base
	scheme.Spec.AsOf = base.Spec.AsOf
	if !scheme.Spec.Equal(base.Spec) {
		scheme.Spec.AsOf = base.AsOf
		var err error
		if base, err = a.before.session.Measure(ctx, scheme.Spec); err != nil {
			return compare.Side{}, err
		}
	}
	rule, _, err := a.before.session.fairly(ctx, base, a.before.rule.Carried(base), scheme.Fair)
	return compare.Side{Base: base, Rule: rule}, err
}

// Reasons finds out why customers move, in one pass over all of them. Errors:
// those of measuring, and Cancelled.
func (a *Against) Reasons(ctx context.Context) (*Reasons, error) {
	pair, err := a.pair(ctx)
	if err != nil {
		return nil, err
	}
	flows, err := a.flows(ctx, pair)
	if err != nil {
		return nil, err
	}
	r := &Reasons{flows: map[[2]string][]FlowReason{}}
	for _, f := range flows {
		r.flows[[2]string{f.Was, f.Flow.Now}] = f.Reasons
	}
	return r, nil
}

// Reasons tell why the customers of each flow move.
type Reasons struct {
	flows map[[2]string][]FlowReason
}

// AndClause joins the clauses of a reason.
var AndClause = catalogue.T(", and ")

// FlowReason is one reason of a flow, and whom it concerns.
type FlowReason struct {
	compare.Reason
	Customers int64
	Revenue   model.Money
	Text      string // in words: "recency 34–45 days now scores 3, not 4"
	Broad     string // the same without scores: "recency scores worse by the cuts"
}

// Telling returns at most n reasons of a flow, the largest first, and of how many
// customers they do not tell. They are told without scores, as [Broadly] does,
// where that tells of twice as many. Of customers whom several fair rules keep, one
// reason tells how many each does.
func Telling(reasons []FlowReason, n int) (telling []FlowReason, rest int64) {
	if all, held := heldTogether(reasons); n == 1 && held {
		return []FlowReason{all}, 0
	}
	var all int64
	for _, r := range reasons {
		all += r.Customers
	}
	largest := func(reasons []FlowReason) ([]FlowReason, int64) {
		rest := all
		reasons = reasons[:min(n, len(reasons))]
		for _, r := range reasons {
			rest -= r.Customers
		}
		return reasons, rest
	}
	telling, rest = largest(reasons)
	if broad, left := largest(Broadly(reasons)); all-left >= 2*(all-rest) {
		return broad, left
	}
	return telling, rest
}

// Broadly puts together the reasons that are the same without scores, most
// customers first: what there is to say of a flow with many reasons of a few
// customers each. Their Text is the broad one, of the Reason only Class and Cause are left.
func Broadly(reasons []FlowReason) []FlowReason {
	var broad []FlowReason
	for _, r := range reasons {
		i := slices.IndexFunc(broad, func(b FlowReason) bool { return b.Broad == r.Broad })
		if i < 0 {
			i = len(broad)
			broad = append(broad, FlowReason{Reason: compare.Reason{Class: r.Class, Cause: r.Cause}, Text: r.Broad, Broad: r.Broad})
		}
		broad[i].Customers += r.Customers
		broad[i].Revenue += r.Revenue
	}
	slices.SortStableFunc(broad, func(a, b FlowReason) int { return cmp.Compare(b.Customers, a.Customers) })
	return broad
}

// Of returns the reasons of the flow between two segments, given by slugs, most
// customers first; nil where nobody goes.
func (r *Reasons) Of(was, now string) []FlowReason { return r.flows[[2]string{was, now}] }

// ComparedFlow is a flow with its reasons, most customers first.
type ComparedFlow struct {
	Flow
	Reasons []FlowReason
}

// flows lists who goes from one segment to another and why, most customers
// first.
func (a *Against) flows(ctx context.Context, pair *compare.Pair) ([]ComparedFlow, error) {
	found, err := pair.Flows(ctx)
	if err != nil {
		return nil, err
	}
	words := a.words()
	flows := make([]ComparedFlow, len(found))
	for i, f := range found {
		flows[i].Flow = Flow{From: f.From.Label, To: f.To.Label, Was: f.From.Slug, Now: f.To.Slug, Customers: f.Customers, Revenue: f.Revenue}
		for _, r := range f.Reasons {
			flows[i].Reasons = append(flows[i].Reasons, FlowReason{
				r.Reason, r.Customers, r.Revenue, words.flow(r.Reason, f.From, f.To), words.broad(r.Reason, f.From, f.To),
			})
		}
	}
	return flows, nil
}

func (a *Against) words() reasonWords {
	before, after := a.before.base.Spec, a.after.base.Spec
	before.AsOf = after.AsOf
	return reasonWords{a.before.rule, a.after.rule, after, a.after.session.info.Currency, !before.Equal(after), a.twoDays()}
}

// roster is everybody after, beside where they were before.
func (a *Against) roster() *Roster {
	was := rfm.Assign(a.before.base, a.before.rule).On(a.after.base)
	return &Roster{store: a.after.session.store, base: a.after.base, rule: a.after.rule, was: was, against: a}
}

package session

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
)

// evaluationsAtOnce is how many evaluations of single customers are made on the
// path of the keys: some twelve milliseconds' worth on two processors. With
// thirteen months, a workspace of more than 120,000 customers waits for the keys
// to rest.
const evaluationsAtOnce = 3 << 19

// fairly returns a rule of the working scheme with the customers whom its fair
// rules hold. While a cut moves over many customers the rules about falling are
// left for later, and it is pending.
func (b *Bench) fairly(ctx context.Context, rule *rfm.Rule) (held *rfm.Rule, warnings []model.Warning, pending bool, err error) {
	f := b.scheme.Fair
	if b.hurried && !f.Off && f.Moving() && b.base.Len()*(f.MonthsBack()+1) > b.atOnce {
		held, warnings, err = b.session.fairly(ctx, b.base, rule, model.Fairness{Overrides: f.Overrides})
		return held, warnings, true, err
	}
	held, warnings, err = b.session.fairly(ctx, b.base, rule, f)
	return held, warnings, false, err
}

// settledKept is a rule with those whom the rules about falling keep.
type settledKept struct {
	plain, rule *rfm.Rule
	fair        model.Fairness
	warnings    []model.Warning
	err         error
}

// settleKept returns the work that finds whom the rules about falling keep, nil
// where the frame has them.
func (b *Bench) settleKept() func(context.Context) *settledKept {
	if b.frame.Kept == nil || !b.frame.Kept.Pending {
		return nil
	}
	s, base, plain, f := b.session, b.base, b.rule.Plain(), b.scheme.Fair
	return func(ctx context.Context) *settledKept {
		k := &settledKept{plain: plain, fair: f}
		k.rule, k.warnings, k.err = s.fairly(ctx, base, plain, f)
		return k
	}
}

// adoptKept shows those who were found, if the scheme is still the one that was
// asked for.
func (b *Bench) adoptKept(k *settledKept) bool {
	if k == nil || k.err != nil || k.plain != b.rule.Plain() || !k.fair.Equal(b.scheme.Fair) {
		return false
	}
	b.show(k.rule, k.warnings, false)
	return true
}

// keep finds, at once, whom the rules about falling keep, where that has been
// left for later: before anything is told of the working scheme or done with it
// but moving a cut on. What cannot be found stays pending.
func (b *Bench) keep() {
	if find := b.settleKept(); find != nil {
		b.adoptKept(find(b.ctx))
	}
}

// SetFair gives the working scheme other fair rules, as one edit told by its
// label. Errors: Usage, and those of measuring.
func (b *Bench) SetFair(label string, f model.Fairness) error {
	if err := f.Check(); err != nil {
		return err
	}
	b.Rest()
	scheme := b.scheme.Clone()
	scheme.Fair = f
	return b.Change(label, scheme)
}

// quickly is how many orders are gone through in no time: a month of some
// workspaces, the whole past of most.
const quickly = 4 << 20

// FairWork is what SetFair would measure before it answers, to be done beside
// the keys: the customers as they were month by month. It is nil where that is
// known or takes no time.
func (b *Bench) FairWork(f model.Fairness) func(context.Context) error {
	months := f.MonthsBack()
	if f.Off || !f.Moving() || b.session.info.Orders*months <= quickly || b.session.knowsPasts(b.base, months) {
		return nil
	}
	s, base := b.session, b.base
	return func(ctx context.Context) error {
		_, err := s.pastsOf(ctx, base, months)
		return err
	}
}

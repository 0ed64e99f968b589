package tierstest

import (
	"context"
	"slices"

	"strata/model"
	"strata/tui/session"
)

// SetFair takes the rules in and keeps nobody.
func (b *Bench) SetFair(_ string, f model.Fairness) error {
	if err := f.Check(); err != nil {
		return err
	}
	next := *b.frame
	next.Scheme = next.Scheme.Clone()
	next.Scheme.Fair = f
	b.past, b.frame = append(b.past, b.frame), &next
	return nil
}

// FairWork has nothing to measure.
func (b *Bench) FairWork(model.Fairness) func(context.Context) error { return nil }

// SetServices takes the services in.
func (b *Bench) SetServices(services []model.Service) error {
	next := *b.frame
	next.Services, next.ServicesAssumed = slices.Clone(services), session.AllAssumed(services)
	b.frame = &next
	return nil
}

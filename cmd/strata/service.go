package main

import (
	"context"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

func (a *app) serviceCommand() *cobra.Command {
	var scheme schemeFlags
	var set string
	cmd := &cobra.Command{
		Use:   "service WORKSPACE",
		Short: catalogue.T("Show what each tier is promised, and the work and money that takes"),
		Long: catalogue.T(`service shows what the customers of each tier are promised, and what that
takes in a month under the active scheme: contacts, hours, advisers, cost.

  promise      an answer within minutes, hours or days: 30m, 1h, 2d
  contacts     per customer per month, two decimals at most
  minutes      of work per contact
  per-adviser  customers one named adviser looks after; 0: no named adviser
  cost         of one contact

Each value that has not been set is assumed, except the cost of a contact: without it
the cost of a tier is not known, and the total is that of the tiers whose cost is.`),
		Example: `  strata service shop.strata
  strata service shop.strata --set high.promise=1h,high.contacts=4,high.minutes=15,high.per-adviser=125,high.cost=3.50
  strata service shop.strata --scheme eight --format json`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			tell := func(ctx context.Context, s *session.Session) error { return a.printService(ctx, s, &scheme) }
			if set == "" {
				return a.withSession(cmd.Context(), args[0], &scheme, tell)
			}
			if _, err := session.ParseServices(model.DefaultServices(), set); err != nil {
				return model.Errorf(model.Usage, "--set: {cause}", "cause", err)
			}
			if err := scheme.check(); err != nil {
				return err
			}
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				if err := setServices(ctx, s, set); err != nil {
					return err
				}
				return tell(ctx, s)
			})
		},
	}
	scheme.register(cmd)
	cmd.Flags().StringVar(&set, "set", "", catalogue.T("change what a tier is promised: tier.field=value, several with commas"))
	return answers(cmd)
}

func setServices(ctx context.Context, s *session.Session, set string) error {
	services, _, err := s.Services(ctx)
	if err != nil {
		return err
	}
	if services, err = session.ParseServices(services, set); err != nil {
		return err
	}
	return s.SetServices(ctx, services)
}

func (a *app) printService(ctx context.Context, s *session.Session, flags *schemeFlags) error {
	f, err := a.answer(ctx, s, flags)
	if err != nil {
		return err
	}
	return a.tell(serviceAnswer(f, s.Info()))
}

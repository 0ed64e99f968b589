package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

func (a *app) scenarioSaveCommand() *cobra.Command {
	var flags schemeFlags
	var note, estimate string
	cmd := &cobra.Command{
		Use:   "save WORKSPACE NAME",
		Short: catalogue.T("Save a scheme under a name: the active one, or what the flags say"),
		Long: catalogue.T(`Save a scheme under a name: the active one, or what the flags say.
It replaces what was saved under that name, once that is printed as a scheme
file, so that nothing is lost (JSON has it under "replaced", CSV on the error
stream). A name that differs from another only in its capitals is refused.`),
		Example: `  strata scenario save shop.strata "tighter recency" --recency 14,45,90,180
  strata scenario save shop.strata quarterly --scheme eight --estimate data
  strata scenario save shop.strata quarterly > was.yaml`,
		Args:              exactly(2, catalogue.T("a workspace and a name")),
		ValidArgsFunction: afterWorkspace(1, completeScenarios),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--estimate", estimate, "frozen", "data"); err != nil {
				return err
			}
			if err := session.CheckScenarioName(args[1]); err != nil {
				return err
			}
			if err := flags.check(); err != nil {
				return err
			}
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				scheme, err := a.resolve(ctx, s, &flags)
				if err != nil {
					return err
				}
				saving, err := s.PrepareScenario(ctx, args[1], note, scheme, estimate == "data", time.Now())
				if err != nil {
					return err
				}
				a.warn(s.OtherData(scheme))
				if estimate == "frozen" {
					a.warn(session.NotFrozen(saving.Scheme))
				}
				return a.save(ctx, s, saving)
			})
		},
	}
	flags.register(cmd)
	cmd.Flags().StringVar(&note, "note", "", catalogue.T("a note on it"))
	cmd.Flags().StringVar(&estimate, "estimate", "frozen", catalogue.T("cuts that follow from the data: frozen as they are now, or recalculated on other data (data)"))
	completeFlag(cmd, "estimate", []string{"frozen", "data"})
	return cmd
}

// save saves a scenario and says so. What it replaces will be gone from the
// workspace, so it is printed first, as delete prints it, and nothing is replaced
// where that fails.
func (a *app) save(ctx context.Context, s *session.Session, saving session.Saving) error {
	name := saving.Scenario.Name
	if saving.Replaced == nil {
		if err := s.KeepScenario(ctx, saving); err != nil {
			return err
		}
		return a.tellScenario(ctx, s, name, catalogue.T("saved as {name:q}", "name", name))
	}
	switch a.format {
	case "json":
		k, err := schemeBesideWorkspace(ctx, s, saving.Scenario, saving.Scheme)
		if err != nil {
			return err
		}
		if err := errors.Join(a.tell(scenarioAnswer(k).Group("replaced", goneAnswer(*saving.Replaced))), a.written()); err != nil {
			return err
		}
		return s.KeepScenario(ctx, saving)
	case "csv": // the table is the answer; two would be none
		if err := a.saveOver(ctx, s, saving); err != nil {
			return err
		}
		return a.tellScenario(ctx, s, name, "")
	}
	if err := a.handOver(saving.Replaced.Scheme); err != nil {
		return err
	}
	if err := s.KeepScenario(ctx, saving); err != nil {
		return err
	}
	fmt.Fprintln(a.err, catalogue.T("saved as {name:q}, replacing what was saved under that name, which was printed", "name", name))
	return nil
}

// saveOver saves a scenario where the answer is another one: what it replaces goes
// to the error stream.
func (a *app) saveOver(ctx context.Context, s *session.Session, saving session.Saving) error {
	name := saving.Scenario.Name
	if _, err := fmt.Fprint(a.err, catalogue.T(`note: what was saved as {name:q}:
{scheme}`, "name", name, "scheme", printable(saving.Replaced.Scheme))); err != nil {
		return model.Errorf(model.Unreadable, "{name:q} was not replaced, because what was saved under it cannot be written: {cause}", "name", name, "cause", err)
	}
	if err := s.KeepScenario(ctx, saving); err != nil {
		return err
	}
	fmt.Fprintln(a.err, catalogue.T("note: saved as {name:q}, replacing that", "name", name))
	return nil
}

// handOver prints the text of a scheme that is about to be gone from the workspace.
func (a *app) handOver(scheme string) error {
	if _, err := fmt.Fprint(a.out, printable(scheme)); err != nil {
		return err
	}
	return a.written()
}

// tellScenario prints a scenario as it is now, in words that name it.
func (a *app) tellScenario(ctx context.Context, s *session.Session, name, told string) error {
	k, _, err := s.Scenario(ctx, name)
	if err != nil {
		return err
	}
	if a.format == "text" {
		_, err = fmt.Fprintln(a.out, told)
		return err
	}
	saved, err := besideWorkspace(ctx, s, k)
	if err != nil {
		return err
	}
	return a.tell(scenarioAnswer(saved))
}

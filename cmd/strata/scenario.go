package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/session"
)

func (a *app) scenarioCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scenario",
		Short: catalogue.T("List, save, show, compare and open schemes saved in a workspace by name"),
		Args:  cobra.ArbitraryArgs,
		RunE: func(*cobra.Command, []string) error {
			return model.Errorf(model.Usage, "scenario needs a command").
				WithHint("use list, save, show, diff, open, baseline, note, rename, copy or delete")
		},
	}
	cmd.AddCommand(
		a.scenarioListCommand(), a.scenarioSaveCommand(), a.scenarioShowCommand(), a.scenarioDiffCommand(),
		a.scenarioOpenCommand(), a.scenarioBaselineCommand(), a.scenarioNoteCommand(),
		a.scenarioRenameCommand(), a.scenarioCopyCommand(), a.scenarioDeleteCommand(),
	)
	return cmd
}

// afterWorkspace completes arguments: files for the workspace, then what offer
// has for the next n.
func afterWorkspace(n int, offer cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		switch {
		case len(args) == 0:
			return nil, cobra.ShellCompDirectiveDefault
		case len(args) > n:
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(cmd, args, typed)
	}
}

// completeScenarios offers the scenarios of the workspace that is named.
func completeScenarios(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return scenarioNames(cmd.Context(), args), cobra.ShellCompDirectiveNoFileComp
}

func (a *app) scenarioListCommand() *cobra.Command {
	return answers(&cobra.Command{
		Use:   "list WORKSPACE",
		Short: catalogue.T("List the scenarios of a workspace"),
		Example: `  strata scenario list shop.strata
  strata scenario list shop.strata --format csv`,
		Args:              exactly(1, "a workspace"),
		ValidArgsFunction: afterWorkspace(0, nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSession(cmd.Context(), args[0], &schemeFlags{}, a.listScenarios)
		},
	})
}

func (a *app) listScenarios(ctx context.Context, s *session.Session) error {
	saved, err := s.Scenarios(ctx)
	if err != nil {
		return err
	}
	list := make([]savedScenario, len(saved))
	for i, k := range saved {
		if list[i], err = besideWorkspace(ctx, s, k); err != nil {
			return err
		}
	}
	return a.tell(scenariosAnswer(list, s.Info().Path))
}

func (a *app) scenarioShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "show WORKSPACE NAME",
		Short:             catalogue.T("Print a scenario as a scheme file"),
		Example:           `  strata scenario show shop.strata "tighter recency" > tighter.yaml`,
		Args:              exactly(2, catalogue.T("a workspace and a name")),
		ValidArgsFunction: afterWorkspace(1, completeScenarios),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSession(cmd.Context(), args[0], &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
				k, scheme, err := s.Scenario(ctx, args[1])
				if err != nil {
					return err
				}
				if a.format == "json" {
					saved, err := besideWorkspace(ctx, s, k)
					if err != nil {
						return err
					}
					return a.tell(scenarioAnswer(saved))
				}
				if err := a.warnOfEdits(ctx, s, scheme); err != nil {
					return err
				}
				_, err = fmt.Fprint(a.out, printable(schemefile.Encode(scheme)))
				return err
			})
		},
	}
}

// warnOfEdits says where a scenario is in use with edits that are not saved.
func (a *app) warnOfEdits(ctx context.Context, s *session.Session, scheme model.Scheme) error {
	active, err := s.ActiveScheme(ctx)
	if err != nil || active.Name != scheme.Name || active.Equal(scheme) {
		return err
	}
	a.warn([]model.Warning{{Code: "unsaved-edits", Message: catalogue.T("{name:q} is shown as it was saved, without the edits of the active scheme; strata scenario save with its name saves those", "name", scheme.Name)}})
	return nil
}

func (a *app) scenarioDiffCommand() *cobra.Command {
	return answers(&cobra.Command{
		Use:   "diff WORKSPACE A B",
		Short: catalogue.T("Show how two schemes differ: scenarios, presets or scheme files"),
		Long: catalogue.T(`Show how two schemes differ: scenarios, presets or scheme files.
strata compare shows what that means for the customers.`),
		Example:           `  strata scenario diff shop.strata ten "tighter recency"`,
		Args:              exactly(3, catalogue.T("a workspace and two schemes")),
		ValidArgsFunction: afterWorkspace(2, completeSchemes),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSession(cmd.Context(), args[0], &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
				before, err := schemeIn(ctx, s, args[1])
				if err != nil {
					return err
				}
				after, err := schemeIn(ctx, s, args[2])
				if err != nil {
					return err
				}
				return a.tell(differencesAnswer(args[1], args[2], session.Differences(before, after, s.Info().Currency)))
			})
		},
	})
}

func (a *app) scenarioOpenCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "open WORKSPACE NAME",
		Short: catalogue.T("Make a scenario, a preset or a scheme file the active scheme, as one edit"),
		Long: catalogue.T(`Make a scenario, a preset or a scheme file the active scheme, as one edit, as [o] does
in the workbench. A scenario and a file also say which orders count: their as-of day,
window, filter and policies apply. A preset only says how customers are scored and
named, and leaves unchanged which orders count. What now counts, and which limits no
longer apply, is printed.`),
		Example: `  strata scenario open shop.strata "tighter recency"
  strata scenario open shop.strata preset:eleven`,
		Args:              exactly(2, catalogue.T("a workspace and a scheme")),
		ValidArgsFunction: afterWorkspace(1, completeSchemes),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				return a.openScenario(ctx, s, args[1])
			})
		},
	}
}

func (a *app) openScenario(ctx context.Context, s *session.Session, name string) error {
	scheme, err := schemeIn(ctx, s, name)
	if err != nil {
		return err
	}
	working, err := s.ActiveScheme(ctx)
	if err != nil {
		return err
	}
	var label string
	if _, _, err := s.Scenario(ctx, strings.TrimPrefix(name, scenarioPrefix)); err == nil {
		label = session.OpenedScenario(scheme, working.Spec)
	} else {
		if isPreset(name) {
			scheme = session.Onto(working, scheme)
		}
		label = session.OpenedWith(scheme, working, nil, s.Info().Currency)
	}
	edit, ok, err := s.OpenScheme(ctx, label, scheme, time.Now())
	if err != nil {
		return err
	}
	a.warn(s.OtherData(scheme))
	if !ok {
		return a.tell(traveledAnswer(nil, s.Info(), scheme.Name, catalogue.T("{name} is the active scheme already", "name", scheme.Name)))
	}
	opened, err := newestEdits(ctx, s, 1)
	if err != nil {
		return err
	}
	return a.tell(traveledAnswer(opened, s.Info(), scheme.Name, edit.Label+reclassifiedWords(edit.Customers, edit.Revenue, words.CurrencyOf(s.Info()))))
}

func (a *app) scenarioBaselineCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "baseline WORKSPACE NAME",
		Short: catalogue.T("Make a scenario, a preset or a scheme file the baseline"),
		Example: `  strata scenario baseline shop.strata "tighter recency"
  strata scenario baseline shop.strata ten`,
		Args:              exactly(2, catalogue.T("a workspace and a scheme")),
		ValidArgsFunction: afterWorkspace(1, completeSchemes),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				scheme, err := schemeIn(ctx, s, args[1])
				if err != nil {
					return err
				}
				if err := s.SetBaseline(ctx, scheme); err != nil {
					return err
				}
				a.warn(s.OtherData(scheme))
				switch a.format {
				case "json":
					return a.writeJSON(baselineJSON{scheme.Name, schemefile.Encode(scheme)})
				case "csv":
					t := newTable("baseline")
					t.row(scheme.Name)
					return a.writeCSV(t)
				}
				_, err = fmt.Fprintln(a.out, catalogue.T("Baseline set to {name}", "name", model.Printable(scheme.Name)))
				return err
			})
		},
	}
}

func (a *app) scenarioNoteCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "note WORKSPACE NAME TEXT",
		Short: catalogue.T(`Write a note on a scenario; "" removes it`),
		Example: `  strata scenario note shop.strata "tighter recency" "for Monday"
  strata scenario note shop.strata "tighter recency" ""`,
		Args:              exactly(3, catalogue.T("a workspace, a name and a text")),
		ValidArgsFunction: afterWorkspace(1, completeScenarios),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				if err := s.NoteScenario(ctx, args[1], args[2]); err != nil {
					return err
				}
				return a.tellScenario(ctx, s, args[1], catalogue.T("note on {name:q} saved", "name", args[1]))
			})
		},
	}
}

func (a *app) scenarioRenameCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "rename WORKSPACE NAME NEW",
		Short:             catalogue.T("Rename a scenario"),
		Example:           `  strata scenario rename shop.strata "tighter recency" tight`,
		Args:              exactly(3, catalogue.T("a workspace and two names")),
		ValidArgsFunction: afterWorkspace(1, completeScenarios),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				if err := s.RenameScenario(ctx, args[1], args[2]); err != nil {
					return err
				}
				return a.tellScenario(ctx, s, args[2], catalogue.T("renamed to {name:q}", "name", args[2]))
			})
		},
	}
}

func (a *app) scenarioCopyCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "copy WORKSPACE NAME NEW",
		Short:             catalogue.T("Copy a scenario under another name"),
		Example:           `  strata scenario copy shop.strata "tighter recency" "tighter still"`,
		Args:              exactly(3, catalogue.T("a workspace and two names")),
		ValidArgsFunction: afterWorkspace(1, completeScenarios),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				if err := s.CopyScenario(ctx, args[1], args[2]); err != nil {
					return err
				}
				_, scheme, err := s.Scenario(ctx, args[1])
				if err != nil {
					return err
				}
				if err := a.warnOfEdits(ctx, s, scheme); err != nil {
					return err
				}
				return a.tellScenario(ctx, s, args[2], catalogue.T("copied to {name:q}", "name", args[2]))
			})
		},
	}
}

func (a *app) scenarioDeleteCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "delete WORKSPACE NAME",
		Short:             catalogue.T("Delete a scenario; it is printed as a scheme file"),
		Example:           `  strata scenario delete shop.strata "tighter recency" > was.yaml`,
		Args:              exactly(2, catalogue.T("a workspace and a name")),
		ValidArgsFunction: afterWorkspace(1, completeScenarios),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				return a.deleteScenario(ctx, s, args[1])
			})
		},
	}
}

// deleteScenario forgets a scenario once it has been printed.
func (a *app) deleteScenario(ctx context.Context, s *session.Session, name string) error {
	gone, _, err := s.Scenario(ctx, name)
	if err != nil && model.CodeOf(err) != model.Corrupt { // one that cannot be read can be deleted
		return err
	}
	if a.format == "json" {
		err = errors.Join(a.tell(goneAnswer(gone)), a.written())
	} else {
		err = a.handOver(gone.Scheme)
	}
	if err != nil {
		return err
	}
	if _, err := s.DeleteScenario(ctx, name); err != nil {
		return err
	}
	fmt.Fprintln(a.err, catalogue.T("deleted {name:q}, which was printed", "name", gone.Name))
	return nil
}

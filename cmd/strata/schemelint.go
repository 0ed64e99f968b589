package main

import (
	"context"

	"github.com/spf13/cobra"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

func (a *app) schemeLintCommand() *cobra.Command {
	workspace := ""
	var changes schemeFlags
	cmd := &cobra.Command{
		Use:   "lint PRESET|FILE|WORKSPACE",
		Short: catalogue.T("Look for gaps, overlaps, unreachable segments and better scores in lower tiers"),
		Long: catalogue.T(`lint looks at every cell of a scheme's map: cells in no segment or in several,
segments without a cell, and neighbouring cells of which the one with the better
score is in the lower tier. With a workspace it counts the customers and the revenue
concerned; for a pair of cells, those who score better. Given a workspace alone it
looks at the active scheme. The exit status is 3 when anything is found.`),
		Args:              exactly(1, catalogue.T("a preset, a scheme file or a workspace")),
		ValidArgsFunction: completePresets,
		RunE: func(cmd *cobra.Command, args []string) error {
			scheme, err := a.schemeOf(cmd.Context(), args[0], &changes)
			if err != nil {
				return err
			}
			a.warn(changes.notices)
			if workspace == "" && isWorkspace(args[0]) {
				workspace = args[0]
			}
			if workspace == "" {
				lint, err := session.CheckScheme(scheme)
				if err != nil {
					return err
				}
				return a.printLint(scheme, lint, nil)
			}
			return a.withSession(cmd.Context(), workspace, &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
				lint, err := s.Lint(ctx, scheme)
				if err != nil {
					return err
				}
				a.warn(s.OtherData(scheme))
				info := s.Info()
				return a.printLint(scheme, lint, &info)
			})
		},
	}
	changes.registerChanges(cmd)
	cmd.Flags().StringVar(&workspace, "workspace", "", catalogue.T("count the customers and revenue of this workspace"))
	return answers(cmd)
}

// printLint prints what was found; info is nil without a workspace.
func (a *app) printLint(scheme model.Scheme, lint *rfm.Lint, info *model.Info) error {
	err := a.tell(lintAnswer(scheme, lint, info))
	if err == nil && !lint.Clean() {
		return errRefused
	}
	return err
}

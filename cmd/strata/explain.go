package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/sqlite"
	"strata/tui/session"
	"strata/tui/session/question"
)

func (a *app) explainCommand() *cobra.Command {
	var scheme schemeFlags
	cmd := &cobra.Command{
		Use:   "explain WORKSPACE [FIGURE]",
		Short: catalogue.T("Explain a figure: what it is, its formula, and the SQL that gives the same"),
		Long: catalogue.T(`Tells of a figure what it is, how it is worked out, what it is now, and a statement
that gives the same with the plain sqlite3 shell on the workspace file, ready to paste;
where there is none, why not. Without a figure it lists all that can be explained.

A figure is named after who it is of, then what: high.revenue, all.repeat-rate, or the
slug of a segment, loyal.order-value; share.gini and share.top-20; recency.cuts; and
cohort.2024-03.2.retention, two months after the month of the first order.`),
		Example: `  strata explain shop.strata
  strata explain shop.strata high.revenue
  strata explain shop.strata share.gini --window 12m
  strata explain shop.strata all.customers --format json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return exactly(1, catalogue.T("a workspace, or a workspace and a figure"))(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.explain(ctx, s, &scheme, strings.Join(args[1:], ""))
			})
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return figuresOf(cmd.Context(), args[0], &scheme, typed), cobra.ShellCompDirectiveNoFileComp
		},
	}
	scheme.register(cmd)
	return answers(cmd)
}

// explain prints what a figure is; the list of all where it is "".
func (a *app) explain(ctx context.Context, s *session.Session, flags *schemeFlags, figure string) error {
	return a.tellOf(ctx, s, flags, func(on *session.Standing) (*answer.Document, error) { return question.Explain(ctx, on, figure) })
}

// figuresOf completes the name of a figure, those of cohorts only once one is begun:
// there are thousands. There are none where the workspace cannot be read: the shell has
// no place for a complaint.
func figuresOf(ctx context.Context, path string, flags *schemeFlags, typed string) (names []string) {
	if !isWorkspace(path) {
		return nil
	}
	store, err := sqlite.OpenToRead(ctx, path)
	if err != nil {
		return nil
	}
	defer store.Close()
	figures, err := standingFigures(ctx, store, flags)
	if err != nil {
		return nil
	}
	for _, f := range figures {
		if strings.HasPrefix(f.ID, typed) && (typed != "" || !f.OfCohort) {
			names = append(names, cobra.CompletionWithDesc(f.ID, f.Title))
		}
	}
	return names
}

func standingFigures(ctx context.Context, store model.Store, flags *schemeFlags) ([]question.Explained, error) {
	s, err := session.New(ctx, store)
	if err != nil {
		return nil, err
	}
	scheme, err := flags.resolve(ctx, s)
	if err != nil {
		return nil, err
	}
	standing, _, err := s.Standing(ctx, scheme)
	if err != nil {
		return nil, err
	}
	return question.Figures(ctx, standing)
}

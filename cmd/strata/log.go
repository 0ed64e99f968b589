package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

func (a *app) logCommand() *cobra.Command {
	limit := 0
	cmd := &cobra.Command{
		Use:   "log WORKSPACE",
		Short: catalogue.T("List the edits of the active scheme, the newest first"),
		Long: catalogue.T(`List the edits of the active scheme, the newest first. Edits that were undone before
a new one was made stay as a branch, further in.
strata undo WORKSPACE --to NUMBER goes to the scheme after any of them.`),
		Example: `  strata log shop.strata
  strata log shop.strata --limit 20 --format csv`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 0 {
				return model.Errorf(model.Usage, "--limit {limit}", "limit", limit).WithHint("give 0 for all")
			}
			return a.withSession(cmd.Context(), args[0], &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
				return a.printLog(ctx, s, limit)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 0, catalogue.T("at most this many edits (0: all)"))
	return answers(cmd)
}

func (a *app) printLog(ctx context.Context, s *session.Session, limit int) error {
	log, err := newestEdits(ctx, s, limit)
	if err != nil {
		return err
	}
	return a.tell(logAnswer(log, s.Info()))
}

// newestEdits are at most so many edits, the newest first.
func newestEdits(ctx context.Context, s *session.Session, limit int) (log entries, err error) {
	for e, err := range s.Log(ctx, limit) {
		if err != nil {
			return nil, err
		}
		log = append(log, e)
	}
	return log, nil
}

// reclassifiedWords says what an edit did to the customers: ", 212 customers,
// £81k reclassified".
func reclassifiedWords(customers int64, revenue model.Money, currency string) string {
	if customers == 0 {
		return catalogue.T(": nobody is reclassified")
	}
	return catalogue.T(", {customers}, {revenue} reclassified", "customers", words.Customers(customers), "revenue", words.Brief(revenue, words.Symbol(currency)))
}

func (a *app) undoCommand() *cobra.Command {
	to := -1
	cmd := &cobra.Command{
		Use:   "undo WORKSPACE [N]",
		Short: catalogue.T("Undo the last edit, or the last N; or go to any edit of the log"),
		Example: `  strata undo shop.strata
  strata undo shop.strata 3
  strata undo shop.strata --to 0`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			path, n, err := stepArgs(cmd, args)
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("to") {
				return a.travel(cmd.Context(), path, catalogue.T("undone"), catalogue.T("nothing to undo"),
					func(ctx context.Context, s *session.Session) ([]session.LogEntry, error) { return s.Undo(ctx, n) })
			}
			if len(args) > 1 {
				return model.Errorf(model.Usage, "--to says where to go, and {steps} says how far", "steps", args[1]).WithHint("give one of them")
			}
			return a.travel(cmd.Context(), path, catalogue.T("gone to"), "", func(ctx context.Context, s *session.Session) ([]session.LogEntry, error) {
				e, err := s.GoTo(ctx, to)
				return []session.LogEntry{e}, err
			})
		},
	}
	cmd.Flags().IntVar(&to, "to", to, catalogue.T("the number of an edit of the log to go to, on whatever branch; 0: the beginning"))
	return answers(cmd)
}

func (a *app) redoCommand() *cobra.Command {
	return answers(&cobra.Command{
		Use:   "redo WORKSPACE [N]",
		Short: catalogue.T("Redo the edit undone last, or the last N"),
		Example: `  strata redo shop.strata
  strata redo shop.strata 3`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			path, n, err := stepArgs(cmd, args)
			if err != nil {
				return err
			}
			return a.travel(cmd.Context(), path, catalogue.T("redone"), catalogue.T("nothing to redo"),
				func(ctx context.Context, s *session.Session) ([]session.LogEntry, error) { return s.Redo(ctx, n) })
		},
	})
}

// stepArgs reads a workspace and how many edits to go.
func stepArgs(cmd *cobra.Command, args []string) (path string, n int, err error) {
	switch len(args) {
	case 1:
		return args[0], 1, nil
	case 2:
		n, err := strconv.Atoi(args[1])
		if err != nil || n < 1 {
			return "", 0, model.Errorf(model.Usage, "{text:q} is not a number of edits", "text", args[1]).WithHint("give 1 or more")
		}
		return args[0], n, nil
	}
	return "", 0, exactly(1, catalogue.T("a workspace, and how many edits"))(cmd, args)
}

// travel goes through the log and tells which edits it passed.
func (a *app) travel(ctx context.Context, path, done, nothing string, step func(context.Context, *session.Session) ([]session.LogEntry, error)) error {
	return a.withWriter(ctx, path, func(ctx context.Context, s *session.Session) error {
		passed, err := step(ctx, s)
		if err != nil {
			return err
		}
		scheme, err := s.ActiveScheme(ctx)
		if err != nil {
			return err
		}
		var said []string
		for _, e := range passed {
			said = append(said, fmt.Sprintf("%s: %d  %s", done, e.Number, e.Label))
		}
		if said = append(said, catalogue.T("the active scheme is {name}", "name", scheme.Name)); len(passed) == 0 {
			said = []string{nothing}
		}
		return a.tell(traveledAnswer(passed, s.Info(), scheme.Name, said...))
	})
}

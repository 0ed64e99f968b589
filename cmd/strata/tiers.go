package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

func (a *app) tiersCommand() *cobra.Command {
	var scheme schemeFlags
	var reading importFlags
	var from []string
	cmd := &cobra.Command{
		Use:   "tiers WORKSPACE",
		Short: catalogue.T("Print customers, orders, revenue and shares per tier and segment"),
		Example: `  strata tiers shop.strata
  strata tiers shop.strata --format json
  strata tiers shop.strata --recency 14,45,90,180 --returns ignore
  strata tiers shop.strata --scheme eight
  strata tiers --from orders.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(from) > 0 {
				return exactly(0, catalogue.T("either a workspace or --from FILE"))(cmd, args)
			}
			return exactly(1, catalogue.T("a workspace, or --from FILE"))(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(from) > 0 {
				return a.withFiles(cmd.Context(), from, &reading, func(ctx context.Context, s *session.Session) error {
					return a.printTiers(ctx, s, &scheme, strings.Join(from, " + "), nil) // what reading told was told
				})
			}
			if err := readAlready(cmd, args[0]); err != nil {
				return err
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				// Scripts compare answers: the same data gives the same, wherever it lies.
				workspace := "W"
				if a.format != "csv" && a.format != "json" {
					workspace = shellWord(args[0])
				}
				notices, err := importNotices(ctx, s, workspace)
				if err != nil {
					return err
				}
				return a.printTiers(ctx, s, &scheme, s.Info().Path, notices)
			})
		},
	}
	scheme.register(cmd)
	reading.registerReading(cmd)
	cmd.Flags().StringArrayVar(&from, "from", nil, catalogue.T("an order file instead of a workspace; nothing is saved (repeatable)"))
	return answers(cmd)
}

// withFiles does something with a workspace that lasts as long as it takes.
// What was refused is told on stderr; it does not change the exit status,
// because the result is what was asked for.
func (a *app) withFiles(ctx context.Context, files []string, reading *importFlags, do func(context.Context, *session.Session) error) error {
	i, err := a.importOf(files, reading)
	if err != nil {
		return err
	}
	p := a.startProgress()
	store, account, err := session.WhatIf(ctx, workspaces{}, i, p.report)
	p.stop()
	if err != nil {
		return err
	}
	a.tellAccount(account)
	s, err := session.New(ctx, store)
	if err == nil {
		err = do(ctx, s)
	}
	return joinClose(err, store)
}

// importNotices says where the notices of imports stand, so that figures they
// speak of do not look clean; nothing where there are none. The workspace is named
// as a command would name it.
func importNotices(ctx context.Context, s *session.Session, workspace string) ([]model.Warning, error) {
	sources, err := s.Sources(ctx)
	n := int64(len(session.NoticesOf(sources)))
	if err != nil || n == 0 {
		return nil, err
	}
	return []model.Warning{{
		Code:    "import-notices",
		Message: catalogue.T("notices of imports: {count}; `strata sources {workspace}` shows them", "count", words.Count(n), "workspace", workspace),
	}}, nil
}

// printTiers prints the tiers of what has a name, with notices before those of the
// tiers.
func (a *app) printTiers(ctx context.Context, s *session.Session, flags *schemeFlags, name string, notices []model.Warning) error {
	a.warn(notices)
	f, err := a.answer(ctx, s, flags)
	if err != nil {
		return err
	}
	f.Warnings = slices.Concat(notices, f.Warnings)
	info := s.Info()
	info.Path = name
	if a.format == "csv" { // the others say it themselves
		a.tellCounted(f.Scheme.Spec)
	}
	return a.tell(tiersAnswer(f, info))
}

// answer returns the tiers of the scheme that the flags mean, and tells its
// warnings.
func (a *app) answer(ctx context.Context, s *session.Session, flags *schemeFlags) (*session.Frame, error) {
	scheme, err := a.resolve(ctx, s, flags)
	if err != nil {
		return nil, err
	}
	f, err := s.Tiers(ctx, scheme)
	if err == nil {
		a.warn(f.Warnings)
	}
	return f, err
}

// valueName says what the value of parts is: less what was returned, or not.
func valueName(spec model.Spec) string {
	if spec.Returns == model.ReturnsIgnore {
		return catalogue.T("bought")
	}
	return catalogue.T("amount")
}

// policies says on one line what counts; the conditions at the places ofLines are
// on lines.
func policies(s model.Scheme, ofLines []int) string {
	line := catalogue.T("{returns} · zero-value orders {zero} · window {window} · frequency in {unit} · monetary {monetary}", "returns", session.ReturnsWords(s.Spec.Returns), "zero", map[model.ZeroPolicy]string{model.ZeroKeep: catalogue.T("counted"), model.ZeroDrop: catalogue.T("left out")}[s.Spec.Zero], "window", words.Window(s.Spec.Window), "unit", frequencyWords(s.Spec), "monetary", words.MonetaryMeasure(s.Spec.Monetary))
	if only := session.OnlyWords(s.Spec, ofLines); only != "" {
		line += " · " + model.Printable(only)
	}
	return line
}

// frequencyWords names the measure of frequency: "orders", "days (two or more make
// the repeat rate)", "orders per month (over at least 3 months)".
func frequencyWords(s model.Spec) string {
	switch s.Frequency {
	case model.FrequencyOrders:
		return words.Frequency(s.Frequency)
	case model.FrequencyDays, model.FrequencyMonths:
		return catalogue.T("{frequency} (two or more make the repeat rate)", "frequency", words.Frequency(s.Frequency))
	}
	return catalogue.T("orders per month (over at least {months})", "months", words.Months(int64(s.MonthsAtLeast())))
}

func cutsLine(f *session.Frame, axis model.Axis, currency string) string {
	var cuts, counts []string
	for _, c := range f.Published[axis] {
		cuts = append(cuts, session.ExactCut(c, axis, f.Scheme.Spec, currency))
	}
	for _, n := range f.ScoreCounts[axis] {
		counts = append(counts, words.Count(n))
	}
	if axis == model.Monetary && f.Scheme.Value.Unvalued {
		return catalogue.T("{axis} no amounts", "axis", fmt.Sprintf("%-12s", words.Axis(axis)))
	}
	list := session.ListOfCuts(cuts, f.Scheme.Cuts[axis].Method) + " " + session.CutsUnit(cuts, axis, f.Scheme.Spec)
	return catalogue.T("{axis} cuts {cuts} · customers of score 1 to {levels}: {customers}", "axis", fmt.Sprintf("%-12s", words.Axis(axis)), "cuts", strings.TrimSpace(list), "levels", len(counts), "customers", strings.Join(counts, " / "))
}

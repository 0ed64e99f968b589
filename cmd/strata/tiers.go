package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

func (a *app) tiersCommand() *cobra.Command {
	var scheme schemeFlags
	var reading importFlags
	var from []string
	cmd := &cobra.Command{
		Use:   "tiers WORKSPACE",
		Short: "Print customers, orders, revenue and shares per tier and segment",
		Example: `  strata tiers shop.strata
  strata tiers shop.strata --format json
  strata tiers shop.strata --recency 14,45,90,180 --returns ignore
  strata tiers shop.strata --scheme eight
  strata tiers --from orders.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(from) > 0 {
				return exactly(0, "either a workspace or --from FILE")(cmd, args)
			}
			return exactly(1, "a workspace, or --from FILE")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(from) > 0 {
				return a.withFiles(cmd.Context(), from, &reading, func(ctx context.Context, s *session.Session) error {
					return a.printTiers(ctx, s, &scheme, strings.Join(from, " + "), nil) // what reading told was told
				})
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				// Scripts compare answers: the same data gives the same, wherever it lies.
				workspace := "W"
				if a.format == "text" {
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
	cmd.Flags().StringArrayVar(&from, "from", nil, "an order file instead of a workspace; nothing is kept (repeatable)")
	return cmd
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
		Message: fmt.Sprintf("notices of imports: %s; `strata sources %s` shows them", words.Count(n), workspace),
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
	switch a.format {
	case "json":
		return a.writeJSON(newTiersJSON(f, info))
	case "csv":
		a.tellCounted(f.Scheme.Spec) // the others say it themselves
		t := tiersTable(newTiersJSON(f, info))
		addRest(t, f.Parts(), amountsFor(f))
		return a.writeCSV(t)
	}
	return a.writeTiersText(f, info)
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

// tiersTable is the flat form: a row a tier, then a row a segment. [addRest]
// completes it.
func tiersTable(j tiersJSON) *table {
	t := newTable("level", "name", "tier", "customers", "share", "orders", "revenue", "revenue_share",
		"aov", "repeat_rate", "avg_recency", "avg_frequency", "avg_monetary")
	t.right(3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
	add := func(level, name string, g groupJSON) {
		t.row(level, name, g.Tier, strconv.FormatInt(g.Customers, 10), number(&g.Share), strconv.FormatInt(g.Orders, 10),
			string(g.Revenue), number(g.RevenueShare), string(g.AOV), number(g.RepeatRate), number(g.AvgRecency), number(g.AvgFrequency), string(g.AvgMonetary))
	}
	for _, g := range j.Tiers {
		add("tier", g.Tier, g)
	}
	for _, g := range j.Segments {
		add("segment", g.Segment, g)
	}
	return t
}

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func orEmpty(v *string) string {
	if v == nil {
		return ""
	}
	return *v
}

func (a *app) writeTiersText(f *session.Frame, info model.Info) error {
	symbol := words.Symbol(words.CurrencyOf(info))
	if f.Scheme.Value.Unvalued {
		symbol = words.NoAmounts
	}
	fmt.Fprintf(a.out, "%s · scheme %s · as of %s · %s · %s · %s\n",
		model.Printable(info.Path), model.Printable(session.EditedName(f.Title, f.Edited)), f.AsOf, words.Customers(f.Total.Customers),
		words.Plural(f.Total.Orders, "order", "orders"), figure.TotalWorth(f, symbol))
	fmt.Fprintln(a.out, policies(f.Scheme, f.OfLines))
	for axis := model.Recency; axis < model.Axes; axis++ {
		fmt.Fprintln(a.out, cutsLine(f, axis, info.Currency))
	}
	if f.ByValue {
		value := f.Scheme.Value
		line := fmt.Sprintf("value score  from %d to %d, MID from %d, HIGH from %d", value.Min(), value.Max(), value.Cuts[0], value.Cuts[1])
		if f.Scheme.Levels != [model.Axes]int{5, 5, 5} {
			line += " · scores count in it on a scale of 1 to 5"
		}
		if words := f.Scheme.Value.UnvaluedWords(); words != "" {
			line += " · " + words
		}
		fmt.Fprintln(a.out, line)
	}
	writeFairText(a.out, f, symbol)
	fmt.Fprintln(a.out)
	t := newTable("", "customers", "share", "orders", "revenue", "share", "order value", "repeat rate")
	t.right(1, 2, 3, 4, 5, 6, 7)
	t.Short, t.Light = map[int]string{1: "cust.", 7: "repeat"}, [][]int{{3}, {6}, {2}}
	scale := words.ScaleFor(f.Total.Revenue)
	customers, revenue := figure.CustomerShares(f), figure.RevenueShares(f)
	add := func(label string, g session.Figures, ofCustomers, ofRevenue string) {
		t.row(label, words.Count(g.Customers), ofCustomers, words.Count(g.Orders),
			scale.Money(g.Revenue, symbol), ofRevenue, orderValueText(g, symbol), words.Share(g.Repeaters, g.Customers))
	}
	for _, tier := range f.Tiers {
		add(tier.Label, tier.Now, customers.Tier(tier.Tier), revenue.Tier(tier.Tier))
		for _, s := range f.Segments {
			if s.Tier == tier.Tier {
				add("  "+s.Label, s.Now, customers.Segment(s.Slug), revenue.Segment(s.Slug))
			}
		}
	}
	add("all", f.Total, words.Share(f.Total.Customers, f.Total.Customers), words.Share(f.Total.Revenue, f.Total.Revenue))
	if err := a.writeText(t); err != nil {
		return err
	}
	if why := figure.BelowZero(f, symbol); why != "" {
		fmt.Fprintf(a.out, "shares of revenue: %s\n", why)
	}
	return a.writeWhole(f.Parts(), symbol, valueName(f.Scheme.Spec))
}

// valueName says what the value of parts is: less what was returned, or not.
func valueName(spec model.Spec) string {
	if spec.Returns == model.ReturnsIgnore {
		return "bought"
	}
	return "amount"
}

func orderValueText(g session.Figures, symbol string) string {
	v, ok := g.OrderValue()
	if !ok {
		return "–"
	}
	return words.Brief(v, symbol)
}

// policies says on one line what counts; the conditions at the places ofLines are
// on lines.
func policies(s model.Scheme, ofLines []int) string {
	line := fmt.Sprintf("returns %s · zero-value orders %s · window %s · frequency in %s · monetary %s",
		s.Spec.Returns, map[model.ZeroPolicy]string{model.ZeroKeep: "kept", model.ZeroDrop: "dropped"}[s.Spec.Zero],
		s.Spec.Window, frequencyWords(s.Spec), s.Spec.Monetary)
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
		return string(s.Frequency)
	case model.FrequencyDays, model.FrequencyMonths:
		return string(s.Frequency) + " (two or more make the repeat rate)"
	}
	return "orders per month (over at least " + words.Plural(int64(s.MonthsAtLeast()), "month", "months") + ")"
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
		return fmt.Sprintf("%-12s no amounts · customers of score 1 to %d: %s", axis, len(counts), strings.Join(counts, " / "))
	}
	list := session.ListOfCuts(cuts, f.Scheme.Cuts[axis].Method) + " " + session.CutsUnit(cuts, axis, f.Scheme.Spec)
	return fmt.Sprintf("%-12s cuts %s · customers of score 1 to %d: %s", axis, strings.TrimSpace(list), len(counts), strings.Join(counts, " / "))
}

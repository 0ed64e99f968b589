package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

// compareFlags say what is set against what, and how it is shown.
type compareFlags struct {
	before, after, by, value, members string
	flows                             int
}

func (a *app) compareCommand() *cobra.Command {
	var scheme schemeFlags
	var flags compareFlags
	cmd := &cobra.Command{
		Use:   "compare WORKSPACE",
		Short: catalogue.T("Compare two schemes or two days: who moves, why, and what it is worth"),
		Long: catalogue.T(`Compare two schemes or two days: who moves from where to where, why, and what it is
worth; between two days also what the rule did and what the customers' own data did
(orders, or none since).

Each side is a scheme file, a scenario, a preset, a day (the scheme of --scheme, or the
active one, as of that day), or cuts that replace those of that scheme:
'recency=21,45,90,180;value=8,13'. Without --before, the side before is the baseline of
the workspace; without --after, the side after is the active scheme. The other flags
apply to both sides.`),
		Example: `  strata compare shop.strata --before ten --after eleven
  strata compare shop.strata --before ten --after 'recency=21,45,90,180'
  strata compare shop.strata --before 2011-06-01 --scheme ten --by tier
  strata compare shop.strata --before ten --after eleven --members champions:loyal --format csv`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.printComparison(ctx, s, &scheme, &flags)
			})
		},
	}
	scheme.register(cmd)
	cmd.Flags().StringVar(&flags.before, "before", "", catalogue.T("scheme file, day, scenario, preset, or cuts (default: the baseline)"))
	cmd.Flags().StringVar(&flags.after, "after", "", catalogue.T("scheme file, day, scenario, preset, or cuts (default: the active scheme)"))
	cmd.Flags().StringVar(&flags.by, "by", bySegment, catalogue.T("rows and columns: segment or tier"))
	cmd.Flags().StringVar(&flags.value, "value", "customers", catalogue.T("what the text matrix shows: customers or revenue"))
	cmd.Flags().IntVar(&flags.flows, "flows", 10, catalogue.T("how many of the largest flows the text lists (0: all)"))
	cmd.Flags().StringVar(&flags.members, "members", "",
		catalogue.T("list the customers who go FROM:TO, like loyal:at-risk, with reason and distance; * is any other; for those on one side only, FROM is new or left empty, or TO is gone or left empty; {members_moved}: all who move", "members_moved", membersMoved))
	for _, side := range []string{"before", "after"} {
		completeScheme(cmd, side)
	}
	completeFlag(cmd, "by", []string{bySegment, byTier})
	completeFlag(cmd, "value", []string{"customers", "revenue"})
	return answers(cmd)
}

// The groupings.
const (
	bySegment = "segment"
	byTier    = "tier"
)

func (f *compareFlags) check() error {
	if err := oneOf("--by", f.by, bySegment, byTier); err != nil {
		return err
	}
	if f.flows < 0 {
		return model.Errorf(model.Usage, "--flows {flows}", "flows", f.flows).WithHint("use 0 for all, or a number")
	}
	return oneOf("--value", f.value, "customers", "revenue")
}

func (a *app) printComparison(ctx context.Context, s *session.Session, scheme *schemeFlags, flags *compareFlags) error {
	before, err := sideOf(ctx, s, scheme, "--before", flags.before, s.Baseline)
	if err != nil {
		return err
	}
	notices := scheme.notices
	after, err := sideOf(ctx, s, scheme, "--after", flags.after, func(ctx context.Context) (model.Scheme, error) { return scheme.named(ctx, s) })
	if err != nil {
		return err
	}
	a.warn(union(notices, scheme.notices))
	c, err := s.Compare(ctx, before, after)
	if err != nil {
		return err
	}
	if flags.members != "" {
		return a.printMembers(ctx, c, flags, s.Info())
	}
	a.warn(c.Warnings)
	if flags.by == byTier {
		c = c.ByTier()
	}
	return a.tell(compareAnswer(c, flags, s.Info()))
}

// union is some notices and those of others that are not among them.
func union(some, others []model.Warning) []model.Warning {
	for _, o := range others {
		if !slices.Contains(some, o) {
			some = append(some, o)
		}
	}
	return some
}

// sideOf returns the scheme that one side means: a path or a file *.yaml, then a
// day, then a scenario, a preset or a file, or cuts; without a name the one that
// otherwise returns.
func sideOf(ctx context.Context, s *session.Session, flags *schemeFlags, flag, name string, otherwise func(context.Context) (model.Scheme, error)) (model.Scheme, error) {
	isDay, inline := looksLikeDay(name), isInline(ctx, s, name)
	if isDay || inline {
		scheme, err := flags.resolve(ctx, s)
		if err != nil {
			return scheme, err
		}
		if inline {
			var notices []model.Warning
			notices, err = applyInline(&scheme, name)
			flags.notices = append(flags.notices, notices...)
		} else {
			scheme.Spec.AsOf, err = model.ParseDay(name)
		}
		if err != nil {
			err = usage(flag, err)
		}
		return scheme, err
	}
	named := otherwise
	if name != "" {
		named = func(ctx context.Context) (model.Scheme, error) { return schemeIn(ctx, s, name) }
	}
	scheme, err := named(ctx)
	if err != nil {
		return scheme, err
	}
	return scheme, flags.applyIn(ctx, s, &scheme)
}

// isInline reports whether a name is written as cuts are, and names nothing: a
// scenario may be called "loyal=4".
func isInline(ctx context.Context, s *session.Session, name string) bool {
	if !strings.ContainsRune(name, '=') || isSchemePath(name) ||
		strings.HasPrefix(name, scenarioPrefix) || strings.HasPrefix(name, presetPrefix) {
		return false
	}
	_, _, err := s.Scenario(ctx, name)
	return model.CodeOf(err) == model.NotFound
}

// looksLikeDay reports whether a name is written as days are, if it is not one.
func looksLikeDay(name string) bool {
	const pattern = "0000-00-00"
	digits := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '0'
		}
		return r
	}, name)
	return digits == pattern
}

// applyInline changes cuts as a text says: measure=cut,cut,… or value=MID,HIGH,
// several separated by semicolons.
func applyInline(scheme *model.Scheme, text string) (notices []model.Warning, err error) {
	for part := range strings.SplitSeq(text, ";") {
		name, cuts, ok := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		if !ok {
			return nil, model.Errorf(model.Usage, "{part:q} is not a list of cuts", "part", part).WithHint("write recency=21,45,90,180; separate several with semicolons")
		}
		if name == "value" {
			if err := applyInlineValue(&scheme.Value, cuts); err != nil {
				return nil, err
			}
			continue
		}
		axis, err := model.ParseAxis(name)
		if err != nil {
			return nil, err
		}
		at, err := parseCuts(cuts, axis, scheme.Spec.Scale(axis))
		if err != nil {
			return nil, err
		}
		notices = append(notices, rescored(axis, scheme.Levels[axis], len(at)+1)...)
		scheme.Cuts[axis] = model.AxisCuts{Method: model.MethodFixed, At: at}
		scheme.Levels[axis] = len(at) + 1
	}
	scheme.Name = catalogue.T("{name} with {cuts}", "name", scheme.Name, "cuts", strings.TrimSpace(text))
	return notices, nil
}

func applyInlineValue(value *model.ValueRule, text string) error {
	var cuts [2]int
	words := strings.Split(text, ",")
	wrong := len(words) != len(cuts)
	for i := 0; i < len(cuts) && !wrong; i++ {
		var err error
		cuts[i], err = strconv.Atoi(strings.TrimSpace(words[i]))
		wrong = err != nil || i > 0 && cuts[i] < cuts[i-1]
	}
	if wrong {
		return model.Errorf(model.Usage, "value={text} is not two value cuts", "text", text).WithHint("give where MID and HIGH begin, the lower first, like value=8,12")
	}
	value.Cuts, value.Shares = cuts, [2]int{}
	return nil
}

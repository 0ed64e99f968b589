package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/schemefile"
	"strata/model/sqlite"
	"strata/model/words"
	"strata/tui/session"
)

// schemeFlags are the selection, scheme and measure flags of every command
// that looks at a workspace. What is given overrides what the scheme says.
type schemeFlags struct {
	scheme, returns, zero, frequency, least, monetary, method string
	asOf, window                                              said
	where                                                     []string
	levels, shares                                            []int
	cuts                                                      [model.Axes]string
	fair                                                      fairFlags

	notices []model.Warning // about what the flags changed last
}

// said is the text of a flag that is never empty where it is given: an empty one, as
// of a shell variable that is not set, would leave what is in force without a word.
type said string

func (s *said) String() string { return string(*s) }
func (s *said) Type() string   { return "string" }

func (s *said) Set(text string) error {
	if text == "" {
		return errors.New(catalogue.T("it is empty"))
	}
	*s = said(text)
	return nil
}

func (f *schemeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.scheme, "scheme", "", catalogue.T("a scheme file, a scenario of the workspace or a preset (default: the workspace's active scheme)"))
	completeScheme(cmd, "scheme")
	f.registerChanges(cmd)
}

// completePresets offers the presets, and files.
func completePresets(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, p := range session.Presets() {
		names = append(names, cobra.CompletionWithDesc(p.Scheme.Name, p.Title))
	}
	return names, cobra.ShellCompDirectiveDefault
}

// completeSchemes offers the scenarios of the workspace that is named, the
// presets, and files.
func completeSchemes(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	presets, directive := completePresets(cmd, args, typed)
	return append(scenarioNames(cmd.Context(), args), presets...), directive
}

// scenarioNames are those of the workspace that args begin with, none where it
// cannot be read: the shell has no place for a complaint.
func scenarioNames(ctx context.Context, args []string) (names []string) {
	if len(args) == 0 || !isWorkspace(args[0]) {
		return nil
	}
	store, err := sqlite.OpenToRead(ctx, args[0])
	if err != nil {
		return nil
	}
	defer store.Close()
	kept, _ := store.Scenarios(ctx)
	for _, k := range kept {
		names = append(names, k.Name)
	}
	return names
}

// registerChanges registers what changes a scheme that is named otherwise.
func (f *schemeFlags) registerChanges(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(&f.asOf, "as-of", catalogue.T("the day to look back from: YYYY-MM-DD or {after_last_order}", "after_last_order", schemefile.AfterLastOrder))
	flags.Var(&f.window, "window", catalogue.T("how far back: 12m, 365d or all"))
	flags.StringArrayVar(&f.where, "where", nil,
		catalogue.T("count only orders, customers or order lines like region=East, in place of any filter in force on that column (repeatable; all must hold); none clears the filter"))
	flags.StringVar(&f.returns, "returns", "", catalogue.T("returns: net deducts them, ignore leaves them out, orders counts each as an order"))
	flags.StringVar(&f.zero, "zero", "", catalogue.T("zero-value orders: keep or drop"))
	flags.StringVar(&f.frequency, "frequency-measure", "", catalogue.T("orders, days, months or per-month"))
	flags.StringVar(&f.least, "least-months", "", catalogue.T("the minimum number of months by which orders per month are divided (3)"))
	flags.StringVar(&f.monetary, "monetary-measure", "", catalogue.T("sum, mean or margin"))
	if flags.Lookup("method") == nil { // a command can have one of its own
		flags.StringVar(&f.method, "method", "", catalogue.T("how cuts are found: quantile, rfm-r, ntile, nested, mean or fixed"))
		completeFlag(cmd, "method", textsOf(model.Methods))
	}
	flags.IntSliceVar(&f.levels, "levels", nil, catalogue.T("scores per measure: one number, or three for recency, frequency, monetary"))
	flags.IntSliceVar(&f.shares, "shares", nil, catalogue.T("percent of the customers in HIGH and in MID, like 15,35, instead of value cuts"))
	for a := range f.cuts {
		axis := model.Axis(a)
		flags.StringVar(&f.cuts[a], axis.String(), "", catalogue.T("{axis} cuts in raw units, ascending, like {example}", "axis", words.Axis(axis), "example", exampleCuts[axis]))
	}
	f.fair.register(cmd)
	completeFlag(cmd, "returns", textsOf(returnsPolicies))
	completeFlag(cmd, "zero", textsOf(zeroPolicies))
	completeFlag(cmd, "frequency-measure", textsOf(frequencyMeasures))
	completeFlag(cmd, "monetary-measure", textsOf(monetaryMeasures))
}

// The words of the measure flags.
var (
	returnsPolicies   = []model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}
	zeroPolicies      = []model.ZeroPolicy{model.ZeroKeep, model.ZeroDrop}
	frequencyMeasures = []model.FrequencyMeasure{model.FrequencyOrders, model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth}
	monetaryMeasures  = []model.MonetaryMeasure{model.MonetarySum, model.MonetaryMean, model.MonetaryMargin}
)

var exampleCuts = [model.Axes]string{"14,33,72,180", "2,3,5,9", "250,490,942,2058"}

// apply changes a scheme as the flags say, and notes what nobody may have meant.
// columns are those of the workspace, nil without one.
func (f *schemeFlags) apply(s *model.Scheme, columns *session.Columns) error {
	f.notices = nil
	if err := f.applyCounted(&s.Spec, columns); err != nil {
		return err
	}
	if err := f.applySpec(&s.Spec); err != nil {
		return err
	}
	switch len(f.levels) {
	case 0:
	case 1:
		s.Levels = [model.Axes]int{f.levels[0], f.levels[0], f.levels[0]}
	case int(model.Axes):
		copy(s.Levels[:], f.levels)
	default:
		return model.Errorf(model.Usage, "--levels takes one number or three, not {count}", "count", len(f.levels))
	}
	if err := f.applyMethod(s); err != nil {
		return err
	}
	if err := f.applyShares(s); err != nil {
		return err
	}
	for a, text := range f.cuts {
		if text == "" {
			continue
		}
		axis := model.Axis(a)
		at, err := parseCuts(text, axis, s.Spec.Scale(axis))
		if err != nil {
			return usage("--"+axis.String(), err)
		}
		if len(f.levels) == 0 {
			f.notices = append(f.notices, rescored(axis, s.Levels[a], len(at)+1)...)
			s.Levels[a] = len(at) + 1
		}
		s.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
	}
	return f.fair.apply(&s.Fair)
}

func (f *schemeFlags) applyMethod(s *model.Scheme) error {
	method := model.Method(f.method)
	switch {
	case method == "":
		return nil
	case !slices.Contains(model.Methods, method):
		return oneOf("--method", f.method, textsOf(model.Methods)...)
	}
	for a, text := range f.cuts {
		if method == model.MethodFixed {
			if text == "" && s.Cuts[a].At == nil {
				return model.Errorf(model.Usage, "--method fixed needs cuts for {axis}", "axis", model.Axis(a)).
					WithHint("give --{axis} {example}", "axis", model.Axis(a), "example", exampleCuts[a])
			}
			s.Cuts[a].Method = model.MethodFixed
			continue
		}
		s.Cuts[a] = model.AxisCuts{Method: method}
		if method == model.MethodMean && len(f.levels) == 0 {
			s.Levels[a] = 2
		}
	}
	return nil
}

func (f *schemeFlags) applyShares(s *model.Scheme) error {
	if len(f.shares) == 0 {
		return nil
	}
	if len(f.shares) != len(s.Value.Shares) {
		return model.Errorf(model.Usage, "--shares takes two numbers, not {count}", "count", len(f.shares)).
			WithHint("give the percent of the customers in HIGH and in MID, like 15,35")
	}
	copy(s.Value.Shares[:], f.shares)
	return nil
}

// The words that lift a limit; that of the window is [model.Window]'s.
const noFilter = "none"

// applyCounted changes which orders count. A condition takes the place of those in
// force on the same column.
func (f *schemeFlags) applyCounted(spec *model.Spec, columns *session.Columns) (err error) {
	if f.asOf != "" {
		if spec.AsOf, err = schemefile.ParseAsOf(string(f.asOf)); err != nil {
			return usage("--as-of", err)
		}
	}
	if f.window != "" {
		if spec.Window, err = model.ParseWindow(string(f.window)); err != nil {
			return usage("--window", err)
		}
	}
	var given []model.Condition
	for _, w := range f.where {
		if w == noFilter {
			spec.Where = nil
			continue
		}
		c, err := model.ParseCondition(w)
		if err != nil {
			return model.Errorf(model.Usage, "--where: {text:q} is not a filter", "text", w).
				WithHint("write column=value, like region=East, or {no_filter} to clear the filter in force", "no_filter", noFilter)
		}
		given = append(given, c)
	}
	spec.Where = columns.Replace(spec.Where, given)
	return nil
}

func (f *schemeFlags) applySpec(spec *model.Spec) error {
	if err := choose("--returns", f.returns, &spec.Returns, returnsPolicies...); err != nil {
		return err
	}
	if err := choose("--zero", f.zero, &spec.Zero, zeroPolicies...); err != nil {
		return err
	}
	if err := choose("--frequency-measure", f.frequency, &spec.Frequency, frequencyMeasures...); err != nil {
		return err
	}
	if f.least != "" {
		months, err := strconv.Atoi(f.least)
		if err != nil || months < 1 || months > model.MostLeastMonths {
			return model.Errorf(model.Usage, "--least-months {least:q}", "least", f.least).WithHint("use 1 to {most_least_months}", "most_least_months", model.MostLeastMonths)
		}
		if spec.Frequency != model.FrequencyPerMonth {
			return model.Errorf(model.Usage, "--least-months applies only to orders per month, but frequency counts {frequency}", "frequency", spec.Frequency).
				WithHint("add --frequency-measure {frequency_per_month}", "frequency_per_month", model.FrequencyPerMonth)
		}
		spec.LeastMonths = months
	}
	return choose("--monetary-measure", f.monetary, &spec.Monetary, monetaryMeasures...)
}

func choose[T ~string](flag, value string, to *T, allowed ...T) error {
	if value == "" {
		return nil
	}
	*to = T(value)
	return oneOf(flag, value, textsOf(allowed)...)
}

func textsOf[T ~string](values []T) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return texts
}

func usage(flag string, err error) error {
	return model.Errorf(model.Usage, "{flag}: {cause}", "flag", flag, "cause", err)
}

// check finds what is wrong with the flags before a workspace is opened.
func (f *schemeFlags) check() error {
	ten := model.Ten()
	return f.apply(&ten, nil)
}

// resolve returns the scheme to work with, and tells the notices about the flags.
func (a *app) resolve(ctx context.Context, s *session.Session, f *schemeFlags) (model.Scheme, error) {
	scheme, err := f.resolve(ctx, s)
	if err == nil {
		a.warn(f.notices)
	}
	return scheme, err
}

// resolve returns the scheme to work with: the one named, else the
// workspace's active one, changed as the flags say.
func (f *schemeFlags) resolve(ctx context.Context, s *session.Session) (model.Scheme, error) {
	scheme, err := f.named(ctx, s)
	if err != nil {
		return scheme, err
	}
	return scheme, f.applyIn(ctx, s, &scheme)
}

// applyIn changes a scheme as the flags say, for a workspace.
func (f *schemeFlags) applyIn(ctx context.Context, s *session.Session, scheme *model.Scheme) error {
	columns, err := s.Columns(ctx)
	if err != nil {
		return err
	}
	return f.apply(scheme, columns)
}

func (f *schemeFlags) named(ctx context.Context, s *session.Session) (model.Scheme, error) {
	if f.scheme == "" {
		return s.ActiveScheme(ctx)
	}
	scheme, err := schemeIn(ctx, s, f.scheme)
	if err == nil {
		s.ReadFromFile(scheme)
	}
	return scheme, err
}

// schemeIn returns the scheme that a name means in a workspace: a path or a
// file *.yaml, else a scenario, else a preset, else a file. A scenario or a
// preset is meant for certain by scenario:NAME and preset:NAME.
func schemeIn(ctx context.Context, s *session.Session, name string) (model.Scheme, error) {
	scenario, forced := strings.CutPrefix(name, scenarioPrefix)
	if !forced && (isSchemePath(name) || strings.HasPrefix(name, presetPrefix)) {
		return schemeNamed(name)
	}
	_, scheme, err := s.Scenario(ctx, scenario)
	if forced || model.CodeOf(err) != model.NotFound {
		return scheme, err
	}
	scheme, err = schemeNamed(name)
	if model.CodeOf(err) != model.Usage {
		return scheme, err
	}
	kept, listErr := s.Scenarios(ctx)
	if listErr != nil || len(kept) == 0 {
		return scheme, err
	}
	var names []string
	for _, k := range kept {
		names = append(names, k.Name)
	}
	for _, p := range session.Presets() {
		names = append(names, p.Scheme.Name)
	}
	return scheme, model.Errorf(model.Usage, "there is no scenario or preset {name:q}", "name", name).WithHint("use {names}", "names", strings.Join(names, ", "))
}

// What makes a name that of a scenario, or of a preset, for certain.
const (
	scenarioPrefix = "scenario:"
	presetPrefix   = "preset:"
)

// isSchemePath reports whether a name can only be that of a scheme file.
func isSchemePath(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return strings.ContainsRune(name, filepath.Separator) || ext == ".yaml" || ext == ".yml"
}

// isPreset reports whether a name that is no scenario's means a preset.
func isPreset(name string) bool {
	_, err := session.PresetNamed(strings.TrimPrefix(name, presetPrefix))
	return err == nil && !isSchemePath(name)
}

// schemeNamed returns a preset, or reads a scheme file.
func schemeNamed(name string) (model.Scheme, error) {
	preset, forced := strings.CutPrefix(name, presetPrefix)
	isPath := isSchemePath(name)
	scheme, err := session.PresetNamed(preset)
	if forced || err == nil && !isPath {
		return scheme, err
	}
	text, readErr := disk.ReadText(name)
	switch {
	case model.CodeOf(readErr) == model.Invalid:
		return scheme, readErr
	case readErr != nil && isPath:
		return scheme, model.Errorf(model.Usage, "cannot read the scheme {name}: {cause}", "name", name, "cause", errors.Unwrap(readErr)).
			WithHint("check the path")
	case readErr != nil:
		return scheme, err
	}
	scheme, err = schemefile.DecodeFile(text)
	if err != nil {
		return scheme, model.Errorf(model.Invalid, "{name}: {cause}", "name", name, "cause", err)
	}
	return scheme, nil
}

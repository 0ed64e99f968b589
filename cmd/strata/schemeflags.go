package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

// schemeFlags are the selection, scheme and measure flags of every command
// that looks at a workspace. What is given overrides what the scheme says.
type schemeFlags struct {
	scheme, asOf, window, returns, zero, frequency, monetary, method string
	where                                                            []string
	levels                                                           []int
	cuts                                                             [model.Axes]string
}

func (f *schemeFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.scheme, "scheme", "", "a scheme file or preset (default: the workspace's active scheme)")
	flags.StringVar(&f.asOf, "as-of", "", "look back from this day, YYYY-MM-DD (default: the day after the last order)")
	flags.StringVar(&f.window, "window", "", "how far back: 12m, 365d or all")
	flags.StringArrayVar(&f.where, "where", nil, "only orders or customers like region=East (repeatable)")
	flags.StringVar(&f.returns, "returns", "", "returns are net, ignore or orders")
	flags.StringVar(&f.zero, "zero", "", "orders worth nothing: keep or drop")
	flags.StringVar(&f.frequency, "frequency-measure", "", "orders, days, months or per-month")
	flags.StringVar(&f.monetary, "monetary-measure", "", "sum, mean or margin")
	flags.StringVar(&f.method, "method", "", "how cuts come about: quantile or fixed")
	flags.IntSliceVar(&f.levels, "levels", nil, "scores per measure: one number, or three for recency, frequency, monetary")
	for a := range f.cuts {
		axis := model.Axis(a)
		flags.StringVar(&f.cuts[a], axis.String(), "", axis.String()+" cuts in raw units, like "+exampleCuts[axis])
	}
}

var exampleCuts = [model.Axes]string{"14,33,72,180", "2,3,5,9", "250,490,942,2058"}

// apply changes a scheme as the flags say.
func (f *schemeFlags) apply(s *model.Scheme) error {
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
		return model.Errorf(model.Usage, "--levels takes one number or three, not %d", len(f.levels))
	}
	if err := f.applyMethod(s); err != nil {
		return err
	}
	for a, text := range f.cuts {
		if text == "" {
			continue
		}
		axis := model.Axis(a)
		at, err := parseCuts(text, axis, s.Spec.Scale(axis))
		if err != nil {
			return err
		}
		if len(f.levels) == 0 {
			s.Levels[a] = len(at) + 1
		}
		s.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
	}
	return nil
}

func (f *schemeFlags) applyMethod(s *model.Scheme) error {
	switch model.Method(f.method) {
	case "":
		return nil
	case model.MethodQuantile:
		for a := range s.Cuts {
			s.Cuts[a] = model.AxisCuts{Method: model.MethodQuantile}
		}
		return nil
	case model.MethodFixed:
		for a, text := range f.cuts {
			if text == "" && s.Cuts[a].At == nil {
				return model.Errorf(model.Usage, "--method fixed needs cuts for %s", model.Axis(a)).
					WithHint("give --%s %s", model.Axis(a), exampleCuts[a])
			}
			s.Cuts[a].Method = model.MethodFixed
		}
		return nil
	}
	return model.Errorf(model.Usage, "--method %q is unknown", f.method).WithHint("use quantile or fixed")
}

func (f *schemeFlags) applySpec(spec *model.Spec) error {
	var err error
	if f.asOf != "" {
		if spec.AsOf, err = model.ParseDay(f.asOf); err != nil {
			return usage("--as-of", err)
		}
	}
	if f.window != "" {
		if spec.Window, err = model.ParseWindow(f.window); err != nil {
			return usage("--window", err)
		}
	}
	for _, w := range f.where {
		c, err := model.ParseCondition(w)
		if err != nil {
			return usage("--where", err)
		}
		spec.Where = append(spec.Where, c)
	}
	if err := choose("--returns", f.returns, &spec.Returns, model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders); err != nil {
		return err
	}
	if err := choose("--zero", f.zero, &spec.Zero, model.ZeroKeep, model.ZeroDrop); err != nil {
		return err
	}
	if err := choose("--frequency-measure", f.frequency, &spec.Frequency,
		model.FrequencyOrders, model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth); err != nil {
		return err
	}
	return choose("--monetary-measure", f.monetary, &spec.Monetary, model.MonetarySum, model.MonetaryMean, model.MonetaryMargin)
}

func choose[T ~string](flag, value string, to *T, allowed ...T) error {
	if value == "" {
		return nil
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	*to = T(value)
	return oneOf(flag, value, names...)
}

func usage(flag string, err error) error {
	return model.Errorf(model.Usage, "%s: %w", flag, err)
}

// parseCuts reads raw cuts in any order; they come back ascending.
func parseCuts(text string, axis model.Axis, scale int64) ([]model.Cut, error) {
	var at []model.Cut
	for part := range strings.SplitSeq(text, ",") {
		c, err := model.ParseCut(part, scale)
		if err != nil {
			return nil, usage("--"+axis.String(), err)
		}
		at = append(at, c)
	}
	slices.SortFunc(at, model.Cut.Compare)
	return at, nil
}

// check finds what is wrong with the flags before a workspace is opened.
func (f *schemeFlags) check() error {
	ten := model.Ten()
	return f.apply(&ten)
}

// resolve returns the scheme to work with: the one named, else the
// workspace's active one, changed as the flags say.
func (f *schemeFlags) resolve(ctx context.Context, s *session.Session) (model.Scheme, error) {
	scheme, err := f.named(ctx, s)
	if err != nil {
		return scheme, err
	}
	return scheme, f.apply(&scheme)
}

func (f *schemeFlags) named(ctx context.Context, s *session.Session) (model.Scheme, error) {
	switch f.scheme {
	case "":
		return s.ActiveScheme(ctx)
	case "ten", "preset:ten":
		return model.Ten(), nil
	}
	text, err := os.ReadFile(f.scheme)
	if err != nil {
		return model.Scheme{}, model.Errorf(model.Usage, "--scheme %q is neither a preset nor a file that can be read", f.scheme).
			WithHint("the preset is ten; a scheme file is YAML")
	}
	scheme, err := schemefile.Decode(text)
	if err != nil {
		return scheme, model.Errorf(model.Invalid, "%s: %w", f.scheme, err)
	}
	return scheme, nil
}

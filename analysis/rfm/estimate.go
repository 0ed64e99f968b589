package rfm

import (
	"context"
	"slices"

	"strata/model"
	"strata/model/words"
)

// Estimated is what a method makes of one measure of a [Base]: the cuts as the
// method defines them, and, where the value alone does not tell it, how each
// customer comes to a score. It is immutable.
type Estimated struct {
	Cuts   []model.Cut // ascending, levels-1 of them
	given  []uint8     // for each row of base, how many cuts it lies above; nil where its value tells
	groups []Span      // of given, what the customers above so many cuts have
	base   *Base       // of given and nested
	// nested gives those numbers once the scores of the measures before are known;
	// Cuts then are the quantiles of all customers together.
	nested *nesting
}

// EstimateAxis returns what a method makes of one measure of base. keys are
// the keys of all customers of the workspace, by ordinal; only the method
// ntile looks at them, and without them takes customers in the order of base.
// What nested makes of a measure hangs on the scores of those before it, which
// [NewRuleOn] knows; its cuts are the quantiles of all customers.
// Where no order has an amount, monetary has no groups either: they would be drawn by
// lot, and everybody scores 1.
// Errors: Empty when there is no customer to estimate from, Usage for fixed
// cuts and for levels that the method cannot have.
func EstimateAxis(base *Base, a model.Axis, method model.Method, levels int, keys *model.Strings) (Estimated, error) {
	if err := method.CheckLevels(levels); err != nil {
		return Estimated{}, model.Errorf(model.Usage, "{axis}: {cause}", "axis", words.Axis(a), "cause", err)
	}
	if base.Len() == 0 {
		return Estimated{}, model.Errorf(model.Empty, "there are no customers to estimate the cuts from").
			WithHint("widen the window or the filter, or give fixed cuts")
	}
	switch a {
	case model.Recency:
		return estimate(base, base.Recency, a, method, levels, keys)
	case model.Frequency:
		return estimate(base, base.Frequency, a, method, levels, keys)
	}
	if method == model.MethodNTile && base.Unvalued() {
		method = model.MethodQuantile
	}
	return estimate(base, base.Monetary, a, method, levels, keys)
}

func estimate[T integer](base *Base, values []T, a model.Axis, method model.Method, levels int, keys *model.Strings) (Estimated, error) {
	switch method {
	case model.MethodQuantile:
		return Estimated{Cuts: quantileCuts(values, levels)}, nil
	case model.MethodRFMR:
		cuts := quantileCuts(values, levels)
		for i := range cuts {
			cuts[i].Whole += base.Spec.Scale(a)
		}
		return Estimated{Cuts: cuts}, nil
	case model.MethodNTile:
		return ntile(base, values, levels, keys), nil
	case model.MethodNested:
		e := Estimated{Cuts: quantileCuts(values, levels)}
		if a != model.Recency {
			e.base, e.nested = base, &nesting{base: base, axis: a, levels: levels}
		}
		return e, nil
	case model.MethodMean:
		return Estimated{Cuts: []model.Cut{mean(values)}}, nil
	case model.MethodFixed:
		return Estimated{}, model.Errorf(model.Usage, "the fixed cuts for {axis} are missing", "axis", words.Axis(a)).
			WithHint("give the values of the cuts, or another method")
	}
	return Estimated{}, model.Errorf(model.Usage, "{axis}: there is no method {method:q}", "axis", words.Axis(a), "method", method).WithHint("use one of {methods}", "methods", model.Methods)
}

// Estimate returns what the methods of a scheme make of the measures of base;
// an axis whose cuts are set is left out. keys are those of [EstimateAxis].
// Errors: those of EstimateAxis.
func Estimate(base *Base, scheme model.Scheme, keys *model.Strings) ([model.Axes]Estimated, error) {
	var estimated [model.Axes]Estimated
	var errs [model.Axes]error
	stopped := parallel(context.Background(), len(estimated), func(i int) {
		if cuts := scheme.Cuts[i]; cuts.At == nil {
			estimated[i], errs[i] = EstimateAxis(base, model.Axis(i), cuts.Method, scheme.Levels[i], keys)
		}
	})
	for _, err := range errs {
		if err != nil {
			return estimated, err
		}
	}
	return estimated, stopped
}

// Freeze returns scheme with the cuts it leaves to its methods set to what they
// made of one base, where those alone tell every score: equal groups and nested
// frequency and monetary stay with their methods, since no cuts score like that.
// Everybody in base scores as before.
func Freeze(scheme model.Scheme, estimated [model.Axes]Estimated) model.Scheme {
	scheme = scheme.Clone()
	for a := range scheme.Cuts {
		cuts := &scheme.Cuts[a]
		if cuts.At != nil || !cuts.Method.Freezes(model.Axis(a)) {
			continue
		}
		cuts.At = slices.Clone(estimated[a].Cuts)
		if cuts.Method == model.MethodNested {
			cuts.Method = model.MethodQuantile
		}
	}
	return scheme
}

// mean returns the mean of at least one value as an exact cut. [Measure] has
// seen to it that the sum of any measure fits.
func mean[T integer](values []T) model.Cut {
	sum, n := int64(0), int64(len(values))
	for _, v := range values {
		sum += int64(v)
	}
	return MeanCut(sum, n)
}

// MeanCut returns the mean of n values, at least one, as an exact cut.
func MeanCut(sum, n int64) model.Cut {
	whole, rest := sum/n, sum%n
	if rest < 0 {
		whole, rest = whole-1, rest+n
	}
	divisor := gcd(int(rest), int(n))
	return model.Cut{Whole: whole, Num: int32(int(rest) / divisor), Den: int32(int(n) / divisor)}
}

package rfm_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// nestedBase: those away for long order more often, so that the same number of
// orders is worth more among the recent.
func nestedBase() *rfm.Base {
	b := &rfm.Base{Spec: model.DefaultSpec()}
	for i := range int32(100) {
		b.Customer = append(b.Customer, i)
		b.Recency = append(b.Recency, 1+i)
		b.Orders = append(b.Orders, 1+i%10+i/20*3)
		b.Revenue = append(b.Revenue, int64(i%7)*model.Unit)
	}
	b.Frequency, b.Monetary = b.Orders, b.Revenue
	return b
}

// TestNestedScoresBeginElsewhereInEveryScoreBefore: two of ten values make a
// score of frequency in every score of recency, wherever they lie.
func TestNestedScoresBeginElsewhereInEveryScoreBefore(t *testing.T) {
	t.Parallel()
	base := nestedBase()
	rule, warnings, err := rfm.Resolve(base, withMethod(model.Ten(), model.MethodNested), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range base.Len() {
		want := [2]int{5 - i/20, 1 + i%10/2}
		if s := rule.ScoresOf(base, i); [2]int{s[0], s[1]} != want {
			t.Fatalf("customer %d scores %v, want R and F %v", i, s, want)
		}
		for a, cuts := range rule.CutsOf(base, i) {
			passed := 0
			for _, cut := range cuts {
				if column(base, model.Axis(a))[i] > cut.Whole {
					passed++
				}
			}
			if a != int(model.Recency) && rule.ScoresOf(base, i)[a] != 1+passed {
				t.Fatalf("customer %d lies above %d cuts of %v, %v", i, passed, model.Axis(a), cuts)
			}
		}
	}
	pooled, _ := rfm.EstimateAxis(base, model.Frequency, model.MethodQuantile, 5, nil)
	if !slices.Equal(rule.Published[model.Frequency], pooled.Cuts) {
		t.Errorf("shown are %v, want the quantiles of all, %v", rule.Published[model.Frequency], pooled.Cuts)
	}
	const want = "frequency is cut within each score of recency, so a score means different things: 5 begins at 9 in R5, at 21 in R1; the cuts shown are those for all customers together"
	if warnings[0].Message != want {
		t.Errorf("warned of %q, want %q", warnings[0].Message, want)
	}
	ofMonetary := func(w model.Warning) bool {
		return w.Code == "nested-scores" && strings.HasPrefix(w.Message, "monetary is cut within each pair")
	}
	if !slices.ContainsFunc(warnings, ofMonetary) {
		t.Errorf("monetary: %v", warnings)
	}
}

// TestNestedMeasuresWarnOfTheirScores: the cuts of all do not tell which scores
// are empty, or too heavy.
func TestNestedMeasuresWarnOfTheirScores(t *testing.T) {
	t.Parallel()
	base := nestedBase()
	for i := range base.Orders {
		base.Orders[i] = 1
	}
	_, warnings, err := rfm.Resolve(base, withMethod(model.Ten(), model.MethodNested), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []model.Warning{
		{Code: "heavy-score", Message: "frequency: 100 customers (100.0%) score 1"},
		{Code: "empty-score", Message: "frequency: no customer scores 5: too many have equal values"},
	} {
		if !slices.Contains(warnings, want) {
			t.Errorf("no warning %q in %v", want.Message, warnings)
		}
	}
}

// TestNestedMeasuresStandOnWhatIsBefore: a cut of recency that moves divides
// frequency anew, one of monetary does not.
func TestNestedMeasuresStandOnWhatIsBefore(t *testing.T) {
	t.Parallel()
	base := nestedBase()
	scheme := model.Ten()
	scheme.Cuts[model.Frequency].Method = model.MethodNested
	estimated, err := rfm.Estimate(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	rule := func(a model.Axis, at int64) *rfm.Rule {
		moved := scheme.Clone()
		moved.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: slices.Clone(estimated[a].Cuts)}
		moved.Cuts[a].At[0] = model.WholeCut(at)
		r, err := rfm.NewRuleOn(moved, estimated)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	still, moved := rule(model.Monetary, 0), rule(model.Recency, 10)
	if rfm.Differ(base, still, rule(model.Recency, 10)) == 0 {
		t.Error("nobody scores differently")
	}
	fresh := scheme.Clone()
	fresh.Cuts[model.Recency] = model.AxisCuts{Method: model.MethodFixed, At: moved.Published[model.Recency]}
	if n := rfm.Differ(base, moved, mustResolve(t, base, fresh, nil)); n > 0 {
		t.Errorf("%d customers score otherwise than if frequency had been divided afresh", n)
	}
	if reach := moved.NextSegment(base, 99); slices.ContainsFunc(reach, func(r rfm.Reach) bool { return r.Axis != model.Monetary }) {
		t.Errorf("recency, which others are nested in, is told to reach: %v", reach)
	}
}

// TestCarriedRulesKeepTheirCuts: on its own base a rule scores as before, on
// another by the cuts of its own, group by group.
func TestCarriedRulesKeepTheirCuts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, other := drawBase(t, rapid.IntRange(1, 30).Draw(t, "customers")), drawBase(t, rapid.IntRange(1, 30).Draw(t, "others"))
		scheme := drawMethods(t, base)
		for a, cuts := range scheme.Cuts {
			if cuts.Method == model.MethodNTile {
				scheme.Cuts[a].Method = model.MethodNested
			}
		}
		rule, _, err := rfm.Resolve(base, scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n := rfm.Differ(base, rule, rule.Carried(base)); n > 0 {
			t.Fatalf("%d customers of the rule's own base score otherwise", n)
		}
		carried := rule.Carried(other)
		for i := range other.Len() {
			got := carried.ScoresOf(other, i)
			var want [model.Axes]int
			for a := range model.Axes {
				cuts := rule.Cuts[a]
				for j := range base.Len() { // anybody who scores alike before has the cuts
					if like := rule.ScoresOf(base, j); slices.Equal(like[:a], want[:a]) {
						cuts = rule.CutsOf(base, j)[a]
					}
				}
				passed := 0
				for _, cut := range cuts {
					if column(other, a)[i] > cut.Whole {
						passed++
					}
				}
				if want[a] = 1 + passed; a == model.Recency {
					want[a] = rule.Levels[a] - passed
				}
			}
			if got != want {
				t.Fatalf("customer %d scores %v, want %v", i, got, want)
			}
		}
	})
}

// TestFrozenNestedMeasuresStayNested: no list of cuts scores like them.
func TestFrozenNestedMeasuresStayNested(t *testing.T) {
	t.Parallel()
	base := nestedBase()
	scheme := withMethod(model.Ten(), model.MethodNested)
	estimated, err := rfm.Estimate(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	frozen := rfm.Freeze(scheme, estimated)
	if c := frozen.Cuts[model.Recency]; c.Method != model.MethodQuantile || len(c.At) != 4 {
		t.Errorf("recency is frozen as %v", c)
	}
	if n := rfm.Differ(base, mustResolve(t, base, scheme, nil), mustResolve(t, base, frozen, nil)); n > 0 {
		t.Errorf("%d customers score differently once frozen", n)
	}
}

package rfm_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// drawBase draws a base of n customers with many equal values.
func drawBase(t *rapid.T, n int) *rfm.Base {
	small := rapid.SliceOfN(rapid.Int32Range(1, 40), n, n)
	money := rapid.SliceOfN(rapid.OneOf(
		rapid.Int64Range(-20, 20),
		rapid.Int64Range(-1e6, 1e9),
		rapid.Int64Range(-1<<50, 1<<50),
		rapid.Just(int64(0)),
	), n, n)
	b := &rfm.Base{Recency: small.Draw(t, "recency"), Orders: small.Draw(t, "orders"), Revenue: money.Draw(t, "revenue")}
	b.Frequency, b.Monetary = b.Orders, b.Revenue
	if rapid.Bool().Draw(t, "own frequency") {
		b.Frequency = small.Draw(t, "frequency")
		b.Spec.Frequency = rapid.SampledFrom([]model.FrequencyMeasure{
			model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth,
		}).Draw(t, "frequency measure")
	}
	if rapid.Bool().Draw(t, "own monetary") {
		b.Monetary = money.Draw(t, "monetary")
	}
	if n > 0 && rapid.IntRange(0, 4).Draw(t, "long gone") == 0 {
		b.Recency[0] = 1 << 30
	}
	for customer := int32(0); len(b.Customer) < n; customer += rapid.Int32Range(1, 3).Draw(t, "gap") {
		b.Customer = append(b.Customer, customer)
	}
	return b
}

// drawLevels draws the scores of each measure, five more often than others.
func drawLevels(t *rapid.T) (levels [model.Axes]int) {
	for a := range levels {
		levels[a] = rapid.OneOf(rapid.Just(5), rapid.IntRange(model.MinLevels, model.MaxLevels)).Draw(t, "levels")
	}
	return levels
}

func drawValue(t *rapid.T) model.ValueRule {
	var v model.ValueRule
	for a := range v.Weights {
		v.Weights[a] = rapid.IntRange(0, 3).Draw(t, "weight")
	}
	if v.Min() == 0 {
		v.Weights[model.Monetary] = 1
	}
	for i := range v.Cuts {
		v.Cuts[i] = rapid.IntRange(v.Min(), v.Max()+1).Draw(t, "value cut")
	}
	slices.Sort(v.Cuts[:])
	return v
}

// drawCuts draws ascending cuts around values, often on them, some with a
// fraction, some equal, some far outside.
func drawCuts(t *rapid.T, n int, values []int64) []model.Cut {
	whole := rapid.OneOf(rapid.Int64Range(-30, 50), rapid.SampledFrom([]int64{math.MinInt64, -1 << 40, 1 << 33, math.MaxInt64}))
	if len(values) > 0 {
		whole = rapid.OneOf(whole, rapid.SampledFrom(values))
	}
	cuts := make([]model.Cut, n)
	for i := range cuts {
		cuts[i] = model.WholeCut(whole.Draw(t, "cut"))
		if rapid.Bool().Draw(t, "fraction") {
			cuts[i].Num, cuts[i].Den = rapid.Int32Range(1, 4).Draw(t, "num"), 5
		}
	}
	slices.SortFunc(cuts, model.Cut.Compare)
	return cuts
}

// drawScheme draws a scheme with cuts set around the values of base.
func drawScheme(t *rapid.T, base *rfm.Base) model.Scheme {
	s := model.Ten()
	s.Levels = drawLevels(t)
	s.Value = drawValue(t)
	for a := range s.Cuts {
		s.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: drawCuts(t, s.Levels[a]-1, column(base, model.Axis(a)))}
	}
	return s
}

// column returns one measure of all customers.
func column(base *rfm.Base, a model.Axis) []int64 {
	var column []int64
	for i := range base.Len() {
		column = append(column, values(base, i)[a])
	}
	return column
}

// estimated returns scheme with its cuts set to what its methods make of base.
func estimated(t rapid.TB, base *rfm.Base, scheme model.Scheme) model.Scheme {
	t.Helper()
	made, err := rfm.Estimate(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rfm.Freeze(scheme, made)
}

func mustRule(t rapid.TB, s model.Scheme) *rfm.Rule {
	t.Helper()
	rule, err := rfm.NewRule(s)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

func TestQuantileCutsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(1, 60).Draw(t, "customers"))
		checkQuantiles(t, base, drawLevels(t))
	})
}

// checkQuantiles compares the estimated cuts of all measures with the oracle.
func checkQuantiles(t rapid.TB, base *rfm.Base, levels [model.Axes]int) {
	t.Helper()
	scheme := model.Ten()
	scheme.Levels = levels
	got := estimated(t, base, scheme)
	for a := model.Recency; a < model.Axes; a++ {
		values := column(base, a)
		for i, cut := range got.Cuts[a].At {
			if want := naiveQuantile(values, i+1, levels[a]); rational(cut).Cmp(want) != 0 {
				t.Fatalf("%s quantile %d/%d is %v, want %v", a, i+1, levels[a], cut, want)
			}
		}
	}
}

// TestQuantilesOfManyValues has enough values to be counted rather than sorted,
// over narrow, wide and the widest possible ranges.
func TestQuantilesOfManyValues(t *testing.T) {
	t.Parallel()
	orders := manyOrders(50_000, 3)
	base, err := rfm.Measure(t.Context(), orders, nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	checkQuantiles(t, base, [model.Axes]int{5, 9, 5})

	wide := *base
	wide.Monetary = slices.Clone(base.Monetary)
	for i := range wide.Monetary {
		switch i % 3 {
		case 0:
			wide.Monetary[i] = math.MinInt64 + int64(i)
		case 1:
			wide.Monetary[i] = math.MaxInt64 - int64(i)
		}
	}
	checkQuantiles(t, &wide, [model.Axes]int{2, 3, 9})
}

func TestScoresEqualNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 20).Draw(t, "customers"))
		rule := mustRule(t, drawScheme(t, base))
		for i := range base.Len() {
			for a, v := range values(base, i) {
				if got, want := rule.Score(model.Axis(a), v), naiveScore(rule, model.Axis(a), v); got != want {
					t.Fatalf("%s %d with cuts %v scores %d, want %d", model.Axis(a), v, rule.Cuts[a], got, want)
				}
			}
		}
	})
}

func TestCellsAndScoresAreInverse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rule := mustRule(t, drawScheme(t, &rfm.Base{}))
		for cell := range rule.Cells() {
			scores := rule.Scores(cell)
			for a, s := range scores {
				if s < 1 || s > rule.Levels[a] {
					t.Fatalf("cell %d has scores %v", cell, scores)
				}
			}
			if got := rule.Cell(scores); got != cell {
				t.Fatalf("cell %d has scores %v, which are cell %d", cell, scores, got)
			}
		}
	})
}

// tenByHand is the map as the documentation prints it, for five levels and
// weights of one.
func tenByHand(r, f, m int) string {
	switch value := r + f + m; {
	case value >= 12 && r >= 4 && f >= 4 && m >= 4:
		return "champions"
	case value >= 12 && r <= 2:
		return "cant-lose"
	case value >= 12:
		return "loyal"
	case value >= 8 && r >= 4 && f >= 2:
		return "potential-loyalist"
	case value >= 8 && r >= 4:
		return "promising"
	case value >= 8 && r == 3:
		return "need-attention"
	case value >= 8:
		return "at-risk"
	case r >= 4:
		return "light"
	case r == 3:
		return "about-to-sleep"
	}
	return "hibernating"
}

// fixed returns the scheme ten with cuts that nothing depends on.
func fixed() model.Scheme {
	s := model.Ten()
	for a := range s.Cuts {
		s.Cuts[a].At = []model.Cut{model.WholeCut(1), model.WholeCut(2), model.WholeCut(3), model.WholeCut(4)}
	}
	return s
}

func TestMapTenAsPrinted(t *testing.T) {
	t.Parallel()
	rule := mustRule(t, fixed())
	for cell := range rule.Cells() {
		s := rule.Scores(cell)
		if got, want := rule.Segments[rule.Segment(cell)].Slug, tenByHand(s[0], s[1], s[2]); got != want {
			t.Errorf("cell %v is %s, want %s", s, got, want)
		}
		if got, want := rule.ValueScore(cell), model.WholeCut(int64(s[0]+s[1]+s[2])); got != want {
			t.Errorf("cell %v has value score %v, want %v", s, got, want)
		}
	}
}

// TestBetterScoresNeverLowerTheTier walks every pair of neighbouring cells of
// any map of any shape.
func TestBetterScoresNeverLowerTheTier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rule := mustRule(t, drawScheme(t, &rfm.Base{}))
		tier := func(scores [model.Axes]int) int {
			return rule.Segments[rule.Segment(rule.Cell(scores))].Tier.Rank()
		}
		for cell := range rule.Cells() {
			scores := rule.Scores(cell)
			for a := range scores {
				better := scores
				if better[a]++; better[a] > rule.Levels[a] {
					continue
				}
				if tier(better) > tier(scores) {
					t.Fatalf("scores %v are a lower tier than %v", better, scores)
				}
			}
		}
	})
}

// TestTierFollowsTheValueScore compares each tier with the exact value score.
func TestTierFollowsTheValueScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rule := mustRule(t, drawScheme(t, &rfm.Base{}))
		for cell := range rule.Cells() {
			want := model.TierLow
			score := rule.ValueScore(cell)
			if score.Compare(model.WholeCut(int64(rule.Value.Cuts[0]))) >= 0 {
				want = model.TierMid
			}
			if score.Compare(model.WholeCut(int64(rule.Value.Cuts[1]))) >= 0 {
				want = model.TierHigh
			}
			if got := rule.Segments[rule.Segment(cell)].Tier; got != want {
				t.Fatalf("value score %v is %s, want %s", score, got, want)
			}
		}
	})
}

func TestNewRuleRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*model.Scheme)
		says   string
	}{
		"one level":         {func(s *model.Scheme) { s.Levels[0] = 1 }, "use 2 to 9"},
		"ten levels":        {func(s *model.Scheme) { s.Levels[2] = 10 }, "use 2 to 9"},
		"too few cuts":      {func(s *model.Scheme) { s.Cuts[1].At = s.Cuts[1].At[:3] }, "3 cuts for 5 scores"},
		"descending cuts":   {func(s *model.Scheme) { slices.Reverse(s.Cuts[0].At) }, "ascending"},
		"no cuts":           {func(s *model.Scheme) { s.Cuts[2].At = nil }, "monetary has 0 cuts"},
		"negative weight":   {func(s *model.Scheme) { s.Value.Weights[0] = -1 }, "recency is -1"},
		"no weight":         {func(s *model.Scheme) { s.Value.Weights = [3]int{} }, "all weights are 0"},
		"value cuts turned": {func(s *model.Scheme) { s.Value.Cuts = [2]int{12, 8} }, "above HIGH"},
		"value cut outside": {func(s *model.Scheme) { s.Value.Cuts[1] = 17 }, "3 to 16"},
		"shares of a map":   {func(s *model.Scheme) { s.Map, s.Value.Shares = "eleven", [2]int{15, 35} }, "follow from the map"},
		"shares over all":   {func(s *model.Scheme) { s.Value.Shares = [2]int{60, 60} }, "120%"},
		"negative share":    {func(s *model.Scheme) { s.Value.Shares = [2]int{-1, 60} }, "−1%"},
		"map of five":       {func(s *model.Scheme) { s.Map, s.Levels[2], s.Cuts[2].At = "eleven", 4, s.Cuts[2].At[:3] }, "needs 5 scores for monetary, not 4"},
		"no map":            {func(s *model.Scheme) { s.Map = "" }, "0 segments"},
		"mean of five":      {func(s *model.Scheme) { s.Cuts[0].Method = model.MethodMean }, "2 scores, not 5"},
		"unknown map":       {func(s *model.Scheme) { s.Map = "twelve" }, "twelve"},
	} {
		scheme := fixed()
		c.change(&scheme)
		if _, err := rfm.NewRule(scheme); model.CodeOf(err) != model.Usage || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", name, err, c.says)
		}
	}
}

func TestResolveNeedsACustomerOnlyToEstimate(t *testing.T) {
	t.Parallel()
	if _, _, err := rfm.Resolve(&rfm.Base{}, model.Ten(), nil); model.CodeOf(err) != model.Empty {
		t.Errorf("error %v", err)
	}
	rule, warnings, err := rfm.Resolve(&rfm.Base{}, fixed(), nil)
	if err != nil || len(warnings) > 0 {
		t.Fatalf("fixed cuts: %v, %v", warnings, err)
	}
	if total := rfm.Tally(&rfm.Base{}, rule, nil).Total(); total != (rfm.Aggregate{}) {
		t.Errorf("nobody adds up to %v", total)
	}
}

func TestFixedCutsAreNotEstimated(t *testing.T) {
	t.Parallel()
	scheme := model.Ten()
	scheme.Cuts[model.Frequency].Method = model.MethodFixed
	base := manyCustomers(t, 100, false)
	if _, _, err := rfm.Resolve(base, scheme, nil); model.CodeOf(err) != model.Usage {
		t.Errorf("fixed cuts that are not given: %v", err)
	}
	frozen := []model.Cut{model.WholeCut(1), model.WholeCut(2), model.WholeCut(3), model.WholeCut(4)}
	scheme.Cuts[model.Frequency] = model.AxisCuts{Method: model.MethodQuantile, At: frozen}
	rule, _, err := rfm.Resolve(base, scheme, nil)
	if err != nil || !slices.Equal(rule.Cuts[model.Frequency], frozen) {
		t.Errorf("frozen quantile cuts: %v, %v", rule.Cuts, err)
	}
	if scheme.Cuts[model.Recency].At != nil {
		t.Error("the scheme was changed")
	}
}

func TestResolveWarns(t *testing.T) {
	t.Parallel()
	base := &rfm.Base{}
	for i := range int32(100) {
		base.Customer = append(base.Customer, i)
		base.Recency = append(base.Recency, i+1)
		base.Orders = append(base.Orders, 1+max(0, i-49)) // one half has ordered once
		base.Revenue = append(base.Revenue, int64(i)*model.Unit)
	}
	base.Frequency, base.Monetary = base.Orders, base.Revenue
	scheme := model.Ten()
	scheme.Cuts[model.Monetary] = model.AxisCuts{Method: model.MethodFixed}
	for _, cut := range []int64{-1, 9, 19, 98} {
		scheme.Cuts[model.Monetary].At = append(scheme.Cuts[model.Monetary].At, model.WholeCut(cut*model.Unit))
	}
	rule, warnings, err := rfm.Resolve(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Warning{
		{Code: "heavy-score", Message: "frequency: 50 customers (50.0%) score 1"},
		{Code: "equal-cuts", Message: "frequency: two cuts are both 1, so no customer scores 2"},
		{Code: "heavy-tie", Message: "Frequency 2│1 sits on a tie: 50 customers (50.0%) have exactly 1 order and move together"},
		{Code: "empty-score", Message: "monetary: no customer scores 1: nobody has −1.00 or less"},
		{Code: "heavy-score", Message: "monetary: 79 customers (79.0%) score 4"},
	}
	if !slices.Equal(warnings, want) {
		t.Errorf("warnings %q, want %q", warnings, want)
	}
	index, err := rfm.NewIndex(t.Context(), base, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := index.Warnings(rule); !slices.Equal(got, want) {
		t.Errorf("the index warns %q, want %q", got, want)
	}
	few := &rfm.Base{
		Customer: []int32{0}, Recency: []int32{1}, Frequency: []int32{1}, Monetary: []int64{1},
		Orders: []int32{1}, Revenue: []int64{1},
	}
	_, warnings, err = rfm.Resolve(few, model.Ten(), nil)
	if err != nil || len(warnings) != 3 || warnings[0].Code != "few-customers" {
		t.Errorf("one customer: %v, %v", warnings, err)
	}
}

// TestEmptyScoresSayWhy: a score that nobody has is told with what leaves it
// empty. The rule stays: equal values score alike.
func TestEmptyScoresSayWhy(t *testing.T) {
	t.Parallel()
	base := &rfm.Base{}
	for i := range int32(100) {
		base.Customer = append(base.Customer, i)
		base.Recency = append(base.Recency, min(i+1, 70)) // the 31 who were away for longest, all alike
		base.Orders = append(base.Orders, min(1+i, 60))   // as the 41 who order most
		base.Revenue = append(base.Revenue, int64(i)*model.Unit)
	}
	base.Frequency, base.Monetary = base.Orders, base.Revenue
	scheme := model.Ten()
	scheme.Cuts[model.Monetary] = model.AxisCuts{Method: model.MethodFixed}
	for _, cut := range []int64{200_000, 300_000, 300_500, 400_000} {
		scheme.Cuts[model.Monetary].At = append(scheme.Cuts[model.Monetary].At, model.WholeCut(cut))
	}
	_, warnings, err := rfm.Resolve(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []model.Warning{
		{Code: "empty-score", Message: "recency: no customer scores 1: nobody has more than 70, which 31 customers (31.0%) have"},
		{Code: "equal-cuts", Message: "frequency: two cuts are both 60, so no customer scores 4"},
		{Code: "empty-score", Message: "frequency: no customer scores 5: nobody has more than 60, which 41 customers (41.0%) have"},
		{Code: "empty-score", Message: "monetary: no customer scores 3: nobody has more than 30.00 but not more than 30.05"},
	} {
		if !slices.Contains(warnings, want) {
			t.Errorf("%q is not told, but %q", want.Message, warnings)
		}
	}
	for _, c := range []struct {
		at   []int64
		want string
	}{
		{[]int64{-5, 1, 2, 3}, "monetary: no customer scores 1: nobody has less than −5.00"},
		{[]int64{1, 2, 3, 300}, "monetary: no customer scores 5: nobody has 300.00 or more"},
	} {
		scheme.Cuts[model.Monetary] = model.AxisCuts{Method: model.MethodRFMR}
		for _, cut := range c.at {
			scheme.Cuts[model.Monetary].At = append(scheme.Cuts[model.Monetary].At, model.WholeCut(cut*model.Unit))
		}
		_, warnings, err := rfm.Resolve(base, scheme, nil)
		if err != nil || !slices.Contains(warnings, model.Warning{Code: "empty-score", Message: c.want}) {
			t.Errorf("%q is not told, but %q, %v", c.want, warnings, err)
		}
	}
}

// One in twenty with the same value is too many to have a cut beside it.
func TestHeavyTie(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		on, n int
		want  bool
	}{{0, 0, false}, {0, 100, false}, {4, 100, false}, {5, 100, true}, {499, 10_000, false}} {
		if got := rfm.HeavyTie(c.on, c.n); got != c.want {
			t.Errorf("%d of %d: %v", c.on, c.n, got)
		}
	}
}

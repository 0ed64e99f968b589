package suggest_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/analysis/suggest"
	"strata/model"
)

// TestGiniOfIneq is the example of the R package ineq.
func TestGiniOfIneq(t *testing.T) {
	t.Parallel()
	gini, corrected, ok := columnOf(t, []int64{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261}).Gini()
	if !ok || math.Abs(gini-.462091130267624) > 1e-15 || math.Abs(corrected-.5134346) > 1e-7 {
		t.Errorf("Gini %.15f, corrected %.7f", gini, corrected)
	}
	if _, _, ok := columnOf(t, []int64{-3, 1, 2}).Gini(); ok {
		t.Error("values that add up to nothing have a Gini coefficient")
	}
}

// TestGiniIsTheMeanDifference compares with the definition over all pairs.
func TestGiniIsTheMeanDifference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 20), 1, 30).Draw(t, "values")
		differences, total := int64(0), int64(0)
		for _, v := range values {
			total += v
			for _, w := range values {
				differences += max(v, w) - min(v, w)
			}
		}
		gini, _, ok := columnOf(t, values).Gini()
		if ok != (total > 0) {
			t.Fatalf("a total of %d has a Gini coefficient: %v", total, ok)
		}
		if want := float64(differences) / float64(2*int64(len(values))*total); ok && math.Abs(gini-want) > 1e-12 {
			t.Fatalf("Gini %v, want %v", gini, want)
		}
	})
}

// TestRevenueIsSharedAsNearlyAsTiesAllow compares every cut with all others
// there could be.
func TestRevenueIsSharedAsNearlyAsTiesAllow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "customers")
		base := baseOf(rapid.SliceOfN(rapid.Int64Range(0, 12), n, n).Draw(t, "values"))
		limit := rapid.SampledFrom([]int64{10, math.MaxInt64 / 30}).Draw(t, "limit")
		base.Revenue = rapid.SliceOfN(rapid.Int64Range(-limit, limit), n, n).Draw(t, "revenue")
		levels := rapid.IntRange(2, 9).Draw(t, "levels")
		column, err := suggest.NewColumn(base, model.Monetary)
		if err != nil {
			t.Fatal(err)
		}
		total, negative := int64(0), rfm.Flow{}
		for _, brought := range base.Revenue {
			total += max(brought, 0)
			if brought < 0 {
				negative.Customers++
				negative.Revenue += model.Money(brought)
			}
		}
		if column.Negative() != negative {
			t.Fatalf("%v brought less than nothing, want %v", column.Negative(), negative)
		}
		cuts, err := column.Revenue(levels)
		if (model.CodeOf(err) == model.Empty) != (total == 0) || err == nil && len(cuts) != levels-1 {
			t.Fatalf("a total of %d has the cuts %v, %v", total, cuts, err)
		}
		if total == 0 {
			return
		}
		off := func(at int64, k int) *big.Rat { // how far what lies up to at is from k shares
			upTo := int64(0)
			for i, v := range base.Monetary {
				if v <= at {
					upTo += max(base.Revenue[i], 0)
				}
			}
			share := big.NewRat(int64(k), int64(levels))
			share.Mul(share, new(big.Rat).SetInt64(total))
			return share.Abs(share.Sub(share, new(big.Rat).SetInt64(upTo)))
		}
		for k, cut := range cuts {
			if !slices.Contains(base.Monetary, cut.Whole) {
				t.Fatalf("the cut %v is the value of nobody", cut)
			}
			for _, at := range base.Monetary {
				if at < slices.Max(base.Monetary) && off(at, k+1).Cmp(off(cut.Whole, k+1)) < 0 {
					t.Fatalf("cut %d of %d is %v, but %d is nearer", k+1, levels, cut, at)
				}
			}
		}
		sum := 0.0
		for _, s := range column.Shares(cuts) {
			sum += s
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Fatalf("the shares add up to %v", sum)
		}
	})
}

// TestRevenueCutsWhereTwoAreAsGood: of two that are equally near the lower one,
// and never one that leaves the last score empty.
func TestRevenueCutsWhereTwoAreAsGood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		revenue []int64 // of customers with the values 1, 2, …
		levels  int
		want    []int64
	}{
		{"2 of 4 lies between 1 and 3", []int64{1, 2, 1}, 2, []int64{1}},
		{"whoever brings all is the last value", []int64{0, 0, 9}, 4, []int64{2, 2, 2}},
	} {
		values := make([]int64, len(c.revenue))
		for i := range values {
			values[i] = int64(i) + 1
		}
		base := baseOf(values)
		base.Revenue = c.revenue
		column, err := suggest.NewColumn(base, model.Monetary)
		if err != nil {
			t.Fatal(err)
		}
		cuts, err := column.Revenue(c.levels)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]int64, len(cuts))
		for i, cut := range cuts {
			got[i] = cut.Whole
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestTheKneeIsFarthestFromTheDiagonal looks at every point of the curve.
func TestTheKneeIsFarthestFromTheDiagonal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-5, 40), 1, 30).Draw(t, "values")
		levels := rapid.IntRange(2, 9).Draw(t, "levels")
		column := columnOf(t, values)
		cuts, knee := column.Lorenz(levels)
		if len(cuts) != levels-1 || !slices.IsSortedFunc(cuts, model.Cut.Compare) {
			t.Fatalf("%d scores have the cuts %v", levels, cuts)
		}
		total := int64(0)
		for _, v := range values {
			total += v
		}
		far := func(at int64) *big.Rat { // of the curve from the diagonal, in units of the measure
			low, sum := int64(0), int64(0)
			for _, v := range values {
				if v <= at {
					low, sum = low+1, sum+v
				}
			}
			line := big.NewRat(low*total, int64(len(values)))
			return line.Sub(line, new(big.Rat).SetInt64(sum))
		}
		for _, at := range values {
			if far(at).Cmp(far(knee.At.Whole)) > 0 {
				t.Fatalf("the knee is %v, but the curve is farther from the diagonal at %d", knee.At, at)
			}
		}
		different := slices.Compact(slices.Clone(cuts))
		distinct := len(slices.Compact(slices.Sorted(slices.Values(values))))
		if want := min(levels, distinct) - 1; want > 0 && len(different) != want {
			t.Fatalf("%d values have the cuts %v", distinct, cuts)
		}
		if distinct > 1 && !slices.Contains(cuts, knee.At) {
			t.Fatalf("the knee %v is none of the cuts %v", knee.At, cuts)
		}
	})
}

// TestLorenzFollowsTheCurve: 1 1 1 1 1 7 20 48 has the mean 10; beyond it lies
// 34, below it 2, and dividing the rich brings the curve nearer.
func TestLorenzFollowsTheCurve(t *testing.T) {
	t.Parallel()
	cuts, knee := columnOf(t, []int64{1, 1, 1, 1, 1, 7, 20, 48}).Lorenz(3)
	want := []model.Cut{model.WholeCut(10), model.WholeCut(34)}
	if !slices.Equal(cuts, want) || knee != (suggest.Knee{At: want[0], Customers: 2, Of: 8, Sum: 68, Total: 80}) {
		t.Errorf("cuts %v, knee %+v", cuts, knee)
	}
	// 0 2 4 6 has the mean 3, and both halves lie a unit from their lines.
	cuts, _ = columnOf(t, []int64{0, 2, 4, 6}).Lorenz(3)
	if want := []model.Cut{model.WholeCut(3), model.WholeCut(5)}; !slices.Equal(cuts, want) {
		t.Errorf("cuts %v, want %v: the richer of two parts is divided", cuts, want)
	}
}

// TestFitIsTheShareOfVarianceBetweenScores compares with floats around the
// mean of each score.
func TestFitIsTheShareOfVarianceBetweenScores(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := baseOf(rapid.SliceOfN(rapid.Int64Range(-1000, 1000), 1, 40).Draw(t, "values"))
		for i := range base.Recency {
			base.Recency[i] = rapid.Int32Range(1, 3).Draw(t, "recency")
		}
		scheme := model.Ten()
		scheme.Cuts[model.Monetary].Method = rapid.SampledFrom([]model.Method{model.MethodQuantile, model.MethodNested}).Draw(t, "method")
		nested := scheme.Cuts[model.Monetary].Method == model.MethodNested
		rule, _, err := rfm.Resolve(base, scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := suggest.FitOf(base, rule, model.Monetary)
		variance := func(rows []int64) float64 {
			mean, sum := 0.0, 0.0
			for _, v := range rows {
				mean += float64(v) / float64(len(rows))
			}
			for _, v := range rows {
				sum += (float64(v) - mean) * (float64(v) - mean)
			}
			return sum
		}
		within, onCuts := 0.0, 0
		scores := make([][]int64, 5)
		for i, v := range base.Monetary {
			score := rule.ScoresOf(base, i)[model.Monetary] - 1
			scores[score] = append(scores[score], v)
			stands := func(cut model.Cut) bool { // nobody whom it divides lies between v and the cut
				for j, w := range base.Monetary {
					alike := rule.ScoresOf(base, i)[model.Recency] == rule.ScoresOf(base, j)[model.Recency]
					if v < w && w <= cut.Whole && (!nested || alike) {
						return false
					}
				}
				return v <= cut.Whole
			}
			if slices.ContainsFunc(rule.CutsOf(base, i)[model.Monetary], stands) {
				onCuts++
			}
		}
		for score, rows := range scores {
			within += variance(rows)
			if got.Customers[score] != int64(len(rows)) {
				t.Fatalf("customers %v, but %d score %d", got.Customers, len(rows), score+1)
			}
		}
		all := variance(base.Monetary)
		if got.Defined != (all > 1e-9) || got.OnCuts != int64(onCuts) {
			t.Fatalf("%+v, want a variance of %v and %d on cuts", got, all, onCuts)
		}
		if want := 1 - within/all; got.Defined && math.Abs(got.Variance-want) > 1e-9 {
			t.Fatalf("fit %v, want %v", got.Variance, want)
		}
		onCuts = 0
		for _, v := range base.Recency { // where the best score has no cut below it
			if slices.ContainsFunc(rule.Cuts[model.Recency], func(cut model.Cut) bool {
				passed := func(w int32) bool { return v < w && int64(w) <= cut.Whole }
				return int64(v) <= cut.Whole && !slices.ContainsFunc(base.Recency, passed)
			}) {
				onCuts++
			}
		}
		if fit := suggest.FitOf(base, rule, model.Recency); fit.OnCuts != int64(onCuts) {
			t.Fatalf("recency: %d on cuts, want %d", fit.OnCuts, onCuts)
		}
		fewest, most := got.Ends()
		if got.Customers[fewest-1] != slices.Min(got.Customers) || got.Customers[most-1] != slices.Max(got.Customers) {
			t.Fatalf("fewest %d, most %d of %v", fewest, most, got.Customers)
		}
	})
}

func TestNobodyHasNoCuts(t *testing.T) {
	t.Parallel()
	if _, err := suggest.NewColumn(baseOf(nil), model.Frequency); model.CodeOf(err) != model.Empty {
		t.Errorf("no customer: %v", err)
	}
}

// TestFromZeroIsTheColumnOfValuesCountedFromZero compares with the column of values
// none of which is below 0.
func TestFromZeroIsTheColumnOfValuesCountedFromZero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-5, 10), 1, 20).Draw(t, "values")
		counted, n, below := slices.Clone(values), int64(0), int64(0)
		for i, v := range values {
			if v < 0 {
				counted[i], n, below = 0, n+1, below+v
			}
		}
		got, who := columnOf(t, values).FromZero()
		want := columnOf(t, counted)
		if who.Customers != n || int64(who.Revenue) != below {
			t.Fatalf("%d customers with %d are below 0, told %+v", n, below, who)
		}
		gini, corrected, ok := got.Gini()
		wantGini, wantCorrected, wantOK := want.Gini()
		cuts, knee := got.Lorenz(3)
		wantCuts, wantKnee := want.Lorenz(3)
		if gini != wantGini || corrected != wantCorrected || ok != wantOK || !slices.Equal(cuts, wantCuts) || knee != wantKnee || got.Total() != want.Total() {
			t.Fatalf("Gini %v (%v), %v, %+v; want %v (%v), %v, %+v", gini, ok, cuts, knee, wantGini, wantOK, wantCuts, wantKnee)
		}
		if ok && (gini < 0 || gini > 1) {
			t.Fatalf("Gini %v", gini)
		}
	})
}

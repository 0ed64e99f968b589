package rfm_test

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// drawMethods draws a scheme whose measures are scored by any methods.
func drawMethods(t *rapid.T, base *rfm.Base) model.Scheme {
	s := model.Ten()
	s.Levels = drawLevels(t)
	for a := range s.Cuts {
		method := rapid.SampledFrom(model.Methods).Draw(t, "method")
		s.Cuts[a] = model.AxisCuts{Method: method}
		switch method {
		case model.MethodFixed:
			s.Cuts[a].At = drawCuts(t, s.Levels[a]-1, column(base, model.Axis(a)))
		case model.MethodMean:
			s.Levels[a] = 2
		}
	}
	return s
}

// drawKeys draws a key for every customer of the workspace: numbers with and
// without leading zeros, or anything.
func drawKeys(t *rapid.T, base *rfm.Base) *model.Strings {
	numbers := rapid.Bool().Draw(t, "numbers")
	keys := &model.Strings{}
	for i := int32(0); base.Len() > 0 && i <= base.Customer[base.Len()-1]; i++ {
		key := strconv.Itoa(rapid.IntRange(1, 200).Draw(t, "number"))
		if rapid.Bool().Draw(t, "zero") {
			key = "0" + key
		}
		if !numbers {
			key += rapid.SampledFrom([]string{"", "a", "é", "-"}).Draw(t, "letter")
		}
		if err := keys.Append([]byte(key)); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// naiveScores scores every customer on one axis as the method is defined;
// before are the scores on the axes before it.
func naiveScores(base *rfm.Base, scheme model.Scheme, a model.Axis, keys *model.Strings, before [][]int) []int {
	levels, values := scheme.Levels[a], column(base, a)
	scores := make([]int, len(values))
	better := func(i, passed int) {
		scores[i] = 1 + passed
		if a == model.Recency {
			scores[i] = levels - passed
		}
	}
	if scheme.Cuts[a].Method == model.MethodNTile {
		if a == model.Monetary && base.Unvalued() { // no amounts, no groups
			for i := range scores {
				scores[i] = 1
			}
			return scores
		}
		for i, passed := range naiveGroups(base, values, levels, keys) {
			better(i, passed)
		}
		return scores
	}
	cuts, heldAbove := naiveCuts(base, scheme, a, values)
	for i, v := range values {
		if scheme.Cuts[a].Method == model.MethodNested {
			cuts, _ = naiveCuts(base, scheme, a, naiveGroup(values, before, i))
		}
		passed := 0
		for _, cut := range cuts {
			switch c := new(big.Rat).SetInt64(v).Cmp(cut); {
			case c > 0, c == 0 && heldAbove:
				passed++
			}
		}
		better(i, passed)
	}
	return scores
}

// naiveGroup returns the values of those who score like customer i on all axes
// before.
func naiveGroup(values []int64, before [][]int, i int) []int64 {
	var group []int64
	for j, v := range values {
		if !slices.ContainsFunc(before, func(scores []int) bool { return scores[j] != scores[i] }) {
			group = append(group, v)
		}
	}
	return group
}

// naiveCuts returns the cuts of a method and whether they belong to the range
// above them.
func naiveCuts(base *rfm.Base, scheme model.Scheme, a model.Axis, values []int64) (cuts []*big.Rat, heldAbove bool) {
	switch scheme.Cuts[a].Method {
	case model.MethodFixed:
		for _, c := range scheme.Cuts[a].At {
			cuts = append(cuts, rational(c))
		}
		return cuts, false
	case model.MethodMean:
		sum := new(big.Rat)
		for _, v := range values {
			sum.Add(sum, new(big.Rat).SetInt64(v))
		}
		return []*big.Rat{sum.Quo(sum, new(big.Rat).SetInt64(int64(len(values))))}, false
	}
	plus := new(big.Rat)
	heldAbove = scheme.Cuts[a].Method == model.MethodRFMR
	if heldAbove {
		plus.SetInt64(base.Spec.Scale(a))
	}
	for k := 1; k < scheme.Levels[a]; k++ {
		q := naiveQuantile(values, k, scheme.Levels[a])
		cuts = append(cuts, q.Add(q, plus))
	}
	return cuts, heldAbove
}

// naiveGroups ranks customers by value and key from 1 to n and divides the
// ranks by their own quantiles of type 7.
func naiveGroups(base *rfm.Base, values []int64, levels int, keys *model.Strings) []int {
	key := func(i int) string { return keys.At(int(base.Customer[i])) }
	numbers := true
	for i := range keys.Len() {
		_, err := strconv.Atoi(keys.At(i))
		numbers = numbers && err == nil
	}
	rows := make([]int, len(values))
	for i := range rows {
		rows[i] = i
	}
	slices.SortFunc(rows, func(x, y int) int {
		if c := cmp.Compare(values[x], values[y]); c != 0 {
			return c
		}
		if numbers {
			m, _ := strconv.Atoi(key(x))
			n, _ := strconv.Atoi(key(y))
			if m != n {
				return m - n
			}
		}
		return strings.Compare(key(x), key(y))
	})
	ranks := make([]int64, len(rows))
	for i := range ranks {
		ranks[i] = int64(i + 1)
	}
	groups := make([]int, len(rows))
	for i, row := range rows {
		for k := 1; k < levels; k++ {
			if naiveQuantile(ranks, k, levels).Cmp(new(big.Rat).SetInt64(ranks[i])) < 0 {
				groups[row]++
			}
		}
	}
	return groups
}

// distinctKeys reports whether ties are decided by the keys of base alone.
func distinctKeys(base *rfm.Base, keys *model.Strings) bool {
	seen := map[string]bool{}
	for _, c := range base.Customer {
		if seen[keys.At(int(c))] {
			return false
		}
		seen[keys.At(int(c))] = true
	}
	return true
}

// TestMethodsEqualTheirDefinitions scores random customers by random methods
// and compares scores, sums and running totals with the oracle's.
func TestMethodsEqualTheirDefinitions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(1, 30).Draw(t, "customers"))
		keys := drawKeys(t, base)
		if !distinctKeys(base, keys) {
			t.Skip("two customers with one key")
		}
		scheme := drawMethods(t, base)
		rule, _, err := rfm.Resolve(base, scheme, keys)
		if err != nil {
			t.Fatal(err)
		}
		cells := make([]rfm.Aggregate, rule.Cells())
		var want [model.Axes][]int
		for a := range model.Axes {
			want[a] = naiveScores(base, scheme, a, keys, want[:a])
		}
		for i := range base.Len() {
			scores := [model.Axes]int{want[0][i], want[1][i], want[2][i]}
			if got := rule.ScoresOf(base, i); got != scores {
				t.Fatalf("customer %d scores %v, want %v", i, got, scores)
			}
			c := &cells[rule.Cell(scores)]
			c.Customers++
			c.Revenue += model.Money(base.Revenue[i])
			c.Orders += int64(base.Orders[i])
			if naiveRepeats(base, i) > 1 {
				c.Repeaters++
			}
			c.Recency += int64(base.Recency[i])
			c.Frequency += int64(base.Frequency[i])
			c.Monetary += base.Monetary[i]
		}
		if wrong := differ(rfm.Tally(base, rule, nil), cells, nil); wrong != "" {
			t.Fatal(wrong)
		}
		index := mustIndex(t, base, nil)
		for a := range model.Axes {
			if wrong := differ(mustTable(t, index, a, rule).Tally(rule), cells, nil); wrong != "" {
				t.Fatalf("the table of %s: %s", a, wrong)
			}
		}
	})
}

// TestSplitValuesFollowTheirKeys is the example of a public package: five
// customers with one order each score 1 to 5 on frequency, by their keys.
func TestSplitValuesFollowTheirKeys(t *testing.T) {
	t.Parallel()
	base := &rfm.Base{
		Customer: []int32{0, 1, 2, 3, 4}, Recency: []int32{16, 30, 46, 7, 25},
		Orders: []int32{1, 1, 1, 1, 1}, Revenue: []int64{100, 200, 150, 300, 250},
	}
	base.Frequency, base.Monetary = base.Orders, base.Revenue
	rule := mustResolve(t, base, withMethod(model.Ten(), model.MethodNTile), keyColumn(t, []string{"1", "2", "3", "4", "5"}))
	for i, want := range []string{"411", "223", "132", "545", "354"} { // printed there one lower: 300 112 021 434 243
		if got := rfm.CellText(rule.ScoresOf(base, i)); got != want {
			t.Errorf("customer %d scores %s, want %s", i+1, got, want)
		}
	}
}

// TestRulesOfSplitValuesServeTheirOwnBase: scores of single customers mean
// nothing for others.
func TestRulesOfSplitValuesServeTheirOwnBase(t *testing.T) {
	t.Parallel()
	rule := mustResolve(t, manyCustomers(t, 100, false), withMethod(model.Ten(), model.MethodNTile), nil)
	defer func() {
		if recover() == nil {
			t.Error("a rule of another base was used")
		}
	}()
	rfm.Tally(manyCustomers(t, 100, false), rule, nil)
}

func TestSharesOfTheValueScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(1, 60).Draw(t, "customers"))
		scheme, _ := rfm.Preset("value")
		high := rapid.IntRange(0, 100).Draw(t, "high")
		scheme.Value.Shares = [2]int{high, rapid.IntRange(0, 100-high).Draw(t, "mid")}
		if !scheme.Value.ByShare() {
			scheme.Value.Shares[0] = 1
		}
		rule, _, err := rfm.Resolve(base, scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		figures := rfm.Tally(base, rule, nil)
		held := func(cut int) int { // customers from a value score on
			n := 0
			for cell, sum := range figures.Cells {
				if rule.ValueScore(cell).Compare(model.WholeCut(int64(cut))) >= 0 {
					n += int(sum.Customers)
				}
			}
			return n
		}
		wanted := [2]int{scheme.Value.Shares[0] + scheme.Value.Shares[1], scheme.Value.Shares[0]}
		for i, percent := range wanted {
			off := func(cut int) int { return max(100*held(cut)-percent*base.Len(), percent*base.Len()-100*held(cut)) }
			for cut := rule.Value.Min(); cut <= rule.Value.Max()+1; cut++ {
				if off(cut) < off(rule.Value.Cuts[i]) {
					t.Fatalf("%d%% from value score %d on, but %d is nearer", percent, rule.Value.Cuts[i], cut)
				}
			}
		}
		checkBands(t, rule)
	})
}

// checkBands compares the segments of the map value with what they are called.
func checkBands(t *rapid.T, rule *rfm.Rule) {
	for cell := range rule.Cells() {
		score := rational(rule.ValueScore(cell))
		score.Sub(score, big.NewRat(int64(rule.Value.Min()), 1))
		score.Mul(score, big.NewRat(100, int64(rule.Value.Max()-rule.Value.Min())))
		s := rule.Segments[rule.Segment(cell)]
		from, to, _ := strings.Cut(strings.TrimPrefix(s.Slug, "value-"), "-")
		to, _, _ = strings.Cut(to, "-")
		low, _ := strconv.ParseInt(from, 10, 64)
		high, _ := strconv.ParseInt(to, 10, 64)
		above := score.Cmp(big.NewRat(low, 1)) >= 0
		below := score.Cmp(big.NewRat(high, 1)) < 0 || high == 100
		if high != low+10 || !above || !below {
			t.Fatalf("value %v is in %s", score, s.Slug)
		}
	}
}

// The spans of scores are what a look at every customer finds, for the measures whose
// method tears equal values apart, and none for others.
func TestSpansAreThoseOfTheCustomers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(1, 30).Draw(t, "customers"))
		scheme := drawMethods(t, base)
		rule, _, err := rfm.Resolve(base, scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		for a := range model.Axes {
			got := rule.SpansOf(base, a)
			if torn := scheme.Cuts[a].Method == model.MethodNTile && (a != model.Monetary || !base.Unvalued()); torn != (got != nil) {
				t.Fatalf("%s by %s has spans %v", a, scheme.Cuts[a].Method, got)
			}
			if got == nil {
				continue
			}
			has := make([][]int64, scheme.Levels[a])
			for row, v := range column(base, a) {
				score := rule.ScoresOf(base, row)[a]
				has[score-1] = append(has[score-1], v)
			}
			for i, values := range has {
				var want rfm.Span
				if len(values) > 0 {
					want = rfm.Span{Low: slices.Min(values), High: slices.Max(values), Customers: int64(len(values))}
				}
				if got[i] != want {
					t.Fatalf("%s score %d spans %+v, want %+v", a, i+1, got[i], want)
				}
			}
			for i := 1; i < len(has); i++ {
				for _, v := range column(base, a) {
					if want := slices.Contains(has[i-1], v) && slices.Contains(has[i], v); got.TornBetween(v, i, i+1) != want {
						t.Fatalf("%s: %d is torn between scores %d and %d: %v", a, v, i, i+1, !want)
					}
				}
			}
		}
	})
}

package concentration_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/concentration"
)

// TestGiniOfIneq is the example of the R package ineq.
func TestGiniOfIneq(t *testing.T) {
	t.Parallel()
	c := concentration.Of([]int64{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261})
	gini, corrected, ok := c.Gini()
	if !ok || math.Abs(gini-.462091130267624) > 1e-15 || math.Abs(corrected-.5134346) > 5e-8 {
		t.Errorf("Gini %.15f, corrected %.7f, %v", gini, corrected, ok)
	}
}

func TestGiniAtTheEnds(t *testing.T) {
	t.Parallel()
	const much = math.MaxInt64 - 2
	for name, c := range map[string]struct {
		values          []int64
		gini, corrected float64
		ok              bool
	}{
		"nobody":                 {nil, 0, 0, false},
		"nothing":                {[]int64{0, 0}, 0, 0, false},
		"no more than nothing":   {[]int64{-3, 1, 2}, 0, 0, false},
		"less than nothing":      {[]int64{-3, 1}, 0, 0, false},
		"one customer":           {[]int64{7}, 0, 0, true},
		"all equal":              {[]int64{7, 7, 7}, 0, 0, true},
		"one of four has all":    {[]int64{0, 0, 9, 0}, .75, 1, true},
		"more is owed than left": {[]int64{-8, 9}, 8.5, 17, true},
		"the greatest sums":      {[]int64{much, 1, -much}, 4 * float64(much) / 3, 2 * float64(much), true},
	} {
		gini, corrected, ok := concentration.Of(c.values).Gini()
		if gini != c.gini || corrected != c.corrected || ok != c.ok {
			t.Errorf("%s: %v, %v, %v, want %v, %v, %v", name, gini, corrected, ok, c.gini, c.corrected, c.ok)
		}
	}
}

func TestHandExample(t *testing.T) {
	t.Parallel()
	c := concentration.Of([]int64{5, -2, 20, 5, 0, 5, -1})
	if c.Len() != 7 || c.Total() != 32 {
		t.Errorf("%d customers with %d", c.Len(), c.Total())
	}
	if customers, sum := c.Top(20, 100); customers != 2 || sum != 25 { // 1.4 is 2
		t.Errorf("a fifth are %d with %d", customers, sum)
	}
	if least, ties := c.Threshold(2); least != 5 || ties != 2 {
		t.Errorf("threshold %d, %d outside", least, ties)
	}
	if customers, sum := c.Negative(); customers != 2 || sum != -3 {
		t.Errorf("below zero are %d with %d", customers, sum)
	}
	want := []concentration.Point{{0, 0}, {2, 25}, {4, 35}, {7, 32}}
	if got := c.Points(3); !slices.Equal(got, want) {
		t.Errorf("points %v, want %v", got, want)
	}
}

// A share is rounded up in whole numbers: 0.07·100 is 7.000000000000001 in floating
// point, but 7 customers.
func TestSharesAreRoundedUp(t *testing.T) {
	t.Parallel()
	c := concentration.Of(make([]int64, 100))
	for percent := int64(-1); percent <= 101; percent++ {
		if customers, _ := c.Top(percent, 100); int64(customers) != min(100, max(0, percent)) {
			t.Errorf("%d%% are %d of 100", percent, customers)
		}
	}
	if customers, _ := c.Top(1, 1000); customers != 1 {
		t.Errorf("one in a thousand are %d of 100", customers)
	}
	if customers, sum := concentration.Of(nil).Top(1, 2); customers != 0 || sum != 0 {
		t.Errorf("half of nobody are %d with %d", customers, sum)
	}
}

// TestCurveEqualsNaive compares everything with a sorted list and rationals.
func TestCurveEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Int64Range(-3, 5), rapid.Int64Range(-1<<57, 1<<57))
		values := rapid.SliceOfN(value, 0, 40).Draw(t, "values")
		kept := slices.Clone(values)
		c := concentration.Of(values)
		if !slices.Equal(values, kept) {
			t.Fatal("the values were changed")
		}
		slices.Sort(kept)
		slices.Reverse(kept)
		n := len(kept)
		upTo := []int64{0}
		for _, v := range kept {
			upTo = append(upTo, upTo[len(upTo)-1]+v)
		}
		if c.Len() != n || c.Total() != upTo[n] {
			t.Fatalf("%d with %d, want %d with %d", c.Len(), c.Total(), n, upTo[n])
		}
		for k := -1; k <= n+1; k++ {
			inside := min(max(k, 0), n)
			least, ties := int64(0), 0
			if inside > 0 {
				least = kept[inside-1]
				for _, v := range kept[inside:] {
					if v == least {
						ties++
					}
				}
			}
			gotLeast, gotTies := c.Threshold(k)
			if c.TopOf(k) != upTo[inside] || gotLeast != least || gotTies != ties {
				t.Fatalf("of %d: %d, %d, %d, want %d, %d, %d", k, c.TopOf(k), gotLeast, gotTies, upTo[inside], least, ties)
			}
		}
		checkPoints(t, c, rapid.IntRange(0, 60).Draw(t, "points"), upTo)
		below, sum := 0, int64(0)
		for _, v := range kept {
			if v < 0 {
				below++
				sum += v
			}
		}
		if gotBelow, gotSum := c.Negative(); gotBelow != below || gotSum != sum {
			t.Fatalf("below zero are %d with %d, want %d with %d", gotBelow, gotSum, below, sum)
		}
		checkGini(t, c, kept)
	})
}

func checkPoints(t *rapid.T, c *concentration.Curve, n int, upTo []int64) {
	points := c.Points(n)
	if len(points) > max(1, n)+1 || points[0] != (concentration.Point{}) || int(points[len(points)-1].Customers) != c.Len() {
		t.Fatalf("%d points, from %v to %v", len(points), points[0], points[len(points)-1])
	}
	least, most := int64(math.MaxInt64), int64(0)
	for i, p := range points {
		if p.Sum != upTo[p.Customers] {
			t.Fatalf("%d of %d, want %d", p.Sum, p.Customers, upTo[p.Customers])
		}
		if i > 0 {
			step := p.Customers - points[i-1].Customers
			least, most = min(least, step), max(most, step)
		}
	}
	if len(points) > 1 && (least < 1 || most-least > 1) {
		t.Fatalf("steps of %d to %d customers", least, most)
	}
}

// checkGini compares with the mean difference of all pairs, |x-y| ÷ 2·mean.
func checkGini(t *rapid.T, c *concentration.Curve, values []int64) {
	gini, corrected, ok := c.Gini()
	total, differences, n := new(big.Rat), new(big.Rat), int64(len(values))
	for _, v := range values {
		total.Add(total, new(big.Rat).SetInt64(v))
		for _, w := range values {
			differences.Add(differences, new(big.Rat).SetInt64(max(v-w, w-v)))
		}
	}
	if ok != (total.Sign() > 0) {
		t.Fatalf("a total of %v has a Gini coefficient: %v", total, ok)
	}
	if !ok {
		return
	}
	want := differences.Quo(differences, total.Mul(total, big.NewRat(2*n, 1)))
	if f, _ := want.Float64(); gini != f {
		t.Fatalf("Gini %v, want %v", gini, f)
	}
	if n == 1 {
		n = 2 // of one customer there is nothing to correct
	}
	if f, _ := want.Mul(want, big.NewRat(n, n-1)).Float64(); corrected != f {
		t.Fatalf("corrected %v, want %v", corrected, f)
	}
}

func BenchmarkCurve(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]int64, 1_000_000)
	for i := range values {
		values[i] = int64(math.Exp(r.NormFloat64()) * 250_000)
	}
	b.Run("Of", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			concentration.Of(values)
		}
	})
	c := concentration.Of(values)
	b.Run("Gini", func(b *testing.B) {
		for b.Loop() {
			c.Gini()
		}
	})
	b.Run("Points", func(b *testing.B) {
		for b.Loop() {
			c.Points(100)
		}
	})
}

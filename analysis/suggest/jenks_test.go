package suggest_test

import (
	"context"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/analysis/suggest"
	"strata/model"
)

// baseOf makes customers of monetary values, which are their revenue too.
func baseOf(values []int64) *rfm.Base {
	b := &rfm.Base{Spec: model.DefaultSpec(), Monetary: values, Revenue: values}
	b.Customer, b.Recency, b.Orders = make([]int32, len(values)), make([]int32, len(values)), make([]int32, len(values))
	for i := range values {
		b.Customer[i], b.Recency[i], b.Orders[i] = int32(i), 1, 1
	}
	b.Frequency = b.Orders
	return b
}

func columnOf(t rapid.TB, values []int64) *suggest.Column {
	t.Helper()
	c, err := suggest.NewColumn(baseOf(values), model.Monetary)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func jenks(t rapid.TB, values []int64, levels int) []model.Cut {
	t.Helper()
	cuts, err := columnOf(t, values).Jenks(context.Background(), levels)
	if err != nil {
		t.Fatal(err)
	}
	return cuts
}

// deviations returns the sum of squared deviations from the mean of each class.
func deviations(values []int64, cuts []model.Cut) *big.Rat {
	n, sum := make([]int64, len(cuts)+1), make([]int64, len(cuts)+1)
	all := new(big.Rat)
	for _, v := range values {
		class := 0
		for _, cut := range cuts {
			if v > cut.Whole {
				class++
			}
		}
		n[class]++
		sum[class] += v
		b := big.NewInt(v)
		all.Add(all, new(big.Rat).SetInt(b.Mul(b, b)))
	}
	for class := range n {
		if n[class] > 0 {
			b := big.NewInt(sum[class])
			all.Sub(all, new(big.Rat).SetFrac(b.Mul(b, b), big.NewInt(n[class])))
		}
	}
	return all
}

// naiveJenks is the dynamic programme as it is written down, over all pairs of
// breaks. Floats decide where they clearly can, exact fractions otherwise.
func naiveJenks(values []int64, levels int) []model.Cut {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	n := len(sorted)
	var distinct []int // where each new value begins
	sums := make([]int64, n+1)
	for i, v := range sorted {
		sums[i+1] = sums[i] + v - sorted[n/2] // deviations are the same wherever values are counted from
		if i == 0 || v != sorted[i-1] {
			distinct = append(distinct, i)
		}
	}
	levels = min(levels, len(distinct))
	exact := func(i, j int) *big.Rat {
		b := big.NewInt(sums[j] - sums[i])
		return new(big.Rat).SetFrac(b.Mul(b, b), big.NewInt(int64(j-i)))
	}
	type best struct {
		sum float64
		at  int // where the last class begins
	}
	table := make([][]best, levels+1)
	for k := range table {
		table[k] = make([]best, n+1)
	}
	// exactWith is the sum of the best k classes of the first i values and the
	// class from there to j.
	var exactWith func(k, i, j int) *big.Rat
	exactWith = func(k, i, j int) *big.Rat {
		sum := exact(i, j)
		if k > 0 {
			sum.Add(sum, exactWith(k-1, table[k][i].at, i))
		}
		return sum
	}
	between := func(i, j int) float64 {
		b := float64(sums[j] - sums[i])
		return b / float64(j-i) * b
	}
	ends := append(slices.Clone(distinct[1:]), n)
	for _, j := range ends {
		table[1][j] = best{sum: between(0, j)}
	}
	for k := 2; k <= levels; k++ {
		for at, j := range ends[k-1:] {
			b := best{sum: math.Inf(-1)}
			for _, i := range ends[k-2 : at+k-1] {
				sum := table[k-1][i].sum + between(i, j)
				switch near := math.Abs(sum-b.sum) <= 1e-13*math.Abs(sum); {
				case near && exactWith(k-1, i, j).Cmp(exactWith(k-1, b.at, j)) > 0:
					b = best{sum, i}
				case !near && sum > b.sum:
					b = best{sum, i}
				}
			}
			table[k][j] = b
		}
	}
	var cuts []model.Cut
	for j, k := n, levels; k > 1; k-- {
		j = table[k][j].at
		cuts = append([]model.Cut{model.WholeCut(sorted[j-1])}, cuts...)
	}
	return cuts
}

// TestJenksOfJenkspy is the example of the README of jenkspy, in tenths.
func TestJenksOfJenkspy(t *testing.T) {
	t.Parallel()
	values := []int64{13, 71, 73, 23, 39, 41, 78, 12, 43, 73, 50, 43}
	want := []model.Cut{model.WholeCut(23), model.WholeCut(50)} // [1.2, 2.3, 5.0, 7.8]
	if got := jenks(t, values, 3); !slices.Equal(got, want) {
		t.Errorf("cuts %v, want %v", got, want)
	}
}

// TestJenksLeavesNoBetterBreaks tries all ways to class few values.
func TestJenksLeavesNoBetterBreaks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.SampledFrom([]int64{3, 20, 1e6, math.MaxInt64 / 20}).Draw(t, "limit")
		values := rapid.SliceOfN(rapid.Int64Range(-limit, limit), 1, 14).Draw(t, "values")
		levels := rapid.IntRange(2, 5).Draw(t, "levels")
		got := jenks(t, values, levels)
		if len(got) != levels-1 || !slices.IsSortedFunc(got, model.Cut.Compare) {
			t.Fatalf("%d scores have the cuts %v", levels, got)
		}
		least := deviations(values, got)
		var try func(cuts []model.Cut)
		try = func(cuts []model.Cut) {
			if len(cuts) == levels-1 {
				if other := deviations(values, cuts); other.Cmp(least) < 0 {
					t.Fatalf("%v leaves %v, but %v only %v", got, least, cuts, other)
				}
				return
			}
			for _, v := range values {
				if cut := model.WholeCut(v); len(cuts) == 0 || cuts[len(cuts)-1].Compare(cut) < 0 {
					try(append(slices.Clone(cuts), cut))
				}
			}
		}
		try(nil)
	})
}

// TestJenksEqualsThePlainProgramme compares sums of squared deviations to the
// last digit on thousands of values of several kinds.
func TestJenksEqualsThePlainProgramme(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 8))
	for name, draw := range map[string]func() int64{
		"uniform":    func() int64 { return r.Int64N(1e9) },
		"skewed":     func() int64 { return int64(math.Exp(r.NormFloat64()*2+14)) - 100_000 },
		"ties":       func() int64 { return int64(r.ExpFloat64() * 30) },
		"huge money": func() int64 { return math.MaxInt64/5000 - r.Int64N(1000) },
		"outlier":    func() int64 { return r.Int64N(1000) + 1e14*(r.Int64N(2000)/1999) },
	} {
		t.Run(name, func(t *testing.T) {
			values := make([]int64, 5000)
			for i := range values {
				values[i] = draw()
			}
			got, want := jenks(t, values, 5), naiveJenks(values, 5)
			if least, other := deviations(values, got), deviations(values, want); least.Cmp(other) != 0 {
				t.Errorf("%v leaves %s, %v leaves %s", got, least.FloatString(3), want, other.FloatString(3))
			}
		})
	}
}

func TestJenksStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := columnOf(t, []int64{1, 2, 3, 4}).Jenks(ctx, 3); model.CodeOf(err) != model.Cancelled {
		t.Errorf("stopped with %v", err)
	}
}

func BenchmarkJenks(b *testing.B) {
	for _, c := range []struct{ n, levels int }{{5000, 5}, {20_000, 5}, {1_000_000, 5}, {1_000_000, 9}} {
		n := c.n
		b.Run(strconv.Itoa(n)+" in "+strconv.Itoa(c.levels), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, uint64(n)))
			seen := map[int64]bool{}
			values := make([]int64, 0, n)
			for len(values) < n { // the logarithm of what customers bring is about normal
				v := int64(math.Exp(r.NormFloat64()*1.3+15)) + int64(r.IntN(1000))
				if !seen[v] {
					seen[v] = true
					values = append(values, v)
				}
			}
			column := columnOf(b, values)
			for b.Loop() {
				if _, err := column.Jenks(context.Background(), c.levels); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

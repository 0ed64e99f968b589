package words_test

import (
	"math"
	"slices"
	"testing"

	"strata/model/words"
)

func TestSharesAddUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		parts []int64
		whole int64
		want  []string
	}{
		"thirds are not 99.9%":   {[]int64{1, 1, 1}, 3, []string{"33.4%", "33.3%", "33.3%"}},
		"sixths are not 100.1%":  {[]int64{1, 1, 4}, 6, []string{"16.7%", "16.6%", "66.7%"}},
		"a rest beyond the rows": {[]int64{1, 1}, 3, []string{"33.4%", "33.3%"}},
		"nothing":                {[]int64{0, 0}, 0, []string{"–", "–"}},
		"returned, all in all":   {[]int64{5, -9}, -4, []string{"–", "–"}},
		"one part below zero":    {[]int64{70, 40, -10}, 100, []string{"70.0%", "40.0%", "–"}},
		"more than the whole":    {[]int64{110, -10}, 100, []string{"–", "–"}},
	} {
		if got := words.Shares(c.parts, c.whole); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestIndex(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{1: "1.000", 0.9999: "0.999+", 0.5: "0.500", 0.0001: "<0.001", -0.0001: "0.000", 0: "0.000", -0.25: "−0.250"} {
		if got := words.Index(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

// A share is rounded once, half up, whatever a float makes of it.
func TestShareIsExact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int64
		want        string
	}{
		{1, 2000, "0.1%"},
		{1, 2001, "<0.1%"},
		{9, 2000, "0.5%"},
		{201, 2000, "10.1%"},
		{1999, 2000, ">99.9%"},
		{math.MaxInt64 - 1, math.MaxInt64, ">99.9%"},
		{math.MaxInt64 / 2, math.MaxInt64, "50.0%"},
	} {
		if got := words.Share(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.part, c.whole, got, c.want)
		}
	}
	for decimals, want := range []string{"33%", "33.3%", "33.33%"} {
		if got := words.ShareTo(int64(1), 3, decimals); got != want {
			t.Errorf("a third is %s, want %s", got, want)
		}
	}
	if got := words.Percent(12.3456); got != "1,234.6%" {
		t.Errorf("more than the whole is %s", got)
	}
}

// A share of something is not written as nothing, and one of less than all not as
// all, wherever it stands.
func TestAShareOfSomethingIsNotNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{1, 23_570, "<0.1%"}, {0, 23_570, "0.0%"}, {23_569, 23_570, ">99.9%"}, {23_570, 23_570, "100.0%"}, {12, 23_570, "0.1%"}} {
		if got := words.Share(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
	for parts, want := range map[[3]int64][]string{
		{3, 0, 9_997}:     {"<0.1%", "0.0%", ">99.9%"},
		{4, 4, 9_992}:     {"0.1%", "<0.1%", "99.9%"},
		{0, 10_000, 0}:    {"0.0%", "100.0%", "0.0%"},
		{5_000, 4_997, 3}: {"50.0%", "50.0%", "<0.1%"},
	} {
		if got := words.Shares(parts[:], 10_000); !slices.Equal(got, want) {
			t.Errorf("%v: %q, want %q", parts, got, want)
		}
	}
}

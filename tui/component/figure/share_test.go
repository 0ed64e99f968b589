package figure_test

import (
	"slices"
	"testing"

	"strata/model"
	"strata/tui/component/figure"
	"strata/tui/session"
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
		if got := figure.Shares(c.parts, c.whole); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The parts of a group add up to it as it is printed, the groups to all.
func TestPartShares(t *testing.T) {
	t.Parallel()
	groups, parts := figure.PartShares([]int64{4, 2}, []int64{1, 1, 2}, 6)
	if !slices.Equal(groups, []string{"66.7%", "33.3%"}) || !slices.Equal(parts, []string{"16.7%", "16.7%", "33.3%"}) {
		t.Errorf("%q of %q", parts, groups)
	}
	groups, parts = figure.PartShares([]int64{5, -2}, []int64{5, 0}, 3)
	if !slices.Equal(groups, []string{"–", "–"}) || !slices.Equal(parts, []string{"–", "0.0%"}) {
		t.Errorf("of no whole %q of %q", parts, groups)
	}
}

// An index that is not quite 1 or 0 is not written as if it were.
func TestIndex(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{1: "1.000", 0.9999: "0.999+", 0.5: "0.500", 0.0001: "<0.001", -0.0001: "0.000", 0: "0.000", -0.25: "−0.250"} {
		if got := figure.Index(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

// The segments of a tier add up to the tier, the tiers to all.
func TestSharesOfAFrame(t *testing.T) {
	t.Parallel()
	group := func(slug string, tier model.Tier, customers int64, revenue model.Money) session.Group {
		return session.Group{Slug: slug, Tier: tier, Now: session.Figures{Customers: customers, Revenue: revenue}}
	}
	f := &session.Frame{
		Total:    session.Figures{Customers: 9, Revenue: 30},
		Tiers:    []session.Group{group("high", model.TierHigh, 3, 40), group("mid", model.TierMid, 3, 20), group("low", model.TierLow, 3, -30)},
		Segments: []session.Group{group("high", model.TierHigh, 1, 25), group("b", model.TierHigh, 2, 15), group("c", model.TierMid, 3, 20), group("d", model.TierLow, 3, -30)},
	}
	customers, revenue := figure.CustomerShares(f), figure.RevenueShares(f)
	got := []string{
		customers.Tier(model.TierHigh), customers.Segment("high"), customers.Segment("b"),
		customers.Tier(model.TierMid), customers.Segment("c"), customers.Tier(model.TierLow), customers.Segment("d"),
	}
	if want := []string{"33.4%", "11.1%", "22.3%", "33.3%", "33.3%", "33.3%", "33.3%"}; !slices.Equal(got, want) {
		t.Errorf("of the customers %q, want %q", got, want)
	}
	got = []string{
		revenue.Tier(model.TierHigh), revenue.Segment("high"), revenue.Segment("b"),
		revenue.Tier(model.TierMid), revenue.Segment("c"), revenue.Tier(model.TierLow), revenue.Segment("d"),
	}
	if want := []string{"–", "83.3%", "50.0%", "66.7%", "66.7%", "–", "–"}; !slices.Equal(got, want) {
		t.Errorf("of the revenue %q, want %q", got, want)
	}
}

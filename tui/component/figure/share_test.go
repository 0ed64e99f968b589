package figure_test

import (
	"slices"
	"testing"

	"strata/model"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// The tiers add up to all, and so do the segments, each for themselves.
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
	if want := []string{"33.4%", "11.1%", "22.2%", "33.3%", "33.4%", "33.3%", "33.3%"}; !slices.Equal(got, want) {
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

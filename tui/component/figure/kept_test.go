package figure_test

import (
	"slices"
	"testing"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

func TestKept(t *testing.T) {
	t.Parallel()
	k := &session.Kept{Groups: []session.KeptGroup{
		{Tier: model.TierHigh, By: model.KeptByOverride, Customers: 1, Revenue: 20_000 * model.Unit},
		{Tier: model.TierHigh, By: model.KeptByGrace, Customers: 1_038, Revenue: 100_000 * model.Unit},
		{Tier: model.TierLow, By: model.KeptByBand, Customers: 1, Revenue: 5 * model.Unit},
	}}
	want := []string{"1,039 customers in HIGH (£120.0k of revenue): 1 by an override, 1,038 by grace", "1 customer in LOW (£5.00 of revenue): 1 by the band"}
	if got := figure.Kept(k, words.ScaleFor(500_000*model.Unit), "£"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := figure.Kept(&session.Kept{}, words.Scale{}, "£"); !slices.Equal(got, []string{"nobody"}) {
		t.Errorf("%q of nobody", got)
	}
}

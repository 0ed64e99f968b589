package figure_test

import (
	"slices"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/component/figure"
)

// What a customer would have to do names the day on which, the last that counts:
// "today" is none in a workspace whose orders end years ago.
func TestActsNameTheDay(t *testing.T) {
	t.Parallel()
	asOf, _ := model.DayOf(2011, 12, 10)
	order, orders, more := rfm.Act{Orders: 1, Worth: rfm.LeastWorth}, rfm.Act{Orders: 3, Worth: 1525_2700}, rfm.Act{Worth: 114_2000}
	got := figure.Ways([]rfm.Ways{
		{Tier: model.TierMid, Single: []rfm.Act{order, more}}, {Tier: model.TierHigh, Both: &orders}, {Tier: model.TierHigh},
	}, asOf, "£")
	want := []string{
		"an order on 2011-12-09, or £114.20 more → MID",
		"no single step, but 3 orders of £1,525.27 together on 2011-12-09 → HIGH",
		"nothing that could be done by 2011-12-09 → HIGH",
	}
	if !slices.Equal(got, want) {
		t.Errorf("ways:\n%q, want\n%q", got, want)
	}
}

// A tier that is passed over is not one that nothing leads to: whom an order lifts to
// HIGH is not told that they can do nothing to rise as far as MID.
func TestWaysLeaveOutTiersPassedOver(t *testing.T) {
	t.Parallel()
	asOf, _ := model.DayOf(2011, 12, 10)
	order := rfm.Act{Orders: 1, Worth: rfm.LeastWorth}
	for name, c := range map[string]struct {
		ways []rfm.Ways
		want []string
	}{
		"a single act leads past it": {
			[]rfm.Ways{{Tier: model.TierMid}, {Tier: model.TierHigh, Single: []rfm.Act{order}}}, []string{"an order on 2011-12-09 → HIGH"},
		},
		"two acts lead past it": {
			[]rfm.Ways{{Tier: model.TierMid}, {Tier: model.TierHigh, Both: &order}}, []string{"no single step, but an order on 2011-12-09 → HIGH"},
		},
		"nothing leads to the best": {
			[]rfm.Ways{{Tier: model.TierMid, Single: []rfm.Act{order}}, {Tier: model.TierHigh}}, []string{"an order on 2011-12-09 → MID", "nothing that could be done by 2011-12-09 → HIGH"},
		},
		"nothing leads anywhere": {
			[]rfm.Ways{{Tier: model.TierMid}, {Tier: model.TierHigh}}, []string{"nothing that could be done by 2011-12-09 → MID", "nothing that could be done by 2011-12-09 → HIGH"},
		},
	} {
		if got := figure.Ways(c.ways, asOf, "£"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

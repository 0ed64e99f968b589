package bar_test

import (
	"testing"

	"strata/model"
	"strata/tui/component/bar"
	"strata/tui/theme"
)

func TestBar(t *testing.T) {
	t.Parallel()
	full, none := theme.New(true, theme.Full), theme.New(true, theme.None)
	for _, c := range []struct {
		th           *theme.Theme
		tier         model.Tier
		value, whole int64
		width        int
		want         string
	}{
		{full, model.TierHigh, 50, 100, 8, "████"},
		{full, model.TierHigh, 100, 100, 3, "███"},
		{full, model.TierHigh, 300, 100, 3, "███"},
		{full, model.TierHigh, 33, 100, 4, "█▍"},
		{full, model.TierHigh, 1, 100_000, 4, "▏"},
		{full, model.TierHigh, 0, 100, 4, ""},
		{full, model.TierHigh, 5, 0, 4, ""},
		{full, model.TierHigh, -5, 10, 4, ""},
		{none, model.TierMid, 50, 100, 5, "▓▓▓"},
		{none, model.TierLow, 1, 100_000, 5, "▒"},
	} {
		if got := bar.Text(c.th, c.tier, c.value, c.whole, c.width); got != c.want {
			t.Errorf("%d of %d in %d cells is %q, want %q", c.value, c.whole, c.width, got, c.want)
		}
	}
}

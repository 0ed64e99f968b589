package session_test

import (
	"testing"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// A range of money that begins a ten-thousandth above a cut says so, since
// that ten-thousandth is not shown.
func TestRangesMeetWithoutAGap(t *testing.T) {
	t.Parallel()
	days := func(v int64) string { return model.WholeCut(v).String() + " days" }
	pounds := func(v int64) string { return "£" + words.Count(int64(model.Money(v).Ratio(model.Unit))) }
	cuts := []model.Cut{model.WholeCut(13), model.WholeCut(33)}
	prices := []model.Cut{model.WholeCut(250 * model.Unit), model.WholeCut(2020 * model.Unit)}
	for _, c := range []struct {
		cuts  []model.Cut
		axis  model.Axis
		score int
		write func(int64) string
		want  string
	}{
		{cuts, model.Recency, 3, days, "up to 13 days"},
		{cuts, model.Recency, 2, days, "14 days to 33 days"},
		{cuts, model.Recency, 1, days, "34 days or more"},
		{prices, model.Monetary, 3, pounds, "more than £2,020"},
		{prices, model.Monetary, 1, pounds, "up to £250"},
	} {
		if got := session.RangeText(c.cuts, c.axis, c.score, c.write); got != c.want {
			t.Errorf("score %d of %s: %q, want %q", c.score, c.axis, got, c.want)
		}
	}
}

package figure_test

import (
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/component/figure"
)

func TestReaches(t *testing.T) {
	t.Parallel()
	all := []rfm.Reach{
		{Axis: model.Recency, By: -2, Segment: model.Segment{Label: "Loyal"}},
		{Axis: model.Frequency, By: 1, Segment: model.Segment{Label: "Champions"}},
		{Axis: model.Monetary, By: 114_1901, Segment: model.Segment{Label: "Loyal"}},
	}
	if got, want := figure.Reaches(all, model.DefaultSpec(), "£", nil), "2 days, or 1 order, or £114.20"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	label := func(s model.Segment) string { return s.Label }
	if got, want := figure.Reaches(all[:2], model.DefaultSpec(), "£", label), "2 days → Loyal, or 1 order → Champions"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := figure.Reaches(nil, model.DefaultSpec(), "£", nil); got != "not by one measure alone" {
		t.Errorf("%q", got)
	}
}

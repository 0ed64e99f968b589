package figure_test

import (
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/component/figure"
)

func TestMeasure(t *testing.T) {
	t.Parallel()
	spec, perMonth := model.DefaultSpec(), model.DefaultSpec()
	perMonth.Frequency = model.FrequencyPerMonth
	for _, c := range []struct {
		value int64
		axis  model.Axis
		spec  model.Spec
		want  string
	}{
		{1, model.Recency, spec, "1 day"},
		{1234, model.Recency, spec, "1,234 days"},
		{1, model.Frequency, spec, "1 order"},
		{12_345_0000, model.Monetary, spec, "£12,345.00"},
		{-5000, model.Monetary, spec, "−£0.50"},
		{2_500, model.Frequency, perMonth, "0.25 orders a month"},
	} {
		if got := figure.Measure(c.value, c.axis, c.spec, "£"); got != c.want {
			t.Errorf("%d of %s is %q, want %q", c.value, c.axis, got, c.want)
		}
	}
}

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

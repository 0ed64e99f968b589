package words_test

import (
	"testing"

	"strata/model"
	"strata/model/words"
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
		if got := words.Measure(c.value, c.axis, c.spec, "£"); got != c.want {
			t.Errorf("%d of %s is %q, want %q", c.value, c.axis, got, c.want)
		}
	}
}

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
		{2_500, model.Frequency, perMonth, "0.25 orders per month"},
	} {
		if got := words.Measure(c.value, c.axis, c.spec, "£"); got != c.want {
			t.Errorf("%d of %s is %q, want %q", c.value, c.axis, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		scale    int64
		decimals int
		want     string
	}{
		{"2014.866", model.Unit, 2, "2,014.87"},
		{"1960", model.Unit, 2, "1,960"},
		{"-1250.005", model.Unit, 2, "−1,250.01"},
		{"13.84", 1, 1, "13.8"},
		{"33", 1, 1, "33"},
		{"-0.004", model.Unit, 2, "0"},
	} {
		cut, err := model.ParseCut(c.text, c.scale)
		if err != nil {
			t.Fatal(err)
		}
		if got := words.Cut(cut, c.scale, c.decimals); got != c.want {
			t.Errorf("%s is %q, want %q", c.text, got, c.want)
		}
	}
}

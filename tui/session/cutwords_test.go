package session

import (
	"testing"

	"strata/model"
)

func TestCutsAreRoundedForPeople(t *testing.T) {
	t.Parallel()
	perMonth := model.Spec{Frequency: model.FrequencyPerMonth}
	for _, c := range []struct {
		axis  model.Axis
		spec  model.Spec
		cut   string
		whole int64 // of the scale
		want  string
	}{
		{model.Recency, model.Spec{}, "13.8", 1, "at 13.8 days"},
		{model.Recency, model.Spec{}, "93.041484", 1, "at 93 days"},
		{model.Recency, model.Spec{}, "1", 1, "at 1 day"},
		{model.Frequency, model.Spec{}, "6", 1, "from 7 orders"},
		{model.Frequency, model.Spec{}, "3.5", 1, "from 4 orders"},
		{model.Frequency, model.Spec{}, "0", 1, "from 1 order"},
		{model.Frequency, perMonth, "1.2345", model.Unit, "at 1.23 orders per month"},
		{model.Monetary, model.Spec{}, "2014.866", model.Unit, "at £2,014.87"},
		{model.Monetary, model.Spec{}, "1915.297777", model.Unit, "at £1,915.30"},
		{model.Monetary, model.Spec{}, "-1250.005", model.Unit, "at −£1,250.01"},
		{model.Monetary, model.Spec{}, "1960", model.Unit, "at £1,960.00"},
	} {
		cut, err := model.ParseCut(c.cut, c.whole)
		if err != nil {
			t.Fatal(err)
		}
		if got := PlaceText(cut, c.axis, c.spec, "GBP"); got != c.want {
			t.Errorf("%s %s is told %q, want %q", c.axis, c.cut, got, c.want)
		}
	}
}

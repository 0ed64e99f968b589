package session_test

import (
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// A month that the as-of day or the window cuts tells how much of it is seen.
func TestMonthsTellHowMuchIsSeen(t *testing.T) {
	t.Parallel()
	day := func(text string) model.Day {
		d, err := model.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		asOf   string
		months int
		seen   int
		days   int
	}{{"2011-12-10", 3, 9, 31}, {"2011-12-01", 2, 30, 30}, {"2011-11-30", 2, 29, 30}, {"2011-12-02", 3, 1, 31}} {
		p := &session.Profile{
			AsOf: day(c.asOf), Profile: model.Profile{Orders: []model.Order{{Day: day("2011-10-20")}}},
			Verdicts: []rfm.Verdict{rfm.Counts}, Counted: []model.Money{1},
		}
		months := p.Months()
		last := months[len(months)-1]
		if len(months) != c.months || last.Seen != c.seen || last.Days != c.days || months[0].Seen != 31 {
			t.Errorf("as of %s: %+v", c.asOf, months)
		}
	}
	p := &session.Profile{
		Spec: model.Spec{Window: model.Window{Months: 1}},
		AsOf: day("2011-11-10"), Profile: model.Profile{Orders: []model.Order{{Day: day("2011-10-20")}}},
		Verdicts: []rfm.Verdict{rfm.Counts}, Counted: []model.Money{1},
	}
	from, _ := p.Spec.Window.From(p.AsOf)
	if first := p.Months()[0]; first.Seen != int(day("2011-11-01")-from) || first.Seen == first.Days {
		t.Errorf("window from %v: %+v", from, first)
	}
}

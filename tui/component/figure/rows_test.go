package figure_test

import (
	"math"
	"testing"

	"strata/model"
	"strata/tui/component/figure"
	"strata/tui/session"
)

func TestRefusedRowsAndTheirMoney(t *testing.T) {
	t.Parallel()
	sources := func(refused, valued int64, bought, returned model.Money) []model.Source {
		return []model.Source{
			{Rows: 541_900, Accepted: 541_900 - refused, Rejected: refused, RefusedValue: bought, RefusedReturned: returned, RefusedValued: valued, Bought: 700 * model.Unit},
			{Rows: 9, Accepted: 9, Bought: 50 * model.Unit},
		}
	}
	for name, c := range map[string]struct {
		sources     []model.Source
		rows, money string
	}{
		"all have an amount":  {sources(135_080, 135_080, 250*model.Unit, 0), "135,080 rows refused, 24.9%", "£250 bought: 25.0% of all purchases"},
		"some have":           {sources(135_080, 3, 250*model.Unit, 90*model.Unit), "135,080 rows refused, 24.9%", "at least £250 bought, £90.00 returned: 25.0% of all purchases"},
		"returns alone":       {sources(1, 1, 0, 90*model.Unit), "1 row refused, <0.1%", "£0 bought, £90.00 returned: 0.0% of all purchases"},
		"nothing was bought":  {[]model.Source{{Rows: 1, Rejected: 1, RefusedValued: 1, RefusedReturned: 9 * model.Unit}}, "1 row refused, 100.0%", "£0 bought, £9.00 returned"},
		"none has":            {sources(1, 0, 0, 0), "1 row refused, <0.1%", ""},
		"too much to be true": {sources(1, 1, math.MaxInt64, 0), "1 row refused, <0.1%", ""},
	} {
		r := session.RowsOf(c.sources)
		if got := figure.Refused(r); got != c.rows {
			t.Errorf("%s: %q, want %q", name, got, c.rows)
		}
		if got := figure.RefusedMoney(r, "£"); got != c.money {
			t.Errorf("%s: %q, want %q", name, got, c.money)
		}
	}
}

func TestAcceptedRows(t *testing.T) {
	t.Parallel()
	for want, source := range map[string]model.Source{
		"9 accepted": {Accepted: 9},
		"406,829 accepted (12 repaired; 5,225 exact duplicates, counted)":                         {Accepted: 406_829, Corrected: 12, Duplicates: 5_225},
		"406,829 accepted (5,225 exact duplicates, left out)":                                     {Accepted: 406_829, Duplicates: 5_225, Dropped: 5_225},
		"8 accepted (3 exact duplicates, 1 of them left out)":                                     {Accepted: 8, Duplicates: 3, Dropped: 1},
		"3 accepted (2 left out: an earlier file brought their orders)":                           {Accepted: 3, Repeated: 2},
		"3 accepted (1 exact duplicate, left out; 1 left out: an earlier file brought its order)": {Accepted: 3, Duplicates: 1, Dropped: 1, Repeated: 1},
	} {
		if got := figure.Accepted(session.RowsOf([]model.Source{source})); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

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
	sources := func(refused, valued int64, value model.Money) []model.Source {
		return []model.Source{
			{Rows: 541_900, Accepted: 541_900 - refused, Rejected: refused, RefusedValue: value, RefusedValued: valued},
			{Rows: 9, Accepted: 9},
		}
	}
	for name, c := range map[string]struct {
		sources     []model.Source
		amounts     model.Money
		rows, money string
	}{
		"all have an amount":  {sources(135_080, 135_080, 250*model.Unit), 750 * model.Unit, "135,080 rows refused, 24.9%", "£250, 25.0% of the money"},
		"some have":           {sources(135_080, 3, 250*model.Unit), 750 * model.Unit, "135,080 rows refused, 24.9%", "at least £250, 25.0% of the money"},
		"none has":            {sources(1, 0, 0), 750 * model.Unit, "1 row refused, 0.0%", ""},
		"too much to be true": {sources(1, 1, math.MaxInt64), 750 * model.Unit, "1 row refused, 0.0%", ""},
	} {
		r := session.RowsOf(c.sources, c.amounts)
		if got := figure.Refused(r); got != c.rows {
			t.Errorf("%s: %q, want %q", name, got, c.rows)
		}
		if got := figure.RefusedMoney(r, "£"); got != c.money {
			t.Errorf("%s: %q, want %q", name, got, c.money)
		}
	}
}

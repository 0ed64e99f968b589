package customers

import (
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
	"strata/tui/theme"
)

// Value is no word for two things: the score is called score, money amount. What a
// spreadsheet has for keys stays.
func TestTheScoreIsNotCalledAsMoneyIs(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{80: "score", 120: "value score"} {
		s := New("GBP", theme.New(true, theme.None))
		s.frame = &session.Frame{Scheme: model.Ten()}
		s.SetSize(width, 30)
		for _, c := range s.columns() {
			if c.id == session.ColumnValue && (c.title != want || c.header() != "value") {
				t.Errorf("at %d cells the value score is called %q, in a spreadsheet %q", width, c.title, c.header())
			}
		}
	}
	p := &profile{Profile: &session.Profile{}}
	p.Orders = append(p.Orders, model.Order{Day: 15_000, Key: "1", Value: 10 * model.Unit})
	p.Verdicts, p.Counted = []rfm.Verdict{rfm.Counts}, []model.Money{10 * model.Unit}
	p.lay("£", 60, 10)
	for _, head := range p.orders.View().Heads {
		if head.Title == "value" {
			t.Error("what an order is worth is called value")
		}
	}
}

// The title of a profile says what limits the figures, in words or, where they have no
// room, that something does; it fits.
func TestTheTitleOfAProfileSaysWhatLimits(t *testing.T) {
	t.Parallel()
	p := &profile{Profile: &session.Profile{Spec: model.DefaultSpec()}}
	p.Key = "12662"
	p.Spec.Where = []model.Condition{{Attribute: "Country", Values: []string{"Germany"}}}
	for width, want := range map[int]string{
		36: "12662 · ⊂ 1 limit", 44: "12662 · only Country=Germany", 48: "12662 · only Country=Germany", 60: "Customer 12662 · only Country=Germany",
	} {
		if got := p.title(width); got != want {
			t.Errorf("at %d cells %q, want %q", width, got, want)
		}
	}
}

package session_test

import (
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

func TestLimitsTellWhatIsCountedOtherwise(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*model.Spec){
		"":                  func(*model.Spec) {},
		"last month":        func(s *model.Spec) { s.Window.Months = 1 },
		"last 90 days":      func(s *model.Spec) { s.Window.Days = 90 },
		"returns as orders": func(s *model.Spec) { s.Returns = model.ReturnsOrders },
		"only StockCode!=85123A and Country=France|": func(s *model.Spec) {
			s.Where = []model.Condition{{Attribute: "StockCode", Not: true, Values: []string{"85123A"}}, {Attribute: "Country", Values: []string{"France", ""}}}
		},
		"only sku=1, last 12 months, returns ignored, zero values dropped": func(s *model.Spec) {
			s.Where = []model.Condition{{Attribute: "sku", Values: []string{"1"}}}
			s.Window.Months, s.Returns, s.Zero = 12, model.ReturnsIgnore, model.ZeroDrop
		},
	} {
		spec := model.DefaultSpec()
		change(&spec)
		if got := strings.Join(session.Limits(spec), ", "); got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
	}
}

package tiers

import (
	"strings"
	"testing"

	"strata/model"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/theme"
)

func TestPoliciesTellWhatCounts(t *testing.T) {
	t.Parallel()
	spec := model.DefaultSpec()
	for _, text := range []string{"sku=A|B", "order.country=DE", "kind!=x"} {
		c, err := model.ParseCondition(text)
		if err != nil {
			t.Fatal(err)
		}
		spec.Where = append(spec.Where, c)
	}
	const returns = "Orders of the whole history count. Returns reduce the value but count neither as orders nor for recency."
	for want, ofLines := range map[string][]int{
		returns + " Only where sku=A|B and order.country=DE and kind!=x.":                                                                             nil,
		returns + " Only where order.country=DE. Only lines with sku = A or B and kind is not x count: the value of an order is that of these lines.": {0, 2},
		returns + " Only lines with sku = A or B and country = DE and kind is not x count: the value of an order is that of these lines.":             {0, 1, 2},
	} {
		if got := policies(spec, ofLines); got != want {
			t.Errorf("%s\nwant:\n%s", got, want)
		}
	}
}

// TestTheValueScoreSaysWhatItIsMadeOf where no order is worth anything.
func TestTheValueScoreSaysWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	f.Scheme.Value.Unvalued = true
	s := New("GBP", theme.New(true, theme.None))
	s.SetSize(120, 40)
	s.Show(f)
	told := strings.Join(s.explainValue(), " ")
	for _, want := range []string{"The value score, R + F, from 3 to 15", "No order has an amount, so the value score is made of recency and frequency, on the same scale."} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told:\n%s", want, told)
		}
	}
	f.Scheme.Spec.Frequency = model.FrequencyPerMonth
	if want := "by at least 3 months"; !strings.Contains(frequencyMeaning(f.Scheme.Spec), want) {
		t.Errorf("%q is not told: %s", want, frequencyMeaning(f.Scheme.Spec))
	}
}

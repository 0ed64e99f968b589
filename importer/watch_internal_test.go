package importer

import "testing"

func TestAmountsOfNoticesHaveTheirCurrency(t *testing.T) {
	t.Parallel()
	for currency, want := range map[string]string{"GBP": "−£12,345.50", "": "−12,345.50"} {
		r := reading{plan: &Plan{Currency: currency}}
		if got := r.money(-123_455_000); got != want {
			t.Errorf("in %q it is %q, want %q", currency, got, want)
		}
	}
}

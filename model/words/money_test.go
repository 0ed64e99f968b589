package words_test

import (
	"math"
	"testing"

	"strata/model"
	"strata/model/words"
)

func TestAmounts(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		words.Amount(504_832_022*10, "£"):               "£504,832.02",
		words.Amount(-41_2000, "CHF "):                  "−CHF 41.20",
		words.Amount(-51, ""):                           "−0.01",
		words.Amount(-50, "£"):                          "£0.00", // halves to even
		words.Amount(math.MinInt64, "£"):                "−£922,337,203,685,477.58",
		words.CutAmount(model.WholeCut(177_000), "£"):   "£17.70",
		words.CutAmount(model.WholeCut(3_952_320), "£"): "£395.232",
		words.Priced("−1,250.005", "£"):                 "−£1,250.005",
	} {
		if got != want {
			t.Errorf("it is written %q, want %q", got, want)
		}
	}
}

// Every currency has its own sign, and every scale its own letter.
func TestSigns(t *testing.T) {
	t.Parallel()
	for currency, want := range map[string]string{
		"GBP": "£", "USD": "$", "EUR": "€", "CNY": "¥", "JPY": "¥", "INR": "₹", "KRW": "₩", "RUB": "₽", "BRL": "R$",
		"CHF": "CHF ", "£": "£", "": "", words.NoAmounts: words.NoAmounts,
	} {
		if got := words.Symbol(currency); got != want {
			t.Errorf("the sign of %q is %q, want %q", currency, got, want)
		}
	}
	for largest, want := range map[model.Money][3]string{
		model.Unit:                       {"£1.00", "£1.00", "1"},
		model.Unit * 1_000:               {"£1,000", "£1,000", "1.0k"},
		model.Unit * 12_340:              {"£12.3k", "£12.3k", "12k"},
		model.Unit * 1_234_500:           {"£1.23M", "£1.23M", "1.2M"},
		model.Unit * 34_567_000_000:      {"£34.57B", "£34.6B", "35B"},
		model.Unit * -34_567_000_000:     {"−£34.57B", "−£34.6B", "−35B"},
		model.Unit * 5:                   {"£5.00", "£5.00", "5"},
		model.Unit/100 + model.Unit/1000: {"£0.01", "£0.01", "0"},
	} {
		scale := words.ScaleFor(largest)
		if got := [3]string{scale.Money(largest, "£"), words.Brief(largest, "£"), scale.Short(largest)}; got != want {
			t.Errorf("%d is written %q, want %q", largest, got, want)
		}
	}
}

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

package model_test

import (
	"testing"

	"strata/model"
)

func TestTextsForPeople(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		model.AmountText(504_832_022*10, "GBP"):               "504,832.02 GBP",
		model.AmountText(-41_2000, "GBP"):                     "−41.20 GBP",
		model.AmountText(-50, ""):                             "−0.01", // half a hundredth
		model.AmountText(0, ""):                               "0.00",
		model.CutAmountText(model.WholeCut(177_000), "GBP"):   "17.70 GBP",
		model.CutAmountText(model.WholeCut(3_952_320), "GBP"): "395.232 GBP",
		model.DecimalText("-1250.005"):                        "−1,250.005",
		model.DecimalText("-0.050"):                           "−0.050",
		model.DecimalText("18573.68"):                         "18,573.68",
		model.DecimalText("many"):                             "many",
		model.People(1):                                       "1 customer",
		model.People(1_494):                                   "1,494 customers",
	} {
		if got != want {
			t.Errorf("it is written %q, want %q", got, want)
		}
	}
}

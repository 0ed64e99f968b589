package rfm_test

import (
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// TestGapsFollowOrderDays: a customer who ordered on n days leaves n-1 gaps.
func TestGapsFollowOrderDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		spec := drawSpec(t)
		spec.Frequency = model.FrequencyDays
		want := naiveMeasure(orders, customers, spec)
		got, err := rfm.MeasureGaps(t.Context(), orders, customers, spec)
		if want.asOf == model.NoDay {
			if model.CodeOf(err) != model.Empty {
				t.Fatalf("no order counts, but the error is %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		gaps, once := 0, 0
		for _, c := range want.customers {
			gaps += int(c.frequency) - 1
			if c.frequency == 1 {
				once++
			}
		}
		if got.Len() != gaps || got.Once != once {
			t.Fatalf("%d gaps, %d customers without one, want %d and %d", got.Len(), got.Once, gaps, once)
		}
		if _, err := got.Cuts(5); (model.CodeOf(err) == model.Empty) != (gaps == 0) {
			t.Fatalf("%d gaps, and the error is %v", gaps, err)
		}
	})
}

func TestGapsOfFewOrders(t *testing.T) {
	t.Parallel()
	orders := &model.Orders{
		Start: []int32{0, 5, 6, 8},
		Day:   []model.Day{10, 10, 13, 20, 90, 40, 30, 80},
		Value: []model.Money{1, 1, 1, 0, 1, 1, 1, 1},
		Flags: []model.OrderFlag{
			model.Purchase, model.Purchase, model.Purchase, model.Return, model.Purchase, // 3 days, 77 over the return
			model.Purchase,                 // once
			model.Purchase, model.Purchase, // 50 days
		},
	}
	gaps, err := rfm.MeasureGaps(t.Context(), orders, nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	cuts, err := gaps.Cuts(2)
	if err != nil || gaps.Len() != 3 || gaps.Once != 1 || cuts[0] != model.WholeCut(50) {
		t.Errorf("%d gaps with the median %v, %d customers without one, %v; want 3 with 50, 1", gaps.Len(), cuts, gaps.Once, err)
	}
}

// TestGapsOfCDNOW compares with the gaps of the CDNOW sample as published with
// the reference data: 4,339, P40 23 days, P50 34, P80 117, P90 196, P95 279.
func TestGapsOfCDNOW(t *testing.T) {
	t.Parallel()
	w := cdnowSample(t)
	gaps, err := rfm.MeasureGaps(t.Context(), w.orders, nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	if gaps.Len() != 4339 {
		t.Fatalf("%d gaps, want 4339", gaps.Len())
	}
	for _, c := range []struct{ of, cut, days int }{{5, 2, 23}, {2, 1, 34}, {5, 4, 117}, {10, 9, 196}, {20, 19, 279}} {
		cuts, err := gaps.Cuts(c.of)
		if err != nil {
			t.Fatal(err)
		}
		if got := cuts[c.cut-1]; got != model.WholeCut(int64(c.days)) {
			t.Errorf("%d/%d of the gaps end at %v days, want %d", c.cut, c.of, got, c.days)
		}
	}
}

package rfm_test

import (
	"math"
	"math/big"
	"slices"
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
		if got.Closed() != gaps || got.Once != once || got.Open() != len(want.customers) {
			t.Fatalf("%d gaps closed and %d open, %d customers without a closed one, want %d, %d and %d",
				got.Closed(), got.Open(), got.Once, gaps, len(want.customers), once)
		}
		if _, _, err := got.Cuts(5); (model.CodeOf(err) == model.Empty) != (gaps == 0) {
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
	// As of day 91 the gaps are 3 and 77 with 1 open, 51 open, and 50 with 11 open:
	// of weights of a third each, 1, and a half each.
	// of weights of a third each, 1, and a half each. 8/3 are seen for 3 days, of
	// which 1/3 ends, 11/6 for 50 with 1/2, and 1/3 for 77, which all ends: 7/8,
	// 7/8 · 8/11 and none go on.
	for _, c := range []struct {
		part, of int
		days     int32
		reached  bool
	}{{1, 8, 3, true}, {1, 7, 50, true}, {4, 11, 50, true}, {2, 5, 77, true}, {1, 1, 77, true}} {
		if days, reached := gaps.Quantile(c.part, c.of); days != c.days || reached != c.reached {
			t.Errorf("%d/%d of the gaps end after %d days, %v, want %d, %v", c.part, c.of, days, reached, c.days, c.reached)
		}
	}
	if gaps.Closed() != 3 || gaps.Open() != 3 || gaps.Once != 1 {
		t.Errorf("%d gaps closed and %d open, %d customers without a closed one; want 3, 3, 1", gaps.Closed(), gaps.Open(), gaps.Once)
	}
}

// TestGapsOfCDNOW compares with the gaps of the CDNOW sample as published with
// the reference data: 4,339 that ended, each counted alike, P40 23 days, P50 34,
// P80 117, P90 196, P95 279. Half the customers never came back, which these
// figures do not know.
func TestGapsOfCDNOW(t *testing.T) {
	t.Parallel()
	w := cdnowSample(t)
	gaps, err := rfm.MeasureGaps(t.Context(), w.orders, nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	if gaps.Closed() != 4339 || gaps.Open() != 2357 {
		t.Fatalf("%d gaps closed and %d open, want 4339 and 2357", gaps.Closed(), gaps.Open())
	}
	for _, c := range []struct{ of, cut, days int }{{5, 2, 23}, {2, 1, 34}, {5, 4, 117}, {10, 9, 196}, {20, 19, 279}} {
		if got := gaps.ClosedCuts(c.of)[c.cut-1]; got != model.WholeCut(int64(c.days)) {
			t.Errorf("%d/%d of the gaps end at %v days, want %d", c.cut, c.of, got, c.days)
		}
	}
	// By a program of its own, in another language, from the raw file.
	for _, c := range []struct {
		part, of int
		days     int32
		reached  bool
	}{{1, 10, 24, true}, {1, 5, 82, true}, {3, 10, 266, true}, {2, 5, 0, false}, {4, 5, 0, false}} {
		if days, reached := gaps.Quantile(c.part, c.of); days != c.days || reached != c.reached {
			t.Errorf("%d/%d of all gaps end after %d days, %v, want %d, %v", c.part, c.of, days, reached, c.days, c.reached)
		}
	}
	if got, want := gaps.Ended(), 0.34691592909249647; math.Abs(got-want) > 1e-12 {
		t.Errorf("%v of the gaps end, want %v", got, want)
	}
	cuts, whole, err := gaps.Cuts(5)
	if want := []model.Cut{model.WholeCut(15), model.WholeCut(41), model.WholeCut(93), model.WholeCut(203)}; err != nil || whole || !slices.Equal(cuts, want) {
		t.Errorf("cuts %v, of all %v, %v; want %v, of those that end", cuts, whole, err, want)
	}
}

// TestGapsEqualNaive holds the curve against one that is worked out day by day
// from its definition, in exact fractions: on each day, what is open of those who
// were still to be seen.
func TestGapsEqualNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		asOf := model.Day(60)
		orders := &model.Orders{Start: []int32{0}}
		type lapse struct {
			days   int
			open   bool
			weight *big.Rat
		}
		var lapses []lapse
		for range rapid.IntRange(1, 12).Draw(t, "customers") {
			days := rapid.SliceOfNDistinct(rapid.Int32Range(0, 59), 1, 6, rapid.ID[int32]).Draw(t, "days")
			slices.Sort(days)
			weight := big.NewRat(1, int64(len(days)))
			for i, day := range days {
				orders.Day = append(orders.Day, model.Day(day))
				orders.Value, orders.Flags = append(orders.Value, 1), append(orders.Flags, model.Purchase)
				if i > 0 {
					lapses = append(lapses, lapse{int(day - days[i-1]), false, weight})
				}
			}
			lapses = append(lapses, lapse{int(asOf) - int(days[len(days)-1]), true, weight})
			orders.Start = append(orders.Start, int32(len(orders.Day)))
		}
		spec := model.DefaultSpec()
		spec.AsOf = asOf
		gaps, err := rfm.MeasureGaps(t.Context(), orders, nil, spec)
		if err != nil {
			t.Fatal(err)
		}
		goesOn := make([]*big.Rat, asOf+1) // after each day
		goesOn[0] = big.NewRat(1, 1)
		for day := 1; day <= int(asOf); day++ {
			seen, ends := new(big.Rat), new(big.Rat)
			for _, l := range lapses {
				if l.days >= day {
					seen.Add(seen, l.weight)
				}
				if l.days == day && !l.open {
					ends.Add(ends, l.weight)
				}
			}
			goesOn[day] = new(big.Rat).Set(goesOn[day-1])
			if seen.Sign() > 0 {
				stays := new(big.Rat).Sub(seen, ends)
				goesOn[day].Mul(goesOn[day], stays.Quo(stays, seen))
			}
		}
		for _, part := range []int64{1, 2, 3, 4, 5} {
			day := slices.IndexFunc(goesOn, func(on *big.Rat) bool { return on.Cmp(big.NewRat(5-part, 5)) <= 0 })
			days, reached := gaps.Quantile(int(part), 5)
			if reached != (day >= 0) || reached && int(days) != day {
				t.Fatalf("%d/5 of the gaps end after %d days, %v, want day %d", part, days, reached, day)
			}
		}
	})
}

package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// TestPartsAreTheWorkspace holds the promise that nothing is left out unsaid:
// whatever the data, the day, the window, the filter and the policies, the parts
// add up to what is stored.
func TestPartsAreTheWorkspace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		spec := drawSpec(t)
		base, err := rfm.Measure(t.Context(), orders, customers, spec)
		if model.CodeOf(err) == model.Empty {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		want := rfm.Part{Customers: int64(orders.Customers()), Orders: int64(orders.Len())}
		for i, value := range orders.Value {
			want.Value += value
			if orders.Returned != nil && spec.Returns != model.ReturnsIgnore {
				want.Value -= orders.Returned[i]
			}
		}
		if got := base.Whole.Sum(); got != want {
			t.Fatalf("the parts add up to %+v, the workspace holds %+v: %+v", got, want, base.Whole)
		}
		var tiered rfm.Part
		for i := range base.Len() {
			tiered.Customers++
			tiered.Orders += int64(base.Orders[i])
			tiered.Value += model.Money(base.Revenue[i])
		}
		if base.Whole.Tiered != tiered {
			t.Fatalf("tiered %+v, the rows add up to %+v", base.Whole.Tiered, tiered)
		}
	})
}

// TestCustomersOfLaterDaysAreNotSeen tells those who are not yet customers from
// those who did something that does not count.
func TestCustomersOfLaterDaysAreNotSeen(t *testing.T) {
	t.Parallel()
	orders := &model.Orders{
		Start:    []int32{0, 2, 3, 5},
		Day:      []model.Day{10, 60, 70, 20, 80},
		Value:    []model.Money{5, 7, 11, 0, 13},
		Returned: []model.Money{0, 0, 0, 3, 0},
		Flags:    []model.OrderFlag{model.Purchase, model.Purchase, model.Purchase, model.Return, model.Purchase},
	}
	spec := model.DefaultSpec()
	spec.AsOf = 50
	base, err := rfm.Measure(t.Context(), orders, nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	want := rfm.Whole{
		Tiered:    rfm.Part{Customers: 1, Orders: 1, Value: 5},
		NotTiered: rfm.Part{Customers: 1, Orders: 1, Value: -3},
		NotSeen:   rfm.Part{Customers: 1, Orders: 3, Value: 31},
	}
	if base.Whole != want {
		t.Errorf("%+v, want %+v", base.Whole, want)
	}
}

func TestReturnsAfterTheLastSaleAreNamed(t *testing.T) {
	t.Parallel()
	orders := &model.Orders{
		Start:    []int32{0, 3},
		Day:      []model.Day{14_000, 14_001, 14_009},
		Value:    []model.Money{5_000 * model.Unit, 0, 0},
		Returned: []model.Money{0, 1_300 * model.Unit, 40*model.Unit + 50},
		Flags:    []model.OrderFlag{model.Purchase, model.Return, model.Return},
	}
	const named = "2 returns (−1,340.00) on or after the as-of day, 2008-05-02, are not seen"
	for policy, want := range map[model.ReturnsPolicy][]model.Warning{
		model.ReturnsNet:    {{Code: "unseen-returns", Message: named}},
		model.ReturnsIgnore: nil, // which leaves all returns out
		model.ReturnsOrders: nil, // where the last return is the last order
	} {
		spec := model.DefaultSpec()
		spec.Returns = policy
		base, err := rfm.Measure(t.Context(), orders, nil, spec)
		if err != nil {
			t.Fatal(err)
		}
		if len(base.Warnings) != len(want) || len(want) > 0 && base.Warnings[0] != want[0] {
			t.Errorf("%s: warnings %q, want %q", policy, base.Warnings, want)
		}
	}
	spec := model.DefaultSpec()
	spec.AsOf = 14_000
	base, err := rfm.Measure(t.Context(), orders, nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	want := "1 order (5,000.00) on or after the as-of day, 2008-05-01, is not seen"
	if got := base.Warnings[0].Message; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestVerdictsAreTheParts holds what is said of single orders to the parts they
// are counted in.
func TestVerdictsAreTheParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		spec := drawSpec(t)
		base, err := rfm.Measure(t.Context(), orders, customers, spec)
		if model.CodeOf(err) == model.Empty {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		found := map[rfm.Verdict]int64{}
		for c := range orders.Customers() {
			verdicts, counted, err := base.Verdicts(t.Context(), orders, customers, c)
			if err != nil {
				t.Fatal(err)
			}
			sum := int64(0)
			for i, v := range verdicts {
				found[v]++
				sum += int64(counted[i])
				at := int(orders.Start[c]) + i
				switch purchase := orders.Flags[at]&model.Purchase != 0; {
				case v == rfm.PureReturn && (purchase || spec.Returns == model.ReturnsOrders),
					v == rfm.WorthNothing && (spec.Zero != model.ZeroDrop || orders.Value[at] != 0):
					t.Fatalf("order %d of %v is said to be %s under %v", at, orders, v, spec)
				}
			}
			if row, tiered := slices.BinarySearch(base.Customer, int32(c)); tiered && sum != base.Revenue[row] {
				t.Fatalf("the orders of customer %d of %v count %d in all, their revenue is %d", c, orders, sum, base.Revenue[row])
			}
		}
		w := base.Whole
		for verdict, want := range map[rfm.Verdict]int64{
			rfm.Counts: w.Tiered.Orders, rfm.NotSeen: w.NotSeen.Orders, rfm.BeforeWindow: w.BeforeWindow.Orders, rfm.FilteredOut: w.FilteredOut.Orders,
		} {
			if found[verdict] != want {
				t.Fatalf("%d orders are said to be %s, %d are counted so: %+v", found[verdict], verdict, want, w)
			}
		}
		if got, want := found[rfm.PureReturn]+found[rfm.WorthNothing], w.NotCounted+w.NotTiered.Orders; got != want {
			t.Fatalf("%d orders are said not to count, %d are counted so", got, want)
		}
	})
}

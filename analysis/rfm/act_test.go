package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// doing returns the orders after a customer has done something: so many orders
// more on the day before the as-of, or what was ordered last worth more.
func doing(o *model.Orders, verdicts []rfm.Verdict, customer int, asOf model.Day, orders int64, worth model.Money) *model.Orders {
	done := &model.Orders{Start: slices.Clone(o.Start), Day: slices.Clone(o.Day), Value: slices.Clone(o.Value), Flags: slices.Clone(o.Flags), Returned: slices.Clone(o.Returned)}
	first := int(o.Start[customer])
	if orders == 0 {
		last := 0
		for i, v := range verdicts {
			if v == rfm.Counts && o.Flags[first+i]&model.Purchase != 0 {
				last = i
			}
		}
		done.Value[first+last] += worth
		return done
	}
	at := first
	for at < int(o.Start[customer+1]) && o.Day[at] < asOf {
		at++
	}
	n := int(orders)
	values := slices.Repeat([]model.Money{rfm.LeastWorth}, n)
	values[0] = worth - model.Money(orders-1)*rfm.LeastWorth
	done.Day = slices.Insert(done.Day, at, slices.Repeat([]model.Day{asOf - 1}, n)...)
	done.Value = slices.Insert(done.Value, at, values...)
	done.Flags = slices.Insert(done.Flags, at, slices.Repeat([]model.OrderFlag{model.Purchase}, n)...)
	if done.Returned != nil {
		done.Returned = slices.Insert(done.Returned, at, make([]model.Money, n)...)
	}
	for c := customer + 1; c < len(done.Start); c++ {
		done.Start[c] += int32(orders)
	}
	return done
}

// Whoever does exactly what is said is where it says, measured anew with the cuts
// as they are; who does a little less is not.
func TestDoingWhatIsSaidLeadsThere(t *testing.T) {
	t.Parallel()
	counts := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		orders.Attributes, customers.Attributes = nil, nil
		spec := drawSpec(t)
		spec.Where = nil
		base, err := rfm.Measure(t.Context(), orders, customers, spec)
		if err != nil || base.Len() == 0 {
			return
		}
		spec.AsOf = base.AsOf
		scheme := model.Ten()
		scheme.Spec = spec
		scheme.Map = rapid.SampledFrom([]string{"ten", "grid", "eleven"}).Draw(t, "map")
		for a := range model.Axes {
			around := rapid.Custom(func(t *rapid.T) model.Cut {
				value := base.Value(a, rapid.IntRange(0, base.Len()-1).Draw(t, "row"))
				return model.WholeCut(value + rapid.SampledFrom([]int64{-20_000, -1, 0, 1, 2, 3, 30, 20_000}).Draw(t, "off"))
			})
			at := rapid.SliceOfN(around, 4, 4).Draw(t, "cuts")
			slices.SortFunc(at, model.Cut.Compare)
			scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
		}
		rule := mustRule(t, scheme)
		for row := range base.Len() {
			checkActs(t, acted{orders, customers, base, rule, spec}, row, counts)
		}
	})
	t.Logf("tried: %v", counts)
	if testing.Short() {
		return // a fifth of the cases is too few for every kind to be among them
	}
	for _, kind := range []string{"more", "orders", "none"} { // the others are too rare to be drawn every time
		if counts[kind] == 0 {
			t.Errorf("no %q was tried: %v", kind, counts)
		}
	}
}

// acted is everything that acts are tried out on.
type acted struct {
	orders    *model.Orders
	customers *model.Customers
	base      *rfm.Base
	rule      *rfm.Rule
	spec      model.Spec
}

// checkActs tries out all that is said about the customer of a row.
func checkActs(t *rapid.T, a acted, row int, counts map[string]int) {
	orders, customers, base, rule, spec := a.orders, a.customers, a.base, a.rule, a.spec
	customer := int(base.Customer[row])
	verdicts, _, err := base.Verdicts(t.Context(), orders, customers, customer)
	if err != nil {
		t.Fatal(err)
	}
	first := model.NoDay
	if i := slices.Index(verdicts, rfm.Counts); i >= 0 {
		first = orders.Day[int(orders.Start[customer])+i]
	}
	after := func(n int64, worth model.Money) model.Segment {
		then, err := rfm.Measure(t.Context(), doing(orders, verdicts, customer, base.AsOf, n, worth), customers, spec)
		if err != nil {
			t.Fatal(err)
		}
		at, _ := slices.BinarySearch(then.Customer, base.Customer[row])
		return rule.Segments[rule.SegmentOf(then, at)]
	}
	check := func(act rfm.Act, will func(model.Segment) bool) {
		least := model.Money(act.Orders) * rfm.LeastWorth
		if got := after(act.Orders, act.Worth); got != act.Segment || !will(got) {
			t.Fatalf("%+v leads to %+v", act, got)
		}
		if act.Worth > max(least, rfm.LeastWorth) && will(after(act.Orders, act.Worth-rfm.LeastWorth)) {
			t.Fatalf("%+v: a hundredth less does it, too", act)
		}
		if act.AnyWorth() && act.Orders > 1 && will(after(act.Orders-1, least-rfm.LeastWorth)) {
			t.Fatalf("%+v: an order less does it, too", act)
		}
		switch {
		case act.Orders == 0:
			counts["more"]++
		case act.AnyWorth():
			counts["orders"]++
		default:
			counts["orders worth"]++
		}
	}
	ways, known := rule.WaysUp(base, row, first)
	if !known {
		t.Fatal("not known")
	}
	returnsOnly := !slices.ContainsFunc(verdicts, func(v rfm.Verdict) bool { return v == rfm.Counts }) ||
		spec.Returns == model.ReturnsOrders // an order worth more may then be a return: nothing to make larger
	for _, w := range ways {
		will := func(s model.Segment) bool { return s.Tier == w.Tier }
		for _, act := range w.Single {
			if act.Orders > 0 || !returnsOnly {
				check(act, will)
			}
		}
		if w.Both != nil {
			check(*w.Both, will)
			counts["both"]++
		}
		if w.Single != nil || w.Both != nil {
			continue
		}
		counts["none"]++
		for _, n := range []int64{1, 2, 5, 40} {
			for _, worth := range []model.Money{0, 30_000, 1e12} {
				if s := after(n, model.Money(n)*rfm.LeastWorth+worth); will(s) {
					t.Fatalf("%d orders worth %s lead to %s", n, worth, s.Tier)
				}
			}
		}
	}
	out, _ := rule.WaysOut(base, row, first)
	slug := rule.Segments[rule.SegmentOf(base, row)].Slug
	for _, act := range out {
		if act.Orders > 0 || !returnsOnly {
			check(act, func(s model.Segment) bool { return s.Slug != slug })
		}
	}
}

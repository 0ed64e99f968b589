package rfm_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// drawCodes draws an attribute of n rows.
func drawCodes(t *rapid.T, n int, label string, words ...string) *model.Codes {
	code := rapid.SliceOfN(rapid.Uint32Range(0, uint32(len(words))), n, n).Draw(t, label)
	return &model.Codes{Words: append([]string{""}, words...), Code: code}
}

// drawWorkspace draws a few customers with a few orders each.
func drawWorkspace(t *rapid.T) (*model.Orders, *model.Customers) {
	o := &model.Orders{Start: []int32{0}}
	amount := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 9), rapid.Int64Range(0, 1e9))
	returns := rapid.Bool().Draw(t, "returns")
	for range rapid.IntRange(0, 9).Draw(t, "customers") {
		days := rapid.SliceOfN(rapid.Int32Range(-40, 200), 0, 6).Draw(t, "days")
		slices.Sort(days)
		for _, d := range days {
			flags := model.OrderFlag(rapid.IntRange(1, 3).Draw(t, "flags"))
			if !returns {
				flags = model.Purchase
			}
			var value, returned int64
			if flags&model.Purchase != 0 {
				value = amount.Draw(t, "value")
			}
			if flags&model.Return != 0 {
				returned = amount.Draw(t, "returned")
			}
			o.Day = append(o.Day, model.Day(d))
			o.Value = append(o.Value, model.Money(value))
			o.Flags = append(o.Flags, flags)
			if returns {
				o.Returned = append(o.Returned, model.Money(returned))
			}
		}
		o.Start = append(o.Start, int32(len(o.Day)))
	}
	o.Attributes = map[string]*model.Codes{
		"channel": drawCodes(t, o.Len(), "channel", "web", "shop"),
		"both":    drawCodes(t, o.Len(), "both of order", "x", "y"),
	}
	c := &model.Customers{Attributes: map[string]*model.Codes{
		"region": drawCodes(t, o.Customers(), "region", "East", "West"),
		"both":   drawCodes(t, o.Customers(), "both of customer", "x", "y"),
	}}
	return o, c
}

func drawSpec(t *rapid.T) model.Spec {
	spec := model.Spec{
		AsOf:    model.Day(rapid.SampledFrom([]int32{int32(model.NoDay), -10, 60, 120, 300}).Draw(t, "as of")),
		Window:  rapid.SampledFrom([]model.Window{{}, {Days: 1}, {Days: 70}, {Months: 1}, {Months: 3}}).Draw(t, "window"),
		Returns: rapid.SampledFrom([]model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}).Draw(t, "returns policy"),
		Zero:    rapid.SampledFrom([]model.ZeroPolicy{model.ZeroKeep, model.ZeroDrop}).Draw(t, "zero policy"),
		Frequency: rapid.SampledFrom([]model.FrequencyMeasure{
			model.FrequencyOrders, model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth,
		}).Draw(t, "frequency"),
		Monetary:    rapid.SampledFrom([]model.MonetaryMeasure{model.MonetarySum, model.MonetaryMean}).Draw(t, "monetary"),
		LeastMonths: rapid.SampledFrom([]int{0, 0, 1, 5}).Draw(t, "least months"),
	}
	conditions := []model.Condition{
		{Subject: model.OfOrder, Attribute: "channel", Values: []string{"web"}},
		{Subject: model.OfOrder, Attribute: "channel", Values: []string{"shop", ""}, Not: true},
		{Subject: model.OfOrder, Attribute: "both", Values: []string{"x", "nowhere"}},
		{Subject: model.OfCustomer, Attribute: "both", Values: []string{"x", "y"}},
		{Subject: model.OfCustomer, Attribute: "region", Values: []string{"East"}, Not: true},
	}
	spec.Where = rapid.SliceOfN(rapid.SampledFrom(conditions), 0, 2).Draw(t, "where")
	return spec
}

// TestOneOrderIsNoRhythm: orders per month are divided by three months at the
// least, or by as many as the spec asks for.
func TestOneOrderIsNoRhythm(t *testing.T) {
	t.Parallel()
	const asOf = 1000
	orders := &model.Orders{
		Start: []int32{0, 1, 3},
		Day:   []model.Day{asOf - 7, asOf - 487, asOf - 1}, // last week; 16 months ago and yesterday
		Value: []model.Money{1, 1, 1},
		Flags: []model.OrderFlag{model.Purchase, model.Purchase, model.Purchase},
	}
	for least, want := range map[int][]int32{0: {3_333, 1_250}, 1: {10_000, 1_250}, 20: {500, 1_000}} {
		spec := model.DefaultSpec()
		spec.AsOf, spec.Frequency, spec.LeastMonths = asOf, model.FrequencyPerMonth, least
		base, err := rfm.Measure(t.Context(), orders, nil, spec)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(base.Frequency, want) {
			t.Errorf("over at least %d months: %v ten-thousandths of an order per month, want %v", least, base.Frequency, want)
		}
	}
	for _, least := range []int{-1, 601} {
		spec := model.DefaultSpec()
		spec.LeastMonths = least
		if _, err := rfm.Measure(t.Context(), orders, nil, spec); model.CodeOf(err) != model.Usage {
			t.Errorf("over at least %d months: %v, want a usage error", least, err)
		}
	}
}

func TestMeasureEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		spec := drawSpec(t)
		want := naiveMeasure(orders, customers, spec)
		got, err := rfm.Measure(t.Context(), orders, customers, spec)
		if want.asOf == model.NoDay {
			if model.CodeOf(err) != model.Empty {
				t.Fatalf("no order counts, but the error is %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		checkBase(t, got, want)
	})
}

// checkBase compares a base with what the oracle measured.
func checkBase(t rapid.TB, got *rfm.Base, want naiveBase) {
	t.Helper()
	if got.AsOf != want.asOf || got.Whole != want.whole {
		t.Fatalf("as of %v, of the whole\n%+v, want %v,\n%+v", got.AsOf, got.Whole, want.asOf, want.whole)
	}
	if got.Len() != len(want.customers) {
		t.Fatalf("%d customers, want %d", got.Len(), len(want.customers))
	}
	var total rfm.Flow
	for i, w := range want.customers {
		g := naiveCustomer{
			got.Customer[i], got.Recency[i], got.Frequency[i], got.Monetary[i], got.Orders[i], got.Revenue[i],
		}
		if g != w {
			t.Fatalf("row %d: %v, want %v", i, g, w)
		}
		if got.LastOrder(i) != want.asOf-model.Day(w.recency) {
			t.Fatalf("row %d: last order %s", i, got.LastOrder(i))
		}
		total.Customers++
		total.Revenue += model.Money(w.revenue)
	}
	if got.Total != total {
		t.Fatalf("total %v, want %v", got.Total, total)
	}
}

// manyOrders returns reproducible orders of n customers, some without any,
// some with returns only.
func manyOrders(n, meanOrders int) *model.Orders {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	o := &model.Orders{Start: make([]int32, 1, n+1)}
	const from, until = 14_000, 15_100
	for range n {
		count := int(r.ExpFloat64() * float64(meanOrders) * 1.05)
		joined := from + r.Int32N(until-from)
		days := make([]model.Day, count)
		for i := range days {
			days[i] = model.Day(joined + r.Int32N(until-joined))
		}
		slices.Sort(days)
		for _, day := range days {
			value := model.Money(math.Exp(r.NormFloat64()) * 250_000)
			flags, returned := model.Purchase, model.Money(0)
			switch r.IntN(20) {
			case 0:
				flags, value, returned = model.Return, 0, value/2
			case 1:
				flags, returned = model.Purchase|model.Return, value/3
			}
			o.Day = append(o.Day, day)
			o.Value = append(o.Value, value)
			o.Returned = append(o.Returned, returned)
			o.Flags = append(o.Flags, flags)
		}
		o.Start = append(o.Start, int32(o.Len()))
	}
	return o
}

func TestMeasureInPartsEqualsNaive(t *testing.T) {
	t.Parallel()
	orders := manyOrders(100_000, 3)
	spec := model.DefaultSpec()
	spec.Window = model.Window{Months: 12}
	got, err := rfm.Measure(t.Context(), orders, nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	checkBase(t, got, naiveMeasure(orders, nil, spec))
}

// oneOrder is a workspace with a single order of one customer.
func oneOrder(value model.Money) *model.Orders {
	return &model.Orders{
		Start: []int32{0, 1}, Day: []model.Day{100}, Value: []model.Money{value}, Flags: []model.OrderFlag{model.Purchase},
	}
}

func TestMeasureRefuses(t *testing.T) {
	t.Parallel()
	web := &model.Codes{Words: []string{"", "web"}, Code: []uint32{1}}
	with := func(change func(*model.Spec)) model.Spec {
		spec := model.DefaultSpec()
		change(&spec)
		return spec
	}
	where := func(w model.Condition) model.Spec {
		return with(func(s *model.Spec) { s.Where = []model.Condition{w} })
	}
	for name, c := range map[string]struct {
		spec model.Spec
		code model.Code
		says string
	}{
		"margin":            {with(func(s *model.Spec) { s.Monetary = model.MonetaryMargin }), model.Usage, "no cost column"},
		"monetary":          {with(func(s *model.Spec) { s.Monetary = "median" }), model.Usage, "median"},
		"frequency":         {with(func(s *model.Spec) { s.Frequency = "hourly" }), model.Usage, "hourly"},
		"returns":           {with(func(s *model.Spec) { s.Returns = "maybe" }), model.Usage, "maybe"},
		"zero":              {with(func(s *model.Spec) { s.Zero = "" }), model.Usage, "keep or drop"},
		"unknown attribute": {where(model.Condition{Attribute: "colour", Values: []string{"red"}}), model.NotFound, "colour"},
		"wrong subject": {
			where(model.Condition{Subject: model.OfCustomer, Attribute: "channel", Values: []string{"web"}}),
			model.NotFound, "channel",
		},
		"two attributes": {where(model.Condition{Attribute: "both", Values: []string{"web"}}), model.Usage, "order.both"},
		"wrong subject of lines": {
			where(model.Condition{Subject: model.OfLine, Attribute: "channel", Values: []string{"web"}}), model.NotFound, "line.channel",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			orders := oneOrder(1)
			orders.Attributes = map[string]*model.Codes{"channel": web, "both": web}
			customers := &model.Customers{Attributes: map[string]*model.Codes{"both": web}}
			_, err := rfm.Measure(t.Context(), orders, customers, c.spec)
			if model.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %s with %q", err, c.code, c.says)
			}
		})
	}
}

func TestMeasureRefusesValuesThatDoNotFit(t *testing.T) {
	t.Parallel()
	big := model.Money(math.MaxInt64)
	for name, orders := range map[string]*model.Orders{
		"one customer": {
			Start: []int32{0, 3}, Day: make([]model.Day, 3), Value: []model.Money{big, big, big},
			Flags: slices.Repeat([]model.OrderFlag{model.Purchase}, 3),
		},
		"bought and returned": {
			Start: []int32{0, 2}, Day: make([]model.Day, 2), Value: []model.Money{big, 0}, Returned: []model.Money{0, 1},
			Flags: []model.OrderFlag{model.Purchase, model.Return},
		},
	} {
		if _, err := rfm.Measure(t.Context(), orders, nil, model.DefaultSpec()); model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := rfm.Measure(t.Context(), oneOrder(big), nil, model.DefaultSpec()); err != nil {
		t.Errorf("the greatest value of all: %v", err)
	}
}

func TestMeasureWarns(t *testing.T) {
	t.Parallel()
	orders := oneOrder(5)
	orders.Attributes = map[string]*model.Codes{"channel": {Words: []string{"", "web"}, Code: []uint32{1}}}
	spec := model.DefaultSpec()
	spec.AsOf = 100
	spec.Where = []model.Condition{{Attribute: "channel", Values: []string{"web", "wbe"}}}
	base, err := rfm.Measure(t.Context(), orders, nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, w := range base.Warnings {
		codes = append(codes, w.Code)
	}
	if want := []string{"unknown-value", "unseen-orders", "no-customers"}; !slices.Equal(codes, want) {
		t.Errorf("warnings %v, want %v", codes, want)
	}
}

func TestMeasureStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := rfm.Measure(ctx, oneOrder(1), nil, model.DefaultSpec()); model.CodeOf(err) != model.Cancelled {
		t.Errorf("error %v", err)
	}
}

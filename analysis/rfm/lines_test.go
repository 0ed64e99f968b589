package rfm_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// drawLines draws the lines of the orders, which become what their lines are. An
// order without lines keeps what it was drawn as.
func drawLines(t *rapid.T, o *model.Orders) {
	costed, refunds := rapid.Bool().Draw(t, "costs"), rapid.Bool().Draw(t, "refunds")
	lines := &model.Lines{Start: []int32{0}}
	if o.Returned == nil {
		o.Returned = make([]model.Money, o.Len())
	}
	if costed {
		o.Cost, lines.Cost = make([]model.Money, o.Len()), []model.Money{}
	}
	for i := range o.Len() {
		count := rapid.IntRange(0, 4).Draw(t, "lines")
		if costed && rapid.IntRange(0, 3).Draw(t, "cost known") > 0 {
			o.Flags[i] |= model.Costed
			o.Cost[i] = model.Money(rapid.Int64Range(-50, 50).Draw(t, "cost of the order"))
		}
		if count > 0 {
			o.Value[i], o.Returned[i], o.Flags[i] = 0, 0, o.Flags[i]&model.Costed
		}
		if costed && count > 0 {
			o.Cost[i] = 0
		}
		for range count {
			amount := model.Money(rapid.Int64Range(-9, 9).Draw(t, "amount"))
			flag := model.LineFlag(rapid.Int64Range(-1, 1).Draw(t, "quantity"), amount)
			refund := model.Money(0)
			if flag == model.Purchase && refunds {
				refund = model.Money(rapid.Int64Range(0, 9).Draw(t, "refund"))
			}
			if refund > 0 {
				flag |= model.Return
			}
			if refunds {
				lines.Refund = append(lines.Refund, refund)
			}
			o.Returned[i] += refund
			o.Value[i] += max(amount, 0)
			o.Returned[i] -= min(amount, 0)
			o.Flags[i] |= flag
			lines.Amount, lines.Flags = append(lines.Amount, amount), append(lines.Flags, flag)
			if !costed {
				continue
			}
			cost := model.Money(0)
			if o.Flags[i]&model.Costed != 0 {
				cost = model.Money(rapid.Int64Range(-9, 9).Draw(t, "cost"))
			}
			lines.Cost = append(lines.Cost, cost)
			o.Cost[i] += cost
		}
		lines.Start = append(lines.Start, int32(lines.Len()))
	}
	lines.Attributes = map[string]*model.Codes{
		"product": drawCodes(t, lines.Len(), "product", "A", "B"),
		"both":    drawCodes(t, lines.Len(), "both of line", "x", "y"),
		"channel": drawCodes(t, lines.Len(), "channel of line", "web", "app"),
	}
	o.Lines = lines
}

var lineConditions = []model.Condition{
	{Attribute: "product", Values: []string{"A"}},
	{Subject: model.OfLine, Attribute: "product", Values: []string{"B", ""}},
	{Subject: model.OfLine, Attribute: "product", Values: []string{"A"}, Not: true},
	{Subject: model.OfLine, Attribute: "both", Values: []string{"x", "nowhere"}},
	{Attribute: "channel", Values: []string{"web", "app"}},
	{Attribute: "channel", Values: []string{"shop"}, Not: true},
}

func isOfLine(w model.Condition) bool {
	return w.Subject == model.OfLine || w.Attribute == "product" || isShared(w)
}

// isShared reports whether a condition is on what orders and lines have.
func isShared(w model.Condition) bool { return w.Subject == "" && w.Attribute == "channel" }

// naiveMeetsLine reports whether line l of order i, -1 for an order without
// lines, meets a condition.
func naiveMeetsLine(w model.Condition, o *model.Orders, l, i int) bool {
	value := ""
	if l >= 0 {
		codes := o.Lines.Attributes[w.Attribute]
		value = codes.Words[codes.Code[l]]
	}
	if value == "" && isShared(w) {
		codes := o.Attributes[w.Attribute]
		value = codes.Words[codes.Code[i]]
	}
	return slices.Contains(w.Values, value) != w.Not
}

// naiveCost is what order i cost under a returns policy. Orders that are dropped
// for being worth nothing cost nothing.
func naiveCost(o *model.Orders, i int, spec model.Spec) int64 {
	returned := model.Money(0)
	if o.Returned != nil && spec.Returns != model.ReturnsIgnore {
		returned = o.Returned[i]
	}
	if spec.Zero == model.ZeroDrop && o.Value[i] == 0 && returned == 0 {
		return 0
	}
	if spec.Returns != model.ReturnsIgnore {
		return int64(o.Cost[i])
	}
	if o.Lines != nil && o.Lines.Start[i] < o.Lines.Start[i+1] {
		cost := int64(0)
		for l := o.Lines.Start[i]; l < o.Lines.Start[i+1]; l++ {
			if o.Lines.Flags[l]&model.Purchase != 0 {
				cost += int64(o.Lines.Cost[l])
			}
		}
		return cost
	}
	if o.Flags[i]&model.Purchase == 0 {
		return 0
	}
	return int64(o.Cost[i])
}

// naiveLines is the workspace that has no other lines than those that meet the
// conditions, with the orders marked that have any. The other conditions are
// left, and one more for the mark.
func naiveLines(o *model.Orders, where []model.Condition) (*model.Orders, []model.Condition) {
	if !slices.ContainsFunc(where, isOfLine) {
		return o, where
	}
	left := slices.DeleteFunc(slices.Clone(where), isOfLine)
	left = append(left, model.Condition{Subject: model.OfOrder, Attribute: "has", Values: []string{"lines"}})
	has := &model.Codes{Words: []string{"", "lines"}}
	kept := &model.Orders{Start: o.Start, Day: o.Day, Attributes: map[string]*model.Codes{"has": has}, Lines: &model.Lines{Start: []int32{0}}}
	for name, codes := range o.Attributes {
		kept.Attributes[name] = codes
	}
	for i := range o.Len() {
		var value, returned, cost model.Money
		flags, any := o.Flags[i]&model.Costed, uint32(0)
	lines:
		for l := o.Lines.Start[i]; l < o.Lines.Start[i+1]; l++ {
			for _, w := range where {
				if isOfLine(w) && !naiveMeetsLine(w, o, int(l), i) {
					continue lines
				}
			}
			any = 1
			flags |= o.Lines.Flags[l]
			value += max(0, o.Lines.Amount[l])
			returned += max(0, -o.Lines.Amount[l])
			if o.Lines.Refund != nil {
				returned += o.Lines.Refund[l]
			}
			kept.Lines.Flags = append(kept.Lines.Flags, o.Lines.Flags[l])
			if o.Cost != nil {
				cost += o.Lines.Cost[l]
				kept.Lines.Cost = append(kept.Lines.Cost, o.Lines.Cost[l])
			}
		}
		if o.Lines.Start[i] == o.Lines.Start[i+1] && !slices.ContainsFunc(where, func(w model.Condition) bool {
			return isOfLine(w) && (!isShared(w) || !naiveMeetsLine(w, o, -1, i))
		}) {
			any, value, returned, flags = 1, o.Value[i], o.Returned[i], o.Flags[i]
			if o.Cost != nil {
				cost = o.Cost[i]
			}
		}
		kept.Lines.Start = append(kept.Lines.Start, int32(len(kept.Lines.Flags)))
		kept.Value, kept.Returned = append(kept.Value, value), append(kept.Returned, returned)
		kept.Flags, kept.Cost = append(kept.Flags, flags), append(kept.Cost, cost)
		has.Code = append(has.Code, any)
	}
	return kept, left
}

// Filters on lines and margin are what one who goes through the lines finds.
func TestLinesAndMarginEqualNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		drawLines(t, orders)
		spec := drawSpec(t)
		if orders.Cost != nil {
			spec.Monetary = rapid.SampledFrom([]model.MonetaryMeasure{model.MonetarySum, model.MonetaryMargin}).Draw(t, "value or margin")
		}
		spec.Where = append(spec.Where, rapid.SliceOfN(rapid.SampledFrom(lineConditions), 0, 2).Draw(t, "where of lines")...)
		asOf := spec
		if asOf.AsOf == model.NoDay {
			asOf.Where = nil
			asOf.AsOf = naiveMeasure(orders, customers, asOf).asOf
		}
		got, err := rfm.Measure(t.Context(), orders, customers, spec)
		if asOf.AsOf == model.NoDay {
			if model.CodeOf(err) != model.Empty {
				t.Fatalf("no order counts, but the error is %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		kept, where := naiveLines(orders, spec.Where)
		asOf.Where = where
		want := naiveMeasure(kept, customers, asOf)
		var all model.Money // that the workspace holds
		for i := range orders.Len() {
			whole := naiveOrderAt(orders, i, spec).value
			all += model.Money(whole)
			want.whole.FilteredOut.Value += model.Money(whole - naiveOrderAt(kept, i, spec).value)
		}
		checkBase(t, got, want)
		if sum := got.Whole.Sum(); sum != (rfm.Part{Customers: int64(orders.Customers()), Orders: int64(orders.Len()), Value: all}) {
			t.Fatalf("the parts add up to %+v, the workspace holds %d customers, %d orders, %d", sum, orders.Customers(), orders.Len(), all)
		}
	})
}

// twoOrders are one customer's: A and B bought at once, A sent back; and an order
// whose lines were not kept.
func twoOrders() *model.Orders {
	return &model.Orders{
		Start: []int32{0, 2}, Day: []model.Day{100, 110},
		Value: []model.Money{500, 70}, Returned: []model.Money{300, 0}, Cost: []model.Money{120, 0},
		Flags: []model.OrderFlag{model.Purchase | model.Return | model.Costed, model.Purchase},
		Lines: &model.Lines{
			Start: []int32{0, 3, 3}, Amount: []model.Money{300, 200, -300}, Cost: []model.Money{180, 120, -180},
			Flags:      []model.OrderFlag{model.Purchase, model.Purchase, model.Return},
			Attributes: map[string]*model.Codes{"sku": {Words: []string{"", "A", "B"}, Code: []uint32{1, 2, 1}}},
		},
	}
}

// What a filter on lines leaves out is said, and the day looked back from stays.
func TestFilterOnLinesIsTold(t *testing.T) {
	t.Parallel()
	spec := model.DefaultSpec()
	spec.Where = []model.Condition{{Attribute: "sku", Values: []string{"A", "C"}}, {Attribute: "sku", Values: []string{"B"}, Not: true}}
	base, err := rfm.Measure(t.Context(), twoOrders(), nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	if base.AsOf != 111 || base.Len() != 1 || base.Revenue[0] != 0 || base.Recency[0] != 11 || !slices.Equal(base.OfLines, []int{0, 1}) {
		t.Errorf("as of %d, recency %v, revenue %v, conditions on lines %v", base.AsOf, base.Recency, base.Revenue, base.OfLines)
	}
	checkWarnings(t, base, `unknown-value: no line has "C" in "sku"`,
		"lines-only: only lines with sku = A or C and sku is not B count (2 of 3); the value of an order is that of these lines",
		"orders-without-lines: orders without lines in the workspace: 1 of 2; the line filter leaves them out",
		"no-amounts: ")
}

// Of a column that orders and lines have, an order without lines has its own
// value, and stays whole.
func TestFilterOnWhatOrdersAndLinesHave(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]struct{ orders, revenue, margin int64 }{
		"web": {2, 200 - 300 + 70 - 30, 200 - 300 + 70 - 30 - (120 - 180 + 9)}, "shop": {1, 300, 300 - 180}, "app": {0, 0, 0},
	} {
		orders := twoOrders()
		orders.Attributes = map[string]*model.Codes{"channel": {Words: []string{"", "web"}, Code: []uint32{1, 1}}}
		orders.Lines.Attributes["channel"] = &model.Codes{Words: []string{"", "shop"}, Code: []uint32{1, 0, 0}}
		orders.Returned[1], orders.Cost[1], orders.Flags[1] = 30, 9, model.Purchase|model.Return|model.Costed
		spec := model.DefaultSpec()
		spec.Monetary = model.MonetaryMargin
		spec.Where = []model.Condition{{Attribute: "channel", Values: []string{value}}}
		base, err := rfm.Measure(t.Context(), orders, nil, spec)
		if err != nil {
			t.Fatal(err)
		}
		if base.Len() == 0 != (want.orders == 0) || base.Len() > 0 && (int64(base.Orders[0]) != want.orders || base.Revenue[0] != want.revenue || base.Monetary[0] != want.margin) {
			t.Errorf("%s: orders %v, revenue %v, margin %v, want %v", value, base.Orders, base.Revenue, base.Monetary, want)
		}
		bare := slices.ContainsFunc(base.Warnings, func(w model.Warning) bool { return w.Code == "orders-without-lines" })
		unknown := slices.ContainsFunc(base.Warnings, func(w model.Warning) bool { return w.Code == "unknown-value" })
		if bare || unknown != (value == "app") {
			t.Errorf("%s: warnings %v", value, base.Warnings)
		}
	}
}

func TestMarginUnderEachReturnsPolicy(t *testing.T) {
	t.Parallel()
	for returns, want := range map[model.ReturnsPolicy]int64{
		model.ReturnsNet:    500 - 300 - 120 + 70,
		model.ReturnsOrders: 500 - 300 - 120 + 70,
		model.ReturnsIgnore: 500 - (180 + 120) + 70,
	} {
		spec := model.DefaultSpec()
		spec.Returns, spec.Monetary = returns, model.MonetaryMargin
		base, err := rfm.Measure(t.Context(), twoOrders(), nil, spec)
		if err != nil {
			t.Fatal(err)
		}
		if base.Monetary[0] != want {
			t.Errorf("%s: margin %d, want %d", returns, base.Monetary[0], want)
		}
		checkWarnings(t, base, "orders-without-cost: orders without a known cost: 1; their cost is taken as 0")
	}
}

func TestMarginOfOrdersThatAreNoPlainPurchase(t *testing.T) {
	t.Parallel()
	spec := model.DefaultSpec()
	spec.AsOf, spec.Returns, spec.Monetary = 200, model.ReturnsIgnore, model.MonetaryMargin
	filtered := spec
	filtered.Where = []model.Condition{{Attribute: "sku", Values: []string{"B"}}}
	dropped := spec
	dropped.Zero = model.ZeroDrop
	for name, test := range map[string]struct {
		spec     model.Spec
		change   func(*model.Orders)
		want     int64
		uncosted bool
	}{
		"lines were not kept":    {spec, func(o *model.Orders) { o.Lines = nil }, 500 - 120 + 70, true},
		"only goods sent back":   {spec, func(o *model.Orders) { o.Flags[1], o.Value[1], o.Cost[1] = model.Return|model.Costed, 0, -9 }, 500 - 300, false},
		"given away, which goes": {dropped, func(o *model.Orders) { o.Flags[1], o.Value[1], o.Cost[1] = model.Purchase|model.Costed, 0, 9 }, 500 - 300, false},
		"given away, which stays": {
			spec, func(o *model.Orders) { o.Flags[1], o.Value[1], o.Cost[1] = model.Purchase|model.Costed, 0, 9 }, 500 - 300 - 9, false,
		},
		"lines with a cost": {filtered, func(*model.Orders) {}, 200 - 120, false},
	} {
		orders := twoOrders()
		test.change(orders)
		base, err := rfm.Measure(t.Context(), orders, nil, test.spec)
		if err != nil {
			t.Fatal(err)
		}
		uncosted := slices.ContainsFunc(base.Warnings, func(w model.Warning) bool { return w.Code == "orders-without-cost" })
		if base.Monetary[0] != test.want || uncosted != test.uncosted {
			t.Errorf("%s: margin %d, want %d; said to be without a cost: %v", name, base.Monetary[0], test.want, uncosted)
		}
	}
}

func TestCostsThatDoNotFit(t *testing.T) {
	t.Parallel()
	for _, costs := range [][]model.Money{{math.MaxInt64}, {math.MinInt64}, {math.MinInt64 + 1}, {math.MaxInt64, math.MaxInt64, math.MaxInt64}} {
		n := len(costs)
		value := model.Money(0) // three such costs alone pass the range twice
		if n == 1 {
			value = 1
		}
		orders := &model.Orders{
			Start: []int32{0, int32(n)}, Day: make([]model.Day, n), Value: slices.Repeat([]model.Money{value}, n), Cost: costs,
			Flags: slices.Repeat([]model.OrderFlag{model.Purchase | model.Costed}, n),
		}
		spec := model.DefaultSpec()
		spec.Monetary = model.MonetaryMargin
		if _, err := rfm.Measure(t.Context(), orders, nil, spec); model.CodeOf(err) != model.Invalid {
			t.Errorf("costs of %v: error %v", costs, err)
		}
	}
}

// checkWarnings compares the warnings of a base; the last may be the beginning
// of one.
func checkWarnings(t *testing.T, base *rfm.Base, want ...string) {
	t.Helper()
	for i, w := range base.Warnings {
		if i >= len(want) || !strings.HasPrefix(w.Code+": "+w.Message, want[i]) {
			t.Errorf("warning %s: %s", w.Code, w.Message)
		}
	}
	if len(base.Warnings) != len(want) {
		t.Errorf("%d warnings, want %d", len(base.Warnings), len(want))
	}
}

// BenchmarkMeasureLines measures a million lines in 200,000 orders, with and
// without a filter on lines.
func BenchmarkMeasureLines(b *testing.B) {
	orders := manyOrders(50_000, 4)
	orders.Lines = &model.Lines{Start: []int32{0}}
	codes := &model.Codes{Words: []string{"", "A", "B", "C"}}
	for i := range orders.Len() {
		for range 5 {
			orders.Lines.Amount = append(orders.Lines.Amount, orders.Value[i]/5)
			orders.Lines.Flags = append(orders.Lines.Flags, model.Purchase)
			codes.Code = append(codes.Code, uint32(len(codes.Code)*7%4))
		}
		orders.Lines.Start = append(orders.Lines.Start, int32(orders.Lines.Len()))
	}
	orders.Lines.Attributes = map[string]*model.Codes{"sku": codes}
	for name, where := range map[string][]model.Condition{"all": nil, "lines": {{Attribute: "sku", Values: []string{"A"}}}} {
		b.Run(name, func(b *testing.B) {
			spec := model.DefaultSpec()
			spec.Where = where
			for b.Loop() {
				if _, err := rfm.Measure(b.Context(), orders, nil, spec); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package rfm_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// visitedOrder is an order as a visitor is told of it.
type visitedOrder struct {
	day    model.Day
	worth  model.Money
	counts bool
}

// visits collects what visitors are told, by row, and the rows in the order of the
// parts.
func visits(t rapid.TB, base *rfm.Base, orders *model.Orders, customers *model.Customers) (seen [][]visitedOrder, rows []int) {
	t.Helper()
	seen = make([][]visitedOrder, base.Len())
	var parts []*[]int
	err := base.Visit(context.Background(), orders, customers, func() rfm.Visitor {
		part := new([]int)
		parts = append(parts, part)
		return func(row int, day []model.Day, worth []model.Money, counts []bool) {
			*part = append(*part, row)
			for i := range day {
				seen[row] = append(seen[row], visitedOrder{day[i], worth[i], counts[i]})
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts {
		rows = append(rows, *part...)
	}
	return seen, rows
}

// What a visitor is told of are the orders that the verdicts call part of the
// customer's revenue.
func TestVisitsEqualTheVerdicts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		spec := drawSpec(t)
		if rapid.Bool().Draw(t, "lines") {
			drawLines(t, orders)
			spec.Where = append(spec.Where, rapid.SliceOfN(rapid.SampledFrom(lineConditions), 0, 2).Draw(t, "where of lines")...)
		}
		base, err := rfm.Measure(t.Context(), orders, customers, spec)
		if err != nil {
			t.Skip(err)
		}
		seen, rows := visits(t, base, orders, customers)
		if len(rows) != base.Len() {
			t.Fatalf("%d of %d rows were visited", len(rows), base.Len())
		}
		for row, got := range seen {
			verdicts, worth, err := base.Verdicts(t.Context(), orders, customers, int(base.Customer[row]))
			if err != nil {
				t.Fatal(err)
			}
			var want []visitedOrder
			for i, verdict := range verdicts {
				if verdict == rfm.Counts || verdict == rfm.PureReturn || verdict == rfm.WorthNothing {
					want = append(want, visitedOrder{orders.Day[int(orders.Start[base.Customer[row]])+i], worth[i], verdict == rfm.Counts})
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("row %d: %v, want %v", row, got, want)
			}
		}
	})
}

// In many parts every row is visited once, in its order, and what its orders were
// worth is its revenue.
func TestVisitsInParts(t *testing.T) {
	t.Parallel()
	orders := manyOrders(60_000, 3)
	spec := model.DefaultSpec()
	spec.Window = model.Window{Months: 12}
	base, err := rfm.Measure(t.Context(), orders, nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	seen, rows := visits(t, base, orders, nil)
	for row := range base.Len() {
		if rows[row] != row {
			t.Fatalf("row %d was visited as the %d.", rows[row], row)
		}
		var revenue model.Money
		var count int32
		last := model.NoDay
		for _, o := range seen[row] {
			revenue += o.worth
			if o.counts {
				count++
				last = o.day
			}
		}
		if int64(revenue) != base.Revenue[row] || count != base.Orders[row] || last != base.LastOrder(row) {
			t.Fatalf("row %d: %s in %d orders until %s, want %d in %d until %s",
				row, revenue, count, last, base.Revenue[row], base.Orders[row], base.LastOrder(row))
		}
	}
}

func TestVisitsStop(t *testing.T) {
	t.Parallel()
	orders := oneOrder(1)
	base, err := rfm.Measure(t.Context(), orders, nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var rows atomic.Int32
	err = base.Visit(ctx, orders, nil, func() rfm.Visitor {
		return func(int, []model.Day, []model.Money, []bool) { rows.Add(1) }
	})
	if model.CodeOf(err) != model.Cancelled || rows.Load() > 0 {
		t.Errorf("error %v after %d rows", err, rows.Load())
	}
}

func BenchmarkVisit(b *testing.B) {
	s := newBench(b)
	b.ReportAllocs()
	for b.Loop() {
		err := s.base.Visit(b.Context(), s.orders, nil, func() rfm.Visitor {
			return func(int, []model.Day, []model.Money, []bool) {}
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

package cohort_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/cohort"
	"strata/analysis/rfm"
	"strata/model"
)

func mustMeasure(t testing.TB, orders *model.Orders, spec model.Spec) *rfm.Base {
	t.Helper()
	base, err := rfm.Measure(t.Context(), orders, nil, spec)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

func mustCount(t testing.TB, base *rfm.Base, orders *model.Orders, group []uint8, groups int) []*cohort.Table {
	t.Helper()
	tables, err := cohort.Count(t.Context(), base, orders, nil, group, groups)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// purchases makes orders of one unit each from the days of each customer.
func purchases(t testing.TB, days ...[]string) *model.Orders {
	t.Helper()
	o := &model.Orders{Start: []int32{0}}
	for _, of := range days {
		for _, text := range of {
			day, err := model.ParseDay(text)
			if err != nil {
				t.Fatal(err)
			}
			o.Day, o.Value, o.Flags = append(o.Day, day), append(o.Value, model.Unit), append(o.Flags, model.Purchase)
		}
		o.Start = append(o.Start, int32(o.Len()))
	}
	return o
}

// TestTwelveRows is the example of a public package: twelve orders whose cohorts of
// January, February and May have 2 1 2 1, 1 1 1 and 2 1 customers.
func TestTwelveRows(t *testing.T) {
	t.Parallel()
	orders := purchases(t,
		[]string{"2023-01-15", "2023-02-05", "2023-03-01"},
		[]string{"2023-01-20", "2023-03-15", "2023-04-10"},
		[]string{"2023-02-10", "2023-03-30", "2023-04-28"},
		[]string{"2023-05-05", "2023-06-10"},
		[]string{"2023-05-20"},
	)
	base := mustMeasure(t, orders, model.DefaultSpec())
	table := mustCount(t, base, orders, nil, 1)[0]
	got := fmt.Sprintf("%s %d %d/%d %s\n", table.First, table.Months, table.PartialDays, table.OfDays, table.FirstPartialFrom)
	for _, c := range table.Cohorts {
		got += fmt.Sprintln(c.Month, c.Size, c.Active, c.Rolling, c.Revenue)
	}
	want := `2023-01-01 6 10/30 2023-01-15
2023-01-01 2 [2 1 2 1 0 0] [2 2 2 1 0 0] [2.00 1.00 2.00 1.00 0.00 0.00]
2023-02-01 1 [1 1 1 0 0] [1 1 1 0 0] [1.00 1.00 1.00 0.00 0.00]
2023-03-01 0 [0 0 0 0] [0 0 0 0] [0.00 0.00 0.00 0.00]
2023-04-01 0 [0 0 0] [0 0 0] [0.00 0.00 0.00]
2023-05-01 2 [2 1] [2 1] [2.00 1.00]
2023-06-01 0 [0] [0] [0.00]
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A return before the first order that counts belongs to month 0, a later one to the
// month it falls in, where it makes nobody active.
func TestReturnsFallWhereTheyFall(t *testing.T) {
	t.Parallel()
	orders := purchases(t, []string{"2024-01-31", "2024-02-29", "2024-04-01", "2024-05-31"})
	orders.Returned = []model.Money{3, 0, 5, 0}
	orders.Value = []model.Money{0, 10, 0, 100}
	orders.Flags[0], orders.Flags[2] = model.Return, model.Return
	base := mustMeasure(t, orders, model.DefaultSpec())
	table := mustCount(t, base, orders, nil, 1)[0]
	c := table.Cohorts[0]
	got := fmt.Sprint(table.First, table.Months, table.PartialDays, table.OfDays, table.FirstPartialFrom, c.Active, c.Rolling, c.Revenue)
	want := "2024-02-01 4 31 31 2024-02-29 [1 0 0 1] [1 1 1 1] " + fmt.Sprint([]model.Money{7, 0, -5, 100})
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestNobody(t *testing.T) {
	t.Parallel()
	orders := purchases(t, []string{"2024-01-31"})
	spec := model.DefaultSpec()
	spec.AsOf = orders.Day[0]
	base := mustMeasure(t, orders, spec)
	for _, table := range mustCount(t, base, orders, []uint8{}, 2) {
		if table.First != model.NoDay || table.Months != 0 || len(table.Cohorts) != 0 || table.FirstPartialFrom != model.NoDay {
			t.Errorf("%+v", table)
		}
	}
}

// drawWorkspace draws a few customers with a few orders each, over a few years.
func drawWorkspace(t *rapid.T) (*model.Orders, *model.Customers) {
	o := &model.Orders{Start: []int32{0}, Returned: []model.Money{}}
	shop, region := &model.Codes{Words: []string{"", "web", "shop"}}, &model.Codes{Words: []string{"", "East", "West"}}
	for range rapid.IntRange(0, 12).Draw(t, "customers") {
		days := rapid.SliceOfN(rapid.Int32Range(-500, 400), 0, 8).Draw(t, "days")
		slices.Sort(days)
		for _, d := range days {
			flags := model.OrderFlag(rapid.IntRange(1, 3).Draw(t, "flags"))
			var value, returned int64
			if flags&model.Purchase != 0 {
				value = rapid.Int64Range(0, 9).Draw(t, "value")
			}
			if flags&model.Return != 0 {
				returned = rapid.Int64Range(0, 9).Draw(t, "returned")
			}
			o.Day, o.Flags = append(o.Day, model.Day(d)), append(o.Flags, flags)
			o.Value, o.Returned = append(o.Value, model.Money(value)), append(o.Returned, model.Money(returned))
			shop.Code = append(shop.Code, rapid.Uint32Range(0, 2).Draw(t, "channel"))
		}
		o.Start = append(o.Start, int32(o.Len()))
		region.Code = append(region.Code, rapid.Uint32Range(0, 2).Draw(t, "region"))
	}
	o.Attributes = map[string]*model.Codes{"channel": shop}
	return o, &model.Customers{Attributes: map[string]*model.Codes{"region": region}}
}

func drawSpec(t *rapid.T) model.Spec {
	spec := model.DefaultSpec()
	spec.AsOf = model.Day(rapid.SampledFrom([]int32{int32(model.NoDay), -100, 0, 31, 365, 1000}).Draw(t, "as of"))
	spec.Window = rapid.SampledFrom([]model.Window{{}, {}, {Days: 200}, {Months: 1}, {Months: 12}}).Draw(t, "window")
	spec.Returns = rapid.SampledFrom([]model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}).Draw(t, "returns policy")
	spec.Zero = rapid.SampledFrom([]model.ZeroPolicy{model.ZeroKeep, model.ZeroDrop}).Draw(t, "zero policy")
	conditions := []model.Condition{
		{Attribute: "channel", Values: []string{"web"}},
		{Attribute: "region", Values: []string{"East"}, Not: true},
	}
	spec.Where = rapid.SliceOfN(rapid.SampledFrom(conditions), 0, 2).Draw(t, "where")
	return spec
}

// monthText is a month as one reads it; months are told apart by it alone.
func monthText(d model.Day) string { return d.String()[:len("2006-01")] }

// monthAfter counts on from a month, as one does on paper.
func monthAfter(month string, k int) string {
	var year, number int
	if _, err := fmt.Sscanf(month, "%d-%d", &year, &number); err != nil {
		panic(err)
	}
	for ; k > 0; k-- {
		if number++; number > 12 {
			year, number = year+1, 1
		}
	}
	return fmt.Sprintf("%04d-%02d", year, number)
}

// naiveRow is one customer as the verdicts have it.
type naiveRow struct {
	cohort  string
	active  map[string]bool
	last    string
	revenue map[string]model.Money // by month, as it is entered
}

func naiveRows(t *rapid.T, base *rfm.Base, orders *model.Orders, customers *model.Customers) []naiveRow {
	rows := make([]naiveRow, base.Len())
	for i, customer := range base.Customer {
		verdicts, worth, err := base.Verdicts(context.Background(), orders, customers, int(customer))
		if err != nil {
			t.Fatal(err)
		}
		r := naiveRow{active: map[string]bool{}, revenue: map[string]model.Money{}}
		early := model.Money(0)
		for j, verdict := range verdicts {
			month := monthText(orders.Day[int(orders.Start[customer])+j])
			if verdict == rfm.Counts {
				if r.cohort == "" {
					r.cohort = month
				}
				r.active[month] = true
				r.last = month
			}
			if r.cohort == "" {
				early += worth[j]
			} else {
				r.revenue[month] += worth[j]
			}
		}
		r.revenue[r.cohort] += early
		rows[i] = r
	}
	return rows
}

// TestCountEqualsNaive compares every cell of every group with a look at each
// customer, and the members of the cells with those customers.
func TestCountEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders, customers := drawWorkspace(t)
		base, err := rfm.Measure(context.Background(), orders, customers, drawSpec(t))
		if err != nil {
			t.Skip(err)
		}
		groups := rapid.IntRange(1, 3).Draw(t, "groups")
		group := rapid.SliceOfN(rapid.Uint8Range(0, uint8(groups-1)), base.Len(), base.Len()).Draw(t, "group")
		if groups == 1 && rapid.Bool().Draw(t, "no groups") {
			group = nil
		}
		tables, err := cohort.Count(context.Background(), base, orders, customers, group, groups)
		if err != nil {
			t.Fatal(err)
		}
		rows := naiveRows(t, base, orders, customers)
		if len(tables) != groups {
			t.Fatalf("%d tables of %d groups", len(tables), groups)
		}
		for g, table := range tables {
			checkShape(t, table, base, rows)
			of := func(row int) bool { return group == nil || int(group[row]) == g }
			for i, c := range table.Cohorts {
				if len(c.Active) != table.Months-i || len(c.Rolling) != len(c.Active) || len(c.Revenue) != len(c.Active) {
					t.Fatalf("cohort %d of %d months has %d, %d and %d", i, table.Months, len(c.Active), len(c.Rolling), len(c.Revenue))
				}
				if monthText(c.Month) != monthAfter(monthText(table.First), i) {
					t.Fatalf("cohort %d is of %s", i, c.Month)
				}
				for k := range c.Active {
					month := monthAfter(monthText(c.Month), k)
					var active, rolling []int32
					var revenue model.Money
					for row, r := range rows {
						if !of(row) || r.cohort != monthText(c.Month) {
							continue
						}
						revenue += r.revenue[month]
						if r.active[month] {
							active = append(active, int32(row))
						}
						if r.last >= month {
							rolling = append(rolling, int32(row))
						}
					}
					if c.Active[k] != int64(len(active)) || c.Rolling[k] != int64(len(rolling)) || c.Revenue[k] != revenue {
						t.Fatalf("%s, month %d: %d, %d, %s, want %d, %d, %s", c.Month, k, c.Active[k], c.Rolling[k], c.Revenue[k], len(active), len(rolling), revenue)
					}
					if k == 0 && c.Size != int64(len(active)) {
						t.Fatalf("%s: %d customers, want %d", c.Month, c.Size, len(active))
					}
					for isRolling, want := range map[bool][]int32{false: active, true: rolling} {
						got, err := cohort.Members(context.Background(), base, orders, customers, group, uint8(g), cohort.Cell{From: c.Month, To: c.Month, K: k, Rolling: isRolling})
						if err != nil {
							t.Fatal(err)
						}
						if !slices.Equal(got, want) {
							t.Fatalf("%s, month %d, rolling %v: rows %v, want %v", c.Month, k, isRolling, got, want)
						}
					}
				}
			}
		}
	})
}

// checkShape compares what a table says of its months.
func checkShape(t *rapid.T, table *cohort.Table, base *rfm.Base, rows []naiveRow) {
	if len(table.Cohorts) != table.Months {
		t.Fatalf("%d cohorts in %d months", len(table.Cohorts), table.Months)
	}
	first := ""
	for _, r := range rows {
		if first == "" || r.cohort < first {
			first = r.cohort
		}
	}
	seen, of := 0, 0
	for d := base.AsOf - 1 - 40; d < base.AsOf+40; d++ {
		if monthText(d) == monthText(base.AsOf-1) {
			of++
			if d < base.AsOf {
				seen++
			}
		}
	}
	if table.PartialDays != seen || table.OfDays != of {
		t.Fatalf("%d of %d days, want %d of %d", table.PartialDays, table.OfDays, seen, of)
	}
	if first == "" {
		if table.Months != 0 || table.First != model.NoDay {
			t.Fatalf("nobody, but %d months from %s", table.Months, table.First)
		}
		return
	}
	if table.First.String() != first+"-01" || monthText(table.FirstPartialFrom) != first {
		t.Fatalf("from %s, the first order on %s, want %s", table.First, table.FirstPartialFrom, first)
	}
	if last := monthAfter(first, table.Months-1); last != monthText(base.AsOf-1) {
		t.Fatalf("until %s, as of %s", last, base.AsOf)
	}
}

// manyOrders returns reproducible orders of n customers.
func manyOrders(n, mean int) *model.Orders {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	o := &model.Orders{Start: make([]int32, 1, n+1)}
	const from, until = 14_000, 15_100
	for range n {
		joined := from + r.Int32N(until-from)
		days := make([]model.Day, int(r.ExpFloat64()*float64(mean)*1.05))
		for i := range days {
			days[i] = model.Day(joined + r.Int32N(until-joined))
		}
		slices.Sort(days)
		for _, day := range days {
			value, returned, flags := model.Money(math.Exp(r.NormFloat64())*250_000), model.Money(0), model.Purchase
			if r.IntN(20) == 0 {
				value, returned, flags = 0, value/2, model.Return
			}
			o.Day, o.Flags = append(o.Day, day), append(o.Flags, flags)
			o.Value, o.Returned = append(o.Value, value), append(o.Returned, returned)
		}
		o.Start = append(o.Start, int32(o.Len()))
	}
	return o
}

func groupsOf(base *rfm.Base, groups int) []uint8 {
	group := make([]uint8, base.Len())
	for row := range group {
		group[row] = uint8(row % groups)
	}
	return group
}

// Groups make up the whole, and the cells of a cohort are its members, in many parts
// as in one.
func TestGroupsAddUp(t *testing.T) {
	t.Parallel()
	orders := manyOrders(60_000, 3)
	base := mustMeasure(t, orders, model.DefaultSpec())
	whole := mustCount(t, base, orders, nil, 1)[0]
	c := whole.Cohorts[5]
	for k := range c.Active {
		for isRolling, want := range map[bool]int64{false: c.Active[k], true: c.Rolling[k]} {
			got, err := cohort.Members(t.Context(), base, orders, nil, nil, 0, cohort.Cell{From: c.Month, To: c.Month, K: k, Rolling: isRolling})
			if err != nil {
				t.Fatal(err)
			}
			if int64(len(got)) != want || !slices.IsSorted(got) {
				t.Errorf("month %d, rolling %v: %d members, want %d", k, isRolling, len(got), want)
			}
		}
	}
	sum := mustCount(t, base, orders, groupsOf(base, 3), 3)
	for i, c := range whole.Cohorts {
		added := cohort.Cohort{Month: c.Month, Active: make([]int64, len(c.Active)), Rolling: make([]int64, len(c.Active)), Revenue: make([]model.Money, len(c.Active))}
		for _, table := range sum {
			part := table.Cohorts[i]
			added.Size += part.Size
			for k := range added.Active {
				added.Active[k] += part.Active[k]
				added.Rolling[k] += part.Rolling[k]
				added.Revenue[k] += part.Revenue[k]
			}
		}
		if !reflect.DeepEqual(added, c) {
			t.Fatalf("cohort %s: %v, want %v", c.Month, added, c)
		}
	}
}

func TestCountStops(t *testing.T) {
	t.Parallel()
	orders := purchases(t, []string{"2024-01-31"})
	base := mustMeasure(t, orders, model.DefaultSpec())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := cohort.Count(ctx, base, orders, nil, nil, 1); model.CodeOf(err) != model.Cancelled {
		t.Errorf("error %v", err)
	}
	if _, err := cohort.Members(ctx, base, orders, nil, nil, 0, cohort.Cell{From: orders.Day[0], To: orders.Day[0]}); model.CodeOf(err) != model.Cancelled {
		t.Errorf("error %v", err)
	}
}

func TestGroupsOfAnotherBase(t *testing.T) {
	t.Parallel()
	orders := purchases(t, []string{"2024-01-31"})
	base := mustMeasure(t, orders, model.DefaultSpec())
	for name, c := range map[string]struct {
		group  []uint8
		groups int
	}{"too few": {[]uint8{}, 1}, "beyond the last": {[]uint8{1}, 1}, "none, but two": {nil, 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("they were counted")
				}
			}()
			mustCount(t, base, orders, c.group, c.groups)
		})
	}
}

func BenchmarkCohorts(b *testing.B) {
	orders := manyOrders(1_000_000, 10)
	base := mustMeasure(b, orders, model.DefaultSpec())
	group := groupsOf(base, 3)
	b.Run("Count", func(b *testing.B) {
		b.ReportMetric(float64(orders.Len()), "orders")
		b.ReportAllocs()
		for b.Loop() {
			mustCount(b, base, orders, group, 3)
		}
	})
	b.Run("Members", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := cohort.Members(b.Context(), base, orders, nil, group, 1, cohort.Cell{From: base.AsOf - 500, To: base.AsOf - 500, K: 3}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

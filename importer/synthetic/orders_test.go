package synthetic_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/importer/synthetic"
	"strata/model"
)

// row is one row of a file as read back.
type row struct {
	customer, order, date   string
	amount                  model.Money
	region                  string
	channel, category, what string
}

func generate(t testing.TB, o synthetic.Orders) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.Write(t.Context(), &b, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, file []byte) []row {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	const header = "customer_id,order_id,date,amount,region,channel,product_category,product"
	if got := strings.Join(records[0], ","); got != header {
		t.Fatalf("header is %s, want %s", got, header)
	}
	var rows []row
	for _, r := range records[1:] {
		amount, err := model.ParseMoney(r[3])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := model.ParseDay(r[2]); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row{r[0], r[1], r[2], amount, r[4], r[5], r[6], r[7]})
	}
	return rows
}

// The sums pin the bytes: whoever changes them changes every file that was
// ever made with a seed.
func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		orders synthetic.Orders
		sum    string
	}{
		{synthetic.Orders{Customers: 300, Orders: 2000, Seed: 1}, "8ee59428bd974af6"},
		{synthetic.Orders{Customers: 300, Orders: 2000, Seed: 1, Plain: true}, "2c83e67036cd6f3f"},
		{synthetic.Orders{Customers: 300, Orders: 2000, Seed: 2}, "b960ac8ecea69bb8"},
	} {
		sum := sha256.Sum256(generate(t, c.orders))
		if got := hex.EncodeToString(sum[:8]); got != c.sum {
			t.Errorf("%+v: bytes sum up to %s, want %s", c.orders, got, c.sum)
		}
	}
}

func TestCountsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		customers := rapid.IntRange(1, 400).Draw(rt, "customers")
		want := synthetic.Orders{
			Customers: customers,
			Orders:    customers + rapid.IntRange(0, 2000).Draw(rt, "repeats"),
			Seed:      rapid.Uint64().Draw(rt, "seed"),
		}
		rows := read(t, generate(t, want))
		distinct := map[string]bool{}
		orders := map[string]bool{}
		for _, r := range rows {
			distinct[r.customer] = true
			orders[r.order] = true
		}
		if len(rows) != want.Orders || len(distinct) != want.Customers || len(orders) != want.Orders {
			rt.Fatalf("%d rows with %d order ids of %d customers, want %d of %d",
				len(rows), len(orders), len(distinct), want.Orders, want.Customers)
		}
	})
}

func TestRowsAreSortedByDateOverTwoYears(t *testing.T) {
	t.Parallel()
	rows := read(t, generate(t, synthetic.Orders{Customers: 2000, Orders: 20_000, Seed: 3}))
	if !slices.IsSortedFunc(rows, func(a, b row) int { return strings.Compare(a.date, b.date) }) {
		t.Error("rows are not sorted by date")
	}
	if first, last := rows[0].date, rows[len(rows)-1].date; first != "2024-01-01" || last != "2025-12-31" {
		t.Errorf("dates run from %s to %s, want 2024-01-01 to 2025-12-31", first, last)
	}
}

func TestReturnsGiveBackAnEarlierOrder(t *testing.T) {
	t.Parallel()
	rows := read(t, generate(t, synthetic.Orders{Customers: 2000, Orders: 20_000, Seed: 4}))
	orders := map[string]row{}
	returns := 0
	for _, r := range rows {
		if r.amount >= 0 {
			orders[r.order] = r
			continue
		}
		returns++
		order, found := orders["O"+r.order[1:]]
		if r.order[0] != 'R' || !found {
			t.Fatalf("return %s has no order before it", r.order)
		}
		if -r.amount > order.amount {
			t.Errorf("return %s of %s gives back more than the %s of its order", r.order, r.amount, order.amount)
		}
		r.order, r.date, r.amount = order.order, order.date, order.amount
		if r != order {
			t.Errorf("return of %s differs from its order %+v", r.order, order)
		}
	}
	if want := (20_000 - 2000) * 4 / 100; returns != want {
		t.Errorf("%d returns, want %d", returns, want)
	}
}

// The bounds are wide enough for any seed and narrow enough to notice a shape
// that is no longer a shop's.
func TestShapeIsThatOfAShop(t *testing.T) {
	t.Parallel()
	const customers, orders = 10_000, 60_000
	rows := read(t, generate(t, synthetic.Orders{Customers: customers, Orders: orders, Seed: 5}))

	bought := map[string]int{}
	revenue := map[string]model.Money{}
	lastOrder := map[string]string{}
	months := map[string]int{}
	weekdays := [7]int{}
	var zeros int
	var total model.Money
	for _, r := range rows {
		day, _ := model.ParseDay(r.date)
		months[r.date[:7]]++
		weekdays[(day+3)%7]++
		revenue[r.customer] += r.amount
		total += r.amount
		if r.amount == 0 {
			zeros++
		}
		if r.amount >= 0 {
			bought[r.customer]++
			lastOrder[r.customer] = r.date
		}
	}
	once, gone := 0, 0
	for customer, n := range bought {
		if n == 1 {
			once++
		}
		if lastOrder[customer] < "2025-07-01" {
			gone++
		}
	}
	ranked := make([]model.Money, 0, customers)
	for _, m := range revenue {
		ranked = append(ranked, m)
	}
	slices.Sort(ranked)
	var top model.Money
	for _, m := range ranked[customers*8/10:] {
		top += m
	}

	meanMonth := float64(orders) / 24
	for _, c := range []struct {
		what      string
		got       float64
		low, high float64
	}{
		{"share of customers with one order", float64(once) / customers, 0.25, 0.60},
		{"share of customers without an order for half a year", float64(gone) / customers, 0.30, 0.75},
		{"revenue share of the best fifth", float64(top) / float64(total), 0.55, 0.85},
		{"share of zero-value orders", float64(zeros) / orders, 0.001, 0.006},
		{"order value", float64(total) / model.Unit / orders, 40, 80},
		{"December 2024 to the mean month", float64(months["2024-12"]) / meanMonth, 1.2, 2.5},
		{"December 2025 to December 2024", float64(months["2025-12"]) / float64(months["2024-12"]), 1.05, 2},
		{"Saturday to Sunday", float64(weekdays[5]) / float64(weekdays[6]), 1.3, 2},
	} {
		if c.got < c.low || c.got > c.high {
			t.Errorf("%s is %.4f, want %.3f to %.3f", c.what, c.got, c.low, c.high)
		}
	}
}

func TestPlainLeavesOutTheLastColumns(t *testing.T) {
	t.Parallel()
	o := synthetic.Orders{Customers: 100, Orders: 1000, Seed: 6}
	full := generate(t, o)
	o.Plain = true
	var want strings.Builder
	for line := range strings.Lines(string(full)) {
		want.WriteString(strings.Join(strings.Split(strings.TrimSuffix(line, "\n"), ",")[:5], ",") + "\n")
	}
	if got := string(generate(t, o)); got != want.String() {
		t.Errorf("plain rows are not the first five columns of the full ones")
	}
}

func TestImpossibleCountsAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []synthetic.Orders{
		{Customers: 0, Orders: 10},
		{Customers: -1, Orders: 10},
		{Customers: 11, Orders: 10},
	} {
		var b bytes.Buffer
		err := o.Write(t.Context(), &b, nil)
		var e *model.Error
		if !errors.As(err, &e) || e.Code != model.Usage || e.Hint == "" || b.Len() != 0 {
			t.Errorf("%+v: %v after %d bytes, want a usage error with a hint and no bytes", o, err, b.Len())
		}
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestFailedWriteIsTold(t *testing.T) {
	t.Parallel()
	err := synthetic.Orders{Customers: 10, Orders: 100}.Write(t.Context(), full{}, nil)
	if !errors.Is(err, errFull) {
		t.Errorf("got %v, want the writer's own error inside", err)
	}
}

func TestProgressAndCancel(t *testing.T) {
	t.Parallel()
	o := synthetic.Orders{Customers: 1000, Orders: 50_000, Seed: 7}
	var last model.Progress
	if err := o.Write(t.Context(), io.Discard, func(p model.Progress) { last = p }); err != nil {
		t.Fatal(err)
	}
	if last.Done != 50_000 || last.Total != 50_000 {
		t.Errorf("the last report is %+v, want all 50000 rows", last)
	}

	ctx, cancel := context.WithCancel(t.Context())
	err := o.Write(ctx, io.Discard, func(p model.Progress) {
		last = p
		if p.Done >= 10_000 {
			cancel()
		}
	})
	if model.CodeOf(err) != model.Cancelled || last.Done > 11_000 {
		t.Errorf("got %v after %d rows, want cancelled soon after 10000", err, last.Done)
	}
	if err := o.Write(ctx, io.Discard, nil); model.CodeOf(err) != model.Cancelled {
		t.Errorf("got %v from an ended context, want cancelled", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	o := synthetic.Orders{Customers: 10_000, Orders: 100_000, Seed: 8}
	b.ReportAllocs()
	for b.Loop() {
		if err := o.Write(b.Context(), io.Discard, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(o.Orders)*float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}

package rfm_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"strata/analysis/rfm"
	"strata/model"
)

// The reference numbers are those of data/reference, computed with pandas and
// checked with R; METHODS.md there says how.

// realRow is one line of a client file, as far as these tests need it.
type realRow struct {
	customer, order string
	day             model.Day
	amount          model.Money
	isReturn        bool
}

// workspace is real data as the store would hand it over.
type workspace struct {
	orders *model.Orders
	keys   []string // by customer ordinal
}

// roll makes orders of rows, as an import does: rows of one customer and order
// id together, on the day of the first.
func roll(rows []realRow) workspace {
	type order struct {
		customer, number int
		day              model.Day
		value, returned  model.Money
		flags            model.OrderFlag
	}
	var w workspace
	customers := map[string]int{}
	numbers := map[[2]string]int{}
	var orders []order
	for _, r := range rows {
		c, known := customers[r.customer]
		if !known {
			c = len(w.keys)
			customers[r.customer] = c
			w.keys = append(w.keys, r.customer)
		}
		id := [2]string{r.customer, r.order}
		n, known := numbers[id]
		if !known {
			n = len(orders)
			numbers[id] = n
			orders = append(orders, order{customer: c, number: n, day: r.day})
		}
		if r.isReturn {
			orders[n].returned -= r.amount
			orders[n].flags |= model.Return
		} else {
			orders[n].value += r.amount
			orders[n].flags |= model.Purchase
		}
	}
	slices.SortStableFunc(orders, func(a, b order) int {
		if a.customer != b.customer {
			return a.customer - b.customer
		}
		return int(a.day - b.day)
	})
	w.orders = &model.Orders{Start: make([]int32, len(w.keys)+1)}
	for _, o := range orders {
		w.orders.Start[o.customer+1]++
		w.orders.Day = append(w.orders.Day, o.day)
		w.orders.Value = append(w.orders.Value, o.value)
		w.orders.Returned = append(w.orders.Returned, o.returned)
		w.orders.Flags = append(w.orders.Flags, o.flags)
	}
	for c := range w.keys {
		w.orders.Start[c+1] += w.orders.Start[c]
	}
	return w
}

// realData opens a file of the shared data folder, or skips the test.
func realData(t testing.TB, name string) io.Reader {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name))
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("real data is not here: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(name, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// records reads a whole delimited file, header first.
func records(t testing.TB, r io.Reader) [][]string {
	t.Helper()
	c := csv.NewReader(r)
	c.LazyQuotes = true
	all, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func dayOf(t testing.TB, layout, s string) model.Day {
	t.Helper()
	d, err := time.Parse(layout, s)
	if err != nil {
		t.Fatal(err)
	}
	return model.Day(d.Unix() / 86400)
}

func moneyOf(t testing.TB, s string) model.Money {
	t.Helper()
	m, err := model.ParseMoney(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// uciRows keeps the parsed file for all tests of this run.
var uciRows struct {
	sync.Once
	rows []realRow
}

func uci(t testing.TB) workspace {
	t.Helper()
	r := realData(t, "uci_online_retail/OnlineRetail.csv.gz")
	uciRows.Do(func() {
		for _, f := range records(t, r)[1:] {
			invoice, quantity, date, price, customer := f[0], f[3], f[4], f[5], f[6]
			if customer == "" {
				continue
			}
			amount, exact, err := moneyOf(t, price).Times(int64(moneyOf(t, quantity)))
			if err != nil || !exact {
				t.Fatalf("%s × %s: exact %v, %v", quantity, price, exact, err)
			}
			uciRows.rows = append(uciRows.rows, realRow{
				customer: customer, order: invoice, day: dayOf(t, "1/2/2006 15:04", date),
				amount: amount, isReturn: strings.HasPrefix(quantity, "-"),
			})
		}
	})
	return roll(uciRows.rows)
}

func rfmOrders(t testing.TB) workspace {
	t.Helper()
	var rows []realRow
	for i, f := range records(t, realData(t, "r_rfm/rfm_data_orders.csv"))[1:] {
		rows = append(rows, realRow{
			customer: f[0], order: strconv.Itoa(i), day: dayOf(t, time.DateOnly, f[1]), amount: moneyOf(t, f[2]),
		})
	}
	return roll(rows)
}

// reference is one customer of data/reference.
type reference struct {
	recency, frequency string
	monetary           model.Money
	scores             string // method A, three digits
}

func references(t testing.TB, set string) map[string]reference {
	t.Helper()
	all := records(t, realData(t, "reference/"+set+".customers.csv.gz"))
	column := func(name string) int { return slices.Index(all[0], name) }
	r, f, m := column("recency_days"), column("frequency"), column("monetary")
	ra, fa, ma := column("R_A"), column("F_A"), column("M_A")
	customers := map[string]reference{}
	for _, row := range all[1:] {
		customers[row[0]] = reference{row[r], row[f], moneyOf(t, row[m]), row[ra] + row[fa] + row[ma]}
	}
	return customers
}

func day(t testing.TB, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// expectation is what a real data set comes to.
type expectation struct {
	spec      model.Spec
	asOf      string
	customers int64
	orders    int64
	revenue   string
	notTiered rfm.Part
	cuts      [3]string
	scores    [3][]int64 // customers by score 1..5, nil: not checked
	segments  []int64    // customers in the order of the map ten, nil: not checked
	reference string
}

func TestRealData(t *testing.T) {
	t.Parallel()
	spec := func(returns model.ReturnsPolicy, zero model.ZeroPolicy) model.Spec {
		s := model.DefaultSpec()
		s.Returns, s.Zero = returns, zero
		return s
	}
	ofPackage := model.DefaultSpec()
	ofPackage.AsOf = day(t, "2006-12-31")

	for name, c := range map[string]struct {
		load func(testing.TB) workspace
		want expectation
	}{
		"UCI clean": {uci, expectation{
			spec: spec(model.ReturnsIgnore, model.ZeroDrop), asOf: "2011-12-10",
			customers: 4338, orders: 18532, revenue: "8911407.904", notTiered: rfm.Part{Customers: 34, Orders: 37},
			cuts: [3]string{"13.8 33 72 180", "1 2 3 6", "250.194 490.096 942.276 2058.426"},
			scores: [3][]int64{
				{861, 866, 863, 880, 868}, {1493, 835, 508, 802, 700}, {868, 867, 868, 867, 868},
			},
			segments:  []int64{911, 234, 18, 485, 55, 367, 354, 200, 359, 1355},
			reference: "uci_clean",
		}},
		"UCI, a credit note is an order": {uci, expectation{
			spec: spec(model.ReturnsOrders, model.ZeroKeep), asOf: "2011-12-10",
			customers: 4372, orders: 22190, revenue: "8300065.814",
			scores: [3][]int64{
				{874, 850, 884, 860, 904}, {1313, 817, 867, 641, 734}, {875, 874, 874, 874, 875},
			},
			reference: "uci_net",
		}},
		"UCI, default policies": {uci, expectation{
			spec: model.DefaultSpec(), asOf: "2011-12-10",
			customers: 4339, orders: 18536, revenue: "8310477.054",
			notTiered: rfm.Part{Customers: 33, Orders: 36, Value: -104_112_400},
		}},
		"orders of the R package rfm": {rfmOrders, expectation{
			spec: ofPackage, asOf: "2006-12-31",
			customers: 995, orders: 4906, revenue: "464158.00",
			cuts:      [3]string{"114 180 296.4 481", "3 4 5 7", "254.8 381 505.4 665"},
			segments:  []int64{159, 60, 19, 147, 15, 96, 130, 53, 67, 249},
			reference: "rfm_orders_pkg",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.want.check(t, c.load(t))
		})
	}
}

func (want expectation) check(t *testing.T, w workspace) {
	base, err := rfm.Measure(t.Context(), w.orders, nil, want.spec)
	if err != nil {
		t.Fatal(err)
	}
	if got := base.AsOf.String(); got != want.asOf {
		t.Errorf("as of %s, want %s", got, want.asOf)
	}
	if base.Whole.NotTiered != want.notTiered {
		t.Errorf("not tiered %v, want %v", base.Whole.NotTiered, want.notTiered)
	}
	scheme := model.Ten()
	scheme.Spec = want.spec
	rule, _, err := rfm.Resolve(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	figures := rfm.Tally(base, rule, nil)
	total := figures.Total()
	if total.Customers != want.customers || total.Orders != want.orders || total.Revenue.String() != want.revenue {
		t.Errorf("%d customers, %d orders, %s, want %d, %d, %s",
			total.Customers, total.Orders, total.Revenue, want.customers, want.orders, want.revenue)
	}
	if base.Total != total.Flow {
		t.Errorf("measured %v, tallied %v", base.Total, total.Flow)
	}
	for a := model.Recency; a < model.Axes; a++ {
		var cuts []string
		for _, cut := range rule.Cuts[a] {
			cuts = append(cuts, cut.Text(want.spec.Scale(a)))
		}
		if got := strings.Join(cuts, " "); want.cuts[a] != "" && got != want.cuts[a] {
			t.Errorf("%s cuts %s, want %s", a, got, want.cuts[a])
		}
		if got := figures.Scores(rule, a); want.scores[a] != nil && !slices.Equal(got, want.scores[a]) {
			t.Errorf("%s scores %v, want %v", a, got, want.scores[a])
		}
	}
	var segments []int64
	for _, s := range figures.Segments(rule) {
		segments = append(segments, s.Customers)
	}
	if want.segments != nil && !slices.Equal(segments, want.segments) {
		t.Errorf("segments %v, want %v", segments, want.segments)
	}
	if want.reference != "" {
		compareCustomers(t, base, rule, w.keys, references(t, want.reference))
	}
}

// compareCustomers checks measures and scores of every customer.
func compareCustomers(t *testing.T, base *rfm.Base, rule *rfm.Rule, keys []string, want map[string]reference) {
	t.Helper()
	if base.Len() != len(want) {
		t.Errorf("%d customers, the reference has %d", base.Len(), len(want))
	}
	for i := range base.Len() {
		key := keys[base.Customer[i]]
		scores := ""
		for a, v := range []int64{int64(base.Recency[i]), int64(base.Frequency[i]), base.Monetary[i]} {
			scores += strconv.Itoa(rule.Score(model.Axis(a), v))
		}
		got := reference{
			strconv.Itoa(int(base.Recency[i])), strconv.Itoa(int(base.Frequency[i])),
			model.Money(base.Monetary[i]), scores,
		}
		if got != want[key] {
			t.Fatalf("customer %s: %v, want %v", key, got, want[key])
		}
	}
}

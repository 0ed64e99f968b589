package sqlite_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"strata/model"
)

// Headers can be anything; the columns made of them need no quotes in SQL.
func TestHostileHeaders(t *testing.T) {
	t.Parallel()
	headers := []string{
		`a"b; DROP TABLE orders; --`, "", "", "Region", "region", "REGION", "地区", "größe", "1st", "group", "Order", "id", "customer_id",
		"key", "rowid", "date", "value", "nul\x00", "tab\tnew\nline", "\x1b[31mred", "' OR 1=1", strings.Repeat("long ", 100), "___", "e4", "Region",
	}
	var kept []model.IntakeAttribute
	for i := range headers {
		kept = append(kept, model.IntakeAttribute{Name: headers[i], Codes: model.Codes{Words: []string{"", fmt.Sprint("value ", i)}, Code: []uint32{1, 0, 1}}})
	}
	in := synthetic(3, 3)
	in.OrderAttributes, in.CustomerAttributes = kept, kept
	in.Lines = &model.IntakeLines{Order: []int32{0, 1, 2}, Amount: []model.Money{1, 2, 3}, Attributes: kept}
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, in)
	w := open(t, path)
	again := synthetic(3, 3)
	again.OrderAttributes, again.CustomerAttributes = kept, nil
	again.Overlap = model.OverlapAgain
	if _, err := w.Import(t.Context(), []*model.Intake{again}, nil); err != nil {
		t.Fatal(err)
	}
	attributes, err := w.Attributes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(attributes) != 3*len(headers) {
		t.Errorf("%d attributes of %d headers on three subjects", len(attributes), len(headers))
	}
	tables := map[model.Subject]string{model.OfOrder: "orders", model.OfCustomer: "customer", model.OfLine: "order_line"}
	seen := map[string]bool{}
	for i, at := range attributes {
		for _, unique := range []string{string(at.Subject) + "/" + at.Name, string(at.Subject) + "." + at.Column} {
			if seen[unique] {
				t.Errorf("%q twice", unique)
			}
			seen[unique] = true
		}
		// Unquoted on purpose.
		got := query(t, path, fmt.Sprintf("SELECT group_concat(DISTINCT %s) FROM %s", at.Column, tables[at.Subject]))
		if want := fmt.Sprint("value ", i%len(headers)); got != want {
			t.Errorf("%q as %s: %q, want %q", at.Name, at.Column, got, want)
		}
		if at.Subject == model.OfOrder {
			orders, err := w.Orders(t.Context(), at.Name)
			if err != nil {
				t.Fatal(err)
			}
			if got := orders.Attributes[at.Name].Words; !slices.Equal(got, []string{"", fmt.Sprint("value ", i%len(headers))}) {
				t.Errorf("%q: %q", at.Name, got)
			}
		}
	}
	closeStore(t, w)
	if got := query(t, path, "SELECT count(*) FROM order_view"); got != "6" {
		t.Errorf("order_view shows %s orders", got)
	}
	if got := query(t, path, "SELECT count(*) FROM customer_view"); got != "3" {
		t.Errorf("customer_view shows %s customers", got)
	}
}

func TestUnknownAttribute(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	defer closeStore(t, w)
	_, err := w.Orders(t.Context(), "region") // it is the customers'
	if model.CodeOf(err) != model.NotFound {
		t.Error(err)
	}
	hinted(t, err)
	if _, err := w.Orders(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := w.Customers(t.Context(), "Region"); model.CodeOf(err) != model.NotFound {
		t.Error(err)
	}
}

// An order id that a customer already has is kept, and told; the same id at
// another customer is another order.
func TestRepeatedOrdersAndOtherCurrency(t *testing.T) {
	t.Parallel()
	first := file{orders: []order{{customer: "A", key: "1", flags: 1}, {customer: "A", key: "2", flags: 1}, {customer: "B", key: "1", flags: 1}}}.intake("first.csv")
	first.Currency = "GBP"
	second := file{orders: []order{{customer: "B", key: "1", flags: 1}, {customer: "B", key: "2", flags: 1}, {customer: "A", key: "2", flags: 1}, {customer: "C", key: "1", flags: 1}}}.intake("folder/\x1b[31msecond.csv")
	second.Currency = "EUR"
	path := filepath.Join(t.TempDir(), "w.strata")
	if warnings := create(t, path, first); len(warnings) != 0 {
		t.Errorf("%v", warnings)
	}
	w := open(t, path)
	defer closeStore(t, w)
	warnings, err := w.Import(t.Context(), []*model.Intake{second}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Warning{
		{Code: "orders-repeated", Message: `orders of "\x1b[31msecond.csv" already brought by "first.csv": 2 of 4 (50.0%), matched by customer and order id, on 1970-01-01, such as "1" of customer "B"; they are imported and count twice; --overlap drop imports only the new ones`},
		{Code: "currency-differs", Message: `"\x1b[31msecond.csv" is in "EUR" and the workspace in "GBP"; amounts are added up without conversion`},
	}
	if !reflect.DeepEqual(warnings, want) {
		t.Errorf("got %+v", warnings)
	}
	info, err := w.Info(t.Context())
	if err != nil || info.Orders != 7 || info.Customers != 3 || info.Currency != "GBP" || info.Generation != 2 {
		t.Errorf("%+v, %v", info, err)
	}
	if second.Source.ID != 2 {
		t.Errorf("the second source has id %d", second.Source.ID)
	}
}

func TestInfo(t *testing.T) {
	t.Parallel()
	a := file{orders: []order{
		{customer: "A", day: 20, value: 171_000, flags: model.Purchase},
		{customer: "A", day: 10, back: 30_000, flags: model.Return},
	}}
	b := file{orders: []order{{customer: "B", day: -5, value: 1, back: 2, flags: model.Purchase | model.Return}}}
	folder := t.TempDir()
	one, other := filepath.Join(folder, "1.strata"), filepath.Join(folder, "2.strata")
	create(t, one, a.intake("a.csv"), b.intake("b.csv"))
	create(t, other, b.intake("b.csv"), a.intake("a.csv"))
	w := open(t, one)
	defer closeStore(t, w)
	v := open(t, other)
	defer closeStore(t, v)
	info, err := w.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	swapped, err := v.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.Fingerprint == "" || info.Fingerprint != swapped.Fingerprint {
		t.Errorf("fingerprints %q and %q", info.Fingerprint, swapped.Fingerprint)
	}
	info.Fingerprint = ""
	want := model.Info{Path: one, Generation: 1, Customers: 2, Orders: 3, Revenue: 171_001, Returned: 30_002, ReturnOnly: 1, FirstDay: -5, LastDay: 20}
	if info != want {
		t.Errorf("got  %+v\nwant %+v", info, want)
	}
}

func TestSourcesAndRejects(t *testing.T) {
	t.Parallel()
	first, second := file{orders: []order{{customer: "A", flags: 1}}}.intake("first.csv"), file{orders: []order{{customer: "B", flags: 1}}}.intake("second.csv")
	second.Rejects, second.Source.Rows, second.Source.Rejected, second.Source.Reasons = nil, 2_501, 2_500, map[string]int64{"bad-date": 2_500}
	for i := range 2_500 {
		second.Rejects = append(second.Rejects, model.Reject{Line: int64(i + 2), Column: "date", Value: "31/02/2020\x00", Row: "A,\x1b31/02/2020\x00", Code: "bad-date", Reason: "no such day"})
	}
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, first, second)
	w := open(t, path)
	defer closeStore(t, w)
	sources, err := w.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := []model.Source{first.Source, second.Source}; !reflect.DeepEqual(sources, want) {
		t.Errorf("got  %+v\nwant %+v", sources, want)
	}
	for source, want := range map[int64]int{0: 2_501, 1: 1, 2: 2_500, 3: 0} {
		n, line := 0, int64(0)
		for r, err := range w.Rejects(t.Context(), source) {
			if err != nil {
				t.Fatal(err)
			}
			if source == 2 && (r.Line <= line || r.Source != 2 || r.Value != "31/02/2020\x00" || r.Row != "A,\x1b31/02/2020\x00") {
				t.Fatalf("%+v after line %d", r, line)
			}
			line = r.Line
			if n++; n == 5 {
				// The loop may use the workspace.
				if _, err := w.Bench(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n != want {
			t.Errorf("%d rejects of source %d, want %d", n, source, want)
		}
	}
	for _, err := range w.Rejects(t.Context(), 0) {
		if err != nil {
			t.Error(err)
		}
		break // the rest is not read
	}
}

// A file of nothing but refused rows, or none at all, is still a workspace.
func TestImportOfNoOrders(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, &model.Intake{})
	w := open(t, path)
	defer closeStore(t, w)
	info, err := w.Info(t.Context())
	if err != nil || info.FirstDay != model.NoDay || info.LastDay != model.NoDay {
		t.Errorf("%+v, %v", info, err)
	}
	if orders, err := w.Orders(t.Context()); err != nil || orders.Len() != 0 || orders.Customers() != 0 {
		t.Errorf("%v, %v", orders, err)
	}
	if _, err := w.Import(t.Context(), []*model.Intake{synthetic(2, 3)}, nil); err != nil {
		t.Error(err)
	}
	if orders, err := w.Orders(t.Context()); err != nil || orders.Len() != 3 {
		t.Errorf("%v, %v", orders, err)
	}
}

// A sum that cannot be counted exactly is an error, not a wrong figure.
func TestImportOfTooMuchMoney(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	in := synthetic(2, 3)
	in.OrderValue = []model.Money{1 << 62, 1 << 62, 1 << 62}
	w := open(t, path)
	defer closeStore(t, w)
	if _, err := w.Import(t.Context(), []*model.Intake{in}, nil); model.CodeOf(err) != model.Invalid {
		t.Error(err)
	}
}

// Everything may be called at once; a reader sees the data before an import or
// after it, never a mixture.
func TestUseFromManyGoroutines(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(100, 1_000))
	w := open(t, path)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 30 {
				orders, err := w.Orders(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				if n := orders.Len(); n%1_000 != 0 || int(orders.Start[orders.Customers()]) != n || len(orders.Value) != n {
					t.Errorf("%d orders of %d customers", n, orders.Customers())
				}
				customers, err := w.Customers(t.Context(), "region")
				if err != nil || customers.Keys.Len() != len(customers.Attributes["region"].Code) {
					t.Errorf("%v, %v", customers, err)
				}
				if _, err := w.AddEdit(t.Context(), model.Edit{Label: "an edit"}); err != nil {
					t.Error(err)
				}
				if _, err := w.Info(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 5 {
		in := synthetic(200, 1_000)
		in.Overlap = model.OverlapAgain
		if _, err := w.Import(t.Context(), []*model.Intake{in}, nil); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	bench, err := w.Bench(t.Context())
	if err != nil || len(bench.Edits) != 120 {
		t.Errorf("%d edits, %v", len(bench.Edits), err)
	}
	closeStore(t, w)
	if got := query(t, path, "SELECT count(*) FROM orders"); got != "6000" {
		t.Errorf("%s orders", got)
	}
}

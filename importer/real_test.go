package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
)

// realFile returns the path of a file of the shared data, or skips the test.
func realFile(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("real data is not here: %s", path)
	}
	return path
}

// readFile detects and reads a file.
func readFile(t testing.TB, path string) (*importer.Plan, *model.Intake) {
	t.Helper()
	in, err := importer.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	intake, err := importer.Read(t.Context(), in, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan, intake
}

func sum(column []model.Money) model.Money {
	var total model.Money
	for _, m := range column {
		total += m
	}
	return total
}

// The numbers are those of the reference sets uci_online_retail.quality.json
// and uci_net.json.
func TestUCIOnlineRetail(t *testing.T) {
	t.Parallel()
	plan, intake := readFile(t, realFile(t, "uci_online_retail/OnlineRetail.csv.gz"))
	const wantPlan = "customer=CustomerID, order=InvoiceNo, date=InvoiceDate (month first), amount=Quantity × UnitPrice"
	if plan.String() != wantPlan {
		t.Errorf("plan: %s", plan)
	}
	s := intake.Source
	if s.Rows != 541_909 || s.Accepted != 406_829 || s.Rejected != 135_080 || s.Reasons["no-customer"] != 135_080 || len(s.Reasons) != 1 {
		t.Errorf("rows %d, accepted %d, rejected %d: %v", s.Rows, s.Accepted, s.Rejected, s.Reasons)
	}
	if s.Kind != model.KindLines || s.Encoding != "windows-1252" || s.Delimiter != "," {
		t.Errorf("%s, %s, delimiter %q", s.Kind, s.Encoding, s.Delimiter)
	}
	t.Log(s.Plan)
	if n := intake.Customers.Len(); n != 4_372 {
		t.Errorf("%d customers", n)
	}
	if n := len(intake.OrderDay); n != 22_190 {
		t.Errorf("%d orders", n)
	}
	if net := sum(intake.OrderValue) - sum(intake.OrderReturned); net.String() != "8300065.814" {
		t.Errorf("net value %s", net)
	}
	purchases := 0
	for _, f := range intake.OrderFlags {
		if f&model.Purchase != 0 {
			purchases++
		}
	}
	if purchases != 18_536 {
		t.Errorf("%d orders with a purchase", purchases)
	}
}

func TestOrdersOfRPackage(t *testing.T) {
	t.Parallel()
	plan, intake := readFile(t, realFile(t, "r_rfm/rfm_data_orders.csv"))
	if plan.String() != "customer=customer_id, date=order_date, amount=revenue" {
		t.Errorf("plan: %s", plan)
	}
	t.Log(intake.Source.Plan)
	if n := len(intake.OrderDay); n != 4_906 || intake.Customers.Len() != 995 || sum(intake.OrderValue).String() != "464158.00" {
		t.Errorf("%d orders, %d customers, %s", n, intake.Customers.Len(), sum(intake.OrderValue))
	}
}

// All delimited files of the shared data, without any flag: order files are
// read, the rest is refused or asked about in words that help.
func TestRealFilesAtFirstGuess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		want string // the plan, or a part of what is said
		code model.Code
	}{
		{file: "cdnow/CDNOW_master.txt", want: "customer=customer_id, date=date, amount=dollar_value"},
		{file: "cdnow/CDNOW_sample.txt", want: "customer=2, date=3, amount=5"},
		{file: "uci_online_retail/OnlineRetail.csv.gz", want: "customer=CustomerID, order=InvoiceNo, date=InvoiceDate (month first), amount=Quantity × UnitPrice"},
		{file: "r_rfm/rfm_data_orders.csv", want: "customer=customer_id, date=order_date, amount=revenue"},
		// Neither a person could know that emp_id is the customer.
		{file: "chinese/meal_order_info.gbk.csv", want: "emp_id (1000, 1001, 1002), dining_table_id", code: model.Ambiguous},
		// These hold customers, not orders.
		{file: "cdnow/cdnow_customers_summary.csv", want: "no date column", code: model.Invalid},
		{file: "cdnow/cdnow_customers_summary_with_transactions.csv", want: "no date column", code: model.Invalid},
		{file: "r_rfm/rfm_data_customer.csv", want: "summarises each customer in one row", code: model.Invalid},
		{file: "customer_level/marketing_campaign.csv", want: "summarises each customer in one row", code: model.Invalid},
	}
	orders, read := 0, 0
	for _, test := range tests {
		text, code := outcome(t, realFile(t, test.file))
		if code != test.code || !strings.Contains(text, test.want) {
			t.Errorf("%s: got %s", test.file, text)
			continue
		}
		if code != model.Invalid {
			orders++
		}
		if code == "" {
			read++
		}
	}
	t.Logf("of %d real order files %d are read right at the first guess; %d files that hold no orders are refused", orders, read, len(tests)-orders)
}

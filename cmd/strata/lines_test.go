package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// The lines of product 85123A in the UCI file, returns ignored and lines worth
// nothing dropped. The figures are those of this query over the file as text:
//
//	SELECT count(DISTINCT CustomerID), count(DISTINCT CustomerID || ' ' || InvoiceNo), sum(Quantity * UnitPrice)
//	FROM rows WHERE CustomerID <> '' AND StockCode = '85123A' AND Quantity * UnitPrice > 0
func TestFilterOnLinesOfUCI(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "w.strata")
	mustRun(t, exitRefused, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"))
	tiers := func(flags ...string) tiersJSON {
		t.Helper()
		return decodeTiers(t, mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json"}, flags...)...).out)
	}
	sold := []string{"--returns", "ignore", "--zero", "drop"}
	checkTotals(t, tiers(append(sold, "--where", "StockCode=85123A")...), 856, 1978, "100603.50", "2011-12-10")
	checkTotals(t, tiers(append(sold, "--where", "line.stockcode=85123A", "--where", "Country=Germany|France")...), 4, 4, "167.15", "2011-12-10")
	// All lines are all there is, under every policy.
	for _, flags := range [][]string{sold, {}, {"--returns", "orders"}, {"--zero", "drop", "--window", "3m"}} {
		all, some := tiers(flags...), tiers(append(flags, "--where", "StockCode!=none of them")...)
		all.Where, all.Warnings, some.Where, some.Warnings = nil, nil, nil, nil
		if a, b := asJSON(t, all), asJSON(t, some); a != b {
			t.Errorf("%v: all lines are\n%s\nall orders\n%s", flags, b, a)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const linesFile = `customer,order,date,sku,quantity,price,country
A,1,2024-01-05,tea,2,10,DE
A,1,2024-01-05,mug,1,30,DE
A,2,2024-02-05,mug,1,30,DE
B,3,2024-02-10,tea,1,10,FR
B,4,2024-03-01,mug,4,25,FR
B,4,2024-03-01,tea,-1,10,FR
C,5,2024-03-20,mug,1,30,DE
`

// What counts under a filter on lines stands beside the figures.
func TestFilterOnLinesIsTold(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(folder, "lines.csv"), linesFile))
	r := mustRun(t, exitDone, "tiers", w, "--where", "SKU=tea", "--where", "country=DE|FR")
	head := strings.Join(strings.Split(r.out, "\n")[:2], "\n")
	want := w + " · scheme ten · as of 2024-03-21 · 2 customers · 2 orders · 20.00\n" +
		"returns net · zero-value orders counted · window all · frequency in orders · monetary sum · only lines with SKU = tea and country=DE|FR"
	if head != want {
		t.Errorf("%s\nwant:\n%s", head, want)
	}
	if note := "note: only lines with sku = tea count (3 of 7); the value of an order is that of these lines\n"; !strings.Contains(r.err, note) {
		t.Errorf("no %q in\n%s", note, r.err)
	}
	for flag, customers := range map[string]string{
		"sku=tea": "A B", "sku!=tea": "A B C", "line.sku=mug": "A B C", "sku=mug|tea": "A B C", "line.quantity=2": "",
	} {
		r := strata(t, "", "scores", w, "--format", "csv", "--where", flag)
		var got []string
		for _, row := range strings.Split(strings.TrimSpace(r.out), "\n")[1:] {
			got = append(got, row[:1])
		}
		if strings.Join(got, " ") != customers && customers != "" || customers == "" && r.status != exitUsage {
			t.Errorf("%s: status %d, customers %v, want %s", flag, r.status, got, customers)
		}
	}
	r = mustRun(t, exitDone, "customer", w, "A", "--where", "sku=tea", "--where", "country!=FR")
	if head, _, _ := strings.Cut(r.out, "\n"); head != "customer A · scheme ten · as of 2024-03-21 · only lines with sku = tea and country!=FR" {
		t.Errorf("a customer is headed %q", head)
	}
	const orders = `day         order  amount  returned  counts  does not count
2024-01-05  1       50.00      0.00   20.00
2024-02-05  2       30.00      0.00    0.00  filtered out

orders that count: 1 of 2
filtered out: not sku=tea and country!=FR
`
	if !strings.HasSuffix(r.out, orders) {
		t.Errorf("%s\nends without %s", r.out, orders)
	}
	if r := mustRun(t, exitDone, "customer", w, "A", "--where", "sku=tea", "--format", "json"); !strings.Contains(r.out, `"counts": true,
      "counted": "20.00",
`) {
		t.Error(r.out)
	}
	r = mustRun(t, exitUsage, "tiers", w, "--where", "colour=tea")
	if want := `no column "colour" to filter by; there are: country (region), sku (product)`; !strings.Contains(r.err, want) {
		t.Errorf("%s\nwant %s", r.err, want)
	}
}

func TestMarginNeedsACost(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(folder, "lines.csv"), linesFile))
	r := mustRun(t, exitUsage, "tiers", w, "--monetary-measure", "margin")
	if want := "margin cannot be measured: the orders have no cost column; use sum or mean"; !strings.Contains(r.err, want) {
		t.Errorf("%s\nwant %s", r.err, want)
	}
}

// Margin is value less cost: net of what was returned, or where returned value is
// left out of what was bought alone.
func TestMarginOfLinesWithACost(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitDone, "import", w, "--cost", "line", writeFile(t, filepath.Join(folder, "lines.csv"), `customer,order,date,sku,quantity,price,cost
A,1,2024-01-05,tea,2,10,12
A,1,2024-01-05,mug,1,30,18
A,2,2024-02-05,mug,1,30,18
B,3,2024-02-10,tea,1,10,6
B,4,2024-03-01,mug,4,25,72
B,4,2024-03-01,tea,-1,10,6
C,5,2024-03-20,mug,1,30,33
`))
	appended := writeFile(t, filepath.Join(folder, "without.csv"), "customer,order,date,sku,quantity,price\nC,6,2024-03-21,mug,1,30\n")
	for _, test := range []struct {
		flags []string
		want  string // margin of each customer
	}{
		{nil, "A 32.00 B 28.00 C -3.00"},
		{[]string{"--returns", "orders"}, "A 32.00 B 28.00 C -3.00"},
		{[]string{"--returns", "ignore"}, "A 32.00 B 32.00 C -3.00"},
		{[]string{"--returns", "ignore", "--where", "sku=tea"}, "A 8.00 B 4.00"},
		{[]string{"--where", "sku!=tea"}, "A 24.00 B 28.00 C -3.00"},
		{[]string{"import"}, ""},
		{nil, "A 32.00 B 28.00 C 27.00"},
	} {
		if test.want == "" {
			mustRun(t, exitDone, "import", w, appended)
			continue
		}
		var got []string
		r := mustRun(t, exitDone, append([]string{"scores", w, "--format", "csv", "--monetary-measure", "margin"}, test.flags...)...)
		for _, row := range strings.Split(strings.TrimSpace(r.out), "\n")[1:] {
			cells := strings.Split(row, ",")
			got = append(got, cells[0], cells[5])
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%v: %s, want %s", test.flags, text, test.want)
		}
	}
	r := mustRun(t, exitDone, "tiers", w, "--monetary-measure", "margin")
	if note := "note: orders without a known cost: 1; their cost is taken as 0\n"; !strings.Contains(r.err, note) {
		t.Errorf("no %q in\n%s", note, r.err)
	}
	if line := "· frequency in orders · monetary margin\n"; !strings.Contains(r.out, line) {
		t.Errorf("no %q in\n%s", line, r.out)
	}
}

// A column that is the same on all lines of an order in one file, and not in
// another, is filtered by over both.
func TestFilterOnWhatDiffersInOneFileOnly(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	const head = "customer,order,date,sku,quantity,price,channel\n"
	may := writeFile(t, filepath.Join(folder, "may.csv"), head+"A,1,2024-05-01,tea,1,10,web\nA,1,2024-05-01,mug,1,30,web\nB,2,2024-05-02,mug,1,30,shop\n")
	june := writeFile(t, filepath.Join(folder, "june.csv"), head+"A,3,2024-06-01,tea,1,11,web\nA,3,2024-06-01,mug,1,31,shop\nB,4,2024-06-02,mug,1,31,web\n")
	for _, files := range [][]string{{may, june}, {june, may}} {
		w := filepath.Join(t.TempDir(), "w.strata")
		mustRun(t, exitDone, "import", w, files[0])
		mustRun(t, exitDone, "import", w, files[1])
		for where, want := range map[string]string{"channel=web": "82.00", "channel=shop": "61.00", "channel!=shop": "82.00", "line.channel=web": "42.00", "order.channel=web": "40.00"} {
			if j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json", "--where", where).out); string(j.Revenue) != want || j.AsOf != "2024-06-03" {
				t.Errorf("%s: %s as of %s, want %s", where, j.Revenue, j.AsOf, want)
			}
		}
	}
}

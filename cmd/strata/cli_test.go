package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// result is what one run of the program did.
type result struct {
	status   int
	out, err string
}

// strata runs the program in this process, without a terminal.
func strata(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(t.Context(), args, streams{in: strings.NewReader(stdin), out: &out, err: &errs})
	return result{status, out.String(), errs.String()}
}

// mustRun runs the program and expects an exit status.
func mustRun(t *testing.T, status int, args ...string) result {
	t.Helper()
	r := strata(t, "", args...)
	if r.status != status {
		t.Fatalf("strata %s: exit status %d, want %d\n%s%s", strings.Join(args, " "), r.status, status, r.out, r.err)
	}
	return r
}

// sharedData returns the path of a real data file, or skips the test.
func sharedData(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: real data is missing: %v", err)
	}
	return path
}

func decodeTiers(t *testing.T, text string) tiersJSON {
	t.Helper()
	var j tiersJSON
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return j
}

// importInJSON is what an import tells.
type importInJSON struct {
	Customers, Orders int
	Revenue           string
	Files             []struct {
		Kind                     string
		PlanFile                 string `json:"plan_file"`
		Rows, Accepted, Rejected int64
		Reasons                  map[string]int64
		RefusedValue             string `json:"refused_value"`
		RefusedReturned          string `json:"refused_returned"`
		RefusedValued            int64  `json:"refused_valued"`
	}
}

func TestOnlineRetail(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "shop.strata")
	imported := mustRun(t, exitRefused, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"), "--format", "json")
	var account importInJSON
	if err := json.Unmarshal([]byte(imported.out), &account); err != nil {
		t.Fatal(err)
	}
	if f := account.Files[0]; f.Rows != 541_909 || f.Accepted != 406_829 || f.Rejected != 135_080 || f.Kind != "lines" || f.Reasons["no-customer"] != 135_080 || f.RefusedValue != "1755276.64" || f.RefusedReturned != "307594.52" || f.RefusedValued != 135_080 {
		t.Errorf("account of the file: %+v", f)
	}
	if account.Customers != 4_372 || account.Orders != 22_190 {
		t.Errorf("stored: %+v", account)
	}

	t.Run("returns ignored, zero dropped", func(t *testing.T) {
		j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--returns", "ignore", "--zero", "drop", "--format", "json").out)
		checkTotals(t, j, 4_338, 18_532, "8911407.904", "2011-12-10")
		if got, want := numbers(j.Cuts.Recency), "13.8 33 72 180"; got != want {
			t.Errorf("recency cuts %s, want %s", got, want)
		}
		if got, want := numbers(j.Cuts.Frequency), "1 2 3 6"; got != want {
			t.Errorf("frequency cuts %s, want %s", got, want)
		}
		if got, want := strings.Join(plainAmounts(j.Cuts.Monetary), " "), "250.194 490.096 942.276 2058.426"; got != want {
			t.Errorf("monetary cuts %s, want %s", got, want)
		}
		checkGroups(t, j, "1163 1261 1914", "911 234 18 485 55 367 354 200 359 1355")
		if share := *j.Tiers[0].RevenueShare; share < 0.7495 || share > 0.7505 {
			t.Errorf("HIGH brings %.4f of revenue, want 75.0 %%", share)
		}
	})
	t.Run("every customer as in the reference", func(t *testing.T) {
		compareScores(t, w, "uci_clean", "--returns", "ignore", "--zero", "drop")
	})
	t.Run("credit notes as orders", func(t *testing.T) {
		j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--returns", "orders", "--format", "json").out)
		checkTotals(t, j, 4_372, 22_190, "8300065.814", "2011-12-10")
		compareScores(t, w, "uci_net", "--returns", "orders")
	})
	t.Run("default policies", func(t *testing.T) {
		j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out)
		checkTotals(t, j, 4_339, 18_536, "8310477.054", "2011-12-10")
		if j.NotTiered.Customers != 33 || j.NotTiered.Value != "-10411.24" {
			t.Errorf("not tiered: %+v, want 33 customers and -10411.24", j.NotTiered)
		}
	})
	t.Run("a filter on a kept column", func(t *testing.T) {
		j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--where", "country=Germany", "--format", "json").out)
		if j.Customers != 94 || j.AsOf != "2011-12-10" {
			t.Errorf("Germany: %d customers as of %s, want 94 as of 2011-12-10", j.Customers, j.AsOf)
		}
		r := mustRun(t, exitUsage, "tiers", w, "--where", "colour=red")
		if !strings.Contains(r.err, "Country") {
			t.Errorf("the message does not say what there is: %s", r.err)
		}
	})
	t.Run("the same content again", func(t *testing.T) {
		r := mustRun(t, exitFailed, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"))
		if !strings.Contains(r.err, "--again") {
			t.Errorf("message: %s", r.err)
		}
	})
	t.Run("rejects", func(t *testing.T) {
		r := mustRun(t, exitDone, "rejects", w, "--limit", "1", "--format", "json")
		var rows []struct {
			Line              int64
			Column, Code, Row string
		}
		if err := json.Unmarshal([]byte(r.out), &rows); err != nil || len(rows) != 1 {
			t.Fatalf("%v: %s", err, r.out)
		}
		// The first row without a customer is invoice 536414 on line 624.
		if rows[0].Line != 624 || rows[0].Column != "CustomerID" || rows[0].Code != "no-customer" || rows[0].Row != "536414,22139,,56,12/1/2010 11:52,0,,United Kingdom" {
			t.Errorf("first reject: %+v", rows[0])
		}
	})
}

func checkTotals(t *testing.T, j tiersJSON, customers, orders int64, revenue, asOf string) {
	t.Helper()
	if j.Customers != customers || j.Orders != orders || string(j.Revenue) != revenue || j.AsOf != asOf {
		t.Errorf("%d customers, %d orders, %s, as of %s; want %d, %d, %s, %s",
			j.Customers, j.Orders, j.Revenue, j.AsOf, customers, orders, revenue, asOf)
	}
}

func checkGroups(t *testing.T, j tiersJSON, tiers, segments string) {
	t.Helper()
	if got := customersOf(j.Tiers); got != tiers {
		t.Errorf("tiers %s, want %s", got, tiers)
	}
	if got := customersOf(j.Segments); got != segments {
		t.Errorf("segments %s, want %s", got, segments)
	}
}

func customersOf(groups []printedGroup) string {
	var counts []string
	for _, g := range groups {
		counts = append(counts, strconv.FormatInt(g.Customers, 10))
	}
	return strings.Join(counts, " ")
}

func numbers(list []json.Number) string {
	var texts []string
	for _, n := range list {
		texts = append(texts, n.String())
	}
	return strings.Join(texts, " ")
}

// compareScores compares `strata scores` with the reference file of a data
// set, customer by customer.
func compareScores(t *testing.T, workspace, set string, flags ...string) {
	t.Helper()
	want := referenceCustomers(t, set)
	r := mustRun(t, exitDone, append([]string{"scores", workspace, "--format", "json"}, flags...)...)
	var scores []scoreJSON
	if err := json.Unmarshal([]byte(r.out), &scores); err != nil {
		t.Fatal(err)
	}
	if len(scores) != len(want) {
		t.Errorf("%d customers, want %d", len(scores), len(want))
	}
	differ := 0
	for _, s := range scores {
		w, ok := want[s.Customer]
		if !ok { // the reference drops leading zeros
			w, ok = want[strings.TrimLeft(s.Customer, "0")]
		}
		got := map[string]string{
			"last_order": s.LastOrder, "recency_days": strconv.Itoa(int(s.Recency)), "frequency": strconv.Itoa(int(s.Orders)),
			"R_A": strconv.Itoa(s.R), "F_A": strconv.Itoa(s.F), "M_A": strconv.Itoa(s.M), "tier_score3_A": s.Tier,
		}
		for column, value := range got {
			if ok = ok && strings.EqualFold(w[column], value); !ok {
				break
			}
		}
		money, err := strconv.ParseFloat(w["monetary"], 64)
		if mine, _ := strconv.ParseFloat(string(s.Monetary), 64); err != nil || mine-money > 0.0051 || money-mine > 0.0051 {
			ok = false
		}
		if !ok {
			if differ++; differ <= 3 {
				t.Errorf("customer %s: %+v, want %v", s.Customer, s, w)
			}
		}
	}
	if differ > 0 {
		t.Errorf("%d of %d customers differ", differ, len(scores))
	}
}

func referenceCustomers(t *testing.T, set string) map[string]map[string]string {
	t.Helper()
	f, err := os.Open(sharedData(t, "reference/"+set+".customers.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	customers := make(map[string]map[string]string, len(rows))
	for _, row := range rows[1:] {
		customer := make(map[string]string, len(row))
		for i, value := range row {
			customer[rows[0][i]] = value
		}
		customers[row[0]] = customer
	}
	return customers
}

func TestRPackageOrders(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "r.strata")
	mustRun(t, exitDone, "import", w, sharedData(t, "r_rfm/rfm_data_orders.csv"))
	j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--as-of", "2006-12-31", "--format", "json").out)
	checkTotals(t, j, 995, 4_906, "464158.00", "2006-12-31")
	checkGroups(t, j, "238 388 369", "159 60 19 147 15 96 130 53 67 249")
}

const smallOrders = `order,client,bought,total
1,Ann,2024-01-05,10.00
2,Bob,2024-02-10,20.50
3,Ann,2024-03-15,5.25
4,,2024-03-16,1.00
5,Cid,2024-13-45,1.00
6,Dee,2024-03-17,abc
7,Dee,2024-03-18,-4.00
8,Dee,2024-03-19,7.00
`

func TestBadRowsAreToldByPlace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "orders.csv")
	if err := os.WriteFile(file, []byte(smallOrders), 0o644); err != nil {
		t.Fatal(err)
	}
	w := filepath.Join(dir, "w.strata")
	r := mustRun(t, exitRefused, "import", w, file)
	if !strings.Contains(r.out, "8 rows read, 5 accepted, 3 refused (37.5%)") {
		t.Errorf("account: %s", r.out)
	}
	rejects := mustRun(t, exitDone, "rejects", w, "--format", "csv").out
	for _, want := range []string{",5,client,,no-customer,", ",6,bought,2024-13-45,bad-date,", ",7,total,abc,bad-amount,"} {
		if !strings.Contains(rejects, want) {
			t.Errorf("rejects lack %q:\n%s", want, rejects)
		}
	}
	sources := mustRun(t, exitDone, "sources", w, "--format", "json").out
	if !strings.Contains(sources, `"rejected": 3`) {
		t.Errorf("sources: %s", sources)
	}

	stopped := filepath.Join(dir, "stopped.strata")
	if r := mustRun(t, exitFailed, "import", stopped, file, "--on-bad", "stop"); !strings.Contains(r.err, file+":5") {
		t.Errorf("--on-bad stop does not name the place: %s", r.err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "stopped*")); left != nil {
		t.Errorf("a refused first import left %v", left)
	}
}

func TestFromFileAndStdinKeepNothing(t *testing.T) {
	t.Parallel()
	fromStdin := strata(t, smallOrders, "tiers", "--from", "-", "--format", "json")
	if fromStdin.status != exitDone {
		t.Fatalf("status %d: %s", fromStdin.status, fromStdin.err)
	}
	j := decodeTiers(t, fromStdin.out)
	checkTotals(t, j, 3, 4, "38.75", "2024-03-20") // the credit note takes 4.00 off
	if !strings.Contains(fromStdin.err, "3 refused") {
		t.Errorf("the refused rows are not told: %s", fromStdin.err)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.strata")
	if err := os.WriteFile(text, []byte("not a workspace, just text that is long enough to be looked at\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		status int
		want   string // in stderr
		args   []string
	}{
		{"unknown word", exitUsage, "tiers", []string{"tires"}},
		{"unknown flag", exitUsage, "--help", []string{"tiers", "--colour"}},
		{"unknown format", exitUsage, "text, csv, json", []string{"version", "--format", "xml"}},
		{"no workspace named", exitUsage, "workspace", []string{"tiers"}},
		{"no such workspace", exitFailed, "strata import", []string{"tiers", filepath.Join(dir, "no.strata")}},
		{"no such file", exitFailed, "no.csv", []string{"import", filepath.Join(dir, "a.strata"), filepath.Join(dir, "no.csv")}},
		{"a folder", exitFailed, "folder", []string{"import", filepath.Join(dir, "a.strata"), dir}},
		{"not a workspace", exitFailed, "workspace", []string{"tiers", text}},
		{"no terminal", exitFailed, "terminal", []string{text}},
		{"bad cuts", exitUsage, "--recency", []string{"tiers", text, "--recency", "a,b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := mustRun(t, c.status, c.args...)
			if !strings.Contains(r.err, c.want) || strings.Count(strings.TrimSpace(r.err), "\n") > 2 {
				t.Errorf("message %q, want one that contains %q", r.err, c.want)
			}
		})
	}
}

func TestGenerateIsRepeatable(t *testing.T) {
	t.Parallel()
	a := mustRun(t, exitDone, "generate", "--customers", "50", "--orders", "200", "--seed", "3", "--out", "-").out
	b := mustRun(t, exitDone, "generate", "--customers", "50", "--orders", "200", "--seed", "3", "--out", "-").out
	if a != b || strings.Count(a, "\n") != 201 {
		t.Errorf("two runs differ, or %d lines instead of 201", strings.Count(a, "\n"))
	}
	file := filepath.Join(t.TempDir(), "o.csv")
	mustRun(t, exitDone, "generate", "--customers", "50", "--orders", "200", "--out", file)
	if r := mustRun(t, exitFailed, "generate", "--out", file); !strings.Contains(r.err, "--force") {
		t.Errorf("overwriting is not refused: %s", r.err)
	}
}

package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	answerjson "strata/model/answer/json"
	"strata/model/sqlite"
	"strata/tui/session"
	"strata/tui/session/question"
)

// explainer runs the statements of explanations on the file itself, and compares what
// they give with the values.
type explainer struct {
	path          string
	session       *session.Session
	db            *sql.DB
	equal, unsaid int             // statements that gave the value, and figures without one
	why           map[string]bool // reasons
}

func newExplainer(t *testing.T, path string) *explainer {
	t.Helper()
	store, err := sqlite.OpenToRead(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &explainer{path: path, session: s, db: db, why: map[string]bool{}}
}

// check compares every figure under a scheme, of cohorts as many as are asked for. It
// reports whether the scheme can be measured.
func (x *explainer) check(t *testing.T, scheme model.Scheme, cohorts int, random *rand.Rand) bool {
	t.Helper()
	standing, _, err := x.session.Standing(t.Context(), scheme)
	if err != nil {
		if code := model.CodeOf(err); code != model.Empty && code != model.Usage {
			t.Error(err)
		}
		return false
	}
	figures, err := question.Figures(t.Context(), standing)
	if err != nil {
		t.Fatal(err)
	}
	months := 0
	for _, f := range figures {
		if f.OfCohort {
			months++
		}
	}
	for _, f := range figures {
		if f.OfCohort && random.IntN(months) >= cohorts {
			continue
		}
		var text bytes.Buffer
		if err := answerjson.Write(&text, f.Explain()); err != nil {
			t.Fatal(err)
		}
		x.compare(t, scheme, text.Bytes())
	}
	return true
}

func (x *explainer) compare(t *testing.T, scheme model.Scheme, text []byte) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	told := map[string]any{}
	if err := d.Decode(&told); err != nil {
		t.Fatal(err)
	}
	statement, there := told["sql"].(string)
	why, not := told["no_sql"].(string)
	if there == not {
		t.Fatalf("%v: a statement and why there is none, or neither: %s", told["id"], text)
	}
	if not {
		x.unsaid++
		x.why[why] = true
		return
	}
	want, ok := told["value"].([]any)
	if !ok {
		want = []any{told["value"]}
	}
	rows, err := x.db.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%v: %v in\n%s", told["id"], err, statement)
	}
	defer rows.Close()
	var got []any
	for rows.Next() {
		var v any
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		got = append(got, v)
	}
	same := rows.Err() == nil && len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		same = sameFigure(want[i], got[i])
	}
	if !same {
		t.Errorf("%v under %s, %+v: %v, but the statement gives %v (%v):\n%s", told["id"], scheme.Name, scheme.Spec, want, got, rows.Err(), statement)
		return
	}
	x.equal++
}

// sameFigure compares a value as JSON has it with what a statement gave: amounts, which
// are texts, to the ten-thousandth (a cut to its six decimals), counts exactly, and all
// else to 1e-12.
func sameFigure(want, got any) bool {
	var text string
	switch w := want.(type) {
	case nil:
		return got == nil
	case json.Number:
		text = w.String()
	case string:
		text = w
	}
	wanted, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return false
	}
	_, isMoney := want.(string)
	switch g := got.(type) {
	case int64:
		return strconv.FormatInt(g, 10) == text
	case float64:
		_, decimals, _ := strings.Cut(text, ".")
		switch {
		case len(decimals) == 5 || len(decimals) == 6: // a cut, rounded
			return math.Abs(g-wanted) <= 5.1e-7*max(1, math.Abs(wanted)*1e-6)
		case isMoney:
			return math.Round(g*model.Unit) == math.Round(wanted*model.Unit) && math.Abs(g-wanted) < 1e-9*max(1, math.Abs(wanted))
		}
		return math.Abs(g-wanted) <= 1e-12*max(1, math.Abs(wanted))
	}
	return false
}

// schemes with something different each: measures, policies, windows, filters and maps.
func randomScheme(t *testing.T, random *rand.Rand, days []string, wheres []model.Condition) model.Scheme {
	t.Helper()
	pick := func(all ...string) string { return all[random.IntN(len(all))] }
	scheme, ok := rfm.Preset(pick(model.MapNames...))
	if !ok {
		t.Fatal("no preset")
	}
	spec := &scheme.Spec
	spec.Returns = model.ReturnsPolicy(pick("net", "ignore", "orders"))
	spec.Zero = model.ZeroPolicy(pick("keep", "drop"))
	spec.Frequency = model.FrequencyMeasure(pick("orders", "orders", "days", "months", "per-month"))
	spec.Monetary = model.MonetaryMeasure(pick("sum", "sum", "mean", "margin"))
	spec.Window, _ = model.ParseWindow(pick("all", "all", "6m", "100d", "1m"))
	if day := pick(append(days, "")...); day != "" {
		spec.AsOf, _ = model.ParseDay(day)
	}
	for range random.IntN(3) {
		spec.Where = append(spec.Where, wheres[random.IntN(len(wheres))])
	}
	methods := model.Methods[:len(model.Methods)-1] // all but fixed
	for a := range scheme.Cuts {
		method := model.Method(pick("quantile", "quantile", "quantile", "quantile", "rfm-r", "rfm-r", "mean", string(methods[random.IntN(len(methods))])))
		if method == model.MethodMean && scheme.Map != "ten" && scheme.Map != "value" {
			continue
		}
		if scheme.Cuts[a] = (model.AxisCuts{Method: method}); method == model.MethodMean {
			scheme.Levels[a] = 2
		}
	}
	if scheme.Map == "ten" || scheme.Map == "value" {
		for a := range scheme.Levels {
			if scheme.Cuts[a].Method != model.MethodMean {
				scheme.Levels[a] = 2 + random.IntN(5)
			}
			scheme.Value.Weights[a] = random.IntN(4)
		}
		low, high := scheme.Value.Min(), scheme.Value.Max()
		if low > 0 {
			scheme.Value.Cuts[0] = low + random.IntN(high-low+1)
			scheme.Value.Cuts[1] = scheme.Value.Cuts[0] + random.IntN(high-scheme.Value.Cuts[0]+2)
		}
		if random.IntN(3) == 0 {
			scheme.Value.Shares = [2]int{20, 30}
		}
	}
	return scheme
}

// hostileOrders are orders with returns, orders worth nothing and costs, and with names
// and values that a statement has to write with care.
func hostileOrders(random *rand.Rand) string {
	values := []string{"it's", `"quoted ""twice"""`, "x'; DROP TABLE orders; --", "/* x */", "", "ß ⁂ 东", "\x1b[31mred", "back\\slash", "NULL", "0"}
	var b strings.Builder
	b.WriteString("customer_id,order_id,date,amount,cost,\"o'clock \"\"x\"\"; --\",region\n")
	for order := range 400 {
		customer := random.IntN(60)
		amount := float64(random.IntN(90000)) / 100
		switch random.IntN(9) {
		case 0:
			amount = 0
		case 1:
			amount = -amount
		}
		fmt.Fprintf(&b, "C%02d,O%d,2024-%02d-%02d,%.2f,%.2f,%s,%s\n", customer, order, 1+random.IntN(9), 1+random.IntN(28), amount, amount/2+0.31,
			values[random.IntN(len(values))], values[customer%len(values)])
	}
	return b.String()
}

// Every statement gives the figure that it explains, whatever is measured and however.
func TestStatementsGiveTheFigures(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 11))
	folder := t.TempDir()
	w := filepath.Join(folder, "it's W.strata")
	orders := writeFile(t, filepath.Join(folder, "orders.csv"), hostileOrders(random))
	strata(t, "", "import", w, orders)
	x := newExplainer(t, w)
	columns, err := x.session.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var wheres []model.Condition
	for _, name := range []string{`o'clock "x"; --`, "region"} {
		for _, values := range [][]string{{"it's"}, {`quoted "twice"`, "x'; DROP TABLE orders; --"}, {""}, {"\x1b[31mred", "0"}, {"NULL", "nobody's"}} {
			for _, not := range []bool{false, true} {
				where := model.Condition{Attribute: name, Values: values, Not: not}
				if err := columns.Check(where); err != nil {
					t.Fatal(err)
				}
				wheres = append(wheres, where)
			}
		}
	}
	measured := 0
	for range 24 {
		if x.check(t, randomScheme(t, random, []string{"2024-06-15", "2024-03-01"}, wheres), 12, random) {
			measured++
		}
	}
	t.Logf("%d schemes: %d statements gave the value, %d figures have none: %v", measured, x.equal, x.unsaid, x.why)
	if measured < 18 || x.equal < 2000 {
		t.Errorf("only %d schemes were measured, and %d statements run", measured, x.equal)
	}
}

// The same on the sample, every month of every cohort included, and with fair rules.
func TestStatementsOnTheSample(t *testing.T) {
	folder := goldenFolder(t)
	x, random := newExplainer(t, filepath.Join(folder, "W")), rand.New(rand.NewPCG(1, 2))
	for _, name := range model.MapNames {
		scheme, _ := rfm.Preset(name)
		x.check(t, scheme, 0, random)
	}
	own := model.Ten() // with slugs that something else has
	own.Map, own.Regions = "", regionsOf(t, "high", "4**", "share", "[35]5* 21*", "all", "1[1-3]2", "cohort", "")
	x.check(t, own, 0, random)
	x.check(t, model.Ten(), math.MaxInt, random)
	if x.unsaid > 0 || x.equal < 1000 {
		t.Errorf("%d figures without a statement, %d with: %v", x.unsaid, x.equal, x.why)
	}
	kept := mustRun(t, exitDone, "explain", "W", "high.customers", "--scheme", "fair.yaml", "--format", "json").out
	if !strings.Contains(kept, `"sql": null`) || !strings.Contains(kept, "Fair rules keep customers in another tier") {
		t.Error(kept)
	}
}

// regionsOf makes a map of slugs, each in the tier low, and cells.
func regionsOf(t *testing.T, all ...string) (regions []model.Region) {
	t.Helper()
	for i := 0; i < len(all); i += 2 {
		region := model.Region{Segment: model.Segment{Slug: all[i], Label: all[i], Tier: model.TierLow}}
		for cell := range strings.FieldsSeq(all[i+1]) {
			pattern, err := model.ParsePattern(cell)
			if err != nil {
				t.Fatal(err)
			}
			region.Cells = append(region.Cells, pattern)
		}
		regions = append(regions, region)
	}
	return regions
}

func TestStatementsOnUCI(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: imports half a million lines")
	}
	folder := t.TempDir()
	w := filepath.Join(folder, "R")
	file := filepath.Join(folder, "OnlineRetail.csv")
	copyFile(t, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"), file)
	mustRun(t, exitRefused, "import", w, file, "--currency", "GBP")
	x, random := newExplainer(t, w), rand.New(rand.NewPCG(3, 4))
	germany := model.Ten()
	germany.Spec.Where = []model.Condition{{Attribute: "country", Values: []string{"Germany", "EIRE"}, Not: true}}
	germany.Spec.Returns, germany.Spec.Zero, germany.Spec.Window = model.ReturnsIgnore, model.ZeroDrop, model.Window{Months: 6}
	x.check(t, germany, 8, random)
	if x.unsaid > 0 || x.equal < 80 {
		t.Errorf("%d figures without a statement, %d with: %v", x.unsaid, x.equal, x.why)
	}
}

// What is printed can be pasted: the sqlite3 shell takes it from standard input as it
// stands.
func TestStatementsInTheShell(t *testing.T) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("SKIPPED: there is no sqlite3 shell")
	}
	goldenFolder(t)
	for _, c := range []struct{ args, want string }{
		{"high.customers", ""}, {"all.revenue", ""}, {"share.gini --where region!=East", ""}, {"mid.orders --window 12m --zero drop", ""}, {"cohort.2024-03.1.active", ""},
	} {
		args := append([]string{"explain", "W"}, strings.Fields(c.args)...)
		text := mustRun(t, exitDone, args...).out
		_, statement, found := strings.Cut(text, "\nWITH ")
		if !found {
			t.Fatalf("no statement in\n%s", text)
		}
		cmd := exec.CommandContext(t.Context(), shell, "-readonly", "-bail", "W")
		cmd.Stdin = strings.NewReader("WITH " + statement)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", c.args, err, out)
		}
		told := map[string]any{}
		if err := json.Unmarshal([]byte(mustRun(t, exitDone, append(args, "--format", "json")...).out), &told); err != nil {
			t.Fatal(err)
		}
		got, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		want, bad := strconv.ParseFloat(fmt.Sprint(told["value"]), 64)
		if err != nil || bad != nil || math.Abs(got-want) > 1e-12*max(1, want) {
			t.Errorf("%s: %v, but the shell prints %s", c.args, told["value"], out)
		}
	}
}

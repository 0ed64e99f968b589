package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// invocation is a command line of which all that is printed is pinned: stdout,
// stderr and the exit status. A word that begins with  is a file of the folder;
// the line is cut at blanks, of which _ is one that does not cut.
type invocation struct {
	name, line string
	formats    string // those asked for, all three where empty
}

// invocations of every command, on the sample or, as real, on UCI's half a
// million lines.
var invocations = []invocation{
	{name: "tiers", line: "tiers W", formats: "text csv json markdown html"},
	{name: "tiers-eight", line: "tiers W --scheme eight"},
	{name: "tiers-limited", line: "tiers W --as-of 2025-06-01 --window 12m --where region=East --returns ignore --zero drop"},
	{name: "tiers-cuts", line: "tiers W --recency 14,45,90,180 --frequency 1,2,3,6"},
	{name: "tiers-per-month", line: "tiers W --frequency-measure per-month --monetary-measure mean"},
	{name: "tiers-fair", line: "tiers W --scheme fair.yaml", formats: "text csv json markdown html"},
	{name: "tiers-shares", line: "tiers W --shares 15,35 --levels 3"},
	{name: "tiers-ntile", line: "tiers W --method ntile"},
	{name: "tiers-nobody", line: "tiers W --where region=Atlantis"},
	{name: "tiers-from", line: "tiers --from orders.csv"},
	{name: "tiers-from-counts", line: "tiers --from counts.csv"},
	{name: "matrix", line: "matrix W", formats: "text csv json markdown html"},
	{name: "matrix-revenue", line: "matrix W --rows recency --cols monetary --value revenue --slice 3"},
	{name: "scores", line: "scores W --tier high --sort monetary --limit 8", formats: "text csv json markdown html"},
	{name: "scores-eleven", line: "scores W --scheme eleven --limit 5"},
	{name: "customer", line: "customer W C0000007", formats: "text json csv markdown html"},
	{name: "customer-limited", line: "customer W C0000012 --as-of 2025-06-01 --window 6m --where region=East", formats: "text csv json markdown"},
	{name: "tiers-color", line: "tiers W --color always", formats: "text csv"},
	{name: "scores-color", line: "scores W --color always --limit 4", formats: "text"},
	{name: "customer-color", line: "customer W C0000012 --as-of 2025-06-01 --window 6m --color always", formats: "text"},
	{name: "service-color", line: "service W --color always", formats: "text"},
	{name: "suggest-color", line: "suggest W --method jenks --color always", formats: "text"},
	{name: "compare", line: "compare W --before ten --after recency=21,45,90,180", formats: "text csv json markdown html"},
	{name: "compare-tiers", line: "compare W --before ten --after eleven --by tier"},
	{name: "compare-days", line: "compare W --before 2025-06-01 --scheme ten", formats: "text csv json markdown html"},
	{name: "compare-members", line: "compare W --before ten --after mine --members moved", formats: "text csv json markdown html"},
	{name: "sensitivity", line: "sensitivity W", formats: "text csv json markdown html"},
	{name: "suggest-goal", line: "suggest W --goal high=15%,mid=35%", formats: "text csv json markdown html"},
	{name: "suggest-unmet", line: "suggest W --goal high:revenue>=99% --free value"},
	{name: "suggest-near", line: "suggest W --goal high:revenue=50%", formats: "json"},
	{name: "suggest-jenks", line: "suggest W --method jenks", formats: "text csv json markdown"},
	{name: "suggest-gap", line: "suggest W --method gap"},
	{name: "cohort", line: "cohort W", formats: "text csv json markdown html"},
	{name: "cohort-revenue", line: "cohort W --value revenue --tier high", formats: "text json"},
	{name: "cohort-rolling", line: "cohort W --value customers --variant rolling --tier each"},
	{name: "cohort-limited", line: "cohort W --as-of 2025-06-16 --window 6m --where region=East"},
	{name: "cohort-nobody", line: "cohort W --where region=Atlantis"},
	{name: "cohort-usage", line: "cohort W --variant loose", formats: "text"},
	{name: "cohort-people", line: "cohort W --people 2024-03,2", formats: "text csv json markdown"},
	{name: "cohort-people-usage", line: "cohort W --people 1999-01", formats: "text"},
	{name: "cohort-people-column", line: "cohort W --people all,99", formats: "text"},
	{name: "cohort-people-twice", line: "cohort W --people all --tier each", formats: "text"},
	{name: "share-people", line: "share W --people champions", formats: "text"},
	{name: "share", line: "share W", formats: "text csv json markdown html"},
	{name: "share-by", line: "share W --by region --of orders"},
	{name: "share-nobody", line: "share W --where region=Atlantis"},
	{name: "cross", line: "cross W --rows tier --cols region", formats: "text csv json markdown html"},
	{name: "cross-shares", line: "cross W --rows region --cols tier --value row-share", formats: "text"},
	{name: "cross-revenue", line: "cross W --rows region --cols channel --value revenue", formats: "text markdown"},
	{name: "cross-usage", line: "cross W --rows weather", formats: "text"},
	{name: "explain", line: "explain W high.revenue", formats: "text csv json markdown html"},
	{name: "explain-list", line: "explain W", formats: "text markdown"},
	{name: "explain-list-limited", line: "explain W --window 1m", formats: "csv json html"},
	{name: "explain-limited", line: "explain W loyal.order-value --as-of 2025-06-01 --window 12m --where region!=East --returns ignore --zero drop", formats: "text"},
	{name: "explain-cuts", line: "explain W recency.cuts"},
	{name: "explain-cohort", line: "explain W cohort.2024-03.2.retention"},
	{name: "explain-not", line: "explain W high.customers --scheme fair.yaml", formats: "text json"},
	{name: "explain-usage", line: "explain W hihg.revenue", formats: "text"},
	{name: "service", line: "service W", formats: "text csv json markdown html"},
	{name: "service-set", line: "service W --set high.promise=1h,high.contacts=4,high.minutes=15,high.per-adviser=125,high.cost=3.50"},
	{name: "scenario-list", line: "scenario list W", formats: "text csv json markdown html"},
	{name: "scenario-show", line: "scenario show W mine"},
	{name: "scenario-diff", line: "scenario diff W ten mine", formats: "text csv json markdown html"},
	{name: "scenario-save", line: "scenario save W other --recency 14,45,90,180"},
	{name: "scenario-open", line: "scenario open W mine"},
	{name: "scenario-baseline", line: "scenario baseline W mine"},
	{name: "scenario-note", line: "scenario note W mine for_Monday"},
	{name: "scenario-rename", line: "scenario rename W mine ours"},
	{name: "scenario-copy", line: "scenario copy W mine ours"},
	{name: "scenario-delete", line: "scenario delete W mine"},
	{name: "log", line: "log W", formats: "text csv json markdown html"},
	{name: "undo", line: "undo W", formats: "text csv json markdown html"},
	{name: "redo", line: "redo W"},
	{name: "scheme-list", line: "scheme list", formats: "text csv json markdown html"},
	{name: "scheme-show", line: "scheme show ten"},
	{name: "scheme-cells", line: "scheme show eleven --cells"},
	{name: "scheme-check", line: "scheme check fair.yaml"},
	{name: "scheme-check-broken", line: "scheme check broken.yaml"},
	{name: "scheme-lint", line: "scheme lint rfm-r --workspace W", formats: "text csv json markdown html"},
	{name: "scheme-map", line: "scheme map eight", formats: "text csv json markdown html"},
	{name: "sources", line: "sources W", formats: "text csv json markdown html"},
	{name: "rejects", line: "rejects W", formats: "text csv json markdown html"},
	{name: "rejects-by-reason", line: "rejects W --by-reason", formats: "text csv json markdown html"},
	{name: "import", line: "import new.strata orders.csv bad.csv --currency GBP", formats: "text csv json markdown html"},
	{name: "import-dry", line: "import W bad.csv --dry-run"},
	{name: "import-dry-new", line: "import new.strata bad.csv --dry-run", formats: "text csv json markdown html"},
	{name: "import-again", line: "import W orders.csv"},
	{name: "import-asks", line: "import new.strata dates.csv"},
	{name: "import-lost", line: "import W nothing.csv"},
	{name: "check", line: "check W", formats: "text csv json markdown html"},
	{name: "check-damaged", line: "check D", formats: "text csv json markdown"},
	{name: "generate", line: "generate --customers 3 --orders 6 --out -", formats: "text"},
	{name: "usage-flag", line: "tiers W --windows 12m", formats: "text"},
	{name: "usage-value", line: "tiers W --window twelve", formats: "text json"},
	{name: "usage-command", line: "teirs W", formats: "text"},
	{name: "no-workspace", line: "tiers nothing.strata"},
}

var realInvocations = []invocation{
	{name: "real-import", line: "import new.strata OnlineRetail.csv"},
	{name: "real-tiers", line: "tiers R"},
	{name: "real-tiers-ignore", line: "tiers R --returns ignore --zero drop"},
	{name: "real-lines", line: "tiers R --returns ignore --zero drop --where StockCode=85123A"},
	{name: "real-compare-days", line: "compare R --before 2011-06-01 --scheme ten --by tier"},
	{name: "real-sensitivity", line: "sensitivity R"},
	{name: "real-cohort", line: "cohort R"},
	{name: "real-share", line: "share R --by country"},
	{name: "real-cross", line: "cross R --rows country --cols tier --returns ignore --zero drop"},
	{name: "real-suggest", line: "suggest R --goal high:revenue>=60% --free value"},
	{name: "real-rejects", line: "rejects R --limit 3"},
	{name: "real-customer", line: "customer R 12348"},
	{name: "real-scores", line: "scores R --sort monetary --limit 5"},
}

// goldenFolder holds what the invocations speak of. It is the current one, so
// that no path is printed.
func goldenFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	fillGoldenFolder(t, func(status int, args ...string) string { return mustRun(t, status, args...).out })
	return folder
}

// fillGoldenFolder makes what is in the folder, by a way to run strata in it that
// gives what it prints.
func fillGoldenFolder(t *testing.T, run func(status int, args ...string) string) {
	t.Helper()
	run(exitDone, "generate", "--customers", "300", "--orders", "1500", "--seed", "3", "--out", "orders.csv")
	writeFile(t, "bad.csv", "customer_id,order_id,date,amount\nX1,B1,2024-05-02,20.50\n,B2,2024-05-03,31.00\nX2,B3,soon,12.00\nX3,B4,2024-05-05,\"1,0x\"\nX1,B5,2024-06-02,-4.00\nguest,B6,2024-06-03,9.99\n")
	writeFile(t, "dates.csv", "customer,date,amount\nA,01/02/2024,5\nB,03/04/2024,6\nA,05/06/2024,7\n")
	writeFile(t, "counts.csv", "customer,date\nann,2024-01-02\nann,2024-02-02\nbob,2024-01-15\ncid,2024-03-01\ncid,2024-03-05\ncid,2024-03-09\ndee,2023-07-01\neve,2024-02-28\n")
	writeFile(t, "fair.yaml", run(exitDone, "scheme", "show", "ten")+"fair:\n  grace: 2\n  stay: 3\n")
	writeFile(t, "broken.yaml", "name: x\nlevels: 12\n")
	const w = "W"
	run(exitRefused, "import", w, "orders.csv", "bad.csv", "--currency", "GBP")
	run(exitDone, "scenario", "save", w, "mine", "--recency", "14,45,90,180", "--shares", "20,30")
	run(exitDone, "scenario", "open", w, "eight")
	run(exitDone, "scenario", "open", w, "ten")
	run(exitDone, "scenario", "open", w, "eleven")
	run(exitDone, "undo", w)
	copyFile(t, w, "D")
	alter(t, "D", "UPDATE orders SET value_e4 = value_e4 + 10000 WHERE id = 7", "DELETE FROM customer WHERE id = 3")
}

// TestGoldenProgram pins what the program prints.
func TestGoldenProgram(t *testing.T) {
	here := workingFolder(t)
	runGoldens(t, here, goldenFolder(t), "W", invocations)
}

func TestGoldenProgramOnUCI(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: imports half a million lines")
	}
	here, folder := workingFolder(t), t.TempDir()
	copyFile(t, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"), filepath.Join(folder, "OnlineRetail.csv"))
	t.Chdir(folder)
	mustRun(t, exitRefused, "import", "R", "OnlineRetail.csv", "--currency", "GBP")
	runGoldens(t, here, folder, "R", realInvocations)
}

func workingFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// runGoldens runs each invocation on a copy of the folder's workspace; the golden
// files are here.
func runGoldens(t *testing.T, here, folder, workspace string, all []invocation) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, inv := range all {
		formats := inv.formats
		if formats == "" {
			formats = "text csv json"
		}
		for _, format := range strings.Fields(formats) {
			t.Run(inv.name+"-"+format, func(t *testing.T) {
				mine := t.TempDir()
				for _, name := range names {
					if filepath.Base(name) == workspace {
						copyFile(t, name, filepath.Join(mine, workspace))
					} else if err := os.Symlink(name, filepath.Join(mine, filepath.Base(name))); err != nil {
						t.Skipf("SKIPPED: no symbolic links: %v", err)
					}
				}
				t.Chdir(mine)
				printed := printedBy(t, inv.line, format)
				t.Chdir(here) // where the golden files are
				golden.RequireEqual(t, []byte(printed))
			})
		}
	}
}

// What differs from run to run: times and speeds.
var (
	changing = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|20(2[6-9]|[3-9]\d)-\d\d-\d\d \d\d:\d\d`)
	speed    = regexp.MustCompile(`"seconds": [0-9.e-]+`)
	today    = regexp.MustCompile(`(imported on )\d{4}-\d\d-\d\d`)
	seconds  = regexp.MustCompile(`(?m),[0-9.]+$`)
)

// printedBy runs a command line and returns all it printed.
func printedBy(t *testing.T, line, format string) string {
	t.Helper()
	var args []string
	for word := range strings.FieldsSeq(line) {
		args = append(args, strings.ReplaceAll(word, "_", " "))
	}
	r := strata(t, "", append(args, "--format", format)...)
	text := fmt.Sprintf("%s--- stderr\n%s--- exit status %d\n", r.out, r.err, r.status)
	if strings.Contains(text, ",bytes,seconds\n") {
		text = seconds.ReplaceAllString(text, ",TIME")
	}
	text = speed.ReplaceAllString(text, `"seconds": 0`)
	return today.ReplaceAllString(changing.ReplaceAllString(text, "TIME"), "${1}TODAY")
}

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Where the file does not say what orders were worth, no command says that they
// were worth nothing: people read a dash or words, JSON has null, a CSV cell is
// empty.
func TestWhatIsNotKnownIsNotNothing(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "w.strata")
	file := writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), `customer,order,date
A,1,2024-01-01
A,2,2024-02-01
B,3,2024-02-03
C,4,2024-03-01
C,5,2024-03-10
C,6,2024-03-20
D,7,2024-01-20
E,8,2024-03-25
`)
	r := mustRun(t, exitDone, "import", w, file)
	if !strings.Contains(r.out, "5 customers, 8 orders, no amounts, 2024-01-01") {
		t.Errorf("import says\n%s", r.out)
	}
	if want := "monetary is missing, not 0"; !strings.Contains(r.err, want) {
		t.Errorf("%q is not in\n%s", want, r.err)
	}
	nothing := regexp.MustCompile(`\b0\.00\b`)
	commands := [][]string{
		{"tiers", w},
		{"scores", w},
		{"sensitivity", w},
		{"matrix", w, "--value", "revenue"},
		{"matrix", w, "--value", "aov"},
		{"compare", w, "--before", "ten", "--after", "eleven"},
		{"compare", w, "--before", "2024-03-01", "--after", "ten"},
		{"suggest", w, "--goal", "high=2"},
		{"scheme", "lint", "eleven", "--workspace", w},
		{"scheme", "map", "eleven", "--workspace", w},
	}
	for _, command := range commands {
		for _, format := range []string{"json", "csv"} {
			r := strata(t, "", append(command, "--format", format)...)
			if nothing.MatchString(r.out) || r.out == "" {
				t.Errorf("%q as %s says 0.00:\n%s", command[2:], format, r.out)
			}
		}
	}
	table := filepath.Join(t.TempDir(), "map.csv")
	mustRun(t, exitDone, "scheme", "map", w, "--out", table)
	if text, err := os.ReadFile(table); err != nil || nothing.Match(text) {
		t.Errorf("the map written says 0.00: %v\n%s", err, text)
	}
	if r := mustRun(t, exitDone, "customer", w, "A", "--format", "json"); nothing.MatchString(r.out) || !strings.Contains(r.out, `"monetary": null`) {
		t.Errorf("customer:\n%s", r.out)
	}
	tiers := mustRun(t, exitDone, "tiers", w)
	expectOut(t, tiers.out, "8 orders · no amounts\n", "\nmonetary     no amounts\n")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out, `"revenue": null`, `"aov": null`, `"avg_monetary": null`, `"value": null`)
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--format", "csv").out, "tier,high,high,1,0.2,3,,,,1,6,3,\n", "workspace,workspace,,5,,8,,,,,,,\n")
	expectOut(t, mustRun(t, exitDone, "customer", w, "A").out, "monetary          –       –  no amounts\n", "2024-01-01  1           –         –\n")
	expectOut(t, mustRun(t, exitDone, "sensitivity", w).out, "recency      3│2   52.8         51          1        –         53          0        –")
}

// plainAmounts are amounts as plain text.
func plainAmounts(of []amount) []string {
	texts := make([]string, len(of))
	for i, a := range of {
		texts[i] = string(a)
	}
	return texts
}

// Shares that exceed the whole say why, and what was bought is not called the value.
func TestSharesBesideLessThanNothingAreExplained(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), `customer,order,date,amount
A,1,2024-01-01,20
A,2,2024-01-20,-45
B,3,2024-02-03,50
B,5,2024-03-03,50
C,4,2024-03-09,80
`))
	expectOut(t, mustRun(t, exitDone, "tiers", w).out, "shares of revenue: LOW is −25: the shares of the others exceed 100%\n")
	ignored := mustRun(t, exitDone, "tiers", w, "--returns", "ignore").out
	expectOut(t, ignored, " · 200 bought\n", "orders  bought")
	if strings.Contains(ignored, "exceed") {
		t.Errorf("nothing is below zero:\n%s", ignored)
	}
}

package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is printed for people has one minus sign, no plural of one, and amounts as
// everywhere, with the currency, in notes too.
func TestTextsForPeopleHaveOneHand(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "few.strata")
	mustRun(t, exitDone, "import", w, "--currency", "GBP", writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), `order,customer,date,amount
1,a,2024-01-01,12345.678
2,b,2024-01-02,20.00
3,b,2024-01-03,-61.20
4,c,2024-02-03,700.00
5,c,2024-02-07,10.00
`))
	plain := regexp.MustCompile(`(^|[ (£])-[0-9]`)
	one := regexp.MustCompile(`(^|[ (])1 (customers|orders|days|gaps|places|overrides|months|advisers)\b`)
	raw := regexp.MustCompile(`worth [0-9]{4,}|above [0-9]{4,}`)
	code := regexp.MustCompile(`[0-9] GBP`) // the sign stands before an amount
	for _, args := range [][]string{
		{"tiers"},
		{"tiers", "--scheme", "eight"},
		{"tiers", "--scheme", "rfm-r"},
		{"tiers", "--scheme", "klaviyo"},
		{"tiers", "--method", "nested", "--levels", "2"},
		{"tiers", "--levels", "2", "--monetary", "-41.2"},
		{"sensitivity", "--levels", "2", "--monetary", "-41.2"},
		{"sensitivity", "--levels", "2"},
		{"suggest", "--method", "gap", "--levels", "2"},
		{"suggest", "--method", "lorenz", "--levels", "2"},
		{"suggest", "--method", "revenue", "--levels", "2"},
		{"compare", "--before", "ten", "--after", "eight"},
		{"compare", "--before", "eight", "--after", "rfm-r"},
	} {
		r := mustRun(t, exitDone, append([]string{args[0], w}, args[1:]...)...)
		report, _, _ := strings.Cut(r.out, "\nscheme:") // the rest is a scheme file
		for line := range strings.Lines(report + r.err) {
			for _, bad := range []*regexp.Regexp{plain, one, raw, code} {
				if bad.MatchString(line) {
					t.Errorf("%v: %s is in %q", args, bad, line)
				}
			}
			if strings.HasPrefix(line, "note: ") && strings.Contains(line, "worth ") && !strings.Contains(line, "£") && !strings.Contains(line, "less than nothing") {
				t.Errorf("%v: no currency in %q", args, line)
			}
		}
	}
	expectOut(t, mustRun(t, exitDone, "suggest", newWorkspace(t, "33"), "--method", "gap").out, "the churn rate of Statlas, a published method, calls customers beyond it at risk")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--levels", "2", "--monetary", "-41.2").out, "cuts −£41.20")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--levels", "2", "--monetary", "-41.2", "--format", "json").out, `"-41.20"`)
}

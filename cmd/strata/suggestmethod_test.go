package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"strata/tui/session"
)

// TestSuggestedSchemesOfCDNOW asks every method for a scheme of half one-timers
// and reads it back: the tiers are those that were promised.
func TestSuggestedSchemesOfCDNOW(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := filepath.Join(dir, "cdnow.strata")
	mustRun(t, exitDone, "import", w, sharedData(t, "cdnow/CDNOW_sample.txt"))
	for _, m := range session.SuggestMethods() {
		file := filepath.Join(dir, m.Slug+".yaml")
		var j suggestJSON
		text := mustRun(t, exitDone, "suggest", w, "--method", m.Slug, "--out", file, "--format", "json").out
		if err := json.Unmarshal([]byte(text), &j); err != nil {
			t.Fatal(err)
		}
		if j.Method != m.Slug || len(j.Evidence) < 4 {
			t.Errorf("%s is told as %q with %d reasons", m.Slug, j.Method, len(j.Evidence))
		}
		if n := j.Achieved; m.Slug == "nested" && (n["high"].Customers != 305 || n["mid"].Customers != 945 || n["low"].Customers != 1107) {
			t.Errorf("nested comes to %v, want 305, 945 and 1,107 customers", n) // by the same program
		}
		tiers := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", file, "--format", "json").out)
		for _, tier := range tiers.Tiers {
			promised := j.Achieved[tier.Tier]
			if tier.Customers != promised.Customers || tier.Revenue != promised.Revenue {
				t.Errorf("%s: %s has %d customers and %s, promised were %d and %s",
					m.Slug, tier.Tier, tier.Customers, tier.Revenue, promised.Customers, promised.Revenue)
			}
		}
		if want := suggestedOfCDNOW[m.Slug]; want != "" && !strings.HasPrefix(numbers(j.Cuts.Recency)+" | "+numbers(j.Cuts.Frequency)+" | "+strings.Join(plainAmounts(j.Cuts.Monetary), " "), want) {
			t.Errorf("%s: cuts %v, want %s", m.Slug, j.Cuts, want)
		}
	}
}

// suggestedOfCDNOW are cuts of the CDNOW sample as of 1998-07-01. They are
// those of plain programs in another language, written from the definitions.
var suggestedOfCDNOW = map[string]string{
	"jenks":   "77 177 299 433 | 2 6 13 30 | 109.54 332.53 827.28 1943.58",
	"gap":     "15 41 93 203 | 1 1 2 4 | ",
	"lorenz":  "153 443 487 513 | 1.252017 2.935511 6.571046 12.188034 | 36.986293 103.560433 301.598853 617.542069",
	"revenue": "35 101 233 462 | 1 4 7 14 | 76.11 170.12 349.27 704.29",
}

// TestSuggestedCutsAreToldAsEvidence looks at what is printed for people.
func TestSuggestedCutsAreToldAsEvidence(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "cdnow.strata")
	mustRun(t, exitDone, "import", w, sharedData(t, "cdnow/CDNOW_sample.txt"))
	for method, want := range map[string][]string{
		"gap": {
			"# recency: 4,339 gaps between the order days of a customer, and 2,357 still open on the as-of day; each customer weighs the same",
			"# recency: P40 of the gaps (Kaplan–Meier): not reached, because the curve ends at 34.7%; the data cannot tell how many of the gaps end later",
			"# recency: P80 of the gaps (Kaplan–Meier): not reached, because the curve ends at 34.7%; the data cannot tell how many of the gaps end later",
			"# recency: goodness of variance fit 0.823",
			"# recency: largest score 1: 1,802 customers (76.5%)",
		},
		"lorenz": {
			"# monetary: Gini coefficient 0.6309, corrected for the number of customers 0.6312",
			"# monetary: beyond the knee: 25.2% of the customers, above 103.56, hold 73.3% of the total",
		},
		"nested":  {"# frequency    1 / 1 / 2 / 4 → nested within recency"},
		"revenue": {"# frequency: revenue per score 15.0% to 28.0%, for equal shares of 20.0%"},
	} {
		r := mustRun(t, exitDone, "suggest", w, "--method", method)
		lines := strings.Split(r.out, "\n")
		for _, line := range want {
			if !slices.Contains(lines, line) {
				t.Errorf("%s does not say %q:\n%s", method, line, r.out)
			}
		}
	}
	if r := mustRun(t, exitDone, "suggest", w, "--method", "gap"); !strings.Contains(r.err, "1,218 customers (51.7%) ordered on one day only") {
		t.Errorf("gap warns of %s", r.err)
	}
}

// Customers below nothing count as 0 in both methods that divide a total, and both
// say so; a Gini coefficient is never beyond 1.
func TestCustomersBelowNothingCountAsZero(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "below.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), `order,customer,date,amount
1,a,2024-01-01,100.00
2,b,2024-01-02,200.00
3,c,2024-01-03,700.00
4,d,2024-01-04,10.00
5,d,2024-01-03,-910.00
`))
	lorenz := mustRun(t, exitDone, "suggest", w, "--method", "lorenz")
	expectOut(t, lorenz.out, "# monetary: Gini coefficient 0.5500, ", "hold 70.0% of the total") // of 0, 100, 200 and 700
	expectOut(t, lorenz.err, "note: monetary: 1 customer (25.0%) is worth less than nothing, −900.00 in all, and counts as 0\n")
	expectOut(t, mustRun(t, exitDone, "suggest", w, "--method", "revenue").err, "note: 1 customer (25.0%) brought less than nothing, −900.00 in all, and counts as 0\n")
}

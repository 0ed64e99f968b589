package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// withoutAmounts imports 40 customers whose file does not say what orders were worth.
func withoutAmounts(t *testing.T) string {
	t.Helper()
	var orders strings.Builder
	orders.WriteString("customer,order,date\n")
	for c := range 40 {
		for i := range 1 + c%7 {
			key, month, day := string(rune('a'+c/10))+string(rune('0'+c%10)), string(rune('1'+(c*5+i)%9)), string(rune('0'+(c*3+i)%10))
			orders.WriteString(key + "," + key + "-" + string(rune('0'+i)) + ",2024-0" + month + "-1" + day + "\n")
		}
	}
	w := filepath.Join(t.TempDir(), "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), orders.String()))
	return w
}

// What a tier brings is not known where no order has an amount, and no goal is
// worked out as if it were 0.
func TestAGoalInRevenueNeedsAmounts(t *testing.T) {
	t.Parallel()
	w := withoutAmounts(t)
	for _, goal := range []string{"high:revenue>=1000", "high:revenue>=60%", "low:revenue<=5.00", "high:revenue=0%"} {
		r := mustRun(t, exitUsage, "suggest", w, "--goal", "high=10%,"+goal)
		if want := `"` + goal + `": no order has an amount, so the revenue of a tier is not known; ask for customers, like high=15%, mid=35%`; !strings.Contains(r.err, want) || r.out != "" {
			t.Errorf("%q is not in\n%s%s", want, r.err, r.out)
		}
	}
	r := mustRun(t, exitUsage, "suggest", w, "--goal", "high=10%", "--free", "monetary")
	expectOut(t, r.err, "monetary has no cuts that could move: no order has an amount; let others move: recency or frequency")
	r = mustRun(t, exitUsage, "suggest", w, "--method", "revenue")
	expectOut(t, r.err, "no order has an amount, so there is no revenue to divide")
	// What serving them costs is known.
	expectOut(t, strata(t, "", "suggest", w, "--goal", "high:budget<=50@5", "--least", "0").out, "customers, 50.00  met")
}

// What all bring below nothing is written as every other amount.
func TestAGoalInRevenueOfLessThanNothing(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), `customer,order,date,amount
A,1,2024-01-01,20
A,2,2024-01-20,-4045.5
B,3,2024-02-03,50
C,4,2024-03-09,80
`))
	r := mustRun(t, exitUsage, "suggest", w, "--goal", "high:revenue>=60%")
	expectOut(t, r.err, `"high:revenue>=60%": all customers together bring in −3,895.50; ask for an amount, or for customers`)
}

// Cuts that there are not follow nothing, and both lines on the cuts of two days name
// the same measures.
func TestMissingAmountsHaveNoCutsThatFollowTheData(t *testing.T) {
	t.Parallel()
	w := withoutAmounts(t)
	r := mustRun(t, exitDone, "compare", w, "--before", "2024-07-01", "--by", "tier")
	const same = "the cuts of recency, frequency follow from the data of each day"
	expectOut(t, r.out, same+", so sizes stay alike by construction")
	expectOut(t, r.err, same+" and ")
	if all := r.out + r.err; strings.Count(all, same) != strings.Count(all, "the data of each day") {
		t.Errorf("not of the same measures:\n%s", all)
	}
}

// A measure that is missing has no figures: nobody is counted by its scores or on its
// lines, and no evidence is told of it.
func TestNothingIsCountedByMissingAmounts(t *testing.T) {
	t.Parallel()
	w := withoutAmounts(t)
	for _, method := range []string{"quantile", "ntile", "nested", "mean", "jenks", "gap", "lorenz"} {
		r := mustRun(t, exitDone, "suggest", w, "--method", method)
		if strings.Contains(r.out+r.err, "monetary: equal") || strings.Contains(r.out, "# monetary: ") || strings.Contains(r.out, "revenue reclassified") || !strings.Contains(r.out, "# monetary     no amounts") {
			t.Errorf("%s:\n%s%s", method, r.out, r.err)
		}
		if !strings.Contains(r.out, " segment: ") && !strings.Contains(r.out, "All customers stay") {
			t.Errorf("%s does not say who moves:\n%s", method, r.out)
		}
	}
	r := mustRun(t, exitDone, "sensitivity", w)
	if strings.Count(r.out, "monetary") != 2 || !strings.Contains(r.out, "\nmonetary: no amounts\n") { // the other names the policy
		t.Errorf("sensitivity:\n%s", r.out)
	}
	for line := range strings.Lines(mustRun(t, exitDone, "sensitivity", w, "--format", "csv").out) {
		if rest, found := strings.CutPrefix(line, "monetary,"); found && strings.Trim(rest, ",0123456789│false\n") != "" {
			t.Errorf("as CSV: %s", line)
		} else if found && !strings.Contains(line, ",,,,,,,,,,,,,") {
			t.Errorf("as CSV: %s", line)
		}
	}
	for _, scheme := range [][]string{nil, {"--method", "ntile"}, {"--scheme", "eleven"}} {
		expectOut(t, mustRun(t, exitDone, append([]string{"tiers", w}, scheme...)...).out, "\nmonetary     no amounts\n")
		expectOut(t, mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json"}, scheme...)...).out, `"monetary": null`)
	}
	// Groups of equal size are not drawn by lot where nothing tells people apart.
	for line := range strings.Lines(mustRun(t, exitDone, "scores", w, "--method", "ntile", "--format", "csv").out) {
		if cells := strings.Split(line, ","); cells[0] != "customer" && !strings.HasSuffix(cells[9], "1") {
			t.Errorf("monetary scores otherwise: %s", line)
		}
	}
}

// Numbers and words agree where there is one customer, and where orders have no amounts.
func TestOneCustomerAndNoAmountsInSentences(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	one := filepath.Join(folder, "one.strata")
	mustRun(t, exitDone, "import", one, writeFile(t, filepath.Join(folder, "one.csv"), "customer,order,date,amount\na,1,2024-01-01,5\n"))
	expectOut(t, strata(t, "", "suggest", one, "--goal", "high=7").out, "high=7: there is only 1 customer.")
	expectOut(t, strata(t, "", "suggest", one, "--goal", "high=1,mid=1", "--free", "recency").out, "The terms together ask for 2 customers; there is 1.")
	r := mustRun(t, exitDone, "tiers", withoutAmounts(t), "--scheme", "eleven")
	expectOut(t, r.err, "a better score leads to a lower tier in 17 places of the map, for 1 customer (2.5%)\n")
	r = mustRun(t, exitDone, "tiers", smallShop(t), "--scheme", "eleven")
	expectOut(t, r.err, "a better score leads to a lower tier in 17 places of the map, for ", "%) with ")
}

// Amounts that there are not have no score: people read –, programs nothing, and the
// cell is for them that of the map.
func TestMissingAmountsHaveNoScore(t *testing.T) {
	t.Parallel()
	w := withoutAmounts(t)
	expectOut(t, strings.Join(strings.Fields(mustRun(t, exitDone, "customer", w, "a0").out), " "), "monetary – – no amounts")
	row := func(args ...string) []string {
		lines := strings.Split(mustRun(t, exitDone, append([]string{"scores", w, "--limit", "1"}, args...)...).out, "\n")
		if len(args) > 0 {
			return strings.Split(lines[1], ",")
		}
		return strings.Fields(lines[1])
	}
	told := row() // customer, last order, days, orders, frequency, monetary, R, F, M, cell
	if m, cell := told[8], told[9]; m != "–" || cell != told[6]+told[7]+"–" {
		t.Errorf("M %s, cell %s of %q", m, cell, told)
	}
	csv := row("--format", "csv")
	if m, cell := csv[8], csv[9]; m != "" || cell != csv[6]+csv[7]+"1" {
		t.Errorf("m %s, cell %s of %q", m, cell, csv)
	}
	expectOut(t, mustRun(t, exitDone, "scores", w, "--limit", "1", "--format", "json").out, `"m": null,`)
	expectOut(t, mustRun(t, exitDone, "customer", w, "a0", "--format", "json").out, `"m": null,`)
}

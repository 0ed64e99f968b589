package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// limitedShop is a workspace left with limits: only Germany, as of a day before
// the last orders, the last 12 months.
func limitedShop(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	w := filepath.Join(folder, "w.strata")
	var text strings.Builder
	text.WriteString("customer,order,date,amount,Country,StockCode,Pack\n")
	for _, row := range strings.Fields(`A,1,2024-01-05,10 A,2,2024-03-05,20 B,3,2024-02-10,30 C,4,2024-03-20,40 D,5,2024-04-01,50 E,6,2024-04-11,60`) {
		country := map[byte]string{'A': "Germany", 'B': "Germany", 'C': "France", 'D': "France", 'E': "Germany"}[row[0]]
		text.WriteString(row + "," + country + ",tea,big\n")
	}
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(folder, "orders.csv"), text.String()), "--map", "attr:size=Pack")
	mustRun(t, exitDone, "scenario", "save", w, "german", "--where", "country=Germany", "--as-of", "2024-04-05", "--window", "12m", "--estimate", "data")
	mustRun(t, exitDone, "scenario", "open", w, "german")
	return w
}

// What is given takes the place of what is in force, and a word lifts it.
func TestLimitsInForceAreReplacedAndLifted(t *testing.T) {
	t.Parallel()
	w := limitedShop(t)
	for _, c := range []struct {
		flags             []string
		where, asOf, span string
		customers         int64
	}{
		{nil, "country=Germany", "2024-04-05", "12m", 2},
		{[]string{"--where", "country=France"}, "country=France", "2024-04-05", "12m", 2},
		{[]string{"--where", "COUNTRY=France"}, "COUNTRY=France", "2024-04-05", "12m", 2},
		{[]string{"--where", "region=France"}, "region=France", "2024-04-05", "12m", 2},
		{[]string{"--where", "order.region=France"}, "order.region=France", "2024-04-05", "12m", 2},
		{[]string{"--where", "StockCode=tea"}, "country=Germany StockCode=tea", "2024-04-05", "12m", 2},
		{[]string{"--where", "product=tea", "--where", "size=big", "--where", "pack=big"}, "country=Germany product=tea size=big pack=big", "2024-04-05", "12m", 2},
		{[]string{"--where", "country=France|Germany", "--where", "country!=Germany"}, "country=France|Germany country!=Germany", "2024-04-05", "12m", 2},
		{[]string{"--where", "none"}, "", "2024-04-05", "12m", 4},
		{[]string{"--where", "none", "--where", "StockCode=tea"}, "StockCode=tea", "2024-04-05", "12m", 4},
		{[]string{"--as-of", "after-last-order"}, "country=Germany", "2024-04-12", "12m", 3},
		{[]string{"--where", "none", "--as-of", "after-last-order", "--window", "all"}, "", "2024-04-12", "all", 5},
	} {
		j := decodeTiers(t, mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json"}, c.flags...)...).out)
		if where := strings.Join(j.Where, " "); where != c.where || j.AsOf != c.asOf || j.Window != c.span || j.Customers != c.customers {
			t.Errorf("%q: %d customers of %q as of %s, window %s; want %d of %q, %s, %s", c.flags, j.Customers, where, j.AsOf, j.Window, c.customers, c.where, c.asOf, c.span)
		}
	}
}

// Where nobody is left, all that is in force is named, and how each is lifted.
func TestNobodyIsLeftUnderLimits(t *testing.T) {
	t.Parallel()
	w := limitedShop(t)
	for _, c := range []struct {
		flags  []string
		status int
		says   string
	}{
		{
			[]string{"--where", "region=France", "--as-of", "2024-03-10"},
			exitFailed,
			"no customer is left with what is in force: only region=France, last 12 months, as of 2024-03-10; " +
				"clear the filter with --where none, the window with --window all or the day with --as-of after-last-order; [F] does so in the workbench",
		},
		{
			[]string{"--where", "country=france"},
			exitFailed,
			"no order has Country = france; the values are: Germany 4, France 2; did you mean Country=France?; --where none clears the filter",
		},
		{
			[]string{"--where", "none", "--returns", "ignore", "--as-of", "2024-01-01", "--window", "all"},
			exitFailed,
			"no customer is left with what is in force: returns ignored, as of 2024-01-01; clear the day with --as-of after-last-order or the policy for returns with --returns net",
		},
		{[]string{"--where", "colour=red"}, exitUsage, `no column "colour" to filter by; there are: Country (region), size, StockCode (product)`},
		{[]string{"--where", "all"}, exitUsage, `--where: "all" is not a filter; write column=value, like region=East, or none to clear the filter in force`},
		{[]string{"--where", ""}, exitUsage, "or none to clear the filter in force"},
		{[]string{"--as-of", ""}, exitUsage, `"--as-of" flag: it is empty`},
		{[]string{"--window", ""}, exitUsage, `"--window" flag: it is empty`},
		{[]string{"--as-of", "latest"}, exitUsage, `"latest" is not a day; write it like 2011-12-10, or after-last-order`},
	} {
		said := mustRun(t, c.status, append([]string{"tiers", w}, c.flags...)...)
		if flat := strings.Join(strings.Fields(said.err), " "); !strings.Contains(flat, c.says) {
			t.Errorf("%q says\n%s\nwant\n%s", c.flags, flat, c.says)
		}
	}
}

// A preset that is opened leaves the limits in force, as in the workbench; a
// scenario and a file bring theirs. What counts is told, and the figures are of it.
func TestOpeningTellsWhatCounts(t *testing.T) {
	t.Parallel()
	w := limitedShop(t)
	mustRun(t, exitDone, "scenario", "save", w, "whole", "--scheme", "eight", "--estimate", "data")
	file := writeFile(t, filepath.Join(t.TempDir(), "mine.yaml"), mustRun(t, exitDone, "scenario", "show", w, "whole").out)
	const limits = ", only country=Germany, last 12 months, as of 2024-04-05"
	for _, c := range []struct{ name, says string }{
		{"grid", "opened with grid" + limits + " (customers by tier), 1 customer, 30.00 reclassified\n"},
		{"whole", `opened scenario "whole", no filter, all time, as of the day after the last order (customers by tier) (3 customers newly counted), 1 customer, 30.00 reclassified` + "\n"},
		{"german", `opened scenario "german"` + limits + " (customers by tier) (3 customers no longer counted), 1 customer, 30.00 reclassified\n"},
		{file, "opened with whole, no filter, all time, as of the day after the last order (customers by tier) (3 customers newly counted), 1 customer, 30.00 reclassified\n"},
		{"preset:ten", "opened with ten (customers by tier), 1 customer, 30.00 reclassified\n"},
	} {
		if said := mustRun(t, exitDone, "scenario", "open", w, c.name); said.out != c.says {
			t.Errorf("%s: %q, want %q", c.name, said.out, c.says)
		}
	}
	log := mustRun(t, exitDone, "log", w, "--format", "csv").out
	expectOut(t, log, `"opened with grid`+limits+` (customers by tier)"`, ",1,30.00,")
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
)

// comings is a shop of two days: ann and bob buy on both sides of the window's
// edge, cid has gone by the second day, and dee has come.
const comings = `customer,order,date,amount
ann,1,2024-01-10,100.00
ann,2,2024-06-05,40.00
bob,3,2024-01-20,30.00
bob,4,2024-06-20,300.00
cid,5,2024-01-25,70.00
dee,6,2024-06-25,20.00
`

func shopOf(t *testing.T, orders string) string {
	t.Helper()
	folder := t.TempDir()
	file, w := filepath.Join(folder, "orders.csv"), filepath.Join(folder, "shop.strata")
	if err := os.WriteFile(file, []byte(orders), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "import", w, file, "--currency", "GBP")
	return w
}

// The revenue of the gone is of another day than all other: it stands apart, and
// is told with its day.
func TestRevenueOfTwoDaysIsNotAdded(t *testing.T) {
	t.Parallel()
	w := shopOf(t, comings)
	args := []string{"compare", w, "--before", "2024-02-01", "--window", "90d", "--by", "tier"}
	text := mustRun(t, exitDone, append(args, "--value", "revenue")...).out
	expectOut(t, text, "revenue as of 2024-06-26: rows before, columns after\n",
		"gone: revenue as of 2024-02-01, as measured before, and not in the totals\n",
		"1 new with £20.00 (as of 2024-06-26), 1 gone with £70.00 (as of 2024-02-01)\n",
		"of revenue (as of 2024-06-26) moves with them",
		"flows, with their revenue as of 2024-06-26\n",
		"revenue: before and gone as of 2024-02-01, after and new as of 2024-06-26\n",
		"\nCustomers who move by behaviour or by both are taken out with their revenue as of 2024-02-01 and added with that as of 2024-06-26.\n")
	if head := regexp.MustCompile(`(?m)^ +1 +2 +3 +all +gone$`); !head.MatchString(text) {
		t.Errorf("the gone do not stand behind the sums:\n%s", text)
	}
	if sums := regexp.MustCompile(`(?m)^all .* £360 +£70$`); !sums.MatchString(text) {
		t.Errorf("360.00 were bought after, 70.00 are of the gone:\n%s", text)
	}
	if counted := regexp.MustCompile(`(?m)^all .* 1 +4$`); !counted.MatchString(mustRun(t, exitDone, args...).out) {
		t.Error("the gone no longer count among the customers before")
	}
	expectOut(t, mustRun(t, exitDone, append(args, "--format", "json")...).out,
		`"revenue_as_of": "2024-06-26",`, `"gone_revenue_as_of": "2024-02-01",`)
	csv := mustRun(t, exitDone, append(args, "--format", "csv")...).out
	expectOut(t, csv, "from,to,kind,customers,revenue,revenue_as_of\n", ",gone,gone,1,70.00,2024-02-01\n", "new,", ",new,1,20.00,2024-06-26\n")
}

// A map with a gap has customers in no tier: they are neither up nor down, and no
// part of the tiers.
func TestNoTierIsNeitherUpNorDown(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	file := filepath.Join(t.TempDir(), "gap.yaml")
	const gap = "scheme: gap\nlevels: 2\nmap:\n" +
		"  - {segment: best, label: Best, tier: high, cells: \"2**\"}\n  - {segment: some, label: Some, tier: low, cells: \"12*\"}\n"
	if err := os.WriteFile(file, []byte(gap), 0o600); err != nil {
		t.Fatal(err)
	}
	rows := func(args ...string) int {
		return strings.Count(mustRun(t, exitDone, append([]string{"scores", w, "--format", "csv"}, args...)...).out, "\n") - 1
	}
	all, none := rows(), rows("--scheme", file, "--segment", "others")
	if none == 0 || none == all {
		t.Fatalf("%d of %d are in no tier", none, all)
	}
	text := mustRun(t, exitDone, "tiers", w, "--scheme", file).out
	for _, line := range []string{
		fmt.Sprintf(`in the tiers +%d +[\d,]+ +[\d,.]+`, all-none),
		fmt.Sprintf(`in no tier +%d +[\d,]+ +[\d,.]+ +in cells that no segment covers`, none),
	} {
		if !regexp.MustCompile("(?m)^" + line + "$").MatchString(text) {
			t.Errorf("there is no %q in\n%s", line, text)
		}
	}
	checkCSVRows(t, mustRun(t, exitDone, "tiers", w, "--scheme", file, "--format", "csv").out)

	args := []string{"compare", w, "--before", "ten", "--after", file, "--by", "tier"}
	text = mustRun(t, exitDone, args...).out
	expectOut(t, text, fmt.Sprintf("\n%d customers on both sides: ", all), fmt.Sprintf(", %d lose their tier\n", none),
		fmt.Sprintf("of them %d in a tier on both sides, %d in no tier of the map after (in cells that no segment covers)\n", all-none, none),
		fmt.Sprintf("rest of the workspace after: in no tier %d customers, ", none))
	c := compareShop(t, w, args[2:]...)
	if c.Up+c.Down+int64(none) != c.Moved {
		t.Errorf("%d up, %d down and %d who lose their tier are not the %d who move", c.Up, c.Down, none, c.Moved)
	}
	expectOut(t, mustRun(t, exitDone, append(args, "--format", "json")...).out, fmt.Sprintf("\"tier_lost\": %d,", none), "\"tier_gained\": 0,",
		fmt.Sprintf("\"in_tiers\": %d,", all-none), fmt.Sprintf("\"tiered\": {\n      \"customers\": %d,", all-none), fmt.Sprintf("\"no_tier\": {\n      \"customers\": %d,", none))
	expectOut(t, mustRun(t, exitDone, append(args, "--format", "csv")...).out, ",none,tier-lost,")
	back := mustRun(t, exitDone, "compare", w, "--before", file, "--after", "ten").out
	expectOut(t, back, fmt.Sprintf(", %d gain a tier\n", none), fmt.Sprintf("%d in no tier of the map before (in cells that no segment covers)\n", none))
	expectOut(t, mustRun(t, exitDone, "compare", w, "--before", file, "--after", file).out, fmt.Sprintf("%d in no tier on both sides", none))
}

// ARI knows no names: where every group is called otherwise the grouping is the
// same, and where all are in one group on both sides there is nothing to compare.
func TestGroupingIsNotTheNames(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	text := mustRun(t, exitDone, "compare", w, "--before", "ten", "--after", "ten", "--by", "tier").out
	expectOut(t, text, "ARI 1.000 (1 is the same grouping, whatever the names; 0 is chance)\n")
	one := []string{"compare", w, "--before", "value=16,16", "--after", "value=16,16;recency=5,50,100,200", "--by", "tier"}
	expectOut(t, mustRun(t, exitDone, one...).out, "ARI – (all are in one group on both sides)\n", "sizes: PSI of the tiers 0.000 (stable)")
	expectOut(t, mustRun(t, exitDone, append(one, "--format", "json")...).out, "\"ari\": null,\n", "\"psi\": 0,\n")
}

// ARI and PSI are of other people, which stands beside each; cuts that follow the
// data of each day keep the sizes alike.
func TestSizesAreToldWithTheirPopulation(t *testing.T) {
	t.Parallel()
	w := shopOf(t, comings)
	args := []string{"compare", w, "--before", "2024-02-01", "--window", "90d", "--by", "tier"}
	text := mustRun(t, exitDone, args...).out
	expectOut(t, text, "grouping of the 2 on both sides: ARI ", "), 3 before → 3 after; the cuts of recency, frequency, monetary follow from the data of each day, so sizes stay alike by construction\n")
	if strings.Contains(text, "agreement") {
		t.Errorf("sizes are no agreement:\n%s", text)
	}
	expectOut(t, mustRun(t, exitDone, append(args, "--format", "json")...).out, `"psi_before": 3,`, `"psi_after": 3,`, `"psi_by_construction": true,`)
	schemes := mustRun(t, exitDone, "compare", w, "--before", "ten", "--after", "value=6,9").out
	expectOut(t, schemes, ", 4 before → 4 after\n")
}

// Those whom the rule has put back stay: they are no part of those who move.
func TestPutBackAreOfThoseWhoStay(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "", 1: " In addition, 1 of those who stay would have moved under the old rule.",
		1_020: " In addition, 1,020 of those who stay would have moved under the old rule.",
	} {
		if got := putBack(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// One day without amounts is told as what it is, not as another value rule.
func TestADayWithoutAmountsIsToldSo(t *testing.T) {
	t.Parallel()
	var orders strings.Builder
	orders.WriteString("customer,order,date,amount\n")
	for i := range 40 {
		fmt.Fprintf(&orders, "c%02d,%d,2024-0%d-%02d,0.00\n", i, i, i%3+1, i%28+1)
		fmt.Fprintf(&orders, "c%02d,%d,2024-0%d-%02d,%d.00\n", i, 100+i, i%2+4, i%28+1, (i*37)%29*10)
	}
	w := shopOf(t, orders.String())
	args := []string{"compare", w, "--before", "2024-04-01", "--flows", "0"}
	for _, format := range []string{"text", "json"} {
		r := mustRun(t, exitDone, append(args, "--format", format)...)
		expectOut(t, r.err+r.out, "the value score now counts amounts: before, no order had one",
			"before, no order has an amount: the value score leaves amounts out there, and counts them after")
		if strings.Contains(r.out, "the value rule differs") {
			t.Errorf("the value rule is the same:\n%s", r.out)
		}
	}
	expectOut(t, mustRun(t, exitDone, append(args, "--members", "moved")...).out, ", amounts")
}

// Of a pair of cells those are counted who score better and are in the lower tier.
func TestLintSaysWhoIsCounted(t *testing.T) {
	t.Parallel()
	fall := rfm.Fall{Worse: [model.Axes]int{1, 1, 3}, Better: [model.Axes]int{2, 1, 3}}
	for n, want := range map[int64]string{
		63: " · 63 customers score better (213) and are in the lower tier · £1,200",
		1:  " · 1 customer scores better (213) and is in the lower tier · £1,200",
		0:  " · no customer scores 213",
	} {
		fall.Flow = rfm.Flow{Customers: n, Revenue: 1_200 * model.Unit}
		if got := fallWhom(fall, &model.Info{Currency: "GBP"}); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := fallWhom(fall, nil); got != "" {
		t.Errorf("without a workspace: %q", got)
	}
}

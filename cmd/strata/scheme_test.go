package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestSchemeList(t *testing.T) {
	t.Parallel()
	var list []struct {
		Scheme   string
		Segments int
	}
	if err := json.Unmarshal([]byte(mustRun(t, exitDone, "scheme", "list", "--format", "json").out), &list); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range list {
		got = append(got, p.Scheme+" "+strconv.Itoa(p.Segments))
	}
	if want := "ten 10, value 10, grid 10, eleven 11, eight 8, rfm-r 10, klaviyo 6, putler 11, pymc 5"; strings.Join(got, ", ") != want {
		t.Errorf("presets %s, want %s", strings.Join(got, ", "), want)
	}
}

// TestSchemesShowWhatTheyCheck writes every preset to a file, as it is and
// spelled out, and finds it good again.
func TestSchemesShowWhatTheyCheck(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ten", "value", "grid", "eleven", "eight", "rfm-r", "klaviyo", "putler", "pymc"} {
		for _, spelled := range []bool{false, true} {
			if name == "value" && spelled {
				mustRun(t, exitUsage, "scheme", "show", name, "--cells")
				continue
			}
			args := []string{"scheme", "show", name}
			if spelled {
				args = append(args, "--cells")
			}
			file := filepath.Join(t.TempDir(), name+".yaml")
			text := mustRun(t, exitDone, args...).out
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			mustRun(t, exitDone, "scheme", "check", file)
			if again := mustRun(t, exitDone, "scheme", "show", file).out; again != text {
				t.Errorf("%s is shown as\n%s\nand read as\n%s", name, text, again)
			}
			lint := func(scheme string) string {
				return strata(t, "", "scheme", "lint", scheme, "--format", "json").out
			}
			if lint(file) != lint(name) {
				t.Errorf("%s, spelled out %v, is judged otherwise", name, spelled)
			}
		}
	}
}

// linted is what is found, in JSON.
type linted struct {
	Cells                  int
	Uncovered, Overlapping []struct {
		Cell      string
		Segments  []string
		Customers *int64
	}
	Unreachable []struct{ Segment, Label string }
	NonMonotone []struct{ Worse, Better string } `json:"non_monotone"`
}

func TestSchemeLint(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		status                                            int
		cells, uncovered, overlapping, unreachable, falls int
	}{
		"rfm-r":   {exitRefused, 125, 10, 58, 0, 25},
		"putler":  {exitRefused, 125, 0, 76, 4, 0},
		"pymc":    {exitRefused, 64, 18, 0, 0, 0},
		"eleven":  {exitRefused, 125, 0, 0, 0, 17},
		"grid":    {exitDone, 25, 0, 0, 0, 0},
		"klaviyo": {exitDone, 27, 0, 0, 0, 0},
		"ten":     {exitDone, 125, 0, 0, 0, 0},
	} {
		var j linted
		if err := json.Unmarshal([]byte(mustRun(t, want.status, "scheme", "lint", name, "--format", "json").out), &j); err != nil {
			t.Fatal(err)
		}
		if j.Cells != want.cells || len(j.Uncovered) != want.uncovered || len(j.Overlapping) != want.overlapping ||
			len(j.Unreachable) != want.unreachable || len(j.NonMonotone) != want.falls {
			t.Errorf("%s: %d cells, %d uncovered, %d overlapping, %d unreachable, %d not monotone", name,
				j.Cells, len(j.Uncovered), len(j.Overlapping), len(j.Unreachable), len(j.NonMonotone))
		}
		if len(j.Uncovered) > 0 && j.Uncovered[0].Customers != nil {
			t.Errorf("%s: customers are counted without a workspace", name)
		}
		for _, c := range j.Overlapping {
			if len(c.Segments) < 2 {
				t.Errorf("%s: cell %s overlaps, but only %v hold it", name, c.Cell, c.Segments)
			}
		}
	}
}

// TestSchemesOnTheRPackagesOrders goes the whole way from the file to the
// segments that the R package prints.
func TestSchemesOnTheRPackagesOrders(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "r.strata")
	mustRun(t, exitDone, "import", w, sharedData(t, "r_rfm/rfm_data_orders.csv"))

	j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", "rfm-r", "--as-of", "2006-12-31", "--format", "json").out)
	if got, want := numbers(j.Cuts.Recency)+" | "+numbers(j.Cuts.Frequency)+" | "+strings.Join(plainAmounts(j.Cuts.Monetary), " "),
		"115 181 297.4 482 | 4 5 6 8 | 255.80 382.00 506.40 666.00"; got != want {
		t.Errorf("cuts %s, want %s", got, want)
	}
	if len(j.Cuts.Value) != 0 {
		t.Errorf("value cuts %v decide nothing here", j.Cuts.Value)
	}
	want := map[string]string{
		"about-to-sleep": "102 283 23449.00", "at-risk": "28 216 22227.00", "cant-lose-them": "47 274 32446.00",
		"champions": "35 316 31646.00", "lost": "148 393 35324.00", "loyal-customers": "170 799 76562.00",
		"need-attention": "10 57 4562.00", "new-customers": "104 329 28837.00",
		"potential-loyalist": "342 2211 204856.00", "promising": "9 28 4249.00", "others": "0 0 0.00",
	}
	for _, s := range j.Segments {
		got := strconv.FormatInt(s.Customers, 10) + " " + strconv.FormatInt(s.Orders, 10) + " " + string(s.Revenue)
		if got != want[s.Segment] {
			t.Errorf("%s: %s, want %s", s.Segment, got, want[s.Segment])
		}
	}

	j = decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", "eight", "--as-of", "2006-12-31", "--format", "json").out)
	if j.Segments[0].Segment != "important-value" || j.Segments[0].Customers != 274 || j.Segments[0].Revenue != "195397.00" {
		t.Errorf("the first of the eight classes: %+v", j.Segments[0])
	}

	j = decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", "value", "--as-of", "2006-12-31", "--format", "json").out)
	if len(j.Cuts.Value) != 2 || !hasWarning(j, "achieved-shares") {
		t.Errorf("shares: cuts %v, warnings %v", j.Cuts.Value, j.Warnings)
	}
	j = decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", "pymc", "--as-of", "2006-12-31", "--format", "json").out)
	if last := j.Segments[len(j.Segments)-1]; last.Segment != "others" || last.Tier != "none" || !hasWarning(j, "uncovered-cells") {
		t.Errorf("cells outside the map: %+v, warnings %v", last, j.Warnings)
	}
	compareScores(t, w, "rfm_orders_pkg", "--as-of", "2006-12-31")

	var lint linted
	r := mustRun(t, exitRefused, "scheme", "lint", "rfm-r", "--workspace", w, "--as-of", "2006-12-31", "--format", "json")
	if err := json.Unmarshal([]byte(r.out), &lint); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "scheme", "lint", w)
	if shown := mustRun(t, exitDone, "scheme", "show", w).out; shown != mustRun(t, exitDone, "scheme", "show", "ten").out {
		t.Errorf("a fresh workspace has the scheme\n%s", shown)
	}
	overlap := int64(0)
	for _, c := range lint.Overlapping {
		overlap += *c.Customers
	}
	if overlap == 0 || *lint.Uncovered[0].Customers != 0 {
		t.Errorf("%d customers in overlapping cells, %d in the first uncovered one", overlap, *lint.Uncovered[0].Customers)
	}
}

// TestEightClassesOfCDNOW goes the whole way from the file without a header to
// the eight classes, one order a day.
func TestEightClassesOfCDNOW(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "cdnow.strata")
	mustRun(t, exitDone, "import", w, sharedData(t, "cdnow/CDNOW_sample.txt"))
	j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", "eight", "--frequency-measure", "days", "--as-of", "1998-07-01", "--format", "json").out)
	want := map[string]string{
		"important-value": "464 149265.28", "general-value": "188 13094.37", "important-develop": "30 4975.63",
		"general-develop": "161 8267.08", "important-keep": "37 14349.18", "general-keep": "47 3185.44",
		"important-win-back": "62 10258.03", "general-win-back": "1368 40696.93",
	}
	for _, s := range j.Segments {
		if got := strconv.FormatInt(s.Customers, 10) + " " + string(s.Revenue); got != want[s.Segment] {
			t.Errorf("%s: %s, want %s", s.Segment, got, want[s.Segment])
		}
	}
	if rate := *j.RepeatRate; rate < 0.48324 || rate > 0.48325 {
		t.Errorf("repeat rate %f, want 1,139 of 2,357", rate)
	}
	j = decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--as-of", "1998-07-01", "--format", "json").out)
	if !hasWarning(j, "equal-cuts") || numbers(j.Cuts.Frequency) != "1 1 2 4" {
		t.Errorf("frequency cuts %v, warnings %v", j.Cuts.Frequency, j.Warnings)
	}
}

func hasWarning(j tiersJSON, code string) bool {
	for _, w := range j.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}

func TestSchemeFilesAreRefusedWithTheirLine(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(file, []byte("scheme: mine\nlevels: 3\nmap:\n  - {segment: best, tier: gold, cells: \"333\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := mustRun(t, exitFailed, "scheme", "check", file)
	if want := `mine.yaml: line 4, column 27: tier: "gold" is unknown; use one of high, mid, low, none`; !strings.Contains(r.err, want) {
		t.Errorf("error %s, want %s", r.err, want)
	}
	for args, want := range map[string]string{
		"scheme show nosuch":                       "there is no preset",
		"scheme show " + file + ".gone.yaml":       "check the path",
		"scheme":                                   "list, show, map, lint or check",
		"scheme lint eleven --levels 4":            "needs 5 scores",
		"scheme lint ten --method mean --levels 3": "the mean divides into 2 scores",
		"scheme lint value --shares 60,60":         "at most 100",
		"scheme lint value --shares 60":            "two numbers",
	} {
		if r := mustRun(t, exitUsage, strings.Fields(args)...); !strings.Contains(r.err, want) {
			t.Errorf("%s: %s, want %s", args, r.err, want)
		}
	}
}

func TestSchemesAreCompleted(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"__complete", "tiers", "shop.strata", "--scheme", "ei"},
		{"__complete", "scheme", "show", "ei"},
		{"__complete", "tiers", "shop.strata", "--method", "nt"},
	} {
		out := mustRun(t, exitDone, args...).out
		if !strings.Contains(out, "eight\t") && !strings.Contains(out, "ntile\n") {
			t.Errorf("%v offers\n%s", args, out)
		}
	}
}

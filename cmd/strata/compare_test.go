package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/model"
)

// compareJSON is what the tests read of `strata compare`.
type compareJSON struct {
	Before, After, By        string
	AfterAsOf                string `json:"after_as_of"`
	Customers, Stayed, Moved int64
	Up, Down, New, Gone      int64
	BeforeCustomers          int64  `json:"before_customers"`
	AfterCustomers           int64  `json:"after_customers"`
	RevenueReclassified      string `json:"revenue_reclassified"`
	RevenueDown              string `json:"revenue_down"`
	ARI, PSI                 *float64
	RulePart                 int64 `json:"rule_part"`
	BehaviourPart            int64 `json:"behaviour_part"`
	BothPart                 int64 `json:"both_part"`
	Matrix                   []moveJSON
	Flows                    []struct {
		From, To  string
		Customers int64
		Reasons   []struct {
			Cause     string
			Text      string
			Customers int64
		}
	}
	Split *struct {
		Stayed, Behaviour, Rule, Both, Back, New int64
		Tiers, Segments                          []partsJSON
	}
	Tiers, Segments []struct {
		Segment, Tier string
		Before, After int64
	}
}

type moveJSON struct {
	From, To, Kind string
	Customers      int64
	Revenue        string
}

type partsJSON struct {
	Label                                           string
	Before, Behaviour, Rule, Both, New, Gone, After int64
}

// memberOf is what they read of a member.
type memberOf struct{ From, To, Cause string }

func compareTo[T any](t *testing.T, w string, args ...string) (v T) {
	t.Helper()
	out := mustRun(t, exitDone, append([]string{"compare", w, "--format", "json"}, args...)...).out
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	return v
}

func compareShop(t *testing.T, w string, args ...string) compareJSON {
	t.Helper()
	return compareTo[compareJSON](t, w, args...)
}

// Half a year of UCI Online Retail under the scheme ten: the figures were worked
// out once more from `strata scores` of both days, and of the cuts of the first
// day on the second, customer by customer.
func TestCompareTwoDaysOfUCI(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: imports and compares half a million lines")
	}
	w := filepath.Join(t.TempDir(), "w.strata")
	mustRun(t, exitRefused, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"), "--lines", "no")
	c := compareShop(t, w, "--before", "2011-06-01", "--scheme", "ten")
	if c.Before != "ten as of 2011-06-01" || c.AfterAsOf != "2011-12-10" || c.Customers != 2718 || c.BeforeCustomers != 2718 || c.AfterCustomers != 4339 ||
		c.Stayed != 1011 || c.Moved != 1707 || c.Up != 744 || c.Down != 334 || c.New != 1621 || c.Gone != 0 {
		t.Errorf("%+v", c)
	}
	if c.RevenueReclassified != "2724807.252" || c.RevenueDown != "389533.901" ||
		math.Abs(*c.ARI-0.16695977765485662) > 1e-12 || math.Abs(*c.PSI-0.0715770748589264) > 1e-12 || c.RulePart != 45 || c.BehaviourPart != 1227 || c.BothPart != 435 {
		t.Errorf("%s, %s down, ARI %v, PSI %v, rule %d, behaviour %d, both %d", c.RevenueReclassified, c.RevenueDown, *c.ARI, *c.PSI, c.RulePart, c.BehaviourPart, c.BothPart)
	}
	if s := c.Split; s.Stayed != 908 || s.Behaviour != 1227 || s.Rule != 45 || s.Both != 435 || s.Back != 103 || s.New != 1621 {
		t.Errorf("%+v", s)
	}
	checkSums(t, c)
	days := []string{"compare", w, "--before", "2011-06-01", "--scheme", "ten"}
	expectOut(t, mustRun(t, exitDone, append(days, "--format", "json")...).out, `"rule_part": 45,`, `"behaviour_part": 1227,`, `"both_part": 435,`)
	expectOut(t, mustRun(t, exitDone, days...).out,
		"Of the 1,707 who move, 1,227 did so by behaviour alone, 45 by the rule alone, 435 by both. In addition, 103 of those who stay would have moved under the old rule.\n",
		"Behaviour: what the customers' own data did (new orders, or none;")

	checkClasses(t, w, days)
	checkWhoRises(t, w)

	// One line alone: those of 34 to 45 days, who score 4 then.
	c = compareShop(t, w, "--before", "ten", "--after", "recency=14,45,72,180")
	want := "recency 34–45 days now scores 4, not 3"
	for _, f := range c.Flows {
		for _, r := range f.Reasons {
			if !strings.Contains(r.Text, want) && !strings.HasPrefix(r.Text, "recency 14") {
				t.Errorf("%s → %s: %s", f.From, f.To, r.Text)
			}
		}
	}
	if c.Split != nil || c.BehaviourPart != 0 || c.BothPart != 0 || c.RulePart != c.Moved || c.Moved == 0 {
		t.Errorf("one day: %d of %d by the rule", c.RulePart, c.Moved)
	}
	checkSums(t, c)
	checkSums(t, compareShop(t, w, "--before", "ten", "--after", "eleven"))
}

// checkClasses holds whose doing every single move is said to be, in the list, in its
// JSON and in the flows, to the split of the segments and of the tiers.
func checkClasses(t *testing.T, w string, days []string) {
	t.Helper()
	for by, want := range map[string]map[string]int64{
		bySegment: {"behaviour": 1227, "rule": 45, "both": 435},
		byTier:    {"behaviour": 832, "rule": 116, "both": 130},
	} {
		listed, _ := csv.NewReader(strings.NewReader(mustRun(t, exitDone, append(days, "--by", by, "--members", "moved", "--format", "csv")...).out)).ReadAll()
		members := compareTo[[]struct{ Customer, Cause, Reason string }](t, w, append(days[2:], "--by", by, "--members", "moved")...)
		ofList, ofMembers, ofFlows := map[string]int64{}, map[string]int64{}, map[string]int64{}
		for i, m := range members {
			prefix, _, _ := strings.Cut(m.Reason, ": ")
			ofMembers[m.Cause]++
			ofList[prefix]++
			if prefix != m.Cause || listed[i+1][3] != m.Reason {
				t.Errorf("%s is by %s, listed as %q", m.Customer, m.Cause, listed[i+1][3])
			}
			for customer, reason := range map[string]string{"15304": "rule: recency 4→3", "15563": "behaviour: frequency 3→4"} {
				if by == bySegment && listed[i+1][0] == customer && m.Reason != reason {
					t.Errorf("%s: %q, want %q", customer, m.Reason, reason)
				}
			}
		}
		tags := map[string]string{"behaviour": " (by behaviour)", "rule": " (by the rule)", "both": " (by both)"}
		for _, f := range compareShop(t, w, append(days[2:], "--by", by)...).Flows {
			for _, r := range f.Reasons {
				ofFlows[r.Cause] += r.Customers
				if !strings.HasSuffix(r.Text, tags[r.Cause]) {
					t.Errorf("by %s, but it says %q", r.Cause, r.Text)
				}
			}
		}
		for what, got := range map[string]map[string]int64{"list": ofList, "members": ofMembers, "flows": ofFlows} {
			if !maps.Equal(got, want) {
				t.Errorf("by %s, %s: %v, want %v", by, what, got, want)
			}
		}
	}
}

// checkWhoRises asks of customers whom grace kept before, and who have risen by their
// scores: that they are no longer kept is not why.
func checkWhoRises(t *testing.T, w string) {
	t.Helper()
	mustRun(t, exitDone, "scenario", "save", w, "gamma", "--grace", "3")
	days := []string{"compare", w, "--before", "2011-09-01", "--scheme", "gamma", "--flows", "0"}
	expectOut(t, mustRun(t, exitDone, append(days, "--by", "tier")...).out, "148: kept in HIGH (by behaviour)\n", "189: no longer kept in MID by grace (by behaviour)\n")
	text := mustRun(t, exitDone, days...).out
	expectOut(t, text, "Kept in HIGH → Champions", "scores HIGH: recency is now ≤14 days: scores 5, not 3 (by behaviour)\n", "Kept in MID → Hibernating            no longer kept in MID by grace (by behaviour)\n")
	for _, by := range []string{bySegment, byTier} {
		for _, f := range compareShop(t, w, append(days[2:6:6], "--by", by)...).Flows {
			falls := f.To == "low" || f.To == "hibernating" || f.To == "light" || f.To == "about-to-sleep" || strings.Contains(f.From, "high")
			texts := map[string]bool{}
			for _, r := range f.Reasons {
				if strings.Contains(r.Text, "no longer kept") && !falls || texts[r.Text] {
					t.Errorf("%s → %s: %d %s", f.From, f.To, r.Customers, r.Text)
				}
				texts[r.Text] = true
			}
		}
	}
}

// checkSums adds rows, columns, flows, reasons and parts up.
func checkSums(t *testing.T, c compareJSON) {
	t.Helper()
	rows, columns := map[string]int64{}, map[string]int64{}
	var moved int64
	var reclassified, down model.Money
	for _, m := range c.Matrix {
		rows[m.From] += m.Customers
		columns[m.To] += m.Customers
		if m.Kind == "up" || m.Kind == "down" || m.Kind == "level" || m.Kind == "tier-lost" || m.Kind == "tier-gained" {
			moved += m.Customers
			reclassified += mustMoney(t, m.Revenue)
		}
		if m.Kind == "down" {
			down += mustMoney(t, m.Revenue)
		}
	}
	if moved != c.Moved || reclassified.String() != c.RevenueReclassified || down.String() != c.RevenueDown || c.Moved+c.Stayed != c.Customers {
		t.Errorf("%d move with %s in the matrix, %d with %s in all", moved, reclassified, c.Moved, c.RevenueReclassified)
	}
	for _, s := range c.Segments {
		if c.By == bySegment && (rows[s.Segment] != s.Before || columns[s.Segment] != s.After) {
			t.Errorf("%s: %d and %d in the matrix, %d and %d in all", s.Segment, rows[s.Segment], columns[s.Segment], s.Before, s.After)
		}
	}
	for _, s := range c.Tiers {
		if c.By == byTier && (rows[s.Tier] != s.Before || columns[s.Tier] != s.After) {
			t.Errorf("%s: %d and %d in the matrix, %d and %d in all", s.Tier, rows[s.Tier], columns[s.Tier], s.Before, s.After)
		}
	}
	var inFlows int64
	for _, f := range c.Flows {
		inFlows += f.Customers
		of := f.Customers
		for _, r := range f.Reasons {
			of -= r.Customers
		}
		if of != 0 {
			t.Errorf("%s → %s: the reasons leave out %d", f.From, f.To, of)
		}
	}
	if c.Split != nil {
		for _, p := range slices.Concat(c.Split.Tiers, c.Split.Segments) {
			if p.Before+p.Behaviour+p.Rule+p.Both+p.New-p.Gone != p.After {
				t.Errorf("%s does not add up: %+v", p.Label, p)
			}
		}
	}
	if inFlows != c.Moved || c.RulePart+c.BehaviourPart+c.BothPart != c.Moved {
		t.Errorf("%d in flows, %d + %d + %d in parts, %d in all", inFlows, c.RulePart, c.BehaviourPart, c.BothPart, c.Moved)
	}
}

func mustMoney(t *testing.T, text string) model.Money {
	t.Helper()
	m, err := model.ParseMoney(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What stands after --before and --after, in the order in which it is tried.
func TestWhatIsCompared(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	mustRun(t, exitDone, "scenario", "save", w, "mine", "--scheme", "eight")
	mustRun(t, exitDone, "scenario", "save", w, "recency=7")
	file := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(file, []byte(mustRun(t, exitDone, "scheme", "show", "eleven").out), 0o644); err != nil {
		t.Fatal(err)
	}
	last := compareShop(t, w).AfterAsOf
	for _, c := range []struct {
		args          []string
		before, after string
	}{
		{nil, "ten", "ten"},
		{[]string{"--before", "mine", "--after", file}, "mine", "eleven"},
		{[]string{"--before", "scenario:mine", "--after", "preset:grid"}, "mine", "grid"},
		{[]string{"--before", "recency=7", "--after", "scenario:recency=7"}, "recency=7", "recency=7"},
		{[]string{"--after", "recency=5,50,100,200; value=7,11"}, "ten", "ten with recency=5,50,100,200; value=7,11"},
		{[]string{"--before", last, "--scheme", "eight"}, "eight", "eight"},
	} {
		got := compareShop(t, w, c.args...)
		if got.Before != c.before || got.After != c.after {
			t.Errorf("%q compares %s with %s", c.args, got.Before, got.After)
		}
		checkSums(t, got)
		checkSums(t, compareShop(t, w, append(c.args, "--by", "tier")...))
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--before", "nothing"}, "nothing"},
		{[]string{"--before", "2011-02-31"}, "2011-02-31"},
		{[]string{"--after", "recency=1,2,x,4"}, "x"},
		{[]string{"--after", "colour=1,2"}, "colour"},
		{[]string{"--after", "value=8"}, "MID and HIGH"},
		{[]string{"--after", "value=12,8,1"}, "MID and HIGH"},
		{[]string{"--by", "shop"}, "--by"},
		{[]string{"--value", "orders"}, "--value"},
		{[]string{"--members", "loyal"}, "FROM:TO"},
		{[]string{"--members", "loyal:nobody"}, "nobody"},
		{[]string{"--members", "new:gone"}, "new and gone"},
	} {
		expectOut(t, mustRun(t, exitUsage, append([]string{"compare", w}, c.args...)...).err, c.want)
	}
	expectOut(t, mustRun(t, exitFailed, "compare", w, "--before", "1990-01-01").err, "there are no orders before 1990-01-01", "the first order is of")
}

func TestCompareForPeopleAndSpreadsheets(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	c := compareShop(t, w, "--before", "ten", "--after", "recency=5,50,100,200")
	text := mustRun(t, exitDone, "compare", w, "--before", "ten", "--after", "recency=5,50,100,200").out
	expectOut(t, text, "before: ten · after: ten with recency=5,50,100,200", " 1 Champions", "customers on both sides: ", "ARI ", "reason", "days now scores ")
	expectOut(t, mustRun(t, exitDone, "compare", w, "--before", "ten", "--after", "eight", "--value", "revenue", "--flows", "1").out, "columns: 1 ", "smaller flow")
	rows, err := csv.NewReader(strings.NewReader(mustRun(t, exitDone, "compare", w, "--before", "ten", "--after", "recency=5,50,100,200", "--format", "csv").out)).ReadAll()
	if err != nil || len(rows) != len(c.Matrix)+1 || strings.Join(rows[0], ",") != "from,to,kind,customers,revenue,revenue_as_of" {
		t.Errorf("%d rows under %q: %v", len(rows), rows[0], err)
	}
}

// Behind every cell stand as many members as it has, two days apart.
func TestCompareMembers(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	days := decodeJSON[[]scoreJSON](t, mustRun(t, exitDone, "scores", w, "--sort", "recency", "--format", "json").out)
	middle := days[len(days)/2].LastOrder
	args := []string{"--before", middle, "--window", "200d"}
	for _, by := range []string{bySegment, byTier} {
		c := compareShop(t, w, append(args, "--by", by)...)
		if c.New == 0 || c.Gone == 0 || c.Moved == 0 || c.Split == nil {
			t.Fatalf("%s: %d new, %d gone, %d move", middle, c.New, c.Gone, c.Moved)
		}
		checkSums(t, c)
		for _, m := range c.Matrix {
			list := membersOf(t, w, append(args, "--by", by, "--members", m.From+":"+m.To)...)
			if int64(len(list)) != m.Customers {
				t.Errorf("%s:%s has %d members, the cell %d", m.From, m.To, len(list), m.Customers)
			}
			for _, one := range list {
				moves := m.Kind == "up" || m.Kind == "down" || m.Kind == "level"
				if moves != (one.Cause != "") || by == bySegment && moves && (one.From != m.From || one.To != m.To) {
					t.Fatalf("%s → %s: %+v", m.From, m.To, one)
				}
			}
		}
		if list := membersOf(t, w, append(args, "--by", by, "--members", membersMoved)...); int64(len(list)) != c.Moved {
			t.Errorf("%d members move, want %d", len(list), c.Moved)
		}
	}
	// The scheme eleven has a segment called New.
	args = append(args, "--scheme", "eleven")
	for _, m := range compareShop(t, w, args...).Matrix {
		cell := m.From + ":" + m.To
		if m.Kind == "new" {
			cell = ":" + m.To
		}
		if list := membersOf(t, w, append(args, "--members", cell)...); int64(len(list)) != m.Customers {
			t.Errorf("%s, %s: %d members, the cell %d", cell, m.Kind, len(list), m.Customers)
		}
	}
	text := mustRun(t, exitDone, append([]string{"compare", w, "--members", membersMoved, "--format", "csv"}, args...)...).out
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || rows[0][3] != "reason" || rows[0][4] != "distance" {
		t.Fatalf("%q: %v", rows[0], err)
	}
	if _, err := strconv.ParseFloat(rows[1][4], 64); err != nil {
		t.Errorf("distance: %v", err)
	}
}

func membersOf(t *testing.T, w string, args ...string) []memberOf {
	t.Helper()
	return compareTo[[]memberOf](t, w, args...)
}

// A segment that is put in another tier takes its customers there: whatever is
// asked of the comparison counts them as moved down.
func TestASegmentPutInAnotherTierMovesDown(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "32")
	files := map[string]string{}
	for name, from := range map[string]string{"up": "", "down": "segment: loyal\n    label: Loyal\n    tier: high"} {
		text := mustRun(t, exitDone, "scheme", "show", "ten", "--cells").out
		put := strings.Replace(text, from, strings.Replace(from, "high", "mid", 1), 1)
		if from != "" && put == text {
			t.Fatalf("there is no %q in\n%s", from, text)
		}
		files[name] = filepath.Join(t.TempDir(), name+".yaml")
		if err := os.WriteFile(files[name], []byte(put), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loyal := strings.Count(mustRun(t, exitDone, "scores", w, "--scheme", files["up"], "--segment", "loyal", "--format", "csv").out, "\n") - 1
	compare := []string{"compare", w, "--before", files["up"], "--after", files["down"]}
	all := strings.Count(mustRun(t, exitDone, "scores", w, "--format", "csv").out, "\n") - 1
	expectOut(t, mustRun(t, exitDone, compare...).out,
		fmt.Sprintf("%d stay in their segment", all-loyal), fmt.Sprintf("%d move (", loyal), fmt.Sprintf("0 up, %d down", loyal),
		"the segment is in another tier", "PSI of the tiers")
	expectOut(t, mustRun(t, exitDone, append(compare, "--by", "tier")...).out, fmt.Sprintf("%d stay in their tier", all-loyal), fmt.Sprintf("0 up, %d down", loyal))
	expectOut(t, mustRun(t, exitDone, append(compare, "--format", "json")...).out,
		fmt.Sprintf(`"down": %d,`, loyal), `"psi_by": "tier"`, `"cause": "rule"`, `"changed": "map"`)
	expectOut(t, mustRun(t, exitDone, append(compare, "--format", "csv")...).out, fmt.Sprintf("loyal,loyal,down,%d,", loyal))
	for _, members := range []string{"moved", "loyal:loyal"} {
		out := mustRun(t, exitDone, append(compare, "--members", members, "--format", "csv")...).out
		if n := strings.Count(out, ",loyal,loyal,the segment is in another tier,"); n != loyal || strings.Count(out, "\n") != loyal+1 {
			t.Errorf("--members %s lists %d of %d:\n%s", members, n, loyal, out)
		}
	}
}

package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// serviceJSON is what `strata service` prints, as its users read it: what each tier is
// promised, and what its customers ask for a month under a scheme. Contacts and
// hours are decimal numbers, money decimal strings, null where nobody
// has said what a contact costs; assumed is true where nobody has said anything yet,
// and assumed_fields are what of a tier nobody has. The total costs what the tiers of
// cost_of do.
type serviceJSON struct {
	Scheme   string            `json:"scheme"`
	Edited   bool              `json:"edited"`
	AsOf     string            `json:"as_of"`
	Currency string            `json:"currency"`
	Assumed  bool              `json:"assumed"`
	Services []tierServiceJSON `json:"services"`
	Promises []promiseJSON     `json:"promises"`
	Total    loadJSON          `json:"total"`
	CostOf   []string          `json:"cost_of"` // tiers whose cost is known
}

// tierServiceJSON is a tier. Per_adviser 0 is no named adviser.
type tierServiceJSON struct {
	Tier        string      `json:"tier"`
	Promise     int         `json:"promise_minutes"`
	Contacts    json.Number `json:"contacts"` // a customer and month
	Minutes     int         `json:"minutes"`  // a contact
	PerAdviser  int         `json:"per_adviser"`
	ContactCost *string     `json:"contact_cost"`
	Assumed     []string    `json:"assumed_fields"` // by the names that --set takes
	loadJSON
}

type loadJSON struct {
	Customers int64       `json:"customers"`
	Contacts  json.Number `json:"contacts_a_month"`
	Hours     float64     `json:"hours_a_month"`
	Advisers  int64       `json:"advisers"`
	Cost      *string     `json:"cost_a_month"`
}

// promiseJSON is how many customers wait at most so long.
type promiseJSON struct {
	Promise   int   `json:"promise_minutes"`
	Customers int64 `json:"customers"`
}

func TestServiceCommand(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	tiers := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out)
	before := decodeJSON[serviceJSON](t, mustRun(t, exitDone, "service", w, "--format", "json").out)
	if !before.Assumed || before.Services[0].Promise != 60 || before.Services[2].Promise != 1440 || before.Services[0].PerAdviser != 125 {
		t.Errorf("before anybody has said: %+v", before)
	}
	for i, s := range before.Services {
		if s.Tier != tiers.Tiers[i].Tier || s.Customers != tiers.Tiers[i].Customers {
			t.Errorf("%+v, but the tier has %d customers", s, tiers.Tiers[i].Customers)
		}
	}
	expectOut(t, mustRun(t, exitDone, "service", w).out, "assumed: ", "answer within", "24 h", "customers per adviser")

	set := "high.promise=30m,high.contacts=4,high.minutes=15,high.per-adviser=10,high.cost=3.50,low.contacts=0.25"
	after := decodeJSON[serviceJSON](t, mustRun(t, exitDone, "service", w, "--set", set, "--format", "json").out)
	high, n := after.Services[0], before.Services[0].Customers
	if after.Assumed || high.Promise != 30 || high.Contacts != "4" || high.loadJSON.Contacts.String() == "0" || high.Advisers != (n+9)/10 ||
		high.Hours != float64(n) || after.Services[2].Contacts != "0.25" || !reflect.DeepEqual(after.Services[1], before.Services[1]) {
		t.Errorf("after: %+v", after)
	}
	if again := decodeJSON[serviceJSON](t, mustRun(t, exitDone, "service", w, "--format", "json").out); !reflect.DeepEqual(again.Services[0], high) {
		t.Errorf("kept: %+v", again.Services[0])
	}
	rows := strings.Split(mustRun(t, exitDone, "service", w, "--format", "csv").out, "\n")
	if !strings.HasPrefix(rows[0], "tier,promise_minutes,contacts") || !strings.HasPrefix(rows[1], "high,30,4,15,10,3.50,") {
		t.Errorf("rows %q", rows)
	}
	// With nobody in HIGH there is nothing to do there.
	empty := decodeJSON[serviceJSON](t, mustRun(t, exitDone, "service", w, "--shares", "0,35", "--format", "json").out)
	if l := empty.Services[0].loadJSON; l.Customers != 0 || l.Advisers != 0 || orEmpty(l.Cost) != "0.00" {
		t.Errorf("nobody in HIGH: %+v", l)
	}
	r := mustRun(t, exitUsage, "service", w, "--set", "high.promise=soon")
	expectOut(t, r.err, `--set: high.promise: "soon" is not valid`, "like 30m, 1h or 2d")
	mustRun(t, exitUsage, "service", w, "--set", "high")
	mustRun(t, exitUsage, "service")
}

// A goal counts advisers as the service does: whole people, the last of whom may
// have fewer customers than the others.
func TestAGoalCountsAdvisersAsTheServiceDoes(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "31")
	for _, each := range []string{"7", "100", "131"} {
		mustRun(t, exitDone, "service", w, "--set", "high.per-adviser="+each)
		advisers := "0"
		for line := range strings.Lines(mustRun(t, exitDone, "service", w, "--format", "csv").out) {
			if fields := strings.Split(line, ","); fields[0] == "high" {
				advisers = fields[9]
			}
		}
		// What the service counts as things stand is a goal that is met as they stand.
		out := mustRun(t, exitDone, "suggest", w, "--goal", "high:heads="+advisers+"@"+each, "--format", "json").out
		var got struct {
			Met      bool                                       `json:"met"`
			Terms    []struct{ Got string }                     `json:"terms"`
			Achieved map[string]struct{ Customers, Before int } `json:"achieved"`
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		said := " " + advisers + " adviser"
		if high := got.Achieved["high"]; !got.Met || high.Customers != high.Before || !strings.Contains(got.Terms[0].Got, said) {
			t.Errorf("%s each: the service has %s, the goal %+v with %+v", each, advisers, got.Terms, got.Achieved["high"])
		}
	}
}

// One answer makes one thing said: the others stay assumed, and what contacts of
// other tiers cost stays unknown, so that no total claims it.
func TestOneAnswerLeavesTheOthersAssumed(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t)
	none := mustRun(t, exitDone, "service", w)
	expectOut(t, none.out, "assumed: what the tiers are promised has not been set", "\ncost: what a contact costs has not been set\n", "contacts per customer per month")
	if strings.Contains(none.out, "0.00") {
		t.Errorf("a cost that nobody told is 0.00:\n%s", none.out)
	}
	said := mustRun(t, exitDone, "service", w, "--set", "high.promise=1h,high.cost=12")
	expectOut(t, said.out, "still assumed: high.contacts, high.minutes, high.per-adviser, mid.promise, mid.contacts,",
		"cost: of HIGH alone; what a contact of the others costs has not been set")
	expectOut(t, mustRun(t, exitDone, "service", w, "--format", "csv").out, ",false,contacts minutes per-adviser\n", ",true,promise contacts minutes per-adviser cost\n")
	j := mustRun(t, exitDone, "service", w, "--format", "json").out
	expectOut(t, j, `"contact_cost": null`, `"contact_cost": "12.00"`, `"cost_a_month": null`, `"assumed": false`)
	if set := mustRun(t, exitDone, "service", w, "--set", "mid.cost=0").out; !strings.Contains(set, "cost: of HIGH and MID alone") {
		t.Errorf("a cost of 0 that somebody told is not known:\n%s", set)
	}
}

// A cost is told as it was set, and contacts with a fraction as they are.
func TestServiceTellsWhatWasSet(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t)
	out := mustRun(t, exitDone, "service", w, "--set", "high.cost=3.333,mid.cost=2,high.contacts=0.25,mid.contacts=1,low.contacts=0.5").out
	expectOut(t, out, " 3.333\n", " 2.00\n")
	text := strings.Join(strings.Fields(out), " ")
	expectOut(t, text, "HIGH 3 0.75 ", "MID 1 1.00 ", "LOW 3 1.50 ", "all 7 3.25 ")
}

package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// sensitivityJSON is what `strata sensitivity` prints of a cut, as its users read it.
type sensitivityJSON struct {
	Axis string `json:"axis"`
	Cut  int    `json:"cut"`
	Name string `json:"name"` // by the scores on its sides, the better first: "4│3"; MID, HIGH
	At   any    `json:"at"`

	ByScoresAlone bool              `json:"by_scores_alone"`
	Held          []session.Holding `json:"held"`

	StepDown *stepJSON `json:"step_down"`
	StepUp   *stepJSON `json:"step_up"`

	// The nearest position at which anybody is reclassified, and how many; null if
	// there is none before what stopped it: the next cut, beyond which nothing is
	// told, or the end of the measure.
	NextDown          any    `json:"next_down"`
	NextDownCustomers *int64 `json:"next_down_customers"`
	NextDownStopped   string `json:"next_down_stopped,omitempty"`
	NextUp            any    `json:"next_up"`
	NextUpCustomers   *int64 `json:"next_up_customers"`
	NextUpStopped     string `json:"next_up_stopped,omitempty"`

	// The customers with the greatest value on the lower side of the line, which
	// they pass only together; null if nobody is on that side.
	TieValue     any      `json:"tie_value"`
	TieCustomers *int64   `json:"tie_customers"`
	TieShare     *float64 `json:"tie_share"`
}

// stepJSON is who is reclassified by one step of the arrow keys. Where something
// stops the cut, nobody is, To is null and Stopped says what.
type stepJSON struct {
	Customers int64  `json:"customers"`
	Revenue   string `json:"revenue"`
	To        any    `json:"to"`
	Stopped   string `json:"stopped,omitempty"`
}

func decodeSensitivity(t *testing.T, text string) []sensitivityJSON {
	t.Helper()
	var cuts []sensitivityJSON
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(&cuts); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return cuts
}

// scored is the segment of every customer, and the revenue that goes there.
type scored map[string]struct {
	segment string
	revenue model.Money
}

// scoredWith lists the customers under raw cuts.
func scoredWith(t *testing.T, w string, cuts map[string][]string) scored {
	t.Helper()
	args := []string{"scores", w, "--format", "csv"}
	for axis, at := range cuts {
		args = append(args, "--"+axis, strings.Join(at, ","))
	}
	rows, err := csv.NewReader(strings.NewReader(mustRun(t, exitDone, args...).out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	customer, segment, monetary := slices.Index(rows[0], "customer"), slices.Index(rows[0], "segment"), slices.Index(rows[0], "monetary")
	all := scored{}
	for _, row := range rows[1:] {
		revenue, err := model.ParseCut(row[monetary], model.Unit)
		if err != nil {
			t.Fatal(err)
		}
		one := all[row[customer]]
		one.segment, one.revenue = row[segment], model.Money(revenue.Whole)
		all[row[customer]] = one
	}
	return all
}

// reclassified counts who is in another segment.
func (before scored) reclassified(now scored) (customers int64, revenue model.Money) {
	for key, was := range before {
		if now[key].segment != was.segment {
			customers++
			revenue += was.revenue
		}
	}
	return customers, revenue
}

// Each cut of a workspace is put where a step, or the next position, is said to
// lie, and the customers of the two runs are compared one by one.
func TestSensitivityAgreesWithTheScoresOfTwoRuns(t *testing.T) {
	t.Parallel()
	for name, w := range map[string]func(t *testing.T) string{
		"generated": smallShop,
		"CDNOW": func(t *testing.T) string {
			w := filepath.Join(t.TempDir(), "cdnow.strata")
			mustRun(t, exitDone, "import", w, sharedData(t, "cdnow/CDNOW_sample.txt"))
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkSensitivity(t, w(t))
		})
	}
}

func checkSensitivity(t *testing.T, w string) {
	t.Helper()
	all := decodeSensitivity(t, mustRun(t, exitDone, "sensitivity", w, "--format", "json").out)
	standing := map[string][]string{}
	for _, c := range all {
		if c.Axis != "value" {
			standing[c.Axis] = append(standing[c.Axis], fmt.Sprint(c.At))
		}
	}
	before := scoredWith(t, w, standing)
	compared := 0
	check := func(c sensitivityJSON, to any, customers int64, revenue string) {
		t.Helper()
		if to == nil || c.Axis == "value" {
			return
		}
		compared++
		moved := map[string][]string{}
		for axis, at := range standing {
			moved[axis] = slices.Clone(at)
		}
		moved[c.Axis][c.Cut] = fmt.Sprint(to)
		n, worth := before.reclassified(scoredWith(t, w, moved))
		if n != customers || revenue != "" && worth.String() != revenue {
			t.Errorf("%s %s at %v: %d customers with %s move, told %d with %s", c.Axis, c.Name, to, n, worth, customers, revenue)
		}
	}
	for _, c := range all {
		check(c, c.StepDown.To, c.StepDown.Customers, c.StepDown.Revenue)
		check(c, c.StepUp.To, c.StepUp.Customers, c.StepUp.Revenue)
		if c.NextDown != nil {
			check(c, c.NextDown, *c.NextDownCustomers, "")
		}
		if c.NextUp != nil {
			check(c, c.NextUp, *c.NextUpCustomers, "")
		}
	}
	if compared < 20 {
		t.Errorf("%d positions compared", compared)
	}
}

// More than half of the customers of CDNOW bought once: the cut at one order
// carries them all.
func TestSensitivityWarnsOfCustomersOnTheLine(t *testing.T) {
	t.Parallel()
	w := filepath.Join(t.TempDir(), "cdnow.strata")
	mustRun(t, exitDone, "import", w, sharedData(t, "cdnow/CDNOW_sample.txt"))
	r := mustRun(t, exitDone, "sensitivity", w, "--frequency", "1,2,4", "--format", "json")
	cut := decodeSensitivity(t, r.out)[4]
	if cut.Axis != "frequency" || cut.Cut != 0 || cut.Name != "2│1" || fmt.Sprint(cut.At, " ", cut.TieValue) != "1 1" || *cut.TieShare < 0.5 {
		t.Errorf("%+v with a share of %v on the line", cut, *cut.TieShare)
	}
	if cut.StepDown.To != nil || cut.StepDown.Stopped == "" || cut.StepDown.Revenue != "0.00" || cut.NextDown != nil {
		t.Errorf("nothing stops it: %+v", cut.StepDown)
	}
	if want := fmt.Sprintf("note: Frequency 2│1 sits on a tie: %s customers (", words.Count(*cut.TieCustomers)); strings.Count(r.err, "2│1") != 1 || !strings.Contains(r.err, want) {
		t.Errorf("the tie is not told once: %s", r.err)
	}
}

func TestSensitivityForPeopleAndSpreadsheets(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	text := mustRun(t, exitDone, "sensitivity", w).out
	for _, want := range []string{"measure", "▸ step to", "recency      5│4", "value score  HIGH", "%"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(mustRun(t, exitDone, "sensitivity", w, "--levels", "2,9,3", "--format", "csv").out)).ReadAll()
	if err != nil || len(rows) != 1+1+8+2+2 || rows[0][0] != "axis" || len(rows[0]) != 23 {
		t.Errorf("%d rows under %v: %v", len(rows), rows[0], err)
	}
	split := mustRun(t, exitDone, "sensitivity", w, "--method", "ntile", "--format", "json")
	for _, c := range decodeSensitivity(t, split.out) {
		if (c.StepUp == nil) != (c.Axis != "value") {
			t.Errorf("%s %s of equal groups: %+v", c.Axis, c.Name, c.StepUp)
		}
	}
	if !strings.Contains(split.err, "no line") {
		t.Errorf("it is not said that there is no line: %s", split.err)
	}
	mustRun(t, exitUsage, "sensitivity")
	mustRun(t, exitUsage, "sensitivity", w, "--frequency", "x")
}

// Sensitivity lists the cuts that tiers lists, to the last digit, whatever the
// method.
func TestSensitivityListsTheCutsOfTiers(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "33")
	flags := [][]string{{"--scheme", "value"}, {"--recency", "14,33.5,72,180"}, {"--frequency-measure", "per-month", "--monetary-measure", "mean"}}
	for _, method := range model.Methods {
		if method != model.MethodFixed {
			flags = append(flags, []string{"--method", string(method)})
		}
	}
	for _, scheme := range flags {
		var tiers struct{ Cuts map[string][]any }
		decode := json.NewDecoder(strings.NewReader(mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json"}, scheme...)...).out))
		decode.UseNumber()
		if err := decode.Decode(&tiers); err != nil {
			t.Fatal(err)
		}
		var cuts []struct {
			Axis string
			Cut  int
			At   any
		}
		decode = json.NewDecoder(strings.NewReader(mustRun(t, exitDone, append([]string{"sensitivity", w, "--format", "json"}, scheme...)...).out))
		decode.UseNumber()
		if err := decode.Decode(&cuts); err != nil {
			t.Fatal(err)
		}
		listed := 0
		for _, of := range tiers.Cuts {
			listed += len(of)
		}
		if len(cuts) != listed {
			t.Errorf("%v: %d cuts, tiers list %d", scheme, len(cuts), listed)
		}
		text := mustRun(t, exitDone, append([]string{"sensitivity", w}, scheme...)...).out
		for _, c := range cuts {
			if want := tiers.Cuts[c.Axis][c.Cut]; c.At != want {
				t.Errorf("%v: cut %d of %s is at %v, tiers have it at %v", scheme, c.Cut, c.Axis, c.At, want)
			}
			shown := fmt.Sprint(c.At)
			if c.Axis == model.Monetary.String() {
				at, err := model.ParseCut(shown, model.Unit)
				if err != nil {
					t.Fatal(err)
				}
				shown = strings.ReplaceAll(words.CutAmount(at, ""), ",", "")
			} else if strings.Contains(shown, ".") {
				shown = strings.TrimSuffix(strings.TrimRight(shown, "0"), ".")
			}
			if !strings.Contains(strings.ReplaceAll(text, ",", ""), " "+shown+" ") {
				t.Errorf("%v: the text does not tell %v:\n%s", scheme, shown, text)
			}
		}
	}
}

// What the figures leave out stands in the head of the table, in a note and in
// both machine forms: fair rules, nested cuts, value cuts by shares.
func TestSensitivitySaysWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "33")
	for _, c := range []struct {
		flags            []string
		head, note, json string
	}{
		{[]string{"--grace", "3"}, "\nby scores alone: fair rules are not applied\n", "note: by scores alone: fair rules are not applied here", `"by_scores_alone": true`},
		{[]string{"--method", "nested"}, "\nheld while a cut moves, though the scheme would recalculate them: nested cuts\n", "strata compare, which recalculates them, gives other numbers", `"nested cuts"`},
		{[]string{"--scheme", "value"}, "\nheld while a cut moves, though the scheme would recalculate them: value cuts\n", "here they stay where they are", `"value cuts"`},
		{nil, "", "", `"by_scores_alone": false`},
	} {
		r := mustRun(t, exitDone, append([]string{"sensitivity", w}, c.flags...)...)
		if !strings.Contains(r.out, c.head) || !strings.Contains(r.err, c.note) {
			t.Errorf("%v: %q or %q is not in\n%s%s", c.flags, c.head, c.note, r.out, r.err)
		}
		if c.head == "" && (strings.Contains(r.out, "alone") || strings.Contains(r.out, "held")) {
			t.Errorf("%v: it is said to leave something out\n%s", c.flags, r.out)
		}
		if j := mustRun(t, exitDone, append([]string{"sensitivity", w, "--format", "json"}, c.flags...)...).out; !strings.Contains(j, c.json) {
			t.Errorf("%v: %s is not in\n%s", c.flags, c.json, j)
		}
	}
	nested := mustRun(t, exitDone, "sensitivity", w, "--method", "nested", "--format", "csv").out
	for line := range strings.Lines(nested) {
		if got := strings.HasSuffix(strings.TrimSpace(line), "nested cuts"); got != strings.HasPrefix(line, "recency") {
			t.Errorf("nested cuts are held: %v of %s", got, line)
		}
	}
}

// A neighbouring cut in the way, the end of the measure, and nobody as far as it
// goes are three different things, and none of them reads like a sure line.
func TestSensitivityTellsWhyThereIsNoPosition(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t) // with 1 to 7 orders
	r := mustRun(t, exitDone, "sensitivity", w, "--frequency", "1,2,3,4")
	for _, want := range []string{
		"recency 5│4 38.4 37 0 0 39 0 0 nobody next cut 1 14.3%",
		"frequency 2│1 1 end – – next cut – – end next cut 1 14.3%",
		"frequency 3│2 2 next cut – – next cut – – next cut next cut 1 14.3%",
		"next cut: nobody is reclassified before the neighbouring cut, which stops this one; how certain the line is beyond that is not known",
		"end: the cut is at the last values there are", "nobody: nobody is reclassified anywhere up to the end of the measure", "–: there is nothing to count",
	} {
		if !strings.Contains(strings.Join(strings.Fields(r.out), " "), want) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
	j := mustRun(t, exitDone, "sensitivity", w, "--frequency", "1,2,3,4", "--format", "json").out
	for _, want := range []string{`"next_down_stopped": "the end of the measure"`, `"next_up_stopped": "the next cut from 3 orders"`} {
		if !strings.Contains(j, want) {
			t.Errorf("%s is not in\n%s", want, j)
		}
	}
}

// The first position below an amount that somebody has is told as a person would type
// it, and exactly to a program: c2 has 90.00, and c4 250.00.
func TestFirstPositionsOfAmountsHaveTwoDecimals(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t)
	text := mustRun(t, exitDone, "sensitivity", w, "--scheme", "value").out
	expectOut(t, text,
		"monetary     3│2   118.00     116.00          0        0     120.00          0        0       89.99      160.00",
		"monetary     5│4   338.00     336.00          0        0     340.00          0        0      249.99      360.00")
	csv := mustRun(t, exitDone, "sensitivity", w, "--scheme", "value", "--format", "csv").out
	expectOut(t, csv, "monetary,1,3│2,118.00,116.00,0,0.00,120.00,0,0.00,89.9999,1,160.00,1,", "0.00,249.9999,1,360.00,1,")
	expectOut(t, mustRun(t, exitDone, "sensitivity", w, "--scheme", "value", "--format", "json").out, `"next_down": "89.9999"`)
	// Somebody between: no shorter cut parts the same customers.
	near := filepath.Join(t.TempDir(), "near.strata")
	mustRun(t, exitDone, "import", near, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), `customer,order,date,amount
A,1,2024-01-01,10
B,2,2024-01-20,89.9950
C,3,2024-02-03,90
D,4,2024-03-09,300
E,5,2024-03-10,400
`))
	expectOut(t, mustRun(t, exitDone, "sensitivity", near, "--scheme", "value", "--monetary", "20,91,310,350").out, "  89.9999  ")
}

// Where the next cut stands at the greatest value there is, it is that cut which is in
// the way, and not the end of the measure: there are customers beyond it.
func TestTheNextCutAtTheGreatestValueIsInTheWay(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t) // with 1 to 7 orders
	r := mustRun(t, exitDone, "sensitivity", w, "--frequency", "2,4,6,7")
	out := strings.Join(strings.Fields(r.out), " ")
	for _, want := range []string{"frequency 4│3 6 5 1 360 next cut – – 5 next cut 1 14.3%", "frequency 5│4 7 next cut – – end – – next cut end 1 14.3%"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
	csv := mustRun(t, exitDone, "sensitivity", w, "--frequency", "2,4,6,7", "--format", "csv").out
	expectOut(t, csv, "the next cut from 8 orders")
}

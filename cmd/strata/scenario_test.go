package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model/sqlite"
)

// newWorkspace imports generated orders; the same seed makes the same data.
func newWorkspace(t *testing.T, seed string) string {
	t.Helper()
	folder := t.TempDir()
	orders, workspace := filepath.Join(folder, "orders.csv"), filepath.Join(folder, "shop.strata")
	mustRun(t, exitDone, "generate", "--customers", "300", "--orders", "1500", "--seed", seed, "--out", orders)
	mustRun(t, exitDone, "import", workspace, orders)
	return workspace
}

func decodeJSON[T any](t *testing.T, text string) (v T) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return v
}

// loggedEdit is an edit in JSON, and traveled the way through some.
type (
	loggedEdit struct {
		Number, Parent, Branch int
		At                     *string
		Label, Revenue         string
		Customers              int64
		Current, Undone        bool
		OnPath                 bool `json:"on_path"`
	}
	traveled struct {
		Done   []loggedEdit
		Scheme string
	}
)

// scenarioJSON is a scenario in JSON.
type scenarioJSON struct {
	Name, Note, Estimate, Data, Scheme string
	SavedAt                            string `json:"saved_at"`
	OtherData                          bool   `json:"other_data"`
	Active, Edited, Baseline           bool
}

func expectOut(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestScenarioCommands(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "1")
	expectOut(t, mustRun(t, exitDone, "scenario", "list", w).out, "no scenario yet")
	mustRun(t, exitDone, "scenario", "save", w, "plain")
	mustRun(t, exitDone, "scenario", "save", w, "tight", "--recency", "14,45,90,180", "--note", "for Monday")
	mustRun(t, exitDone, "scenario", "save", w, "halves", "--scheme", "eight", "--estimate", "data")
	mustRun(t, exitDone, "scenario", "baseline", w, "plain")
	expectOut(t, mustRun(t, exitDone, "scenario", "open", w, "tight").out, `opened scenario "tight", `, "reclassified")
	expectOut(t, mustRun(t, exitDone, "scenario", "open", w, "tight").out, "already")

	list := decodeJSON[[]scenarioJSON](t, mustRun(t, exitDone, "scenario", "list", w, "--format", "json").out)
	if len(list) != 3 || list[0].Name != "halves" || list[0].Estimate != "data" || list[1].Estimate != "frozen" || !list[1].Baseline ||
		!list[2].Active || list[2].Edited || list[2].Note != "for Monday" || list[2].OtherData || list[2].Data == "" {
		t.Errorf("%+v", list)
	}
	expectOut(t, mustRun(t, exitDone, "scenario", "list", w).out, "active", "baseline", "for Monday")
	if csv := mustRun(t, exitDone, "scenario", "list", w, "--format", "csv").out; strings.Count(csv, "\n") != 4 {
		t.Errorf("four lines are not in\n%s", csv)
	}

	differences := decodeJSON[[]struct{ What, Before, After string }](t, mustRun(t, exitDone, "scenario", "diff", w, "plain", "tight", "--format", "json").out)
	if len(differences) != 1 || differences[0].What != "cuts.recency" || differences[0].After != "14 / 45 / 90 / 180 days" {
		t.Errorf("%+v", differences)
	}
	expectOut(t, mustRun(t, exitDone, "scenario", "diff", w, "halves", "preset:eight").out, "data ", "not recorded")
	expectOut(t, mustRun(t, exitDone, "scenario", "diff", w, "plain", "plain").out, "do not differ")

	mustRun(t, exitDone, "scenario", "copy", w, "tight", "loose")
	mustRun(t, exitDone, "scenario", "rename", w, "loose", "looser")
	mustRun(t, exitDone, "scenario", "note", w, "looser", "=2+2")
	expectOut(t, mustRun(t, exitDone, "scenario", "note", w, "looser", "=2+2", "--format", "csv").out, "looser,'=2+2,")
	for _, want := range []int{1, 0} { // opened, and already open
		opened := decodeJSON[traveled](t, mustRun(t, exitDone, "scenario", "open", w, "looser", "--format", "json").out)
		if len(opened.Done) != want || opened.Scheme != "looser" || want == 1 && (!opened.Done[0].Current || opened.Done[0].Label != `opened scenario "looser"`) {
			t.Errorf("%+v", opened)
		}
	}
	if j := decodeJSON[baselineJSON](t, mustRun(t, exitDone, "scenario", "baseline", w, "eleven", "--format", "json").out); j.Baseline != "eleven" || !strings.HasPrefix(j.Scheme, "scheme: eleven\n") {
		t.Errorf("%+v", j)
	}
	if j := decodeJSON[scenarioJSON](t, mustRun(t, exitDone, "scenario", "show", w, "looser", "--format", "json").out); j.Note != "=2+2" || !strings.HasPrefix(j.Scheme, "scheme: looser\n") {
		t.Errorf("%+v", j)
	}
	expectOut(t, mustRun(t, exitDone, "scenario", "list", w, "--format", "csv").out, "'=2+2")
	gone := mustRun(t, exitDone, "scenario", "delete", w, "looser")
	expectOut(t, gone.err, `deleted "looser"`)
	expectOut(t, gone.out, "scheme: looser")
}

// What saving takes the place of is printed, so that it can be kept.
func TestWhatIsReplacedIsPrinted(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "1")
	expectOut(t, mustRun(t, exitDone, "scenario", "save", w, "mine", "--recency", "20,50,90,200").out, `saved as "mine"`)
	was := mustRun(t, exitDone, "scenario", "show", w, "mine").out
	r := mustRun(t, exitDone, "scenario", "save", w, "mine", "--recency", "10,20,30,40")
	if r.out != was {
		t.Errorf("replaced:\n%s\nwant\n%s", r.out, was)
	}
	expectOut(t, r.err, `saved as "mine", replacing what was saved under that name, which was printed`)
	was = mustRun(t, exitDone, "scenario", "show", w, "mine").out
	var told struct {
		Name     string
		Replaced struct{ Name, Scheme string }
	}
	if err := json.Unmarshal([]byte(mustRun(t, exitDone, "scenario", "save", w, "mine", "--format", "json").out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Name != "mine" || told.Replaced.Name != "mine" || told.Replaced.Scheme != was {
		t.Errorf("as JSON: %+v", told)
	}
	was = mustRun(t, exitDone, "scenario", "show", w, "mine").out
	r = mustRun(t, exitDone, "scenario", "save", w, "mine", "--recency", "1,2,3,4", "--format", "csv")
	expectOut(t, r.err, was)
	if strings.Count(r.out, "\n") != 2 {
		t.Errorf("as CSV:\n%s", r.out)
	}
	was = mustRun(t, exitDone, "scenario", "show", w, "mine").out
	expectOut(t, mustRun(t, exitDone, "scheme", "map", w, "--save-scenario", "mine").err, was)

	for _, args := range [][]string{
		{"save", w, "Mine"}, {"copy", w, "mine", "MINE"},
	} {
		expectOut(t, mustRun(t, exitFailed, append([]string{"scenario"}, args...)...).err, `there is a scenario "mine" already`)
	}
	expectOut(t, mustRun(t, exitUsage, "scenario", "save", w, "Ten").err, "that is a preset")
	mustRun(t, exitDone, "scenario", "rename", w, "mine", "Mine")
	if out := mustRun(t, exitDone, "scenario", "list", w, "--format", "csv").out; strings.Count(out, "\n") != 2 || !strings.Contains(out, "\nMine,") {
		t.Errorf("renamed:\n%s", out)
	}
	// What is shown is what was saved, and says so where the scheme in use is another.
	mustRun(t, exitDone, "scenario", "open", w, "Mine")
	if r := mustRun(t, exitDone, "scenario", "show", w, "Mine"); r.err != "" {
		t.Errorf("without edits: %s", r.err)
	}
	mustRun(t, exitDone, "scenario", "save", w, "Mine", "--recency", "4,5,6,7")
	const without = `"Mine" is shown as it was saved, without the edits of the active scheme`
	expectOut(t, mustRun(t, exitDone, "scenario", "show", w, "Mine").err, without)
	expectOut(t, mustRun(t, exitDone, "scenario", "copy", w, "Mine", "other").err, without)
}

func TestScenarioCommandsRefuse(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "2")
	mustRun(t, exitDone, "scenario", "save", w, "a")
	mustRun(t, exitDone, "scenario", "save", w, "b")
	for _, c := range []struct {
		status int
		want   string
		args   []string
	}{
		{exitUsage, "list, save, show", nil},
		{exitUsage, "that is a preset", []string{"save", w, "eleven"}},
		{exitUsage, "that is a day", []string{"save", w, "2011-12-10"}},
		{exitUsage, "a scheme file", []string{"save", w, "x.yaml"}},
		{exitUsage, "at most 60", []string{"save", w, strings.Repeat("x", 61)}},
		{exitUsage, "frozen, data", []string{"save", w, "x", "--estimate", "never"}},
		{exitUsage, "has 2 cuts", []string{"save", w, "x", "--recency", "1,2", "--levels", "5"}},
		{exitUsage, "there is no scenario or preset", []string{"open", w, "c"}},
		{exitFailed, "there are: a, b", []string{"show", w, "c"}},
		{exitFailed, "there are: a, b", []string{"delete", w, "c"}},
		{exitFailed, "there are: a, b", []string{"open", w, "scenario:c"}},
		{exitFailed, "already", []string{"copy", w, "a", "b"}},
		{exitFailed, "already", []string{"rename", w, "a", "b"}},
		{exitUsage, "two names", []string{"rename", w, "a"}},
		{exitFailed, "no file", []string{"list", w + ".gone"}},
	} {
		r := mustRun(t, c.status, append([]string{"scenario"}, c.args...)...)
		if !strings.Contains(r.err, c.want) {
			t.Errorf("%q: %s, want %s", c.args, r.err, c.want)
		}
	}
}

// A name means a scheme file, then a scenario, then a preset, wherever a
// command asks for a scheme.
func TestWhatANameMeans(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	mustRun(t, exitDone, "scenario", "save", w, "mine", "--scheme", "eight")
	file := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(file, []byte(mustRun(t, exitDone, "scheme", "show", "eleven").out), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, segments := range map[string]int{"mine": 8, "scenario:mine": 8, file: 11, "preset:ten": 10, "grid": 10} {
		if j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", name, "--format", "json").out); len(j.Segments) != segments {
			t.Errorf("%s means a scheme of %d segments, want %d", name, len(j.Segments), segments)
		}
	}
	for _, command := range [][]string{{"matrix"}, {"scores", "--limit", "1"}} {
		mustRun(t, exitDone, append(command, w, "--scheme", "mine")...)
	}
	expectOut(t, mustRun(t, exitUsage, "tiers", w, "--scheme", "min").err, "mine, ten")
	expectOut(t, mustRun(t, exitUsage, "tiers", w, "--scheme", "preset:mine").err, "there is no preset")
	expectOut(t, mustRun(t, exitDone, "__complete", "tiers", w, "--scheme", "").out, "mine\n", "eight\t")
	expectOut(t, mustRun(t, exitDone, "__complete", "scenario", "show", w, "").out, "mine\n")
	expectOut(t, mustRun(t, exitDone, "__complete", "scenario", "diff", w, "mine", "").out, "mine\n", "eight\t")
	if out := mustRun(t, exitDone, "__complete", "scenario", "rename", w, "mine", "").out; strings.Contains(out, "mine") {
		t.Errorf("a new name is completed by %s", out)
	}
	expectOut(t, mustRun(t, exitDone, "__complete", "suggest", w, "--method", "").out, "jenks\n")
	// A file whose scheme is called like a scenario is not that scenario.
	named := filepath.Join(t.TempDir(), "named.yaml")
	mustRun(t, exitDone, "scheme", "map", "eleven", "--out", named)
	text, err := os.ReadFile(named)
	if err == nil {
		err = os.WriteFile(named, []byte(strings.Replace(string(text), "scheme: named", "scheme: mine", 1)), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	expectOut(t, mustRun(t, exitDone, "scenario", "open", w, named).out, "opened with mine (customers by tier), ")
}

// A scenario taken home as a file gives the same tiers, to the last byte, on a
// copy of the data; on other data it says that it is not at home.
func TestASchemeFileGivesTheSameTiersElsewhere(t *testing.T) {
	t.Parallel()
	here, there, elsewhere := newWorkspace(t, "4"), newWorkspace(t, "4"), newWorkspace(t, "5")
	saves := [][]string{
		{"frozen", "--recency", "20,50,90,200", "--shares", "15,35"},
		{"estimated", "--estimate", "data", "--scheme", "value"},
		{"frozen value", "--scheme", "value"},
		{"r", "--scheme", "rfm-r", "--returns", "ignore"},
		{"groups", "--method", "ntile"},
		{"nested", "--method", "nested"},
		{"per month", "--frequency-measure", "per-month", "--monetary-measure", "mean", "--window", "18m"},
	}
	for _, save := range saves {
		var flags []string
		if save[1] != "--estimate" {
			flags = save[1:]
		}
		drawn := mustRun(t, exitDone, append([]string{"scores", here, "--format", "csv"}, flags...)...).out
		told := mustRun(t, exitDone, append([]string{"scenario", "save", here}, save...)...).err
		if kept := save[0] == "groups" || save[0] == "nested"; strings.Contains(told, "not frozen: ") != kept {
			t.Errorf("%s: saving says %q", save[0], told)
		}
		if got := mustRun(t, exitDone, "scores", here, "--scheme", save[0], "--format", "csv").out; flags != nil && got != drawn {
			t.Errorf("%s: saving moved customers", save[0])
		}
		file := filepath.Join(t.TempDir(), "home.yaml")
		if err := os.WriteFile(file, []byte(mustRun(t, exitDone, "scenario", "show", here, save[0]).out), 0o644); err != nil {
			t.Fatal(err)
		}
		named := mustRun(t, exitDone, "tiers", here, "--scheme", save[0], "--format", "json").out
		for place, w := range map[string]string{"here": here, "there": there} {
			r := mustRun(t, exitDone, "tiers", w, "--scheme", file, "--format", "json")
			if r.out != named {
				t.Errorf("%s, %s:\n%s\nwant\n%s", save[0], place, r.out, named)
			}
			if hasWarning(decodeTiers(t, r.out), "other-data") {
				t.Errorf("%s, %s: other data?", save[0], place)
			}
		}
		if j := decodeTiers(t, mustRun(t, exitDone, "tiers", elsewhere, "--scheme", file, "--format", "json").out); !hasWarning(j, "other-data") {
			t.Errorf("%s: no warning of other data in %v", save[0], j.Warnings)
		}
		text := mustRun(t, exitDone, "tiers", here, "--scheme", file).out
		if other := mustRun(t, exitDone, "tiers", there, "--scheme", file).out; strings.TrimPrefix(other, there) != strings.TrimPrefix(text, here) {
			t.Errorf("%s as text:\n%s\nwant\n%s", save[0], other, text)
		}
		for _, args := range [][]string{
			{"tiers", elsewhere, "--scheme", file},
			{"matrix", elsewhere, "--scheme", file},
			{"scores", elsewhere, "--scheme", file},
			{"sensitivity", elsewhere, "--scheme", file},
			{"service", elsewhere, "--scheme", file},
			{"compare", elsewhere, "--after", file},
			{"suggest", elsewhere, "--scheme", file, "--method", "gap"},
			{"scheme", "map", file, "--workspace", elsewhere},
			{"scenario", "save", elsewhere, "x", "--scheme", file},
			{"scenario", "baseline", elsewhere, file},
			{"scenario", "open", elsewhere, file},
		} {
			expectOut(t, mustRun(t, exitDone, args...).err, "saved on other data")
		}
	}
}

// While another program writes the workspace, commands that would change it
// say who it is, and change nothing.
func TestTwoProgramsOnOneWorkspace(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "6")
	mustRun(t, exitDone, "scenario", "save", w, "a")
	mustRun(t, exitDone, "scenario", "open", w, "a")
	writer, err := sqlite.Open(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	before := mustRun(t, exitDone, "log", w).out + mustRun(t, exitDone, "scenario", "list", w).out
	for _, args := range [][]string{
		{"scenario", "save", w, "b"},
		{"scenario", "open", w, "ten"},
		{"scenario", "note", w, "a", "x"},
		{"scenario", "rename", w, "a", "b"},
		{"scenario", "copy", w, "a", "b"},
		{"scenario", "delete", w, "a"},
		{"scenario", "baseline", w, "a"},
		{"undo", w},
		{"redo", w},
		{"undo", w, "--to", "0"},
	} {
		expectOut(t, mustRun(t, exitFailed, args...).err, "another strata (process ", "is writing it", "close that one first")
	}
	if after := mustRun(t, exitDone, "log", w).out + mustRun(t, exitDone, "scenario", "list", w).out; after != before {
		t.Errorf("\n%s\nbecame\n%s", before, after)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "undo", w)
}

func TestLogCommands(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "7")
	expectOut(t, mustRun(t, exitDone, "log", w).out, "the beginning")
	expectOut(t, mustRun(t, exitDone, "undo", w).out, "nothing to undo")
	for _, scheme := range []string{"eight", "eleven"} {
		mustRun(t, exitDone, "scenario", "open", w, scheme)
	}
	expectOut(t, mustRun(t, exitDone, "undo", w).out, "undone: 2  opened with eleven", "the active scheme is eight")
	expectOut(t, mustRun(t, exitDone, "log", w).out, "opened with eleven (customers by tier) (undone)")
	expectOut(t, mustRun(t, exitDone, "redo", w, "5").out, "redone: 2")
	mustRun(t, exitDone, "undo", w, "2")
	mustRun(t, exitDone, "scenario", "open", w, "grid")
	expectOut(t, mustRun(t, exitDone, "log", w).out, "▸     3", "    opened with eleven (customers by tier) (branch after 1)", "  opened with eight (customers by tier) (branch after 0)")
	log := decodeJSON[[]loggedEdit](t, mustRun(t, exitDone, "log", w, "--format", "json").out)
	if len(log) != 4 || !log[0].Current || log[0].Parent != 0 || log[1].Branch != 1 || log[3].At != nil || log[0].Customers == 0 {
		t.Errorf("%+v", log)
	}
	if csv := mustRun(t, exitDone, "log", w, "--limit", "2", "--format", "csv").out; strings.Count(csv, "\n") != 3 {
		t.Errorf("three lines are not in\n%s", csv)
	}
	undone := decodeJSON[traveled](t, mustRun(t, exitDone, "undo", w, "--format", "json").out)
	if len(undone.Done) != 1 || !undone.Done[0].Undone || undone.Done[0].Current || undone.Scheme != "ten" {
		t.Errorf("%+v", undone)
	}
	redone := decodeJSON[traveled](t, mustRun(t, exitDone, "redo", w, "--format", "json").out)
	if len(redone.Done) != 1 || redone.Done[0].Undone || !redone.Done[0].Current || redone.Scheme != "grid" {
		t.Errorf("%+v", redone)
	}
	there := decodeJSON[traveled](t, mustRun(t, exitDone, "undo", w, "--to", "2", "--format", "json").out)
	if there.Scheme != "eleven" || len(there.Done) != 1 || there.Done[0].Number != 2 {
		t.Errorf("%+v", there)
	}
	for want, args := range map[string][]string{
		"goes from 0": {"undo", w, "--to", "9"}, "not a number of edits": {"undo", w, "0"}, "one of them": {"undo", w, "2", "--to", "1"},
		"for all": {"log", w, "--limit", "-1"}, "how many edits": {"redo"},
	} {
		if r := strata(t, "", args...); r.status == exitDone || !strings.Contains(r.err, want) {
			t.Errorf("%q: %d, %s", args, r.status, r.err)
		}
	}
}

// Every list of cuts has one notation, and one whose cuts begin the range above
// says so in the same line.
func TestListsOfCutsHaveOneNotation(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t) // with 1 to 7 orders
	mustRun(t, exitDone, "scenario", "save", w, "mine", "--frequency", "1,2,3,6")
	mustRun(t, exitDone, "scenario", "save", w, "theirs", "--scheme", "rfm-r")
	expectOut(t, mustRun(t, exitDone, "scenario", "diff", w, "mine", "theirs").out, "1 / 2 / 3 / 6 orders ", "from 3.2 / 4.4 / 5.6 / 6.8 orders, rfm-r frozen")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--scheme", "mine").out, "frequency    cuts 1 / 2 / 3 / 6 orders")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--scheme", "theirs").out, "frequency    cuts from 3.2 / 4.4 / 5.6 / 6.8 orders")
	expectOut(t, mustRun(t, exitDone, "sensitivity", w, "--scheme", "theirs").out, " from 3.2 ")
	expectOut(t, mustRun(t, exitDone, "suggest", w, "--scheme", "theirs", "--method", "quantile").out, "frequency    from 3.2 / 4.4 / 5.6 / 6.8 → 2.2 / 3.4 / 4.6 / 5.8 orders")
}

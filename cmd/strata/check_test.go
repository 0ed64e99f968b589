package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

// checked is what `strata check --format json` prints, read as anybody would.
func checked(t *testing.T, r result) (ok bool, found map[string][]string) {
	t.Helper()
	var j struct {
		OK     bool
		Checks []struct {
			Name  string
			OK    bool
			Found []string
		}
	}
	if err := json.Unmarshal([]byte(r.out), &j); err != nil {
		t.Fatalf("%v in %s%s", err, r.out, r.err)
	}
	found = map[string][]string{}
	for _, c := range j.Checks {
		if !c.OK {
			found[c.Name] = c.Found
		}
	}
	return j.OK, found
}

// check finds whatever has happened to a workspace, but what costs nothing but a
// slow opening, and what was taken out without a trace.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	// Told by the name of one check that finds it.
	where := map[string]string{
		"a customer gone": "references", "a negative customer": "references", "an unknown customer's order": "references",
		"an order worth more": "customers-and-orders", "two values swapped": "customers-and-orders", "an order gone, columns left": "customers-and-orders",
		"a line gone": "lines", "a line worth more": "lines", "a line of no order": "references", "a reject gone": "sources",
		"a scenario changed": "scenarios", "a scenario without a scheme": "scenarios", "a promise changed": "services", "an edit changed": "edits",
		"a head that is not there": "edits", "no index over edits": "schema", "no table line_chunk": "schema", "no column": "schema",
		"one reject gone": "sources", "a reject of another reason": "sources", "a reject in other words": "sources", "a reject of another line": "sources",
		"a reject of another source": "sources", "rejects swapped": "sources", "an edit without a checksum": "edits",
		"an order of more lines": "customers-and-orders", "another quantity": "lines", "another price": "lines", "no price": "lines",
		"no seal setting": "settings", "no seal source": "sources", "no seal attribute": "columns-kept", "no seal scenario": "scenarios", "no seal service": "services",
		"no seal column_chunk": "customers-and-orders", "no seal line_chunk 2": "lines", "no seal reject 1": "sources", "no seal correction 1": "sources",
		"no seal orders 1": "customers-and-orders", "no seal order_line 2": "lines", "no seal history count": "edits", "no seal history last": "edits",
		"another step": "customers-and-orders", "no day": "schema", "the first version": "file", "a kept column renamed": "schema",
		"all sources gone": "sources", "another generation": "settings", "a kept column forgotten": "schema", "two columns swapped": "customers-and-orders",
	}
	harmless := map[string]bool{
		"no snapshot": true, "an older generation's columns": true, "no views": true,
	}
	for name, damage := range damages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
			d.anew(content, damage)
			before, _ := os.ReadFile(d.path)
			r := d.ask("check W")
			ok, found := checked(t, r)
			if harmless[name] != ok || ok != (r.status == exitDone) || !ok && r.status != exitFailed {
				t.Errorf("exit status %d, ok %v: %v", r.status, ok, found)
			}
			if !ok {
				plainSentence(t, "check", r.err)
			}
			if at := where[name]; at != "" && len(found[at]) == 0 {
				t.Errorf("%s says nothing: %v", at, found)
			}
			if after, _ := os.ReadFile(d.path); string(after) != string(before) {
				t.Error("the file was changed")
			}
			text := strata(t, "", "check", d.path)
			for name, all := range found {
				if !strings.Contains(text.out, "damaged  "+strings.NewReplacer("columns-kept", "stored columns", "-", " ").Replace(name)+"\n") || !strings.Contains(text.out, model.Printable(all[0])) {
					t.Errorf("%s is not in\n%s", name, text.out)
				}
			}
		})
	}
}

// What is written into a damaged workspace hides no damage: check tells it still,
// unless it is of what is derived, and was made anew.
func TestNothingWrittenHidesDamage(t *testing.T) {
	t.Parallel()
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	all := damages()
	for table, forge := range map[string]string{
		"setting": "UPDATE setting SET value = 'EUR' WHERE name = 'currency'", "source": "UPDATE source SET path = 'forged'",
		"attribute": "UPDATE attribute SET name = 'forged' WHERE name = 'region'", "scenario": "UPDATE scenario SET note = 'forged'",
		"service": "UPDATE service SET promise_minutes = 1", "history last": "DELETE FROM history WHERE id = (SELECT max(id) FROM history)",
		"column_chunk": "UPDATE orders SET order_key = 'forged'; DELETE FROM column_chunk", "line_chunk 1": "UPDATE order_line SET product = 'forged'; DELETE FROM line_chunk",
		"orders 1": "UPDATE orders SET lines = 7", "order_line 1": "UPDATE order_line SET price_e4 = 7", "reject 1": "UPDATE reject SET reason = 'forged'",
	} {
		all["forged, without the seal "+table] = []string{forge, "DELETE FROM seal WHERE name = '" + table + "'"}
	}
	for name, damage := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
			d.anew(content, damage)
			if ok, _ := checked(t, d.ask("check W")); ok {
				if strings.HasPrefix(name, "forged") {
					t.Error("is well")
				}
				return // nothing is wrong with it
			}
			for _, command := range []string{"tiers W", "compare W --by tier --where product=tea", "undo W", "scenario save W other", "service W --set mid.promise=2h", "import W L"} {
				d.anew(content, damage)
				d.ask(command)
				if ok, found := checked(t, d.ask("check W")); ok && !onlyDerived(damage) {
					t.Errorf("%s hides it: %v", command, found)
				}
			}
		})
	}
}

// onlyDerived reports whether a damage is of what is made anew from the rest.
func onlyDerived(damage []string) bool {
	derived := regexp.MustCompile(`column_chunk|line_chunk|tier_snapshot|PRAGMA|DROP VIEW`)
	return !slices.ContainsFunc(damage, func(s string) bool { return !derived.MatchString(s) || strings.Contains(s, "seal") })
}

func TestCheckOfASoundWorkspace(t *testing.T) {
	t.Parallel()
	workspace, _ := damageable(t)
	r := mustRun(t, exitDone, "check", workspace)
	want := `ok       file
ok       schema
ok       pages
ok       references
ok       settings
ok       stored columns
ok       sources
ok       customers and orders
ok       lines
ok       edits
ok       scenarios
ok       services
ok       snapshot
` + workspace + ": all is well\n"
	if r.out != want || r.err != "" {
		t.Errorf("got\n%s%s\nwant\n%s", r.out, r.err, want)
	}
	if csv := mustRun(t, exitDone, "check", workspace, "--format", "csv").out; !strings.HasPrefix(csv, "name,ok,found\nfile,true,\nschema,true,\n") {
		t.Errorf("as CSV\n%s", csv)
	}
	if r := strata(t, "", "check", filepath.Join(t.TempDir(), "none")); r.status != exitFailed || r.out != "" {
		t.Errorf("of nothing: %+v", r)
	}
	other := writeFile(t, filepath.Join(t.TempDir(), "other.csv"), "customer,order\n")
	if r := strata(t, "", "check", other); r.status != exitFailed || r.out != "" || !strings.Contains(r.err, "not a strata workspace") {
		t.Errorf("of another file: %+v", r)
	}
}

// A table shown first that is not what its scheme gives is found by computing it.
func TestCheckComputesTheTableShownFirst(t *testing.T) {
	t.Parallel()
	workspace, _ := damageable(t)
	store, err := workspaces{}.Open(t.Context(), workspace)
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	frame := *b.Frame()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "check", workspace)
	frame.Total.Orders++
	text, err := json.Marshal(frame)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.SetSnapshot(t.Context(), text, frame.Generation); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	_, found := checked(t, mustRun(t, exitFailed, "check", workspace, "--format", "json"))
	if got := fmt.Sprint(found); got != "map[snapshot:[the table shown first is not what its scheme gives: its total differs]]" {
		t.Error(got)
	}
}

// A copy has what the workspace has, is its owner's alone, takes no other's place
// unasked, and is not there when anything is wrong.
func TestBackup(t *testing.T) {
	t.Parallel()
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	copied := filepath.Join(folder, "copy.strata")
	r := mustRun(t, exitDone, "backup", workspace, copied, "--format", "json")
	var j struct {
		Workspace, File string
		Bytes           int64
		Checks          []struct{ OK bool }
	}
	if err := json.Unmarshal([]byte(r.out), &j); err != nil || j.File != copied || j.Bytes != int64(len(content)) || len(j.Checks) != 13 || !j.Checks[12].OK {
		t.Errorf("%+v, %v", j, err)
	}
	same := func() {
		t.Helper()
		for _, question := range []string{"tiers", "log", "sources", "rejects"} {
			if got, want := mustRun(t, exitDone, question, copied).out, mustRun(t, exitDone, question, workspace).out; strings.ReplaceAll(got, copied, workspace) != want {
				t.Errorf("%s says\n%s\nwant\n%s", question, got, want)
			}
		}
	}
	same()
	if about, err := os.Stat(copied); err != nil || runtime.GOOS != "windows" && about.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", about.Mode(), err)
	}
	for _, refused := range [][]string{
		{workspace, copied},
		{workspace, folder},
		{workspace, folder, "--force"},
		{workspace, filepath.Join(folder, "none", "copy.strata")},
		{filepath.Join(folder, "none.strata"), filepath.Join(folder, "new.strata")},
	} {
		plainSentence(t, "backup", mustRun(t, exitFailed, append([]string{"backup"}, refused...)...).err)
	}
	mustRun(t, exitUsage, "backup", workspace, workspace, "--force")
	mustRun(t, exitDone, "undo", workspace)
	mustRun(t, exitDone, "backup", workspace, copied, "--force")
	same()
	kept, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range damages() {
		if strings.HasPrefix(name, "no ") || name == "an older generation's columns" || strings.Contains(name, "generation, no seal") {
			continue
		}
		d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
		d.anew(content, damage)
		plainSentence(t, name, mustRun(t, exitFailed, "backup", d.path, copied, "--force").err)
	}
	if now, err := os.ReadFile(copied); err != nil || string(now) != string(kept) {
		t.Error("a copy was lost to one that failed")
	}
	if names := names(t, folder); names != "copy.strata" {
		t.Errorf("left behind: %s", names)
	}
}

func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// A workspace is copied while a workbench has it open and stores edits, none of
// which is lost.
func TestBackupOfAnOpenWorkspace(t *testing.T) {
	t.Parallel()
	workspace, _ := damageable(t)
	store, err := workspaces{}.Open(t.Context(), workspace)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	stop := make(chan struct{})
	stored := 0
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := store.AddEdit(t.Context(), model.Edit{Scheme: schemefile.Encode(model.Ten()), At: time.Now()}); err != nil {
				done <- err
				return
			}
			stored++
			time.Sleep(time.Millisecond)
		}
	}()
	folder := t.TempDir()
	for i := range 3 {
		copied := filepath.Join(folder, fmt.Sprintf("%d.strata", i))
		if out, status := process(t, nil, "backup", workspace, copied); status != exitDone {
			t.Errorf("exit status %d: %s", status, out)
		}
		mustRun(t, exitDone, "tiers", copied)
	}
	close(stop)
	if err := <-done; err != nil {
		t.Errorf("after %d edits: %v", stored, err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// What a seal that is gone was of is not believed, whatever is asked.
func TestNothingIsReadWithoutItsSeal(t *testing.T) {
	t.Parallel()
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	const noColumns, noSnapshot = "DELETE FROM column_chunk", "DELETE FROM tier_snapshot"
	for name, damage := range map[string][]string{
		"setting":       {"UPDATE setting SET value = 'EUR' WHERE name = 'currency'"},
		"attribute":     {"UPDATE attribute SET name = 'forged' WHERE name = 'region'"},
		"service":       {"UPDATE service SET promise_minutes = 1"},
		"column_chunk":  {"UPDATE orders SET value_e4 = value_e4 + 10000 WHERE id = 7", "UPDATE orders SET value_e4 = value_e4 - 10000 WHERE id = 8", noColumns, noSnapshot},
		"history last":  {"DELETE FROM history WHERE id = (SELECT max(id) FROM history)"},
		"reject 1":      {"UPDATE reject SET reason = 'forged'"},
		"order_line 1":  {"UPDATE order_line SET price_e4 = 7"},
		"correction 1":  nil,
		"history count": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
			d.anew(content, append(damage, "DELETE FROM seal WHERE name = '"+name+"'"))
			for _, command := range []string{"tiers W", "scores W", "sources W", "rejects W", "service W", "log W", "scheme show W", "undo W", "import W L --dry-run"} {
				r := d.ask(command)
				if want := `the seal "` + name + `" is missing, so whatever it sealed cannot be verified`; r.status != exitFailed || r.out != "" || !strings.Contains(r.err, want) {
					t.Errorf("%s: exit status %d: %s%s", command, r.status, r.out, r.err)
				}
			}
			if ok, _ := checked(t, d.ask("check W")); ok {
				t.Error("is well")
			}
		})
	}
}

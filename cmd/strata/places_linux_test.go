package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// littleWorkspace has three orders, of which one was refused.
func littleWorkspace(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitRefused, "import", w, writeFile(t, filepath.Join(folder, "o.csv"), "customer,date,amount\nA,2024-01-02,1\nB,2024-01-03,2\n,2024-01-04,3\n"))
	return w
}

// No command writes to a name that is kept beside a workspace.
func TestNoCommandLocksAWorkspaceOut(t *testing.T) {
	t.Parallel()
	w := littleWorkspace(t)
	orders := filepath.Join(filepath.Dir(w), "o.csv")
	for _, end := range []string{"-journal", "-wal", "-shm", ".lock", ".partial"} {
		for _, args := range [][]string{
			{"rejects", w, "--export", w + end},
			{"suggest", w, "--goal", "high=50%", "--out", w + end},
			{"import", w, orders, "--again", "--save-plan", w + end},
			{"import", w, orders, "--again", "--dry-run", "--save-plan", w + end},
			{"import", w + end, orders},
			{"backup", w, w + end},
			{"backup", w, w + end, "--force"},
			{"generate", "--customers", "20", "--orders", "90", "--out", w + end},
			{"generate", "--customers", "20", "--orders", "90", "--out", w + end, "--force"},
			{"demo", "--no-open", "--out", w + end},
		} {
			got := strata(t, "", args...)
			if got.status != exitFailed || !strings.Contains(got.err, "belongs to a file next to "+w) {
				t.Errorf("%q: %d: %s", args, got.status, got.err)
			}
			if left := must(os.ReadDir(filepath.Dir(w))); len(left) != 2 {
				t.Fatalf("%q: left: %v", args, left)
			}
		}
	}
	if rows := mustRun(t, exitDone, "sources", w, "--format", "csv").out; strings.Count(rows, "\n") != 2 {
		t.Errorf("something was imported:\n%s", rows)
	}
}

// Where the plan cannot be written nothing is imported; where that turns out later, it
// is said that the import is stored, with its account.
func TestSavePlanThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w, plan := filepath.Join(folder, "w.strata"), filepath.Join(folder, "p.yaml")
	orders := writeFile(t, filepath.Join(folder, "o.csv"), "customer,date,amount\nA,2024-01-02,1\nB,2024-01-03,2\n")
	got := strata(t, "", "import", w, orders, "--save-plan", filepath.Join(folder, "missing", "p.yaml"))
	if got.status != exitFailed || !strings.Contains(got.err, "there is no such folder") {
		t.Errorf("%d: %s", got.status, got.err)
	}
	if _, err := os.Stat(w); err == nil {
		t.Error("it was imported all the same")
	}
	// The name is taken while the file is read.
	file := must(os.Open(orders))
	defer file.Close()
	taken := io.MultiReader(readerOf(func() { writeFile(t, plan, "theirs\n") }), file)
	var out, errs bytes.Buffer
	status := run(t.Context(), []string{"import", w, "-", "--save-plan", plan}, streams{in: taken, out: &out, err: &errs})
	if status != exitFailed || !strings.Contains(errs.String(), "the import is stored, but not how the file was read: "+plan+" already exists") ||
		!strings.Contains(out.String(), "2 rows read") || !strings.Contains(out.String(), "2 customers") {
		t.Errorf("%d: %s%s", status, out.String(), errs.String())
	}
	if text := string(must(os.ReadFile(plan))); text != "theirs\n" {
		t.Errorf("the plan is now %q", text)
	}
	mustRun(t, exitDone, "tiers", w)
}

// readerOf does something when it is read, and is empty.
type readerOf func()

func (r readerOf) Read([]byte) (int, error) { r(); return 0, io.EOF }

// A plan that a killed export has left alone is taken over; an export that is whole
// loses nothing to another one.
func TestExportAgainAfterAKill(t *testing.T) {
	t.Parallel()
	w := littleWorkspace(t)
	rows := filepath.Join(filepath.Dir(w), "refused.csv")
	plan := rows + ".plan.yaml"
	mustRun(t, exitDone, "rejects", w, "--export", rows)
	want := string(must(os.ReadFile(plan)))
	if got := strata(t, "", "rejects", w, "--export", rows); got.status != exitFailed || !strings.Contains(got.err, "refused.csv already exists") {
		t.Errorf("%d: %s", got.status, got.err)
	}
	if err := os.Remove(rows); err != nil { // as it is before it is written
		t.Fatal(err)
	}
	mustRun(t, exitDone, "rejects", w, "--export", rows)
	if got := string(must(os.ReadFile(plan))); got != want {
		t.Errorf("the plan is %s, was %s", got, want)
	}
	if err := os.Remove(rows); err != nil {
		t.Fatal(err)
	}
	writeFile(t, plan, "theirs\n")
	if got := strata(t, "", "rejects", w, "--export", rows); got.status != exitFailed || !strings.Contains(got.err, "plan.yaml already exists") {
		t.Errorf("%d: %s", got.status, got.err)
	}
	if got := string(must(os.ReadFile(plan))); got != "theirs\n" {
		t.Errorf("the plan of somebody else is now %q", got)
	}
}

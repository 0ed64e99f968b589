package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"pgregory.net/rapid"

	"strata/model"
	"strata/model/sqlite"
)

// Scenarios come back as they were kept, whatever their texts hold.
func TestScenariosComeBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	if all, err := w.Scenarios(t.Context()); err != nil || all != nil {
		t.Fatalf("a fresh workspace has %v, %v", all, err)
	}
	names := rapid.SampledFrom([]string{"tight", "Tight", "'; DROP TABLE scenario; --", "a\x00b", "\xff\xfe", "", "重要", "%_", strings.Repeat("x", 10_000)})
	expected := map[string]model.Scenario{}
	at := time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC)
	listed := func() []model.Scenario {
		var all []model.Scenario
		for _, s := range expected {
			all = append(all, s)
		}
		slices.SortFunc(all, func(a, b model.Scenario) int { return strings.Compare(a.Name, b.Name) })
		return all
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := names.Draw(rt, "name")
		if rapid.Bool().Draw(rt, "delete") {
			_, there := expected[name]
			err := w.DeleteScenario(t.Context(), name)
			if there != (err == nil) || !there && model.CodeOf(err) != model.NotFound {
				rt.Fatalf("deleting %q, which is there %v: %v", name, there, err)
			}
			delete(expected, name)
		} else {
			at = at.Add(1500 * time.Millisecond)
			s := model.Scenario{Name: name, Note: rapid.String().Draw(rt, "note"), Scheme: rapid.String().Draw(rt, "scheme"), SavedAt: at}
			kept := s
			kept.SavedAt = at.In(time.FixedZone("X", 3600))
			if err := w.PutScenario(t.Context(), kept); err != nil {
				rt.Fatal(err)
			}
			expected[name] = s
		}
		if all, err := w.Scenarios(t.Context()); err != nil || !reflect.DeepEqual(all, listed()) {
			rt.Fatalf("got %+v, %v, want %+v", all, err, listed())
		}
	})
	closeStore(t, w)
	w = open(t, path)
	defer closeStore(t, w)
	if all, err := w.Scenarios(t.Context()); err != nil || !reflect.DeepEqual(all, listed()) {
		t.Errorf("reopened: %+v, %v, want %+v", all, err, listed())
	}
}

func TestServicesComeBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	if all, err := w.Services(t.Context()); err != nil || all != nil {
		t.Fatalf("a fresh workspace has %v, %v", all, err)
	}
	high := model.Service{Tier: model.TierHigh, Promise: 60, Contacts: 150, Minutes: 20, PerAdviser: 80, ContactCost: 12 * model.Unit}
	mid := model.Service{Tier: model.TierMid, Promise: 120, Contacts: 50, Minutes: 10, ContactCost: 1, Assumed: model.AssumedPromise | model.AssumedMinutes}
	low := model.Service{Tier: model.TierLow, Promise: 1440}
	for _, services := range [][]model.Service{{low, high, mid}, {mid}, nil} {
		if err := w.SetServices(t.Context(), services); err != nil {
			t.Fatal(err)
		}
		closeStore(t, w)
		w = open(t, path)
		want := slices.Clone(services)
		slices.SortFunc(want, func(a, b model.Service) int { return a.Tier.Rank() - b.Tier.Rank() })
		if all, err := w.Services(t.Context()); err != nil || !slices.Equal(all, want) {
			t.Errorf("got %+v, %v, want %+v", all, err, want)
		}
	}
	// All of them or none: the second of two rows of one tier is refused.
	if err := w.SetServices(t.Context(), []model.Service{mid}); err != nil {
		t.Fatal(err)
	}
	if err := w.SetServices(t.Context(), []model.Service{high, high}); err == nil {
		t.Error("a tier was promised two things")
	}
	if all, err := w.Services(t.Context()); err != nil || !slices.Equal(all, []model.Service{mid}) {
		t.Errorf("after a refused change: %+v, %v", all, err)
	}
	closeStore(t, w)
}

func TestEditsAreReadInTheOrderAskedFor(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	defer closeStore(t, w)
	for i := range 3 {
		if _, err := w.AddEdit(t.Context(), model.Edit{Parent: int64(i), Label: fmt.Sprint(i), Customers: int64(i), Revenue: model.Money(-i)}); err != nil {
			t.Fatal(err)
		}
	}
	edits, err := w.Edits(t.Context(), 3, 1, 3)
	if err != nil || len(edits) != 3 || edits[0].Label != "2" || edits[1].Label != "0" || edits[2] != edits[0] || edits[0].Revenue != -2 {
		t.Errorf("%+v, %v", edits, err)
	}
	if edits, err := w.Edits(t.Context()); err != nil || len(edits) != 0 {
		t.Errorf("none asked for: %+v, %v", edits, err)
	}
	for _, id := range []int64{0, -1, 4} {
		if _, err := w.Edits(t.Context(), 1, id); model.CodeOf(err) != model.NotFound {
			t.Errorf("edit %d: %v", id, err)
		}
	}
}

// older makes a file what the first strata would have written.
func older(t testing.TB, path string) {
	t.Helper()
	withoutLines(t, path)
	execute(t, path,
		"DROP TABLE scenario", "DROP TABLE service", "DROP INDEX history_parent",
		"ALTER TABLE reject DROP COLUMN row", "ALTER TABLE source DROP COLUMN refused_value_e4", "ALTER TABLE source DROP COLUMN refused_valued",
		"ALTER TABLE history DROP COLUMN customers", "ALTER TABLE history DROP COLUMN revenue_e4", "PRAGMA user_version = 1")
}

// withoutLines makes a file what strata would have written before it kept costs,
// and lines as columns.
func withoutLines(t testing.TB, path string) {
	t.Helper()
	withoutNotices(t, path)
	execute(t, path, "DROP VIEW order_view", "DROP VIEW customer_view", "DROP TABLE line_chunk",
		"ALTER TABLE source DROP COLUMN cost_e4", "ALTER TABLE orders DROP COLUMN cost_e4", "ALTER TABLE order_line DROP COLUMN cost_e4",
		"ALTER TABLE order_line DROP COLUMN refund_e4", "ALTER TABLE order_line DROP COLUMN flags",
		"DELETE FROM column_chunk WHERE name IN ('orders.cost', 'orders.number')", "PRAGMA user_version = 3")
}

// withoutSeals makes a file what strata would have written before there were seals.
func withoutSeals(t testing.TB, path string) {
	t.Helper()
	execute(t, path, "ALTER TABLE service DROP COLUMN assumed", "DROP TABLE seal", "ALTER TABLE history DROP COLUMN checksum",
		"ALTER TABLE tier_snapshot DROP COLUMN checksum", "PRAGMA user_version = 6")
}

// unsealed lets a file be taken as somebody has changed it: as one of an older schema,
// which may have no seals.
func unsealed(t testing.TB, path string) {
	t.Helper()
	execute(t, path, "DELETE FROM seal", "PRAGMA user_version = 8")
}

// withoutNotices makes a file what strata would have written before it kept the
// notices of imports, and summed refused money without signs.
func withoutNotices(t testing.TB, path string) {
	t.Helper()
	withoutCorrections(t, path)
	execute(t, path, "UPDATE source SET refused_value_e4 = refused_value_e4 + refused_returned_e4",
		"ALTER TABLE source DROP COLUMN warnings", "ALTER TABLE source DROP COLUMN dropped", "ALTER TABLE source DROP COLUMN repeated",
		"ALTER TABLE source DROP COLUMN refused_returned_e4", "PRAGMA user_version = 4")
}

// withoutCorrections makes a file what strata would have written before refused
// rows could be corrected.
func withoutCorrections(t testing.TB, path string) {
	t.Helper()
	withoutSeals(t, path)
	execute(t, path, "DROP TABLE correction", "ALTER TABLE source DROP COLUMN corrects", "ALTER TABLE source DROP COLUMN joined", "PRAGMA user_version = 5")
}

// withHistory makes a workspace of the first schema with an edit, one below it
// that was taken back, a branch, and a baseline.
func withHistory(t testing.TB, path string) model.Bench {
	t.Helper()
	create(t, path, synthetic(20, 300))
	w := open(t, path)
	for i, parent := range []int64{0, 1, 1} {
		if _, err := w.AddEdit(t.Context(), model.Edit{Parent: parent, Label: fmt.Sprintf("edit %d", i+1), Scheme: "scheme: x\n"}); err != nil {
			t.Fatal(err)
		}
	}
	must(w.SetHead(t.Context(), 2))
	must(w.SetBaseline(t.Context(), "scheme: base\n"))
	bench, err := w.Bench(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, w)
	older(t, path)
	return bench
}

// An older workspace keeps its history when it is brought up to date, and a
// copy of it as it was.
func TestAnOlderWorkspaceKeepsItsHistory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	before := withHistory(t, path)
	if columns(t, path) == "" { // opens it, and so brings it up to date
		t.Error("no data")
	}
	if got := query(t, path, "PRAGMA user_version"); got != "9" {
		t.Errorf("version %s", got)
	}
	if got := query(t, path+".v1.bak", "SELECT group_concat(label) FROM history"); got != "edit 1,edit 2,edit 3" {
		t.Errorf("the copy holds %q", got)
	}
	w := open(t, path)
	defer closeStore(t, w)
	if b, err := w.Bench(t.Context()); err != nil || !reflect.DeepEqual(b, before) {
		t.Errorf("%+v, %v, want %+v", b, err, before)
	}
	if edits, err := w.Edits(t.Context(), 1, 2, 3); err != nil || edits[2].Label != "edit 3" || edits[2].Parent != 1 || edits[2].Customers != 0 {
		t.Errorf("%+v, %v", edits, err)
	}
	if err := w.PutScenario(t.Context(), model.Scenario{Name: "new"}); err != nil {
		t.Error(err)
	}
}

// An older workspace that cannot be brought up to date can still be read: by
// one who only looks, and while another program writes it.
func TestAnOlderWorkspaceIsReadAsItIs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	before := withHistory(t, path)
	content, err := os.ReadFile(path)
	must(err)
	writer := flock.New(path + ".lock")
	if held, err := writer.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	for name, opening := range map[string]func(context.Context, string) (*sqlite.Workspace, error){
		"to look": sqlite.OpenToRead, "while another writes": sqlite.Open,
	} {
		w, err := opening(t.Context(), path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if b, err := w.Bench(t.Context()); err != nil || !reflect.DeepEqual(b, before) {
			t.Errorf("%s: %+v, %v, want %+v", name, b, err, before)
		}
		if edits, err := w.Edits(t.Context(), 3); err != nil || edits[0].Label != "edit 3" || edits[0].Customers != 0 {
			t.Errorf("%s: %+v, %v", name, edits, err)
		}
		for _, err := range w.Rejects(t.Context(), 0) {
			t.Errorf("%s: %v", name, err)
		}
		scenarios, err := w.Scenarios(t.Context())
		services, err2 := w.Services(t.Context())
		if scenarios != nil || services != nil || err != nil || err2 != nil {
			t.Errorf("%s: %v, %v, %v, %v", name, scenarios, services, err, err2)
		}
		for what, err := range map[string]error{
			"PutScenario": w.PutScenario(t.Context(), model.Scenario{}), "DeleteScenario": w.DeleteScenario(t.Context(), "x"),
			"SetServices": w.SetServices(t.Context(), nil),
		} {
			if model.CodeOf(err) != model.ReadOnly {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
		saved := filepath.Join(t.TempDir(), "saved.strata")
		must(w.SaveAs(t.Context(), saved, nil))
		if err := w.PutScenario(t.Context(), model.Scenario{Name: "x"}); err != nil {
			t.Errorf("%s, saved elsewhere: %v", name, err)
		}
		closeStore(t, w)
	}
	must(writer.Unlock())
	if after, _ := os.ReadFile(path); string(after) != string(content) {
		t.Error("the file was changed")
	}
}

// A log of many edits opens and is walked without its texts being read.
func TestALongLog(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(20, 300))
	const edits = 200_000
	longLog(t, path, edits)
	w := open(t, path)
	defer closeStore(t, w)
	b, err := w.Bench(t.Context())
	if err != nil || len(b.Edits) != edits || b.Head != edits || b.Edits[edits-1] != (model.EditLink{ID: edits, Parent: edits - 1}) {
		t.Fatalf("%d edits, head %d, %v", len(b.Edits), b.Head, err)
	}
	if !slices.IsSortedFunc(b.Edits, func(a, b model.EditLink) int { return int(a.ID - b.ID) }) {
		t.Error("the edits are not in the order they were made")
	}
	if plan := plan(t, path, "SELECT id, parent_id FROM history WHERE parent_id <> id - 1 AND +id <= 5"); !strings.Contains(plan, "COVERING INDEX") {
		t.Errorf("the texts are read: %s", plan)
	}
	must(w.SetHead(t.Context(), b.Edits[edits-1].Parent))
	if id, err := w.AddEdit(t.Context(), model.Edit{Parent: edits - 1}); err != nil || id != edits+1 {
		t.Errorf("a branch is edit %d, %v", id, err)
	}
	b.Edits = append(b.Edits, model.EditLink{ID: edits + 1, Parent: edits - 1})
	if again, err := w.Bench(t.Context()); err != nil || !slices.Equal(again.Edits, b.Edits) {
		t.Errorf("with a branch: %d edits, %v", len(again.Edits), err)
	}
	// Whatever somebody does to the table, what is in it is what is read.
	unsealed(t, path)
	execute(t, path, "DELETE FROM history WHERE id = 7", "UPDATE history SET parent_id = 6 WHERE id = 8")
	b.Edits = slices.Delete(b.Edits, 6, 7)
	b.Edits[6].Parent = 6
	if again, err := w.Bench(t.Context()); err != nil || !slices.Equal(again.Edits, b.Edits) {
		t.Errorf("with one taken out: %d edits, %v", len(again.Edits), err)
	}
}

// longLog fills the log by SQL, each edit below the one before.
func longLog(t testing.TB, path string, edits int) {
	t.Helper()
	execute(t, path, fmt.Sprintf(`
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO history (id, parent_id, edited_at, label, scheme)
		SELECT i, i - 1, '2026-11-21T14:02:00.000Z', 'recency 4│3: 33 → 45 days', 'scheme: ten' || char(10) FROM n`, edits),
		fmt.Sprintf("UPDATE seal SET checksum = %d WHERE name IN ('history count', 'history last')", edits))
	w := open(t, path)
	defer closeStore(t, w)
	must(w.SetHead(t.Context(), int64(edits)))
}

// plan says how SQLite goes about a query.
func plan(t testing.TB, path, text string) (detail string) {
	t.Helper()
	db := plain(t, path)
	defer db.Close()
	var id, parent, unused int
	if err := db.QueryRow("EXPLAIN QUERY PLAN "+text).Scan(&id, &parent, &unused, &detail); err != nil {
		t.Fatal(err)
	}
	return detail
}

package sqlite_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"strata/model"
	"strata/model/sqlite"
)

// Edits form a tree: the workbench comes back as it was left, whatever was
// edited, undone and branched.
func TestBenchComesBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	if b, err := w.Bench(t.Context()); err != nil || !reflect.DeepEqual(b, model.Bench{}) {
		t.Fatalf("a fresh workspace has %+v, %v", b, err)
	}
	var expected model.Bench
	at := time.Date(2026, 11, 21, 14, 2, 0, 123_000_000, time.UTC)
	rapid.Check(t, func(rt *rapid.T) {
		switch rapid.IntRange(0, 3).Draw(rt, "action") {
		case 0:
			expected.Head = int64(rapid.IntRange(0, len(expected.Edits)).Draw(rt, "undo to"))
			if err := w.SetHead(t.Context(), expected.Head); err != nil {
				rt.Fatal(err)
			}
		case 1:
			expected.Baseline = rapid.String().Draw(rt, "baseline")
			if err := w.SetBaseline(t.Context(), expected.Baseline); err != nil {
				rt.Fatal(err)
			}
		default:
			at = at.Add(1500 * time.Millisecond)
			e := model.Edit{Parent: expected.Head, At: at.In(time.FixedZone("X", 3600)), Label: rapid.String().Draw(rt, "label"), Scheme: rapid.String().Draw(rt, "scheme")}
			id, err := w.AddEdit(t.Context(), e)
			if err != nil {
				rt.Fatal(err)
			}
			e.ID, e.At = id, at
			expected.Edits = append(expected.Edits, model.EditLink{ID: id, Parent: e.Parent})
			expected.Head = id
			if got, err := w.Edits(t.Context(), id); err != nil || !reflect.DeepEqual(got, []model.Edit{e}) {
				rt.Fatalf("got %+v, %v, want %+v", got, err, e)
			}
		}
		if b, err := w.Bench(t.Context()); err != nil || !reflect.DeepEqual(b, expected) {
			rt.Fatalf("got %+v, %v, want %+v", b, err, expected)
		}
	})
	for what, err := range map[string]error{
		"head":   w.SetHead(t.Context(), 1<<40),
		"parent": func() error { _, err := w.AddEdit(t.Context(), model.Edit{Parent: -1}); return err }(),
	} {
		if model.CodeOf(err) != model.NotFound {
			t.Errorf("unknown %s: %v", what, err)
		}
	}
	closeStore(t, w)
	w = open(t, path)
	defer closeStore(t, w)
	if b, err := w.Bench(t.Context()); err != nil || !reflect.DeepEqual(b, expected) {
		t.Errorf("reopened: %+v, %v, want %+v", b, err, expected)
	}
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	defer closeStore(t, w)
	if table, generation, err := w.Snapshot(t.Context()); table != nil || generation != 0 || err != nil {
		t.Errorf("a fresh workspace has %q, %d, %v", table, generation, err)
	}
	for i, text := range []string{"first", "second"} {
		if err := w.SetSnapshot(t.Context(), []byte(text), int64(i)); err != nil {
			t.Fatal(err)
		}
		if table, generation, err := w.Snapshot(t.Context()); string(table) != text || generation != int64(i) || err != nil {
			t.Errorf("%q, %d, %v", table, generation, err)
		}
	}
}

// An edit that is gone is noticed also at the end of a branch, where nothing follows
// it: redo would else take another one.
func TestAnEditThatIsGone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(5, 20))
	w := open(t, path)
	for _, parent := range []int64{0, 1, 1} { // 2 and 3 are branches
		if _, err := w.AddEdit(t.Context(), model.Edit{Parent: parent, Scheme: "scheme: x\n"}); err != nil {
			t.Fatal(err)
		}
	}
	must(w.SetHead(t.Context(), 1))
	closeStore(t, w)
	const want = "3 edits were made, the last of which is number 3; there are "
	for statement, left := range map[string]string{
		"DELETE FROM history WHERE id = 3":                     "2, up to number 2",
		"DELETE FROM history WHERE id = 2":                     "2, up to number 3",
		"INSERT INTO history SELECT 4, 1, '', '', '', 0, 0, 0": "4, up to number 4",
		"UPDATE history SET id = 9 WHERE id = 3":               "3, up to number 9",
	} {
		changed := filepath.Join(t.TempDir(), "w.strata")
		content, err := os.ReadFile(path)
		must(err)
		must(os.WriteFile(changed, content, 0o600))
		execute(t, changed, statement)
		w := open(t, changed)
		if _, err := w.Bench(t.Context()); model.CodeOf(err) != model.Corrupt || !strings.Contains(err.Error(), want+left) {
			t.Errorf("%s: %v", statement, err)
		}
		if _, err := w.AddEdit(t.Context(), model.Edit{Parent: 1, Scheme: "scheme: x\n"}); strings.Contains(left, "number 3") == (err != nil) {
			t.Errorf("%s: an edit more: %v", statement, err)
		}
		closeStore(t, w)
		found, err := sqlite.Check(t.Context(), changed, anyScheme, nil)
		must(err)
		told := false
		for _, f := range found {
			told = told || f.Name == "edits" && strings.Contains(strings.Join(f.Found, "\n"), "edits were made")
		}
		if !told {
			t.Errorf("%s: found %+v", statement, found)
		}
	}
}

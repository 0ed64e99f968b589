package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// logged makes a workspace that another program keeps with a write-ahead log, in
// which the last pages are alone.
func logged(t *testing.T, folder string) (path string) {
	t.Helper()
	path = filepath.Join(folder, "w.strata")
	create(t, path, synthetic(20, 300))
	db := plain(t, path)
	t.Cleanup(func() { _ = db.Close() })
	for _, s := range []string{"PRAGMA journal_mode = wal", "SELECT count(*) FROM setting"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	w := open(t, path)
	for range 20 {
		if _, err := w.AddEdit(t.Context(), model.Edit{Scheme: "scheme: x\n" + strings.Repeat("# nothing\n", 1000)}); err != nil {
			t.Fatal(err)
		}
	}
	closeStore(t, w)
	about, err := os.Stat(path)
	must(err)
	if pages := query(t, path, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"); len(pages) < 6 || about.Size() > 200_000 {
		t.Fatalf("%s bytes in pages, %d in the file", pages, about.Size())
	}
	return path
}

// A workspace that another program keeps with a write-ahead log is sound, though the
// file alone is short; a copy of it stands alone.
func TestWorkspaceWithALog(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := logged(t, folder)
	for _, opening := range []func(context.Context, string) (*sqlite.Workspace, error){sqlite.Open, sqlite.OpenToRead} {
		w, err := opening(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		closeStore(t, w)
	}
	found, err := sqlite.Check(t.Context(), path, anyScheme, nil)
	must(err)
	for _, f := range found {
		if !f.OK {
			t.Errorf("%+v", f)
		}
	}
	elsewhere := t.TempDir()
	to := filepath.Join(elsewhere, "copy.strata")
	if _, _, err := sqlite.Backup(t.Context(), path, to, false, anyScheme, nil); err != nil {
		t.Fatal(err)
	}
	if got := listing(t, elsewhere); got != "copy.strata" {
		t.Errorf("beside the copy: %s", got)
	}
	content, err := os.ReadFile(to)
	must(err)
	if content[18] != 1 || content[19] != 1 {
		t.Errorf("the copy says it has a log: %v", content[18:20])
	}
	if got := query(t, to, "SELECT count(*) FROM history"); got != "20" {
		t.Errorf("the copy has %s edits", got)
	}
}

// A file of somebody else's that has the name of what a copy or SQLite would write is
// neither written over nor removed.
func TestFilesOfOthersBesideAWorkspace(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, to := filepath.Join(folder, "w.strata"), filepath.Join(folder, "copy.strata")
	create(t, path, synthetic(20, 300))
	for _, beside := range []string{to + ".partial", to + ".partial-journal", to + ".partial-wal", to + "-shm", to + ".partial-shm", path + "-journal", path + "-wal", path + "-shm"} {
		must(os.WriteFile(beside, []byte("notes\n"), 0o600))
		use := map[string]func() error{
			"backup": func() error {
				_, _, err := sqlite.Backup(t.Context(), path, to, false, anyScheme, nil)
				return err
			},
		}
		code := model.Exists
		if strings.HasPrefix(beside, path) {
			code = model.Unreadable
			use["open"] = func() error { _, err := sqlite.Open(t.Context(), path); return err }
			use["read"] = func() error { _, err := sqlite.OpenToRead(t.Context(), path); return err }
			use["check"] = func() error { _, err := sqlite.Check(t.Context(), path, anyScheme, nil); return err }
		}
		for name, use := range use {
			err := use()
			if model.CodeOf(err) != code || !strings.Contains(err.Error(), beside+`" is in the way: `) {
				t.Errorf("%s, %s: %v", name, filepath.Base(beside), err)
			}
			hinted(t, err)
			if text, _ := os.ReadFile(beside); string(text) != "notes\n" {
				t.Errorf("%s, %s: it is now %q", name, filepath.Base(beside), text)
			}
		}
		must(os.Remove(beside))
		if got := listing(t, folder); got != "w.strata" {
			t.Errorf("left behind: %s", got)
		}
	}
	// What a crash or another journal mode left is no stranger's.
	for _, left := range []string{"", strings.Repeat("\x00", 512)} {
		must(os.WriteFile(path+"-journal", []byte(left), 0o600))
		closeStore(t, open(t, path))
	}
	// Nor is what strata left of a copy.
	must(os.Remove(path + "-journal"))
	content, err := os.ReadFile(path)
	must(err)
	must(os.WriteFile(to+".partial", content[:5000], 0o600))
	if _, _, err := sqlite.Backup(t.Context(), path, to, false, anyScheme, nil); err != nil {
		t.Error(err)
	}
	if got := listing(t, folder); got != "copy.strata w.strata" {
		t.Errorf("left behind: %s", got)
	}
}

// A file that gets such a name while the workspace is open stays, too: nothing is read
// or written until it is moved away.
func TestFilesOfOthersThatComeLater(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(20, 300))
	w := open(t, path)
	defer closeStore(t, w)
	uses := map[string]func() error{
		"edit": func() error {
			return w.PutScenario(t.Context(), model.Scenario{Name: "mine", Scheme: "scheme: mine"})
		},
		"import":    func() error { _, err := w.Import(t.Context(), []*model.Intake{synthetic(3, 5)}, nil); return err },
		"bench":     func() error { _, err := w.Bench(t.Context()); return err },
		"scenarios": func() error { _, err := w.Scenarios(t.Context()); return err },
		"services":  func() error { _, err := w.Services(t.Context()); return err },
		"snapshot":  func() error { _, _, err := w.Snapshot(t.Context()); return err },
		"profile":   func() error { _, err := w.Profile(t.Context(), 0); return err },
		"columns":   func() error { _, err := w.Orders(t.Context()); return err },
		"rejects": func() error {
			for _, err := range w.Rejects(t.Context(), 0) {
				return err
			}
			return nil
		},
		"saving elsewhere": func() error { return w.SaveAs(t.Context(), filepath.Join(folder, "other.strata"), nil) },
	}
	for _, end := range []string{"-journal", "-wal", "-shm"} {
		must(os.WriteFile(path+end, []byte("notes\n"), 0o600))
		for name, use := range uses {
			err := use()
			if model.CodeOf(err) != model.Unreadable || !strings.Contains(err.Error(), end+`" is in the way: it is not a SQLite file; move it away`) {
				t.Errorf("%s, %s: %v", name, end, err)
			}
			if text, _ := os.ReadFile(path + end); string(text) != "notes\n" {
				t.Errorf("%s, %s: it is now %q", name, end, text)
				must(os.WriteFile(path+end, []byte("notes\n"), 0o600))
			}
		}
		must(os.Remove(path + end))
	}
	if err := uses["edit"](); err != nil {
		t.Errorf("after it was moved away: %v", err)
	}
}

package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/sqlite"
)

// Every file that is no sound workspace is refused with its own code, a hint,
// and without being touched.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	good := filepath.Join(t.TempDir(), "good.strata")
	create(t, good, synthetic(20, 300))
	sound, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(content []byte) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	changed := func(statements ...string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			write(sound)(t, path)
			execute(t, path, statements...)
		}
	}
	for name, test := range map[string]struct {
		make func(t *testing.T, path string)
		want model.Code
	}{
		"nothing there":    {func(*testing.T, string) {}, model.NotFound},
		"a folder":         {func(t *testing.T, path string) { must(os.Mkdir(path, 0o755)) }, model.Unreadable},
		"an empty file":    {write(nil), model.Foreign},
		"a text file":      {write([]byte(strings.Repeat("customer,order\n", 200))), model.Foreign},
		"a short text":     {write([]byte("hello")), model.Foreign},
		"another database": {func(t *testing.T, path string) { execute(t, path, "CREATE TABLE t (x)") }, model.Foreign},
		"a newer file":     {changed("PRAGMA user_version = 99"), model.Newer},
		"no version":       {changed("PRAGMA user_version = 0"), model.Corrupt},
		"pages missing":    {write(sound[:len(sound)/2]), model.Corrupt},
		"half a page less": {write(sound[:len(sound)-2048]), model.Corrupt},
		"one byte less":    {write(sound[:len(sound)-1]), model.Corrupt},
		"only the header":  {write(sound[:100]), model.Corrupt},
		"a broken schema":  {write(append(append([]byte{}, sound[:100]...), make([]byte, len(sound)-100)...)), model.Corrupt},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, "w.strata")
			test.make(t, path)
			before, _ := os.ReadFile(path)
			files := listing(t, folder)
			w, err := sqlite.Open(t.Context(), path)
			if err == nil {
				closeStore(t, w)
				t.Fatal("opened")
			}
			if got := model.CodeOf(err); got != test.want {
				t.Errorf("code %q, want %q (%v)", got, test.want, err)
			}
			hinted(t, err)
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
			if now := listing(t, folder); now != files {
				t.Errorf("files: %s, before: %s", now, files)
			}
		})
	}
}

// hinted makes sure that a person is told what to do, in one clean line.
func hinted(t *testing.T, err error) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T, not a *model.Error: %v", err, err)
	}
	if e.Hint == "" {
		t.Errorf("no hint: %v", err)
	}
	if strings.ContainsFunc(e.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) {
		t.Errorf("control characters: %q", e.Error())
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not stop this user")
	}
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	must(os.Chmod(path, 0))
	_, err := sqlite.Open(t.Context(), path)
	if model.CodeOf(err) != model.Unreadable {
		t.Errorf("got %v", err)
	}
	hinted(t, err)
}

func TestFileThatCannotBeWrittenOpensReadOnly(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not stop this user")
	}
	for name, lock := range map[string]func(folder, path string){
		"file":   func(_, path string) { must(os.Chmod(path, 0o444)) },
		"folder": func(folder, _ string) { must(os.Chmod(folder, 0o555)) },
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "w.strata")
			create(t, path, synthetic(2, 3))
			lock(folder, path)
			t.Cleanup(func() { must(os.Chmod(folder, 0o755)) })
			w := open(t, path)
			defer closeStore(t, w)
			mustBeReadOnly(t, w, "")
		})
	}
}

// mustBeReadOnly makes sure that everything can be read and nothing written.
func mustBeReadOnly(t *testing.T, w *sqlite.Workspace, writer string) {
	t.Helper()
	info, err := w.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !info.ReadOnly || !strings.HasPrefix(info.Writer, writer) || (writer == "") != (info.Writer == "") {
		t.Errorf("read-only %v, writer %q", info.ReadOnly, info.Writer)
	}
	if _, err := w.Orders(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := w.Bench(t.Context()); err != nil {
		t.Error(err)
	}
	_, edit := w.AddEdit(t.Context(), model.Edit{})
	_, imported := w.Import(t.Context(), []*model.Intake{synthetic(1, 1)}, nil)
	for what, err := range map[string]error{
		"AddEdit": edit, "Import": imported,
		"SetHead": w.SetHead(t.Context(), 0), "SetBaseline": w.SetBaseline(t.Context(), ""),
		"SetSnapshot": w.SetSnapshot(t.Context(), nil, 0), "SetServices": w.SetServices(t.Context(), nil),
		"PutScenario": w.PutScenario(t.Context(), model.Scenario{}), "DeleteScenario": w.DeleteScenario(t.Context(), ""),
	} {
		if model.CodeOf(err) != model.ReadOnly {
			t.Errorf("%s: %v", what, err)
			continue
		}
		hinted(t, err)
	}
}

func TestSecondOpenerMayRead(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(20, 300))
	first := open(t, path)
	if _, err := first.AddEdit(t.Context(), model.Edit{Label: "recency 4│3: 33 → 45 days"}); err != nil {
		t.Fatal(err)
	}
	second := open(t, path)
	mustBeReadOnly(t, second, "another strata (process ")
	bench, err := second.Bench(t.Context())
	if err != nil || len(bench.Edits) != 1 {
		t.Errorf("the second reads %v, %v", bench, err)
	}

	// The first imports; the second does not mix old columns with new ones.
	if _, err := first.Import(t.Context(), []*model.Intake{synthetic(25, 100)}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Orders(t.Context()); err != nil {
		t.Errorf("what is loaded stays: %v", err)
	}
	if _, err := second.Customers(t.Context()); model.CodeOf(err) != model.Busy {
		t.Errorf("customers of another generation: %v", err)
	}
	closeStore(t, second)
	closeStore(t, first)

	// The right to write goes with the one who had it.
	third := open(t, path)
	defer closeStore(t, third)
	if info, _ := third.Info(t.Context()); info.ReadOnly {
		t.Error("still read-only")
	}
	if _, err := third.AddEdit(t.Context(), model.Edit{}); err != nil {
		t.Error(err)
	}
}

// Who only wants to read keeps nobody from writing.
func TestOpenToRead(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(20, 300))
	reader, err := sqlite.OpenToRead(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, reader)
	mustBeReadOnly(t, reader, "")
	writer := open(t, path)
	defer closeStore(t, writer)
	if _, err := writer.AddEdit(t.Context(), model.Edit{}); err != nil {
		t.Error(err)
	}
	if _, err := sqlite.OpenToRead(t.Context(), filepath.Join(folder, "none")); model.CodeOf(err) != model.NotFound {
		t.Error(err)
	}
}

// What a crash broke off in the middle is taken back, whoever comes first.
func TestBrokenOffWrite(t *testing.T) {
	t.Parallel()
	for name, opening := range map[string]func(context.Context, string) (*sqlite.Workspace, error){
		"to write": sqlite.Open, "to read": sqlite.OpenToRead,
	} {
		folder := t.TempDir()
		path, crashed := filepath.Join(folder, "w.strata"), filepath.Join(folder, "crashed.strata")
		create(t, path, synthetic(1_000, 10_000))
		before := columns(t, path)
		// A page cache this small writes to the file before the commit.
		db := plain(t, path)
		for _, s := range []string{"PRAGMA cache_size = 2", "BEGIN", "UPDATE orders SET value_e4 = 7", "DELETE FROM column_chunk"} {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		for _, suffix := range []string{"", "-journal"} {
			content, err := os.ReadFile(path + suffix)
			must(err)
			must(os.WriteFile(crashed+suffix, content, 0o644))
		}
		must(db.Close())
		w, err := opening(t.Context(), crashed)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		closeStore(t, w)
		if columns(t, crashed) != before {
			t.Errorf("%s: not as it was", name)
		}
		if got := listing(t, folder); got != "crashed.strata w.strata" {
			t.Errorf("%s: files: %s", name, got)
		}
	}
}

// A file that says it has more than can be is refused before anything is
// allocated for it.
func TestImplausibleFile(t *testing.T) {
	t.Parallel()
	for _, lie := range []string{
		"UPDATE source SET orders = 1 << 60", "UPDATE source SET orders = -1", "UPDATE source SET orders = 4", "UPDATE customer SET id = 1 << 40 WHERE id = 2",
		"UPDATE setting SET value = 'x' WHERE name = 'generation'", "UPDATE source SET reasons = '['", "UPDATE source SET imported_at = ''",
	} {
		path := filepath.Join(t.TempDir(), "w.strata")
		create(t, path, synthetic(2, 3))
		execute(t, path, lie)
		unsealed(t, path)
		_, err := sqlite.Open(t.Context(), path)
		if model.CodeOf(err) != model.Corrupt {
			t.Errorf("%s: %v", lie, err)
			continue
		}
		hinted(t, err)
	}
}

// A lock file left by a crash, or holding rubbish, keeps nobody out. Rubbish is not
// strata's, and stays as it is.
func TestLeftLockFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(2, 3))
	const rubbish = "\x1b[31m{"
	must(os.WriteFile(path+".lock", []byte(rubbish), 0o644))
	w := open(t, path)
	if info, _ := w.Info(t.Context()); info.ReadOnly {
		t.Error("read-only")
	}
	second := open(t, path)
	if info, _ := second.Info(t.Context()); info.Writer != "another program" {
		t.Errorf("writer %q", info.Writer)
	}
	closeStore(t, second)
	closeStore(t, w)
	if text, err := os.ReadFile(path + ".lock"); err != nil || string(text) != rubbish {
		t.Errorf("the file of somebody else is now %q, %v", text, err)
	}

	must(os.WriteFile(path+".lock", []byte(`{"process":1,"host":"gone"}`), 0o644))
	w = open(t, path)
	must(os.WriteFile(path+".lock", []byte(`{"process":1,"host":"a\u001b[31mb"}`), 0o644))
	third := open(t, path)
	if info, _ := third.Info(t.Context()); !strings.HasPrefix(info.Writer, "another strata (process 1 on a[31mb, since ") {
		t.Errorf("writer %q", info.Writer)
	}
	closeStore(t, third)
	closeStore(t, w)
	if got := listing(t, folder); got != "w.strata" {
		t.Errorf("left behind: %s", got)
	}
}

// Names that mean something in a URI or to a shell are names like others.
func TestOddFileNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a b.strata", "50%.strata", "what?.strata", "a#b.strata", "ü东.strata", "a&_pragma=x.strata", "%41.strata"} {
		folder := t.TempDir()
		path := filepath.Join(folder, name)
		create(t, path, synthetic(2, 3))
		if got := listing(t, folder); got != name {
			t.Errorf("%q became %q", name, got)
		}
		closeStore(t, open(t, path))
	}
}

// What is edited after somebody has deleted the file goes nowhere, and says so.
func TestFileThatIsGoneWhileOpen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not delete an open file")
	}
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2, 3))
	w := open(t, path)
	if _, err := w.AddEdit(t.Context(), model.Edit{At: time.Now(), Label: "one", Scheme: "scheme: ten"}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_, err := w.AddEdit(t.Context(), model.Edit{Parent: 1, At: time.Now(), Label: "two", Scheme: "scheme: ten"})
	if model.CodeOf(err) != model.NotFound || !strings.Contains(err.Error(), "moved or deleted") {
		t.Error(err)
	}
}

// The folder of a temporary workspace goes with a forced end, but nothing else that
// has come to lie there.
func TestAForcedEndRemovesWhatIsOurs(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for _, others := range []bool{false, true} {
		ctx, ending := model.WithEnding(t.Context())
		w, _, err := sqlite.CreateTemporary(ctx, []*model.Intake{synthetic(2, 3)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		info, err := w.Info(ctx)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Dir(info.Path)
		if others {
			if err := os.WriteFile(filepath.Join(folder, "mine.txt"), []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		err = ending.Abandon()
		var left []string
		entries, _ := os.ReadDir(folder) // it may be gone
		for _, e := range entries {
			left = append(left, e.Name())
		}
		if want := []string{"mine.txt"}; others && (err == nil || !slices.Equal(left, want)) || !others && (err != nil || left != nil) {
			t.Errorf("%v leaves %v", err, left)
		}
	}
}

// A file too short for the header of a database is not called one.
func TestAFileTooShortIsNoWorkspace(t *testing.T) {
	t.Parallel()
	for _, length := range []int{1, 50, 99} {
		path := filepath.Join(t.TempDir(), "short.strata")
		must(os.WriteFile(path, []byte(strings.Repeat("x", length)), 0o600))
		_, err := sqlite.Open(t.Context(), path)
		if model.CodeOf(err) != model.Foreign || !strings.HasPrefix(err.Error(), strconv.Quote(path)+" is not a strata workspace; ") {
			t.Errorf("%d bytes: %v", length, err)
		}
	}
}

package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// countdown is a context that ends by itself after being asked n times.
type countdown struct {
	context.Context
	cancel context.CancelFunc
	left   atomic.Int64
}

func newCountdown(parent context.Context, n int) *countdown {
	c := &countdown{}
	c.Context, c.cancel = context.WithCancel(parent)
	c.left.Store(int64(n))
	return c
}

func (c *countdown) Err() error {
	if c.left.Add(-1) <= 0 {
		c.cancel()
	}
	return c.Context.Err()
}

// Wherever a first import is stopped, the folder is as before.
func TestCancelledCreationLeavesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	in := synthetic(2_000, 20_000)
	stopped := 0
	for n := 1; ; n += 1 + n/4 {
		ctx := newCountdown(t.Context(), n)
		w, _, err := sqlite.Create(ctx, path, []*model.Intake{in}, nil)
		if err == nil {
			closeStore(t, w)
			break
		}
		stopped++
		if model.CodeOf(err) != model.Cancelled {
			t.Fatalf("after %d questions: %v", n, err)
		}
		if got := listing(t, folder); got != "" {
			t.Fatalf("after %d questions: %s", n, got)
		}
		if in.Source.ID != 0 {
			t.Fatal("the source has an id though nothing is stored")
		}
	}
	if stopped < 5 {
		t.Errorf("stopped only %d times: the context is asked too rarely", stopped)
	}
}

// Wherever an append is stopped, the file has the bytes it had.
func TestCancelledImportChangesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(100, 1_000))
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	in := synthetic(2_000, 20_000)
	in.OrderAttributes = []model.IntakeAttribute{{Name: "channel", Codes: model.Codes{Words: []string{"", "web"}, Code: make([]uint32, len(in.OrderDay))}}}
	stopped := 0
	for n := 1; ; n += 1 + n/4 {
		w := open(t, path)
		ctx := newCountdown(t.Context(), n)
		_, err := w.Import(ctx, []*model.Intake{in}, nil)
		if err == nil {
			closeStore(t, w)
			break
		}
		stopped++
		if model.CodeOf(err) != model.Cancelled {
			t.Fatalf("after %d questions: %v", n, err)
		}
		if info, err := w.Info(t.Context()); err != nil || info.Orders != 1_000 || info.Generation != 1 {
			t.Fatalf("after %d questions the open workspace says %+v, %v", n, info, err)
		}
		if attributes, _ := w.Attributes(t.Context()); len(attributes) != 1 {
			t.Fatalf("after %d questions it has the columns %v", n, attributes)
		}
		closeStore(t, w)
		if after, _ := os.ReadFile(path); string(after) != string(before) {
			t.Fatalf("after %d questions the file differs", n)
		}
		if got := listing(t, folder); got != "w.strata" {
			t.Fatalf("after %d questions: %s", n, got)
		}
	}
	if stopped < 5 {
		t.Errorf("stopped only %d times: the context is asked too rarely", stopped)
	}
	if got := query(t, path, "SELECT count(*) FROM orders"); got != "21000" {
		t.Errorf("%s orders in the end", got)
	}
}

// Loading that was stopped in the middle leaves no half-loaded columns.
func TestCancelledLoading(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(1_000, 10_000))
	complete := columns(t, path)
	w := open(t, path)
	defer closeStore(t, w)
	for stopped, n := true, 1; stopped; n++ {
		ctx := newCountdown(t.Context(), n)
		_, err := w.Orders(ctx)
		if stopped = err != nil; stopped && model.CodeOf(err) != model.Cancelled {
			t.Fatalf("after %d questions: %v", n, err)
		}
	}
	orders, err := w.Orders(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	customers, err := w.Customers(t.Context(), "region")
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%v %v %v", orders, customers.Keys, customers.Attributes["region"]) != complete {
		t.Error("the columns differ after a stopped loading")
	}
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	there := filepath.Join(folder, "there.strata")
	create(t, there, synthetic(2, 3))
	held := filepath.Join(folder, "held.strata")
	create(t, held, synthetic(2, 3))
	w := open(t, held)
	defer closeStore(t, w)
	files := listing(t, folder)
	for path, want := range map[string]model.Code{
		there:                                   model.Exists,
		held:                                    model.Exists,
		folder:                                  model.Exists,
		filepath.Join(folder, "no", "w.strata"): model.NotFound,
		filepath.Join(there, "w.strata"):        model.NotFound,
		filepath.Join(folder, "nul\x00.strata"): model.Invalid,
		filepath.Join(folder, "a", "..", "there.strata"): model.Exists,
	} {
		_, _, err := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
		if model.CodeOf(err) != want {
			t.Errorf("%q: code %q, want %q (%v)", path, model.CodeOf(err), want, err)
			continue
		}
		hinted(t, err)
	}
	if now := listing(t, folder); now != files {
		t.Errorf("files: %s, before: %s", now, files)
	}
}

// While one makes a workspace, nobody else can make it.
func TestCreateTwiceAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	var second error
	w, _, err := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, func(model.Progress) {
		_, _, second = sqlite.Create(t.Context(), path, []*model.Intake{synthetic(3, 4)}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, w)
	if model.CodeOf(second) != model.Busy {
		t.Fatalf("the second says %v", second)
	}
	hinted(t, second)
	if info, _ := w.Info(t.Context()); info.Orders != 3 {
		t.Errorf("%+v", info)
	}
}

// A staging file left by a crash is in nobody's way; what strata did not make is told
// and stays.
func TestCreateClearsWhatACrashLeft(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(2, 3))
	whole, err := os.ReadFile(path)
	must(err)
	must(os.Remove(path))
	must(os.WriteFile(path+".partial", whole[:5000], 0o644))
	create(t, path, synthetic(2, 3))
	if got := listing(t, folder); got != "w.strata" {
		t.Errorf("files: %s", got)
	}
	must(os.Remove(path))
	const mine = "half a novel"
	must(os.WriteFile(path+".partial", []byte(mine), 0o644))
	_, _, err = sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
	if model.CodeOf(err) != model.Exists {
		t.Errorf("a file of somebody else: %v", err)
	}
	hinted(t, err)
	if text, err := os.ReadFile(path + ".partial"); err != nil || string(text) != mine {
		t.Errorf("it is now %q, %v", text, err)
	}
}

// What has the name of a file that strata makes and is a link to somebody's is
// neither followed nor removed.
func TestLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	for _, end := range []string{".lock", ".partial", ".partial-journal", "-shm", "-journal"} {
		folder := t.TempDir()
		path, victim := filepath.Join(folder, "w.strata"), filepath.Join(folder, "victim")
		must(os.WriteFile(victim, []byte("precious"), 0o644))
		if end == "-journal" {
			create(t, path, synthetic(2, 3))
		}
		if err := os.Symlink(victim, path+end); err != nil {
			t.Skipf("SKIPPED: no symbolic links here: %v", err)
		}
		var err error
		if end == "-journal" {
			_, err = sqlite.Open(t.Context(), path)
		} else {
			_, _, err = sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
		}
		if err == nil || !strings.Contains(err.Error(), "in the way") {
			t.Errorf("%s: %v", end, err)
		}
		if text, err := os.ReadFile(victim); err != nil || string(text) != "precious" {
			t.Errorf("%s: the file it leads to is now %q, %v", end, text, err)
		}
		if about, err := os.Lstat(path + end); err != nil || about.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s: the link is gone: %v", end, err)
		}
	}
}

// Temporary workspaces whose process is gone are swept; those in use, and what
// strata did not make, stay.
func TestSweepTemporary(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	used, _, err := sqlite.CreateTemporary(t.Context(), []*model.Intake{synthetic(2, 3)}, nil)
	must(err)
	defer closeStore(t, used)
	host, _ := os.Hostname()
	leave := func(name, lock string, more ...string) string {
		folder := filepath.Join(os.TempDir(), name)
		must(os.Mkdir(folder, 0o700))
		if lock != "" {
			must(os.WriteFile(filepath.Join(folder, "temporary.strata.lock"), []byte(lock), 0o600))
		}
		for _, file := range append(more, "temporary.strata") {
			must(os.WriteFile(filepath.Join(folder, file), nil, 0o600))
		}
		return folder
	}
	signedBy := func(process int) string { return fmt.Sprintf(`{"process":%d,"host":%q}`, process, host) }
	dead := exec.CommandContext(t.Context(), "go", "version") // whose number is free again
	if err := dead.Run(); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	signed := signedBy(dead.Process.Pid)
	gone := leave("strata-1", signed, "temporary.strata-journal")
	stays := []string{
		leave("strata-2", ""), leave("strata-3", `{"process":99999,"host":"`+host+`2"}`), leave("strata-4", signed, "notes.txt"),
		leave("strata-5", "not ours"), leave("other-6", signed),
		leave("strata-7", signedBy(os.Getpid())), // which has signed, and is about to lock
	}
	sqlite.SweepTemporary()
	if _, err := os.Stat(gone); !os.IsNotExist(err) {
		t.Errorf("what a killed process left is still there: %v", err)
	}
	info, _ := used.Info(t.Context())
	for _, folder := range append(stays, filepath.Dir(info.Path)) {
		if _, err := os.Stat(filepath.Join(folder, "temporary.strata")); err != nil {
			t.Errorf("%s was swept: %v", folder, err)
		}
	}
}

func TestTemporaryWorkspace(t *testing.T) {
	t.Parallel()
	in := synthetic(20, 300)
	w, _, err := sqlite.CreateTemporary(t.Context(), []*model.Intake{in}, nil)
	if err != nil {
		t.Fatal(err)
	}
	info, err := w.Info(t.Context())
	if err != nil || !info.Temporary || info.ReadOnly || info.Orders != 300 || in.Source.ID != 1 {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := w.AddEdit(t.Context(), model.Edit{Label: "one"}); err != nil {
		t.Error(err)
	}
	closeStore(t, w)
	if _, err := os.Stat(filepath.Dir(info.Path)); !os.IsNotExist(err) {
		t.Errorf("%s is still there (%v)", filepath.Dir(info.Path), err)
	}
}

func TestSaveAs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "kept.strata")
	w, _, err := sqlite.CreateTemporary(t.Context(), []*model.Intake{synthetic(20, 300)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	temporary, _ := w.Info(t.Context())
	if _, err := w.AddEdit(t.Context(), model.Edit{Label: "one"}); err != nil {
		t.Fatal(err)
	}
	orders, _ := w.Orders(t.Context())

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.SaveAs(cancelled, path, nil); model.CodeOf(err) != model.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	other := filepath.Join(folder, "other.txt")
	must(os.WriteFile(other, []byte("mine"), 0o644))
	if err := w.SaveAs(t.Context(), other, nil); model.CodeOf(err) != model.Exists {
		t.Errorf("over another file: %v", err)
	}
	if got := listing(t, folder); got != "other.txt" {
		t.Errorf("files: %s", got)
	}

	var stages []string
	err = w.SaveAs(t.Context(), path, func(p model.Progress) { stages = append(stages, p.Stage) })
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(stages, " "); !strings.HasPrefix(got, "copying") || !strings.HasSuffix(got, "checking") {
		t.Errorf("stages: %s", got)
	}
	if _, err := os.Stat(filepath.Dir(temporary.Path)); !os.IsNotExist(err) {
		t.Error("the temporary folder is still there")
	}
	info, _ := w.Info(t.Context())
	if info.Temporary || info.ReadOnly || info.Path != path {
		t.Errorf("%+v", info)
	}
	if _, err := w.AddEdit(t.Context(), model.Edit{Label: "two", Parent: 1}); err != nil {
		t.Fatal(err)
	}
	closeStore(t, w)
	again := open(t, path)
	defer closeStore(t, again)
	bench, err := again.Bench(t.Context())
	if err != nil || len(bench.Edits) != 2 || bench.Head != 2 {
		t.Errorf("%+v, %v", bench, err)
	}
	if saved, err := again.Orders(t.Context()); err != nil || saved.Len() != orders.Len() {
		t.Errorf("%v", err)
	}
}

func TestProgressCountsRows(t *testing.T) {
	t.Parallel()
	in := synthetic(1_000, 50_000)
	var last model.Progress
	checked := false
	w, _, err := sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "w.strata"), []*model.Intake{in}, func(p model.Progress) {
		if p.Stage == "storing" {
			if p.Done < last.Done || p.Total != 50_000 || p.Done > p.Total || p.Rows != p.Done {
				t.Errorf("%+v after %+v", p, last)
			}
			last = p
		}
		checked = checked || p.Stage == "checking"
	})
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, w)
	if last.Done < 45_000 || !checked {
		t.Errorf("last %+v, checked %v", last, checked)
	}
}

// What has a name that SQLite would take for its own of a new workspace, or of the
// file it is made under, is in the way of it, and stays.
func TestNewWorkspaceBesideNotes(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"-journal", "-wal", "-shm", ".partial-journal", ".partial-wal", ".partial-shm"} {
		folder := t.TempDir()
		path := filepath.Join(folder, "n.strata")
		must(os.WriteFile(path+end, []byte("notes\n"), 0o600))
		_, _, err := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
		if model.CodeOf(err) != model.Exists || !strings.Contains(err.Error(), end+`" is in the way`) {
			t.Errorf("%s: %v", end, err)
		}
		hinted(t, err)
		if text, _ := os.ReadFile(path + end); string(text) != "notes\n" || listing(t, folder) != "n.strata"+end {
			t.Errorf("%s: it is now %q, beside %s", end, text, listing(t, folder))
		}
	}
}

// A file that is empty, as a kill before the first write leaves it, is in nobody's way;
// one with another name, or a link, is somebody's.
func TestAnEmptyFileThatWasLeft(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, to := filepath.Join(folder, "n.strata"), filepath.Join(folder, "copy.strata")
	must(os.WriteFile(path+".partial", nil, 0o600))
	create(t, path, synthetic(2, 3))
	must(os.WriteFile(to+".partial", nil, 0o600))
	if _, _, err := sqlite.Backup(t.Context(), path, to, false, anyScheme, nil); err != nil {
		t.Error(err)
	}
	if got := listing(t, folder); got != "copy.strata n.strata" {
		t.Errorf("there are %s", got)
	}
	must(os.Remove(to))
	for _, leave := range []func(name string) error{
		func(name string) error { return os.Link(filepath.Join(folder, "empty"), name) },
		func(name string) error { return os.Symlink(filepath.Join(folder, "empty"), name) },
	} {
		must(os.WriteFile(filepath.Join(folder, "empty"), nil, 0o600))
		if err := leave(to + ".partial"); err != nil || runtime.GOOS == "windows" {
			continue
		}
		_, _, err := sqlite.Backup(t.Context(), path, to, false, anyScheme, nil)
		if model.CodeOf(err) != model.Exists || !strings.Contains(err.Error(), `.partial" is in the way: strata did not make it`) {
			t.Errorf("%v", err)
		}
		must(os.Remove(to + ".partial"))
	}
}

// The copy that is kept of an older workspace takes the place of nothing; where it is
// there already, no other is made.
func TestCopyOfAnOlderWorkspaceReplacesNothing(t *testing.T) {
	t.Parallel()
	path := schema5(t)
	old, err := os.ReadFile(path)
	must(err)
	other := filepath.Join(filepath.Dir(path), "other.strata")
	create(t, other, synthetic(20, 300))
	theirs, err := os.ReadFile(other)
	must(err)
	must(os.Remove(other))
	must(os.WriteFile(path+".v5.bak", theirs, 0o600))
	for range 2 {
		must(os.WriteFile(path, old, 0o600))
		closeStore(t, open(t, path))
		if now, _ := os.ReadFile(path + ".v5.bak"); string(now) != string(theirs) {
			t.Error("another workspace was replaced")
		}
		if got := query(t, path+".v5.bak-2", "SELECT user_version || ' ' || (SELECT count(*) FROM orders) FROM pragma_user_version"); got != "5 5" {
			t.Errorf("the copy has version and orders %s", got)
		}
		if got := listing(t, filepath.Dir(path)); got != "w.strata w.strata.v5.bak w.strata.v5.bak-2" {
			t.Errorf("there are %s", got)
		}
	}
}

package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"strata/model"
	"strata/model/sqlite"
)

// A file that its owner may not write, in a folder where they may, is not taken for
// one that another strata is writing.
func TestAFileThatMayNotBeWrittenHasNoWriter(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "shop.strata")
	w, _, err := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	asNobody(t, folder, path)
	w, err = sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	info, err := w.Info(t.Context())
	if err != nil || !info.ReadOnly || info.Writer != "" {
		t.Errorf("read-only: %t, written by %q, %v", info.ReadOnly, info.Writer, err)
	}
}

// asNobody has the rest of a test, on its thread, run as somebody whom permissions
// bind, if it is not. The paths get their owner.
func asNobody(t *testing.T, folder string, paths ...string) {
	t.Helper()
	if os.Geteuid() != 0 { // who may write everything
		return
	}
	const nobody = 65534
	for _, p := range append(paths, folder) {
		must(os.Chown(p, nobody, nobody))
	}
	must(os.Chmod(filepath.Dir(folder), 0o755))
	runtime.LockOSThread() // and never unlocked, so that the thread goes with the test
	must(unix.Setfsuid(nobody))
	t.Cleanup(func() { _ = unix.Setfsuid(0) }) // to remove the folder
}

// Nothing stays beside a workspace with a write-ahead log that may not be written, or
// lies where nothing may be, and it is read all the same.
func TestReadingLeavesNothingBesideAReadOnlyFile(t *testing.T) {
	t.Parallel()
	for _, modes := range []struct{ file, folder os.FileMode }{{0o444, 0o700}, {0o600, 0o500}, {0o400, 0o500}} {
		for name, read := range logReaders {
			if name == "copying" && modes.folder == 0o500 {
				continue // the copy would lie there
			}
			t.Run(fmt.Sprintf("%s, %o in %o", name, modes.file, modes.folder), func(t *testing.T) {
				path := keptWithLog(t)
				folder := filepath.Dir(path)
				must(os.Chmod(path, modes.file))
				must(os.Chmod(folder, modes.folder))
				t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
				asNobody(t, folder, path)
				if err := read(t.Context(), path); err != nil {
					t.Error(err)
				}
				if left := beside(t, path); !slices.Equal(left, []string{"w.strata"}) {
					t.Errorf("left: %v", left)
				}
			})
		}
	}
}

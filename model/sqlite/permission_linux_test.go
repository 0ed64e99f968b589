package sqlite_test

import (
	"os"
	"path/filepath"
	"runtime"
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
	if os.Geteuid() == 0 { // who may write everything
		const nobody = 65534
		for _, p := range []string{path, folder} {
			if err := os.Chown(p, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil {
			t.Fatal(err)
		}
		runtime.LockOSThread() // and never unlocked, so that the thread goes with the test
		if err := unix.Setfsuid(nobody); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = unix.Setfsuid(0) }) // to remove the folder
	}
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

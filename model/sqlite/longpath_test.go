//go:build !windows

package sqlite_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// longPath is a path of so many bytes, in a folder that is there.
func longPath(t *testing.T, bytes int) string {
	t.Helper()
	folder := t.TempDir()
	const name = 200
	for len(folder)+2*name < bytes {
		folder = filepath.Join(folder, strings.Repeat("f", name))
	}
	folder = filepath.Join(folder, strings.Repeat("g", bytes-len(folder)-2-name))
	must(os.MkdirAll(folder, 0o700))
	return filepath.Join(folder, strings.Repeat("w", name))
}

// A path that SQLite does not take is told as what it is, and all others work.
func TestAPathTooLongForSQLite(t *testing.T) {
	t.Parallel()
	good := filepath.Join(t.TempDir(), "w.strata")
	create(t, good, synthetic(20, 300))
	content, err := os.ReadFile(good)
	must(err)
	readScheme := func(string) error { return nil }
	for _, long := range []int{496, 497, 504, 505, 600} {
		told := func(does string, err error, most int) {
			t.Helper()
			want := ""
			if long > most {
				want = fmt.Sprintf("is too long: it has %d bytes from the root on, and SQLite takes %d here; choose a shorter one", long, most)
			}
			if (err == nil) != (want == "") || err != nil && (model.CodeOf(err) != model.Unreadable || !strings.Contains(err.Error(), want)) {
				t.Errorf("%s, %d bytes: %v", does, long, err)
			}
		}
		path := longPath(t, long)
		w, _, err := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
		if told("making", err, 496); err == nil {
			closeStore(t, w)
		}
		path = longPath(t, long)
		_, _, err = sqlite.Backup(t.Context(), good, path, false, readScheme, nil)
		told("copying to it", err, 496)
		must(os.WriteFile(path, content, 0o600))
		_, _, err = sqlite.Backup(t.Context(), good, path, true, readScheme, nil)
		told("copying over it", err, 496)
		w, err = sqlite.Open(t.Context(), path)
		if told("opening", err, 504); err == nil {
			closeStore(t, w)
		}
		w, err = sqlite.OpenToRead(t.Context(), path)
		if told("reading", err, 504); err == nil {
			closeStore(t, w)
		}
		_, err = sqlite.Check(t.Context(), path, readScheme, nil)
		told("checking", err, 504)
	}
}

// An older workspace is brought up to date, or is left as it is and told why: the copy
// that is kept of it needs a longer path than its own.
func TestUpgradeAtAPathTooLong(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile(schema5(t))
	must(err)
	for _, long := range []int{496, 497, 504} {
		path := longPath(t, long)
		must(os.WriteFile(path, old, 0o600))
		w, err := sqlite.Open(t.Context(), path)
		if long == 496 {
			must(err)
			closeStore(t, w)
			continue
		}
		if model.CodeOf(err) != model.Unreadable || !strings.Contains(err.Error(), fmt.Sprintf("is too long: it has %d bytes from the root on, and SQLite takes 496 here", long)) {
			t.Errorf("%d bytes: %v", long, err)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, old) {
			t.Errorf("%d bytes: changed, %v", long, err)
		}
		if left := beside(t, path); len(left) != 1 {
			t.Errorf("%d bytes: left %v", long, left)
		}
	}
}

// A name that leaves no room for its journal's is read, but not opened to be written,
// where the first edit would fail.
func TestANameTooLongForItsJournal(t *testing.T) {
	t.Parallel()
	good := filepath.Join(t.TempDir(), "w.strata")
	create(t, good, synthetic(20, 300))
	content, err := os.ReadFile(good)
	must(err)
	for _, long := range []int{247, 248, 250, 251, 255, 256} {
		path := filepath.Join(t.TempDir(), strings.Repeat("n", long))
		_ = os.WriteFile(path, content, 0o600) // 256 is no name at all
		told := func(does string, err error, most int) {
			t.Helper()
			if (err == nil) != (long <= most) || err != nil && !strings.HasSuffix(err.Error(), ": the name is too long; choose a shorter one") {
				t.Errorf("%s, %d bytes: %v", does, long, err)
			}
		}
		w, err := sqlite.Open(t.Context(), path)
		if told("opening", err, 247); err == nil {
			closeStore(t, w)
		}
		w, err = sqlite.OpenToRead(t.Context(), path)
		if told("reading", err, 255); err == nil {
			closeStore(t, w)
		}
		if left := beside(t, path); len(left) != min(1, 256-long) {
			t.Errorf("%d bytes: left %v", long, left)
		}
	}
}

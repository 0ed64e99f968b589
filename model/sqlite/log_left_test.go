package sqlite_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"strata/model/sqlite"
)

// keptWithLog makes a workspace with a write-ahead log, as the sqlite3 shell can.
func keptWithLog(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(20, 300))
	execute(t, path, "PRAGMA journal_mode = wal")
	return path
}

// logReaders are what reads a workspace without writing it.
var logReaders = map[string]func(ctx context.Context, path string) error{
	"opening to read": func(ctx context.Context, path string) error {
		w, err := sqlite.OpenToRead(ctx, path)
		if err != nil {
			return err
		}
		return w.Close()
	},
	"checking": func(ctx context.Context, path string) error {
		_, err := sqlite.Check(ctx, path, func(string) error { return nil }, nil)
		return err
	},
	"copying": func(ctx context.Context, path string) error {
		_, _, err := sqlite.Backup(ctx, path, filepath.Join(filepath.Dir(path), "copy"), true, func(string) error { return nil }, nil)
		return err
	},
}

func beside(t *testing.T, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	must(err)
	for _, e := range entries {
		if e.Name() != "copy" {
			names = append(names, e.Name())
		}
	}
	return names
}

// Whoever only reads leaves beside a workspace what was there, and no more.
func TestReadingLeavesNoWriteAheadLog(t *testing.T) {
	t.Parallel()
	for name, read := range logReaders {
		path := keptWithLog(t)
		before, err := os.ReadFile(path)
		must(err)
		must(read(t.Context(), path))
		if left := beside(t, path); !slices.Equal(left, []string{"w.strata"}) {
			t.Errorf("%s leaves %v", name, left)
		}
		link := filepath.Join(t.TempDir(), "link.strata")
		must(os.Symlink(path, link))
		must(read(t.Context(), link))
		if left := beside(t, path); !slices.Equal(left, []string{"w.strata"}) {
			t.Errorf("%s by a link leaves %v", name, left)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
			t.Errorf("%s changes the file, %v", name, err)
		}
	}
}

// A log that was there stays, whether or not somebody has the file open.
func TestReadingLeavesTheWriteAheadLogOfOthers(t *testing.T) {
	t.Parallel()
	want := []string{"w.strata", "w.strata-shm", "w.strata-wal"}
	for name, read := range logReaders {
		path := keptWithLog(t)
		other := plain(t, path)
		var n int
		must(other.QueryRow("SELECT count(*) FROM orders").Scan(&n))
		must(read(t.Context(), path))
		if left := beside(t, path); !slices.Equal(left, want) {
			t.Errorf("%s, while open elsewhere, leaves %v", name, left)
		}
		must(other.Close())

		path = keptWithLog(t)
		for _, end := range []string{"-shm", "-wal"} {
			must(os.WriteFile(path+end, nil, 0o600))
		}
		must(read(t.Context(), path))
		if left := beside(t, path); !slices.Equal(left, want) {
			t.Errorf("%s leaves %v", name, left)
		}
	}
}

// Somebody who comes while a workspace is read keeps the log that reading made.
func TestALogInUseIsNotRemoved(t *testing.T) {
	t.Parallel()
	path := keptWithLog(t)
	w, err := sqlite.OpenToRead(t.Context(), path)
	must(err)
	other := plain(t, path)
	var n int
	must(other.QueryRow("SELECT count(*) FROM orders").Scan(&n))
	closeStore(t, w)
	if left := beside(t, path); len(left) != 3 {
		t.Errorf("left: %v", left)
	}
	if _, err := other.Exec("INSERT INTO setting VALUES ('other', '1')"); err != nil {
		t.Error(err)
	}
	must(other.Close())
}

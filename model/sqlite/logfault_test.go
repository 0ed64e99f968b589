package sqlite

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
)

// Who may only read gets nothing of a file with a write-ahead log, since reading it
// writes beside it; that is said, and not that the file cannot be written.
func TestALogThatCannotBeRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"CREATE TABLE t (x)", "PRAGMA journal_mode = wal", "INSERT INTO t VALUES (1)"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(path + "-shm")
	only, err := sql.Open("sqlite", "file:"+path+"?mode=ro&readonly_shm=1")
	if err != nil {
		t.Fatal(err)
	}
	defer only.Close()
	_, err = only.Exec("SELECT * FROM t")
	if err == nil {
		t.Fatal("it was read")
	}
	told := fault("opening", path, err)
	if want := `another program uses a write-ahead log for it, which cannot be read without writing "w.strata-shm" next to it; have its owner close that program`; model.CodeOf(told) != model.Unreadable || !strings.Contains(told.Error(), want) {
		t.Errorf("%v, of %v", told, err)
	}
}

package sqlite

import (
	"database/sql"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"strata/model"
)

// Memory that ends within SQLite is told as that. The limit is one of the whole
// process, and for ever, so that it has one of its own.
func TestNoMemoryIsTold(t *testing.T) {
	t.Parallel()
	const inside = "STRATA_TEST_WITHOUT_MEMORY"
	if os.Getenv(inside) == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestNoMemoryIsTold$")
		cmd.Env = append(os.Environ(), inside+"=1")
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, text)
		}
		return
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: 2 << 30, Max: 2 << 30}); err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("CREATE TABLE t AS SELECT randomblob(900000000)") // Go has more than the rest
	if told := fault("opening", "w.strata", err); model.CodeOf(told) != model.Unreadable ||
		!strings.HasPrefix(told.Error(), `opening "w.strata": there is not enough memory; raise the limit (`) {
		t.Errorf("%v, of %v", told, err)
	}
}

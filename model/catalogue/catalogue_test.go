package catalogue_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"strata/model/catalogue"
)

func TestT(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ got, want string }{
		{catalogue.T("no values, {none}"), "no values, {none}"},
		{catalogue.T("{n} of {all}, {n}", "n", 3, "all", "four"), "3 of four, 3"},
		{catalogue.T("{name:q} is there", "name", `a "b"`), `"a \"b\"" is there`},
		{catalogue.T("{name} stands", "name", "{other}", "other", 1), "{other} stands"},
		{catalogue.T("{unknown} {", "name", 1), "{unknown} {"},
		{catalogue.T("{bytes} {cause}", "bytes", []byte("x"), "cause", errors.New("why")), "x why"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestErrorfKeepsTheCause(t *testing.T) {
	t.Parallel()
	why, other := errors.New("why"), errors.New("other")
	err := fmt.Errorf("outside: %w", catalogue.Errorf("{what} failed: {cause}", "what", other, "cause", why))
	if err.Error() != "outside: other failed: why" || !errors.Is(err, why) || errors.Is(err, other) {
		t.Error(err)
	}
}

// What the system says is told in English as it says it.
func TestCausesOfTheSystem(t *testing.T) {
	t.Parallel()
	_, missing := os.Stat(filepath.Join(t.TempDir(), "nothing"))
	linked := os.Link("nothing", filepath.Join(t.TempDir(), "other"))
	_, noNumber := strconv.ParseInt("many", 10, 64)
	_, tooLarge := strconv.ParseUint("99999999999999999999", 10, 64)
	for _, err := range []error{missing, linked, noNumber, tooLarge, os.NewSyscallError("fsync", errors.New("input/output error")), io.ErrUnexpectedEOF} {
		if told := catalogue.Errorf("failed: {cause}", catalogue.Cause, err); told.Error() != "failed: "+err.Error() || !errors.Is(told, err) {
			t.Errorf("%q, want %q", told, err)
		}
	}
}

func BenchmarkT(b *testing.B) {
	for b.Loop() {
		catalogue.T("{n} of {all} people", "n", "1,234", "all", "4,339")
	}
}

package main

import (
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// Every flag that says how files are read is refused where nothing is read, and is
// not taken for one that has done its work.
func TestFlagsOfReadingBesideAWorkspace(t *testing.T) {
	t.Parallel()
	w := smallWorkspace(t)
	values := map[string]string{"map": "customer=who", "again": "true", "unit": "1000"}
	n := 0
	new(app).importCommand().Flags().VisitAll(func(flag *pflag.Flag) {
		if _, reading := flag.Annotations[ofReading]; !reading {
			return
		}
		n++
		value := values[flag.Name]
		if value == "" {
			value = "x"
		}
		for _, args := range [][]string{{"tiers", w}, {w}} {
			r := strata(t, "", append(args, "--"+flag.Name+"="+value)...)
			if r.status != exitUsage || !strings.Contains(r.err, "--"+flag.Name+" says how files are read") {
				t.Errorf("%v --%s: %d %s", args, flag.Name, r.status, r.err)
			}
		}
	})
	const known = 23
	if n < known {
		t.Errorf("%d flags of reading, there were %d", n, known)
	}
	if r := strata(t, "", "open", w, "--duplicates", "drop"); r.status != exitUsage || !strings.Contains(r.err, "unknown flag") {
		t.Errorf("open: %d %s", r.status, r.err)
	}
}

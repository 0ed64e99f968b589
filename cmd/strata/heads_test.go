package main

import (
	"strings"
	"testing"
)

// Every head says that the scheme is an edited one, of which day the figures are,
// and the filter in the same words; JSON keeps the name apart from whether it is
// edited.
func TestHeadsSayWhatTheFiguresAreOf(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	scores := strings.Split(mustRun(t, exitDone, "scores", w, "--limit", "1", "--sort", "recency", "--where", "region=East", "--format", "csv").out, "\n")
	key, _, _ := strings.Cut(scores[1], ",")
	commands := [][]string{{"tiers", w}, {"matrix", w}, {"service", w}, {"customer", w, key}, {"sensitivity", w}}
	for _, c := range commands {
		named := mustRun(t, exitDone, c...).out
		if !strings.Contains(named, "scheme ten · as of 2026-01-01") {
			t.Errorf("%q says\n%.300s", c, named)
		}
		edited := mustRun(t, exitDone, append(c, "--recency", "14,45,90,180", "--where", "region=East")...).out
		for _, want := range []string{"scheme ten, edited · as of 2026-01-01", "· only region=East"} {
			if !strings.Contains(edited, want) {
				t.Errorf("%q does not say %q:\n%.300s", c, want, edited)
			}
		}
		if measured := mustRun(t, exitDone, append(c, "--frequency-measure", "per-month")...).out; strings.Contains(measured, "edited") {
			t.Errorf("%q calls a preset edited that counts otherwise:\n%.300s", c, measured)
		}
		if c[0] == "sensitivity" { // its JSON is a list of cuts
			continue
		}
		for _, j := range []struct {
			args []string
			want string
		}{{nil, `"edited": false`}, {[]string{"--recency", "14,45,90,180"}, `"edited": true`}} {
			out := mustRun(t, exitDone, append(append(c, "--format", "json"), j.args...)...).out
			if !strings.Contains(out, `"scheme": "ten"`) || !strings.Contains(out, j.want) {
				t.Errorf("%q: no %s in\n%.600s", c, j.want, out)
			}
		}
	}
}

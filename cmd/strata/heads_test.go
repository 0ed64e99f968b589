package main

import (
	"path/filepath"
	"slices"
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

// A comparison tells beside each scheme what that side alone counts, and behind them
// what both count; only a scheme that scores otherwise than what is saved under its
// name is edited.
func TestComparisonsSayWhatEachSideCounts(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	ten := mustRun(t, exitDone, "scheme", "show", "ten").out
	variant := func(was, now string) string {
		return writeFile(t, filepath.Join(t.TempDir(), "ten.yaml"), strings.Replace(ten, was, now, 1))
	}
	limited, perMonth := variant("window: all", "window: 6m"), variant("frequency: orders", "frequency: per-month")
	for _, c := range []struct {
		args []string
		head string
	}{
		{[]string{"--before", "ten", "--after", limited}, "before: ten, all time · after: ten, last 6 months"},
		{[]string{"--before", limited, "--after", "ten"}, "before: ten, last 6 months · after: ten, all time"},
		{[]string{"--before", "ten", "--after", perMonth}, "before: ten, frequency in orders · after: ten, frequency in orders per month"},
		{
			[]string{"--before", "ten", "--after", "ten", "--window", "6m", "--where", "region=East"},
			"before: ten · after: ten · on both sides only region=East, last 6 months",
		},
		{[]string{"--before", "ten", "--after", "recency=14,45,90,180"}, "before: ten · after: ten with recency=14,45,90,180"},
		{[]string{"--before", "2025-06-01", "--after", "ten"}, "before: ten as of 2025-06-01 · after: ten as of 2026-01-01"},
	} {
		head, _, _ := strings.Cut(mustRun(t, exitDone, append([]string{"compare", w}, c.args...)...).out, "\n")
		if !strings.HasSuffix(head, c.head) {
			t.Errorf("%q says %q, not %q", c.args, head, c.head)
		}
	}
	out := mustRun(t, exitDone, "compare", w, "--before", "ten", "--after", limited, "--where", "region=East", "--format", "json").out
	for _, want := range []string{`"before": "ten, all time"`, `"after": "ten, last 6 months"`, "\"counted\": [\n    \"only region=East\"\n  ]"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%.400s", want, out)
		}
	}
}

// An edit that moves nobody says 0; only the beginning has nothing to count.
func TestTheLogSaysZero(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	mustRun(t, exitDone, "scenario", "save", w, "as it is")
	mustRun(t, exitDone, "scenario", "open", w, "as it is")
	rows := strings.Split(mustRun(t, exitDone, "log", w).out, "\n")
	if fields := strings.Fields(rows[1]); !slices.Equal(fields[len(fields)-2:], []string{"0", "0"}) {
		t.Errorf("the edit is %q", rows[1])
	}
	if !strings.HasSuffix(rows[2], "the beginning") {
		t.Errorf("the beginning is %q", rows[2])
	}
}

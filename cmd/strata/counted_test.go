package main

import (
	"strings"
	"testing"
)

// Figures of another day, window or filter say so wherever they go, and those that
// count everything say nothing.
func TestFiguresSayWhatTheyCount(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	scores := strings.Split(mustRun(t, exitDone, "scores", w, "--limit", "1", "--sort", "recency", "--format", "csv").out, "\n")
	key, _, _ := strings.Cut(scores[1], ",")
	limited := []string{"--window", "18m", "--as-of", "2026-01-01", "--returns", "ignore"}
	for _, c := range []struct {
		args     []string
		out, err string // what one of them says, "" where the other does
	}{
		{[]string{"scores", w, "--format", "csv"}, "", "counted: last 18 months, returns ignored, as of 2026-01-01"},
		{[]string{"scores", w, "--format", "json"}, "", "counted: last 18 months, returns ignored, as of 2026-01-01"},
		{[]string{"tiers", w, "--format", "csv"}, "", "counted: last 18 months, returns ignored, as of 2026-01-01"},
		{[]string{"sensitivity", w}, "", "counted: last 18 months, returns ignored, as of 2026-01-01"},
		{[]string{"matrix", w, "--format", "csv"}, "", "counted: last 18 months, returns ignored, as of 2026-01-01"},
		{[]string{"matrix", w}, "as of 2026-01-01 · last 18 months · returns ignored\n", ""},
		{[]string{"matrix", w, "--format", "json"}, "\"counted\": [\n    \"last 18 months\",\n    \"returns ignored\",\n    \"as of 2026-01-01\"\n  ]", ""},
		{[]string{"customer", w, key}, "as of 2026-01-01 · last 18 months · returns ignored\n", ""},
		{[]string{"customer", w, key, "--format", "json"}, "\"counted\": [\n    \"last 18 months\",", ""},
		{[]string{"service", w}, "· last 18 months · returns ignored\n", ""},
	} {
		said := mustRun(t, exitDone, append(c.args, limited...)...)
		if flat := strings.Join(strings.Fields(said.err), " "); !strings.Contains(said.out, c.out) || !strings.Contains(flat, c.err) {
			t.Errorf("%q says\n%s\n%s", c.args, said.out[:min(len(said.out), 800)], said.err)
		}
		all := mustRun(t, exitDone, c.args...)
		if strings.Contains(all.err, "counted:") || strings.Contains(all.out, "last 18 months") {
			t.Errorf("%q says of everything\n%s", c.args, all.err)
		}
	}
}

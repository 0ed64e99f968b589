package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A comma that was meant to part thousands or decimals makes no other scores
// silently: cuts ascend, and another number of scores is told.
func TestCommasInListsOfCuts(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"tiers", w, "--monetary", "1,250,2,500,5,000,10,000"}, []string{"--monetary: the monetary cut 2 comes after 250, but cuts ascend", "write 1250, not 1,250"}},
		{[]string{"tiers", w, "--monetary", "250,5,490,942,2058"}, []string{"the monetary cut 5 comes after 250", "write 250.5, not 250,5"}},
		{[]string{"tiers", w, "--monetary", "1,005"}, []string{"the monetary cut 005 begins with a zero", "write 1005, not 1,005"}},
		{[]string{"tiers", w, "--recency", "180,72,33,14"}, []string{"the recency cut 72 comes after 180", "in ascending order"}},
		{[]string{"compare", w, "--after", "recency=14,5,33,72"}, []string{"--after: the recency cut 5 comes after 14", "write 14.5, not 14,5"}},
		{[]string{"compare", w, "--after", "value=12,8"}, []string{"value=12,8 is not two value cuts", "where MID and HIGH begin, the lower first"}},
	} {
		expectOut(t, mustRun(t, exitUsage, c.args...).err, c.want...)
	}
	for _, c := range []struct{ args, want []string }{
		{[]string{"tiers", w, "--monetary", "1,250"}, []string{"note: monetary now has 3 scores, before 5\n"}},
		{[]string{"compare", w, "--after", "frequency=1,3"}, []string{"note: frequency now has 3 scores, before 5\n"}},
		{[]string{"scheme", "lint", "ten", "--recency", "14,33"}, []string{"note: recency now has 3 scores, before 5\n"}},
	} {
		expectOut(t, strata(t, "", c.args...).err, c.want...)
	}
	for _, args := range [][]string{{"--monetary", "250,490,942,2058"}, {"--monetary", "250,490", "--levels", "5,5,3"}} {
		if got := mustRun(t, exitDone, append([]string{"tiers", w}, args...)...).err; strings.Contains(got, "now has") {
			t.Errorf("%v: told of scores that were meant: %s", args, got)
		}
	}
	path := filepath.Join(t.TempDir(), "mine.yaml")
	writeFile(t, path, "scheme: mine\ncuts:\n  monetary: {method: fixed, at: [1,250,2,500]}\n")
	expectOut(t, mustRun(t, exitFailed, "tiers", w, "--scheme", path).err, "2 comes after 250", "no thousands separators")
}

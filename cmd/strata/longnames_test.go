package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A file brings no name that fills the screen, and no overrides that could be written
// into a workspace and not be read again.
func TestLongNamesAreRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	orders := writeFile(t, filepath.Join(folder, "o.csv"), "customer,date,amount\nA,2024-01-02,1\nB,2024-01-03,2\n")
	scheme := writeFile(t, filepath.Join(folder, "s.yaml"), "scheme: "+strings.Repeat("x", 4_000_000)+"\n")
	reason := writeFile(t, filepath.Join(folder, "r.csv"), "customer,tier,reason\nA,high,"+strings.Repeat("x", 201)+"\n")
	var rows strings.Builder
	rows.WriteString("customer,tier,reason\n")
	for i := range 20_000 {
		fmt.Fprintf(&rows, "%d,high,%q\n", i, strings.Repeat("x,", 40))
	}
	commas := writeFile(t, filepath.Join(folder, "c.csv"), rows.String())
	for _, c := range []struct{ flag, file, says string }{
		{"--scheme", scheme, `s.yaml: line 1, column 9: scheme: the name "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"… has 4000000 characters; use at most 60`},
		{"--overrides", reason, `r.csv, line 2, column 8: the name "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"… has 201 characters; use at most 200`},
		{"--overrides", commas, "c.csv has more than a scheme can hold: line 24743, column 1: there are more than 750000 words and marks, which no scheme, plan or settings file needs; shorten the reasons, or lock fewer customers"},
	} {
		got := strata(t, "", "tiers", "--from", orders, c.flag, c.file)
		if got.status != exitFailed || !strings.Contains(got.err, c.says) || len(got.err)+len(got.out) > 1000 {
			t.Errorf("%s: %d: %.1000s%.1000s", c.file, got.status, got.err, got.out)
		}
	}
}

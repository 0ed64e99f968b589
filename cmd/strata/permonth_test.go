package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOrdersPerMonth: one order last week is a third of an order per month, not
// four; by how many months is divided is told, and can be changed.
func TestOrdersPerMonth(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, w := filepath.Join(dir, "orders.csv"), filepath.Join(dir, "w.strata")
	text := "customer,date,amount\nnew,2026-03-24,10\nold,2024-11-29,10\nold,2026-03-30,10\n" // 7 days, 16 months ago
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "import", w, file)
	rate := func(args ...string) string {
		t.Helper()
		args = append([]string{"scores", w, "--frequency-measure", "per-month", "--format", "csv"}, args...)
		for line := range strings.Lines(mustRun(t, exitDone, args...).out) {
			if cells := strings.Split(line, ","); cells[0] == "new" {
				return cells[4] // after customer, last_order, recency_days and orders
			}
		}
		return "nobody"
	}
	if got := rate(); got != "0.3333" {
		t.Errorf("one order last week is %s orders per month, want 0.3333", got)
	}
	if got := rate("--least-months", "1"); got != "1" {
		t.Errorf("over at least 1 month it is %s, want 1", got)
	}
	told := mustRun(t, exitDone, "tiers", w, "--frequency-measure", "per-month").out
	if want := "frequency in orders per month (over at least 3 months)"; !strings.Contains(told, want) {
		t.Errorf("%q is not told:\n%s", want, told)
	}
	if j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--frequency-measure", "per-month", "--format", "json").out); j.LeastMonths == nil || *j.LeastMonths != 3 {
		t.Errorf("least_months %v, want 3", j.LeastMonths)
	}
	// A scheme file keeps the number; one from before it was there has three.
	for text, want := range map[string]string{
		"scheme: s\nfrequency: per-month\nleast_months: 6\n": "over at least 6 months",
		"scheme: s\nfrequency: per-month\n":                  "over at least 3 months",
	} {
		scheme := filepath.Join(dir, "scheme.yaml")
		if err := os.WriteFile(scheme, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if told := mustRun(t, exitDone, "tiers", w, "--scheme", scheme).out; !strings.Contains(told, want) {
			t.Errorf("%q is not told of\n%s\nbut\n%s", want, text, told)
		}
	}
	for _, bad := range []string{"0", "601", "x"} {
		mustRun(t, exitUsage, "tiers", w, "--frequency-measure", "per-month", "--least-months", bad)
	}
	mustRun(t, exitUsage, "tiers", w, "--least-months", "3") // of orders, not of a rate
}

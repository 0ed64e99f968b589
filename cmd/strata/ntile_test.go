package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Groups of equal size tear customers with one value apart: what is told of them are
// the values they have, and which scores share one, never the range between cuts
// that they are not in.
func TestRangesOfEqualGroupsHoldThosePeople(t *testing.T) {
	t.Parallel()
	orders := "customer,order,date,amount\n"
	for i, n := range []int{1, 1, 1, 2, 2, 2, 3, 4, 5, 6} {
		for o := range n {
			name := string(rune('A' + i))
			orders += name + "," + name + string(rune('0'+o)) + ",2024-0" + string(rune('1'+o)) + "-1" + string(rune('0'+i)) + "," + string(rune('0'+i)) + "7\n"
		}
	}
	w := filepath.Join(t.TempDir(), "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), orders))
	for customer, want := range map[string]string{
		"A": "1 of 5  1 order; shared by scores 1 and 2\n", "C": "2 of 5  1 order; shared by scores 1 and 2\n",
		"D": "2 of 5  2 orders; shared by scores 2 and 3\n", "E": "3 of 5  2 orders; shared by scores 2 and 3\n",
		"G": "4 of 5  3 orders to 4 orders\n", "J": "5 of 5  5 orders to 6 orders\n",
	} {
		if r := mustRun(t, exitDone, "customer", w, customer, "--method", "ntile"); !strings.Contains(r.out, want) {
			t.Errorf("%s: %q is not in\n%s", customer, want, r.out)
		}
	}
	r := mustRun(t, exitDone, "sensitivity", w, "--method", "ntile")
	for _, want := range []string{"frequency: customers with equal values score differently", "monetary: the groups are made equal in size, whatever the values"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("%q is not in\n%s", want, r.err)
		}
	}
}

// Where no cuts stand, nothing is claimed of what leads elsewhere: a customer whom one
// order would lift is not told that no single thing does.
func TestWaysElsewhereAreNotToldWhereNoCutsStand(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	const groups = "to another tier or segment: not known, because in groups of equal size the score of a customer depends on the others\n"
	const nested = "to another tier or segment: not known, because nested cuts change with the scores of the measures before them\n"
	for _, tier := range []string{"low", "mid", "high"} {
		for method, want := range map[string]string{"ntile": groups, "nested": nested} {
			scores := strings.Split(mustRun(t, exitDone, "scores", w, "--method", method, "--tier", tier, "--limit", "1", "--format", "csv").out, "\n")
			key, _, _ := strings.Cut(scores[1], ",")
			r := mustRun(t, exitDone, "customer", w, key, "--method", method)
			if !strings.Contains(r.out, want) || strings.Contains(r.out, "measure alone") || strings.Contains(r.out, "as they stand") {
				t.Errorf("%s, %s: %q is not in\n%s", tier, method, want, r.out)
			}
			expectOut(t, mustRun(t, exitDone, "customer", w, key, "--method", method, "--format", "json").out,
				`"next_tier": null`, `"next_segment": null`, `"ways_up": null`, `"ways_out": null`)
		}
		scores := strings.Split(mustRun(t, exitDone, "scores", w, "--tier", tier, "--limit", "1", "--format", "csv").out, "\n")
		key, _, _ := strings.Cut(scores[1], ",")
		if out := mustRun(t, exitDone, "customer", w, key).out; strings.Contains(out, "not told") {
			t.Errorf("%s: cuts stand, and\n%s", tier, out)
		}
	}
}

// Nested cuts are others in each score of the measures before: that, and nothing of
// groups of equal size, is why there is no line.
func TestNestedMeasuresHaveNoSingleLine(t *testing.T) {
	t.Parallel()
	r := mustRun(t, exitDone, "sensitivity", smallShop(t), "--method", "nested")
	expectOut(t, r.err,
		"note: frequency: the cuts differ in each score of recency, so there is no single line whose moves could be counted\n",
		"note: monetary: the cuts differ in each pair of scores of recency and frequency, so there is no single line whose moves could be counted\n")
	expectOut(t, r.out, "–: there is nothing to count, or the method draws no single line, and a note says why\n")
	for _, no := range []string{"equal size", "equal values score differently"} {
		if strings.Contains(r.out+r.err, no) {
			t.Errorf("%q is said of nested cuts:\n%s%s", no, r.err, r.out)
		}
	}
}

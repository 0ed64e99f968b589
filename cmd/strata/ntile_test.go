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
	for _, want := range []string{"frequency: customers with equal values score differently", "monetary: the groups are made of equal size, whatever the values"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("%q is not in\n%s", want, r.err)
		}
	}
}

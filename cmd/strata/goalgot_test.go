package main

import (
	"strings"
	"testing"
)

// What a goal in customers got is told in what the goal is written in. The figures
// are worked out by hand: customers × 20, × 12.50, ÷ 2, × 30 ÷ 60 and so on.
func TestWhatAGoalGotIsInItsOwnUnit(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t)
	for _, c := range []struct {
		goal, got, missed string
	}{
		{"high:budget<=100@20", "5 customers, 100.00", ""},
		{"high:budget<=119.99@20", "5 customers, 100.00", ""},
		{"high:budget<=40@12.50", "3 customers, 37.50", ""},
		{"high:budget<=3@0.5", "6 customers, 3.00", ""},
		{"high:budget<=100000@16666.67", "5 customers, 83,333.35", ""},
		{"high:budget>=10000@1250", "7 customers, 8,750.00", "1 customer too few"},
		{"high:budget>=25@12.50, high=2", "2 customers, 25.00", ""},
		{"high:heads<=2@2", "4 customers, 2 advisers", ""},
		{"high:heads>=5@2", "7 customers, 4 advisers", "2 customers too few"},
		{"high:hours<=2@30", "4 customers, 2.0 hours", ""},
		{"high:hours<=1@12.5", "4 customers, 0.8 hours", ""},
		{"high:hours>=0.01@1", "1 customer, <0.1 hours", ""},
		{"high:hours>=10@30", "7 customers, 3.5 hours", "13 customers too few"},
		{"high:revenue>=1200.00", "90.0% (1,260.00)", ""},
		{"low:revenue>=1500.00", "100.0% (1,400.00)", "100.00 too little"},
		{"high=3", "42.9% (3 customers)", ""},
	} {
		r := strata(t, "", "suggest", w, "--goal", c.goal, "--least", "0")
		if !strings.Contains(r.out, c.got+"  ") || !strings.Contains(r.out, c.missed) || (r.status == exitRefused) != (c.missed != "") {
			t.Errorf("%s: %q, %q are not in\n%s", c.goal, c.got, c.missed, r.out[:min(len(r.out), 500)])
		}
		if j := strata(t, "", "suggest", w, "--goal", c.goal, "--least", "0", "--format", "json"); !strings.Contains(j.out, `"got": "`+c.got+`"`) {
			t.Errorf("%s as JSON: %q is not in\n%s", c.goal, c.got, j.out)
		}
	}
}

package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// What a goal got of the revenue or of the customers is the share that the table
// below it has, and strata tiers has the same of the scheme that comes out.
func TestWhatAGoalGotIsTheShareOfTheTable(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	got := regexp.MustCompile(`(?m)^# high\S+ +(\d+\.\d%)`)
	table := regexp.MustCompile(`(?m)^# HIGH +[\d,]+ +[\d,]+ +(\S+%) +\S+ +(\S+%)`)
	tier := regexp.MustCompile(`(?m)^HIGH +[\d,]+ +(\S+%) +[\d,]+ +\S+ +(\S+%)`)
	for percent := 20; percent < 90; percent += 7 {
		for at, measure := range []string{"", ":revenue"} {
			out := mustRun(t, exitDone, "suggest", w, "--goal", fmt.Sprintf("high%s>=%d%%", measure, percent), "--free", "value", "--least", "0").out
			said, shown := got.FindStringSubmatch(out), table.FindStringSubmatch(out)
			if said == nil || shown == nil || said[1] != shown[1+at] {
				t.Errorf("%q, but the table %q in\n%.900s", said, shown, out)
			}
			var scheme []string
			for line := range strings.Lines(out) {
				if !strings.HasPrefix(line, "#") {
					scheme = append(scheme, line)
				}
			}
			file := writeFile(t, t.TempDir()+"/goal.yaml", strings.Join(scheme, ""))
			out = mustRun(t, exitDone, "tiers", w, "--scheme", file).out
			if tiers := tier.FindStringSubmatch(out); tiers == nil || tiers[1] != shown[1] || tiers[2] != shown[2] {
				t.Errorf("strata tiers has %q, strata suggest %q:\n%s", tiers, shown, out)
			}
		}
	}
}

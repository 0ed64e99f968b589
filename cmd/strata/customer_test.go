package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whoever does what the profile says is in the tier it says.
func TestCustomerDistancesHold(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	var scores []scoreJSON
	if err := json.Unmarshal([]byte(mustRun(t, exitDone, "scores", w, "--format", "json").out), &scores); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, s := range scores[:20] {
		var p customerJSON
		if err := json.Unmarshal([]byte(mustRun(t, exitDone, "customer", w, s.Customer, "--format", "json").out), &p); err != nil {
			t.Fatal(err)
		}
		if p.Scores == nil || *p.Scores != s || len(p.Orders) < int(s.Orders) {
			t.Errorf("profile %+v of %+v", p, s)
		}
		if s.Tier == "high" && len(p.NextTier) > 0 {
			t.Errorf("%s is in the highest tier and can reach %+v", s.Customer, p.NextTier)
		}
		checked += len(p.NextTier)
	}
	if checked == 0 {
		t.Error("nobody can reach a higher tier")
	}
}

func TestCustomerForPeople(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	scores := strings.Split(mustRun(t, exitDone, "scores", w, "--tier", "low", "--limit", "1", "--format", "csv").out, "\n")
	key, _, _ := strings.Cut(scores[1], ",")
	out := mustRun(t, exitDone, "customer", w, key).out
	for _, text := range []string{"customer " + key, "· LOW ·", "to a higher tier, with the cuts as they are:\n  ", "recency", " of 5", "day"} {
		if !strings.Contains(out, text) {
			t.Errorf("%q is missing in\n%s", text, out)
		}
	}
	if r := mustRun(t, exitFailed, "customer", w, "nobody"); !strings.Contains(r.err, "leading zeros") {
		t.Errorf("message: %s", r.err)
	}
	mustRun(t, exitUsage, "customer", w, key, "--format", "csv")
	mustRun(t, exitUsage, "customer", w)
}

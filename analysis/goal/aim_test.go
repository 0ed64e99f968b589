package goal_test

import (
	"testing"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
)

// Whatever is asked for, cuts make what they can: in steps that do not grow evenly, and
// with others kept in each. Aiming finds the step that is nearest to the goal, and
// ends.
func TestAimComesToTheNearestStep(t *testing.T) {
	t.Parallel()
	total := rfm.Flow{Customers: 1_000}
	high := model.TierHigh.Rank()
	for name, c := range map[string]struct {
		makes func(asked int64) int64
		text  string
		want  int64
	}{
		"too few are kept":      {func(asked int64) int64 { return min(asked*4/5, 1_000) }, "high=600", 600},
		"too many are kept":     {func(asked int64) int64 { return min(asked+90, 1_000) }, "high=100", 100},
		"steps of 50":           {func(asked int64) int64 { return min(asked/50*50+7, 1_000) }, "high=600", 607},
		"nothing, or 10":        {func(asked int64) int64 { return 10 * min(max(asked, 0)/9, 1) }, "high=8", 10},
		"at least":              {func(asked int64) int64 { return asked * 3 / 4 }, "high>=500", 562},
		"more than there are":   {func(asked int64) int64 { return min(asked, 1_000) }, "high=2000", 1_000},
		"never fewer than some": {func(asked int64) int64 { return max(asked, 200) }, "high=100", 200},
	} {
		g, err := goal.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		var tries []goal.Try
		var best [4]rfm.Flow
		const most = 12
		for next, ok := g, true; ok && len(tries) < most; next, ok = g.Aim(tries, total) {
			var are [4]rfm.Flow
			are[high].Customers = c.makes(next.Terms[0].Target(total).Low)
			tries = append(tries, goal.Try{Asked: next, Are: are})
			if len(tries) == 1 || g.Compare(are, best, total) < 0 {
				best = are
			}
			if g.Missed(are, total).Met() {
				break
			}
		}
		if got := best[high].Customers; got != c.want {
			t.Errorf("%s: came to %d, want %d, in %d tries", name, got, c.want, len(tries))
		}
	}
}

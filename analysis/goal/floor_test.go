package goal_test

import (
	"context"
	"slices"
	"testing"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
)

func TestParseFloor(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{ // of 4,339 customers
		"2%": 87, " 100 ": 100, "0": 0, "0%": 0, "0.0001%": 1, "100%": 4_339, "50%": 2_170, "12.5 %": 543, "1": 1, "5000": 5_000,
	} {
		f, err := goal.ParseFloor(text)
		if err != nil || f.Customers(4_339) != want {
			t.Errorf("%q: %d of 4,339, %v; want %d", text, f.Customers(4_339), err, want)
		}
		if again, err := goal.ParseFloor(f.String()); err != nil || again != f || f.Lifted() != (want == 0) {
			t.Errorf("%q is written %q, and read as %v, %v", text, f, again, err)
		}
	}
	if goal.DefaultFloor.String() != "5%" {
		t.Errorf("the floor is %s", goal.DefaultFloor)
	}
	for _, text := range []string{"", "two", "101%", "1.5", "-1", "2%%", "2% of all", "1.00001%", "99999999999999999999"} {
		if f, err := goal.ParseFloor(text); model.CodeOf(err) != model.Usage {
			t.Errorf("%q is read as %v, %v", text, f, err)
		}
	}
}

// However many customers share a value, the cuts as they are stay allowed, and a
// score that nobody has may stay empty, but no other becomes so.
func TestFloorWhereCustomersShareValues(t *testing.T) {
	t.Parallel()
	base := randomBase(3, 50)
	for i := range base.Frequency { // 43 with one order, the others with two to eight
		base.Frequency[i] = int32(max(i-41, 1))
	}
	base.Orders = base.Frequency
	scheme := twoScores(3, 1, 20_000)
	scheme.Levels[model.Frequency] = 5
	scheme.Cuts[model.Frequency].At = []model.Cut{model.WholeCut(1), model.WholeCut(1), model.WholeCut(6), model.WholeCut(7)}
	now := mustRule(t, scheme)
	before := rfm.Assign(base, now)
	counts := func(r *rfm.Rule) []int {
		n := make([]int, 5)
		for _, f := range base.Frequency {
			n[r.Score(model.Frequency, int64(f))-1]++
		}
		return n
	}
	if n := counts(now); !slices.Equal(n, []int{43, 0, 5, 1, 1}) {
		t.Fatalf("scores have %v", n)
	}
	for _, text := range []string{"high=10%", "high=90%", "high:revenue>=60%", "mid=50%"} {
		for _, free := range []goal.Free{goal.FreeFrequency, goal.FreeAll} {
			g, err := goal.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			g.Floor, _ = goal.ParseFloor("3")
			s, err := goal.Solve(context.Background(), base, before, scheme, g, free, quiet)
			if err != nil {
				t.Fatal(err)
			}
			if n := counts(mustRule(t, s.Scheme)); n[0] < 3 || n[2] < 3 || n[3] < 1 || n[4] < 1 {
				t.Errorf("%s, %s: scores have %v", text, free, n)
			}
			if s.Kept != 3 || !s.KeptFewer {
				t.Errorf("%s, %s: said to keep %d, or fewer %v", text, free, s.Kept, s.KeptFewer)
			}
		}
	}
}

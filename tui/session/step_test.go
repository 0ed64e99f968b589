package session

import (
	"testing"

	"pgregory.net/rapid"

	"strata/model"
)

func TestRoundNear(t *testing.T) {
	t.Parallel()
	for v, want := range map[int64]int64{0: 1, 1: 1, 3: 2, 4: 5, 7: 5, 8: 10, 14: 10, 15: 20, 290_000: 200_000, 340_000: 500_000, 1_400_000: 1_000_000} {
		if got := roundNear(v); got != want {
			t.Errorf("roundNear(%d) = %d, want %d", v, got, want)
		}
	}
}

func TestStepsOfDays(t *testing.T) {
	t.Parallel()
	quantile := model.Cut{Whole: 13, Num: 4, Den: 5} // 13.8 days: the range ≤13
	wide := room{lo: 1, hi: 32, below: "low", above: "high"}
	for _, c := range []struct {
		name           string
		from           model.Cut
		n              int
		to             int64
		moved, stopped bool
	}{
		{"up from a quantile", quantile, 1, 14, true, false},
		{"down from a quantile", quantile, -1, 12, true, false},
		{"ten up", quantile, 10, 23, true, false},
		{"ten up, only nine fit", model.WholeCut(23), 10, 32, true, true},
		{"at the top", model.WholeCut(32), 1, 32, false, true},
		{"to the bottom", model.WholeCut(5), -10, 1, true, true},
		{"at the bottom", model.WholeCut(1), -1, 1, false, true},
	} {
		to, moved, stopped := stepFrom(c.from, c.n, 1, wide)
		if to.Whole != c.to || moved != c.moved || stopped != c.stopped {
			t.Errorf("%s: %v, moved %v, stopped %v; want %d, %v, %v", c.name, to, moved, stopped, c.to, c.moved, c.stopped)
		}
	}
}

func TestStepsOfMoneyLandOnRoundValues(t *testing.T) {
	t.Parallel()
	const ten = 10 * model.Unit
	at := func(text string) model.Cut {
		c, err := model.ParseCut(text, model.Unit)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	wide := room{lo: 1, hi: 490 * model.Unit}
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"250.194", 1, "260"},
		{"250.194", -1, "250"},
		{"250", 1, "260"},
		{"250", -1, "240"},
		{"250.00003", -1, "250"},
		{"250.194", 10, "350"},
		{"480", 5, "490"},
		{"3", -1, "3"},
	} {
		to, _, _ := stepFrom(at(c.from), c.n, ten, wide)
		if got := to.Text(model.Unit); got != c.want {
			t.Errorf("%s %+d steps = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestStepsStayInTheirRoomAndGoForward(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Int64Range(-1000, 1000).Draw(t, "lo")
		r := room{lo: lo, hi: lo + rapid.Int64Range(0, 500).Draw(t, "width")}
		den := int32(rapid.IntRange(1, 5).Draw(t, "den"))
		from := model.Cut{Whole: rapid.Int64Range(r.lo, r.hi).Draw(t, "from"), Num: rapid.Int32Range(0, den-1).Draw(t, "num"), Den: den}
		n := rapid.SampledFrom([]int{-10, -1, 1, 10}).Draw(t, "n")
		step := rapid.SampledFrom([]int64{1, 2, 5, 50}).Draw(t, "step")
		to, moved, _ := stepFrom(from, n, step, r)
		if !moved {
			if to != from {
				t.Fatalf("not moved, but at %v", to)
			}
			return
		}
		if to.Whole < r.lo || to.Whole > r.hi || !to.IsWhole() || (to.Whole%step+step)%step != 0 {
			t.Fatalf("%v → %v: not a multiple of %d in %d..%d", from, to, step, r.lo, r.hi)
		}
		if order := to.Compare(from); n > 0 && order <= 0 || n < 0 && order >= 0 {
			t.Fatalf("%v → %v: wrong way for %d", from, to, n)
		}
	})
}

func TestRoomEndsAtTheNeighbours(t *testing.T) {
	t.Parallel()
	d := Distribution{Values: []int64{1, 40, 300}, Upto: []int64{1, 2, 3}}
	cuts := []model.Cut{{Whole: 13, Num: 4, Den: 5}, model.WholeCut(33), model.WholeCut(72)}
	show := func(c model.Cut) string { return "at " + c.String() }
	if r := roomOf(cuts, 1, d, show); r.lo != 14 || r.hi != 71 || r.below != "the next cut at 13.8" || r.above != "the next cut at 72" {
		t.Errorf("middle cut: %+v", r)
	}
	if r := roomOf(cuts, 0, d, show); r.lo != 1 || r.hi != 32 {
		t.Errorf("first cut: %+v", r)
	}
	if r := roomOf(cuts, 2, d, show); r.lo != 34 || r.hi != 299 {
		t.Errorf("last cut: %+v", r)
	}
}

// A shorter window can leave cuts beyond everything that is measured.
func TestACutWithoutRoomStays(t *testing.T) {
	t.Parallel()
	cuts := []model.Cut{model.WholeCut(400), model.WholeCut(500)}
	d := Distribution{Values: []int64{1, 300}, Upto: []int64{1, 2}}
	r := roomOf(cuts, 1, d, func(c model.Cut) string { return c.String() })
	for _, n := range []int{-10, -1, 1, 10} {
		if to, moved, stopped := stepFrom(cuts[1], n, 1, r); moved || !stopped || to != cuts[1] {
			t.Errorf("%+d steps: to %v, moved %v", n, to, moved)
		}
	}
	if to, moved, _ := stepFrom(cuts[0], -1, 1, roomOf(cuts, 0, d, func(c model.Cut) string { return c.String() })); !moved || to.Whole != 299 {
		t.Errorf("a cut beyond the end steps to %v, want back to where somebody is", to)
	}
}

func TestTypedTextReadsBack(t *testing.T) {
	t.Parallel()
	spec := model.DefaultSpec()
	for a := model.Recency; a < model.Axes; a++ {
		c := model.WholeCut(33)
		text := typedText(c, a, spec.Scale(a))
		back, err := typedCut(text, a, spec.Scale(a), model.NoDay)
		if err != nil || back.Compare(c) != 0 {
			t.Errorf("%s: %q reads back as %v, %v", a, text, back, err)
		}
	}
	if c, err := typedCut("4", model.Frequency, 1, model.NoDay); err != nil || c.Whole != 3 {
		t.Errorf("typing 4 on frequency = %v, %v; the better side begins at 4", c, err)
	}
	if c, err := typedCut("1,250.50", model.Monetary, model.Unit, model.NoDay); err != nil || c.Text(model.Unit) != "1250.5" {
		t.Errorf("1,250.50 = %v, %v", c, err)
	}
	if _, err := typedCut("3.5", model.Recency, 1, 15_000); err == nil {
		t.Error("half a day accepted")
	}
}

func TestCutNames(t *testing.T) {
	t.Parallel()
	for want, id := range map[string]CutID{
		"5│4": {Axis: model.Recency, Index: 0}, "2│1": {Axis: model.Recency, Index: 3},
		"4│3 ": {Axis: model.Frequency, Index: 2}, "MID": {Value: true}, "HIGH": {Value: true, Index: 1},
	} {
		if got := CutName(id, 5); got != want && got+" " != want {
			t.Errorf("CutName(%+v) = %q, want %q", id, got, want)
		}
	}
}

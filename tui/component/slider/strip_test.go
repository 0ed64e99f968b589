package slider_test

import (
	"math"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/model"
	"strata/tui/component/slider"
	"strata/tui/session"
	"strata/tui/theme"
)

func TestPerStepIsWhomAStepPasses(t *testing.T) {
	t.Parallel()
	d := session.Distribution{Values: []int64{1, 2, 5, 6, 10}, Upto: []int64{4, 5, 7, 7, 16}}
	want := []float64{4, 1, 0, 0, 2, 0, 0, 0, 0, 9}
	single := slider.NewLinearScale(1, 10, 10).PerStep(d, 1, false)
	double := slider.NewLinearScale(1, 10, 20).PerStep(d, 1, false)
	half := slider.NewLinearScale(1, 10, 5).PerStep(d, 1, false)
	for i, n := range want {
		if single[i] != n || double[2*i] != n || double[2*i+1] != n {
			t.Errorf("value %d: %v in a column, %v and %v in two, want %v", i+1, single[i], double[2*i], double[2*i+1], n)
		}
		if mean := (want[i/2*2] + want[i/2*2+1]) / 2; half[i/2] != mean {
			t.Errorf("values %d and after: %v, want %v", i/2*2+1, half[i/2], mean)
		}
	}
	for i, n := range slider.NewLinearScale(1, 10, 10).PerStep(d, 2, false) {
		two := want[i]
		if i > 0 {
			two += want[i-1]
		}
		if n != two {
			t.Errorf("two at a time, %v at value %d, want %v", n, i+1, two)
		}
	}
}

// No rate is negative or above everybody, on any axis; and where nobody is, on
// a measure whose values are all known, there is none.
func TestPerStepOnAnyAxis(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, cuts := distribution(t)
		unit := rapid.SampledFrom([]int64{1, model.Unit}).Draw(t, "unit")
		step := rapid.Int64Range(1, 500).Draw(t, "step")
		width := rapid.IntRange(1, 120).Draw(t, "width")
		for i, rate := range slider.NewScale(d, cuts, unit, width).PerStep(d, step, rapid.Bool().Draw(t, "even")) {
			if all := float64(d.Count(d.Max())); !(rate >= 0 && rate <= all+1e-6) {
				t.Fatalf("column %d: %v of %v customers", i, rate, all)
			}
		}
	})
}

func TestStripShowsWhoeverIsThere(t *testing.T) {
	t.Parallel()
	for _, colors := range []theme.Colors{theme.Full, theme.Sixteen, theme.None} {
		got := ansi.Strip(slider.Strip(theme.New(true, colors), []float64{0, 0.01, 40, 80, 20, 0}, 1, 3))
		if got != " ▁▄█▂ " {
			t.Errorf("%q", got)
		}
	}
	if got := slider.Strip(theme.New(true, theme.None), make([]float64, 3), 0, 3); ansi.Strip(got) != "   " {
		t.Errorf("of nobody: %q", got)
	}
	if h := slider.Highest([]float64{1, 3, 2}); math.Abs(h-3) > 0 {
		t.Errorf("the highest is %v", h)
	}
}

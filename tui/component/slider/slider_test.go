package slider_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/model"
	"strata/tui/component/slider"
	"strata/tui/session"
	"strata/tui/theme"
)

// distribution draws customers on a measure, and cuts on it.
func distribution(t *rapid.T) (session.Distribution, []model.Cut) {
	values := rapid.SliceOfNDistinct(rapid.Int64Range(-50, 100_000), 1, 60, rapid.ID).Draw(t, "values")
	slices.Sort(values)
	d := session.Distribution{Values: values}
	total := int64(0)
	for range values {
		total += rapid.Int64Range(1, 1000).Draw(t, "count")
		d.Upto = append(d.Upto, total)
	}
	at := rapid.SliceOfNDistinct(rapid.Int64Range(values[0]-5, values[len(values)-1]+5), 0, 8, rapid.ID).Draw(t, "cuts")
	slices.Sort(at)
	cuts := make([]model.Cut, len(at))
	for i, v := range at {
		cuts[i] = model.WholeCut(v)
	}
	return d, cuts
}

func TestTicksKeepTheirOrderAndRoom(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, cuts := distribution(t)
		width := rapid.IntRange(1, 120).Draw(t, "width")
		unit := rapid.SampledFrom([]int64{1, model.Unit}).Draw(t, "unit")
		ticks := slider.NewScale(d, cuts, unit, width).Ticks(cuts)
		for i, tick := range ticks {
			if tick < 0 || tick >= width {
				t.Fatalf("tick %d of %v lies outside %d columns", i, ticks, width)
			}
			if i > 0 && width > 2*len(cuts) && tick < ticks[i-1]+2 {
				t.Fatalf("no column between the ticks %v in %d columns", ticks, width)
			}
		}
	})
}

func TestTheAreaIsTheCustomers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, cuts := distribution(t)
		width := rapid.IntRange(1, 120).Draw(t, "width")
		sum := 0.0
		for _, n := range slider.NewScale(d, cuts, 1, width).Density(d) {
			if n < 0 {
				t.Fatalf("%v customers in a column", n)
			}
			sum += n
		}
		// A logarithmic axis leaves out at most half a percent above, and what is
		// below zero.
		all := float64(d.Count(d.Max()))
		if sum > all+1e-6 || d.Min() >= 0 && sum < 0.99*all-1e-6 {
			t.Fatalf("the columns hold %v of %v customers", sum, all)
		}
	})
}

func TestScaleIsLogarithmicOnlyWithALongTail(t *testing.T) {
	t.Parallel()
	even := session.Distribution{}
	tailed := session.Distribution{}
	for v := int64(1); v <= 100; v++ {
		even.Values, even.Upto = append(even.Values, v), append(even.Upto, 10*v)
		tailed.Values, tailed.Upto = append(tailed.Values, v*v*v*v), append(tailed.Upto, 10*v)
	}
	if slider.NewScale(even, nil, 1, 40).Log {
		t.Error("even customers need no logarithmic axis")
	}
	if !slider.NewScale(tailed, nil, 1, 40).Log {
		t.Error("a long tail needs a logarithmic axis")
	}
}

func TestLinesFitAndRangesStandApart(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.Full)
	rapid.Check(t, func(t *rapid.T) {
		d, cuts := distribution(t)
		width := rapid.IntRange(0, 100).Draw(t, "width")
		scale := slider.NewScale(d, cuts, 1, width)
		s := slider.Slider{
			Width: width, Rows: rapid.IntRange(0, 5).Draw(t, "rows"), Counts: true,
			Density: scale.Density(d), Ticks: scale.Ticks(cuts),
			Focus: rapid.IntRange(-1, len(cuts)-1).Draw(t, "focus"),
		}
		for i := range len(cuts) + 1 {
			n := strconv.Itoa(i)
			s.Ranges = append(s.Ranges, slider.Range{
				Labels: []string{"<range-" + n + ">", "<range-" + n + ">", "<r" + n + ">", n},
				Tier:   model.TierMid, Count: "1,234", Score: n,
			})
		}
		lines := s.Lines(th)
		if len(lines) != s.Rows+3 {
			t.Fatalf("%d lines, want %d", len(lines), s.Rows+3)
		}
		for i, line := range lines {
			if ansi.StringWidth(line) != width {
				t.Fatalf("line %d takes %d of %d cells: %q", i, ansi.StringWidth(line), width, line)
			}
		}
		// Texts are whole, apart, and in the order of their ranges.
		last := -1
		for _, word := range strings.Fields(ansi.Strip(lines[s.Rows+1])) {
			n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(strings.Trim(word, "<>"), "range-"), "r"))
			if err != nil || n <= last || strings.HasPrefix(word, "<") != strings.HasSuffix(word, ">") {
				t.Fatalf("%q is cut or out of place in %q", word, lines[s.Rows+1])
			}
			last = n
		}
	})
}

func TestMarkedCutCanBeToldWithoutColour(t *testing.T) {
	t.Parallel()
	s := slider.Slider{Width: 20, Ticks: []int{5, 12}, Focus: 1, Ranges: make([]slider.Range, 3)}
	axis := ansi.Strip(s.Lines(theme.New(true, theme.None))[0])
	if got := []rune(axis); got[5] != '┃' || got[12] != '█' {
		t.Errorf("the axis is %q", axis)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	s := slider.Slider{Ticks: []int{5, 12}}
	if tick, distance := s.Nearest(10); tick != 1 || distance != 2 {
		t.Errorf("Nearest(10) = %d, %d", tick, distance)
	}
	if tick, _ := (slider.Slider{}).Nearest(3); tick != -1 {
		t.Errorf("no ticks give tick %d", tick)
	}
}

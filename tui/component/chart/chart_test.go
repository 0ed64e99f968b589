package chart_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"strata/model"
	"strata/model/answer"
	"strata/tui/action"
	"strata/tui/component/chart"
	"strata/tui/component/pane"
	"strata/tui/theme"
)

var gone = math.NaN()

const pound = model.Unit

// months are names of months from December 2010 on.
func months(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%d-%02d", 2010+(11+i)/12, (11+i)%12+1))
	}
	return names
}

// kinds are charts of each shape.
func kinds() map[string]*answer.Chart {
	partial := make([]string, 13)
	partial[12] = "9 days of 31"
	tiers := []answer.Tone{answer.High, answer.Mid, answer.Low}
	return map[string]*answer.Chart{
		"columns": {
			Title: "Bought by month", Shape: answer.Columns, Names: months(13), Symbol: "£", Partial: partial,
			Lines: []answer.Line{
				{Name: "orders", Unit: answer.Counts, Points: []float64{2, 1, 2, 2, 1, 1, 1, 2, 1, 1, 0, gone, 1}},
				{Name: "£", Unit: answer.Amounts, Points: []float64{191 * pound, 177 * pound, 176 * pound, 190 * pound, -63 * pound, 114 * pound, 204 * pound, 260 * pound, 222 * pound, 238 * pound, 0, gone, 41 * pound}},
			},
			Why: "not known", At: func(int) string { return "" }, Place: 7,
		},
		"lines": {
			Title: "Customers who order", Names: months(13), Partial: partial,
			Lines: []answer.Line{
				{Name: "HIGH", Tone: answer.High, Points: []float64{.59, .48, .61, .5, .61, .52, .49, .49, .49, .528, .48, .621, .3}},
				{Name: "MID", Tone: answer.Mid, Points: []float64{.39, .32, .27, .25, .31, .28, .25, .24, gone, .267, .29, .333, .16}},
				{Name: "LOW", Tone: answer.Low, Points: []float64{.26, .16, .19, .16, .19, .14, .11, .09, .09, .145, .14, .176, .07}},
			},
			Why: "nobody was LOW", At: func(int) string { return "" }, Place: 9,
		},
		"bars": {
			Title: "Contribution", Shape: answer.Bars, Names: []string{"HIGH", "MID", "LOW"}, Tones: tiers,
			Lines: []answer.Line{{Name: "customers", Points: []float64{.268, .293, .44}}, {Name: "revenue", Points: []float64{.756, .165, .078}}},
		},
		"bar": {
			Title: "Buys most", Shape: answer.Bars, Names: []string{"Set of 3 cake tins", "返品 box", "Crème brûlée dish"}, Symbol: "£",
			Lines: []answer.Line{{Unit: answer.Amounts, Points: []float64{84 * pound, -12 * pound, 59 * pound}}},
		},
		"bullets": {
			Title: "Targets", Shape: answer.Bullets, Names: []string{"Revenue", "Orders a customer", "Back", "New"},
			Lines: []answer.Line{{Points: []float64{1.03, .94, .5, .2}}, {Points: []float64{1, 1, .6, gone}, Told: []string{"100% met", "100% missed", "60% missed", "none"}}}, Why: "no goal",
		},
		"intervals": {
			Title: "Before and after", Shape: answer.Intervals, Names: []string{"Active customers", "Revenue a customer", "New customers", "Two orders"},
			Lines: []answer.Line{{
				Points: []float64{-.023, .112, -.05, .033}, Sure: []bool{false, true, false, false},
				Low: []float64{-.05, .027, math.Inf(-1), -.024}, High: []float64{.012, .205, .02, .084},
			}},
		},
		"lorenz": {
			Title: "Who brings the revenue", Shape: answer.Concentration, Place: 20, At: func(int) string { return "" },
			Names: percents(), Lines: []answer.Line{{Points: curve()}},
		},
	}
}

func percents() []string {
	var names []string
	for i := range 101 {
		names = append(names, fmt.Sprintf("%d%%", i))
	}
	return names
}

func curve() []float64 {
	var all []float64
	for i := range 101 {
		all = append(all, 1-math.Pow(1-float64(i)/100, 4))
	}
	return all
}

// framed draws a chart in its frame.
func framed(c *answer.Chart, th *theme.Theme, width, height int) []string {
	p := pane.Pane{Title: c.Title, Note: c.Note, Width: width, Height: height, Focused: true}
	drawn := chart.New(c)
	drawn.SetSize(p.Inner())
	return p.Lines(th, drawn.Lines(th, true))
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, c := range kinds() {
		for look, th := range map[string]*theme.Theme{"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full), "none": theme.New(true, theme.None)} {
			t.Run(name+"/"+look, func(t *testing.T) {
				t.Parallel()
				var out []string
				for _, size := range [][2]int{{60, 8}, {80, 14}, {140, 22}} {
					out = append(out, framed(c, th, size[0], size[1])...)
				}
				golden.RequireEqual(t, strings.Join(out, "\n")+"\n")
			})
		}
	}
}

// TestSays pins what people read of each kind.
func TestSays(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"columns":   {"orders", "£", "260", "▒ 2011-12: 9 days of 31", "· not known", "2011-07", "−63"},
		"lines":     {"─●─ HIGH", "╌◆╌ MID", "┈▲┈ LOW", "80%", "░", "▒ 2011-12: 9 days of 31", "gap: nobody was LOW"},
		"bars":      {"▀ customers", "▄ revenue", "26.8% 75.6%", "0%", "80%", "▄▄▄"},
		"bar":       {"返品 box", "−£12", "£84", "−£20", "£100"},
		"bullets":   {"met", "missed", "┃", "100%", "· no goal"},
		"intervals": {"┣━", "━┫", "├─", "◂─", "┊", "−10%"},
		"lorenz":    {"100%", "20%", "█"},
	} {
		got := ansi.Strip(strings.Join(framed(kinds()[name], theme.New(true, theme.None), 100, 20), "\n"))
		for _, text := range want {
			if !strings.Contains(got, text) {
				t.Errorf("%s: %q is missing in\n%s", name, text, got)
			}
		}
	}
}

// anyChart draws a chart of anything.
func anyChart(t *rapid.T) *answer.Chart {
	shape := rapid.SampledFrom([]answer.Shape{answer.OverTime, answer.Concentration, answer.Columns, answer.Bars, answer.Bullets, answer.Intervals}).Draw(t, "shape")
	n := rapid.IntRange(0, 400).Draw(t, "places")
	c := &answer.Chart{Shape: shape, Place: rapid.IntRange(0, max(n-1, 0)).Draw(t, "place"), Symbol: rapid.SampledFrom([]string{"£", "CHF ", ""}).Draw(t, "symbol")}
	if rapid.Bool().Draw(t, "marked") {
		c.At = func(int) string { return "" }
	}
	names := []string{"2011-05", "x", "顾客顾客", "é́́", strings.Repeat("long", 75), "", "\x1b[31m", "̈a"}
	for range n {
		c.Names = append(c.Names, rapid.SampledFrom(names).Draw(t, "name"))
		c.Partial = append(c.Partial, rapid.SampledFrom([]string{"", "", "", "9 days of 31"}).Draw(t, "partial"))
	}
	unit := rapid.SampledFrom([]answer.Unit{answer.Shares, answer.Counts, answer.Amounts}).Draw(t, "unit")
	size := rapid.SampledFrom([]float64{0, 0.001, 1, 100, 1e7, 1e12}).Draw(t, "size")
	for range rapid.IntRange(0, 5).Draw(t, "lines") {
		l := answer.Line{Name: rapid.SampledFrom(names).Draw(t, "line"), Unit: unit}
		for range n {
			v := rapid.Float64Range(-1, 1).Draw(t, "v") * size
			if rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
				v = gone
			}
			l.Points, l.Low, l.High = append(l.Points, v), append(l.Low, v-size/3), append(l.High, v+size/3)
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

func TestFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(0, 300).Draw(t, "width"), rapid.IntRange(0, 40).Draw(t, "height")
		c := chart.New(anyChart(t))
		c.SetSize(width, height)
		lines := c.Lines(theme.New(true, rapid.SampledFrom([]theme.Colors{theme.Full, theme.None}).Draw(t, "colours")), true)
		if len(lines) != height {
			t.Fatalf("%d lines of %d", len(lines), height)
		}
		for _, line := range lines {
			if got := ansi.StringWidth(line); got != width {
				t.Fatalf("%q is %d wide, not %d", line, got, width)
			}
		}
		c.Click(rapid.IntRange(-2, 310).Draw(t, "x"), rapid.IntRange(-2, 42).Draw(t, "y"))
		if place, ok := c.Marked(); ok && (place < 0 || place >= len(c.Names)) {
			t.Fatalf("place %d of %d is marked", place, len(c.Names))
		}
	})
}

// TestNothing says why there is nothing to see.
func TestNothing(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]*answer.Chart{
		"no figures":      {},
		"no order counts": {Why: "no order counts", Shape: answer.Columns, Names: months(1), Lines: []answer.Line{{Points: []float64{gone}}}},
	} {
		drawn := chart.New(c)
		drawn.SetSize(60, 6)
		if got := strings.TrimSpace(strings.Join(drawn.Lines(theme.New(true, theme.None), false), "")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestMark moves along the places, and where a chart is clicked.
func TestMark(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		kind     string
		back, on action.ID
	}{{"columns", action.ColumnLeft, action.ColumnRight}, {"bars", action.ListUp, action.ListDown}} {
		chartOf := kinds()[one.kind]
		chartOf.At, chartOf.Place = func(int) string { return "" }, 1
		c := chart.New(chartOf)
		c.SetSize(80, 10)
		c.Lines(theme.New(true, theme.None), true)
		for _, step := range []struct {
			id   action.ID
			want int
		}{{one.on, 2}, {one.back, 1}, {one.back, 0}, {one.back, 0}} {
			if place, _ := c.Marked(); !c.Do(step.id) {
				t.Errorf("%s: %s does nothing at %d", one.kind, step.id, place)
			}
			if place, _ := c.Marked(); place != step.want {
				t.Errorf("%s: place %d after %s, want %d", one.kind, place, step.id, step.want)
			}
		}
	}
	bars := chart.New(kinds()["bars"])
	bars.SetSize(80, 10)
	bars.Lines(theme.New(true, theme.None), true)
	bars.Click(10, 3) // below the legend and two rows
	if bars.Mark(2); bars.Do(action.ColumnLeft) {
		t.Error("bars move sideways")
	}
}

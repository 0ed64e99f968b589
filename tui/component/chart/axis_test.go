package chart

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/model"
	"strata/model/answer"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

func TestTicksAreRoundAndIncrease(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]answer.Unit{answer.Shares, answer.Counts, answer.Amounts}).Draw(t, "unit")
		size := math.Pow10(rapid.IntRange(-3, 14).Draw(t, "size"))
		least, most := rapid.Float64Range(-1, 1).Draw(t, "least")*size, rapid.Float64Range(-1, 1).Draw(t, "most")*size
		if least > most {
			least, most = most, least
		}
		steps := rapid.IntRange(1, 6).Draw(t, "steps")
		a := axisOf(least, most, steps, unit, "£")
		digits := strings.TrimRight(strings.Split(strconv.FormatFloat(a.step, 'e', 12, 64), "e")[0], ".0")
		if digits != "1" && digits != "2" && digits != "5" {
			t.Fatalf("steps of %v", a.step)
		}
		if n := a.last - a.first; n < 1 || n > steps+2 {
			t.Fatalf("%d steps, %d were asked for", n, steps)
		}
		if tolerance := size * 1e-6; a.low() > least+tolerance || a.high() < most-tolerance || a.first > 0 || a.last < 0 {
			t.Fatalf("%v to %v do not hold %v to %v and 0", a.low(), a.high(), least, most)
		}
		seen := map[string]bool{}
		for i := a.first; i <= a.last; i++ {
			if i > a.first && a.at(i) <= a.at(i-1) {
				t.Fatalf("%v is not above %v", a.at(i), a.at(i-1))
			}
			if seen[a.tick(i)] {
				t.Fatalf("two ticks are %q", a.tick(i))
			}
			seen[a.tick(i)] = true
		}
	})
}

func TestAxis(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		least, most float64
		unit        answer.Unit
		want        string
	}{
		{0, 0.504, answer.Shares, "0% 20% 40% 60%"},
		{0, 0.012, answer.Shares, "0.0% 0.5% 1.0% 1.5%"},
		{-0.05, 0.205, answer.Shares, "−10% 0% 10% 20% 30%"},
		{0, 2, answer.Counts, "0 1 2"},
		{0, 0, answer.Counts, "0 1"},
		{0, 10_000_000, answer.Counts, "0 5.0M 10M"},
		{-63 * model.Unit, 260 * model.Unit, answer.Amounts, "−£200 £0 £200 £400"},
		{0, 0.07 * model.Unit, answer.Amounts, "£0 £0.05 £0.10"},
		{0, 8_310_000 * model.Unit, answer.Amounts, "£0 £5.0M £10M"},
	} {
		a := axisOf(one.least, one.most, 3, one.unit, "£")
		var ticks []string
		for i := a.first; i <= a.last; i++ {
			ticks = append(ticks, a.tick(i))
		}
		if got := strings.Join(ticks, " "); got != one.want {
			t.Errorf("%v to %v: %s, want %s", one.least, one.most, got, one.want)
		}
	}
}

func TestTextsDoNotOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := row{width: rapid.IntRange(1, 200).Draw(t, "width")}
		for range rapid.IntRange(0, 40).Draw(t, "texts") {
			r.put(rapid.IntRange(0, 200).Draw(t, "middle"), rapid.SampledFrom([]string{"2011-05", "顾客", "é́", strings.Repeat("x", 300)}).Draw(t, "text"), "")
		}
		r.onto(cells.NewLine(r.width), 0)
		end := -1
		for _, text := range r.texts {
			if text.at <= end && end >= 0 || text.at < 0 || text.at+cells.Width(text.text) > r.width {
				t.Fatalf("%q at %d, the last one ends at %d, in %d", text.text, text.at, end, r.width)
			}
			end = text.at + cells.Width(text.text)
		}
	})
}

// plain draws a chart without colours, as cells.
func plain(c *Chart, width, height int) [][]rune {
	c.SetSize(width, height)
	var rows [][]rune
	for _, line := range c.Lines(theme.New(true, theme.None), false) {
		rows = append(rows, []rune(ansi.Strip(line)))
	}
	return rows
}

// TestLinesGoThroughFigures holds each figure to its cell.
func TestLinesGoThroughFigures(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(rapid.Float64Range(-50, 1000), 1, 48).Draw(t, "points")
		c := New(&answer.Chart{Names: make([]string, len(points)), Lines: []answer.Line{{Unit: answer.Counts, Points: points}}})
		width, height := rapid.IntRange(60, 300).Draw(t, "width"), rapid.IntRange(6, 40).Draw(t, "height")
		drawn := plain(c, width, height)
		plot := height - 2
		least, most, _ := reach(c.Chart.Lines)
		a := axisOf(least, most, steps, answer.Counts, "")
		gutter := a.widest() + 1
		s := spread{0, len(points), width - gutter}
		for place, v := range points {
			row := int(math.Round((a.high() - v) / (a.high() - a.low()) * float64(plot)))
			for _, near := range []int{row, row - 1, row + 1} { // a figure half-way lies in either
				if exact := (a.high() - v) / (a.high() - a.low()) * float64(plot); math.Abs(exact-float64(near)) > 0.5+1e-9 {
					continue
				}
				if near >= 0 && near <= plot && drawn[near][gutter+s.column(place)] != ' ' {
					row = -1
				}
			}
			if row >= 0 {
				t.Fatalf("nothing where place %d has %v: row %d", place, v, row)
			}
		}
	})
}

// TestColumnsEndAtFigures holds the height of each column to its figure.
func TestColumnsEndAtFigures(t *testing.T) {
	t.Parallel()
	heights := map[rune]float64{'▁': 1. / 8, '▂': 2. / 8, '▃': 3. / 8, '▄': 4. / 8, '▅': 5. / 8, '▆': 6. / 8, '▇': 7. / 8, '█': 1, '▒': 1, '░': 0.5}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "places")
		points, partial := make([]float64, n), make([]string, n)
		for i := range points {
			points[i] = rapid.Float64Range(0, 1e7).Draw(t, "v")
		}
		partial[n-1] = rapid.SampledFrom([]string{"", "1 day of 30"}).Draw(t, "partial")
		c := New(&answer.Chart{Shape: answer.Columns, Names: make([]string, n), Partial: partial, Lines: []answer.Line{{Unit: answer.Counts, Points: points}}})
		width, height := rapid.IntRange(60, 300).Draw(t, "width"), rapid.IntRange(6, 40).Draw(t, "height")
		drawn := plain(c, width, height)
		rows := height - 1
		if partial[n-1] != "" {
			rows--
		}
		b := c.band(0, rows)
		slot := min(max((width-b.gutter)/n, 1), widestColumn)
		for place, v := range points {
			height := 0.0
			for i := range b.rows {
				height += heights[drawn[b.head+i][b.gutter+place*slot]]
			}
			if want := v / b.axis.high() * float64(b.rows); math.Abs(height-want) > 0.5 {
				t.Fatalf("place %d is %v high, not %v", place, height, want)
			}
		}
	})
}

// TestBarsEndAtFigures holds the length of each bar to its figure, above and below
// nothing.
func TestBarsEndAtFigures(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(rapid.Float64Range(-1, 1), 1, 20).Draw(t, "points")
		l := answer.Line{Points: points}
		r := rowsOf{field: rapid.IntRange(leastField, 200).Draw(t, "field")}
		least, most, _ := reach([]answer.Line{l})
		r.axis = axisOf(least, most, r.steps(), answer.Shares, "")
		zero := r.axis.part(0) * float64(r.field)
		for place, v := range points {
			if v == 0 {
				continue
			}
			bar, want := r.halves(l, place), r.axis.part(v)*float64(r.field)
			end := bar.to
			if v < 0 {
				end = bar.from
			}
			if math.Abs(float64(end)/2-want) > 0.5+1e-9 {
				t.Fatalf("%v from %v: bar %v, want its end at %v", v, zero, bar, want)
			}
		}
	})
}

func TestTiers(t *testing.T) {
	t.Parallel()
	for want, parts := range map[string][]int64{"HHHMMMLLLL": {268, 293, 440}, "HMMMMMMMML": {1, 10_000_000, 1}, "LLLLLLLLLL": {0, 0, 5}, "": {0, 0, 0}} {
		if got := Tiers(parts, 10); got != want {
			t.Errorf("%v is %q, want %q", parts, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Int64Range(0, 1e7), 3, 3).Draw(t, "parts")
		width := rapid.IntRange(3, 40).Draw(t, "width")
		got := Tiers(parts, width)
		for i, n := range parts {
			if letters := strings.Count(got, string(tierLetters[i].letter)); n > 0 != (letters > 0) {
				t.Fatalf("%v is %q", parts, got)
			}
		}
		if got != "" && len(got) != width {
			t.Fatalf("%q is not %d wide", got, width)
		}
		line := cells.NewLine(width)
		PutTiers(line, theme.New(true, theme.None), got)
		if w := ansi.StringWidth(line.String()); w != width {
			t.Fatalf("%d wide, not %d", w, width)
		}
	})
}

func TestSpark(t *testing.T) {
	t.Parallel()
	for want, values := range map[string][]int64{" ▁█": {0, 1, 10_000_000}, " ▅█": {0, 4, 8}, "": nil, "  ": {0, -3}} {
		if got := Spark(values); got != want {
			t.Errorf("%v is %q, want %q", values, got, want)
		}
	}
}

package moves_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/component/cells"
	"strata/tui/component/moves"
	"strata/tui/session"
	"strata/tui/theme"
)

// segmentsOf makes segments of labels, in three tiers.
func segmentsOf(labels ...string) []model.Segment {
	tiers := []model.Tier{model.TierHigh, model.TierMid, model.TierLow}
	var all []model.Segment
	for i, l := range labels {
		all = append(all, model.Segment{Slug: "s" + strconv.Itoa(i), Label: l, Tier: tiers[i*len(tiers)/len(labels)]})
	}
	return all
}

// movesOf makes moves with a matrix of given customers, a pound each. The last
// row is of those absent before, the last column of those not tiered now.
func movesOf(before, now []model.Segment, customers func(b, n int) int64) session.Moves {
	m := session.Moves{Before: before, Now: now}
	for b := range len(before) + 1 {
		line := make([]rfm.Flow, len(now)+1)
		for n := range line {
			if b < len(before) || n < len(now) {
				line[n] = rfm.Flow{Customers: customers(b, n), Revenue: model.Money(customers(b, n)) * model.Unit}
			}
			switch {
			case b == len(before):
				m.Entered.Customers += line[n].Customers
			case n == len(now):
				m.Left.Customers += line[n].Customers
			}
		}
		m.Matrix = append(m.Matrix, line)
	}
	return m
}

func randomMoves(t *rapid.T) session.Moves {
	before := segmentsOf(rapid.SliceOfN(rapid.String(), 1, 12).Draw(t, "before")...)
	now := before
	if rapid.Bool().Draw(t, "other map") {
		now = segmentsOf(rapid.SliceOfN(rapid.String(), 1, 12).Draw(t, "now")...)
	}
	size := rapid.SampledFrom([]int64{0, 9, 12_345, 9_876_543}).Draw(t, "size")
	flow := rapid.Int64Range(0, size)
	drawn := map[[2]int]int64{}
	return movesOf(before, now, func(b, n int) int64 {
		if _, known := drawn[[2]int{b, n}]; !known {
			drawn[[2]int{b, n}] = flow.Draw(t, "flow")
		}
		return drawn[[2]int{b, n}]
	})
}

// Rows and columns add up to the same whole, by segment and by tier, and those
// who stay, rise, fall and change within a tier are all there are.
func TestTablesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := randomMoves(t)
		var all int64
		for _, line := range m.Matrix {
			for _, f := range line {
				all += f.Customers
			}
		}
		for _, byTier := range []bool{false, true} {
			table := moves.NewTable(m, byTier, moves.OfSchemes)
			var rows, cols int64
			for _, f := range table.Before {
				rows += f.Customers
			}
			for _, f := range table.Now {
				cols += f.Customers
			}
			there := model.Money(all-m.Left.Customers) * model.Unit // what the gone have brought is as measured before
			if rows != all || cols != all || table.All.Customers != all || table.All.Revenue != there {
				t.Fatalf("by tier %t: rows have %d, columns %d, the whole %d of %d with %s", byTier, rows, cols, table.All.Customers, all, table.All.Revenue)
			}
			checkShares(t, table)
			if has := table.Rows[len(table.Rows)-1].Outside; has != (m.Entered.Customers > 0) {
				t.Fatalf("a row of the new: %t", has)
			}
		}
	})
}

// checkShares adds the printed shares of every row up.
func checkShares(t *rapid.T, table *moves.Table) {
	for row := range table.Rows {
		for _, value := range []moves.Value{moves.Customers, moves.Revenue} {
			var tenths int64
			for col, text := range table.Shares(row, value) {
				if table.Cols[col].Outside != (text == "") {
					t.Fatalf("those who are not there now have the share %q of the others", text)
				}
				if text != "" && text != "–" {
					tenths += digits(strings.NewReplacer("<0.1", "0.0", ">99.9", "100.0").Replace(text))
				}
			}
			want := int64(1000)
			if value.Of(table.Still(row)) == 0 {
				want = 0
			}
			if tenths != want {
				t.Fatalf("the shares of a row by %s add up to %d tenths of a percent: %q", value, tenths, table.Shares(row, value))
			}
		}
	}
}

// digits reads a percentage as tenths.
func digits(percent string) int64 {
	n, _ := strconv.ParseInt(strings.NewReplacer(".", "", "%", "").Replace(percent), 10, 64)
	return n
}

// No tier is neither better nor worse than one.
func TestNoTierDoesNotRise(t *testing.T) {
	t.Parallel()
	segments := []model.Segment{{Slug: "a", Tier: model.TierHigh}, {Slug: "b", Tier: model.TierLow}, {Slug: "c", Tier: model.TierNone}}
	table := moves.NewTable(movesOf(segments, segments, func(int, int) int64 { return 1 }), false, moves.OfDays)
	for _, c := range []struct{ row, col, want int }{{0, 1, -1}, {1, 0, +1}, {0, 2, 0}, {2, 0, 0}, {2, 1, 0}, {1, 2, 0}} {
		if got := table.Rises(c.row, c.col); got != c.want {
			t.Errorf("from %s to %s: %d, want %d", segments[c.row].Tier, segments[c.col].Tier, got, c.want)
		}
	}
}

func TestWithoutAMatrixThereIsNoTable(t *testing.T) {
	t.Parallel()
	if moves.NewTable(session.Moves{}, false, moves.OfSchemes) != nil || moves.NewTable(session.Moves{}, true, moves.OfSchemes) != nil {
		t.Error("a table of nothing")
	}
}

// Whatever the names and the figures, the drawing fits exactly.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := randomMoves(t)
		v := moves.View{
			Table: moves.NewTable(m, rapid.Bool().Draw(t, "by tier"), moves.OfDays), Symbol: "£", Marked: true,
			Value: moves.Value(rapid.IntRange(0, 1).Draw(t, "value")), Plain: rapid.Bool().Draw(t, "plain"),
			Width: rapid.IntRange(0, 240).Draw(t, "width"), Height: rapid.IntRange(0, 60).Draw(t, "height"),
		}
		v.Row = rapid.IntRange(-1, len(v.Rows)-1).Draw(t, "row")
		v.Col = rapid.IntRange(-1, len(v.Cols)-1).Draw(t, "column")
		lines := v.Lines(theme.New(true, rapid.SampledFrom([]theme.Colors{theme.Full, theme.Sixteen, theme.None}).Draw(t, "colours")))
		if len(lines) != max(v.Height, 0) {
			t.Fatalf("%d lines for a height of %d", len(lines), v.Height)
		}
		for _, line := range lines {
			if got := ansi.StringWidth(line); got != v.Width {
				t.Fatalf("%q is %d wide, not %d", ansi.Strip(line), got, v.Width)
			}
		}
		for _, line := range lines[min(v.Used(), len(lines)):] {
			if strings.TrimSpace(ansi.Strip(line)) != "" {
				t.Fatalf("%q is drawn below the table", ansi.Strip(line))
			}
		}
	})
}

// numbers reads the figures of a drawn row, · as 0.
func numbers(line string) []int64 {
	var all []int64
	for _, word := range strings.FieldsFunc(ansi.Strip(line), func(r rune) bool { return strings.ContainsRune(" │▸◂", r) }) {
		if word == "·" {
			word = "0"
		}
		if n, err := strconv.ParseInt(strings.ReplaceAll(word, ",", ""), 10, 64); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// What is drawn is what there is: every cell and every sum in full.
func TestEveryFigureIsDrawn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int64{1, 100, 2_000_000}).Draw(t, "size")
		flows := rapid.SliceOfN(rapid.Int64Range(0, size), 36, 36).Draw(t, "flows")
		segments := segmentsOf("Aa", "Bb", "Cc", "Dd", "Ee", "Ff")
		m := movesOf(segments, segments, func(b, n int) int64 {
			if b == len(segments) || n == len(segments) {
				return 0
			}
			return flows[b*len(segments)+n]
		})
		v := moves.View{Table: moves.NewTable(m, false, moves.OfSchemes), Width: 110, Height: 8}
		lines := v.Lines(theme.New(true, theme.Full))
		for row, line := range lines[1:7] {
			want := append(slices.Clone(flows[row*6:][:6]), v.Before[row].Customers)
			if got := numbers(line); !slices.Equal(got, want) {
				t.Fatalf("row %d is %q, want %v", row, ansi.Strip(line), want)
			}
		}
		var want []int64
		for _, sum := range v.Now {
			want = append(want, sum.Customers)
		}
		if got := numbers(lines[7]); !slices.Equal(got, append(want, v.All.Customers)) {
			t.Fatalf("the sums are %q, want %v", ansi.Strip(lines[7]), want)
		}
	})
}

func TestShortNamesTellApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		labels := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"Customers A", "Customers B", "At risk", "", "重要价值客户", "重要发展客户", "\x1b[2J", "a", "Loyal", "Loyal",
		})), 0, 14).Draw(t, "labels")
		width := rapid.IntRange(3, 20).Draw(t, "width")
		names := moves.Short(labels, width)
		seen := map[string]bool{}
		for i, n := range names {
			if n == "" || seen[n] || cells.Width(n) > width || cells.Clean(n) != n {
				t.Fatalf("%q is called %q among %q", labels[i], n, names)
			}
			seen[n] = true
		}
	})
}

func TestShortNamesOfThePresetsCanBeRead(t *testing.T) {
	t.Parallel()
	ten := []string{"Champions", "Loyal", "Can't lose", "Potential loyalist", "Promising", "Need attention", "At risk", "Light", "About to sleep", "Hibernating"}
	for width, want := range map[int]string{
		5:  "Champ Loyal Can't Poten Prom Need At r. Light About Hiber",
		9:  "Champions Loyal Can't Potential Promising Need At risk Light About Hiber",
		18: "Champions Loyal Can't lose Potential loyalist Promising Need attention At risk Light About to sleep Hibernating",
	} {
		if got := strings.Join(moves.Short(ten, width), " "); got != want {
			t.Errorf("in %d cells: %s", width, got)
		}
	}
	if got := moves.Short([]string{"Customers A", "Customers B", "Customers C"}, 6); !slices.Equal(got, []string{"CA", "CB", "CC"}) {
		t.Errorf("three alike are %q", got)
	}
}

// A click on the marked cell finds it, wherever it is drawn.
func TestTheMouseFindsWhatIsDrawn(t *testing.T) {
	t.Parallel()
	names := []string{"Champions", "Loyal", "Can't lose", "Potential loyalist", "Promising", "Need attention", "At risk", "Light", "About to sleep", "Hibernating"}
	m := movesOf(segmentsOf(names...), segmentsOf(names...), func(b, n int) int64 { return int64(1000 / (1 + (b-n)*(b-n))) })
	for _, size := range [][2]int{{50, 14}, {76, 14}, {116, 20}, {150, 50}} {
		for _, byTier := range []bool{false, true} {
			v := moves.View{Table: moves.NewTable(m, byTier, moves.OfSchemes), Width: size[0], Height: size[1], Marked: true}
			for v.Row = range v.Rows {
				for v.Col = range v.Cols {
					for y, line := range v.Lines(theme.New(true, theme.None)) {
						before, _, found := strings.Cut(ansi.Strip(line), "◂")
						if !found || y == 0 {
							continue
						}
						row, col, ok := v.At(ansi.StringWidth(before), y)
						if !ok || row != v.Row || col != v.Col {
							t.Fatalf("%v by tier %t: %d, %d is found at %d, %d", size, byTier, v.Row, v.Col, row, col)
						}
					}
				}
			}
		}
	}
}

// However little room there is, the marked cell is on the screen.
func TestTheMarkStaysInView(t *testing.T) {
	t.Parallel()
	names := []string{"Champions", "Loyal", "Can't lose", "Potential loyalist", "Promising", "Need attention", "At risk", "Light", "About to sleep", "Hibernating"}
	m := movesOf(segmentsOf(names...), segmentsOf(names...), func(b, n int) int64 { return int64(10_000 + b*n) })
	for _, size := range [][2]int{{30, 3}, {40, 5}, {56, 9}, {76, 12}} {
		v := moves.View{Table: moves.NewTable(m, false, moves.OfSchemes), Width: size[0], Height: size[1], Marked: true}
		for v.Row = range v.Rows {
			for v.Col = range v.Cols {
				drawn := ansi.Strip(strings.Join(v.Lines(theme.New(true, theme.None)), "\n"))
				if !strings.Contains(drawn, "▸") || !strings.Contains(drawn, "◂") {
					t.Fatalf("%v: %d, %d is out of sight:\n%s", size, v.Row, v.Col, drawn)
				}
			}
		}
	}
}

func BenchmarkLines(b *testing.B) {
	var labels []string
	for i := range 11 {
		labels = append(labels, fmt.Sprintf("Segment %c", 'A'+i))
	}
	m := movesOf(segmentsOf(labels...), segmentsOf(labels...), func(b, n int) int64 { return int64(b * n * 37) })
	v := moves.View{Table: moves.NewTable(m, false, moves.OfSchemes), Width: 140, Height: 50, Marked: true, Symbol: "£"}
	th := theme.New(true, theme.Full)
	for b.Loop() {
		v.Lines(th)
	}
}

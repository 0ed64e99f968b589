package heatmap_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/tui/component/heatmap"
	"strata/tui/theme"
)

func square(n, width, height int) *heatmap.Heatmap {
	h := &heatmap.Heatmap{Width: width, Height: height}
	for row := range n {
		h.Rows, h.Cols = append(h.Rows, "R"+strconv.Itoa(n-row)), append(h.Cols, "F"+strconv.Itoa(row+1))
		line := make([]heatmap.Cell, n)
		for col := range line {
			v := row*n + col
			line[col] = heatmap.Cell{Text: strconv.Itoa(1000 + v), Short: "1k", Heat: float64(v) / float64(n*n-1)}
		}
		h.Cells = append(h.Cells, line)
	}
	return h
}

func TestShadesStandBesideNumbers(t *testing.T) {
	t.Parallel()
	h := square(2, 24, 3)
	h.Row, h.Col = -1, -1
	lines := h.Lines(theme.New(true, theme.None))
	want := []string{
		"         F1        F2   ",
		"R2     1000  ▒   1001   ",
		"R1 ▓   1002  █   1003   ",
	}
	for i, line := range lines {
		if ansi.Strip(line) != want[i] {
			t.Errorf("line %d is %q, want %q", i, line, want[i])
		}
	}
}

// Whatever its size, the heatmap fits exactly, and the mouse finds the cell
// whose mark is drawn.
func TestHeatmapFits(t *testing.T) {
	t.Parallel()
	looks := []*theme.Theme{theme.New(true, theme.Full), theme.New(false, theme.Sixteen), theme.New(true, theme.None)}
	rapid.Check(t, func(t *rapid.T) {
		h := square(rapid.IntRange(2, 9).Draw(t, "scores"), rapid.IntRange(1, 200).Draw(t, "width"), rapid.IntRange(1, 60).Draw(t, "height"))
		h.Row, h.Col = rapid.IntRange(0, len(h.Rows)-1).Draw(t, "row"), rapid.IntRange(0, len(h.Cols)-1).Draw(t, "col")
		lines := h.Lines(rapid.SampledFrom(looks).Draw(t, "look"))
		if len(lines) != h.Height {
			t.Fatalf("%d lines of %d", len(lines), h.Height)
		}
		for y, line := range lines {
			plain := ansi.Strip(line)
			if ansi.StringWidth(plain) != h.Width {
				t.Fatalf("line %d is %q, not %d wide", y, plain, h.Width)
			}
			if before, _, found := strings.Cut(plain, "▸"); found {
				row, col, ok := h.At(ansi.StringWidth(before), y)
				if !ok || row != h.Row || col != h.Col {
					t.Fatalf("the mark of %d,%d lies at %d,%d", h.Row, h.Col, row, col)
				}
			}
		}
		if h.Width >= h.Least() && strings.Contains(strings.Join(lines, ""), "…") {
			t.Fatal("a figure is cut although there is room")
		}
	})
}

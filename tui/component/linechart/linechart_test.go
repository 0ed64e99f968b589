package linechart_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/tui/component/linechart"
	"strata/tui/theme"
)

func TestChart(t *testing.T) {
	t.Parallel()
	c := linechart.Chart{Values: []int64{0, 2, 1, 0, 3}, First: "2011-01", Last: "2011-05", Width: 30, Height: 6}
	got := ansi.Strip(strings.Join(c.Lines(theme.New(true, theme.None)), "\n"))
	t.Log("\n" + got)
	for _, text := range []string{"3┤", "0┼", "2011-01", "2011-05"} {
		if !strings.Contains(got, text) {
			t.Errorf("%q is missing in\n%s", text, got)
		}
	}
}

func TestChartFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := linechart.Chart{
			Values: rapid.SliceOf(rapid.Int64Range(0, 100_000)).Draw(t, "values"), First: "2011-01", Last: "2011-05",
			Width: rapid.IntRange(0, 120).Draw(t, "width"), Height: rapid.IntRange(0, 30).Draw(t, "height"),
		}
		lines := c.Lines(theme.New(true, theme.Full))
		if len(lines) != c.Height {
			t.Fatalf("%d lines of %d", len(lines), c.Height)
		}
		for _, line := range lines {
			if got := ansi.StringWidth(line); got != c.Width {
				t.Fatalf("%q is %d wide, not %d", line, got, c.Width)
			}
		}
	})
}

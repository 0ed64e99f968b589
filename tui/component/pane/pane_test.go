package pane_test

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"strata/tui/component/pane"
	"strata/tui/theme"
)

func TestPaneFitsAtEverySize(t *testing.T) {
	t.Parallel()
	th := theme.New(false, theme.Full)
	for width := range 40 {
		for height := range 8 {
			p := pane.Pane{Title: "重要价值 and a long title", Note: "a note", Width: width, Height: height, Focused: true}
			inner, _ := p.Inner()
			content := []string{}
			for range 10 {
				content = append(content, ansi.Truncate("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", inner, ""))
			}
			lines := p.Lines(th, content)
			if len(lines) != height {
				t.Fatalf("%d×%d has %d lines", width, height, len(lines))
			}
			for i, line := range lines {
				if ansi.StringWidth(line) != width {
					t.Fatalf("%d×%d: line %d takes %d cells: %q", width, height, i, ansi.StringWidth(line), line)
				}
			}
		}
	}
}

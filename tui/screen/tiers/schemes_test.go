package tiers

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/tui/action"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// TestEverySchemeIsDrawn draws every preset, and two to nine scores, on small
// and large screens, and walks over every cut and row with explanations.
func TestEverySchemeIsDrawn(t *testing.T) {
	t.Parallel()
	s, err := session.New(t.Context(), memory.New(1, 700))
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	schemes := map[string]model.Scheme{}
	for _, p := range session.Presets() {
		schemes[p.Scheme.Name] = p.Scheme
	}
	for levels := model.MinLevels; levels <= model.MaxLevels; levels++ {
		scheme := model.Ten()
		scheme.Levels = [model.Axes]int{levels, levels, levels}
		schemes[strconv.Itoa(levels)+" levels"] = scheme
	}
	nested := model.Ten()
	for a := range nested.Cuts {
		nested.Cuts[a].Method = model.MethodNested
	}
	schemes["nested"] = nested
	screen := New("GBP", theme.New(true, theme.Full))
	for name, scheme := range schemes {
		if _, err := bench.Use(scheme); err != nil {
			t.Fatal(err)
		}
		screen.Open(bench, "GBP")
		text := ""
		for _, size := range [][2]int{{80, 22}, {120, 34}, {200, 58}} {
			screen.SetSize(size[0], size[1])
			text = draw(t, name, screen, size[0], size[1])
		}
		f := bench.Frame()
		for _, g := range f.Segments {
			if shown := strings.Contains(text, g.Label); shown != (g.Tier != model.TierNone || g.Now.Customers > 0) {
				t.Errorf("%s: segment %s is shown %v", name, g.Label, shown)
			}
		}
		if shown := strings.Contains(text, "Value score"); shown != f.ByValue {
			t.Errorf("%s: the value score is shown %v", name, shown)
		}
		for range cuts(f) {
			explained(t, name, screen)
			screen.Do(action.CutDown)
		}
		screen.Do(action.PaneNext)
		for range screen.rows() {
			explained(t, name, screen)
			screen.Do(action.CutDown)
		}
		screen.Back()
	}
}

// draw returns what a screen shows, every line as wide as it is.
func draw(t *testing.T, name string, s *Screen, width, height int) string {
	t.Helper()
	lines := s.Lines()
	if len(lines) != height {
		t.Errorf("%s at %d×%d: %d lines", name, width, height, len(lines))
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got != width {
			t.Errorf("%s at %d×%d: line %d is %d wide", name, width, height, i, got)
		}
	}
	return ansi.Strip(strings.Join(lines, "\n"))
}

func explained(t *testing.T, name string, s *Screen) {
	t.Helper()
	text := s.explain()
	if text == nil || text.Title == "" || len(text.Paragraphs) == 0 {
		t.Errorf("%s: nothing explains %s", name, s.Focused())
		return
	}
	for _, p := range text.Paragraphs {
		if p == "" || strings.Contains(p, "%!") {
			t.Errorf("%s: %s is explained as %q", name, text.Title, p)
		}
	}
}

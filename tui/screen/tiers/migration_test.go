package tiers_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen/tiers"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// withMoves shows Tiers over random customers, after a cut has moved.
func withMoves(t *testing.T, th *theme.Theme, width, height int) (*tiers.Screen, *session.Bench) {
	t.Helper()
	s, err := session.New(context.Background(), memory.New(7, 1_200))
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(context.Background(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 14); err != nil {
		t.Fatal(err)
	}
	screen := tiers.New("GBP", th)
	screen.SetSize(width, height)
	screen.Open(b, "GBP")
	return screen, b
}

// leftovers are the looks of what stood before a cut.
var leftovers = regexp.MustCompile(`^(\x1b\[[0-9;]*m)*\x1b\[m`)

// migrationPane cuts the small migration out of the screen.
func migrationPane(t *testing.T, s *tiers.Screen) []string {
	t.Helper()
	lines := s.Lines()
	for y, line := range lines {
		before, _, found := strings.Cut(ansi.Strip(line), "╭─ ten → now · customers")
		if !found {
			continue
		}
		var pane []string
		for _, line := range lines[y:] {
			cut := ansi.Cut(line, ansi.StringWidth(before), ansi.StringWidth(line))
			pane = append(pane, leftovers.ReplaceAllString(cut, ""))
			if strings.HasPrefix(ansi.Strip(pane[len(pane)-1]), "╰") {
				return pane
			}
		}
	}
	t.Fatalf("there is no small migration:\n%s", ansi.Strip(strings.Join(lines, "\n")))
	return nil
}

func TestGoldenMigration(t *testing.T) {
	t.Parallel()
	looks := map[string]*theme.Theme{
		"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full), "none": theme.New(true, theme.None),
	}
	for _, size := range [][2]int{{160, 42}, {200, 57}, {120, 60}} {
		for name, th := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], name), func(t *testing.T) {
				t.Parallel()
				s, _ := withMoves(t, th, size[0], size[1])
				golden.RequireEqual(t, strings.Join(migrationPane(t, s), "\n"))
			})
		}
	}
}

// The small migration follows every move of a cut, and a click on it opens the
// large one.
func TestSmallMigrationFollowsTheCut(t *testing.T) {
	t.Parallel()
	s, b := withMoves(t, theme.New(true, theme.None), 200, 57)
	for range 30 {
		s.Do(action.StepRight)
		m := b.Frame().Moves.ByTier()
		drawn := ansi.Strip(strings.Join(s.Lines(), "\n"))
		for i, row := range m.Before {
			for j, col := range m.Now {
				if n := m.Matrix[i][j].Customers; n > 0 && i != j && !strings.Contains(drawn, " "+words.Count(n)+" ") {
					t.Fatalf("%s → %s, %d customers, is not drawn:\n%s", row.Label, col.Label, n, drawn)
				}
			}
		}
	}
	migrationPane(t, s)
	lines := strings.Split(ansi.Strip(strings.Join(s.Lines(), "\n")), "\n")
	for y, line := range lines {
		if before, _, found := strings.Cut(line, " → now · customers"); found {
			if got := s.Click(ansi.StringWidth(before), y+2).Go; got != action.Migration {
				t.Errorf("a click opens %v", got)
			}
		}
	}
}

// Where there is no room the screen stays as it was.
func TestSmallMigrationNeedsRoom(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 21}, {120, 33}, {60, 13}} {
		s, _ := withMoves(t, theme.New(true, theme.None), size[0], size[1])
		if drawn := ansi.Strip(strings.Join(s.Lines(), "\n")); strings.Contains(drawn, "→ now · customers") {
			t.Errorf("%v:\n%s", size, drawn)
		}
	}
	s, _ := withMoves(t, theme.New(true, theme.None), 200, 57)
	for width := 60; width < 240; width += 17 {
		for height := 13; height < 70; height += 5 {
			s.SetSize(width, height)
			lines := s.Lines()
			if len(lines) != height {
				t.Fatalf("%d×%d has %d lines", width, height, len(lines))
			}
			for i, line := range lines {
				if got := ansi.StringWidth(line); got != width {
					t.Fatalf("%d×%d: line %d is %d wide: %q", width, height, i, got, ansi.Strip(line))
				}
			}
		}
	}
}

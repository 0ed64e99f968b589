package sidebyside_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/sidebyside"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

var _ screen.Screen = (*sidebyside.Screen)(nil)

// open makes a workbench over random customers, on which a few cuts have moved
// and a scenario is kept.
func open(t testing.TB) *session.Bench {
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
	step := func(axis model.Axis, index, n int) {
		if _, err := b.Step(session.CutID{Axis: axis, Index: index}, n); err != nil {
			t.Fatal(err)
		}
	}
	step(model.Monetary, 2, 30)
	if err := b.SaveScenario("those who spend", "", false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(model.Ten()); err != nil {
		t.Fatal(err)
	}
	step(model.Recency, 1, 14)
	step(model.Frequency, 2, 1)
	return b
}

// finish does what an outcome asks for beside the keys.
func finish(t testing.TB, s *sidebyside.Screen, o screen.Outcome) {
	t.Helper()
	for o.Work != nil {
		o = s.Took(o.Work(context.Background()))
	}
	if o.Err != nil {
		t.Fatal(o.Err)
	}
}

// add puts a scheme beside through the choice.
func add(t testing.TB, s *sidebyside.Screen, name string) {
	t.Helper()
	choice := s.Do(action.BesideAdd).Choose
	for _, o := range choice.Options {
		if title, _, _ := strings.Cut(o.Title, ":"); title == name {
			if o.Reason != "" {
				t.Fatalf("%s cannot be added: %s", name, o.Reason)
			}
			finish(t, s, o.Choose())
			return
		}
	}
	t.Fatalf("%s is not offered", name)
}

func show(t testing.TB, b *session.Bench, th *theme.Theme, width, height int, beside ...string) *sidebyside.Screen {
	t.Helper()
	s := sidebyside.New("GBP", th)
	s.SetSize(width, height)
	s.Open(b, "GBP")
	finish(t, s, s.Show(b.Frame()))
	for _, name := range beside {
		add(t, s, name)
	}
	return s
}

func text(s *sidebyside.Screen) string { return ansi.Strip(strings.Join(s.Lines(), "\n")) }

func TestGoldenSizesAndThemes(t *testing.T) {
	t.Parallel()
	looks := map[string]*theme.Theme{
		"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full),
		"sixteen": theme.New(true, theme.Sixteen), "none": theme.New(true, theme.None),
	}
	for _, size := range [][2]int{{80, 21}, {120, 33}, {200, 57}} {
		for name, th := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], name), func(t *testing.T) {
				t.Parallel()
				s := show(t, open(t), th, size[0], size[1], "those who spend", "eleven")
				s.Do(action.ListDown)
				s.Do(action.ColumnRight)
				golden.RequireEqual(t, strings.Join(s.Lines(), "\n"))
			})
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	plain := theme.New(true, theme.None)
	for name, draw := range map[string]func(t *testing.T) *sidebyside.Screen{
		"loading": func(*testing.T) *sidebyside.Screen {
			s := sidebyside.New("GBP", plain)
			s.SetSize(80, 21)
			return s
		},
		"lines": func(t *testing.T) *sidebyside.Screen {
			s := show(t, open(t), plain, 120, 33, "those who spend")
			s.Do(action.ListLast)
			return s
		},
		"scrolled": func(t *testing.T) *sidebyside.Screen {
			s := show(t, open(t), plain, 80, 21, "those who spend", "eleven", "putler")
			for range 4 {
				s.Do(action.ColumnRight)
			}
			return s
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, strings.Join(draw(t).Lines(), "\n"))
		})
	}
}

func TestLinesFit(t *testing.T) {
	t.Parallel()
	b := open(t)
	for _, beside := range [][]string{nil, {"eleven"}, {"eleven", "putler", "those who spend", "klaviyo"}} {
		if beside != nil {
			for _, name := range b.Beside() {
				_, _ = b.ToggleBeside(name)
			}
		}
		s := show(t, b, theme.New(true, theme.Full), 100, 30, beside...)
		for width := 1; width < 240; width += 7 {
			for height := 1; height < 70; height += 6 {
				s.SetSize(width, height)
				s.Do([]action.ID{action.ColumnRight, action.ListPageDown, action.ColumnLeft, action.ListFirst}[width%4])
				s.Click(width/2, height/2)
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
}

// The columns hold what each scheme gives by itself.
func TestColumnsAreTheAnswersOfTheirSchemes(t *testing.T) {
	t.Parallel()
	b := open(t)
	s := show(t, b, theme.New(true, theme.None), 120, 33, "those who spend", "eleven")
	lines := strings.Split(strings.TrimSuffix(s.Do(action.Copy).Copy, "\n"), "\n")
	if got := strings.Count(lines[0], "\t"); got != 5 {
		t.Fatalf("the columns are %q", lines[0])
	}
	eleven, err := session.PresetNamed("eleven")
	if err != nil {
		t.Fatal(err)
	}
	want, err := b.Standing().Frame(t.Context(), eleven)
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]string{}
	for _, line := range lines[1:] {
		fields := strings.Split(line, "\t")
		figures[fields[0]+" of "+strings.ToLower(fields[1])] = fields[len(fields)-1]
	}
	for _, g := range slices.Concat(want.Tiers, want.Segments) {
		for figure, value := range map[string]string{
			"Customers": strconv.FormatInt(g.Now.Customers, 10), "Revenue": g.Now.Revenue.String(),
		} {
			if got := figures[figure+" of "+strings.ToLower(g.Label)]; got != value {
				t.Errorf("%s of %s is %q, want %s", figure, g.Label, got, value)
			}
		}
	}
	// What the working scheme is against the baseline is what every frame tells.
	f := b.Frame()
	elsewhere := strconv.FormatInt(f.Moves.Customers, 10)
	if !strings.Contains(strings.Join(lines, "\n"), "Against the baseline\tin another segment\t\t"+elsewhere+"\t") {
		t.Errorf("%s customers are in another segment:\n%s", elsewhere, strings.Join(lines[:4], "\n"))
	}
}

// The baseline stands first, and a difference is what a scheme has more or less
// than it, as on every other screen.
func TestDifferencesAreFromTheBaseline(t *testing.T) {
	t.Parallel()
	b := open(t)
	s := show(t, b, theme.New(true, theme.None), 120, 50)
	lines := strings.Split(text(s), "\n")
	if got := strings.Fields(strings.Trim(lines[1], "│ ")); !slices.Equal(got, []string{"baseline", "active"}) {
		t.Fatalf("the columns are %q", got)
	}
	moved := 0
	for _, g := range b.Frame().Tiers {
		want := words.Change(g.Now.Customers - g.Was.Customers)
		at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, " "+g.Label+" ") })
		if at < 0 || !strings.HasSuffix(strings.TrimRight(lines[at], "│ "), " "+want) {
			t.Errorf("%s changes by %s:\n%s", g.Label, want, lines[max(at, 0)])
		}
		if g.Now.Customers != g.Was.Customers {
			moved++
		}
	}
	if moved == 0 {
		t.Fatal("nothing differs")
	}
}

// What stands there anyway is not offered a second time.
func TestTheBaselineIsNotOfferedToBePutBeside(t *testing.T) {
	t.Parallel()
	b := open(t)
	s := show(t, b, theme.New(true, theme.None), 120, 33)
	for _, o := range s.Do(action.BesideAdd).Choose.Options {
		title, _, _ := strings.Cut(o.Title, ":")
		if (title == b.Frame().Baseline) != (o.Reason == "already there") {
			t.Errorf("%s: %q", title, o.Reason)
		}
	}
}

func TestColumnsComeAndGo(t *testing.T) {
	t.Parallel()
	b := open(t)
	s := show(t, b, theme.New(true, theme.None), 120, 33, "eleven")
	for range 3 {
		if o := s.Do(action.BesideDrop); o.Note == "" {
			finish(t, s, o)
		}
		s.Do(action.ColumnRight)
	}
	if strings.Contains(text(s), "eleven") || len(b.Beside()) != 0 {
		t.Errorf("the preset stays:\n%s", text(s))
	}
	if got := s.Focused(); !strings.HasPrefix(got, "ten *: ") {
		t.Errorf("the mark is on %q", got)
	}
	// The baseline that says the same as the working scheme needs no column.
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	finish(t, s, s.Show(b.Frame()))
	lines := strings.Split(text(s), "\n")
	if got := strings.Trim(lines[1], "│ "); got != "active, baseline" || !strings.Contains(text(s), "Press [a] to add a scenario") {
		t.Errorf("the working scheme stands beside itself, or nobody says what to do:\n%s", text(s))
	}
}

// A scenario that another program deleted is told, not shown.
func TestAScenarioThatIsGoneIsTold(t *testing.T) {
	t.Parallel()
	b := open(t)
	if _, err := b.ToggleBeside("never saved"); err != nil {
		t.Fatal(err)
	}
	s := sidebyside.New("GBP", theme.New(true, theme.None))
	s.SetSize(120, 33)
	s.Open(b, "GBP")
	o := s.Took(s.Show(b.Frame()).Work(t.Context()))
	o = s.Took(o.Work(t.Context()))
	if !strings.Contains(o.Note, "never saved") || !strings.Contains(text(s), "active") {
		t.Errorf("told %q, drawn\n%s", o.Note, text(s))
	}
}

// What was worked out for another scheme is not shown beside this one's.
func TestLateColumnsAreDropped(t *testing.T) {
	t.Parallel()
	b := open(t)
	s := sidebyside.New("GBP", theme.New(true, theme.None))
	s.SetSize(120, 33)
	s.Open(b, "GBP")
	late := s.Took(s.Show(b.Frame()).Work(t.Context())).Work(t.Context())
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 2); err != nil {
		t.Fatal(err)
	}
	next := s.Show(b.Frame())
	if s.Took(late); strings.Contains(text(s), "Customers") {
		t.Error("late columns are shown")
	}
	if finish(t, s, next); !strings.Contains(text(s), "Customers") {
		t.Error("there are no columns")
	}
}

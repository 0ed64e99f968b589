package matrix_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/matrix"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/session"
	"strata/tui/theme"
)

func show(f *session.Frame, th *theme.Theme, width, height int, do ...action.ID) *matrix.Screen {
	s := matrix.New("GBP", th)
	s.SetSize(width, height)
	s.Show(f)
	for _, id := range do {
		s.Do(id)
	}
	return s
}

// moved is a frame after a cut has moved: customers went from one cell to another.
func moved() *session.Frame {
	f := tierstest.NewFrame()
	f.Cells = append([]session.Figures(nil), f.Cells...)
	for i := range f.Cells {
		if i%3 == 0 {
			f.Cells[i].Customers += int64(i % 7)
		} else {
			f.Cells[i].Customers -= min(int64(i%4), f.Cells[i].Customers)
		}
	}
	return f
}

func text(s *matrix.Screen) string { return ansi.Strip(strings.Join(s.Lines(), "\n")) }

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
				golden.RequireEqual(t, strings.Join(show(moved(), th, size[0], size[1], action.CellDown).Lines(), "\n"))
			})
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	nine := tierstest.NewFrame()
	nine.Scheme.Levels = [model.Axes]int{9, 9, 2}
	nine.Cells, nine.Before, nine.CellSegments = nil, nil, make([]uint8, 9*9*2)
	for i := range nine.CellSegments {
		nine.Cells = append(nine.Cells, session.Figures{Customers: int64(i * i), Orders: int64(3 * i), Revenue: model.Money(i) * 1234_0000})
		nine.CellSegments[i] = uint8(i % len(nine.Segments))
	}
	for name, s := range map[string]*matrix.Screen{
		"revenue":     show(moved(), theme.New(true, theme.None), 80, 21, action.MatrixValue),
		"order-value": show(moved(), theme.New(true, theme.None), 80, 21, action.MatrixValue, action.MatrixValue, action.MatrixValue),
		"difference":  show(moved(), theme.New(true, theme.None), 80, 21, action.MatrixChange),
		"slice":       show(moved(), theme.New(true, theme.None), 80, 21, action.MatrixSlice, action.MatrixSlice),
		"axes":        show(moved(), theme.New(true, theme.None), 80, 21, action.MatrixAxes),
		"nine-levels": show(nine, theme.New(true, theme.None), 80, 21),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, strings.Join(s.Lines(), "\n"))
		})
	}
}

// At every size and after every action the drawing fits exactly.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	small := tierstest.NewFrame()
	small.Scheme.Levels = [model.Axes]int{2, 9, 3}
	small.Cells, small.CellSegments, small.Before = make([]session.Figures, 54), make([]uint8, 54), nil
	empty := tierstest.NewFrame()
	empty.Cells, empty.Before, empty.CellSegments = nil, nil, nil
	actions := []action.ID{
		action.CellUp, action.MatrixValue, action.MatrixChange, action.CellLeft, action.MatrixAxes, action.MatrixSlice,
		action.MatrixAxes, action.CellDown, action.MatrixValue, action.MatrixAxes, action.CellRight, action.MatrixSlice,
	}
	for _, f := range []*session.Frame{tierstest.NewFrame(), small, empty} {
		for _, colors := range []theme.Colors{theme.Full, theme.Sixteen, theme.None} {
			for width := 1; width < 240; width += 7 {
				for height := 1; height < 70; height += 6 {
					s := show(f, theme.New(true, colors), width, height, actions[(width+height)%len(actions)], actions[width%len(actions)])
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
}

func TestMarkedCellAsksForItsPeople(t *testing.T) {
	t.Parallel()
	s := show(tierstest.NewFrame(), theme.New(true, theme.None), 80, 21, action.CellDown, action.CellLeft, action.CellLeft)
	if got := s.Focused(); !strings.HasPrefix(got, "R4 F3: ") {
		t.Errorf("marked is %q", got)
	}
	got := s.Do(action.CellPeople).People
	if got == nil || got.Title != "R4 F3" || got.Scores != [model.Axes]int{4, 3, 0} {
		t.Errorf("asks for %+v", got)
	}
	s.Do(action.MatrixSlice)
	if got := s.Do(action.CellPeople).People; got.Title != "R4 F3 M1" || got.Scores != [model.Axes]int{4, 3, 1} {
		t.Errorf("in a slice it asks for %+v", got)
	}
}

func TestMouseMarksACell(t *testing.T) {
	t.Parallel()
	s := show(tierstest.NewFrame(), theme.New(true, theme.None), 120, 33)
	for y, line := range strings.Split(text(s), "\n") {
		if before, _, found := strings.Cut(line, "R2"); found {
			s.Click(ansi.StringWidth(before)+5, y)
		}
	}
	if got := s.Focused(); !strings.HasPrefix(got, "R2 F1: ") {
		t.Errorf("marked is %q", got)
	}
}

func TestDifferenceNeedsTheSameScores(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	f.Before = nil
	if got := show(f, theme.New(true, theme.None), 80, 21).Do(action.MatrixChange); got.Note == "" {
		t.Error("a difference from nothing is shown")
	}
}

// The screen follows the frame: a cell that goes away loses the mark.
func TestShowHoldsTheMark(t *testing.T) {
	t.Parallel()
	s := show(tierstest.NewFrame(), theme.New(true, theme.None), 80, 21, action.MatrixSlice, action.MatrixSlice, action.MatrixSlice)
	f := tierstest.NewFrame()
	f.Scheme.Levels = [model.Axes]int{2, 3, 2}
	f.Cells, f.CellSegments, f.Before = make([]session.Figures, 12), make([]uint8, 12), nil
	s.Show(f)
	if got := s.Focused(); got != "R2 F3: 0 customers" {
		t.Errorf("marked is %q", got)
	}
	if read := s.Do(action.Explain).Read; read == nil || !strings.Contains(read.Paragraphs[0], "score 2 of 2") {
		t.Errorf("explained as %+v", read)
	}
}

var _ screen.Screen = (*matrix.Screen)(nil)

func TestTheMatrixIsCopiedAsItIsDrawn(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	s := show(f, theme.New(true, theme.None), 80, 21)
	o := s.Do(action.Copy)
	lines := strings.Split(o.Copy, "\n")
	if len(lines) != 7 || lines[0] != "Recency × Frequency (returns ignored, zero values dropped)\tF1\tF2\tF3\tF4\tF5" || !strings.HasPrefix(lines[1], "R5\t") || lines[6] != "" {
		t.Errorf("copied\n%s", o.Copy)
	}
	sum := int64(0)
	for _, line := range lines[1:6] {
		for _, cell := range strings.Split(line, "\t")[1:] {
			n, err := strconv.ParseInt(cell, 10, 64)
			if err != nil {
				t.Errorf("%q is no plain number", cell)
			}
			sum += n
		}
	}
	all := int64(0)
	for _, c := range f.Cells {
		all += c.Customers
	}
	if sum != all || o.Note != "copied Recency × Frequency · customers, as tab-separated text" {
		t.Errorf("%d of %d customers were copied: %s", sum, all, o.Note)
	}
	s.Do(action.MatrixValue)
	if o := s.Do(action.Copy); !strings.Contains(strings.Split(o.Copy, "\n")[1], ".") {
		t.Errorf("revenue is copied as %s", o.Copy)
	}
}

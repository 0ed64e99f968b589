// Package matrix is the screen that answers "where do my customers and my
// money sit?": the scores of two measures against each other, and the cell
// under the mark in detail.
package matrix

import (
	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// Screen is the Matrix screen. Everything on it comes from the frame.
type Screen struct {
	frame  *session.Frame
	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	axes   int // index into pairs
	slice  int // score of the third measure, 0 all
	value  int // index into session.MatrixValues
	change bool
	row    int // the marked scores
	col    int
}

// pairs are the measures that can stand against each other, rows first.
var pairs = [...][2]model.Axis{
	{model.Recency, model.Frequency},
	{model.Recency, model.Monetary},
	{model.Frequency, model.Monetary},
	{model.Frequency, model.Recency},
	{model.Monetary, model.Recency},
	{model.Monetary, model.Frequency},
}

// New makes the screen for a workspace's currency (ISO code, sign, or ""). The
// best cell is marked.
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: words.Symbol(currency), theme: th, row: model.MaxLevels, col: model.MaxLevels}
}

// SetCurrency changes what amounts are written with.
func (s *Screen) SetCurrency(currency string) { s.symbol = words.Symbol(currency) }

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Show draws a frame.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	s.frame = f
	s.hold()
	return screen.Outcome{}
}

// hold keeps the mark and the slice on scores that exist.
func (s *Screen) hold() {
	levels := s.frame.Scheme.Levels
	q := s.query()
	s.row = min(max(s.row, 1), levels[q.Rows])
	s.col = min(max(s.col, 1), levels[q.Cols])
	if s.slice > levels[q.Third()] {
		s.slice = 0
	}
	if s.frame.Before == nil {
		s.change = false
	}
}

func (s *Screen) query() session.MatrixQuery {
	return session.MatrixQuery{Rows: pairs[s.axes][0], Cols: pairs[s.axes][1], Slice: s.slice}
}

func (s *Screen) shown() session.MatrixValue { return session.MatrixValues()[s.value] }

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	if s.frame == nil {
		return screen.Outcome{}
	}
	switch id {
	case action.CellUp:
		s.row++
	case action.CellDown:
		s.row--
	case action.CellLeft:
		s.col--
	case action.CellRight:
		s.col++
	case action.MatrixAxes:
		s.axes, s.slice = (s.axes+1)%len(pairs), 0
	case action.MatrixValue:
		s.value = (s.value + 1) % len(session.MatrixValues())
	case action.MatrixSlice:
		s.slice = (s.slice + 1) % (s.frame.Scheme.Levels[s.query().Third()] + 1)
	case action.MatrixChange:
		if s.frame.Before == nil {
			return screen.Outcome{Note: catalogue.T("the baseline has other scores, so there is no difference to show")}
		}
		s.change = !s.change
	case action.CellPeople:
		return s.people()
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	}
	s.hold()
	return screen.Outcome{}
}

// people asks for the people in the marked cell.
func (s *Screen) people() screen.Outcome {
	q := s.query()
	people := session.PeopleQuery{Title: s.cellName()}
	people.Scores[q.Rows], people.Scores[q.Cols], people.Scores[q.Third()] = s.row, s.col, s.slice
	return screen.Outcome{People: &people}
}

// cellName names the marked cell: R5 F4, or R5 F4 M2 in a slice.
func (s *Screen) cellName() string {
	q := s.query()
	name := session.ScoreName(q.Rows, s.row) + " " + session.ScoreName(q.Cols, s.col)
	if s.slice > 0 {
		name += " " + session.ScoreName(q.Third(), s.slice)
	}
	return name
}

// Focused tells which cell is marked, and how many are in it.
func (s *Screen) Focused() string {
	if s.frame == nil {
		return ""
	}
	m := session.NewMatrix(s.frame, s.query())
	if m.Now == nil {
		return s.cellName()
	}
	return s.cellName() + ": " + words.Customers(m.Now[s.row-1][s.col-1].Customers)
}

// Typing is false: there is nothing to type.
func (s *Screen) Typing() bool { return false }

// Key does nothing.
func (s *Screen) Key(tea.Msg) screen.Outcome { return screen.Outcome{} }

// Click marks the cell under the mouse.
func (s *Screen) Click(x, y int) screen.Outcome {
	if s.frame == nil {
		return screen.Outcome{}
	}
	m := session.NewMatrix(s.frame, s.query())
	l := s.arrange(m)
	left, top := l.pane.Origin()
	if row, col, ok := l.heat.At(x-left, y-top); ok {
		s.row, s.col = len(m.Now)-row, col+1
	}
	return screen.Outcome{}
}

// Drag does nothing.
func (s *Screen) Drag(int, int) screen.Outcome { return screen.Outcome{} }

// Release does nothing.
func (s *Screen) Release() {}

// Wheel does nothing.
func (s *Screen) Wheel(int, int, bool) screen.Outcome { return screen.Outcome{} }

// Back has no step to go back.
func (s *Screen) Back() bool { return false }

// Took does nothing: the screen has no work of its own.
func (s *Screen) Took(any) screen.Outcome { return screen.Outcome{} }

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.frame == nil || s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	m := session.NewMatrix(s.frame, s.query())
	if m.Now == nil {
		line := cells.NewLine(s.width).Skip(2).Put(s.theme.Dim, catalogue.T("counting …")).String()
		return append([]string{line}, cells.Blank(s.width, s.height-1)...)
	}
	l := s.arrange(m)
	heat := l.pane.Lines(s.theme, l.heat.Lines(s.theme))
	inner, height := l.cell.Inner()
	cell := l.cell.Lines(s.theme, s.cellLines(m, inner, height))
	if !l.beside {
		return append(heat, cell...)
	}
	for i := range heat {
		heat[i] += cell[i]
	}
	return heat
}

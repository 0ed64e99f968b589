// Package mapeditor is the screen that answers "which cell belongs to whom?":
// the cells of scores, a slice of the third measure at a time, painted with
// segments; the segments with what is in them; and what is wrong with the map.
package mapeditor

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// Bench is what the screen does to the open workspace. [session.Bench] is one.
type Bench interface {
	Paint(cells model.Pattern, slug string) (told string, err error)
	AddSegment(label string, tier model.Tier) (slug, told string, err error)
	RenameSegment(slug, label string) (told string, err error)
	SetSegmentTier(slug string, tier model.Tier) (told string, err error)
	SetSegmentColor(slug string, color int) (told string, err error)
	MoveSegment(slug string, by int) (told string, err error)
	DeleteSegment(slug string) (told string, err error)
	ValueFixed() error
	SetWeights(text string) (told string, err error)
	SetValueCuts(text string) (told string, err error)
	TakeMap(name string, read model.Scheme) (told string, err error)
}

// Screen is the Map screen: the second page of Matrix.
type Screen struct {
	bench  Bench // nil while the customers are being loaded
	frame  *session.Frame
	rows   []row  // of the list of segments, of frame
	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	onList bool // the list of segments has the focus, not the grid
	row    int  // the marked scores of recency
	col    int  // and frequency
	slice  int  // score of monetary, 0 all
	brush  string
	top    int // first row of the list that is drawn

	stroke *[2]int // the cell the mouse went down on, nil with the button up
}

// New makes the screen for a workspace's currency (ISO code, sign, or ""). The
// best cell of the best slice is marked.
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: words.Symbol(currency), theme: th, row: model.MaxLevels, col: model.MaxLevels, slice: model.MaxLevels}
}

// Open gives the screen the map to paint, and says what amounts are written with.
func (s *Screen) Open(b Bench, currency string) { s.bench, s.symbol = b, words.Symbol(currency) }

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Show draws a frame.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	s.frame = f
	s.rows = rowsOf(f)
	s.hold()
	return screen.Outcome{}
}

// hold keeps the mark on scores and the brush on a segment that exist.
func (s *Screen) hold() {
	levels := s.frame.Scheme.Levels
	s.row = min(max(s.row, 1), levels[model.Recency])
	s.col = min(max(s.col, 1), levels[model.Frequency])
	s.slice = min(s.slice, levels[model.Monetary])
	if s.brushRow() < 0 {
		for _, r := range s.rows {
			if !r.isTier {
				s.brush = r.Slug
				return
			}
		}
	}
}

// brushRow returns where in the list the brush is, -1 if it is not there.
func (s *Screen) brushRow() int {
	for i, r := range s.rows {
		if !r.isTier && r.Slug == s.brush {
			return i
		}
	}
	return -1
}

// ready reports whether there is a map to draw: a frame stored by an older
// version has none.
func (s *Screen) ready() bool {
	if s.frame == nil {
		return false
	}
	levels := s.frame.Scheme.Levels
	n := levels[0] * levels[1] * levels[2]
	return len(s.frame.CellSegments) == n && len(s.frame.Cells) == n
}

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	if !s.ready() {
		return screen.Outcome{}
	}
	switch id {
	case action.PaintUp, action.PaintDown, action.PaintLeft, action.PaintRight:
		s.walk(id)
	case action.PaintSlice:
		s.slice = (s.slice + 1) % (s.frame.Scheme.Levels[model.Monetary] + 1)
	case action.PaneNext, action.PanePrevious:
		s.onList = !s.onList
	case action.PaintPick:
		if s.onList {
			return s.people()
		}
		s.brush = s.frame.Segments[s.square(s.row, s.col).owners[0]].Slug
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	default:
		if s.bench != nil {
			return s.edit(id)
		}
	}
	return screen.Outcome{}
}

// walk moves the mark of the pane that has the focus.
func (s *Screen) walk(id action.ID) {
	if s.onList {
		switch id {
		case action.PaintUp:
			s.moveBrush(-1)
		case action.PaintDown:
			s.moveBrush(+1)
		}
		return
	}
	switch id {
	case action.PaintUp:
		s.row++
	case action.PaintDown:
		s.row--
	case action.PaintLeft:
		s.col--
	case action.PaintRight:
		s.col++
	}
	s.hold()
}

// moveBrush takes the next segment of the list, the one before with -1.
func (s *Screen) moveBrush(by int) {
	for i := s.brushRow() + by; i >= 0 && i < len(s.rows); i += by {
		if !s.rows[i].isTier {
			s.brush = s.rows[i].Slug
			return
		}
	}
}

// people asks for the people in the marked segment.
func (s *Screen) people() screen.Outcome {
	r := s.rows[s.brushRow()]
	return screen.Outcome{People: &session.PeopleQuery{Title: r.Label, Segment: r.Slug}}
}

// pattern is what is marked on the grid: a cell, or with all slices the cells of
// every monetary score.
func (s *Screen) pattern() model.Pattern {
	p := model.Pattern{1 << s.row, 1 << s.col, model.AnyScore}
	if s.slice > 0 {
		p[model.Monetary] = 1 << s.slice
	}
	return p
}

// square is a cell of the grid.
type square struct {
	owners    []uint8 // of its segments, that of the best monetary score first, each once
	shares    []int64 // how many of the customers each has
	customers int64
	revenue   model.Money
}

// square returns the cell of two scores in the slice that is shown.
func (s *Screen) square(row, col int) square { return s.squareIn(row, col, s.slice) }

func (s *Screen) squareIn(row, col, slice int) (q square) {
	levels := s.frame.Scheme.Levels
	from := ((row-1)*levels[model.Frequency] + col - 1) * levels[model.Monetary]
	for m := levels[model.Monetary]; m >= 1; m-- {
		if slice > 0 && m != slice {
			continue
		}
		cell := from + m - 1
		q.customers += s.frame.Cells[cell].Customers
		q.revenue += s.frame.Cells[cell].Revenue
		at := slices.Index(q.owners, s.frame.CellSegments[cell])
		if at < 0 {
			at = len(q.owners)
			q.owners, q.shares = append(q.owners, s.frame.CellSegments[cell]), append(q.shares, 0)
		}
		q.shares[at] += s.frame.Cells[cell].Customers
	}
	return q
}

// Focused tells which cell is marked, whose it is and how many are in it.
func (s *Screen) Focused() string {
	if !s.ready() {
		return ""
	}
	q := s.square(s.row, s.col)
	name := s.scores() + " " + s.frame.Segments[q.owners[0]].Label
	if more := len(q.owners) - 1; more > 0 {
		name = s.scores() + " " + words.Plural(int64(more+1), "segment", "segments")
	}
	return name + ": " + words.Customers(q.customers)
}

// scores names the marked scores as the edges of the grid do: R5 F5 M5, or R5 F5
// with all slices.
func (s *Screen) scores() string {
	text := fmt.Sprintf("R%d F%d", s.row, s.col)
	if s.slice > 0 {
		text += fmt.Sprintf(" M%d", s.slice)
	}
	return text
}

// Typing is false: the root asks for text.
func (s *Screen) Typing() bool { return false }

// Key does nothing.
func (s *Screen) Key(tea.Msg) screen.Outcome { return screen.Outcome{} }

// Back has no step to go back.
func (s *Screen) Back() bool { return false }

// Took takes in a map that was read from a file.
func (s *Screen) Took(result any) screen.Outcome {
	if read, ok := result.(readMap); ok && s.bench != nil {
		return s.takeMap(read)
	}
	return screen.Outcome{}
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	if !s.ready() {
		line := cells.NewLine(s.width).Skip(2).Put(s.theme.Dim, catalogue.T("counting …")).String()
		return append([]string{line}, cells.Blank(s.width, s.height-1)...)
	}
	l := s.arrange()
	width, height := l.grid.Inner()
	lines := l.grid.Lines(s.theme, s.mapLines(l, width, height))
	width, height = l.list.Inner()
	list := l.list.Lines(s.theme, s.listLines(width, height))
	for i := range lines {
		lines[i] += list[i]
	}
	return append(lines, s.lintLines(l)...)
}

// others is the slug of the cells left over.
var others = rfm.Others()

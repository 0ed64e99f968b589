// Package data is the screen that answers "what are these figures made of?":
// the imported files with the account of their import on one page, the rows
// that were refused, and why, on the other.
package data

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// Bench is what the screen needs of the open workspace. [session.Bench] is one.
type Bench interface {
	Sources(ctx context.Context) ([]model.Source, error)
	Rejects(ctx context.Context) (*session.Rejects, error)
}

// Screen is the Data screen. It reads what it shows when it comes to the front
// for the first time.
type Screen struct {
	bench Bench // nil while the customers are being loaded
	asked bool  // what it shows is being read, or was
	err   error // why it could not be read

	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	page    page
	read    bool // sources hold what was imported
	sources []model.Source
	files   table.Table // of sources
	refused refused
}

// page is one of the screen's pages.
type page int

const (
	sourcesPage page = iota
	rejectsPage
	pageCount
)

// New makes the screen.
func New(th *theme.Theme) *Screen { return &Screen{theme: th} }

// Open gives the screen the workspace to read from, and its currency.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.symbol = b, words.Symbol(currency)
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.fit()
}

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// What reading came to.
type (
	readSources struct {
		sources []model.Source
		err     error
	}
	readRejects struct {
		rejects *session.Rejects
		err     error
	}
)

// Show reads what was imported, once.
func (s *Screen) Show(*session.Frame) screen.Outcome {
	if s.bench == nil || s.asked {
		return screen.Outcome{}
	}
	s.asked = true
	bench := s.bench
	return screen.Outcome{Work: func(ctx context.Context) any {
		sources, err := bench.Sources(ctx)
		return readSources{sources, err}
	}}
}

// Took takes in what was read or written.
func (s *Screen) Took(result any) screen.Outcome {
	if out, ok := table.Took(result); ok {
		return out
	}
	switch r := result.(type) {
	case readSources:
		if s.err = r.err; r.err != nil {
			return screen.Outcome{Err: r.err}
		}
		s.read, s.sources = true, r.sources
		s.files.Show(s.sourceView())
		s.fit()
		bench := s.bench
		return screen.Outcome{Work: func(ctx context.Context) any {
			rejects, err := bench.Rejects(ctx)
			return readRejects{rejects, err}
		}}
	case readRejects:
		if s.err = r.err; r.err != nil {
			return screen.Outcome{Err: r.err}
		}
		s.refused.all = r.rejects
		return s.choose(s.refused.source, "")
	}
	return screen.Outcome{}
}

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	switch id {
	case action.PageNext:
		s.page = (s.page + 1) % pageCount
	case action.PagePrevious:
		s.page = (s.page + pageCount - 1) % pageCount
	case action.PaneNext, action.PanePrevious:
		s.refused.inRows = !s.refused.inRows && s.page == rejectsPage
	case action.ShowMarked:
		return s.showMarked()
	case action.Export:
		return s.export()
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	default:
		out, _ := s.inFocus().Do(id)
		s.fit()
		return out
	}
	return screen.Outcome{}
}

// inFocus is the table that the keys walk.
func (s *Screen) inFocus() *table.Table {
	switch {
	case s.page == sourcesPage:
		return &s.files
	case s.refused.inRows:
		return &s.refused.rows
	}
	return &s.refused.reasons
}

// showMarked goes from a file to its refused rows, from a reason to the rows
// refused for it, and shows a row in full.
func (s *Screen) showMarked() screen.Outcome {
	switch {
	case s.page == sourcesPage:
		return s.showRejectsOf()
	case s.refused.inRows:
		return screen.Outcome{Read: s.wholeRow()}
	}
	return s.chooseMarkedReason()
}

// Back takes a filter away, and goes from the rows to the reasons, from a selection to all rows, and from
// the second page to the first.
func (s *Screen) Back() bool {
	r := &s.refused
	switch {
	case s.inFocus().Back():
		s.fit()
	case s.page == sourcesPage:
		return false
	case r.inRows:
		r.inRows = false
	case r.code != "" || r.source != 0:
		s.choose(0, "")
	default:
		s.page = sourcesPage
	}
	return true
}

// Focused names what is marked.
func (s *Screen) Focused() string {
	if s.page == sourcesPage {
		return s.focusedSource()
	}
	return s.focusedReject()
}

// Typing reports whether a filter is being typed.
func (s *Screen) Typing() bool { return s.inFocus().Typing() }

// Key changes the filter.
func (s *Screen) Key(msg tea.Msg) screen.Outcome {
	out := s.inFocus().Key(msg)
	s.fit()
	return out
}

// Cursor tells where the terminal's cursor stands while the filter is typed.
func (s *Screen) Cursor() (x, y int) {
	left, top := s.corner(s.inFocus())
	x, y = s.inFocus().Cursor()
	return left + x, top + y
}

// Click marks the cell under the mouse and gives its pane the focus, or sorts.
func (s *Screen) Click(x, y int) screen.Outcome {
	t := s.at(x, y)
	if t == nil {
		return screen.Outcome{}
	}
	s.refused.inRows = t == &s.refused.rows
	left, top := s.corner(t)
	if id := t.Click(x-left, y-top); id != "" {
		return s.Do(id)
	}
	return screen.Outcome{}
}

// Drag and Release do nothing: nothing on the screen is held.
func (s *Screen) Drag(int, int) screen.Outcome { return screen.Outcome{} }

// Release does nothing.
func (s *Screen) Release() {}

// Wheel moves the mark of the table under the mouse.
func (s *Screen) Wheel(x, y int, up bool) screen.Outcome {
	if t := s.at(x, y); t != nil {
		t.Wheel(up)
	}
	return screen.Outcome{}
}

// at returns the table under a cell of the screen, nil where there is none.
func (s *Screen) at(x, y int) *table.Table {
	reasons := s.reasonsPane()
	switch {
	case !s.read || s.page == sourcesPage && y >= s.sourcesPane().Height:
		return nil
	case s.page == sourcesPage:
		return &s.files
	case x < reasons.Width && y < reasons.Height:
		return &s.refused.reasons
	}
	return &s.refused.rows
}

// corner is where a table begins.
func (s *Screen) corner(t *table.Table) (x, y int) {
	p := s.reasonsPane()
	if t == &s.refused.rows {
		p, x, y = s.rowsPane()
	}
	left, top := p.Origin()
	return x + left, y + top
}

// fit gives the tables the room there is.
func (s *Screen) fit() {
	s.files.SetSize(s.sourcesPane().Inner())
	s.refused.reasons.SetSize(s.reasonsPane().Inner())
	rows, _, _ := s.rowsPane()
	s.refused.rows.SetSize(rows.Inner())
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	switch {
	case s.width <= 0 || s.height <= 0:
		return cells.Blank(s.width, s.height)
	case s.err != nil:
		return s.message(s.err.Error())
	case !s.read:
		return s.message(catalogue.T("reading the imports …"))
	case s.page == sourcesPage:
		return s.sourceLines()
	case s.refused.all == nil:
		return s.message(catalogue.T("reading the refused rows …"))
	case s.refused.all.Len() == 0:
		return s.message(catalogue.T("Every row was accepted: there is nothing to list here."))
	}
	return s.rejectLines()
}

// message fills the screen with a sentence.
func (s *Screen) message(text string) []string {
	p := pane.Pane{Title: catalogue.T("Data"), Width: s.width, Height: s.height}
	width, _ := p.Inner()
	content := cells.Blank(width, 1)
	for _, line := range cells.Wrap(cells.Clean(text), width) {
		content = append(content, cells.NewLine(width).Put(s.theme.Dim, line).String())
	}
	return p.Lines(s.theme, content)
}

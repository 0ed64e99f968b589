// Package scenarios is the screen that answers "what have I tried?": the
// scenarios kept in the workspace beside the log of every edit, to be opened,
// compared with and gone back to.
package scenarios

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
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
	Scenarios(ctx context.Context) ([]model.Scenario, error)
	ScenarioAhead(name string) func(context.Context) (*session.Ahead, error)
	OpenScenario(name string) (customers int64, revenue model.Money, err error)
	CompareWithScenario(name string) error
	NoteScenario(name, note string) error
	RenameScenario(from, to string) error
	CopyScenario(from, to string) error
	DeleteScenario(name string) error
	ExportScenario(name, path string) error
	TiersOf() func(ctx context.Context, scheme model.Scheme) ([]int64, error)
	SchemeText() (string, error)
	WriteScheme(path string) error
	Beside() []string
	ToggleBeside(name string) (marked bool, err error)

	LogLength() int
	LogAt() int
	LogPage(from, to int) func(context.Context) ([]session.LogEntry, error)
	JumpAhead(number int) func(context.Context) (*session.Ahead, error)
	JumpTo(number int) (label string, err error)
}

// Screen is the Scenarios screen.
type Screen struct {
	bench    Bench // nil while the customers are being loaded
	currency string
	frame    *session.Frame
	err      error // why the workspace could not be read

	theme         *theme.Theme
	width, height int

	inLog bool // the log has the focus
	read  bool // kept holds what there is
	kept  []kept
	list  table.Table // of kept
	tiers tierCounts
	// called are the names that a scenario had and has, until it is read anew: the
	// mark stays on it.
	called *[2]string

	log  table.Table // of all edits, the newest first
	page page        // those of them that are at hand
}

// New makes the screen.
func New(currency string, th *theme.Theme) *Screen { return &Screen{currency: currency, theme: th} }

// Open gives the screen the workspace.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.currency, s.tiers = b, currency, tierCounts{}
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.fit()
}

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Show takes in the answer and reads the scenarios and the log anew: edits
// change both.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	s.frame = f
	if s.bench == nil {
		return screen.Outcome{}
	}
	followed := s.markedNumber() == s.page.at
	s.page.at = s.bench.LogAt()
	s.tell()
	if followed || !s.read {
		s.log.MarkRow(s.bench.LogLength() - s.page.at)
	}
	return s.refresh()
}

// tell shows what is known now.
func (s *Screen) tell() {
	s.list.Show(s.listView())
	s.log.Show(s.logView())
	s.fit()
}

// reading is what reading the workspace came to.
type reading struct {
	kept []kept
	page []session.LogEntry
	err  error
}

// refresh reads the scenarios, and the edits on the screen with some around
// them.
func (s *Screen) refresh() screen.Outcome {
	bench := s.bench
	from, to := s.window()
	page := bench.LogPage(from, to)
	return screen.Outcome{Work: func(ctx context.Context) any {
		all, err := bench.Scenarios(ctx)
		if err != nil {
			return reading{err: err}
		}
		entries, err := page(ctx)
		return reading{readAll(all), entries, err}
	}}
}

// Took takes in what was read.
func (s *Screen) Took(result any) screen.Outcome {
	if counted, ok := result.(tierCounts); ok {
		s.tiers.learn(counted)
		s.tell()
		return s.wanted()
	}
	r, ok := result.(reading)
	if !ok {
		return screen.Outcome{}
	}
	if s.err = r.err; r.err != nil {
		return screen.Outcome{Err: r.err} // the next key tries again
	}
	marked, _ := s.marked()
	first := !s.read
	s.read, s.kept, s.page.entries = true, r.kept, r.page
	if s.tell(); first {
		const what = 1
		s.log.Mark(s.bench.LogLength()-s.page.at, what)
	}
	for i, k := range s.kept {
		if k.Name == marked.Name || s.called != nil && *s.called == [2]string{marked.Name, k.Name} {
			s.list.MarkRow(i)
		}
	}
	s.called = nil
	return s.wanted()
}

// wanted reads the edits on the screen where they are not at hand, and then counts the
// tiers of scenarios.
func (s *Screen) wanted() screen.Outcome {
	switch {
	case s.bench == nil:
		return screen.Outcome{}
	case s.err == nil && s.page.holds(s.visible()):
		return s.count()
	}
	return s.refresh()
}

// Focused names what is marked.
func (s *Screen) Focused() string {
	if s.inLog {
		return s.focusedEdit()
	}
	marked, _ := s.marked()
	return marked.Name
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
	s.inLog = t == &s.log
	left, top := s.corner(t)
	if id := t.Click(x-left, y-top); id != "" {
		return s.Do(id)
	}
	return s.wanted()
}

// corner is where a table begins.
func (s *Screen) corner(t *table.Table) (x, y int) {
	p := s.listPane()
	if t == &s.log {
		p, x, y = s.logPane()
	}
	left, top := p.Origin()
	return x + left, y + top
}

// Drag does nothing: nothing on the screen is held.
func (s *Screen) Drag(int, int) screen.Outcome { return screen.Outcome{} }

// Release does nothing.
func (s *Screen) Release() {}

// Wheel moves the mark of the table under the mouse.
func (s *Screen) Wheel(x, y int, up bool) screen.Outcome {
	if t := s.at(x, y); t != nil {
		t.Wheel(up)
	}
	return s.wanted()
}

// Back takes a filter away, and goes from the log to the scenarios.
func (s *Screen) Back() bool {
	if s.inFocus().Back() {
		s.fit()
		return true
	}
	was := s.inLog
	s.inLog = false
	return was
}

// at returns the table under a cell of the screen, nil where there is none.
func (s *Screen) at(x, y int) *table.Table {
	switch {
	case !s.read:
		return nil
	case s.beside() && x >= s.listWidth(), !s.beside() && y >= s.listHeight():
		return &s.log
	case y < s.listHeight():
		return &s.list
	}
	return nil
}

// beside reports whether the log stands beside the scenarios; where the screen
// is narrow it stands below.
func (s *Screen) beside() bool {
	const least = 110
	return s.width >= least
}

func (s *Screen) listWidth() int {
	const roomy = 150
	switch {
	case !s.beside():
		return s.width
	case s.width < roomy:
		return s.width * 2 / 5
	}
	return s.width * 9 / 20
}

// listHeight is how high the scenarios are drawn: no higher than they need, so
// that what is marked is told below them, or the log has more room.
func (s *Screen) listHeight() int {
	const frame, least = 2, 6
	most := s.height / 2
	if !s.beside() {
		most = s.height * 2 / 5
	}
	return min(max(min(s.list.Tallest()+frame, most), least), s.height)
}

func (s *Screen) logHeight() int {
	if s.beside() {
		return s.height
	}
	return s.height - s.listHeight()
}

// footHeight is how high the marked edit is told in full below the log.
func (s *Screen) footHeight() int {
	const least, foot = 12, 3
	if s.logHeight() < least {
		return 0
	}
	return foot
}

// fit gives the tables the room there is.
func (s *Screen) fit() {
	s.list.SetSize(s.listPane().Inner())
	p, _, _ := s.logPane()
	width, height := p.Inner()
	s.log.SetSize(width, height-s.footHeight())
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	switch {
	case s.width <= 0 || s.height <= 0:
		return cells.Blank(s.width, s.height)
	case s.err != nil:
		return s.message(s.err.Error())
	case !s.read:
		return s.message(catalogue.T("reading the scenarios …"))
	case !s.beside():
		return append(s.listLines(), s.logLines()...)
	}
	left := append(s.listLines(), s.detailLines(s.height-s.listHeight())...)
	right := s.logLines()
	lines := make([]string, s.height)
	for i := range lines {
		lines[i] = left[i] + right[i]
	}
	return lines
}

// message fills the screen with a sentence.
func (s *Screen) message(text string) []string {
	p := pane.Pane{Title: catalogue.T("Scenarios"), Width: s.width, Height: s.height}
	width, _ := p.Inner()
	content := cells.Blank(width, 1)
	for _, line := range cells.Wrap(cells.Clean(text), width) {
		content = append(content, cells.NewLine(width).Put(s.theme.Dim, line).String())
	}
	return p.Lines(s.theme, content)
}

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	switch id {
	case action.PaneNext, action.PanePrevious:
		s.inLog = !s.inLog
	case action.ScenarioOpen:
		return s.open()
	case action.ScenarioBaseline, action.ScenarioBeside, action.ScenarioNote, action.ScenarioName,
		action.ScenarioCopy, action.ScenarioDelete, action.ScenarioFile:
		return s.doWithMarked(id)
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	case action.SortColumn, action.Filter:
		if s.inLog { // of which a page is at hand
			return screen.Outcome{Note: catalogue.T("the log has the order of its edits")}
		}
		s.list.Do(id)
		s.fit()
	default:
		if out, _ := s.inFocus().Do(id); out.Choose != nil {
			return out
		}
	}
	return s.wanted()
}

// inFocus is the table that the keys walk.
func (s *Screen) inFocus() *table.Table {
	if s.inLog {
		return &s.log
	}
	return &s.list
}

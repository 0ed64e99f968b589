package scenarios

import (
	"strings"
	"time"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// page is a run of edits, the newest first, out of a log that may be long.
type page struct {
	entries []session.LogEntry
	at      int // number of the current edit
}

// holds reports whether edits are at hand, from one number down to another.
func (p page) holds(from, to int) bool {
	n := len(p.entries)
	return n > 0 && p.entries[0].Number >= from && p.entries[n-1].Number <= to
}

// entry returns an edit, and false while it is being read.
func (p page) entry(number int) (session.LogEntry, bool) {
	if len(p.entries) == 0 {
		return session.LogEntry{}, false
	}
	i := p.entries[0].Number - number
	if i < 0 || i >= len(p.entries) {
		return session.LogEntry{}, false
	}
	return p.entries[i], true
}

// visible returns the numbers of the first and the last edit on the screen.
func (s *Screen) visible() (from, to int) {
	first, end := s.log.Visible()
	last := s.bench.LogLength()
	return last - first, last - max(end-1, first)
}

// window is what is read around the edits on the screen, so that walking on
// finds them at hand.
func (s *Screen) window() (from, to int) {
	from, to = s.visible()
	around := 4 * max(s.height, 10)
	return min(from+around, s.bench.LogLength()), max(to-around, 0)
}

// markedNumber returns the number of the marked edit.
func (s *Screen) markedNumber() int {
	row, _, ok := s.log.Marked()
	if !ok {
		return s.page.at
	}
	return s.log.Rows() - 1 - row
}

func (s *Screen) focusedEdit() string {
	return catalogue.T("edit {number} of {all}", "number", words.Count(int64(s.markedNumber())), "all", words.Count(int64(s.log.Rows()-1)))
}

// The signs of where an edit lies in the tree.
const (
	signNow    = "●"
	signPath   = "│"
	signUndone = "┆"
	signBranch = "├"
)

func sign(e session.LogEntry) string {
	switch {
	case e.Current:
		return signNow
	case e.OnPath:
		return signPath
	case e.Undone():
		return signUndone
	}
	return signBranch
}

// deepest is how many branches are drawn further in; those beyond are told by
// their number.
const deepest = 6

// label is what an edit did, behind where it lies in the tree: a branch further in.
func label(e session.LogEntry) string {
	label := strings.Repeat("  ", min(e.Branch, deepest)) + sign(e) + " " + cells.Clean(e.Label)
	if e.Number > 0 && e.Parent != e.Number-1 {
		label += catalogue.T(" (after {parent})", "parent", words.Count(int64(e.Parent)))
	}
	return label
}

// edit is a row of the log; one that is not at hand is being read.
type edit struct {
	session.LogEntry
	read bool
}

// edits are the rows of the log, of which a page is at hand.
type edits struct {
	page page
	last int
}

func (e edits) Len() int { return e.last + 1 }

func (e edits) At(i int) edit {
	entry, read := e.page.entry(e.last - i)
	entry.Number = e.last - i
	return edit{entry, read}
}

func (s *Screen) logView() answer.View {
	const in = answer.Everyone | answer.Screen
	// Nothing is told of the beginning, at which nobody was reclassified.
	figure := func(v func(edit) answer.Value) func(edit) answer.Value {
		return func(e edit) answer.Value {
			if !e.read || e.Number == 0 {
				return v(e).Untold()
			}
			return v(e)
		}
	}
	t := answer.TableOf("edits", edits{s.page, s.bench.LogLength()}, []answer.Column[edit]{
		{Key: "edit", Title: catalogue.T("edit"), In: in, Of: func(e edit) answer.Value { return answer.Count(e.Number) }, Tone: func(edit) answer.Tone { return answer.Dim }},
		{Key: "what", Title: catalogue.T("what"), In: in, Of: func(e edit) answer.Value {
			if !e.read {
				return answer.Text("").Told("…")
			}
			return answer.Text(e.Label).Told(label(e.LogEntry))
		}, Tone: func(e edit) answer.Tone {
			switch {
			case e.Current:
				return answer.Bright
			case !e.OnPath:
				return answer.Dim
			}
			return answer.Plain
		}},
		{Key: "customers", Title: catalogue.T("customers"), Light: 1, In: in, Of: figure(func(e edit) answer.Value { return answer.Count(e.Customers) })},
		{Key: "revenue", Title: catalogue.T("revenue"), Light: 2, In: in, Of: figure(func(e edit) answer.Value { return answer.Money(e.Revenue) })},
		{Key: "when", Title: catalogue.T("when"), Light: 3, In: in, Of: func(e edit) answer.Value {
			return answer.If(!e.At.IsZero(), answer.Text(e.At.Format(time.RFC3339)).Told(when(e.At))).OrNothing()
		}},
	})
	t.Symbol = words.Symbol(s.currency)
	return t.In(answer.Screen)
}

// logPane is where the log lies.
func (s *Screen) logPane() (p pane.Pane, x, y int) {
	p = pane.Pane{
		Title: catalogue.T("Log"), Width: s.width, Height: s.logHeight(), Focused: s.inLog,
		Note: catalogue.T("{sign_now} now  {sign_undone} undone  {sign_branch} branch", "sign_now", signNow, "sign_undone", signUndone, "sign_branch", signBranch),
	}
	if !s.beside() {
		return p, 0, s.listHeight()
	}
	p.Width -= s.listWidth()
	return p, s.listWidth(), 0
}

// logLines draws the edits on the screen.
func (s *Screen) logLines() []string {
	p, _, _ := s.logPane()
	inner, rows := p.Inner()
	rows -= s.footHeight()
	content := s.log.Lines(s.theme, s.inLog)
	if s.log.Rows() == 1 && rows > len(content)+1 {
		content = append(content, cells.Blank(inner, 1)...)
		for _, text := range cells.Wrap(catalogue.T("No edits yet. Each edit will be listed here, and [Enter] goes back to any of them."), inner) {
			content = append(content, cells.NewLine(inner).Put(s.theme.Dim, text).String())
		}
	}
	content = append(content, cells.Blank(inner, rows-len(content))...)
	return p.Lines(s.theme, append(content, s.foot(inner)...))
}

// foot tells the marked edit in full.
func (s *Screen) foot(width int) []string {
	e, ok := s.page.entry(s.markedNumber())
	height := s.footHeight()
	if !ok || e.Number == 0 || height == 0 {
		return nil
	}
	text := e.At.Local().Format("2006-01-02 15:04") + " · " + s.told(e)
	foot := []string{cells.NewLine(width).Repeat(s.theme.Faint, "─", width).String()}
	for _, part := range cells.Wrap(cells.Clean(text), width) {
		foot = append(foot, cells.NewLine(width).Put(s.theme.Dim, part).String())
	}
	return foot[:min(len(foot), height)]
}

// told is an edit in full. A label that tells how many it is about does not tell
// it twice, and keeping a scenario is not expected to change anything.
func (s *Screen) told(e session.LogEntry) string {
	revenue := catalogue.T("{revenue} reclassified", "revenue", words.Brief(e.Revenue, words.Symbol(s.currency)))
	switch customers := words.Customers(e.Customers); {
	case e.Customers > 0 && strings.HasSuffix(e.Label, ", "+customers):
		return e.Label + ", " + revenue
	case e.Customers > 0:
		return e.Label + ", " + customers + ", " + revenue
	case e.Saved():
		return e.Label
	}
	return catalogue.T("{label}: nobody is reclassified", "label", e.Label)
}

func when(t time.Time) string { return t.Local().Format("01-02 15:04") }

package scenarios

import (
	"strings"
	"time"

	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
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
	row, ok := s.log.Marked()
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

// logColumns are the widths of the log's columns; 0 where there is no room.
type logColumns struct{ number, customers, revenue, when int }

func (s *Screen) logColumns(width int) logColumns {
	const leastLabel, revenue = 26, 9
	customers := cells.Width(catalogue.T("customers"))
	c := logColumns{number: max(len(words.Count(int64(s.log.Rows()))), cells.Width(catalogue.T("edit")))}
	rest := width - rowMark - c.number - columnGap - leastLabel
	take := func(w int) int {
		if rest < w+columnGap {
			return 0
		}
		rest -= w + columnGap
		return w
	}
	c.customers = take(customers)
	rest -= max(s.widestLabel()-leastLabel, 0) // what is cut off the label is told nowhere, the rest below
	c.revenue = take(revenue)
	c.when = take(len("11-22 00:05"))
	return c
}

// widestLabel is how wide the labels of the edits on the screen are.
func (s *Screen) widestLabel() int {
	widest := 0
	from, to := s.visible()
	for number := to; number <= from; number++ {
		if e, ok := s.page.entry(number); ok {
			widest = max(widest, cells.Width(s.label(e)))
		}
	}
	return widest
}

// deepest is how many branches are drawn further in; those beyond are told by
// their number.
const deepest = 6

// label is what an edit did, behind where it lies in the tree.
func (s *Screen) label(e session.LogEntry) string {
	label := strings.Repeat("  ", min(e.Branch, deepest)) + sign(e) + " " + cells.Clean(e.Label)
	if e.Number > 0 && e.Parent != e.Number-1 {
		label += catalogue.T(" (after {parent})", "parent", words.Count(int64(e.Parent)))
	}
	return label
}

// logLines draws the edits on the screen.
func (s *Screen) logLines(width int) []string {
	p := pane.Pane{
		Title: catalogue.T("Log"), Width: width, Height: s.logHeight(), Focused: s.inLog,
		Note: catalogue.T("{sign_now} now  {sign_undone} undone  {sign_branch} branch", "sign_now", signNow, "sign_undone", signUndone, "sign_branch", signBranch),
	}
	inner, rows := p.Inner()
	rows -= s.footHeight()
	c := s.logColumns(inner)
	content := []string{c.head(s.theme, inner)}
	from, to := s.log.Visible()
	marked, _ := s.log.Marked()
	for row := from; row < to; row++ {
		content = append(content, s.logRow(c, s.log.Rows()-1-row, row == marked, inner))
	}
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

func (c logColumns) head(th *theme.Theme, width int) string {
	line := cells.NewLine(width).PutRight(th.Dim, catalogue.T("edit"), rowMark+c.number).Skip(columnGap).Put(th.Dim, catalogue.T("what"))
	for _, column := range c.right(width) {
		line.PutRight(th.Dim, column.title, column.end)
	}
	return line.String()
}

// rightColumn is a column that is aligned right.
type rightColumn struct {
	title string
	end   int
	text  func(e session.LogEntry, symbol string) string
}

// right returns the columns on the right of the label, from the left.
func (c logColumns) right(width int) []rightColumn {
	var all []rightColumn
	end := width
	put := func(w int, title string, text func(session.LogEntry, string) string) {
		if w > 0 {
			all = append([]rightColumn{{title, end, text}}, all...)
			end -= w + columnGap
		}
	}
	put(c.when, catalogue.T("when"), func(e session.LogEntry, _ string) string { return when(e.At) })
	put(c.revenue, catalogue.T("revenue"), func(e session.LogEntry, symbol string) string {
		if e.Number == 0 {
			return ""
		}
		return words.Brief(e.Revenue, symbol)
	})
	put(c.customers, catalogue.T("customers"), func(e session.LogEntry, _ string) string {
		if e.Number == 0 {
			return ""
		}
		return words.Count(e.Customers)
	})
	return all
}

// labelEnd is where the label ends.
func (c logColumns) labelEnd(width int) int {
	for _, w := range []int{c.customers, c.revenue, c.when} {
		if w > 0 {
			width -= w + columnGap
		}
	}
	return width
}

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("01-02 15:04")
}

// logRow draws an edit: a branch further in, what was taken back in the second
// voice.
func (s *Screen) logRow(c logColumns, number int, marked bool, width int) string {
	th := s.theme
	line := cells.NewLine(width)
	e, ok := s.page.entry(number)
	style := th.Text
	if !e.OnPath {
		style = th.Dim
	}
	if marked {
		line.Put(th.Accent, "▸")
		if style = th.Strong; s.inLog {
			style = th.Selected
		}
	}
	line.PutRight(th.Dim, words.Count(int64(number)), rowMark+c.number).Skip(columnGap)
	if !ok {
		return line.Put(th.Dim, "…").String()
	}
	graphStyle := th.Dim
	if e.Current {
		graphStyle = th.Accent
	}
	graph, label, _ := strings.Cut(s.label(e), sign(e))
	line.Put(graphStyle, graph+sign(e))
	line.Put(style, cells.Fit(label, c.labelEnd(width)-line.At()))
	symbol := words.Symbol(s.currency)
	for _, column := range c.right(width) {
		line.PutRight(th.Text, column.text(e, symbol), column.end)
	}
	return line.String()
}

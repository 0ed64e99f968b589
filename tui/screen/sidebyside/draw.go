package sidebyside

import (
	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/moves"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// headRows are the lines above the rows: what the columns are, and their names.
const headRows = 2

// layout is where the columns lie.
type layout struct {
	pane   pane.Pane
	who    pane.Pane // the small matrices; no height without room
	rows   int       // lines of the table
	label  int
	from   int // the first column drawn after the first side, which always is
	to     int
	column widths
}

// widths are those of the parts of a column.
type widths struct {
	text, share, change int
	gap                 int // before the column
}

// first and other return the width of the first column, which is compared with
// nothing, and of the others.
func (w widths) first() int { return w.gap + w.text + w.share }
func (w widths) other() int { return w.first() + w.change }

const (
	widestLabel  = 24
	widestGap    = 12
	leastGap     = 2
	between      = 2  // the parts of a cell
	matricesFrom = 40 // of the screen's height
	widestText   = 24
)

// arrange divides the screen. Shares go first where the columns do not fit,
// then the columns scroll; the first always stands.
func (s *Screen) arrange() layout {
	l := layout{pane: pane.Pane{
		Title: catalogue.T("Side by side"), Note: catalogue.T("composition: a new rule earns nothing"), Width: s.width, Height: s.height, Focused: true,
	}}
	if s.waiting() && s.sides != nil {
		l.pane.Note = catalogue.T("working out the schemes …")
	}
	width, _ := l.pane.Inner()
	l.measure(s.table)
	others := max(len(s.sides)-1, 0)
	needed := func() int { return l.label + l.column.first() + others*l.column.other() }
	if needed() > width {
		l.column.share = 0
	}
	if spare := width - needed(); spare > 0 && len(s.sides) > 0 {
		l.column.gap = min(l.column.gap+spare/len(s.sides), widestGap)
	}
	fit := max((width-l.label-l.column.first())/max(l.column.other(), 1), 1)
	l.from = min(max(s.column-fit+1, 1), max(len(s.sides)-fit, 1))
	l.to = min(l.from+fit, len(s.sides))
	s.addMatrices(&l)
	_, height := l.pane.Inner()
	l.rows = max(height-headRows, 0)
	return l
}

// measure finds what labels and the parts of a cell need.
func (l *layout) measure(table []row) {
	l.column.gap = leastGap
	for _, r := range table {
		if !r.heading { // which has the line for itself
			l.label = max(l.label, min(cells.Width(cells.Clean(r.label))+r.indent(), widestLabel))
		}
		for _, c := range r.cells {
			if !c.wide {
				l.column.text = max(l.column.text, cells.Width(c.text))
			}
			if c.share != "" {
				l.column.share = max(l.column.share, cells.Width(c.share)+between)
			}
			if c.change != "" {
				l.column.change = max(l.column.change, cells.Width(c.change)+between)
			}
		}
	}
	for _, r := range table {
		for _, c := range r.cells {
			if c.wide {
				l.column.text = max(l.column.text, min(cells.Width(cells.Clean(c.text)), widestText)-l.column.share)
			}
		}
	}
}

func (r row) indent() int {
	switch {
	case r.heading:
		return 0
	case r.tier != "" && !r.isTier:
		return 3
	}
	return 1
}

// columnAt returns the side drawn at a column of the content.
func (l layout) columnAt(x int) (int, bool) {
	switch x -= l.label; {
	case x < 0:
		return 0, false
	case x < l.column.first():
		return 0, true
	}
	column := l.from + (x-l.column.first())/max(l.column.other(), 1)
	return column, column < l.to
}

// addMatrices makes room for who moves from the baseline to each.
func (s *Screen) addMatrices(l *layout) {
	const frame, head, rows = 2, 1, 4
	if s.height < matricesFrom || len(s.sides) < 2 {
		return
	}
	for _, side := range s.sides[1:] {
		v := small(side)
		if v.Table == nil {
			return
		}
		if v.Width = l.column.other() - leastGap; !v.FitsInFull() {
			return
		}
	}
	l.who = pane.Pane{
		Title: catalogue.T("Who moves from the baseline to each · tiers, customers"), Width: s.width, Height: frame + head + rows,
	}
	l.pane.Height -= l.who.Height
}

// small is the migration between the tiers of the baseline and another scheme.
func small(side session.Side) *moves.View {
	return &moves.View{Table: moves.NewTable(side.Frame.Moves, true, moves.OfSchemes), Plain: true}
}

// waiting reports whether the columns are being worked out.
func (s *Screen) waiting() bool { return s.answered == nil }

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	l := s.arrange()
	width, height := l.pane.Inner()
	if s.sides == nil {
		says := catalogue.T("working out the schemes …")
		return l.pane.Lines(s.theme, []string{cells.NewLine(width).Put(s.theme.Dim, says).String()})
	}
	lines := s.head(l, width)
	from, to := s.rows.Visible()
	mark, _ := s.rows.Marked()
	for i := from; i < min(to, from+l.rows); i++ {
		lines = append(lines, s.line(l, s.table[i], i == mark, width))
	}
	drawn := l.pane.Lines(s.theme, lines[:min(len(lines), height)])
	if l.who.Height > 0 {
		drawn = append(drawn, l.who.Lines(s.theme, s.matrices(l))...)
	}
	return drawn
}

// drawnColumns lists the sides on the screen.
func (l layout) drawnColumns() []int {
	all := []int{0}
	for i := l.from; i < l.to; i++ {
		all = append(all, i)
	}
	return all
}

// end returns where a column ends.
func (l layout) end(column int) int {
	if column == 0 {
		return l.label + l.column.first()
	}
	return l.label + l.column.first() + (column-l.from+1)*l.column.other()
}

// head draws what each column is, and its name.
func (s *Screen) head(l layout, width int) []string {
	roles, names := cells.NewLine(width), cells.NewLine(width)
	if l.from > 1 {
		names.SkipTo(max(l.label-1, 0)).Put(s.theme.Accent, "◂")
	}
	for _, i := range l.drawnColumns() {
		style := s.theme.Strong
		if i == s.column {
			style = s.theme.Selected
		}
		end, room := l.end(i), l.column.other()-l.column.gap
		if i == 0 {
			room = l.column.first() - l.column.gap
		}
		roles.PutRight(s.theme.Dim, s.role(i), end)
		names.PutRight(style, cells.Fit(cells.Clean(name(s.sides[i])), room), end)
	}
	if l.to < len(s.sides) {
		names.SkipTo(width-1).Put(s.theme.Accent, "▸")
	}
	return []string{roles.String(), names.String()}
}

// role says what a side is; the first is the baseline, the working scheme, too,
// where both say the same.
func (s *Screen) role(i int) string {
	switch role := s.sides[i].Role; {
	case role == session.RoleWorking && i == 0:
		return catalogue.T("active, baseline")
	case role == session.RoleWorking:
		return catalogue.T("active")
	case role == session.RoleBaseline:
		return catalogue.T("baseline")
	case role == session.RolePreset:
		return catalogue.T("preset")
	}
	return catalogue.T("scenario")
}

// name is what a side is called.
func name(side session.Side) string {
	return session.EditedMark(side.Name, side.Frame.Edited)
}

// line draws a row.
func (s *Screen) line(l layout, r row, marked bool, width int) string {
	line := cells.NewLine(width)
	style, figureStyle := s.theme.Text, s.theme.Text
	switch {
	case r.heading:
		style = s.theme.AccentStrong
	case r.isTier:
		style, figureStyle = s.theme.TierStrong(r.tier), s.theme.Strong
	}
	if marked {
		line.Put(s.theme.AccentStrong, "▸")
		if !r.heading {
			style = s.theme.Selected
		}
	}
	if r.says != "" {
		line.SkipTo(1)
		return line.Put(s.theme.Dim, cells.Fit(r.says, line.Left())).String()
	}
	line.SkipTo(max(r.indent(), 1))
	room := max(l.label-r.indent(), 1)
	if r.heading {
		room = line.Left()
	}
	line.Put(style, cells.Fit(cells.Clean(r.label), room))
	if r.heading {
		line.Skip(1)
		return line.Repeat(s.theme.Faint, "─", width-line.At()).String()
	}
	for _, i := range l.drawnColumns() {
		c, end := r.cells[i], l.end(i)
		if i > 0 {
			end -= l.column.change
		}
		if c.wide {
			room := l.column.text + l.column.share
			line.PutRight(figureStyle, cells.Fit(cells.Clean(c.text), room), end)
		} else {
			line.PutRight(figureStyle, c.text, end-l.column.share)
			if l.column.share > 0 {
				line.PutRight(s.theme.Dim, c.share, end)
			}
		}
		if c.change != "" {
			line.PutRight(s.changeStyle(c), c.change, l.end(i))
		}
	}
	return line.String()
}

func (s *Screen) changeStyle(c cell) theme.Style {
	switch {
	case c.rises > 0:
		return s.theme.Up
	case c.rises < 0:
		return s.theme.Down
	case c.change == "·":
		return s.theme.Faint
	}
	return s.theme.Warning
}

// matrices draws who moves, below each column.
func (s *Screen) matrices(l layout) []string {
	width, height := l.who.Inner()
	lines := make([]*cells.Line, height)
	for i := range lines {
		lines[i] = cells.NewLine(width)
	}
	for _, i := range l.drawnColumns()[1:] {
		v := small(s.sides[i])
		v.Width, v.Height = l.column.other()-leastGap, height
		for n, drawn := range v.Lines(s.theme) {
			lines[n].SkipTo(l.end(i)-v.Width).Join(drawn, v.Width)
		}
	}
	drawn := make([]string, height)
	for i, line := range lines {
		drawn[i] = line.String()
	}
	return drawn
}

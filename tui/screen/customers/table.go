package customers

import (
	"cmp"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// layout is where the list, and beside it the choice of columns, lie.
type layout struct {
	list, side pane.Pane
	rows       int // lines of people
	filter     bool
}

// Lines that the list takes beside people.
const (
	headerRows = 1
	filterRows = 1
)

const (
	widestText   = 24 // of a key, a name, an attribute
	widestReason = 44 // two measures and how they score
	chooserWidth = 32
	whoWidth     = 60  // of what is told about the marked person beside the list
	whoFrom      = 170 // the width from which there is room for it
	widestGap    = 3   // between columns, where there is room for all of them
)

func (s *Screen) arrange() layout {
	l := layout{
		list:   pane.Pane{Title: s.title(), Note: s.note(), Width: s.width, Height: s.height, Focused: s.chooser == nil},
		filter: s.typing != nil || s.matched,
	}
	switch {
	case s.chooser != nil:
		l.side = pane.Pane{Title: catalogue.T("Columns"), Note: "⏎", Width: min(chooserWidth, s.width/2), Height: s.height, Focused: true}
	case s.width >= whoFrom:
		l.side = pane.Pane{Title: catalogue.T("This customer"), Note: "⏎", Width: whoWidth, Height: s.height}
	}
	l.list.Width -= l.side.Width
	_, height := l.list.Inner()
	l.rows = max(height-headerRows, 0)
	if l.filter {
		l.rows = max(l.rows-filterRows, 0)
	}
	return l
}

// title says who is listed, which days are compared, and what limits their figures;
// of the days, and whom they concern, nothing is cut for want of room.
func (s *Screen) title() string {
	words := []string{catalogue.T("Customers")}
	if t := s.wanted.Query.Title; t != "" {
		words = append(words, t)
	}
	if s.frame == nil {
		return strings.Join(words, between)
	}
	days, two := s.days()
	if !two {
		return strings.Join(append(words, session.Counted(s.frame.Scheme.Spec)...), between)
	}
	words = append(words, days.String())
	if room := s.width - titleFrame - cells.Width(s.note()); len(words) > 2 && cells.Width(strings.Join(words, between)) > room {
		words = words[1:]
	}
	return strings.Join(append(words, session.Limits(s.frame.Scheme.Spec)...), between)
}

const (
	between    = " · "
	titleFrame = 10 // what the border of a pane takes beside its title and its note
)

// days are the two days that the list compares.
func (s *Screen) days() (session.TwoDays, bool) { return s.roster.Days(s.wanted.Query) }

// saidBeside are columns that say in every row what the screen says beside the
// list: what is counted, and which days are compared.
func (s *Screen) saidBeside() (header, cell []string) {
	header, cell = session.CountedColumn(s.frame.Scheme.Spec)
	if days, two := s.days(); two {
		titles, texts := days.Columns()
		header, cell = append(header, titles...), append(cell, texts...)
	}
	return header, cell
}

func (s *Screen) note() string {
	switch {
	case s.people == nil:
		return ""
	case s.pending:
		return "…"
	}
	n, q := int64(s.people.Len()), s.people.Request.Query
	people := words.Plural(n, "customer", "customers")
	if s.frame == nil || len(session.Limits(s.frame.Scheme.Spec)) == 0 || q.Left || q.Among != nil {
		return people
	}
	// Of whom, where a filter or a window decides who that is: the customers of the header.
	if all := s.frame.Total.Customers; n < all {
		people = catalogue.T("{count} of {all}", "count", words.Count(n), "all", words.Plural(all, "customer", "customers"))
	}
	return catalogue.T("{customers} tiered", "customers", people)
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.frame == nil || s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	if s.profile != nil {
		return s.profile.lines(s.theme, s.symbol, s.width, s.height)
	}
	l := s.arrange()
	width, _ := l.list.Inner()
	var content []string
	switch {
	case s.people == nil && s.bench != nil && !s.pending:
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("The list could not be assembled. [a] tries again.")).String()}
	case s.people == nil:
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("assembling the list …")).String()}
	case s.people.Len() == 0:
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("No customers. [Esc] goes back, [a] lists all.")).String()}
	default:
		content = s.table(width, l.rows)
	}
	if l.filter {
		content = append(content, cells.Blank(width, headerRows+l.rows-len(content))...)
		content = append(content, s.filterLine(width))
	}
	lines := l.list.Lines(s.theme, content)
	if l.side.Width == 0 {
		return lines
	}
	for i, line := range l.side.Lines(s.theme, s.sideLines(l.side)) {
		lines[i] += line
	}
	return lines
}

// sideLines draws what stands beside the list: the choice of columns, or where
// the marked person stands.
func (s *Screen) sideLines(p pane.Pane) []string {
	if s.chooser != nil {
		return s.chooserLines(p)
	}
	row, ok := s.rows.Marked()
	if s.people == nil || !ok {
		return nil
	}
	width, height := p.Inner()
	who := profile{Profile: s.people.Standing(s.place(row))}
	lines := who.whoLines(s.theme, s.symbol, width)
	return lines[:min(len(lines), height)]
}

// table draws the header and the people on the screen.
func (s *Screen) table(width, rows int) []string {
	columns := s.columns()
	from, to := s.rows.Visible()
	to = min(to, from+rows)
	people := make([]session.Person, 0, max(to-from, 0))
	for row := from; row < to; row++ {
		people = append(people, s.people.At(s.place(row)))
	}
	g := s.fit(columns, people, width)
	lines := []string{s.header(g, width)}
	mark, _ := s.rows.Marked()
	for i, p := range people {
		lines = append(lines, s.row(g, p, from+i == mark, width))
	}
	return lines
}

// grid is which columns are drawn, and the room between them.
type grid struct {
	columns []column
	drawn   []int // indexes into columns
	gap     int
}

// before is the room before a column. A text may follow a figure that ends right
// beside it, or a text that fills its column, and keeps two cells from it.
func (g grid) before(c column) int {
	if c.number {
		return g.gap
	}
	return max(g.gap, 2)
}

// fit chooses the columns that are drawn: the first, which tells who it is, and
// as many others as there is room for, the marked one among them. Columns never
// become narrower while the list is scrolled.
func (s *Screen) fit(columns []column, people []session.Person, width int) grid {
	sum := 0
	for _, c := range columns {
		w := max(s.widths[c.id], cells.Width(cells.Clean(c.title))+1) // room for the mark of the order
		for _, p := range people {
			w = max(w, cells.Width(cells.Clean(c.text(p))))
		}
		s.widths[c.id] = min(w, cmp.Or(c.widest, widestText))
		sum += s.widths[c.id]
	}
	g := grid{columns: columns, drawn: []int{0}, gap: 1}
	for _, c := range columns[1:] {
		sum += g.before(c) - g.gap
	}
	if between := len(columns) - 1; sum+between <= width {
		g.gap = min((width-sum)/between, widestGap)
	}
	needed := func(from, to int) int {
		sum := s.widths[columns[0].id]
		for _, c := range columns[from : to+1] {
			sum += g.before(c) + s.widths[c.id]
		}
		return sum
	}
	first := 1
	for first < s.column && needed(first, s.column) > width {
		first++
	}
	for i := first; i < len(columns) && needed(first, i) <= width; i++ {
		g.drawn = append(g.drawn, i)
	}
	return g
}

func (s *Screen) header(g grid, width int) string {
	line := cells.NewLine(width)
	for _, i := range g.drawn {
		c := g.columns[i]
		style := s.theme.Dim
		if i == s.column {
			style = s.theme.AccentStrong
		}
		title := cells.Clean(c.title)
		switch {
		case c.id != s.wanted.Sort:
		case s.wanted.Descending:
			title += "▼"
		default:
			title += "▲"
		}
		s.put(line, g, c, style, title)
	}
	return line.String()
}

// put writes a text into its column.
func (s *Screen) put(line *cells.Line, g grid, c column, style theme.Style, text string) {
	if line.At() > 0 {
		line.Skip(g.before(c))
	}
	end := line.At() + s.widths[c.id]
	text = cells.Clean(text)
	if c.clauses {
		text = wholeClauses(text, s.widths[c.id])
	}
	text = cells.Fit(text, s.widths[c.id])
	if c.number {
		line.PutRight(style, text, end)
	} else {
		line.Put(style, text).SkipTo(end)
	}
}

// wholeClauses leaves out the last clauses of a text that does not fit, as many
// as it must; a first one that is too long is left to be cut.
func wholeClauses(text string, width int) string {
	const gap, more = ", ", ", …"
	for short := text; cells.Width(text) > width; {
		at := strings.LastIndex(short, gap)
		if at < 0 {
			return text
		}
		if short = short[:at]; cells.Width(short+more) <= width {
			return short + more
		}
	}
	return text
}

func (s *Screen) row(g grid, p session.Person, marked bool, width int) string {
	line := cells.NewLine(width)
	for _, i := range g.drawn {
		style := s.theme.Text
		switch {
		case marked && i == 0:
			style = s.theme.Selected
		case g.columns[i].style != nil:
			style = g.columns[i].style(s.theme, p)
		}
		s.put(line, g, g.columns[i], style, g.columns[i].text(p))
	}
	return line.String()
}

// columnAt returns the column drawn at a place of the header.
func (s *Screen) columnAt(x int) (int, bool) {
	width, _ := s.arrange().list.Inner()
	g := s.fit(s.columns(), nil, width)
	at := 0
	for n, i := range g.drawn {
		if n > 0 {
			at += g.before(g.columns[i])
		}
		if x >= at && x < at+s.widths[g.columns[i].id] {
			return i, true
		}
		at += s.widths[g.columns[i].id]
	}
	return 0, false
}

// filterLine shows what is looked for, and how many match.
func (s *Screen) filterLine(width int) string {
	line := cells.NewLine(width).Put(s.theme.AccentStrong, "/ ")
	found := s.found()
	room := max(width-line.At()-cells.Width(found)-2, 1)
	if s.typing != nil {
		drawn, _ := s.typing.Draw(room)
		line.Join(drawn, room)
	} else {
		line.Put(s.theme.Text, cells.Fit(cells.Clean(s.wanted.Filter), room))
	}
	return line.PutRight(s.theme.Dim, found, width).String()
}

func (s *Screen) found() string {
	if s.people == nil || s.people.Matches == nil {
		return ""
	}
	return catalogue.T("{matches} of {all}", "matches", words.Count(int64(len(s.people.Matches))), "all", words.Count(int64(s.people.Len())))
}

// Cursor tells where the terminal's cursor stands while the filter is typed.
func (s *Screen) Cursor() (x, y int) {
	l := s.arrange()
	left, top := l.list.Origin()
	_, cursor := s.typing.Draw(s.width)
	const prompt = 2
	return left + prompt + cursor, top + headerRows + l.rows
}

// chooserLines lists the attributes, those shown with a mark.
func (s *Screen) chooserLines(p pane.Pane) []string {
	width, _ := p.Inner()
	from, to := s.chooser.Visible()
	mark, _ := s.chooser.Marked()
	var lines []string
	for i := from; i < to; i++ {
		a, box := s.attributes[i], "[ ] "
		if slices.Contains(s.wanted.Attributes, a) {
			box = "[x] "
		}
		name := cells.Clean(a.Name)
		if a.Subject == model.OfOrder {
			name += catalogue.T(", last order")
		}
		style := s.theme.Text
		if i == mark {
			style = s.theme.Selected
		}
		line := cells.NewLine(width).Put(s.theme.Accent, box)
		lines = append(lines, line.Put(style, cells.Fit(name, line.Left())).String())
	}
	return lines
}

package customers

import (
	"strings"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// layout is where the list, and beside it the choice of columns, lie.
type layout struct {
	list, side pane.Pane
	filter     bool
}

const (
	widestText = 24  // of a key in the status line
	whoWidth   = 60  // of what is told about the marked person beside the list
	whoFrom    = 170 // the width from which there is room for it
)

func (s *Screen) arrange() layout {
	l := layout{
		list:   pane.Pane{Title: s.title(), Note: s.note(), Width: s.width, Height: s.height, Focused: true},
		filter: s.typing != nil || s.matched,
	}
	if s.width >= whoFrom {
		l.side = pane.Pane{Title: catalogue.T("This customer"), Note: "⏎", Width: whoWidth, Height: s.height}
	}
	l.list.Width -= l.side.Width
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
	width, height := l.list.Inner()
	var content []string
	switch {
	case s.people == nil && s.bench != nil && !s.pending:
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("The list could not be assembled. [a] tries again.")).String()}
	case s.people == nil:
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("assembling the list …")).String()}
	case s.people.Len() == 0:
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("No customers. [Esc] goes back, [a] lists all.")).String()}
	default:
		content = s.rows.Lines(s.theme, true)
	}
	if l.filter && height > 0 {
		content = append(content, cells.Blank(width, height-1-len(content))...)
		content = append(content[:height-1], s.filterLine(width))
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

// sideLines draws where the marked person stands.
func (s *Screen) sideLines(p pane.Pane) []string {
	row, _, ok := s.rows.Marked()
	if s.people == nil || !ok {
		return nil
	}
	width, height := p.Inner()
	who := profile{Profile: s.people.Standing(s.place(row))}
	lines := who.whoLines(s.theme, s.symbol, width)
	return lines[:min(len(lines), height)]
}

// shown are the people of a list, or those of them that match.
type shown struct {
	people  *session.People
	matched bool
}

func (p shown) Len() int {
	if p.matched {
		return len(p.people.Matches)
	}
	return p.people.Len()
}

func (p shown) At(row int) session.Person { return p.people.At(p.place(row)) }

// place returns the place in the list of people of a shown row.
func (p shown) place(row int) int {
	if p.matched {
		return int(p.people.Matches[row])
	}
	return row
}

// tell shows the people in the table, which are sorted already.
func (s *Screen) tell() {
	if s.people == nil || s.frame == nil {
		return
	}
	by, columns := -1, []answer.Column[session.Person]{}
	for i, c := range s.columns() {
		columns = append(columns, answer.Column[session.Person]{Key: string(c.id), Title: c.title, Light: c.light, In: answer.Screen, Tone: c.tone, Of: c.value})
		if c.id == s.wanted.Sort {
			by = i
		}
	}
	s.rows.Chosen = s.choose
	s.rows.SetOrder(-1, false)
	t := answer.TableOf("customers", shown{s.people, s.matched}, columns)
	t.Symbol = s.symbol
	s.rows.Show(t.In(answer.Screen))
	s.rows.SetOrder(by, s.wanted.Descending)
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
	found := catalogue.T("{matches} of {all}", "matches", words.Count(int64(len(s.people.Matches))), "all", words.Count(int64(s.people.Len())))
	if answer.ParseCondition(s.wanted.Filter).Relation != "" {
		for _, c := range s.columns() {
			if c.id == s.wanted.On {
				return catalogue.T("in {column}: {found}", "column", c.title, "found", found)
			}
		}
	}
	return found
}

// Cursor tells where the terminal's cursor stands while the filter is typed.
func (s *Screen) Cursor() (x, y int) {
	if s.profile != nil {
		left, top := s.profile.corner(s.width, s.height)
		x, y = s.profile.orders.Cursor()
		return left + x, top + y
	}
	l := s.arrange()
	left, top := l.list.Origin()
	_, height := l.list.Inner()
	_, cursor := s.typing.Draw(s.width)
	const prompt = 2
	return left + prompt + cursor, top + height - 1
}

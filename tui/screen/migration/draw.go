package migration

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/moves"
	"strata/tui/session"
	"strata/tui/theme"
)

// memo is the screen as it was laid out and drawn last.
type memo struct {
	key      memoKey
	lines    []string
	layoutOf layoutKey
	layout   layout
	fitOf    fitKey
	fits     bool
}

// memoKey is everything the drawing depends on.
type memoKey struct {
	shown         *subject
	reasons       bool
	waiting       bool
	theme         *theme.Theme
	symbol        string
	width, height int
	value         moves.Value
	choice        grouping
	row, col      int
	flow, from    int
	inList        bool
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	switch {
	case s.frame == nil || s.width <= 0 || s.height <= 0:
		return cells.Blank(s.width, s.height)
	case s.shown == nil:
		line := cells.NewLine(s.width).Skip(2).Put(s.theme.Dim, catalogue.T("counting who moves …")).String()
		return append([]string{line}, cells.Blank(s.width, s.height-1)...)
	}
	flow, _ := s.flows.Marked()
	from, _ := s.flows.Visible()
	key := memoKey{
		s.shown, s.shown.reasons != nil, s.waiting(), s.theme, s.symbol, s.width, s.height,
		s.value, s.choice, s.row, s.col, flow, from, s.inList,
	}
	if s.memo.lines == nil || s.memo.key != key {
		s.memo.key, s.memo.lines = key, s.draw()
	}
	return s.memo.lines
}

// waiting reports whether a comparison of days is under way.
func (s *Screen) waiting() bool { return s.days != nil && !s.days.done }

func (s *Screen) draw() []string {
	l := s.arrange()
	l.table.Title, l.table.Note, l.table.Focused = s.title(), s.note(), !s.inList
	content := l.view.Lines(s.theme)[:l.view.Used()]
	width, height := l.table.Inner()
	if len(content)+l.tell <= height {
		content = append(content, cells.Blank(width, l.tell-tellHeight)...)
		content = append(content, s.tellLines(l, width)...)
	}
	table := l.table.Lines(s.theme, content)
	if l.also.Height > 0 {
		l.also.Title = catalogue.T("The same by {table}", "table", groupWord(l.second.Table))
		table = append(table, l.also.Lines(s.theme, l.second.Lines(s.theme))...)
	}
	side := s.sideLines(l)
	switch {
	case l.beside:
		for i := range table {
			table[i] += side[i]
		}
		return table
	}
	table = append(table, side...)
	return append(table, cells.Blank(s.width, s.height-len(table))...)
}

// sideLines draws what it comes to and the flows.
func (s *Screen) sideLines(l layout) []string {
	width, height := l.flows.Inner()
	if l.flows.Height <= 0 {
		return nil
	}
	l.flows.Title, l.flows.Focused = catalogue.T("Largest flows"), s.inList
	if s.byTier() {
		l.flows.Title = catalogue.T("Largest flows by segments")
	}
	l.flows.Note = s.howMany(s.flowRows(l))
	if l.one {
		switch {
		case s.days != nil && s.byTier():
			l.flows.Title = catalogue.T("What has moved · flows by segments")
		case s.days != nil:
			l.flows.Title = catalogue.T("What has moved")
		case s.byTier():
			l.flows.Title = catalogue.T("What is reclassified · flows by segments")
		default:
			l.flows.Title = catalogue.T("What is reclassified")
		}
		above := s.above(l, width)
		return l.flows.Lines(s.theme, append(above, s.flowLines(l, width, height-len(above))...))
	}
	flows := l.flows.Lines(s.theme, s.flowLines(l, width, height))
	l.facts.Title = catalogue.T("What is reclassified")
	if s.shown.days != nil {
		l.facts.Title = catalogue.T("What has moved")
	}
	width, height = l.facts.Inner()
	facts := l.facts.Lines(s.theme, s.factLines(width, height))
	if l.beside {
		return append(facts, flows...)
	}
	for i := range facts {
		facts[i] += flows[i]
	}
	return facts
}

// howMany says how many flows there are and, where there is room for fewer, which
// of them are drawn.
func (s *Screen) howMany(rows int) string {
	n := len(s.flowList())
	all := words.Plural(int64(n), "flow", "flows")
	from, to := s.flows.Visible()
	switch {
	case n == 0:
		return ""
	case n <= rows:
		return all
	}
	return catalogue.T("{from}–{to} of {all}", "from", words.Count(int64(from+1)), "to", words.Count(int64(to)), "all", all)
}

// above draws what it comes to above the flows of one pane.
func (s *Screen) above(l layout, width int) []string {
	lines := fill(s.theme, told(s.compact()...), width, l.compact)
	lines = append(lines, cells.Blank(width, l.compact-len(lines))...)
	if l.split {
		lines = append(lines, splitLines(s.theme, s.shown.days.Split, width)...)
	}
	return lines
}

func (s *Screen) title() string {
	table := s.arrange().table
	table.Note = s.note()
	of := " · " + groupWord(s.table()) + " · "
	what := of + s.valueOf()
	const shortest, arrow = 8, 3
	before, now := cells.Width(cells.Clean(s.shown.before)), cells.Width(cells.Clean(s.shown.now))
	if s.shown.days != nil && s.value == moves.Revenue && before+arrow+now+cells.Width(what) > table.TitleRoom() {
		what = of + catalogue.T("later revenue") // of the second day, which stands before it
	}
	least := min(before, shortest) + min(now, shortest)
	if least+arrow+cells.Width(what) > table.TitleRoom() {
		table.Note = "" // it does not stand beside the shortest title
	}
	room := table.TitleRoom() - cells.Width(what) - arrow
	if before+now > room && table.Note != "" && s.shown.days != nil {
		table.Note = "" // what it says stands in the title
		room = table.TitleRoom() - cells.Width(what) - arrow
	}
	if limits := figure.Limits(s.frame.Scheme.Spec, room-before-now-cells.Width(between)); limits != "" {
		what += between + limits
		room -= cells.Width(between + limits)
	}
	room = max(room/2, shortest)
	return cells.Fit(cells.Clean(s.shown.before), room) + " → " + cells.Fit(cells.Clean(s.shown.now), room) + what
}

// valueOf names what the matrix shows; of two days, or of two rules that look at
// other orders, revenue with its day.
func (s *Screen) valueOf() string {
	if s.value == moves.Revenue && (s.shown.days != nil || s.shown.differ) {
		return catalogue.T("{value} as of {as_of}", "value", s.value.String(), "as_of", s.frame.AsOf.String())
	}
	return s.value.String()
}

// note tells which two answers are compared, and whether another is being
// worked out.
func (s *Screen) note() string {
	switch {
	case s.waiting():
		return catalogue.T("comparing with {day} …", "day", s.days.day.String())
	case s.shown.days != nil:
		return catalogue.T("two days · [a] back")
	}
	if s.shown.agreement.OtherMaps {
		return catalogue.T("{change_tier} · different segments", "change_tier", s.changeTier())
	}
	if m := s.shown.moves; s.byTier() {
		n := m.Up + m.Down + m.Lost + m.Gained
		return words.Plural(n, "moves between tiers", "move between tiers")
	}
	return words.Plural(s.shown.account.moved.Customers, "moves", "move")
}

// changeTier tells how many change their tier.
func (s *Screen) changeTier() string {
	return words.Plural(s.shown.account.moved.Customers, "changes tier", "change tier")
}

// flowScale is that of the flows listed, as `strata compare` has it.
func (s *Screen) flowScale() words.Scale {
	var most model.Money
	for _, f := range s.flowList() {
		most = max(most, f.Revenue, -f.Revenue)
	}
	return words.ScaleFor(most)
}

// flowLines lists the flows in words, each with its reason where there is room.
func (s *Screen) flowLines(l layout, width, height int) []string {
	all := s.flowList()
	if len(all) == 0 {
		return fill(s.theme, s.nothing(), width, height)
	}
	from, to := s.flows.Visible()
	mark, _ := s.flows.Marked()
	customers, revenue := 0, 0
	scale := s.flowScale()
	for _, f := range all[from:to] {
		customers = max(customers, cells.Width(words.Count(f.Customers)))
		revenue = max(revenue, cells.Width(scale.Money(f.Revenue, s.symbol)))
	}
	const indent = 4 // of the reason
	var lines []string
	for i, f := range all[from:to] {
		marked := s.inList && from+i == mark
		name := s.theme.Text
		line := cells.NewLine(width)
		if marked {
			name = s.theme.Selected
			line.Put(s.theme.AccentStrong, "▸")
		}
		line.SkipTo(2).PutRight(s.theme.Strong, words.Count(f.Customers), 2+customers)
		line.PutRight(s.theme.Text, scale.Money(f.Revenue, s.symbol), line.At()+2+revenue).Skip(2)
		line.Put(name, cells.Fit(flowName(f), line.Left()))
		if l.flowHeight() == 1 {
			if width >= reasonBeside {
				line.Skip(2).Put(s.theme.Dim, s.reasonIn(f, line.Left()))
			}
			lines = append(lines, line.String())
			continue
		}
		lines = append(lines, line.String(),
			cells.NewLine(width).Skip(indent).Put(s.theme.Dim, s.reasonIn(f, width-indent)).String())
	}
	return lines[:min(len(lines), max(height, 0))]
}

func flowName(f session.Flow) string {
	return cells.Clean(f.From) + " → " + cells.Clean(f.To)
}

// nothing tells what to do where nobody moves.
func (s *Screen) nothing() []phrase {
	if s.shown.days != nil {
		return told(catalogue.T("No customer is in another segment than on {before}", "before", s.shown.before))
	}
	return told(catalogue.T("Nothing has moved: move a cut on Tiers [1]"), catalogue.T("or open a scenario: [o]"), catalogue.T("or compare two days: [a]"))
}

// reason is why customers move.
type reason struct {
	text string // "" while it is not known
	many string // how many have it, where it is not that of the rest
}

// because tells the reason of a flow, the most telling where there are several
// and how many have it.
func (s *Screen) because(was, now string) reason {
	if s.shown.reasons == nil {
		return reason{}
	}
	all := s.shown.reasons(was, now)
	if len(all) == 0 {
		return reason{}
	}
	telling, rest := session.Telling(all, 1)
	return newReason(telling[0], rest)
}

func newReason(r session.FlowReason, rest int64) reason {
	told := reason{text: cells.Clean(r.Text)}
	if rest > 0 {
		told.many = catalogue.T(" ({customers} of {all})", "customers", words.Count(r.Customers), "all", words.Count(r.Customers+rest))
	}
	return told
}

// reasonIn tells the reason of a flow in a width: where nothing whole of it fits, the
// reason without scores, and at last that there is one. It is "" while that is not
// known.
func (s *Screen) reasonIn(f session.Flow, width int) string {
	why := s.because(f.Was, f.Now)
	if fits := why.fit(width); fits != "" || why.text == "" {
		return fits
	}
	broad, rest := session.Telling(session.Broadly(s.shown.reasons(f.Was, f.Now)), 1)
	if fits := newReason(broad[0], rest).fit(width); fits != "" {
		return fits
	}
	return cells.Fit(catalogue.T("… [i] explains"), width)
}

func (r reason) whole() string { return catalogue.T("because {reason}", "reason", r.text+r.many) }

// fit shortens a reason to a width: without because, then by its last clauses, never
// inside of one. How many have it stays. It is "" where nothing whole fits.
func (r reason) fit(width int) string {
	text, many := r.text, r.many
	if text == "" {
		return ""
	}
	if whole := r.whole(); cells.Width(whole) <= width {
		return whole
	}
	if cells.Width(text+many) <= width {
		return text + many
	}
	clause := func(text string) int {
		return max(strings.LastIndex(text, session.AndClause), strings.LastIndex(text, " ("))
	}
	for at := clause(text); at >= 0; at = clause(text[:at]) {
		if short := text[:at] + " …" + many; cells.Width(short) <= width {
			return short
		}
	}
	if short := text + " …"; many != "" && cells.Width(short) <= width {
		return short
	}
	return ""
}

// between stands between phrases on a line.
const between = " · "

// phrase is told as a whole. Its first word is what it tells, unless it is a reason,
// or all of it is told by the way.
type phrase struct {
	text  string
	why   reason // in place of a text
	quiet bool
}

func told(texts ...string) []phrase {
	phrases := make([]phrase, len(texts))
	for i, t := range texts {
		phrases[i].text = t
	}
	return phrases
}

// fill sets whole phrases on at most height lines. One longer than a line is cut.
func fill(th *theme.Theme, phrases []phrase, width, height int) []string {
	var lines []*cells.Line
	for _, phrase := range phrases {
		p, style := phrase.text, th.Strong
		if phrase.why.text != "" {
			p = phrase.why.fit(width)
		}
		if phrase.quiet || phrase.why.text != "" && p == phrase.why.whole() {
			style = th.Dim
		}
		if p == "" {
			continue
		}
		if n := len(lines); n > 0 && cells.Width(between+p) <= lines[n-1].Left() {
			lines[n-1].Put(th.Faint, between)
		} else {
			if n >= height {
				break
			}
			lines = append(lines, cells.NewLine(width))
		}
		first, others, found := strings.Cut(p, " ")
		lines[len(lines)-1].Put(style, first)
		if found {
			lines[len(lines)-1].Put(th.Dim, " "+others)
		}
	}
	drawn := make([]string, len(lines))
	for i, line := range lines {
		drawn[i] = line.String()
	}
	return drawn
}

package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/screen"
	"strata/tui/theme"
)

// Lines around a screen: what is open and its tabs above, the status line below.
const (
	headHeight   = 2
	statusHeight = 1
	chromeHeight = headHeight + statusHeight
)

// The smallest terminal in which a measure and the tiers can be read side by
// side.
const (
	leastWidth  = 60
	leastHeight = 16
)

func (w *workbench) tooSmall() bool { return w.width < leastWidth || w.height < leastHeight }

// View paints the screen. It is called after every message, so the drawing is
// kept until an update changes something.
func (w *workbench) View() tea.View {
	if w.stale {
		w.content, w.stale = w.draw(), false
	}
	v := tea.NewView(w.content)
	v.AltScreen = true
	if !w.options.NoMouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.WindowTitle = "strata"
	if w.name != "" {
		v.WindowTitle = catalogue.T("strata · {name}", "name", w.name)
	}
	if !w.tooSmall() {
		v.Cursor = w.cursor()
	}
	return v
}

// cursor is where text is being typed, nil where none is.
func (w *workbench) cursor() *tea.Cursor {
	switch {
	case w.leaving != nil:
	case w.prompt != nil && w.dialog == nil:
		_, x := w.prompt.draw(w)
		return tea.NewCursor(min(x, w.width-1), w.height-1)
	case w.palette != nil:
		return tea.NewCursor(w.palette.cursor(w))
	case w.typing():
		if s, ok := w.front.screen.(screen.Writer); ok {
			x, y := s.Cursor()
			return tea.NewCursor(x, y+headHeight)
		}
	}
	return nil
}

// draw composes all lines; they fit the terminal exactly.
func (w *workbench) draw() string {
	if w.width <= 0 || w.height <= 0 {
		return ""
	}
	if w.tooSmall() {
		return strings.Join(w.tooSmallLines(), "\n")
	}
	lines := append(make([]string, 0, w.height), w.header(), w.tabLine())
	body := w.height - chromeHeight
	switch w.stage {
	case welcoming:
		lines = append(lines, w.welcome.Lines(w.theme, w.width, body)...)
	case loading:
		lines = append(lines, w.loadingLines(body)...)
	case failed:
		lines = append(lines, w.failureLines(body)...)
	case working:
		lines = append(lines, w.front.screen.Lines()...)
		if w.stripHeight > 0 {
			lines = append(lines, w.accountStrip()...)
		}
	}
	lines = append(lines, w.status())
	switch under := lines[:w.height-statusHeight]; {
	case w.palette != nil:
		w.palette.over(under, w)
	case w.dialog != nil:
		w.dialog.Over(under, w.width, w.theme)
	case w.proposed != nil:
		w.proposed.over(under, w)
	}
	if w.prompt != nil {
		w.prompt.troubleOver(lines[:w.height-statusHeight], w)
	} else if said := w.messageLines(); len(said) > 0 {
		w.over(lines[:w.height-statusHeight], said[:len(said)-1], w.message.style(w.theme))
	}
	if w.leaving != nil {
		w.leaving.over(lines[:w.height-statusHeight], w)
	}
	return strings.Join(lines, "\n")
}

// tabLine names the screens, and on the right what one should know about the
// workspace.
func (w *workbench) tabLine() string {
	line := cells.NewLine(w.width).Skip(tabsFrom)
	if w.stage == working {
		for _, t := range w.firstPages() {
			style := w.theme.Dim
			if t.place == w.front.place.First() {
				style = w.theme.Selected
			}
			line.Put(style, w.label(t))
		}
	}
	w.putNotices(line)
	return line.String()
}

// putNotices writes what one should know at the right end of the line of tabs. That
// there are notices is told first, in fewer words where there is little room; then
// what limits the work, then facts that others stand for.
func (w *workbench) putNotices(line *cells.Line) {
	const gap, edge = 3, 1
	facts, notices, limit := w.notices()
	room := line.Left() - (gap - 1) - edge // a tab has a blank of its own
	told, limited := together(notices, limit, room, gap)
	if told != "" {
		room -= cells.Width(told) + gap
	}
	if limited != "" {
		room -= cells.Width(limited) + gap
	}
	var left []string
	for _, f := range facts {
		if cells.Width(f) <= room {
			left = append(left, f)
			room -= cells.Width(f) + gap
		}
	}
	if told != "" {
		left = append(left, told)
	}
	text := strings.Join(left, strings.Repeat(" ", gap))
	width := cells.Width(text)
	if limited != "" {
		if width > 0 {
			width += gap
		}
		width += cells.Width(limited)
	}
	line.SkipTo(w.width - edge - width)
	w.withKeys(line, w.theme.Dim, text)
	if limited != "" && text != "" {
		line.Skip(gap)
	}
	w.withKeys(line, w.theme.Warning, limited)
}

// together chooses from two lists of ways to say something, the longest first, what
// has room side by side, with a gap between. One that finds none beside the other
// gives way: the second before the first.
func together(first, second []string, room, gap int) (string, string) {
	for _, a := range first {
		for _, b := range second {
			if cells.Width(a)+gap+cells.Width(b) <= room {
				return a, b
			}
		}
	}
	fits := func(text string) bool { return cells.Width(text) <= room }
	if i := slices.IndexFunc(first, fits); i >= 0 {
		return first[i], ""
	}
	if i := slices.IndexFunc(second, fits); i >= 0 {
		return "", second[i]
	}
	return "", ""
}

// tabsFrom is the column where the tabs begin.
const tabsFrom = 1

// label names a screen, with the page in front where that is not its first. Where
// names would leave no room for what one should know, only the screen in front has one,
// and the others their digit.
func (w *workbench) label(t *tab) string {
	if t.place != w.front.place.First() && !w.namesTabs() {
		return t.short
	}
	return w.fullLabel(t)
}

func (w *workbench) fullLabel(t *tab) string {
	if w.front != t && w.front.place.First() == t.place {
		return t.label + "› " + w.front.place.String() + " "
	}
	return t.label
}

// namesTabs reports whether the names of all screens leave room for notices.
func (w *workbench) namesTabs() bool {
	const notices = 46
	names := 0
	for _, t := range w.firstPages() {
		names += cells.Width(w.fullLabel(t))
	}
	return names+notices <= w.width
}

// tabAt returns the tab in a column, nil where there is none.
func (w *workbench) tabAt(x int) *tab {
	from := tabsFrom
	for _, t := range w.firstPages() {
		to := from + cells.Width(w.label(t))
		if x >= from && x < to {
			return t
		}
		from = to
	}
	return nil
}

// notices lists what one should know about the figures, how many notices there
// are, and what limits the work on them; the latter two in several ways, the
// longest first.
func (w *workbench) notices() (facts, notices, limit []string) {
	f := w.frame()
	if w.stage != working || f == nil {
		return nil, nil, nil
	}
	if f.BaselineCounts != "" && w.layHeader().against == "" {
		facts = append(facts, against(f)) // it had no room in the header
	}
	if n := f.Whole.NotTiered.Customers; n > 0 {
		facts = append(facts, catalogue.T("{count} not tiered", "count", words.Count(n)))
	}
	switch unseen := f.Whole.NotSeen; {
	case unseen.Customers > 0:
		facts = append(facts, catalogue.T("{customers} not seen", "customers", words.Customers(unseen.Customers)))
	case unseen.Orders > 0:
		facts = append(facts, catalogue.T("{orders} not seen", "orders", words.Plural(unseen.Orders, "order", "orders")))
	}
	if n := int64(len(w.namedNotices())); n > 0 {
		notices = []string{words.Plural(n, "notice", "notices") + " [w]", catalogue.T("notices [w]"), "[w]"}
	}
	switch {
	case f.Stored:
		limit = []string{catalogue.T("loading …"), "…"}
	case w.info.ReadOnly && w.info.Writer != "":
		who := cells.Clean(w.info.Writer)
		brief, _, _ := strings.Cut(who, " (")
		limit = []string{
			catalogue.T("{who} is writing: edits stay in memory", "who", who), catalogue.T("{brief} is writing: edits stay in memory", "brief", brief), catalogue.T("{brief} is writing: read only", "brief", brief),
			catalogue.T("{brief} is writing", "brief", brief), catalogue.T("read only"),
		}
	case w.info.ReadOnly:
		limit = []string{catalogue.T("read only: edits stay in memory"), catalogue.T("read only")}
	case w.fleeting():
		limit = []string{catalogue.T("temporary: [s] saves it"), catalogue.T("temporary")}
	}
	return facts, notices, limit
}

// status is the last line: a prompt, a message, or the key hints; on the right
// what is marked.
func (w *workbench) status() string {
	if w.prompt != nil {
		line, _ := w.prompt.draw(w)
		return line
	}
	line := cells.NewLine(w.width).Skip(1)
	said := w.messageLines()
	switch {
	case len(said) > 0:
		return w.withKeys(line, w.message.style(w.theme), said[len(said)-1]).String()
	case w.busy() != nil:
		line.Put(w.theme.Accent, w.busy().busy+" …").Skip(2).Put(w.theme.Dim, catalogue.T("Esc stops"))
		return line.String()
	case w.proposed != nil:
		w.hints(line, proposalHints, w.width)
		return line.String()
	case w.stage != working:
		w.hints(line, []action.Hint{{Keys: "?", Label: catalogue.T("help")}, {Keys: "q", Label: catalogue.T("quit")}}, w.width)
		return line.String()
	}
	focused := cells.Fit(w.front.screen.Focused(), w.width/2) // the other half is the keys'
	end := w.width - 1
	w.hints(line, action.Hints(w.front.place, w.state()), end-cells.Width(focused)-2)
	return line.PutRight(w.theme.Text, focused, end).String()
}

// hints writes key hints as far as they fit before a column. The last two,
// help and quit, are kept as long as anything is.
func (w *workbench) hints(line *cells.Line, hints []action.Hint, end int) {
	const gap, kept = 2, 2
	room := end - line.At()
	for len(hints) > 0 {
		needed := -gap
		for _, h := range hints {
			needed += cells.Width(h.Keys) + 1 + cells.Width(h.Label) + gap
		}
		if needed <= room {
			break
		}
		drop := max(len(hints)-kept-1, 0)
		hints = slices.Delete(hints, drop, drop+1)
	}
	for _, h := range hints {
		line.Put(w.theme.Accent, h.Keys).Skip(1).Put(w.theme.Dim, h.Label).Skip(gap)
	}
}

// tooSmallLines names the size needed and the size there is.
func (w *workbench) tooSmallLines() []string {
	text := []string{
		catalogue.T("strata needs {size}", "size", size(leastWidth, leastHeight)),
		catalogue.T("here: {size}", "size", size(w.width, w.height)),
		catalogue.T("[q] quits"),
	}
	if w.leaving != nil {
		text = w.leaving.inLittle()
	}
	lines := cells.Blank(w.width, w.height)
	top := max((w.height-len(text))/2, 0)
	for i, t := range text {
		if top+i < len(lines) {
			lines[top+i] = centered(w.theme.Text, t, w.width)
		}
	}
	return lines
}

func size(width, height int) string { return fmt.Sprintf("%d×%d", width, height) }

func centered(style theme.Style, text string, width int) string {
	text = cells.Fit(cells.Clean(text), width)
	return cells.NewLine(width).Skip((width-cells.Width(text))/2).Put(style, text).String()
}

// loadingLines shows how far the loading has come.
func (w *workbench) loadingLines(height int) []string {
	p := w.load.progress.Load()
	if p == nil {
		p = &progress{Progress: model.Progress{Stage: catalogue.T("opening")}}
	}
	const widest = 60
	width := min(widest, w.width-8)
	left := (w.width - width) / 2
	what := words.Capital(p.Stage) + " " + w.name
	how := catalogue.T("[Esc] stops, and leaves nothing behind")
	if w.load.stopping {
		how = catalogue.T("stopping …")
	}
	var facts []string
	if p.Rows > 0 {
		facts = append(facts, catalogue.T("{rows} rows", "rows", words.Count(p.Rows)))
	}
	if r := p.rate(); r > 0 && p.Rows > 0 {
		facts = append(facts, catalogue.T("{rows} rows/s", "rows", words.ShortCount(int64(r))))
	}
	if d, ok := p.left(); ok {
		facts = append(facts, catalogue.T("{duration} left", "duration", span(d)))
	}
	block := []*cells.Line{
		cells.NewLine(w.width).Skip(left).Put(w.theme.Strong, cells.Fit(cells.Clean(what), width)),
		cells.NewLine(w.width),
		w.progressBar(p, left, width),
		cells.NewLine(w.width).Skip(left).Put(w.theme.Dim, strings.Join(facts, " · ")),
		cells.NewLine(w.width),
		cells.NewLine(w.width).Skip(left).Put(w.theme.Dim, how),
	}
	return w.middle(block, height)
}

func (w *workbench) progressBar(p *progress, left, width int) *cells.Line {
	line := cells.NewLine(w.width).Skip(left)
	if p.Total <= 0 {
		return line.Put(w.theme.Dim, "…")
	}
	done, _ := model.Share(min(p.Done, p.Total), p.Total)
	n := int(done * float64(width))
	return line.Repeat(w.theme.Accent, "━", n).Repeat(w.theme.Faint, "─", width-n)
}

// failureLines tells why nothing could be opened.
func (w *workbench) failureLines(height int) []string {
	const widest = 76
	width := min(widest, w.width-8)
	left := (w.width - width) / 2
	message, hint := told(w.err)
	block := []*cells.Line{
		cells.NewLine(w.width).Skip(left).Put(w.theme.Failure, cells.Fit(catalogue.T("Could not open {name}", "name", w.name), width)),
		cells.NewLine(w.width),
	}
	add := func(style theme.Style, text string) {
		for _, t := range cells.Wrap(cells.Clean(text), width) {
			block = append(block, cells.NewLine(w.width).Skip(left).Put(style, t))
		}
	}
	add(w.theme.Text, message)
	if hint != "" {
		block = append(block, cells.NewLine(w.width))
		add(w.theme.Text, hint)
	}
	block = append(block, cells.NewLine(w.width))
	leave := catalogue.T("[q] quits")
	if w.options.Load == nil {
		leave += catalogue.T(", [Esc] goes back")
	}
	add(w.theme.Dim, leave)
	return w.middle(block, height)
}

// middle sets a block of lines in the upper middle of the body.
func (w *workbench) middle(block []*cells.Line, height int) []string {
	lines := cells.Blank(w.width, height)
	top := max((height-len(block))/3, 0)
	for i, line := range block {
		if top+i < height {
			lines[top+i] = line.String()
		}
	}
	return lines
}

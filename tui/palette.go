package tui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/field"
	"strata/tui/component/list"
	"strata/tui/component/pane"
	"strata/tui/screen"
	"strata/tui/theme"
)

// palette lists the commands of the screen in front by name, or the schemes;
// typing narrows them down.
type palette struct {
	title    string
	none     string // told when nothing is found
	enter    string // what ⏎ does with the marked one
	field    *field.Field
	commands []command
	found    []fuzzy.Match // the best first; while nothing is typed all, in the order of the help
	list     list.List
	rows     int // drawn
}

// command is an action that can be chosen, what it does, and why it does
// nothing now where that is so.
type command struct {
	action.Action
	reason string
	run    func() tea.Cmd
}

// actions returns what can be done on the screen in front: everything but to
// go to a screen that there is not.
func (w *workbench) actions() []action.Action {
	return slices.DeleteFunc(action.On(w.front.place), func(a action.Action) bool {
		p, opens := action.Opens(a.ID)
		return opens && !slices.ContainsFunc(w.tabs, func(t *tab) bool { return t.place == p })
	})
}

func (w *workbench) openPalette() {
	state := w.state()
	p := &palette{title: catalogue.T("Commands"), none: catalogue.T("No match"), enter: catalogue.T("runs it")}
	for _, a := range w.actions() {
		if a.ID != action.Palette {
			p.commands = append(p.commands, command{a, a.Disabled(state), func() tea.Cmd { return w.runAction(a.ID) }})
		}
	}
	w.offer(p)
}

// choose offers what a screen asks the person to choose from.
func (w *workbench) choose(t *tab, c *screen.Choice) {
	p := &palette{title: c.Title, none: c.None, enter: catalogue.T("chooses")}
	for _, o := range c.Options {
		run := func() tea.Cmd { return w.took(t, o.Choose()) }
		p.commands = append(p.commands, command{action.Action{ID: action.ID(o.Name), Title: o.Title}, o.Reason, run})
	}
	w.offer(p)
	if c.Mark > 0 {
		p.list.Mark(c.Mark)
	}
}

// offer opens a palette.
func (w *workbench) offer(p *palette) {
	p.field = field.New("", catalogue.T("type a part of its name"))
	p.fit(w.height)
	p.find()
	w.palette = p
}

// fit gives the palette as many rows as a terminal of a height has room for. It
// keeps them while typing narrows the commands down.
func (p *palette) fit(height int) {
	const most = 16
	p.rows = max(min(len(p.commands), most, height-statusHeight-paletteHead-1), 0)
	p.list.SetSize(len(p.found), p.rows)
}

// String and Len make the commands searchable, by what they do and by their
// name in one word.
func (p *palette) String(i int) string { return p.commands[i].Title + " " + string(p.commands[i].ID) }
func (p *palette) Len() int            { return len(p.commands) }

func (p *palette) find() {
	if text := p.field.Text(); text != "" {
		p.found = fuzzy.FindFrom(text, p)
		slices.SortStableFunc(p.found, func(a, b fuzzy.Match) int {
			return cmp.Compare(p.commands[a.Index].fits(text), p.commands[b.Index].fits(text))
		})
	} else {
		p.found = make([]fuzzy.Match, len(p.commands))
		for i := range p.commands {
			p.found[i].Index = i
		}
	}
	p.list.SetSize(len(p.found), p.rows)
	p.list.Mark(0)
	if first := slices.IndexFunc(p.found, func(m fuzzy.Match) bool { return p.commands[m.Index].reason == "" }); first > 0 && p.field.Text() == "" {
		p.list.Mark(first) // Enter at once does something
	}
}

// fits says how well a command fits what was typed: 0 for its name, 1 where its name
// or what it does begins so, 2 where a word of them does, 3 where the letters are
// somewhere in that order.
func (c command) fits(typed string) int {
	typed = strings.ToLower(typed)
	name, title := strings.ToLower(string(c.ID)), strings.ToLower(c.Title)
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch {
	case name == typed || title == typed:
		return 0
	case strings.HasPrefix(name, typed) || strings.HasPrefix(title, typed):
		return 1
	}
	for _, text := range []string{name, title} {
		for at := strings.Index(text, typed); at >= 0; {
			if before, _ := utf8.DecodeLastRuneInString(text[:at]); !inWord(before) {
				return 2
			}
			next := strings.Index(text[at+len(typed):], typed)
			if next < 0 {
				break
			}
			at += len(typed) + next
		}
	}
	return 3
}

// update takes a key or a paste in.
func (p *palette) update(msg tea.Msg) {
	if p.field.Update(msg) {
		p.find()
	}
}

// paletteKey walks the commands, runs the marked one, or narrows them down.
func (w *workbench) paletteKey(key string, msg tea.KeyPressMsg) tea.Cmd {
	p := w.palette
	switch key {
	case "esc", "ctrl+p":
		w.palette = nil
	case "up":
		p.list.Do(action.ListUp)
	case "down":
		p.list.Do(action.ListDown)
	case "pgup":
		p.list.Do(action.ListPageUp)
	case "pgdown":
		p.list.Do(action.ListPageDown)
	case "enter":
		return w.run(p)
	default:
		p.update(msg)
	}
	return nil
}

// run does the marked command; one that does nothing now leaves the palette
// open, and says why.
func (w *workbench) run(p *palette) tea.Cmd {
	row, ok := p.list.Marked()
	if !ok {
		return nil
	}
	c := p.commands[p.found[row].Index]
	if c.reason != "" {
		return w.say(note, c.Title+": "+c.reason)
	}
	w.palette = nil
	return c.run()
}

// runAction does an action that was chosen by name.
func (w *workbench) runAction(id action.ID) tea.Cmd {
	switch id {
	case action.QuitNow:
		return w.leave()
	case action.Suspend:
		return tea.Suspend
	}
	return w.do(id)
}

// paletteClick runs the command under the mouse; a click beside the palette
// closes it.
func (w *workbench) paletteClick(x, y int) tea.Cmd {
	p := w.palette
	box := p.box(w)
	left, top := p.corner(w, box)
	if x < left || x >= left+box.Width || y < top || y >= top+box.Height {
		w.palette = nil
		return nil
	}
	row, ok := p.list.At(y - top - paletteHead)
	if !ok {
		return nil
	}
	p.list.Mark(row)
	return w.run(p)
}

// paletteHead is how many lines stand above the commands: border and field.
const paletteHead = 2

// box is the frame around the palette.
func (p *palette) box(w *workbench) pane.Pane {
	return pane.Pane{Title: p.title, Note: catalogue.T("⏎ {action}  Esc", "action", p.enter), Width: min(textWidth+4, w.width), Height: p.rows + paletteHead + 1, Focused: true}
}

// corner is where the box lies: a third down, where the eye is.
func (p *palette) corner(w *workbench, box pane.Pane) (x, y int) {
	return (w.width - box.Width) / 2, max((w.height-statusHeight-box.Height)/3, 0)
}

// over draws the palette over a screen's lines.
func (p *palette) over(lines []string, w *workbench) {
	box := p.box(w)
	width, _ := box.Inner()
	drawn, _ := p.field.Draw(width - 2)
	content := []string{cells.NewLine(width).Put(w.theme.AccentStrong, ": ").Join(drawn, width-2).String()}
	from, to := p.list.Visible()
	for row := from; row < to; row++ {
		content = append(content, p.row(w.theme, row, width))
	}
	if len(p.found) == 0 {
		content = append(content, cells.NewLine(width).Put(w.theme.Dim, "  "+p.none).String())
	}
	x, y := p.corner(w, box)
	cells.Overlay(lines, box.Lines(w.theme, content), x, y, box.Width)
}

// cursor returns where the terminal's cursor stands.
func (p *palette) cursor(w *workbench) (x, y int) {
	box := p.box(w)
	width, _ := box.Inner()
	inX, inY := box.Origin()
	x, y = p.corner(w, box)
	_, at := p.field.Draw(width - 2)
	return x + inX + 2 + at, y + inY
}

// row draws a command: its name with the letters that were typed, its keys or
// why it does nothing now.
func (p *palette) row(th *theme.Theme, row, width int) string {
	found := p.found[row]
	c := p.commands[found.Index]
	end, style := c.KeyNames(), th.Accent
	plain, hit := th.Text, th.AccentStrong
	if c.reason != "" {
		end, style, plain = c.reason, th.Dim, th.Dim
	}
	mark := "  "
	if marked, _ := p.list.Marked(); marked == row {
		mark, plain = "▸ ", th.Strong
	}
	line := cells.NewLine(width).Put(th.Accent, mark)
	room := width - cells.Width(end) - 2
	next := 0
	for i, r := range cells.Fit(c.Title, room-line.At()) {
		letter := plain
		if next < len(found.MatchedIndexes) && found.MatchedIndexes[next] == i {
			letter = hit
			next++
		}
		line.Put(letter, string(r))
	}
	return line.PutRight(style, end, width).String()
}

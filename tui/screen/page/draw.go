package page

import (
	"strings"

	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/screen"
	"strata/tui/theme"
)

// beside is the width from which parts stand beside one another: below, one is shown,
// and Tab goes to the next.
const beside = 100

// room is where one part, or what is said, is drawn.
type room struct {
	pane pane.Pane
	x, y int
	part int // -1: what is said
}

const (
	frameWidth  = 4
	frameHeight = 2
	leastSide   = 36
	leastChart  = 9
	leastSaid   = 6 // lines of text below
	narrowSaid  = 3
	leastTitle  = 20 // cells of a title before what is noted beside it goes
)

// arrange divides the screen: the first part on the left, the others one below the other
// on the right, and what is said below them.
func (s *Screen) arrange() []room {
	if s.width < beside || len(s.parts) == 0 {
		said := min(narrowSaid+frameHeight, s.height/3)
		return []room{
			{s.pane(s.front, s.width, s.height-said), 0, 0, s.front},
			{pane.Pane{Title: s.saidTitle(), Width: s.width, Height: said}, 0, s.height - said, -1},
		}
	}
	left := s.leftWidth()
	rooms := []room{{s.pane(0, left, s.height), 0, 0, 0}}
	y, width := 0, s.width-left
	rest := s.height - leastSaid - frameHeight
	for i := 1; i < len(s.parts) && rest >= leastChart; i++ {
		height := rest / (len(s.parts) - i)
		if lines, ok := s.parts[i].tallest(width - frameWidth); ok {
			height = min(height, lines+frameHeight)
		}
		rooms = append(rooms, room{s.pane(i, width, height), left, y, i})
		y, rest = y+height, rest-height
	}
	return append(rooms, room{pane.Pane{Title: s.saidTitle(), Width: width, Height: s.height - y}, left, y, -1})
}

// leftWidth is how wide the first part is: a table as wide as it and its title are, a
// chart as wide as it can be.
func (s *Screen) leftWidth() int {
	most := s.width - leastSide
	if t := s.parts[0].table; t != nil {
		const aroundTitle = 2
		title := cells.Width(cells.Clean(s.parts[0].caption)) + aroundTitle
		return max(min(max(t.Widest(), title)+frameWidth, most), s.width/2)
	}
	return min(s.width*6/11, most)
}

func (s *Screen) pane(part, width, height int) pane.Pane {
	p := pane.Pane{Width: width, Height: height, Focused: true, Title: s.question.Title}
	if part < len(s.parts) {
		p.Focused, p.Note = part == s.front, s.parts[part].note()
		if caption := s.parts[part].caption; caption != "" {
			p.Title = caption
		}
	}
	if part < len(s.parts) {
		p.Note = joined(p.Note, s.parts[part].hidden(p.Inner()))
	}
	switch {
	case s.pending:
		p.Note = "…"
	case s.width < beside && len(s.parts) > 1: // the others are behind it
		p.Note = joined(p.Note, catalogue.T("{part} of {parts} [Tab]", "part", part+1, "parts", len(s.parts)))
	}
	// What is not drawn, and that the figures are the last ones, is told before the rest
	// of a long title.
	if room := p.TitleRoom(); room >= leastTitle {
		p.Title = cells.Fit(cells.Clean(p.Title), min(room, cells.Width(cells.Clean(p.Title))))
	}
	return p
}

// joined puts what there is to note side by side.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

func (s *Screen) saidTitle() string {
	if len(s.parts) > 0 {
		if crowd := s.parts[s.front].behind(); crowd != nil {
			return crowd.Title
		}
	}
	return catalogue.T("What it says")
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.frame == nil || s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	if s.document == nil {
		p := s.pane(0, s.width, s.height)
		width, _ := p.Inner()
		text := catalogue.T("counting …")
		if s.trouble != "" {
			text = s.trouble
		}
		var lines []string
		for _, line := range cells.Wrap(cells.Clean(text), width) {
			lines = append(lines, cells.NewLine(width).Put(s.theme.Dim, line).String())
		}
		return p.Lines(s.theme, lines)
	}
	lines := cells.Blank(s.width, s.height)
	for _, r := range s.arrange() {
		width, height := r.pane.Inner()
		var content []string
		if r.part < 0 {
			content = s.saidLines(width, height)
		} else if r.part < len(s.parts) {
			content = s.parts[r.part].lines(s.theme, r.part == s.front, width, height)
		}
		cells.Overlay(lines, r.pane.Lines(s.theme, content), r.x, r.y, r.pane.Width)
	}
	return lines
}

// saidLines is the marked figure in a sentence, and then what else the answer says. What
// there is no room for, the explanation has.
func (s *Screen) saidLines(width, height int) []string {
	type line struct {
		style theme.Style
		text  string
	}
	var all []line
	put := func(text string, style theme.Style) {
		if len(all) > 0 && height > leastSaid {
			all = append(all, line{})
		}
		for _, text := range cells.Wrap(cells.Clean(text), width) {
			all = append(all, line{style, text})
		}
	}
	if len(s.parts) > 0 {
		if text := s.parts[s.front].tell(); text != "" {
			put(text, s.theme.Text)
		}
	}
	for _, text := range s.said {
		put(text, s.theme.Dim)
	}
	if more := catalogue.T(" … [i]"); len(all) > height && height > 0 {
		last := &all[height-1]
		last.text = strings.TrimRight(cells.Fit(last.text, max(width-cells.Width(more), 0)), " …") + more
		all = all[:height]
	}
	var lines []string
	for _, l := range all {
		lines = append(lines, cells.NewLine(width).Put(l.style, l.text).String())
	}
	return lines
}

// at returns the room under the mouse.
func (s *Screen) at(x, y int) (room, bool) {
	for _, r := range s.arrange() {
		if x >= r.x && x < r.x+r.pane.Width && y >= r.y && y < r.y+r.pane.Height && r.part >= 0 && r.part < len(s.parts) {
			return r, true
		}
	}
	return room{}, false
}

// Click marks the figure under the mouse.
func (s *Screen) Click(x, y int) screen.Outcome {
	if r, ok := s.at(x, y); ok && s.document != nil {
		s.front = r.part
		left, top := r.pane.Origin()
		if t := s.parts[r.part].table; t != nil {
			if id := t.Click(x-r.x-left, y-r.y-top); id != "" {
				return s.Do(id)
			}
		} else {
			s.parts[r.part].chart.Click(x-r.x-left, y-r.y-top)
		}
	}
	return screen.Outcome{}
}

// Wheel moves the mark of the table under the mouse.
func (s *Screen) Wheel(x, y int, up bool) screen.Outcome {
	if r, ok := s.at(x, y); ok && s.parts[r.part].table != nil {
		s.parts[r.part].table.Wheel(up)
	}
	return screen.Outcome{}
}

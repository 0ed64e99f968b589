// Package pane frames a part of the screen with rounded borders and a title.
package pane

import (
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Pane is a framed rectangle.
type Pane struct {
	Title   string
	Note    string // dim, at the right end of the upper border
	Width   int    // with borders
	Height  int
	Focused bool
}

// What a frame takes: a border on each side, and a blank between it and the
// content on the left and on the right.
const (
	frameWidth  = 4
	frameHeight = 2
	inset       = 2
)

// Inner returns the size of the content.
func (p Pane) Inner() (width, height int) {
	return max(p.Width-frameWidth, 0), max(p.Height-frameHeight, 0)
}

// Origin returns where the content begins, counted from the pane's corner.
func (p Pane) Origin() (x, y int) { return inset, frameHeight / 2 }

// TitleRoom is how many cells a title may have beside the note.
func (p Pane) TitleRoom() int {
	const frame, aroundNote = 6, 4
	room := p.Width - frame
	if note := cells.Width(cells.Clean(p.Note)); note > 0 {
		room -= note + aroundNote
	}
	return max(room, 0)
}

// Lines frames content, whose lines are exactly as wide as Inner says; missing
// ones are blank and surplus ones are not drawn.
func (p Pane) Lines(th *theme.Theme, content []string) []string {
	if p.Width < frameWidth || p.Height < frameHeight {
		return cells.Blank(p.Width, p.Height)
	}
	border, title := th.Border, th.Strong
	if p.Focused {
		border, title = th.BorderFocus, th.AccentStrong
	}
	width, height := p.Inner()
	lines := make([]string, 0, p.Height)
	lines = append(lines, p.top(th, border, title))
	left, right := border.Text("│")+" ", " "+border.Text("│")
	blank := ""
	for i := range height {
		if i < len(content) {
			lines = append(lines, left+content[i]+right)
			continue
		}
		if blank == "" {
			blank = left + cells.Blank(width, 1)[0] + right
		}
		lines = append(lines, blank)
	}
	bottom := cells.NewLine(p.Width).Put(border, "╰").Repeat(border, "─", p.Width-2).Put(border, "╯")
	return append(lines, bottom.String())
}

func (p Pane) top(th *theme.Theme, border, title theme.Style) string {
	line := cells.NewLine(p.Width).Put(border, "╭─")
	if room := p.Width - 6; p.Title != "" && room > 0 {
		line.Put(title, " "+cells.Fit(cells.Clean(p.Title), room)+" ")
	}
	note := cells.Clean(p.Note)
	rest := p.Width - 1 - line.At()
	if used := cells.Width(note) + 3; note != "" && used < rest {
		line.Repeat(border, "─", rest-used).Put(th.Dim, " "+note+" ").Put(border, "─")
	} else {
		line.Repeat(border, "─", rest)
	}
	return line.Put(border, "╮").String()
}

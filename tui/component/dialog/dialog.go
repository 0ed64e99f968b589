// Package dialog draws a box over the screen: a text to read, scrolled where
// the screen is too small for it.
package dialog

import (
	"strconv"

	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/theme"
)

// Dialog is a box with a title and finished lines of equal width.
type Dialog struct {
	Title string
	Body  []string
	Width int // of the body
	// Through are keys that close the dialog and then do what they do.
	Through []string
	offset  int
}

// Over draws the dialog in the middle of a screen's lines, in place.
func (d *Dialog) Over(lines []string, width int, th *theme.Theme) {
	height := min(len(d.Body)+2, len(lines))
	box := pane.Pane{Title: d.Title, Width: min(d.Width+4, width), Height: height, Focused: true}
	inner, rows := box.Inner()
	d.offset = max(min(d.offset, len(d.Body)-rows), 0)
	visible := d.Body[d.offset:]
	if hidden := len(d.Body) - rows; hidden > 0 {
		box.Note = catalogue.T("↑↓ {offset} of {body} lines · Esc", "offset", strconv.Itoa(d.offset+rows), "body", strconv.Itoa(len(d.Body)))
		visible = visible[:max(rows, 0)]
	} else {
		box.Note = "Esc"
	}
	content := make([]string, len(visible))
	for i, row := range visible {
		content[i] = cells.NewLine(inner).Join(row, d.Width).String()
	}
	cells.Overlay(lines, box.Lines(th, content), (width-box.Width)/2, (len(lines)-height)/2, box.Width)
}

// Scroll moves the text by n lines.
func (d *Dialog) Scroll(n int) { d.offset = max(d.offset+n, 0) }

// First goes to the beginning of the text.
func (d *Dialog) First() { d.offset = 0 }

// Last goes to its end.
func (d *Dialog) Last() { d.offset = len(d.Body) }

package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is the escape sequence that switches a look on; the empty Style is the
// terminal's own text. It is plain data so that a run of text costs one string
// write, not a layout pass.
type Style string

// Reset switches every look off.
const Reset = "\x1b[m"

// Text returns text in the style, switched off again at its end. The text is
// taken as it stands: what comes from a file goes through cells.Line instead.
func (s Style) Text(text string) string {
	if s == "" || text == "" {
		return text
	}
	return string(s) + text + Reset
}

// mark stands for a text while a style's escape sequence is found.
const mark = "x"

// style takes from a Lip Gloss style what it writes before a text. Lip Gloss
// lays out every text it renders; here that is done once for each look instead
// of once for each run of cells.
func style(look lipgloss.Style) Style {
	before, _, _ := strings.Cut(look.Render(mark), mark)
	return Style(before)
}

// plain is the look that adds nothing.
func plain() lipgloss.Style { return lipgloss.NewStyle() }

// in is text of a colour, nil being the terminal's own.
func in(c color.Color) lipgloss.Style {
	if c == nil {
		return plain()
	}
	return plain().Foreground(c)
}

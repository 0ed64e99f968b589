package theme

import "strings"

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

// color holds the parameters that select one colour as foreground and as
// background. The zero value is the terminal's own colour.
type color struct{ fg, bg string }

// attributes that a style may add to its colours.
const (
	bold      = "1"
	underline = "4"
	reverse   = "7"
)

// style joins select-graphic-rendition parameters, leaving out empty ones.
func style(parameters ...string) Style {
	kept := parameters[:0:0]
	for _, p := range parameters {
		if p != "" {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return Style("\x1b[" + strings.Join(kept, ";") + "m")
}

package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"strata/tui/theme"
)

// Line writes one screen line of an exact width from runs of styled text.
// What does not fit is cut, what is missing is filled with blanks. All text
// that goes in through Put is cleaned, so that nothing from a file ever drives
// the terminal.
type Line struct {
	out   strings.Builder
	open  theme.Style // the style switched on at the end of out
	at    int
	width int
}

// NewLine returns an empty line of a width in cells.
func NewLine(width int) *Line {
	l := &Line{width: max(width, 0)}
	l.out.Grow(width + width/2 + 16)
	return l
}

// At returns the column where the next run begins.
func (l *Line) At() int { return l.at }

// Left returns how many cells are free.
func (l *Line) Left() int { return l.width - l.at }

// Put appends text in a style.
func (l *Line) Put(s theme.Style, text string) *Line {
	text = Clean(text)
	w := Width(text)
	if w > l.Left() {
		text = Fit(text, l.Left())
		w = Width(text)
	}
	if w == 0 {
		return l
	}
	if s != l.open {
		l.close()
		l.out.WriteString(string(s))
		l.open = s
	}
	l.out.WriteString(text)
	l.at += w
	return l
}

// Repeat appends text n times, in a style; text is one cell wide.
func (l *Line) Repeat(s theme.Style, text string, n int) *Line {
	if n = min(n, l.Left()); n > 0 {
		l.Put(s, strings.Repeat(text, n))
	}
	return l
}

// PutRight appends text so that it ends before column end; where that is not
// possible it follows what is there.
func (l *Line) PutRight(s theme.Style, text string, end int) *Line {
	return l.Skip(end-Width(text)-l.at).Put(s, text)
}

// Skip appends n blanks.
func (l *Line) Skip(n int) *Line {
	if n = min(n, l.Left()); n > 0 {
		l.close()
		for range n {
			l.out.WriteByte(' ')
		}
		l.at += n
	}
	return l
}

// SkipTo appends blanks up to a column.
func (l *Line) SkipTo(column int) *Line { return l.Skip(column - l.at) }

// Join appends a finished line of a known width: another component's drawing.
func (l *Line) Join(drawn string, width int) *Line {
	if width > l.Left() {
		drawn = ansi.Truncate(drawn, l.Left(), "")
		width = ansi.StringWidth(drawn) // a wide letter at the edge leaves a cell
	}
	l.close()
	l.out.WriteString(drawn)
	l.at += width
	return l
}

// String returns the line, filled up to its width.
func (l *Line) String() string {
	l.Skip(l.Left())
	l.close()
	return l.out.String()
}

func (l *Line) close() {
	if l.open != "" {
		l.out.WriteString(theme.Reset)
		l.open = ""
	}
}

// Blank returns n lines of blanks.
func Blank(width, n int) []string {
	lines := make([]string, max(n, 0))
	for i := range lines {
		lines[i] = blanks(width)
	}
	return lines
}

// Overlay draws a box over lines with its upper left corner at column x and
// row y. Lines and box rows are finished drawings; width is that of the box. A
// wide letter that the box's edge would halve becomes a blank.
func Overlay(lines, box []string, x, y, width int) {
	for i, row := range box {
		if y+i < 0 || y+i >= len(lines) {
			continue
		}
		under := lines[y+i]
		left := ansi.Truncate(under, x, "") + theme.Reset
		right := ansi.TruncateLeft(under, x+width, "")
		rest := ansi.StringWidth(under) - x - width
		if ansi.StringWidth(right) > rest { // the edge of the box runs through a wide letter
			right = ansi.TruncateLeft(under, x+width+1, "")
		}
		missing := rest - ansi.StringWidth(right)
		lines[y+i] = left + blanks(x-ansi.StringWidth(left)) + row + theme.Reset + blanks(missing) + right
	}
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

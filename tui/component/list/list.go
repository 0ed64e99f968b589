// Package list keeps the marked row of a list and the part of it that is on
// the screen. It knows how many rows there are, not what they are, so that ten
// million cost what ten do.
package list

import "strata/tui/action"

// List is a list of rows with a mark on one of them. The zero List is empty.
type List struct {
	rows, height int
	mark, top    int
}

// SetSize tells how many rows there are and how many are drawn. The mark stays
// where it is as long as there is such a row.
func (l *List) SetSize(rows, height int) {
	l.rows, l.height = max(rows, 0), max(height, 0)
	l.Mark(l.mark)
}

// Rows returns how many rows there are.
func (l *List) Rows() int { return l.rows }

// Marked returns the marked row, from 0, and false in an empty list.
func (l *List) Marked() (row int, ok bool) { return l.mark, l.rows > 0 }

// Mark marks a row, the nearest there is, and brings it on the screen.
func (l *List) Mark(row int) {
	l.mark = max(min(row, l.rows-1), 0)
	l.top = max(min(l.top, l.mark), l.mark-l.height+1, 0)
	l.top = max(min(l.top, l.rows-l.height), 0)
}

// Move marks the row n below the marked one, above it where n is negative.
func (l *List) Move(n int) { l.Mark(l.mark + n) }

// Visible returns the rows on the screen: from the first to before the last.
func (l *List) Visible() (from, to int) { return l.top, min(l.top+l.height, l.rows) }

// At returns the row drawn on a line of the list, and false where there is none.
func (l *List) At(line int) (row int, ok bool) {
	row = l.top + line
	return row, line >= 0 && line < l.height && row < l.rows
}

// Do performs the actions that walk a list and reports whether id is one.
func (l *List) Do(id action.ID) bool {
	page := max(l.height-1, 1)
	switch id {
	case action.ListUp:
		l.Move(-1)
	case action.ListDown:
		l.Move(+1)
	case action.ListPageUp:
		l.Move(-page)
	case action.ListPageDown:
		l.Move(+page)
	case action.ListFirst:
		l.Mark(0)
	case action.ListLast:
		l.Mark(l.rows - 1)
	default:
		return false
	}
	return true
}

// wheelStep is how many rows one notch of the wheel goes.
const wheelStep = 3

// Wheel moves the mark by one notch of the mouse's wheel.
func (l *List) Wheel(up bool) {
	if up {
		l.Move(-wheelStep)
	} else {
		l.Move(+wheelStep)
	}
}

// Package table draws a table of an answer: rows to walk through and columns to walk
// along, figures on the right, and shaded where their size is what one looks for.
package table

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/tui/action"
	"strata/tui/component/bar"
	"strata/tui/component/cells"
	"strata/tui/component/list"
	"strata/tui/theme"
)

// Table is a view with a mark on one cell of it.
type Table struct {
	view    answer.View
	row     func(int) []string
	figures []bool
	texts   [2][]int // how wide the widest text of a column is, in full and short
	short   bool     // titles, and shares that are shaded, are short
	titles  []string
	widths  []int
	least   float64 // of the shaded figures
	largest float64
	most    float64 // of the figures that are bars
	fixed   int     // columns that stay while others scroll: the texts on the left

	list   list.List
	column int // the marked one
	width  int
}

// measured is how many rows tell how wide the columns are; others may be cut.
const measured = 10_000

// New makes the table of a view. It looks at the rows, which takes long where there are
// many.
func New(v answer.View) *Table {
	t := &Table{view: v}
	t.row, t.figures, _ = v.ForPeople(nil)
	t.texts, t.widths = [2][]int{make([]int, len(v.Heads)), make([]int, len(v.Heads))}, make([]int, len(v.Heads))
	found := false
	for r := range min(v.Len(), measured) {
		for c, text := range t.row(r) {
			t.texts[0][c] = max(t.texts[0][c], cells.Width(cells.Clean(text)))
			t.texts[1][c] = max(t.texts[1][c], cells.Width(cells.Clean(t.shortened(r, c, text))))
			if size, ok := v.At(r, c).Size(); ok && v.Heads[c].Bar {
				t.most = max(t.most, size)
			}
			if size, ok := t.shaded(r, c); ok {
				if !found {
					t.least, t.largest, found = size, size, true
				}
				t.least, t.largest = min(t.least, size), max(t.largest, size)
			}
		}
	}
	for t.fixed < len(t.figures) && !t.figures[t.fixed] {
		t.fixed++
	}
	t.fixed = min(max(t.fixed, 1), len(t.figures))
	t.title(false)
	t.list.SetSize(v.Len(), v.Len())
	t.column = max(slices.IndexFunc(v.Heads, func(h answer.Head) bool { return h.Heat }), min(t.fixed, len(t.figures)-1))
	return t
}

// shortened is the text of a cell where there is little room.
func (t *Table) shortened(row, column int, text string) string {
	if t.view.Heads[column].Heat {
		if short, ok := t.view.At(row, column).Short(); ok {
			return short
		}
	}
	return text
}

// title gives the columns their titles and widths, or the short ones.
func (t *Table) title(short bool) {
	t.short, t.titles = short, t.titles[:0]
	texts := t.texts[0]
	if short {
		texts = t.texts[1]
	}
	for c, head := range t.view.Heads {
		title := head.Title
		if short && head.Short != "" {
			title = head.Short
		}
		t.titles = append(t.titles, cells.Clean(title))
		t.widths[c] = max(texts[c], cells.Width(t.titles[c]))
	}
}

// shaded returns the size of a figure that is shaded by it, and false for any other.
func (t *Table) shaded(row, column int) (float64, bool) {
	if !t.view.Heads[column].Heat || t.view.At(row, column).IsPartial() {
		return 0, false
	}
	return t.view.At(row, column).Size()
}

// Range returns the ends of the figures that are shaded, as they are told; false where
// none is.
func (t *Table) Range() (least, largest float64, ok bool) {
	return t.least, t.largest, t.largest > t.least
}

const (
	gap    = 2
	header = 1
)

// Widest returns the width in which every column is drawn under its full title.
func (t *Table) Widest() int {
	t.title(false)
	return t.together()
}

func (t *Table) together() int {
	sum := 0
	for c := range t.widths {
		sum += t.take(c)
	}
	return sum
}

// Tallest returns the height in which every row is drawn.
func (t *Table) Tallest() int { return header + t.view.Len() }

// take is what a column takes, with what parts it from the one before.
func (t *Table) take(column int) int {
	if column == 0 {
		return t.widths[column]
	}
	return gap + t.widths[column]
}

// SetSize tells how much room there is.
func (t *Table) SetSize(width, height int) {
	t.width = width
	if t.title(false); t.together() > width {
		t.title(true)
	}
	t.list.SetSize(t.view.Len(), height-header)
}

// View returns what is drawn.
func (t *Table) View() answer.View { return t.view }

// Marked returns the marked cell, and false in a table without rows.
func (t *Table) Marked() (row, column int, ok bool) {
	row, ok = t.list.Marked()
	return row, t.column, ok
}

// Mark marks a cell, the nearest there is.
func (t *Table) Mark(row, column int) {
	t.list.Mark(row)
	t.column = max(min(column, len(t.widths)-1), 0)
}

// Do performs the actions that walk a table and reports whether id is one.
func (t *Table) Do(id action.ID) bool {
	switch id {
	case action.AskLeft:
		t.column = max(t.column-1, 0)
	case action.AskRight:
		t.column = min(t.column+1, len(t.widths)-1)
	default:
		return t.list.Do(id)
	}
	return true
}

// Wheel moves the mark by one notch of the mouse's wheel.
func (t *Table) Wheel(up bool) { t.list.Wheel(up) }

// Click marks the cell at a column and a line, counted from the corner.
func (t *Table) Click(x, y int) {
	if row, ok := t.list.At(y - header); ok {
		t.list.Mark(row)
	}
	at := 0
	for _, c := range t.drawn() {
		if at += t.take(c); x < at {
			t.column = c
			return
		}
	}
}

// drawn returns the columns that are on the screen: those that stay, and as many others
// as there is room for, the marked one among them.
func (t *Table) drawn() []int {
	var all []int
	room := t.width
	for c := range t.fixed {
		all, room = append(all, c), room-t.take(c)
	}
	first, taken := t.fixed, 0
	for c := t.fixed; c <= t.column; c++ {
		for taken += t.take(c); taken > room && first < c; first++ {
			taken -= t.take(first)
		}
	}
	for c := first; c < len(t.widths); c++ {
		if room -= t.take(c); room < 0 && c > t.column {
			break
		}
		all = append(all, c)
	}
	return all
}

// Lines draws the table in the room it was given.
func (t *Table) Lines(th *theme.Theme, focused bool) []string {
	columns := t.drawn()
	lines := []string{t.header(th, columns, focused)}
	from, to := t.list.Visible()
	for row := from; row < to; row++ {
		lines = append(lines, t.line(th, columns, row, focused))
	}
	return lines
}

func (t *Table) header(th *theme.Theme, columns []int, focused bool) string {
	line := cells.NewLine(t.width)
	for _, c := range columns {
		style := th.Dim
		if focused && c == t.column {
			style = th.AccentStrong
		}
		t.put(line, style, c, t.titles[c])
	}
	if last := columns[len(columns)-1]; last < len(t.widths)-1 {
		line.PutRight(th.Dim, "»", t.width)
	}
	return line.String()
}

func (t *Table) line(th *theme.Theme, columns []int, row int, focused bool) string {
	line, texts := cells.NewLine(t.width), t.row(row)
	mark, _ := t.list.Marked()
	for _, c := range columns {
		style, text := t.style(th, row, c), cells.Clean(texts[c])
		if t.short {
			text = cells.Clean(t.shortened(row, c, text))
		}
		if size, ok := t.shaded(row, c); ok && t.largest > t.least {
			part := (size - t.least) / (t.largest - t.least)
			style = th.Heat(max(part, faintest))
			if shade := th.Shade(max(part, faintest)); shade != "" {
				text = shade + strings.Repeat(" ", max(t.widths[c]-cells.Width(text), 0)) + text
			}
		}
		switch {
		case row != mark:
		case focused && c == t.column:
			style = th.Brand
		case focused && c < t.fixed:
			style = th.AccentStrong
		}
		t.put(line, style, c, text)
	}
	t.bar(line, th, row)
	return line.String()
}

// bar draws the figure that is to be seen as one behind all columns, where there is
// room.
func (t *Table) bar(line *cells.Line, th *theme.Theme, row int) {
	c := slices.IndexFunc(t.view.Heads, func(h answer.Head) bool { return h.Bar })
	room := min(line.Left()-gap, widestBar)
	if c < 0 || room < leastBar || t.most <= 0 {
		return
	}
	if size, ok := t.view.At(row, c).Size(); ok && size > 0 {
		style, tier := th.Dim, model.TierNone
		if of, ok := tierOf[t.view.Tone(row, 0)]; ok {
			style, tier = th.Tier(of), of
		}
		const whole = 1 << 20
		line.Skip(gap).Put(style, bar.Text(th, tier, int64(size/t.most*whole), whole, room))
	}
}

// The least that a bar is told from others in, and the width beyond which it does not
// grow.
const (
	leastBar  = 8
	widestBar = 40
)

// faintest is the shade of the least figure: nothing is for where there is none.
const faintest = 0.01

func (t *Table) style(th *theme.Theme, row, column int) theme.Style {
	switch t.view.Tone(row, column) {
	case answer.Plain:
		if t.view.At(row, column).IsPartial() {
			return th.Dim
		}
	case answer.High, answer.Mid, answer.Low:
		return th.TierStrong(tierOf[t.view.Tone(row, column)])
	case answer.Dim:
		return th.Dim
	}
	return th.Text
}

// put writes a cell. A figure's ground begins one cell before it, so that grounds meet
// no text.
func (t *Table) put(line *cells.Line, style theme.Style, column int, text string) {
	end := line.At() + t.take(column)
	if !t.figures[column] {
		if column > 0 {
			line.Skip(gap)
		}
		line.Put(style, cells.Fit(text, t.widths[column])).SkipTo(end)
		return
	}
	room := end - line.At() - 1
	text = cells.Fit(text, room)
	line.Skip(1).Put(style, strings.Repeat(" ", max(room-cells.Width(text), 0))+text)
}

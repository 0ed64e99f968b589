// Package table draws a table of an answer: rows to walk through and columns to walk
// along, in the order and down to the rows that a person asks for, figures on the right,
// and shaded where their size is what one looks for.
package table

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model/answer"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/field"
	"strata/tui/component/list"
	"strata/tui/screen"
)

// Table is a view with a mark on one cell of it. The zero Table is empty.
type Table struct {
	view    answer.View
	row     func(int) []string
	figures []bool
	texts   [2][]int    // how wide the widest text of a column is, in full and short, as far as it is known
	titles  [2][]string // in full, and short
	heat    bool        // some figures are shaded
	least   float64     // of the shaded figures
	largest float64
	ends    [2]answer.Value // those two as they are written
	most    float64         // of the figures that are bars

	hidden map[string]bool // columns that are not shown, by their name
	// Chosen, if not nil, is called when a column is shown or hidden; what it returns is
	// done.
	Chosen func() screen.Outcome

	wanted   request
	arranged arrangement // what is shown: the answer to what is wanted, or the one before
	typing   *field.Field

	list          list.List // of the rows shown
	column        int       // the marked one
	width, height int
}

// measured is how many rows tell beforehand how wide the columns are, and which have
// figures; columns grow with what is drawn.
const measured = 1000

// New makes the table of a view, with the mark on its first figure, or the first that is
// shaded.
func New(v answer.View) *Table {
	t := new(Table)
	t.Show(v)
	if t.column = max(slices.Index(t.figures, true), 0); t.heat {
		t.column = slices.IndexFunc(v.Heads, func(h answer.Head) bool { return h.Heat })
	}
	return t
}

// Show shows a view. What was hidden, sorted and filtered in the last one stays so, as far
// as it has such columns, and the mark where it was; the outcome has the work of that.
func (t *Table) Show(v answer.View) screen.Outcome {
	before := *t
	*t = Table{view: v, width: before.width, height: before.height, list: before.list, hidden: before.hidden, Chosen: before.Chosen}
	if t.hidden == nil {
		t.hidden = map[string]bool{}
	}
	t.wanted.by = -1
	t.arranged.request = t.wanted
	t.measure()
	t.fit()
	if before.view.Table != nil {
		return t.Follow(&before)
	}
	t.list.Mark(0)
	return screen.Outcome{}
}

// named returns which column is called as one of another table, -1 where none is.
func (t *Table) named(o *Table, column int) int {
	if column < 0 || column >= len(o.view.Heads) {
		return -1
	}
	return slices.IndexFunc(t.view.Heads, func(h answer.Head) bool { return name(h) == name(o.view.Heads[column]) })
}

// Follow puts the mark where that of another table is, and hides, sorts and filters as it
// does, as far as there are such columns; the outcome has the work of that.
func (t *Table) Follow(o *Table) screen.Outcome {
	row, column, marked := o.Marked()
	asked := o.wanted
	asked.by, asked.on = t.named(o, asked.by), max(t.named(o, asked.on), 0)
	t.hidden, t.typing = o.hidden, o.typing
	out := t.arrange(asked, keepMark)
	if same := t.named(o, column); same >= 0 {
		t.column = same
	} else {
		t.column = max(min(column, len(t.view.Heads)-1), 0)
	}
	if marked {
		t.MarkRow(row)
	}
	return out
}

// name is what a column is called wherever it is.
func name(h answer.Head) string {
	if h.Key != "" {
		return h.Key
	}
	return h.Title
}

// measure looks at the first rows.
func (t *Table) measure() {
	v := t.view
	t.row, t.figures, _ = v.First(measured).ForPeople(nil)
	t.texts, t.titles, t.heat = [2][]int{make([]int, len(v.Heads)), make([]int, len(v.Heads))}, [2][]string{}, false
	for _, head := range v.Heads {
		short := head.Title
		if head.Short != "" {
			short = head.Short
		}
		t.titles = [2][]string{append(t.titles[0], cells.Clean(head.Title)), append(t.titles[1], cells.Clean(short))}
		t.heat = t.heat || head.Heat
	}
	found, all := false, min(v.Len(), measured)
	if t.heat { // its ends are those of all rows
		all = v.Len()
	}
	for r := range all {
		for c, text := range t.row(r) {
			t.widen(r, c, cells.Clean(text))
			if size, ok := v.At(r, c).Size(); ok && v.Heads[c].Bar {
				t.most = max(t.most, size)
			}
			if size, ok := t.shaded(r, c); ok {
				of := v.Shade(r, c)
				if !found {
					t.least, t.largest, t.ends, found = size, size, [2]answer.Value{of, of}, true
				}
				if size < t.least {
					t.least, t.ends[0] = size, of
				}
				if size > t.largest {
					t.largest, t.ends[1] = size, of
				}
			}
		}
	}
}

// widen has a column be as wide as a text of it.
func (t *Table) widen(row, column int, text string) {
	t.texts[0][column] = max(t.texts[0][column], cells.Width(text))
	t.texts[1][column] = max(t.texts[1][column], cells.Width(t.shortened(row, column, text)))
}

// shortened is the text of a cell where there is little room: a share that is shaded is
// a whole number of percent.
func (t *Table) shortened(row, column int, text string) string {
	if t.view.Heads[column].Heat {
		if short, ok := t.view.At(row, column).Short(); ok {
			return short
		}
	}
	return text
}

// shaded returns the size of a figure that is shaded by it, and false for any other.
func (t *Table) shaded(row, column int) (float64, bool) {
	if !t.view.Heads[column].Heat || t.view.At(row, column).IsPartial() {
		return 0, false
	}
	if _, ok := t.view.At(row, column).Size(); !ok {
		return 0, false
	}
	return t.view.Shade(row, column).Size()
}

const header = 1

// Tallest returns the height in which every row is drawn.
func (t *Table) Tallest() int { return header + t.list.Rows() + t.below() }

// below is how many lines stand below the rows.
func (t *Table) below() int {
	if t.typing != nil || t.wanted.filter != "" {
		return 1
	}
	return 0
}

// SetSize tells how much room there is.
func (t *Table) SetSize(width, height int) {
	t.width, t.height = width, height
	t.fit()
}

// Width returns how wide the table is drawn.
func (t *Table) Width() int { return t.width }

// fit gives the list its rows and its room.
func (t *Table) fit() {
	n := 0
	if t.view.Table != nil {
		n = t.arranged.len(t.view.Len())
	}
	t.list.SetSize(n, t.height-header-t.below())
}

// View returns what is drawn, whatever the order.
func (t *Table) View() answer.View { return t.view }

// Rows returns how many rows are shown.
func (t *Table) Rows() int { return t.list.Rows() }

// Visible returns the places of the rows on the screen: from the first to before the
// last.
func (t *Table) Visible() (from, to int) { return t.list.Visible() }

// Marked returns the marked cell of the view, and false where no row is shown.
func (t *Table) Marked() (row, column int, ok bool) {
	place, ok := t.list.Marked()
	if !ok {
		return 0, t.column, false
	}
	return t.arranged.row(place), t.column, true
}

// Mark marks a cell of the view, the nearest there is.
func (t *Table) Mark(row, column int) {
	t.list.Mark(t.arranged.place(row))
	t.column = max(min(column, len(t.view.Heads)-1), 0)
}

// MarkRow marks a row of the view.
func (t *Table) MarkRow(row int) { t.Mark(row, t.column) }

// Do performs the actions of a table and reports whether id is one.
func (t *Table) Do(id action.ID) (screen.Outcome, bool) {
	if t.view.Table == nil {
		return screen.Outcome{}, false
	}
	switch id {
	case action.ColumnLeft:
		t.step(-1)
	case action.ColumnRight:
		t.step(+1)
	case action.SortColumn:
		return t.sort(), true
	case action.Filter:
		t.startFilter()
	case action.CopyPart:
		return t.copyPart(), true
	case action.Columns:
		return t.choose(t.column), true
	default:
		return screen.Outcome{}, t.list.Do(id)
	}
	return screen.Outcome{}, true
}

// step marks the next column that is shown.
func (t *Table) step(by int) {
	for c := t.column + by; c >= 0 && c < len(t.view.Heads); c += by {
		if !t.hides(c) {
			t.column = c
			return
		}
	}
}

// Back takes the filter away and reports whether there was one.
func (t *Table) Back() bool {
	if t.typing == nil && t.wanted.filter == "" {
		return false
	}
	t.endFilter()
	return true
}

// Wheel moves the mark by one notch of the mouse's wheel.
func (t *Table) Wheel(up bool) { t.list.Wheel(up) }

// Click marks the cell at a column and a line, counted from the corner. A click on a head
// is to sort by it, which is up to whoever has the table do it: it returns
// [action.SortColumn] then, "" otherwise.
func (t *Table) Click(x, y int) action.ID {
	if t.view.Table == nil || x < 0 || y < 0 {
		return ""
	}
	row, onRow := t.list.At(y - header)
	if y > 0 && !onRow {
		return ""
	}
	if onRow && y > 0 {
		t.list.Mark(row)
	}
	l, at := t.lay(), 0
	for i, c := range l.columns {
		if at += l.take(i); x < at {
			t.column = c
			if y == 0 {
				return action.SortColumn
			}
			return ""
		}
	}
	return ""
}

// Typing reports whether the filter is being typed.
func (t *Table) Typing() bool { return t.typing != nil }

// Took takes in what Work of a table came to and reports whether it was that.
func Took(result any) (screen.Outcome, bool) {
	switch r := result.(type) {
	case screen.Exported:
		return r.Outcome(), true
	case arrangement:
		return r.of.took(r), true
	}
	return screen.Outcome{}, false
}

// Key changes the filter; the rows follow every letter. Enter keeps it, Esc shows all
// rows again.
func (t *Table) Key(msg tea.Msg) screen.Outcome {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			t.typing = nil
			t.fit()
			return screen.Outcome{}
		case "esc":
			t.endFilter()
			return screen.Outcome{}
		}
	}
	if !t.typing.Update(msg) {
		return screen.Outcome{}
	}
	asked := t.wanted
	asked.filter, asked.on = t.typing.Text(), t.column
	return t.arrange(asked, toFirst)
}

package answer

import (
	"slices"

	"strata/model"
	"strata/model/words"
)

// Medium is a set of places where something is told.
type Medium uint8

// The media. People read a text on a terminal, a page: Markdown or HTML, or a screen of
// the workbench.
const (
	JSON Medium = 1 << iota
	CSV
	Terminal
	Page
	Screen

	Machines = JSON | CSV
	People   = Terminal | Page
	Everyone = Machines | People
	Shown    = People | Screen
)

// Column is one figure of every row of a table.
type Column[R any] struct {
	Key   string // in JSON and CSV; for ever
	Title string // for people
	Means string // what it counts, for people who ask
	In    Medium

	Short string // the title where there is little room
	Light int8   // where there is less: the columns with the greatest go first; 0 stays

	Tone func(R) Tone // what stands out on a terminal that has colour; may be nil
	Heat bool         // a screen shades figures by their size among all such columns of the table
	// Shade, if not nil, is what a figure of Heat is shaded by in the place of its own size.
	Shade func(R) Value
	Bar   bool // a screen draws a bar for each figure, of one such column

	Tiers bool // its texts are how much each tier has, one letter a cell: HHMMMLLLLL

	Behind func(R) *Crowd // who is behind a figure; may be nil
	Tell   func(R) string // the figure in a sentence; may be nil

	Optional bool // JSON leaves a missing value out, rather than null
	Of       func(R) Value
	Object   func(R) *Document // in JSON, in the place of Of
	List     func(R) []Value   // likewise
	Encoded  func(R) any       // likewise: a *[Table], or what encodes itself
}

// Tone is what a colour says of a cell. It never says it alone: there are terminals
// without.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	High
	Mid
	Low
	Dim    // beside the point
	Bright // what the rest is about
	Fall   // less than before
	Look   // to be looked at
)

// ToneOf is that of a tier.
func ToneOf(t model.Tier) Tone {
	switch t {
	case model.TierHigh:
		return High
	case model.TierMid:
		return Mid
	case model.TierLow:
		return Low
	}
	return Plain
}

// Through returns a column that tells of a row what another tells of a part of it.
func Through[R, P any](part func(R) P, c Column[P]) Column[R] {
	return Column[R]{
		Key: c.Key, Title: c.Title, Means: c.Means, In: c.In, Short: c.Short, Light: c.Light, Tone: through(part, c.Tone), Heat: c.Heat, Shade: through(part, c.Shade), Bar: c.Bar, Tiers: c.Tiers, Optional: c.Optional,
		Behind: through(part, c.Behind), Tell: through(part, c.Tell),
		Of: through(part, c.Of), Object: through(part, c.Object), List: through(part, c.List), Encoded: through(part, c.Encoded),
	}
}

func through[R, P, V any](part func(R) P, of func(P) V) func(R) V {
	if of == nil {
		return nil
	}
	return func(row R) V { return of(part(row)) }
}

// Rows are looked up, not stored: ten million are told like ten.
type Rows[R any] interface {
	Len() int
	At(i int) R
}

// Slice is rows that are stored.
type Slice[R any] []R

// Len returns how many there are.
func (s Slice[R]) Len() int { return len(s) }

// At returns one of them.
func (s Slice[R]) At(i int) R { return s[i] }

// Table is rows under columns.
type Table struct {
	Key     string // of the array of objects in JSON
	Caption string // said above it
	Note    string // said below it
	Symbol  string // of the currency of its amounts
	Shaded  string // what the shades of its figures say, said below them where there are shades
	Cut     bool   // rows are quoted: a terminal that has no room cuts them, rather than columns or lines

	heads []Head
	rows  int
	at    func(row, column int) Value
	nests func(row, column int) any
	tone  func(row, column int) Tone

	// Block, if not nil, is the part of the table that a row belongs to, ascending: rows are
	// sorted within their block, so that totals stay where they are, and groups of rows
	// beside their own.
	Block func(row int) int

	shade  func(row, column int) Value
	behind func(row, column int) (crowd *Crowd, own bool) // own: the column has crowds
	told   func(row, column int) string
	again  func() *Table
}

// Head is what a column is called.
type Head struct {
	Key, Title, Short, Means string
	Light                    int8
	Heat, Bar, Optional      bool
	Tiers                    bool
	in                       Medium
}

// TableOf lays rows out under columns. Nothing is made before it is asked for, and a
// row is looked up once for all its columns, so only one may read a table at a time.
func TableOf[R any](key string, rows Rows[R], columns []Column[R]) *Table {
	t := &Table{Key: key, rows: rows.Len()}
	t.again = func() *Table { return TableOf(key, rows, columns) }
	last, found := -1, *new(R)
	look := func(row int) R {
		if row != last {
			last, found = row, rows.At(row)
		}
		return found
	}
	t.at = func(row, column int) Value {
		if of := columns[column].Of; of != nil {
			return of(look(row))
		}
		return Value{}
	}
	t.nests = func(row, column int) any {
		switch c := columns[column]; {
		case c.Object != nil:
			return c.Object(look(row))
		case c.List != nil:
			return c.List(look(row))
		case c.Encoded != nil:
			return c.Encoded(look(row))
		}
		return nil
	}
	t.tone = func(row, column int) Tone {
		if of := columns[column].Tone; of != nil {
			return of(look(row))
		}
		return Plain
	}
	t.shade = func(row, column int) Value {
		if of := columns[column].Shade; of != nil {
			return of(look(row))
		}
		return t.at(row, column)
	}
	t.behind = func(row, column int) (*Crowd, bool) {
		if of := columns[column].Behind; of != nil {
			return of(look(row)), true
		}
		return nil, false
	}
	t.told = func(row, column int) string {
		if of := columns[column].Tell; of != nil {
			return of(look(row))
		}
		return ""
	}
	for _, c := range columns {
		t.heads = append(t.heads, Head{c.Key, c.Title, c.Short, c.Means, c.Light, c.Heat, c.Bar, c.Optional, c.Tiers, c.In})
	}
	return t
}

// View is what one medium sees of a table.
type View struct {
	*Table
	Heads   []Head
	columns []int
}

// In returns what a medium sees.
func (t *Table) In(m Medium) View {
	v := View{Table: t}
	for i, h := range t.heads {
		if h.in&m != 0 {
			v.Heads, v.columns = append(v.Heads, h), append(v.columns, i)
		}
	}
	return v
}

// Again returns a table of the same rows and columns, for somebody else to read at the
// same time.
func (t *Table) Again() *Table {
	other := t.again()
	other.Caption, other.Note, other.Symbol, other.Cut = t.Caption, t.Note, t.Symbol, t.Cut
	other.Shaded, other.Block = t.Shaded, t.Block
	return other
}

// Again returns the view of such a table.
func (v View) Again() View {
	v.Table = v.Table.Again()
	return v
}

// First returns the view of no more than the first n rows.
func (v View) First(n int) View {
	cut := *v.Table
	cut.rows = min(cut.rows, n)
	v.Table = &cut
	return v
}

// As returns a table of n rows, each that of the view which at tells, under the columns
// that are shown, which everybody sees then, and those that only other media have.
func (v View) As(n int, at func(row int) int, shown []int) *Table {
	var columns []int
	t := &Table{Key: v.Key, Caption: v.Caption, Note: v.Note, Symbol: v.Symbol, rows: n}
	for i, head := range v.heads {
		seen := slices.Index(v.columns, i)
		switch {
		case seen < 0:
			head.in &= Everyone
		case !slices.Contains(shown, seen):
			continue
		case head.Key == "":
			head.in |= People
		default:
			head.in |= Everyone
		}
		t.heads, columns = append(t.heads, head), append(columns, i)
	}
	t.at = func(row, column int) Value { return v.at(at(row), columns[column]) }
	t.nests = func(row, column int) any { return v.nests(at(row), columns[column]) }
	t.tone = func(row, column int) Tone { return v.tone(at(row), columns[column]) }
	t.shade = func(row, column int) Value { return v.shade(at(row), columns[column]) }
	t.behind = func(row, column int) (*Crowd, bool) { return v.behind(at(row), columns[column]) }
	t.told = func(row, column int) string { return v.told(at(row), columns[column]) }
	t.again = func() *Table { return v.Again().As(n, at, shown) }
	return t
}

// Len returns how many rows there are.
func (v View) Len() int { return v.rows }

// At returns a value.
func (v View) At(row, column int) Value { return v.at(row, v.columns[column]) }

// Shade returns what a figure is shaded by: itself, unless its column says otherwise.
func (v View) Shade(row, column int) Value { return v.shade(row, v.columns[column]) }

// Tone returns that of a cell.
func (v View) Tone(row, column int) Tone { return v.tone(row, v.columns[column]) }

// Tell returns the figure of a cell in a sentence, "" where there is none.
func (v View) Tell(row, column int) string { return v.told(row, v.columns[column]) }

// Nested returns what stands in JSON in the place of a value, see [Part]; nil for the
// value.
func (v View) Nested(row, column int) any { return v.nests(row, v.columns[column]) }

// ForPeople returns what writes the values of a row, and says which columns have
// figures or nothing, and no texts: they stand on the right. The amounts of a column
// that are to be [Scaled] have one scale, if no text is among them. Rows are not kept:
// each is looked up once to see what is in it, until stopped, which may be nil, tells
// why not. What row returns holds until it is called again.
func (v View) ForPeople(stopped func() error) (row func(int) []string, figures []bool, err error) {
	figures = make([]bool, len(v.Heads))
	for c := range figures {
		figures[c] = v.rows > 0
	}
	largest := make([]model.Money, len(v.Heads))
	for r := range v.rows {
		if stopped != nil {
			if err := stopped(); err != nil {
				return nil, nil, err
			}
		}
		for c := range v.Heads {
			if !figures[c] {
				continue
			}
			value := v.At(r, c)
			figures[c] = value.kind != text
			if m := model.Money(value.n); value.kind == money {
				largest[c] = max(largest[c], m, -m)
			}
		}
	}
	cells := make([]string, len(v.Heads))
	return func(r int) []string {
		for c := range v.Heads {
			cells[c] = v.At(r, c).ForPeople(words.ScaleFor(largest[c]), v.Symbol)
		}
		return cells
	}, figures, nil
}

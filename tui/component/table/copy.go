package table

import (
	"strings"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// hides reports whether a column is not shown.
func (t *Table) hides(column int) bool { return t.hidden[name(t.view.Heads[column])] }

// Shows reports whether the column of a name, which is its key if it has one, is shown.
func (t *Table) Shows(name string) bool { return !t.hidden[name] }

// Hide shows the column of a name no longer, or again.
func (t *Table) Hide(name string, hide bool) {
	if t.hidden == nil {
		t.hidden = map[string]bool{}
	}
	t.hidden[name] = hide
}

// choose asks which columns are shown, again and again until the person has enough. The
// first one tells what a row is, and stays.
func (t *Table) choose(mark int) screen.Outcome {
	choice := &screen.Choice{Title: catalogue.T("Columns"), None: catalogue.T("No match")}
	for c, head := range t.view.Heads[min(1, len(t.view.Heads)):] {
		box := "[x] "
		if t.hides(c + 1) {
			box = "[ ] "
		}
		choice.Options = append(choice.Options, screen.Option{Title: box + head.Title, Choose: func() screen.Outcome {
			return t.toggle(c + 1)
		}})
	}
	choice.Mark = min(max(mark-1, 0), max(len(choice.Options)-1, 0))
	if len(choice.Options) == 0 {
		return screen.Outcome{Note: catalogue.T("there are no other columns")}
	}
	return screen.Outcome{Choose: choice}
}

// toggle shows a column or hides it, and asks for the next.
func (t *Table) toggle(column int) screen.Outcome {
	t.Hide(name(t.view.Heads[column]), !t.hides(column))
	if t.hides(t.column) {
		t.column = 0
	}
	out := screen.Outcome{}
	if t.Chosen != nil {
		out = t.Chosen()
	}
	if t.wanted.filter != "" { // what is hidden is not looked at
		out = t.arrange(t.wanted, keepMark)
	}
	out.Choose = t.choose(column).Choose
	return out
}

// mostCopied is how many cells go to the clipboard.
const mostCopied = 500_000

// copyPart asks what of the table is copied.
func (t *Table) copyPart() screen.Outcome {
	row, column, ok := t.Marked()
	if !ok {
		return screen.Outcome{Note: catalogue.T("nothing to copy")}
	}
	title := t.titles[0][column]
	option := func(title string, n int, at func(int) int, columns []int, heads bool, note string) screen.Option {
		o := screen.Option{Title: title, Choose: func() screen.Outcome {
			return screen.Outcome{Copy: t.tabbed(n, at, columns, heads), Note: note}
		}}
		if n*len(columns) > mostCopied {
			o.Reason = catalogue.T("too many to copy")
		}
		return o
	}
	this, n, all, shown := func(int) int { return row }, t.Rows(), t.arranged.row, t.lookedAt()
	rows := words.Plural(int64(n), "row", "rows")
	return screen.Outcome{Choose: &screen.Choice{Title: catalogue.T("Copy"), None: catalogue.T("No match"), Options: []screen.Option{
		option(catalogue.T("the cell"), 1, this, []int{column}, false, catalogue.T("copied the cell")),
		option(catalogue.T("the row"), 1, this, shown, true, catalogue.T("copied the row, as tab-separated text")),
		option(catalogue.T("the column {title}", "title", title), n, all, []int{column}, true, catalogue.T("copied {title}, as tab-separated text", "title", title)),
		option(catalogue.T("all {rows}", "rows", rows), n, all, shown, true, catalogue.T("copied {title}, as tab-separated text", "title", rows)),
	}}}
}

// tabbed writes cells as tab-separated text, figures as programs read them.
func (t *Table) tabbed(n int, at func(int) int, columns []int, heads bool) string {
	var out strings.Builder
	if heads {
		for i, c := range columns {
			put(&out, i, session.SpreadsheetText(t.view.Heads[c].Title))
		}
		out.WriteByte('\n')
	}
	for place := range n {
		for i, c := range columns {
			put(&out, i, plain(t.view.At(at(place), c)))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func put(out *strings.Builder, i int, text string) {
	if i > 0 {
		out.WriteByte('\t')
	}
	out.WriteString(text)
}

// plain is a value for a spreadsheet, in which no text is run.
func plain(v answer.Value) string {
	if v.IsText() {
		return session.SpreadsheetText(v.Plain())
	}
	return v.Plain()
}

// Copied is the marked row under the keys of its columns, as tab-separated text: all that
// the table knows of it, what has no room on a screen included.
func (t *Table) Copied() (text string, ok bool) {
	row, _, ok := t.Marked()
	if !ok {
		return "", false
	}
	view := t.view.As(1, func(int) int { return row }, t.lookedAt()).In(answer.CSV)
	var out strings.Builder
	for i, head := range view.Heads {
		put(&out, i, head.Key)
	}
	out.WriteByte('\n')
	for i := range view.Heads {
		put(&out, i, plain(view.At(0, i)))
	}
	return out.String() + "\n", true
}

// Export asks for a file, and has the rows written to it that are shown, in their order,
// with the columns that are shown and what a screen has no room for.
func (t *Table) Export(file string) screen.Outcome {
	if t.Rows() == 0 {
		return screen.Outcome{Note: catalogue.T("there are no rows to write")}
	}
	rows := words.Plural(int64(t.Rows()), "row", "rows")
	return screen.Export(rows, file, func() *answer.Document {
		d := &answer.Document{Bare: true, Flat: t.view.Key}
		return d.Table(t.view.Again().As(t.Rows(), t.arranged.row, t.lookedAt()), answer.Everyone)
	})
}

package customers

import (
	"context"
	"iter"

	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// exported is what writing a file came to.
type exported struct {
	path string
	rows int
	err  error
}

func (e exported) told() screen.Outcome {
	if e.err != nil {
		return failed(e.err)
	}
	return screen.Outcome{Note: catalogue.T("{rows} written to {path}", "rows", words.Plural(int64(e.rows), "row", "rows"), "path", e.path)}
}

// export asks for a name and writes the people that are shown, with the columns
// that they are shown with.
func (s *Screen) export() screen.Outcome {
	if s.rows.Rows() == 0 {
		return screen.Outcome{Note: catalogue.T("there are no customers to write")}
	}
	if s.pending {
		return screen.Outcome{Note: catalogue.T("still assembling the list")}
	}
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("write the {customers} shown as CSV to", "customers", words.Customers(int64(s.rows.Rows()))), Value: "customers.csv",
		Answer: func(path string) screen.Outcome {
			if err := session.CheckExport(path); err != nil {
				return screen.Outcome{Err: err}
			}
			header, rows := s.shownRows()
			return screen.Outcome{Note: catalogue.T("writing {path} …", "path", path), Work: func(ctx context.Context) any {
				n, err := session.ExportCSV(ctx, path, header, rows)
				return exported{path, n, err}
			}}
		},
	}}
}

// shownRows returns the titles of the columns, and the texts of all people that
// are shown now: of a copy of the screen, since they are read beside the keys.
func (s *Screen) shownRows() (header []string, rows iter.Seq[[]string]) {
	shown := *s
	columns := shown.shownColumns()
	for _, c := range columns {
		header = append(header, c.header())
	}
	beside, cell := shown.saidBeside()
	header = append(header, beside...)
	return header, func(yield func([]string) bool) {
		for row := range shown.rows.Rows() {
			person := shown.people.At(shown.place(row))
			texts := make([]string, len(columns), len(header))
			for j, c := range columns {
				texts[j] = c.plainly(person)
			}
			if !yield(append(texts, cell...)) {
				return
			}
		}
	}
}

package screen

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/answer/csv"
	"strata/model/answer/html"
	"strata/model/answer/json"
	"strata/model/answer/markdown"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/words"
	"strata/tui/session"
)

// writers write an answer by the ending of its file.
var writers = map[string]func(io.Writer, *answer.Document) error{
	".csv":  func(w io.Writer, d *answer.Document) error { return csv.Write(w, d, session.SpreadsheetText) },
	".json": json.Write,
	".md":   markdown.Write,
	".html": html.Write,
}

// Exported is what writing a file came to: a result of Work.
type Exported struct {
	path string
	rows int // of the list that it is; -1 for an answer
	err  error
}

// Outcome tells it.
func (e Exported) Outcome() Outcome {
	switch {
	case model.CodeOf(e.err) == model.Cancelled:
		return Outcome{}
	case e.err != nil:
		return Outcome{Err: e.err}
	case e.rows < 0:
		return Outcome{Note: catalogue.T("written to {path}", "path", e.path)}
	}
	return Outcome{Note: catalogue.T("{rows} written to {path}", "rows", words.Plural(int64(e.rows), "row", "rows"), "path", e.path)}
}

// Export asks for a name, with one to begin with, and has written beside the keys what
// document returns, as its ending says; nobody else may read that at the same time.
func Export(what, name string, document func() *answer.Document) Outcome {
	return Outcome{Ask: &Question{
		Text: catalogue.T("write {what} to (.csv, .json, .md or .html)", "what", what), Value: name,
		Answer: func(path string) Outcome {
			write, ok := writers[strings.ToLower(filepath.Ext(path))]
			if !ok {
				return Outcome{Err: model.Errorf(model.Usage, "{path:q} does not say what to write", "path", path).WithHint("end it in .csv, .json, .md or .html")}
			}
			if err := session.CheckExport(path); err != nil {
				return Outcome{Err: err}
			}
			d := document()
			return Outcome{Note: catalogue.T("writing {path} …", "path", path), Work: func(ctx context.Context) any {
				rows := -1
				if d.Bare {
					rows = d.FlatTable().In(answer.CSV).Len()
				}
				return Exported{path, rows, disk.WriteNew(ctx, path, func(w io.Writer) error { return write(stoppable{ctx, w}, d) })}
			}}
		},
	}}
}

// stoppable is where nothing is written once the context has ended.
type stoppable struct {
	ctx context.Context
	w   io.Writer
}

func (s stoppable) Write(text []byte) (int, error) {
	if s.ctx.Err() != nil {
		return 0, model.Errorf(model.Cancelled, "writing was stopped")
	}
	return s.w.Write(text)
}

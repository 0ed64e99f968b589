package page

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
	"strata/tui/screen"
	"strata/tui/session"
)

// writers write an answer by the ending of its file.
var writers = map[string]func(io.Writer, *answer.Document) error{
	".csv":  func(w io.Writer, d *answer.Document) error { return csv.Write(w, d, session.WithoutFormula) },
	".json": json.Write,
	".md":   markdown.Write,
	".html": html.Write,
}

// exported is what writing a file came to.
type exported struct {
	path string
	err  error
}

func (e exported) told() screen.Outcome {
	if e.err != nil {
		return failed(e.err)
	}
	return screen.Outcome{Note: catalogue.T("written to {path}", "path", e.path)}
}

// export asks for a name and writes the answer as its ending says.
func (s *Screen) export() screen.Outcome {
	if s.document == nil || s.pending {
		return screen.Outcome{Note: catalogue.T("still counting")}
	}
	again := s.again // what is drawn is read here
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("write the answer to (.csv, .json, .md or .html)"), Value: s.question.Slug + ".csv",
		Answer: func(path string) screen.Outcome {
			write, ok := writers[strings.ToLower(filepath.Ext(path))]
			if !ok {
				return screen.Outcome{Err: model.Errorf(model.Usage, "{path:q} does not say what to write", "path", path).WithHint("end it in .csv, .json, .md or .html")}
			}
			if err := session.CheckExport(path); err != nil {
				return screen.Outcome{Err: err}
			}
			return screen.Outcome{Busy: catalogue.T("writing {path}", "path", path), Work: func(ctx context.Context) any {
				d, err := again(ctx)
				if err == nil {
					err = disk.WriteNew(ctx, path, func(w io.Writer) error { return write(w, d) })
				}
				return exported{path, err}
			}}
		},
	}}
}

// copied is the part that has the keys as tab-separated text, figures as they are
// drawn: a chart is copied as the rows that programs get.
func (s *Screen) copied() screen.Outcome {
	var out strings.Builder
	write := func(texts []string) {
		for i, text := range texts {
			texts[i] = session.SpreadsheetText(text)
		}
		out.WriteString(strings.Join(texts, "\t") + "\n")
	}
	view, plainly := answer.View{}, true
	if t := s.parts[s.front].table; t != nil {
		view = t.View()
	} else if flat := s.document.FlatTable(); flat != nil {
		view, plainly = flat.In(answer.CSV), false
	}
	if view.Table == nil {
		return screen.Outcome{Note: catalogue.T("there is nothing to copy")}
	}
	var titles []string
	for _, head := range view.Heads {
		titles = append(titles, map[bool]string{true: head.Title, false: head.Key}[plainly])
	}
	write(titles)
	for row := range view.Len() {
		texts := make([]string, len(view.Heads))
		for column := range texts {
			texts[column] = view.At(row, column).Plain()
		}
		write(texts)
	}
	return screen.Outcome{Copy: out.String(), Note: catalogue.T("copied {title}, as tab-separated text", "title", s.question.Title)}
}

// explain tells what the marked figure means.
func (s *Screen) explain() *screen.Text {
	text := &screen.Text{Title: s.question.Title}
	part := s.parts[s.front]
	if told := part.tell(); told != "" {
		text.Paragraphs = append(text.Paragraphs, told)
	}
	if part.table != nil {
		if _, column, ok := part.table.Marked(); ok {
			if means := part.table.View().Heads[column].Means; means != "" {
				text.Paragraphs = append(text.Paragraphs, means)
			}
		}
	}
	text.Paragraphs = append(text.Paragraphs, strings.Split(s.question.Long, "\n\n")...)
	return text
}

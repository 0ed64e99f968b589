package page

import (
	"strings"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// export asks for a name and writes the answer as its ending says.
func (s *Screen) export() screen.Outcome {
	if s.document == nil || s.pending {
		return screen.Outcome{Note: catalogue.T("still counting")}
	}
	return screen.Export(catalogue.T("the answer"), s.question.Slug+".csv", s.document.Again)
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
	text.Paragraphs = append(text.Paragraphs, s.said...)
	text.Paragraphs = append(text.Paragraphs, strings.Split(s.question.Long, "\n\n")...)
	return text
}

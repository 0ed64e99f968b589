package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	answerjson "strata/model/answer/json"
	"strata/model/answer/text"
	"strata/model/catalogue"
	"strata/tui/session"
)

// table is a flat result: rows of texts under a header, printed for people
// with aligned columns or as CSV, where Right are the figures.
type table struct {
	text.Grid
	rows answer.Slice[[]string]
}

func newTable(header ...string) *table { return &table{Grid: text.Grid{Header: header}} }

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// writeTable prints a table in the format asked for, text or csv.
func (a *app) writeTable(t *table) error {
	if a.format == "csv" {
		return a.writeCSV(t)
	}
	return a.writeText(t)
}

// writeCSV prints a table as CSV; figures need not be made safe.
func (a *app) writeCSV(t *table) error {
	w, safe := csv.NewWriter(a.out), a.safe()
	if err := w.Write(t.Header); err != nil {
		return err
	}
	for _, row := range t.rows {
		cells := slices.Clone(row)
		for i, cell := range cells {
			if !slices.Contains(t.Right, i) {
				cells[i] = safe(cell)
			}
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func (a *app) writeText(t *table) error {
	t.Rows = t.rows
	return t.Write(a.out, terminalWidth(a.out), a.stopped)
}

func (a *app) writeJSON(v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := a.out.Write(answerjson.Escaped(text.Bytes()))
	return err
}

// tellCounted says on stderr what the figures count, where they do not count
// everything up to the last order: a table of figures alone does not say it.
func (a *app) tellCounted(spec model.Spec) {
	if words := session.Counted(spec); len(words) > 0 {
		a.warn([]model.Warning{{Message: catalogue.T("counted: {limits}", "limits", strings.Join(words, ", "))}})
	}
}

// warn prints warnings to stderr; JSON carries them in the result, too.
func (a *app) warn(warnings []model.Warning) {
	for _, w := range warnings {
		fmt.Fprintln(a.err, text.Wrap(catalogue.T("note: {message}", "message", model.Printable(w.Message)), terminalWidth(a.err)))
	}
}

func orEmpty(v *string) string {
	if v == nil {
		return ""
	}
	return *v
}

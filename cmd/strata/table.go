package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"strata/model"
	answerjson "strata/model/answer/json"
	"strata/model/answer/text"
	"strata/tui/session"
)

// table is a flat result: rows of texts under a header, printed for people
// with aligned columns or as CSV, where Right are the figures.
type table struct{ text.Grid }

func newTable(header ...string) *table { return &table{text.Grid{Header: header}} }

// right aligns columns right in text output.
func (t *table) right(columns ...int) { t.Right = columns }

func (t *table) row(cells ...string) { t.Rows = append(t.Rows, cells) }

// writeTable prints a table in the format asked for, text or csv.
func (a *app) writeTable(t *table) error {
	if a.format == "csv" {
		return a.writeCSV(t)
	}
	return a.writeText(t)
}

func (a *app) writeCSV(t *table) error { return a.writeRows(t, slices.Values(t.Rows)) }

// writeRows prints rows as CSV under the header of a table, which says what of
// them are numbers; they need not be there all at once. A text that a spreadsheet
// would run gets an apostrophe, unless it is wanted as it is; none controls a
// terminal.
func (a *app) writeRows(t *table, rows iter.Seq[[]string]) error {
	w := csv.NewWriter(a.out)
	if err := w.Write(t.Header); err != nil {
		return err
	}
	shown := isTerminal(a.out)
	var safe []string
	for row := range rows {
		safe = append(safe[:0], row...)
		for i, cell := range row {
			if !a.raw && !slices.Contains(t.Right, i) {
				safe[i] = session.WithoutFormula(cell)
			}
			if shown {
				safe[i] = model.Printable(safe[i])
			}
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeRecords prints a long list under the header of a table, as text or CSV;
// as CSV it is never there all at once.
func writeRecords[T any](a *app, t *table, list iter.Seq[T], record func(T) []string) error {
	rows := func(yield func([]string) bool) {
		for v := range list {
			if a.stopped() != nil || !yield(record(v)) {
				return // what is written next says so
			}
		}
	}
	if a.format == "csv" {
		return a.writeRows(t, rows)
	}
	t.Rows = slices.AppendSeq(t.Rows, rows)
	return a.writeText(t)
}

func (a *app) writeText(t *table) error { return t.Write(a.out, terminalWidth(a.out), a.stopped) }

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

// writeList prints what writeJSON prints of a slice, one after the other.
func writeList[T any](a *app, list iter.Seq[T]) error {
	w := bufio.NewWriter(a.out)
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("  ", "  ")
	e.SetEscapeHTML(false)
	before := "[\n  "
	for v := range list {
		text.Reset()
		if err := e.Encode(v); err != nil {
			return err
		}
		w.WriteString(before)
		if _, err := w.Write(answerjson.Escaped(bytes.TrimSuffix(text.Bytes(), []byte("\n")))); err != nil {
			return err
		}
		before = ",\n  "
	}
	if before[0] == '[' {
		w.WriteString("[]\n")
	} else {
		w.WriteString("\n]\n")
	}
	return w.Flush()
}

// tellCounted says on stderr what the figures count, where they do not count
// everything up to the last order: a table of figures alone does not say it.
func (a *app) tellCounted(spec model.Spec) {
	if words := session.Counted(spec); len(words) > 0 {
		a.warn([]model.Warning{{Message: "counted: " + strings.Join(words, ", ")}})
	}
}

// warn prints warnings to stderr; JSON carries them in the result, too.
func (a *app) warn(warnings []model.Warning) {
	for _, w := range warnings {
		fmt.Fprintln(a.err, text.Wrap("note: "+model.Printable(w.Message), terminalWidth(a.err)))
	}
}

func orEmpty(v *string) string {
	if v == nil {
		return ""
	}
	return *v
}

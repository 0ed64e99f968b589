package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/tui/session"
)

// table is a flat result: rows of texts under a header, printed for people
// with aligned columns or as CSV.
type table struct {
	header  []string
	numbers []int // columns aligned right
	rows    [][]string
}

func newTable(header ...string) *table { return &table{header: header} }

// right aligns columns right in text output.
func (t *table) right(columns ...int) { t.numbers = columns }

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// writeTable prints a table in the format asked for, text or csv.
func (a *app) writeTable(t *table) error {
	if a.format == "csv" {
		return a.writeCSV(t)
	}
	return a.writeText(t)
}

func (a *app) writeCSV(t *table) error {
	w := csv.NewWriter(a.out)
	if err := w.Write(t.header); err != nil {
		return err
	}
	for _, row := range t.rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = cell
			if !slices.Contains(t.numbers, i) {
				safe[i] = session.WithoutFormula(cell)
			}
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func (a *app) writeText(t *table) error {
	widths := make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(model.Printable(cell)))
		}
	}
	w := bufio.NewWriter(a.out)
	for _, row := range append([][]string{t.header}, t.rows...) {
		var line strings.Builder
		for i, cell := range row {
			cell = model.Printable(cell)
			gap := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
			if i > 0 {
				line.WriteString("  ")
			}
			if slices.Contains(t.numbers, i) {
				line.WriteString(gap + cell)
			} else {
				line.WriteString(cell + gap)
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (a *app) writeJSON(v any) error {
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// warn prints warnings to stderr; JSON carries them in the result, too.
func (a *app) warn(warnings []model.Warning) {
	for _, w := range warnings {
		fmt.Fprintln(a.err, "note:", model.Printable(w.Message))
	}
}

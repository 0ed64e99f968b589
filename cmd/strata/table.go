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
	"unicode"
	"unicode/utf16"

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
	cut     bool // on a terminal, at its edge
	// Where a terminal is too narrow, the columns of short have these titles; then
	// those of least are left out, one after the other; then the last column, if it
	// is text, gets several lines.
	short map[int]string
	least []int
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

func (a *app) writeCSV(t *table) error { return a.writeRows(t, slices.Values(t.rows)) }

// writeRows prints rows as CSV under the header of a table, which says what of
// them are numbers; they need not be there all at once. A text that a spreadsheet
// would run gets an apostrophe, unless it is wanted as it is; none controls a
// terminal.
func (a *app) writeRows(t *table, rows iter.Seq[[]string]) error {
	w := csv.NewWriter(a.out)
	if err := w.Write(t.header); err != nil {
		return err
	}
	shown := isTerminal(a.out)
	var safe []string
	for row := range rows {
		safe = append(safe[:0], row...)
		for i, cell := range row {
			if !a.raw && !slices.Contains(t.numbers, i) {
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
	t.rows = slices.AppendSeq(t.rows, rows)
	return a.writeText(t)
}

func (a *app) writeText(t *table) error {
	edge := terminalWidth(a.out)
	widths, err := a.widths(t)
	if err != nil {
		return err
	}
	header := t.header
	if edge > 0 && !t.cut {
		header = t.narrow(widths, edge)
	}
	w := bufio.NewWriter(a.out)
	for _, row := range append([][]string{header}, t.rows...) {
		for _, text := range t.lines(row, widths, edge) {
			if _, err := fmt.Fprintln(w, text); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// widths returns how wide each column is.
func (a *app) widths(t *table) ([]int, error) {
	widths := make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.rows...) {
		if err := a.stopped(); err != nil {
			return nil, err
		}
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(model.Printable(cell)))
		}
	}
	return widths, nil
}

const (
	columnGap = 2
	leftOut   = -1 // the width of a column that is not there
	leastText = 20 // what a column of text of several lines needs
)

// span is how wide the columns are together.
func span(widths []int) int {
	sum := -columnGap
	for _, w := range widths {
		if w != leftOut {
			sum += w + columnGap
		}
	}
	return sum
}

// narrow makes the columns narrower as far as an edge asks for it, and returns the
// titles that they then have.
func (t *table) narrow(widths []int, edge int) []string {
	header := slices.Clone(t.header)
	if last := len(widths) - 1; span(widths) > edge {
		for i, title := range t.short {
			header[i], widths[i] = title, ansi.StringWidth(title)
			for _, row := range t.rows {
				widths[i] = max(widths[i], ansi.StringWidth(model.Printable(row[i])))
			}
		}
		for _, i := range t.least {
			if span(widths) <= edge {
				break
			}
			widths[i] = leftOut
		}
		if room := edge - (span(widths) - widths[last]); span(widths) > edge && room >= leastText && !slices.Contains(t.numbers, last) {
			widths[last] = room
		}
	}
	return header
}

// lines writes a row: as one line, unless its last cell is wider than its column.
func (t *table) lines(row []string, widths []int, edge int) []string {
	var line strings.Builder
	last := len(row) - 1
	var more []string // of the last cell
	for i, cell := range row {
		if widths[i] == leftOut {
			continue
		}
		cell = model.Printable(cell)
		if i == last && !t.cut {
			parts := strings.Split(wrapped(cell, widths[i]), "\n")
			cell, more = parts[0], parts[1:]
		}
		gap := strings.Repeat(" ", max(widths[i]-ansi.StringWidth(cell), 0))
		if i > 0 {
			line.WriteString(strings.Repeat(" ", columnGap))
		}
		if slices.Contains(t.numbers, i) {
			line.WriteString(gap + cell)
		} else {
			line.WriteString(cell + gap)
		}
	}
	text := strings.TrimRight(line.String(), " ")
	if t.cut {
		text = cutAt(text, edge)
	}
	lines := []string{text}
	for _, part := range more {
		lines = append(lines, strings.Repeat(" ", span(widths)-widths[last])+part)
	}
	return lines
}

// cutAt cuts a line that is wider than a terminal (0: none).
func cutAt(line string, width int) string {
	if width == 0 {
		return line
	}
	return ansi.Truncate(line, width, "…")
}

func (a *app) writeJSON(v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := a.out.Write(escaped(text.Bytes()))
	return err
}

// escaped writes the characters of a JSON text that could control a terminal, or
// cannot be seen, as \u….
func escaped(text []byte) []byte {
	hidden := func(r rune) bool {
		return r == 0x7f || r >= 0x80 && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
	}
	if bytes.IndexFunc(text, hidden) < 0 {
		return text
	}
	var out bytes.Buffer
	for _, r := range string(text) {
		switch {
		case !hidden(r):
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
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
		if _, err := w.Write(escaped(bytes.TrimSuffix(text.Bytes(), []byte("\n")))); err != nil {
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
		fmt.Fprintln(a.err, wrapped("note: "+model.Printable(w.Message), terminalWidth(a.err)))
	}
}

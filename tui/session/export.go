package session

import (
	"context"
	"encoding/csv"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"strata/model"
	"strata/model/disk"
)

// What a cell begins with that a spreadsheet runs as a formula, wide signs of East
// Asia included; and what ends a cell where lists are separated by semicolons, as in
// half of Europe, and what comma-separated text has in quotes is taken apart all the same.
const (
	formulaSigns = "=+-@＝＋－＠﹦﹢﹣﹫"
	cellEnds     = ";\t\r\n"
)

// WithoutFormula puts an apostrophe before a text that a spreadsheet would run
// as a formula, and before every part of it that might become a cell of its own
// (OWASP, "CSV Injection").
func WithoutFormula(s string) string {
	if !begins(s, formulaSigns) && !strings.ContainsAny(s, cellEnds) {
		return s // as most are: lists have millions
	}
	var out strings.Builder
	if begins(s, "\t\r\n") { // which a spreadsheet may skip
		out.WriteByte('\'')
	}
	for {
		if begins(s, formulaSigns) {
			out.WriteByte('\'')
		}
		end := strings.IndexAny(s, cellEnds) + 1
		if end == 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:end])
		s = s[end:]
	}
}

// begins reports whether a cell begins with one of some signs; quotation marks before
// it are taken off when it is read.
func begins(cell, signs string) bool {
	cell = strings.TrimLeft(cell, `"`)
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune(signs, first)
}

// SpreadsheetText makes a text from outside safe for a spreadsheet and for a
// terminal: nothing in it is run or controls anything.
func SpreadsheetText(s string) string { return model.Printable(WithoutFormula(s)) }

// CheckExport returns why a file cannot be written, as far as its name and folder
// tell. Errors: Exists, Unreadable.
func CheckExport(path string) error { return disk.CheckNew(path) }

// ExportCSV writes rows under a header to a new file and returns how many rows
// it wrote; the texts go in as they are given. On error or cancellation there
// is no file. Errors: Exists, Unreadable, Cancelled.
func ExportCSV(ctx context.Context, path string, header []string, rows iter.Seq[[]string]) (int, error) {
	if ctx.Err() != nil {
		return 0, errExportStopped
	}
	n := 0
	err := disk.WriteNew(ctx, path, func(w io.Writer) (err error) {
		n, err = writeCSV(ctx, w, header, rows)
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

var errExportStopped = model.Errorf(model.Cancelled, "writing was stopped")

func writeCSV(ctx context.Context, file io.Writer, header []string, rows iter.Seq[[]string]) (n int, err error) {
	w := csv.NewWriter(file)
	if err := w.Write(header); err != nil {
		return 0, err
	}
	for row := range rows {
		if ctx.Err() != nil {
			return 0, errExportStopped
		}
		if err := w.Write(row); err != nil {
			return 0, err
		}
		n++
	}
	w.Flush()
	return n, w.Error()
}

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

// WithoutFormula puts an apostrophe before a text that a spreadsheet would run
// as a formula, those that begin with a wide sign of East Asia included (OWASP,
// "CSV Injection").
func WithoutFormula(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫\t\r\n", first) {
		return "'" + s
	}
	return s
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

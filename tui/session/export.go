package session

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"

	"strata/model"
)

// WithoutFormula puts an apostrophe before a text that a spreadsheet would run
// as a formula (OWASP, "CSV Injection").
func WithoutFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// SpreadsheetText makes a text from outside safe for a spreadsheet and for a
// terminal: nothing in it is run or controls anything.
func SpreadsheetText(s string) string { return model.Printable(WithoutFormula(s)) }

// ExportCSV writes rows under a header to a new file and returns how many rows
// it wrote; the texts go in as they are given. On error or cancellation there
// is no file. Errors: Exists, Unreadable, Cancelled.
func ExportCSV(ctx context.Context, path string, header []string, rows iter.Seq[[]string]) (int, error) {
	if ctx.Err() != nil {
		return 0, errExportStopped
	}
	n := 0
	err := writeNew(path, func(w io.Writer) (err error) {
		n, err = writeCSV(ctx, w, header, rows)
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// writeNew makes a new file. On error there is none.
func writeNew(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return model.Errorf(model.Exists, "%s is there already", path).WithHint("choose another name")
	}
	if err != nil {
		return model.Errorf(model.Unreadable, "cannot write %s: %w", path, err)
	}
	if err = write(file); err == nil {
		err = file.Close()
	} else {
		_ = file.Close() // the first error is the one to tell
	}
	if err != nil {
		_ = os.Remove(path) // what is left would look like a whole file
		if model.CodeOf(err) != model.Cancelled {
			err = model.Errorf(model.Unreadable, "cannot write %s: %w", path, err)
		}
	}
	return err
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

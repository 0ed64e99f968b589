// Package csv writes the flat table of an answer.
package csv

import (
	"encoding/csv"
	"io"

	"strata/model/answer"
)

// Write writes the rows of the flat table under the keys of its columns. Safe, if
// not nil, makes a text safe where it will be shown; figures need none. Errors are
// those of w.
func Write(w io.Writer, d *answer.Document, safe func(string) string) error {
	t := d.FlatTable()
	if t == nil {
		return nil
	}
	out := csv.NewWriter(w)
	view := t.In(answer.CSV)
	record := make([]string, len(view.Heads))
	for c, head := range view.Heads {
		record[c] = head.Key
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for r := range view.Len() {
		for c := range view.Heads {
			v := view.At(r, c)
			if record[c] = v.Plain(); v.IsText() && safe != nil {
				record[c] = safe(record[c])
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

package session

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"

	"strata/model"
)

// Sources lists the imported files, oldest first.
func (b *Bench) Sources(ctx context.Context) ([]model.Source, error) {
	return b.session.store.Sources(ctx)
}

// Sources lists what was imported.
func (s *Session) Sources(ctx context.Context) ([]model.Source, error) { return s.store.Sources(ctx) }

// Rejects loads the refused rows of all files.
func (b *Bench) Rejects(ctx context.Context) (*Rejects, error) {
	sources, err := b.Sources(ctx)
	if err != nil {
		return nil, err
	}
	return NewRejects(sources, b.session.store.Rejects(ctx, 0))
}

// Rejects are the refused rows of all files, each distinct text but that of the
// rows themselves kept once, so that a hundred thousand rows are some megabytes. They do not change.
type Rejects struct {
	files map[int64]string // by id of the source
	texts []string
	rows  []rejectRow
	whole model.Strings // each row as it stands in its file; hardly two are alike
}

// rejectRow is a row; its texts are places in Rejects.texts.
type rejectRow struct {
	source, line                int64
	column, value, code, reason int32
}

// NewRejects takes refused rows over in their order. An error of rows ends it.
func NewRejects(sources []model.Source, rows iter.Seq2[model.Reject, error]) (*Rejects, error) {
	r := &Rejects{files: map[int64]string{}}
	for _, s := range sources {
		r.files[s.ID] = s.Path
	}
	places := map[string]int32{}
	place := func(text string) int32 {
		at, known := places[text]
		if !known {
			at = int32(len(r.texts))
			r.texts = append(r.texts, text)
			places[text] = at
		}
		return at
	}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		r.rows = append(r.rows, rejectRow{
			row.Source, row.Line, place(row.Column), place(row.Value), place(row.Code), place(row.Reason),
		})
		if err := r.whole.Append([]byte(row.Row)); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Len returns how many rows were refused.
func (r *Rejects) Len() int { return len(r.rows) }

// Of returns the refused rows of a source (0: of all) with a reject code ("":
// with any).
func (r *Rejects) Of(source int64, code string) *RejectList {
	l := &RejectList{all: r}
	counts := map[int32]int64{}
	for i, row := range r.rows {
		if source != 0 && row.source != source {
			continue
		}
		counts[row.code]++
		if code == "" || r.texts[row.code] == code {
			l.rows = append(l.rows, int32(i))
		}
	}
	for at, n := range counts {
		l.reasons = append(l.reasons, RejectReason{Code: r.texts[at], Rows: n})
	}
	slices.SortFunc(l.reasons, func(a, b RejectReason) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Code, b.Code))
	})
	return l
}

// RejectList is a selection of refused rows.
type RejectList struct {
	all     *Rejects
	rows    []int32
	reasons []RejectReason
}

// RejectReason is a reject code and how many rows were refused for it.
type RejectReason struct {
	Code string
	Rows int64
}

// Len returns how many rows are selected.
func (l *RejectList) Len() int { return len(l.rows) }

// Reasons returns the reject codes of the source, whichever is selected, the
// most frequent first.
func (l *RejectList) Reasons() []RejectReason { return l.reasons }

// At returns a selected row and the file it is from.
func (l *RejectList) At(i int) (row model.Reject, file string) {
	r := l.all.rows[l.rows[i]]
	text := l.all.texts
	return model.Reject{
		Source: r.source, Line: r.line, Column: text[r.column], Value: text[r.value], Row: l.all.whole.At(int(l.rows[i])),
		Code: text[r.code], Reason: text[r.reason],
	}, l.all.files[r.source]
}

// Export writes the selected rows to a new CSV file, made safe for
// spreadsheets, and returns how many it wrote. Errors: as [ExportCSV].
func (l *RejectList) Export(ctx context.Context, path string) (int, error) {
	return ExportCSV(ctx, path, []string{"file", "line", "column", "value", "code", "reason", "row"}, func(yield func([]string) bool) {
		for i := range l.rows {
			r, file := l.At(i)
			if !yield([]string{
				SpreadsheetText(file), strconv.FormatInt(r.Line, 10), SpreadsheetText(r.Column), SpreadsheetText(r.Value), SpreadsheetText(r.Code), SpreadsheetText(r.Reason), SpreadsheetText(r.Row),
			}) {
				return
			}
		}
	})
}

package data

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// exported is what writing a file came to.
type exported struct {
	path string
	rows int
	err  error
}

func (e exported) told() screen.Outcome {
	if e.err != nil {
		return screen.Outcome{Err: e.err}
	}
	return screen.Outcome{Note: catalogue.T("{rows} written to {path}", "rows", words.Plural(int64(e.rows), "row", "rows"), "path", e.path)}
}

// export asks for a name and writes what the page lists.
func (s *Screen) export() screen.Outcome {
	if s.refused.all == nil {
		return screen.Outcome{Note: catalogue.T("still reading the refused rows")}
	}
	name, write := "sources.csv", s.exportSources()
	if s.page == rejectsPage {
		if s.refused.picked.Len() == 0 {
			return screen.Outcome{Note: catalogue.T("no row was refused")}
		}
		name, write = "refused.csv", s.refused.picked.Export
	}
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("write what is listed as CSV to"), Value: name,
		Answer: func(path string) screen.Outcome {
			if err := session.CheckExport(path); err != nil {
				return screen.Outcome{Err: err}
			}
			return screen.Outcome{Note: catalogue.T("writing {path} …", "path", path), Work: func(ctx context.Context) any {
				n, err := write(ctx, path)
				return exported{path, n, err}
			}}
		},
	}}
}

var sourceHeader = []string{"file", "kind", "rows", "accepted", "mended", "refused", "duplicates", "imported_at", "plan", "sha256", "left_out", "refused_bought", "refused_returned", "notices"}

func sourceRecord(s model.Source) []string {
	count := func(n int64) string { return strconv.FormatInt(n, 10) }
	return []string{
		session.SpreadsheetText(s.Path), string(s.Kind), count(s.Rows), count(s.Accepted), count(s.Corrected), count(s.Rejected),
		count(s.Duplicates), s.ImportedAt.UTC().Format(time.RFC3339), session.SpreadsheetText(strings.Join(session.PlanWords(s), "; ")), s.Fingerprint,
		count(s.LeftOut()), s.RefusedValue.String(), s.RefusedReturned.String(), session.SpreadsheetText(noticesText(s)),
	}
}

func noticesText(s model.Source) string {
	texts := make([]string, len(s.Warnings))
	for i, w := range s.Warnings {
		texts[i] = w.Message
	}
	return strings.Join(texts, "; ")
}

func (s *Screen) exportSources() func(context.Context, string) (int, error) {
	var records [][]string
	for _, source := range s.sources {
		records = append(records, sourceRecord(source))
	}
	return func(ctx context.Context, path string) (int, error) {
		return session.ExportCSV(ctx, path, sourceHeader, slices.Values(records))
	}
}

// copied is the marked row as tab-separated text, or the reasons with their
// counts while they have the focus.
func (s *Screen) copied() screen.Outcome {
	var records [][]string
	what := ""
	switch {
	case s.page == sourcesPage && len(s.sources) > 0:
		i, _ := s.files.Marked()
		records = [][]string{sourceHeader, sourceRecord(s.sources[i])}
		what = catalogue.T("the account of {path}", "path", filepath.Base(s.sources[i].Path))
	case s.page == rejectsPage && s.refused.inRows && s.refused.shown() > 0:
		i, _ := s.refused.rows.Marked()
		row, file := s.refused.picked.At(i)
		records = [][]string{{session.SpreadsheetText(file), strconv.FormatInt(row.Line, 10), session.SpreadsheetText(row.Column), session.SpreadsheetText(row.Value), row.Code, session.SpreadsheetText(row.Reason), session.SpreadsheetText(row.Row)}}
		what = catalogue.T("the refused row of line {line}", "line", words.Count(row.Line))
	case s.page == rejectsPage && s.refused.shown() > 0:
		for _, r := range s.refused.picked.Reasons() {
			records = append(records, []string{r.Code, strconv.FormatInt(r.Rows, 10)})
		}
		what = catalogue.T("the reasons and their counts")
	default:
		return screen.Outcome{Note: catalogue.T("nothing to copy")}
	}
	var out strings.Builder
	for _, r := range records {
		out.WriteString(strings.Join(r, "\t") + "\n")
	}
	return screen.Outcome{Copy: out.String(), Note: catalogue.T("copied {subject}, as tab-separated text", "subject", what)}
}

// explain tells what the page's figures mean.
func (s *Screen) explain() *screen.Text {
	if s.page == sourcesPage {
		return &screen.Text{Title: catalogue.T("Imported files"), Paragraphs: []string{
			catalogue.T("Every data row of a file is either accepted or refused: rows = accepted + refused. The header is not counted."),
			catalogue.T("Repaired rows are accepted rows with a value that had to be repaired (bytes that are not text in the file's encoding) or rounded (amounts are stored to ten-thousandths)."),
			catalogue.T("The notices of a file are those of its import. Those at the top of the screen are from all imports and from the tiers: [w] has them all. Refused rows that a later file brings in correctly are corrected since."),
			catalogue.T("The SHA-256 fingerprint is that of the content: the same content is not imported twice without --again, nor are the same orders in another kind of file."),
		}}
	}
	return &screen.Text{Title: catalogue.T("Refused rows"), Paragraphs: []string{
		catalogue.T("A row is refused when it does not say whose order it is, when it was placed or what it is worth, or when that cannot be read. The line is where the row begins in its file, counted from the top."),
		catalogue.T("Beside each reason: how many rows were refused for it, and their share of all refused rows."),
		catalogue.T("Refused rows are in no figure. To bring them in: `strata rejects WORKSPACE --export FILE` writes them as they are in their file; correct that and import it. [x] writes what is listed here, with the reasons. [Enter] on a row shows all of it."),
	}}
}

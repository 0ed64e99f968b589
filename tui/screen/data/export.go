package data

import (
	"path/filepath"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
)

// export asks for a name and writes what is listed.
func (s *Screen) export() screen.Outcome {
	switch {
	case s.refused.all == nil:
		return screen.Outcome{Note: catalogue.T("still reading the refused rows")}
	case s.page == sourcesPage:
		return s.files.Export("sources.csv")
	case s.refused.picked.Len() == 0:
		return screen.Outcome{Note: catalogue.T("no row was refused")}
	}
	return s.refused.rows.Export("refused.csv")
}

func noticesText(s model.Source) string {
	texts := make([]string, len(s.Warnings))
	for i, w := range s.Warnings {
		texts[i] = w.Message
	}
	return strings.Join(texts, "; ")
}

// copied is the marked row as tab-separated text.
func (s *Screen) copied() screen.Outcome {
	text, ok := s.inFocus().Copied()
	if !ok {
		return screen.Outcome{Note: catalogue.T("nothing to copy")}
	}
	i, _, _ := s.inFocus().Marked()
	what := catalogue.T("the reason and its count")
	switch {
	case s.page == sourcesPage:
		what = catalogue.T("the account of {path}", "path", filepath.Base(s.sources[i].Path))
	case s.refused.inRows:
		row, _ := s.refused.picked.At(i)
		what = catalogue.T("the refused row of line {line}", "line", words.Count(row.Line))
	}
	return screen.Outcome{Copy: text, Note: catalogue.T("copied {subject}, as tab-separated text", "subject", what)}
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

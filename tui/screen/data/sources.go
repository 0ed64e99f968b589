package data

import (
	"path/filepath"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// sourcesHeight is how high the list of files is; what was chosen for the
// marked one stands below.
func (s *Screen) sourcesHeight() int {
	const frame, head, least = 2, 1, 5
	return min(max(min(len(s.sources)+frame+head, s.height/2), least), s.height)
}

// sourceLines draws the page of the imported files.
func (s *Screen) sourceLines() []string {
	upper := s.sourcesHeight()
	p := pane.Pane{Title: catalogue.T("Imported files"), Note: "] " + catalogue.T("refused rows"), Width: s.width, Height: upper, Focused: true}
	width, _ := p.Inner()
	columns := sourceColumns(s.sources, width)
	content := []string{columns.head(s.theme, width)}
	from, to := s.files.Visible()
	marked, _ := s.files.Marked()
	for i := from; i < to; i++ {
		content = append(content, columns.row(s.theme, s.sources[i], i == marked, width))
	}
	if len(s.sources) == 0 {
		content = append(content, cells.NewLine(width).Put(s.theme.Dim, catalogue.T("Nothing has been imported: strata import WORKSPACE FILE")).String())
	}
	return append(p.Lines(s.theme, content), s.account(s.height-upper)...)
}

// sourceTable is where the columns of the list of files end.
type sourceTable struct {
	name  int // width of the file's name
	parts []sourceColumn
}

type sourceColumn struct {
	title string
	width int
	text  func(model.Source) string
	style func(*theme.Theme, model.Source) theme.Style
}

const columnGap = 2

// sourceColumns gives the file's name what the figures leave of a width; the
// figures that weigh least go first where that is too little.
func sourceColumns(sources []model.Source, width int) sourceTable {
	const leastName = 16
	count := func(n func(model.Source) int64) func(model.Source) string {
		return func(s model.Source) string { return words.Count(n(s)) }
	}
	text := func(th *theme.Theme, _ model.Source) theme.Style { return th.Text }
	dim := func(th *theme.Theme, _ model.Source) theme.Style { return th.Dim }
	t := sourceTable{parts: []sourceColumn{
		{title: catalogue.T("rows"), text: count(func(s model.Source) int64 { return s.Rows }), style: text},
		{title: catalogue.T("accepted"), text: count(func(s model.Source) int64 { return s.Accepted }), style: text},
		{title: catalogue.T("refused"), text: count(func(s model.Source) int64 { return s.Rejected }), style: refusedStyle},
		{title: catalogue.T("notices"), text: count(func(s model.Source) int64 { return int64(len(s.Warnings)) }), style: noticesStyle},
		{title: catalogue.T("imported"), text: imported, style: dim},
		{title: catalogue.T("repaired"), text: count(func(s model.Source) int64 { return s.Corrected }), style: text},
		{title: catalogue.T("kind"), text: kind, style: dim},
	}}
	t.name = width
	for i := range t.parts {
		c := &t.parts[i]
		c.width = cells.Width(c.title)
		for _, s := range sources {
			c.width = max(c.width, cells.Width(c.text(s)))
		}
		if t.name-c.width-columnGap < leastName {
			t.parts = t.parts[:i]
			break
		}
		t.name -= c.width + columnGap
	}
	return t
}

func refusedStyle(th *theme.Theme, s model.Source) theme.Style {
	if s.Rejected > 0 {
		return th.Warning
	}
	return th.Text
}

func noticesStyle(th *theme.Theme, s model.Source) theme.Style {
	if len(s.Warnings) > 0 {
		return th.Warning
	}
	return th.Text
}

// kind names what the rows of a file are.
func kind(s model.Source) string {
	if s.Kind == model.KindLines {
		return catalogue.T("lines")
	}
	return catalogue.T("orders")
}

func imported(s model.Source) string { return s.ImportedAt.Local().Format("2006-01-02 15:04") }

func (t sourceTable) head(th *theme.Theme, width int) string {
	line := cells.NewLine(width).Put(th.Dim, "  "+catalogue.T("file")).SkipTo(t.name)
	for _, c := range t.parts {
		line.PutRight(th.Dim, c.title, line.At()+columnGap+c.width)
	}
	return line.String()
}

func (t sourceTable) row(th *theme.Theme, s model.Source, marked bool, width int) string {
	const mark = 2
	line := cells.NewLine(width)
	style := th.Text
	if marked {
		line.Put(th.Accent, "▸")
		style = th.Selected
	}
	line.SkipTo(mark).Put(style, cells.Fit(cells.Clean(filepath.Base(s.Path)), t.name-mark)).SkipTo(t.name)
	for _, c := range t.parts {
		line.PutRight(c.style(th, s), c.text(s), line.At()+columnGap+c.width)
	}
	return line.String()
}

// account tells about the marked file: where it came from, how it was read,
// and what became of its rows.
func (s *Screen) account(height int) []string {
	marked, ok := s.files.Marked()
	if !ok {
		return pane.Pane{Width: s.width, Height: height}.Lines(s.theme, nil)
	}
	source := s.sources[marked]
	p := pane.Pane{Title: filepath.Base(source.Path), Width: s.width, Height: height}
	width, rows := p.Inner()
	const label = 12
	var content []string
	for _, fact := range facts(source, s.sources, s.symbol) {
		for i, text := range cells.Wrap(cells.Clean(fact.text), width-label) {
			line := cells.NewLine(width)
			if i == 0 {
				line.Put(s.theme.Dim, fact.label)
			}
			content = append(content, line.SkipTo(label).Put(s.theme.Text, text).String())
		}
	}
	return p.Lines(s.theme, content[:min(len(content), max(rows, 0))])
}

type fact struct{ label, text string }

func facts(s model.Source, sources []model.Source, symbol string) []fact {
	r := session.RowsOf([]model.Source{s})
	all := []fact{{catalogue.T("rows"), catalogue.T("{rows} read, {accepted}", "rows", words.Count(s.Rows), "accepted", figure.Accepted(r))}}
	if s.Rejected > 0 {
		text := catalogue.T("{rows}, {share} of the rows", "rows", words.Count(s.Rejected), "share", words.Share(s.Rejected, s.Rows))
		if money := figure.RefusedMoneyOfFile(r, symbol); money != "" {
			text += ", " + money
		}
		if n := session.CorrectedSince(s, sources); n > 0 {
			text += catalogue.T("; {count} corrected since", "count", words.Count(n))
		}
		all = append(all, fact{catalogue.T("refused"), catalogue.T("{summary}; [Enter] shows which and why", "summary", text)})
	}
	if of, ok := session.CorrectedSource(s, sources); ok {
		all = append(all, fact{catalogue.T("corrects"), catalogue.T("refused rows of {path}", "path", of.Path)})
	}
	all = append(all, notices(s.Warnings)...)
	label := catalogue.T("read as")
	for _, said := range session.PlanWords(s) {
		all = append(all, fact{label, said})
		label = ""
	}
	return append(all,
		fact{catalogue.T("from"), s.Path},
		fact{catalogue.T("size"), catalogue.T("{bytes} bytes, read in {seconds} s", "bytes", words.Count(s.Bytes), "seconds", words.Rounded(s.Seconds, 1))},
		fact{catalogue.T("imported"), imported(s)},
		fact{"SHA-256", s.Fingerprint},
	)
}

// noticesShown is how many notices of a file are shown beside what else there is
// to know of it.
const noticesShown = 4

func notices(warnings []model.Warning) (all []fact) {
	if len(warnings) == 0 {
		return []fact{{catalogue.T("notices"), catalogue.T("none from the import of this file; [w] has those of the tiers too")}}
	}
	label := catalogue.T("notices")
	for _, w := range warnings[:min(len(warnings), noticesShown)] {
		all = append(all, fact{label, w.Message})
		label = ""
	}
	if more := len(warnings) - noticesShown; more > 0 {
		all = append(all, fact{"", catalogue.T("and {more} more: [w] has all", "more", words.Count(int64(more)))})
	}
	return all
}

// showRejectsOf goes to the refused rows of the marked file.
func (s *Screen) showRejectsOf() screen.Outcome {
	marked, ok := s.files.Marked()
	switch {
	case !ok:
		return screen.Outcome{}
	case s.sources[marked].Rejected == 0:
		return screen.Outcome{Note: catalogue.T("every row of this file was accepted")}
	}
	s.page, s.refused.source = rejectsPage, s.sources[marked].ID
	if s.refused.all != nil {
		s.choose(s.refused.source, "")
	}
	return screen.Outcome{}
}

func (s *Screen) focusedSource() string {
	marked, ok := s.files.Marked()
	if !ok {
		return ""
	}
	return strings.TrimSpace(catalogue.T("file {position} of {sources}", "position", words.Count(int64(marked+1)), "sources", words.Count(int64(len(s.sources)))))
}

package data

import (
	"path/filepath"
	"strings"
	"time"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/screen"
	"strata/tui/session"
)

// sourcesPane is where the list of files lies; what was chosen for the marked one
// stands below.
func (s *Screen) sourcesPane() pane.Pane {
	const frame, least = 2, 5
	height := min(max(min(s.files.Tallest()+frame, s.height/2), least), s.height)
	return pane.Pane{Title: catalogue.T("Imported files"), Note: "] " + catalogue.T("refused rows"), Width: s.width, Height: height, Focused: true}
}

// sourceLines draws the page of the imported files.
func (s *Screen) sourceLines() []string {
	p := s.sourcesPane()
	width, _ := p.Inner()
	content := s.files.Lines(s.theme, true)
	if len(s.sources) == 0 {
		content = []string{cells.NewLine(width).Put(s.theme.Dim, catalogue.T("Nothing has been imported: strata import WORKSPACE FILE")).String()}
	}
	return append(p.Lines(s.theme, content), s.account(s.height-p.Height)...)
}

// sourceView is the list of files: what a screen has no room for is written to files.
func (s *Screen) sourceView() answer.View {
	const all = answer.Everyone | answer.Screen
	dim := func(model.Source) answer.Tone { return answer.Dim }
	look := func(n func(model.Source) int64) func(model.Source) answer.Tone {
		return func(s model.Source) answer.Tone { return map[bool]answer.Tone{true: answer.Look}[n(s) > 0] }
	}
	refused := func(s model.Source) int64 { return s.Rejected }
	notices := func(s model.Source) int64 { return int64(len(s.Warnings)) }
	count := func(key, title string, in answer.Medium, light int8, n func(model.Source) int64) answer.Column[model.Source] {
		return answer.Column[model.Source]{Key: key, Title: title, In: in, Light: light, Of: func(s model.Source) answer.Value { return answer.Count(n(s)) }}
	}
	t := answer.TableOf("sources", answer.Slice[model.Source](s.sources), []answer.Column[model.Source]{
		{Key: "file", Title: catalogue.T("file"), In: all, Of: func(s model.Source) answer.Value { return answer.Text(s.Path).Told(filepath.Base(s.Path)) }},
		{Key: "kind", Title: catalogue.T("kind"), In: all, Light: 7, Tone: dim, Of: func(s model.Source) answer.Value { return answer.Text(s.Kind).Told(kind(s)) }},
		count("rows", catalogue.T("rows"), all, 1, func(s model.Source) int64 { return s.Rows }),
		count("accepted", catalogue.T("accepted"), all, 2, func(s model.Source) int64 { return s.Accepted }),
		count("mended", catalogue.T("repaired"), all, 6, func(s model.Source) int64 { return s.Corrected }),
		toned(count("refused", catalogue.T("refused"), all, 3, refused), look(refused)),
		toned(count("", catalogue.T("notices"), answer.Screen, 4, notices), look(notices)),
		count("duplicates", "", answer.Machines, 0, func(s model.Source) int64 { return s.Duplicates }),
		{Key: "imported_at", Title: catalogue.T("imported"), In: all, Light: 5, Tone: dim, Of: func(s model.Source) answer.Value {
			return answer.Text(s.ImportedAt.UTC().Format(time.RFC3339)).Told(imported(s))
		}},
		{Key: "plan", In: answer.Machines, Of: func(s model.Source) answer.Value { return answer.Text(strings.Join(session.PlanWords(s), "; ")) }},
		{Key: "sha256", In: answer.Machines, Of: func(s model.Source) answer.Value { return answer.Text(s.Fingerprint) }},
		count("left_out", "", answer.Machines, 0, func(s model.Source) int64 { return s.LeftOut() }),
		{Key: "refused_bought", In: answer.Machines, Of: func(s model.Source) answer.Value { return answer.Money(s.RefusedValue) }},
		{Key: "refused_returned", In: answer.Machines, Of: func(s model.Source) answer.Value { return answer.Money(s.RefusedReturned) }},
		{Key: "notices", In: answer.Machines, Of: func(s model.Source) answer.Value { return answer.Text(noticesText(s)) }},
	})
	t.Symbol = s.symbol
	return t.In(answer.Screen)
}

func toned(c answer.Column[model.Source], tone func(model.Source) answer.Tone) answer.Column[model.Source] {
	c.Tone = tone
	return c
}

// kind names what the rows of a file are.
func kind(s model.Source) string {
	if s.Kind == model.KindLines {
		return catalogue.T("lines")
	}
	return catalogue.T("orders")
}

func imported(s model.Source) string { return s.ImportedAt.Local().Format("2006-01-02 15:04") }

// account tells about the marked file: where it came from, how it was read,
// and what became of its rows.
func (s *Screen) account(height int) []string {
	marked, _, ok := s.files.Marked()
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
	marked, _, ok := s.files.Marked()
	switch {
	case !ok:
		return screen.Outcome{}
	case s.sources[marked].Rejected == 0:
		return screen.Outcome{Note: catalogue.T("every row of this file was accepted")}
	}
	s.page, s.refused.source = rejectsPage, s.sources[marked].ID
	if s.refused.all != nil {
		return s.choose(s.refused.source, "")
	}
	return screen.Outcome{}
}

func (s *Screen) focusedSource() string {
	marked, _, ok := s.files.Marked()
	if !ok {
		return ""
	}
	return strings.TrimSpace(catalogue.T("file {position} of {sources}", "position", words.Count(int64(marked+1)), "sources", words.Count(int64(len(s.sources)))))
}

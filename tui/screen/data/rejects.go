package data

import (
	"path/filepath"
	"slices"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/pane"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/session"
)

// refused is the page of the refused rows: the reasons, and the rows refused
// for the chosen one.
type refused struct {
	all    *session.Rejects // nil until they are read
	source int64            // whose rows are shown, 0 all
	code   string           // refused for what, "" anything
	picked *session.RejectList

	reasons table.Table // the first row stands for all of them
	rows    table.Table
	inRows  bool // the rows have the focus
}

// choose shows the rows of a source (0: all) refused for a reason ("": any).
func (s *Screen) choose(source int64, code string) screen.Outcome {
	r := &s.refused
	r.source, r.code, r.picked = source, code, r.all.Of(source, code)
	reasons := r.picked.Reasons()
	r.reasons.Show(s.reasonView())
	out := r.rows.Show(s.rowView())
	s.fit()
	r.rows.MarkRow(0)
	r.reasons.MarkRow(1 + slices.IndexFunc(reasons, func(x session.RejectReason) bool { return x.Code == code }))
	return out
}

// reason is a row of the reasons; the first is any of them.
type reason struct {
	session.RejectReason
	share  string
	chosen bool
}

func (s *Screen) reasonView() answer.View {
	r := &s.refused
	rows, total := []int64{}, int64(0)
	for _, one := range r.picked.Reasons() {
		rows, total = append(rows, one.Rows), total+one.Rows
	}
	all := answer.Slice[reason]{{session.RejectReason{Rows: total}, words.Share(total, total), r.code == ""}}
	for i, share := range words.Shares(rows, total) {
		one := r.picked.Reasons()[i]
		all = append(all, reason{one, share, one.Code == r.code})
	}
	const in = answer.Everyone | answer.Screen
	return answer.TableOf("reasons", all, []answer.Column[reason]{
		{Key: "code", Title: catalogue.T("reason"), In: in, Of: func(r reason) answer.Value {
			if r.Code == "" {
				return answer.Text("").Told(catalogue.T("any reason"))
			}
			return answer.Text(r.Code)
		}, Tone: func(r reason) answer.Tone { return map[bool]answer.Tone{true: answer.Bright}[r.chosen] }},
		{Key: "rows", Title: catalogue.T("rows"), In: in, Of: func(r reason) answer.Value { return answer.Count(r.Rows) }},
		{Key: "share", Title: catalogue.T("share"), In: in, Of: func(r reason) answer.Value { return answer.Share(r.Rows, total).Told(r.share) }, Tone: func(reason) answer.Tone { return answer.Dim }},
	}).In(answer.Screen)
}

// row is a refused row and the path of its file.
type row struct {
	model.Reject
	file string
}

// rows are those that were picked.
type rows struct{ *session.RejectList }

func (r rows) At(i int) row {
	one, file := r.RejectList.At(i)
	return row{one, file}
}

func (s *Screen) rowView() answer.View {
	files := 0
	for _, source := range s.sources {
		files += int(min(source.Rejected, 1))
	}
	file, in := answer.Everyone, answer.Everyone|answer.Screen
	if files > 1 && s.refused.source == 0 {
		file = in
	}
	dim := func(row) answer.Tone { return answer.Dim }
	return answer.TableOf("refused", rows{s.refused.picked}, []answer.Column[row]{
		{Key: "file", Title: catalogue.T("file"), Light: 1, In: file, Of: func(r row) answer.Value { return answer.Text(r.file).Told(filepath.Base(r.file)) }},
		{Key: "line", Title: catalogue.T("line"), In: in, Of: func(r row) answer.Value { return answer.Count(r.Line) }},
		{Key: "column", Title: catalogue.T("column"), In: in, Of: func(r row) answer.Value { return answer.Text(r.Column) }},
		{Key: "value", Title: catalogue.T("value"), In: in, Of: func(r row) answer.Value {
			if r.Value == "" {
				return answer.Text("").Told(catalogue.T("(empty)"))
			}
			return answer.Text(r.Value)
		}, Tone: func(r row) answer.Tone { return map[bool]answer.Tone{true: answer.Dim}[r.Value == ""] }},
		{Key: "code", In: answer.Machines, Of: func(r row) answer.Value { return answer.Text(r.Code) }},
		{Key: "reason", Title: catalogue.T("reason"), In: in, Of: func(r row) answer.Value { return answer.Text(r.Reason) }, Tone: dim},
		{Key: "row", Title: catalogue.T("row"), Light: 2, In: in, Of: func(r row) answer.Value { return answer.Text(r.Row) }},
	}).In(answer.Screen)
}

// chooseMarkedReason shows the rows refused for the marked reason, and goes to
// them.
func (s *Screen) chooseMarkedReason() screen.Outcome {
	r := &s.refused
	marked, _, ok := r.reasons.Marked()
	if !ok {
		return screen.Outcome{} // still being read
	}
	code := ""
	if marked > 0 {
		code = r.picked.Reasons()[marked-1].Code
	}
	r.inRows = true
	return s.choose(r.source, code)
}

// The screen is divided into reasons on the left and rows on the right where
// it is wide enough, and otherwise into reasons above and rows below.
const (
	besideFrom   = 100
	reasonsWidth = 38
)

func (s *Screen) beside() bool { return s.width >= besideFrom }

// reasonsPane and rowsPane are where the two tables lie.
func (s *Screen) reasonsPane() pane.Pane {
	const frame, least = 2, 5
	p := pane.Pane{Title: catalogue.T("Why refused"), Note: "[ " + catalogue.T("files"), Width: s.width, Height: s.height, Focused: !s.refused.inRows}
	if s.beside() {
		p.Width = reasonsWidth
	} else {
		p.Height = min(max(min(s.refused.reasons.Tallest()+frame, s.height/3), least), s.height)
	}
	return p
}

func (s *Screen) rowsPane() (p pane.Pane, x, y int) {
	p = pane.Pane{Width: s.width, Height: s.height, Focused: s.refused.inRows}
	if s.refused.picked != nil {
		p.Title = s.rowsTitle()
	}
	reasons := s.reasonsPane()
	if s.beside() {
		x, p.Width = reasons.Width, s.width-reasons.Width
	} else {
		y, p.Height = reasons.Height, s.height-reasons.Height
	}
	return p, x, y
}

// rejectLines draws the page of the refused rows.
func (s *Screen) rejectLines() []string {
	r := &s.refused
	reasons := s.reasonsPane().Lines(s.theme, r.reasons.Lines(s.theme, !r.inRows))
	p, _, _ := s.rowsPane()
	rows := p.Lines(s.theme, r.rows.Lines(s.theme, r.inRows))
	if !s.beside() {
		return append(reasons, rows...)
	}
	for i := range reasons {
		reasons[i] += rows[i]
	}
	return reasons
}

func (s *Screen) rowsTitle() string {
	r := &s.refused
	title := words.Plural(int64(r.picked.Len()), "refused row", "refused rows")
	if r.code != "" {
		title += " · " + r.code
	}
	if r.source != 0 {
		title += " · " + filepath.Base(s.path(r.source))
	}
	return title
}

// path is where a source came from.
func (s *Screen) path(source int64) string {
	i := slices.IndexFunc(s.sources, func(x model.Source) bool { return x.ID == source })
	return s.sources[i].Path
}

func (s *Screen) focusedReject() string {
	i, _, ok := s.refused.rows.Marked()
	if !ok {
		return ""
	}
	row, file := s.refused.picked.At(i)
	return catalogue.T("line {line} of {file}", "line", words.Count(row.Line), "file", filepath.Base(file))
}

// wholeRow is the marked row with nothing cut.
func (s *Screen) wholeRow() *screen.Text {
	i, _, ok := s.refused.rows.Marked()
	if !ok {
		return nil
	}
	row, file := s.refused.picked.At(i)
	value := catalogue.T("It is empty.")
	if row.Value != "" {
		value = catalogue.T("The file has: {value}", "value", row.Value)
	}
	where := catalogue.T("In {file}, column {column}. {value}", "file", file, "column", row.Column, "value", value)
	if row.Column == "" { // the row as a whole
		where = catalogue.T("In {file}.", "file", file)
	}
	paragraphs := []string{where, catalogue.T("Refused ({code}): {reason}.", "code", row.Code, "reason", row.Reason)}
	if row.Row != "" {
		paragraphs = append(paragraphs, catalogue.T("The row as it is in the file: {row}", "row", row.Row))
	}
	return &screen.Text{Title: catalogue.T("Line {line}", "line", words.Count(row.Line)), Paragraphs: paragraphs}
}

package data

import (
	"path/filepath"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/list"
	"strata/tui/component/pane"
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
	total  int64 // rows of all reasons of the source
	// How wide the names of columns, the values, the reasons and the rows
	// themselves are in the first of the picked rows: enough to share the room.
	columnWidth, valueWidth, reasonWidth, rowWidth int

	reasons list.List // the first row stands for all of them
	rows    list.List
	inRows  bool // the rows have the focus
}

// choices is how many rows the list of reasons has.
func (r *refused) choices() int {
	if r.picked == nil {
		return 0
	}
	return len(r.picked.Reasons()) + 1
}

// shown is how many rows were picked.
func (r *refused) shown() int {
	if r.picked == nil {
		return 0
	}
	return r.picked.Len()
}

// choose shows the rows of a source (0: all) refused for a reason ("": any).
func (s *Screen) choose(source int64, code string) {
	r := &s.refused
	r.source, r.code, r.picked = source, code, r.all.Of(source, code)
	r.total = 0
	for _, reason := range r.picked.Reasons() {
		r.total += reason.Rows
	}
	const looked = 1000
	r.columnWidth, r.valueWidth = cells.Width(catalogue.T("column")), cells.Width(catalogue.T("(empty)"))
	r.reasonWidth, r.rowWidth = 0, 0
	for i := range min(r.picked.Len(), looked) {
		row, _ := r.picked.At(i)
		r.columnWidth = max(r.columnWidth, cells.Width(cells.Clean(row.Column)))
		r.valueWidth = max(r.valueWidth, cells.Width(cells.Clean(row.Value)))
		r.reasonWidth = max(r.reasonWidth, cells.Width(cells.Clean(row.Reason)))
		r.rowWidth = max(r.rowWidth, cells.Width(cells.Clean(row.Row)))
	}
	s.fit()
	r.rows.Mark(0)
	r.reasons.Mark(1 + slices.IndexFunc(r.picked.Reasons(), func(x session.RejectReason) bool { return x.Code == code }))
}

// chooseMarkedReason shows the rows refused for the marked reason, and goes to
// them.
func (s *Screen) chooseMarkedReason() {
	r := &s.refused
	marked, ok := r.reasons.Marked()
	if !ok {
		return // still being read
	}
	code := ""
	if marked > 0 {
		code = r.picked.Reasons()[marked-1].Code
	}
	s.choose(r.source, code)
	r.inRows = true
}

// The screen is divided into reasons on the left and rows on the right where
// it is wide enough, and otherwise into reasons above and rows below.
const (
	besideFrom   = 100
	reasonsWidth = 38
)

func (s *Screen) beside() bool { return s.width >= besideFrom }

// reasonsSize is how large the list of reasons is, with its frame.
func (s *Screen) reasonsSize() (width, height int) {
	const frame, least = 2, 4
	if s.beside() {
		return reasonsWidth, s.height
	}
	return s.width, min(max(min(s.refused.choices()+frame, s.height/3), least), s.height)
}

// rejectLines draws the page of the refused rows.
func (s *Screen) rejectLines() []string {
	width, height := s.reasonsSize()
	reasons := s.reasonLines(width, height)
	if !s.beside() {
		return append(reasons, s.rowLines(s.width, s.height-height)...)
	}
	rows := s.rowLines(s.width-width, s.height)
	for i := range reasons {
		reasons[i] += rows[i]
	}
	return reasons
}

func (s *Screen) reasonLines(width, height int) []string {
	r := &s.refused
	p := pane.Pane{Title: catalogue.T("Why refused"), Note: "[ " + catalogue.T("files"), Width: width, Height: height, Focused: !r.inRows}
	inner, _ := p.Inner()
	var content []string
	all := r.picked.Reasons()
	rows := make([]int64, len(all))
	for i, reason := range all {
		rows[i] = reason.Rows
	}
	shares := words.Shares(rows, r.total)
	from, to := r.reasons.Visible()
	marked, _ := r.reasons.Marked()
	for i := from; i < to; i++ {
		code, label, n, share := "", catalogue.T("any reason"), r.total, words.Share(r.total, r.total)
		if i > 0 {
			code, label, n, share = all[i-1].Code, all[i-1].Code, all[i-1].Rows, shares[i-1]
		}
		line := cells.NewLine(inner)
		style := s.theme.Text
		if code == r.code {
			style = s.theme.AccentStrong
		}
		if i == marked {
			line.Put(s.theme.Accent, "▸")
			if !r.inRows {
				style = s.theme.Selected
			}
		}
		const shareWidth = 7
		count := words.Count(n)
		line.SkipTo(2).Put(style, cells.Fit(cells.Clean(label), inner-4-shareWidth-cells.Width(count)))
		line.PutRight(s.theme.Text, count, inner-shareWidth)
		content = append(content, line.PutRight(s.theme.Dim, share, inner).String())
	}
	return p.Lines(s.theme, content)
}

// rowColumns is where the columns of a refused row begin; file is 0 where all
// rows are of one file, row where there is no room for the row itself.
type rowColumns struct{ file, line, column, value, reason, row int }

// rowColumns shares a width among the columns: the reason gets what is left.
func (s *Screen) rowColumns(width int) rowColumns {
	const mark, gap = 2, 2
	longest, files := int64(0), 0
	for _, source := range s.sources {
		longest = max(longest, source.Rows)
		if source.Rejected > 0 {
			files++
		}
	}
	line := max(cells.Width(words.Count(longest)), cells.Width(catalogue.T("line")))
	c := rowColumns{line: mark}
	if files > 1 && s.refused.source == 0 {
		c.file, c.line = mark, mark+min(max(width/6, 10), 24)+gap
	}
	c.column = c.line + line + gap
	rest := width - c.column
	c.value = c.column + min(s.refused.columnWidth, max(rest/4, 6)) + gap
	c.reason = c.value + min(s.refused.valueWidth, max(rest/3, 6)) + gap
	const reasonNeeds, rowNeeds = 36, 24
	if left := width - c.reason - gap; s.refused.rowWidth > 0 && left >= reasonNeeds+rowNeeds {
		c.row = c.reason + max(reasonNeeds, min(s.refused.reasonWidth, left-rowNeeds)) + gap
	}
	return c
}

func (s *Screen) rowLines(width, height int) []string {
	r := &s.refused
	p := pane.Pane{Title: s.rowsTitle(), Width: width, Height: height, Focused: r.inRows}
	inner, _ := p.Inner()
	c := s.rowColumns(inner)
	head := cells.NewLine(inner)
	if c.file > 0 {
		head.SkipTo(c.file).Put(s.theme.Dim, catalogue.T("file"))
	}
	head.PutRight(s.theme.Dim, catalogue.T("line"), c.column-2).SkipTo(c.column).Put(s.theme.Dim, catalogue.T("column")).SkipTo(c.value)
	head.Put(s.theme.Dim, catalogue.T("value")).SkipTo(c.reason).Put(s.theme.Dim, catalogue.T("reason"))
	if c.row > 0 {
		head.SkipTo(c.row).Put(s.theme.Dim, catalogue.T("row"))
	}
	content := []string{head.String()}
	from, to := r.rows.Visible()
	marked, _ := r.rows.Marked()
	for i := from; i < to; i++ {
		row, file := r.picked.At(i)
		content = append(content, s.rowLine(c, row, file, i == marked, inner))
	}
	return p.Lines(s.theme, content)
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

func (s *Screen) rowLine(c rowColumns, row model.Reject, file string, marked bool, width int) string {
	const gap = 2
	line := cells.NewLine(width)
	number, style := s.theme.Text, s.theme.Text
	if marked {
		line.Put(s.theme.Accent, "▸")
		if s.refused.inRows {
			number = s.theme.Selected
		}
	}
	put := func(from, to int, text string) {
		line.SkipTo(from).Put(style, cells.Fit(cells.Clean(text), to-from-gap))
	}
	if c.file > 0 {
		put(c.file, c.line, filepath.Base(file))
	}
	line.PutRight(number, words.Count(row.Line), c.column-gap)
	put(c.column, c.value, row.Column)
	if row.Value == "" {
		line.SkipTo(c.value).Put(s.theme.Dim, cells.Fit(catalogue.T("(empty)"), c.reason-c.value-gap))
	} else {
		put(c.value, c.reason, row.Value)
	}
	end := width + gap
	if c.row > 0 {
		end = c.row
	}
	style = s.theme.Dim
	put(c.reason, end, row.Reason)
	if style = s.theme.Text; c.row > 0 {
		put(c.row, width+gap, row.Row)
	}
	return line.String()
}

func (s *Screen) focusedReject() string {
	r := &s.refused
	if r.picked == nil || r.picked.Len() == 0 {
		return ""
	}
	i, _ := r.rows.Marked()
	row, file := r.picked.At(i)
	return catalogue.T("line {line} of {file}", "line", words.Count(row.Line), "file", filepath.Base(file))
}

// wholeRow is the marked row with nothing cut.
func (s *Screen) wholeRow() *screen.Text {
	i, ok := s.refused.rows.Marked()
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

package scenarios

import (
	"slices"
	"strings"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// kept is a scenario with its scheme.
type kept struct {
	model.Scenario
	scheme model.Scheme
	broken bool // its scheme cannot be read
}

func readAll(all []model.Scenario) []kept {
	read := make([]kept, len(all))
	for i, one := range all {
		scheme, err := schemefile.Decode([]byte(one.Scheme))
		read[i] = kept{one, scheme, err != nil}
	}
	return read
}

// marked returns the marked scenario, and false without any.
func (s *Screen) marked() (kept, bool) {
	if row, ok := s.list.Marked(); ok && row < len(s.kept) {
		return s.kept[row], true
	}
	return kept{}, false
}

// standing says in a word what a scenario is to the working scheme and the
// baseline.
func (s *Screen) standing(k kept) string {
	if s.frame == nil {
		return ""
	}
	var words []string
	if s.frame.Title == k.Name {
		words = append(words, catalogue.T("active"))
	}
	if s.frame.Baseline == k.Name {
		words = append(words, session.EditedMark(catalogue.T("baseline"), s.frame.BaselineEdited))
	}
	return strings.Join(words, ", ")
}

// edited reports whether the working scheme is named after a scenario and
// differs from it.
func (s *Screen) edited(k kept) bool {
	return s.frame != nil && s.frame.Title == k.Name && s.frame.Edited
}

func saved(k kept) string { return k.SavedAt.Local().Format("2006-01-02 15:04") }

// Columns of the list: the mark of the row, the mark for the side by side, the
// name; what is left goes to the note.
const (
	rowMark    = 2
	besideMark = 2
	columnGap  = 2
)

// columns are the widths of the list's columns; 0 where there is no room.
type columns struct{ name, standing, saved, note int }

func (s *Screen) columns(width int) columns {
	const leastName, leastNote, mostName = 12, 12, 30
	c := columns{name: leastName}
	note := 0
	for _, k := range s.kept {
		note = max(note, min(cells.Width(cells.Clean(k.Note)), leastNote))
		c.name = max(c.name, cells.Width(cells.Clean(k.Name))+2) // with the mark of an edited one
		c.standing = max(c.standing, cells.Width(s.standing(k)))
	}
	rest := width - rowMark - besideMark
	wanted := c.name // more of it than most only where nothing else needs the room
	c.name = min(c.name, mostName, max(rest, 0))
	rest -= c.name
	take := func(w int) int {
		if w == 0 || rest < w+columnGap {
			return 0
		}
		rest -= w + columnGap
		return w
	}
	c.standing = take(c.standing)
	c.saved = take(len(time.DateOnly))
	if note > 0 {
		note += columnGap
	}
	if more := min(wanted-c.name, rest-note); more > 0 {
		c.name += more
		rest -= more
	}
	if rest >= leastNote+columnGap {
		c.note = rest - columnGap
	}
	return c
}

// listLines draws the scenarios.
func (s *Screen) listLines() []string {
	p := pane.Pane{Title: catalogue.T("Scenarios"), Width: s.listWidth(), Height: s.listHeight(), Focused: !s.inLog}
	if n := len(s.kept); n > 0 {
		p.Note = catalogue.T("{count} saved", "count", words.Count(int64(n)))
	}
	if n := len(s.bench.Beside()); n > 0 {
		p.Note += catalogue.T(", ■ {count} side by side", "count", words.Count(int64(n)))
	}
	width, _ := p.Inner()
	if len(s.kept) == 0 {
		return p.Lines(s.theme, s.noneYet(width))
	}
	c := s.columns(width)
	content := []string{c.head(s.theme, width)}
	beside := s.bench.Beside()
	from, to := s.list.Visible()
	row, _ := s.list.Marked()
	for i := from; i < to; i++ {
		content = append(content, s.row(c, s.kept[i], i == row, slices.Contains(beside, s.kept[i].Name), width))
	}
	return p.Lines(s.theme, content)
}

// noneYet says what to do where nothing is kept.
func (s *Screen) noneYet(width int) []string {
	var content []string
	for _, text := range cells.Wrap(catalogue.T("No scenario yet. [s] saves the current tiers under a name; then try something else, and compare."), width) {
		content = append(content, cells.NewLine(width).Put(s.theme.Dim, text).String())
	}
	return content
}

func (c columns) head(th *theme.Theme, width int) string {
	line := cells.NewLine(width).Skip(rowMark+besideMark).Put(th.Dim, catalogue.T("scenario"))
	end := rowMark + besideMark + c.name
	if c.standing > 0 {
		end += columnGap + c.standing
	}
	if c.saved > 0 {
		line.SkipTo(end+columnGap).Put(th.Dim, catalogue.T("saved"))
		end += columnGap + c.saved
	}
	if c.note > 0 {
		line.SkipTo(end+columnGap).Put(th.Dim, catalogue.T("note"))
	}
	return line.String()
}

func (s *Screen) row(c columns, k kept, marked, beside bool, width int) string {
	th := s.theme
	line := cells.NewLine(width)
	style := th.Text
	if marked {
		line.Put(th.Accent, "▸")
		if style = th.Strong; !s.inLog {
			style = th.Selected
		}
	}
	line.SkipTo(rowMark)
	if beside {
		line.Put(th.Accent, "■")
	}
	line.SkipTo(rowMark + besideMark)
	star := 0
	if s.edited(k) {
		star = 2
	}
	line.Put(style, cells.Fit(cells.Clean(k.Name), c.name-star))
	if star > 0 {
		line.Put(th.Warning, " *")
	}
	line.SkipTo(rowMark + besideMark + c.name)
	if c.standing > 0 {
		line.Skip(columnGap)
		at := line.At()
		line.Put(th.Accent, s.standing(k)).SkipTo(at + c.standing)
	}
	if c.saved > 0 {
		line.Skip(columnGap).Put(th.Dim, k.SavedAt.Local().Format(time.DateOnly))
	}
	if c.note > 0 {
		line.Skip(columnGap).Put(th.Text, cells.Fit(cells.Clean(k.Note), c.note))
	}
	return line.String()
}

// detailLines tells about the marked scenario: its note in full, and what it
// says that the working scheme does not.
func (s *Screen) detailLines(height int) []string {
	k, ok := s.marked()
	p := pane.Pane{Width: s.listWidth(), Height: height}
	width, rows := p.Inner()
	switch {
	case height <= 0:
		return p.Lines(s.theme, nil)
	case !ok:
		p.Title = catalogue.T("The marked scenario")
		var content []string
		for _, text := range cells.Wrap(catalogue.T("[s] saves the active scheme as a scenario. Its note, and where it differs from the active scheme, will be shown here."), width) {
			content = append(content, cells.NewLine(width).Put(s.theme.Dim, text).String())
		}
		return p.Lines(s.theme, content[:min(len(content), max(rows, 0))])
	}
	p.Title = k.Name
	var content []string
	add := func(label, text string) {
		const labels = 18
		for i, part := range cells.Wrap(cells.Clean(text), width-labels) {
			line := cells.NewLine(width)
			if i == 0 {
				line.Put(s.theme.Dim, cells.Fit(label, labels-1))
			}
			content = append(content, line.SkipTo(labels).Put(s.theme.Text, part).String())
		}
	}
	if k.Note != "" {
		add(catalogue.T("note"), k.Note)
	}
	add(catalogue.T("saved"), saved(k))
	add(catalogue.T("cuts"), cutsOrigin(k))
	content = append(content, cells.Blank(width, 1)...)
	content = append(content, cells.NewLine(width).Put(s.theme.Strong, cells.Fit(s.againstTitle(k), width)).String())
	for _, d := range s.differences(k) {
		if d.What == "data" {
			add(d.Label, catalogue.T("saved on other data"))
			continue
		}
		add(d.Label, catalogue.T("{now} (now {was})", "now", d.Now, "was", d.Was))
	}
	return p.Lines(s.theme, content[:min(len(content), max(rows, 0))])
}

func (s *Screen) againstTitle(k kept) string {
	switch {
	case k.broken:
		return catalogue.T("Its scheme cannot be read: delete it")
	case len(s.differences(k)) == 0:
		return catalogue.T("It is the same as the active scheme")
	}
	return catalogue.T("Differences from the active scheme")
}

// differences lists what a scenario says that the working scheme does not.
func (s *Screen) differences(k kept) []session.Difference {
	if k.broken || s.frame == nil {
		return nil
	}
	return session.Differences(s.frame.Scheme, k.scheme, s.currency)
}

// cutsOrigin says whether the cuts of a scenario are its own.
func cutsOrigin(k kept) string {
	given := 0
	for _, cuts := range k.scheme.Cuts {
		if cuts.At != nil {
			given++
		}
	}
	switch {
	case k.broken:
		return catalogue.T("unknown")
	case given == len(k.scheme.Cuts):
		return catalogue.T("frozen as saved")
	case given == 0:
		return catalogue.T("recalculated on other data")
	}
	return catalogue.T("some frozen, some recalculated on other data")
}

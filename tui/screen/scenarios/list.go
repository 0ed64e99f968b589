package scenarios

import (
	"slices"
	"strings"
	"time"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
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
	if row, _, ok := s.list.Marked(); ok && row < len(s.kept) {
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

// shown is a scenario and what it is here.
type shown struct {
	kept
	standing       string
	edited, beside bool
}

func (s *Screen) listView() answer.View {
	beside := s.bench.Beside()
	all := make(answer.Slice[shown], len(s.kept))
	for i, k := range s.kept {
		all[i] = shown{k, s.standing(k), s.edited(k), slices.Contains(beside, k.Name)}
	}
	const in = answer.Everyone | answer.Screen
	note := answer.Everyone
	if slices.ContainsFunc(s.kept, func(k kept) bool { return k.Note != "" }) {
		note = in
	}
	bright, dim := func(shown) answer.Tone { return answer.Bright }, func(shown) answer.Tone { return answer.Dim }
	return answer.TableOf("scenarios", all, []answer.Column[shown]{
		{Key: "scenario", Title: catalogue.T("scenario"), In: in, Of: func(k shown) answer.Value {
			return answer.Text(k.Name).Told(k.Name + map[bool]string{true: " *"}[k.edited])
		}},
		{Key: "beside", In: in, Tone: bright, Of: func(k shown) answer.Value {
			return answer.Text(map[bool]string{true: "■"}[k.beside])
		}},
		{Key: "tiers", Title: catalogue.T("tiers"), Light: 2, Tiers: true, In: in, Of: func(k shown) answer.Value { return s.tiersOf(k.kept) }},
		{Key: "standing", Light: 1, In: in, Tone: bright, Of: func(k shown) answer.Value { return answer.Text(k.standing) }},
		{Key: "saved", Title: catalogue.T("saved"), Light: 3, In: in, Tone: dim, Of: func(k shown) answer.Value {
			return answer.Text(saved(k.kept)).Told(k.SavedAt.Local().Format(time.DateOnly))
		}},
		{Key: "note", Title: catalogue.T("note"), Light: 4, In: note, Of: func(k shown) answer.Value { return answer.Text(k.Note) }},
	}).In(answer.Screen)
}

// listPane is where the scenarios lie.
func (s *Screen) listPane() pane.Pane {
	return pane.Pane{Title: catalogue.T("Scenarios"), Width: s.listWidth(), Height: s.listHeight(), Focused: !s.inLog}
}

// listLines draws the scenarios.
func (s *Screen) listLines() []string {
	p := s.listPane()
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
	return p.Lines(s.theme, s.list.Lines(s.theme, !s.inLog))
}

// noneYet says what to do where nothing is kept.
func (s *Screen) noneYet(width int) []string {
	var content []string
	for _, text := range cells.Wrap(catalogue.T("No scenario yet. [s] saves the current tiers under a name; then try something else, and compare."), width) {
		content = append(content, cells.NewLine(width).Put(s.theme.Dim, text).String())
	}
	return content
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
	if text := s.tiersText(k); text != "" {
		add(catalogue.T("tiers"), text)
	}
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

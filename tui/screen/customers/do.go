package customers

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/component/field"
	"strata/tui/component/list"
	"strata/tui/screen"
	"strata/tui/session"
)

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	switch {
	case s.profile != nil:
		return s.doProfile(id)
	case s.chooser != nil:
		return s.choose(id)
	case s.bench == nil:
		return screen.Outcome{}
	case id == action.Everybody:
		return s.List(session.PeopleQuery{})
	case s.people == nil || s.rows.Do(id):
		return screen.Outcome{}
	}
	switch id {
	case action.ColumnLeft:
		s.column = max(s.column-1, 0)
	case action.ColumnRight:
		s.column = min(s.column+1, len(s.columns())-1)
	case action.SortColumn:
		return s.sort()
	case action.Filter:
		text := ""
		if s.matched {
			text = s.wanted.Filter
		}
		s.typing = field.New(text, catalogue.T("a key, a name, a segment or a tier"))
		s.measure()
	case action.MatchNext:
		return s.toMatch(true)
	case action.MatchPrevious:
		return s.toMatch(false)
	case action.Columns:
		return s.startChoosing()
	case action.PersonOpen:
		return s.open()
	case action.PersonLock:
		if person, ok := s.marked(); ok {
			return s.lock(person.Customer)
		}
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	case action.Copy:
		return s.copied()
	case action.ExportPeople:
		return s.export()
	}
	return screen.Outcome{}
}

// sort sorts by the marked column, the other way round where it is sorted by
// it already.
func (s *Screen) sort() screen.Outcome {
	by := s.columns()[s.column].id
	s.wanted.Descending = s.wanted.Sort == by && !s.wanted.Descending
	s.wanted.Sort = by
	s.toFirst = true
	return s.ask()
}

// toMatch marks the next person that matches, or the one before.
func (s *Screen) toMatch(forward bool) screen.Outcome {
	row, _ := s.rows.Marked()
	switch n := s.rows.Rows(); {
	case s.wanted.Filter == "":
		return screen.Outcome{Note: catalogue.T("no search yet: [/] searches")}
	case len(s.people.Matches) == 0:
		return screen.Outcome{Note: catalogue.T("no customer matches {filter}", "filter", s.wanted.Filter)}
	case s.matched && forward:
		s.rows.Mark((row + 1) % n)
	case s.matched:
		s.rows.Mark((row + n - 1) % n)
	default:
		if place, ok := s.people.NextMatch(row, forward); ok {
			s.rows.Mark(place)
		}
	}
	return screen.Outcome{}
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() bool { return s.typing != nil }

// Key changes the filter; the list follows every letter. Enter keeps it, Esc
// shows everybody again.
func (s *Screen) Key(msg tea.Msg) screen.Outcome {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			s.typing = nil
			s.measure()
			return screen.Outcome{}
		case "esc":
			s.typing = nil
			s.showAll()
			return screen.Outcome{}
		}
	}
	if !s.typing.Update(msg) {
		return screen.Outcome{}
	}
	s.wanted.Filter = strings.TrimSpace(s.typing.Text())
	s.narrow, s.toFirst = s.wanted.Filter != "", true
	return s.ask()
}

// startChoosing lists the attributes that can be columns.
func (s *Screen) startChoosing() screen.Outcome {
	if len(s.attributes) == 0 {
		return screen.Outcome{Note: catalogue.T("the files brought no other columns")}
	}
	s.chooser = new(list.List)
	s.measure()
	return screen.Outcome{}
}

// choose performs an action on the list of attributes.
func (s *Screen) choose(id action.ID) screen.Outcome {
	switch {
	case s.chooser.Do(id):
	case id == action.PersonOpen:
		return s.toggle()
	case id == action.Columns:
		s.Back()
	}
	return screen.Outcome{}
}

// toggle shows the marked attribute as a column, or no longer.
func (s *Screen) toggle() screen.Outcome {
	at, _ := s.chooser.Marked()
	a := s.attributes[at]
	if i := slices.Index(s.wanted.Attributes, a); i >= 0 {
		s.wanted.Attributes = slices.Delete(slices.Clone(s.wanted.Attributes), i, i+1)
		if s.wanted.Sort == session.AttributeColumn(a) {
			s.wanted.Sort = ""
		}
	} else {
		s.wanted.Attributes = append(slices.Clone(s.wanted.Attributes), a)
	}
	s.column = min(s.column, len(s.columns())-1)
	return s.ask()
}

// profiled is what looking up a profile came to.
type profiled struct {
	number  int
	profile *session.Profile
	err     error
}

// open looks up the profile of the marked person.
func (s *Screen) open() screen.Outcome {
	person, ok := s.marked()
	if !ok {
		return screen.Outcome{}
	}
	roster := s.people.Roster()
	return screen.Outcome{Work: func(ctx context.Context) any {
		p, err := roster.Profile(ctx, person.Number)
		return profiled{person.Number, p, err}
	}}
}

// copied is the marked person as tab-separated text.
func (s *Screen) copied() screen.Outcome {
	person, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: catalogue.T("there are no customers to copy")}
	}
	var titles, texts []string
	for _, c := range s.columns() {
		titles = append(titles, c.header())
		texts = append(texts, c.plainly(person))
	}
	beside, cell := s.saidBeside()
	titles, texts = append(titles, beside...), append(texts, cell...)
	return screen.Outcome{
		Copy: strings.Join(titles, "\t") + "\n" + strings.Join(texts, "\t") + "\n",
		Note: catalogue.T("copied {customer}, as tab-separated text", "customer", person.Customer),
	}
}

package customers

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/component/field"
	"strata/tui/screen"
	"strata/tui/session"
)

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	switch {
	case s.profile != nil:
		return s.doProfile(id)
	case s.bench == nil:
		return screen.Outcome{}
	case id == action.Everybody:
		return s.List(session.PeopleQuery{})
	case s.people == nil:
		return screen.Outcome{}
	}
	switch id {
	case action.SortColumn:
		return s.sort()
	case action.Filter:
		text := ""
		if s.matched {
			text = s.wanted.Filter
		}
		s.typing = field.New(text, catalogue.T("a text, or a figure of the marked column: >1000, <=5, =0"))
		s.measure()
	case action.MatchNext:
		return s.toMatch(true)
	case action.MatchPrevious:
		return s.toMatch(false)
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
	default:
		out, _ := s.rows.Do(id)
		return out
	}
	return screen.Outcome{}
}

// sort sorts by the marked column, the other way round where it is sorted by
// it already.
func (s *Screen) sort() screen.Outcome {
	by := s.markedColumn().id
	s.wanted.Descending = s.wanted.Sort == by && !s.wanted.Descending
	s.wanted.Sort = by
	s.toFirst = true
	return s.ask()
}

// markedColumn is the column under the mark.
func (s *Screen) markedColumn() column {
	_, at, _ := s.rows.Marked()
	return s.columns()[at]
}

// toMatch marks the next person that matches, or the one before.
func (s *Screen) toMatch(forward bool) screen.Outcome {
	row, _, _ := s.rows.Marked()
	switch n := s.rows.Rows(); {
	case s.wanted.Filter == "":
		return screen.Outcome{Note: catalogue.T("no search yet: [/] searches")}
	case len(s.people.Matches) == 0:
		return screen.Outcome{Note: catalogue.T("no customer matches {filter}", "filter", s.wanted.Filter)}
	case s.matched && forward:
		s.rows.MarkRow((row + 1) % n)
	case s.matched:
		s.rows.MarkRow((row + n - 1) % n)
	default:
		if place, ok := s.people.NextMatch(row, forward); ok {
			s.rows.MarkRow(place)
		}
	}
	return screen.Outcome{}
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() bool {
	return s.typing != nil || s.profile != nil && s.profile.orders.Typing()
}

// Key changes the filter; the list follows every letter. Enter keeps it, Esc
// shows everybody again.
func (s *Screen) Key(msg tea.Msg) screen.Outcome {
	if s.profile != nil {
		return s.profile.orders.Key(msg)
	}
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
	s.wanted.On = s.markedColumn().id
	s.narrow, s.toFirst = s.wanted.Filter != "", true
	return s.ask()
}

// choose has the attributes looked up that are shown now.
func (s *Screen) choose() screen.Outcome {
	var wanted []model.Attribute
	for _, a := range s.attributes {
		if s.rows.Shows(string(session.AttributeColumn(a))) {
			wanted = append(wanted, a)
		} else if s.wanted.Sort == session.AttributeColumn(a) {
			s.wanted.Sort = ""
		}
	}
	if slices.Equal(wanted, s.wanted.Attributes) {
		return screen.Outcome{}
	}
	s.wanted.Attributes = wanted
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
	for _, c := range s.shownColumns() {
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

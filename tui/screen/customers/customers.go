// Package customers is the screen that answers "show me the people": a list of
// those behind any number, and the profile of one of them. The list holds row
// numbers only; what is drawn is looked up, so that ten million people scroll
// like ten.
package customers

import (
	"context"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/field"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// Bench is what the screen needs of the open workspace. [session.Bench] is one.
type Bench interface {
	Roster() *session.Roster
	Attributes() []model.Attribute
	Frame() *session.Frame
	SetFair(label string, f model.Fairness) error
}

// Screen is the Customers screen.
type Screen struct {
	bench  Bench // nil while the customers are being loaded
	frame  *session.Frame
	roster *session.Roster
	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	wanted  session.PeopleRequest
	people  *session.People // the last answer; nil before there is one
	pending bool            // wanted has not been answered yet
	toFirst bool            // with the answer the mark goes to the first row
	rows    table.Table     // of what is shown: all people, or those that match
	narrow  bool            // only those that match are wanted
	matched bool            // and shown

	typing *field.Field // of the filter, nil otherwise

	attributes []model.Attribute
	profile    *profile // nil while the list is shown
}

// New makes the screen for a workspace's currency (ISO code, sign, or "").
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: words.Symbol(currency), theme: th}
}

// Open gives the screen its people, and says what amounts are written with. A
// column of names is shown where the files brought one.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.symbol = b, words.Symbol(currency)
	s.roster, s.people, s.profile, s.typing = b.Roster(), nil, nil, nil
	s.wanted, s.narrow, s.matched, s.rows = session.PeopleRequest{}, false, false, table.Table{}
	s.attributes = b.Attributes()
	for _, a := range s.attributes {
		if a.Field == "name" && a.Subject == model.OfCustomer {
			s.wanted.Attributes = append(s.wanted.Attributes, a)
		} else {
			s.rows.Hide(string(session.AttributeColumn(a)), true)
		}
	}
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.tell() // there may be room for longer titles
	s.measure()
}

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Show takes in another answer: the same people may now be others.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	unchanged := f == s.frame && s.people != nil
	s.frame = f
	if s.bench == nil || unchanged {
		return screen.Outcome{}
	}
	s.roster = s.bench.Roster()
	return s.ask()
}

// List shows the people that a query means.
func (s *Screen) List(q session.PeopleQuery) screen.Outcome {
	if s.bench == nil {
		return screen.Outcome{Note: catalogue.T("still loading")}
	}
	s.profile, s.typing, s.narrow = nil, nil, false
	s.wanted.Query, s.wanted.Filter = q, ""
	if !q.AboutMoves() && session.OfMoves(s.wanted.Sort) {
		s.wanted.Sort = ""
	}
	s.toFirst = true
	return s.ask()
}

// listed is what a request came to.
type listed struct {
	people  *session.People
	profile *session.Profile // anew, if one was open
	err     error
}

// ask has what is wanted put together beside the keys.
func (s *Screen) ask() screen.Outcome {
	roster, wanted, before := s.roster, s.wanted, s.people
	wanted.Attributes = slices.Clone(wanted.Attributes)
	open := s.profile
	s.pending = true
	return screen.Outcome{Work: func(ctx context.Context) any {
		people, err := roster.List(ctx, wanted, before)
		if err != nil || open == nil {
			return listed{people: people, err: err}
		}
		profile, err := people.Roster().Profile(ctx, open.number)
		return listed{people, profile, err}
	}}
}

// Took takes in a finished list or profile.
func (s *Screen) Took(result any) screen.Outcome {
	if out, ok := table.Took(result); ok {
		return out
	}
	switch r := result.(type) {
	case listed:
		s.pending = false
		if r.err != nil {
			return failed(r.err)
		}
		s.people = r.people
		s.matched = s.narrow && r.people.Matches != nil
		if s.profile != nil && r.profile != nil {
			s.profile.Profile = r.profile
		}
		s.tell()
		s.measure()
		if s.toFirst {
			s.rows.MarkRow(0)
			s.toFirst = false
		}
	case exported:
		return r.told()
	case profiled:
		if r.err != nil {
			return failed(r.err)
		}
		s.profile = &profile{Profile: r.profile, number: r.number}
		s.measure()
	}
	return screen.Outcome{}
}

// failed tells an error, unless it is that the work was stopped for other work.
func failed(err error) screen.Outcome {
	if model.CodeOf(err) == model.Cancelled {
		return screen.Outcome{}
	}
	return screen.Outcome{Err: err}
}

// measure tells the lists how much of them is drawn.
func (s *Screen) measure() {
	l := s.arrange()
	width, height := l.list.Inner()
	if l.filter {
		height--
	}
	s.rows.SetSize(width, height)
	if s.profile != nil {
		s.profile.measure(s.symbol, s.width, s.height)
	}
}

// place returns the place in the list of people of a shown row.
func (s *Screen) place(row int) int { return shown{s.people, s.matched}.place(row) }

// marked returns the person under the mark, and false in an empty list.
func (s *Screen) marked() (session.Person, bool) {
	row, _, ok := s.rows.Marked()
	if s.people == nil || !ok {
		return session.Person{}, false
	}
	return s.people.At(s.place(row)), true
}

// Focused tells who is marked, and how far down the list.
func (s *Screen) Focused() string {
	person, ok := s.marked()
	if !ok {
		return ""
	}
	if s.profile != nil {
		if not := s.profile.markedNot(); not != "" {
			return not
		}
	}
	row, _, _ := s.rows.Marked()
	return catalogue.T("{customer}: {row} of {rows}", "customer", cells.Fit(cells.Clean(person.Customer), widestText), "row", words.Count(int64(row+1)), "rows", words.Count(int64(s.rows.Rows())))
}

// Back goes from the profile or the matches back to the list.
func (s *Screen) Back() bool {
	switch {
	case s.profile != nil && s.profile.orders.Back():
	case s.profile != nil:
		s.profile = nil
	case s.matched:
		s.showAll()
	default:
		return false
	}
	s.measure()
	return true
}

// showAll shows those that do not match, too; the mark stays on its person.
func (s *Screen) showAll() {
	s.narrow = false
	row, _, ok := s.rows.Marked()
	if s.people == nil || !ok || row >= len(s.people.Matches) {
		s.matched = false
		s.tell()
		s.measure()
		return
	}
	place := s.place(row)
	s.matched = false
	s.tell()
	s.measure()
	s.rows.MarkRow(place)
}

// Click marks the cell under the mouse, or sorts by a head.
func (s *Screen) Click(x, y int) screen.Outcome {
	l := s.arrange()
	left, top := l.list.Origin()
	switch {
	case s.profile != nil:
		left, top := s.profile.corner(s.width, s.height)
		if id := s.profile.orders.Click(x-left, y-top); id != "" {
			return s.Do(id)
		}
	case s.people != nil:
		if id := s.rows.Click(x-left, y-top); id != "" {
			return s.Do(id)
		}
	}
	return screen.Outcome{}
}

// Drag does nothing.
func (s *Screen) Drag(int, int) screen.Outcome { return screen.Outcome{} }

// Release does nothing.
func (s *Screen) Release() {}

// Wheel moves the mark.
func (s *Screen) Wheel(_, _ int, up bool) screen.Outcome {
	switch {
	case s.profile != nil:
		s.profile.orders.Wheel(up)
	default:
		s.rows.Wheel(up)
	}
	return screen.Outcome{}
}

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Lister = (*Screen)(nil)
	_ screen.Writer = (*Screen)(nil)
)

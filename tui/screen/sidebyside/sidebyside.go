// Package sidebyside is the page that answers "which of these schemes?": the
// baseline first, the working one and marked scenarios in columns, with all
// figures and what differs from the baseline. It is composition: a rule change
// wins no money.
package sidebyside

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/list"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// Bench is what the screen needs of the open workspace. [session.Bench] is one.
type Bench interface {
	Lineup() *session.Lineup
	Scenarios(ctx context.Context) ([]model.Scenario, error)
	Beside() []string
	ToggleBeside(name string) (marked bool, err error)
}

// Screen is the side by side. Its columns are worked out beside the keys.
type Screen struct {
	bench  Bench // nil while the customers are being loaded
	frame  *session.Frame
	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	answered *session.Frame // the frame whose columns these are
	wanted   []string       // marked when they were asked for
	sides    []session.Side // nil before the first answer
	warnings []model.Warning
	table    []row
	rows     list.List // of table
	column   int       // the marked one
}

// New makes the screen for a workspace's currency (ISO code, sign, or "").
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: words.Symbol(currency), theme: th}
}

// Open gives the screen the schemes, and says what amounts are written with.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.symbol = b, words.Symbol(currency)
	s.sides, s.answered, s.table = nil, nil, nil
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.hold()
}

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// rest is how long the keys must rest before the columns are worked out anew.
const rest = 150 * time.Millisecond

// Show has the columns worked out where another scheme, or another mark, asks
// for it: once the keys rest.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	s.frame = f
	if s.bench == nil || s.answered == f && slices.Equal(s.wanted, s.bench.Beside()) {
		return screen.Outcome{}
	}
	s.answered = nil
	return screen.Outcome{Work: func(ctx context.Context) any {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(rest):
			return rested{f}
		}
	}}
}

// rested says that the keys have rested since a frame was shown.
type rested struct{ frame *session.Frame }

// answer is what working the columns out came to.
type answer struct {
	frame    *session.Frame
	wanted   []string
	sides    []session.Side
	warnings []model.Warning
	err      error
}

// ask has the columns worked out beside the keys.
func (s *Screen) ask() screen.Outcome {
	a := answer{frame: s.frame, wanted: s.bench.Beside()}
	lineup := s.bench.Lineup()
	s.answered = nil
	return screen.Outcome{Work: func(ctx context.Context) any {
		a.sides, a.warnings, a.err = lineup.Sides(ctx)
		return a
	}}
}

// Took shows the columns, unless the scheme has changed since.
func (s *Screen) Took(result any) screen.Outcome {
	if r, ok := result.(rested); ok && r.frame == s.frame {
		return s.ask()
	}
	a, ok := result.(answer)
	switch {
	case !ok || a.frame != s.frame || model.CodeOf(a.err) == model.Cancelled:
		return screen.Outcome{}
	case a.err != nil:
		return screen.Outcome{Err: a.err}
	}
	s.answered, s.wanted, s.sides, s.warnings = a.frame, a.wanted, a.sides, a.warnings
	s.table = s.build()
	s.hold()
	if len(a.warnings) > 0 {
		return screen.Outcome{Note: a.warnings[0].Message}
	}
	return screen.Outcome{}
}

// hold keeps the marks on what there is.
func (s *Screen) hold() {
	s.column = min(max(s.column, 0), max(len(s.sides)-1, 0))
	s.rows.SetSize(len(s.table), s.arrange().rows)
}

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	switch id {
	case action.BesideAdd:
		return s.choose()
	case action.BesideDrop:
		return s.drop()
	case action.ColumnLeft:
		s.column--
	case action.ColumnRight:
		s.column++
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	default:
		s.rows.Do(id)
	}
	s.hold()
	return screen.Outcome{}
}

// choose offers what can be put beside.
func (s *Screen) choose() screen.Outcome {
	scenarios, err := s.bench.Scenarios(context.Background())
	if err != nil {
		return screen.Outcome{Err: err}
	}
	beside := s.bench.Beside()
	choice := &screen.Choice{Title: catalogue.T("Add side by side"), None: catalogue.T("No match")}
	add := func(scheme model.Scheme, name, title string) {
		o := screen.Option{Name: name, Title: title, Reason: s.stands(scheme), Choose: func() screen.Outcome { return s.toggle(name) }}
		if slices.Contains(beside, name) {
			o.Reason = catalogue.T("already there")
		}
		choice.Options = append(choice.Options, o)
	}
	for _, one := range scenarios {
		title := one.Name
		if one.Note != "" {
			title += ": " + one.Note
		}
		scheme, _ := schemefile.Decode([]byte(one.Scheme)) // one that cannot be read equals none, and tells when it is chosen
		add(scheme, one.Name, title)
	}
	for _, preset := range session.Presets() {
		scheme := preset.Scheme
		scheme.Spec = s.frame.Scheme.Spec // as it would stand here
		add(scheme, preset.Scheme.Name, preset.Scheme.Name+": "+preset.Title)
	}
	return screen.Outcome{Choose: choice}
}

// stands tells that a scheme stands here without being put there, "" if it does
// not.
func (s *Screen) stands(scheme model.Scheme) string {
	for _, side := range s.sides {
		if (side.Role == session.RoleWorking || side.Role == session.RoleBaseline) && side.Frame.Scheme.Equal(scheme) {
			return catalogue.T("already there")
		}
	}
	return ""
}

// toggle puts a scheme beside, or takes it away.
func (s *Screen) toggle(name string) screen.Outcome {
	if _, err := s.bench.ToggleBeside(name); err != nil {
		return screen.Outcome{Err: err}
	}
	return s.ask()
}

// drop takes the marked column away.
func (s *Screen) drop() screen.Outcome {
	if s.column >= len(s.sides) {
		return screen.Outcome{}
	}
	switch side := s.sides[s.column]; side.Role {
	case session.RoleScenario, session.RolePreset:
		return s.toggle(side.Name)
	case session.RoleBaseline:
		return screen.Outcome{Note: catalogue.T("the baseline stays, the others are compared with it: [b] makes the active scheme the baseline")}
	}
	return screen.Outcome{Note: catalogue.T("the active scheme stays")}
}

// Focused names the marked column.
func (s *Screen) Focused() string {
	if s.column >= len(s.sides) {
		return ""
	}
	side := s.sides[s.column]
	if s.column == 0 {
		return catalogue.T("{side}: the others are compared with it", "side", name(side))
	}
	if lead, byTier := side.Frame.Moves.Lead(); byTier {
		return catalogue.T("{side}: {customers} in another tier", "side", name(side), "customers", words.Customers(lead.Customers))
	}
	return catalogue.T("{side}: {customers} in another segment", "side", name(side), "customers", words.Customers(side.Frame.Moves.Customers))
}

// Typing is false: there is nothing to type.
func (s *Screen) Typing() bool { return false }

// Key does nothing.
func (s *Screen) Key(tea.Msg) screen.Outcome { return screen.Outcome{} }

// Click marks the row and the column under the mouse.
func (s *Screen) Click(x, y int) screen.Outcome {
	l := s.arrange()
	left, top := l.pane.Origin()
	if row, ok := s.rows.At(y - top - headRows); ok {
		s.rows.Mark(row)
	}
	if column, ok := l.columnAt(x - left); ok {
		s.column = column
	}
	s.hold()
	return screen.Outcome{}
}

// Drag does nothing.
func (s *Screen) Drag(int, int) screen.Outcome { return screen.Outcome{} }

// Release does nothing.
func (s *Screen) Release() {}

// Wheel walks the rows.
func (s *Screen) Wheel(_, _ int, up bool) screen.Outcome {
	s.rows.Wheel(up)
	return screen.Outcome{}
}

// Back has no step to go back.
func (s *Screen) Back() bool { return false }

// Package migration is the screen that answers "who moves, from where to where,
// and what is it worth?": the baseline's groups down, those of now across, what
// it comes to, and the largest flows with their reasons. It shows the same of
// two days under one scheme.
package migration

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/list"
	"strata/tui/component/moves"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// Bench is what the screen needs of the open workspace. [session.Bench] is one.
type Bench interface {
	Against() *session.Against
	BaselineSpec() model.Spec
	ChangeWarnings() []model.Warning
	CompareDays(day model.Day) func(ctx context.Context) (*session.Comparison, error)
}

// Screen is the Migration screen. It follows the frame; reasons and comparisons
// of days are found out beside the keys.
type Screen struct {
	bench  Bench // nil while the customers are being loaded
	frame  *session.Frame
	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	value  moves.Value
	choice grouping
	shown  *subject // what is drawn; nil before there is a matrix
	row    int      // the marked cell, or moves.Head
	col    int
	flows  list.List // of shown.flows
	inList bool      // the flows have the focus, not the matrix
	placed bool      // the mark is where the person, or the largest flow, put it

	days *days // nil while two schemes are compared
	memo memo
}

// grouping is whether rows and columns are segments or tiers.
type grouping int

const (
	asFits grouping = iota // segments where their figures fit in full
	bySegment
	byTier
)

// New makes the screen for a workspace's currency (ISO code, sign, or "").
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: words.Symbol(currency), theme: th, col: 1}
}

// Open gives the screen the workspace to ask for reasons, and says what amounts
// are written with.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.symbol, s.days = b, words.Symbol(currency), nil
	s.memo = memo{}
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.hold()
}

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Show takes in another answer. What goes with it and takes longer is found out
// once the keys rest: the reasons, or the comparison of two days anew.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	if s.frame != f {
		s.frame = f
		if s.days == nil {
			s.take(s.liveSubject())
		} else {
			s.days.done = false
		}
	}
	switch {
	case s.bench == nil || s.shown == nil:
		return screen.Outcome{}
	case s.days != nil && s.days.done, s.days == nil && s.shown.reasons != nil:
		return screen.Outcome{} // as it was
	case s.days == nil && len(s.flowList()) == 0:
		return screen.Outcome{} // nothing to give reasons for
	}
	return s.afterRest()
}

// take shows a subject; the marks stay on the groups and the flow they were on.
func (s *Screen) take(sub *subject) {
	was := s.shown
	s.shown = sub
	if was != nil && sub != nil {
		s.follow(was)
	}
	if sub != nil && !s.placed && sub.account.moved.Customers > 0 {
		s.markLargest()
	}
	s.hold()
}

// markLargest puts the mark on the largest flow: the first time that anybody
// moves it is what the person wants to see.
func (s *Screen) markLargest() {
	s.placed = true
	t, largest := s.table(), s.table().Largest(s.value)
	for row, line := range t.Flows {
		for col, flow := range line {
			if n := s.value.Of(flow); t.Moves(row, col) && max(n, -n) == largest {
				s.row, s.col = row, col
				return
			}
		}
	}
}

// follow keeps the marks on the groups they were on: another scheme may have
// others before them.
func (s *Screen) follow(was *subject) {
	before, now := was.table(s.byTier()), s.shown.table(s.byTier())
	s.row = sameGroup(before.Rows, now.Rows, s.row)
	s.col = sameGroup(before.Cols, now.Cols, s.col)
	if !s.inList { // nobody walks them: the largest is on top
		s.flows.Mark(0)
		return
	}
	at, ok := s.flows.Marked()
	if before := was.flows[s.value]; ok && at < len(before) {
		for i, f := range s.shown.flows[s.value] {
			if f.Was == before[at].Was && f.Now == before[at].Now {
				s.flows.SetSize(len(s.shown.flows[s.value]), s.flowRows(s.arrange()))
				s.flows.Mark(i)
			}
		}
	}
}

func sameGroup(was, now []moves.Group, at int) int {
	if at < 0 || at >= len(was) {
		return at
	}
	for i, g := range now {
		if g.Slug == was[at].Slug && g.Outside == was[at].Outside {
			return i
		}
	}
	return at
}

// hold keeps the marks on what there is.
func (s *Screen) hold() {
	if s.shown == nil {
		return
	}
	t := s.table()
	s.row = min(max(s.row, moves.Head), len(t.Rows)-1)
	s.col = min(max(s.col, moves.Head), len(t.Cols)-1)
	if s.row == moves.Head && s.col == moves.Head {
		s.row = 0
	}
	s.flows.SetSize(len(s.flowList()), s.flowRows(s.arrange()))
	s.inList = s.inList && len(s.flowList()) > 0
}

// table returns the table that is drawn.
func (s *Screen) table() *moves.Table { return s.shown.table(s.byTier()) }

// byTier reports whether the rows are tiers: where the person has not chosen,
// they are if the figures of the segments do not fit, or if the maps have different
// ones.
func (s *Screen) byTier() bool {
	if s.choice != asFits {
		return s.choice == byTier
	}
	return s.shown.agreement.OtherMaps || !s.segmentsFit()
}

// flowList returns the flows, the largest first.
func (s *Screen) flowList() []session.Flow {
	if s.shown == nil {
		return nil
	}
	return s.shown.flows[s.value]
}

// markedFlow returns the flow under the mark of the list.
func (s *Screen) markedFlow() (session.Flow, bool) {
	at, ok := s.flows.Marked()
	if all := s.flowList(); ok && at < len(all) {
		return all[at], true
	}
	return session.Flow{}, false
}

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	if s.shown == nil {
		return screen.Outcome{}
	}
	switch id {
	case action.FlowUp, action.FlowDown, action.FlowLeft, action.FlowRight:
		s.walk(id)
	case action.FlowValue:
		s.value = 1 - s.value
		s.flows.Mark(0)
	case action.FlowGroup:
		s.regroup()
	case action.PaneNext, action.PanePrevious:
		s.inList = !s.inList
	case action.FlowPeople:
		return s.people()
	case action.FlowDays:
		return s.toggleDays()
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	}
	s.hold()
	return screen.Outcome{}
}

// walk moves the mark of the pane in focus.
func (s *Screen) walk(id action.ID) {
	t := s.table()
	switch {
	case s.inList && id == action.FlowUp:
		s.flows.Move(-1)
	case s.inList && id == action.FlowDown:
		s.flows.Move(+1)
	case s.inList:
		return
	case id == action.FlowUp && (s.row > 0 || s.row == 0 && s.col != moves.Head):
		s.row--
	case id == action.FlowDown:
		s.row = min(s.row+1, len(t.Rows)-1)
	case id == action.FlowLeft && (s.col > 0 || s.col == 0 && s.row != moves.Head):
		s.col--
	case id == action.FlowRight:
		s.col = min(s.col+1, len(t.Cols)-1)
	}
	s.placed = true
}

// regroup shows tiers in place of segments, or segments in place of tiers; the
// mark goes to where its groups are.
func (s *Screen) regroup() {
	was := s.table()
	s.choice = byTier
	if was.ByTier {
		s.choice = bySegment
	}
	now := s.table()
	if s.row != moves.Head && s.col != moves.Head && was.ByTier && was.Moves(s.row, s.col) {
		if f, ok := s.largestWithin(was.Rows[s.row].Tier, was.Cols[s.col].Tier); ok {
			s.row, s.col = indexOf(now.Rows, f.Was), indexOf(now.Cols, f.Now)
			return
		}
	}
	s.row, s.col = near(was.Rows, now.Rows, s.row), near(was.Cols, now.Cols, s.col)
}

// indexOf finds a group by its slug.
func indexOf(groups []moves.Group, slug string) int {
	return slices.IndexFunc(groups, func(g moves.Group) bool { return g.Slug == slug && !g.Outside })
}

// near finds the first group of the same tier.
func near(was, now []moves.Group, at int) int {
	if at < 0 || at >= len(was) {
		return at
	}
	for i, g := range now {
		if g.Tier == was[at].Tier && g.Outside == was[at].Outside {
			return i
		}
	}
	return 0
}

// Typing is false: a day is typed in answer to a question.
func (s *Screen) Typing() bool { return false }

// Key does nothing.
func (s *Screen) Key(tea.Msg) screen.Outcome { return screen.Outcome{} }

// Back goes from the flows to the matrix, then from two days to the schemes.
func (s *Screen) Back() bool {
	switch {
	case s.inList:
		s.inList = false
	case s.days != nil:
		s.backToSchemes()
	default:
		return false
	}
	return true
}

// Took takes in what was found out.
func (s *Screen) Took(result any) screen.Outcome {
	switch r := result.(type) {
	case rested:
		return s.tookRest(r)
	case reasoned:
		return s.tookReasons(r)
	case compared:
		return s.tookDays(r)
	}
	return screen.Outcome{}
}

package migration

import (
	"cmp"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/moves"
	"strata/tui/session"
)

// subject is two answers set against each other: those of two schemes, or of
// one scheme on two days.
type subject struct {
	before, now string // what the two are called
	moves       session.Moves
	outside     moves.Outside
	segments    *moves.Table
	tiers       *moves.Table
	flows       [2][]session.Flow // between segments, largest first by each value
	agreement   session.Agreement
	ofTiers     session.Agreement // the same of tiers
	account     account
	// reasons tell why, by flow; nil until they are known.
	reasons func(was, now string) []session.FlowReason
	days    *session.Comparison // nil for two schemes
	differ  bool                // the two schemes look at different orders
	about   []model.Warning     // what to know about the comparison
}

// liveSubject is the migration of the frame; nil where it has none.
func (s *Screen) liveSubject() *subject {
	f := s.frame
	sub := newSubject(f.Moves, f.Against(), name(f), moves.OfSchemes)
	if sub != nil && s.bench != nil {
		sub.differ = !s.bench.BaselineSpec().Equal(f.Scheme.Spec)
		sub.about = s.bench.ChangeWarnings()
	}
	return sub
}

// name is what the working scheme is called.
func name(f *session.Frame) string {
	return session.EditedMark(f.Title, f.Edited)
}

func newSubject(m session.Moves, before, now string, outside moves.Outside) *subject {
	s := &subject{before: before, now: now, moves: m, outside: outside}
	if s.segments = moves.NewTable(m, false, outside); s.segments == nil {
		return nil
	}
	s.tiers = moves.NewTable(m, true, outside)
	s.agreement, s.ofTiers = session.MeasuresOf(m), session.MeasuresOf(m.ByTier())
	s.ofTiers.OfTiers = true
	s.count()
	return s
}

func (s *subject) table(byTier bool) *moves.Table {
	if byTier {
		return s.tiers
	}
	return s.segments
}

// count lists the flows and adds up where they go. Between maps of different
// segments a change of segment may be one of name alone: what is added up there are
// the tiers.
func (s *subject) count() {
	counted := s.table(s.agreement.OtherMaps)
	for row := range counted.Rows {
		for col := range counted.Cols {
			s.account.enter(counted, row, col)
		}
	}
	t := s.segments
	for row, from := range t.Rows {
		for col, to := range t.Cols {
			flow := t.Flows[row][col]
			if flow.Customers > 0 && !t.Stays(row, col) && !from.Outside && !to.Outside {
				s.flows[moves.Customers] = append(s.flows[moves.Customers], session.Flow{
					From: from.Label, To: to.Label, Was: from.Slug, Now: to.Slug, Customers: flow.Customers, Revenue: flow.Revenue,
				})
			}
		}
	}
	s.flows[moves.Revenue] = slices.Clone(s.flows[moves.Customers])
	slices.SortStableFunc(s.flows[moves.Customers], func(a, b session.Flow) int { return cmp.Compare(b.Customers, a.Customers) })
	slices.SortStableFunc(s.flows[moves.Revenue], func(a, b session.Flow) int {
		return cmp.Compare(int64(max(b.Revenue, -b.Revenue)), int64(max(a.Revenue, -a.Revenue)))
	})
}

// both returns how many customers are there on both sides.
func (s *subject) both() int64 { return s.account.moved.Customers + s.account.stayed.Customers }

// whole reports whether all are there on both sides.
func (s *subject) whole() bool { return s.account.entered.Customers+s.account.left.Customers == 0 }

// ofBoth names those on both sides, whom shares of movers are of.
func (s *subject) ofBoth() string {
	n := words.Count(s.both())
	switch {
	case s.whole():
		return catalogue.T("of all {customers}", "customers", n)
	case s.days != nil:
		return catalogue.T("of the {customers} on both days", "customers", n)
	}
	return catalogue.T("of the {customers} on both sides", "customers", n)
}

// base is the same as the head of a column, in few cells.
func (s *subject) base() string {
	switch {
	case s.whole():
		return s.ofBoth()
	case s.days != nil:
		return catalogue.T("both days: {customers}", "customers", words.Count(s.both()))
	}
	return catalogue.T("both sides: {customers}", "customers", words.Count(s.both()))
}

// account is what a migration comes to: by segments, by tiers where the maps have
// different ones.
type account struct {
	moved, up, down, within rfm.Flow // into another group; of these into a better, a worse and the same tier
	lost, gained            rfm.Flow // of these, from a tier into none, and from none into one
	stayed                  rfm.Flow
	entered, left           rfm.Flow // revenue of left as measured before
	// All there are on each side. The revenue of before is that of all but left, as
	// measured now: no share of it can be told of theirs.
	before, now rfm.Flow
}

func (a *account) enter(t *moves.Table, row, col int) {
	from, to := t.Rows[row], t.Cols[col]
	into := []*rfm.Flow{}
	if !from.Outside {
		into = append(into, &a.before)
	}
	if !to.Outside {
		into = append(into, &a.now)
	}
	switch {
	case from.Outside:
		into = append(into, &a.entered)
	case to.Outside:
		into = append(into, &a.left)
	case t.Stays(row, col):
		into = append(into, &a.stayed)
	case t.Rises(row, col) > 0:
		into = append(into, &a.moved, &a.up)
	case t.Rises(row, col) < 0:
		into = append(into, &a.moved, &a.down)
	case from.Tier == to.Tier:
		into = append(into, &a.moved, &a.within)
	case to.Tier == model.TierNone:
		into = append(into, &a.moved, &a.lost)
	default:
		into = append(into, &a.moved, &a.gained)
	}
	for _, sum := range into {
		sum.Customers += t.Flows[row][col].Customers
		if sum != &a.before || !to.Outside {
			sum.Revenue += t.Flows[row][col].Revenue
		}
	}
}

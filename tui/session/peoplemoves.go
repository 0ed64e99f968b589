package session

import (
	"context"
	"math"
	"slices"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
)

// The columns of a list about who moves.
const (
	ColumnWas      PeopleColumn = "was"
	ColumnReason   PeopleColumn = "reason"
	ColumnDistance PeopleColumn = "distance"
)

// OfMoves reports whether only lists about who moves have a column.
func OfMoves(c PeopleColumn) bool {
	return c == ColumnWas || c == ColumnReason || c == ColumnDistance
}

// Move is how a person came into another segment.
type Move struct {
	compare.Reason
	Was   model.Segment
	Short string // the reason in a few letters: "recency 4→3"
	// Distance is by how much, at least, the measure By would have to differ for
	// the customer to score as before, in its stored unit; points of the value
	// score where By is [model.Axes]. Decided is false where no cut decides.
	Distance int64
	By       model.Axis
	Decided  bool
}

// compares reports whether the query asks for where people were before.
func (q PeopleQuery) compares() bool {
	return q.Was != "" || q.WasTier != "" || q.AboutMoves() || q.Entered || q.Left
}

// TwoDays are the days that a list compares: that before, and that of now.
type TwoDays struct{ Was, Now model.Day }

// Days returns the two days that a query compares, and false where it compares
// nothing, or two schemes on one day.
func (r *Roster) Days(q PeopleQuery) (TwoDays, bool) {
	compares := q.compares() || q.Among != nil
	if q.Among != nil {
		r = q.Among
	}
	if !compares || r == nil || r.against == nil || !r.against.twoDays() {
		return TwoDays{}, false
	}
	return TwoDays{r.against.before.base.AsOf, r.against.after.base.AsOf}, true
}

// String writes the days: "2011-06-01 → 2011-12-10".
func (d TwoDays) String() string { return d.Was.String() + " → " + d.Now.String() }

// Columns are two columns that say in every row which days are compared, to stand
// behind the columns of a table.
func (d TwoDays) Columns() (header, cell []string) {
	return []string{catalogue.T("was as of"), catalogue.T("now as of")}, []string{d.Was.String(), d.Now.String()}
}

// meant returns those among whom a query looks: those of the baseline for who
// is not tiered now. Error: Usage where there is no baseline.
func (r *Roster) meant(q PeopleQuery) (*Roster, error) {
	if q.Among != nil {
		r = q.Among
	}
	if q.compares() && r.against == nil {
		return nil, model.Errorf(model.Usage, "no moves: these customers are not compared with anything")
	}
	if !q.Left {
		return r, nil
	}
	// Labelled by where they are now, so that who is nowhere can be told.
	before, after := r.against.before, r.against.after
	now := rfm.Assign(after.base, after.rule).On(before.base)
	return &Roster{store: r.store, base: before.base, rule: before.rule, was: now}, nil
}

// came returns whether a row, in a segment now, came from where a query says. For
// a query about who left, it is whether the row went nowhere.
func (r *Roster) came(q PeopleQuery) func(row int, now uint8) bool {
	asks := q.compares()
	if !asks || r.was == nil {
		return func(int, uint8) bool { return !asks }
	}
	absent := len(r.was.Segments)
	came := make([][]bool, absent+1)
	for from := range came {
		came[from] = make([]bool, len(r.rule.Segments))
		for to, is := range r.rule.Segments {
			if from == absent {
				came[from][to] = q.Left || q.Entered
				continue
			}
			was := r.was.Segments[from]
			came[from][to] = !q.Left && !q.Entered && (q.Was == "" || q.Was == was.Slug) && (q.WasTier == "" || q.WasTier == was.Tier) &&
				(!q.Moved || was.Key() != is.Key()) && (!q.Changed || was.Tier != is.Tier)
		}
	}
	return func(row int, now uint8) bool { return came[r.was.Of[row]][now] }
}

// moves tell why the people of a list moved.
type moves struct {
	pair   *compare.Pair
	words  reasonWords
	byTier bool // the list is of who changes tier
}

// reason is why the person of a row moved.
func (m *moves) reason(row int) compare.Reason {
	r := m.pair.Reason(m.pair.Way(row))
	if m.byTier {
		return r.ByTier()
	}
	return r
}

// loadMoves finds out who moves and why, where the list is about that.
func (p *People) loadMoves(ctx context.Context, before *People) error {
	against := p.roster.against
	switch {
	case !p.Request.Query.AboutMoves():
		return nil
	case before != nil && before.moves != nil:
		p.moves = &moves{before.moves.pair, before.moves.words, p.Request.Query.Changed}
		return nil
	}
	pair, err := against.pair(ctx)
	p.moves = &moves{pair, against.words(), p.Request.Query.Changed}
	return err
}

// of tells how the person of a row came to move.
func (m *moves) of(row int) *Move {
	reason := m.reason(row)
	was, is := m.pair.Ends(row)
	move := &Move{Reason: reason, Was: was, By: measureOf(reason), Short: m.words.short(reason, was, is)}
	move.Distance, move.Decided = m.pair.Distance(row, reason)
	return move
}

// measureOf is the measure that a reason's distance is told in.
func measureOf(r compare.Reason) model.Axis {
	if r.Crossed > 0 {
		return r.Crossings[0].Axis
	}
	return model.Axes
}

// distanceKey orders people by what decides, then by the distance; where no cut
// decides they come last.
func (m *moves) distanceKey() func(row int) int64 {
	const room = 1 << 60 // for each measure; amounts stay far below
	return func(row int) int64 {
		reason := m.pair.Reason(m.pair.Way(row))
		distance, ok := m.pair.Distance(row, reason)
		if !ok {
			return math.MaxInt64
		}
		return int64(measureOf(reason))*room + min(distance, room-1)
	}
}

// reasonKey numbers the people by their reasons, in the order of causes,
// measures and scores.
func (m *moves) reasonKey(ctx context.Context, rows []int32) (func(row int) int64, error) {
	ranks := map[compare.Reason]int64{}
	err := each(ctx, len(rows), func(i int) { ranks[m.reason(int(rows[i]))] = 0 })
	if err != nil {
		return nil, err
	}
	var all []compare.Reason
	for r := range ranks {
		all = append(all, r)
	}
	slices.SortFunc(all, compare.Reason.Compare)
	for i, r := range all {
		ranks[r] = int64(i)
	}
	return func(row int) int64 { return ranks[m.reason(row)] }, nil
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/analysis/compare"
	"strata/model"
	"strata/tui/session"
)

// membersMoved is the value of --members that means all who move.
const membersMoved = "moved"

// memberJSON is a row of `strata compare --members`: where the customer was and
// is, why, and what is measured now (of those who are gone: before). Distance is
// by how much, at least, the first measure of the reason would have to differ
// for the customer to score as before; it is null where no cut decides, and
// Unit is days, orders, money or points.
type memberJSON struct {
	From      string         `json:"from"`
	To        string         `json:"to"`
	Cause     string         `json:"cause"` // "" for those who stay, are new or gone
	Reason    string         `json:"reason"`
	Crossings []crossingJSON `json:"crossings"`
	Distance  any            `json:"distance"`
	Unit      string         `json:"unit"`
	scoreJSON
}

// membersQuery reads FROM:TO as it means people of a comparison. Nothing as FROM
// is who is new, nothing as TO who is gone; so are those words, unless a segment
// is called so.
func membersQuery(c *session.Comparison, flags *compareFlags) (session.PeopleQuery, error) {
	if flags.members == membersMoved {
		return session.PeopleQuery{Moved: flags.by == bySegment, Changed: flags.by == byTier}, nil
	}
	from, to, ok := strings.Cut(flags.members, ":")
	if !ok {
		return session.PeopleQuery{}, model.Errorf(model.Usage, "--members %q names no cell", flags.members).
			WithHint("write FROM:TO like loyal:at-risk, or %s", membersMoved)
	}
	var q session.PeopleQuery
	groups := groupNames(c.Moves.Before, flags.by)
	if q.Entered = isOutside(from, slugNew, groups); q.Entered {
		from = ""
	} else if err := checkEnd(from, slugNew, groups, flags.by); err != nil {
		return q, err
	}
	groups = groupNames(c.Moves.Now, flags.by)
	if q.Left = isOutside(to, slugGone, groups); q.Left {
		to = ""
	} else if err := checkEnd(to, slugGone, groups, flags.by); err != nil {
		return q, err
	}
	if q.Entered && q.Left {
		return q, model.Errorf(model.Usage, "--members %s: nobody is new and gone", flags.members)
	}
	moved := !q.Entered && !q.Left && (from != to || from == anyGroup || isElsewhere(c.Moves, from))
	from, to = strings.TrimPrefix(from, anyGroup), strings.TrimPrefix(to, anyGroup)
	if flags.by == byTier {
		q.WasTier, q.Tier, q.Changed = model.Tier(from), model.Tier(to), moved
	} else {
		q.Was, q.Segment, q.Moved = from, to, moved
	}
	return q, nil
}

// anyGroup is whatever other segment or tier, in FROM:TO.
const anyGroup = "*"

// isOutside reports whether an end of FROM:TO means those on the other side only.
func isOutside(name, outside string, groups []string) bool {
	return name == "" || name == outside && !slices.Contains(groups, name)
}

// isElsewhere reports whether a segment lies in another tier after, so that nobody
// stays in it.
func isElsewhere(m session.Moves, slug string) bool {
	tier := func(segments []model.Segment) model.Tier {
		i := slices.IndexFunc(segments, func(s model.Segment) bool { return s.Slug == slug })
		if i < 0 {
			return ""
		}
		return segments[i].Tier
	}
	was, is := tier(m.Before), tier(m.Now)
	return was != "" && is != "" && was != is
}

// groupNames are the slugs of the segments, or of their tiers.
func groupNames(segments []model.Segment, by string) []string {
	var names []string
	for _, s := range segments {
		name := s.Slug
		if by == byTier {
			name = string(s.Tier)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// checkEnd refuses what is no segment, or tier, of a side.
func checkEnd(name, outside string, groups []string, by string) error {
	if name == anyGroup || slices.Contains(groups, name) {
		return nil
	}
	return model.Errorf(model.Usage, "--members: there is no %s %q here", by, name).
		WithHint("use %s", strings.Join(append([]string{anyGroup, outside}, groups...), ", "))
}

func (a *app) printMembers(ctx context.Context, c *session.Comparison, flags *compareFlags) error {
	q, err := membersQuery(c, flags)
	if err != nil {
		return err
	}
	a.warn(c.Warnings)
	people, err := c.Roster().List(ctx, session.PeopleRequest{Query: q}, nil)
	if err != nil {
		return err
	}
	side := c.After
	if q.Left {
		side = c.Before
	}
	members := func(yield func(memberJSON) bool) {
		for i := range people.Len() {
			if !yield(newMemberJSON(people.At(i), c, q, side.Scheme.Spec)) {
				return
			}
		}
	}
	if a.format == "json" {
		return writeList(a, members)
	}
	t := newTable("customer", "from", "to", "reason", "distance", "unit", "last_order", "recency_days", "orders", "frequency", "monetary", "r", "f", "m", "value", "tier")
	t.right(4, 7, 8, 9, 10, 11, 12, 13, 14)
	return writeRecords(a, t, members, memberJSON.record)
}

func newMemberJSON(p session.Person, c *session.Comparison, q session.PeopleQuery, spec model.Spec) memberJSON {
	m := memberJSON{From: p.Segment.Slug, To: p.Segment.Slug, Crossings: []crossingJSON{}, scoreJSON: newScoreJSON(p.Score, spec, amountsBeside(c))}
	switch {
	case q.Entered:
		m.From = slugNew
	case q.Left:
		m.To = slugGone
	case p.Move != nil:
		m.From, m.Cause, m.Reason = p.Move.Was.Slug, p.Move.Overall().String(), p.Move.Short
		m.Crossings = crossingsJSON(p.Move.Reason, c)
		m.Distance, m.Unit = distanceJSON(p.Move, spec)
	}
	return m
}

// distanceJSON writes a distance in the unit that is told beside it.
func distanceJSON(m *session.Move, spec model.Spec) (distance any, unit string) {
	switch {
	case !m.Decided:
		return nil, ""
	case m.By == model.Axes:
		return json.Number(strconv.FormatInt(m.Distance, 10)), "points"
	case m.By == model.Monetary:
		return model.Money(m.Distance).String(), "money"
	}
	unit = "days"
	if m.By == model.Frequency {
		unit = string(spec.Frequency)
	}
	return json.Number(model.WholeCut(m.Distance).Text(spec.Scale(m.By))), unit
}

func (m memberJSON) record() []string {
	return []string{
		m.Customer, m.From, m.To, m.Reason, cell(m.Distance), m.Unit, m.LastOrder, strconv.Itoa(int(m.Recency)), strconv.Itoa(int(m.Orders)),
		m.Frequency.String(), string(m.Monetary), strconv.Itoa(m.R), strconv.Itoa(m.F), strconv.Itoa(m.M), m.Value.String(), m.Tier,
	}
}

// cell writes a position, nothing for none.
func cell(position any) string {
	if position == nil {
		return ""
	}
	return fmt.Sprint(position)
}

// crossingJSON is a measure that scores differently; at is the cut that decides
// now.
type crossingJSON struct {
	Measure string `json:"measure"`
	Before  int    `json:"before"`
	After   int    `json:"after"`
	Cause   string `json:"cause"`
	At      any    `json:"at"`
}

func crossingsJSON(r compare.Reason, c *session.Comparison) []crossingJSON {
	crossings := []crossingJSON{}
	for _, x := range r.Crossings[:r.Crossed] {
		crossings = append(crossings, crossingJSON{x.Axis.String(), x.Before, x.After, x.Cause.String(), cutJSON(c.After.Cuts[x.Axis][x.Cut], x.Axis, c.After.Scheme.Spec)})
	}
	return crossings
}

// cutJSON writes a cut: a number, or for money a decimal string.
func cutJSON(cut model.Cut, axis model.Axis, spec model.Spec) any {
	if axis == model.Monetary {
		return moneyCut(cut)
	}
	return json.Number(cut.Text(spec.Scale(axis)))
}

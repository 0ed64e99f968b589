package main

import (
	"context"
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// membersMoved is the value of --members that means all who move.
const membersMoved = "moved"

// membersQuery reads FROM:TO as it means people of a comparison. Nothing as FROM
// is who is new, nothing as TO who is gone; so are those words, unless a segment
// is called so.
func membersQuery(c *session.Comparison, flags *compareFlags) (session.PeopleQuery, error) {
	if flags.members == membersMoved {
		return session.PeopleQuery{Moved: flags.by == bySegment, Changed: flags.by == byTier}, nil
	}
	from, to, ok := strings.Cut(flags.members, ":")
	if !ok {
		return session.PeopleQuery{}, model.Errorf(model.Usage, "--members {members:q} names no cell", "members", flags.members).
			WithHint("write FROM:TO like loyal:at-risk, or {members_moved}", "members_moved", membersMoved)
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
		return q, model.Errorf(model.Usage, "--members {members}: nobody is new and gone", "members", flags.members)
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
	return model.Errorf(model.Usage, "--members: there is no {by} {name:q} here", "by", by, "name", name).
		WithHint("use {groups}", "groups", strings.Join(append([]string{anyGroup, outside}, groups...), ", "))
}

func (a *app) printMembers(ctx context.Context, c *session.Comparison, flags *compareFlags, info model.Info) error {
	q, err := membersQuery(c, flags)
	if err != nil {
		return err
	}
	a.warn(c.Warnings)
	people, err := c.Roster().List(ctx, session.PeopleRequest{Query: q}, nil)
	if err != nil {
		return err
	}
	return a.tell(membersAnswer(people, c, flags.members, info))
}

// membersAnswer tells, in JSON as an array, where each customer was and is, why, and
// what is measured now (of those who are gone: before). Cause and changed are as in
// the flows, "" for those who stay, are new or gone. The distance is by how much, at least, the first measure of the
// reason would have to differ for the customer to score as before; it is null where no
// cut decides. Its unit is days, orders, money or points.
func membersAnswer(people *session.People, c *session.Comparison, members string, info model.Info) *answer.Document {
	t := answer.TableOf("members", memberRows{people}, memberColumns(c, people.Request.Query))
	t.Symbol = words.Symbol(words.CurrencyOf(info))
	d := &answer.Document{Title: catalogue.T("Members"), Bare: true, Flat: "members"}
	return d.SayIn(answer.Page, headOf(c, info.Path)+" · "+members+": "+words.Customers(int64(people.Len()))).Table(t, answer.Everyone)
}

// memberRows are looked up where they lie: there are millions of them.
type memberRows struct{ *session.People }

// At returns one of them.
func (m memberRows) At(i int) *session.Person {
	p := m.People.At(i)
	return &p
}

func memberColumns(c *session.Comparison, q session.PeopleQuery) []answer.Column[*session.Person] {
	type person = *session.Person
	spec := c.After.Scheme.Spec
	if q.Left {
		spec = c.Before.Scheme.Spec
	}
	move := func(p person) *session.Move {
		if p.Move == nil || q.Entered || q.Left {
			return &session.Move{Was: p.Segment}
		}
		return p.Move
	}
	end := func(outside bool, slug string, of func(person) model.Segment) func(person) answer.Value {
		return func(p person) answer.Value {
			if outside {
				return answer.Text(slug)
			}
			return answer.Text(of(p).Slug).Told(of(p).Label)
		}
	}
	columns := []answer.Column[person]{
		{Key: "customer", Title: catalogue.T("customer"), In: answer.CSV | answer.People, Of: func(p person) answer.Value { return answer.Text(p.Customer) }},
		{Key: "from", Title: catalogue.T("from"), In: answer.Everyone, Of: end(q.Entered, slugNew, func(p person) model.Segment { return move(p).Was })},
		{Key: "to", Title: catalogue.T("to"), In: answer.Everyone, Of: end(q.Left, slugGone, func(p person) model.Segment { return p.Segment })},
		{Key: "cause", In: answer.JSON, Of: func(p person) answer.Value { return answer.Text(move(p).Class.String()) }},
		{Key: "changed", In: answer.JSON, Of: func(p person) answer.Value { return answer.Text(move(p).Cause.String()) }},
		{Key: "reason", Title: catalogue.T("reason"), Means: catalogue.T("the scores that differ, or what else moved the customer"), In: answer.Everyone, Of: func(p person) answer.Value { return answer.Text(move(p).Short) }},
		{Key: "crossings", In: answer.JSON, Encoded: func(p person) any { return crossings(move(p).Reason, c) }},
		{Key: "distance", Title: catalogue.T("distance"), Means: catalogue.T("by how much, at least, the first measure of the reason would have to differ to score as before"), Light: 1, In: answer.Everyone, Of: func(p person) answer.Value { return distance(move(p), spec) }},
		{Key: "unit", Title: catalogue.T("unit"), Means: catalogue.T("of the distance"), Light: 1, In: answer.Everyone, Of: func(p person) answer.Value { return unitOf(move(p), spec) }},
	}
	light := map[string]int8{"r": 2, "f": 2, "m": 2, "tier": 3, "recency_days": 4, "monetary": 5, "frequency": 6, "last_order": 7, "value": 8, "orders": 9}
	for _, column := range scoreColumns(spec, amountsBeside(c)) {
		if column.Light = light[column.Key]; column.Light == 0 { // told already, or the scores once more
			column.In = answer.JSON
		}
		columns = append(columns, answer.Through(func(p person) *session.Score { return &p.Score }, column))
	}
	return columns
}

// distance is by how much a measure would have to differ, in what [unitOf] names.
func distance(m *session.Move, spec model.Spec) answer.Value {
	switch {
	case !m.Decided:
		return answer.Value{}
	case m.By == model.Axes:
		return answer.Count(m.Distance)
	case m.By == model.Monetary:
		return answer.Money(model.Money(m.Distance)).As(answer.Exact)
	}
	return answer.Decimal(model.WholeCut(m.Distance).Text(spec.Scale(m.By)), false)
}

func unitOf(m *session.Move, spec model.Spec) answer.Value {
	switch {
	case !m.Decided:
		return answer.Text("")
	case m.By == model.Axes:
		return answer.Text("points").Told(catalogue.T("points"))
	case m.By == model.Monetary:
		return answer.Text("money").Untold() // the amount says it
	case m.By == model.Frequency:
		return answer.Text(spec.Frequency).Told(words.Frequency(spec.Frequency))
	}
	return answer.Text("days").Told(catalogue.T("days"))
}

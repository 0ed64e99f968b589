package main

import (
	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// compared is a comparison that is told.
type compared struct {
	*session.Comparison
	flags  *compareFlags
	symbol string
	scale  words.Scale // of all revenue
	money  amounts
}

// compareAnswer tells a comparison. Customers are those there on both sides: moved +
// stayed; in_tiers of them are in a tier on both. Moved, up and down (into a better or a
// worse tier), stayed, ARI, PSI, parts and flows are by segments, or by tiers where by
// says so; tier_lost and tier_gained, of the moved, are from a tier into none, which is
// neither better nor worse, and from none into one; new and gone are no movers. Counted
// is what limits both sides alike; what limits one stands in before or after.
//
// Revenue is as measured after, on revenue_as_of, that of the gone as before, on
// gone_revenue_as_of, so that the two make no sum. The shares are null where nobody is
// on both sides. ARI is of customers, null where all are in one group on both sides; PSI
// of psi_before customers against psi_after, by segment, or by tier where only one side
// has some segment; psi_within_chance where random samples would differ as much, false
// where all are on both sides; psi_by_construction where cuts that follow the data of
// each day keep sizes alike; psi_floored are labels, see the warning.
//
// Behaviour_part + rule_part + both_part = moved: who moved by their own data (orders,
// or none since) alone, by the rule alone, and by their data and on by the rule; on one
// day all is the rule's and split is null. The flows are those of the moved, and their
// reasons, most customers first.
func compareAnswer(c *session.Comparison, flags *compareFlags, info model.Info) *answer.Document {
	t := compared{c, flags, words.Symbol(words.CurrencyOf(info)), words.ScaleFor(max(c.Before.Total.Revenue, c.After.Total.Revenue)), amountsBeside(c)}
	d := &answer.Document{Title: catalogue.T("Comparison"), Flat: "matrix"}
	t.figures(d)
	d.Table(answer.TableOf("matrix", t.moves(), t.moveColumns()), answer.Machines)
	d.Table(answer.TableOf("flows", answer.Slice[session.ComparedFlow](c.Flows), t.flowColumns()), answer.JSON)
	t.parts(d)
	d.Table(answer.TableOf("tiers", answer.Slice[session.Group](c.Tiers), t.sideColumns(false)), answer.JSON)
	d.Table(answer.TableOf("segments", answer.Slice[session.Group](c.Segments), t.sideColumns(true)), answer.JSON)
	d.Group("before_whole", wholeOf(c.Before.Whole, t.money)).Group("after_whole", wholeOf(c.After.Whole, t.money)).Warnings(c.Warnings)
	t.forPeople(d, info.Path)
	return d
}

// amountsBeside writes the amounts of a comparison.
func amountsBeside(c *session.Comparison) amounts {
	return amounts{c.Before.Scheme.Value.Unvalued && c.After.Scheme.Value.Unvalued}
}

// figures tell the comparison as a whole.
func (t compared) figures(d *answer.Document) {
	c, a := t.Comparison, t.Agreement
	asOf := func(side session.Compared) answer.Value { return answer.Text(side.AsOf.String()) }
	customers := func(f rfm.Flow) answer.Value { return answer.Count(f.Customers) }
	revenue := func(f rfm.Flow) answer.Value { return t.money.value(f.Revenue) }
	d.Field("before", answer.Text(c.Before.Title)).Field("after", answer.Text(c.After.Title))
	d.Field("before_as_of", asOf(c.Before)).Field("after_as_of", asOf(c.After))
	d.Encoded("counted", append([]string{}, c.Counted()...)).Field("by", answer.Text(t.flags.by)).Field("customers", answer.Count(a.Both))
	d.Field("before_customers", answer.Count(c.Before.Total.Customers)).Field("after_customers", answer.Count(c.After.Total.Customers))
	d.Field("stayed", customers(c.Stayed)).Field("stayed_share", answer.Share(c.Stayed.Customers, a.Both))
	d.Field("moved", customers(c.Moved)).Field("moved_share", answer.Share(c.Moved.Customers, a.Both))
	d.Field("up", customers(c.Up)).Field("down", customers(c.Down)).Field("in_tiers", answer.Count(a.Tiered))
	d.Field("tier_lost", customers(c.Lost)).Field("tier_gained", customers(c.Gained))
	d.Field("new", customers(c.Moves.Entered)).Field("gone", customers(c.Moves.Left))
	d.Field("revenue_as_of", asOf(c.After)).Field("gone_revenue_as_of", asOf(c.Before))
	d.Field("revenue_reclassified", revenue(c.Moved)).Field("revenue_up", revenue(c.Up)).Field("revenue_down", revenue(c.Down))
	d.Field("ari", answer.If(a.ARIDefined, answer.Number(a.ARI))).Field("psi", answer.If(a.PSIDefined, answer.Number(a.PSI)))
	d.Field("psi_before", answer.Count(a.Before)).Field("psi_after", answer.Count(a.Now))
	d.Field("psi_within_chance", answer.Flag(a.Chance)).Field("psi_by_construction", answer.Flag(c.AlikeByConstruction() != ""))
	d.Field("psi_by", answer.Text(psiOf(c, t.flags.by))).Encoded("psi_floored", append([]string{}, a.Floored...))
}

// The slugs of the row of those who are new and of the column of those who are
// gone.
const (
	slugNew  = "new"
	slugGone = "gone"
)

// move is a cell of the matrix. Its kind is stayed, up, down, level (to another
// segment of the tier), tier-lost, tier-gained, new (from is "new") or gone (to is
// "gone"); by kind they differ from a segment that is called so.
type move struct {
	from, to, kind string
	rfm.Flow
}

// moves are all cells, row by row.
func (t compared) moves() (cells answer.Slice[move]) {
	m := t.Moves
	for i, from := range m.Before {
		for j, to := range m.Now {
			cells = append(cells, move{from.Slug, to.Slug, kindOf(from, to), m.Matrix[i][j]})
		}
		if m.Left.Customers > 0 {
			cells = append(cells, move{from.Slug, slugGone, slugGone, m.Matrix[i][len(m.Now)]})
		}
	}
	if m.Entered.Customers > 0 {
		for j, to := range m.Now {
			cells = append(cells, move{slugNew, to.Slug, slugNew, m.Matrix[len(m.Before)][j]})
		}
	}
	return cells
}

func (t compared) moveColumns() []answer.Column[move] {
	return []answer.Column[move]{
		{Key: "from", In: answer.Machines, Of: func(m move) answer.Value { return answer.Text(m.from) }},
		{Key: "to", In: answer.Machines, Of: func(m move) answer.Value { return answer.Text(m.to) }},
		{Key: "kind", In: answer.Machines, Of: func(m move) answer.Value { return answer.Text(m.kind) }},
		{Key: "customers", In: answer.Machines, Of: func(m move) answer.Value { return answer.Count(m.Customers) }},
		{Key: "revenue", In: answer.Machines, Of: func(m move) answer.Value { return t.money.value(m.Revenue) }},
		{Key: "revenue_as_of", In: answer.CSV, Of: func(m move) answer.Value {
			if m.kind == slugGone {
				return answer.Text(t.Before.AsOf.String())
			}
			return answer.Text(t.After.AsOf.String())
		}},
	}
}

func kindOf(from, to model.Segment) string {
	switch rises := from.Tier.Rises(to.Tier); {
	case from.Key() == to.Key():
		return "stayed"
	case rises > 0:
		return "up"
	case rises < 0:
		return "down"
	case to.Tier != from.Tier && to.Tier == model.TierNone:
		return "tier-lost"
	case to.Tier != from.Tier:
		return "tier-gained"
	}
	return "level"
}

func (t compared) flowColumns() []answer.Column[session.ComparedFlow] {
	type flow = session.ComparedFlow
	return []answer.Column[flow]{
		{Key: "from", In: answer.JSON, Of: func(f flow) answer.Value { return answer.Text(f.Was) }},
		{Key: "to", In: answer.JSON, Of: func(f flow) answer.Value { return answer.Text(f.Flow.Now) }},
		{Key: "customers", In: answer.JSON, Of: func(f flow) answer.Value { return answer.Count(f.Customers) }},
		{Key: "revenue", In: answer.JSON, Of: func(f flow) answer.Value { return t.money.value(f.Revenue) }},
		{Key: "reasons", In: answer.JSON, Encoded: func(f flow) any {
			return answer.TableOf("reasons", answer.Slice[session.FlowReason](f.Reasons), t.reasonColumns())
		}},
	}
}

// reasonColumns have as cause whose doing the move is, as the parts have it:
// behaviour, rule or both; on one day all is the rule's. Changed is what differs: data
// (what was measured), cut, measure (what is measured is defined otherwise),
// data-and-rule, value, map or hold.
func (t compared) reasonColumns() []answer.Column[session.FlowReason] {
	type reason = session.FlowReason
	return []answer.Column[reason]{
		{Key: "cause", In: answer.JSON, Of: func(r reason) answer.Value { return answer.Text(r.Class.String()) }},
		{Key: "changed", In: answer.JSON, Of: func(r reason) answer.Value { return answer.Text(r.Cause.String()) }},
		{Key: "text", In: answer.JSON, Of: func(r reason) answer.Value { return answer.Text(r.Text) }},
		{Key: "crossings", In: answer.JSON, Encoded: func(r reason) any { return crossings(r.Reason, t.Comparison) }},
		{Key: "customers", In: answer.JSON, Of: func(r reason) answer.Value { return answer.Count(r.Customers) }},
		{Key: "revenue", In: answer.JSON, Of: func(r reason) answer.Value { return t.money.value(r.Revenue) }},
	}
}

// crossings are the measures that score differently, each with what has changed, data, cut,
// measure or data-and-rule, and the cut that decides
// now.
func crossings(r compare.Reason, c *session.Comparison) *answer.Table {
	type crossing = compare.Crossing
	return answer.TableOf("crossings", answer.Slice[crossing](r.Crossings[:r.Crossed]), []answer.Column[crossing]{
		{Key: "measure", In: answer.JSON, Of: func(x crossing) answer.Value { return answer.Text(x.Axis.String()) }},
		{Key: "before", In: answer.JSON, Of: func(x crossing) answer.Value { return answer.Count(x.Before) }},
		{Key: "after", In: answer.JSON, Of: func(x crossing) answer.Value { return answer.Count(x.After) }},
		{Key: "changed", In: answer.JSON, Of: func(x crossing) answer.Value { return answer.Text(x.Cause.String()) }},
		{Key: "at", In: answer.JSON, Of: func(x crossing) answer.Value {
			return positionValue(session.CutID{Axis: x.Axis}, c.After.Cuts[x.Axis][x.Cut], c.After.Scheme.Spec, "")
		}},
	})
}

// parts tell who moved by what. The split parts those there on both days; stayed,
// behaviour, rule, both and back (moved by behaviour, back by the rule) add up to
// customers.
func (t compared) parts(d *answer.Document) {
	s := t.Split
	if s == nil {
		d.Field("rule_part", answer.Count(t.Moved.Customers)).Field("behaviour_part", answer.Count(0)).Field("both_part", answer.Count(0)).Group("split", nil)
		return
	}
	behaviour, rule, both := answer.Count(s.Behaviour.Customers), answer.Count(s.Rule.Customers), answer.Count(s.Both.Customers)
	d.Field("rule_part", rule).Field("behaviour_part", behaviour).Field("both_part", both)
	split := new(answer.Document).Field("stayed", answer.Count(s.Stayed.Customers)).Field("behaviour", behaviour).Field("rule", rule).Field("both", both)
	split.Field("back", answer.Count(s.Back.Customers)).Field("new", answer.Count(s.New.Customers)).Field("gone", answer.Count(s.Gone.Customers))
	split.Table(answer.TableOf("tiers", answer.Slice[session.SplitGroup](s.Tiers), t.partColumns(false)), answer.JSON)
	split.Table(answer.TableOf("segments", answer.Slice[session.SplitGroup](s.Segments), t.partColumns(true)), answer.JSON)
	d.Group("split", split)
}

// changes are the parts of the change of a group: after = before + behaviour + rule +
// both + new - gone, in customers and in revenue; behaviour and rule are what each did
// alone.
var changes = []struct {
	key, title, means string
	sign              int64 // with which it counts in the change; 0 where it is none
	light             int8
	of                func(session.SplitGroup) rfm.Flow
}{
	{"before", catalogue.T("before"), catalogue.T("who was there before"), 0, 2, func(g session.SplitGroup) rfm.Flow { return g.Before }},
	{"behaviour", catalogue.T("behaviour"), catalogue.T("those whom only their own data moved"), 1, 0, func(g session.SplitGroup) rfm.Flow { return g.Behaviour }},
	{"rule", catalogue.T("rule"), catalogue.T("those whom only the rule moved"), 1, 0, func(g session.SplitGroup) rfm.Flow { return g.Rule }},
	{"both", catalogue.T("both"), catalogue.T("those whom their data moved, and the rule moved on"), 1, 0, func(g session.SplitGroup) rfm.Flow { return g.Both }},
	{"new", catalogue.T("new"), catalogue.T("who was not there before"), 1, 0, func(g session.SplitGroup) rfm.Flow { return g.New }},
	{"gone", catalogue.T("gone"), catalogue.T("who is not there after"), -1, 1, func(g session.SplitGroup) rfm.Flow { return g.Gone }},
	{"after", catalogue.T("after"), catalogue.T("who is there after"), 0, 0, func(g session.SplitGroup) rfm.Flow { return g.After }},
}

func (t compared) partColumns(segments bool) []answer.Column[session.SplitGroup] {
	type group = session.SplitGroup
	columns := []answer.Column[group]{
		{Key: "segment", In: answer.JSON, Optional: true, Of: func(g group) answer.Value { return answer.If(segments, answer.Text(g.Slug)) }},
		{Key: "tier", In: answer.JSON, Of: func(g group) answer.Value { return answer.Text(g.Tier) }},
		{Key: "label", In: answer.JSON, Of: func(g group) answer.Value { return answer.Text(g.Label) }},
	}
	for _, change := range changes {
		columns = append(columns, answer.Column[group]{Key: change.key, In: answer.JSON, Of: func(g group) answer.Value { return answer.Count(change.of(g).Customers) }})
	}
	for _, change := range changes {
		columns = append(columns, answer.Column[group]{Key: change.key + "_revenue", In: answer.JSON, Of: func(g group) answer.Value { return t.money.value(change.of(g).Revenue) }})
	}
	return columns
}

// sideColumns tell a group before and after.
func (t compared) sideColumns(segments bool) []answer.Column[session.Group] {
	type group = session.Group
	return []answer.Column[group]{
		{Key: "segment", In: answer.JSON, Optional: true, Of: func(g group) answer.Value { return answer.If(segments, answer.Text(g.Slug)) }},
		{Key: "tier", In: answer.JSON, Of: func(g group) answer.Value { return answer.Text(g.Tier) }},
		{Key: "label", In: answer.JSON, Of: func(g group) answer.Value { return answer.Text(g.Label) }},
		{Key: "before", In: answer.JSON, Of: func(g group) answer.Value { return answer.Count(g.Was.Customers) }},
		{Key: "after", In: answer.JSON, Of: func(g group) answer.Value { return answer.Count(g.Now.Customers) }},
		{Key: "change", In: answer.JSON, Of: func(g group) answer.Value { return answer.Count(g.Change()) }},
		{Key: "before_revenue", In: answer.JSON, Of: func(g group) answer.Value { return t.money.value(g.Was.Revenue) }},
		{Key: "after_revenue", In: answer.JSON, Of: func(g group) answer.Value { return t.money.value(g.Now.Revenue) }},
	}
}

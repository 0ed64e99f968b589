package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// forPeople tells what people read of a comparison.
func (t compared) forPeople(d *answer.Document, path string) {
	d.Say(headOf(t.Comparison, path))
	t.matrix(d)
	d.Say(t.summary()...)
	if len(t.Flows) > 0 {
		d.Table(t.largest(), answer.People)
	}
	t.split(d)
}

// headOf says what is compared.
func headOf(c *session.Comparison, path string) string {
	head := catalogue.T("{path} · before: {before} · after: {after}", "path", path, "before", c.Before.Title, "after", c.After.Title)
	if both := c.Counted(); len(both) > 0 {
		head += catalogue.T(" · on both sides {counts}", "counts", strings.Join(both, ", "))
	}
	return head
}

// wentTo is a line of the matrix: where those of one segment went, the last flow being
// of the gone.
type wentTo struct {
	label string
	flows []rfm.Flow
}

// matrix tells where everybody went: rows before, columns after, by number.
func (t compared) matrix(d *answer.Document) {
	m := t.Moves
	same := slices.EqualFunc(m.Before, m.Now, func(before, now model.Segment) bool { return before.Slug == now.Slug })
	var lines answer.Slice[wentTo]
	sums := make([]rfm.Flow, len(m.Now)+1)
	for i, flows := range m.Matrix {
		for j, flow := range flows {
			addFlow(&sums[j], flow)
		}
		switch {
		case i < len(m.Before) && same:
			lines = append(lines, wentTo{fmt.Sprintf("%2d %s", i+1, m.Before[i].Label), flows})
		case i < len(m.Before):
			lines = append(lines, wentTo{m.Before[i].Label, flows})
		case m.Entered.Customers > 0:
			lines = append(lines, wentTo{catalogue.T("new"), flows})
		}
	}
	columns := []answer.Column[wentTo]{{In: answer.People, Of: func(w wentTo) answer.Value { return answer.Text(w.label) }}}
	var names []string
	bySize := slices.SortedFunc(slices.Values(sums[:len(m.Now)]), func(a, b rfm.Flow) int {
		if t.ofRevenue() {
			return cmp.Compare(b.Revenue, a.Revenue)
		}
		return cmp.Compare(b.Customers, a.Customers)
	})
	for j, s := range m.Now {
		names = append(names, fmt.Sprintf("%d %s", j+1, s.Label))
		light := int8(min(1+slices.Index(bySize, sums[j]), math.MaxInt8)) // the smaller, the lighter
		columns = append(columns, answer.Column[wentTo]{Title: strconv.Itoa(j + 1), Means: s.Label, Light: light, In: answer.People, Of: func(w wentTo) answer.Value { return t.flow(w.flows[j]) }})
	}
	table := answer.TableOf("went", append(lines, wentTo{catalogue.T("all"), sums}), append(columns, t.sumAndGone()...))
	table.Caption = catalogue.T("{figure}: rows before, columns after", "figure", t.valueOf())
	d.Table(table, answer.People)
	if t.ofRevenue() && m.Left.Customers > 0 {
		d.Say(catalogue.T("gone: revenue as of {as_of}, as measured before, and not in the totals", "as_of", t.Before.AsOf.String())).Joined()
	}
	if !same {
		d.Say(catalogue.T("columns: {names}", "names", strings.Join(names, ", "))).Joined()
	}
}

// valueOf names what the matrix shows, revenue with its day.
func (t compared) valueOf() string {
	if t.ofRevenue() {
		return catalogue.T("revenue as of {as_of}", "as_of", t.After.AsOf.String())
	}
	return catalogue.T("customers")
}

func (t compared) ofRevenue() bool { return t.flags.value == "revenue" }

func addFlow(to *rfm.Flow, flow rfm.Flow) {
	to.Customers += flow.Customers
	to.Revenue += flow.Revenue
}

// sumAndGone are the last two columns: the gone count in the sum of customers, but
// stand behind that of revenue, theirs being as measured before.
func (t compared) sumAndGone() []answer.Column[wentTo] {
	sum := answer.Column[wentTo]{Title: catalogue.T("all"), In: answer.People, Of: func(w wentTo) answer.Value {
		var all rfm.Flow
		counted := w.flows
		if t.ofRevenue() {
			counted = counted[:len(counted)-1]
		}
		for _, flow := range counted {
			addFlow(&all, flow)
		}
		return t.flow(all)
	}}
	gone := answer.Column[wentTo]{Title: catalogue.T("gone"), In: answer.People, Of: func(w wentTo) answer.Value { return t.flow(w.flows[len(w.flows)-1]) }}
	switch {
	case t.Moves.Left.Customers == 0:
		return []answer.Column[wentTo]{sum}
	case t.ofRevenue():
		return []answer.Column[wentTo]{sum, gone}
	}
	return []answer.Column[wentTo]{gone, sum}
}

func (t compared) flow(flow rfm.Flow) answer.Value {
	if flow.Customers == 0 {
		return answer.Count(0).Told("·")
	}
	return t.amount(flow)
}

// summary tells how many stay and move, what that is worth, and how the groups shift.
func (t compared) summary() []string {
	c, lines := t.Comparison, t.whoMoves()
	say := func(entry string, named ...any) { lines = append(lines, catalogue.T(entry, named...)) }
	if in, out := c.Moves.Entered, c.Moves.Left; in.Customers > 0 || out.Customers > 0 {
		say("also: {new} new with {new_revenue}{after}, {gone} gone with {gone_revenue}{before}", "new", words.Count(in.Customers), "new_revenue", words.Brief(in.Revenue, t.symbol), "after", t.day(c.After), "gone", words.Count(out.Customers), "gone_revenue", words.Brief(out.Revenue, t.symbol), "before", t.day(c.Before))
	}
	before, after := restText(c.Before, t.symbol), restText(c.After, t.symbol)
	switch {
	case before != after:
		say("rest of the workspace before: {before}", "before", cmp.Or(before, catalogue.T("nothing")))
		say("rest of the workspace after: {after}", "after", cmp.Or(after, catalogue.T("nothing")))
	case after != "":
		say("rest of the workspace: {after}", "after", after)
	}
	of := catalogue.T("of revenue reclassified")
	if c.Split != nil { // what customers do is no reclassification
		of = catalogue.T("of revenue{after} moves with them", "after", t.day(c.After))
	}
	if lead := t.lead(); t.symbol != words.NoAmounts {
		say("{revenue} {what}: {up} up, {down} down", "revenue", words.Brief(lead.Moved.Revenue, t.symbol), "what", of, "up", words.Brief(lead.Up.Revenue, t.symbol), "down", words.Brief(lead.Down.Revenue, t.symbol))
	}
	return append(lines, t.agreement()...)
}

// day tells of which day a revenue is, where two days are compared.
func (t compared) day(side session.Compared) string {
	if t.Split == nil {
		return ""
	}
	return catalogue.T(" (as of {as_of})", "as_of", side.AsOf.String())
}

// lead is the comparison that is told first: by tiers where the maps have different
// segments, between which a move may be one of name alone.
func (t compared) lead() *session.Comparison {
	if t.flags.by == bySegment && t.Agreement.OtherMaps {
		return t.ByTier()
	}
	return t.Comparison
}

// whoMoves tells how many stay and move, of those who are there on both sides.
func (t compared) whoMoves() []string {
	c := t.lead()
	both, stay := c.Agreement.Both, words.Plural(c.Stayed.Customers, "stays in its segment", "stay in their segment")
	if t.flags.by == byTier || c != t.Comparison {
		stay = words.Plural(c.Stayed.Customers, "stays in its tier", "stay in their tier")
	}
	shares := words.Shares([]int64{c.Stayed.Customers, c.Moved.Customers}, both)
	moves := catalogue.T("{both} on both sides: {stay} ({stay_share}), {move} ({move_share}): {up} up, {down} down",
		"both", words.Customers(both), "stay", stay, "stay_share", shares[0],
		"move", words.Plural(c.Moved.Customers, "moves", "move"), "move_share", shares[1], "up", words.Count(c.Up.Customers), "down", words.Count(c.Down.Customers))
	if within := c.Within(); within > 0 {
		moves += catalogue.T(", {within} within their tier", "within", words.Count(within))
	}
	lines := append([]string{strings.Join(append([]string{moves}, c.Moves.TierWords()...), ", ")}, t.noTier()...)
	if stay := t.Stayed.Customers; c != t.Comparison {
		lines = append(lines, catalogue.T("the maps have different segments, which are matched by name and tier: {stay} ({share})", "stay", words.Plural(stay, "stays in its segment", "stay in their segment"), "share", words.Share(stay, both)))
	}
	return lines
}

// noTier tells how many of those on both sides a map has in no tier; nothing of nobody.
func (t compared) noTier() []string {
	text := ""
	if n := t.Lost.Customers; n > 0 {
		text += catalogue.T(", {count} in no tier of the map after ({where})", "count", words.Count(n), "where", t.After.NoTierWhere)
	}
	if n := t.Gained.Customers; n > 0 {
		text += catalogue.T(", {count} in no tier of the map before ({where})", "count", words.Count(n), "where", t.Before.NoTierWhere)
	}
	if n := t.Agreement.Both - t.Agreement.Tiered - t.Lost.Customers - t.Gained.Customers; n > 0 {
		text += catalogue.T(", {count} in no tier on both sides ({where})", "count", words.Count(n), "where", t.After.NoTierWhere)
	}
	if text == "" {
		return nil
	}
	return []string{catalogue.T("of them {tiered} in a tier on both sides{others}", "tiered", words.Count(t.Agreement.Tiered), "others", text)}
}

// agreement tells who belongs together on both sides, and apart from it, since
// that is of other people, how the sizes of the groups shift.
func (t compared) agreement() (lines []string) {
	a := t.Agreement
	grouping := catalogue.T("grouping of the {both} on both sides: ARI ", "both", words.Count(a.Both))
	switch {
	case a.ARIDefined:
		lines = append(lines, catalogue.T("{grouping}{ari} (1 is the same grouping, whatever the names; 0 is chance)", "grouping", grouping, "ari", words.Index(a.ARI)))
	case a.Both > 0:
		lines = append(lines, catalogue.T("{grouping}– (all are in one group on both sides)", "grouping", grouping))
	}
	if !a.PSIDefined {
		return lines
	}
	sizes := catalogue.T("sizes: PSI of the {group}s {psi} ({agreement}), {before} before → {now} after", "group", psiOf(t.Comparison, t.flags.by), "psi", words.Index(a.PSI), "agreement", stability(a), "before", words.Count(a.Before), "now", words.Count(a.Now))
	if why := t.AlikeByConstruction(); why != "" && a.PSI < stablePSI {
		sizes += catalogue.T("; {reason}, so sizes stay alike by construction", "reason", why)
	}
	return append(lines, sizes)
}

// restText tells what one side has outside the tiers.
func restText(c session.Compared, symbol string) string {
	var texts []string
	for _, p := range c.Apart() {
		texts = append(texts, fmt.Sprintf("%s %s (%s)", p.Label, figure.Part(p, symbol), p.Why))
	}
	return strings.Join(texts, " · ")
}

// psiOf tells of what the sizes are compared: of the segments only where both
// maps have the same.
func psiOf(c *session.Comparison, by string) string {
	if c.Agreement.OfTiers {
		return byTier
	}
	return by
}

// stablePSI is the PSI below which sizes are commonly called stable.
const stablePSI = 0.1

// stability names what a PSI is commonly called, where it is more than chance gives.
func stability(a session.Agreement) string {
	switch {
	case a.Chance:
		return catalogue.T("within chance for {customers}", "customers", words.Customers(a.Fewer()))
	case a.PSI < stablePSI:
		return catalogue.T("stable")
	case a.PSI <= 0.25:
		return catalogue.T("a moderate change")
	}
	return catalogue.T("a major change")
}

// mostReasons is how many reasons a flow is told with.
const mostReasons = 3

// because is a reason of a flow; the first stands beside the flow itself.
type because struct {
	session.ComparedFlow
	first bool
	why   string
}

// reasons are those of a flow that are told.
func reasons(f session.ComparedFlow) (lines []because) {
	if len(f.Reasons) == 1 {
		return []because{{f, true, f.Reasons[0].Text}}
	}
	telling, rest := session.Telling(f.Reasons, mostReasons)
	for i, r := range telling {
		lines = append(lines, because{f, i == 0, words.Count(r.Customers) + ": " + r.Text})
	}
	if rest > 0 {
		lines = append(lines, because{f, false, catalogue.T("{count}: other reasons", "count", words.Count(rest))})
	}
	return lines
}

// largest tells the largest flows, and why.
func (t compared) largest() *answer.Table {
	flows := t.Flows
	if n := t.flags.flows; n > 0 && n < len(flows) {
		flows = flows[:n]
	}
	var lines answer.Slice[because]
	var most model.Money
	for _, f := range flows {
		lines = append(lines, reasons(f)...)
	}
	for _, f := range t.Flows {
		most = max(most, f.Revenue, -f.Revenue)
	}
	t.scale = words.ScaleFor(most) // not that of all revenue, on which small flows are nothing
	once := func(of func(because) answer.Value) func(because) answer.Value {
		return func(b because) answer.Value {
			if !b.first {
				return of(b).Untold()
			}
			return of(b)
		}
	}
	table := answer.TableOf("largest", lines, []answer.Column[because]{
		{Title: catalogue.T("customers"), In: answer.People, Of: once(func(b because) answer.Value { return answer.Count(b.Customers) })},
		{Title: catalogue.T("revenue"), In: answer.People, Of: once(func(b because) answer.Value { return t.revenue(b.Revenue) })},
		{Title: catalogue.T("move"), In: answer.People, Of: once(func(b because) answer.Value { return answer.Text(b.From + " → " + b.To) })},
		{Title: catalogue.T("reason"), In: answer.People, Of: func(b because) answer.Value { return answer.Text(b.why) }},
	})
	if t.Comparison.Split != nil {
		table.Caption = catalogue.T("flows, with their revenue as of {as_of}", "as_of", t.After.AsOf.String())
	}
	if more := len(t.Flows) - len(flows); more > 0 {
		table.Note = catalogue.T("and {more}; --flows 0 lists them all", "more", words.Plural(int64(more), "smaller flow", "smaller flows"))
	}
	return table
}

// split tells what moved them, and how each group changed by it.
func (t compared) split(d *answer.Document) {
	lead := t.lead()
	s := lead.Split
	if s == nil {
		return
	}
	d.Say(catalogue.T("Of the {moving}, {behaviour} did so by behaviour alone, {rule} by the rule alone, {both} by both.{back}", "moving", words.Plural(lead.Moved.Customers, "who moves", "who move"), "behaviour", words.Count(s.Behaviour.Customers), "rule", words.Count(s.Rule.Customers), "both", words.Count(s.Both.Customers), "back", putBack(s.Back.Customers)), session.BehaviourWords)
	type group = session.SplitGroup
	var groups answer.Slice[group]
	for _, tier := range s.Tiers {
		groups = append(groups, tier)
		for _, g := range s.Segments {
			if g.Tier == tier.Tier {
				g.Label = "  " + g.Label
				groups = append(groups, g)
			}
		}
	}
	columns := []answer.Column[group]{{In: answer.People, Of: func(g group) answer.Value { return answer.Text(g.Label) }}}
	for _, change := range changes {
		columns = append(columns, answer.Column[group]{Title: change.title, Means: change.means, Light: change.light, In: answer.People, Of: func(g group) answer.Value {
			flow := change.of(g)
			if change.sign == 0 {
				return t.amount(flow)
			}
			return t.change(rfm.Flow{Customers: change.sign * flow.Customers, Revenue: model.Money(change.sign) * flow.Revenue})
		}})
	}
	table := answer.TableOf("changes", groups, columns)
	if t.ofRevenue() {
		table.Caption = catalogue.T("revenue: before and gone as of {before}, after and new as of {after}", "before", t.Before.AsOf, "after", t.After.AsOf)
	}
	table.Note = session.TierParts
	d.Table(table, answer.People)
	if t.ofRevenue() { // what moves by both does not add up to nothing, and here is why
		d.Say(catalogue.T("Customers who move by behaviour or by both are taken out with their revenue as of {before} and added with that as of {after}.", "before", t.Before.AsOf, "after", t.After.AsOf)).Joined()
	}
}

// putBack tells of those who stay because the rule has moved, "" of nobody.
func putBack(n int64) string {
	if n == 0 {
		return ""
	}
	return catalogue.T(" In addition, {count} of those who stay would have moved under the old rule.", "count", words.Count(n))
}

func (t compared) amount(f rfm.Flow) answer.Value {
	if t.ofRevenue() {
		return t.revenue(f.Revenue)
	}
	return answer.Count(f.Customers)
}

func (t compared) revenue(m model.Money) answer.Value {
	return answer.Money(m).Told(t.scale.Money(m, t.symbol))
}

func (t compared) change(f rfm.Flow) answer.Value {
	switch {
	case !t.ofRevenue():
		return answer.Count(f.Customers).Told(words.Change(f.Customers))
	case f.Revenue > 0:
		return answer.Money(f.Revenue).Told("▲ " + t.scale.Money(f.Revenue, t.symbol))
	case f.Revenue < 0:
		return answer.Money(f.Revenue).Told("▼ " + t.scale.Money(-f.Revenue, t.symbol))
	}
	return answer.Money(0).Told("·")
}

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
	head := path + " · before: " + c.Before.Title + " · after: " + c.After.Title
	if both := c.Counted(); len(both) > 0 {
		head += " · on both sides " + strings.Join(both, ", ")
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
			lines = append(lines, wentTo{slugNew, flows})
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
	table := answer.TableOf("went", append(lines, wentTo{"all", sums}), append(columns, t.sumAndGone()...))
	table.Caption = t.valueOf() + ": rows before, columns after"
	d.Table(table, answer.People)
	if t.ofRevenue() && m.Left.Customers > 0 {
		d.Say("gone: revenue as of " + t.Before.AsOf.String() + ", as measured before, and not in the sums").Joined()
	}
	if !same {
		d.Say("columns: " + strings.Join(names, ", ")).Joined()
	}
}

// valueOf names what the matrix shows, revenue with its day.
func (t compared) valueOf() string {
	if t.ofRevenue() {
		return "revenue as of " + t.After.AsOf.String()
	}
	return t.flags.value
}

func (t compared) ofRevenue() bool { return t.flags.value == "revenue" }

func addFlow(to *rfm.Flow, flow rfm.Flow) {
	to.Customers += flow.Customers
	to.Revenue += flow.Revenue
}

// sumAndGone are the last two columns: the gone count in the sum of customers, but
// stand behind that of revenue, theirs being as measured before.
func (t compared) sumAndGone() []answer.Column[wentTo] {
	sum := answer.Column[wentTo]{Title: "all", In: answer.People, Of: func(w wentTo) answer.Value {
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
	gone := answer.Column[wentTo]{Title: slugGone, In: answer.People, Of: func(w wentTo) answer.Value { return t.flow(w.flows[len(w.flows)-1]) }}
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
	say := func(format string, values ...any) { lines = append(lines, fmt.Sprintf(format, values...)) }
	if in, out := c.Moves.Entered, c.Moves.Left; in.Customers > 0 || out.Customers > 0 {
		say("besides: %s new with %s%s, %s gone with %s%s", words.Count(in.Customers), words.Brief(in.Revenue, t.symbol), t.day(c.After),
			words.Count(out.Customers), words.Brief(out.Revenue, t.symbol), t.day(c.Before))
	}
	before, after := restText(c.Before, t.symbol), restText(c.After, t.symbol)
	switch {
	case before != after:
		say("rest of the workspace before: %s", cmp.Or(before, "nothing"))
		say("rest of the workspace after: %s", cmp.Or(after, "nothing"))
	case after != "":
		say("rest of the workspace: %s", after)
	}
	of := "of revenue reclassified"
	if c.Split != nil { // what customers do is no reclassification
		of = "of revenue" + t.day(c.After) + " moves with them"
	}
	if lead := t.lead(); t.symbol != words.NoAmounts {
		say("%s %s: %s up, %s down", words.Brief(lead.Moved.Revenue, t.symbol), of, words.Brief(lead.Up.Revenue, t.symbol), words.Brief(lead.Down.Revenue, t.symbol))
	}
	return append(lines, t.agreement()...)
}

// day tells of which day a revenue is, where two days are compared.
func (t compared) day(side session.Compared) string {
	if t.Split == nil {
		return ""
	}
	return " (as of " + side.AsOf.String() + ")"
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
	both, group := c.Agreement.Both, bySegment
	if t.flags.by == byTier || c != t.Comparison {
		group = byTier
	}
	shares := words.Shares([]int64{c.Stayed.Customers, c.Moved.Customers}, both)
	moves := fmt.Sprintf("%s on both sides: %s in %s %s (%s), %s (%s): %s up, %s down",
		words.Customers(both), words.Plural(c.Stayed.Customers, "stays", "stay"), theirs(c.Stayed.Customers), group, shares[0],
		words.Plural(c.Moved.Customers, "moves", "move"), shares[1], words.Count(c.Up.Customers), words.Count(c.Down.Customers))
	if within := c.Within(); within > 0 {
		moves += ", " + words.Count(within) + " within their tier"
	}
	lines := append([]string{strings.Join(append([]string{moves}, c.Moves.TierWords()...), ", ")}, t.noTier()...)
	if stay := t.Stayed.Customers; c != t.Comparison {
		lines = append(lines, fmt.Sprintf("the maps have different segments, which are matched by name and tier: %s in %s segment (%s)",
			words.Plural(stay, "stays", "stay"), theirs(stay), words.Share(stay, both)))
	}
	return lines
}

// theirs is the word for what so many customers have.
func theirs(n int64) string { return words.Agree(n, "its", "their") }

// noTier tells how many of those on both sides a map has in no tier; nothing of nobody.
func (t compared) noTier() []string {
	text := ""
	add := func(n int64, of, where string) {
		if n > 0 {
			text += fmt.Sprintf(", %s in no tier %s (%s)", words.Count(n), of, where)
		}
	}
	add(t.Lost.Customers, "of the map after", t.After.NoTierWhere)
	add(t.Gained.Customers, "of the map before", t.Before.NoTierWhere)
	add(t.Agreement.Both-t.Agreement.Tiered-t.Lost.Customers-t.Gained.Customers, "on both sides", t.After.NoTierWhere)
	if text == "" {
		return nil
	}
	return []string{"of them " + words.Count(t.Agreement.Tiered) + " in a tier on both sides" + text}
}

// agreement tells who belongs together on both sides, and apart from it, since
// that is of other people, how the sizes of the groups shift.
func (t compared) agreement() (lines []string) {
	a := t.Agreement
	grouping := "grouping of the " + words.Count(a.Both) + " on both sides: ARI "
	switch {
	case a.ARIDefined:
		lines = append(lines, grouping+words.Index(a.ARI)+" (1 the same grouping, whatever it is called; 0 chance)")
	case a.Both > 0:
		lines = append(lines, grouping+"– (all are in one group on both sides)")
	}
	if !a.PSIDefined {
		return lines
	}
	sizes := fmt.Sprintf("sizes: PSI of the %ss %s (%s), %s before → %s after", psiOf(t.Comparison, t.flags.by), words.Index(a.PSI), stability(a), words.Count(a.Before), words.Count(a.Now))
	if why := t.AlikeByConstruction(); why != "" && a.PSI < stablePSI {
		sizes += "; " + why + ", so that sizes stay alike by construction"
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
		return "within what chance gives for " + words.Customers(a.Fewer())
	case a.PSI < stablePSI:
		return "stable"
	case a.PSI <= 0.25:
		return "a moderate change"
	}
	return "a major change"
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
		lines = append(lines, because{f, false, words.Count(rest) + ": other reasons"})
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
	for _, f := range flows {
		lines = append(lines, reasons(f)...)
	}
	once := func(of func(because) answer.Value) func(because) answer.Value {
		return func(b because) answer.Value {
			if !b.first {
				return of(b).Untold()
			}
			return of(b)
		}
	}
	table := answer.TableOf("largest", lines, []answer.Column[because]{
		{Title: "customers", In: answer.People, Of: once(func(b because) answer.Value { return answer.Count(b.Customers) })},
		{Title: "revenue", In: answer.People, Of: once(func(b because) answer.Value { return t.revenue(b.Revenue) })},
		{Title: "move", In: answer.People, Of: once(func(b because) answer.Value { return answer.Text(b.From + " → " + b.To) })},
		{Title: "because", In: answer.People, Of: func(b because) answer.Value { return answer.Text(b.why) }},
	})
	if t.Comparison.Split != nil {
		table.Caption = "flows, with their revenue as of " + t.After.AsOf.String()
	}
	if more := len(t.Flows) - len(flows); more > 0 {
		table.Note = "and " + words.Plural(int64(more), "smaller flow", "smaller flows") + "; --flows 0 lists them all"
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
	d.Say(fmt.Sprintf("Of the %s, %s did by behaviour alone, %s by the rule alone, %s by both.%s",
		words.Plural(lead.Moved.Customers, "who moves", "who move"), words.Count(s.Behaviour.Customers), words.Count(s.Rule.Customers), words.Count(s.Both.Customers),
		putBack(s.Back.Customers)), session.BehaviourWords)
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
		columns = append(columns, answer.Column[group]{Title: change.key, Means: change.means, Light: change.light, In: answer.People, Of: func(g group) answer.Value {
			flow := change.of(g)
			if change.sign == 0 {
				return t.amount(flow)
			}
			return t.change(rfm.Flow{Customers: change.sign * flow.Customers, Revenue: model.Money(change.sign) * flow.Revenue})
		}})
	}
	table := answer.TableOf("changes", groups, columns)
	if t.ofRevenue() {
		table.Caption = fmt.Sprintf("revenue: before and gone as of %s, after and new as of %s", t.Before.AsOf, t.After.AsOf)
	}
	table.Note = session.TierParts
	d.Table(table, answer.People)
}

// putBack tells of those who stay because the rule has moved, "" of nobody.
func putBack(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" Besides, %s of those who stay would have moved under the old rule.", words.Count(n))
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

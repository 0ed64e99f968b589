package main

import (
	"fmt"
	"strconv"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// compareText prints a comparison for people.
type compareText struct {
	*app
	c      *session.Comparison
	flags  *compareFlags
	symbol string
	scale  words.Scale // of all revenue
}

func (a *app) writeCompareText(c *session.Comparison, flags *compareFlags, info model.Info) error {
	t := compareText{a, c, flags, words.Symbol(words.CurrencyOf(info)), words.ScaleFor(max(c.Before.Total.Revenue, c.After.Total.Revenue))}
	fmt.Fprintf(a.out, "%s · before: %s · after: %s", model.Printable(info.Path), model.Printable(c.Before.Title), model.Printable(c.After.Title))
	if both := c.Counted(); len(both) > 0 {
		fmt.Fprintf(a.out, " · on both sides %s", model.Printable(strings.Join(both, ", ")))
	}
	fmt.Fprint(a.out, "\n\n")
	if err := t.matrix(); err != nil {
		return err
	}
	t.summary()
	if err := t.flows(); err != nil {
		return err
	}
	return t.split()
}

// matrix prints where everybody went: rows before, columns after, by number.
func (t compareText) matrix() error {
	m := t.c.Moves
	fmt.Fprintf(t.out, "%s: rows before, columns after\n", t.valueOf())
	same := len(m.Before) == len(m.Now)
	for i := range m.Now {
		same = same && m.Before[i].Slug == m.Now[i].Slug
	}
	header := []string{""}
	for j := range m.Now {
		header = append(header, strconv.Itoa(j+1))
	}
	table := newTable(append(header, t.sumAndGone("all", slugGone)...)...)
	for column := 1; column < len(table.Header); column++ {
		table.Right = append(table.Right, column)
	}
	for i, s := range m.Before {
		label := s.Label
		if same {
			label = fmt.Sprintf("%2d %s", i+1, s.Label)
		}
		t.row(table, label, m.Matrix[i])
	}
	if m.Entered.Customers > 0 {
		t.row(table, slugNew, m.Matrix[len(m.Before)])
	}
	sums := make([]rfm.Flow, len(m.Now)+1)
	for _, row := range m.Matrix {
		for j, flow := range row {
			addFlow(&sums[j], flow)
		}
	}
	t.row(table, "all", sums)
	if err := t.writeText(table); err != nil {
		return err
	}
	if t.ofRevenue() && m.Left.Customers > 0 {
		fmt.Fprintf(t.out, "gone: revenue as of %s, as measured before, and not in the sums\n", t.c.Before.AsOf)
	}
	if !same {
		var names []string
		for j, s := range m.Now {
			names = append(names, fmt.Sprintf("%d %s", j+1, s.Label))
		}
		fmt.Fprintf(t.out, "columns: %s\n", model.Printable(strings.Join(names, ", ")))
	}
	return nil
}

// valueOf names what the matrix shows, revenue with its day.
func (t compareText) valueOf() string {
	if t.ofRevenue() {
		return "revenue as of " + t.c.After.AsOf.String()
	}
	return t.flags.value
}

func (t compareText) ofRevenue() bool { return t.flags.value == "revenue" }

func addFlow(to *rfm.Flow, flow rfm.Flow) {
	to.Customers += flow.Customers
	to.Revenue += flow.Revenue
}

// row adds a line of the matrix with its sum; the last flow is of the gone.
func (t compareText) row(table *table, label string, flows []rfm.Flow) {
	var all rfm.Flow
	cells := []string{label}
	there, gone := flows[:len(flows)-1], flows[len(flows)-1]
	for _, flow := range there {
		addFlow(&all, flow)
		cells = append(cells, t.flow(flow))
	}
	if !t.ofRevenue() {
		addFlow(&all, gone)
	}
	table.row(append(cells, t.sumAndGone(t.flow(all), t.flow(gone))...)...)
}

// sumAndGone orders the last two columns: the gone count in the sum of customers,
// but stand behind that of revenue, theirs being as measured before.
func (t compareText) sumAndGone(sum, gone string) []string {
	switch {
	case t.c.Moves.Left.Customers == 0:
		return []string{sum}
	case t.ofRevenue():
		return []string{sum, gone}
	}
	return []string{gone, sum}
}

func (t compareText) flow(flow rfm.Flow) string {
	switch {
	case flow.Customers == 0:
		return "·"
	case t.ofRevenue():
		return t.scale.Money(flow.Revenue, t.symbol)
	}
	return words.Count(flow.Customers)
}

func (t compareText) summary() {
	c := t.c
	t.whoMoves()
	if c.Moves.Entered.Customers > 0 || c.Moves.Left.Customers > 0 {
		fmt.Fprintf(t.out, "besides: %s new with %s%s, %s gone with %s%s\n",
			words.Count(c.Moves.Entered.Customers), words.Brief(c.Moves.Entered.Revenue, t.symbol), t.day(c.After),
			words.Count(c.Moves.Left.Customers), words.Brief(c.Moves.Left.Revenue, t.symbol), t.day(c.Before))
	}
	before, after := restText(c.Before, t.symbol), restText(c.After, t.symbol)
	switch {
	case before == after && after != "":
		fmt.Fprintf(t.out, "rest of the workspace: %s\n", after)
	case before != after:
		fmt.Fprintf(t.out, "rest of the workspace before: %s\nrest of the workspace after: %s\n", orNothing(before), orNothing(after))
	}
	of := "of revenue reclassified"
	if c.Split != nil { // what customers do is no reclassification
		of = "of revenue" + t.day(c.After) + " moves with them"
	}
	if lead := t.lead(); t.symbol != words.NoAmounts {
		fmt.Fprintf(t.out, "%s %s: %s up, %s down\n",
			words.Brief(lead.Moved.Revenue, t.symbol), of, words.Brief(lead.Up.Revenue, t.symbol), words.Brief(lead.Down.Revenue, t.symbol))
	}
	t.agreement()
}

// day tells of which day a revenue is, where two days are compared.
func (t compareText) day(side session.Compared) string {
	if t.c.Split == nil {
		return ""
	}
	return " (as of " + side.AsOf.String() + ")"
}

// lead is the comparison that is told first: by tiers where the maps have different
// segments, between which a move may be one of name alone.
func (t compareText) lead() *session.Comparison {
	if t.flags.by == bySegment && t.c.Agreement.OtherMaps {
		return t.c.ByTier()
	}
	return t.c
}

// whoMoves tells how many stay and move, of those who are there on both sides.
func (t compareText) whoMoves() {
	c := t.lead()
	both, group := c.Agreement.Both, bySegment
	if t.flags.by == byTier || c != t.c {
		group = byTier
	}
	shares := words.Shares([]int64{c.Stayed.Customers, c.Moved.Customers}, both)
	fmt.Fprintf(t.out, "\n%s on both sides: %s in %s %s (%s), %s (%s): %s up, %s down",
		words.Customers(both), words.Plural(c.Stayed.Customers, "stays", "stay"), theirs(c.Stayed.Customers), group, shares[0],
		words.Plural(c.Moved.Customers, "moves", "move"), shares[1], words.Count(c.Up.Customers), words.Count(c.Down.Customers))
	if within := c.Within(); within > 0 {
		fmt.Fprintf(t.out, ", %s within their tier", words.Count(within))
	}
	for _, words := range c.Moves.TierWords() {
		fmt.Fprintf(t.out, ", %s", words)
	}
	fmt.Fprintln(t.out)
	t.noTier()
	if stay := t.c.Stayed.Customers; c != t.c {
		fmt.Fprintf(t.out, "the maps have different segments, which are matched by name and tier: %s in %s segment (%s)\n",
			words.Plural(stay, "stays", "stay"), theirs(stay), words.Share(stay, both))
	}
}

// theirs is the word for what so many customers have.
func theirs(n int64) string {
	if n == 1 {
		return "its"
	}
	return "their"
}

// noTier tells how many of those on both sides a map has in no tier.
func (t compareText) noTier() {
	c := t.c
	neither := c.Agreement.Both - c.Agreement.Tiered - c.Lost.Customers - c.Gained.Customers
	text := ""
	add := func(n int64, of, where string) {
		if n > 0 {
			text += fmt.Sprintf(", %s in no tier %s (%s)", words.Count(n), of, model.Printable(where))
		}
	}
	add(c.Lost.Customers, "of the map after", c.After.NoTierWhere)
	add(c.Gained.Customers, "of the map before", c.Before.NoTierWhere)
	add(neither, "on both sides", c.After.NoTierWhere)
	if text != "" {
		fmt.Fprintf(t.out, "of them %s in a tier on both sides%s\n", words.Count(c.Agreement.Tiered), text)
	}
}

// agreement tells who belongs together on both sides, and apart from it, since
// that is of other people, how the sizes of the groups shift.
func (t compareText) agreement() {
	c, a := t.c, t.c.Agreement
	switch {
	case a.ARIDefined:
		fmt.Fprintf(t.out, "grouping of the %s on both sides: ARI %s (1 the same grouping, whatever it is called; 0 chance)\n", words.Count(a.Both), words.Index(a.ARI))
	case a.Both > 0:
		fmt.Fprintf(t.out, "grouping of the %s on both sides: ARI – (all are in one group on both sides)\n", words.Count(a.Both))
	}
	if !a.PSIDefined {
		return
	}
	fmt.Fprintf(t.out, "sizes: PSI of the %ss %s (%s), %s before → %s after", psiOf(c, t.flags.by), words.Index(a.PSI), stability(a), words.Count(a.Before), words.Count(a.Now))
	if why := c.AlikeByConstruction(); why != "" && a.PSI < stablePSI {
		fmt.Fprintf(t.out, "; %s, so that sizes stay alike by construction", why)
	}
	fmt.Fprintln(t.out)
}

// restText tells what one side has outside the tiers.
func restText(c session.Compared, symbol string) string {
	var texts []string
	for _, p := range c.Apart() {
		texts = append(texts, fmt.Sprintf("%s %s (%s)", p.Label, figure.Part(p, symbol), model.Printable(p.Why)))
	}
	return strings.Join(texts, " · ")
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
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

func (t compareText) flows() error {
	flows := t.c.Flows
	if len(flows) == 0 {
		return nil
	}
	if n := t.flags.flows; n > 0 && n < len(flows) {
		flows = flows[:n]
	}
	fmt.Fprintln(t.out)
	if t.c.Split != nil {
		fmt.Fprintf(t.out, "flows, with their revenue as of %s\n", t.c.After.AsOf)
	}
	table := newTable("customers", "revenue", "move", "because")
	table.right(0, 1)
	for _, f := range flows {
		move := f.From + " → " + f.To
		if len(f.Reasons) == 1 {
			table.row(words.Count(f.Customers), t.scale.Money(f.Revenue, t.symbol), move, f.Reasons[0].Text)
			continue
		}
		reasons, rest := session.Telling(f.Reasons, mostReasons)
		for i, r := range reasons {
			if i == 0 {
				table.row(words.Count(f.Customers), t.scale.Money(f.Revenue, t.symbol), move, words.Count(r.Customers)+": "+r.Text)
				continue
			}
			table.row("", "", "", words.Count(r.Customers)+": "+r.Text)
		}
		if rest > 0 {
			table.row("", "", "", words.Count(rest)+": other reasons")
		}
	}
	if err := t.writeText(table); err != nil {
		return err
	}
	if more := len(t.c.Flows) - len(flows); more > 0 {
		fmt.Fprintf(t.out, "and %s; --flows 0 lists them all\n", words.Plural(int64(more), "smaller flow", "smaller flows"))
	}
	return nil
}

func (t compareText) split() error {
	lead := t.lead()
	s := lead.Split
	if s == nil {
		return nil
	}
	fmt.Fprintf(t.out, "\nOf the %s, %s did by behaviour alone, %s by the rule alone, %s by both.%s\n%s\n\n",
		words.Plural(lead.Moved.Customers, "who moves", "who move"), words.Count(s.Behaviour.Customers), words.Count(s.Rule.Customers), words.Count(s.Both.Customers),
		putBack(s.Back.Customers), session.BehaviourWords)
	if t.ofRevenue() {
		fmt.Fprintf(t.out, "revenue: before and gone as of %s, after and new as of %s\n", t.c.Before.AsOf, t.c.After.AsOf)
	}
	table := newTable("", "before", "behaviour", "rule", "both", "new", "gone", "after")
	table.right(1, 2, 3, 4, 5, 6, 7)
	for _, tier := range s.Tiers {
		t.parts(table, tier.Label, tier)
		for _, g := range s.Segments {
			if g.Tier == tier.Tier {
				t.parts(table, "  "+g.Label, g)
			}
		}
	}
	if err := t.writeText(table); err != nil {
		return err
	}
	fmt.Fprintln(t.out, session.TierParts)
	return nil
}

// putBack tells of those who stay because the rule has moved, "" of nobody.
func putBack(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" Besides, %s of those who stay would have moved under the old rule.", words.Count(n))
}

func (t compareText) parts(table *table, label string, g session.SplitGroup) {
	gone := rfm.Flow{Customers: -g.Gone.Customers, Revenue: -g.Gone.Revenue}
	table.row(label, t.amount(g.Before), t.change(g.Behaviour), t.change(g.Rule), t.change(g.Both), t.change(g.New), t.change(gone), t.amount(g.After))
}

func (t compareText) amount(f rfm.Flow) string {
	if t.ofRevenue() {
		return t.scale.Money(f.Revenue, t.symbol)
	}
	return words.Count(f.Customers)
}

func (t compareText) change(f rfm.Flow) string {
	if !t.ofRevenue() {
		return words.Change(f.Customers)
	}
	switch {
	case f.Revenue > 0:
		return "▲ " + t.scale.Money(f.Revenue, t.symbol)
	case f.Revenue < 0:
		return "▼ " + t.scale.Money(-f.Revenue, t.symbol)
	}
	return "·"
}

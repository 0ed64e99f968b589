package migration

import (
	"strconv"

	"strata/analysis/rfm"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/session"
	"strata/tui/theme"
)

// fact is a line of what a migration comes to.
type fact struct {
	label  string
	flow   rfm.Flow
	of     rfm.Flow // the whole
	strong bool
}

func (s *Screen) facts() []fact {
	a := &s.shown.account
	both := rfm.Flow{Customers: a.moved.Customers + a.stayed.Customers, Revenue: a.moved.Revenue + a.stayed.Revenue}
	all := []fact{
		{"change segment", a.moved, both, true},
		{"  to a higher tier", a.up, both, false},
		{"  to a lower tier", a.down, both, false},
		{"  within their tier", a.within, both, false},
		{"stay", a.stayed, both, true},
	}
	ofNow, ofBefore := "", "" // on two days many come and go: what the share is of is said
	if s.shown.days != nil {
		ofNow, ofBefore = ", of all now", ", of all before"
	}
	if a.entered.Customers > 0 {
		all = append(all, fact{s.shown.outside.Before + ofNow, a.entered, a.now, false})
	}
	if a.left.Customers > 0 {
		all = append(all, fact{s.shown.outside.Now + ofBefore, a.left, a.before, false})
	}
	return all
}

// factLines draws what the migration comes to: customers and revenue, how far
// both divisions agree and, of two days, whose doing the change is. Blank lines
// go first where there is too little height.
func (s *Screen) factLines(width, height int) []string {
	parts := [][]string{s.accountLines(width), s.agreementLines(width)}
	if d := s.shown.days; d != nil && d.Split != nil {
		parts = append(parts, splitLines(s.theme, d.Split, width))
	}
	total := len(parts) - 1
	for _, part := range parts {
		total += len(part)
	}
	var lines []string
	for i, part := range parts {
		if i > 0 && total <= height {
			lines = append(lines, cells.Blank(width, 1)...)
		}
		lines = append(lines, part...)
	}
	return lines[:min(len(lines), max(height, 0))]
}

// accountLines draws who goes where, customers and revenue.
func (s *Screen) accountLines(width int) []string {
	facts := s.facts()
	texts := [][4]string{{"customers", "share", "revenue", "share"}}
	for _, f := range facts {
		texts = append(texts, [4]string{
			figure.Count(f.flow.Customers), figure.Share(f.flow.Customers, f.of.Customers),
			figure.Brief(f.flow.Revenue, s.symbol), figure.Share(f.flow.Revenue, f.of.Revenue),
		})
	}
	const gap = 2
	label, widths := 0, [4]int{}
	for _, f := range facts {
		label = max(label, cells.Width(f.label))
	}
	for _, row := range texts {
		for i, text := range row {
			widths[i] = max(widths[i], cells.Width(text)+gap)
		}
	}
	var lines []string
	for i, row := range texts {
		line, style := cells.NewLine(width), s.theme.Dim
		if i > 0 {
			style = s.theme.Text
			if facts[i-1].strong {
				style = s.theme.Strong
			}
			line.Put(style, facts[i-1].label)
		}
		line.SkipTo(label)
		for column, text := range row {
			if widths[column] > line.Left() {
				break // whole columns only
			}
			line.PutRight(style, text, line.At()+widths[column])
		}
		lines = append(lines, line.String())
	}
	return lines
}

func (s *Screen) agreementLines(width int) []string {
	of := "Agreement of the two rules on the same data"
	switch {
	case s.shown.days != nil:
		of = "Agreement of the two days"
	case s.shown.differ:
		of = "Agreement of the two rules, each on its own data"
	}
	lines := []string{cells.NewLine(width).Put(s.theme.Dim, of).String()}
	a := s.shown.agreement
	if !a.Defined {
		return append(lines, cells.NewLine(width).Put(s.theme.Dim, "nobody is tiered in both").String())
	}
	put := func(name string, value float64, says string) {
		line := cells.NewLine(width).Put(s.theme.Text, name).Skip(2).Put(s.theme.Strong, decimals(value)).Skip(2)
		lines = append(lines, line.Put(s.theme.Dim, cells.Fit(says, line.Left())).String())
	}
	put("ARI", a.ARI, ariSays(a.ARI))
	put("PSI", a.PSI, psiSays(a))
	return lines
}

// decimals writes an index with three decimals; what is not quite 1 or 0 is not
// written as if it were.
func decimals(v float64) string {
	text := strconv.FormatFloat(v, 'f', 3, 64)
	switch {
	case text == "1.000" && v < 1:
		return "0.999+"
	case text == "0.000" && v > 0:
		return "<0.001"
	case text == "-0.000":
		return "0.000"
	}
	return text
}

// ariSays words an adjusted Rand index by the bounds of D. Steinley, Properties
// of the Hubert-Arabie adjusted Rand index, 2004.
func ariSays(v float64) string {
	switch {
	case v == 1:
		return "the same groups"
	case v >= 0.9:
		return "nearly the same groups"
	case v >= 0.8:
		return "much the same groups"
	case v >= 0.65:
		return "partly the same groups"
	}
	return "largely other groups"
}

// psiSays words a population stability index by its customary bounds.
func psiSays(a session.Agreement) string {
	of := "sizes"
	if a.OfTiers {
		of = "sizes of tiers"
	}
	says := of + " shift moderately"
	switch {
	case a.PSI < 0.1:
		says = of + " stable"
	case a.PSI > 0.25:
		says = of + " shift a lot"
	}
	if n := len(a.Floored); n > 0 {
		says += ", " + figure.Count(int64(n)) + " empty as 0.01%"
	}
	return says
}

// compact is what it comes to in a few phrases.
func (s *Screen) compact() []string {
	a := &s.shown.account
	both := a.moved.Customers + a.stayed.Customers
	phrases := []string{
		figure.Count(a.moved.Customers) + " change segment " + figure.Share(a.moved.Customers, both) + ": " +
			figure.Count(a.up.Customers) + " up, " + figure.Count(a.down.Customers) + " down",
		figure.Brief(a.moved.Revenue, s.symbol) + " reclassified",
	}
	if s.shown.days != nil {
		phrases[1] = figure.Brief(a.moved.Revenue, s.symbol) + " of revenue"
	}
	if a.moved.Customers == 0 {
		phrases = nil
	}
	phrases = append(phrases, figure.Count(a.stayed.Customers)+" stay")
	if a.entered.Customers > 0 {
		phrases = append(phrases, figure.Count(a.entered.Customers)+" "+lower(s.shown.outside.Before))
	}
	if a.left.Customers > 0 {
		phrases = append(phrases, figure.Count(a.left.Customers)+" "+lower(s.shown.outside.Now))
	}
	if g := s.shown.agreement; g.Defined {
		phrases = append(phrases, "ARI "+decimals(g.ARI)+" "+ariSays(g.ARI), "PSI "+decimals(g.PSI)+" "+psiSays(g))
	}
	return phrases
}

// ruleSays tells where the part of the rule comes from although it is one scheme.
func (s *Screen) ruleSays() string {
	for _, cuts := range s.frame.Scheme.Cuts {
		if cuts.At == nil {
			return "rule: cuts found anew; frozen have none"
		}
	}
	return "rule: none, the cuts are frozen"
}

// splitLines draws what behaviour alone, the rule alone and both did to each tier.
func splitLines(th *theme.Theme, split *session.Split, width int) []string {
	titles := []string{"", "before", "behaviour", "rule", "both", "new", "gone", "after"}
	rows := [][]string{titles}
	for _, g := range split.Tiers {
		rows = append(rows, []string{
			g.Label, figure.Count(g.Before.Customers), figure.Change(g.Behaviour.Customers), figure.Change(g.Rule.Customers), figure.Change(g.Both.Customers),
			signed(g.New.Customers), signed(-g.Gone.Customers), figure.Count(g.After.Customers),
		})
	}
	widths := make([]int, len(titles))
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], cells.Width(text))
		}
	}
	gap, all := 2, 0
	for _, w := range widths {
		all += w
	}
	if all+gap*(len(widths)-1) > width {
		gap = 1
	}
	var lines []string
	for i, row := range rows {
		line := cells.NewLine(width)
		style := th.Text
		if i == 0 {
			style = th.Dim
		}
		end := 0
		for column, text := range row {
			if end += widths[column]; column == 0 {
				name := style
				if i > 0 {
					name = th.TierStrong(split.Tiers[i-1].Tier)
				}
				line.Put(name, text)
				continue
			}
			end += gap
			line.PutRight(style, text, end)
		}
		lines = append(lines, line.String())
	}
	return lines
}

// signed writes customers who come or go.
func signed(n int64) string {
	switch {
	case n > 0:
		return "+" + figure.Count(n)
	case n == 0:
		return "·"
	}
	return figure.Count(n)
}

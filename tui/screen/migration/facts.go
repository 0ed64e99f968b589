package migration

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/moves"
	"strata/tui/session"
	"strata/tui/theme"
)

// fact is a line of what a migration comes to, or, without figures, of whom those
// below it are parts.
type fact struct {
	label  string
	flow   rfm.Flow
	shares [2]string // of customers and of revenue
	strong bool
	head   bool
}

func (s *Screen) facts() []fact {
	a := &s.shown.account
	groups := []fact{{label: catalogue.T("change segment"), flow: a.moved, strong: true}, {label: catalogue.T("stay"), flow: a.stayed, strong: true}}
	parts := []fact{{label: catalogue.T("  to a higher tier"), flow: a.up}, {label: catalogue.T("  to a lower tier"), flow: a.down}}
	if s.shown.agreement.OtherMaps {
		groups[0].label, groups[1].label = catalogue.T("change tier"), catalogue.T("stay in their tier")
	} else {
		parts = append(parts, fact{label: catalogue.T("  within their tier"), flow: a.within})
	}
	if a.lost.Customers > 0 {
		parts = append(parts, fact{label: catalogue.T("  lose their tier"), flow: a.lost})
	}
	if a.gained.Customers > 0 {
		parts = append(parts, fact{label: catalogue.T("  gain a tier"), flow: a.gained})
	}
	for i, value := range []moves.Value{moves.Customers, moves.Revenue} {
		share(groups, parts, i, value)
	}
	all := slices.Concat(groups[:1], parts, groups[1:])
	of := func(flow, whole rfm.Flow) [2]string {
		return [2]string{words.Share(flow.Customers, whole.Customers), words.Share(flow.Revenue, whole.Revenue)}
	}
	outside := func(flow, whole rfm.Flow, label, when string) {
		if flow.Customers > 0 {
			all = append(all, fact{label: catalogue.T("of {customers} {when}", "customers", words.Count(whole.Customers), "when", when), head: true}, fact{label: label, flow: flow, shares: of(flow, whole)})
		}
	}
	outside(a.entered, a.now, s.shown.outside.Before, catalogue.T("now"))
	before := rfm.Flow{Customers: a.before.Customers}
	if s.shown.days != nil {
		before.Revenue = s.shown.days.Before.Total.Revenue
	}
	outside(a.left, before, s.shown.outside.Now, catalogue.T("before"))
	return all
}

// share fills in the shares of a value of those on both sides: the groups as they are
// printed add up to all, and so do the parts of the first with those of the others.
func share(groups, parts []fact, at int, value moves.Value) {
	var whole int64
	amounts := func(facts []fact) (all []int64) {
		for _, f := range facts {
			all = append(all, value.Of(f.flow))
		}
		return all
	}
	for _, n := range amounts(groups) {
		whole += n
	}
	ofGroups := words.Shares(amounts(groups), whole)
	ofParts := words.Shares(amounts(slices.Concat(parts, groups[1:])), whole)
	for i := range groups {
		groups[i].shares[at] = ofGroups[i]
	}
	for i := range parts {
		parts[i].shares[at] = ofParts[i]
	}
}

// shareOfBoth writes a share of those on both sides, as the table of facts has it where
// so many are in one of its lines.
func (s *Screen) shareOfBoth(customers int64) string {
	for _, f := range s.facts() {
		if f.head {
			break // below are shares of others
		}
		if f.flow.Customers == customers {
			return f.shares[0]
		}
	}
	return words.Share(customers, s.shown.both())
}

// factLines draws what the migration comes to: customers and revenue, how far
// both divisions agree and, of two days, whose doing the change is. Blank lines
// go first where there is too little height, then the whole words of notices.
func (s *Screen) factLines(width, height int) []string {
	parts := s.factParts(width, s.noticesWhole(width))
	if lineCount(parts) > height {
		parts = s.factParts(width, s.noticeLines(width))
	}
	return stackParts(parts, width, height)
}

// shortFacts is how many lines the facts take at the least, blank ones included.
func (s *Screen) shortFacts(width int) int {
	return len(stackParts(s.factParts(width, s.noticeLines(width)), width, s.height))
}

// factParts draws the parts of the facts, which blank lines set apart.
func (s *Screen) factParts(width int, notices []string) [][]string {
	parts := [][]string{s.accountLines(width), append(s.agreementLines(width), notices...)}
	if d := s.shown.days; d != nil && d.Split != nil {
		split := splitLines(s.theme, d.Split, width)
		for _, text := range []string{catalogue.T("behaviour: by their own data (orders, or none since)"), s.ruleSays(width), session.TierPartsShort} {
			split = append(split, cells.NewLine(width).Put(s.theme.Dim, cells.Fit(text, width)).String())
		}
		parts = append(parts, split)
	}
	return parts
}

func lineCount(parts [][]string) (n int) {
	for _, part := range parts {
		n += len(part)
	}
	return n
}

// stackParts puts parts one below the other on at most height lines, with blank
// lines between where there is room for all. The last part, a table, is left out
// where only its head would stand.
func stackParts(parts [][]string, width, height int) []string {
	total := lineCount(parts) + len(parts) - 1
	var lines []string
	for i, part := range parts {
		if i == len(parts)-1 && len(part) > 1 && len(lines) == height-1 {
			break
		}
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
	texts := [][4]string{{catalogue.T("customers"), catalogue.T("share"), catalogue.T("revenue"), catalogue.T("share")}}
	for _, f := range facts {
		if f.head {
			texts = append(texts, [4]string{})
			continue
		}
		texts = append(texts, [4]string{
			words.Count(f.flow.Customers), f.shares[0], words.Brief(f.flow.Revenue, s.symbol), f.shares[1],
		})
	}
	const gap = 2
	base := s.shown.base()
	label, widths := cells.Width(base), [4]int{}
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
		switch {
		case i == 0:
			line.Put(style, base)
		case facts[i-1].head:
			line.Put(style, facts[i-1].label)
		default:
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

// agreement is how alike the two are by what the rows are: segments or tiers.
func (s *Screen) agreement() session.Agreement {
	if s.byTier() {
		return s.shown.ofTiers
	}
	return s.shown.agreement
}

// agreementLines draws who belongs together on both sides and, apart from it, since
// that is of other people, how the sizes of the groups shift.
func (s *Screen) agreementLines(width int) []string {
	a, grouping := s.agreement(), catalogue.T("Grouping of ")
	if s.byTier() {
		grouping = catalogue.T("Grouping by tiers of ")
	}
	of := catalogue.T(", two rules on the same data")
	switch {
	case s.shown.days != nil:
		of = catalogue.T(" on both days")
	case s.shown.differ:
		of = catalogue.T(", each rule on its own data")
	}
	var lines []string
	head := func(text string) {
		lines = append(lines, cells.NewLine(width).Put(s.theme.Dim, cells.Fit(text, width)).String())
	}
	put := func(name, value, says string) {
		line := cells.NewLine(width).Put(s.theme.Text, name).Skip(2).Put(s.theme.Strong, value).Skip(2)
		lines = append(lines, line.Put(s.theme.Dim, cells.Fit(says, line.Left())).String())
	}
	head(grouping + words.Count(a.Both) + of)
	put("ARI", ariText(a), ariSays(a))
	if a.PSIDefined {
		of := catalogue.T("Sizes, ")
		if a.OfTiers {
			of = catalogue.T("Sizes of tiers, ")
		}
		head(of + sizesOf(a))
		put("PSI", words.Index(a.PSI), s.psiSays())
	}
	return lines
}

// warned are the warnings of the comparison that the facts tell: what there is to
// say of the index stands beside it, and [i] has all.
func (s *Screen) warned() []model.Warning {
	return slices.DeleteFunc(slices.Clone(s.shown.about), func(w model.Warning) bool {
		return w.Code == "psi-floored" || w.Code == "other-segments" || w.Code == "estimated-cuts"
	})
}

// noticeLines draws what to know about the comparison, each on its line as far as
// it fits.
func (s *Screen) noticeLines(width int) []string {
	var lines []string
	for _, w := range s.warned() {
		lines = append(lines, cells.NewLine(width).Put(s.theme.Warning, notice(w, width)).String())
	}
	return lines
}

// noticesWhole draws the same to their last word.
func (s *Screen) noticesWhole(width int) []string {
	const indent = 2
	var lines []string
	for _, w := range s.warned() {
		for i, text := range cells.Wrap(cells.Clean(w.Message), width-indent) {
			line := cells.NewLine(width)
			if i == 0 {
				line.Put(s.theme.Warning, "!")
			}
			lines = append(lines, line.SkipTo(indent).Put(s.theme.Warning, text).String())
		}
	}
	return lines
}

// notice shortens a warning to a width: by what stands after a colon first.
func notice(w model.Warning, width int) string {
	text := cells.Clean("! " + w.Message)
	if short, _, found := strings.Cut(text, ": "); found && cells.Width(text) > width {
		text = short + " …"
	}
	return cells.Fit(text, width)
}

// sizesOf tells whose groups have the sizes that are compared.
func sizesOf(a session.Agreement) string {
	return catalogue.T("{before} before → {now} now", "before", words.Count(a.Before), "now", words.Count(a.Now))
}

// ariText writes an adjusted Rand index, a dash where there is none.
func ariText(a session.Agreement) string {
	if !a.ARIDefined {
		return "–"
	}
	return words.Index(a.ARI)
}

// ariSays words an adjusted Rand index by its ends alone: what lies between has no
// bounds that everybody draws.
func ariSays(a session.Agreement) string {
	switch v := a.ARI; {
	case a.Both == 0:
		return catalogue.T("no customer is on both sides")
	case !a.ARIDefined:
		return catalogue.T("all are in one group on both sides")
	case v == 1:
		return catalogue.T("same grouping, whatever the names")
	case v <= 0:
		return catalogue.T("no more alike than by chance")
	}
	return catalogue.T("1 would be the same grouping, 0 chance")
}

// psiSays words a population stability index by its customary bounds, where it is
// more than chance gives.
func (s *Screen) psiSays() string {
	a, of := s.agreement(), catalogue.T("sizes")
	if a.OfTiers {
		of = catalogue.T("sizes of tiers")
	}
	says := catalogue.T("{sizes} shift moderately", "sizes", of)
	switch d := s.shown.days; {
	case a.Chance:
		says = catalogue.T("within chance for {customers}", "customers", words.Customers(a.Fewer()))
	case a.PSI < 0.1 && d != nil && d.AlikeByConstruction() != "":
		says = catalogue.T("{sizes} stable by construction", "sizes", of)
	case a.PSI < 0.1:
		says = catalogue.T("{sizes} stable", "sizes", of)
	case a.PSI > 0.25:
		says = catalogue.T("{sizes} shift a lot", "sizes", of)
	}
	if n := len(a.Floored); n > 0 && !a.Chance {
		says += catalogue.T(", {count} empty as 0.01%", "count", words.Count(int64(n)))
	}
	return says
}

// compact is what it comes to in a few phrases.
func (s *Screen) compact() []string {
	a := &s.shown.account
	what := words.Agree(a.moved.Customers, catalogue.T(" changes segment"), catalogue.T(" change segment"))
	if s.shown.agreement.OtherMaps {
		what = words.Agree(a.moved.Customers, catalogue.T(" changes tier"), catalogue.T(" change tier"))
	}
	phrases := []string{
		words.Count(a.moved.Customers) + " " + s.shown.ofBoth() + what + " (" + s.shareOfBoth(a.moved.Customers) + "): " +
			strings.Join(append([]string{catalogue.T("{customers} up", "customers", words.Count(a.up.Customers)), catalogue.T("{customers} down", "customers", words.Count(a.down.Customers))}, s.shown.moves.TierWords()...), ", "),
		catalogue.T("{revenue} reclassified", "revenue", words.Brief(a.moved.Revenue, s.symbol)),
	}
	if d := s.shown.days; d != nil {
		phrases[1] = catalogue.T("{revenue} of revenue as of {as_of}", "revenue", words.Brief(a.moved.Revenue, s.symbol), "as_of", d.After.AsOf.String())
	}
	if a.moved.Customers == 0 {
		phrases = nil
	}
	stay := words.Agree(a.stayed.Customers, " stays", " stay")
	if s.shown.agreement.OtherMaps {
		stay += catalogue.T(" in their tier")
	}
	phrases = append(phrases, words.Count(a.stayed.Customers)+stay)
	if a.entered.Customers > 0 {
		phrases = append(phrases, words.Count(a.entered.Customers)+" "+words.Small(s.shown.outside.Before))
	}
	if a.left.Customers > 0 {
		phrases = append(phrases, words.Count(a.left.Customers)+" "+words.Small(s.shown.outside.Now))
	}
	g, ari := s.agreement(), "ARI "
	if s.byTier() {
		ari = catalogue.T("ARI of tiers ")
	}
	if phrases = append(phrases, ari+ariText(g)+" "+ariSays(g)); g.PSIDefined {
		phrases = append(phrases, catalogue.T("PSI {psi} {verdict}, {counts}", "psi", words.Index(g.PSI), "verdict", s.psiSays(), "counts", sizesOf(g)))
	}
	for _, w := range s.shown.about {
		if w.Code == "days-reversed" || w.Code == "other-measures" || w.Code == "tiny-group" {
			short, _, _ := strings.Cut(w.Message, ": ")
			phrases = append(phrases, "! "+cells.Clean(short))
		}
	}
	return phrases
}

// ruleSays tells where the part of the rule comes from although it is one scheme:
// which cuts are drawn anew from the data of each day, and which are not.
func (s *Screen) ruleSays(width int) string {
	var anew, fixed []string
	for axis, cuts := range s.frame.Scheme.Cuts {
		if cuts.At == nil {
			anew = append(anew, words.Axis(model.Axis(axis)))
		} else {
			fixed = append(fixed, words.Axis(model.Axis(axis)))
		}
	}
	if s.frame.Scheme.Value.ByShare() {
		anew = append(anew, catalogue.T("tiers"))
	}
	switch {
	case anew == nil:
		return catalogue.T("rule: none, no cut is recalculated")
	case fixed == nil:
		return catalogue.T("rule: cuts recalculated each day")
	}
	says := catalogue.T("{recalculated}; {fixed} fixed", "recalculated", strings.Join(anew, ", "), "fixed", strings.Join(fixed, ", "))
	if full := catalogue.T("rule: cuts recalculated each day: {which}", "which", says); cells.Width(full) <= width {
		return full
	}
	return catalogue.T("recalculated each day: {which}", "which", says)
}

// splitLines draws what behaviour alone, the rule alone and both did to each tier.
func splitLines(th *theme.Theme, split *session.Split, width int) []string {
	titles := []string{"", catalogue.T("before"), catalogue.T("behaviour"), catalogue.T("rule"), catalogue.T("both"), catalogue.T("new"), catalogue.T("gone"), catalogue.T("after")}
	rows := [][]string{titles}
	for _, g := range split.Tiers {
		rows = append(rows, []string{
			g.Label, words.Count(g.Before.Customers), words.Change(g.Behaviour.Customers), words.Change(g.Rule.Customers), words.Change(g.Both.Customers),
			words.Change(g.New.Customers), words.Change(-g.Gone.Customers), words.Count(g.After.Customers),
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

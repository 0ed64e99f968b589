package tiers

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// phrase is a stretch of the band that stays together: words in the second
// voice and, after each, a figure in the first.
type phrase []string

// band draws what changes between the baseline and now.
func (s *Screen) band(r rect) []string {
	if r.height == 0 {
		return nil
	}
	key := panelKey{frame: s.frame, rect: r, cut: s.cut, pane: s.pane, row: s.flow, symbol: s.symbol, theme: s.theme}
	return s.memo.below.drawn(key, func() []string {
		p := pane.Pane{Title: catalogue.T("{against} → now", "against", s.frame.Against()), Width: r.width, Height: r.height, Focused: s.pane == bandPane}
		width, height := p.Inner()
		if s.pane == bandPane {
			return p.Lines(s.theme, s.markedFlow(width, height))
		}
		return p.Lines(s.theme, s.paragraphs(width, height))
	})
}

// workloadFrom is how many lines the band must have for the workload, which S
// shows, too, to be worth one.
const workloadFrom = 3

// paragraphs lays out the summary, the flows, whom fair rules keep and the
// workload, each on lines of its own. Each gets a line before one gets its
// second; the notes, which can be asked for, get what is left.
func (s *Screen) paragraphs(width, height int) []string {
	about := [][]phrase{s.summary(), s.flows(), s.keptPhrases()}
	if height >= workloadFrom {
		about = append(about, s.workload())
	}
	about = slices.DeleteFunc(about, func(p []phrase) bool { return len(p) == 0 })
	var lines []string
	for i, phrases := range append(about, s.notes()) {
		others := max(len(about)-1-i, 0)
		drawn, _ := flow(s.theme, phrases, width, max(height-len(lines)-others, min(height-len(lines), 1)), none)
		lines = append(lines, drawn...)
	}
	return lines
}

// markedFlow draws the flows alone, from as far on as the marked one asks for.
func (s *Screen) markedFlow(width, height int) []string {
	flows := s.flows()
	for first := 0; ; first++ {
		lines, drawn := flow(s.theme, flows[first:], width, height, s.flow-first)
		if s.flow < first+drawn || first == s.flow {
			return lines
		}
	}
}

// summary tells how much changes.
func (s *Screen) summary() []phrase {
	f := s.frame
	high, ok := tierGroup(f, model.TierHigh)
	lead, byTier := f.Moves.Lead()
	group, verb := catalogue.T("segment"), words.Agree(lead.Customers, "moves", "move")
	if byTier {
		group, verb = catalogue.T("tier"), words.Agree(lead.Customers, catalogue.T("changes tier"), catalogue.T("change tier"))
	}
	switch {
	case f.Total.Customers == 0:
		return []phrase{{catalogue.T("No customers to tier: no order counts under the policies of this scheme")}}
	case lead.Customers == 0 && (f.Edited || byTier):
		return slices.Concat([]phrase{{catalogue.T("No customer changes {group}", "group", group)}}, s.renamed(lead), s.outside(), s.standing(high, ok))
	case lead.Customers == 0:
		return slices.Concat([]phrase{{catalogue.T("Nothing moved yet: "), "← →", catalogue.T(" moves the marked cut")}}, s.outside(), s.standing(high, ok))
	}
	both, whose, ofRevenue := s.both(), words.Agree(lead.Customers, " customer", " customers"), ""
	if f.Moves.Entered.Customers+f.Moves.Left.Customers > 0 {
		whose, ofRevenue = catalogue.T(" of the {customers} on both sides", "customers", words.Count(both.Customers)), catalogue.T(" of theirs")
	}
	phrases := []phrase{{"", words.Count(lead.Customers), whose + " (" + words.Share(lead.Customers, both.Customers) + ") " + verb}}
	if !f.Scheme.Value.Unvalued {
		phrases = append(phrases, phrase{"", words.Brief(lead.Revenue, s.symbol), catalogue.T(" of revenue ({revenue}{of_revenue}) reclassified", "revenue", words.Share(lead.Revenue, both.Revenue), "of_revenue", ofRevenue)})
	}
	if lead.Up+lead.Down > 0 {
		phrases = append(phrases, phrase{
			"", words.Count(lead.Up), catalogue.T(" to a higher tier, "), words.Count(lead.Down), catalogue.T(" to a lower"),
		})
	}
	for _, words := range lead.TierWords() {
		many, what, _ := strings.Cut(words, " ")
		phrases = append(phrases, phrase{"", many, " " + what})
	}
	if byTier {
		phrases = append(phrases, s.renamed(lead)...)
	}
	return slices.Concat(phrases, s.outside(), s.change(high, ok))
}

// both are those who are in the tiers before and now, with their revenue.
func (s *Screen) both() rfm.Flow {
	entered := s.frame.Moves.Entered
	return rfm.Flow{Customers: s.frame.Total.Customers - entered.Customers, Revenue: s.frame.Total.Revenue - entered.Revenue}
}

// renamed tells how many stay in their tier, and of them whose segment goes by
// another name there; nil where none does.
func (s *Screen) renamed(tiers session.Moves) []phrase {
	n := s.frame.Moves.Customers - tiers.Customers
	if n == 0 {
		return nil
	}
	stay := s.both().Customers - tiers.Customers
	of := words.Count(n)
	if n == stay {
		of = catalogue.T("all")
	}
	return []phrase{{"", words.Count(stay), words.Agree(stay, catalogue.T(" stays in its tier, "), catalogue.T(" stay in their tier, ")), of, catalogue.T(" of them in a segment of another name")}}
}

// outside tells who is on one side only: the tiers change by them, too.
func (s *Screen) outside() []phrase {
	var phrases []phrase
	if n := s.frame.Moves.Left.Customers; n > 0 {
		phrases = append(phrases, phrase{"", words.Count(n), words.Agree(n, " of the baseline is not in these tiers ({why})", " of the baseline are not in these tiers ({why})", "why", s.frame.LeftTo())})
	}
	if n := s.frame.Moves.Entered.Customers; n > 0 {
		phrases = append(phrases, phrase{"", words.Count(n), catalogue.T(" not in the baseline")})
	}
	return phrases
}

// standing tells the KPIs of HIGH as they are.
func (s *Screen) standing(high session.Group, ok bool) []phrase {
	value, hasValue := high.Now.OrderValue()
	rate, hasRate := high.Now.RepeatRate()
	if !ok || !hasValue || !hasRate {
		return nil
	}
	return []phrase{
		{catalogue.T("HIGH order value "), words.Brief(value, s.symbol)},
		{catalogue.T("HIGH repeat rate "), words.Percent(rate)},
	}
}

// change tells how the KPIs of HIGH change with the people in it.
func (s *Screen) change(high session.Group, ok bool) []phrase {
	was, hadValue := high.Was.OrderValue()
	now, hasValue := high.Now.OrderValue()
	rateWas, hadRate := high.Was.RepeatRate()
	rate, hasRate := high.Now.RepeatRate()
	if !ok || !hadValue || !hasValue || !hadRate || !hasRate {
		return nil
	}
	return []phrase{
		{catalogue.T("HIGH order value "), fromTo(words.Brief(was, s.symbol), words.Brief(now, s.symbol))},
		{catalogue.T("HIGH repeat rate "), fromTo(words.Percent(rateWas), words.Percent(rate))},
	}
}

// fromTo writes a change, or the figure alone where it looks the same.
func fromTo(was, now string) string {
	if was == now {
		return now
	}
	return was + " → " + now
}

// flows tells who moves where, the largest flows first.
func (s *Screen) flows() []phrase {
	var phrases []phrase
	for _, f := range s.frame.Moves.LargestFlows {
		phrases = append(phrases, phrase{
			"", words.Count(f.Customers), " " + f.From + " → " + f.To + " (" + words.Brief(f.Revenue, s.symbol) + ")",
		})
	}
	return phrases
}

// notes tells what else belongs to these figures.
func (s *Screen) notes() []phrase {
	var phrases []phrase
	if why := figure.BelowZero(s.frame, s.symbol); why != "" {
		phrases = append(phrases, phrase{catalogue.T("shares of revenue: "), why})
	}
	for _, p := range s.frame.Apart() {
		if p.Customers == 0 && p.Value == 0 { // of those in the tiers: [w] tells
			continue
		}
		phrases = append(phrases, phrase{p.Label + ": ", figure.Part(p, s.symbol), " (" + p.Why + ")"})
	}
	for _, w := range s.frame.Warnings {
		phrases = append(phrases, phrase{"! " + w.Message})
	}
	return phrases
}

// between stands between phrases on a line.
const between = "   ·   "

// none is no marked phrase.
const none = -1

// more stands where phrases follow that there is no room for.
const more = " …"

// flow sets phrases on at most height lines, one of them marked, and tells how
// many there was room for. A phrase that does not fit on what is left of a line
// goes to the next; it is cut only where it is longer than a line. A mark at the
// end tells that there was more.
func flow(th *theme.Theme, phrases []phrase, width, height, marked int) (drawn []string, placed int) {
	var lines []*cells.Line
	for n, p := range phrases {
		room := 0
		if len(lines) == height && n < len(phrases)-1 {
			room = cells.Width(more)
		}
		if rows := len(lines); rows > 0 && cells.Width(between+strings.Join(p, ""))+room <= lines[rows-1].Left() {
			lines[rows-1].Put(th.Faint, between)
		} else {
			if rows >= height {
				if rows > 0 && lines[rows-1].Left() >= cells.Width(more) {
					lines[rows-1].Put(th.Faint, more)
				}
				break
			}
			lines = append(lines, cells.NewLine(width))
		}
		for i, text := range p {
			style := th.Dim
			switch {
			case n == marked:
				style = th.Selected
			case i%2 == 1:
				style = th.Strong
			}
			lines[len(lines)-1].Put(style, text)
		}
		placed++
	}
	drawn = make([]string, len(lines))
	for i, line := range lines {
		drawn[i] = line.String()
	}
	return drawn, placed
}

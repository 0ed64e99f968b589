package migration

import (
	"math"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/moves"
	"strata/tui/screen"
	"strata/tui/session"
)

// tellLines draws what is to be said about the marked cell.
func (s *Screen) tellLines(l layout, width int) []string {
	said := s.told()
	if l.flows.Height == 0 && len(s.flowList()) == 0 {
		said = s.nothing() // there is no other place to say it
	}
	lines := fill(s.theme, said, width, tellHeight)
	return append(lines, cells.Blank(width, tellHeight-len(lines))...)
}

// told words the marked cell, head or flow.
func (s *Screen) told() []phrase {
	switch {
	case s.inList:
		f, _ := s.markedFlow()
		return s.toldFlow(f)
	case s.col == moves.Head:
		return told(s.toldRow()...)
	case s.row == moves.Head:
		return told(s.toldColumn()...)
	}
	return s.toldCell()
}

func (s *Screen) toldFlow(f session.Flow) []phrase {
	a, revenue := &s.shown.account, catalogue.T("{revenue} of revenue", "revenue", s.flowScale().Money(f.Revenue, s.symbol))
	part := s.shareOfBoth(f.Customers) + " " + s.shown.ofBoth()
	if !s.shown.agreement.OtherMaps {
		part = catalogue.T("{share} of the {moving} who move", "share", words.Share(f.Customers, a.moved.Customers), "moving", words.Count(a.moved.Customers))
		revenue += catalogue.T(" ({share} of theirs)", "share", words.Share(f.Revenue, a.moved.Revenue))
	}
	return []phrase{{text: words.Count(f.Customers) + " " + flowName(f)}, {text: part}, {why: s.because(f.Was, f.Now)}, {text: revenue}}
}

func (s *Screen) toldCell() []phrase {
	t := s.table()
	flow, row, from, to := t.Flows[s.row][s.col], t.Before[s.row], t.Rows[s.row], t.Cols[s.col]
	name, into := cells.Clean(from.Label), cells.Clean(to.Label)
	whom := catalogue.T("{customers} in {name}", "customers", words.Plural(row.Customers, "customer", "customers"), "name", name)
	still := t.Still(s.row)
	share := words.Share(flow.Customers, still.Customers) // of the counts beside it; only a table's shares add up
	partly := !from.Outside && !to.Outside && still.Customers != row.Customers
	verb := words.Agree(flow.Customers, "moves to {into}", "move to {into}", "into", into)
	if partly {
		whom = catalogue.T("the {customers} still there", "customers", words.Count(still.Customers))
		verb = words.Agree(flow.Customers, "moves {flow}", "move {flow}", "flow", name+" → "+into)
	}
	switch {
	case t.Stays(s.row, s.col):
		if verb = words.Agree(flow.Customers, "stays", "stay"); partly {
			verb = words.Agree(flow.Customers, "stays in {name}", "stay in {name}", "name", name)
		}
	case to.Outside:
		verb, share = words.Agree(flow.Customers, "is {now}", "are {now}", "now", words.Small(into)), words.Share(flow.Customers, row.Customers)
	case from.Outside:
		whom, verb = words.Count(row.Customers)+" "+words.Small(name), words.Agree(flow.Customers, "is in {into} now", "are in {into} now", "into", into)
	}
	phrases := told(catalogue.T("{customers} of {whom} ({share}) {verb}", "customers", words.Count(flow.Customers), "whom", whom, "share", share, "verb", verb))
	if flow.Customers == 0 {
		return phrases
	}
	worth := catalogue.T("{revenue} of revenue ({share} of theirs)", "revenue", words.Brief(flow.Revenue, s.symbol), "share", words.Share(flow.Revenue, still.Revenue))
	if to.Outside {
		worth = s.revenueBefore(flow)
	}
	if !from.Outside && !to.Outside {
		phrases = append(phrases, phrase{text: s.shareOfBoth(flow.Customers) + " " + s.shown.ofBoth()})
	}
	switch {
	case !t.Moves(s.row, s.col):
	case !t.ByTier:
		return append(phrases, phrase{why: s.because(from.Slug, to.Slug)}, phrase{text: worth})
	default:
		if f, ok := s.largestWithin(from.Tier, to.Tier); ok {
			mostly := catalogue.T("mostly {flow} ({customers})", "flow", flowName(f), "customers", words.Count(f.Customers))
			return append(phrases, phrase{text: worth}, phrase{text: mostly, quiet: true}, phrase{why: s.because(f.Was, f.Now)})
		}
	}
	return append(phrases, phrase{text: worth})
}

// largestWithin returns the largest flow between segments of two tiers.
func (s *Screen) largestWithin(from, to model.Tier) (largest session.Flow, ok bool) {
	t := s.shown.segments
	for row, r := range t.Rows {
		for col, c := range t.Cols {
			if f := t.Flows[row][col]; r.Tier == from && c.Tier == to && t.Moves(row, col) && f.Customers > largest.Customers {
				largest = session.Flow{From: r.Label, To: c.Label, Was: r.Slug, Now: c.Slug, Customers: f.Customers, Revenue: f.Revenue}
			}
		}
	}
	return largest, largest.Customers > 0
}

func (s *Screen) toldRow() []string {
	t := s.table()
	if t.Rows[s.row].Outside {
		return s.toldOutside(t.Rows[s.row].Label, t.Before[s.row])
	}
	told := s.toldHead(catalogue.T("{label} before", "label", cells.Clean(t.Rows[s.row].Label)), t.Before[s.row], catalogue.T("stay"), catalogue.T("move to another"), func(yield func(int, int)) {
		for col := range t.Cols {
			yield(s.row, col)
		}
	})
	if left := t.Before[s.row].Customers - s.stillTiered(s.row).Customers; left > 0 {
		told = append(told, words.Agree(left, "{customers} of them is {now}, whose revenue is not in it", "{customers} of them are {now}, whose revenue is not in it", "customers", words.Count(left), "now", words.Small(s.shown.outside.Now)))
	}
	return told
}

func (s *Screen) toldColumn() []string {
	t := s.table()
	if t.Cols[s.col].Outside {
		return []string{words.Count(t.Now[s.col].Customers) + " " + words.Small(t.Cols[s.col].Label), s.revenueBefore(t.Now[s.col])}
	}
	told := s.toldHead(catalogue.T("{label} now", "label", cells.Clean(t.Cols[s.col].Label)), t.Now[s.col], catalogue.T("were here"), catalogue.T("come from another"), func(yield func(int, int)) {
		for row := range t.Rows {
			yield(row, s.col)
		}
	})
	if last := len(t.Rows) - 1; t.Rows[last].Outside && t.Flows[last][s.col].Customers > 0 {
		n := t.Flows[last][s.col].Customers
		told = append(told, words.Agree(n, "{customers} of them is {before}", "{customers} of them are {before}", "customers", words.Count(n), "before", words.Small(s.shown.outside.Before)))
	}
	return told
}

// revenueBefore writes the revenue of those who are not there now, which is of the day
// before.
func (s *Screen) revenueBefore(sum rfm.Flow) string {
	revenue := words.Brief(sum.Revenue, s.symbol)
	if d := s.shown.days; d != nil {
		return catalogue.T("{revenue} of revenue as of {as_of}", "revenue", revenue, "as_of", d.Before.AsOf.String())
	}
	return catalogue.T("{revenue} of revenue as measured before", "revenue", revenue)
}

// toldOutside words all who are on one side only.
func (s *Screen) toldOutside(name string, sum rfm.Flow) []string {
	return []string{words.Count(sum.Customers) + " " + words.Small(name), catalogue.T("{revenue} of revenue", "revenue", words.Brief(sum.Revenue, s.symbol))}
}

// toldHead words a row or a column as a whole: each yields its cells.
func (s *Screen) toldHead(name string, sum rfm.Flow, stay, other string, each func(func(row, col int))) []string {
	var stayed, moved int64
	t := s.table()
	each(func(row, col int) {
		switch n := t.Flows[row][col].Customers; {
		case t.Stays(row, col):
			stayed += n
		case t.Moves(row, col):
			moved += n
		}
	})
	return []string{
		words.Count(sum.Customers) + " " + name,
		words.Count(stayed) + " " + stay,
		words.Count(moved) + " " + other,
		catalogue.T("{revenue} of revenue", "revenue", words.Brief(sum.Revenue, s.symbol)),
	}
}

// Focused tells what is marked in a few words.
func (s *Screen) Focused() string {
	if s.shown == nil {
		return ""
	}
	q, flow := s.asked()
	if f, ok := s.markedFlow(); s.inList && ok {
		flow.Customers = f.Customers
	}
	return q.Title + ": " + words.Count(flow.Customers)
}

// asked returns who is marked, and how many.
func (s *Screen) asked() (session.PeopleQuery, rfm.Flow) {
	t := s.table()
	var q session.PeopleQuery
	if s.shown.days != nil {
		q.Among = s.shown.days.Roster()
	}
	if f, ok := s.markedFlow(); s.inList && ok {
		q.Title, q.Was, q.Segment, q.Moved = flowName(f), f.Was, f.Now, true
		return q, rfm.Flow{Customers: f.Customers, Revenue: f.Revenue}
	}
	switch {
	case s.col == moves.Head:
		from(&q, t, s.row)
		q.Title = catalogue.T("{label} before", "label", cells.Clean(t.Rows[s.row].Label))
		if t.Rows[s.row].Outside {
			q.Title = cells.Clean(t.Rows[s.row].Label)
		}
		return q, s.stillTiered(s.row)
	case s.row == moves.Head:
		q.Title = catalogue.T("{label} now", "label", cells.Clean(t.Cols[s.col].Label))
		if t.Cols[s.col].Outside {
			q.Title, q.Left = cells.Clean(t.Cols[s.col].Label), true
		} else {
			into(&q, t, s.col)
		}
		return q, t.Now[s.col]
	}
	q.Title = cells.Clean(t.Rows[s.row].Label) + " → " + cells.Clean(t.Cols[s.col].Label)
	stays := t.Stays(s.row, s.col)
	switch {
	case stays:
		q.Title = catalogue.T("{label}, who stay", "label", cells.Clean(t.Rows[s.row].Label))
	case !t.Rows[s.row].Outside && !t.Cols[s.col].Outside:
		q.Moved, q.Changed = !t.ByTier, t.ByTier
	}
	if t.Cols[s.col].Outside {
		// Of those who are not tiered now the list tells where they were.
		q.Left = true
		into(&q, &moves.Table{ByTier: t.ByTier, Cols: t.Rows}, s.row)
	} else {
		from(&q, t, s.row)
		into(&q, t, s.col)
	}
	return q, t.Flows[s.row][s.col]
}

// stillTiered returns those of a row who are tiered now: the others are no
// people of the working scheme, and listed by their own cell.
func (s *Screen) stillTiered(row int) rfm.Flow {
	t := s.table()
	sum := t.Before[row]
	for col, g := range t.Cols {
		if g.Outside {
			sum.Customers -= t.Flows[row][col].Customers // whose revenue is not in the sum
		}
	}
	return sum
}

// from narrows a query to a row, into to a column.
func from(q *session.PeopleQuery, t *moves.Table, row int) {
	switch g := t.Rows[row]; {
	case g.Outside:
		q.Entered = true
	case t.ByTier:
		q.WasTier = g.Tier
	default:
		q.Was = g.Slug
	}
}

func into(q *session.PeopleQuery, t *moves.Table, col int) {
	if g := t.Cols[col]; t.ByTier {
		q.Tier = g.Tier
	} else {
		q.Segment = g.Slug
	}
}

// people asks for exactly those who are marked.
func (s *Screen) people() screen.Outcome {
	q, flow := s.asked()
	if flow.Customers == 0 {
		return screen.Outcome{Note: catalogue.T("no customers: {title}", "title", q.Title)}
	}
	return screen.Outcome{People: &q}
}

// explain tells what the marked cell and the indexes mean.
func (s *Screen) explain() *screen.Text {
	q, _ := s.asked()
	var said []string
	for _, p := range s.told() {
		if p.text != "" {
			said = append(said, p.text)
		}
	}
	text := &screen.Text{Title: q.Title, Paragraphs: []string{strings.Join(said, "; ") + "."}}
	if f, ok := s.markedFlow(); s.inList && ok || q.Moved {
		was, now := f.Was, f.Now
		if !s.inList {
			was, now = q.Was, q.Segment
		}
		if s.shown.reasons != nil {
			for _, r := range s.shown.reasons(was, now) {
				text.Paragraphs = append(text.Paragraphs, words.Customers(r.Customers)+", "+words.Brief(r.Revenue, s.symbol)+": "+r.Text+".")
			}
		}
	}
	switch {
	case s.shown.days == nil && s.shown.differ:
		text.Paragraphs = append(text.Paragraphs,
			catalogue.T("Rows are where customers are under {before}, the baseline, columns where they are under {now}. The two look at different orders: their day, window, filter or policies differ. Their revenue is reclassified, not won or lost.", "before", s.shown.before, "now", s.shown.now))
	case s.shown.days == nil:
		text.Paragraphs = append(text.Paragraphs,
			catalogue.T("Rows are where customers are under {before}, the baseline, columns where they are under {now}. Both look at the same orders: nobody bought more or less. Their revenue is reclassified, not won or lost.", "before", s.shown.before, "now", s.shown.now))
	default:
		text.Paragraphs = append(text.Paragraphs,
			catalogue.T("Rows are where customers were on {before}, columns where they are on {now}, under one scheme. Revenue is as of {now}, but that of customers who are gone is as of {before} and is not added to the rest.", "before", s.shown.before, "now", s.shown.now),
			catalogue.T("{behaviour} Rule: customers moved only by the cuts, which are recalculated from the later data. Both: customers who moved by their own data and were moved on by the cuts. {parts} {rule}", "behaviour", session.BehaviourWords, "parts", session.TierParts, "rule", sentence(s.ruleSays(math.MaxInt))))
	}
	if s.shown.days != nil {
		for _, side := range []session.Compared{s.shown.days.Before, s.shown.days.After} {
			text.Paragraphs = append(text.Paragraphs, s.restOf(side))
		}
	}
	text.Paragraphs = append(text.Paragraphs, s.notices()...)
	if d := s.shown.days; d != nil && d.AlikeByConstruction() != "" {
		text.Paragraphs = append(text.Paragraphs, catalogue.T("Here {reason}, so sizes stay alike by construction.", "reason", d.AlikeByConstruction()))
	}
	return &screen.Text{Title: text.Title, Paragraphs: append(text.Paragraphs,
		catalogue.T("ARI, the adjusted Rand index, compares every pair of customers who are on both sides, by segments, or by tiers where these are shown: 1 where both sides group the same customers together, whatever the groups are called, 0 where they agree only as chance would. It is not a share of customers."),
		catalogue.T("PSI, the population stability index, compares the sizes of the segments before and now, or of the tiers where these are shown or where some segment is on one side only: below 0.1 is stable, up to 0.25 moderate, above that major. Where the two sides are not the same customers, a PSI that 19 of 20 pairs of random samples stay below is put down to chance. The shading of a cell grows with the square root of its figure: green to a higher tier, red to a lower one, the third colour within a tier."))}
}

// notices lists what to know about what is compared.
func (s *Screen) notices() []string {
	warnings := s.shown.about
	if s.shown.days != nil {
		warnings = s.shown.days.Warnings
	}
	var texts []string
	for _, w := range warnings {
		texts = append(texts, sentence(w.Message))
	}
	return texts
}

// sentence begins large and ends in a full stop.
func sentence(text string) string {
	return words.Capital(text) + "."
}

// restOf tells what of the workspace one day has outside the tiers.
func (s *Screen) restOf(c session.Compared) string {
	var texts []string
	for _, p := range c.Apart() {
		texts = append(texts, p.Label+" "+figure.Part(p, s.symbol)+" ("+p.Why+")")
	}
	if texts == nil {
		return catalogue.T("As of {as_of}, the whole workspace is in the tiers.", "as_of", c.AsOf.String())
	}
	return catalogue.T("As of {as_of}, the rest of the workspace: {rest}.", "as_of", c.AsOf.String(), "rest", strings.Join(texts, "; "))
}

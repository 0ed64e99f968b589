package main

import (
	"cmp"
	"fmt"
	"slices"

	"strata/analysis/goal"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// suggestAnswer tells a proposal. Method is "goal" for a goal, and goal and free are
// empty for a method. Cuts are those proposed, cuts_before those of the scheme that
// was asked about. Achieved has an object for each tier; terms say what became of each
// term of a goal: missed is empty if it is met, and aim the nearest whole number that =
// was taken for, in words, empty if it is one itself. Gap and bound are fractions (of
// all customers, of all revenue, added up; null where revenue is missed and all
// together is not above zero), and no cuts of the free ones have a gap below bound.
// Under fair rules the tiers have those whom the rules keep, bound is null and proven
// false: nothing is known of other cuts. Least is how many customers every score keeps
// of the measures whose cuts may move, or as many as it had before where that is
// fewer, 0 without a floor, and floor the same in a sentence; bound and proven are
// about such cuts. Moved, up, down and revenue_reclassified compare with the scheme
// that was asked about, and scheme is the proposed one as YAML, which a page has below.
func suggestAnswer(p *session.Proposal, info model.Info) *answer.Document {
	f, money := p.Frame, amountsFor(p.Frame)
	symbol := words.Symbol(words.CurrencyOf(info))
	tiers, _, _ := groupRows(f)
	columns := suggestColumns(f, money, symbol)
	achieved := new(answer.Document)
	for _, t := range slices.SortedFunc(slices.Values(tiers), func(a, b groupRow) int { return cmp.Compare(a.tier, b.tier) }) {
		achieved.Group(t.name, answer.Fields(t, columns))
	}
	why := []answer.Value{}
	for _, line := range p.Why {
		why = append(why, answer.Text(line))
	}
	d := &answer.Document{Title: catalogue.T("Suggested cuts"), Flat: "tiers"}
	d.Field("method", answer.Text(p.Method)).Field("goal", answer.Text(p.Goal)).Field("free", answer.Text(p.Free))
	d.Group("cuts", cutsGroup(session.CutsInForce{Axes: f.Published, Value: f.Scheme.Value.Cuts, ByValue: f.ByValue}, f)).Group("cuts_before", cutsGroup(p.Asked, f))
	d.Group("achieved", achieved)
	sayAccount(d, p, info) // and terms
	d.Field("met", answer.Flag(p.Met())).Field("gap", known(p.Gap)).Field("bound", known(p.Bound)).Field("proven", answer.Flag(p.Proven))
	d.Field("under_fair_rules", answer.Flag(p.UnderRules)).Field("least", answer.Count(p.Kept)).Field("floor", answer.Text(p.Floor))
	d.Field("verdict", answer.Text(p.Verdict)).List("why", why).Table(evidenceTable(p.Evidence), answer.JSON)
	d.Field("customers", answer.Count(f.Total.Customers)).Field("moved", answer.Count(f.Moves.Customers)).Field("up", answer.Count(f.Moves.Up)).Field("down", answer.Count(f.Moves.Down))
	d.Field("revenue_reclassified", money.value(f.Moves.Revenue)).Field("scheme", answer.Text(p.YAML())).Warnings(p.Warnings)
	t := answer.TableOf("tiers", tiers, columns)
	t.Symbol = symbol
	d.Table(t, answer.CSV|answer.People)
	return d.Say(session.MovesSentence(f, func(m model.Money) string { return words.Brief(m, symbol) })).File(answer.Page, p.YAML())
}

// sayAccount tells what was wanted, what became of it and why, and where the cuts go.
func sayAccount(d *answer.Document, p *session.Proposal, info model.Info) {
	f, what := p.Frame, catalogue.T("suggested by {method}", "method", p.Method)
	if p.Goal != "" {
		what = catalogue.T("goal {goal} · free: {free}", "goal", p.Goal, "free", freeName(p.Free))
	}
	d.Say(catalogue.T("{path} · as of {as_of} · {customers}{limits} · {title}", "path", info.Path, "as_of", f.AsOf, "customers", words.Customers(f.Total.Customers), "limits", limitsText(f.Scheme.Spec), "title", what))
	type row = session.Achieved
	terms, in := answer.Slice[row](p.Achieved), answer.JSON
	if len(terms) > 0 {
		in |= answer.People
	}
	d.Table(answer.TableOf("terms", terms, []answer.Column[row]{
		{Key: "term", Title: catalogue.T("wanted"), In: answer.JSON | answer.People, Of: func(t row) answer.Value { return answer.Text(t.Term) }},
		{Key: "got", Title: catalogue.T("got"), In: answer.JSON | answer.People, Of: func(t row) answer.Value { return answer.Text(t.Got) }},
		{Key: "missed", In: answer.JSON | answer.People, Of: func(t row) answer.Value {
			if t.Met {
				return answer.Text(t.Missed).Told(catalogue.T("met"))
			}
			return answer.Text(t.Missed)
		}},
		{Key: "aim", In: answer.JSON | answer.People, Of: func(t row) answer.Value { return answer.Text(t.Aim) }},
		{Key: "met", In: answer.JSON, Of: func(t row) answer.Value { return answer.Flag(t.Met) }},
	}), in).Joined()
	var lines, cuts []string
	for _, line := range slices.Concat([]string{p.Verdict, p.Floor}, p.Why) {
		if line != "" {
			lines = append(lines, line)
		}
	}
	for _, e := range p.Evidence {
		lines = append(lines, words.Axis(e.Axis)+": "+e.Text)
	}
	if lines != nil {
		d.Say(lines...).Joined()
	}
	for _, line := range p.CutLines(info.Currency) {
		cuts = append(cuts, fmt.Sprintf("%-12s %s", line.Name, line.Text()))
	}
	d.Say(cuts...)
}

// freeName is what people call the cuts that may move.
func freeName(free goal.Free) string {
	switch free {
	case goal.FreeAll:
		return catalogue.T("all")
	case goal.FreeValue:
		return catalogue.T("value")
	case goal.FreeRecency:
		return catalogue.T("recency")
	case goal.FreeFrequency:
		return catalogue.T("frequency")
	case goal.FreeMonetary:
		return catalogue.T("monetary")
	}
	return string(free)
}

// known is a fraction, missing where there is none.
func known(fraction *float64) answer.Value {
	if fraction == nil {
		return answer.Value{}
	}
	return answer.Number(*fraction)
}

func evidenceTable(all []session.Evidence) *answer.Table {
	type row = session.Evidence
	return answer.TableOf("evidence", answer.Slice[row](all), []answer.Column[row]{
		{Key: "axis", In: answer.JSON, Of: func(e row) answer.Value { return answer.Text(e.Axis.String()) }},
		{Key: "name", In: answer.JSON, Of: func(e row) answer.Value { return answer.Text(e.Name) }},
		{Key: "value", In: answer.JSON, Of: func(e row) answer.Value { return answer.If(!e.Missing, answer.Number(e.Value)) }},
		{Key: "text", In: answer.JSON, Of: func(e row) answer.Value { return answer.Text(e.Text) }},
	})
}

// suggestColumns tell what is in a tier and was before, and who came from where.
func suggestColumns(f *session.Frame, money amounts, symbol string) []answer.Column[groupRow] {
	type row = groupRow
	of := map[string]answer.Column[row]{}
	for _, c := range groupColumns(f, money, symbol) {
		of[c.Key] = c
	}
	was := func(r row) answer.Value { return answer.Count(r.was.Customers) }
	tier, label := of["tier"], of["label"]
	tier.In, label.In = answer.CSV, answer.People
	columns := []answer.Column[row]{
		tier, label,
		{Key: "customers_before", Title: catalogue.T("before"), Means: catalogue.T("customers before"), In: answer.CSV | answer.People, Of: was},
		of["customers"],
		{Key: "before", In: answer.JSON, Of: was},
		of["share"],
		{Key: "revenue_before", In: answer.CSV, Of: func(r row) answer.Value { return money.value(r.was.Revenue) }},
		of["revenue"], of["revenue_share"],
	}
	moves := f.Moves.ByTier()
	for i, from := range moves.Before {
		columns = append(columns, answer.Column[row]{Title: catalogue.T("from {tier}", "tier", from.Label), Means: catalogue.T("customers who were in {label}", "label", from.Label), In: answer.People, Of: func(r row) answer.Value {
			j := slices.IndexFunc(moves.Now, func(to model.Segment) bool { return to.Tier == r.tier })
			if j < 0 {
				return answer.Value{}
			}
			return answer.Count(moves.Matrix[i][j].Customers)
		}})
	}
	return columns
}

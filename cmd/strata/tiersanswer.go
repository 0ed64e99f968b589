package main

import (
	"slices"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// tiersAnswer tells what a scheme makes of the customers. Edited is whether the scheme
// differs from what is saved under its name; least_months is null but for a frequency
// per month; method and levels are objects where the measures differ. What has no
// value in an empty group (a mean of nobody) is null. CSV is a row a tier, then a row
// a segment, then one for each part of the workspace outside the tiers, and one for
// the workspace.
func tiersAnswer(f *session.Frame, info model.Info) *answer.Document {
	spec, money, symbol := f.Scheme.Spec, amountsFor(f), words.Symbol(words.CurrencyOf(info))
	if f.Scheme.Value.Unvalued {
		symbol = words.NoAmounts
	}
	where := []answer.Value{}
	for _, c := range spec.Where {
		where = append(where, answer.Text(c.String()))
	}
	d := &answer.Document{Title: catalogue.T("Tiers"), Flat: "groups"}
	d.Say(tiersHead(f, info, symbol)...)
	d.Field("as_of", answer.Text(f.AsOf.String())).Field("window", answer.Text(spec.Window.String())).List("where", where)
	d.Field("currency", answer.Text(info.Currency)).Field("scheme", answer.Text(f.Title)).Field("edited", answer.Flag(f.Edited)).Field("fingerprint", answer.Text(info.Fingerprint))
	d.Encoded("method", perAxis(methods(f.Scheme))).Encoded("levels", perAxis(f.Scheme.Levels))
	d.Field("returns", answer.Text(spec.Returns)).Field("zero", answer.Text(spec.Zero)).Field("frequency_measure", answer.Text(spec.Frequency))
	d.Field("least_months", answer.If(spec.Frequency == model.FrequencyPerMonth, answer.Count(spec.MonthsAtLeast()))).Field("monetary_measure", answer.Text(spec.Monetary))
	d.Field("customers", answer.Count(f.Total.Customers)).Field("orders", answer.Count(f.Total.Orders)).Field("revenue", money.value(f.Total.Revenue))
	d.Field("aov", orderValue(f.Total, money)).Field("repeat_rate", repeatRate(f.Total))
	tellRest(d, f.Whole, money)
	d.Group("cuts", cutsGroup(session.CutsInForce{Axes: f.Published, Value: f.Scheme.Value.Cuts, ByValue: f.ByValue}, f))
	counts := new(answer.Document)
	for axis := range model.Axes {
		if f.ScoreCounts[axis] == nil { // nothing is known of it
			counts.Group(axis.String(), nil)
			continue
		}
		counts.List(axis.String(), countsOf(f.ScoreCounts[axis]))
	}
	d.Group("score_counts", counts)

	tiers, segments, shown := groupRows(f)
	columns := groupColumns(f, money, symbol)
	flat := answer.TableOf("groups", slices.Concat(tiers, segments, restRows(f.Parts())), columns)
	d.Table(answer.TableOf("tiers", tiers, columns), answer.JSON).Table(answer.TableOf("segments", segments, columns), answer.JSON).Table(flat, answer.CSV)
	d.Group("fair", fairGroup(f, money)).Warnings(f.Warnings)
	byTier := answer.TableOf("shown", shown, columns)
	byTier.Symbol = symbol
	if why := figure.BelowZero(f, symbol); why != "" {
		byTier.Note = catalogue.T("shares of revenue: {why}", "why", why)
	}
	d.Table(byTier, answer.People)
	if whole := wholeTable(f.Parts(), symbol, valueName(spec)); whole != nil {
		d.Table(whole, answer.People)
	}
	return d
}

// tiersHead says what is counted, and where the cuts stand.
func tiersHead(f *session.Frame, info model.Info, symbol string) []string {
	lines := []string{
		catalogue.T("{path} · scheme {title} · as of {as_of} · {customers} · {orders} · {worth}", "path", info.Path, "title", session.EditedName(f.Title, f.Edited), "as_of", f.AsOf, "customers", words.Customers(f.Total.Customers), "orders", words.Plural(f.Total.Orders, "order", "orders"), "worth", figure.TotalWorth(f, symbol)),
		policies(f.Scheme, f.OfLines),
	}
	for axis := range model.Axes {
		lines = append(lines, cutsLine(f, axis, info.Currency))
	}
	if value := f.Scheme.Value; f.ByValue {
		line := catalogue.T("value score  from {min} to {max}, MID from {mid}, HIGH from {high}", "min", value.Min(), "max", value.Max(), "mid", value.Cuts[0], "high", value.Cuts[1])
		if f.Scheme.Levels != [model.Axes]int{5, 5, 5} {
			line += catalogue.T(" · scores count in it on a scale of 1 to 5")
		}
		if words := value.UnvaluedWords(); words != "" {
			line += " · " + words
		}
		lines = append(lines, line)
	}
	return append(lines, fairLines(f, symbol)...)
}

// groupRow is a tier, a segment, all of them, or a part of the workspace.
type groupRow struct {
	level, name, label     string // level: tier, segment, all, rest or workspace
	tier                   model.Tier
	now, was               session.Figures
	ofCustomers, ofRevenue string // told
}

// groupRows are the tiers, the segments, and both in the order in which they are
// shown, with all of them below.
func groupRows(f *session.Frame) (tiers, segments, shown answer.Slice[groupRow]) {
	customers, revenue := figure.CustomerShares(f), figure.RevenueShares(f)
	for _, g := range f.Segments {
		segments = append(segments, groupRow{"segment", g.Slug, g.Label, g.Tier, g.Now, g.Was, customers.Segment(g.Slug), revenue.Segment(g.Slug)})
	}
	for _, g := range f.Tiers {
		tier := groupRow{"tier", string(g.Tier), g.Label, g.Tier, g.Now, g.Was, customers.Tier(g.Tier), revenue.Tier(g.Tier)}
		tiers, shown = append(tiers, tier), append(shown, tier)
		for _, s := range segments {
			if s.tier == g.Tier {
				shown = append(shown, s)
			}
		}
	}
	all := f.Total
	return tiers, segments, append(shown, groupRow{
		level: "all", label: catalogue.T("all"), now: all,
		ofCustomers: words.Share(all.Customers, all.Customers), ofRevenue: words.Share(all.Revenue, all.Revenue),
	})
}

// toneOfTier colours the tiers, not what they are made of.
func toneOfTier(r groupRow) answer.Tone {
	if r.level == "tier" {
		return answer.ToneOf(r.tier)
	}
	return answer.Plain
}

// restRows are the parts outside the tiers, and the workspace.
func restRows(parts []session.WholePart) (rows answer.Slice[groupRow]) {
	for i, p := range parts {
		if p.Slug == session.PartTiered || p.Slug == session.PartNoTier {
			continue // the tiers have their own rows, and none is one of them
		}
		row := groupRow{level: "rest", name: p.Slug, now: session.Figures{Customers: p.Customers, Orders: p.Orders, Revenue: p.Value}}
		if i == len(parts)-1 {
			row.level = p.Slug
		}
		rows = append(rows, row)
	}
	return rows
}

// groupColumns tell the figures of a group.
func groupColumns(f *session.Frame, money amounts, symbol string) []answer.Column[groupRow] {
	type row = groupRow
	scale := words.ScaleFor(f.Total.Revenue)
	group := func(of func(row) answer.Value) func(row) answer.Value { // no part of the workspace is one
		return func(r row) answer.Value {
			if r.tier == "" && r.level != "all" {
				return answer.Value{}
			}
			return of(r)
		}
	}
	mean := func(of func(session.Figures) answer.Value) func(row) answer.Value { // of nobody there is none
		return group(func(r row) answer.Value {
			if r.now.Customers == 0 {
				return answer.Value{}
			}
			return of(r.now)
		})
	}
	return []answer.Column[row]{
		{Key: "level", In: answer.CSV, Of: func(r row) answer.Value { return answer.Text(r.level) }},
		{Key: "name", In: answer.CSV, Of: func(r row) answer.Value { return answer.Text(r.name) }},
		{Key: "segment", In: answer.JSON, Optional: true, Of: func(r row) answer.Value { return answer.If(r.level == "segment", answer.Text(r.name)) }},
		{Key: "tier", In: answer.Machines, Of: func(r row) answer.Value { return answer.Text(r.tier) }},
		{Key: "label", In: answer.JSON | answer.People, Tone: toneOfTier, Of: func(r row) answer.Value {
			if r.level == "segment" {
				return answer.Text(r.label).Told("  " + r.label)
			}
			return answer.Text(r.label)
		}},
		{Key: "customers", Title: catalogue.T("customers"), Short: catalogue.T("cust."), In: answer.Everyone, Of: func(r row) answer.Value { return answer.Count(r.now.Customers) }},
		{Key: "share", Title: catalogue.T("share"), Means: catalogue.T("customers ÷ all customers"), Light: 1, In: answer.Everyone, Of: group(func(r row) answer.Value {
			return answer.Share(r.now.Customers, f.Total.Customers).OrZero().Told(r.ofCustomers)
		})},
		{Key: "orders", Title: catalogue.T("orders"), Light: 3, In: answer.Everyone, Of: func(r row) answer.Value { return answer.Count(r.now.Orders) }},
		{Key: "revenue", Title: catalogue.T("revenue"), In: answer.Everyone, Of: func(r row) answer.Value {
			return money.value(r.now.Revenue).Told(scale.Money(r.now.Revenue, symbol))
		}},
		{Key: "revenue_share", Title: catalogue.T("share"), Means: catalogue.T("revenue ÷ all revenue"), In: answer.Everyone, Of: group(func(r row) answer.Value {
			return answer.Share(int64(r.now.Revenue), int64(f.Total.Revenue)).Told(r.ofRevenue)
		})},
		{Key: "aov", Title: catalogue.T("order value"), Means: catalogue.T("revenue ÷ orders"), Light: 2, In: answer.Everyone, Of: group(func(r row) answer.Value { return orderValue(r.now, money) })},
		{Key: "repeat_rate", Title: catalogue.T("repeat rate"), Means: catalogue.T("share of the customers with a frequency of two or more"), Short: catalogue.T("repeat"), In: answer.Everyone, Of: group(func(r row) answer.Value { return repeatRate(r.now) })},
		{Key: "avg_recency", In: answer.Machines, Of: mean(func(g session.Figures) answer.Value {
			return answer.Number(float64(g.Recency) / float64(g.Customers))
		})},
		{Key: "avg_frequency", In: answer.Machines, Of: mean(func(g session.Figures) answer.Value {
			return answer.Number(float64(g.Frequency) / float64(g.Customers) / float64(f.Scheme.Spec.Scale(model.Frequency)))
		})},
		{Key: "avg_monetary", In: answer.Machines, Of: mean(func(g session.Figures) answer.Value { return money.value(g.Monetary.Ratio(g.Customers)) })},
	}
}

// orderValue is the mean value of an order, missing without any.
func orderValue(f session.Figures, money amounts) answer.Value {
	v, ok := f.OrderValue()
	return answer.If(ok, money.value(v))
}

func repeatRate(f session.Figures) answer.Value { return answer.Share(f.Repeaters, f.Customers) }

// cutsGroup tells cuts, ascending; those of value where they decide the tiers.
func cutsGroup(cuts session.CutsInForce, f *session.Frame) *answer.Document {
	d := new(answer.Document)
	for axis := range model.Axes {
		values := []answer.Value{}
		for _, c := range cuts.Axes[axis] {
			switch {
			case axis != model.Monetary:
				values = append(values, answer.Decimal(c.Text(f.Scheme.Spec.Scale(axis)), false))
			case c.IsWhole():
				values = append(values, amountsFor(f).value(model.Money(c.Whole)))
			default:
				values = append(values, answer.Decimal(moneyCut(c), true))
			}
		}
		d.List(axis.String(), values)
	}
	if !cuts.ByValue {
		return d.List("value", []answer.Value{})
	}
	return d.List("value", countsOf(cuts.Value[:]))
}

func countsOf[N int | int64](all []N) []answer.Value {
	values := []answer.Value{}
	for _, n := range all {
		values = append(values, answer.Count(n))
	}
	return values
}

// moneyCut writes a monetary cut like all money, with at least two decimals,
// and to six where the exact rational has them.
func moneyCut(c model.Cut) string {
	if c.IsWhole() {
		return model.Money(c.Whole).String()
	}
	return c.Text(model.Unit)
}

func methods(s model.Scheme) [model.Axes]model.Method {
	var m [model.Axes]model.Method
	for a, c := range s.Cuts {
		m[a] = c.Method
	}
	return m
}

// perAxis is one value where the three measures agree, else an object.
func perAxis[T comparable](v [model.Axes]T) any {
	if v[0] == v[1] && v[1] == v[2] {
		return v[0]
	}
	return map[string]T{
		model.Recency.String():   v[model.Recency],
		model.Frequency.String(): v[model.Frequency],
		model.Monetary.String():  v[model.Monetary],
	}
}

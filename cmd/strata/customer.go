package main

import (
	"context"

	"github.com/spf13/cobra"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

func (a *app) customerCommand() *cobra.Command {
	var scheme schemeFlags
	cmd := &cobra.Command{
		Use:   "customer WORKSPACE KEY",
		Short: catalogue.T("Show everything about one customer: scores, distances, orders"),
		Long: catalogue.T(`Shows everything about one customer.

What leads to a higher tier or to another segment (in JSON next_tier, next_segment,
ways_up and ways_out) holds with the cuts as they are; where they follow the data, as
quantiles do, every new order moves them a little. It is not given for ntile and nested,
which have no cuts. Orders are assumed on the last day that counts, the one before the
as-of day.`),
		Example: `  strata customer shop.strata 12346
  strata customer shop.strata 12346 --format json`,
		Args: exactly(2, catalogue.T("a workspace and a customer's key")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.format == "csv" {
				return model.Errorf(model.Usage, "a customer's profile is not a table").WithHint("use --format json; `strata scores` has one row per customer")
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.printCustomer(ctx, s, &scheme, args[1])
			})
		},
	}
	scheme.register(cmd)
	return answers(cmd)
}

func (a *app) printCustomer(ctx context.Context, s *session.Session, flags *schemeFlags, key string) error {
	scheme, err := a.resolve(ctx, s, flags)
	if err != nil {
		return err
	}
	roster, err := s.Roster(ctx, scheme)
	if err != nil {
		return err
	}
	number, err := roster.Find(ctx, key)
	if err != nil {
		return err
	}
	p, err := roster.Profile(ctx, number)
	if err != nil {
		return err
	}
	edited, err := s.Edited(ctx, scheme)
	if err != nil {
		return err
	}
	return a.tell(customerAnswer(p, scheme.Name, edited, words.Symbol(words.CurrencyOf(s.Info()))))
}

// customerAnswer tells all about a customer. Counted is what limits the figures, empty
// where everything counts; part is that of the workspace: tiered, not-tiered, not-seen
// or filtered-out. Scores is null for a customer without an order that counts under
// the policies, held where no fair rule holds the customer, and the ways where the
// scores hang on other customers. What leads elsewhere holds with the cuts as they
// stand. Of an order, counted is what it adds to the revenue, be it no order, and why
// it does not count a slug, "" where it does.
func customerAnswer(p *session.Profile, scheme string, edited bool, symbol string) *answer.Document {
	attributes := map[string]string{}
	for _, f := range p.Facts {
		attributes[f.Name] = f.Value
	}
	d := &answer.Document{Title: catalogue.T("Customer")}
	d.Say(customerHead(p, session.EditedName(scheme, edited))...)
	d.Field("customer", answer.Text(p.Key)).Field("as_of", answer.Text(p.AsOf.String())).Field("scheme", answer.Text(scheme)).Field("edited", answer.Flag(edited))
	d.Encoded("counted", countedJSON(p.Spec)).Field("part", answer.Text(p.Part())).Encoded("attributes", attributes)
	if p.Tiered {
		d.Group("scores", answer.Fields(&p.Score, scoreColumns(p.Spec, amounts{p.Value.Unvalued}))).Group("held", heldGroup(p.Held))
		sayStanding(d, p, symbol)
	} else {
		d.Group("scores", nil).Group("held", nil).Say(p.NotTiered())
	}
	if p.NotTold == "" {
		d.Table(reachTable("next_tier", p.NextTier, p.Spec), answer.JSON).Table(reachTable("next_segment", p.NextSegment, p.Spec), answer.JSON)
	} else {
		d.Group("next_tier", nil).Group("next_segment", nil)
	}
	if p.WaysKnown {
		d.Table(waysTable("ways_up", p.WaysUp, p.AsOf), answer.JSON).Table(actTable("ways_out", p.WaysOut, p.AsOf), answer.JSON)
	} else {
		d.Group("ways_up", nil).Group("ways_out", nil)
	}
	d.Table(orderTable(p, symbol), answer.JSON|answer.People)
	if why := p.WhyNot(); why != nil {
		d.Say(append([]string{catalogue.T("orders that count: {counting} of {orders}", "counting", words.Count(int64(p.Counting())), "orders", words.Count(int64(len(p.Orders))))}, why...)...)
	}
	return d
}

func customerHead(p *session.Profile, scheme string) []string {
	head := catalogue.T("customer {key} · scheme {scheme} · as of {as_of}", "key", p.Key, "scheme", scheme, "as_of", p.AsOf.String())
	if only := session.OnlyWords(p.Spec, p.OfLines); only != "" {
		head += " · " + only
	}
	told := p.Spec
	told.Where = nil
	lines := []string{head + limitsText(told)}
	for _, f := range p.Facts {
		lines = append(lines, f.Name+": "+f.Value)
	}
	return lines
}

// sayStanding tells people where the customer stands, and how far from elsewhere.
func sayStanding(d *answer.Document, p *session.Profile, symbol string) {
	segment := p.Score.Segment
	lines := []string{catalogue.T("{label} · {tier} · value score {value} (scale {min}–{max})", "label", segment.Label, "tier", words.Tier(segment.Tier), "value", p.Score.Value.Text(1), "min", p.Value.Min(), "max", p.Value.Max())}
	if p.Held != nil {
		lines = append(lines, p.Held.String())
	}
	measured := func(axis model.Axis) func(int64) string {
		return func(v int64) string { return words.Measure(v, axis, p.Spec, symbol) }
	}
	d.Say(lines...).Table(answer.TableOf("measures", answer.Slice[model.Axis]{model.Recency, model.Frequency, model.Monetary}, []answer.Column[model.Axis]{
		{Title: catalogue.T("measure"), In: answer.People, Of: func(axis model.Axis) answer.Value { return answer.Text(words.Axis(axis)) }},
		{Title: catalogue.T("measured"), In: answer.People, Of: func(axis model.Axis) answer.Value {
			v := p.Score.Measured(axis)
			return answer.Count(v).Told(measured(axis)(v))
		}},
		{Title: catalogue.T("score"), In: answer.People, Of: func(axis model.Axis) answer.Value {
			score := p.Score.Scores[axis]
			if axis == model.Monetary && p.Value.Unvalued {
				return answer.Value{}
			}
			return answer.Count(score).Told(catalogue.T("{score} of {levels}", "score", score, "levels", p.Levels[axis]))
		}},
		{Title: catalogue.T("range"), Means: catalogue.T("the values that have this score"), In: answer.People, Of: func(axis model.Axis) answer.Value { return answer.Text(p.Range(axis, measured(axis))) }},
	}), answer.People).Joined()
	if ways := wayLines(p, symbol); ways != nil {
		d.Say(ways...).Joined()
	}
}

// wayLines tell what leads elsewhere.
func wayLines(p *session.Profile, symbol string) (lines []string) {
	segment := p.Score.Segment
	toTier, toSegment := catalogue.T("to a higher tier, ")+figure.CutsStand+":", catalogue.T("to another segment, ")+figure.CutsStand+": "
	if p.NotTold != "" && !p.Held.Locked() {
		lines = append(lines, catalogue.T("to another tier or segment: {reason}", "reason", p.NotTold))
	} else if segment.Tier != model.TierHigh && !p.Held.Locked() && p.WaysKnown {
		lines = append(lines, toTier)
		for _, line := range figure.Ways(p.WaysUp, p.AsOf, symbol) {
			lines = append(lines, "  "+line)
		}
	} else if segment.Tier != model.TierHigh && !p.Held.Locked() {
		lines = append(lines, toTier+" "+figure.Reaches(p.NextTier, p.Spec, symbol, nil))
	}
	switch {
	case p.WaysKnown && len(p.OtherWays()) > 0:
		lines = append(lines, toSegment+figure.WaysOut(p.OtherWays(), p.AsOf, segment.Tier, symbol))
	case !p.WaysKnown && len(p.NextSegment) > 0:
		label := func(s model.Segment) string { return s.Label }
		lines = append(lines, toSegment+figure.Reaches(p.NextSegment, p.Spec, symbol, label))
	}
	return lines
}

// reachTable tells the smallest change of one measure alone that leads elsewhere: by
// so much, to that value.
func reachTable(key string, all []rfm.Reach, spec model.Spec) *answer.Table {
	type row = rfm.Reach
	number := func(r row, v int64) answer.Value {
		if r.Axis == model.Monetary {
			return answer.Money(model.Money(v))
		}
		return answer.Decimal(model.WholeCut(v).Text(spec.Scale(r.Axis)), false)
	}
	return answer.TableOf(key, answer.Slice[row](all), append([]answer.Column[row]{
		{Key: "measure", In: answer.JSON, Of: func(r row) answer.Value { return answer.Text(r.Axis.String()) }},
		{Key: "by", In: answer.JSON, Of: func(r row) answer.Value { return number(r, r.By) }},
		{Key: "to", In: answer.JSON, Of: func(r row) answer.Value { return number(r, r.To) }},
	}, thereColumns(func(r row) model.Segment { return r.Segment })...))
}

// thereColumns tell where something leads.
func thereColumns[R any](of func(R) model.Segment) []answer.Column[R] {
	return []answer.Column[R]{
		{Key: "segment", In: answer.JSON, Of: func(r R) answer.Value { return answer.Text(of(r).Slug) }},
		{Key: "tier", In: answer.JSON, Of: func(r R) answer.Value { return answer.Text(of(r).Tier) }},
	}
}

// waysTable tells what leads into a better tier: acts that are enough each by itself,
// or else orders that have to be worth something, null where nothing is enough.
func waysTable(key string, all []rfm.Ways, asOf model.Day) *answer.Table {
	type row = rfm.Ways
	return answer.TableOf(key, answer.Slice[row](all), []answer.Column[row]{
		{Key: "tier", In: answer.JSON, Of: func(w row) answer.Value { return answer.Text(w.Tier) }},
		{Key: "single", In: answer.JSON, Encoded: func(w row) any { return actTable("single", w.Single, asOf) }},
		{Key: "both", In: answer.JSON, Object: func(w row) *answer.Document {
			if w.Both == nil {
				return nil
			}
			return answer.Fields(*w.Both, actColumns(asOf))
		}},
	})
}

func actTable(key string, all []rfm.Act, asOf model.Day) *answer.Table {
	return answer.TableOf(key, answer.Slice[rfm.Act](all), actColumns(asOf))
}

// actColumns tell so many orders more on a day, worth so much together at least; with
// 0 orders, so much more for what was ordered.
func actColumns(asOf model.Day) []answer.Column[rfm.Act] {
	type row = rfm.Act
	return append([]answer.Column[row]{
		{Key: "orders", In: answer.JSON, Of: func(a row) answer.Value { return answer.Count(a.Orders) }},
		{Key: "day", In: answer.JSON, Of: func(a row) answer.Value {
			if a.Orders == 0 {
				return answer.Text("")
			}
			return answer.Text(figure.LastDay(asOf))
		}},
		{Key: "worth", In: answer.JSON, Of: func(a row) answer.Value { return answer.Money(a.Worth) }},
	}, thereColumns(func(a row) model.Segment { return a.Segment })...)
}

// orderTable lists the orders, and why some do not count.
func orderTable(p *session.Profile, symbol string) *answer.Table {
	money := amounts{p.Value.Unvalued}
	var rows answer.Slice[int]
	for i := range p.Orders {
		rows = append(rows, i)
	}
	amount := func(of func(int) model.Money) func(int) answer.Value {
		return func(i int) answer.Value { return money.value(of(i)).As(answer.Exact) }
	}
	counted, why := answer.JSON, answer.Medium(0)
	if p.InPart() {
		counted |= answer.People
	}
	if p.WhyNot() != nil {
		why = answer.People
	}
	t := answer.TableOf("orders", rows, []answer.Column[int]{
		{Key: "day", Title: catalogue.T("day"), In: answer.JSON | answer.People, Of: func(i int) answer.Value { return answer.Text(p.Orders[i].Day.String()) }},
		{Key: "order", Title: catalogue.T("order"), In: answer.JSON | answer.People, Of: func(i int) answer.Value { return answer.Text(p.Orders[i].Key) }},
		{Key: "value", Title: catalogue.T("amount"), In: answer.JSON | answer.People, Of: amount(func(i int) model.Money { return p.Orders[i].Value })},
		{Key: "returned", Title: catalogue.T("returned"), In: answer.JSON | answer.People, Of: func(i int) answer.Value {
			return money.value(p.Orders[i].Returned).Told(words.Amount(-p.Orders[i].Returned, symbol))
		}},
		{Key: "counts", In: answer.JSON, Of: func(i int) answer.Value { return answer.Flag(p.Verdicts[i] == rfm.Counts) }},
		{Key: "counted", Title: catalogue.T("counts"), Means: catalogue.T("what the order adds to the revenue"), In: counted, Of: amount(func(i int) model.Money { return p.Counted[i] })},
		{Key: "why", In: answer.JSON, Of: func(i int) answer.Value {
			if p.Verdicts[i] == rfm.Counts {
				return answer.Text("")
			}
			return answer.Text(p.Verdicts[i].String())
		}},
		{Title: catalogue.T("does not count"), In: why, Tone: func(int) answer.Tone { return answer.Dim }, Of: func(i int) answer.Value { return answer.Text(p.Verdict(i)) }},
	})
	t.Symbol = symbol
	return t
}

package session

import (
	"bytes"
	"context"
	"slices"
	"strconv"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Profile is all there is to know about one customer under a scheme.
type Profile struct {
	model.Profile
	Spec model.Spec
	// OfLines are the places in Spec.Where of the conditions on lines.
	OfLines []int
	AsOf    model.Day
	Levels  [model.Axes]int
	Cuts    [model.Axes][]model.Cut // that decide the customer's scores
	Value   model.ValueRule
	Spans   [model.Axes]rfm.Spans // see [Frame]; of a customer who is tiered

	// Verdicts say of each order, in the order of Orders, whether it counts, and
	// Counted how much of its value does. A return that is no order has one, too:
	// it is what is taken off.
	Verdicts []rfm.Verdict
	Counted  []model.Money

	// Tiered is false for a customer without an order that counts under the
	// policies; what follows is then not known.
	Tiered      bool
	Score       Score
	Held        *Held       // what fair rules do with the tier, nil if nothing
	NextTier    []rfm.Reach // by each measure that can do it alone
	NextSegment []rfm.Reach
	// WaysUp and WaysOut are what the customer could do to come into a better tier,
	// or another segment. WaysKnown is false where the scores hang on others; NotTold
	// says so then, and NextTier and NextSegment are nil, too.
	WaysUp    []rfm.Ways
	WaysOut   []rfm.Act
	WaysKnown bool
	NotTold   string
}

// Find returns the ordinal of a customer by its key as it stands in the file.
// Error: NotFound.
func (r *Roster) Find(ctx context.Context, key string) (int, error) {
	customers, err := r.store.Customers(ctx)
	if err != nil {
		return 0, err
	}
	wanted := []byte(key)
	for i := range customers.Keys.Len() {
		if bytes.Equal(customers.Keys.Slice(i), wanted) {
			return i, nil
		}
	}
	return 0, model.Errorf(model.NotFound, "there is no customer {key:q}", "key", key).WithHint("keys are as in the file, with leading zeros")
}

// Profile tells all about a customer, by ordinal. Error: NotFound.
func (r *Roster) Profile(ctx context.Context, customer int) (*Profile, error) {
	stored, err := r.store.Profile(ctx, customer)
	if err != nil {
		return nil, err
	}
	p := r.standing(customer)
	p.Profile = stored
	p.Score.Customer = stored.Key
	return p, r.judge(ctx, customer, p)
}

// judge says of each order of a customer's profile whether it counts, and for how
// much. The columns have the orders as the profile does, by day and those of one
// day as imported.
func (r *Roster) judge(ctx context.Context, customer int, p *Profile) error {
	spec := r.base.Spec
	orders, customers, err := columnsFor(ctx, r.store, &spec)
	if err != nil {
		return err
	}
	p.Verdicts, p.Counted, err = r.base.Verdicts(ctx, orders, customers, customer)
	if first := slices.Index(p.Verdicts, rfm.Counts); err == nil && p.Tiered && first >= 0 && first < len(p.Orders) {
		r.findWays(p, customer, p.Orders[first].Day)
	}
	if err == nil && len(p.Verdicts) != len(p.Orders) {
		err = model.Errorf(model.Corrupt, "customer {customer} has {orders} orders, {verdicts} of them in the columns", "customer", customer, "orders", len(p.Orders), "verdicts", len(p.Verdicts)).WithHint("restore a copy of the workspace; `strata check` with the file shows more")
	}
	return err
}

// InPart reports whether an order counts for another value than it has, be it that
// only some of its lines count or that what was returned does not.
func (p *Profile) InPart() bool {
	for i, o := range p.Orders {
		if p.Verdicts[i] == rfm.Counts && p.Counted[i] != o.Value-o.Returned {
			return true
		}
	}
	return false
}

// Counting returns how many of the orders count.
func (p *Profile) Counting() int {
	n := 0
	for _, v := range p.Verdicts {
		if v == rfm.Counts {
			n++
		}
	}
	return n
}

// Verdict names why an order does not count, "" where it does: "before window".
func (p *Profile) Verdict(order int) string { return verdictLabels[p.Verdicts[order]] }

var verdictLabels = map[rfm.Verdict]string{
	rfm.WorthNothing: catalogue.T("zero-value"), rfm.PureReturn: catalogue.T("return"), rfm.BeforeWindow: catalogue.T("before window"),
	rfm.NotSeen: catalogue.T("after as-of day"), rfm.FilteredOut: catalogue.T("filtered out"),
}

// Mark is the letter that stands for why an order does not count where there is no
// room for words, "" where it does.
func (p *Profile) Mark(order int) string { return verdictMarks[p.Verdicts[order]] }

var verdictMarks = map[rfm.Verdict]string{
	rfm.WorthNothing: "z", rfm.PureReturn: "r", rfm.BeforeWindow: "w", rfm.NotSeen: "a", rfm.FilteredOut: "f",
}

// Marks explains the letters that [Profile.Mark] uses: "r return".
func (p *Profile) Marks() []string {
	var words []string
	for _, v := range []rfm.Verdict{rfm.NotSeen, rfm.BeforeWindow, rfm.FilteredOut, rfm.PureReturn, rfm.WorthNothing} {
		if slices.Contains(p.Verdicts, v) {
			words = append(words, verdictMarks[v]+" "+verdictLabels[v])
		}
	}
	return words
}

// WhyNot tells for each reason that some order does not count for, what it is.
func (p *Profile) WhyNot() []string {
	var words []string
	from, _ := p.Spec.Window.From(p.AsOf)
	returned := catalogue.T("a return: not an order, its value is deducted")
	if p.Spec.Returns == model.ReturnsIgnore {
		returned = catalogue.T("a return: left out")
	}
	for _, reason := range []struct {
		verdict rfm.Verdict
		words   string
	}{
		{rfm.NotSeen, catalogue.T("after as-of day: on {as_of} or later", "as_of", p.AsOf.String())},
		{rfm.BeforeWindow, catalogue.T("before window: the window begins on {from}", "from", from.String())},
		{rfm.FilteredOut, catalogue.T("filtered out: not {where}", "where", FilterWords(p.Spec.Where))},
		{rfm.PureReturn, returned},
		{rfm.WorthNothing, catalogue.T("zero-value: such orders are left out")},
	} {
		if slices.Contains(p.Verdicts, reason.verdict) {
			words = append(words, reason.words)
		}
	}
	return words
}

// Part is the slug of the part of the workspace that the customer is in, out of
// [WholeParts].
func (p *Profile) Part() string {
	has := func(v rfm.Verdict) bool { return slices.Contains(p.Verdicts, v) }
	switch {
	case p.Tiered:
		return PartTiered
	case has(rfm.PureReturn) || has(rfm.WorthNothing) || has(rfm.BeforeWindow) || len(p.Verdicts) == 0:
		return partNotTiered
	case has(rfm.NotSeen):
		return partNotSeen
	}
	return partFilteredOut
}

// NotTiered says why the customer has no tier; "" for one who has.
func (p *Profile) NotTiered() string {
	switch p.Part() {
	case partNotTiered:
		return catalogue.T("not tiered: no order counts under these policies")
	case partNotSeen:
		return catalogue.T("not seen: not yet a customer on {as_of}", "as_of", p.AsOf.String())
	case partFilteredOut:
		return catalogue.T("filtered out: no order meets {where}", "where", FilterWords(p.Spec.Where))
	}
	return ""
}

// Standing is the profile of the person at a place of the list without what the
// workspace would have to be asked for: attributes and orders.
func (p *People) Standing(place int) *Profile {
	number := int(p.roster.base.Customer[p.rows[place]])
	standing := p.roster.standing(number)
	standing.Key = p.keys.At(number)
	standing.Score.Customer = standing.Key
	return standing
}

// standing tells where a customer stands.
func (r *Roster) standing(customer int) *Profile {
	p := &Profile{
		Spec: r.asked(), OfLines: r.base.OfLines, AsOf: r.base.AsOf,
		Levels: r.rule.Levels, Cuts: r.rule.Cuts, Value: r.rule.Value,
	}
	row, tiered := slices.BinarySearch(r.base.Customer, int32(customer))
	if tiered {
		p.Tiered = true
		p.Score = scoreOf(r.base, r.rule, row)
		p.Cuts = r.rule.CutsOf(r.base, row)
		for a := range p.Spans {
			p.Spans[a] = r.rule.SpansOf(r.base, model.Axis(a))
		}
		p.Held = r.held(row)
		if p.NotTold = notTold(r.rule); p.NotTold == "" {
			p.NextTier, p.NextSegment = r.rule.NextTier(r.base, row), r.rule.NextSegment(r.base, row)
		}
		r.findWays(p, customer, model.NoDay)
	}
	return p
}

// notTold says why nothing is told of what leads a customer elsewhere, "" where it
// is: there are no cuts that stand.
func notTold(rule *rfm.Rule) string {
	switch groups, nested := rule.Entangled(); {
	case groups:
		return catalogue.T("not known, because in groups of equal size the score of a customer depends on the others")
	case nested:
		return catalogue.T("not known, because nested cuts change with the scores of the measures before them")
	}
	return ""
}

// findWays finds what a tiered customer could do. first is the day of the first
// order that counts, if it is known.
func (r *Roster) findWays(p *Profile, customer int, first model.Day) {
	row, _ := slices.BinarySearch(r.base.Customer, int32(customer))
	p.WaysUp, p.WaysKnown = r.rule.WaysUp(r.base, row, first)
	p.WaysOut, _ = r.rule.WaysOut(r.base, row, first)
}

// OtherWays are those of WaysOut that WaysUp does not name.
func (p *Profile) OtherWays() []rfm.Act {
	return slices.DeleteFunc(slices.Clone(p.WaysOut), func(act rfm.Act) bool {
		return slices.ContainsFunc(p.WaysUp, func(w rfm.Ways) bool { return slices.Contains(w.Single, act) })
	})
}

// Month is what a customer did in one calendar month.
type Month struct {
	First  model.Day // of the month
	Orders int
	Value  model.Money // that counts
	// Seen is how many of its Days the figures are of: all, unless the as-of day or the
	// window cuts the month.
	Seen, Days int
}

// Months returns the orders of a profile that count month by month, from that of
// the first to that of the day before the as-of day, quiet months included.
func (p *Profile) Months() []Month {
	var months []Month
	for i, o := range p.Orders {
		if p.Verdicts[i] != rfm.Counts {
			continue
		}
		month := firstOfMonth(o.Day)
		for len(months) == 0 || months[len(months)-1].First < month {
			next := month
			if len(months) > 0 {
				next = months[len(months)-1].First.AddMonths(1)
			}
			months = append(months, Month{First: next})
		}
		months[len(months)-1].Orders++
		months[len(months)-1].Value += p.Counted[i]
	}
	for len(months) > 0 && months[len(months)-1].First < firstOfMonth(p.AsOf-1) {
		months = append(months, Month{First: months[len(months)-1].First.AddMonths(1)})
	}
	from, limited := p.Spec.Window.From(p.AsOf)
	for i := range months {
		m := &months[i]
		next := m.First.AddMonths(1)
		begin := m.First
		if limited {
			begin = max(begin, from)
		}
		m.Days, m.Seen = int(next-m.First), int(min(next, p.AsOf)-begin)
	}
	return months
}

func firstOfMonth(day model.Day) model.Day {
	_, _, date := day.Date()
	return day - model.Day(date-1)
}

// Measured returns a customer's value of a measure, in its stored unit.
func (s Score) Measured(axis model.Axis) int64 {
	switch axis {
	case model.Recency:
		return int64(s.Recency)
	case model.Frequency:
		return int64(s.Frequency)
	}
	return int64(s.Monetary)
}

// Range writes the values that have the customer's score of a measure as [RangeText]
// does; where groups tear equal values apart, whose else the customer's value is:
// "1 order; shared by scores 1 and 2".
func (p *Profile) Range(axis model.Axis, write func(value int64) string) string {
	score := p.Score.Scores[axis]
	if axis == model.Monetary && p.Value.Unvalued {
		return catalogue.T("no amounts")
	}
	if spans := p.Spans[axis]; spans != nil {
		if value := p.Score.Measured(axis); shared(spans, value) != "" {
			return catalogue.T("{value}; shared by scores {scores}", "value", write(value), "scores", shared(spans, value))
		}
		return SpanText(spans, score, write)
	}
	return RangeText(p.Cuts[axis], axis, score, write)
}

// shared lists the scores that customers with a value have, "" where that is one.
func shared(spans rfm.Spans, value int64) string {
	scores := spans.Sharing(value)
	if len(scores) < 2 {
		return ""
	}
	texts := make([]string, len(scores))
	for i, s := range scores {
		texts[i] = strconv.Itoa(s)
	}
	return words.And(texts)
}

// SpanText writes what the customers of a score have where groups of equal size tear
// equal values apart, and what of it others have, too: "1 order to 2 orders; 2 orders;
// shared by scores 2 and 3".
func SpanText(spans rfm.Spans, score int, write func(int64) string) string {
	s := spans[score-1]
	if s.Customers == 0 {
		return catalogue.T("nobody")
	}
	if scores := shared(spans, s.Low); s.Low == s.High && scores != "" {
		return catalogue.T("{value}; shared by scores {scores}", "value", write(s.Low), "scores", scores)
	} else if s.Low == s.High {
		return write(s.Low)
	}
	text := catalogue.T("{low} to {high}", "low", write(s.Low), "high", write(s.High))
	for _, value := range []int64{s.Low, s.High} {
		if scores := shared(spans, value); scores != "" {
			text = catalogue.T("{range}; {value} shared by scores {scores}", "range", text, "value", write(value), "scores", scores)
		}
	}
	return text
}

// RangeText writes the values that have a score: "14 days to 33 days", "7
// orders or more", "over £914.85 to £2,014.87". Values are whole in their
// stored unit, so that the ranges meet without a gap; write writes one.
func RangeText(cuts []model.Cut, axis model.Axis, score int, write func(value int64) string) string {
	below, above := score-2, score-1 // the cuts around the range, where more is better
	if axis == model.Recency {
		below, above = len(cuts)-score, len(cuts)-score+1
	}
	switch {
	case below < 0:
		return catalogue.T("up to {value}", "value", write(cuts[above].Whole))
	case above >= len(cuts):
		first, last := write(cuts[below].Whole+1), write(cuts[below].Whole)
		if first == last { // a ten-thousandth of currency is not shown
			return catalogue.T("more than {last}", "last", last)
		}
		return catalogue.T("{first} or more", "first", first)
	case cuts[above].Whole == cuts[below].Whole+1:
		return write(cuts[above].Whole)
	}
	first, last := write(cuts[below].Whole+1), write(cuts[above].Whole)
	if under := write(cuts[below].Whole); first == under { // likewise
		return catalogue.T("over {above} to {last}", "above", under, "last", last)
	}
	return catalogue.T("{first} to {last}", "first", first, "last", last)
}

// asked is what was measured, its filter by the names that the scheme has for its
// columns, as it is told everywhere else.
func (r *Roster) asked() model.Spec {
	spec := r.base.Spec
	spec.Where = r.rule.Where()
	return spec
}

package question

import (
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// part is all customers, a tier, or a segment, of whom the figures of tiers are told.
type part struct {
	id, label string
	isTier    bool
	tier      model.Tier // "" of all customers
	has       func(model.Segment) bool
	now       session.Figures
}

func (p part) everybody() bool { return p.tier == "" }

// partsOf lists all customers, the four tiers and the segments. A segment with the slug
// of something else has an id of its own.
func partsOf(f *session.Frame) []part {
	all := []part{{id: everybody, label: catalogue.T("all"), now: f.Total}}
	taken := map[string]bool{everybody: true, share.Slug: true, cohorts.Slug: true, customersID: true}
	for a := range model.Axes {
		taken[a.String()] = true
	}
	for _, t := range tiers {
		p := part{id: string(t), label: words.Tier(t), isTier: true, tier: t, has: func(s model.Segment) bool { return s.Tier == t }}
		for _, g := range f.Tiers {
			if g.Tier == t {
				p.now = g.Now
			}
		}
		all, taken[p.id] = append(all, p), true
	}
	for _, g := range f.Segments {
		is := model.SegmentKey{Slug: g.Slug, Tier: g.Tier}
		p := part{id: g.Slug, label: g.Label, tier: g.Tier, has: func(s model.Segment) bool { return s.Key() == is }, now: g.Now}
		if taken[p.id] {
			p.id = "segment." + p.id
		}
		all = append(all, p)
	}
	return all
}

// partFigure is one figure that every part has.
type partFigure struct {
	id, title, means, formula string
	unit                      func(e *explaining) string // nil: of an amount
	value                     func(e *explaining, f session.Figures) answer.Value
	measure                   model.Axis // that it is of; [model.Axes] of none
}

func inShares(*explaining) string    { return catalogue.T("share") }
func inCustomers(*explaining) string { return catalogue.T("customers") }
func inOrders(*explaining) string    { return catalogue.T("orders") }

// mean is a mean of customers, missing without any.
func mean(sum int64, f session.Figures, scale int64) answer.Value {
	return answer.If(f.Customers > 0, answer.Number(float64(sum)/float64(f.Customers)/float64(scale)))
}

var partFigures = []partFigure{
	{
		"customers", catalogue.T("customers"), catalogue.T("Customers with an order that counts."), catalogue.T("number of customers"), inCustomers,
		func(_ *explaining, f session.Figures) answer.Value { return answer.Count(f.Customers) }, model.Axes,
	},
	{
		"customers-share", catalogue.T("share of customers"), catalogue.T("Their share of all customers with an order that counts."), catalogue.T("customers ÷ all customers"), inShares,
		func(e *explaining, f session.Figures) answer.Value {
			return answer.Share(f.Customers, e.frame.Total.Customers)
		}, model.Axes,
	},
	{
		"orders", catalogue.T("orders"), catalogue.T("Their orders that count."), catalogue.T("number of orders that count"), inOrders,
		func(_ *explaining, f session.Figures) answer.Value { return answer.Count(f.Orders) }, model.Axes,
	},
	{
		"revenue", catalogue.T("revenue"), catalogue.T("What all their orders in the window are worth, less what they returned unless returns are ignored. Returns that are no orders are in it, too."), catalogue.T("Σ bought − Σ returned"), nil,
		func(e *explaining, f session.Figures) answer.Value { return e.amount(f.Revenue) }, model.Axes,
	},
	{
		"revenue-share", catalogue.T("share of revenue"), catalogue.T("Their share of the revenue of all customers. There is none where that is not above zero, or where returns leave a part below nothing or above the whole."), catalogue.T("revenue ÷ all revenue"), inShares,
		func(e *explaining, f session.Figures) answer.Value {
			return answer.Share(int64(f.Revenue), int64(e.frame.Total.Revenue))
		}, model.Axes,
	},
	{
		"order-value", catalogue.T("order value"), catalogue.T("The mean value of an order that counts, rounded half to even to the ten-thousandth."), catalogue.T("revenue ÷ orders"), nil,
		func(e *explaining, f session.Figures) answer.Value {
			v, ok := f.OrderValue()
			return answer.If(ok, e.amount(v))
		}, model.Axes,
	},
	{
		"repeat-rate", catalogue.T("repeat rate"), catalogue.T("The share of them with a frequency of two or more; with two orders or more where frequency is in orders per month."), catalogue.T("customers with a frequency ≥ 2 ÷ customers"), inShares,
		func(_ *explaining, f session.Figures) answer.Value { return answer.Share(f.Repeaters, f.Customers) }, model.Axes,
	},
	{
		model.Recency.String(), catalogue.T("mean recency"), catalogue.T("Days from the last order that counts to the as-of day, on average."), catalogue.T("Σ recency ÷ customers"), (*explaining).days,
		func(_ *explaining, f session.Figures) answer.Value { return mean(f.Recency, f, 1) }, model.Recency,
	},
	{
		model.Frequency.String(), catalogue.T("mean frequency"), catalogue.T("How often they order, on average, by the measure of frequency of the scheme."), catalogue.T("Σ frequency ÷ customers"), (*explaining).often,
		func(e *explaining, f session.Figures) answer.Value {
			return mean(f.Frequency, f, e.on.Base().Spec.Scale(model.Frequency))
		}, model.Frequency,
	},
	{
		model.Monetary.String(), catalogue.T("mean monetary"), catalogue.T("What a customer is worth, on average, by the monetary measure of the scheme, rounded half to even to the ten-thousandth."), catalogue.T("Σ monetary ÷ customers"), nil,
		func(e *explaining, f session.Figures) answer.Value {
			return answer.If(f.Customers > 0, e.amount(f.Monetary.Ratio(max(f.Customers, 1))))
		}, model.Monetary,
	},
}

// ofPart makes the figures of a part.
func (e *explaining) ofPart(p part) []figure {
	var all []figure
	for _, f := range partFigures {
		unit := e.currency()
		if f.unit != nil {
			unit = f.unit(e)
		}
		all = append(all, figure{
			id: p.id + "." + f.id, title: p.label + " · " + f.title, unit: unit, means: say(f.means, e.whoIs(p)), formula: f.formula,
			value: func() []answer.Value { return []answer.Value{f.value(e, p.now)} },
			sql: func() (string, string) {
				why := e.unscored(p, f.measure)
				if e.on.Rule().Value.Unvalued && f.unit == nil && f.value(e, p.now).Missing() {
					why = noAmounts
				}
				if why != "" {
					return "", why
				}
				return e.statement.ofPart(p, f.id), ""
			},
		})
	}
	return all
}

// whoIs says who is in a part.
func (e *explaining) whoIs(p part) string {
	switch {
	case p.everybody():
		return ""
	case p.isTier && e.frame.ByValue && p.tier != model.TierNone:
		cuts := e.on.Rule().Value.Cuts
		return catalogue.T("The value score decides the tier: MID from {mid}, HIGH from {high}.", "mid", cuts[0], "high", cuts[1])
	case p.isTier:
		return catalogue.T("The segments of the map decide the tier.")
	}
	return catalogue.T("The map gives every combination of scores its segment; {segment} lies in {tier}.", "segment", p.label, "tier", words.Tier(p.tier))
}

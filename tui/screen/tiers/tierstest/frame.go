package tierstest

import (
	"math"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// NewFrame returns the tiers of UCI Online Retail under the scheme ten, returns
// ignored and zero-value orders dropped. Counts, shares and revenue are the
// real ones; orders and the distributions only resemble them.
func NewFrame() *session.Frame {
	f := &session.Frame{
		Title: "ten", Baseline: "ten",
		Scheme: model.Ten(), ByValue: true,
		Total: session.Figures{Customers: 4338, Orders: 18532, Revenue: 8_911_407_9040, Repeaters: 2845},
	}
	f.Scheme.Spec.Returns, f.Scheme.Spec.Zero = model.ReturnsIgnore, model.ZeroDrop
	f.AsOf, _ = model.DayOf(2011, 12, 10)
	f.Cuts[model.Recency] = []model.Cut{{Whole: 13, Num: 4, Den: 5}, model.WholeCut(33), model.WholeCut(72), model.WholeCut(180)}
	f.Cuts[model.Frequency] = []model.Cut{model.WholeCut(1), model.WholeCut(2), model.WholeCut(3), model.WholeCut(6)}
	f.Cuts[model.Monetary] = []model.Cut{model.WholeCut(250_1940), model.WholeCut(490_0960), model.WholeCut(942_2760), model.WholeCut(2058_4260)}
	f.ScoreCounts = [model.Axes][]int64{
		{861, 866, 863, 880, 868}, {1493, 835, 508, 802, 700}, {868, 867, 868, 867, 868},
	}
	f.Axes[model.Recency] = spread([]int64{1, 14, 34, 73, 181, 374}, []int64{868, 880, 863, 866, 861}, 1)
	f.Axes[model.Frequency] = spread([]int64{1, 2, 3, 4, 7, 15, 40, 211}, []int64{1493, 835, 508, 802, 510, 170, 20}, 1)
	f.Axes[model.Monetary] = spread(
		[]int64{3_7500, 50_0000, 250_1941, 490_0961, 942_2761, 2058_4261, 8000_0000, 280_206_0200},
		[]int64{28, 840, 867, 868, 867, 788, 80}, moneyStep)
	group := func(slug, label string, tier model.Tier, customers, thousands int64) session.Group {
		now := session.Figures{
			Customers: customers, Orders: customers * 4, Repeaters: customers * 9 / 10,
			Revenue: model.Money(thousands) * 1000 * model.Unit, Recency: customers * 40,
		}
		return session.Group{Slug: slug, Label: label, Tier: tier, Now: now, Was: now}
	}
	f.Tiers = []session.Group{
		group("high", words.Tier(model.TierHigh), model.TierHigh, 1163, 6680),
		group("mid", words.Tier(model.TierMid), model.TierMid, 1261, 1470),
		group("low", words.Tier(model.TierLow), model.TierLow, 1914, 760),
	}
	f.Segments = []session.Group{
		group("champions", "Champions", model.TierHigh, 911, 5690),
		group("loyal", "Loyal", model.TierHigh, 234, 910),
		group("cant-lose", "Can't lose", model.TierHigh, 18, 80),
		group("potential-loyalist", "Potential loyalist", model.TierMid, 485, 350),
		group("promising", "Promising", model.TierMid, 55, 38),
		group("need-attention", "Need attention", model.TierMid, 367, 430),
		group("at-risk", "At risk", model.TierMid, 354, 660),
		group("light", "Light", model.TierLow, 200, 42),
		group("about-to-sleep", "About to sleep", model.TierLow, 359, 110),
		group("hibernating", "Hibernating", model.TierLow, 1355, 600),
	}
	migrate(&f.Moves, f.Segments)
	f.Cells, f.CellSegments = fill(f)
	f.Before = f.Cells
	f.Whole = rfm.Whole{
		Tiered:    rfm.Part{Customers: f.Total.Customers, Orders: f.Total.Orders, Value: f.Total.Revenue},
		NotTiered: rfm.Part{Customers: 33, Orders: 36, Value: -10_411_2400}, NotCounted: 3618,
	}
	f.Services, f.ServicesAssumed = model.DefaultServices(), true
	f.Warnings = []model.Warning{{Code: "ties", Message: catalogue.T("frequency: 1,493 customers (34.4%) have exactly 1, where a cut is")}}
	return f
}

// fill spreads the customers over the cells so that neighbouring scores of two
// measures go together, which is how real customers lie.
func fill(f *session.Frame) (all []session.Figures, segments []uint8) {
	const levels = 5
	scheme := f.Scheme.Clone()
	for a := range scheme.Cuts {
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: f.Cuts[a]}
	}
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		panic(err)
	}
	for cell := range rule.Cells() {
		scores := rule.Scores(cell)
		near := func(a, b model.Axis) int64 { return int64(levels - max(scores[a]-scores[b], scores[b]-scores[a])) }
		n := f.ScoreCounts[model.Recency][scores[model.Recency]-1] *
			near(model.Recency, model.Frequency) * near(model.Frequency, model.Monetary) * near(model.Frequency, model.Monetary) / 1500
		m, orders := int64(scores[model.Monetary]), int64(scores[model.Frequency])
		all = append(all, session.Figures{
			Customers: n, Orders: n * orders * orders, Revenue: model.Money(n*m*m*m*24) * model.Unit, Repeaters: n * min(orders-1, 1),
		})
		segments = append(segments, uint8(rule.Segment(cell)))
	}
	return all, segments
}

// spread makes a distribution with counts[i] customers evenly over the
// logarithm of the values from bounds[i] to before bounds[i+1], whole steps apart.
func spread(bounds, counts []int64, step int64) session.Distribution {
	var d session.Distribution
	total := int64(0)
	for i, n := range counts {
		from, to := bounds[i], bounds[i+1]
		width := math.Log(float64(to) / float64(from))
		for v := from; v < to; v += step * max((to-from)/step/100, 1) {
			upto := total + int64(float64(n)*math.Log(float64(v+step)/float64(from))/width)
			d.Values = append(d.Values, v)
			d.Upto = append(d.Upto, min(upto, total+n))
		}
		total += n
		d.Upto[len(d.Upto)-1] = total
	}
	return d
}

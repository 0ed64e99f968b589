package main

import (
	"encoding/json"

	"strata/model"
	"strata/tui/session"
)

// tiersJSON is the stable JSON of `strata tiers`.
type tiersJSON struct {
	AsOf             string   `json:"as_of"`
	Window           string   `json:"window"`
	Where            []string `json:"where"`
	Currency         string   `json:"currency"`
	Scheme           string   `json:"scheme"`
	Edited           bool     `json:"edited"` // it differs from what is saved under that name
	Fingerprint      string   `json:"fingerprint"`
	Method           any      `json:"method"`
	Levels           any      `json:"levels"`
	Returns          string   `json:"returns"`
	Zero             string   `json:"zero"`
	FrequencyMeasure string   `json:"frequency_measure"`
	LeastMonths      *int     `json:"least_months"` // null but for per-month
	MonetaryMeasure  string   `json:"monetary_measure"`
	Customers        int64    `json:"customers"`
	Orders           int64    `json:"orders"`
	Revenue          amount   `json:"revenue"`
	AOV              amount   `json:"aov"`
	RepeatRate       *float64 `json:"repeat_rate"`
	restJSON
	Cuts        cutsJSON        `json:"cuts"`
	ScoreCounts scoreCountsJSON `json:"score_counts"`
	Tiers       []groupJSON     `json:"tiers"`
	Segments    []groupJSON     `json:"segments"`
	Fair        *fairJSON       `json:"fair"`
	Warnings    []model.Warning `json:"warnings"`
}

type cutsJSON struct {
	Recency   []json.Number `json:"recency"`
	Frequency []json.Number `json:"frequency"`
	Monetary  []amount      `json:"monetary"`
	Value     []int         `json:"value"`
}

type scoreCountsJSON struct {
	Recency   []int64 `json:"recency"`
	Frequency []int64 `json:"frequency"`
	Monetary  []int64 `json:"monetary"`
}

// groupJSON is a tier (Segment empty) or a segment. What has no value in an
// empty group (a mean of nobody) is null.
type groupJSON struct {
	Segment      string   `json:"segment,omitempty"`
	Tier         string   `json:"tier"`
	Label        string   `json:"label"`
	Customers    int64    `json:"customers"`
	Share        float64  `json:"share"`
	Orders       int64    `json:"orders"`
	Revenue      amount   `json:"revenue"`
	RevenueShare *float64 `json:"revenue_share"`
	AOV          amount   `json:"aov"`
	RepeatRate   *float64 `json:"repeat_rate"`
	AvgRecency   *float64 `json:"avg_recency"`
	AvgFrequency *float64 `json:"avg_frequency"`
	AvgMonetary  amount   `json:"avg_monetary"`
}

func newTiersJSON(f *session.Frame, info model.Info) tiersJSON {
	spec, money := f.Scheme.Spec, amountsFor(f)
	t := tiersJSON{
		AsOf: f.AsOf.String(), Window: spec.Window.String(), Where: []string{},
		Currency: info.Currency, Scheme: f.Title, Edited: f.Edited, Fingerprint: info.Fingerprint,
		Method: perAxis(methods(f.Scheme)), Levels: perAxis(f.Scheme.Levels),
		Returns: string(spec.Returns), Zero: string(spec.Zero),
		FrequencyMeasure: string(spec.Frequency), MonetaryMeasure: string(spec.Monetary),
		Customers: f.Total.Customers, Orders: f.Total.Orders, Revenue: money.of(f.Total.Revenue),
		AOV: orderValue(f.Total, money), RepeatRate: repeatRate(f.Total),
		restJSON: newRestJSON(f.Whole, money),
		Cuts: cutsJSON{
			Recency:   cutNumbers(f, model.Recency),
			Frequency: cutNumbers(f, model.Frequency),
			Monetary:  cutMoney(f.Published[model.Monetary], money),
			Value:     valueCuts(f),
		},
		ScoreCounts: scoreCountsJSON{f.ScoreCounts[model.Recency], f.ScoreCounts[model.Frequency], f.ScoreCounts[model.Monetary]},
		Fair:        newFairJSON(f),
		Warnings:    append([]model.Warning{}, f.Warnings...),
	}
	if months := spec.MonthsAtLeast(); spec.Frequency == model.FrequencyPerMonth {
		t.LeastMonths = &months
	}
	for _, c := range spec.Where {
		t.Where = append(t.Where, c.String())
	}
	for _, g := range f.Tiers {
		t.Tiers = append(t.Tiers, newGroupJSON(g, f, false))
	}
	for _, g := range f.Segments {
		t.Segments = append(t.Segments, newGroupJSON(g, f, true))
	}
	return t
}

func newGroupJSON(g session.Group, f *session.Frame, segment bool) groupJSON {
	money := amountsFor(f)
	j := groupJSON{
		Tier: string(g.Tier), Label: g.Label,
		Customers: g.Now.Customers, Orders: g.Now.Orders, Revenue: money.of(g.Now.Revenue),
		AOV: orderValue(g.Now, money), RepeatRate: repeatRate(g.Now),
	}
	if segment {
		j.Segment = g.Slug
	}
	if share, ok := model.Share(g.Now.Customers, f.Total.Customers); ok {
		j.Share = share
	}
	if share, ok := model.Share(int64(g.Now.Revenue), int64(f.Total.Revenue)); ok {
		j.RevenueShare = &share
	}
	if n := g.Now.Customers; n > 0 {
		recency := float64(g.Now.Recency) / float64(n)
		frequency := float64(g.Now.Frequency) / float64(n) / float64(f.Scheme.Spec.Scale(model.Frequency))
		j.AvgRecency, j.AvgFrequency, j.AvgMonetary = &recency, &frequency, money.of(g.Now.Monetary.Ratio(n))
	}
	return j
}

// orderValue is the mean value of an order, not known without any.
func orderValue(f session.Figures, money amounts) amount {
	v, ok := f.OrderValue()
	if !ok {
		return ""
	}
	return money.of(v)
}

func repeatRate(f session.Figures) *float64 {
	r, ok := f.RepeatRate()
	if !ok {
		return nil
	}
	return &r
}

// valueCuts are the value cuts where they decide the tiers.
func valueCuts(f *session.Frame) []int {
	if !f.ByValue {
		return []int{}
	}
	return f.Scheme.Value.Cuts[:]
}

func cutNumbers(f *session.Frame, axis model.Axis) []json.Number {
	numbers := []json.Number{}
	for _, c := range f.Published[axis] {
		numbers = append(numbers, json.Number(c.Text(f.Scheme.Spec.Scale(axis))))
	}
	return numbers
}

func cutMoney(cuts []model.Cut, money amounts) []amount {
	texts := []amount{}
	for _, c := range cuts {
		text := amount(moneyCut(c))
		if c.IsWhole() {
			text = money.of(model.Money(c.Whole))
		}
		texts = append(texts, text)
	}
	return texts
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

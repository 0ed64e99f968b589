package main

import (
	"encoding/json"

	"strata/model"
	"strata/tui/session"
)

type cutsJSON struct {
	Recency   []json.Number `json:"recency"`
	Frequency []json.Number `json:"frequency"`
	Monetary  []amount      `json:"monetary"`
	Value     []int         `json:"value"`
}

// groupJSON is a tier.
type groupJSON struct {
	Tier         string
	Customers    int64
	Share        float64
	Revenue      amount
	RevenueShare *float64
}

func newGroupJSON(g session.Group, f *session.Frame) groupJSON {
	j := groupJSON{Tier: string(g.Tier), Customers: g.Now.Customers, Revenue: amountsFor(f).of(g.Now.Revenue)}
	if share, ok := model.Share(g.Now.Customers, f.Total.Customers); ok {
		j.Share = share
	}
	if share, ok := model.Share(int64(g.Now.Revenue), int64(f.Total.Revenue)); ok {
		j.RevenueShare = &share
	}
	return j
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

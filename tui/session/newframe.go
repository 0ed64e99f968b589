package session

import (
	"slices"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// newFrame shows figures under a rule, without a baseline.
func newFrame(base *rfm.Base, scheme model.Scheme, rule *rfm.Rule, figures *rfm.Figures) *Frame {
	lint := rule.Lint(figures)
	f := &Frame{
		Scheme:    scheme,
		Cuts:      rule.Cuts,
		Published: rule.Published,
		ByValue:   rule.ByValue(),
		AsOf:      base.AsOf,
		OfLines:   base.OfLines,
		Total:     newFigures(figures.Total()),
		Whole:     base.Whole,
		Warnings:  slices.Concat(base.Warnings, rule.In(base.Currency).MapWarnings(figures, lint)),
		Lint:      lint,
	}
	f.Scheme.Value = rule.Value
	tiers := figures.Tiers(rule)
	f.Tiers, f.Whole = newTiers(tiers), f.Whole.WithoutTier(tiers[model.TierNone.Rank()])
	f.Kept = newKept(scheme.Fair, base.AsOf, rule, figures)
	for i, sum := range figures.Segments(rule) {
		s := rule.Segments[i]
		f.Segments = append(f.Segments, Group{Slug: s.Slug, Label: s.Label, Tier: s.Tier, Now: newFigures(sum)})
	}
	f.Cells = newCells(figures)
	f.CellSegments = make([]uint8, rule.Cells())
	for cell := range f.CellSegments {
		f.CellSegments[cell] = uint8(rule.Segment(cell))
	}
	for a := range f.ScoreCounts {
		if model.Axis(a) != model.Monetary || !rule.Value.Unvalued {
			f.ScoreCounts[a] = figures.Scores(rule, model.Axis(a))
		}
		f.Spans[a] = rule.SpansOf(base, model.Axis(a))
	}
	return f
}

// newTiers shows sums by tier, no tier only where it has customers.
func newTiers(sums [4]rfm.Aggregate) []Group {
	var groups []Group
	for _, t := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
		if sum := sums[t.Rank()]; t != model.TierNone || sum.Customers > 0 {
			groups = append(groups, Group{Slug: string(t), Label: tierLabels[t], Tier: t, Now: newFigures(sum)})
		}
	}
	return groups
}

var tierLabels = map[model.Tier]string{
	model.TierHigh: words.Tier(model.TierHigh), model.TierMid: words.Tier(model.TierMid), model.TierLow: words.Tier(model.TierLow), model.TierNone: catalogue.T("No tier"),
}

func newFigures(a rfm.Aggregate) Figures {
	return Figures{
		Customers: a.Customers, Orders: a.Orders, Revenue: a.Revenue, Repeaters: a.Repeaters,
		Recency: a.Recency, Frequency: a.Frequency, Monetary: model.Money(a.Monetary),
	}
}

func newCells(figures *rfm.Figures) []Figures {
	cells := make([]Figures, len(figures.Cells))
	for i, sum := range figures.Cells {
		cells[i] = newFigures(sum)
	}
	return cells
}

// flowLimit is how many of the largest flows a frame names.
const flowLimit = 5

func newMoves(m *rfm.Moves) Moves {
	moves := Moves{
		Customers: m.Moved.Customers, Revenue: m.Moved.Revenue,
		Before: m.Before, Now: m.Now, Matrix: m.Matrix, Entered: m.Entered, Left: m.Left,
	}
	moves.count(moves.directions())
	moves.LargestFlows = largest(moves.flows(), flowLimit)
	return moves
}

// flows lists who goes from one segment to another.
func (m Moves) flows() []Flow {
	var flows []Flow
	for i, from := range m.Before {
		for j, to := range m.Now {
			if flow := m.Matrix[i][j]; flow.Customers > 0 && from.Key() != to.Key() {
				flows = append(flows, Flow{From: from.Label, To: to.Label, Was: from.Slug, Now: to.Slug, Customers: flow.Customers, Revenue: flow.Revenue})
			}
		}
	}
	return flows
}

// largest returns the n flows of most customers.
func largest(flows []Flow, n int) []Flow {
	slices.SortStableFunc(flows, func(a, b Flow) int { return int(b.Customers - a.Customers) })
	return flows[:min(n, len(flows))]
}

// knotLimit bounds how many values a frame's distribution names.
const knotLimit = 2048

// newDistribution names all values of an axis, or some two thousand of them
// with equal numbers of customers between where there are more.
func newDistribution(d rfm.Distribution) Distribution {
	n := d.Customers()
	if n == 0 {
		return Distribution{}
	}
	var values []int64
	for v, ok := d.Min(), true; ok && len(values) <= knotLimit; v, ok = d.Next(v) {
		values = append(values, v)
	}
	if len(values) > knotLimit {
		values = values[:0]
		for k := range knotLimit {
			values = append(values, d.At(int(int64(k)*int64(n-1)/(knotLimit-1))))
		}
		values = slices.Compact(values)
	}
	out := Distribution{Values: values, Upto: make([]int64, len(values))}
	for i, v := range values {
		out.Upto[i] = int64(d.AtMost(v))
	}
	return out
}

package compare

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
)

// Split parts the change between two days into what the customers' own data did
// (orders, or none since; under a window also old orders that left it) and what the
// rule did: the rule of before is applied to what after measured, first.
// Who is elsewhere then has moved by behaviour; who is elsewhere once more under
// the rule of after, by the rule.
type Split struct {
	Segments, Tiers Division
}

// Division is a split by segments, or by tiers. The first five are those
// there on both days, with their revenue as measured after; they add up to
// all of them. The moved are those of Behaviour, Rule and Both.
type Division struct {
	Stayed    rfm.Flow // neither has moved them
	Behaviour rfm.Flow // moved by their own data alone
	Rule      rfm.Flow // moved by the rule alone
	Both      rfm.Flow // moved by their own data, and on by the rule
	Back      rfm.Flow // moved by their own data, and back by the rule: they stay
	New       rfm.Flow // there after only; no movers
	Gone      rfm.Flow // there before only, revenue as measured before; no movers
	Parts     []Part
}

// Part is the change of a segment or tier: After = Before + Behaviour + Rule +
// Both + New - Gone, in customers and in revenue. Behaviour and Rule are of those
// whom one of them alone has moved, Both of those whom both have. What those who
// stay spend more or less is behaviour.
type Part struct {
	Segment                                         model.Segment // of a tier: its slug and Tier alone
	Before, Behaviour, Rule, Both, New, Gone, After rfm.Flow
}

// Split parts the change, in one pass over everybody. Error: Cancelled.
func (p *Pair) Split(ctx context.Context) (*Split, error) {
	sums, err := p.tally(ctx, func(w Way) (Way, bool) { return w & labelsOnly, true })
	if err != nil {
		return nil, err
	}
	gone := p.gone()
	bySegment, byTier := p.bySegment(), p.byTier()
	return &Split{Segments: bySegment.divide(sums, gone), Tiers: byTier.divide(sums, gone)}, nil
}

// labelsOnly takes the cells out of a way.
const labelsOnly = Way(noLabel<<cellBits) * (1 + 1<<wayBits + 1<<(2*wayBits))

// gone adds up who is there before only, by the segment they were in.
func (p *Pair) gone() []rfm.Flow { return p.before.labels.On(p.after.base).Gone }

// grouping puts the segments of the three sides into groups: the group of label
// l on side s is of[s][l]. The last group holds the absent.
type grouping struct {
	groups []model.Segment
	of     [sides][noLabel + 1]int
}

func (g *grouping) put(side int, labels int, group func(label int) int) {
	for l := range g.of[side] {
		g.of[side][l] = len(g.groups)
		if l < labels {
			g.of[side][l] = group(l)
		}
	}
}

func (p *Pair) bySegment() grouping {
	g := grouping{groups: p.segments}
	for i, s := range []side{p.before, p.between, p.after} {
		g.put(i, len(s.number), func(l int) int { return s.number[l] })
	}
	return g
}

func (p *Pair) byTier() grouping {
	var g grouping
	for _, t := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
		g.groups = append(g.groups, model.Segment{Slug: string(t), Tier: t})
	}
	for i, s := range []side{p.before, p.between, p.after} {
		g.put(i, len(s.number), func(l int) int { return s.rule.Segments[l].Tier.Rank() })
	}
	return g
}

// divide enters everybody after, and who is gone by label before.
func (g *grouping) divide(sums map[Way]sum, gone []rfm.Flow) Division {
	d := Division{Parts: make([]Part, len(g.groups))}
	for i, s := range g.groups {
		d.Parts[i].Segment = s
	}
	for w, s := range sums {
		d.enter(g.of[sideBefore][w.label(sideBefore)], g.of[sideBetween][w.label(sideBetween)], g.of[sideAfter][w.label(sideAfter)], s)
	}
	for label, flow := range gone {
		part := &d.Parts[g.of[sideBefore][label]]
		for _, of := range []*rfm.Flow{&d.Gone, &part.Gone, &part.Before} {
			add(of, flow.Customers, flow.Revenue)
		}
	}
	return d
}

// enter adds customers who went from one group by way of another to a third; the
// number after the last group is that of the absent.
func (d *Division) enter(was, mid, is int, s sum) {
	absent := len(d.Parts)
	add(&d.Parts[is].After, s.customers, s.after)
	if was == absent {
		add(&d.New, s.customers, s.after)
		add(&d.Parts[is].New, s.customers, s.after)
		return
	}
	from, to := &d.Parts[was], &d.Parts[is]
	add(&from.Before, s.customers, s.before)
	switch class(was, mid, is) {
	case NoClass: // what they spend, and how it is measured, is all that changes there
		add(&from.Behaviour, 0, s.between-s.before)
		add(&from.Rule, 0, s.after-s.between)
		if was != mid {
			add(&d.Back, s.customers, s.after)
		} else {
			add(&d.Stayed, s.customers, s.after)
		}
	case Both:
		add(&from.Both, -s.customers, -s.before)
		add(&to.Both, s.customers, s.after)
		add(&d.Both, s.customers, s.after)
	case Behaviour:
		add(&from.Behaviour, -s.customers, -s.before)
		add(&to.Behaviour, s.customers, s.between)
		add(&to.Rule, 0, s.after-s.between)
		add(&d.Behaviour, s.customers, s.after)
	case Rule:
		add(&from.Behaviour, 0, s.between-s.before)
		add(&from.Rule, -s.customers, -s.between)
		add(&to.Rule, s.customers, s.after)
		add(&d.Rule, s.customers, s.after)
	}
}

func add(to *rfm.Flow, customers int64, revenue model.Money) {
	to.Customers += customers
	to.Revenue += revenue
}

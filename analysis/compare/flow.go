package compare

import (
	"cmp"
	"context"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// Flow is who goes from one segment to another, and why.
type Flow struct {
	From, To model.Segment // the segments before and after
	rfm.Flow               // revenue as measured after
	Reasons  []Weighed     // most customers first
}

// Weighed is a reason and whom it concerns.
type Weighed struct {
	Reason
	rfm.Flow
}

// Flows lists who goes from where to where and why, most customers first, in
// one pass over everybody. Those absent on one side are in no flow. Error:
// Cancelled.
func (p *Pair) Flows(ctx context.Context) ([]Flow, error) {
	moving := p.moving()
	sums, err := p.tally(ctx, func(w Way) (Way, bool) { return w, moving[w.label(sideBefore)][w.label(sideAfter)] })
	if err != nil {
		return nil, err
	}
	type ends struct{ from, to int }
	reasons := map[ends]map[Reason]rfm.Flow{}
	for w, s := range sums {
		e := ends{w.label(sideBefore), w.label(sideAfter)}
		if reasons[e] == nil {
			reasons[e] = map[Reason]rfm.Flow{}
		}
		r := p.Reason(w)
		of := reasons[e][r]
		of.Customers += s.customers
		of.Revenue += s.after
		reasons[e][r] = of
	}
	var flows []Flow
	for e, of := range reasons {
		f := Flow{From: p.before.rule.Segments[e.from], To: p.after.rule.Segments[e.to]}
		for r, whom := range of {
			f.Customers += whom.Customers
			f.Revenue += whom.Revenue
			f.Reasons = append(f.Reasons, Weighed{r, whom})
		}
		slices.SortFunc(f.Reasons, func(a, b Weighed) int {
			return cmp.Or(cmp.Compare(b.Customers, a.Customers), a.Reason.Compare(b.Reason))
		})
		flows = append(flows, f)
	}
	order := func(s side, segment model.Segment) int { return slices.Index(s.rule.Segments, segment) }
	slices.SortFunc(flows, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(b.Customers, a.Customers),
			cmp.Compare(order(p.before, a.From), order(p.before, b.From)), cmp.Compare(order(p.after, a.To), order(p.after, b.To)))
	})
	return flows, nil
}

// moving says for each segment before and each after whether going from one to
// the other is a move.
func (p *Pair) moving() (moving [noLabel + 1][noLabel + 1]bool) {
	for b, was := range p.before.number {
		for a, is := range p.after.number {
			moving[b][a] = was != is
		}
	}
	return moving
}

// Compare puts reasons in an order: by class and cause, then by measures and scores.
func (r Reason) Compare(s Reason) int {
	order := cmp.Or(cmp.Compare(r.Class, s.Class), cmp.Compare(r.OfTiers, s.OfTiers), cmp.Compare(r.Cause, s.Cause), cmp.Compare(r.ValueCut, s.ValueCut), cmp.Compare(r.Crossed, s.Crossed), cmp.Compare(r.Redrawn, s.Redrawn),
		cmp.Compare(r.Kept, s.Kept), cmp.Compare(r.KeptBefore, s.KeptBefore), cmp.Compare(one(r.Risen), one(s.Risen)))
	for i := range r.Crossings {
		a, b := r.Crossings[i], s.Crossings[i]
		order = cmp.Or(order, cmp.Compare(a.Axis, b.Axis), cmp.Compare(a.Before, b.Before),
			cmp.Compare(a.After, b.After), cmp.Compare(a.Cause, b.Cause), cmp.Compare(one(a.Measured), one(b.Measured)))
	}
	return order
}

// one is 1 for what is true, 0 for what is not.
func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

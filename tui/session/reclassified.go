package session

import (
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// reclassified is what an edit did to the customers: those counted before and
// after it who are in another segment, with their revenue as counted after it;
// and how many are counted on one side only, because it counts other orders.
type reclassified struct {
	rfm.Flow
	gone, come int64
	byTier     bool // it is those in another tier
}

// reclassify sets two answers against each other; before is nil where nobody was
// counted.
func reclassify(before, now *state) reclassified {
	if before == nil {
		return reclassified{come: int64(now.base.Len())}
	}
	was := rfm.Assign(before.base, before.rule).On(now.base)
	r := reclassified{Flow: rfm.Reclassified(was, rfm.Assign(now.base, now.rule))}
	if before.base != now.base {
		r.gone, r.come = was.Sides()
	}
	return r
}

// opened is what a scheme does that takes the place of another one. Between maps with
// different segments a move may be one of name alone, so that there it is tiers that
// are counted, as comparisons tell them first.
func opened(before, now *state) reclassified {
	if !otherMaps(before, now) {
		return reclassify(before, now)
	}
	was := rfm.Assign(before.base, before.rule).On(now.base)
	r := reclassified{Flow: rfm.Reclassified(byTiers(was), byTiers(rfm.Assign(now.base, now.rule))), byTier: true}
	if before.base != now.base {
		r.gone, r.come = was.Sides()
	}
	return r
}

// otherMaps reports whether two answers are by maps with different segments.
func otherMaps(before, now *state) bool {
	return before != nil && (Moves{Before: before.rule.Segments, Now: now.rule.Segments}).OtherMaps()
}

// byTiers is labels that tell tiers apart and not the segments within them.
func byTiers(labels *rfm.Labels) *rfm.Labels {
	tiers := *labels
	tiers.Segments = make([]model.Segment, len(labels.Segments))
	for i, s := range labels.Segments {
		tiers.Segments[i].Tier = s.Tier
	}
	return &tiers
}

// tiers tells behind the label of an edit that its customers are those in another
// tier: " (customers by tier)"; "" where they are those in another segment.
func (r reclassified) tiers() string {
	if r.byTier {
		return catalogue.T(" (customers by tier)")
	}
	return ""
}

// sides tells behind the label of an edit who is counted on one side only:
// " (12 customers no longer counted, 3 newly)"; "" without any.
func (r reclassified) sides() string {
	var parts []string
	customers := func(n int64) string {
		if len(parts) > 0 {
			return words.Count(n)
		}
		return words.Customers(n)
	}
	if r.gone > 0 {
		parts = append(parts, catalogue.T("{customers} no longer counted", "customers", customers(r.gone)))
	}
	if r.come > 0 {
		parts = append(parts, catalogue.T("{customers} newly counted", "customers", customers(r.come)))
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func (b *Bench) state() *state { return &state{b.base, b.rule} }

// record makes the working scheme an edit. before is what it was changed from,
// nil where that counted nobody.
func (b *Bench) record(label string, before *state) { b.recordMoved(label, b.reclassified(before)) }

// recordMoved is record for what is known to have moved.
func (b *Bench) recordMoved(label string, moved reclassified) {
	told := model.Edit{At: b.now(), Label: label + moved.sides(), Customers: moved.Customers, Revenue: moved.Revenue}
	parent := b.edits.at
	b.edits.add(told, b.scheme.Clone())
	b.journal.addEdit(parent, told, b.scheme)
}

// reclassified adds up who is in another segment than before, by the cheapest
// way there is: the figures at hand, a prefix table, or everybody.
func (b *Bench) reclassified(before *state) reclassified {
	if before != nil && before.base == b.base {
		if moved, ok := b.figures.Reclassified(before.rule, b.rule); ok {
			return reclassified{Flow: moved}
		}
		for _, t := range b.tables {
			if t == nil || !t.Fits(b.index, b.rule) {
				continue
			}
			if moved, ok := t.Reclassified(before.rule, b.rule); ok {
				return reclassified{Flow: moved}
			}
		}
	}
	return reclassify(before, b.state())
}

// opened is what the function of that name says of the working scheme, by the
// cheapest way there is.
func (b *Bench) opened(before *state) reclassified {
	if otherMaps(before, b.state()) {
		return opened(before, b.state())
	}
	return b.reclassified(before)
}

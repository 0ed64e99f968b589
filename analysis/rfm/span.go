package rfm

import (
	"slices"

	"strata/model"
)

// Span is what the customers of one score have of a measure whose scores do not
// follow from the value alone: from Low to High, in its stored unit. A span of
// nobody is the zero value.
type Span struct {
	Low, High int64
	Customers int64
}

func (s Span) has(v int64) bool { return s.Customers > 0 && s.Low <= v && v <= s.High }

// Spans tells what the customers of each score have, from score 1 on, where groups of
// equal size tear customers with equal values apart; nil where the value decides, or
// cuts that lie within other scores do.
type Spans []Span

// SpansOf returns the spans of a measure of base. They were found when the groups
// were made, so that it looks at no customer.
func (r *Rule) SpansOf(base *Base, a model.Axis) Spans {
	r.on(base)
	if r.given[a] == nil || r.groups[a] == nil {
		return nil
	}
	spans := make(Spans, r.Levels[a])
	for passed, span := range r.groups[a] {
		spans[r.scoreAbove(a, passed)-1] = span
	}
	return spans
}

// Sharing lists the scores, ascending, that customers with a value have.
func (s Spans) Sharing(v int64) []int {
	var scores []int
	for i, span := range s {
		if span.has(v) {
			scores = append(scores, i+1)
		}
	}
	return scores
}

// TornBetween reports whether customers with a value have either of two scores.
func (s Spans) TornBetween(v int64, one, other int) bool {
	return s != nil && s[one-1].has(v) && s[other-1].has(v)
}

// Torn reports whether any customers with equal values have different scores.
func (s Spans) Torn() bool {
	return slices.ContainsFunc(s, func(span Span) bool {
		return span.Customers > 0 && (len(s.Sharing(span.Low)) > 1 || len(s.Sharing(span.High)) > 1)
	})
}

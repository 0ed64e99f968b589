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

// SpansOf returns the spans of a measure of base.
func (r *Rule) SpansOf(base *Base, a model.Axis) Spans {
	r.on(base)
	if r.given[a] == nil || r.nested[a] != nil {
		return nil
	}
	spans := make(Spans, r.Levels[a])
	for row := range base.Len() {
		v, s := base.Value(a, row), &spans[r.ScoresOf(base, row)[a]-1]
		if s.Customers == 0 {
			s.Low, s.High = v, v
		}
		s.Low, s.High = min(s.Low, v), max(s.High, v)
		s.Customers++
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

// Torn reports whether any customers with equal values have different scores.
func (s Spans) Torn() bool {
	return slices.ContainsFunc(s, func(span Span) bool {
		return span.Customers > 0 && (len(s.Sharing(span.Low)) > 1 || len(s.Sharing(span.High)) > 1)
	})
}

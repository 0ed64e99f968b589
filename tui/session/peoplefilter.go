package session

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"strata/analysis/compare"
	"strata/model"
	"strata/model/answer"
)

// matching returns the places in the list of those that the filter lets
// through. before, if not nil, is an answer with the same people in the same
// order: a longer text is looked for only where a shorter one was found.
func (p *People) matching(ctx context.Context, before *People) ([]int32, error) {
	if p.Request.Filter == "" {
		return nil, nil
	}
	places := []int32{}
	if asked := answer.ParseCondition(p.Request.Filter); asked.Relation != "" && p.Request.On != "" {
		err := each(ctx, len(p.rows), func(place int) {
			if v := p.valueOf(p.At(place)); asked.Holds(v, v.Plain()) {
				places = append(places, int32(place))
			}
		})
		return places, err
	}
	m := p.newMatcher()
	if before != nil && before.Matches != nil && sameColumns(before.Request, p.Request) &&
		strings.Contains(fold(p.Request.Filter), fold(before.Request.Filter)) {
		err := each(ctx, len(before.Matches), func(i int) {
			if place := before.Matches[i]; m.matches(p.rows[place]) {
				places = append(places, place)
			}
		})
		return places, err
	}
	err := each(ctx, len(p.rows), func(place int) {
		if m.matches(p.rows[place]) {
			places = append(places, int32(place))
		}
	})
	return places, err
}

func sameColumns(a, b PeopleRequest) bool {
	return slices.Equal(a.Attributes, b.Attributes) && (b.On == "" || answer.ParseCondition(a.Filter).Relation == "")
}

// valueOf is what a person has in the column that the filter is about.
func (p *People) valueOf(person Person) answer.Value {
	axes := map[PeopleColumn]model.Axis{ColumnR: model.Recency, ColumnF: model.Frequency, ColumnM: model.Monetary}
	switch on := p.Request.On; on {
	case ColumnCustomer:
		return answer.Text(person.Customer)
	case ColumnLastOrder:
		return answer.Text(person.LastOrder.String())
	case ColumnRecency:
		return answer.Count(person.Recency)
	case ColumnOrders:
		return answer.Count(person.Orders)
	case ColumnFrequency:
		return answer.Decimal(model.WholeCut(int64(person.Frequency)).Text(p.roster.base.Spec.Scale(model.Frequency)), false)
	case ColumnMonetary:
		return answer.Money(person.Monetary)
	case ColumnR, ColumnF, ColumnM:
		return answer.Count(person.Scores[axes[on]])
	case ColumnValue:
		return answer.Decimal(person.Value.Text(1), false)
	case ColumnSegment:
		return answer.Text(person.Segment.Label)
	case ColumnTier:
		return answer.Text(person.Segment.Tier)
	default:
		for i, a := range p.Request.Attributes {
			if AttributeColumn(a) == on {
				return answer.Text(person.Facts[i])
			}
		}
	}
	return answer.Value{}
}

// matcher tells whether a text stands in a row.
type matcher struct {
	people     *People
	needle     []byte // folded
	segments   []bool // those whose label or tier has it
	attributes []attributeMatch
	reasons    map[compare.Way]bool // those that have it, so far; nil where the list is not about who moves
}

// attributeMatch says for each word of an attribute whether it has the text.
type attributeMatch struct {
	code []uint32
	word []bool
}

func (p *People) newMatcher() *matcher {
	m := &matcher{people: p, needle: []byte(fold(p.Request.Filter))}
	for _, s := range p.roster.rule.Segments {
		m.segments = append(m.segments, m.in(s.Label) || m.in(string(s.Tier)))
	}
	if p.moves != nil {
		m.reasons = map[compare.Way]bool{}
	}
	for _, a := range p.Request.Attributes {
		codes := p.facts[AttributeColumn(a)]
		words := make([]bool, len(codes.Words))
		for i, w := range codes.Words {
			words[i] = m.in(w)
		}
		m.attributes = append(m.attributes, attributeMatch{codes.Code, words})
	}
	return m
}

func (m *matcher) matches(row int32) bool {
	if m.segments[m.people.segments[row]] {
		return true
	}
	if m.reasons != nil && m.hasReason(int(row)) {
		return true
	}
	customer := m.people.roster.base.Customer[row]
	for _, a := range m.attributes {
		if a.word[a.code[customer]] {
			return true
		}
	}
	return containsFold(m.people.keys.Slice(int(customer)), m.needle)
}

// hasReason reports whether the text stands in where somebody was, or in why
// that changed.
func (m *matcher) hasReason(row int) bool {
	way := m.people.moves.pair.Way(row)
	has, known := m.reasons[way]
	if !known {
		move := m.people.moves.of(row)
		has = m.in(move.Was.Label) || m.in(move.Short)
		m.reasons[way] = has
	}
	return has
}

func (m *matcher) in(text string) bool { return strings.Contains(fold(text), string(m.needle)) }

// fold makes texts that differ in case only alike.
func fold(text string) string { return strings.ToLower(text) }

// containsFold reports whether text, folded, contains needle, which is folded
// already. Keys are short and mostly plain letters and digits: those are
// compared where they stand.
func containsFold(text, needle []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return bytes.Contains(bytes.ToLower(text), needle)
		}
	}
	for from := 0; from+len(needle) <= len(text); from++ {
		i := 0
		for i < len(needle) && lower(text[from+i]) == needle[i] {
			i++
		}
		if i == len(needle) {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// NextMatch returns the nearest place after one (before it, where forward is
// false) that the filter lets through, starting again at the other end; false
// where there is none.
func (p *People) NextMatch(place int, forward bool) (int, bool) {
	n := len(p.Matches)
	if n == 0 {
		return 0, false
	}
	if forward {
		return int(p.Matches[p.matchFrom(place+1)%n]), true
	}
	return int(p.Matches[(p.matchFrom(place)+n-1)%n]), true
}

// matchFrom returns the index of the first match at a place or after it.
func (p *People) matchFrom(place int) int {
	return sort.Search(len(p.Matches), func(i int) bool { return int(p.Matches[i]) >= place })
}

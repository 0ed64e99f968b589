package rfm

import (
	"slices"

	"strata/model"
)

// block is how many customers are scored at a time: few enough for their keys
// to stay in the processor's nearest cache.
const block = 1024

// scorer turns the values of one axis into what they add to a key: the number
// of a cell, or of a pair of scores.
type scorer struct {
	axis   model.Axis
	floors []int64
	add    []uint32 // by the number of cuts a value lies above
	lookup []uint32 // the same by value; the last entry serves all greater values
	given  []uint8  // that number for each row of the base, where the value does not tell it
}

// longestLookup bounds the lookup table of a scorer. Days and counts stay
// below it; other values are compared with each cut.
const longestLookup = 1 << 16

// newScorer makes the scorer of an axis where one score makes a difference of
// stride in the key.
func newScorer(rule *Rule, a model.Axis, stride int) scorer {
	s := scorer{axis: a, floors: rule.floors[a], given: rule.given[a]}
	for passed := range rule.Levels[a] {
		s.add = append(s.add, uint32((rule.scoreAbove(a, passed)-1)*stride))
	}
	top := s.floors[len(s.floors)-1]
	if a == model.Monetary || top >= longestLookup {
		return s
	}
	s.lookup = make([]uint32, max(top, 0)+2)
	for value := range s.lookup {
		passed, _ := slices.BinarySearch(s.floors, int64(value))
		s.lookup[value] = s.add[passed]
	}
	return s
}

// score adds what the customers from row lo on have on this axis to keys.
func (s *scorer) score(c *columns, lo int, keys []uint32) {
	switch {
	case s.given != nil:
		s.scoreGiven(c, lo, keys)
	case s.axis == model.Recency:
		s.scoreSmall(c.recency[lo:lo+len(keys)], keys)
	case s.axis == model.Frequency:
		s.scoreSmall(c.frequency[lo:lo+len(keys)], keys)
	case s.axis == model.Monetary:
		compare(s, c.monetary[lo:lo+len(keys)], keys)
	}
}

// scoreGiven looks up what each customer has been given.
func (s *scorer) scoreGiven(c *columns, lo int, keys []uint32) {
	if c.order == nil {
		for i, passed := range s.given[lo : lo+len(keys)] {
			keys[i] += s.add[passed]
		}
		return
	}
	for i, row := range c.order[lo : lo+len(keys)] {
		keys[i] += s.add[s.given[row]]
	}
}

// scoreSmall scores values that are not negative.
func (s *scorer) scoreSmall(values []int32, keys []uint32) {
	if s.lookup == nil {
		compare(s, values, keys)
		return
	}
	lookup := s.lookup
	last := int32(len(lookup) - 1)
	keys = keys[:len(values)]
	for i, v := range values {
		// The lesser of v and last, without a branch: customers come in no
		// order, and a processor that guesses wrong loses more than it adds.
		beyond := v - last
		keys[i] += lookup[last+beyond&(beyond>>31)]
	}
}

// compare scores values by comparing each with every cut. Five scores, the
// usual case, are written out: the compiler turns each comparison into a bit,
// and nothing is left to predict.
func compare[T integer](s *scorer, values []T, keys []uint32) {
	add := s.add
	keys = keys[:len(values)]
	if len(s.floors) != 4 {
		for i, v := range values {
			passed := 0
			for _, floor := range s.floors {
				passed += above(v, floor)
			}
			keys[i] += add[passed]
		}
		return
	}
	a, b, c, d := s.floors[0], s.floors[1], s.floors[2], s.floors[3]
	for i, v := range values {
		keys[i] += add[above(v, a)+above(v, b)+above(v, c)+above(v, d)]
	}
}

func above[T integer](v T, floor int64) int {
	if int64(v) > floor {
		return 1
	}
	return 0
}

// scoring is scorers whose keys add up: to the number of a cell, or, without
// one of the axes, to the number of a pair.
type scoring []scorer

// cellScoring gives every customer the number of its cell.
func cellScoring(rule *Rule) scoring {
	var s scoring
	for a := model.Recency; a < model.Axes; a++ {
		s = append(s, newScorer(rule, a, rule.stride(a)))
	}
	return s
}

// score sets keys for the customers from row lo on.
func (s scoring) score(c *columns, lo int, keys []uint32) {
	clear(keys)
	for i := range s {
		s[i].score(c, lo, keys)
	}
}

// blocks calls use with the keys of the customers lo <= i < hi, block by
// block: those of at, at+1, …
func (s scoring) blocks(c *columns, lo, hi int, use func(at int, keys []uint32)) {
	var buffer [block]uint32
	for at := lo; at < hi; at += block {
		keys := buffer[:min(block, hi-at)]
		s.score(c, at, keys)
		use(at, keys)
	}
}

package model

import (
	"iter"
	"math/bits"
	"strings"
)

// Region is a segment with the cells that belong to it. A list of regions is a
// map: the first that holds a cell has it, and cells that none holds are in
// the segment Others, in no tier.
type Region struct {
	Segment
	Cells []Pattern
}

// Pattern stands for the cells that have one of the given scores on each axis.
type Pattern [Axes]ScoreSet

// Holds reports whether the pattern stands for the cell with these scores.
func (p Pattern) Holds(scores [Axes]int) bool {
	for a, s := range scores {
		if !p[a].Has(s) {
			return false
		}
	}
	return true
}

// ParsePattern reads a cell as its scores of recency, frequency and monetary,
// each one score, several like [3-5] or [245], or * for any: 555, [4-5]1*.
func ParsePattern(s string) (Pattern, error) {
	var p Pattern
	rest := s
	for a := range p {
		var ok bool
		if p[a], rest, ok = cutScoreSet(rest); !ok {
			return p, Errorf(Invalid, "{text:q} is not a cell", "text", s).
				WithHint("write the scores of recency, frequency and monetary like 555, [4-5]1* or [245]33")
		}
	}
	if rest != "" {
		return p, Errorf(Invalid, "{text:q} has more than three scores", "text", s).WithHint("put a space between two cells")
	}
	return p, nil
}

// String writes the pattern as ParsePattern reads it.
func (p Pattern) String() string {
	var s strings.Builder
	for _, set := range p {
		s.WriteString(set.String())
	}
	return s.String()
}

// ScoreSet is a set of scores 1..9: score s is bit s.
type ScoreSet uint16

// AnyScore is the set of all scores.
const AnyScore ScoreSet = 1<<(MaxLevels+1) - 2

// ScoresFrom returns the set of the scores low to high.
func ScoresFrom(low, high int) ScoreSet { return (1<<(high+1) - 1) &^ (1<<low - 1) }

// Has reports whether the set holds a score.
func (s ScoreSet) Has(score int) bool { return s>>score&1 == 1 }

// Upto yields the scores of the set that are not above levels, ascending.
func (s ScoreSet) Upto(levels int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for score := 1; score <= levels; score++ {
			if s.Has(score) && !yield(score) {
				return
			}
		}
	}
}

// Max returns the highest score of the set, 0 of an empty one.
func (s ScoreSet) Max() int { return max(bits.Len16(uint16(s))-1, 0) }

// String writes one score as 5, several as [3-5] or [245], all as *.
func (s ScoreSet) String() string {
	low, high := bits.TrailingZeros16(uint16(s)), s.Max()
	switch {
	case s == AnyScore:
		return "*"
	case low == high:
		return digit(low)
	case s == ScoresFrom(low, high):
		return "[" + digit(low) + "-" + digit(high) + "]"
	}
	all := ""
	for score := low; score <= high; score++ {
		if s.Has(score) {
			all += digit(score)
		}
	}
	return "[" + all + "]"
}

func digit(score int) string { return string(rune('0' + score)) }

// cutScoreSet reads the scores of one axis from the front of s.
func cutScoreSet(s string) (set ScoreSet, rest string, ok bool) {
	if s == "" {
		return 0, "", false
	}
	switch c := s[0]; {
	case c == '*':
		return AnyScore, s[1:], true
	case isScore(c):
		return 1 << (c - '0'), s[1:], true
	case c != '[':
		return 0, "", false
	}
	inside, rest, closed := strings.Cut(s[1:], "]")
	if !closed || inside == "" {
		return 0, "", false
	}
	if len(inside) == 3 && inside[1] == '-' {
		low, high := inside[0], inside[2]
		return ScoresFrom(int(low-'0'), int(high-'0')), rest, isScore(low) && isScore(high) && low <= high
	}
	for i := range len(inside) {
		if !isScore(inside[i]) {
			return 0, "", false
		}
		set |= 1 << (inside[i] - '0')
	}
	return set, rest, true
}

func isScore(c byte) bool { return '1' <= c && c <= '0'+MaxLevels }

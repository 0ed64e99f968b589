package rfm

import (
	"cmp"
	"math/bits"
	"slices"

	"strata/model"
)

// Cover returns few patterns that together stand for exactly the cells that are
// true, the best scores first. cells are numbered as [Rule.Cell] does.
//
// Every pattern is as large as it can be, so that an axis on which nothing
// depends is * in all of them. Of those the one that stands for the most cells
// still missing is taken, over and over: the greedy set cover, at most 1 + ln n
// times as many patterns as the fewest (Chvátal 1979). What others stand for
// together is left out in the end, and so are scores between which there is a
// gap where others have them.
func Cover(cells []bool, levels [model.Axes]int) []model.Pattern {
	all := newCellSet(cells, levels)
	candidates := all.largest()
	var chosen []model.Pattern
	for missing := all.clone(); !missing.empty(); {
		best, most := model.Pattern{}, 0
		for _, p := range candidates {
			if n := missing.count(p); n > most || n == most && shorter(p, best) {
				best, most = p, n
			}
		}
		missing.remove(best)
		chosen = append(chosen, best)
	}
	chosen = all.needed(chosen)
	all.straighten(chosen)
	for i := range chosen {
		for a, scores := range chosen[i] {
			if scores == model.ScoresFrom(1, levels[a]) {
				chosen[i][a] = model.AnyScore
			}
		}
	}
	slices.SortFunc(chosen, bestFirst)
	return chosen
}

// shorter is the order among patterns that serve as well: the one that reads
// easier, then the better scores.
func shorter(p, q model.Pattern) bool {
	if by := cmp.Compare(len(p.String()), len(q.String())); by != 0 {
		return by < 0
	}
	return bestFirst(p, q) < 0
}

// bestFirst orders patterns by their highest scores, then by all of them.
func bestFirst(p, q model.Pattern) int {
	for a := range p {
		if by := cmp.Compare(q[a].Max(), p[a].Max()); by != 0 {
			return by
		}
	}
	for a := range p {
		if by := cmp.Compare(q[a], p[a]); by != 0 {
			return by
		}
	}
	return 0
}

// cellSet is a set of cells: for each pair of recency and frequency the
// monetary scores.
type cellSet struct {
	levels [model.Axes]int
	of     [model.MaxLevels + 1][model.MaxLevels + 1]model.ScoreSet
}

func newCellSet(cells []bool, levels [model.Axes]int) *cellSet {
	s := &cellSet{levels: levels}
	for cell, in := range cells {
		if in {
			m := cell % levels[model.Monetary]
			pair := cell / levels[model.Monetary]
			s.of[pair/levels[model.Frequency]+1][pair%levels[model.Frequency]+1] |= 2 << m
		}
	}
	return s
}

func (s *cellSet) clone() *cellSet {
	c := *s
	return &c
}

func (s *cellSet) empty() bool { return s.of == (&cellSet{}).of }

// rows calls do with the monetary scores of every pair that a pattern stands for.
func (s *cellSet) rows(p model.Pattern, do func(row *model.ScoreSet)) {
	for r := range p[model.Recency].Upto(s.levels[model.Recency]) {
		for f := range p[model.Frequency].Upto(s.levels[model.Frequency]) {
			do(&s.of[r][f])
		}
	}
}

// count returns how many cells of the set a pattern stands for.
func (s *cellSet) count(p model.Pattern) (n int) {
	s.rows(p, func(row *model.ScoreSet) { n += bits.OnesCount16(uint16(*row & p[model.Monetary])) })
	return n
}

func (s *cellSet) remove(p model.Pattern) {
	s.rows(p, func(row *model.ScoreSet) { *row &^= p[model.Monetary] })
}

// holds reports whether the set has every cell that a pattern stands for.
func (s *cellSet) holds(p model.Pattern) bool {
	all := true
	s.rows(p, func(row *model.ScoreSet) { all = all && p[model.Monetary]&^*row == 0 })
	return all
}

// largest returns the patterns that come of letting every cell of the set grow
// along the axes, in each order of the axes, as far as the set goes.
func (s *cellSet) largest() []model.Pattern {
	const r, f, m = model.Recency, model.Frequency, model.Monetary
	orders := [...][model.Axes]model.Axis{{r, f, m}, {r, m, f}, {f, r, m}, {f, m, r}, {m, r, f}, {m, f, r}}
	var all []model.Pattern
	known := map[model.Pattern]bool{}
	for recency := range s.levels[r] {
		for frequency := range s.levels[f] {
			for monetary := range s.of[recency+1][frequency+1].Upto(s.levels[m]) {
				for _, order := range orders {
					p := model.Pattern{2 << recency, 2 << frequency, 1 << monetary}
					for _, a := range order {
						s.grow(&p, a)
					}
					if !known[p] {
						known[p] = true
						all = append(all, p)
					}
				}
			}
		}
	}
	return all
}

// grow gives a pattern all scores of an axis with which it stays in the set.
func (s *cellSet) grow(p *model.Pattern, a model.Axis) {
	grown := model.ScoreSet(0)
	for score := 1; score <= s.levels[a]; score++ {
		slab := *p
		slab[a] = 1 << score
		if s.holds(slab) {
			grown |= slab[a]
		}
	}
	p[a] = grown
}

// needed leaves out the patterns whose cells the others have, those taken last
// first.
func (s *cellSet) needed(chosen []model.Pattern) []model.Pattern {
	for i := len(chosen) - 1; i >= 0; i-- {
		if s.without(chosen, i).count(chosen[i]) == 0 {
			chosen = slices.Delete(chosen, i, i+1)
		}
	}
	return chosen
}

// straighten turns scores with a gap, [145], into scores without one, [4-5],
// where other patterns have the rest.
func (s *cellSet) straighten(chosen []model.Pattern) {
	for i := range chosen {
		for a, scores := range chosen[i] {
			alone, needed := s.without(chosen, i), model.ScoreSet(0)
			for score := range scores.Upto(s.levels[a]) {
				slab := chosen[i]
				slab[a] = 1 << score
				if alone.count(slab) > 0 {
					needed |= slab[a]
				}
			}
			straight := model.ScoresFrom(bits.TrailingZeros16(uint16(needed)), needed.Max())
			if gap := scores != model.ScoresFrom(bits.TrailingZeros16(uint16(scores)), scores.Max()); gap && straight&^scores == 0 {
				chosen[i][a] = straight
			}
		}
	}
}

// without returns the cells of the set that only one of the chosen patterns,
// or none, stands for.
func (s *cellSet) without(chosen []model.Pattern, i int) *cellSet {
	alone := s.clone()
	for j, other := range chosen {
		if j != i {
			alone.remove(other)
		}
	}
	return alone
}

package goal

import (
	"cmp"
	"math"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// merit is how good cuts are; less is better, the first difference decides. It
// serves as a bound, too: no cuts of some set are better.
type merit struct {
	gap    Gap
	missed wide // the gap, to compare by
	size   sizes
	far    int64 // customers in another segment than under the scheme as it stands
}

func (m *merit) compare(n *merit) int {
	if c := m.missed.compare(n.missed); c != 0 {
		return c
	}
	if c := m.size.compare(&n.size); c != 0 {
		return c
	}
	return cmp.Compare(m.far, n.far)
}

// sizes are the customers of the tiers that are to be small, and those of
// tiers to be large as negative numbers, in the order in which the goal speaks
// of them. The first difference decides.
type sizes [3]int64

func (s *sizes) compare(t *sizes) int { return slices.Compare(s[:], t[:]) }

// asGood reports whether m comes as near to the goal as n and keeps tiers as
// small and as large, whatever it changes.
func (m *merit) asGood(n *merit) bool {
	c := m.missed.compare(n.missed)
	return c < 0 || c == 0 && m.size.compare(&n.size) <= 0
}

// want is a term on known customers.
type want struct {
	Target
	tier int // by rank
}

// sizing wants a tier small, or large.
type sizing struct {
	tier  int // by rank
	small bool
	least int64 // customers it has at least, whatever the cuts, if the goal is met
	most  int64 // and at most
	// brings is the revenue it is to bring, if money says that it is.
	brings int64
	money  bool
}

// wants are the terms of a goal on known customers.
type wants struct {
	terms []want
	sizes []sizing // in the order in which the goal speaks of the tiers
	total rfm.Flow
	// tiered: the map puts every customer into a tier.
	tiered bool
}

func newWants(g Goal, total rfm.Flow) wants {
	w := wants{total: total}
	direction := map[model.Tier]int{}
	for _, t := range g.Terms {
		w.terms = append(w.terms, want{t.Target(total), t.Tier.Rank()})
		direction[t.Tier] += map[Op]int{AtLeast: +1, AtMost: -1}[t.Op]
	}
	for _, t := range g.Terms {
		sign, tier := direction[t.Tier], t.Tier.Rank()
		if sign != 0 && !slices.ContainsFunc(w.sizes, func(s sizing) bool { return s.tier == tier }) {
			w.sizes = append(w.sizes, w.sizing(tier, sign > 0))
		}
	}
	return w
}

// sizing gathers what the terms say of a tier's size.
func (w *wants) sizing(tier int, small bool) sizing {
	s := sizing{tier: tier, small: small, most: w.total.Customers}
	for _, t := range w.terms {
		switch {
		case t.tier != tier:
		case !t.Money:
			s.least, s.most = max(s.least, t.Low), min(s.most, t.High)
		case t.Low > 0:
			s.brings, s.money = max(s.brings, t.Low), true
		}
	}
	return s
}

// of returns the size of a tier of so many customers as it is compared.
func (s *sizing) of(customers int64) int64 {
	if s.small {
		return customers
	}
	return -customers
}

// bound returns a bound on that for a tier of low to high customers.
func (s *sizing) bound(low, high int64) int64 {
	if s.small {
		return low
	}
	return -high
}

// merit returns how good tiers are, by rank, of which stay customers stay.
func (w *wants) merit(tiers *[4]rfm.Flow, stay int64) merit {
	m := merit{gap: Gap{Of: w.total}, far: w.total.Customers - stay}
	for _, t := range w.terms {
		tier := tiers[t.tier]
		if missed := t.Missed(tier); t.Money {
			m.gap.Revenue += model.Money(missed)
		} else {
			m.gap.Customers += missed
		}
	}
	for i := range w.sizes {
		m.size[i] = w.sizes[i].of(tiers[w.sizes[i].tier].Customers)
	}
	m.missed = m.gap.weighed()
	return m
}

// least returns a bound on the merit of any cuts whatever: every customer is in
// one tier at most, in one at least where all are tiered, and no tier brings an
// amount with fewer customers than those who brought most.
func (w *wants) least(richest []int64) merit {
	m := merit{gap: Gap{Of: w.total}}
	var low [4]int64 // customers that the terms take
	for _, t := range w.terms {
		if !t.Money {
			low[t.tier] = max(low[t.tier], t.Low)
		}
	}
	m.gap.Customers = max(low[0]+low[1]+low[2]-w.total.Customers, 0)
	alone := Gap{Of: w.total} // each tier as if it could have anybody
	for tier := range tierSlugs {
		g := w.leastOf(tier, richest)
		alone.Customers += g.Customers
		alone.Revenue += g.Revenue
	}
	crowded := Gap{Customers: w.crowded(), Of: w.total}
	for _, g := range []Gap{alone, crowded} {
		if m.gap.weighed().compare(g.weighed()) < 0 {
			m.gap = g
		}
	}
	m.missed = m.gap.weighed()
	if !m.gap.Met() {
		m.size = sizes{math.MinInt64, math.MinInt64, math.MinInt64} // cuts that miss the goal can have tiers of any size
		return m
	}
	for i := range w.sizes {
		s := &w.sizes[i]
		low := s.least
		if s.money {
			low = max(low, bringing(richest, s.brings))
		}
		m.size[i] = s.bound(low, s.most)
	}
	return m
}

// crowded returns how many customers are beyond what the terms let into the tiers
// all together: 0 where a tier may have any number, or a customer be in none.
func (w *wants) crowded() int64 {
	const tiers = 3
	if !w.tiered {
		return 0
	}
	beyond := w.total.Customers
	for tier := range tiers {
		most := int64(math.MaxInt64)
		for _, t := range w.terms {
			if t.tier == tier && !t.Money {
				most = min(most, t.High)
			}
		}
		if most >= beyond {
			return 0
		}
		beyond -= max(most, 0)
	}
	return beyond
}

// leastOf returns the least gap of the terms of one tier, if it could have any
// customers.
func (w *wants) leastOf(tier int, richest []int64) Gap {
	var best Gap
	most := int64(0) // what so many customers can bring
	for n := int64(0); n <= w.total.Customers; n++ {
		gap := Gap{Of: w.total}
		for _, t := range w.terms {
			switch {
			case t.tier != tier:
			case !t.Money:
				gap.Customers += t.missed(n, n)
			case t.Low > most:
				gap.Revenue += model.Money(t.Low - most)
			}
		}
		if n == 0 || gap.weighed().compare(best.weighed()) < 0 {
			best = gap
		}
		if best.Met() {
			break
		}
		if n < int64(len(richest)) {
			most += max(richest[n], 0)
		}
	}
	return best
}

// bringing returns how few customers can bring an amount; revenues descend.
func bringing(revenues []int64, amount int64) int64 {
	sum := int64(0)
	for i, r := range revenues {
		if sum >= amount || r <= 0 {
			return int64(i)
		}
		sum += r
	}
	return int64(len(revenues))
}

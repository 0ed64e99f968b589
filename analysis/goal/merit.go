package goal

import (
	"cmp"
	"math"

	"strata/analysis/rfm"
	"strata/model"
)

// merit is how good cuts are; less is better, the first difference decides. It
// serves as a bound, too: no cuts of some set are better.
type merit struct {
	gap    Gap
	missed wide  // the gap, to compare by
	size   int64 // customers of the tiers that are to be small, without those to be large
	far    int64 // customers in another segment than under the scheme as it stands
}

func (m *merit) compare(n *merit) int {
	if c := m.missed.compare(n.missed); c != 0 {
		return c
	}
	if c := cmp.Compare(m.size, n.size); c != 0 {
		return c
	}
	return cmp.Compare(m.far, n.far)
}

// asGood reports whether m comes as near to the goal as n and keeps tiers as
// small and as large, whatever it changes.
func (m *merit) asGood(n *merit) bool {
	c := m.missed.compare(n.missed)
	return c < 0 || c == 0 && m.size <= n.size
}

// want is a term on known customers.
type want struct {
	Target
	tier int   // by rank
	size int64 // +1: the tier is to be small, -1: large, 0: neither
}

// wants are the terms of a goal on known customers.
type wants struct {
	terms []want
	total rfm.Flow
}

func newWants(g Goal, total rfm.Flow) wants {
	w := wants{total: total}
	for _, t := range g.Terms {
		size := map[Op]int64{AtLeast: +1, AtMost: -1}[t.Op]
		w.terms = append(w.terms, want{t.Target(total), t.Tier.Rank(), size})
	}
	return w
}

// sized reports whether any tier is to be small or large.
func (w *wants) sized() bool {
	var of [4]int64
	for _, t := range w.terms {
		of[t.tier] += t.size
	}
	return of != [4]int64{}
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
		m.size += t.size * tier.Customers
	}
	m.missed = m.gap.weighed()
	return m
}

// least returns a bound on the merit of any cuts whatever: every customer is in
// one tier at most, and no tier brings an amount with fewer customers than
// those who brought most.
func (w *wants) least(richest []int64) merit {
	m := merit{gap: Gap{Of: w.total}}
	var low [4]int64 // customers that the terms take
	for _, t := range w.terms {
		if !t.Money {
			low[t.tier] = max(low[t.tier], t.Low)
		}
	}
	m.gap.Customers = max(low[0]+low[1]+low[2]-w.total.Customers, 0)
	m.missed = m.gap.weighed()
	if !m.gap.Met() {
		m.size = math.MinInt64 // cuts that miss the goal can have tiers of any size
		return m
	}
	for _, t := range w.terms {
		switch {
		case t.size > 0 && t.Money:
			m.size += bringing(richest, t.Low)
		case t.size > 0:
			m.size += max(t.Low, 0)
		case t.size < 0 && t.Money:
			m.size -= w.total.Customers
		case t.size < 0:
			m.size -= min(t.High, w.total.Customers)
		}
	}
	return m
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

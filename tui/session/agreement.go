package session

import (
	"maps"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
)

// Agreement tells how alike the segments of two schemes, or of two days, are.
type Agreement struct {
	Both   int64    // customers tiered before and now
	Stayed rfm.Flow // of those, in the same segment
	ARI    float64  // adjusted Rand index of those, see [compare.ARI]
	// PSI is the population stability index of everybody's segments, see
	// [compare.PSI]; Floored are the labels of segments that have nobody before or
	// nobody now, which count there with [compare.EmptyShare]. Where the segments
	// of the two do not correspond it is that of the tiers: OfTiers.
	PSI     float64
	OfTiers bool
	Floored []string
	// Defined is false where nobody is tiered both before and now: ARI and PSI
	// then say nothing.
	Defined bool
}

// StayedShare returns the share of those tiered before and now who stay in
// their segment, and false without any.
func (a Agreement) StayedShare() (float64, bool) { return Share(a.Stayed.Customers, a.Both) }

// MeasuresOf reads the agreement off a migration matrix, in microseconds. It is
// not defined for moves without one.
func MeasuresOf(m Moves) Agreement {
	var a Agreement
	if m.Matrix == nil {
		return a
	}
	for i, from := range m.Before {
		for j, to := range m.Now {
			flow := m.Matrix[i][j]
			a.Both += flow.Customers
			if from.Key() == to.Key() {
				a.Stayed.Customers += flow.Customers
				a.Stayed.Revenue += flow.Revenue
			}
		}
	}
	both := make([][]int64, len(m.Before))
	for i := range both {
		both[i] = make([]int64, len(m.Now))
		for j := range both[i] {
			both[i][j] = m.Matrix[i][j].Customers
		}
	}
	a.ARI, a.Defined = compare.ARI(both)
	sized := m
	if a.OfTiers = !m.correspond(); a.OfTiers {
		sized = m.ByTier()
	}
	segments, before, now := sized.sides()
	psi, floored, ok := compare.PSI(before, now)
	a.PSI, a.Defined = psi, a.Defined && ok
	for _, i := range floored {
		a.Floored = append(a.Floored, segments[i].Label)
	}
	return a
}

// correspond reports whether both maps have the same segments, in the same tiers,
// so that their sizes can be compared. Segments that exist only while somebody is
// in them, of those who are kept in a tier, do not tell.
func (m Moves) correspond() bool {
	own := func(segments []model.Segment) map[model.SegmentKey]bool {
		keys := map[model.SegmentKey]bool{}
		for _, s := range segments {
			if s.Slug != rfm.KeptIn(s.Tier).Slug {
				keys[s.Key()] = true
			}
		}
		return keys
	}
	return maps.Equal(own(m.Before), own(m.Now))
}

// sides counts the customers of every segment before and now, those who are
// tiered only then included; segments of now come first.
func (m Moves) sides() (segments []model.Segment, before, now []int64) {
	at := map[model.SegmentKey]int{}
	index := func(s model.Segment) int {
		i, known := at[s.Key()]
		if !known {
			i = len(segments)
			at[s.Key()] = i
			segments, before, now = append(segments, s), append(before, 0), append(now, 0)
		}
		return i
	}
	for j, s := range m.Now {
		i := index(s)
		for _, row := range m.Matrix {
			now[i] += row[j].Customers
		}
	}
	for b, s := range m.Before {
		i := index(s)
		for _, flow := range m.Matrix[b] {
			before[i] += flow.Customers
		}
	}
	return segments, before, now
}

// ByTier returns the same moves between tiers in place of segments: who changes
// segment within a tier stays.
func (m Moves) ByTier() Moves {
	if m.Matrix == nil {
		return Moves{Entered: m.Entered, Left: m.Left}
	}
	before, beforeTier := tiersOf(m.Before)
	now, nowTier := tiersOf(m.Now)
	t := Moves{Before: before, Now: now, Entered: m.Entered, Left: m.Left}
	t.Matrix = make([][]rfm.Flow, len(before)+1)
	for i := range t.Matrix {
		t.Matrix[i] = make([]rfm.Flow, len(now)+1)
	}
	for i, row := range m.Matrix {
		for j, flow := range row {
			cell := &t.Matrix[beforeTier[i]][nowTier[j]]
			cell.Customers += flow.Customers
			cell.Revenue += flow.Revenue
		}
	}
	up, down := t.directions()
	t.Up, t.Down = up.Customers, down.Customers
	t.Customers, t.Revenue = up.Customers+down.Customers, up.Revenue+down.Revenue
	t.LargestFlows = largest(t.flows(), flowLimit)
	return t
}

// tiersOf lists the tiers of segments as if they were segments, best first, and
// says which of them each segment lies in; the last entry is for who has none.
func tiersOf(segments []model.Segment) (tiers []model.Segment, of []int) {
	for _, t := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
		has := t != model.TierNone
		for _, s := range segments {
			has = has || s.Tier == t
		}
		if has {
			tiers = append(tiers, model.Segment{Slug: string(t), Label: tierLabels[t], Tier: t})
		}
	}
	for _, s := range segments {
		of = append(of, s.Tier.Rank())
	}
	return tiers, append(of, len(tiers))
}

// directions adds up who moves into a better and into a worse tier, with their
// revenue.
func (m Moves) directions() (up, down rfm.Flow) {
	for i, from := range m.Before {
		for j, to := range m.Now {
			if from.Key() == to.Key() {
				continue
			}
			sum := &up
			switch was, is := from.Tier.Rank(), to.Tier.Rank(); {
			case was == is:
				continue
			case is > was:
				sum = &down
			}
			sum.Customers += m.Matrix[i][j].Customers
			sum.Revenue += m.Matrix[i][j].Revenue
		}
	}
	return up, down
}

package session

import (
	"maps"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
)

// Agreement tells how alike the segments of two schemes, or of two days, are.
type Agreement struct {
	Both   int64    // customers who are there before and now, in a tier or in none
	Tiered int64    // of those, in a tier before and now
	Stayed rfm.Flow // of those, in the same segment
	// ARI is the adjusted Rand index of those on both sides, see [compare.ARI]. It
	// is not defined where they are all in one group before and now, or nobody is.
	ARI        float64
	ARIDefined bool
	// PSI is the population stability index of everybody's segments, those who are
	// there on one side only included: of Before customers before and Now now; see
	// [compare.PSI]. It is not defined where a side has nobody. Floored are the labels
	// of segments that have nobody before or nobody now, which count there with
	// [compare.EmptyShare]. Where only one of the two has some segment, it is that of
	// the tiers: OfTiers.
	PSI         float64
	OfTiers     bool
	Floored     []string
	PSIDefined  bool
	Before, Now int64
	// Chance says that the two are not of the same customers, and that random
	// samples would differ as much: the index is no evidence of a change, see
	// [compare.WithinChance].
	Chance bool
	// OtherMaps says that the maps have different segments: who stays in one is a
	// matter of its name, so that the tiers are to be told first.
	OtherMaps bool
}

// Fewer returns how many customers the smaller side has.
func (a Agreement) Fewer() int64 { return min(a.Before, a.Now) }

// StayedShare returns the share of those there before and now who stay in
// their segment, and false without any.
func (a Agreement) StayedShare() (float64, bool) { return model.Share(a.Stayed.Customers, a.Both) }

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
			if from.Tier != model.TierNone && to.Tier != model.TierNone {
				a.Tiered += flow.Customers
			}
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
	a.ARI, a.ARIDefined = compare.ARI(both)
	sized := m
	a.OtherMaps = m.OtherMaps()
	if a.OfTiers = !maps.Equal(keysOf(m.Before, false), keysOf(m.Now, false)); a.OfTiers {
		sized = m.ByTier()
	}
	segments, before, now := sized.sides()
	psi, floored, ok := compare.PSI(before, now)
	a.PSI, a.PSIDefined = psi, ok
	for i := range before {
		a.Before, a.Now = a.Before+before[i], a.Now+now[i]
	}
	if m.Entered.Customers+m.Left.Customers > 0 {
		a.Chance = compare.WithinChance(before, now)
	}
	for _, i := range floored {
		a.Floored = append(a.Floored, segments[i].Label)
	}
	return a
}

// OtherMaps reports whether the two maps have different segments, or have them in
// different tiers. Segments that exist only while somebody is in them, of those who
// are kept in a tier, do not tell.
func (m Moves) OtherMaps() bool {
	return !maps.Equal(keysOf(m.Before, true), keysOf(m.Now, true))
}

// Lead returns the moves that are told first, and whether they are those between
// tiers: between maps of different segments a move may be one of name alone.
func (m Moves) Lead() (lead Moves, byTier bool) {
	if m.Matrix == nil || !m.OtherMaps() {
		return m, false
	}
	return m.ByTier(), true
}

// keysOf tells segments apart; without those who are kept, where only the map's
// own are asked for.
func keysOf(segments []model.Segment, own bool) map[model.SegmentKey]bool {
	keys := map[model.SegmentKey]bool{}
	for _, s := range segments {
		if !own || !rfm.IsKept(s) {
			keys[s.Key()] = true
		}
	}
	return keys
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
	d := t.directions()
	t.count(d)
	for _, flow := range []rfm.Flow{d.Up, d.Down, d.Lost, d.Gained} {
		t.Customers += flow.Customers
		t.Revenue += flow.Revenue
	}
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

// Directions tell who moves into another tier, with their revenue.
type Directions struct {
	Up, Down     rfm.Flow // into a better or a worse tier
	Lost, Gained rfm.Flow // from a tier into none, which is neither better nor worse, and from none into one
}

// of returns the sum that a change of tier counts in, nil within a tier.
func (d *Directions) of(from, to model.Tier) *rfm.Flow {
	switch rises := from.Rises(to); {
	case from == to:
		return nil
	case to == model.TierNone:
		return &d.Lost
	case from == model.TierNone:
		return &d.Gained
	case rises > 0:
		return &d.Up
	}
	return &d.Down
}

// directions adds up who moves into another tier.
func (m Moves) directions() (d Directions) {
	for i, from := range m.Before {
		for j, to := range m.Now {
			if sum := d.of(from.Tier, to.Tier); sum != nil {
				sum.Customers += m.Matrix[i][j].Customers
				sum.Revenue += m.Matrix[i][j].Revenue
			}
		}
	}
	return d
}

// count takes over how many move into another tier.
func (m *Moves) count(d Directions) {
	m.Up, m.Down, m.Lost, m.Gained = d.Up.Customers, d.Down.Customers, d.Lost.Customers, d.Gained.Customers
}

// TierWords tell how many lose their tier, and how many gain one, where any do:
// "16 lose their tier".
func (m Moves) TierWords() []string {
	var told []string
	if m.Lost > 0 {
		told = append(told, words.Plural(m.Lost, "loses its tier", "lose their tier"))
	}
	if m.Gained > 0 {
		told = append(told, words.Plural(m.Gained, "gains a tier", "gain a tier"))
	}
	return told
}

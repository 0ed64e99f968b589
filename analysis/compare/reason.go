package compare

import (
	"cmp"

	"strata/model"
)

// Cause says what has changed for a customer to be in another segment: what was
// measured, or what in the rule. It is not whose doing the move is: that is the
// [Class].
type Cause uint8

// The causes.
const (
	NoCause       Cause = iota
	ByCut               // a cut moved past what was measured
	ByMeasure           // what is measured is defined otherwise, and so differs; of several measures, some may be ByCut
	ByData              // what was measured moved past a cut
	ByDataAndRule       // what was measured moved past a cut, and the rule moved too
	ByValue             // the scores are as before, the value rule is not
	ByMap               // the scores are as before, the map is not
	ByHold              // the customer is kept in a tier, or no longer is
)

// String returns the cause's stable slug, "" without one.
func (c Cause) String() string {
	return [...]string{"", "cut", "measure", "data", "data-and-rule", "value", "map", "hold"}[c]
}

// Crossing is a measure on which a customer scores differently.
type Crossing struct {
	Axis          model.Axis
	Before, After int // scores
	Cause         Cause
	// Measured says that the measure is defined otherwise, and what was measured of
	// the customer differs for that, so that the score does: by it alone where Cause
	// is ByMeasure, besides what the customer did where it is ByDataAndRule.
	Measured bool
	// Cut is the index of the cut that decides now: of the rule after, the one
	// that bounds the score after on the side of the score before.
	Cut int
}

// Reason is why a customer is in another segment. It is comparable: customers
// with equal reasons can be counted together.
type Reason struct {
	// Class is whose doing the move to another segment is, OfTiers the same of the move
	// to another tier, as [Split] has it: NoClass within a tier.
	Class, OfTiers Class
	Cause          Cause // of the crossings, where there are any
	// Crossings are the first Crossed entries: one, if that alone, all else as
	// before, leads to the segment after; otherwise all there are.
	Crossings [model.Axes]Crossing
	Crossed   int
	// Redrawn is ByMap or ByValue where besides the crossings the map or the value
	// rule had to change.
	Redrawn Cause
	// Kept is what keeps the customer now, KeptBefore what did before, where Cause is
	// ByHold; "" where nothing does.
	Kept, KeptBefore model.KeptBy
	// Risen says that the customer was kept before, but has risen since by the scores:
	// these are the reason, and no longer being kept is none.
	Risen bool
	// ValueCut is the cut of the value rule that decides now (0: MID begins, 1:
	// HIGH begins), where Cause or Redrawn is ByValue and the tier differs; else -1.
	ValueCut int
}

// ByTier is the reason with the class of the move to another tier.
func (r Reason) ByTier() Reason {
	r.Class = r.OfTiers
	return r
}

// Reason tells why the customers on a way are in another segment; the zero
// Reason where they are not, or are absent from either side.
func (p *Pair) Reason(w Way) Reason {
	was, is, moved := p.ends(w)
	if !moved {
		return Reason{}
	}
	r := p.changed(w, was, is)
	r.Class, r.OfTiers = p.classes(w)
	return r
}

// changed tells what has changed for a customer to have gone from one segment of the
// pair to another. What kept him before is no reason where he is kept in another now.
func (p *Pair) changed(w Way, was, is int) Reason {
	switch keptBefore := p.before.own(w.cell(sideBefore)) != was; {
	case p.after.own(w.cell(sideAfter)) != is:
		return Reason{Cause: ByHold, Kept: w.kept(sideAfter), ValueCut: -1}
	case keptBefore && !p.rises(w, was, is):
		return Reason{Cause: ByHold, KeptBefore: w.kept(sideBefore), ValueCut: -1}
	default:
		r := p.scored(w, is)
		r.Risen = keptBefore
		return r
	}
}

// rises reports whether the scores of who was kept lie in a better tier than before,
// and the tier he is in is none below that in which he was kept.
func (p *Pair) rises(w Way, was, is int) bool {
	own, kept, now := p.segments[p.before.own(w.cell(sideBefore))].Tier, p.segments[was].Tier, p.segments[is].Tier
	return own.Rises(now) > 0 && kept.Rises(now) >= 0
}

// scored tells which measures, or what in the rule, have put the scores elsewhere.
func (p *Pair) scored(w Way, is int) Reason {
	before, after := w.cell(sideBefore), w.cell(sideAfter)
	all := p.crossings(w)
	if p.before.rule.Levels != p.after.rule.Levels {
		r := several(all)
		if len(all) == 0 {
			r.Cause = ByMap
		} else if p.before.rule.MapName() != p.after.rule.MapName() {
			r.Redrawn = ByMap
		}
		return r
	}
	scores := p.before.rule.Scores(before)
	for _, c := range all {
		alone := scores
		alone[c.Axis] = c.After
		if p.before.own(p.before.rule.Cell(alone)) == is {
			return several([]Crossing{c})
		}
	}
	if p.after.own(before) == is { // whatever the scores did
		cause, cut := p.redrawn(before)
		return Reason{Cause: cause, ValueCut: cut}
	}
	r := several(all)
	if p.before.own(after) != is {
		r.Redrawn, r.ValueCut = p.redrawn(after)
	}
	return r
}

// several is the reason of measures that have to go together.
func several(all []Crossing) Reason {
	r := Reason{Crossed: len(all), ValueCut: -1}
	for i, c := range all {
		r.Crossings[i] = c
		switch rules := [2]Cause{r.Cause, c.Cause}; {
		case i == 0:
			r.Cause = c.Cause
		case rules == [2]Cause{ByCut, ByMeasure} || rules == [2]Cause{ByMeasure, ByCut}:
			r.Cause = ByMeasure // both are the rule's
		case r.Cause != c.Cause:
			r.Cause = ByDataAndRule
		}
	}
	return r
}

// redrawn tells whether the map or the value rule has a cell elsewhere, under
// the same levels, and the cut of the latter that decides.
func (p *Pair) redrawn(cell int) (Cause, int) {
	before, now := p.before.rule, p.after.rule
	if now.ByValue() && now.MapName() == before.MapName() && now.Value != before.Value {
		return ByValue, p.valueCut(cell)
	}
	return ByMap, -1
}

// valueCut returns the cut of the value rule that parts the tier of a cell from
// the tier it was in, -1 where that is the same.
func (p *Pair) valueCut(cell int) int {
	was := p.segments[p.before.own(cell)].Tier.Rank()
	is := p.segments[p.after.own(cell)].Tier.Rank()
	const high, low = 0, 2 // ranks
	switch {
	case is == was:
		return -1
	case is == high:
		return 1
	case is == low:
		return 0
	case was == high:
		return 1
	}
	return 0
}

// crossings lists the measures on which the scores before and after differ, in
// the order of the axes. Who would be absent in between has moved by behaviour
// and been brought back by the rule.
func (p *Pair) crossings(w Way) []Crossing {
	var all []Crossing
	old, now := p.before.rule, p.after.rule
	was, is := old.Scores(w.cell(sideBefore)), now.Scores(w.cell(sideAfter))
	mid, away := p.between.rule.Scores(w.cell(sideBetween)), w.label(sideBetween) == noLabel
	for axis := range model.Axes {
		better := compareScores(is[axis], now.Levels[axis], was[axis], old.Levels[axis])
		if better == 0 {
			continue
		}
		c := Crossing{Axis: axis, Before: was[axis], After: is[axis], Cut: decidingCut(axis, now.Levels[axis], is[axis], better < 0)}
		behaved := away || mid[axis] != was[axis]
		ruled := away || compareScores(is[axis], now.Levels[axis], mid[axis], old.Levels[axis]) != 0
		c.Measured = ruled && w.measured(axis)
		switch {
		case behaved && ruled:
			c.Cause = ByDataAndRule
		case behaved:
			c.Cause = ByData
		case c.Measured:
			c.Cause = ByMeasure
		default:
			c.Cause = ByCut
		}
		all = append(all, c)
	}
	return all
}

// compareScores compares score a of so many levels with score b of others, by
// how far up their scales they are.
func compareScores(a, levelsA, b, levelsB int) int {
	return cmp.Compare((a-1)*(levelsB-1), (b-1)*(levelsA-1))
}

// decidingCut returns the index of the cut next to a score, on the side of the
// better scores, from which a customer who scores worse now has come, or on
// that of the worse ones.
func decidingCut(axis model.Axis, levels, score int, worse bool) int {
	lower := score - 1 // of the two scores the cut parts
	if worse {
		lower = score
	}
	if axis == model.Recency {
		return levels - 1 - lower
	}
	return lower - 1
}

// Distance returns by how much, at least, what was measured of a row of the
// base after would have to differ for the first crossing of its reason to be
// undone: in the unit of that measure, or in points of the value score. ok is
// false where no cut decides, or the cuts do not decide alone.
func (p *Pair) Distance(row int, r Reason) (distance int64, ok bool) {
	rule := p.after.rule
	switch {
	case r.Crossed > 0:
		c := r.Crossings[0]
		if !rule.ByCuts(c.Axis) {
			return 0, false
		}
		below := rule.Cuts[c.Axis][c.Cut].Whole
		value := p.after.base.Value(c.Axis, row)
		if value > below {
			return value - below, true
		}
		return below + 1 - value, true
	case r.Cause == ByValue && r.ValueCut >= 0:
		value := rule.ValueScore(int(p.after.cells[row])).Whole
		cut := int64(rule.Value.Cuts[r.ValueCut])
		if value >= cut {
			return value - cut + 1, true
		}
		return cut - value, true
	}
	return 0, false
}

package session

import (
	"fmt"
	"math/bits"
	"strconv"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// CutID names one threshold of the workbench: cut Index (from 0, ascending)
// of a measure, or of the value rule when Value is true (0: MID begins, 1:
// HIGH begins).
type CutID struct {
	Axis  model.Axis
	Index int
	Value bool
}

// CutName writes a cut by the scores on its sides, the better one first:
// "4│3" for the recency cut between scores 4 and 3.
func CutName(id CutID, levels int) string {
	switch {
	case id.Value && id.Index == 0:
		return words.Tier(model.TierMid)
	case id.Value:
		return words.Tier(model.TierHigh)
	case id.Axis == model.Recency:
		return fmt.Sprintf("%d│%d", levels-id.Index, levels-id.Index-1)
	}
	return fmt.Sprintf("%d│%d", id.Index+2, id.Index+1)
}

// room is where a cut may stand, in the measure's stored unit: lo and hi
// included. below and above tell what bounds it, in words.
type room struct {
	lo, hi       int64
	below, above string
	// cutBelow and cutAbove: it is a neighbouring cut that bounds it.
	cutBelow, cutAbove bool
}

// roomOf bounds cut i of a measure by its neighbours, which it may not touch (two equal
// cuts leave a score that nobody can have), and by the ends of the measure. show
// tells where a cut stands: "at 33 days". Where a neighbour and the end are in the way
// at the same place, it is the neighbour: there are customers beyond it.
func roomOf(cuts []model.Cut, i int, d Distribution, show func(model.Cut) string) room {
	end := catalogue.T("the end of the measure")
	r := room{lo: d.Min(), hi: d.Max() - 1, below: end, above: end}
	if i > 0 && cuts[i-1].Whole+1 >= r.lo {
		r.lo, r.below, r.cutBelow = cuts[i-1].Whole+1, catalogue.T("the next cut {value}", "value", show(cuts[i-1])), true
	}
	if i+1 < len(cuts) && cuts[i+1].Whole-1 <= r.hi {
		r.hi, r.above, r.cutAbove = cuts[i+1].Whole-1, catalogue.T("the next cut {value}", "value", show(cuts[i+1])), true
	}
	return r
}

// stepCut says where n steps take cut i of a measure, and what stopped it short
// of that, "" if nothing did.
func stepCut(cuts []model.Cut, i, n int, d Distribution, scale int64, show func(model.Cut) string) (to model.Cut, moved bool, stopped string) {
	room := roomOf(cuts, i, d, show)
	to, moved, short := stepFrom(cuts[i], n, stepSize(d, scale), room)
	switch {
	case short && n < 0:
		stopped = room.below
	case short:
		stopped = room.above
	}
	return to, moved, stopped
}

// stepValueCut is stepCut for a value cut, which stays where it is when not even
// one step fits.
func stepValueCut(v model.ValueRule, i, n int) (to int, stopped string) {
	room := roomOfValue(v, i)
	to = v.Cuts[i] + n
	switch {
	case to < int(room.lo):
		return min(int(room.lo), v.Cuts[i]), room.below
	case to > int(room.hi):
		return max(int(room.hi), v.Cuts[i]), room.above
	}
	return to, ""
}

// roomOfValue bounds a value cut.
func roomOfValue(v model.ValueRule, i int) room {
	if i == 1 {
		return room{lo: int64(v.Cuts[0] + 1), hi: int64(v.Max()), below: catalogue.T("where MID begins"), above: catalogue.T("the highest value score"), cutBelow: true}
	}
	return room{lo: int64(v.Min() + 1), hi: int64(v.Cuts[1] - 1), below: catalogue.T("the lowest value score"), above: catalogue.T("where HIGH begins"), cutAbove: true}
}

// stepFrom moves a cut n steps along the multiples of step, starting with the
// next one beyond where it stands, and stops at the last multiple inside its
// room. moved is false when not even one step fits; stopped tells that fewer than n did.
func stepFrom(c model.Cut, n int, step int64, r room) (to model.Cut, moved, stopped bool) {
	if r.lo > r.hi { // its neighbours lie beyond what is measured
		return c, false, true
	}
	// The boundary that counts is the whole part: with whole days as steps, 13.8
	// acts like 13 and its next positions are 14 and 12. On a coarser grid (money)
	// a fraction lies between two multiples like any other value.
	from, direction, left := c.Whole, int64(1), n
	if n < 0 {
		direction, left = -1, -n
	}
	target := floorMultiple(from, step)
	if direction < 0 && (target < from || step > 1 && !c.IsWhole()) {
		target += step // so that the first step down lands on the multiple just below
	}
	target += direction * step * int64(left)
	limited := target
	if target > r.hi {
		limited = floorMultiple(r.hi, step)
	}
	if target < r.lo {
		limited = -floorMultiple(-r.lo, step) // the lowest multiple at or above lo
	}
	shedsFraction := limited == from && direction < 0 && step > 1 && !c.IsWhole()
	if (limited-from)*direction <= 0 && !shedsFraction {
		return c, false, true
	}
	return model.WholeCut(limited), true, limited != target
}

func floorMultiple(v, step int64) int64 {
	q := v / step
	if v%step < 0 {
		q--
	}
	return q * step
}

// stepSize returns one step of a measure in its stored unit: a whole day or
// order; for money (and orders per month) the round value 1, 2 or 5 × 10ⁿ
// nearest, as a ratio, to 1/200 of the range that holds the middle nine tenths of
// the customers. The far ends are left out because one large customer would
// make every step larger than the distance between two cuts.
func stepSize(d Distribution, scale int64) int64 {
	if scale == 1 {
		return 1
	}
	all := d.Count(d.Max())
	span := valueAt(d, all*19/20) - valueAt(d, all/20)
	return max(roundNear(span/200), scale/100)
}

// valueAt returns the smallest value that at least n customers do not exceed.
func valueAt(d Distribution, n int64) int64 {
	for i, upto := range d.Upto {
		if upto >= n {
			return d.Values[i]
		}
	}
	return d.Max()
}

// roundNear returns 1, 2 or 5 × 10ⁿ with the smallest ratio to v, at least 1.
func roundNear(v int64) int64 {
	best := int64(1)
	for unit := int64(1); unit <= v && unit < 1e17; unit *= 10 {
		for _, digit := range []int64{1, 2, 5, 10} {
			if nearerRatio(digit*unit, best, v) {
				best = digit * unit
			}
		}
	}
	return best
}

// nearerRatio reports whether a is nearer to v than b is, as a ratio:
// max(a,v)/min(a,v) < max(b,v)/min(b,v), compared in 128 bits.
func nearerRatio(a, b, v int64) bool {
	hi1, lo1 := bits.Mul64(uint64(max(a, v)), uint64(min(b, v)))
	hi2, lo2 := bits.Mul64(uint64(max(b, v)), uint64(min(a, v)))
	return hi1 < hi2 || hi1 == hi2 && lo1 < lo2
}

// typedText writes a cut as typedCut reads it.
func typedText(c model.Cut, axis model.Axis, scale int64) string {
	if scale != 1 {
		return c.Text(scale)
	}
	if axis != model.Recency {
		return strconv.FormatInt(c.Whole+1, 10)
	}
	return strconv.FormatInt(c.Whole, 10)
}

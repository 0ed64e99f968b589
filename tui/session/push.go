package session

import (
	"fmt"
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Push is what has to give way for a cut to stand where somebody typed: the cuts
// between there and where it is.
type Push struct {
	Crossed string // what stands in the way: "score 5 cannot begin at 4 orders: score 4 begins at 4 orders"
	Moves   string // where the others go, in words: "4│3 to 3, 3│2 to 2 orders"
	Count   int    // of the others
	Empty   string // what nobody has then, "score 2"; "" where every score is left somebody
	label   string
	scheme  model.Scheme
}

// Pushing tells what moving a cut to a typed value would push along, and false
// where nothing needs to be or that would not do either: where the measure ends.
// Then Crossed says so where there is no room for the others.
func (b *Bench) Pushing(id CutID, text string) (Push, bool) {
	b.Rest()
	if id.Value {
		return b.pushingValue(id, text)
	}
	spec := b.scheme.Spec
	to, err := typedCut(text, id.Axis, spec.Scale(id.Axis), b.base.AsOf)
	d, before := b.axes[id.Axis], b.rule.Cuts[id.Axis]
	if err != nil || to.Whole < d.Min() || to.Whole > d.Max()-1 {
		return Push{}, false
	}
	least, most := pushRange(d, to)
	down := to.Whole < before[id.Index].Whole
	crossed := b.errMisplaced(id, to, before, d, down).Error()
	room, others := most-to.Whole, int64(len(before)-1-id.Index)
	if down {
		room, others = to.Whole-least, int64(id.Index)
	}
	step := pushStep(stepSize(d, spec.Scale(id.Axis)), room, others, spec.Scale(id.Axis))
	if step == 0 {
		return Push{Crossed: catalogue.T("{crossed}; there is no room to push it along", "crossed", crossed)}, false
	}
	at := pushed(before, id.Index, to, step, least, most)
	p := Push{scheme: b.scheme.Clone()}
	var moves []string
	levels, currency := b.scheme.Levels[id.Axis], b.session.info.Currency
	for i := len(at) - 1; i >= 0; i-- { // the best scores first, of frequency and monetary
		if i != id.Index && at[i] != before[i] {
			moves = append(moves, catalogue.T("{cut} to {value}", "cut", CutName(CutID{Axis: id.Axis, Index: i}, levels), "value", RoundedPlace(at[i], id.Axis, spec, currency)))
		}
	}
	if moves == nil {
		return Push{}, false
	}
	if id.Axis == model.Recency {
		slices.Reverse(moves)
	}
	p.Count, p.Moves = len(moves), strings.Join(moves, ", ")+strings.TrimPrefix(roundedWithUnit(at[id.Index], id.Axis, spec, currency), RoundedPlace(at[id.Index], id.Axis, spec, currency))
	p.Crossed = crossed
	p.Empty = emptyScores(at, id.Axis, b.index.Distribution(id.Axis))
	p.label = catalogue.T("{axis} {cut} {to}, pushing {moves}", "axis", words.Axis(id.Axis), "cut", CutName(id, levels), "to", PlaceText(to, id.Axis, spec, currency), "moves", strings.Join(moves, ", "))
	p.scheme.Cuts[id.Axis] = model.AxisCuts{Method: model.MethodFixed, At: at}
	return p, true
}

// pushRange is where cuts can be pushed to: among the values that people have, but
// from above zero not below it, where only what was returned has anybody.
func pushRange(d Distribution, to model.Cut) (least, most int64) {
	least = d.Min()
	if least < 0 && to.Whole >= 0 {
		least = 0
	}
	return least, d.Max() - 1
}

// pushStep is how far pushed cuts stand apart: a step, or less where there is little
// room for the others, and 0 where there is none. Whole units may be shared: then
// nobody has the scores between.
func pushStep(step, room, others, scale int64) int64 {
	const parts = 100 // of a unit, which people tell apart
	if scale == 1 || others == 0 {
		return step
	}
	if step <= room/others {
		return step
	}
	smaller := int64(0)
	for unit := scale / parts; unit <= room/others; unit *= 10 { // 1, 2 or 5 × 10ⁿ, to read well
		for _, digit := range []int64{1, 2, 5} {
			if digit*unit <= room/others {
				smaller = digit * unit
			}
		}
	}
	return smaller
}

// pushed returns cuts with one of them elsewhere: those in its way stand a step
// before it and each other, and on each other at the ends of a range.
func pushed(before []model.Cut, index int, to model.Cut, step, least, most int64) []model.Cut {
	at := slices.Clone(before)
	at[index] = to
	for i := index - 1; i >= 0; i-- {
		if limit := min(max(at[i+1].Whole-step, least), at[i+1].Whole); at[i].Whole > limit {
			at[i] = model.WholeCut(limit)
		}
	}
	for i := index + 1; i < len(at); i++ {
		if limit := max(min(at[i-1].Whole+step, most), at[i-1].Whole); at[i].Whole < limit {
			at[i] = model.WholeCut(limit)
		}
	}
	return at
}

// emptyScores names the scores that nobody has with cuts there.
func emptyScores(at []model.Cut, a model.Axis, d rfm.Distribution) string {
	var scores []string
	for i, below := 0, 0; i < len(at); i++ {
		upto := d.AtMost(at[i].Whole)
		somebody := upto > below
		if below = upto; somebody {
			continue
		}
		score := i + 1
		if a == model.Recency {
			score = len(at) + 1 - i
		}
		scores = append(scores, fmt.Sprint(score))
	}
	switch len(scores) {
	case 0:
		return ""
	case 1:
		return catalogue.T("score {score}", "score", scores[0])
	}
	return catalogue.T("scores {scores}", "scores", strings.Join(scores, ", "))
}

// pushingValue is Pushing for where MID or HIGH begins.
func (b *Bench) pushingValue(id CutID, text string) (Push, bool) {
	to, err := TypedWhole(text)
	v := b.scheme.Value
	other, away := 1-id.Index, to-1
	if other == 1 {
		away = to + 1
	}
	inWay := other == 0 && v.Cuts[0] >= to || other == 1 && v.Cuts[1] <= to
	if err != nil || !inWay || min(to, away) <= v.Min() || max(to, away) > v.Max() {
		return Push{}, false
	}
	name := func(i int) string { return CutName(CutID{Value: true, Index: i}, 0) }
	p := Push{
		Count: 1, Crossed: catalogue.T("{cut} cannot begin at {to}: {other} begins at {value}", "cut", name(id.Index), "to", to, "other", name(other), "value", v.Cuts[other]),
		Moves: catalogue.T("{other} to {away}", "other", name(other), "away", away), scheme: b.scheme.Clone(),
		label: catalogue.T("{cut} begins at value score {from} → {to}, pushing {other} to {away}", "cut", name(id.Index), "from", v.Cuts[id.Index], "to", to, "other", name(other), "away", away),
	}
	p.scheme.Value.Cuts[id.Index], p.scheme.Value.Cuts[other] = to, away
	p.scheme.Value.Shares = [2]int{}
	return p, true
}

// Push moves a cut and what is in its way, as one edit. Errors: those of
// [Bench.Change].
func (b *Bench) Push(p Push) error { return b.Change(p.label, p.scheme) }

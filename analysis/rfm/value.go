package rfm

import (
	"fmt"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// bands is how many segments the map value has.
const bands = 10

// drawBands draws the map value: the value score on a scale from 0 to 100, in
// ten bands. A band that a value cut divides makes a segment in each tier.
func (r *Rule) drawBands() {
	var tiersOf [bands]map[model.Tier]bool
	for b := range tiersOf {
		tiersOf[b] = map[model.Tier]bool{}
	}
	for cell := range r.cells {
		tiersOf[r.band(cell)][r.valueTier(cell)] = true
	}
	segment := map[[2]int]uint8{}
	for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow} {
		for b := bands - 1; b >= 0; b-- {
			if !tiersOf[b][tier] {
				continue
			}
			segment[[2]int{tier.Rank(), b}] = uint8(len(r.Segments))
			r.Segments = append(r.Segments, bandSegment(b, tier, len(tiersOf[b]) > 1))
		}
	}
	for cell := range r.cells {
		r.cells[cell] = segment[[2]int{r.valueTier(cell).Rank(), r.band(cell)}]
	}
}

func bandSegment(band int, tier model.Tier, divided bool) model.Segment {
	low, high := band*100/bands, (band+1)*100/bands
	s := model.Segment{
		Slug:  fmt.Sprintf("value-%d-%d", low, high),
		Label: catalogue.T("Value {low}–{high}", "low", low, "high", high),
		Tier:  tier,
	}
	if divided {
		s.Slug += "-" + string(tier)
		s.Label = catalogue.T("Value {low}–{high} in {tier}", "low", low, "high", high, "tier", words.Tier(tier))
	}
	return s
}

// band returns the tenth of the value score's range that a cell lies in. A
// cell on a bound lies in the upper one.
func (r *Rule) band(cell int) int {
	num, den := r.valueAbove(cell)
	return min(bands*num/(den*(r.Value.Max()-r.Value.Min())), bands-1)
}

// valueTier returns the tier that the value cuts give a cell.
func (r *Rule) valueTier(cell int) model.Tier {
	num, den := r.valueAbove(cell)
	above := func(cut int) bool { return num >= (cut-r.Value.Min())*den }
	switch {
	case above(r.Value.Cuts[1]):
		return model.TierHigh
	case above(r.Value.Cuts[0]):
		return model.TierMid
	}
	return model.TierLow
}

// Below reports whether the value score of a cell lies below a value cut.
func (r *Rule) Below(cell, cut int) bool {
	num, den := r.valueAbove(cell)
	return num < (cut-r.Value.Min())*den
}

// ByValue reports whether the value cuts decide the tiers.
func (r *Rule) ByValue() bool { return r.mapName == mapTen || r.mapName == mapValue }

// Shared returns the rule with the value cuts placed so that HIGH, and HIGH
// and MID together, hold as nearly as possible the shares of the customers
// that the value rule asks for; of two cuts as near, the one that holds fewer.
// figures must have the cuts of r.
func (r *Rule) Shared(figures *Figures) *Rule {
	shared := *r
	shared.Segments, shared.holding = nil, nil
	high := r.Value.Shares[0]
	shared.Value.Cuts = [2]int{
		r.cutAtShare(figures, high+r.Value.Shares[1]),
		r.cutAtShare(figures, high),
	}
	shared.drawCells()
	return &shared
}

// WithValueCuts returns the rule with MID and HIGH beginning elsewhere, at value
// scores that [NewRule] would take, and without the customers it holds. The map
// must be one whose tiers follow from the value score.
func (r *Rule) WithValueCuts(cuts [2]int) *Rule {
	other := *r.Plain()
	other.Segments = nil
	other.Value.Cuts, other.Value.Shares = cuts, [2]int{}
	other.drawCells()
	return &other
}

// cutAtShare returns the value score from which on there are about percent of
// the customers.
func (r *Rule) cutAtShare(figures *Figures, percent int) int {
	lowest, highest := r.Value.Min(), r.Value.Max()+1
	from := make([]int64, highest-lowest+1) // customers from score lowest+i on
	for cell, a := range figures.Cells {
		num, den := r.valueAbove(cell)
		from[num/den] += a.Customers
	}
	for i := len(from) - 2; i >= 0; i-- {
		from[i] += from[i+1]
	}
	best := len(from) - 1
	off := func(i int) int64 { return max(100*from[i]-int64(percent)*from[0], int64(percent)*from[0]-100*from[i]) }
	for i := best - 1; i >= 0; i-- {
		if off(i) < off(best) {
			best = i
		}
	}
	return lowest + best
}

package rfm

import (
	"slices"

	"strata/model"
)

// ClosedCuts returns quantiles of the gaps that have ended, each counted alike
// and open ones left out: as they are published of CDNOW.
func (g *Gaps) ClosedCuts(levels int) []model.Cut {
	var days []int32
	for _, a := range g.all {
		if !a.open {
			days = append(days, a.days)
		}
	}
	slices.Sort(days)
	return quantileCuts(days, levels)
}

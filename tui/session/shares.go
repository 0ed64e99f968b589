package session

import "strata/model/words"

// GroupShares writes what each of all tiers, or of all segments, of a frame has of
// the total of a figure: the one way in which their shares are printed.
func GroupShares(groups []Group, total Figures, of func(Figures) int64) []string {
	parts := make([]int64, len(groups))
	for i, g := range groups {
		parts[i] = of(g.Now)
	}
	return words.Shares(parts, of(total))
}

package figure

import (
	"strata/model"
	"strata/tui/session"
)

// GroupShares are the shares of the tiers and of the segments of a frame as they
// are printed, wherever they are: those of all tiers add up to 100.0%, and so do
// those of all segments. Neither is fitted to the other, nor to what stands beside
// it, so that the same groups of the same whole read the same on every screen, in
// every command and in every sentence.
type GroupShares struct {
	tiers    map[model.Tier]string
	segments map[string]string // by slug
}

// Tier returns the share of a tier.
func (s GroupShares) Tier(t model.Tier) string { return s.tiers[t] }

// Segment returns the share of a segment.
func (s GroupShares) Segment(slug string) string { return s.segments[slug] }

// CustomerShares writes the shares of all customers of a frame.
func CustomerShares(f *session.Frame) GroupShares {
	return groupShares(f, func(g session.Figures) int64 { return g.Customers })
}

// RevenueShares writes the shares of all revenue of a frame.
func RevenueShares(f *session.Frame) GroupShares {
	return groupShares(f, func(g session.Figures) int64 { return int64(g.Revenue) })
}

func groupShares(f *session.Frame, of func(session.Figures) int64) GroupShares {
	s := GroupShares{map[model.Tier]string{}, map[string]string{}}
	for i, text := range session.GroupShares(f.Tiers, f.Total, of) {
		s.tiers[f.Tiers[i].Tier] = text
	}
	for i, text := range session.GroupShares(f.Segments, f.Total, of) {
		s.segments[f.Segments[i].Slug] = text
	}
	return s
}

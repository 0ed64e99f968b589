package figure

import (
	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// GroupShares are the shares of the tiers and segments of a frame as they are
// printed: those of the tiers add up to 100.0%, and those of the segments of a
// tier to that of the tier.
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
	s := GroupShares{tiers: map[model.Tier]string{}, segments: map[string]string{}}
	whole := of(f.Total)
	tiers := make([]int64, len(f.Tiers))
	for i, t := range f.Tiers {
		tiers[i] = of(t.Now)
	}
	texts, thousandths := words.SharesOf(tiers, whole, words.AllThousandths, whole)
	for i, t := range f.Tiers {
		s.tiers[t.Tier] = texts[i]
		var slugs []string
		var parts []int64
		for _, g := range f.Segments {
			if g.Tier == t.Tier {
				slugs, parts = append(slugs, g.Slug), append(parts, of(g.Now))
			}
		}
		group, of := int64(-1), int64(0) // no group, where the tiers make up no whole
		if thousandths != nil {
			group, of = tiers[i], thousandths[i]
		}
		shares, _ := words.SharesOf(parts, group, of, whole)
		for j, slug := range slugs {
			s.segments[slug] = shares[j]
		}
	}
	return s
}

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
	tiers    map[model.Tier]groupShare
	segments map[string]groupShare // by slug
	whole    int64
}

// groupShare is a share as printed, with what it is of and its thousandths, -1 for
// none.
type groupShare struct {
	text              string
	part, thousandths int64
}

// Tier returns the share of a tier.
func (s GroupShares) Tier(t model.Tier) string { return s.tiers[t].text }

// Segment returns the share of a segment.
func (s GroupShares) Segment(slug string) string { return s.segments[slug].text }

// CustomerShares writes the shares of all customers of a frame. If they stand
// beside those of other frames, a group that is as large there reads the same, as
// far as both columns add up.
func CustomerShares(f *session.Frame, beside ...GroupShares) GroupShares {
	return groupShares(f, func(g session.Figures) int64 { return g.Customers }, beside)
}

// RevenueShares writes the shares of all revenue of a frame, like [CustomerShares].
func RevenueShares(f *session.Frame, beside ...GroupShares) GroupShares {
	return groupShares(f, func(g session.Figures) int64 { return int64(g.Revenue) }, beside)
}

func groupShares(f *session.Frame, of func(session.Figures) int64, beside []GroupShares) GroupShares {
	whole := of(f.Total)
	s := GroupShares{tiers: map[model.Tier]groupShare{}, segments: map[string]groupShare{}, whole: whole}
	// kept are the thousandths of a group as large in a column beside.
	kept := func(part int64, there func(GroupShares) (groupShare, bool)) int64 {
		for _, b := range beside {
			if g, ok := there(b); ok && b.whole == whole && g.part == part {
				return g.thousandths
			}
		}
		return -1
	}
	var tiers, known []int64
	for _, t := range f.Tiers {
		part := of(t.Now)
		tiers = append(tiers, part)
		known = append(known, kept(part, func(b GroupShares) (groupShare, bool) { g, ok := b.tiers[t.Tier]; return g, ok }))
	}
	texts, thousandths := words.SharesOf(tiers, whole, words.AllThousandths, whole, known)
	for i, t := range f.Tiers {
		var slugs []string
		var parts, known []int64
		for _, g := range f.Segments {
			if g.Tier == t.Tier {
				part := of(g.Now)
				slugs, parts = append(slugs, g.Slug), append(parts, part)
				known = append(known, kept(part, func(b GroupShares) (groupShare, bool) { s, ok := b.segments[g.Slug]; return s, ok }))
			}
		}
		group, units := int64(-1), int64(0) // no group, where the tiers make up no whole
		mine := groupShare{texts[i], tiers[i], -1}
		if thousandths != nil {
			group, units, mine.thousandths = tiers[i], thousandths[i], thousandths[i]
		}
		s.tiers[t.Tier] = mine
		shares, each := words.SharesOf(parts, group, units, whole, known)
		for j, slug := range slugs {
			mine := groupShare{shares[j], parts[j], -1}
			if each != nil {
				mine.thousandths = each[j]
			}
			s.segments[slug] = mine
		}
	}
	return s
}

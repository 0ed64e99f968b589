package figure

import (
	"fmt"
	"math"
	"strconv"

	"strata/model"
	"strata/tui/session"
)

// none stands for a share that there is not.
const none = "–"

// Percent writes a fraction with one decimal: 26.8%. What rounds to nothing has
// no sign.
func Percent(fraction float64) string {
	thousandths := int64(math.Round(1000 * fraction))
	if thousandths < 0 {
		return minus + tenths(-thousandths)
	}
	return tenths(thousandths)
}

// tenths writes thousandths as a percentage.
func tenths(thousandths int64) string { return fmt.Sprintf("%d.%d%%", thousandths/10, thousandths%10) }

// Share writes part of whole as a percentage, and a dash where it is no share;
// see [session.Share]. Shares that stand side by side and make up a whole are
// written by [Shares].
func Share[N ~int64](part, whole N) string {
	share, ok := session.Share(int64(part), int64(whole))
	if !ok {
		return none
	}
	return Percent(share)
}

// allThousandths is what the printed shares of a whole add up to.
const allThousandths = 1000

// Shares writes the parts of a whole as percentages that add up to 100.0% as
// they are printed, with what whole has beyond them; see [model.Apportion].
// Where a part is below zero they make up no whole, and each is written by
// itself.
func Shares[N ~int64](parts []N, whole N) []string {
	texts, _ := sharesOf(parts, whole, allThousandths, whole)
	return texts
}

// PartShares writes the parts of the first of several groups that make up a whole,
// so that they add up to the printed share of the group, and the shares of the
// groups.
func PartShares[N ~int64](groups, parts []N, whole N) (ofGroups, ofParts []string) {
	ofGroups, each := sharesOf(groups, whole, allThousandths, whole)
	if each == nil {
		ofParts, _ = sharesOf(parts, -1, 0, whole)
	} else {
		ofParts, _ = sharesOf(parts, groups[0], each[0], whole)
	}
	return ofGroups, ofParts
}

// sharesOf writes the parts of a group as shares of whole, of which the group
// has so many thousandths, and returns those of each part; nil where the parts
// make up no group.
func sharesOf[N ~int64](parts []N, group N, thousandths int64, whole N) (texts []string, each []int64) {
	plain := make([]int64, len(parts))
	for i, p := range parts {
		plain[i] = int64(p)
	}
	each, ok := model.Apportion(thousandths, plain, int64(group))
	for i, p := range parts {
		if ok {
			texts = append(texts, tenths(each[i]))
		} else {
			texts = append(texts, Share(p, whole))
		}
	}
	return texts, each
}

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
	texts, thousandths := sharesOf(tiers, whole, allThousandths, whole)
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
		shares, _ := sharesOf(parts, group, of, whole)
		for j, slug := range slugs {
			s.segments[slug] = shares[j]
		}
	}
	return s
}

// Index writes an index, like ARI and PSI, with three decimals; what is not quite 1
// or 0 is not written as if it were.
func Index(v float64) string {
	text := strconv.FormatFloat(v, 'f', 3, 64)
	switch {
	case text == "1.000" && v < 1:
		return "0.999+"
	case text == "0.000" && v > 0:
		return "<0.001"
	case text == "-0.000":
		return "0.000"
	}
	return model.DecimalText(text)
}

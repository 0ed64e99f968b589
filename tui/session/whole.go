package session

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// WholePart is a part of the workspace with the words for it.
type WholePart struct {
	Slug  string // stable: "not-seen"
	Label string // "not seen"
	Why   string // what it holds, "on or after 2011-12-10"
	rfm.Part
}

// Empty reports whether there is nothing in the part.
func (p WholePart) Empty() bool { return p.Part == rfm.Part{} }

// The slugs of the parts. The last is their sum.
const (
	PartTiered       = "tiered"
	PartNoTier       = "no-tier"
	partNotCounted   = "not-counted"
	partNotTiered    = "not-tiered"
	partBeforeWindow = "before-window"
	partNotSeen      = "not-seen"
	partFilteredOut  = "filtered-out"
	partWorkspace    = "workspace"
)

// WholeParts lists what became of everything in the workspace under a scheme
// that looks back from asOf: all parts, the tiers first and the workspace last.
// Customers, orders and value of the others add up to those of the last. noTier
// says where the map has those whom it has in no tier.
func WholeParts(w rfm.Whole, spec model.Spec, asOf model.Day, noTier string) []WholePart {
	counts := "that counts"
	from, limited := spec.Window.From(asOf)
	if limited {
		counts += " in the window"
	}
	window := "there is no window"
	if limited {
		window = "before " + from.String()
	}
	filter := "there is no filter"
	if len(spec.Where) > 0 {
		filter = "do not meet " + FilterWords(spec.Where)
	}
	return []WholePart{
		{PartTiered, "in the tiers", "", w.Tiered},
		{PartNoTier, "in no tier", noTier, w.NoTier},
		{partNotCounted, "not counted", notCounted(spec), rfm.Part{Orders: w.NotCounted}},
		{partNotTiered, "not tiered", "without an order " + counts, w.NotTiered},
		{partBeforeWindow, "before the window", window, w.BeforeWindow},
		{partNotSeen, "not seen", "on or after " + asOf.String(), w.NotSeen},
		{partFilteredOut, "filtered out", filter, w.FilteredOut},
		{partWorkspace, "workspace", "", w.Sum()},
	}
}

// notCounted says which orders of those with scores are no orders.
func notCounted(spec model.Spec) string {
	var which []string
	if spec.Zero == model.ZeroDrop {
		which = append(which, "orders worth nothing")
	}
	switch spec.Returns {
	case model.ReturnsNet:
		which = append(which, "returns, which are taken off the value of the tiers")
	case model.ReturnsIgnore:
		which = append(which, "returns, which are left out")
	}
	return strings.Join(which, "; ")
}

// FilterWords tells conditions that must all hold: "country=Germany and Pack=big".
func FilterWords(where []model.Condition) string {
	texts := make([]string, len(where))
	for i, c := range where {
		texts[i] = c.String()
	}
	return strings.Join(texts, " and ")
}

// Parts lists what became of everything in the workspace, as [WholeParts] does.
func (f *Frame) Parts() []WholePart {
	return WholeParts(f.Whole, f.Scheme.Spec, f.AsOf, f.NoTierWhere())
}

// NoTierWhere says where the map has those whom it has in no tier: in the cells
// that are left over, or in segments that are said to lie in none.
func (f *Frame) NoTierWhere() string {
	var names []string
	left := true
	for _, g := range f.Segments {
		if g.Tier == model.TierNone && g.Now.Customers > 0 {
			names = append(names, g.Label)
			left = left && g.Slug == rfm.Others().Slug
		}
	}
	if left {
		return "in cells that no segment covers"
	}
	return "in segments that lie in no tier: " + strings.Join(names, ", ")
}

// LeftTo says what has become of those of the baseline who are not in these tiers:
// "filtered out or not seen". It lists the parts that hold any customers.
func (f *Frame) LeftTo() string {
	var labels []string
	for _, p := range f.Parts() {
		if slices.Contains([]string{partNotTiered, partNotSeen, partFilteredOut}, p.Slug) && p.Customers > 0 {
			labels = append(labels, p.Label)
		}
	}
	if n := len(labels); n > 1 {
		return strings.Join(labels[:n-1], ", ") + " or " + labels[n-1]
	}
	return strings.Join(labels, "")
}

// Apart lists the parts outside the tiers that are not empty.
func (f *Frame) Apart() []WholePart { return apart(f.Parts()) }

// Parts and Apart tell the same of one side of a comparison.
func (c Compared) Parts() []WholePart {
	return WholeParts(c.Whole, c.Scheme.Spec, c.AsOf, c.NoTierWhere)
}

// Apart lists the parts outside the tiers that are not empty.
func (c Compared) Apart() []WholePart { return apart(c.Parts()) }

func apart(parts []WholePart) []WholePart {
	var rest []WholePart
	for _, p := range parts {
		if !p.Empty() && p.Slug != PartTiered && p.Slug != partWorkspace {
			rest = append(rest, p)
		}
	}
	return rest
}

package session

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
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
	untiered, window := catalogue.T("without an order that counts"), catalogue.T("there is no window")
	if from, limited := spec.Window.From(asOf); limited {
		untiered, window = catalogue.T("without an order that counts in the window"), catalogue.T("before {from}", "from", from.String())
	}
	filter := catalogue.T("there is no filter")
	if len(spec.Where) > 0 {
		filter = catalogue.T("do not meet {conditions}", "conditions", FilterWords(spec.Where))
	}
	return []WholePart{
		{PartTiered, catalogue.T("in the tiers"), "", w.Tiered},
		{PartNoTier, catalogue.T("in no tier"), noTier, w.NoTier},
		{partNotCounted, catalogue.T("not counted"), notCounted(spec), rfm.Part{Orders: w.NotCounted}},
		{partNotTiered, catalogue.T("not tiered"), untiered, w.NotTiered},
		{partBeforeWindow, catalogue.T("before the window"), window, w.BeforeWindow},
		{partNotSeen, catalogue.T("not seen"), catalogue.T("on or after {as_of}", "as_of", asOf.String()), w.NotSeen},
		{partFilteredOut, catalogue.T("filtered out"), filter, w.FilteredOut},
		{partWorkspace, catalogue.T("workspace"), "", w.Sum()},
	}
}

// notCounted says which orders of those with scores are no orders.
func notCounted(spec model.Spec) string {
	var which []string
	if spec.Zero == model.ZeroDrop {
		which = append(which, catalogue.T("zero-value orders"))
	}
	switch spec.Returns {
	case model.ReturnsNet:
		which = append(which, catalogue.T("returns, which are deducted from the value of the tiers"))
	case model.ReturnsIgnore:
		which = append(which, catalogue.T("returns, which are left out"))
	}
	return strings.Join(which, "; ")
}

// FilterWords tells conditions that must all hold: "country=Germany and Pack=big".
func FilterWords(where []model.Condition) string {
	texts := make([]string, len(where))
	for i, c := range where {
		texts[i] = c.String()
	}
	return words.And(texts)
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
		return catalogue.T("in cells that no segment covers")
	}
	return catalogue.T("in segments without a tier: {names}", "names", strings.Join(names, ", "))
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
	return words.Or(labels)
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

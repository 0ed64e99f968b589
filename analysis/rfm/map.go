package rfm

import (
	"iter"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// The maps whose tiers follow from the value score.
const (
	mapTen   = "ten"
	mapValue = "value"
)

// mostRegions keeps segment numbers within a byte, with room for Others and
// for the absent from a baseline.
const mostRegions = 200

// others is the segment of cells that a map does not hold.
var others = model.Segment{Slug: "others", Label: catalogue.T("Others"), Tier: model.TierNone}

// Others is the segment of the cells that a map does not hold.
func Others() model.Segment { return others }

// draw gives every cell its segment, as the scheme's map says. Error: Usage
// for a map that does not exist or does not fit the levels.
func (r *Rule) draw(scheme model.Scheme) error {
	if r.Value.ByShare() && !r.ByValue() {
		return model.Errorf(model.Usage, "the tiers follow from the map, not from shares of the customers").
			WithHint("leave the shares out, or use the map {map_ten} or {map_value}", "map_ten", mapTen, "map_value", mapValue)
	}
	switch {
	case scheme.Map == mapTen || scheme.Map == mapValue:
		if r.Value.ByShare() && r.Value.Cuts == [2]int{} {
			r.Value.Cuts = [2]int{r.Value.Min(), r.Value.Min()} // until Shared places them
		}
	case scheme.Map != "":
		r.regions = published(scheme.Map)
		if r.regions == nil {
			return model.Errorf(model.Usage, "there is no map {map:q}", "map", scheme.Map).
				WithHint("use {map_names}", "map_names", strings.Join(model.MapNames, ", "))
		}
		preset, _ := Preset(scheme.Map)
		r.look()
		for a, levels := range preset.Levels {
			if r.Levels[a] != levels && r.looks[a] {
				return model.Errorf(model.Usage, "the map {map} needs {needed} scores for {axis}, not {levels}", "map", scheme.Map, "needed", levels, "axis", words.Axis(model.Axis(a)), "levels", r.Levels[a]).
					WithHint("use {levels} levels, or the map {map_ten}, which works with any", "levels", levels, "map_ten", mapTen)
			}
		}
	default:
		if err := checkRegions(scheme.Regions, r.Levels); err != nil {
			return err
		}
		r.regions = slices.Clone(scheme.Regions)
	}
	r.look()
	r.drawCells()
	return nil
}

// drawCells gives every cell its segment under a map that has been found good.
func (r *Rule) drawCells() {
	r.cells = make([]uint8, r.Cells())
	switch {
	case r.regions != nil:
		r.drawRegions()
	case r.mapName == mapValue:
		r.drawBands()
	default:
		r.Segments = tenSegments()
		for cell := range r.cells {
			r.cells[cell] = uint8(r.ten(cell))
		}
	}
}

// drawRegions gives every cell to the first region that holds it, or to
// Others. Segments are shown by tier, each tier in the map's own order.
func (r *Rule) drawRegions() {
	for _, region := range r.regions {
		r.Segments = append(r.Segments, region.Segment)
	}
	slices.SortStableFunc(r.Segments, func(a, b model.Segment) int { return a.Tier.Rank() - b.Tier.Rank() })
	free := uint8(len(r.regions))
	for cell := range r.cells {
		r.cells[cell] = free
	}
	r.held = make([]uint8, len(r.cells))
	for _, region := range r.regions {
		number := uint8(slices.Index(r.Segments, region.Segment))
		for cell := range r.cellsOf(region) {
			r.held[cell]++
			if r.cells[cell] == free {
				r.cells[cell] = number
			}
		}
	}
	if slices.Contains(r.cells, free) {
		r.Segments = append(r.Segments, others)
	}
}

// Regions returns the map as segments with their cells, in the order in which
// they are tried. A map that is no list of cells is spelled out cell by cell.
func (r *Rule) Regions() []model.Region {
	if r.regions != nil {
		return slices.Clone(r.regions)
	}
	regions := make([]model.Region, len(r.Segments))
	for i, s := range r.Segments {
		regions[i].Segment = s
	}
	for cell := len(r.cells) - 1; cell >= 0; cell-- {
		var p model.Pattern
		for a, score := range r.Scores(cell) {
			p[a] = model.ScoresFrom(score, score)
		}
		of := &regions[r.cells[cell]]
		of.Cells = append(of.Cells, p)
	}
	return slices.DeleteFunc(regions, func(region model.Region) bool { return len(region.Cells) == 0 })
}

// cellsOf yields every cell that a region holds, once.
func (r *Rule) cellsOf(region model.Region) iter.Seq[int] {
	return func(yield func(int) bool) {
		held := make([]bool, len(r.cells))
		for _, p := range region.Cells {
			for cell := range r.cellsLike(p) {
				if !held[cell] && !yield(cell) {
					return
				}
				held[cell] = true
			}
		}
	}
}

// cellsLike yields the cells that a pattern stands for.
func (r *Rule) cellsLike(p model.Pattern) iter.Seq[int] {
	return func(yield func(int) bool) {
		for recency := range p[model.Recency].Upto(r.Levels[model.Recency]) {
			for frequency := range p[model.Frequency].Upto(r.Levels[model.Frequency]) {
				for monetary := range p[model.Monetary].Upto(r.Levels[model.Monetary]) {
					if !yield(r.Cell([model.Axes]int{recency, frequency, monetary})) {
						return
					}
				}
			}
		}
	}
}

// look finds the axes that the map looks at.
func (r *Rule) look() {
	for a := range r.looks {
		r.looks[a] = r.regions == nil || slices.ContainsFunc(r.regions, func(region model.Region) bool {
			return slices.ContainsFunc(region.Cells, func(p model.Pattern) bool { return p[a] != model.AnyScore })
		})
	}
}

// checkRegions finds what is wrong with a map of a scheme's own.
func checkRegions(regions []model.Region, levels [model.Axes]int) error {
	if len(regions) == 0 || len(regions) > mostRegions {
		return model.Errorf(model.Usage, "the map has {count} segments", "count", len(regions)).WithHint("give 1 to {most_regions}", "most_regions", mostRegions)
	}
	slugs := map[string]bool{others.Slug: true}
	for _, region := range regions {
		if strings.HasPrefix(region.Slug, keptPrefix) {
			return model.Errorf(model.Usage, "the slug {slug:q} is reserved for customers whom fair rules keep in a tier", "slug", region.Slug).
				WithHint("give it a slug that does not begin with {kept_prefix}", "kept_prefix", keptPrefix)
		}
		if slugs[region.Slug] {
			return model.Errorf(model.Usage, "the map has the segment {slug:q} twice", "slug", region.Slug).
				WithHint("give each segment a slug of its own; leftover cells belong to {slug} anyway", "slug", others.Slug)
		}
		slugs[region.Slug] = true
		if region.Tier.Rank() < 0 {
			return model.Errorf(model.Usage, "segment {slug:q}: no tier {tier:q}", "slug", region.Slug, "tier", region.Tier).WithHint("use high, mid, low or none")
		}
		for _, p := range region.Cells {
			for a, scores := range p {
				if scores != model.AnyScore && scores.Max() > levels[a] {
					return model.Errorf(model.Usage, "segment {slug:q} has the cell {pattern}, but {axis} has {levels} scores", "slug", region.Slug, "pattern", p, "axis", words.Axis(model.Axis(a)), "levels", levels[a]).
						WithHint("use scores up to {levels}, or * for any", "levels", levels[a])
				}
			}
		}
	}
	return nil
}

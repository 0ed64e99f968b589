package schemefile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Decode reads a scheme. Errors are [*model.Error] with the code Invalid and
// name the line and column of what is wrong.
func Decode(text []byte) (model.Scheme, error) { return decoder{}.decode(text) }

// DecodeFile is [Decode] of what comes from a person's file: its names and reasons are
// no longer than [model.LongestName] and [model.LongestReason]. What a workspace has
// stays readable.
func DecodeFile(text []byte) (model.Scheme, error) { return decoder{foreign: true}.decode(text) }

func (d decoder) decode(text []byte) (model.Scheme, error) {
	root, err := parse(text)
	if err != nil {
		return model.Scheme{}, err
	}
	d.scheme = model.Ten()
	d.scheme.Name = "unnamed"
	if err := d.read(root); err != nil {
		return d.scheme, err
	}
	return d.scheme, d.settle()
}

// short refuses a text of a file that is too long. Error: Invalid.
func (d *decoder) short(n node, text string, most int) error {
	if err := model.CheckLength(text, most); d.foreign && err != nil {
		return n.because(err)
	}
	return nil
}

// decoder is one run of [Decode]. Cuts are read when the measures they are in
// the units of are known, whatever comes first in the text.
type decoder struct {
	scheme  model.Scheme
	foreign bool             // the text comes from a file
	levels  [model.Axes]node // where given
	cuts    [model.Axes]node // where given
	regions []node
	value   node
}

func (d *decoder) read(root node) error {
	known := []string{
		"scheme", "as_of", "window", "where", "returns", "zero", "frequency", "least_months", "monetary",
		"levels", "cuts", "value", "map", "fair", "data",
	}
	return root.fields(known, func(n node) error {
		s := &d.scheme
		switch n.key {
		case "scheme", "data":
			text, err := n.text()
			if err != nil {
				return err
			}
			if n.key == "data" {
				s.Data = text
				return d.short(n, text, model.LongestReason)
			}
			s.Name = cmp.Or(text, s.Name)
			return d.short(n, text, model.LongestName)
		case "returns":
			return choose(n, &s.Spec.Returns, model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders)
		case "zero":
			return choose(n, &s.Spec.Zero, model.ZeroKeep, model.ZeroDrop)
		case "frequency":
			return choose(n, &s.Spec.Frequency, model.FrequencyOrders, model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth)
		case "least_months":
			return d.readLeastMonths(n)
		case "monetary":
			return choose(n, &s.Spec.Monetary, model.MonetarySum, model.MonetaryMean, model.MonetaryMargin)
		case "levels":
			return d.readLevels(n)
		case "cuts":
			return n.fields(axisNames(), func(cuts node) error {
				d.cuts[axisOf(cuts.key)] = cuts
				return nil
			})
		case "value":
			d.value = n
			return d.readValue(n)
		case "map":
			return d.readMap(n)
		case "fair":
			return d.readFair(n)
		}
		return d.readSpan(n)
	})
}

func (d *decoder) readLeastMonths(n node) error {
	months, err := n.integer()
	if err == nil && (months < 1 || months > model.MostLeastMonths) {
		err = n.wrong("least_months: {months} is out of range", "months", months).WithHint("use 1 to {most_least_months}", "most_least_months", model.MostLeastMonths)
	}
	d.scheme.Spec.LeastMonths = months
	return err
}

// readSpan reads as_of, window and where.
func (d *decoder) readSpan(n node) error {
	spec := &d.scheme.Spec
	for _, value := range n.list() {
		text, err := value.text()
		if err != nil {
			return err
		}
		switch n.key {
		case "as_of":
			if text != "" {
				spec.AsOf, err = ParseAsOf(text)
			}
		case "window":
			spec.Window, err = model.ParseWindow(text)
		case "where":
			var c model.Condition
			if c, err = model.ParseCondition(text); err == nil {
				spec.Where = append(spec.Where, c)
			}
		}
		if err != nil {
			return value.because(err)
		}
	}
	return nil
}

func axisNames() []string {
	var names []string
	for a := range model.Axes {
		names = append(names, a.String())
	}
	return names
}

func axisOf(name string) model.Axis { return model.Axis(slices.Index(axisNames(), name)) }

func (d *decoder) readLevels(n node) error {
	if _, each := n.Node.(ast.MapNode); !each {
		all, err := n.integer()
		d.scheme.Levels = [model.Axes]int{all, all, all}
		d.levels = [model.Axes]node{n, n, n}
		return err
	}
	return n.fields(axisNames(), func(level node) error {
		a := axisOf(level.key)
		d.levels[a] = level
		var err error
		d.scheme.Levels[a], err = level.integer()
		return err
	})
}

func (d *decoder) readValue(n node) error {
	v := &d.scheme.Value
	tiers := ""
	return n.fields([]string{"weights", "cuts", "shares"}, func(n node) error {
		if n.key == "weights" {
			return n.integers(v.Weights[:], catalogue.T("recency, frequency, monetary"))
		}
		if tiers != "" {
			return n.wrong("value: both {tiers} and {key} say where the tiers begin", "tiers", tiers, "key", n.key).WithHint("leave one of them out")
		}
		if tiers = n.key; n.key == "cuts" {
			return n.integers(v.Cuts[:], catalogue.T("where MID begins and where HIGH begins"))
		}
		return n.integers(v.Shares[:], catalogue.T("the percent of customers in HIGH and in MID"))
	})
}

func (d *decoder) readMap(n node) error {
	if _, spelled := n.Node.(*ast.SequenceNode); !spelled {
		return choose(n, &d.scheme.Map, model.MapNames...)
	}
	return d.readRegions(n)
}

// mostSegments is how many segments a map can have.
const mostSegments = 200

// readRegions reads a map that is spelled out.
func (d *decoder) readRegions(n node) error {
	d.regions = n.list()
	d.scheme.Map = ""
	if len(d.regions) > mostSegments {
		return d.regions[mostSegments].wrong("map: there are {count} segments", "count", len(d.regions)).WithHint("give at most {most_segments}", "most_segments", mostSegments)
	}
	for _, region := range d.regions {
		r, err := readRegion(region)
		if err != nil {
			return err
		}
		for _, name := range []string{r.Slug, r.Label} {
			if err := d.short(region, name, model.LongestName); err != nil {
				return err
			}
		}
		if r.Slug == othersSlug {
			return region.wrong("map: others is the name of the leftover cells").WithHint("choose another name")
		}
		if slices.ContainsFunc(d.scheme.Regions, func(s model.Region) bool { return s.Slug == r.Slug }) {
			return region.wrong("map: the segment {slug:q} appears twice", "slug", r.Slug)
		}
		d.scheme.Regions = append(d.scheme.Regions, r)
	}
	return nil
}

// othersSlug is the segment of the cells that a map leaves over.
const othersSlug = "others"

func readRegion(n node) (model.Region, error) {
	r := model.Region{Segment: model.Segment{Tier: model.TierNone}}
	cells := false
	err := n.fields([]string{"segment", "label", "tier", "color", "cells"}, func(n node) (err error) {
		switch n.key {
		case "segment":
			if r.Slug, err = n.text(); err == nil && !isSlug(r.Slug) {
				err = n.wrong("segment: {slug:q} is not a slug", "slug", r.Slug).WithHint("use a-z, 0-9 and hyphens, like cant-lose; its label can be anything")
			}
		case "label":
			r.Label, err = n.text()
		case "tier":
			err = choose(n, &r.Tier, model.TierHigh, model.TierMid, model.TierLow, model.TierNone)
		case "color":
			if r.Color, err = n.integer(); err == nil && (r.Color < 0 || r.Color > model.SegmentColors) {
				err = n.wrong("color: there is no colour {color}", "color", r.Color).WithHint("use 1 to {segment_colors}, or leave it out for the tier's own colour", "segment_colors", model.SegmentColors)
			}
		case "cells":
			cells = true
			r.Cells, err = readCells(n)
		}
		return err
	})
	switch {
	case err != nil:
	case r.Slug == "":
		err = n.wrong("map: a segment without a name").WithHint("give it as segment: cant-lose")
	case !cells:
		err = n.wrong("map: the segment {slug:q} has no cells", "slug", r.Slug).WithHint("give them as cells: \"555 554 [4-5]5*\", or cells: \"\" for none yet")
	case r.Label == "":
		r.Label = labelOf(r.Slug)
	}
	return r, err
}

// labelOf makes a label of a slug.
func labelOf(slug string) string {
	return strings.ToUpper(slug[:1]) + strings.ReplaceAll(slug[1:], "-", " ")
}

func isSlug(s string) bool {
	letter := func(c rune) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }
	for _, c := range s {
		if !letter(c) && c != '-' {
			return false
		}
	}
	return s != "" && letter(rune(s[0]))
}

func readCells(n node) ([]model.Pattern, error) {
	var cells []model.Pattern
	for _, value := range n.list() {
		text, err := value.text()
		if err != nil {
			return nil, err
		}
		for _, cell := range strings.Fields(text) {
			p, err := model.ParsePattern(cell)
			if err != nil {
				return nil, value.because(err)
			}
			cells = append(cells, p)
		}
	}
	return cells, nil
}

// settle reads the cuts and checks what depends on several keys.
func (d *decoder) settle() error {
	for a := range model.Axes {
		if err := d.settleAxis(a); err != nil {
			return err
		}
	}
	if err := d.settleMap(); err != nil {
		return err
	}
	return d.settleValue()
}

// settleMap checks that the map has no scores that the levels do not have.
func (d *decoder) settleMap() error {
	for i, region := range d.scheme.Regions {
		for _, p := range region.Cells {
			for a, scores := range p {
				if levels := d.scheme.Levels[a]; scores != model.AnyScore && scores.Max() > levels {
					return d.regions[i].wrong("map: segment {slug:q} has the cell {pattern}, but {axis} has {levels} scores", "slug", region.Slug, "pattern", p, "axis", words.Axis(model.Axis(a)), "levels", levels).
						WithHint("use scores up to {levels}, or * for any", "levels", levels)
				}
			}
		}
	}
	return nil
}

func (d *decoder) settleAxis(a model.Axis) error {
	at := d.cuts[a]
	cuts := &d.scheme.Cuts[a]
	if at.Node != nil {
		var err error
		if *cuts, err = readCuts(at, d.scheme.Spec.Scale(a)); err != nil {
			return err
		}
	}
	levels := &d.scheme.Levels[a]
	where := d.levels[a]
	if where.Node == nil {
		where = at
		switch {
		case cuts.At != nil:
			*levels = len(cuts.At) + 1
		case cuts.Method == model.MethodMean:
			*levels = 2
		}
	}
	if where.Node == nil {
		return nil
	}
	if err := cuts.Method.CheckLevels(*levels); err != nil {
		return where.because(err)
	}
	if cuts.At != nil && len(cuts.At) != *levels-1 {
		return at.wrong("{axis}: {cuts} cuts for {levels} scores", "axis", a, "cuts", len(cuts.At), "levels", *levels).WithHint("give {levels} cuts, or leave levels out", "levels", *levels-1)
	}
	return nil
}

// readCuts reads the method of a measure and its cuts, in shown units.
func readCuts(n node, scale int64) (model.AxisCuts, error) {
	c := model.AxisCuts{Method: model.MethodQuantile}
	estimate := estimateData
	var at []node
	err := n.fields([]string{"method", "estimate", "at"}, func(n node) error {
		switch n.key {
		case "method":
			return choose(n, &c.Method, model.Methods...)
		case "estimate":
			return choose(n, &estimate, estimateData, estimateFrozen)
		}
		at = n.list()
		return nil
	})
	if err != nil {
		return c, err
	}
	frozen := estimate == estimateFrozen
	switch {
	case c.Method == model.MethodNTile && (frozen || at != nil):
		return c, n.wrong("{key}: groups of equal size have no cuts to give", "key", n.key).WithHint("leave out estimate and at, or use method: fixed")
	case c.Method == model.MethodNested && (frozen || at != nil):
		return c, n.wrong("{key}: nested cuts differ from score to score and cannot be given", "key", n.key).WithHint("leave out estimate and at, or use method: fixed")
	case c.Method != model.MethodFixed && !frozen:
		return c, nil
	case len(at) == 0:
		return c, n.wrong("{key}: {method} cuts without values", "key", n.key, "method", c.Method).WithHint("give them as at: [1, 2, 3, 6]")
	}
	for _, value := range at {
		text, err := value.text()
		if err != nil {
			return c, err
		}
		cut, err := model.ParseCut(text, scale)
		if err != nil {
			return c, value.because(err)
		}
		if len(c.At) > 0 && cut.Compare(c.At[len(c.At)-1]) < 0 {
			return c, value.wrong("{key}: {cut} comes after {previous}", "key", n.key, "cut", cut.Text(scale), "previous", c.At[len(c.At)-1].Text(scale)).WithHint("give the cuts in ascending order, with a decimal point and no thousands separators: a comma begins another cut")
		}
		c.At = append(c.At, cut)
	}
	return c, nil
}

func (d *decoder) settleValue() error {
	v := d.scheme.Value
	if d.value.Node == nil {
		return nil
	}
	wrong := d.value.wrong
	switch {
	case slices.Min(v.Weights[:]) < 0 || slices.Max(v.Weights[:]) > model.MaxWeight:
		return wrong("value: the weights are {weights}", "weights", v.Weights).WithHint("use 0 to {max_weight}", "max_weight", model.MaxWeight)
	case v.Min() == 0:
		return wrong("value: all weights are 0").WithHint("give at least one measure a weight")
	case v.ByShare() && (slices.Min(v.Shares[:]) < 0 || v.Shares[0]+v.Shares[1] > 100):
		return wrong("value: the shares are {high} and {mid}", "high", words.WholePercent(v.Shares[0]), "mid", words.WholePercent(v.Shares[1])).WithHint("use percent of the customers, together at most 100")
	case v.ByShare():
		d.scheme.Value.Cuts = [2]int{}
	case v.Cuts[0] < v.Min() || v.Cuts[1] > v.Max()+1:
		return wrong("value: the cuts are {mid} and {high}, but the value score is {min} to {max}", "mid", v.Cuts[0], "high", v.Cuts[1], "min", v.Min(), "max", v.Max()).
			WithHint("use {min} to {max}; {max} leaves the tier empty", "min", v.Min(), "max", v.Max()+1)
	case v.Cuts[0] > v.Cuts[1]:
		return wrong("value: MID begins at {mid}, above HIGH at {high}", "mid", v.Cuts[0], "high", v.Cuts[1]).WithHint("give the cut of MID first")
	}
	return nil
}

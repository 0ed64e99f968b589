package session

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/schemefile"
)

// drawing is a map as the editor holds it: segments in the order of the map,
// and for each cell the one that has it. Maps whose patterns overlap, or follow
// from the value score, become cells once; nobody changes segment by that.
type drawing struct {
	levels   [model.Axes]int
	segments []model.Segment
	owner    []int // by cell as [Frame.Cells] numbers them; -1: Others
}

const unowned = -1

// newDrawing draws the map of a scheme whose value cuts are placed. Error:
// Usage for a scheme that cannot be used.
func newDrawing(scheme model.Scheme) (*drawing, error) {
	scheme = scheme.Clone()
	scheme.Value.Shares = [2]int{}
	rule, err := ruleWithoutData(scheme)
	if err != nil {
		return nil, err
	}
	d := &drawing{levels: rule.Levels, owner: make([]int, rule.Cells())}
	if rule.ByValue() {
		d.segments = slices.Clone(rule.Segments)
	} else {
		for _, region := range rule.Regions() {
			d.segments = append(d.segments, region.Segment)
		}
	}
	for cell := range d.owner {
		d.owner[cell] = d.number(rule.Segments[rule.Segment(cell)].Slug)
	}
	return d, nil
}

// number returns the index of a segment, and unowned for any that is not on
// the map.
func (d *drawing) number(slug string) int {
	return slices.IndexFunc(d.segments, func(s model.Segment) bool { return s.Slug == slug })
}

// find returns the index of a segment, unowned for Others. Error: NotFound.
func (d *drawing) find(slug string) (int, error) {
	at := d.number(slug)
	if at == unowned && slug != rfm.Others().Slug {
		return at, errNoSegment(slug)
	}
	return at, nil
}

// exchange lets two segments change places in the order of the map.
func (d *drawing) exchange(i, j int) {
	d.segments[i], d.segments[j] = d.segments[j], d.segments[i]
	for cell, of := range d.owner {
		switch of {
		case i:
			d.owner[cell] = j
		case j:
			d.owner[cell] = i
		}
	}
}

// remove takes a segment off the map.
func (d *drawing) remove(at int) {
	d.segments = slices.Delete(d.segments, at, at+1)
	for cell, of := range d.owner {
		switch {
		case of == at:
			d.owner[cell] = unowned
		case of > at:
			d.owner[cell]--
		}
	}
}

// label names the segment of a cell's owner.
func (d *drawing) label(owner int) string {
	if owner == unowned {
		return rfm.Others().Label
	}
	return d.segments[owner].Label
}

// cellsLike returns the cells that a pattern stands for.
func (d *drawing) cellsLike(p model.Pattern) (cells []int) {
	for cell := range d.owner {
		if p.Holds(scoresOf(cell, d.levels)) {
			cells = append(cells, cell)
		}
	}
	return cells
}

// cellsOf returns the cells of a segment.
func (d *drawing) cellsOf(owner int) (cells []int) {
	for cell, of := range d.owner {
		if of == owner {
			cells = append(cells, cell)
		}
	}
	return cells
}

// on puts the drawing into a scheme as a map of its own, in few patterns.
func (d *drawing) on(scheme model.Scheme) model.Scheme {
	scheme = scheme.Clone()
	scheme.Map, scheme.Value.Shares = "", [2]int{}
	scheme.Regions = make([]model.Region, len(d.segments))
	for i, s := range d.segments {
		scheme.Regions[i] = model.Region{Segment: s, Cells: d.cover(i)}
	}
	return scheme
}

// cover writes the cells of a segment in few patterns.
func (d *drawing) cover(owner int) []model.Pattern {
	cells := make([]bool, len(d.owner))
	for cell, of := range d.owner {
		cells[cell] = of == owner
	}
	return rfm.Cover(cells, d.levels)
}

// freeColor returns the first colour that no segment has, 0 where all are taken.
func (d *drawing) freeColor() int {
	for color := 1; color <= model.SegmentColors; color++ {
		if !slices.ContainsFunc(d.segments, func(s model.Segment) bool { return s.Color == color }) {
			return color
		}
	}
	return 0
}

// named checks what a segment is to be called and returns it tidied up. except
// is the slug of the segment itself, "" for a new one.
func (d *drawing) named(label, except string) (string, error) {
	label = strings.Join(strings.Fields(label), " ")
	const longest = 40
	switch {
	case label == "":
		return "", model.Errorf(model.Usage, "a segment needs a name")
	case label != model.Printable(label) || strings.ContainsRune(label, unicode.ReplacementChar):
		return "", model.Errorf(model.Usage, "{label:q} has characters that cannot be shown", "label", label).WithHint("use letters, digits and spaces")
	case len([]rune(label)) > longest:
		return "", model.Errorf(model.Usage, "a segment's name has at most {longest} characters, this has {length}", "longest", longest, "length", len([]rune(label)))
	case strings.EqualFold(label, rfm.Others().Label):
		return "", model.Errorf(model.Usage, "{label} is the name of the leftover cells", "label", label).WithHint("choose another name")
	}
	for _, s := range d.segments {
		if strings.EqualFold(s.Label, label) && s.Slug != except {
			return "", model.Errorf(model.Exists, "there is already a segment {label}", "label", s.Label).WithHint("choose another name")
		}
	}
	return label, nil
}

// slugFor makes a slug of a label that no segment has yet.
func (d *drawing) slugFor(label string) string {
	stem := schemefile.Slug(label)
	if strings.HasPrefix(stem, keptPrefix) {
		stem = "segment-" + stem
	}
	slug := stem
	for n := 2; d.number(slug) != unowned || slug == rfm.Others().Slug; n++ {
		slug = stem + "-" + strconv.Itoa(n)
	}
	return slug
}

// keptPrefix begins the slugs of customers who are kept in a tier, [rfm.KeptIn].
const keptPrefix = "kept-"

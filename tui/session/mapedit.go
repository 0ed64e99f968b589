package session

import (
	"fmt"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// What painting and naming segments does to the working scheme. Each is one
// edit, told in a few words. The first gives the scheme a map of its own: one
// that had a name is spelled out, with everybody where they were.

// Paint gives cells to a segment, by its slug; that of Others takes them off
// the map. Error: NotFound for a segment that is not on the map.
func (b *Bench) Paint(cells model.Pattern, slug string) (told string, err error) {
	d, err := newDrawing(b.placed())
	if err != nil {
		return "", err
	}
	to, err := d.find(slug)
	if err != nil {
		return "", err
	}
	from, only, customers := unowned, true, int64(0)
	changed := 0
	for _, cell := range d.cellsLike(cells) {
		was := d.owner[cell]
		if was == to {
			continue
		}
		only = only && (changed == 0 || was == from)
		from = was
		customers += b.figures.Cells[cell].Customers
		d.owner[cell] = to
		changed++
	}
	switch {
	case changed == 0:
		return catalogue.T("{cells} is {to} already", "cells", cells, "to", d.label(to)), nil
	case only:
		return b.draw(d, fmt.Sprintf("%s %s → %s, %s", cells, d.label(from), d.label(to), words.Plural(customers, "customer", "customers")))
	}
	return b.draw(d, fmt.Sprintf("%s → %s, %s", cells, d.label(to), words.Plural(customers, "customer", "customers")))
}

// AddSegment puts a segment without cells on the map, behind the others of its
// tier, with a colour that is free. Errors: Usage and Exists for a name that will
// not do.
func (b *Bench) AddSegment(label string, tier model.Tier) (slug, told string, err error) {
	d, err := newDrawing(b.placed())
	if err != nil {
		return "", "", err
	}
	if label, err = d.named(label, ""); err != nil {
		return "", "", err
	}
	slug = d.slugFor(label)
	d.segments = append(d.segments, model.Segment{Slug: slug, Label: label, Tier: tier, Color: d.freeColor()})
	told, err = b.draw(d, catalogue.T("new segment {label} in {tier}", "label", label, "tier", tierLabels[tier]))
	return slug, told, err
}

// RenameSegment gives a segment another label. Its slug stays, so that nobody
// counts as reclassified. Errors: NotFound, and Usage and Exists for a name that
// will not do.
func (b *Bench) RenameSegment(slug, label string) (told string, err error) {
	return b.alter(slug, func(d *drawing, s *model.Segment) (string, error) {
		label, err := d.named(label, slug)
		if err != nil {
			return "", err
		}
		told := catalogue.T("{label} is now called {name}", "label", s.Label, "name", label)
		s.Label = label
		return told, nil
	})
}

// SetSegmentTier puts a segment into another tier. Error: NotFound.
func (b *Bench) SetSegmentTier(slug string, tier model.Tier) (told string, err error) {
	return b.alter(slug, func(d *drawing, s *model.Segment) (string, error) {
		told := fmt.Sprintf("%s: %s → %s, %s", s.Label, tierLabels[s.Tier], tierLabels[tier], words.Plural(b.customersOf(d, slug), "customer", "customers"))
		s.Tier = tier
		return told, nil
	})
}

// SetSegmentColor gives a segment one of the colours, 0 that of its tier. Error:
// NotFound.
func (b *Bench) SetSegmentColor(slug string, color int) (told string, err error) {
	return b.alter(slug, func(_ *drawing, s *model.Segment) (string, error) {
		s.Color = color
		if color == 0 {
			return catalogue.T("{label} in the colour of its tier", "label", s.Label), nil
		}
		return catalogue.T("{label} in colour {color} of {segment_colors}", "label", s.Label, "color", color, "segment_colors", model.SegmentColors), nil
	})
}

// MoveSegment puts a segment before the one above it in its tier, or with by
// +1 behind the one below it. Error: NotFound.
func (b *Bench) MoveSegment(slug string, by int) (told string, err error) {
	d, err := newDrawing(b.placed())
	if err != nil {
		return "", err
	}
	at := d.number(slug)
	if at == unowned {
		return "", errNoSegment(slug)
	}
	tier := d.segments[at].Tier
	for to := at + by; to >= 0 && to < len(d.segments); to += by {
		if d.segments[to].Tier != tier {
			continue
		}
		labels := []any{"label", d.segments[at].Label, "other", d.segments[to].Label}
		told := catalogue.T("{label} now before {other}", labels...)
		if by > 0 {
			told = catalogue.T("{label} now after {other}", labels...)
		}
		d.exchange(at, to)
		return b.draw(d, told)
	}
	if by > 0 {
		return catalogue.T("{label} is the last segment of {tier} already", "label", d.segments[at].Label, "tier", words.Tier(tier)), nil
	}
	return catalogue.T("{label} is the first segment of {tier} already", "label", d.segments[at].Label, "tier", words.Tier(tier)), nil
}

// DeleteSegment takes a segment off the map; its cells go to Others. Errors:
// NotFound, Usage for the last one.
func (b *Bench) DeleteSegment(slug string) (told string, err error) {
	d, err := newDrawing(b.placed())
	if err != nil {
		return "", err
	}
	at := d.number(slug)
	switch {
	case at == unowned:
		return "", errNoSegment(slug)
	case len(d.segments) == 1:
		return "", model.Errorf(model.Usage, "{label} is the only segment", "label", d.segments[at].Label).WithHint("add another first")
	}
	told = catalogue.T("{label} removed; it had no cells", "label", d.segments[at].Label)
	if n := len(d.cellsOf(at)); n > 0 {
		told = catalogue.T("{label} removed; {cells} with {customers} now in {others}, in no tier", "label", d.segments[at].Label, "cells", words.Plural(int64(n), "cell", "cells"), "customers", words.Customers(b.customersOf(d, slug)), "others", rfm.Others().Label)
	}
	d.remove(at)
	return b.draw(d, told)
}

// alter changes one segment.
func (b *Bench) alter(slug string, change func(*drawing, *model.Segment) (string, error)) (told string, err error) {
	d, err := newDrawing(b.placed())
	if err != nil {
		return "", err
	}
	at := d.number(slug)
	if at == unowned {
		return "", errNoSegment(slug)
	}
	before := d.segments[at]
	if told, err = change(d, &d.segments[at]); err != nil || d.segments[at] == before {
		return told, err
	}
	return b.draw(d, told)
}

// draw makes a drawing the map of the working scheme, as one edit. Of the
// first it is told, too, that the map is the scheme's own now.
func (b *Bench) draw(d *drawing, label string) (told string, err error) {
	before := b.frame
	if err := b.Change(catalogue.T("map: {label}", "label", label), d.on(b.placed())); err != nil {
		return "", err
	}
	stayed := ""
	if n := len(before.Lint.Overlapping); n > 0 {
		stayed = catalogue.T(" · {cells} in several segments stayed where they were", "cells", words.Plural(int64(n), "cell", "cells"))
	}
	switch {
	case before.ByValue:
		return catalogue.T("{label} · [u] undoes it · the map is now your own: value cuts no longer move it", "label", label), nil
	case before.Scheme.Map != "":
		return catalogue.T("{label} · the map is now your own{stayed}", "label", label, "stayed", stayed), nil
	}
	return label + stayed, nil
}

// placed returns the working scheme with its value cuts where they are now.
func (b *Bench) placed() model.Scheme {
	scheme := b.scheme.Clone()
	scheme.Value.Cuts = b.rule.Value.Cuts
	return scheme
}

// customersOf counts the customers in the cells of a segment.
func (b *Bench) customersOf(d *drawing, slug string) (customers int64) {
	for _, cell := range d.cellsOf(d.number(slug)) {
		customers += b.figures.Cells[cell].Customers
	}
	return customers
}

func errNoSegment(slug string) error {
	switch {
	case slug == rfm.Others().Slug:
		return model.Errorf(model.NotFound, "Others holds the cells that no segment has").WithHint("paint them with a segment, or mark another")
	case strings.HasPrefix(slug, keptPrefix):
		return model.Errorf(model.NotFound, "these customers are kept in their tier by rules, not by cells").WithHint("mark a segment of the map")
	}
	return model.Errorf(model.NotFound, "the map has no segment {slug:q}", "slug", slug).WithHint("choose one of the list, or add it")
}

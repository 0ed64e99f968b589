package theme

import (
	"image/color"

	"strata/model"
)

// segmentColors are the colours a person can give to segments, as grounds:
// those of Okabe and Ito (2008), chosen to be told apart by colour-blind eyes,
// with gray in the place of black, which would vanish on a dark ground. Text on
// them is black or white; a mark stands there anyway.
var segmentColors = [model.SegmentColors]color.Color{
	rgb(0xe69f00), rgb(0x56b4e9), rgb(0x009e73), rgb(0xf0e442), // orange, sky blue, bluish green, yellow
	rgb(0x0072b2), rgb(0xd55e00), rgb(0xcc79a7), rgb(0x606060), // blue, vermilion, reddish purple, gray
}

// segmentSixteen are the same among the terminal's sixteen, each with the text
// that can be read on it whatever the ground of the terminal is.
var segmentSixteen = [model.SegmentColors]struct{ ground, text int }{
	{yellow, black}, {cyan, black}, {green, black}, {yellow + bright, black},
	{blue, white + bright}, {red, white + bright}, {magenta, white + bright}, {gray, white + bright},
}

const black = 0

// Segment returns the ground of a segment's cells, with text that can be read
// on it: its own colour, 1 to [model.SegmentColors], or with 0 that of its
// tier. Without colours it is plain: the segment's mark tells.
func (t *Theme) Segment(own int, tier model.Tier) Style {
	if own < 1 || own > model.SegmentColors {
		return t.look(tier).ground
	}
	return t.segments[own-1]
}

// grounds makes the grounds of segments.
func (p palette) grounds() (all [model.SegmentColors]Style) {
	for i, ground := range segmentColors {
		if p.sixteen {
			few := segmentSixteen[i]
			all[i] = style(in(ansi(few.text)).Background(ansi(few.ground)))
			continue
		}
		all[i] = grounded(ground)
	}
	return all
}

// tierGround is the ground of a tier's cells: its colour turned round where the
// terminal's own colours are unknown, since a text in it can be read.
func (p palette) tierGround(c color.Color) Style {
	if p.sixteen {
		return style(in(c).Reverse(true))
	}
	return grounded(c)
}

// grounded is text that can be read on a ground of a colour.
func grounded(c color.Color) Style { return style(in(textOn(c)).Background(c)) }

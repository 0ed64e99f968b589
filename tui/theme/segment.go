package theme

import (
	"image/color"

	"strata/model"
)

// segmentColors are the colours a person can give to segments, as grounds:
// those of Okabe and Ito (2008), chosen to be told apart by colour-blind eyes,
// with gray in the place of black, which would vanish on a dark ground. Those
// that are far from the tiers' come first. Text on them is black or white; a mark
// stands there anyway.
var segmentColors = [model.SegmentColors]color.Color{
	rgb(0x56b4e9), rgb(0xd55e00), rgb(0xf0e442), rgb(0x0072b2), // sky blue, vermilion, yellow, blue
	rgb(0xcc79a7), rgb(0x009e73), rgb(0xe69f00), rgb(0x606060), // reddish purple, bluish green, orange, gray
}

// segmentSixteen are the same among the terminal's sixteen, each with the text
// that can be read on it whatever the ground of the terminal is.
var segmentSixteen = [model.SegmentColors]struct{ ground, text int }{
	{cyan, black},
	{red, white + bright},
	{yellow + bright, black},
	{blue, white + bright},
	{magenta, white + bright},
	{green, black},
	{yellow, black},
	{gray, white + bright},
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

// tierGrounds are the grounds of the cells of each tier, on a dark and on a
// light ground: on the light one, the colours of its texts would be too heavy.
var tierGrounds = [4]color.Color{rgb(0xe0af68), rgb(0x6abf95), rgb(0x8f92b8), rgb(0xa0a0a8)}

// tierGround is the ground of a tier's cells: the colour of its texts turned
// round where the terminal's own colours are unknown, since those can be read.
func (p palette) tierGround(rank int, text color.Color) Style {
	if p.sixteen {
		return style(in(text).Reverse(true))
	}
	return grounded(tierGrounds[rank])
}

// grounded is text that can be read on a ground of a colour.
func grounded(c color.Color) Style { return style(in(textOn(c)).Background(c)) }

package theme

import (
	"image/color"
	"strconv"

	"charm.land/lipgloss/v2"
)

// palette gives every token its colour. The colours of up and down differ in
// lightness and lie on the blue side of green and of red, so that they differ
// for colour-blind eyes too; a mark stands beside them anyway.
type palette struct {
	dim, faint       color.Color // second and third voice of text
	accent, onAccent color.Color // what has the focus, and text on it
	accentSoft       color.Color // a background for the accent
	high, mid, low   color.Color // the tiers
	up, down         color.Color // nil: left to their marks
	warning, failure color.Color
	heat             ramp // from nothing to most
	heatUp, heatDown ramp // of differences
	sixteen          bool // the terminal's own sixteen colours, whose grounds are unknown
}

// rgb is a colour by its 0xRRGGBB.
func rgb(hex uint32) color.Color {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

// ansi is one of the sixteen colours, 8 and above the bright ones.
func ansi(n int) color.Color { return lipgloss.Color(strconv.Itoa(n)) }

// Every colour has a near neighbour of its own hue among the 256.
func darkPalette() palette {
	return palette{
		dim: rgb(0xa0a0a8), faint: rgb(0x4b5160),
		accent: rgb(0x7aa2f7), onAccent: rgb(0x16181d), accentSoft: rgb(0x303446),
		high: rgb(0xe0af68), mid: rgb(0x6abf95), low: rgb(0x8f92b8),
		up: rgb(0x8fcf7a), down: rgb(0xf7768e),
		warning: rgb(0xe0af68), failure: rgb(0xf7768e),
		heat: ramp{rgb(0x262a3b), rgb(0xf2a65a)}, heatUp: ramp{rgb(0x1f2f2a), rgb(0x5fbf7a)}, heatDown: ramp{rgb(0x38242c), rgb(0xe8647c)},
	}
}

func lightPalette() palette {
	return palette{
		dim: rgb(0x6a6a70), faint: rgb(0xc4c9d1),
		accent: rgb(0x0550ae), onAccent: rgb(0xffffff), accentSoft: rgb(0xdbeafe),
		high: rgb(0x9a6700), mid: rgb(0x127a55), low: rgb(0x5a5f9c),
		up: rgb(0x1a7f37), down: rgb(0xcf222e),
		warning: rgb(0x9a6700), failure: rgb(0xcf222e),
		heat: ramp{rgb(0xfbf3e6), rgb(0xd9730d)}, heatUp: ramp{rgb(0xe6f6ea), rgb(0x2f9e55)}, heatDown: ramp{rgb(0xfdeaec), rgb(0xd13b4a)},
	}
}

// The sixteen colours, by number; bright adds to one of the first eight.
const (
	red     = 1
	green   = 2
	yellow  = 3
	blue    = 4
	magenta = 5
	cyan    = 6
	white   = 7
	gray    = 8
	bright  = 8
)

// darkSixteen uses the bright half of the sixteen colours, which can be read
// on a dark ground whatever the terminal makes of them.
func darkSixteen() palette {
	return palette{
		dim: ansi(white), faint: ansi(gray),
		accent: ansi(blue + bright),
		high:   ansi(yellow + bright), mid: ansi(cyan), low: ansi(magenta + bright),
		up: ansi(green + bright), down: ansi(red + bright),
		warning: ansi(yellow + bright), failure: ansi(red + bright),
		sixteen: true,
	}
}

// lightSixteen uses those that can be read on a light ground: red, blue, cyan,
// magenta and gray. Changes are left to their marks.
func lightSixteen() palette {
	return palette{
		dim: ansi(gray), faint: ansi(gray),
		accent: ansi(blue),
		high:   ansi(red), mid: ansi(cyan), low: ansi(magenta),
		warning: ansi(red), failure: ansi(red),
		sixteen: true,
	}
}

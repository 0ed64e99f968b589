package theme

import "fmt"

// palette gives every token its colour. The colours of up and down differ in
// lightness and lie on the blue side of green and of red, so that they differ
// for colour-blind eyes too; a mark stands beside them anyway.
type palette struct {
	dim, faint       color // second and third voice of text
	accent, onAccent color // what has the focus, and text on it
	accentSoft       color // a background for the accent
	high, mid, low   color // the tiers
	up, down         color
	warning, failure color
	heat             ramp // from nothing to most
	heatUp, heatDown ramp // of differences
	sixteen          bool // the terminal's own sixteen colours, whose grounds are unknown
}

func rgb(hex uint32) color {
	triple := fmt.Sprintf("2;%d;%d;%d", hex>>16&0xff, hex>>8&0xff, hex&0xff)
	return color{fg: "38;" + triple, bg: "48;" + triple}
}

// ansi is one of the sixteen colours, 8 and above the bright ones.
func ansi(n int) color {
	if n < 8 {
		return color{fg: fmt.Sprint(30 + n), bg: fmt.Sprint(40 + n)}
	}
	return color{fg: fmt.Sprint(90 + n - 8), bg: fmt.Sprint(100 + n - 8)}
}

// Every colour has a near neighbour of its own hue among the 256.
func darkPalette() palette {
	return palette{
		dim: rgb(0xa0a0a8), faint: rgb(0x4b5160),
		accent: rgb(0x7aa2f7), onAccent: rgb(0x16181d), accentSoft: rgb(0x303446),
		high: rgb(0xe0af68), mid: rgb(0x6abf95), low: rgb(0x8f92b8),
		up: rgb(0x8fcf7a), down: rgb(0xf7768e),
		warning: rgb(0xe0af68), failure: rgb(0xf7768e),
		heat: ramp{0x262a3b, 0xf2a65a}, heatUp: ramp{0x1f2f2a, 0x5fbf7a}, heatDown: ramp{0x38242c, 0xe8647c},
	}
}

func lightPalette() palette {
	return palette{
		dim: rgb(0x6a6a70), faint: rgb(0xc4c9d1),
		accent: rgb(0x0550ae), onAccent: rgb(0xffffff), accentSoft: rgb(0xdbeafe),
		high: rgb(0x9a6700), mid: rgb(0x127a55), low: rgb(0x5a5f9c),
		up: rgb(0x1a7f37), down: rgb(0xcf222e),
		warning: rgb(0x9a6700), failure: rgb(0xcf222e),
		heat: ramp{0xfbf3e6, 0xd9730d}, heatUp: ramp{0xe6f6ea, 0x2f9e55}, heatDown: ramp{0xfdeaec, 0xd13b4a},
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

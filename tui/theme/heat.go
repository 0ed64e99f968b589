package theme

import "math"

// heatSteps is how many grounds a scale of heat has.
const heatSteps = 16

// heat is a scale of grounds from nothing to most, each with text that can be
// read on it.
type heat [heatSteps]Style

// ramp is a scale of heat by its two ends, as 0xRRGGBB.
type ramp struct{ none, most uint32 }

func (r ramp) heat() heat {
	var h heat
	for i := range h {
		ground := mix(r.none, r.most, float64(i)/(heatSteps-1))
		h[i] = style(rgb(textOn(ground)).fg, rgb(ground).bg)
	}
	return h
}

// at returns the style of a part of the most; 0 has the terminal's own ground.
func (h *heat) at(part float64) Style {
	if part <= 0 {
		return ""
	}
	return h[min(int(part*heatSteps), heatSteps-1)]
}

// Heat returns the look of a figure in a matrix by its part of the largest,
// 0..1. Where there are not enough colours it is plain and [Theme.Shade] tells.
func (t *Theme) Heat(part float64) Style { return t.heat.at(part) }

// HeatChange is Heat for a difference, -1..1: one scale upwards, one downwards.
func (t *Theme) HeatChange(part float64) Style {
	if part < 0 {
		return t.heatDown.at(-part)
	}
	return t.heatUp.at(part)
}

// Shade returns a mark as heavy as a part of the largest, 0..1, where grounds
// cannot tell; "" where they do.
func (t *Theme) Shade(part float64) string {
	if !t.shaded {
		return ""
	}
	shades := [...]string{"░", "▒", "▓", "█"}
	if part <= 0 {
		return " "
	}
	return shades[min(int(part*float64(len(shades))), len(shades)-1)]
}

// mix blends two colours channel by channel.
func mix(a, b uint32, part float64) uint32 {
	channel := func(shift int) uint32 {
		from, to := float64(a>>shift&0xff), float64(b>>shift&0xff)
		return uint32(math.Round(from+(to-from)*part)) << shift
	}
	return channel(16) | channel(8) | channel(0)
}

// textOn returns black or white, whichever stands out more; one of them always
// does by 4.5 : 1 (WCAG 2.1, contrast ratio).
func textOn(ground uint32) uint32 {
	const black, white = 0x000000, 0xffffff
	if l := brightness(ground); (l+0.05)/0.05 > 1.05/(l+0.05) {
		return black
	}
	return white
}

// brightness is the relative luminance of WCAG 2.1.
func brightness(hex uint32) float64 {
	linear := func(v uint32) float64 {
		s := float64(v&0xff) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(hex>>16) + 0.7152*linear(hex>>8) + 0.0722*linear(hex)
}

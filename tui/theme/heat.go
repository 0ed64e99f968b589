package theme

import (
	"image/color"
	"math"

	"charm.land/lipgloss/v2"
)

// heatSteps is how many grounds a scale of heat has.
const heatSteps = 16

// heat is a scale of grounds from nothing to most, each with text that can be
// read on it.
type heat [heatSteps]Style

// ramp is a scale of heat by its two ends.
type ramp struct{ none, most color.Color }

// heat blends the ends in a space where equal steps look equal (CIE L*a*b*).
func (r ramp) heat() heat {
	var h heat
	for i, ground := range lipgloss.Blend1D(heatSteps, r.none, r.most) {
		h[i] = style(in(textOn(ground)).Background(ground))
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

// textOn returns black or white, whichever stands out more; one of them always
// does by 4.5 : 1 (WCAG 2.1, contrast ratio).
func textOn(ground color.Color) color.Color {
	if l := brightness(ground); (l+0.05)/0.05 > 1.05/(l+0.05) {
		return rgb(0x000000)
	}
	return rgb(0xffffff)
}

// brightness is the relative luminance of WCAG 2.1.
func brightness(c color.Color) float64 {
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// Package theme is the one place where looks are made: named tokens become
// styles, once, for a dark or a light ground and for as many colours as the
// terminal has. Screens and components name what they mean (the accent, a
// tier, a change upwards); no colour is written down anywhere else.
package theme

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"

	"strata/model"
)

// Colors is how many colours the terminal shows.
type Colors int

// The steps that make a difference: with 256 colours and more the palette is
// ours (the renderer picks the nearest of 256), with sixteen it is the
// terminal's, with none marks, weight and reverse carry everything.
const (
	Full Colors = iota
	Sixteen
	None
)

// ColorsOf returns the step of a terminal's colour profile.
func ColorsOf(p colorprofile.Profile) Colors {
	switch {
	case p >= colorprofile.ANSI256:
		return Full
	case p >= colorprofile.ANSI:
		return Sixteen
	}
	return None
}

// Theme is a complete set of styles.
type Theme struct {
	Text, Strong Style // the terminal's own text, and its heavier sister
	Dim, Faint   Style // second voice, and rules or marks that may nearly vanish

	Accent, AccentStrong Style
	Brand                Style // the program's name in the corner
	Selected             Style // the open tab, the row under the marker

	Border, BorderFocus Style

	Up, Down         Style
	Warning, Failure Style
	Alert            Style // a chip that asks to be looked at

	tiers    [4]tierLook
	segments [model.SegmentColors]Style

	heat, heatUp, heatDown heat
	shaded                 bool // shades stand in for grounds
}

type tierLook struct {
	plain, strong Style
	ground        Style // of its cells
	fill, rule    string
}

// New makes the theme for a ground and a number of colours.
func New(dark bool, colors Colors) *Theme {
	if colors == None {
		return colorless()
	}
	var p palette
	switch {
	case colors == Full && dark:
		p = darkPalette()
	case colors == Full:
		p = lightPalette()
	case dark:
		p = darkSixteen()
	default:
		p = lightSixteen()
	}
	return p.theme()
}

func (p palette) theme() *Theme {
	t := &Theme{
		Strong: style(plain().Bold(true)),
		Dim:    style(in(p.dim)), Faint: style(in(p.faint)),
		Accent: style(in(p.accent)), AccentStrong: style(in(p.accent).Bold(true)),
		Brand:    p.filled(p.accent, p.onAccent),
		Selected: p.filled(p.accentSoft, nil),
		Border:   style(in(p.faint)), BorderFocus: style(in(p.accent)),
		Up: style(in(p.up)), Down: style(in(p.down)),
		Warning: style(in(p.warning)), Failure: style(in(p.failure).Bold(true)),
		Alert:  p.alert(),
		shaded: p.sixteen,
	}
	t.segments = p.grounds()
	if !p.sixteen {
		t.heat, t.heatUp, t.heatDown = p.heat.heat(), p.heatUp.heat(), p.heatDown.heat()
	}
	for i, c := range []color.Color{p.high, p.mid, p.low, p.dim} {
		t.tiers[i] = tierLook{plain: style(in(c)), strong: style(in(c).Bold(true)), ground: p.tierGround(i, c), fill: "█", rule: "━"}
	}
	return t
}

// filled is text on a ground of its own; without one, the terminal's own
// colours turned round, which can always be read.
func (p palette) filled(ground, text color.Color) Style {
	if p.sixteen {
		return style(in(p.accent).Bold(true).Reverse(true))
	}
	return style(in(text).Bold(true).Background(ground))
}

// alert is text on the ground of a failure.
func (p palette) alert() Style {
	if p.sixteen {
		return style(in(p.failure).Bold(true).Reverse(true))
	}
	return style(in(p.onAccent).Bold(true).Background(p.failure))
}

// colorless tells tiers apart by shade and line, and the focus by reverse.
func colorless() *Theme {
	bold, reverse := style(plain().Bold(true)), style(plain().Reverse(true))
	both := style(plain().Bold(true).Reverse(true))
	t := &Theme{
		Strong: bold,
		Accent: bold, AccentStrong: style(plain().Bold(true).Underline(true)),
		Brand: both, Selected: reverse,
		BorderFocus: bold,
		Up:          bold, Down: bold,
		Warning: bold, Failure: both, Alert: both,
		shaded: true,
	}
	fills := []string{"█", "▓", "▒", "░"}
	rules := []string{"━", "─", "╌", "┄"}
	for i := range t.tiers {
		t.tiers[i] = tierLook{strong: bold, fill: fills[i], rule: rules[i]}
	}
	return t
}

func (t *Theme) look(tier model.Tier) tierLook {
	if r := tier.Rank(); r >= 0 {
		return t.tiers[r]
	}
	return t.tiers[model.TierNone.Rank()]
}

// Tier returns the style of what belongs to a tier.
func (t *Theme) Tier(tier model.Tier) Style { return t.look(tier).plain }

// TierStrong returns the style of a tier's own row.
func (t *Theme) TierStrong(tier model.Tier) Style { return t.look(tier).strong }

// Fill returns the character that fills a tier's bar: a full block, or a shade
// where no colour tells the tiers apart.
func (t *Theme) Fill(tier model.Tier) string { return t.look(tier).fill }

// Rule returns the character that draws a tier's stretch of an axis.
func (t *Theme) Rule(tier model.Tier) string { return t.look(tier).rule }

package theme

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"strata/model"
)

// Everything that is read must stand out from the ground by 4.5 : 1, what is
// only seen (borders, empty marks) is free.
func TestTextContrast(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		p      palette
		ground uint32
	}{
		"dark": {darkPalette(), 0x16181d}, "light": {lightPalette(), 0xffffff},
	} {
		for token, text := range map[string]color.Color{
			"dim": c.p.dim, "accent": c.p.accent, "high": c.p.high, "mid": c.p.mid, "low": c.p.low,
			"up": c.p.up, "down": c.p.down, "warning": c.p.warning, "failure": c.p.failure,
		} {
			if ratio := contrast(brightness(text), brightness(rgb(c.ground))); ratio < 4.5 {
				t.Errorf("%s: %s has a contrast of %.1f", name, token, ratio)
			}
		}
		if ratio := contrast(brightness(c.p.onAccent), brightness(c.p.accent)); ratio < 4.5 {
			t.Errorf("%s: text on the accent has a contrast of %.1f", name, ratio)
		}
	}
}

// A figure can be read on every ground of the heat scales.
func TestHeatContrast(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		th := New(dark, Full)
		for i := 1; i <= 100; i++ {
			part := float64(i) / 100
			for _, s := range []Style{th.Heat(part), th.HeatChange(part), th.HeatChange(-part)} {
				parameters := strings.TrimSuffix(strings.TrimPrefix(string(s), "\x1b["), "m")
				text, ground, found := strings.Cut(parameters, ";48;")
				if !found {
					t.Fatalf("heat of %.2f has no ground: %q", part, s)
				}
				if ratio := contrast(luminance(t, text), luminance(t, "38;"+ground)); ratio < 4.5 {
					t.Errorf("dark %v: a figure on heat %.2f has a contrast of %.1f", dark, part, ratio)
				}
			}
			if th.Shade(part) != "" {
				t.Error("shades beside grounds")
			}
		}
	}
}

func TestShadesGrowWithHeat(t *testing.T) {
	t.Parallel()
	for _, colors := range []Colors{Sixteen, None} {
		th := New(true, colors)
		shades := ""
		for _, part := range []float64{0, 0.1, 0.3, 0.6, 1} {
			shades += th.Shade(part)
			if th.Heat(part) != "" {
				t.Error("a ground without the colours for it")
			}
		}
		if shades != " ░▒▓█" {
			t.Errorf("shades are %q", shades)
		}
	}
}

// luminance is the brightness of the colour an escape sequence selects.
func luminance(t *testing.T, parameters string) float64 {
	t.Helper()
	var r, g, b uint32
	if _, err := fmt.Sscanf(parameters, "38;2;%d;%d;%d", &r, &g, &b); err != nil {
		t.Fatal(err)
	}
	return brightness(rgb(r<<16 | g<<8 | b))
}

// The formula is that of WCAG 2.1: black, white and pure red are its fixed points.
func TestBrightness(t *testing.T) {
	t.Parallel()
	for hex, want := range map[uint32]float64{0x000000: 0, 0xffffff: 1, 0xff0000: 0.2126, 0x808080: 0.2159} {
		if got := brightness(rgb(hex)); math.Abs(got-want) > 0.0001 {
			t.Errorf("brightness of %06x is %.4f, want %.4f", hex, got, want)
		}
	}
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

func TestWithoutColoursTiersAreToldApartByShape(t *testing.T) {
	t.Parallel()
	th := New(true, None)
	fills, rules := map[string]bool{}, map[string]bool{}
	for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
		fills[th.Fill(tier)], rules[th.Rule(tier)] = true, true
		for _, s := range []Style{th.Tier(tier), th.TierStrong(tier), th.Accent, th.Up, th.Down, th.Selected, th.Brand} {
			if strings.ContainsAny(string(s), "3") {
				t.Errorf("a style without colours is %q", s)
			}
		}
	}
	if len(fills) != 4 || len(rules) != 4 {
		t.Errorf("tiers share fills %v or rules %v", fills, rules)
	}
}

func TestUnknownTierHasALook(t *testing.T) {
	t.Parallel()
	if New(true, Full).Fill("") == "" {
		t.Error("a group without a tier has no bar")
	}
}

func TestEmptyStyleIsPlainText(t *testing.T) {
	t.Parallel()
	if got := Style("").Text("x"); got != "x" {
		t.Errorf("got %q", got)
	}
	if got := style(plain().Bold(true)).Text("x"); got != "\x1b[1mx\x1b[m" {
		t.Errorf("got %q", got)
	}
}

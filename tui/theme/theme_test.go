package theme

import (
	"fmt"
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
		for token, text := range map[string]color{
			"dim": c.p.dim, "accent": c.p.accent, "high": c.p.high, "mid": c.p.mid, "low": c.p.low,
			"up": c.p.up, "down": c.p.down, "warning": c.p.warning, "failure": c.p.failure,
		} {
			if ratio := contrast(luminance(t, text), luminance(t, rgb(c.ground))); ratio < 4.5 {
				t.Errorf("%s: %s has a contrast of %.1f", name, token, ratio)
			}
		}
		if ratio := contrast(luminance(t, c.p.onAccent), luminance(t, c.p.accent)); ratio < 4.5 {
			t.Errorf("%s: text on the accent has a contrast of %.1f", name, ratio)
		}
	}
}

// luminance is the relative luminance of WCAG 2.1.
func luminance(t *testing.T, c color) float64 {
	t.Helper()
	var r, g, b int
	if _, err := fmt.Sscanf(c.fg, "38;2;%d;%d;%d", &r, &g, &b); err != nil {
		t.Fatal(err)
	}
	linear := func(v int) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
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
	if got := style(bold, "").Text("x"); got != "\x1b[1mx\x1b[m" {
		t.Errorf("got %q", got)
	}
}

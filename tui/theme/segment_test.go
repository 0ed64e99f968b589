package theme

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"strata/model"
)

// The eight colours differ for every eye: by 15 or more in CIE L*a*b* (1976),
// where 2.3 can just be seen, as they are and as protanopes and deuteranopes see
// them (Viénot, Brettel and Mollon 1999).
func TestSegmentColoursAreToldApartByEveryEye(t *testing.T) {
	t.Parallel()
	const least = 15
	for name, m := range map[string][3][3]float64{
		"all colours":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia":   {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
		"deuteranopia": {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}},
	} {
		for i := range segmentColors {
			for j := range i {
				if d := distance(lab(segmentColors[i], m), lab(segmentColors[j], m)); d < least {
					t.Errorf("%s: colours %d and %d differ by %.1f", name, j+1, i+1, d)
				}
			}
		}
	}
}

// lab returns the CIE L*a*b* (D65) of a colour seen through a matrix over
// linear RGB.
func lab(c color.Color, seen [3][3]float64) [3]float64 {
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	rgb := times(seen, [3]float64{linear(r), linear(g), linear(b)})
	xyz := times([3][3]float64{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}, rgb)
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return v*841/108 + 4.0/29
	}
	x, y, z := f(xyz[0]/0.95047), f(xyz[1]), f(xyz[2]/1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i, row := range m {
		out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return out
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

// A mark can be read on the ground of every segment.
func TestSegmentContrast(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		th := New(dark, Full)
		for own := range model.SegmentColors + 1 {
			for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
				s := th.Segment(own, tier)
				parameters := strings.TrimSuffix(strings.TrimPrefix(string(s), "\x1b["), "m")
				text, ground, found := strings.Cut(parameters, ";48;")
				if !found {
					t.Fatalf("colour %d has no ground: %q", own, s)
				}
				if ratio := contrast(luminance(t, text), luminance(t, "38;"+ground)); ratio < 4.5 {
					t.Errorf("dark %v: a mark on colour %d of %s has a contrast of %.1f", dark, own, tier, ratio)
				}
			}
		}
	}
}

func TestSegmentsOfFewColours(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		seen := map[Style]bool{}
		for own := range model.SegmentColors {
			seen[New(dark, Sixteen).Segment(own+1, model.TierHigh)] = true
			if s := New(dark, None).Segment(own+1, model.TierHigh); s != "" {
				t.Errorf("a colour without colours: %q", s)
			}
		}
		if len(seen) != model.SegmentColors || seen[""] {
			t.Errorf("dark %v: %d looks for %d colours among sixteen", dark, len(seen), model.SegmentColors)
		}
	}
	if th := New(true, Full); th.Segment(0, model.TierHigh) == th.Segment(0, model.TierLow) || th.Segment(99, model.TierLow) != th.Segment(0, model.TierLow) {
		t.Error("without a colour of its own a segment has not that of its tier")
	}
}

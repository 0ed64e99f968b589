package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// The smallest change is what trying one value after the other finds.
func TestReachesEqualTryingEveryValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scheme := model.Ten()
		scheme.Levels, scheme.Value = drawLevels(t), drawValue(t)
		if scheme.Levels == model.Ten().Levels {
			// Maps in which a better score can mean a lower tier, too.
			scheme.Map = rapid.SampledFrom([]string{"ten", "grid", "eleven"}).Draw(t, "map")
		}
		var values [model.Axes]int64
		for a := range model.Axes {
			scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: drawSmallCuts(t, scheme.Levels[a]-1)}
			values[a] = rapid.Int64Range(1, 40).Draw(t, "value")
		}
		values[model.Monetary] -= 20
		rule := mustRule(t, scheme)
		here := segmentAt(rule, values)
		better := func(s model.Segment) bool { return s.Tier.Rank() < here.Tier.Rank() }
		other := func(s model.Segment) bool { return s.Slug != here.Slug }
		base := &rfm.Base{
			Customer: []int32{0}, Recency: []int32{int32(values[model.Recency])},
			Frequency: []int32{int32(values[model.Frequency])}, Monetary: []int64{values[model.Monetary]},
		}
		if got, want := rule.NextTier(base, 0), tryEvery(rule, values, better); !slices.Equal(got, want) {
			t.Fatalf("next tier: %+v, want %+v", got, want)
		}
		if got, want := rule.NextSegment(base, 0), tryEvery(rule, values, other); !slices.Equal(got, want) {
			t.Fatalf("next segment: %+v, want %+v", got, want)
		}
	})
}

func drawSmallCuts(t *rapid.T, n int) []model.Cut {
	cuts := make([]model.Cut, n)
	for i := range cuts {
		cuts[i] = model.Cut{Whole: rapid.Int64Range(-10, 50).Draw(t, "cut"), Num: rapid.Int32Range(0, 4).Draw(t, "fraction"), Den: 5}
	}
	slices.SortFunc(cuts, model.Cut.Compare)
	return cuts
}

func tryEvery(rule *rfm.Rule, values [model.Axes]int64, will func(model.Segment) bool) []rfm.Reach {
	var all []rfm.Reach
	for a := range model.Axes {
		step := int64(1)
		if a == model.Recency {
			step = -1
		}
		moved := values
		for moved[a] += step; moved[a] >= 1 || a != model.Recency; moved[a] += step {
			if s := segmentAt(rule, moved); will(s) {
				all = append(all, rfm.Reach{Axis: a, By: moved[a] - values[a], To: moved[a], Segment: s})
				break
			}
			if moved[a] > 60 {
				break
			}
		}
	}
	return all
}

func segmentAt(rule *rfm.Rule, values [model.Axes]int64) model.Segment {
	var scores [model.Axes]int
	for a, v := range values {
		scores[a] = rule.Score(model.Axis(a), v)
	}
	return rule.Segments[rule.Segment(rule.Cell(scores))]
}

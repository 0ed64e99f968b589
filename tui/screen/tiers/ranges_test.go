package tiers

import (
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/component/slider"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/session"
)

func texts(all []slider.Range, level int) string {
	var words []string
	for _, r := range all {
		words = append(words, r.Labels[level])
	}
	return strings.Join(words, " │ ")
}

func TestRangesInWords(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	for _, c := range []struct {
		axis  model.Axis
		level int
		want  string
	}{
		{model.Recency, exact, "≤13 │ 14–33 │ 34–72 │ 73–180 │ 181+"},
		{model.Recency, upper, "≤13 │ …33 │ …72 │ …180 │ 181+"},
		{model.Recency, shortest, "≤13 │ 33 │ 72 │ 180 │ 181+"},
		{model.Frequency, exact, "1 │ 2 │ 3 │ 4–6 │ 7+"},
		{model.Monetary, exact, "≤250.19 │ 250.19–490.10 │ 490.10–942.28 │ 942.28–2,058.43 │ >2,058.43"},
		{model.Monetary, rounded, "≤250 │ 250–490 │ 490–942 │ 942–2,058 │ >2,058"},
		{model.Monetary, shortest, "≤250 │ 490 │ 942 │ 2.1k │ >2.1k"},
	} {
		if got := texts(ranges(f, c.axis), c.level); got != c.want {
			t.Errorf("%s, level %d: %q, want %q", c.axis, c.level, got, c.want)
		}
	}
	if got := texts(valueRanges(f.Scheme), exact); got != "LOW 3–7 │ MID 8–11 │ HIGH 12–15" {
		t.Errorf("value score: %q", got)
	}
	// Of two measures on the scale of three, a score more is worth one and a half:
	// there is 7.5, which is LOW.
	f.Scheme.Value.Unvalued = true
	if got := texts(valueRanges(f.Scheme), exact); got != "LOW 3–<8 │ MID 8–<12 │ HIGH 12–15" {
		t.Errorf("value score without amounts: %q", got)
	}
	f.Scheme.Value.Unvalued, f.Scheme.Levels = false, [model.Axes]int{3, 5, 4}
	if got := texts(valueRanges(f.Scheme), exact); got != "LOW 3–<8 │ MID 8–<12 │ HIGH 12–15" {
		t.Errorf("value score of four scores: %q", got)
	}
	f.Scheme.Levels = [model.Axes]int{3, 2, 5}
	if got := texts(valueRanges(f.Scheme), exact); got != "LOW 3–7 │ MID 8–11 │ HIGH 12–15" {
		t.Errorf("value score of whole steps: %q", got)
	}
}

func TestARangeThatNobodyCanBeInSaysSo(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	f.Cuts[model.Frequency] = []model.Cut{model.WholeCut(1), model.WholeCut(1), model.WholeCut(3), model.WholeCut(6)}
	if got := texts(ranges(f, model.Frequency), exact); got != "1 │ none │ 2–3 │ 4–6 │ 7+" {
		t.Errorf("got %q", got)
	}
}

func TestRangesCarryScoreTierAndCustomers(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	recency, frequency := ranges(f, model.Recency), ranges(f, model.Frequency)
	if recency[0].Score != "5" || recency[0].Tier != model.TierHigh || recency[0].Count != "868" {
		t.Errorf("the most recent are %+v", recency[0])
	}
	if frequency[0].Score != "1" || frequency[0].Tier != model.TierLow || frequency[0].Count != "1,493" {
		t.Errorf("those who ordered once are %+v", frequency[0])
	}
	for levels := model.MinLevels; levels <= model.MaxLevels; levels++ {
		if tierOf(1, levels) != model.TierLow || tierOf(levels, levels) != model.TierHigh {
			t.Errorf("with %d scores the ends have the tiers %s and %s", levels, tierOf(1, levels), tierOf(levels, levels))
		}
	}
}

func TestMeasuresAreNamedAfterTheSpec(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	f.Scheme.Spec.Window = model.Window{Months: 12}
	f.Scheme.Spec.Frequency = model.FrequencyPerMonth
	f.Scheme.Spec.Monetary = model.MonetaryMean
	f.Scheme.Value.Weights = [model.Axes]int{1, 2, 0}
	var got []string
	for i := range mostMeasures {
		name, short, long := title(f, "£", i)
		got = append(got, name+": "+short+": "+long)
	}
	want := []string{
		"Recency: days: days since last order",
		"Frequency: orders per month: orders per month in the last 12 months",
		"Monetary: £ per order: £ per order in the last 12 months",
		"Value score: R + 2F: R + 2F",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestMeasuresFitTheirPane(t *testing.T) {
	t.Parallel()
	for _, measures := range []int{mostMeasures, mostMeasures - 1} {
		for height := 8; height <= 60; height++ {
			st := stackFor(height, measures)
			used := fixedRows + st.rows + measures - 1 + 2*st.gap
			if st.counts {
				used++
			}
			if st.open {
				const histograms = mostMeasures - 1
				used = measures*fixedRows + histograms*st.rows + (measures-1)*st.gap
				if st.counts {
					used += histograms
				}
			}
			if used > height || st.rows < 1 {
				t.Errorf("%d measures in %d lines: %+v takes %d", measures, height, st, used)
			}
		}
	}
}

func TestEveryCutIsWalkedOnce(t *testing.T) {
	t.Parallel()
	f := tierstest.NewFrame()
	seen := map[session.CutID]bool{}
	for _, id := range cuts(f) {
		if seen[id] {
			t.Errorf("%+v is walked twice", id)
		}
		seen[id] = true
	}
	if len(seen) != 14 {
		t.Errorf("%d cuts are walked", len(seen))
	}
	f.ByValue = false
	if n := len(cuts(f)); n != 12 {
		t.Errorf("%d cuts are walked where the value score decides nothing", n)
	}
}

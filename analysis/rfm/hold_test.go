package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// drawHolds holds some customers of base in tiers, in any order.
func drawHolds(t *rapid.T, base *rfm.Base) []rfm.Hold {
	var holds []rfm.Hold
	for row := range base.Len() {
		if rapid.IntRange(0, 2).Draw(t, "held") == 0 {
			holds = append(holds, rfm.Hold{
				Row:  int32(row),
				Tier: rapid.SampledFrom([]model.Tier{model.TierHigh, model.TierMid, model.TierLow}).Draw(t, "tier"),
				By:   rapid.SampledFrom(model.KeptBys).Draw(t, "by"),
			})
		}
	}
	if len(holds) == 0 {
		return nil
	}
	return rapid.Permutation(holds).Draw(t, "holds")
}

// drawMap gives a scheme of five levels another map now and then, one with
// customers in no tier among them.
func drawMap(t *rapid.T, s model.Scheme) model.Scheme {
	if s.Levels == model.Ten().Levels {
		s.Map = rapid.SampledFrom([]string{"ten", "value", "grid", "rfm-r"}).Draw(t, "map")
	}
	return s
}

// naiveHeld returns the slug of the segment of every row: that of its scores,
// or the one of those who are kept.
func naiveHeld(base *rfm.Base, plain *rfm.Rule, holds []rfm.Hold) []string {
	slugs := make([]string, base.Len())
	for i := range base.Len() {
		var scores [model.Axes]int
		for a, v := range values(base, i) {
			scores[a] = naiveScore(plain, model.Axis(a), v)
		}
		s := plain.Segments[plain.Segment(plain.Cell(scores))]
		slugs[i] = s.Slug
		for _, h := range holds {
			if int(h.Row) == i && h.Tier != s.Tier {
				slugs[i] = "kept-" + string(h.Tier)
			}
		}
	}
	return slugs
}

// TestHoldingEqualsNaive reads segments, tiers, moves, labels and single
// customers under random holds, from the plain pass and from a table.
func TestHoldingEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, rapid.IntRange(0, 30).Draw(t, "customers"))
		plain := mustRule(t, drawMap(t, drawScheme(t, base)))
		baseline := rfm.Assign(base, plain)
		if rapid.Bool().Draw(t, "another baseline") {
			other := mustRule(t, drawMap(t, drawScheme(t, base)))
			baseline = rfm.Assign(base, other.Holding(base, model.Fairness{}, drawHolds(t, base)))
		}
		holds := drawHolds(t, base)
		rule := plain.Holding(base, model.Fairness{}, drawHolds(t, base)).Holding(base, model.Fairness{}, holds)
		slugs := naiveHeld(base, plain, holds)
		if rule.Plain() != plain {
			t.Fatal("the rule without holds is another one")
		}
		checkKeptSegments(t, plain, rule, slugs)
		checkHeldLabels(t, base, rule, slugs)
		axis := rapid.SampledFrom([]model.Axis{model.Recency, model.Frequency, model.Monetary}).Draw(t, "axis")
		index := mustIndex(t, base, baseline)
		table := mustTable(t, index, axis, plain)
		if !table.Fits(index, rule) || !rule.ScoresLike(plain) {
			t.Fatal("whoever is held changes scores")
		}
		for _, figures := range []*rfm.Figures{rfm.Tally(base, rule, baseline), table.Tally(rule)} {
			checkHeldFigures(t, base, rule, figures, baseline, slugs)
		}
		checkKeptSums(t, base, plain, rule, holds)
	})
}

// checkKeptSegments: the segments of the plain rule in their order, and after
// those of a tier the one of those kept in it, if there are any.
func checkKeptSegments(t *rapid.T, plain, rule *rfm.Rule, slugs []string) {
	var want []string
	for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
		for _, s := range plain.Segments {
			if s.Tier == tier {
				want = append(want, s.Slug)
			}
		}
		if slices.Contains(slugs, "kept-"+string(tier)) {
			want = append(want, "kept-"+string(tier))
		}
	}
	for i, s := range rule.Segments {
		if i >= len(want) || s.Slug != want[i] || len(rule.Segments) != len(want) {
			t.Fatalf("segments %v, want %v", rule.Segments, want)
		}
	}
	for cell := range rule.Cells() {
		if rule.Segments[rule.Segment(cell)] != plain.Segments[plain.Segment(cell)] {
			t.Fatalf("cell %d has gone to %v", cell, rule.Segments[rule.Segment(cell)])
		}
	}
	if plain.Value.Min() > 0 && !slices.Equal(rule.Lint(nil).Unreachable, plain.Lint(nil).Unreachable) {
		t.Fatalf("lint finds %v", rule.Lint(nil).Unreachable)
	}
}

func checkHeldLabels(t *rapid.T, base *rfm.Base, rule *rfm.Rule, slugs []string) {
	labels := rfm.Assign(base, rule)
	for row, slug := range slugs {
		if got := labels.Segments[labels.Of[row]].Slug; got != slug {
			t.Fatalf("row %d is labelled %s, want %s", row, got, slug)
		}
		if got := rule.Segments[rule.SegmentOf(base, row)].Slug; got != slug {
			t.Fatalf("row %d is in %s, want %s", row, got, slug)
		}
	}
	moved := int64(0)
	plain := rfm.Assign(base, rule.Plain())
	for row, slug := range slugs {
		if plain.Segments[plain.Of[row]].Slug != slug {
			moved++
		}
	}
	if got := rfm.Reclassified(plain, labels).Customers; got != moved {
		t.Fatalf("%d customers are reclassified, want %d", got, moved)
	}
	if n := rfm.Differ(base, rule, rule.Plain()); n != 0 {
		t.Fatalf("%d customers score differently", n)
	}
}

func checkHeldFigures(t *rapid.T, base *rfm.Base, rule *rfm.Rule, figures *rfm.Figures, baseline *rfm.Labels, slugs []string) {
	segments := make([]rfm.Aggregate, len(rule.Segments))
	var tiers [4]rfm.Aggregate
	matrix := make([][]rfm.Flow, len(baseline.Segments)+1)
	for b := range matrix {
		matrix[b] = make([]rfm.Flow, len(rule.Segments)+1)
	}
	for row, slug := range slugs {
		s := slices.IndexFunc(rule.Segments, func(s model.Segment) bool { return s.Slug == slug })
		for _, sum := range []*rfm.Aggregate{&segments[s], &tiers[rule.Segments[s].Tier.Rank()]} {
			sum.Customers++
			sum.Revenue += model.Money(base.Revenue[row])
			sum.Orders += int64(base.Orders[row])
			if naiveRepeats(base, row) >= 2 {
				sum.Repeaters++
			}
			sum.Recency += int64(base.Recency[row])
			sum.Frequency += int64(base.Frequency[row])
			sum.Monetary += base.Monetary[row]
		}
		flow := &matrix[baseline.Of[row]][s]
		flow.Customers++
		flow.Revenue += model.Money(base.Revenue[row])
	}
	if got := figures.Segments(rule); !slices.Equal(got, segments) {
		t.Fatalf("segments %v, want %v", got, segments)
	}
	if got := figures.Tiers(rule); got != tiers {
		t.Fatalf("tiers %v, want %v", got, tiers)
	}
	moves := figures.Moves(rule)
	for b := range matrix {
		if !slices.Equal(moves.Matrix[b], matrix[b]) {
			t.Fatalf("from %d: %v, want %v", b, moves.Matrix[b], matrix[b])
		}
	}
}

func checkKeptSums(t *rapid.T, base *rfm.Base, plain, rule *rfm.Rule, holds []rfm.Hold) {
	type group struct {
		tier model.Tier
		by   model.KeptBy
	}
	want := map[group]rfm.Flow{}
	for _, h := range holds {
		if plain.Segments[plain.SegmentOf(base, int(h.Row))].Tier == h.Tier {
			continue
		}
		f := want[group{h.Tier, h.By}]
		f.Customers++
		f.Revenue += model.Money(base.Revenue[h.Row])
		want[group{h.Tier, h.By}] = f
	}
	got := rule.Kept()
	if len(got) != len(want) {
		t.Fatalf("kept %v, want %v", got, want)
	}
	for _, k := range got {
		if want[group{k.Tier, k.By}] != k.Flow {
			t.Fatalf("kept %v, want %v", got, want)
		}
	}
}

// TestReachesOfTheHeld: a lock holds whatever the scores; a rule about falling
// lets go once a better tier is reached, or the tier itself.
func TestReachesOfTheHeld(t *testing.T) {
	t.Parallel()
	scheme := model.Ten()
	for a := range scheme.Cuts {
		at := []model.Cut{model.WholeCut(10), model.WholeCut(20), model.WholeCut(30), model.WholeCut(40)}
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: at}
	}
	plain := mustRule(t, scheme)
	// Scores 4, 3 and 4: MID, 11 of the 12 points that HIGH asks for.
	base := &rfm.Base{Customer: []int32{7}, Recency: []int32{15}, Frequency: []int32{25}, Orders: []int32{25}, Monetary: []int64{35}, Revenue: []int64{35}}
	for _, c := range []struct {
		name     string
		hold     rfm.Hold
		tier     []string // segments that each measure reaches in a better tier
		segments []string // and first of all
	}{
		{"kept in HIGH", rfm.Hold{Tier: model.TierHigh, By: model.KeptByGrace}, nil, []string{"loyal", "champions", "loyal"}},
		{"locked in HIGH", rfm.Hold{Tier: model.TierHigh, By: model.KeptByOverride}, nil, []string{"loyal", "champions", "loyal"}},
		{"locked in LOW", rfm.Hold{Tier: model.TierLow, By: model.KeptByOverride}, nil, nil},
		{"locked where the scores are", rfm.Hold{Tier: model.TierMid, By: model.KeptByOverride}, nil, []string{"kept-mid", "kept-mid", "kept-mid"}},
	} {
		rule := plain.Holding(base, model.Fairness{}, []rfm.Hold{c.hold})
		for _, of := range []struct {
			what string
			got  []rfm.Reach
			want []string
		}{{"a better tier", rule.NextTier(base, 0), c.tier}, {"another segment", rule.NextSegment(base, 0), c.segments}} {
			var slugs []string
			for _, reach := range of.got {
				slugs = append(slugs, reach.Segment.Slug)
			}
			if !slices.Equal(slugs, of.want) {
				t.Errorf("%s: %s is reached in %v, want %v", c.name, of.what, slugs, of.want)
			}
		}
	}
}

func TestRulesThatHoldServeTheirOwnBase(t *testing.T) {
	t.Parallel()
	one, other := manyCustomers(t, 10, false), manyCustomers(t, 11, false)
	rule := mustRule(t, fixed()).Holding(one, model.Fairness{}, []rfm.Hold{{Row: 3, Tier: model.TierHigh}})
	defer func() {
		if recover() == nil {
			t.Error("a rule that holds customers was used on others")
		}
	}()
	rfm.Tally(other, rule, nil)
}

func TestNoSegmentIsCalledLikeThoseKept(t *testing.T) {
	t.Parallel()
	scheme := fixed()
	all := []model.Pattern{{}}
	scheme.Map, scheme.Regions = "", []model.Region{{Segment: model.Segment{Slug: "kept-mid", Tier: model.TierMid}, Cells: all}}
	if _, err := rfm.NewRule(scheme); model.CodeOf(err) != model.Usage {
		t.Errorf("error %v", err)
	}
}

// TestOtherValueCutsHoldNobody: who is kept depends on the tiers, so a rule with
// other value cuts is that of the scores.
func TestOtherValueCutsHoldNobody(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, 20)
		scheme := drawScheme(t, base)
		scheme.Map, scheme.Regions = "value", nil
		plain := mustRule(t, scheme)
		held := plain.Holding(base, model.Fairness{}, drawHolds(t, base))
		cuts := [2]int{plain.Value.Min() + 1, plain.Value.Min() + 3}
		for _, other := range []*rfm.Rule{held.WithValueCuts(cuts), held.Shared(rfm.Tally(base, plain, nil))} {
			if other.Kept() != nil || other != other.Plain() {
				t.Fatalf("%+v are kept", other.Kept())
			}
		}
		if got, want := rfm.Assign(base, held.WithValueCuts(cuts)), rfm.Assign(base, plain.WithValueCuts(cuts)); rfm.Reclassified(want, got).Customers > 0 {
			t.Fatal("somebody is elsewhere because of the earlier holds")
		}
	})
}

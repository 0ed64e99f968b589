package session_test

import (
	"cmp"
	"math/rand/v2"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// fairly returns a scheme with fair rules, its cuts frozen as they come about on
// the workspace.
func fairly(t *testing.T, s *session.Session, f model.Fairness) model.Scheme {
	t.Helper()
	scheme := model.Ten()
	scheme.Spec.AsOf = 15_400 // while customers still rise and fall
	frame, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	for a := range scheme.Cuts {
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: frame.Cuts[a]}
	}
	scheme.Fair = f
	return scheme
}

// naiveTiers tells the tier of every customer, and what keeps it there, month
// by month as the rules are told, from lists of scores alone.
func naiveTiers(t *testing.T, s *session.Session, scheme model.Scheme) (tiers map[string]model.Tier, by map[string]model.KeptBy) {
	t.Helper()
	type state struct {
		tier      model.Tier
		below, in int
	}
	f := scheme.Fair
	scheme.Fair = model.Fairness{}
	asOf := scheme.Spec.AsOf
	states := map[string]state{}
	for back := max(cmp.Or(f.History, 12), f.Grace+f.Stay); back >= 0; back-- {
		scheme.Spec.AsOf = asOf.AddMonths(-back)
		scores, _, err := s.Scores(t.Context(), scheme, session.ScoreQuery{})
		if err != nil {
			t.Fatal(err)
		}
		before := states
		states, by = map[string]state{}, map[string]model.KeptBy{}
		for _, score := range scores {
			now, known := before[score.Customer]
			to := score.Segment.Tier
			if !known || to.Rank() <= now.tier.Rank() {
				if !known || to != now.tier {
					now.in = 0
				}
				states[score.Customer] = state{tier: to, in: now.in + 1}
				continue
			}
			now.below++
			falls := now.tier
			under := func(cut int) bool { return score.Value.Compare(model.WholeCut(int64(cut-f.Band))) < 0 }
			if falls == model.TierHigh && under(scheme.Value.Cuts[1]) {
				falls = model.TierMid
			}
			if falls == model.TierMid && to == model.TierLow && under(scheme.Value.Cuts[0]) {
				falls = model.TierLow
			}
			switch {
			case falls == now.tier:
				by[score.Customer] = model.KeptByBand
			case now.below <= f.Grace:
				by[score.Customer] = model.KeptByGrace
			case now.in < f.Stay:
				by[score.Customer] = model.KeptByStay
			default:
				now = state{tier: falls}
				if falls != to {
					now.below = 1
					by[score.Customer] = model.KeptByBand
				}
			}
			now.in++
			states[score.Customer] = now
		}
	}
	tiers = map[string]model.Tier{}
	for customer, s := range states {
		tiers[customer] = s.tier
	}
	for _, o := range f.Overrides {
		if _, tiered := tiers[o.Customer]; tiered && (o.Until == model.NoDay || asOf <= o.Until) {
			tiers[o.Customer] = o.Tier
			delete(by, o.Customer)
		}
	}
	return tiers, by
}

func TestFairRulesEqualNaive(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 900))
	for _, f := range []model.Fairness{
		{Grace: 2},
		{Stay: 7},
		{Band: 1},
		{Band: 1, History: 3},
		{Band: 2, History: 30},
		{Grace: 1, Stay: 3, Band: 2},
		{Grace: 9, Stay: 6},
		{Grace: 1, Overrides: []model.Override{{Customer: "c7", Tier: model.TierHigh, Until: model.NoDay}, {Customer: "c8", Tier: model.TierLow, Until: model.NoDay}}},
	} {
		scheme := fairly(t, s, f)
		tiers, by := naiveTiers(t, s, scheme)
		scores, frame, err := s.Scores(t.Context(), scheme, session.ScoreQuery{})
		if err != nil {
			t.Fatal(err)
		}
		kept := map[model.KeptBy]int64{}
		for _, score := range scores {
			if want := tiers[score.Customer]; score.Segment.Tier != want {
				t.Fatalf("%+v: %s is in %s, want %s", f, score.Customer, score.Segment.Tier, want)
			}
			if reason := by[score.Customer]; reason != "" {
				kept[reason]++
				if !strings.HasPrefix(score.Segment.Slug, "kept-") {
					t.Fatalf("%+v: %s is kept, in segment %s", f, score.Customer, score.Segment.Slug)
				}
			}
		}
		for _, g := range frame.Kept.Groups {
			if g.By != model.KeptByOverride {
				kept[g.By] -= g.Customers
			}
		}
		if len(by) == 0 || kept[model.KeptByBand] != 0 || kept[model.KeptByGrace] != 0 || kept[model.KeptByStay] != 0 {
			t.Errorf("%+v: of %d kept, the frame has %+v", f, len(by), frame.Kept.Groups)
		}
	}
}

// TestFairAnswersEqualFreshOnes walks at random with fair rules in force, asked
// at once and only when the keys rest.
func TestFairAnswersEqualFreshOnes(t *testing.T) {
	t.Parallel()
	for name, hurried := range map[string]bool{"at once": false, "when the keys rest": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openSession(t, newMemory(4, 600))
			b := openBench(t, newMemory(4, 600))
			if hurried {
				b.Hurry()
			}
			r := rand.New(rand.NewPCG(5, 5))
			for move := range 150 {
				switch id := everyCut[r.IntN(len(everyCut))]; r.IntN(8) {
				case 0:
					scheme := b.Frame().Scheme.Clone()
					scheme.Fair = model.Fairness{
						Off: r.IntN(4) == 0, Grace: r.IntN(3), Stay: r.IntN(4), Band: r.IntN(3),
						Overrides: []model.Override{{Customer: "c5", Tier: model.TierHigh, Until: model.NoDay}, {Customer: "nobody", Tier: model.TierLow}},
					}
					if err := b.Change("fair rules", scheme); err != nil {
						t.Fatal(err)
					}
				case 1, 2:
					turn := b.Undo
					if r.IntN(2) == 0 {
						turn = b.Redo
					}
					if _, _, err := turn(); err != nil {
						t.Fatal(err)
					}
				case 3:
					if settle := b.Settle(); settle != nil {
						b.Adopt(settle(t.Context()))
					}
				default:
					if _, err := b.Step(id, r.IntN(21)-10); err != nil {
						t.Fatal(err)
					}
				}
				if k := b.Frame().Kept; k != nil && k.Pending {
					if !hurried {
						t.Fatal("few customers have to wait")
					}
					b.Rest()
				}
				equalsFresh(t, s, b, move)
			}
		})
	}
}

// What waits for the keys to rest says so, and comes with what settles; an
// answer that a step has overtaken is dropped.
func TestKeptCustomersComeWhenTheKeysRest(t *testing.T) {
	t.Parallel()
	store := newMemory(4, 600)
	s, b := openSession(t, store), openBench(t, store)
	scheme := b.Frame().Scheme.Clone()
	scheme.Fair = model.Fairness{Grace: 2, Overrides: []model.Override{{Customer: "c5", Tier: model.TierHigh, Until: model.NoDay}}}
	if err := b.Change("grace of 2 months", scheme); err != nil {
		t.Fatal(err)
	}
	if b.Frame().Kept.Pending {
		t.Fatal("an edit that is no step leaves something for later")
	}
	b.Hurry()
	step := func() {
		if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 3); err != nil {
			t.Fatal(err)
		}
	}
	step()
	if f := b.Frame(); !f.Kept.Pending || f.Kept.Groups == nil {
		t.Fatalf("kept %+v", f.Kept)
	}
	for _, g := range b.Frame().Kept.Groups {
		if g.By != model.KeptByOverride {
			t.Errorf("kept by %s before the keys rest", g.By)
		}
	}
	late := b.Settle()(t.Context())
	step()
	if b.Adopt(late); !b.Frame().Kept.Pending {
		t.Error("an overtaken answer was taken in")
	}
	if !b.Adopt(b.Settle()(t.Context())) || b.Frame().Kept.Pending {
		t.Error("who is kept has not come")
	}
	equalsFresh(t, s, b, 2)
	step()
	b.Standing()
	if b.Frame().Kept.Pending {
		t.Error("work beside the keys starts from an answer that is not whole")
	}
}

func TestOverridesThatDoNothingAreTold(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 50))
	scheme := fairly(t, s, model.Fairness{Overrides: []model.Override{
		{Customer: "nobody", Tier: model.TierHigh, Until: model.NoDay},
		{Customer: "c1", Tier: model.TierLow, Until: model.NoDay},
		{Customer: "c2", Tier: model.TierLow},
	}})
	scheme.Fair.Overrides[2].Until = scheme.Spec.AsOf - 1
	frame, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, w := range frame.Warnings {
		told[w.Code] = w.Message
	}
	if !strings.Contains(told["override-unknown"], "nobody") || !strings.Contains(told["override-expired"], "c2") {
		t.Errorf("warnings %v", frame.Warnings)
	}
	scheme.Fair.Overrides[2].Until++
	if frame, err = s.Tiers(t.Context(), scheme); err != nil || len(frame.Warnings) == 0 {
		t.Fatal(frame.Warnings, err)
	}
	for _, w := range frame.Warnings {
		if w.Code == "override-expired" {
			t.Error("an override expires before its last day")
		}
	}
	scheme.Fair.Overrides[1].Customer = "c2"
	if _, err = s.Tiers(t.Context(), scheme); model.CodeOf(err) != model.Usage {
		t.Errorf("the same customer twice: error %v", err)
	}
	scheme.Fair.Off = true
	scheme.Fair.Overrides[1].Customer = "c1"
	if frame, err = s.Tiers(t.Context(), scheme); err != nil || frame.Kept != nil {
		t.Errorf("switched off: kept %+v, error %v", frame.Kept, err)
	}
}

// Changing fair rules is one edit; many customers are measured beside the keys
// first.
func TestFairRulesAreOneEdit(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(4, 600))
	f := model.Fairness{Grace: 2}
	if b.FairWork(f) != nil {
		t.Error("few customers have to wait")
	}
	if err := b.SetFair("grace of 2 months", f); err != nil {
		t.Fatal(err)
	}
	if k := b.Frame().Kept; k == nil || len(k.Groups) == 0 || b.Frame().Moves.Customers == 0 {
		t.Errorf("kept %+v, moves %+v", k, b.Frame().Moves)
	}
	if label, _, _ := b.Undo(); label != "grace of 2 months" || b.Frame().Kept != nil {
		t.Errorf("undone %q, kept %+v", label, b.Frame().Kept)
	}
	if _, _, err := b.Redo(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(session.Presets()[2].Scheme); err != nil || !b.Frame().Scheme.Fair.Equal(f) {
		t.Errorf("under another preset: %+v, %v", b.Frame().Scheme.Fair, err)
	}
	if err := b.SetFair("", model.Fairness{Grace: -1}); model.CodeOf(err) != model.Usage {
		t.Errorf("error %v", err)
	}
}

// The rules about falling look at tiers, whatever the segments in them: a map with
// segments of its own and the same tiers keeps the same people, and a comparison
// of the two finds the same tiers.
func TestFairRulesLookAtTiersNotSegments(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(21, 600))
	for _, f := range []model.Fairness{{Stay: 7}, {Grace: 2}, {Grace: 1, Stay: 3}} {
		ten, err := session.SpellOut(fairly(t, s, f))
		if err != nil {
			t.Fatal(err)
		}
		three := ten.Clone()
		three.Regions = nil
		for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow} {
			all := model.Region{Segment: model.Segment{Slug: "all-" + string(tier), Label: "All " + string(tier), Tier: tier}}
			for _, r := range ten.Regions {
				if r.Tier == tier {
					all.Cells = append(all.Cells, r.Cells...)
				}
			}
			three.Regions = append(three.Regions, all)
		}
		c, err := s.Compare(t.Context(), ten, three)
		if err != nil {
			t.Fatal(err)
		}
		kept := int64(0)
		for _, g := range c.Segments {
			if strings.HasPrefix(g.Slug, "kept-") {
				kept += g.Now.Customers
				if g.Was != g.Now {
					t.Errorf("%+v: %s has %d, then %d customers", f, g.Label, g.Was.Customers, g.Now.Customers)
				}
			}
		}
		tiers := c.ByTier()
		if kept == 0 || tiers.Moved.Customers != 0 || !c.Agreement.OfTiers || c.Agreement.PSI != 0 || c.Up.Customers+c.Down.Customers != 0 {
			t.Errorf("%+v: %d kept, %d change tier, %d up, %d down, PSI %v of tiers %t", f, kept, tiers.Moved.Customers,
				c.Up.Customers, c.Down.Customers, c.Agreement.PSI, c.Agreement.OfTiers)
		}
	}
}

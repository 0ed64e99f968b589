package session_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"strata/analysis/goal"
	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

func askGoal(t *testing.T, s *session.Standing, goal string, free session.Free) *session.Proposal {
	t.Helper()
	p, err := s.Goal(t.Context(), goal, free, session.DefaultFloor, func(model.Progress) {})
	if err != nil {
		t.Fatalf("%s, %s: %v", goal, free, err)
	}
	return p
}

// What a proposal says is what its scheme gives when it is read from its file,
// and what the bench shows once it is used.
func TestProposalIsWhole(t *testing.T) {
	t.Parallel()
	for name, scheme := range goalSchemes(t) {
		store := newMemory(4, 600)
		store.Fingerprint = "f00d"
		b := openBench(t, store)
		if err := b.Change("to "+name, scheme); err != nil {
			t.Fatal(err)
		}
		frees := []session.Free{"monetary", "recency"}
		if name == "ten" || name == "grid" {
			frees = append(frees, "all") // the long one
		}
		for _, free := range frees {
			before := b.Frame()
			p := askGoal(t, b.Standing(), "high=20%, low:revenue<=30%", free)
			if b.Frame() != before {
				t.Fatalf("%s: asking for a goal changed the bench", name)
			}
			read, err := schemefile.Decode([]byte(p.YAML()))
			if err != nil {
				t.Fatal(err)
			}
			if read.Spec.AsOf == model.NoDay || read.Value.ByShare() || read.Data == "" {
				t.Errorf("%s: the proposed scheme is not whole:\n%s", name, p.YAML())
			}
			fresh, err := openSession(t, store).Tiers(t.Context(), read)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range p.Frame.Tiers {
				if now, was := inTier(fresh, g.Tier), inTier(before, g.Tier); now != g.Now || was != g.Was {
					t.Errorf("%s, %s: %s is said to go from %+v to %+v; it goes from %+v to %+v", name, free, g.Label, g.Was, g.Now, was, now)
				}
			}
			if err := b.UseProposal(p); err != nil {
				t.Fatal(err)
			}
			if b.Frame().Scheme.Spec.AsOf != before.Scheme.Spec.AsOf {
				t.Errorf("%s: using a proposal moved the as-of", name)
			}
			for _, g := range p.Frame.Tiers {
				if now := inTier(b.Frame(), g.Tier); now != g.Now {
					t.Errorf("%s, %s: used, %s has %+v and not %+v", name, free, g.Label, now, g.Now)
				}
			}
			if label, ok, err := b.Undo(); !ok || err != nil || label != "goal high=20%, low:revenue<=30%" {
				t.Errorf("%s: undo takes back %q, %v", name, label, err)
			}
			if !b.Frame().Scheme.Equal(before.Scheme) {
				t.Errorf("%s: using a proposal is not one edit", name)
			}
		}
	}
}

// inTier returns what is in a tier of a frame.
// An amount is met only by an amount that is near it, and nothing by nobody.
func TestAnAmountIsNotMetByAnEmptyTier(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(4, 600))
	total := b.Frame().Total.Revenue
	for goal, met := range map[string]bool{
		"high:revenue=60.00":                   false, // far below what one customer brings
		"high:revenue=0.03%":                   false,
		"high:revenue=" + total.String():       true,
		"high:revenue=" + (total / 2).String(): true,
	} {
		p := askGoal(t, b.Standing(), goal, "all")
		high := inTier(p.Frame, model.TierHigh)
		a := p.Achieved[0]
		if a.Met && high.Customers == 0 {
			t.Errorf("%s is met by nobody: %+v", goal, a)
		}
		if a.Met != met {
			t.Errorf("%s is met: %t, with %s of %s: %+v", goal, a.Met, high.Revenue, total, a)
		}
	}
}

func inTier(f *session.Frame, tier model.Tier) session.Figures {
	for _, g := range f.Tiers {
		if g.Tier == tier {
			return g.Now
		}
	}
	return session.Figures{}
}

// goalSchemes are schemes of every kind a goal can start from.
func goalSchemes(t *testing.T) map[string]model.Scheme {
	t.Helper()
	schemes := map[string]model.Scheme{}
	for _, name := range []string{"ten", "value", "grid", "klaviyo", "rfm-r"} {
		scheme, err := session.PresetNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		schemes[name] = scheme
	}
	equal := model.Ten()
	for a := range equal.Cuts {
		equal.Cuts[a].Method = model.MethodNTile
	}
	equal.Spec.Returns, equal.Spec.Frequency = model.ReturnsIgnore, model.FrequencyPerMonth
	schemes["groups of equal size"] = equal
	return schemes
}

func TestGoalSaysWhatCameOfIt(t *testing.T) {
	t.Parallel()
	s := openBench(t, newMemory(4, 1_500)).Standing()
	for _, c := range []struct {
		goal  string
		free  session.Free
		met   bool
		wants []string
	}{
		{"high=100%", "value", true, []string{"The goal is met."}},
		{"high>=0%", "value", true, []string{"no value cuts meet it with fewer customers in HIGH"}},
		{"high<=100%", "value", true, []string{"no value cuts meet it with more customers in HIGH"}},
		{"high=2000", "all", false, []string{"no cuts come nearer", "there are only"}},
		{"high<=5, high:revenue>=90%", "all", false, []string{"high:revenue>=90% takes at least", "customers, whoever they are"}},
		{"high:revenue>=999999999", "all", false, []string{"all customers with any revenue together bring"}},
		{"high=60%, low>=700", "value", false, []string{"The terms together ask for"}},
		{"mid=97%, high=1%", "frequency", false, []string{"no cuts of frequency come nearer"}},
	} {
		p := askGoal(t, s, c.goal, c.free)
		said := strings.Join(append([]string{p.Verdict}, p.Why...), " ")
		for _, want := range c.wants {
			if !strings.Contains(said, want) {
				t.Errorf("%s, %s: %q is not in %q", c.goal, c.free, want, said)
			}
		}
		if p.Met() != c.met || p.Gap == nil || (*p.Gap == 0) != c.met {
			t.Errorf("%s, %s: met %v with a gap of %v: %+v", c.goal, c.free, p.Met(), p.Gap, p.Achieved)
		}
		for _, a := range p.Achieved {
			if (a.Missed == "") != a.Met {
				t.Errorf("%s: %+v", c.goal, a)
			}
		}
	}
}

// A goal that only the floor is in the way of says so; value cuts have none.
func TestGoalSaysWhatTheFloorCosts(t *testing.T) {
	t.Parallel()
	s := openBench(t, newMemory(4, 1_500)).Standing()
	floored := func(text string) session.Floor {
		floor, err := goal.ParseFloor(text)
		if err != nil {
			t.Fatal(err)
		}
		return floor
	}
	const without = "Without the floor of %s per score it could be met: strata suggest --least 0."
	for _, c := range []struct {
		goal, least string
		free        session.Free
		kept        int64
		met         bool
		floor, why  string // "" for nothing of it
	}{
		{"high:revenue>=40%", "2%", "monetary", 30, true, "Every score has at least 30 customers (2%); other cuts were not looked at.", ""},
		{"high:revenue>=40%", "30", "monetary", 30, true, "Every score has at least 30 customers; other cuts were not looked at.", ""},
		{"high:revenue<=20%", "0", "monetary", 0, true, "", ""},
		{"high=60%", "2%", "value", 0, false, "", ""},
		{"high>=30%", "20%", "recency", 300, false, "Every score has at least 300 customers (20%)", fmt.Sprintf(without, "20%")},
		{"high<=10%", "250", "recency", 250, false, "Every score has at least 250 customers", fmt.Sprintf(without, "250 customers")},
		{"mid=1499, high=1", "2%", "recency", 30, false, "Every score has at least 30 customers (2%)", ""},
	} {
		p, err := s.Goal(t.Context(), c.goal, c.free, floored(c.least), func(model.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		if p.Met() != c.met || p.Kept != c.kept || !strings.HasPrefix(p.Floor, c.floor) || (c.floor == "") != (p.Floor == "") {
			t.Errorf("%s, %s of %s: met %v with %d kept, %q", c.goal, c.least, c.free, p.Met(), p.Kept, p.Floor)
		}
		if said := strings.Join(p.Why, " "); !strings.HasPrefix(said, c.why) || c.why == "" && strings.Contains(said, "floor") {
			t.Errorf("%s, %s of %s: %s", c.goal, c.least, c.free, said)
		}
	}
}

func TestGoalOnAMeasureThatTheMapIgnores(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(4, 300))
	grid, err := session.PresetNamed("grid")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(grid); err != nil {
		t.Fatal(err)
	}
	p := askGoal(t, b.Standing(), "high=1%", "monetary")
	if said := strings.Join(p.Why, " "); p.Met() || !strings.Contains(said, "does not use monetary") {
		t.Errorf("%s %s", p.Verdict, said)
	}
}

func TestGoalRefuses(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(4, 300))
	fails := func(what string, code model.Code, ctx context.Context, goal string, free session.Free) {
		t.Helper()
		if p, err := b.Standing().Goal(ctx, goal, free, session.DefaultFloor, func(model.Progress) {}); model.CodeOf(err) != code || p != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	fails("no goal", model.Usage, t.Context(), "high<3", "all")
	fails("no such freedom", model.Usage, t.Context(), "high=3", "weights")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, free := range []session.Free{"all", "monetary"} {
		fails("stopped", model.Cancelled, stopped, "high=3", free)
	}
	for _, name := range []string{"grid", "eight"} {
		scheme, _ := session.PresetNamed(name)
		if _, err := b.Use(scheme); err != nil {
			t.Fatal(err)
		}
		fails(name, model.Usage, t.Context(), "high=15%", "value")
	}
	nested := model.Ten()
	for a := range nested.Cuts {
		nested.Cuts[a].Method = model.MethodNested
	}
	if _, err := b.Use(nested); err != nil {
		t.Fatal(err)
	}
	fails("nested cuts", model.Usage, t.Context(), "high=15%", "all")
	nobody := model.Ten()
	nobody.Spec.AsOf = 1 // before the first order
	if err := b.Change("nobody", nobody); err == nil {
		fails("nobody", model.Empty, t.Context(), "high=15%", "all")
	}
}

func TestSaveProposal(t *testing.T) {
	t.Parallel()
	store := newMemory(4, 300)
	b := openBench(t, store)
	before := b.Frame().Scheme.Clone()
	p := askGoal(t, b.Standing(), "high=15%", "all")
	if err := b.SaveProposal("fifteen", p); err != nil {
		t.Fatal(err)
	}
	if !b.Frame().Scheme.Equal(before) {
		t.Error("saving a proposal used it")
	}
	if err := b.SaveProposal("fifteen", p); model.CodeOf(err) != model.Exists {
		t.Errorf("saved twice: %v", err)
	}
	if err := b.SaveProposal("ten", p); model.CodeOf(err) != model.Usage {
		t.Errorf("saved as a preset: %v", err)
	}
	_, kept, err := openSession(t, store).Scenario(t.Context(), "fifteen")
	if err != nil || kept.Name != "fifteen" || kept.Spec.AsOf != p.Scheme.Spec.AsOf {
		t.Errorf("kept %+v, %v", kept, err)
	}
	if _, _, err := b.OpenScenario("fifteen"); err != nil {
		t.Fatal(err)
	}
	for _, g := range p.Frame.Tiers {
		if now := inTier(b.Frame(), g.Tier); now != g.Now {
			t.Errorf("opened, %s has %+v and not %+v", g.Label, now, g.Now)
		}
	}
}

// A goal can ask for a tier without anybody; that is done, and told.
func TestAnEmptyTierIsTold(t *testing.T) {
	t.Parallel()
	standing, _, err := openSession(t, newMemory(3, 200)).Standing(t.Context(), model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	p, err := standing.Goal(t.Context(), "high=0%", "value", session.DefaultFloor, func(model.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(p.Warnings, func(w model.Warning) bool {
		return w.Code == "empty-tier" && w.Message == "HIGH would have no customers"
	}) {
		t.Errorf("warned of %v", p.Warnings)
	}
}

// Shares of customers and of revenue are added up only where it is said that they
// are, and a small share is not told as none.
func TestAGapOfTwoKindsIsExplained(t *testing.T) {
	t.Parallel()
	s := openBench(t, newMemory(4, 1_500)).Standing()
	mixed := 0
	for _, text := range []string{"high=1,high:revenue>=30%", "high=700,high:revenue<=10%", "high=2, mid=2, high:revenue=60%, low:revenue=39.4%", "high=1400,mid:revenue>=50%"} {
		for _, free := range []session.Free{"all", "value", "frequency"} {
			p := askGoal(t, s, text, free)
			if strings.Contains(p.Verdict, " together") || strings.Contains(p.Verdict, "(0.0%") {
				t.Errorf("%s, %s: %s", text, free, p.Verdict)
			}
			if strings.Contains(p.Verdict, "shares of the customers and of the revenue added up") {
				mixed++
			}
		}
	}
	if mixed == 0 {
		t.Error("no goal is missed in both kinds without proof")
	}
}

// A bound that is everybody, or nobody, says nothing and is not told.
func TestABoundOfEverybodyIsNotTold(t *testing.T) {
	t.Parallel()
	s := openBench(t, newMemory(4, 1_500)).Standing()
	unknown := 0
	for _, text := range []string{"high:revenue<=60%", "high:revenue<=30%", "low:revenue<=50%"} {
		p := askGoal(t, s, text, "all")
		if strings.Contains(p.Verdict, " than 1,500") {
			t.Errorf("%s: %s", text, p.Verdict)
		}
		if strings.Contains(p.Verdict, "; whether other cuts meet it with more is not known.") {
			unknown++
		}
	}
	if unknown == 0 {
		t.Error("the bound is known of all goals")
	}
}

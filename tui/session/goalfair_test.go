package session_test

import (
	"strings"
	"testing"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// tiersUnder returns what is in the tiers of a scheme, whom its fair rules keep
// included, as `strata tiers` would tell it.
func tiersUnder(t *testing.T, s *session.Session, scheme model.Scheme) (tiers [4]rfm.Flow, total rfm.Flow) {
	t.Helper()
	frame, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range frame.Tiers {
		tiers[g.Tier.Rank()] = rfm.Flow{Customers: g.Now.Customers, Revenue: g.Now.Revenue}
	}
	return tiers, rfm.Flow{Customers: frame.Total.Customers, Revenue: frame.Total.Revenue}
}

// TestGoalsUnderFairRules: a goal is judged by the tiers that the rules make,
// comes nearer to it than cuts that were looked for by scores alone, and says
// nothing of other cuts.
func TestGoalsUnderFairRules(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 400))
	locked := []model.Override{
		{Customer: "c7", Tier: model.TierHigh, Until: model.NoDay},
		{Customer: "c8", Tier: model.TierLow, Until: model.NoDay},
		{Customer: "c9", Tier: model.TierHigh, Until: model.NoDay},
		{Customer: "c10", Tier: model.TierHigh, Until: model.NoDay},
	}
	for i, f := range []model.Fairness{{Grace: 2}, {Band: 2}, {Grace: 1, Stay: 6, Band: 1}, {Overrides: locked}} {
		for j, text := range []string{"high=15%, mid=35%", "high:revenue>=60%", "high<=100", "high=0%", "high:revenue>=99.99%, low=99%"} {
			for _, free := range []session.Free{"value", "frequency", "all"} {
				if free == "all" && i+j > 1 {
					continue // the long ones
				}
				scheme := fairly(t, s, f)
				standing, _, err := s.Standing(t.Context(), scheme)
				if err != nil {
					t.Fatal(err)
				}
				p, err := standing.Goal(t.Context(), text, free, session.DefaultFloor, func(model.Progress) {})
				if err != nil {
					t.Fatal(err)
				}
				plain := scheme.Clone()
				plain.Fair = model.Fairness{}
				byScores, _, err := s.Standing(t.Context(), plain)
				if err != nil {
					t.Fatal(err)
				}
				alone, err := byScores.Goal(t.Context(), text, free, session.DefaultFloor, func(model.Progress) {})
				if err != nil {
					t.Fatal(err)
				}
				wanted, err := goal.Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				got, total := tiersUnder(t, s, p.Scheme)
				blind := alone.Scheme.Clone()
				blind.Fair = f
				without, _ := tiersUnder(t, s, blind)
				if wanted.Missed(got, total).Fraction() > wanted.Missed(without, total).Fraction() {
					t.Errorf("%+v, %s, %s: %v is farther than %v, which scores alone lead to", f, text, free, got, without)
				}
				gap := wanted.Missed(got, total)
				if p.Gap == nil || *p.Gap != gap.Fraction() || !p.UnderRules || p.Proven || p.Bound != nil {
					t.Errorf("%+v, %s, %s: gap %v, bound %v, proven %v, want a gap of %v alone", f, text, free, p.Gap, p.Bound, p.Proven, gap.Fraction())
				}
				if says := strings.HasPrefix(p.Verdict, "The goal is met"); says != p.Met() || gap.Met() && !p.Met() {
					t.Errorf("%+v, %s, %s: met %v, but %q", f, text, free, p.Met(), p.Verdict)
				}
				for _, never := range []string{"no cuts", "no value cuts", "could be met", "proven", "nothing between", "no cut tells"} {
					if told := strings.Join(append(p.Why, p.Verdict), " "); strings.Contains(told, never) {
						t.Errorf("%+v, %s, %s: %q is said: %s", f, text, free, never, told)
					}
				}
			}
		}
	}
}

// TestGoalsThatNobodyCouldMeetSayWhy under fair rules, too: what is asked of all
// customers together does not depend on who is kept.
func TestGoalsThatNobodyCouldMeetSayWhy(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 300))
	standing, _, err := s.Standing(t.Context(), fairly(t, s, model.Fairness{Grace: 2}))
	if err != nil {
		t.Fatal(err)
	}
	p, err := standing.Goal(t.Context(), "high=5000", "all", session.DefaultFloor, func(model.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	if p.Met() || len(p.Why) != 1 || !strings.HasPrefix(p.Why[0], "high=5000: there are only ") {
		t.Errorf("met %v: %q, %q", p.Met(), p.Verdict, p.Why)
	}
}

// Where the cuts that come out of the rounds miss a goal under fair rules, others are
// aimed at: 12, 78 and 9 customers were as near as the rounds came.
func TestGoalsUnderFairRulesAimOn(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 100))
	for text, grace := range map[string]int{"high=20": 2, "high=80": 2, "high=5": 3} {
		standing, _, err := s.Standing(t.Context(), fairly(t, s, model.Fairness{Grace: grace}))
		if err != nil {
			t.Fatal(err)
		}
		p, err := standing.Goal(t.Context(), text, "all", session.DefaultFloor, func(model.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		if p.Verdict != "The goal is met, counting customers where the fair rules keep them." {
			t.Errorf("%s with %d months of grace: %s, %s", text, grace, p.Achieved[0].Got, p.Verdict)
		}
	}
}

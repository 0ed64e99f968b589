package session_test

import (
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

func TestFairRulesInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fair model.Fairness
		want string
	}{
		{model.Fairness{}, "none"},
		{model.Fairness{Grace: 1}, "grace 1 month · looking back 12 months"},
		{model.Fairness{Grace: 9, Stay: 6}, "grace 9 months · stay 6 months · looking back 15 months"},
		{model.Fairness{Band: 1, History: 24}, "band 1 · looking back 24 months"},
		{model.Fairness{Off: true, Grace: 2, Stay: 6, Band: 1, Overrides: make([]model.Override, 3)}, "switched off · grace 2 months · stay 6 months · band 1 · looking back 12 months · 3 overrides"},
		{model.Fairness{Overrides: make([]model.Override, 1)}, "1 override"},
	} {
		if got := session.FairText(c.fair); got != c.want {
			t.Errorf("%+v: %q, want %q", c.fair, got, c.want)
		}
	}
}

func TestHowFairRulesReadThePast(t *testing.T) {
	t.Parallel()
	want := "The tier by scores is read once a month; past months are scored with today's cuts. With grace 3, a customer falls at the fourth reading in a row below the tier: today's, after the 3 before it."
	if got := session.ReadingText(model.Fairness{Grace: 3}); got != want {
		t.Errorf("it says %q", got)
	}
	if got := session.ReadingText(model.Fairness{Overrides: make([]model.Override, 1)}); got != "" {
		t.Errorf("overrides read nothing, and it says %q", got)
	}
}

func TestWhatHoldsACustomerInWords(t *testing.T) {
	t.Parallel()
	until, _ := model.ParseDay("2012-06-30")
	o := model.Override{Customer: "12346", Tier: model.TierHigh, Until: until, Reason: "key account", Author: "LM"}
	for _, c := range []struct {
		held session.Held
		want string
	}{
		{session.Held{Tier: model.TierHigh, By: model.KeptByOverride, Elsewhere: true, Override: o}, "kept in HIGH by an override until 2012-06-30: key account (LM)"},
		{session.Held{Tier: model.TierLow, By: model.KeptByOverride, Override: model.Override{Until: model.NoDay}}, "locked in LOW, where the scores lie too"},
		{session.Held{Tier: model.TierHigh, By: model.KeptByGrace, Months: 2, Rules: model.Fairness{Grace: 2}}, "kept in HIGH: second month below, grace 2 months"},
		{session.Held{Tier: model.TierMid, By: model.KeptByGrace, Months: 22, Rules: model.Fairness{Grace: 30}}, "kept in MID: 22nd month below, grace 30 months"},
		{session.Held{Tier: model.TierMid, By: model.KeptByStay, Months: 1, Rules: model.Fairness{Stay: 6}}, "kept in MID: 1 month in it before this one, stay 6 months"},
		{session.Held{Tier: model.TierMid, By: model.KeptByBand, Begins: 8, Rules: model.Fairness{Band: 1}}, "kept in MID: no more than 1 below 8, where MID begins"},
	} {
		if got := c.held.String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got, want := session.OverrideText(o), "12346 in HIGH until 2012-06-30: key account (LM)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The profile of somebody kept tells by what, and what lets go.
func TestProfilesTellWhatHolds(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 300))
	scheme := fairly(t, s, model.Fairness{Grace: 2, Overrides: []model.Override{{Customer: "c7", Tier: model.TierHigh, Until: model.NoDay, Reason: "key account"}}})
	roster, err := s.Roster(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	people, err := roster.List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	by := map[model.KeptBy]int{}
	for place := range people.Len() {
		p := people.Standing(place)
		if p.Held == nil {
			continue
		}
		by[p.Held.By]++
		if p.Held.Elsewhere != (p.Score.Segment == rfm.KeptIn(p.Held.Tier)) {
			t.Errorf("%s is in %s and held as %+v", p.Key, p.Score.Segment.Slug, p.Held)
		}
	}
	if by[model.KeptByOverride] != 1 || by[model.KeptByGrace] == 0 {
		t.Errorf("held: %v", by)
	}
}

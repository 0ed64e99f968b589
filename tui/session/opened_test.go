package session_test

import (
	"testing"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// The log of an opening names everything that is otherwise than before; what stays
// is not named.
func TestAnOpeningNamesWhatItChanges(t *testing.T) {
	t.Parallel()
	fair := model.Ten()
	fair.Fair = model.Fairness{Grace: 2, Band: 1}
	overridden := model.Ten()
	overridden.Fair.Overrides = []model.Override{{Customer: "a", Tier: model.TierHigh}}
	measured := model.Ten()
	measured.Spec.Frequency = model.FrequencyPerMonth
	cut := model.Ten()
	cut.Cuts[model.Recency] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{model.WholeCut(14), model.WholeCut(33), model.WholeCut(72), model.WholeCut(180)}}
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	eightFair := eight.Clone()
	eightFair.Fair = fair.Fair
	for _, c := range []struct {
		scheme, before model.Scheme
		named          *model.Scheme
		want           string
	}{
		{fair, model.Ten(), nil, "opened with ten, grace 2, band 1"},
		{model.Ten(), fair, nil, "opened with ten, no fair rules"},
		{overridden, model.Ten(), nil, "opened with ten, 1 override"},
		{measured, model.Ten(), nil, "opened with ten, frequency in orders per month"},
		{cut, model.Ten(), nil, "opened with ten, recency cuts 14 / 33 / 72 / 180 days"},
		{eight, model.Ten(), &eight, "opened with eight"},
		{eightFair, fair, &eight, "opened with eight"},
	} {
		if got := session.OpenedWith(c.scheme, c.before, c.named, "GBP"); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}

// Between maps of different segments the message, the log and the band all count
// those who change tier.
func TestOpeningAnotherMapCountsTiers(t *testing.T) {
	t.Parallel()
	store := newMemory(6, 500)
	b := openBench(t, store)
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	told, err := b.Use(eight)
	if err != nil {
		t.Fatal(err)
	}
	lead, byTier := b.Frame().Moves.Lead()
	if !byTier || lead.Customers == 0 || lead.Customers == b.Frame().Moves.Customers {
		t.Fatalf("%d of %d by tier: %t", lead.Customers, b.Frame().Moves.Customers, byTier)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	edit := logOf(t, openSession(t, store), 1)[0]
	if edit.Customers != lead.Customers || edit.Revenue != lead.Revenue {
		t.Errorf("the log says %d, %v, the band %d, %v", edit.Customers, edit.Revenue, lead.Customers, lead.Revenue)
	}
	if want := "scheme eight: " + words.Count(lead.Customers) + " customers change tier"; told != want || edit.Label != want {
		t.Errorf("the message is %q, the log says %q", told, edit.Label)
	}
}

package session_test

import (
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// A filter has the name that it was given, in the profile of a customer as elsewhere.
func TestAFilterHasOneName(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 300))
	scheme := model.Ten()
	scheme.Spec.Where = []model.Condition{{Attribute: "city", Values: []string{"Bern"}}} // the column is called City
	f, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	roster, err := s.Roster(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []int{0, 1, 2, 3} { // some meet the filter, some do not
		p, err := roster.Profile(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := session.OnlyWords(p.Spec, p.OfLines), session.OnlyWords(f.Scheme.Spec, f.OfLines); got != want || want != "only city=Bern" {
			t.Errorf("the profile says %q, the tiers %q", got, want)
		}
		if said := strings.Join(slices.Concat(p.WhyNot(), []string{p.NotTiered()}), " "); strings.Contains(said, "City") {
			t.Errorf("the profile says %q", said)
		}
	}
}

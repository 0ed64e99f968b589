package session_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// Under a window or a filter the cuts follow other customers. Of everybody who moves
// it is found out anew whether what was measured of them differs, or the cut has
// moved past it; what is said is that.
func TestMeasuredDifferentlyIsWhoDiffers(t *testing.T) {
	t.Parallel()
	for _, alter := range []func(*model.Scheme){
		func(s *model.Scheme) { s.Spec.Window = model.Window{Days: 250} },
		func(s *model.Scheme) { s.Spec.Window = model.Window{Days: 150} },
		func(s *model.Scheme) { s.Spec.Where = []model.Condition{{Attribute: "City", Values: []string{"Bern"}}} },
	} {
		s := openSession(t, newMemory(3, 900))
		before, after := model.Ten(), model.Ten()
		alter(&after)
		was, is := listedBy(t, s, before), listedBy(t, s, after)
		comparison, err := s.Compare(t.Context(), before, after)
		if err != nil {
			t.Fatal(err)
		}
		rules := [2]*rfm.Rule{ruleOf(t, s, before), ruleOf(t, s, after)}
		list, err := comparison.Roster().List(t.Context(), session.PeopleRequest{Query: session.PeopleQuery{Moved: true}}, nil)
		if err != nil || list.Len() == 0 {
			t.Fatal("nobody moves: ", err)
		}
		counts := map[string]int{}
		for _, p := range people(list) {
			for _, c := range p.Move.Crossings[:p.Move.Crossed] {
				old, now := valueOf(was[p.Customer], c.Axis), valueOf(is[p.Customer], c.Axis)
				want := "measure"
				if old == now || rules[0].Score(c.Axis, now) == rules[0].Score(c.Axis, old) {
					want = "cut"
				}
				counts[want]++
				if c.Cause.String() != want {
					t.Fatalf("%s: %s was %d, is %d, scores %d, not %d: told by %s, want by %s", p.Customer, c.Axis, old, now, c.After, c.Before, c.Cause, want)
				}
				told := regexp.MustCompile(`measured: .*` + c.Axis.String()).MatchString(p.Move.Short)
				if told != (want == "measure") {
					t.Fatalf("%s: by %s, but the list says %q", p.Customer, want, p.Move.Short)
				}
			}
		}
		checkCutsThatMoved(t, comparison, rules)
		if counts["cut"] == 0 {
			t.Errorf("%+v, want some by cuts", counts)
		}
	}
}

// checkCutsThatMoved holds the sentences to the cuts there are.
func checkCutsThatMoved(t *testing.T, c *session.Comparison, rules [2]*rfm.Rule) {
	t.Helper()
	moved := regexp.MustCompile(`recency (?:[≤≥]?[\d–]+) days? now scores (\d), not (\d) \(the cut moved: ([\d.,]+) → ([\d.,]+) days\)`)
	said := 0
	for _, f := range c.Flows {
		for _, r := range f.Reasons {
			measured := false
			for _, c := range r.Crossings[:r.Crossed] {
				measured = measured || c.Measured
			}
			if got := strings.Contains(r.Text, "measured differently"); got != measured {
				t.Errorf("%s → %s: %q of %+v", f.From, f.To, r.Text, r.Reason)
			}
			m := moved.FindStringSubmatch(r.Text)
			if m == nil {
				continue
			}
			said++
			now, _ := strconv.Atoi(m[1])
			was, _ := strconv.Atoi(m[2])
			at := 5 - now // the cut towards the better scores
			if now < was {
				at = 4 - now
			}
			for i, text := range m[3:] {
				cut := rules[i].Cuts[model.Recency][at]
				exact := fmt.Sprintf("%.1f", float64(cut.Whole)+float64(cut.Num)/max(1, float64(cut.Den)))
				if text != strings.TrimSuffix(exact, ".0") {
					t.Errorf("%q, but the cut %d of side %d is at %s", r.Text, at, i, exact)
				}
			}
		}
	}
	if said == 0 {
		t.Error("nobody is told from where to where a cut of recency moved")
	}
}

func valueOf(p session.Person, a model.Axis) int64 {
	return [model.Axes]int64{int64(p.Recency), int64(p.Frequency), int64(p.Monetary)}[a]
}

func ruleOf(t *testing.T, s *session.Session, scheme model.Scheme) *rfm.Rule {
	t.Helper()
	f, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	for a := range scheme.Cuts {
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: f.Cuts[a]}
	}
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

// listedBy are all customers of a scheme by their key.
func listedBy(t *testing.T, s *session.Session, scheme model.Scheme) map[string]session.Person {
	t.Helper()
	roster, err := s.Roster(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	list, err := roster.List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]session.Person{}
	for _, p := range people(list) {
		all[p.Customer] = p
	}
	return all
}

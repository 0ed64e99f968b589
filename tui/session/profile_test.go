package session_test

import (
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// TestProfilesSayWhichOrdersCount holds the marks of a profile to its figures, on
// an earlier day, in a window and with a filter.
func TestProfilesSayWhichOrdersCount(t *testing.T) {
	t.Parallel()
	s, err := session.New(t.Context(), newMemory(13, 200))
	if err != nil {
		t.Fatal(err)
	}
	scheme := model.Ten()
	scheme.Spec.AsOf, scheme.Spec.Window = 15_150, model.Window{Days: 100}
	scheme.Spec.Where = []model.Condition{
		{Attribute: "city", Not: true, Values: []string{"Bern"}}, {Attribute: "channel", Values: []string{"web", ""}},
	}
	roster, err := s.Roster(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	said, parts := map[string]int{}, map[string]int64{}
	for customer := range 200 {
		p, err := roster.Profile(t.Context(), customer)
		if err != nil {
			t.Fatal(err)
		}
		if p.Tiered != (p.Counting() > 0) || p.Tiered && p.Counting() != int(p.Score.Orders) {
			t.Fatalf("%s: %d orders are said to count, the score has %d", p.Key, p.Counting(), p.Score.Orders)
		}
		for i, o := range p.Orders {
			not := p.Verdict(i)
			said[not]++
			if late := o.Day >= 15_150; not == "after as-of day" && !late || not == "before window" && o.Day >= 15_050 || not == "" && late {
				t.Fatalf("%s: the order of %s is %q", p.Key, o.Day, not)
			}
		}
		months := p.Months()
		for i, n := 0, p.Counting(); i < len(months) || n != 0; i++ {
			if i == len(months) || i == len(months)-1 && months[i].First != 15_126 { // 2011-06-01
				t.Fatalf("%s: the months end with %v", p.Key, months)
			}
			n -= months[i].Orders
		}
		if !p.Tiered {
			why, _, _ := strings.Cut(p.NotTiered(), ":")
			said[why]++
		}
		parts[p.Part()]++
	}
	frame, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range frame.Parts() {
		if part.Slug != "workspace" && parts[part.Slug] != part.Customers {
			t.Errorf("%d profiles are said to be %s, %d customers are counted so", parts[part.Slug], part.Slug, part.Customers)
		}
	}
	for _, words := range []string{"", "after as-of day", "not seen", "before window", "filtered out", "not tiered"} {
		if said[words] == 0 {
			t.Errorf("nothing is said to be %q: %v", words, said)
		}
	}
}

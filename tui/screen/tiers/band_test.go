package tiers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
	"strata/tui/session/memory"
)

func bandText(s *Screen) string { return ansi.Strip(strings.Join(s.paragraphs(400, 20), "\n")) }

// Where a filter or a window leaves many of the baseline out, the share of those
// who move names of whom it is, and the band says what became of the others.
func TestTheBandNamesItsBase(t *testing.T) {
	t.Parallel()
	s, bench := openOn(t, memory.New(4, 900), 160, 40)
	scheme := bench.Frame().Scheme.Clone()
	scheme.Spec.Window = model.Window{Days: 300}
	if err := bench.Change("a window", scheme); err != nil {
		t.Fatal(err)
	}
	f := bench.Frame()
	s.Show(f)
	both := f.Total.Customers - f.Moves.Entered.Customers
	if f.Moves.Left.Customers == 0 || f.Moves.Customers == 0 {
		t.Fatal("the test tells too little")
	}
	for _, want := range []string{
		fmt.Sprintf("%s of the %s on both sides (%s) move", words.Count(f.Moves.Customers), words.Count(both), words.Share(f.Moves.Customers, both)),
		words.Count(f.Moves.Left.Customers) + " of the baseline are not in these tiers (not tiered)",
		"% of theirs) reclassified",
	} {
		if got := bandText(s); !strings.Contains(got, want) {
			t.Errorf("%q is not told: %s", want, got)
		}
	}
}

// A map of different segments makes no moves by their names: the tiers are told.
func TestTheBandTellsTiersOfAnotherMap(t *testing.T) {
	t.Parallel()
	s, bench := openOn(t, memory.New(4, 900), 160, 40)
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bench.Use(eight); err != nil {
		t.Fatal(err)
	}
	f := bench.Frame()
	s.Show(f)
	n := f.Moves.ByTier().Customers
	if n == 0 || f.Moves.Customers != 900 {
		t.Fatalf("%d change tier, %d segment: the test tells too little", n, f.Moves.Customers)
	}
	for _, want := range []string{
		fmt.Sprintf("%s customers (%s) change tier", words.Count(n), words.Share(n, 900)),
		fmt.Sprintf("%s stay in their tier, all of them in a segment of another name", words.Count(900-n)),
	} {
		if got := bandText(s); !strings.Contains(got, want) || strings.Contains(got, "900 customers") {
			t.Errorf("%q is not told first: %s", want, got)
		}
	}
}

package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// A person asks five questions without leaving the keyboard, and takes the
// answer home as one text file that draws the same tiers.
func TestStoryOfAWhatIf(t *testing.T) {
	t.Parallel()
	store := memory.New(21, 2_000)
	asked, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, Options{Load: func(ctx context.Context, _ func(model.Progress)) (Loaded, error) {
		bench, err := asked.OpenBench(ctx, nil, time.Now)
		return Loaded{Bench: bench, Info: asked.Info()}, err
	}})

	// What if a score starts at 4 orders?
	s.await("Nothing moved yet")
	s.send("\x1b[6~\r4\r") // PgDn, Enter
	s.await("%) move")

	// How sure is this line?
	s.await("◂ ")

	// Who moves, and what are they worth?
	s.send("3")
	s.await("What is reclassified")
	s.await("because frequency")
	s.send("\r")
	s.await("reason")
	s.send("\x1b")
	s.await("What is reclassified")

	// Was it our rule or their behaviour?
	s.send("a2011-05-01\r")
	s.await("behaviour")
	s.send("\x1b")
	s.await("What is reclassified")

	// Give me a high tier of 150 customers.
	s.send("1")
	s.await("Thresholds")
	s.send("ghigh=150\r")
	s.await("What may move")
	s.send("all cuts\r")
	s.await("150 customers")
	s.send("\r")
	s.await("goal high=150")

	// Take it home.
	s.send("sfor Monday\r")
	s.await(`saved as scenario "for Monday"`)
	s.send("3]")
	s.await("Log")
	path := filepath.Join(t.TempDir(), "monday.yaml")
	s.send("x")
	s.await("scheme file")
	s.send(path + "\r")
	s.await("monday.yaml")
	s.send("q")
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	sameAtHome(t, store, path)
}

// sameAtHome holds a scheme file against what the workbench was left with.
func sameAtHome(t *testing.T, store *memory.Store, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	scheme, err := schemefile.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	home, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	left, err := home.ActiveScheme(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	was, err := home.Roster(t.Context(), left)
	if err != nil {
		t.Fatal(err)
	}
	is, err := home.Roster(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	there, err := was.List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	here, err := is.List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	high := 0
	for i := range there.Len() {
		if there.At(i).Segment != here.At(i).Segment {
			t.Fatalf("customer %s is in another segment at home", there.At(i).Customer)
		}
		if here.At(i).Segment.Tier == model.TierHigh {
			high++
		}
	}
	if high != 150 || here.Len() != there.Len() {
		t.Errorf("%d of %d customers are HIGH at home", high, here.Len())
	}
}

package tui

import (
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// From a segment to its people, to one of them, and all the way back.
func TestStoryOfThePeopleBehindASegment(t *testing.T) {
	t.Parallel()
	s, err := session.New(t.Context(), memory.New(3, 900))
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	esc := func(term *terminal) {
		term.send("\x1b")
		time.Sleep(100 * time.Millisecond) // Esc and a key within 50 ms are Alt and that key
	}
	term := start(t, Options{Workspace: "shop.strata", Load: instant(Loaded{Bench: bench, Info: model.Info{Currency: "GBP"}}, nil)})
	term.await("Champions")
	term.send("\t\x1b[B\r") // the table, the first segment, its people
	term.await("Customers · Champions")
	term.await(" customers ")
	term.send("/c1")
	term.await("/ c1")
	term.await(" of ")
	term.send("\r")
	term.send("\r")
	term.await("Customer c1")
	term.await("Bought by month")
	esc(term)
	term.await("Customers · Champions")
	esc(term) // shows those that do not match, too
	esc(term)
	term.await("Thresholds")
	term.send("2")
	term.await("Recency × Frequency")
	term.send("\r")
	term.await("Customers · R5 F5")
	esc(term)
	term.await("This cell")
	term.send("q")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
}

func TestPeopleBehindAMove(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 80, 24)
	press(w, "tab", "tab", "enter")
	if w.prompt == nil {
		t.Error("without a move there is a third pane")
	}
	press(w, "esc", "down", "shift+right", "shift+tab")
	expect(t, w, "Need attention → Loyal")
	press(w, "i")
	expect(t, w, "are in Need attention")
	press(w, "esc", "enter")
	expect(t, w, "Customers · Need attention → Loyal")
	press(w, "esc", "u")
	refuse(t, w, "Need attention → Loyal")
}

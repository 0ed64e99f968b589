package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"strata/tui/action"
)

// measured takes in what a command has measured, and leaves all else it does.
func measured(w *workbench, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	found := make(chan tea.Msg, 100)
	var run func(tea.Cmd)
	run = func(cmd tea.Cmd) {
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				if c != nil {
					go run(c)
				}
			}
		case workedMsg:
			found <- msg
		}
	}
	go run(cmd)
	if w.busy() != nil {
		w.Update(<-found)
	}
}

// What limits the figures is named, lifted and set by a key, as edits that can be
// taken back and that the log tells of.
func TestLimitsAreLiftedAndSet(t *testing.T) {
	t.Parallel()
	w, store := openSlow(t)
	close(store.let)
	store.let = nil
	do := func(keys ...string) {
		t.Helper()
		measured(w, press(w, keys...))
	}
	do("w")
	expect(t, w, "What is counted: last 6 months. [F] clears or changes that.")
	do("F") // through what is read
	expect(t, w, "What counts", "clear the filter", "none in force", "clear the window: now last 6 months", "clear the as-of day", "set a filter")
	refuse(t, w, "clear filter, window and day")
	do("enter") // the first that is in force is marked
	expect(t, w, "what counts: all time (", " customers newly counted), ", " reclassified")
	if line := shown(w)[0]; strings.Contains(line, "last 6 months") || !strings.Contains(line, "500 customers") {
		t.Errorf("the header is %q", line)
	}

	do("F", "set a filter", "enter", "colour=red", "enter")
	expect(t, w, `no column "colour" to filter by; there are: `)
	do("esc")
	do("F", "set a filter", "enter", "city=Porto", "enter")
	expect(t, w, "no customer has City = Porto; the values are: ")
	for _, city := range store.AllCustomers.Attributes["City"].Words[1:3] {
		do("F", "set a filter", "enter", "CITY="+city, "enter")
		expect(t, w, "only CITY="+city, "what counts: only CITY="+city)
	}
	do("F", "set a window", "enter", "600d", "enter")
	expect(t, w, "what counts: last 600 days")
	do("F", "set a day", "enter", "soon", "enter")
	expect(t, w, `"soon" is not a day; write it like 2011-12-10, or after-last-order`)
	do("esc")
	do("F", "set a day", "enter", w.frame().AsOf.String(), "enter")
	expect(t, w, "what counts: as of "+w.frame().AsOf.String())
	do("F", "set a window", "enter", "600d", "enter")
	expect(t, w, "that is what counts already")

	before := w.frame().Total.Customers
	do("F")
	expect(t, w, "clear the filter: now CITY=", "clear the as-of day: now as of ", "clear filter, window and day")
	do("window and day", "enter")
	expect(t, w, "what counts: no filter, all time, as of the day after the last order (")
	if got := w.frame().Total.Customers; got != 500 {
		t.Errorf("%d customers are counted after lifting all", got)
	}
	do("u")
	expect(t, w, "undone: what counts: no filter")
	if got := w.frame().Total.Customers; got != before {
		t.Errorf("%d customers are counted again, want %d", got, before)
	}
}

// The key that errors name where nobody is left is the one that lifts limits.
func TestTheKeyOfLimitsIsTheOneThatIsTold(t *testing.T) {
	t.Parallel()
	for _, p := range action.Places() {
		if a := action.NewKeymap(p)[limitsKey]; a.ID != action.Limits {
			t.Errorf("on %s [%s] does %q", p, limitsKey, a.ID)
		}
	}
}

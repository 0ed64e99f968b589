package tui

import (
	"slices"
	"testing"

	"strata/model"
)

// A service promise is no edit of the scheme: the [u] after it says so and takes back
// nothing else, and the one after that the last edit.
func TestUndoAfterAPromise(t *testing.T) {
	t.Parallel()
	w, bench := openShop(t, 120, 36)
	press(w, "right", "right")
	bench.Rest()
	moved := bench.Frame().Cuts[model.Recency]
	press(w, "S")
	expect(t, w, "What tiers are promised; undo does not affect it")
	press(w, "contacts", "enter", "5", "enter")
	press(w, "esc")
	press(w, "u")
	expect(t, w, "undo does not affect promises; press [u] again to undo the last edit of the scheme")
	if !slices.Equal(bench.Frame().Cuts[model.Recency], moved) {
		t.Error("the cut is where it was before")
	}
	press(w, "u")
	expect(t, w, "undone: recency")
	if slices.Equal(bench.Frame().Cuts[model.Recency], moved) {
		t.Error("the cut is where it was moved")
	}
	// An edit after the promise is taken back at once.
	press(w, "S", "contacts", "enter", "6", "enter")
	press(w, "esc", "right")
	bench.Rest()
	press(w, "u")
	expect(t, w, "undone: recency")
}

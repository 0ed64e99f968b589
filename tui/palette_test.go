package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/tui/action"
	"strata/tui/session"
)

func TestThePaletteNamesEveryCommand(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 60)
	press(w, ":")
	if got, want := len(w.palette.commands), len(w.actions())-1; got != want {
		t.Errorf("%d of %d commands are listed", got, want)
	}
	for _, c := range w.palette.commands {
		if p, ok := action.Opens(c.ID); ok && !slices.ContainsFunc(w.tabs, func(t *tab) bool { return t.place == p }) {
			t.Error("a screen that is not there can be gone to")
		}
	}
	press(w, "esc")
	if w.palette != nil {
		t.Error("Esc leaves the palette open")
	}
	w.Update(tea.KeyPressMsg{Code: 'p', Mod: tea.ModCtrl})
	if w.palette == nil {
		t.Error("Ctrl+p does not open it")
	}
}

func TestThePaletteFindsAndRuns(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "down", ":", "one step right")
	expect(t, w, "▸ move the cut one step right (larger)", "→ l")
	refuse(t, w, "compare with the tiers")
	press(w, "enter")
	expect(t, w, "recency 4│3 at 34 days")
	if w.palette != nil {
		t.Error("the palette stays open")
	}

	press(w, ":", "zzzz")
	expect(t, w, "No match")
	press(w, "enter")
	if w.palette == nil {
		t.Error("Enter on nothing closes the palette")
	}
	press(w, "esc", ":", "q")
	if w.palette == nil {
		t.Error("q leaves while a command is typed")
	}
	press(w, "esc", ":", "quit;")
	if !quits(press(w, "enter")) {
		t.Error("leaving cannot be chosen")
	}
}

func TestThePaletteSaysWhyACommandDoesNothing(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "o", "ten:")
	expect(t, w, "active")
	press(w, "enter")
	if w.palette == nil {
		t.Error("a command that is disabled was run")
	}
	if !strings.HasSuffix(w.message.text, ": active") {
		t.Errorf("Enter on it says %q", w.message.text)
	}
}

// What is typed in full stands first, then what begins so, then what has a word that
// does, and last what has the letters somewhere.
func TestTheExactNameComesFirst(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	for _, preset := range session.Presets() {
		press(w, "o", preset.Scheme.Name)
		if got := first(w); string(got.ID) != preset.Scheme.Name {
			t.Errorf("typing %q marks %q", preset.Scheme.Name, got.ID)
		}
		press(w, "esc")
	}
	w.offer(&palette{commands: []command{
		{Action: action.Action{ID: "a", Title: "flat ends"}},
		{Action: action.Action{ID: "b", Title: "the tens"}},
		{Action: action.Action{ID: "tenfold", Title: "tenfold"}},
		{Action: action.Action{ID: "Ten", Title: "a scenario"}},
	}})
	press(w, "ten")
	var order []string
	for _, m := range w.palette.found {
		order = append(order, string(w.palette.commands[m.Index].ID))
	}
	if want := []string{"Ten", "tenfold", "b", "a"}; !slices.Equal(order, want) {
		t.Errorf("typing %q finds %q, want %q", "ten", order, want)
	}
}

func first(w *workbench) command {
	row, _ := w.palette.list.Marked()
	return w.palette.commands[w.palette.found[row].Index]
}

func TestThePaletteIsWalkedAndClicked(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 80, 24)
	press(w, ":", "down", "down", "up", "pgdown", "pgup")
	expect(t, w, "▸ next cut")
	for range w.palette.commands {
		press(w, "down")
	}
	expect(t, w, "▸ suspend")
	w.Update(tea.MouseWheelMsg{X: 40, Y: 10, Button: tea.MouseWheelUp})
	refuse(t, w, "▸ suspend")
	press(w, "esc", ":", "the marked number")
	line, column := find(t, w, "explain the marked number", "explain")
	w.Update(tea.MouseClickMsg{X: column, Y: line, Button: tea.MouseLeft})
	expect(t, w, "Whole days from a customer's last order")
	press(w, "esc", ":")
	w.Update(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	if w.palette != nil {
		t.Error("a click beside the palette leaves it open")
	}
}

func TestEarlierMessagesCanBeRead(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	clock := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	w.now = func() time.Time { clock = clock.Add(time.Second); return clock }
	press(w, "e")
	expect(t, w, "no messages yet")
	w.say(trouble, "the disk is full\x1b[2J")
	for range messagesKept {
		press(w, "u")
	}
	press(w, "e")
	expect(t, w, "Earlier messages", "09:33:22  nothing to undo")
	if got := len(w.said); got != messagesKept {
		t.Errorf("%d messages are kept", got)
	}
	w.Update(tea.MouseWheelMsg{X: 40, Y: 10, Button: tea.MouseWheelDown})
	expect(t, w, "09:33:19  nothing to undo")
	press(w, "esc")
	refuse(t, w, "Earlier messages")
}

func TestSchemesAreOfferedAndUsed(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "o")
	expect(t, w, "Schemes", "ten: ten segments", "active", "pymc: ")
	refuse(t, w, "▸ ten: ten segments") // Enter at once does something
	press(w, "ten", "enter")
	if w.palette == nil {
		t.Error("the scheme in use can be chosen")
	}
	press(w, "esc", "o", "chinese", "enter")
	expect(t, w, "scheme eight: 1,204 customers score differently", "eight   returns ignored · zero values dropped   against ten")
	refuse(t, w, "Value score")
	press(w, "u")
	expect(t, w, "Value score")
	press(w, "o", "zzz")
	expect(t, w, "No match")
}

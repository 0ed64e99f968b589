package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/tui/session"
)

func TestArrowsWalkAllCuts(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	var walked []string
	for range 15 {
		walked = append(walked, w.front.screen.Focused())
		press(w, "down")
	}
	want := []string{
		"recency 5│4 at 13.8 days", "recency 4│3 at 33 days", "recency 3│2 at 72 days", "recency 2│1 at 180 days",
		"frequency 5│4 from 7 orders", "frequency 4│3 from 4 orders", "frequency 3│2 from 3 orders", "frequency 2│1 from 2 orders",
		"monetary 5│4 at £2,058.43", "monetary 4│3 at £942.28", "monetary 3│2 at £490.10", "monetary 2│1 at £250.19",
		"HIGH from value score 12", "MID from value score 8", "MID from value score 8",
	}
	if !slices.Equal(walked, want) {
		t.Errorf("walked\n%s\nwant\n%s", strings.Join(walked, "\n"), strings.Join(want, "\n"))
	}
	for range 20 {
		press(w, "k")
	}
	expect(t, w, "recency 5│4 at 13.8 days")
	press(w, "j")
	expect(t, w, "recency 4│3 at 33 days")
}

func TestPagesWalkMeasures(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "down", "down", "down")
	for _, want := range []string{"frequency 2│1", "monetary 2│1", "MID from", "MID from"} {
		press(w, "pgdown")
		expect(t, w, want)
	}
	press(w, "pgup")
	expect(t, w, "monetary 4│3")
}

func TestStepsMoveTheMarkedCut(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"right": "at 34 days", "l": "at 34 days", "left": "at 32 days", "h": "at 32 days",
		"shift+right": "at 43 days", "L": "at 43 days", "shift+left": "at 23 days", "H": "at 23 days",
	} {
		w, _ := open(t, Options{}, shop, 120, 36)
		press(w, "down", key)
		expect(t, w, want, "ten *")
		refuse(t, w, "Nothing moved yet")
	}
}

func TestABlockedStepSaysWhat(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "down", "L", "L", "L", "L")
	expect(t, w, "stopped by the next cut at 72")
	if got := w.front.screen.Focused(); got != "recency 4│3 at 71 days" {
		t.Errorf("the cut is %q", got)
	}
	press(w, "left")
	refuse(t, w, "stopped")
}

func TestMovesShowInTableAndBand(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "down", "L")
	moved := w.frame().Moves.Customers
	if moved == 0 {
		t.Fatal("nobody moves")
	}
	expect(t, w, "%) move", "%) reclassified", "Need attention → Loyal", "▲", "▼")
	press(w, "b")
	expect(t, w, "Baseline set to the current tiers; it was ten, and [b] brings that back")
	refuse(t, w, "%) move", "▲")
}

func TestUndoRedoReset(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "u")
	expect(t, w, "nothing to undo")
	press(w, "ctrl+r")
	expect(t, w, "nothing to redo")
	press(w, "down", "right", "u")
	expect(t, w, "undone: recency", "against ten")
	if got := w.front.screen.Focused(); got != "recency 4│3 at 33 days" {
		t.Errorf("after undo the cut is %q", got)
	}
	press(w, "ctrl+r")
	expect(t, w, "redone: recency")
	if got := w.front.screen.Focused(); got != "recency 4│3 at 34 days" {
		t.Errorf("after redo the cut is %q", got)
	}
	press(w, "r")
	expect(t, w, "reset to the method's own cuts")
}

func TestTypingAValue(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "down", "enter")
	expect(t, w, "recency 4│3: score 4 up to (days or a date)", "33")
	if w.View().Cursor == nil {
		t.Error("the prompt has no cursor")
	}
	press(w, "x", "enter")
	expect(t, w, `"x" is not a whole number`)
	press(w, "backspace", "45")
	refuse(t, w, "is not a whole number")
	press(w, "enter")
	expect(t, w, "recency 4│3 at 45 days")

	press(w, "enter", "12", "esc")
	expect(t, w, "recency 4│3 at 45 days")
	press(w, "enter", "enter")
	expect(t, w, "recency 4│3 at 45 days")
	if w.prompt != nil {
		t.Error("an empty answer leaves the prompt open")
	}
	press(w, "enter")
	w.Update(tea.PasteMsg{Content: "50"})
	press(w, "enter")
	expect(t, w, "recency 4│3 at 50 days")
}

func TestEveryMeasureAsksInItsOwnWords(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	for _, want := range []string{
		"recency 5│4: score 5 up to (days or a date)", "frequency 5│4: score 5 from how many orders",
		"monetary 5│4: score 5 above how many £", "HIGH begins at value score",
	} {
		press(w, "enter")
		expect(t, w, want)
		press(w, "esc", "pgdown")
	}
}

func TestPanesAndTheMarkedRow(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	press(w, "tab", "down", "i")
	expect(t, w, "Champions", "all score 4 or better")
	press(w, "esc", "up", "up", "i")
	expect(t, w, "Each customer is in exactly one tier")
	press(w, "esc", "right") // cuts move from here too
	expect(t, w, "ten *")
	press(w, "esc", "i")
	expect(t, w, "Whole days from a customer's last order")
	press(w, "esc", "shift+tab", "i")
	refuse(t, w, "Whole days")
}

func TestATinyTableScrollsToItsMark(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 60, 16)
	refuse(t, w, "Hibernating")
	press(w, "tab")
	for range 12 {
		press(w, "down")
	}
	expect(t, w, "▸Hibernating")
}

func TestHelpNamesEveryActionAndScrolls(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 70)
	press(w, "?")
	for _, a := range w.actions() {
		expect(t, w, a.Title)
	}
	press(w, "esc")
	refuse(t, w, "Get about")

	small, _ := open(t, Options{}, shop, 80, 24)
	press(small, "?")
	refuse(t, small, "quit, closing a prompt first; twice, at once")
	press(small, "pgdown", "pgdown", "pgdown", "pgdown")
	expect(t, small, "quit, closing a prompt first; twice, at once")
	press(small, "pgup", "pgup", "pgup", "pgup")
	expect(t, small, "Move a cut")
	press(small, "q")
	refuse(t, small, "Move a cut")
}

func TestWarningsAreCountedAndListed(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	expect(t, w, "1 notice [w]", "33 not tiered")
	press(w, "w")
	expect(t, w, "not tiered                33          36       −£10,411.24", "without an order that counts", "have exactly 1")
}

func TestQuit(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	if !quits(press(w, "q")) {
		t.Error("q does not quit")
	}
	press(w, "enter")
	if quits(press(w, "q")) || w.prompt == nil {
		t.Error("q quits while text is typed")
	}
	press(w, "ctrl+c")
	if !quits(press(w, "ctrl+c")) {
		t.Error("ctrl+c twice does not quit out of a prompt")
	}
}

func TestKeysOfScreensThatAreNotThereDoNothing(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	before := w.View().Content
	press(w, "2", "3", "7", "0", "z", "1", "<", ">")
	if w.View().Content != before {
		t.Error("the screen changed")
	}
}

func TestKeepingATemporaryWorkspace(t *testing.T) {
	t.Parallel()
	info := shop
	info.Path, info.Temporary = "OnlineRetail.csv.gz", true
	var path string
	o := Options{SaveAs: func(_ context.Context, to string) error { path = to; return nil }}
	w, _ := open(t, o, info, 120, 36)
	expect(t, w, "temporary: [s] saves it")
	press(w, "s")
	expect(t, w, "save this workspace as: OnlineRetail.strata")
	cmd := press(w, "enter")
	deliver(w, cmd, func(msg tea.Msg) bool { _, ok := msg.(savedMsg); return ok })
	if path != "OnlineRetail.strata" {
		t.Errorf("kept at %q", path)
	}
	expect(t, w, "saved as OnlineRetail.strata")
	refuse(t, w, "temporary")
}

func TestKeepingThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	info := shop
	info.Temporary = true
	o := Options{SaveAs: func(context.Context, string) error {
		return model.Errorf(model.Exists, "shop.strata already exists").WithHint("choose another name")
	}}
	w, _ := open(t, o, info, 120, 36)
	deliver(w, press(w, "s", "enter"), func(msg tea.Msg) bool { _, ok := msg.(savedMsg); return ok })
	expect(t, w, "shop.strata already exists; choose another name", "temporary: [s] saves it", "save this workspace as: ")
	press(w, "right", "b", "u") // a name, and no commands
	refuse(t, w, "ten *", "compared with")
	expect(t, w, "save this workspace as: shop.stratabu")
}

// While the file is written nothing that is typed does anything, but that Esc
// stops it.
func TestKeepingIsWaitedFor(t *testing.T) {
	t.Parallel()
	info := shop
	info.Temporary = true
	o := Options{SaveAs: func(ctx context.Context, _ string) error {
		<-ctx.Done()
		return model.Errorf(model.Cancelled, "saving was stopped")
	}}
	w, _ := open(t, o, info, 120, 36)
	cmd := press(w, "s", "enter")
	press(w, "right", "b", "2")
	expect(t, w, "saving the workspace as ", "Esc stops", "1 Tiers")
	refuse(t, w, "ten *", "compared with")
	press(w, "esc")
	deliver(w, cmd, func(msg tea.Msg) bool { _, ok := msg.(savedMsg); return ok })
	expect(t, w, "saving was stopped", "save this workspace as: ")
}

// deliver runs a command and hands the message that is wanted to Update. A
// batch is searched without running its timers to their end. It returns the
// command that Update answers with.
func deliver(w *workbench, cmd tea.Cmd, wanted func(tea.Msg) bool) tea.Cmd {
	found := make(chan tea.Msg)
	var search func(tea.Cmd)
	search = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				go search(c)
			}
			return
		}
		if wanted(msg) {
			found <- msg
		}
	}
	go search(cmd)
	_, next := w.Update(<-found)
	return next
}

func TestRestEndsTheEditAndReportsStoring(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	press(w, "right")
	first := w.live.edits
	press(w, "right")
	w.Update(restMsg{first})
	if bench.Rested != 0 {
		t.Error("the timer of an earlier step ended the edit")
	}
	bench.Store = errors.New("the disk is full")
	w.Update(restMsg{w.live.edits})
	if bench.Rested != 1 {
		t.Error("the edit did not end")
	}
	expect(t, w, "the disk is full")
}

func TestPreparationsAreAdopted(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	press(w, "right")
	if _, cmd := w.Update(settleMsg{w.live.edits}); cmd != nil {
		t.Error("work begins beside that which loading began")
	}
	_, cmd := w.Update(settledMsg{bench: bench})
	if bench.Settles != 1 || cmd == nil {
		t.Fatal("finished preparations were not adopted, or those due since were not begun")
	}
	w.Update(cmd())
	if bench.Settles != 2 {
		t.Error("finished preparations were not adopted")
	}
	if cmd := w.settle(settleMsg{w.live.edits - 1}); cmd != nil {
		t.Error("a late timer starts work")
	}
	w.Update(settledMsg{bench: nil, settled: session.Settled{}})
	if bench.Settles != 2 {
		t.Error("preparations for another bench were adopted")
	}
}

// Who is kept by fair rules can come with what was prepared while the keys
// rested; then it is shown.
func TestALateAnswerIsShown(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	pending := *bench.Frame()
	pending.Kept = &session.Kept{Pending: true}
	bench.Late = &pending
	w.Update(settledMsg{bench: bench})
	expect(t, w, "kept: …")
	whole := pending
	whole.Kept = &session.Kept{Groups: []session.KeptGroup{{Tier: model.TierHigh, By: model.KeptByGrace, Customers: 41, Revenue: 120_000 * model.Unit}}}
	bench.Late = &whole
	w.Update(settledMsg{bench: bench})
	expect(t, w, "41 in HIGH (£0.12M) by grace")
	if w.View(); w.stale {
		t.Fatal("the screen is drawn anew each time")
	}
	if w.Update(settledMsg{bench: bench}); w.stale {
		t.Error("the screen is drawn although nothing has changed")
	}
}

// A held key leaves no rest to prepare the next move in.
func TestAMoveThatWasNotPreparedIsPreparedAtOnce(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	w.Update(settledMsg{bench: bench})
	bench.Slow = true
	press(w, "right")
	if !w.live.preparing {
		t.Error("nothing is prepared until the keys rest")
	}
}

func TestMouseMarksDragsAndTurns(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	axis, column := find(t, w, "█", "│ ━")
	w.Update(tea.MouseClickMsg{X: column, Y: axis, Button: tea.MouseLeft})
	w.Update(tea.MouseMotionMsg{X: column - 6, Y: axis, Button: tea.MouseLeft})
	if got := w.front.screen.Focused(); got == "recency 5│4 at 13.8 days" || !strings.HasPrefix(got, "recency 5│4") {
		t.Errorf("dragged to %q", got)
	}
	_, now := find(t, w, "█", "│ ━")
	if now < column-7 || now > column-5 {
		t.Errorf("the cut stands in column %d, the mouse in %d", now, column-6)
	}
	w.Update(tea.MouseReleaseMsg{X: column - 6, Y: axis})
	before := w.front.screen.Focused()
	w.Update(tea.MouseMotionMsg{X: column + 3, Y: axis})
	if w.front.screen.Focused() != before {
		t.Error("a cut moves although the button is up")
	}
	w.Update(tea.MouseWheelMsg{X: column, Y: axis, Button: tea.MouseWheelUp})
	if w.front.screen.Focused() == before {
		t.Error("the wheel moves nothing")
	}
	row, x := find(t, w, "Loyal", "Loyal")
	w.Update(tea.MouseClickMsg{X: x, Y: row, Button: tea.MouseLeft})
	press(w, "i")
	expect(t, w, "neither Champions nor Can't lose")
	w.Update(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft})
	refuse(t, w, "neither Champions")
}

// find returns the line and column of text in the first line that holds both.
func find(t *testing.T, w *workbench, text, also string) (line, column int) {
	t.Helper()
	for i, l := range shown(w) {
		if at := strings.Index(l, text); at >= 0 && strings.Contains(l, also) {
			return i, len([]rune(l[:at]))
		}
	}
	t.Fatalf("%q is not on the screen", text)
	return 0, 0
}

func TestAWorkspaceWithoutCustomersCanBeLookedAt(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	f := bench.Frame()
	f.Total, f.Segments, f.Warnings = session.Figures{}, nil, nil
	for i := range f.Tiers {
		f.Tiers[i].Now, f.Tiers[i].Was = session.Figures{}, session.Figures{}
	}
	f.Cuts, f.Axes, f.ScoreCounts = [model.Axes][]model.Cut{}, [model.Axes]session.Distribution{}, [model.Axes][]int64{}
	w.show()
	for _, key := range []string{"down", "up", "pgup", "pgdown", "tab", "down", "i", "esc", "w", "esc"} {
		press(w, key)
		checkFit(t, w, "after "+key)
	}
	expect(t, w, "No customers to tier")
}

func TestHelpAndQuitAreNamedAtEveryWidth(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 70, 80, 100, 120} {
		w, _ := open(t, Options{}, shop, width, 24)
		expect(t, w, "? help  q quit", "↑↓ cut")
	}
}

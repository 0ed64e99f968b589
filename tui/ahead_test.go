package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// slowStore is a workspace whose orders come only when they are let, once that is
// asked for.
type slowStore struct {
	*memory.Store
	let chan struct{} // nil: at once
}

func (s *slowStore) Orders(ctx context.Context, attributes ...string) (*model.Orders, error) {
	if s.let != nil {
		select {
		case <-s.let:
		case <-ctx.Done():
			return nil, model.Errorf(model.Cancelled, "stopped")
		}
	}
	return s.Store.Orders(ctx, attributes...)
}

// openSlow is a workbench after an edit that changed the window, over orders that
// do not come by themselves any more.
func openSlow(t *testing.T) (w *workbench, store *slowStore) {
	t.Helper()
	store = &slowStore{Store: memory.New(21, 500)}
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	scheme := bench.Frame().Scheme.Clone()
	scheme.Spec.Window = model.Window{Months: 6}
	if err := bench.Change("window 6m", scheme); err != nil {
		t.Fatal(err)
	}
	w, _ = open(t, Options{Load: instant(Loaded{Bench: bench, Info: s.Info()}, nil)}, model.Info{}, 120, 36)
	expect(t, w, "last 6 months")
	store.let = make(chan struct{})
	return w, store
}

// begin sends keys, which must not wait for the orders, and returns what they have
// begun.
func begin(t *testing.T, w *workbench, keys ...string) tea.Cmd {
	t.Helper()
	done := make(chan tea.Cmd, 1)
	go func() { done <- press(w, keys...) }()
	select {
	case cmd := <-done:
		return cmd
	case <-time.After(patience):
		t.Fatalf("%q waits for customers to be measured", keys)
		return nil
	}
}

// Taking back an edit that was made under another window measures everybody
// anew, beside the keys, and Esc stops it.
func TestTakingBackAWindowNeverBlocks(t *testing.T) {
	t.Parallel()
	w, store := openSlow(t)
	cmd := begin(t, w, "u")
	expect(t, w, "measuring all customers again …  Esc stops", "last 6 months")
	begin(t, w, "down") // keys go on
	if got := w.front.screen.Focused(); got[:len("recency 4│3")] != "recency 4│3" {
		t.Errorf("marked is %q", got)
	}
	press(w, "esc")
	expect(t, w, "stopped measuring all customers again", "last 6 months")
	finish(w, cmd) // its answer is dropped
	expect(t, w, "last 6 months")

	cmd = begin(t, w, "u")
	close(store.let)
	finish(w, cmd)
	refuse(t, w, "last 6 months", "measuring")
	expect(t, w, "undone: window 6m")

	store.let = make(chan struct{})
	cmd = begin(t, w, "ctrl+r")
	expect(t, w, "measuring all customers again")
	close(store.let)
	finish(w, cmd)
	expect(t, w, "redone: window 6m", "last 6 months")
}

// What is edited while customers are measured for a step is not overwritten by it.
func TestAnEditMeanwhileStandsAgainstTheStep(t *testing.T) {
	t.Parallel()
	w, store := openSlow(t)
	cmd := begin(t, w, "u")
	begin(t, w, "right", "right")
	close(store.let)
	finish(w, cmd)
	expect(t, w, "something else changed in the meantime", "last 6 months", "ten *")
}

// So does going to an edit of the log, and opening a scenario.
func TestTheLogAndScenariosNeverBlock(t *testing.T) {
	t.Parallel()
	w, store := openSlow(t)
	close(store.let)
	if err := w.bench.SaveScenario("half a year", "", false); err != nil {
		t.Fatal(err)
	}
	store.let = nil
	press(w, "u")
	finish(w, press(w, "u"))
	refuse(t, w, "last 6 months")
	store.let = make(chan struct{})
	cmd := begin(t, w, "o", "half", "enter")
	expect(t, w, "measuring all customers again")
	close(store.let)
	finish(w, cmd)
	expect(t, w, `scenario "half a year"`, "last 6 months")

	store.let = make(chan struct{})
	pressAndRead(w, "3", "]", "tab", "end")
	cmd = begin(t, w, "enter")
	expect(t, w, "measuring all customers again")
	close(store.let)
	finish(w, cmd)
	expect(t, w, "as it was after edit 0: the beginning")
	if line := shown(w)[0]; strings.Contains(line, "last 6 months") { // the log tells of it
		t.Errorf("the header is %q", line)
	}
}

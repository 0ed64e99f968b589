package tui

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/tui/screen/tiers/tierstest"
)

// untilCancelled is a load that ends only when it is told to.
func untilCancelled(ctx context.Context, report func(model.Progress)) (Loaded, error) {
	report(model.Progress{Stage: "reading", Done: 1, Total: 4, Rows: 1_000_000})
	<-ctx.Done()
	return Loaded{}, model.Errorf(model.Cancelled, "reading was stopped")
}

func TestPreviewIsDrawnButCannotBeMoved(t *testing.T) {
	t.Parallel()
	stored := tierstest.NewFrame()
	w := newWorkbench(t.Context(), Options{Workspace: "shop.strata", Currency: "GBP", Preview: stored, Load: untilCancelled})
	w.Init()
	w.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
	if stored.Stored {
		t.Error("the caller's frame was changed")
	}
	expect(t, w, "Champions", "1,163", "£6.68M", "loading …")
	press(w, "down", "i")
	expect(t, w, "Whole days")
	press(w, "esc", "right")
	expect(t, w, "still loading: [→] waits until it is open")
	press(w, "enter")
	expect(t, w, "still loading: [→] and [Enter] wait until it is open")
	if w.prompt != nil {
		t.Error("a value can be typed before there is a bench")
	}
	if !quits(press(w, "q")) {
		t.Error("q does not quit while loading")
	}
}

// What is typed while a workspace opens is done in its order once it is open: at
// first the marked cut moves, then the next one, then a value is typed.
func TestKeysWaitUntilTheWorkspaceIsOpen(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	load := func(context.Context, func(model.Progress)) (Loaded, error) {
		<-let
		return Loaded{Bench: tierstest.New(), Info: shop}, nil
	}
	w := newWorkbench(t.Context(), Options{Workspace: "shop.strata", Preview: tierstest.NewFrame(), Load: load})
	w.Init()
	w.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
	press(w, "right", "down", "right", "enter", "4", "5", "enter")
	expect(t, w, "still loading: [→] and 6 more wait until it is open")
	for range 2 * mostWaiting {
		press(w, "up")
	}
	expect(t, w, "[↑] is ignored, 64 keys are waiting already")
	w.waiting = w.waiting[:7]
	close(let)
	finishLoading(w)
	expect(t, w, "recency 4│3 at 45 days")
	press(w, "u", "u", "u")
	expect(t, w, "undone: recency 5│4: 13.8 → 14 days")
}

func TestLoadedReplacesThePreview(t *testing.T) {
	t.Parallel()
	o := Options{
		Workspace: "shop.strata", Preview: tierstest.NewFrame(),
		Load: instant(Loaded{Bench: tierstest.New(), Info: shop, Note: "customer=CustomerID"}, nil),
	}
	w, _ := open(t, o, shop, 120, 36)
	refuse(t, w, "loading …")
	expect(t, w, "customer=CustomerID")
	press(w, "right")
	refuse(t, w, "customer=CustomerID")
	expect(t, w, "ten *")
}

func TestLoadingShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	w := newWorkbench(t.Context(), Options{Workspace: "OnlineRetail.csv", Load: untilCancelled})
	w.Init()
	w.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for w.load.progress.Load() == nil {
		time.Sleep(time.Millisecond)
	}
	w.Update(progressMsg{w.load})
	expect(t, w, "Reading OnlineRetail.csv", "1,000,000 rows", "━━━", "[Esc] stops")
	press(w, "esc")
	expect(t, w, "stopping …")
	<-w.load.done
	if _, cmd := w.Update(loadedMsg{w.load}); !quits(cmd) {
		t.Error("a stopped load does not end the program")
	}
	if model.CodeOf(w.err) != model.Cancelled {
		t.Errorf("it ends with %v", w.err)
	}
}

func TestProgressTellsRateAndTimeLeft(t *testing.T) {
	t.Parallel()
	began := time.Unix(0, 0)
	p := progress{Progress: model.Progress{Done: 25, Total: 100, Rows: 2_400_000}, began: began, now: began.Add(2 * time.Second)}
	if got := p.rate(); got != 1_200_000 {
		t.Errorf("rate is %v", got)
	}
	if left, ok := p.left(); !ok || span(left) != "6 s" {
		t.Errorf("left is %v, %v", left, ok)
	}
	early := progress{Progress: model.Progress{Done: 1, Total: 100, Rows: 1}, began: began, now: began.Add(time.Millisecond)}
	if _, ok := early.left(); ok || early.rate() != 0 {
		t.Error("after a millisecond a rate is told")
	}
	for d, want := range map[time.Duration]string{0: "1 s", 3 * time.Second: "3 s", 5 * time.Minute: "5 min"} {
		if got := span(d); got != want {
			t.Errorf("span(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestAFailedLoadSaysWhatToDo(t *testing.T) {
	t.Parallel()
	err := model.Errorf(model.Invalid, "orders.csv has no date column").WithHint("name it: --map date=COLUMN")
	w, _ := open(t, Options{Workspace: "orders.csv", Load: instant(Loaded{}, err)}, shop, 80, 24)
	expect(t, w, "Could not open orders.csv", "orders.csv has no date column.", "Name it: --map date=COLUMN.", "[q] quits")
	press(w, "right", "enter", "tab", "i", "w", "s")
	if w.prompt != nil || w.dialog != nil {
		t.Error("an action works without a workspace")
	}
	if !quits(press(w, "q")) || w.err == nil {
		t.Error("the program does not end with the error")
	}
}

func TestAPanicWhileLoadingIsAnErrorOnTheScreen(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{Workspace: "x.csv", Load: func(context.Context, func(model.Progress)) (Loaded, error) { panic("index out of range") }}, shop, 80, 24)
	expect(t, w, "Could not open x.csv", "index out of range")
	if model.CodeOf(w.err) != model.Internal {
		t.Errorf("the error is %v", w.err)
	}
}

func TestWelcomeOpensWhatIsChosen(t *testing.T) {
	t.Parallel()
	var opened string
	o := Options{
		Recent: recent("~/shop.strata", "~/north.strata"),
		Open: func(path string) Load {
			opened = path
			return instant(Loaded{}, model.Errorf(model.NotFound, "{path} is gone", "path", path))
		},
		Demo: instant(Loaded{Bench: tierstest.New(), Info: model.Info{Path: "/tmp/sample.strata"}}, nil),
	}
	w := newWorkbench(t.Context(), o)
	w.Init()
	w.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	expect(t, w, "▸ 1", "~/north.strata", "strata orders.csv", "d   a made-up shop")
	press(w, "down", "enter")
	finishLoading(w)
	if opened != "~/north.strata" {
		t.Errorf("opened %q", opened)
	}
	expect(t, w, "north.strata is gone", "[Esc] goes back")
	press(w, "esc", "1")
	if opened != "~/shop.strata" {
		t.Errorf("1 opened %q", opened)
	}
	finishLoading(w)
	press(w, "esc", "9")
	expect(t, w, "~/north.strata")
	press(w, "d")
	finishLoading(w)
	expect(t, w, "sample.strata", "Champions")
}

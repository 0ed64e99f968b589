package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// openShop returns a workbench on a real bench over random customers.
func openShop(t *testing.T, width, height int) (*workbench, *session.Bench) {
	t.Helper()
	return openStore(t, memory.New(3, 900), width, height)
}

func openStore(t *testing.T, store *memory.Store, width, height int) (*workbench, *session.Bench) {
	t.Helper()
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	w := newWorkbench(t.Context(), Options{Load: instant(Loaded{Bench: bench, Info: model.Info{Path: "shop.strata", Currency: "GBP", Orders: s.Info().Orders, Revenue: s.Info().Revenue}}, nil)})
	w.Init()
	w.Update(tea.WindowSizeMsg{Width: width, Height: height})
	finishLoading(w)
	return w, bench
}

// askFor types a goal and lets the first thing that is offered move.
func askFor(w *workbench, goal string) {
	press(w, "g", goal, "enter")
	pressAndRead(w, "enter")
}

func TestAGoalIsAskedForAndItsProposalUsed(t *testing.T) {
	t.Parallel()
	w, bench := openShop(t, 120, 36)
	before := bench.Frame()
	press(w, "g", "high<15%", "enter")
	expect(t, w, "character 5: expected <=")
	press(w, "esc")
	askFor(w, "high=15%")
	expect(t, w, "Proposal · goal high=15%", "15.0% (1", "✓ met", "The goal is met.", "from HIGH", "to LOW", "use it", "Esc discard it", "⏎ use  s save  y copy  Esc discard")
	if bench.Frame() != before {
		t.Fatal("a proposal was applied by itself")
	}
	press(w, "enter")
	refuse(t, w, "Proposal")
	expect(t, w, "goal high=15%", "15.0%")
	if _, undone := press(w, "u"), bench.Frame(); undone.Total != before.Total || !undone.Scheme.Equal(before.Scheme) {
		t.Error("using a proposal is not one edit")
	}
	expect(t, w, "undone: goal high=15%")
}

func TestAProposalIsLeftCopiedAndSaved(t *testing.T) {
	t.Parallel()
	w, bench := openShop(t, 80, 24)
	before := bench.Frame()
	askFor(w, "high=15%, mid=35%")
	expect(t, w, "Proposal · goal high=15%, mid=35%")
	press(w, "esc")
	refuse(t, w, "Proposal")

	press(w, "g")
	expect(t, w, "goal: high=15%, mid=35%") // the last one is kept
	press(w, "enter")
	pressAndRead(w, "enter")
	press(w, "pgdown")
	expect(t, w, "from LOW")
	press(w, "s", "ten", "enter")
	expect(t, w, "that is a preset")
	for range "ten" {
		press(w, "backspace")
	}
	press(w, "fifteen", "enter")
	expect(t, w, `saved as "fifteen"`)
	refuse(t, w, "Proposal")
	kept, err := bench.Scenarios(t.Context())
	if err != nil || len(kept) != 1 || kept[0].Name != "fifteen" || kept[0].Note != "goal high=15%, mid=35%" {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	if !bench.Frame().Scheme.Equal(before.Scheme) {
		t.Error("saving a proposal moved the cuts")
	}
	pressAndRead(w, "g", "enter", "enter")
	press(w, "y")
	expect(t, w, "copied the scheme as YAML", "Proposal")
}

// Work that the person is told of is named until it ends, and Esc ends it.
func TestEscStopsLookingForCuts(t *testing.T) {
	t.Parallel()
	w, _ := openShop(t, 80, 24)
	press(w, "g", "high=15%", "enter")
	cmd := press(w, "enter")
	expect(t, w, "looking for cuts …  Esc stops")
	press(w, "esc")
	expect(t, w, "stopped looking for cuts")
	finish(w, cmd)
	refuse(t, w, "Proposal", "Cancelled", "stopped:")
}

func TestWhatAGoalCannotDoIsSaid(t *testing.T) {
	t.Parallel()
	w, _ := openShop(t, 80, 24)
	press(w, "o", "grid", "enter", "g", "high=15%", "enter")
	expect(t, w, "the value cuts only", "the map decides the tiers")
	press(w, "value cuts", "enter")
	expect(t, w, "What may move") // what cannot be chosen leaves the list open
}

// Where no order has an amount, the prompt itself refuses a goal in revenue.
func TestAGoalInRevenueIsRefusedWithoutAmounts(t *testing.T) {
	t.Parallel()
	store := memory.New(3, 900)
	clear(store.AllOrders.Value)
	clear(store.AllOrders.Returned)
	w, _ := openStore(t, store, 120, 36)
	press(w, "g")
	refuse(t, w, "revenue>=60%")
	press(w, "high:revenue>=60%", "enter")
	expect(t, w, `"high:revenue>=60%": no order has an amount, so the revenue of a tier is not known`, "goal: high:revenue>=60%")
	press(w, "esc")
	press(w, "g", "high=15%", "enter")
	expect(t, w, "the cuts of monetary only", "no amounts")
}

func TestGoldenProposal(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			w, _ := openShop(t, size[0], size[1])
			w.setTheme(true, theme.None)
			askFor(w, "high=15%, mid=35%")
			golden.RequireEqual(t, w.View().Content)
		})
	}
}

// A proposal fills no more than the screen, whatever its size and colours, and
// scrolls to its end.
func TestAProposalFitsEveryScreen(t *testing.T) {
	t.Parallel()
	w, _ := openShop(t, 80, 24)
	askFor(w, "high=60%, mid=1%")
	p := *w.proposed.proposal
	p.Why = append(p.Why, strings.Repeat("a reason with many words ", 20))
	p.Goal = "high=60%, mid=1% \x1b[2J客" + strings.Repeat("long", 40)
	p.Warnings = append(p.Warnings, model.Warning{Message: "the last line"})
	for _, size := range [][2]int{{60, 16}, {61, 17}, {80, 24}, {120, 36}, {200, 60}} {
		for _, colors := range []theme.Colors{theme.Full, theme.Sixteen, theme.None} {
			w.took(w.front, screen.Outcome{Propose: &p})
			w.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			w.setTheme(size[0]%2 == 0, colors)
			w.stale = true
			checkFit(t, w, "a proposal")
			for range 20 {
				press(w, "pgdown")
			}
			expect(t, w, "the last line", "use it")
			checkFit(t, w, "a proposal at its end")
			for range 20 {
				press(w, "pgup")
			}
			expect(t, w, "high=60%")
		}
	}
}

package tui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/screen/welcome"
	"strata/tui/theme"
)

func recent(paths ...string) []welcome.Recent {
	var all []welcome.Recent
	for _, p := range paths {
		all = append(all, welcome.Recent{Path: p, Note: "4,338 customers"})
	}
	return all
}

// looks are the themes that golden views are kept of.
var looks = []struct {
	name   string
	dark   bool
	colors theme.Colors
}{{"dark", true, theme.Full}, {"light", false, theme.Full}, {"none", true, theme.None}}

func TestGoldenSizesAndThemes(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		for _, look := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], look.name), func(t *testing.T) {
				t.Parallel()
				w, _ := open(t, Options{}, shop, size[0], size[1])
				w.setTheme(look.dark, look.colors)
				press(w, "down", "shift+right")
				golden.RequireEqual(t, w.View().Content)
			})
		}
	}
	t.Run("120x36-sixteen", func(t *testing.T) {
		t.Parallel()
		w, _ := open(t, Options{}, shop, 120, 36)
		w.setTheme(true, theme.Sixteen)
		press(w, "down", "shift+right")
		golden.RequireEqual(t, w.View().Content)
	})
}

func TestGoldenData(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		for _, look := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], look.name), func(t *testing.T) {
				t.Parallel()
				w, _ := open(t, Options{}, shop, size[0], size[1])
				w.setTheme(look.dark, look.colors)
				pressAndRead(w, "9", "]", "tab", "down")
				golden.RequireEqual(t, w.View().Content)
			})
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	const width, height = 80, 24
	plain := func(o Options, info model.Info, keys ...string) func(*testing.T) *workbench {
		return func(t *testing.T) *workbench {
			w, _ := open(t, o, info, width, height)
			w.setTheme(true, theme.None)
			press(w, keys...)
			return w
		}
	}
	read := func(keys ...string) func(*testing.T) *workbench {
		return func(t *testing.T) *workbench {
			w, _ := open(t, Options{}, shop, width, height)
			w.setTheme(true, theme.None)
			pressAndRead(w, keys...)
			return w
		}
	}
	kept := func(keys ...string) func(*testing.T) *workbench {
		return func(t *testing.T) *workbench {
			w, _ := open(t, Options{}, shop, width, height)
			w.setTheme(true, theme.None)
			press(w, "right", "s", "tight", "enter", keys[0])
			pressAndRead(w, "3", "]")
			press(w, keys[1:]...)
			return w
		}
	}
	keep := Options{SaveAs: func(context.Context, string) error { return nil }}
	temporary, readOnly := shop, shop
	temporary.Path, temporary.Temporary = "OnlineRetail.csv", true
	readOnly.ReadOnly, readOnly.Writer = true, "another strata (pid 4711)"
	for name, start := range map[string]func(*testing.T) *workbench{
		"opened":         plain(Options{}, shop),
		"frequency":      plain(Options{}, shop, "pgdown"),
		"monetary":       plain(Options{}, shop, "pgdown", "pgdown", "down"),
		"value-cut":      plain(Options{}, shop, "pgdown", "pgdown", "pgdown", "right"),
		"tiers-pane":     plain(Options{}, shop, "tab", "down", "down"),
		"stopped":        plain(Options{}, shop, "shift+right", "shift+right", "shift+right"),
		"help":           plain(Options{}, shop, "?"),
		"data":           read("9"),
		"data-rejects":   read("9", "]"),
		"data-rows":      read("9", "]", "tab", "down", "enter"),
		"matrix":         read("2"),
		"customers":      read("7"),
		"scenarios":      kept("right"),
		"scenarios-log":  kept("u", "tab", "down"),
		"scenarios-none": read("3", "]"),
		"scenario-save":  plain(Options{}, shop, "s", "ten", "enter"),
		"help-data":      read("9", "?"),
		"help-matrix":    read("2", "?"),
		"help-customers": read("7", "?"),
		"schemes":        plain(Options{}, shop, "o", "down"),
		"palette":        plain(Options{}, shop, ":"),
		"palette-typed":  plain(Options{}, shop, ":", "cut", "down"),
		"explain":        plain(Options{}, shop, "i"),
		"explain-value":  plain(Options{}, shop, "pgdown", "pgdown", "pgdown", "i"),
		"explain-group":  plain(Options{}, shop, "tab", "down", "i"),
		"warnings":       plain(Options{}, shop, "w"),
		"prompt":         plain(Options{}, shop, "enter"),
		"prompt-typed":   plain(Options{}, shop, "enter", "21"),
		"prompt-refused": plain(Options{}, shop, "enter", "x", "enter"),
		"save":           plain(keep, temporary, "s"),
		"read-only":      plain(Options{}, readOnly),
		"failed":         plain(Options{Workspace: "orders.csv", Load: instant(Loaded{}, model.Errorf(model.Invalid, "orders.csv has no date column among customer, what, howmany").WithHint("name it: --map date=COLUMN"))}, shop),
		"loading": func(t *testing.T) *workbench {
			began := time.Unix(0, 0)
			w := newWorkbench(t.Context(), Options{Workspace: "OnlineRetail.csv"})
			w.resize(width, height)
			w.stage, w.load = loading, &load{}
			w.load.progress.Store(&progress{
				Progress: model.Progress{Stage: "reading", Done: 40, Total: 100, Rows: 2_400_000},
				began:    began, now: began.Add(2 * time.Second),
			})
			return w
		},
		"preview": func(t *testing.T) *workbench {
			w := newWorkbench(t.Context(), Options{Workspace: "shop.strata", Currency: "GBP", Preview: tierstest.NewFrame()})
			w.Init()
			w.Update(tea.WindowSizeMsg{Width: width, Height: height})
			return w
		},
		"welcome": func(t *testing.T) *workbench {
			w := newWorkbench(t.Context(), Options{Demo: instant(Loaded{}, nil), Recent: recent("~/shop.strata", "~/clients/north.strata")})
			w.Update(tea.WindowSizeMsg{Width: width, Height: height})
			return w
		},
		"too-small": func(t *testing.T) *workbench {
			w, _ := open(t, Options{}, shop, 40, 10)
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.setTheme(true, theme.None)
			w.stale = true
			golden.RequireEqual(t, w.View().Content)
		})
	}
}

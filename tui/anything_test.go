package tui

import (
	"maps"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"strata/tui/action"
	"strata/tui/theme"
)

// Whatever is pressed, clicked, pasted or resized, on whatever screen, the view
// fills the terminal exactly and nothing from a file reaches it.
func TestAnythingCanHappenAtAnyMoment(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, a := range action.All() {
		for _, k := range a.Keys {
			if a.ID != action.Quit && a.ID != action.QuitNow && a.ID != action.Suspend {
				keys = append(keys, k)
			}
		}
	}
	keys = append(keys, "backspace", "q", "4", "x", "重", " ")
	slices.Sort(keys)
	keys = slices.Compact(keys)
	for _, k := range keys {
		if _, ok := named[k]; !ok && len([]rune(k)) > 1 {
			t.Fatalf("the tests do not know how %s is pressed: %v", k, slices.Sorted(maps.Keys(named)))
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		options, info := hostile()
		w, _ := open(t, options, info, 80, 24)
		for range rapid.IntRange(1, 60).Draw(rt, "events") {
			x, y := rapid.IntRange(-1, 130).Draw(rt, "x"), rapid.IntRange(-1, 50).Draw(rt, "y")
			switch rapid.IntRange(0, 11).Draw(rt, "event") {
			case 0:
				w.Update(tea.WindowSizeMsg{Width: max(x, 0), Height: max(y, 0)})
			case 1:
				w.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			case 2:
				w.Update(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
			case 3:
				w.Update(tea.MouseReleaseMsg{X: x, Y: y})
			case 4:
				w.Update(tea.MouseWheelMsg{X: x, Y: y, Button: rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}).Draw(rt, "wheel")})
			case 5:
				w.Update(tea.PasteMsg{Content: "a\x1b[2J\n客"})
			case 6:
				w.setTheme(rapid.Bool().Draw(rt, "dark"), rapid.SampledFrom([]theme.Colors{theme.Full, theme.Sixteen, theme.None}).Draw(rt, "colours"))
				w.stale = true
			default:
				pressAndFinish(w, rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			checkFit(rt, w, "the screen")
		}
	})
}

// pressAndFinish presses a key and does at once what the screen wants to read,
// without waiting for timers. What an answer to a question leads to is left out:
// it writes files.
func pressAndFinish(w *workbench, key string) {
	answered := w.prompt != nil
	works := w.works()
	cmd := press(w, key)
	for !answered && w.works() > works {
		works = w.works()
		cmd = deliver(w, cmd, func(msg tea.Msg) bool {
			m, ok := msg.(workedMsg)
			return ok && m.number == m.tab.works
		})
	}
}

// works is how often screens have asked for work.
func (w *workbench) works() int {
	n := 0
	for _, t := range w.tabs {
		n += t.works
	}
	return n
}

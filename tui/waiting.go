package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model/catalogue"
	"strata/tui/action"
)

// mostWaiting is how many keys wait for a workspace to open.
const mostWaiting = 64

// waits reports whether a key has to wait until the workspace is open: what it does
// needs the customers, or another key waits, before which it must not be done.
// What leaves or stops never waits.
func (w *workbench) waits(a action.Action) bool {
	if w.stage != working || w.bench != nil || a.ID == action.Quit || a.ID == action.Back {
		return false
	}
	return len(w.waiting) > 0 || a.Disabled(w.state()) != ""
}

// wait keeps a key for when the workspace is open, and says so.
func (w *workbench) wait(msg tea.KeyPressMsg) tea.Cmd {
	if len(w.waiting) == mostWaiting {
		return w.say(note, catalogue.T("still loading: {key} is ignored, {most} keys are waiting already", "key", keyName(msg), "most", mostWaiting))
	}
	w.waiting = append(w.waiting, msg)
	told := catalogue.T("still loading: {key} waits until it is open", "key", keyName(w.waiting[0]))
	if n := len(w.waiting); n > 1 {
		told = catalogue.T("still loading: {key} and {count} more wait until it is open", "key", keyName(w.waiting[0]), "count", n-1)
		if n == 2 {
			told = catalogue.T("still loading: {key} and {last} wait until it is open", "key", keyName(w.waiting[0]), "last", keyName(msg))
		}
	}
	return w.say(note, told)
}

// keyName is how a message calls a key.
func keyName(msg tea.KeyPressMsg) string {
	return "[" + action.Action{Keys: []string{msg.String()}}.KeyNames() + "]"
}

// pressWaiting does what the keys that waited do, in order.
func (w *workbench) pressWaiting() []tea.Cmd {
	keys := slices.Clone(w.waiting)
	w.waiting = nil
	cmds := make([]tea.Cmd, 0, len(keys))
	for _, key := range keys {
		cmds = append(cmds, w.press(key))
	}
	return cmds
}

// Package screen says what the workbench asks of its screens. Each lies in a
// package of its own below this one and answers one question; the root routes
// keys, mouse and frames to the one in front.
package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"strata/tui/action"
	"strata/tui/session"
	"strata/tui/theme"
)

// Screen is one page of the workbench. All methods are called from the
// goroutine of Update; none may block.
type Screen interface {
	// SetSize tells how much room there is, SetTheme how it looks.
	SetSize(width, height int)
	SetTheme(th *theme.Theme)
	// Show takes in the answer that all screens share; it is called whenever the
	// scheme or the baseline has changed, and when the screen comes to the front.
	Show(f *session.Frame) Outcome
	// Lines draws the screen: as many lines as it is high, each as wide as it is.
	Lines() []string
	// Focused tells in a few words what is marked, for the right end of the
	// status line.
	Focused() string
	// Do performs an action; those that are not the screen's own are ignored.
	Do(id action.ID) Outcome
	// Typing reports whether a text field of the screen has the keys; Key then
	// gets them instead of Do.
	Typing() bool
	Key(msg tea.KeyPressMsg) Outcome
	// Click, Drag, Release and Wheel handle the mouse; x and y count cells from
	// the screen's upper left corner.
	Click(x, y int) Outcome
	Drag(x, y int) Outcome
	Release()
	Wheel(x, y int, up bool) Outcome
	// Back goes one step back inside the screen and reports whether there was one.
	Back() bool
	// Took takes in what the Work of an outcome came to.
	Took(result any) Outcome
}

// Outcome is what came of something done to a screen.
type Outcome struct {
	Note   string // one line for the person, "" if the screen says it all
	Err    error
	Edited bool // the scheme or the baseline changed
	// Work, if not nil, takes too long for the path of the keys: the root runs it
	// beside, one at a time per screen (a newer one cancels it), and hands what
	// it returns to Took.
	Work func(ctx context.Context) any
	// People, if not nil, asks for the Customers screen on exactly these people.
	People *session.PeopleQuery
	// Copy, if not "", goes to the clipboard.
	Copy string
}

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
	// Show takes in the answer that all screens share; it is called when the
	// screen comes to the front, and while it is there whenever the scheme or the
	// baseline has changed, by the screen itself or not.
	Show(f *session.Frame) Outcome
	// Lines draws the screen: as many lines as it is high, each as wide as it is.
	Lines() []string
	// Focused tells in a few words what is marked, for the right end of the
	// status line.
	Focused() string
	// Do performs an action; those that are not the screen's own are ignored. An
	// action that needs the bench comes only once the screen has it.
	Do(id action.ID) Outcome
	// Typing reports whether a text field of the screen has the keys; Key then
	// gets them, Esc and Enter included, instead of Do. msg is a tea.KeyPressMsg or
	// a tea.PasteMsg.
	Typing() bool
	Key(msg tea.Msg) Outcome
	// Click, Drag, Release and Wheel handle the mouse; x and y count cells from
	// the screen's upper left corner. Drag comes with every motion while the
	// button is down, Release when it is up again.
	Click(x, y int) Outcome
	Drag(x, y int) Outcome
	Release()
	Wheel(x, y int, up bool) Outcome
	// Back goes one step back inside the screen and reports whether there was
	// one; without one the root goes back to the screen that asked for people.
	Back() bool
	// Took takes in what the Work of an outcome came to. It may come while the
	// screen is not in front.
	Took(result any) Outcome
}

// Lister is the screen that shows people: the root brings it to the front and
// calls List for an outcome with People.
type Lister interface {
	List(q session.PeopleQuery) Outcome
}

// Writer is a screen that draws a text field: Cursor tells, while it is Typing,
// where the terminal's cursor stands, in cells from the screen's corner, so that
// an input method opens its window there.
type Writer interface {
	Cursor() (x, y int)
}

// Outcome is what came of something done to a screen.
type Outcome struct {
	Note   string // one line for the person, "" if the screen says it all
	Err    error
	Edited bool // the scheme or the baseline changed
	// Lasting, if not "", names what was changed that undo does not affect,
	// "promises": the next [u] says so, in place of taking back an edit before it.
	Lasting string
	// Work, if not nil, takes too long for the path of the keys: the root runs it
	// beside, one at a time per screen (a newer one cancels it), and hands what
	// it returns to Took, unless a newer one has been started since.
	Work func(ctx context.Context) any
	// Busy, if not "", tells what Work does for as long as it does, and that Esc
	// stops it: "looking for cuts".
	Busy string
	// Ahead, if not nil, is what has to be measured before the step that was asked
	// for: the root has it done beside the keys, says so, and takes the step after;
	// Esc leaves all as it is.
	Ahead *Ahead
	// People, if not nil, asks for the Customers screen on exactly these people.
	People *session.PeopleQuery
	// Copy, if not "", goes to the clipboard; Note says what it is.
	Copy string
	// Ask, if not nil, asks the person for a line of text.
	Ask *Question
	// Read, if not nil, is shown over the screen, to be read.
	Read *Text
	// Propose, if not nil, shows a scheme that a goal or a method led to, with its
	// evidence and its migration; the person uses it, keeps it or leaves it.
	Propose *session.Proposal
	// Choose, if not nil, asks the person to choose one of a few things.
	Choose *Choice
	// Go, if not 0, asks for another screen.
	Go action.Place
}

// Ahead is a step that needs something measured first.
type Ahead struct {
	Work func(ctx context.Context) (*session.Ahead, error)
	Step func() Outcome
}

// After takes a step at once, or after what it needs is measured; work is nil
// where that is nothing.
func After(work func(ctx context.Context) (*session.Ahead, error), step func() Outcome) Outcome {
	if work == nil {
		return step()
	}
	return Outcome{Ahead: &Ahead{work, step}}
}

// Choice is a list to choose from; typing narrows it down.
type Choice struct {
	Title   string
	None    string // told when nothing typed is found
	Options []Option
	Mark    int // which is marked at first
}

// Option is one thing to choose.
type Option struct {
	Name   string // that finds it before all others when it is typed, "" without one
	Title  string
	Reason string // why it cannot be chosen now, "" if it can
	Choose func() Outcome
}

// Question is a line of text to be typed by the person.
type Question struct {
	Text  string // what is asked
	Value string // a text to begin with; the first letter typed takes its place
	Now   string // shown while nothing is typed: what stays if nothing is
	// Needed, if not "", is what an empty answer lacks, "a reason": it is refused.
	// Otherwise it asks no more, and all stays as it was.
	Needed string
	// Understood, if not nil, says while something is typed what it is taken for,
	// "" where there is nothing to say.
	Understood func(text string) string
	// Answer takes what was typed, which is never "". An outcome with an Err keeps
	// the question open and shows why.
	Answer func(text string) Outcome
}

// Text is something to be read.
type Text struct {
	Title      string
	Paragraphs []string
}

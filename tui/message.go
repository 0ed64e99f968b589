package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// message is one line for the person in place of the key hints. It goes with
// the next key, or by itself.
type message struct {
	number int
	kind   messageKind
	text   string
}

type messageKind int

const (
	note messageKind = iota
	trouble
)

// How long a message stays.
const (
	noteStays    = 5 * time.Second
	troubleStays = 15 * time.Second
)

type expireMsg struct{ number int }

// say shows a message.
func (w *workbench) say(kind messageKind, text string) tea.Cmd {
	w.messages++
	w.message = message{number: w.messages, kind: kind, text: text}
	stays := noteStays
	if kind == trouble {
		stays = troubleStays
	}
	number := w.messages
	return tea.Tick(stays, func(time.Time) tea.Msg { return expireMsg{number} })
}

func (w *workbench) expire(msg expireMsg) {
	if msg.number == w.message.number {
		w.message = message{}
	}
}

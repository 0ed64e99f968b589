package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/tui/component/cells"
	"strata/tui/component/dialog"
)

// message is one line for the person in place of the key hints. It goes with
// the next key, or by itself.
type message struct {
	number int
	kind   messageKind
	text   string
	at     time.Time
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

// messagesKept is how many messages can be read again.
const messagesKept = 200

type expireMsg struct{ number int }

// say shows a message.
func (w *workbench) say(kind messageKind, text string) tea.Cmd {
	w.messages++
	w.message = message{number: w.messages, kind: kind, text: text, at: w.now()}
	w.said = append(w.said, w.message)
	w.said = w.said[max(len(w.said)-messagesKept, 0):]
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

// earlier lists the messages said so far, the latest first; nil without any.
func (w *workbench) earlier() *dialog.Dialog {
	if len(w.said) == 0 {
		return nil
	}
	const clock = 10
	width := w.dialogWidth()
	var body []string
	for i := len(w.said) - 1; i >= 0; i-- {
		m := w.said[i]
		style := w.theme.Text
		if m.kind == trouble {
			style = w.theme.Failure
		}
		for j, text := range cells.Wrap(cells.Clean(m.text), width-clock) {
			line := cells.NewLine(width)
			if j == 0 {
				line.Put(w.theme.Dim, m.at.Format(time.TimeOnly))
			}
			body = append(body, line.SkipTo(clock).Put(style, text).String())
		}
	}
	return &dialog.Dialog{Title: "Earlier messages", Body: body, Width: width}
}

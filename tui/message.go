package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/dialog"
	"strata/tui/theme"
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
	w.message = w.remember(kind, text)
	stays := noteStays
	if kind == trouble {
		stays = troubleStays
	}
	number := w.messages
	return tea.Tick(stays, func(time.Time) tea.Msg { return expireMsg{number} })
}

// remember keeps a message among those that can be read again.
func (w *workbench) remember(kind messageKind, text string) message {
	w.messages++
	m := message{number: w.messages, kind: kind, text: text, at: w.now()}
	w.said = append(w.said, m)
	w.said = w.said[max(len(w.said)-messagesKept, 0):]
	return m
}

func (w *workbench) expire(msg expireMsg) {
	if msg.number == w.message.number {
		w.message = message{}
	}
	if msg.number == w.again {
		w.again = 0
	}
}

// style is the voice that a message is said in.
func (m message) style(th *theme.Theme) theme.Style {
	if m.kind == trouble {
		return th.Failure
	}
	return th.Text
}

// troubleLines is on how many lines trouble is told at once: what to do about it
// comes last. A note has one.
const troubleLines = 4

// messageLines are the lines of the message, the last of them for the status line;
// none without a message. Where it takes more than it may have, the last line says
// where all of it can be read.
func (w *workbench) messageLines() []string {
	if w.message.text == "" {
		return nil
	}
	const edge, elsewhere = 1, " [e]"
	width, most := w.width-2*edge, 1
	if w.message.kind == trouble {
		most = max(min(troubleLines, w.height/2), 1)
	}
	lines := cells.Wrap(cells.Clean(w.message.text), width)
	if len(lines) <= most {
		return lines
	}
	rest := strings.Join(lines[most-1:], " ")
	return append(lines[:most-1], cells.Fit(rest, width-cells.Width(elsewhere))+elsewhere)
}

// over sets text on the last of some lines.
func (w *workbench) over(lines, text []string, style theme.Style) {
	text = text[:min(len(text), len(lines))]
	for i, t := range text {
		lines[len(lines)-len(text)+i] = cells.NewLine(w.width).Skip(1).Put(style, t).String()
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
		style := m.style(w.theme)
		for j, text := range cells.Wrap(cells.Clean(m.text), width-clock) {
			line := cells.NewLine(width)
			if j == 0 {
				line.Put(w.theme.Dim, m.at.Format(time.TimeOnly))
			}
			body = append(body, line.SkipTo(clock).Put(style, text).String())
		}
	}
	return &dialog.Dialog{Title: catalogue.T("Earlier messages"), Body: body, Width: width}
}

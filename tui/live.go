package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/tui/session"
)

// How long the keys must rest before the bench prepares the next move, and
// before a run of steps is one finished edit.
const (
	settleAfter = 100 * time.Millisecond
	restAfter   = 700 * time.Millisecond
)

// live is what goes on behind the screen after an edit.
type live struct {
	edits     int  // numbers the edits, so that an earlier one's timers can be told
	preparing bool // the next moves are being prepared
	due       bool // the keys rested meanwhile: prepare again
}

type (
	settleMsg  struct{ edit int }
	restMsg    struct{ edit int }
	settledMsg struct {
		bench   Bench
		settled session.Settled
	}
)

// edited restarts the timers. A move that was not prepared does not wait for
// the keys to rest: a held key would keep them from it.
func (w *workbench) edited() tea.Cmd {
	w.live.edits++
	edit := w.live.edits
	cmds := []tea.Cmd{
		tea.Tick(settleAfter, func(time.Time) tea.Msg { return settleMsg{edit} }),
		tea.Tick(restAfter, func(time.Time) tea.Msg { return restMsg{edit} }),
	}
	if w.bench.Unprepared() && !w.live.preparing {
		cmds = append(cmds, w.prepare())
	}
	return tea.Batch(cmds...)
}

// settle prepares the next moves once the keys rest.
func (w *workbench) settle(msg settleMsg) tea.Cmd {
	w.stale = false
	switch {
	case msg.edit != w.live.edits || w.bench == nil:
		return nil
	case w.live.preparing:
		w.live.due = true
		return nil
	}
	return w.prepare()
}

// prepare makes the next moves immediate, off the path of the keys. What an
// edit overtakes is finished all the same: it takes some hundredths of a
// second, and its own measure's part often still fits.
func (w *workbench) prepare() tea.Cmd {
	bench, work := w.bench, w.bench.Settle()
	if work == nil {
		return nil
	}
	w.live.preparing = true
	return func() tea.Msg { return settledMsg{bench, work(w.ctx)} }
}

// settled takes finished preparations in; the bench drops those that an edit
// has overtaken. They may bring an answer that was left for later.
func (w *workbench) settled(msg settledMsg) tea.Cmd {
	w.live.preparing = false
	if msg.bench != w.bench {
		w.stale = false
		return nil
	}
	shown := w.changed(func() { w.bench.Adopt(msg.settled) })
	if !w.live.due {
		return shown
	}
	w.live.due = false
	return tea.Batch(shown, w.prepare())
}

// changed does something that may bring another answer, and shows it then;
// otherwise nothing is to be drawn.
func (w *workbench) changed(do func()) tea.Cmd {
	before := w.bench.Frame()
	if do(); w.bench.Frame() != before {
		return w.show()
	}
	w.stale = false
	return nil
}

// rest ends the edit in progress.
func (w *workbench) rest(msg restMsg) tea.Cmd {
	if msg.edit != w.live.edits || w.bench == nil {
		w.stale = false
		return nil
	}
	shown := w.changed(w.bench.Rest)
	w.stale = true // there is an edit more
	if err := w.bench.StoreError(); err != nil {
		return tea.Batch(shown, w.say(trouble, err.Error()))
	}
	return shown
}

package tui

import (
	"context"
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
	edits  int                // numbers the edits, so that an earlier one's timers can be told
	cancel context.CancelFunc // stops the preparation under way
}

type (
	settleMsg  struct{ edit int }
	restMsg    struct{ edit int }
	settledMsg struct {
		bench   Bench
		settled session.Settled
	}
)

// edited restarts the timers.
func (w *workbench) edited() tea.Cmd {
	w.live.stop()
	w.live.edits++
	edit := w.live.edits
	return tea.Batch(
		tea.Tick(settleAfter, func(time.Time) tea.Msg { return settleMsg{edit} }),
		tea.Tick(restAfter, func(time.Time) tea.Msg { return restMsg{edit} }),
	)
}

func (l *live) stop() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// settle prepares the next move, off the path of the keys.
func (w *workbench) settle(msg settleMsg) tea.Cmd {
	w.stale = false
	if msg.edit != w.live.edits || w.bench == nil {
		return nil
	}
	bench, work := w.bench, w.bench.Settle()
	if work == nil {
		return nil
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.live.stop()
	w.live.cancel = cancel
	return func() tea.Msg { return settledMsg{bench, work(ctx)} }
}

// settled takes finished preparations in; the bench drops those that an edit
// has overtaken.
func (w *workbench) settled(msg settledMsg) {
	w.stale = false
	if msg.bench == w.bench {
		w.bench.Adopt(msg.settled)
	}
}

// rest ends the edit in progress.
func (w *workbench) rest(msg restMsg) tea.Cmd {
	if msg.edit != w.live.edits || w.bench == nil {
		w.stale = false
		return nil
	}
	w.bench.Rest()
	if err := w.bench.StoreError(); err != nil {
		return w.say(trouble, err.Error())
	}
	return nil
}

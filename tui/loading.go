package tui

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// load is the work of reading and opening a workspace, in a goroutine of its
// own: one that can be waited for after the program has ended, so that a
// cancelled load has cleaned up before the process is gone.
type load struct {
	cancel   context.CancelFunc
	done     chan struct{} // closed when result and err are set
	result   Loaded
	err      error
	progress atomic.Pointer[progress]
	stopping bool // the person asked for it to stop
}

// progress is the latest report, and when its stage began.
type progress struct {
	model.Progress
	began, now time.Time
}

type (
	progressMsg struct{ load *load }
	loadedMsg   struct{ load *load }
)

// redrawEvery is how often the progress is drawn.
const redrawEvery = 100 * time.Millisecond

// startLoading begins a load.
func (w *workbench) startLoading(work Load) tea.Cmd {
	ctx, cancel := context.WithCancel(w.ctx)
	l := &load{cancel: cancel, done: make(chan struct{})}
	w.load, w.stage, w.err = l, loading, nil
	go l.run(ctx, work)
	return tea.Batch(
		func() tea.Msg { <-l.done; return loadedMsg{l} },
		w.watch(l),
	)
}

func (l *load) run(ctx context.Context, work Load) {
	defer close(l.done)
	defer func() {
		// A panic here would take the process down with the terminal in raw mode.
		if r := recover(); r != nil {
			l.err = model.Errorf(model.Internal, "loading failed unexpectedly: {panicked}", "panicked", r).WithHint("please report this, with the file if you can share it")
		}
	}()
	l.result, l.err = work(ctx, l.report)
}

// report notes how far the work has come; it may be called from any goroutine.
func (l *load) report(p model.Progress) {
	now := time.Now()
	began := now
	if last := l.progress.Load(); last != nil && last.Stage == p.Stage {
		began = last.began
	}
	l.progress.Store(&progress{Progress: p, began: began, now: now})
}

// watch draws the progress again in a moment, as long as there is any.
func (w *workbench) watch(l *load) tea.Cmd {
	if l != w.load {
		return nil
	}
	return tea.Tick(redrawEvery, func(time.Time) tea.Msg { return progressMsg{l} })
}

// loaded opens what was loaded, or shows why it was not.
func (w *workbench) loaded(msg loadedMsg) tea.Cmd {
	l := msg.load
	if l != w.load {
		return nil
	}
	l.cancel()
	if l.err != nil {
		w.err = l.err
		if model.CodeOf(l.err) == model.Cancelled {
			return tea.Quit
		}
		w.load, w.stage, w.waiting = nil, failed, nil
		return nil
	}
	w.load = nil
	w.bench, w.info = l.result.Bench, l.result.Info
	if w.name == "" {
		w.name = fileName(w.info.Path)
	}
	w.rows = session.RowsOf(l.result.Sources)
	w.told = session.NoticesOf(l.result.Sources)
	w.account = l.result.Account
	w.strip, w.looked = w.account != nil, false
	for _, t := range w.tabs {
		t.open(w.bench, words.CurrencyOf(w.info))
	}
	w.stage = working
	cmds := []tea.Cmd{w.show(), w.settle(settleMsg{w.live.edits})}
	w.fit()
	w.stale = true
	if w.info.ReadOnly {
		w.remember(note, w.readOnly()+".")
	}
	if l.result.Note != "" {
		cmds = append(cmds, w.say(note, l.result.Note))
	}
	return tea.Batch(append(cmds, w.pressWaiting()...)...)
}

// rate returns rows per second of the stage, 0 while it is too early to tell.
func (p *progress) rate() float64 {
	const tooEarly = 200 * time.Millisecond
	elapsed := p.now.Sub(p.began)
	if elapsed < tooEarly {
		return 0
	}
	return float64(p.Rows) / elapsed.Seconds()
}

// left returns the time the stage still needs, and false while it is too early
// to tell.
func (p *progress) left() (time.Duration, bool) {
	elapsed := p.now.Sub(p.began)
	if p.Total <= 0 || p.Done <= 0 || p.rate() == 0 {
		return 0, false
	}
	share := float64(p.Total-p.Done) / float64(p.Done)
	return time.Duration(share * float64(elapsed)), true
}

// span writes a duration as people say it: 3 s, 2 min.
func span(d time.Duration) string {
	if d < 90*time.Second {
		return fmt.Sprintf("%d s", max(int(d.Round(time.Second)/time.Second), 1))
	}
	return catalogue.T("{minute} min", "minute", int(d.Round(time.Minute)/time.Minute))
}

package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/term"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui"
)

// ending owns the signals that end strata. The first one ends the context of all
// work, which then cleans up after itself. What does not, because the system does
// not come back from reading or writing, or goes on for longer than a person
// waits, is ended with the process, and so it is by a second signal.
type ending struct {
	*model.Ending
	cancel context.CancelCauseFunc
	exit   sync.Once

	screen  atomic.Bool // the workbench is on the screen
	leaving atomic.Bool // the person has left, and work is being finished
	edited  atomic.Bool // the workbench was open: it stores as it goes

	terminal *os.File // the terminal as it was found; nil without one
	modes    *term.State
}

const (
	// grace is how long work has for ending by itself.
	grace = 700 * time.Millisecond
	// doubled is how close two signals are that mean one: a terminal that is closed
	// tells the process and its group, and a service manager sends two at once.
	doubled = 100 * time.Millisecond
)

type endingKey struct{}

// untilEnded does the work of the process, and returns its exit status unless
// signals end it before.
func untilEnded(work func(context.Context) int) {
	signals := make(chan os.Signal, 2)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		if !signal.Ignored(s) { // as nohup asks for
			signal.Notify(signals, s)
		}
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	ctx, stakes := model.WithEnding(ctx)
	e := &ending{Ending: stakes, cancel: cancel}
	e.findTerminal()
	go e.watch(signals)
	e.end(work(context.WithValue(ctx, endingKey{}, e)))
}

// endingOf returns how the process ends; in a test, where nothing ends it, one
// that does nothing.
func endingOf(ctx context.Context) *ending {
	if e, ok := ctx.Value(endingKey{}).(*ending); ok {
		return e
	}
	return &ending{Ending: model.EndingOf(ctx)}
}

func (e *ending) watch(signals <-chan os.Signal) {
	first := <-signals
	if !e.leaving.Load() {
		e.cancel(model.Errorf(model.Cancelled, "stopped by a signal: {signal}", "signal", first))
		late := time.After(grace)
		time.Sleep(doubled)
		for range len(signals) {
			<-signals
		}
		select {
		case <-signals:
		case <-late:
		}
	}
	e.atOnce()
}

// atOnce ends the process whatever is under way.
func (e *ending) atOnce() {
	err := e.Abandon()
	e.restore()
	told := ""
	if err != nil {
		told = catalogue.T("strata: left behind: {err}\n", "err", printable(err.Error()))
	}
	status := exitCancelled
	if e.storedForGood() {
		status = exitFailed
		told += catalogue.T("strata: {after_storing}\n", "after_storing", afterStoring)
	}
	if told != "" {
		forAMoment(func() { _, _ = os.Stderr.WriteString(told) })
	}
	e.end(status)
}

// forAMoment waits for what writes, but no longer than a moment: a terminal that was
// stopped and a pipe that nobody reads take nothing any more, for ever.
func forAMoment(write func()) {
	written := make(chan struct{})
	go func() {
		defer close(written)
		write()
	}()
	const patience = 100 * time.Millisecond
	select {
	case <-written:
	case <-time.After(patience):
	}
}

func (e *ending) end(status int) {
	e.exit.Do(func() { os.Exit(status) })
	select {} // the other one ends
}

// afterStoring is told in place of the exit status of stopped work, which says
// that nothing was stored.
var afterStoring = catalogue.T("stopped only after the result was stored")

// storedForGood reports whether a command has stored its result.
func (e *ending) storedForGood() bool { return e.Stored() && !e.edited.Load() }

func (e *ending) findTerminal() {
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		if modes, err := term.GetState(int(f.Fd())); err == nil {
			e.terminal, e.modes = f, modes
			return
		}
	}
}

// plainScreen takes back whatever the workbench has asked of a terminal: frames
// shown whole, the mouse, focus, pasted text and keys told in full, the alternate
// screen, the hidden cursor, colours.
const plainScreen = "\x1b[?2026l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[>4m\x1b[<1u\x1b[?2027l\x1b[?1049l\x1b[?25h\x1b[m"

// restore gives the terminal back as it was found, in place of a workbench that
// cannot. One that another job has was given back before.
func (e *ending) restore() {
	if e.terminal == nil || tui.InBackground(e.terminal) {
		return
	}
	if e.screen.Load() {
		forAMoment(func() { _, _ = e.terminal.WriteString(plainScreen) }) // it may be gone
	}
	_ = term.Restore(int(e.terminal.Fd()), e.modes) // it may be gone
}

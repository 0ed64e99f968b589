//go:build unix

package tui

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"
)

// suspender stops the process: for [Ctrl+z], and for SIGTSTP from outside, which
// then finds the terminal given back, too. Bubble Tea's own way is to send itself
// SIGTSTP. But once a Go program has listened for that signal it does nothing any
// more, even after [signal.Reset]; so the process stops with SIGTTIN, the other
// signal of job control, which the system leaves without effect, too, where nobody
// could wake the process again.
type suspender struct {
	ctx      context.Context
	program  *tea.Program
	terminal *os.File // nil where the keys come from something else
	signals  chan os.Signal
	over     chan struct{} // closed when ctx has ended while another job has the terminal
}

func newSuspender(ctx context.Context) *suspender {
	return &suspender{ctx: ctx, signals: make(chan os.Signal, 1), over: make(chan struct{})}
}

// run runs the program once the terminal is there for it.
func (s *suspender) run() error {
	if err := s.awaitTerminal(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		_, err := s.program.Run()
		ended <- err
	}()
	select {
	case err := <-ended:
		return err
	case <-s.over:
		return context.Cause(s.ctx)
	}
}

// filter suspends in the place of Bubble Tea.
func (s *suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.SuspendMsg); !ok {
		return msg
	}
	if !canBeWoken() {
		return nil
	}
	s.suspend()
	return tea.ResumeMsg{}
}

// canBeWoken reports whether somebody outside controls the job: a shell that gave
// it a group of its own. In the group of the session's leader nobody does, as under
// a shell that only runs a command, in a container, or in a terminal of strata's own.
func canBeWoken() bool {
	session, err := unix.Getsid(0)
	parents, missing := unix.Getsid(os.Getppid())
	return err == nil && missing == nil && session == parents && session != unix.Getpgrp()
}

func (s *suspender) suspend() {
	if s.program.ReleaseTerminal() != nil {
		return // it is gone, and so shall we be
	}
	stop()
	if s.awaitTerminal() != nil {
		// Bubble Tea has given the terminal back, and would do so once more.
		close(s.over)
		select {}
	}
	select {
	case <-s.signals: // sent more than once
	default:
	}
	_ = s.program.RestoreTerminal() // it may be gone
	// Closed before the next frame is painted, Bubble Tea would take back what that
	// frame asks of the terminal first, and ask for it then.
	const frames = 3
	time.Sleep(frames * time.Second / framesPerSecond)
}

// stop stops the process, with all that belongs to the job, until it is woken. It
// reports false where the system does not let it, since nobody would wake it.
func stop() (stopped bool) {
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)
	if syscall.Kill(0, syscall.SIGTTIN) != nil {
		return false
	}
	const ticks, tick = 10, 20 * time.Millisecond // in which it would have stopped
	for range ticks {
		select {
		case <-woken:
			return true
		case <-time.After(tick):
		}
	}
	return false
}

// awaitTerminal returns once the terminal is the process's to change, and stops the
// process until then. The system would stop it, too, for changing the terminal from
// the background; but then as often as it is woken, so that no signal could end it.
// Error: why ctx has ended before.
func (s *suspender) awaitTerminal() error {
	for s.terminal != nil && InBackground(s.terminal) {
		select {
		case <-s.ctx.Done(): // woken only for that
			signal.Ignore(syscall.SIGTTOU) // for what is told at the end
			return context.Cause(s.ctx)
		case <-time.After(noticed):
		}
		if !stop() {
			return nil
		}
	}
	return nil
}

// noticed is how long a signal that is pending when the process is woken takes to
// end the work.
const noticed = 100 * time.Millisecond

// InBackground reports whether a terminal is the process's own, but another job has
// it now: it must not be changed.
func InBackground(terminal *os.File) bool {
	front, err := unix.IoctlGetInt(int(terminal.Fd()), unix.TIOCGPGRP)
	return err == nil && front != unix.Getpgrp()
}

// watch passes the signal on until ctx ends.
func (s *suspender) watch(program *tea.Program) {
	s.program = program
	if signal.Ignored(syscall.SIGTSTP) {
		return
	}
	signal.Notify(s.signals, syscall.SIGTSTP)
	go func() {
		defer signal.Stop(s.signals)
		for {
			select {
			case <-s.ctx.Done():
				return
			case <-s.signals:
				program.Send(tea.SuspendMsg{})
			}
		}
	}()
}

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
// more, even after [signal.Reset]; so the process stops with SIGSTOP.
type suspender struct {
	ctx     context.Context
	program *tea.Program
	signals chan os.Signal
}

func newSuspender(ctx context.Context) *suspender {
	return &suspender{ctx: ctx, signals: make(chan os.Signal, 1)}
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

// canBeWoken reports whether somebody outside controls the job. The system leaves
// SIGTSTP without effect where nobody does, as in a container or a terminal of
// strata's own.
func canBeWoken() bool {
	mine, err := unix.Getsid(0)
	parents, missing := unix.Getsid(os.Getppid())
	return err == nil && missing == nil && mine == parents
}

func (s *suspender) suspend() {
	if s.program.ReleaseTerminal() != nil {
		return // it is gone, and so shall we be
	}
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)
	if syscall.Kill(0, syscall.SIGSTOP) == nil { // with all that belongs to the job
		select {
		case <-woken:
		case <-s.ctx.Done():
		}
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

//go:build !unix

package tui

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"
)

// suspender does nothing where processes are not stopped.
type suspender struct {
	program  *tea.Program
	terminal *os.File
}

func newSuspender(context.Context) *suspender { return &suspender{} }

func (s *suspender) run() error {
	_, err := s.program.Run()
	return err
}

func (*suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }

func (s *suspender) watch(program *tea.Program) { s.program = program }

// InBackground reports whether another job has a terminal; here there are none.
func InBackground(*os.File) bool { return false }

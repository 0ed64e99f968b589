//go:build !unix

package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// suspender does nothing where processes are not stopped.
type suspender struct{}

func newSuspender(context.Context) *suspender { return &suspender{} }

func (*suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }

func (*suspender) watch(*tea.Program) {}

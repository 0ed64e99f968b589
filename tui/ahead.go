package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// measuredAhead is what a step needed measured, and the step.
type measuredAhead struct {
	ahead *session.Ahead
	err   error
	step  func() screen.Outcome
}

// measureAhead has measured beside the keys what a step needs. Esc stops that.
func (w *workbench) measureAhead(t *tab, a screen.Ahead) tea.Cmd {
	return w.work(t, func(ctx context.Context) any {
		found, err := a.Work(ctx)
		return measuredAhead{found, err, a.Step}
	}, catalogue.T("measuring all customers again"))
}

// step takes the step, unless something else was done meanwhile.
func (w *workbench) step(t *tab, m measuredAhead) tea.Cmd {
	switch {
	case m.err != nil && model.CodeOf(m.err) == model.Cancelled:
		return nil
	case m.err != nil:
		return w.say(trouble, m.err.Error())
	case !w.bench.Await(m.ahead):
		return w.say(note, catalogue.T("something else changed in the meantime, so that step was not taken"))
	}
	return w.took(t, m.step())
}

// travel goes one edit back or forth.
func (w *workbench) travel(ahead func(context.Context) (*session.Ahead, error), step func() (string, bool, error), done, nothing string) tea.Cmd {
	return w.took(w.front, screen.After(ahead, func() screen.Outcome {
		label, ok, err := step()
		switch {
		case err != nil:
			return screen.Outcome{Err: err}
		case !ok:
			return screen.Outcome{Note: nothing}
		}
		return screen.Outcome{Edited: true, Note: done + label}
	}))
}

package tui

import (
	tea "charm.land/bubbletea/v2"

	"strata/tui/action"
	"strata/tui/screen/tiers"
)

// press handles a key: of the text being typed, of the dialog on top, or of an
// action. Ctrl+c and Ctrl+z always work.
func (w *workbench) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	a, known := w.keys[key]
	switch {
	case a.ID == action.QuitNow:
		return w.quit()
	case a.ID == action.Suspend:
		return tea.Suspend
	case w.tooSmall():
		if a.ID == action.Quit {
			return w.quit()
		}
		return nil
	case w.prompt != nil:
		return w.promptKey(key, msg)
	case w.dialog != nil:
		w.dialogKey(a.ID)
		return nil
	case w.stage == welcoming:
		return w.welcomeKey(key, a.ID)
	}
	w.message = message{}
	if !known {
		return nil
	}
	if reason := a.Disabled(w.state()); reason != "" && w.stage == working {
		return w.say(note, a.Title+": "+reason)
	}
	return w.do(a.ID)
}

// do performs an action.
func (w *workbench) do(id action.ID) tea.Cmd {
	switch id {
	case action.Quit:
		return w.quit()
	case action.Back:
		return w.back()
	case action.Help:
		w.dialog = w.help()
		return nil
	}
	if w.stage != working {
		return nil
	}
	switch id {
	case action.Type:
		question, text := w.tiers.Typed()
		return w.ask(question, "", text, w.typed)
	case action.Save:
		return w.ask("keep this workspace as", keepAs(w.name), "", w.keep)
	case action.Explain:
		w.dialog = w.explanation()
		return nil
	case action.Warnings:
		if w.dialog = w.warnings(); w.dialog == nil {
			return w.say(note, "nothing to warn about")
		}
		return nil
	}
	return w.took(w.tiers.Do(id))
}

// took shows what came of an action of the screen and keeps the bench quick
// and stored after an edit.
func (w *workbench) took(o tiers.Outcome) tea.Cmd {
	var cmds []tea.Cmd
	if o.Edited {
		cmds = append(cmds, w.edited())
	}
	switch {
	case o.Err != nil:
		cmds = append(cmds, w.say(trouble, o.Err.Error()))
	case o.Note != "":
		cmds = append(cmds, w.say(note, o.Note))
	}
	return tea.Batch(cmds...)
}

// back goes one step back.
func (w *workbench) back() tea.Cmd {
	switch {
	case w.stage == loading:
		w.load.cancel()
		w.load.stopping = true
	case w.stage == failed && w.options.Load == nil:
		w.stage, w.err = welcoming, nil
	case w.stage == working:
		w.tiers.Back()
	}
	return nil
}

func (w *workbench) dialogKey(id action.ID) {
	const page = 10
	switch id {
	case action.CutUp:
		w.dialog.Scroll(-1)
	case action.CutDown:
		w.dialog.Scroll(+1)
	case action.MeasurePrevious:
		w.dialog.Scroll(-page)
	case action.MeasureNext:
		w.dialog.Scroll(+page)
	default:
		w.dialog = nil
	}
}

// mouse handles clicks, drags and the wheel on the screen.
func (w *workbench) mouse(msg tea.MouseMsg) tea.Cmd {
	if w.stage != working || w.prompt != nil || w.tooSmall() {
		w.stale = false
		return nil
	}
	at := msg.Mouse()
	if w.dialog != nil {
		if _, click := msg.(tea.MouseClickMsg); click {
			w.dialog = nil
		}
		return nil
	}
	switch msg.(type) {
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			w.message = message{}
			w.tiers.Press(at.X, at.Y-headHeight)
		}
	case tea.MouseMotionMsg:
		return w.took(w.tiers.Drag(at.X))
	case tea.MouseReleaseMsg:
		w.tiers.Release()
	case tea.MouseWheelMsg:
		return w.wheel(at)
	}
	return nil
}

func (w *workbench) wheel(at tea.Mouse) tea.Cmd {
	up := at.Button == tea.MouseWheelUp
	if !up && at.Button != tea.MouseWheelDown {
		return nil
	}
	w.message = message{}
	return w.took(w.tiers.Wheel(at.X, at.Y-headHeight, up))
}

package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/component/cells"
)

// press handles a key: of the text being typed, of the dialog on top, or of an
// action. Ctrl+c and Ctrl+z always work.
func (w *workbench) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	a, known := w.front.keys[key]
	if !w.tooSmall() {
		w.closeStrip() // and the key does what it does
	}
	if a.ID == action.QuitNow {
		return w.interrupt()
	}
	w.again = 0
	switch {
	case a.ID == action.Suspend:
		return tea.Suspend
	case w.leaving != nil:
		return w.leavingKey(key, a.ID)
	case w.tooSmall():
		if a.ID == action.Quit {
			return w.leave()
		}
		return nil
	case w.palette != nil:
		return w.paletteKey(key, msg)
	case w.dialog != nil && !slices.Contains(w.dialog.Through, key): // over what is asked, which is asked again below it
		w.dialogKey(key)
		return nil
	case w.prompt != nil:
		return w.promptKey(key, msg)
	case w.proposed != nil:
		return w.proposedKey(key)
	case w.stage == welcoming:
		return w.welcomeKey(key, a.ID)
	case w.typing():
		w.message = message{}
		return w.took(w.front, w.front.screen.Key(msg))
	}
	w.message, w.dialog = message{}, nil
	if w.waits(a) {
		return w.wait(msg)
	}
	if !known {
		return nil
	}
	return w.do(a.ID)
}

// interrupt leaves; where something is being typed it closes that first, and leaves
// the next time, whatever would be lost.
func (w *workbench) interrupt() tea.Cmd {
	escape := tea.KeyPressMsg{Code: tea.KeyEscape}
	var closed tea.Cmd
	switch {
	case w.again > 0:
		return w.quit()
	case w.leaving != nil:
		return w.leave()
	case w.prompt != nil:
		w.dropPrompt()
		w.dialog = nil
	case w.palette != nil:
		w.palette = nil
	case w.typing():
		closed = w.took(w.front, w.front.screen.Key(escape))
	default:
		return w.leave()
	}
	said := w.say(note, catalogue.T("Press Ctrl+C again to quit"))
	w.again = w.messages
	return tea.Batch(closed, said)
}

// do performs an action.
func (w *workbench) do(id action.ID) tea.Cmd {
	switch id {
	case action.Quit:
		return w.leave()
	case action.Back:
		return w.back()
	case action.Help:
		w.dialog = w.help()
		return nil
	}
	if w.stage != working {
		return nil
	}
	if p, ok := action.Opens(id); ok {
		return w.goTo(p)
	}
	switch id {
	case action.ScreenPrevious:
		return w.goAlong(-1)
	case action.ScreenNext:
		return w.goAlong(+1)
	case action.PagePrevious:
		return w.turn(-1, id)
	case action.PageNext:
		return w.turn(+1, id)
	case action.Undo:
		if lasting := w.lasting; lasting != "" {
			w.lasting = ""
			return w.say(note, catalogue.T("undo does not affect {lasting}; press [u] again to undo the last edit of the scheme", "lasting", lasting))
		}
		return w.travel(w.bench.UndoAhead(), w.bench.Undo, catalogue.T("undone: "), catalogue.T("nothing to undo"))
	case action.Redo:
		return w.travel(w.bench.RedoAhead(), w.bench.Redo, catalogue.T("redone: "), catalogue.T("nothing to redo"))
	case action.Baseline:
		return w.swapBaseline()
	case action.Save:
		return w.save()
	case action.OpenScheme:
		return w.openSchemes()
	case action.Limits:
		return w.openLimits()
	case action.Palette:
		w.openPalette()
		return nil
	case action.Messages:
		if w.dialog = w.earlier(); w.dialog == nil {
			return w.say(note, catalogue.T("no messages yet"))
		}
		return nil
	case action.Warnings:
		if w.dialog = w.warnings(); w.dialog == nil {
			return w.say(note, catalogue.T("no warnings"))
		}
		w.looked = true
		return nil
	}
	return w.took(w.front, w.front.screen.Do(id))
}

// back goes one step back.
func (w *workbench) back() tea.Cmd {
	switch {
	case w.stage == loading:
		w.load.cancel()
		w.load.stopping = true
	case w.stage == failed && w.options.Load == nil:
		w.stage, w.err = welcoming, nil
	case w.stage == working && w.busy() != nil:
		return w.stop(w.busy())
	case w.stage == working:
		if !w.front.screen.Back() && w.from != nil {
			from := w.from
			w.from = nil
			return w.bring(from)
		}
	}
	return nil
}

func (w *workbench) dialogKey(key string) {
	const page = 10
	switch key {
	case "up", "k":
		w.dialog.Scroll(-1)
	case "down", "j":
		w.dialog.Scroll(+1)
	case "pgup":
		w.dialog.Scroll(-page)
	case "pgdown":
		w.dialog.Scroll(+page)
	case "home", "g":
		w.dialog.First()
	case "end", "G":
		w.dialog.Last()
	default:
		w.dialog = nil
	}
}

// mouse handles clicks, drags and the wheel on the screen.
func (w *workbench) mouse(msg tea.MouseMsg) tea.Cmd {
	if w.stage != working || w.prompt != nil && w.dialog == nil || w.leaving != nil || w.tooSmall() {
		w.stale = false
		return nil
	}
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseClickMsg, tea.MouseWheelMsg:
		below := w.strip && at.Y >= headHeight
		if w.closeStrip(); below { // what was there lies elsewhere now
			return nil
		}
	}
	if w.palette != nil || w.dialog != nil || w.proposed != nil {
		return w.overlayMouse(msg)
	}
	switch msg.(type) {
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			return w.click(at)
		}
	case tea.MouseMotionMsg:
		return w.took(w.front, w.front.screen.Drag(at.X, at.Y-headHeight))
	case tea.MouseReleaseMsg:
		w.front.screen.Release()
	case tea.MouseWheelMsg:
		return w.wheel(at)
	}
	return nil
}

// overlayMouse handles the mouse while something lies over the screen.
func (w *workbench) overlayMouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	up := at.Button == tea.MouseWheelUp
	switch msg.(type) {
	case tea.MouseClickMsg:
		if w.palette != nil {
			return w.paletteClick(at.X, at.Y)
		}
		w.dialog = nil // a proposal stays: a stray click must not throw it away
	case tea.MouseWheelMsg:
		switch {
		case w.palette != nil:
			w.palette.list.Wheel(up)
		case w.dialog == nil && up:
			w.proposed.offset--
		case w.dialog == nil:
			w.proposed.offset++
		case up:
			w.dialog.Scroll(-1)
		default:
			w.dialog.Scroll(+1)
		}
	}
	return nil
}

// click chooses a tab, or goes to the screen.
func (w *workbench) click(at tea.Mouse) tea.Cmd {
	w.message = message{}
	if chip := w.layHeader().chip; at.Y == 0 && chip != "" && at.X >= w.width-cells.Width(chip) {
		return w.goTo(action.Data)
	}
	if at.Y != headHeight-1 {
		return w.took(w.front, w.front.screen.Click(at.X, at.Y-headHeight))
	}
	if t := w.tabAt(at.X); t != nil {
		return w.goTo(t.place)
	}
	return nil
}

func (w *workbench) wheel(at tea.Mouse) tea.Cmd {
	up := at.Button == tea.MouseWheelUp
	if !up && at.Button != tea.MouseWheelDown {
		return nil
	}
	w.message = message{}
	return w.took(w.front, w.front.screen.Wheel(at.X, at.Y-headHeight, up))
}

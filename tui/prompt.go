package tui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/field"
)

// prompt asks for one line of text in place of the status line.
type prompt struct {
	question string
	trouble  string // why the answer was refused, until it changes
	needed   string // what an empty answer lacks, "" where it leaves all as it was
	field    *field.Field
	answer   func(text string) (tea.Cmd, error)
	dropped  func() // it was closed without an answer; may be nil
	// waiting says what is being done with the answer, which may yet be refused; ""
	// where nothing is. stop ends that.
	waiting string
	stop    func()
	// understood says what the text is taken for; may be nil
	understood func(text string) string
}

// ask opens a prompt that suggests a text; now is shown while nothing is
// typed. answer is called with what was typed; an error keeps the prompt open
// and shows it.
func (w *workbench) ask(question, text, now string, answer func(string) (tea.Cmd, error)) {
	w.prompt = &prompt{question: question, field: field.Suggest(text, now), answer: answer}
}

func (w *workbench) promptKey(key string, msg tea.KeyPressMsg) tea.Cmd {
	if w.prompt.waiting != "" {
		if key == "esc" {
			w.prompt.stop()
		}
		return nil
	}
	switch key {
	case "esc":
		w.dropPrompt()
		return nil
	case "enter":
		p := w.prompt
		switch {
		case p.needed != "" && strings.TrimSpace(p.field.Text()) == "":
			p.trouble = catalogue.T("{needed} is needed; [Esc] cancels", "needed", p.needed)
			return nil
		case p.field.Text() == "":
			w.dropPrompt() // as it was
			return nil
		}
		cmd, err := p.answer(p.field.Text())
		if err != nil {
			p.refuse(err)
			return nil
		}
		if w.prompt == p && p.waiting == "" { // the answer may have led to another question
			w.prompt = nil
		}
		return cmd
	}
	w.prompt.update(msg)
	return nil
}

// refuse tells why the answer will not do, for another one.
func (p *prompt) refuse(err error) {
	p.waiting, p.trouble = "", err.Error()
	p.field.Take()
}

// dropPrompt closes the prompt without an answer.
func (w *workbench) dropPrompt() {
	dropped := w.prompt.dropped
	if w.prompt = nil; dropped != nil {
		dropped()
	}
}

// update passes a key or a paste on to the text.
func (p *prompt) update(msg tea.Msg) {
	if p.waiting != "" {
		return
	}
	p.trouble = ""
	p.field.Update(msg)
}

// draw returns the prompt's line and the column of the cursor.
func (p *prompt) draw(w *workbench) (line string, cursor int) {
	l := cells.NewLine(w.width)
	if p.waiting != "" {
		return l.Skip(1).Put(w.theme.Accent, cells.Clean(p.waiting)+" …").Skip(2).Put(w.theme.Dim, catalogue.T("Esc stops")).String(), 0
	}
	const leastInput = 16
	after := ": "
	if strings.HasSuffix(p.question, "?") {
		after = " "
	}
	l.Skip(1).Put(w.theme.AccentStrong, cells.Fit(cells.Clean(p.question), w.width-leastInput)).Put(w.theme.Dim, after)
	at, room := l.At(), l.Left()
	taken := p.takenFor(room - leastInput)
	if taken != "" {
		room -= cells.Width(taken) + 1
	}
	drawn, cursor := p.field.Draw(room)
	if p.field.Suggested() {
		l.Put(w.theme.Selected, cells.Fit(p.field.Text(), room))
		return l.String(), at + cursor
	}
	return l.Join(drawn, room).Put(w.theme.Dim, taken).String(), at + cursor
}

// takenFor says what the text is taken for, where there is room for it.
func (p *prompt) takenFor(room int) string {
	if p.understood == nil || p.field.Suggested() || p.field.Text() == "" {
		return ""
	}
	taken := p.understood(p.field.Text())
	for _, text := range []string{taken, lastPart(taken)} {
		if text = "= " + cells.Clean(text); taken != "" && cells.Width(text) <= room {
			return text
		}
	}
	return ""
}

// lastPart is what stands behind the last colon of a text.
func lastPart(text string) string { return strings.TrimSpace(text[strings.LastIndex(text, ":")+1:]) }

// troubleOver tells why the answer was refused, on the lines above the prompt.
func (p *prompt) troubleOver(lines []string, w *workbench) {
	if p.trouble == "" {
		return
	}
	told := cells.Wrap(cells.Clean(p.trouble), w.width-2)
	w.over(lines, told, w.theme.Failure)
}

// paste passes a pasted text on to the one who is typing.
func (w *workbench) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case w.prompt != nil:
		w.prompt.update(msg)
	case w.palette != nil:
		w.palette.update(msg)
	case w.typing():
		return w.took(w.front, w.front.screen.Key(msg))
	}
	return nil
}

// typing reports whether a text field of the screen in front has the keys.
func (w *workbench) typing() bool {
	return w.stage == working && w.dialog == nil && w.proposed == nil && w.front.screen.Typing()
}

// savedMsg tells how keeping a temporary workspace ended.
type savedMsg struct {
	path string
	err  error
}

// askToKeep asks for the name that a temporary workspace is to be kept under.
func (w *workbench) askToKeep() {
	w.ask(catalogue.T("save this workspace as"), keepAs(w.name), "", w.keep)
	w.prompt.dropped = func() { w.leaveKept = false }
}

// keep stores a temporary workspace under a name. The prompt stays until that is
// done, so that what is typed meanwhile does nothing, and a name that will not do
// can be mended.
func (w *workbench) keep(path string) (tea.Cmd, error) {
	w.bench.Rest() // the edit in progress, too
	ctx, stop := context.WithCancel(w.ctx)
	w.keeping = true
	w.prompt.waiting, w.prompt.stop = catalogue.T("saving the workspace as {path}", "path", path), stop
	save := w.options.SaveAs
	done := make(chan savedMsg, 1)
	w.working.Go(func() { // now: a command may not be begun when we leave, and not be waited for
		defer stop()
		var err error
		defer func() { done <- savedMsg{path, errors.Join(err, model.Unexpected(recover()))} }()
		err = save(ctx, path)
	})
	return func() tea.Msg { return <-done }, nil
}

func (w *workbench) saved(msg savedMsg) tea.Cmd {
	w.keeping = false
	asked := w.prompt != nil && w.prompt.waiting != "" // not where a screen has asked for something meanwhile
	switch {
	case msg.err != nil && asked:
		w.prompt.refuse(msg.err)
		return nil
	case msg.err != nil:
		w.leaveKept = false
		return w.say(trouble, msg.err.Error())
	case asked:
		w.prompt = nil
	}
	leave := w.leaveKept
	w.leaveKept = false
	w.info.Temporary, w.info.Path = false, msg.path
	w.name = fileName(msg.path)
	if leave {
		return w.quit()
	}
	return w.say(note, catalogue.T("saved as {path}", "path", msg.path))
}

package tui

import (
	"errors"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/dialog"
)

// textWidth is the width of what is to be read in a dialog.
const textWidth = 72

func (w *workbench) dialogWidth() int { return min(textWidth, w.width-8) }

// help lists every action of the screen in front with its keys, and why it does
// nothing now where that is so.
func (w *workbench) help() *dialog.Dialog {
	const keys = 14
	width := w.dialogWidth()
	state := w.state()
	var body []string
	for _, g := range action.Groups() {
		if g.On&w.front.place == 0 {
			continue
		}
		if len(body) > 0 {
			body = append(body, cells.Blank(width, 1)...)
		}
		body = append(body, cells.NewLine(width).Put(w.theme.Strong, g.Title).String())
		for _, a := range w.actions() {
			if a.Group != g {
				continue
			}
			line := cells.NewLine(width).Put(w.theme.Accent, a.KeyNames()).SkipTo(keys)
			if reason := a.Disabled(state); reason != "" {
				line.Put(w.theme.Dim, a.Title+" ("+reason+")")
			} else {
				line.Put(w.theme.Text, a.Title)
			}
			body = append(body, line.String())
		}
	}
	mouse := catalogue.T("click marks, or switches tabs; drag and wheel move")
	if w.options.NoMouse {
		mouse = catalogue.T("left to the terminal, for selecting text")
	}
	body = append(body, cells.NewLine(width).Put(w.theme.Accent, catalogue.T("mouse")).SkipTo(keys).Put(w.theme.Text, mouse).String())
	return &dialog.Dialog{Title: catalogue.T("Help · {place}", "place", w.front.place.String()), Body: body, Width: width}
}

func (w *workbench) text(title string, paragraphs []string) *dialog.Dialog {
	width := w.dialogWidth()
	var body []string
	for i, p := range paragraphs {
		if i > 0 {
			body = append(body, cells.Blank(width, 1)...)
		}
		for _, line := range cells.Wrap(cells.Clean(p), width) {
			body = append(body, cells.NewLine(width).Put(w.theme.Text, line).String())
		}
	}
	return &dialog.Dialog{Title: title, Body: body, Width: width}
}

// told splits an error into what happened and what to do, as sentences.
func told(err error) (message, hint string) {
	var e *model.Error
	if errors.As(err, &e) {
		return sentence(e.Message), sentence(e.Hint)
	}
	return sentence(err.Error()), ""
}

func sentence(text string) string {
	if text == "" {
		return ""
	}
	runes := []rune(strings.TrimRight(text, "."))
	// A file name keeps its case: only a plain first word is one.
	if word, _, _ := strings.Cut(text, " "); !strings.ContainsAny(word, "./_-\"") {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes) + "."
}

// welcomeKey handles keys on the welcome screen: digits, arrows and d.
func (w *workbench) welcomeKey(key string, id action.ID) tea.Cmd {
	switch {
	case key == "up" || key == "k":
		w.welcome.Walk(-1)
	case key == "down" || key == "j":
		w.welcome.Walk(+1)
	case id == action.Quit || id == action.Help:
		return w.do(id)
	case key == "d" && w.options.Demo != nil:
		w.name = ""
		return w.startLoading(w.options.Demo)
	case key == "enter" || len(key) == 1 && key >= "1" && key <= "9":
		if path, ok := w.welcome.Chosen(key); ok && w.options.Open != nil {
			w.name = fileName(path)
			return w.startLoading(w.options.Open(path))
		}
	}
	return nil
}

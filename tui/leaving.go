package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/dialog"
)

// leaving is the question whether to leave although work would be lost.
type leaving struct {
	lost    []string // what would be, in words: "5 edits of ten"
	written string   // the file that the scheme went to, which holds none of that; "" before
}

// leave leaves, unless work would be lost by it: then the person is asked
// first, and a second Ctrl+c leaves whatever is open.
func (w *workbench) leave() tea.Cmd {
	if w.leaving != nil {
		return w.quit()
	}
	if w.keeping && !w.leaveKept {
		w.leaveKept = true
		return w.say(note, catalogue.T("quits once the workspace is saved"))
	}
	lost := w.lost()
	if len(lost) == 0 || w.keeping {
		return w.quit()
	}
	w.leaving = &leaving{lost: lost}
	return nil
}

// fleeting reports whether the workspace is gone when the workbench is.
func (w *workbench) fleeting() bool { return w.info.Temporary && w.options.SaveAs != nil }

// lost names what would be lost by leaving, nothing where all of it is stored.
func (w *workbench) lost() []string {
	if w.bench == nil {
		return nil
	}
	work, fleeting := w.bench.Work(), w.fleeting()
	edits, apart := work.Unstored, work.UnstoredApart
	if fleeting {
		edits, apart = work.Edits, work.Apart
	}
	var lost []string
	if edits > 0 {
		lost = append(lost, catalogue.T("{edits} of {title}", "edits", words.Plural(int64(edits), "edit", "edits"), "title", cells.Clean(w.frame().Title)))
	}
	if apart > 0 {
		lost = append(lost, words.Plural(int64(apart), "undone edit", "undone edits"))
	}
	if fleeting {
		lost = append(lost, w.scenarioWords()...)
	}
	if fleeting || w.info.ReadOnly {
		if work.Baseline {
			lost = append(lost, catalogue.T("the baseline that you chose"))
		}
		if work.Services {
			lost = append(lost, catalogue.T("the promises you set"))
		}
	}
	return lost
}

// scenarioWords names the scenarios of the workspace.
func (w *workbench) scenarioWords() []string {
	kept, err := w.bench.Scenarios(w.ctx) // a few rows
	if err != nil || len(kept) == 0 {
		return nil
	}
	names := make([]string, len(kept))
	for i, s := range kept {
		names[i] = cells.Clean(s.Name)
	}
	return []string{words.Plural(int64(len(kept)), "scenario", "scenarios") + ": " + strings.Join(names, ", ")}
}

func (w *workbench) leavingKey(key string, id action.ID) tea.Cmd {
	switch {
	case key == "d":
		return w.quit()
	case key == "s" && !w.tooSmall() && w.leaving.written == "":
		w.leaving = nil
		w.saveAndLeave()
	case id == action.Back:
		w.leaving = nil
	}
	return nil
}

// saveAndLeave asks where to save, and leaves once that is done.
func (w *workbench) saveAndLeave() {
	w.palette, w.dialog, w.proposed = nil, nil, nil
	if w.fleeting() {
		w.askToKeep()
		w.leaveKept = true
		return
	}
	w.askSchemeFile(func(path string) tea.Cmd {
		w.wrote = path
		if lost := w.lost(); len(lost) > 0 {
			w.leaving = &leaving{lost: lost, written: path}
			return nil
		}
		return w.quit()
	})
}

// askSchemeFile asks for the file to write the scheme to, and goes on when that is
// done.
func (w *workbench) askSchemeFile(written func(path string) tea.Cmd) {
	w.ask(catalogue.T("write the scheme to"), schemeFileNamed(w.frame().Title), "", func(path string) (tea.Cmd, error) {
		if err := w.bench.WriteScheme(path); err != nil {
			return nil, err
		}
		return written(path), nil
	})
}

// schemeFileNamed proposes a file for a scheme.
func schemeFileNamed(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '-'
		}
		return r
	}, cells.Clean(name)) + ".yaml"
}

var saveScheme = catalogue.T("write the scheme as it is, and nothing else, to a file; then quit")

// readOnly says that edits stay in memory, and what keeps them from being stored.
func (w *workbench) readOnly() string {
	because := catalogue.T("the file, or its folder, may not be written to")
	if w.info.Writer != "" {
		because = catalogue.T("{writer} is writing it", "writer", cells.Clean(w.info.Writer))
	}
	return catalogue.T("This workspace is open read-only, because {reason}: edits stay in memory", "reason", because)
}

// why says what makes the work be lost, and what saving would do, "" where it
// would do nothing for it.
func (w *workbench) why() (because, saves string) {
	switch {
	case w.leaving.written != "":
		return catalogue.T("The scheme is in {written}. A scheme file holds nothing else; you would still lose:", "written", cells.Clean(w.leaving.written)), ""
	case w.fleeting():
		return catalogue.T("This workspace is temporary: it is deleted when you quit. You would lose:"), catalogue.T("save the workspace as a file, then quit")
	case w.info.ReadOnly:
		return catalogue.T("{read_only}. You would lose:", "read_only", w.readOnly()), saveScheme
	}
	return catalogue.T("The workspace could not be written to. You would lose:"), saveScheme
}

// over draws the question over a screen's lines.
func (l *leaving) over(lines []string, w *workbench) {
	width := w.dialogWidth()
	because, saves := w.why()
	body := []string{}
	put := func(text string, indent int) {
		for _, line := range cells.Wrap(text, width-indent) {
			body = append(body, cells.NewLine(width).Skip(indent).Put(w.theme.Text, line).String())
		}
	}
	put(because, 0)
	for _, words := range l.lost {
		put("· "+words, 2)
	}
	body = append(body, cells.Blank(width, 1)...)
	keys := [][2]string{{"[s]", saves}, {"[d]", catalogue.T("discard it and quit; so does Ctrl+C")}, {"[Esc]", catalogue.T("stay")}}
	if saves == "" {
		keys = keys[1:]
	}
	for _, k := range keys {
		body = append(body, cells.NewLine(width).Put(w.theme.Accent, k[0]).SkipTo(6).Put(w.theme.Text, k[1]).String())
	}
	(&dialog.Dialog{Title: catalogue.T("Quit?"), Body: body, Width: width}).Over(lines, w.width, w.theme)
}

// inLittle is the question for a terminal too small for a dialog.
func (l *leaving) inLittle() []string {
	return []string{catalogue.T("you would lose"), l.lost[0], catalogue.T("d discards"), catalogue.T("Esc stays")}
}

// farewell says where the work is that was done, "" where there is none or it
// was discarded.
func (w *workbench) farewell() string {
	if w.bench == nil {
		return ""
	}
	switch work := w.bench.Work(); {
	case w.wrote != "":
		return catalogue.T("the scheme is in {path}; {command} continues with it", "path", w.wrote, "command", commandLine("strata", w.info.Path, "--scheme", w.wrote))
	case w.fleeting() || w.info.ReadOnly || work.Unstored+work.UnstoredApart > 0:
		return ""
	case work.Edits > 0:
		return catalogue.T("{edits} stored; {command} continues from there", "edits", words.Plural(int64(work.Edits), "edit is", "edits are"), "command", commandLine("strata", w.info.Path))
	}
	return ""
}

// commandLine writes a command to be copied.
func commandLine(words ...string) string {
	for i, word := range words {
		word = model.Printable(word)
		if strings.ContainsAny(word, " '\"$&;()*?") {
			word = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
		words[i] = word
	}
	return "`" + strings.Join(words, " ") + "`"
}

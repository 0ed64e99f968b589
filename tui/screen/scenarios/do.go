package scenarios

import (
	"fmt"
	"strconv"
	"strings"

	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/session"
)

// open opens the marked scenario, or goes to the marked edit.
func (s *Screen) open() screen.Outcome {
	if s.inLog {
		number := s.markedNumber()
		return screen.After(s.bench.JumpAhead(number), func() screen.Outcome {
			label, err := s.bench.JumpTo(number)
			if err != nil {
				return screen.Outcome{Err: err}
			}
			return screen.Outcome{Edited: true, Note: fmt.Sprintf("as it was after edit %s: %s", words.Count(int64(number)), label)}
		})
	}
	k, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: "no scenario yet: s keeps the tiers as they stand"}
	}
	before := s.frame
	return screen.After(s.bench.ScenarioAhead(k.Name), func() screen.Outcome {
		customers, revenue, err := s.bench.OpenScenario(k.Name)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		told := "nobody is reclassified"
		if customers > 0 {
			told = fmt.Sprintf("%s, %s reclassified", words.Customers(customers), words.Brief(revenue, words.Symbol(s.currency)))
		}
		counts := session.CountsNow(k.scheme.Spec, before.Scheme.Spec)
		return screen.Outcome{Edited: true, Note: fmt.Sprintf("scenario %q%s: %s", k.Name, counts, told) + session.EditsRemain(before)}
	})
}

// doWithMarked does something with the marked scenario.
func (s *Screen) doWithMarked(id action.ID) screen.Outcome {
	k, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: "no scenario yet: s keeps the tiers as they stand"}
	}
	switch id {
	case action.ScenarioBaseline:
		was := s.frame.Against()
		if err := s.bench.CompareWithScenario(k.Name); err != nil {
			return screen.Outcome{Err: err}
		}
		return screen.Outcome{Edited: true, Note: fmt.Sprintf("compared with %q; the baseline was %s", k.Name, was)}
	case action.ScenarioBeside:
		return s.toggleBeside(k)
	case action.ScenarioNote:
		return s.ask(fmt.Sprintf("note about %q (a blank takes it away)", k.Name), k.Note, func(text string) (string, error) {
			return fmt.Sprintf("noted about %q", k.Name), s.bench.NoteScenario(k.Name, strings.TrimSpace(text))
		})
	case action.ScenarioName:
		return s.ask(fmt.Sprintf("call %q", k.Name), k.Name, func(text string) (string, error) {
			err := s.bench.RenameScenario(k.Name, text)
			if err == nil {
				s.called = &[2]string{k.Name, text}
			}
			return fmt.Sprintf("called %q now", text), err
		})
	case action.ScenarioCopy:
		question := fmt.Sprintf("copy %q as", k.Name)
		if s.edited(k) {
			question = fmt.Sprintf("copy %q as it was saved, without your edits (s saves those), as", k.Name)
		}
		return s.ask(question, k.Name+" 2", func(text string) (string, error) {
			return fmt.Sprintf("copied as %q", text), s.bench.CopyScenario(k.Name, text)
		})
	case action.ScenarioFile:
		if s.edited(k) {
			return s.ask(fmt.Sprintf("write %q as it stands, with your edits, to", k.Name), fileNamed(k.Name), func(path string) (string, error) {
				return "written to " + path + ", with your edits: strata tiers … --scheme reads it", s.bench.WriteScheme(path)
			})
		}
		return s.ask(fmt.Sprintf("write %q as a scheme file to", k.Name), fileNamed(k.Name), func(path string) (string, error) {
			return "written to " + path + ": strata tiers … --scheme reads it", s.bench.ExportScenario(k.Name, path)
		})
	}
	return s.confirmDelete(k)
}

// ask asks for a text and does something with it; the workbench then shows the
// scenarios anew.
func (s *Screen) ask(question, value string, do func(text string) (told string, err error)) screen.Outcome {
	return screen.Outcome{Ask: &screen.Question{Text: question, Value: value, Answer: func(text string) screen.Outcome {
		told, err := do(text)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		return screen.Outcome{Edited: true, Note: told}
	}}}
}

func (s *Screen) toggleBeside(k kept) screen.Outcome {
	marked, err := s.bench.ToggleBeside(k.Name)
	switch {
	case err != nil:
		return screen.Outcome{Err: err}
	case !marked:
		return screen.Outcome{Note: fmt.Sprintf("%q does not stand beside the others any more", k.Name)}
	case len(s.bench.Beside()) == 1:
		return screen.Outcome{Note: "mark another one; ] turns to them side by side"}
	}
	return screen.Outcome{Note: "] turns to them side by side"}
}

// confirmDelete asks before a scenario is gone.
func (s *Screen) confirmDelete(k kept) screen.Outcome {
	remove := func() screen.Outcome {
		if err := s.bench.DeleteScenario(k.Name); err != nil {
			return screen.Outcome{Err: err}
		}
		note := fmt.Sprintf("deleted %q, saved %s; [u] does not bring it back", k.Name, saved(k))
		if s.frame != nil && s.frame.Baseline == k.Name {
			note = fmt.Sprintf("deleted %q; the tiers are still compared with it; [u] does not bring it back", k.Name)
		}
		return screen.Outcome{Edited: true, Note: note, Lasting: "what was deleted"}
	}
	return screen.Outcome{Choose: &screen.Choice{
		Title: fmt.Sprintf("Delete %q?", k.Name), None: "type y to delete it, n to keep it",
		Options: []screen.Option{
			{Title: "no, keep it", Choose: func() screen.Outcome { return screen.Outcome{} }},
			{Title: "yes, delete it; x would first write it to a file", Choose: remove},
		},
	}}
}

// fileNamed proposes the name of a scheme file.
func fileNamed(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '-'
		}
		return r
	}, name)
	return clean + ".yaml"
}

// copied is what the pane in focus shows of the marked row, as tab-separated text.
func (s *Screen) copied() screen.Outcome {
	if s.inLog {
		e, ok := s.page.entry(s.markedNumber())
		if !ok {
			return screen.Outcome{Note: "still reading"}
		}
		row := []string{strconv.Itoa(e.Number), session.SpreadsheetText(e.Label), strconv.FormatInt(e.Customers, 10), e.Revenue.String()}
		return screen.Outcome{Copy: strings.Join(row, "\t") + "\n", Note: fmt.Sprintf("copied edit %d, as tab-separated text", e.Number)}
	}
	k, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: "nothing to copy"}
	}
	if s.edited(k) {
		text, err := s.bench.SchemeText()
		if err != nil {
			return screen.Outcome{Err: err}
		}
		return screen.Outcome{Copy: text, Note: fmt.Sprintf("copied %q as it stands, with your edits, as the text of a scheme file", k.Name)}
	}
	return screen.Outcome{Copy: k.Scheme, Note: fmt.Sprintf("copied %q, as the text of a scheme file", k.Name)}
}

// explain tells what the pane in focus shows.
func (s *Screen) explain() *screen.Text {
	if s.inLog {
		return &screen.Text{Title: "Log", Paragraphs: []string{
			"Every edit of the working scheme, the newest first. A run of steps on one cut is one edit, until another action or 0.7 seconds of rest. Customers are those whose segment the edit changed (whose tier, where it opened a scheme whose map has other segments), revenue is theirs: reclassified by the rule, not won or lost. Where an edit counts other orders (a filter, a window, a day), these are the customers counted before and after it, and the label says how many are no longer or newly counted.",
			"● is the edit after which the scheme in use stands; │ led to it; ┆ was taken back, and Ctrl+r leads there. What was taken back and then left for another way is kept as a branch (├), further in; (after 12) says where it leaves.",
			"Enter goes to the scheme after any edit. Nothing is lost by it: the log keeps every way.",
		}}
	}
	return &screen.Text{Title: "Scenarios", Paragraphs: []string{
		"A scenario is a scheme kept in the workspace under a name: what is measured, cuts, tiers and map. s keeps the scheme in use; its cuts are frozen then as they stand, so that the scenario means the same tomorrow.",
		"Enter opens one, as an edit that u takes back; * says that the scheme in use was changed since. B compares with it from now on. x writes it to a scheme file that gives the same tiers on any copy of these data: the one in use with your edits, as it is on the screen.",
	}}
}

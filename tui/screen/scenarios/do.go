package scenarios

import (
	"strings"

	"strata/model/catalogue"
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
			return screen.Outcome{Edited: true, Note: catalogue.T("as it was after edit {number}: {label}", "number", words.Count(int64(number)), "label", label)}
		})
	}
	k, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: catalogue.T("no scenario yet: [s] saves the current tiers")}
	}
	before := s.frame
	return screen.After(s.bench.ScenarioAhead(k.Name), func() screen.Outcome {
		customers, revenue, err := s.bench.OpenScenario(k.Name)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		told := catalogue.T("nobody is reclassified")
		if customers > 0 {
			told = catalogue.T("{customers}, {revenue} reclassified", "customers", words.Customers(customers), "revenue", words.Brief(revenue, words.Symbol(s.currency)))
		}
		counts := session.CountsNow(k.scheme.Spec, before.Scheme.Spec)
		return screen.Outcome{Edited: true, Note: catalogue.T("scenario {name:q}{counts}: {effect}{reminder}", "name", k.Name, "counts", counts, "effect", told, "reminder", session.EditsRemain(before))}
	})
}

// doWithMarked does something with the marked scenario.
func (s *Screen) doWithMarked(id action.ID) screen.Outcome {
	k, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: catalogue.T("no scenario yet: [s] saves the current tiers")}
	}
	switch id {
	case action.ScenarioBaseline:
		was := s.frame.Against()
		if err := s.bench.CompareWithScenario(k.Name); err != nil {
			return screen.Outcome{Err: err}
		}
		return screen.Outcome{Edited: true, Note: catalogue.T("Baseline set to {name:q}; it was {was}", "name", k.Name, "was", was)}
	case action.ScenarioBeside:
		return s.toggleBeside(k)
	case action.ScenarioNote:
		return s.ask(catalogue.T("note on {name:q} (blank removes it)", "name", k.Name), k.Note, func(text string) (string, error) {
			return catalogue.T("note on {name:q} saved", "name", k.Name), s.bench.NoteScenario(k.Name, strings.TrimSpace(text))
		})
	case action.ScenarioName:
		return s.ask(catalogue.T("rename {name:q} to", "name", k.Name), k.Name, func(text string) (string, error) {
			err := s.bench.RenameScenario(k.Name, text)
			if err == nil {
				s.called = &[2]string{k.Name, text}
			}
			return catalogue.T("renamed to {name:q}", "name", text), err
		})
	case action.ScenarioCopy:
		question := catalogue.T("copy {name:q} as", "name", k.Name)
		if s.edited(k) {
			question = catalogue.T("copy {name:q} as it was saved, without your edits ([s] saves those), as", "name", k.Name)
		}
		return s.ask(question, k.Name+" 2", func(text string) (string, error) {
			return catalogue.T("copied as {name:q}", "name", text), s.bench.CopyScenario(k.Name, text)
		})
	case action.ScenarioFile:
		if s.edited(k) {
			return s.ask(catalogue.T("write {name:q} as it is, with your edits, to", "name", k.Name), fileNamed(k.Name), func(path string) (string, error) {
				return catalogue.T("written to {path}, with your edits: strata tiers … --scheme reads it", "path", path), s.bench.WriteScheme(path)
			})
		}
		return s.ask(catalogue.T("write {name:q} as a scheme file to", "name", k.Name), fileNamed(k.Name), func(path string) (string, error) {
			return catalogue.T("written to {path}: strata tiers … --scheme reads it", "path", path), s.bench.ExportScenario(k.Name, path)
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
	s.tell()
	switch {
	case err != nil:
		return screen.Outcome{Err: err}
	case !marked:
		return screen.Outcome{Note: catalogue.T("{name:q} is no longer side by side with the others", "name", k.Name)}
	case len(s.bench.Beside()) == 1:
		return screen.Outcome{Note: catalogue.T("mark another one; []] shows them side by side")}
	}
	return screen.Outcome{Note: catalogue.T("[]] shows them side by side")}
}

// confirmDelete asks before a scenario is gone.
func (s *Screen) confirmDelete(k kept) screen.Outcome {
	remove := func() screen.Outcome {
		if err := s.bench.DeleteScenario(k.Name); err != nil {
			return screen.Outcome{Err: err}
		}
		note := catalogue.T("deleted {name:q}, saved {saved}; undo does not affect this", "name", k.Name, "saved", saved(k))
		if s.frame != nil && s.frame.Baseline == k.Name {
			note = catalogue.T("deleted {name:q}, which stays the baseline; undo does not affect this", "name", k.Name)
		}
		return screen.Outcome{Edited: true, Note: note, Lasting: catalogue.T("what was deleted")}
	}
	return screen.Outcome{Choose: &screen.Choice{
		Title: catalogue.T("Delete {name:q}?", "name", k.Name), None: catalogue.T("type y to delete it, n to cancel"),
		Options: []screen.Option{
			{Title: catalogue.T("no, cancel"), Choose: func() screen.Outcome { return screen.Outcome{} }},
			{Title: catalogue.T("yes, delete it; [x] would first write it to a file"), Choose: remove},
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
		text, ok := s.log.Copied()
		if _, read := s.page.entry(s.markedNumber()); !ok || !read {
			return screen.Outcome{Note: catalogue.T("still reading")}
		}
		return screen.Outcome{Copy: text, Note: catalogue.T("copied edit {number}, as tab-separated text", "number", s.markedNumber())}
	}
	k, ok := s.marked()
	if !ok {
		return screen.Outcome{Note: catalogue.T("nothing to copy")}
	}
	if s.edited(k) {
		text, err := s.bench.SchemeText()
		if err != nil {
			return screen.Outcome{Err: err}
		}
		return screen.Outcome{Copy: text, Note: catalogue.T("copied {name:q} as it is, with your edits, as a scheme file", "name", k.Name)}
	}
	return screen.Outcome{Copy: k.Scheme, Note: catalogue.T("copied {name:q} as a scheme file", "name", k.Name)}
}

// explain tells what the pane in focus shows.
func (s *Screen) explain() *screen.Text {
	if s.inLog {
		return &screen.Text{Title: catalogue.T("Log"), Paragraphs: []string{
			catalogue.T("Every edit of the active scheme, the newest first. A run of steps on one cut is one edit, until another action or 0.7 seconds of rest. Customers are those whose segment the edit changed (whose tier, where it opened a scheme whose map has other segments); revenue is theirs: reclassified by the rule, not won or lost. Where an edit counts other orders (a filter, a window, a day), these are the customers counted both before and after it, and the label says how many are newly counted or no longer counted."),
			catalogue.T("● is the edit that the active scheme is at; │ led to it; ┆ was undone, and [Ctrl+R] redoes it. Edits that were undone before a new one was made stay as a branch (├), further in; (after 12) says where it leaves."),
			catalogue.T("[Enter] goes to the scheme as it was after the marked edit. Nothing is lost: the log has every branch."),
		}}
	}
	return &screen.Text{Title: catalogue.T("Scenarios"), Paragraphs: []string{
		catalogue.T("A scenario is a scheme saved in the workspace under a name: what is measured, cuts, tiers and map. [s] saves the active scheme; its cuts are then frozen as they are, so that the scenario means the same tomorrow."),
		catalogue.T("[Enter] opens one, as an edit that [u] undoes; * says that the active scheme has changed since. [B] makes it the baseline. [x] writes it to a scheme file that gives the same tiers on any copy of these data: the active one with your edits, as it is on the screen."),
	}}
}

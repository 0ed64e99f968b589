package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/screen"
	"strata/tui/session"
)

// save keeps what is on the screen: a temporary workspace as a file, and
// otherwise the working scheme as a scenario, or, where none can be stored, as a
// scheme file.
func (w *workbench) save() tea.Cmd {
	if w.fleeting() {
		w.askToKeep()
		return nil
	}
	if w.info.ReadOnly { // no scenario can be saved, but the work can be kept
		w.askSchemeFile(func(path string) tea.Cmd {
			return w.say(note, catalogue.T("the scheme is in {path}; {command} continues with it", "path", path, "command", commandLine("strata", w.info.Path, "--scheme", path)))
		})
		w.prompt.trouble = catalogue.T("{read_only}, and no scenario can be saved. To save your work, write the scheme to a file; [Esc] cancels.", "read_only", w.readOnly())
		return nil
	}
	kept, err := w.bench.Scenarios(w.ctx) // a few rows
	if err != nil {
		return w.say(trouble, err.Error())
	}
	question, name := catalogue.T("save as scenario"), ""
	if isKept(kept, w.frame().Title) {
		name = w.frame().Title
		question = catalogue.T("save as scenario ([Enter] replaces {name:q})", "name", name)
	}
	w.ask(question, name, "", func(to string) (tea.Cmd, error) {
		if err := session.CheckScenarioName(to); err != nil {
			return nil, err
		}
		if to != name && isKept(kept, to) {
			w.prompt = nil
			w.askToReplace(to)
			return nil, nil
		}
		return w.saveScenario(to)
	})
	return nil
}

func isKept(kept []model.Scenario, name string) bool {
	return slices.ContainsFunc(kept, func(s model.Scenario) bool { return s.Name == name })
}

// askToReplace asks before another scenario than the one in use is replaced.
func (w *workbench) askToReplace(name string) {
	w.choose(w.front, &screen.Choice{
		Title: catalogue.T("There is a scenario {name:q} already", "name", name), None: catalogue.T("neither"),
		Options: []screen.Option{
			{Title: catalogue.T("leave it as it is"), Choose: func() screen.Outcome { return screen.Outcome{} }},
			{Title: catalogue.T("replace it with the active scheme"), Choose: func() screen.Outcome {
				return w.savedScenario(name, w.bench.SaveScenario(name, "", false))
			}},
		},
	})
}

func (w *workbench) saveScenario(name string) (tea.Cmd, error) {
	if err := w.bench.SaveScenario(name, "", false); err != nil {
		return nil, err
	}
	return w.took(w.front, w.savedScenario(name, nil)), nil
}

func (w *workbench) savedScenario(name string, err error) screen.Outcome {
	if err != nil {
		return screen.Outcome{Err: err}
	}
	return screen.Outcome{Edited: true, Note: catalogue.T("saved as scenario {name:q}, {scheme}", "name", name, "scheme", session.FrozenWords(w.frame().Scheme))}
}

// swapBaseline compares with the tiers as they are, or, where that is what they are
// compared with, with what they were before.
func (w *workbench) swapBaseline() tea.Cmd {
	was := w.frame().Against()
	swapped, err := w.bench.SwapBaseline()
	if err != nil {
		return w.say(trouble, err.Error())
	}
	switch swapped {
	case session.BaselineKept:
		return w.say(note, catalogue.T("these tiers are the baseline already"))
	case session.BaselineBack:
		return w.took(w.front, screen.Outcome{Edited: true, Note: catalogue.T("Baseline set to {against} again", "against", w.frame().Against())})
	}
	return w.took(w.front, screen.Outcome{Edited: true, Note: catalogue.T("Baseline set to the current tiers; it was {was}, and [b] brings that back", "was", was)})
}

// openSchemes offers the scenarios of the workspace and then the presets; the
// one in use is marked as such.
func (w *workbench) openSchemes() tea.Cmd {
	kept, err := w.bench.Scenarios(w.ctx) // a few rows
	if err != nil {
		return w.say(trouble, err.Error())
	}
	p := &palette{title: catalogue.T("Schemes"), none: catalogue.T("No match"), enter: catalogue.T("uses it")}
	offer := func(name, title string, run func() tea.Cmd) {
		c := command{Action: action.Action{ID: action.ID(name), Title: title}, run: run}
		if f := w.frame(); f.Title == name && !f.Edited {
			c.reason = catalogue.T("active")
		}
		p.commands = append(p.commands, c)
	}
	for _, s := range kept {
		title := catalogue.T("{name} · scenario of {date}", "name", s.Name, "date", s.SavedAt.Local().Format("2006-01-02"))
		if s.Note != "" {
			title += " · " + s.Note
		}
		const room = textWidth - 12 // beside it stands whether it is in use
		title = cells.Fit(cells.Clean(title), room)
		offer(s.Name, title, func() tea.Cmd { return w.openScenario(s.Name) })
	}
	for _, preset := range session.Presets() {
		offer(preset.Scheme.Name, preset.Scheme.Name+": "+preset.Title, func() tea.Cmd { return w.useScheme(preset.Scheme) })
	}
	w.offer(p)
	return nil
}

// openScenario makes a scenario the working scheme and tells whom that
// reclassified.
func (w *workbench) openScenario(name string) tea.Cmd {
	before := w.frame()
	return w.took(w.front, screen.After(w.bench.ScenarioAhead(name), func() screen.Outcome {
		customers, revenue, err := w.bench.OpenScenario(name)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		told := catalogue.T("nobody is reclassified")
		if customers > 0 {
			told = catalogue.T("{customers}, {revenue} reclassified", "customers", words.Customers(customers), "revenue", words.Brief(revenue, words.Symbol(w.currency())))
		}
		counts := session.CountsNow(w.frame().Scheme.Spec, before.Scheme.Spec)
		return screen.Outcome{Edited: true, Note: catalogue.T("scenario {name:q}{counts}: {effect}{reminder}", "name", name, "counts", counts, "effect", told, "reminder", session.EditsRemain(before))}
	}))
}

// useScheme changes the scheme and tells how many customers score differently.
func (w *workbench) useScheme(scheme model.Scheme) tea.Cmd {
	before := w.frame()
	return w.took(w.front, screen.After(w.bench.SchemeAhead(scheme), func() screen.Outcome {
		told, err := w.bench.Use(scheme)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		return screen.Outcome{Edited: true, Note: told + session.EditsRemain(before)}
	}))
}

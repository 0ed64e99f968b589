package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// openLimits offers to lift or to set what limits the figures: filter, window and
// day.
func (w *workbench) openLimits() tea.Cmd {
	spec := w.frame().Scheme.Clone().Spec
	var options []screen.Option
	lift := func(title, now string, is bool, change func(*model.Spec)) {
		o := screen.Option{Title: title, Choose: func() screen.Outcome {
			lifted := spec
			change(&lifted)
			return w.count(lifted)
		}}
		if o.Reason = catalogue.T("none in force"); is {
			o.Title, o.Reason = catalogue.T("{title}: now {now}", "title", title, "now", now), ""
		}
		options = append(options, o)
	}
	noFilter := func(s *model.Spec) { s.Where = nil }
	noWindow := func(s *model.Spec) { s.Window = model.Window{} }
	noDay := func(s *model.Spec) { s.AsOf = model.NoDay }
	lift(catalogue.T("clear the filter"), session.FilterWords(spec.Where), len(spec.Where) > 0, noFilter)
	if len(spec.Where) > 1 {
		for i, c := range spec.Where {
			options = append(options, screen.Option{Title: catalogue.T("clear only {condition}", "condition", c.String()), Choose: func() screen.Outcome {
				without := spec
				without.Where = slices.Delete(slices.Clone(spec.Where), i, i+1)
				return w.count(without)
			}})
		}
	}
	lift(catalogue.T("clear the window"), session.WindowWords(spec.Window), !spec.Window.All(), noWindow)
	lift(catalogue.T("clear the as-of day"), catalogue.T("as of {as_of}", "as_of", spec.AsOf.String()), spec.AsOf != model.NoDay, noDay)
	if words := session.ReturnsWords(spec.Returns); words != session.ReturnsWords(model.ReturnsNet) {
		lift(catalogue.T("count returns as net"), words, true, func(s *model.Spec) { s.Returns = model.ReturnsNet })
	}
	if spec.Zero == model.ZeroDrop {
		lift(catalogue.T("count zero-value orders"), session.ZeroWords(spec.Zero), true, func(s *model.Spec) { s.Zero = model.ZeroKeep })
	}
	if several(len(spec.Where) > 0, !spec.Window.All(), spec.AsOf != model.NoDay) {
		options = append(options, screen.Option{Title: catalogue.T("clear filter, window and day"), Choose: func() screen.Outcome {
			all := spec
			noFilter(&all)
			noWindow(&all)
			noDay(&all)
			return w.count(all)
		}})
	}
	options = append(options,
		screen.Option{Title: catalogue.T("set a filter"), Choose: func() screen.Outcome { return w.askFilter(spec) }},
		screen.Option{Title: catalogue.T("set a window"), Choose: func() screen.Outcome { return w.askWindow(spec) }},
		screen.Option{Title: catalogue.T("set an as-of day"), Choose: func() screen.Outcome { return w.askDay(spec) }},
	)
	w.choose(w.front, &screen.Choice{Title: catalogue.T("What counts"), None: catalogue.T("No match"), Options: options})
	return nil
}

// several reports whether more than one is so.
func several(are ...bool) bool {
	n := 0
	for _, is := range are {
		if is {
			n++
		}
	}
	return n > 1
}

// count makes the working scheme count by another spec, and tells what that did.
func (w *workbench) count(spec model.Spec) screen.Outcome {
	return screen.After(w.bench.CountAhead(spec), func() screen.Outcome {
		told, err := w.bench.Count(spec)
		switch {
		case err != nil:
			return screen.Outcome{Err: err}
		case told.Label == "":
			return screen.Outcome{Note: catalogue.T("that is what counts already")}
		}
		note := told.Label
		if told.Customers > 0 {
			note += catalogue.T(", {customers}, {revenue} reclassified", "customers", words.Customers(told.Customers), "revenue", words.Brief(told.Revenue, words.Symbol(w.currency())))
		}
		return screen.Outcome{Edited: true, Note: note}
	})
}

// askFilter asks for a condition, which takes the place of those on its column.
func (w *workbench) askFilter(spec model.Spec) screen.Outcome {
	columns, err := w.bench.Columns(w.ctx) // a few rows
	if err != nil {
		return screen.Outcome{Err: err}
	}
	return screen.Outcome{Ask: &screen.Question{Text: catalogue.T("only"), Now: catalogue.T("column=value, like country=Germany|France"), Answer: func(text string) screen.Outcome {
		c, err := model.ParseCondition(text)
		if err == nil {
			err = columns.Check(c)
		}
		if err != nil {
			return screen.Outcome{Err: err}
		}
		spec.Where = columns.Replace(spec.Where, []model.Condition{c})
		return w.count(spec)
	}}}
}

// askWindow asks how far back orders count.
func (w *workbench) askWindow(spec model.Spec) screen.Outcome {
	return screen.Outcome{Ask: &screen.Question{Text: catalogue.T("how far back"), Now: catalogue.T("12m, 365d or all"), Answer: func(text string) screen.Outcome {
		window, err := model.ParseWindow(text)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		spec.Window = window
		return w.count(spec)
	}}}
}

// askDay asks from which day to look back.
func (w *workbench) askDay(spec model.Spec) screen.Outcome {
	return screen.Outcome{Ask: &screen.Question{Text: catalogue.T("as of"), Now: catalogue.T("{as_of}, or {after_last_order}", "as_of", w.frame().AsOf.String(), "after_last_order", schemefile.AfterLastOrder), Answer: func(text string) screen.Outcome {
		day, err := schemefile.ParseAsOf(text)
		if err != nil {
			return screen.Outcome{Err: err}
		}
		spec.AsOf = day
		return w.count(spec)
	}}}
}

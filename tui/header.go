package tui

import (
	"strings"

	"strata/tui/component/cells"
	"strata/tui/component/figure"
)

// header tells what is open, and what it is compared with.
func (w *workbench) header() string {
	chip := w.chip()
	end := w.width - cells.Width(chip) // the rest of the line
	line := cells.NewLine(end).Put(w.theme.Brand, " strata ").Skip(2)
	f := w.frame()
	if w.stage != working || f == nil {
		return line.Put(w.theme.Strong, w.name).String()
	}
	facts := []string{"as of " + f.AsOf.String(), figure.Customers(f.Total.Customers), figure.Brief(f.Total.Revenue, figure.Symbol(w.currency()))}
	scheme := f.Title
	if f.Edited {
		scheme += " *"
	}
	against := "against " + f.Baseline
	// What is left of the line goes to the facts, the last of them first.
	const gap = 3
	room := line.Left() - cells.Width(cells.Clean(scheme)) - cells.Width(cells.Clean(against)) - 2*gap
	if chip != "" && room < leastName { // whose line is short for a while
		room += cells.Width(cells.Clean(against)) + gap
		against = ""
	}
	name := cells.Fit(w.name, max(room*2/5, leastName))
	room -= cells.Width(name) + gap
	for len(facts) > 0 && cells.Width(strings.Join(facts, "   ")) > room {
		facts = facts[1:]
	}
	line.Put(w.theme.Strong, name).Skip(gap).Put(w.theme.Accent, f.Title)
	if f.Edited {
		line.Put(w.theme.Warning, " *")
	}
	line.Skip(gap).Put(w.theme.Dim, against)
	line.PutRight(w.theme.Dim, strings.Join(facts, "   "), end-1-min(len(chip), 1))
	return cells.NewLine(w.width).Join(line.String(), end).Put(w.theme.Alert, chip).String()
}

// leastName is the room that the name of the workspace has in the header.
const leastName = 12

// chip says that rows were refused, until that has been looked at; "" then.
func (w *workbench) chip() string {
	if w.stage != working || w.bench == nil || w.looked || w.rows.Refused == 0 {
		return ""
	}
	return " ! " + figure.Refused(w.rows) + " "
}

// currency is that of the workspace, of the preview before it is open.
func (w *workbench) currency() string {
	if w.bench != nil {
		return w.info.Currency
	}
	return w.options.Currency
}

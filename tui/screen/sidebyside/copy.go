package sidebyside

import (
	"strconv"
	"strings"

	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// copied is the whole table as tab-separated text, with the differences as
// figures to be taken from each other.
func (s *Screen) copied() screen.Outcome {
	if s.sides == nil {
		return screen.Outcome{Note: catalogue.T("nothing to copy yet")}
	}
	var out strings.Builder
	out.WriteString(catalogue.T("figure") + "\t" + catalogue.T("group"))
	for i, side := range s.sides {
		out.WriteString("\t" + session.SpreadsheetText(name(side)+" ("+s.role(i)+")"))
	}
	section := ""
	for _, r := range s.table {
		if r.heading {
			section = r.label
			continue
		}
		if r.says != "" {
			continue
		}
		out.WriteString("\n" + section + "\t" + session.SpreadsheetText(r.label))
		for _, c := range r.cells {
			out.WriteString("\t" + session.SpreadsheetText(c.plain))
		}
	}
	return screen.Outcome{Copy: out.String() + "\n", Note: catalogue.T("copied {count} schemes side by side, as tab-separated text", "count", strconv.Itoa(len(s.sides)))}
}

// explain tells what the columns and the differences mean.
func (s *Screen) explain() *screen.Text {
	text := &screen.Text{Title: catalogue.T("Side by side"), Paragraphs: []string{
		catalogue.T("The first column is the baseline. The others are compared with it: ▲ and ▼ show how much more or less they have, ≠ a different text, · no difference."),
		catalogue.T("These are differences of composition. The same customers with the same orders are grouped differently: no scheme here brings in one customer or one penny more than another. The order value and repeat rate of a tier change because different customers are in it."),
		catalogue.T("ARI, the adjusted Rand index, tells how closely a scheme groups the customers as the baseline does: 1 for the same grouping, whatever the segments are called, 0 for chance; a dash where both have all customers in one group."),
		catalogue.T("[a] adds a scenario or preset, [D] removes the marked column; scenarios can also be marked on the previous page."),
	}}
	for _, w := range s.warnings {
		text.Paragraphs = append(text.Paragraphs, w.Message)
	}
	return text
}

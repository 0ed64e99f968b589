package migration

import (
	"strconv"
	"strings"

	"strata/analysis/rfm"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/moves"
	"strata/tui/screen"
	"strata/tui/session"
)

// copied is the matrix with its sums as tab-separated text. Figures are written
// plainly, so that a spreadsheet takes them for numbers.
func (s *Screen) copied() screen.Outcome {
	if s.inList {
		return s.copiedFlows()
	}
	t := s.table()
	var out strings.Builder
	put := func(first string, flows []rfm.Flow, sum rfm.Flow) {
		out.WriteString(session.SpreadsheetText(first))
		for _, f := range flows {
			out.WriteString("\t" + s.plainly(f))
		}
		out.WriteString("\t" + s.plainly(sum) + "\n")
	}
	out.WriteString(session.SpreadsheetText(catalogue.T("{before} down, {now} across: {value}{counted}", "before", s.shown.before, "now", s.shown.now, "value", s.copiedValue(), "counted", session.CountedIn(s.frame.Scheme.Spec))))
	for _, g := range t.Cols {
		out.WriteString("\t" + session.SpreadsheetText(g.Label))
	}
	out.WriteString("\t" + catalogue.T("before") + "\n")
	for row, g := range t.Rows {
		put(g.Label, t.Flows[row], t.Before[row])
	}
	put(catalogue.T("now"), t.Now, t.All)
	return screen.Outcome{Copy: out.String(), Note: catalogue.T("copied the migration by {groups}, as tab-separated text", "groups", groupWord(t))}
}

// copiedValue names the value, and whose revenue is not in the sums.
func (s *Screen) copiedValue() string {
	cols := s.table().Cols
	switch d := s.shown.days; {
	case s.value != moves.Revenue || !cols[len(cols)-1].Outside:
		return s.valueOf()
	case d != nil:
		return catalogue.T("{value}, {gone} as of {as_of} and not in the totals", "value", s.valueOf(), "gone", words.Small(s.shown.outside.Now), "as_of", d.Before.AsOf.String())
	}
	return catalogue.T("{value}, {gone} as measured before and not in the totals", "value", s.valueOf(), "gone", words.Small(s.shown.outside.Now))
}

// copiedFlows is the list of flows as tab-separated text, each with its reasons
// as far as they are known.
func (s *Screen) copiedFlows() screen.Outcome {
	var out strings.Builder
	counted, cell := session.CountedColumn(s.frame.Scheme.Spec)
	if s.shown.days != nil {
		titles, days := s.shown.days.TwoDays().Columns()
		counted, cell = append(counted, titles...), append(cell, days...)
	}
	out.WriteString(strings.Join(append([]string{catalogue.T("from"), catalogue.T("to"), catalogue.T("customers"), catalogue.T("revenue"), catalogue.T("reasons")}, counted...), "\t") + "\n")
	for _, f := range s.flowList() {
		var reasons []string
		if s.shown.reasons != nil {
			for _, r := range s.shown.reasons(f.Was, f.Now) {
				reasons = append(reasons, r.Text+" ("+strconv.FormatInt(r.Customers, 10)+")")
			}
		}
		out.WriteString(strings.Join(append([]string{
			session.SpreadsheetText(f.From), session.SpreadsheetText(f.To), strconv.FormatInt(f.Customers, 10), f.Revenue.String(),
			session.SpreadsheetText(strings.Join(reasons, "; ")),
		}, cell...), "\t") + "\n")
	}
	return screen.Outcome{Copy: out.String(), Note: catalogue.T("copied the flows, as tab-separated text")}
}

// plainly writes the value of a flow.
func (s *Screen) plainly(f rfm.Flow) string {
	if s.value == moves.Revenue {
		return f.Revenue.String()
	}
	return strconv.FormatInt(f.Customers, 10)
}

func groupWord(t *moves.Table) string {
	if t.ByTier {
		return catalogue.T("tiers")
	}
	return catalogue.T("segments")
}

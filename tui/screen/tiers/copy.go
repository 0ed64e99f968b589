package tiers

import (
	"strconv"
	"strings"

	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// copied is the table as tab-separated text: the marked row while the table
// has the focus, all of it otherwise. Figures are written plainly, so that a
// spreadsheet takes them for numbers.
func (s *Screen) copied() screen.Outcome {
	rows, what := s.rows(), catalogue.T("the table of tiers and segments")
	if s.pane == groupsPane {
		rows = []tableRow{s.marked()}
		what = catalogue.T("the row {label}", "label", rows[0].Label)
	}
	var out strings.Builder
	counted, cell := session.CountedColumn(s.frame.Scheme.Spec)
	out.WriteString(strings.Join(append([]string{
		catalogue.T("tier"), catalogue.T("segment"), catalogue.T("customers"), catalogue.T("customers before"), catalogue.T("orders"), catalogue.T("revenue"), catalogue.T("revenue before"), catalogue.T("repeaters"),
	}, counted...), "\t") + "\n")
	for _, r := range rows {
		segment := r.Label
		if r.isTier {
			segment = ""
		}
		whole := func(n int64) string { return strconv.FormatInt(n, 10) }
		out.WriteString(strings.Join(append([]string{
			string(r.Tier), session.SpreadsheetText(segment), whole(r.Now.Customers), whole(r.Was.Customers), whole(r.Now.Orders),
			r.Now.Revenue.String(), r.Was.Revenue.String(), whole(r.Now.Repeaters),
		}, cell...), "\t"))
		out.WriteByte('\n')
	}
	return screen.Outcome{Copy: out.String(), Note: catalogue.T("copied {subject}, as tab-separated text", "subject", what)}
}

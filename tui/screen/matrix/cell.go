package matrix

import (
	"strings"

	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/chart"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// cellLines draws the marked cell in detail.
func (s *Screen) cellLines(m *session.Matrix, width, height int) []string {
	c := m.Cell(s.row, s.col)
	var lines []string
	put := func(style theme.Style, text, rest string) {
		lines = append(lines, cells.NewLine(width).Put(style, text).Skip(1).Put(s.theme.Dim, rest).String())
	}
	put(s.theme.AccentStrong, s.cellName(), s.tierName(c))
	total := s.frame.Total
	put(s.theme.Text, words.Customers(c.Now.Customers), words.Share(c.Now.Customers, total.Customers))
	if m.Before != nil {
		if change := c.Now.Customers - m.Before[s.row-1][s.col-1].Customers; change == 0 {
			put(s.theme.Text, "·", catalogue.T("no change from the baseline"))
		} else {
			put(s.theme.Text, words.Change(change), catalogue.T("against the baseline"))
		}
	}
	put(s.theme.Text, catalogue.T("{revenue} revenue", "revenue", words.Brief(c.Now.Revenue, s.symbol)), words.Share(c.Now.Revenue, total.Revenue))
	if value, ok := c.Now.OrderValue(); ok {
		put(s.theme.Text, catalogue.T("{value} an order", "value", words.Brief(value, s.symbol)), catalogue.T("{orders} orders each", "orders", perCustomer(c.Now)))
	}
	third := session.ScoreName(m.Third(), len(c.Third))
	lines = append(lines, cells.NewLine(width).Put(s.theme.Dim, third[:1]+"1 ").Put(s.theme.Accent, chart.Spark(c.Third)).
		Put(s.theme.Dim, catalogue.T(" {score}  by {axis}", "score", third, "axis", words.Axis(m.Third()))).String())
	if len(lines)+1+len(c.Segments) <= height {
		lines = append(lines, cells.Blank(width, 1)...)
	}
	lines = append(lines, s.segmentLines(c, width)...)
	return lines[:min(len(lines), height)]
}

// segmentLines lists the segments in the cell.
func (s *Screen) segmentLines(c session.MatrixCell, width int) []string {
	var lines []string
	for _, g := range c.Segments {
		line := cells.NewLine(width).Put(s.theme.TierStrong(g.Tier), "●").Skip(1)
		count := words.Count(g.Now.Customers)
		line.Put(s.theme.Text, cells.Fit(cells.Clean(g.Label), max(line.Left()-cells.Width(count)-1, 0)))
		lines = append(lines, line.PutRight(s.theme.Dim, count, width).String())
	}
	return lines
}

// tierName names the tiers in the cell, best first.
func (s *Screen) tierName(c session.MatrixCell) string {
	var names []string
	for _, t := range s.frame.Tiers {
		for _, g := range c.Segments {
			if g.Tier == t.Tier {
				names = append(names, t.Label)
				break
			}
		}
	}
	return strings.Join(names, ", ")
}

// perCustomer writes orders per customer.
func perCustomer(f session.Figures) string {
	if f.Customers == 0 {
		return "–"
	}
	return words.Rounded(float64(f.Orders)/float64(f.Customers), 1)
}

// explain tells what the marked cell means.
func (s *Screen) explain() *screen.Text {
	q := s.query()
	levels := s.frame.Scheme.Levels
	text := &screen.Text{Title: s.cellName(), Paragraphs: []string{
		catalogue.T("Customers who score {row} of {row_levels} in {rows} and {col} of {col_levels} in {cols} under the scheme {title}.", "rows", words.Axis(q.Rows), "row", s.row, "row_levels", levels[q.Rows], "cols", words.Axis(q.Cols), "col", s.col, "col_levels", levels[q.Cols], "title", s.frame.Title),
	}}
	if s.slice > 0 {
		text.Paragraphs = append(text.Paragraphs, catalogue.T("Only those who score {slice} of {levels} in {third} are counted.", "third", words.Axis(q.Third()), "slice", s.slice, "levels", levels[q.Third()]))
	}
	if s.change {
		text.Paragraphs = append(text.Paragraphs, catalogue.T("The cells show the difference from the baseline {against}. Nobody bought more or less; customers are reclassified.", "against", s.frame.Against()))
	}
	text.Paragraphs = append(text.Paragraphs, catalogue.T("The shading of a cell grows with the square root of its figure, so that small cells can be told apart beside large ones."))
	return text
}

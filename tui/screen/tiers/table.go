package tiers

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/bar"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// tableRow is a tier or one of its segments.
type tableRow struct {
	session.Group
	isTier bool
}

// rows lists each tier with its segments below it.
func (s *Screen) rows() []tableRow {
	var rows []tableRow
	for _, t := range s.frame.Tiers {
		rows = append(rows, tableRow{t, true})
		for _, g := range s.frame.Segments {
			if g.Tier == t.Tier {
				rows = append(rows, tableRow{g, false})
			}
		}
	}
	return rows
}

// title names the table in at most so many cells, and what limits its figures.
func (s *Screen) title(room int) string {
	name := catalogue.T("Tiers") + " · "
	return strings.TrimSuffix(name+figure.Limits(s.frame.Scheme.Spec, room-cells.Width(name)), " · ")
}

// column is one figure of the table, written for every row.
type column struct {
	title, short string
	least        int // width it keeps when the figures are short, so that it does not jump
	style        func(th *theme.Theme, r tableRow) theme.Style
	texts        []string
	isBar        bool
}

// columnsByWeight lists the columns in the order in which they are given room.
func (s *Screen) columnsByWeight(rows []tableRow) []column {
	f := s.frame
	scale := words.ScaleFor(f.Total.Revenue)
	customers, revenue := figure.CustomerShares(f), figure.RevenueShares(f)
	share := func(of figure.GroupShares) []string {
		texts := make([]string, len(rows))
		for i, r := range rows {
			if texts[i] = of.Segment(r.Slug); r.isTier {
				texts[i] = of.Tier(r.Tier)
			}
		}
		return texts
	}
	write := func(c column, text func(session.Group) string) column {
		c.texts = make([]string, len(rows))
		for i, r := range rows {
			c.texts[i] = text(r.Group)
		}
		return c
	}
	return []column{
		write(column{title: catalogue.T("customers"), short: catalogue.T("cust."), style: figureStyle}, func(g session.Group) string {
			return words.Count(g.Now.Customers)
		}),
		write(column{title: "Δ", least: 5, style: changeStyle}, func(g session.Group) string {
			return words.Change(g.Change())
		}),
		{isBar: true},
		{title: catalogue.T("share"), least: 5, style: shareStyle, texts: share(customers)},
		write(column{title: catalogue.T("revenue"), style: figureStyle}, func(g session.Group) string {
			return scale.Money(g.Now.Revenue, s.symbol)
		}),
		{title: catalogue.T("share"), least: 5, style: shareStyle, texts: share(revenue)},
		write(column{title: catalogue.T("order value"), style: shareStyle}, func(g session.Group) string {
			if v, ok := g.Now.OrderValue(); ok {
				return words.Brief(v, s.symbol)
			}
			return "–"
		}),
		write(column{title: catalogue.T("orders"), style: shareStyle}, func(g session.Group) string {
			return words.Count(g.Now.Orders)
		}),
		write(column{title: catalogue.T("repeat"), style: shareStyle}, func(g session.Group) string {
			if rate, ok := g.Now.RepeatRate(); ok {
				return words.Percent(rate)
			}
			return "–"
		}),
	}
}

// asDrawn is where each column of columnsByWeight stands on the screen.
var asDrawn = []int{2, 0, 3, 1, 4, 5, 6, 7, 8}

func figureStyle(th *theme.Theme, r tableRow) theme.Style {
	if r.isTier {
		return th.Strong
	}
	return th.Text
}

func shareStyle(th *theme.Theme, r tableRow) theme.Style {
	if r.isTier {
		return th.Text
	}
	return th.Dim
}

func changeStyle(th *theme.Theme, r tableRow) theme.Style {
	switch n := r.Change(); {
	case n > 0:
		return th.Up
	case n < 0:
		return th.Down
	}
	return th.Faint
}

// grid is how the table is laid out at a width.
type grid struct {
	columns []column // as drawn, left to right
	widths  []int
	gap     int
	label   int // width of the names, with the room before them
	indent  int // of a segment
}

const (
	leastBar  = 6
	widestBar = 40
)

// manner is a way to set the table: how much room names and gaps take, and
// how many columns, by weight, it must have room for to be chosen.
type manner struct {
	gap, indent int
	names       int // the widest name
	short       bool
	columns     int
}

// layTable gives room to as many columns as fit, in the order of their weight,
// in the most generous manner that does.
func layTable(rows []tableRow, columns []column, width int) grid {
	var g grid
	for _, m := range []manner{
		{gap: 2, indent: 3, names: 28, columns: 6},
		{gap: 1, indent: 2, names: 28, columns: 6},
		{gap: 1, indent: 1, names: 28, columns: 2, short: true},
		{gap: 1, indent: 1, names: 14, short: true},
	} {
		g = grid{gap: m.gap, indent: m.indent}
		for _, r := range rows {
			g.label = max(g.label, min(cells.Width(cells.Clean(r.Label)), m.names)+m.indent)
		}
		g.label = min(g.label, width)
		if g.fill(columns, width, m.short) >= m.columns {
			break
		}
	}
	return g
}

// fill chooses the columns and returns how many there are.
func (g *grid) fill(columns []column, width int, short bool) int {
	widths := make([]int, len(columns))
	used, chosen := g.label, 0
	for i, c := range columns {
		if short && c.short != "" {
			columns[i].title = c.short
		}
		widths[i] = columns[i].width()
		if used+g.gap+widths[i] > width {
			break
		}
		used += g.gap + widths[i]
		chosen++
	}
	for _, i := range asDrawn {
		if i >= chosen {
			continue
		}
		if columns[i].isBar {
			widths[i] = min(widths[i]+width-used, widestBar)
		}
		g.columns = append(g.columns, columns[i])
		g.widths = append(g.widths, widths[i])
	}
	return chosen
}

// width is what the column needs.
func (c column) width() int {
	if c.isBar {
		return leastBar
	}
	w := max(cells.Width(c.title), c.least)
	for _, t := range c.texts {
		w = max(w, cells.Width(t))
	}
	return w
}

// groups draws the table of tiers and segments. summary asks for the number
// of customers who move in the title, for screens without the band.
func (s *Screen) groups(r rect, summary bool) []string {
	key := panelKey{frame: s.frame, rect: r, pane: s.pane, row: s.row, symbol: s.symbol, summary: summary, theme: s.theme}
	return s.memo.right.drawn(key, func() []string {
		p := pane.Pane{Width: r.width, Height: r.height, Focused: s.pane == groupsPane}
		p.Title = s.title(p.TitleRoom())
		if lead, byTier := s.frame.Moves.Lead(); summary && lead.Customers > 0 {
			p.Note = words.Count(lead.Customers) + words.Agree(lead.Customers, " moves", " move")
			if byTier {
				p.Note = words.Count(lead.Customers) + words.Agree(lead.Customers, catalogue.T(" changes tier"), catalogue.T(" change tier"))
			}
		}
		if k := s.frame.Kept; k != nil && k.Pending {
			p.Note = catalogue.T("kept: …")
		}
		width, height := p.Inner()
		_, y := p.Origin()
		lines, rowAt := s.table(width, height)
		s.memo.rowTop, s.memo.rowAt = r.y+y, rowAt
		if more := len(s.rows()) - drawnRows(rowAt); more > 0 && p.Note == "" {
			p.Note = words.Plural(int64(more), "more row", "more rows")
		}
		return p.Lines(s.theme, lines)
	})
}

// noRow is a line of the table without a row.
const noRow = -1

// table draws the table and tells which row each line shows.
func (s *Screen) table(width, height int) (lines []string, rowAt []int) {
	rows := s.rows()
	g := layTable(rows, s.columnsByWeight(rows), width)
	lines, rowAt = []string{g.header(s.theme, width)}, []int{noRow}
	roomy := height >= 1+len(rows)+len(s.frame.Tiers)-1
	first := 0
	if !roomy {
		// Scrolled as far as the marked row asks for.
		first = min(max(s.row-(height-2), 0), max(len(rows)-(height-1), 0))
	}
	largest := int64(0)
	for _, t := range s.frame.Tiers {
		largest = max(largest, t.Now.Customers)
	}
	for i := first; i < len(rows) && len(lines) < height; i++ {
		if roomy && rows[i].isTier && i > 0 {
			lines, rowAt = append(lines, cells.Blank(width, 1)...), append(rowAt, noRow)
		}
		lines, rowAt = append(lines, s.tableLine(g, rows, i, largest, width)), append(rowAt, i)
	}
	return lines, rowAt
}

// drawnRows counts the rows that have a line.
func drawnRows(rowAt []int) (n int) {
	for _, row := range rowAt {
		if row != noRow {
			n++
		}
	}
	return n
}

func (g grid) header(th *theme.Theme, width int) string {
	line := cells.NewLine(width).Skip(g.label)
	for i, c := range g.columns {
		line.PutRight(th.Dim, c.title, line.At()+g.gap+g.widths[i])
	}
	return line.String()
}

func (s *Screen) tableLine(g grid, rows []tableRow, i int, largest int64, width int) string {
	r := rows[i]
	line := cells.NewLine(width)
	marked := s.pane == groupsPane && i == s.row
	name, indent, bullet := s.theme.Text, g.indent, ""
	if r.isTier {
		name, indent, bullet = s.theme.TierStrong(r.Tier), 2, "●"
	}
	if marked {
		name, bullet = s.theme.Selected, "▸"
	}
	line.Put(s.theme.TierStrong(r.Tier), bullet).SkipTo(indent)
	line.Put(name, cells.Fit(cells.Clean(r.Label), g.label-indent)).SkipTo(g.label)
	for j, c := range g.columns {
		end := line.At() + g.gap + g.widths[j]
		if c.isBar {
			line.Skip(g.gap).Put(s.theme.Tier(r.Tier), bar.Text(s.theme, r.Tier, r.Now.Customers, largest, g.widths[j])).SkipTo(end)
			continue
		}
		line.PutRight(c.style(s.theme, r), c.texts[i], end)
	}
	return line.String()
}

// marked returns the row of the table under the marker.
func (s *Screen) marked() tableRow {
	rows := s.rows()
	return rows[min(s.row, len(rows)-1)]
}

// tierGroup returns a tier's figures.
func tierGroup(f *session.Frame, tier model.Tier) (session.Group, bool) {
	i := slices.IndexFunc(f.Tiers, func(g session.Group) bool { return g.Tier == tier })
	if i < 0 {
		return session.Group{}, false
	}
	return f.Tiers[i], true
}

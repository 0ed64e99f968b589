package mapeditor

import (
	"strconv"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/mark"
	"strata/tui/session"
	"strata/tui/theme"
)

// row is a tier or a segment in the list.
type row struct {
	session.Group
	isTier bool
	mark   string
	cells  int
}

// rowsOf lists each tier with its segments below it. Others comes last, also
// while no cell is in it: it takes cells off the map.
func rowsOf(f *session.Frame) []row {
	groups := f.Segments
	if n := len(groups); n == 0 || groups[n-1].Slug != others.Slug {
		groups = append(groups[:n:n], session.Group{Slug: others.Slug, Label: others.Label, Tier: others.Tier})
	}
	names := make([]string, len(groups))
	for i, g := range groups {
		if g.Slug != others.Slug {
			names[i] = g.Label
		}
	}
	marks := mark.Two(names)
	count := make([]int, len(groups))
	for _, of := range f.CellSegments {
		if int(of) < len(count) {
			count[of]++
		}
	}
	var rows []row
	for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone} {
		rows = append(rows, row{Group: tierOf(f, tier), isTier: true})
		for i, g := range groups {
			if g.Tier == tier {
				rows = append(rows, row{Group: g, mark: marks[i], cells: count[i]})
			}
		}
	}
	return rows
}

// tierOf returns a tier with its figures; no tier has none while it is empty.
func tierOf(f *session.Frame, tier model.Tier) session.Group {
	for _, g := range f.Tiers {
		if g.Tier == tier {
			return g
		}
	}
	return session.Group{Slug: string(tier), Label: catalogue.T("No tier"), Tier: tier}
}

// listColumn is one figure of the list.
type listColumn struct {
	title string
	short string // the title where it is tight
	width int
	text  func(r row) string
	style func(r row) theme.Style
}

// beforeLabel is the brush, a blank and the blanks around the mark.
const beforeLabel = 3

// listColumns are the figures in the order in which they are given room.
func (s *Screen) listColumns() []listColumn {
	revenue := figure.RevenueShares(s.frame)
	dim := func(row) theme.Style { return s.theme.Dim }
	return []listColumn{
		{catalogue.T("customers"), catalogue.T("cust."), 5, func(r row) string { return words.Count(r.Now.Customers) }, func(r row) theme.Style {
			if r.isTier {
				return s.theme.Strong
			}
			return s.theme.Text
		}},
		{"Δ", "Δ", 7, func(r row) string { return words.Change(r.Change()) }, func(r row) theme.Style {
			switch n := r.Change(); {
			case n > 0:
				return s.theme.Up
			case n < 0:
				return s.theme.Down
			}
			return s.theme.Faint
		}},
		{catalogue.T("revenue"), catalogue.T("rev."), 5, func(r row) string {
			if r.isTier {
				return revenue.Tier(r.Tier)
			}
			return revenue.Segment(r.Slug)
		}, dim},
		{catalogue.T("cells"), catalogue.T("cells"), 5, func(r row) string {
			if r.isTier {
				return ""
			}
			return strconv.Itoa(r.cells)
		}, dim},
	}
}

// listWidth is what the list needs to show everything.
func (s *Screen) listWidth() int {
	return beforeLabel + s.markWidth() + s.labelWidth() + s.columnsWidth()
}

func (s *Screen) columnsWidth() (width int) {
	for _, c := range s.listColumns() {
		width += 1 + s.columnWidth(c)
	}
	return width
}

func (s *Screen) columnWidth(c listColumn) int {
	width := max(c.width, cells.Width(c.title))
	for _, r := range s.rows {
		width = max(width, cells.Width(c.text(r)))
	}
	return width
}

func (s *Screen) labelWidth() (width int) {
	for _, r := range s.rows {
		width = max(width, cells.Width(cells.Clean(r.Label)))
	}
	return width
}

// fitting returns the columns there is room for beside the names, as drawn;
// with short titles where not all of them fit.
func (s *Screen) fitting(width int) []listColumn {
	room := width - (s.listWidth() - s.columnsWidth())
	short := room < s.columnsWidth()
	var columns []listColumn
	for i, c := range s.listColumns() {
		if short {
			c.title = c.short
		}
		c.width = s.columnWidth(c)
		if room -= c.width + 1; room < 0 && i > 0 {
			break
		}
		columns = append(columns, c)
	}
	return columns
}

// listLines draws the segments by tier.
func (s *Screen) listLines(width, height int) []string {
	columns := s.fitting(width)
	header := cells.NewLine(width)
	s.putColumns(header, columns, func(c listColumn) (theme.Style, string) { return s.theme.Dim, c.title })
	lines := []string{header.String()}
	from, to := s.visible(height - 1)
	for _, r := range s.rows[from:to] {
		line := cells.NewLine(width)
		room := width
		for _, c := range columns {
			room -= c.width + 1
		}
		if r.isTier {
			line.Put(s.theme.TierStrong(r.Tier), cells.Fit(r.Label, room))
		} else {
			s.putSegment(line, r, room)
		}
		if r.isTier && r.Tier != others.Tier || r.Now.Customers != 0 || r.cells > 0 || r.Change() != 0 {
			s.putColumns(line, columns, func(c listColumn) (theme.Style, string) { return c.style(r), c.text(r) })
		}
		lines = append(lines, line.String())
	}
	return lines[:min(len(lines), max(height, 0))]
}

// putSegment writes the brush, the mark and the name of a segment.
func (s *Screen) putSegment(line *cells.Line, r row, room int) {
	name := s.theme.Text
	if r.Slug == s.brush {
		line.Put(s.theme.AccentStrong, "▸")
		name = s.theme.AccentStrong
	}
	line.SkipTo(1)
	ground := s.theme.Segment(s.frame.ColorOf(r.Slug), r.Tier)
	if r.Slug == others.Slug {
		ground = s.theme.Dim
	}
	line.Put(ground, r.mark).Skip(1)
	line.Put(name, cells.Fit(cells.Clean(r.Label), max(room-line.At(), 0)))
}

// putColumns writes the figures of a line at its right end.
func (s *Screen) putColumns(line *cells.Line, columns []listColumn, of func(c listColumn) (theme.Style, string)) {
	end := line.At() + line.Left()
	ends := make([]int, len(columns))
	for i := len(columns) - 1; i >= 0; i-- {
		ends[i] = end
		end -= columns[i].width + 1
	}
	for i, c := range columns {
		style, text := of(c)
		line.PutRight(style, text, ends[i])
	}
}

// visible returns the rows of the list that are drawn: those around the brush.
func (s *Screen) visible(height int) (from, to int) {
	height = max(height, 0)
	at := max(s.brushRow(), 0)
	s.top = max(min(s.top, at-1), at-height+1, 0) // with the tier above the first segment
	s.top = max(min(s.top, len(s.rows)-height), 0)
	return s.top, min(s.top+height, len(s.rows))
}

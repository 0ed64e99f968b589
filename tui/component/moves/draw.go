package moves

import (
	"math"
	"strings"

	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Lines draws the table: Height lines of Width cells.
func (v *View) Lines(th *theme.Theme) []string {
	g := v.lay()
	lines := make([]string, 0, max(v.Height, 0))
	put := func(line string) {
		if len(lines) < v.Height {
			lines = append(lines, line)
		}
	}
	for part := range g.head {
		put(v.header(th, &g, part))
	}
	for row := g.first; row < g.last; row++ {
		if g.rules && v.breakBefore(v.Rows, row) {
			put(v.rule(th, &g))
		}
		for part := range g.height {
			put(v.line(th, &g, row, part))
		}
	}
	if g.now {
		if g.rules {
			put(v.rule(th, &g))
		}
		put(v.sums(th, &g))
	}
	return append(lines, cells.Blank(v.Width, v.Height-len(lines))...)
}

// header draws one line of the heads; a head of one line stands on the last.
func (v *View) header(th *theme.Theme, g *grid, part int) string {
	line, last := cells.NewLine(v.Width), part == g.head-1
	if g.from > 0 && last {
		line.Put(th.Accent, "◂")
	}
	line.SkipTo(g.label)
	for col := g.from; col < g.to; col++ {
		style, name := th.Tier(v.Cols[col].Tier), headPart(g.heads[col], part, last)
		end := g.label + (col-g.from+1)*g.width - gap
		switch {
		case v.Marked && col == v.Col && v.Row == Head:
			style = th.Selected
		case v.Marked && col == v.Col:
			style = th.AccentStrong
		}
		line.PutRight(style, name, end-min(1, max(g.width-gap-cells.Width(name), 0)))
		v.between(th, line, g, col, end)
	}
	if g.sums > 0 && last {
		line.PutRight(th.Dim, edge, line.At()+g.sums)
	} else if g.sums == 0 && last && g.to < len(v.Cols) {
		line.SkipTo(v.Width-1).Put(th.Accent, "▸")
	}
	return line.String()
}

// headPart returns what of a head stands on one of its lines.
func headPart(head string, part int, last bool) string {
	lines := strings.Split(head, "\n")
	switch {
	case last:
		return lines[len(lines)-1]
	case part < len(lines)-1:
		return lines[part]
	}
	return ""
}

// between draws what stands after a column: a line where a tier ends.
func (v *View) between(th *theme.Theme, line *cells.Line, g *grid, col, end int) {
	line.SkipTo(end)
	if v.breakBefore(v.Cols, col+1) || col+1 == len(v.Cols) && g.sums > 0 {
		line.Put(th.Faint, "│")
	}
	line.SkipTo(end + gap)
}

// rule draws the line between two tiers.
func (v *View) rule(th *theme.Theme, g *grid) string {
	line := cells.NewLine(v.Width).Repeat(th.Faint, "─", g.label)
	for col := g.from; col < g.to; col++ {
		line.Repeat(th.Faint, "─", g.width-gap)
		if v.breakBefore(v.Cols, col+1) || col+1 == len(v.Cols) && g.sums > 0 {
			line.Put(th.Faint, "┼")
		} else {
			line.Put(th.Faint, "─")
		}
	}
	return line.Repeat(th.Faint, "─", g.sums).String()
}

// line draws one line of a row. The figure stands on the middle one; below it,
// where the row is tall, the share of the row, then the other value.
func (v *View) line(th *theme.Theme, g *grid, row, part int) string {
	line := cells.NewLine(v.Width)
	first := (g.height - min(g.height, g.tells)) / 2
	told := part - first // 0 the figure, 1 the share, 2 the other value
	if told == 0 {
		style := th.Tier(v.Rows[row].Tier)
		switch {
		case v.Marked && row == v.Row && v.Col == Head:
			style = th.Selected
		case v.Marked && row == v.Row:
			style = th.AccentStrong
		}
		line.Put(style, g.names[row])
	}
	line.SkipTo(g.label)
	var shares []string
	if told == 1 && told < g.tells {
		shares = v.Shares(row, v.Value)
	}
	for col := g.from; col < g.to; col++ {
		end := g.label + (col-g.from+1)*g.width - gap
		style, shade := v.look(th, g, row, col)
		share := ""
		if shares != nil {
			share = shares[col]
		}
		line.Put(style, v.content(g, row, col, told, shade, share))
		v.between(th, line, g, col, end)
	}
	if g.sums > 0 && told == 0 {
		line.PutRight(th.Dim, v.text(v.Before[row], false), line.At()+g.sums)
	}
	return line.String()
}

// look is how a cell is drawn: those who stay in the second voice, nobody
// hardly, those from and to outside plainly, the others by their part of the largest flow, one scale for those who
// rise, one for those who fall and one for those who stay in their tier.
func (v *View) look(th *theme.Theme, g *grid, row, col int) (style theme.Style, shade string) {
	flow := v.Flows[row][col]
	marked := v.Marked && row == v.Row && col == v.Col
	switch {
	case !v.Moves(row, col) && marked, flow.Customers == 0 && marked:
		return th.AccentStrong, " "
	case flow.Customers == 0:
		return th.Faint, " "
	case v.Stays(row, col):
		return th.Dim, " "
	case !v.Moves(row, col):
		return th.Text, " "
	}
	heat := 0.0
	if g.largest > 0 {
		n := v.Value.Of(flow)
		heat = math.Sqrt(float64(max(n, -n)) / float64(g.largest))
	}
	const least = 0.01 // so that everybody who moves has a ground
	heat = max(heat, least)
	shade = th.Shade(heat)
	switch rises := v.Rises(row, col); {
	case rises == 0:
		style = th.Heat(heat)
	case shade == "":
		style = th.HeatChange(heat * float64(rises))
	case rises > 0: // without grounds the figure itself has the colour
		style = th.Up
	default:
		style = th.Down
	}
	if shade == "" {
		shade = " "
	}
	return style, shade
}

// content is a cell's text on one of its lines, as wide as the cell less its gap.
func (v *View) content(g *grid, row, col, told int, shade, share string) string {
	width := max(g.width-gap, 0)
	flow := v.Flows[row][col]
	text, left, right := "", shade, " "
	switch {
	case told == 0:
		text = v.text(flow, g.short)
		if v.Marked && row == v.Row && col == v.Col {
			left, right = "▸", "◂"
		}
	case flow.Customers == 0:
	case told == 1 && told < g.tells:
		text = share
	case told == 2 && told < g.tells:
		text = v.other(flow)
	}
	return left + strings.Repeat(" ", max(width-marks-cells.Width(text), 0)) + text + right
}

// sums draws how many there are in each group now.
func (v *View) sums(th *theme.Theme, g *grid) string {
	line := cells.NewLine(v.Width).Put(th.Dim, corner).SkipTo(g.label)
	for col := g.from; col < g.to; col++ {
		end := g.label + (col-g.from+1)*g.width - gap
		line.PutRight(th.Dim, v.text(v.Now[col], g.short), end-1)
		v.between(th, line, g, col, end)
	}
	if g.sums > 0 {
		line.PutRight(th.Strong, v.text(v.All, false), line.At()+g.sums)
	}
	return line.String()
}

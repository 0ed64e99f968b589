package moves

import (
	"slices"
	"strings"

	"strata/model/catalogue"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
	"strata/tui/component/cells"
)

// Head is the place of the mark on the head of a row or a column.
const Head = -1

// View is a table as it is drawn, in Width and Height cells.
type View struct {
	*Table
	Value  Value
	Symbol string // of the currency

	Row, Col      int // the marked cell, or Head; not both of them
	Marked        bool
	Width, Height int
	// Plain leaves sums out and cells one line high: a picture beside other things.
	Plain bool
}

// How large a cell may grow.
const (
	widestSegment = 12
	widestTier    = 26
	tallest       = 3
	tallestTier   = 5
	marks         = 2 // a mark or a shade on the left, a mark or a blank on the right
	breath        = 1 // between a shade and what is written on the lower lines
	gap           = 1 // between columns: a blank, or a line between tiers
	widestName    = 22
	shortName     = 9
	shortestName  = 5
)

// grid is how the cells lie.
type grid struct {
	names, heads []string
	head         int // lines of the heads: whole words on two where there is room
	label        int // width of the names, with the blank after them
	width        int // of a column, with its gap
	height       int
	from, to     int // the columns drawn
	first, last  int // the rows drawn
	sums         int // width of the column of sums, 0 for none
	now          bool
	rules        bool // a line between tiers
	tells        int  // lines of a cell that there is room to write on: the figure, the share, the other value
	short        bool // figures in as few cells as possible
	largest      int64
}

// manner is a way to set the table, from the most generous on.
type manner struct {
	name        int // the widest name of a row
	sums, short bool
}

// manners lists the ways to set a table.
func (v *View) manners() []manner {
	if v.Plain {
		return []manner{{name: widestName}, {name: shortName}, {name: shortestName}, {name: shortestName, short: true}}
	}
	return []manner{
		{name: widestName, sums: true},
		{name: shortName, sums: true},
		{name: shortName},
		{name: shortestName},
		{name: shortestName, short: true},
	}
}

// leastHead is the width that a short name needs to tell anything.
const leastHead = 5

// lay finds the first manner in which all columns fit. Where none does, figures
// are written in full and the columns scroll.
func (v *View) lay() grid {
	manners := v.manners()
	for _, m := range manners {
		if g := v.measure(m); g.label+len(v.Cols)*g.width+g.sums <= v.Width {
			return v.spread(g)
		}
	}
	g := v.measure(manners[len(manners)-2])
	fit := max((v.Width-g.label)/max(g.width, 1), 1)
	g.from = min(max(v.Col-fit+1, 0), max(len(v.Cols)-fit, 0))
	g.to = min(g.from+fit, len(v.Cols))
	g.heads, g.head = names(v.Cols, max(g.width-gap, 1)), 1
	v.rows(&g)
	return g
}

// measure finds what the cells of a manner need.
func (v *View) measure(m manner) grid {
	g := grid{to: len(v.Cols), short: m.short, largest: v.Largest(v.Value)}
	g.names = names(v.Rows, m.name)
	g.label = cells.Width(corner) + 1
	for _, n := range g.names {
		g.label = max(g.label, cells.Width(n)+1)
	}
	for row, line := range v.Flows {
		for col := range line {
			g.width = max(g.width, cells.Width(v.text(v.Flows[row][col], m.short)))
		}
	}
	for _, sum := range v.Now {
		g.width = max(g.width, cells.Width(v.text(sum, m.short)))
	}
	if v.ByTier && !v.Plain {
		g.width = max(g.width, widestShare+breath, v.widestOther()+breath)
	}
	g.width = max(g.width+marks, leastHead) + gap
	if m.sums {
		g.sums = max(cells.Width(edge), cells.Width(v.text(v.All, false)))
		for _, sum := range v.Before {
			g.sums = max(g.sums, cells.Width(v.text(sum, false)))
		}
		g.sums += gap
	}
	return g
}

// What the row and the column of sums are called.
var (
	corner = catalogue.T("now")
	edge   = catalogue.T("before")
)

// spread gives the columns the room that is left, and the rows theirs.
func (v *View) spread(g grid) grid {
	widest := widestSegment
	if v.ByTier {
		widest = widestTier
	}
	n := max(len(v.Cols), 1)
	g.width = max(min((v.Width-g.label-g.sums)/n, widest), g.width)
	room := max(g.width-gap-1, leastHead)
	g.heads, g.head = names(v.Cols, room), 1
	for col, group := range v.Cols { // one that is whole without the blank at its end stays whole
		if label := cells.Clean(strings.TrimSpace(group.Label)); cells.Width(label) == g.width-gap && !slices.Contains(g.heads, label) {
			g.heads[col] = label
		}
	}
	if whole, ok := onTwo(v.Cols, g.heads, max(room, g.width-gap)); ok && !v.Plain && v.Height > v.Shortest() {
		g.heads, g.head = whole, 2
	}
	v.rows(&g)
	return g
}

// widestShare is how wide a share can be: 100.0%.
const widestShare = 6

// widestOther is how wide what the cells do not tell is.
func (v *View) widestOther() int {
	width := 0
	for _, line := range v.Flows {
		for _, flow := range line {
			width = max(width, cells.Width(v.other(flow)))
		}
	}
	return width
}

// rows finds how tall the rows are, and what stands between and below them.
func (v *View) rows(g *grid) {
	g.tells = 1
	if room := g.width - gap - marks - breath; room >= widestShare {
		g.tells = 2
		if room >= v.widestOther() {
			g.tells = tallest
		}
	}
	most := g.tells
	if v.ByTier && g.tells == tallest {
		most = tallestTier
	}
	left := v.Height - g.head
	if !v.Plain && left > len(v.Rows) {
		g.now = true
		left--
	}
	if rules := v.breaks(v.Rows) + 1; g.now && left >= len(v.Rows)+rules {
		g.rules = true
		left -= rules
	}
	g.last = len(v.Rows)
	if room := max(left, 1); room < len(v.Rows) {
		g.first = min(max(v.Row-room+1, 0), len(v.Rows)-room)
		g.last = g.first + room
	}
	g.height = 1
	if !v.Plain {
		g.height = min(max(left/max(len(v.Rows), 1), 1), most)
	}
}

// breaks counts the places where one tier ends and another begins.
func (v *View) breaks(groups []Group) int {
	n := 0
	for i := range groups {
		if v.breakBefore(groups, i) {
			n++
		}
	}
	return n
}

// breakBefore reports whether another tier begins with a group: segments are
// parted by tier, those outside from all others.
func (v *View) breakBefore(groups []Group, i int) bool {
	if i == 0 || i >= len(groups) {
		return false
	}
	a, b := groups[i-1], groups[i]
	return a.Outside != b.Outside || !v.ByTier && a.Tier != b.Tier
}

// names returns what the groups are called in at most width cells.
func names(groups []Group, width int) []string {
	all := make([]string, len(groups))
	for i, g := range groups {
		if all[i] = g.Label; g.Outside && cells.Width(g.Label) > width {
			all[i] = absent
		}
	}
	return Short(all, width)
}

// absent is what those outside are called where there is little room.
var absent = catalogue.T("absent")

// text writes the value of a flow, nobody as a point.
func (v *View) text(f rfm.Flow, short bool) string {
	n := v.Value.Of(f)
	switch {
	case f.Customers == 0:
		return "·"
	case v.Value == Revenue && short:
		return words.ScaleFor(model.Money(n)).Short(model.Money(n))
	case v.Value == Revenue:
		return words.Brief(model.Money(n), v.Symbol)
	case short:
		return words.ShortCount(n)
	}
	return words.Count(n)
}

// other writes what the cells do not tell of a flow.
func (v *View) other(f rfm.Flow) string {
	if v.Value == Revenue {
		return words.Count(f.Customers)
	}
	return words.Brief(f.Revenue, v.Symbol)
}

// FitsInFull reports whether all columns stand side by side in a width with
// their figures in full.
func (v *View) FitsInFull() bool {
	g := v.measure(manner{name: shortName})
	return g.label+len(v.Cols)*g.width <= v.Width
}

// Least returns the width that the figures, names and sums in full need.
func (v *View) Least() int {
	g := v.measure(manner{name: widestName, sums: !v.Plain})
	return g.label + len(v.Cols)*g.width + g.sums
}

// Widest returns the width beyond which the table does not grow.
func (v *View) Widest() int {
	g := v.measure(manner{name: widestName, sums: !v.Plain})
	widest := widestSegment
	if v.ByTier {
		widest = widestTier
	}
	return g.label + len(v.Cols)*max(widest, g.width) + g.sums
}

// Shortest returns the height with all rows one line high, and their sums.
func (v *View) Shortest() int { return len(v.Rows) + 2 }

// Tallest returns the height beyond which the table does not grow.
func (v *View) Tallest() int {
	if v.Plain {
		return 1 + len(v.Rows)
	}
	most := tallest
	if v.ByTier {
		most = tallestTier
	}
	const head, now, rule = 2, 1, 1
	return head + len(v.Rows)*most + v.breaks(v.Rows) + rule + now
}

// Used returns how many of the lines are drawn on.
func (v *View) Used() int {
	g := v.lay()
	n := g.head + (g.last-g.first)*g.height
	if g.rules {
		n += v.breaks(v.Rows)
	}
	if g.now {
		n++
		if g.rules {
			n++
		}
	}
	return min(n, max(v.Height, 0))
}

// At returns the cell drawn at a column and a line, Head for a name; false
// where there is neither.
func (v *View) At(x, y int) (row, col int, ok bool) {
	g := v.lay()
	row, col = Head, Head
	if x >= g.label {
		col = g.from + (x-g.label)/max(g.width, 1)
		if col >= g.to {
			return 0, 0, false
		}
	}
	if y >= g.head {
		line := g.head
		for row = g.first; row < g.last; row++ {
			if g.rules && v.breakBefore(v.Rows, row) {
				line++
			}
			if line += g.height; y < line {
				break
			}
		}
		if row == g.last {
			return 0, 0, false
		}
	}
	return row, col, row != Head || col != Head
}

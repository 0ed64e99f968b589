package customers

import (
	"strings"

	"strata/model/catalogue"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// orderColumn is a figure or a text of an order.
type orderColumn struct {
	title   string
	right   bool
	quiet   bool // even of an order that counts
	warning bool
	text    func(order int) string // by its place in Orders
	style   func(th *theme.Theme, order int) theme.Style
}

// orderGap stands between two columns of the list of orders.
const orderGap = 2

// orderTable is how the list of orders is laid out.
type orderTable struct {
	columns []orderColumn
	widths  []int
	marks   bool // letters stand for why an order does not count
}

func (t orderTable) width() int {
	sum := 0
	for i, w := range t.widths {
		if w > 0 {
			sum += t.gap(i) + w
		}
	}
	return max(sum-orderGap, 0) // before the first
}

// gap is the room before a column; a letter needs less.
func (t orderTable) gap(column int) int {
	if t.marks && column > 0 && (t.columns[column].warning || t.columns[column-1].warning) {
		return 1
	}
	return orderGap
}

// laidOut is a layout of the list of orders, kept because all orders have been
// looked at for it.
type laidOut struct {
	of     *session.Profile
	symbol string
	width  int
	table  orderTable
}

// orderTable returns the layout of the list at a width.
func (p *profile) orderTable(symbol string, width int) orderTable {
	if l := p.laid; l.of != p.Profile || l.symbol != symbol || l.width != width {
		p.laid = laidOut{p.Profile, symbol, width, p.layTable(symbol, width)}
	}
	return p.laid.table
}

// layTable chooses what is told of each order: the key always, and it is never
// cut where there are other columns to leave out. Returned value, why an order
// does not count and what it counts for are there where any order has them. Where
// there is no room, value and returned value become one, letters stand for the
// reasons, what counts stands for what the order is worth, and at last no value is
// told.
func (p *profile) layTable(symbol string, width int) orderTable {
	amount := func(m model.Money) string { return words.Amount(m, symbol) }
	day := orderColumn{title: catalogue.T("day"), text: func(i int) string { return p.Orders[i].Day.String() }}
	key := orderColumn{title: catalogue.T("order"), quiet: true, text: func(i int) string { return cells.Clean(p.Orders[i].Key) }}
	bought := orderColumn{title: catalogue.T("amount"), right: true, text: func(i int) string { return amount(p.Orders[i].Value) }}
	returned := orderColumn{title: catalogue.T("returned"), right: true, text: func(i int) string {
		if p.Orders[i].Returned == 0 {
			return ""
		}
		return amount(-p.Orders[i].Returned)
	}, style: func(th *theme.Theme, _ int) theme.Style { return th.Down }}
	net := func(i int) model.Money { return p.Orders[i].Value - p.Orders[i].Returned }
	worth := orderColumn{title: catalogue.T("amount"), right: true, text: func(i int) string { return amount(net(i)) }}
	why := orderColumn{warning: true, text: p.Verdict}
	mark := orderColumn{warning: true, text: p.Mark}
	var counts []orderColumn
	last := []orderColumn{day, worth, mark, key}
	if p.InPart() {
		counts = []orderColumn{{title: catalogue.T("counts"), right: true, text: func(i int) string {
			if p.Counted[i] == 0 && p.Verdict(i) != "" {
				return ""
			}
			return amount(p.Counted[i])
		}}}
		last = []orderColumn{day, counts[0], mark, key}
	}
	join := func(before []orderColumn, after ...orderColumn) []orderColumn {
		return append(append(before, counts...), after...)
	}
	const lettersFrom = 2 // of these layouts
	var t orderTable
	for i, columns := range [][]orderColumn{
		join([]orderColumn{day, bought, returned}, why, key), join([]orderColumn{day, worth}, why, key), join([]orderColumn{day, worth}, mark, key), last, {day, mark, key},
	} {
		t = p.measured(columns)
		if t.marks = i >= lettersFrom; t.width() <= width {
			break
		}
	}
	return t
}

// measured gives the columns their widths, 0 to those that no order has.
func (p *profile) measured(columns []orderColumn) orderTable {
	t := orderTable{columns: columns, widths: make([]int, len(columns))}
	for c, column := range columns {
		widest := 0
		for i := range p.Orders {
			widest = max(widest, cells.Width(column.text(i)))
		}
		if widest > 0 && c < len(columns)-1 { // the title of the last may be cut
			widest = max(widest, cells.Width(column.title))
		}
		t.widths[c] = widest
	}
	return t
}

// orderPane lists the orders, the newest first. Where letters stand for reasons,
// its border explains them.
func (p *profile) orderPane(th *theme.Theme, symbol string, in pane.Pane) []string {
	width, _ := in.Inner()
	t := p.orderTable(symbol, width)
	if t.marks {
		in.Note = p.legend(in)
	}
	header := cells.NewLine(width)
	t.each(header, func(c int, put func(style theme.Style, text string)) { put(th.Dim, t.columns[c].title) })
	lines := []string{header.String()}
	from, to := p.orders.Visible()
	mark, _ := p.orders.Marked()
	for i := from; i < to; i++ {
		lines = append(lines, p.orderLine(th, t, width, len(p.Orders)-1-i, i == mark))
	}
	return in.Lines(th, lines)
}

// legend explains the letters of the list as far as the border has room.
func (p *profile) legend(in pane.Pane) string {
	marks := strings.Join(p.Marks(), " · ")
	around := cells.Width(in.Title) + 8
	for _, text := range []string{in.Note + " · " + marks, marks} {
		if cells.Width(text)+around <= in.Width {
			return text
		}
	}
	return in.Note
}

// each has something put into every column of a line that is there.
func (t orderTable) each(line *cells.Line, put func(column int, put func(style theme.Style, text string))) {
	end := 0
	for c, w := range t.widths {
		if w == 0 {
			continue
		}
		if end > 0 {
			end += t.gap(c)
		}
		start := end
		end += w
		put(c, func(style theme.Style, text string) {
			if line.SkipTo(start); t.columns[c].right {
				line.PutRight(style, text, end)
			} else {
				line.Put(style, text)
			}
		})
	}
}

func (p *profile) orderLine(th *theme.Theme, t orderTable, width, i int, marked bool) string {
	not := p.Verdict(i) != ""
	line := cells.NewLine(width)
	t.each(line, func(c int, put func(style theme.Style, text string)) {
		column, style := t.columns[c], th.Text
		switch {
		case column.warning:
			style = th.Warning
		case c == 0 && marked:
			style = th.Selected
		case not || column.quiet:
			style = th.Dim
		case column.style != nil:
			style = column.style(th, i)
		}
		put(style, column.text(i))
	})
	return line.String()
}

package page

import (
	"slices"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/chart"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/theme"
)

// visual is a part of an answer that is looked at: a table or a chart.
type visual struct {
	table   *table.Table
	chart   *chart.Chart
	caption string
	symbol  string
}

// visuals makes the parts of an answer that are looked at, in their order.
func visuals(d *answer.Document) []visual {
	var all []visual
	for _, p := range d.Parts(answer.Screen) {
		switch v := p.Value.(type) {
		case *answer.Table:
			all = append(all, visual{table: table.New(v.In(answer.Screen)), caption: v.Caption, symbol: v.Symbol})
		case *answer.Chart:
			all = append(all, visual{chart: chart.New(v), caption: v.Title})
		}
	}
	return all
}

// follow puts the mark where that of another was, in the order of that.
func (v visual) follow(other visual) screen.Outcome {
	switch {
	case v.table != nil && other.table != nil:
		return v.table.Follow(other.table)
	case v.chart != nil && other.chart != nil:
		if place, ok := other.chart.Marked(); ok {
			v.chart.Mark(place)
		}
	}
	return screen.Outcome{}
}

func (v visual) do(id action.ID) (screen.Outcome, bool) {
	if v.table != nil {
		return v.table.Do(id)
	}
	return screen.Outcome{}, v.chart.Do(id)
}

// lines draws the part, a table with its note below.
func (v visual) lines(th *theme.Theme, focused bool, width, height int) []string {
	if v.table == nil {
		v.chart.SetSize(width, height)
		return v.chart.Lines(th, focused)
	}
	below, rows := v.below(width, height), v.rowsRoom(width, height)
	v.table.SetSize(width, rows)
	drawn := v.table.Lines(th, focused)
	if rows+len(below) < height {
		drawn = append(drawn, v.table.Legend(th, width))
	}
	for _, line := range below {
		drawn = append(drawn, cells.NewLine(width).Put(th.Dim, line).String())
	}
	return drawn
}

// below is the note of a table in lines, as far as there is room for it.
func (v visual) below(width, height int) []string {
	lines := slices.DeleteFunc(cells.Wrap(cells.Clean(v.table.View().Note), width), func(line string) bool { return line == "" })
	if height < leastTable+len(lines) {
		return nil
	}
	return lines
}

// rowsRoom is how many lines a table has beside its note and its legend.
func (v visual) rowsRoom(width, height int) int {
	height -= len(v.below(width, height))
	if v.table.HasLegend() && height > leastTable {
		height--
	}
	return height
}

// hidden says how many rows are drawn where that is not all of them.
func (v visual) hidden(width, height int) string {
	if v.table == nil {
		return ""
	}
	if height = v.rowsRoom(width, height); v.table.Tallest() <= height {
		return ""
	}
	const header = 1
	return catalogue.T("{drawn} of {rows} rows", "drawn", max(height-header, 0), "rows", words.Count(int64(v.table.Tallest()-header)))
}

// tallest is how many lines the part makes use of, and false where it takes whatever there
// is.
func (v visual) tallest(width int) (lines int, ok bool) {
	if v.table != nil {
		return v.table.Tallest(), true
	}
	v.chart.SetSize(width, 0)
	return v.chart.Tallest()
}

// leastTable is how many lines a table has before its note is left out.
const leastTable = 5

// behind returns who is behind the marked figure, nil where nobody is.
func (v visual) behind() *answer.Crowd {
	if v.table != nil {
		if row, column, ok := v.table.Marked(); ok {
			return v.table.View().Behind(row, column)
		}
		return nil
	}
	if place, ok := v.chart.Marked(); ok && v.chart.Behind != nil {
		return v.chart.Behind(place)
	}
	return nil
}

// tell says the marked figure in a sentence, "" where there is none.
func (v visual) tell() string {
	if v.table != nil {
		if row, column, ok := v.table.Marked(); ok {
			return v.table.View().Tell(row, column)
		}
		return ""
	}
	if place, ok := v.chart.Marked(); ok {
		return v.chart.At(place)
	}
	return ""
}

// note says what a chart measures.
func (v visual) note() string {
	if v.chart != nil {
		return v.chart.Note
	}
	return ""
}

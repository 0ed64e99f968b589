package main

import (
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/mark"
	"strata/tui/session"
)

// mapAnswer tells which cell is in which segment, the best scores first, with who is
// in it where they are counted. Map is "" for one of the scheme's own, colour 0 where a
// segment has that of its tier, and patterns stand for exactly the cells of a segment.
// A terminal is given a grid of marks.
func mapAnswer(scheme model.Scheme, m *session.MapView, symbol string) *answer.Document {
	names := make([]string, len(m.Segments))
	for i, s := range m.Segments {
		if s.Slug != rfm.Others().Slug {
			names[i] = s.Label
		}
	}
	marks := mark.Two(names)
	var segments, every answer.Slice[mapRow]
	for i, s := range m.Segments {
		segments = append(segments, mapRow{s, marks[i], "", s.Flow})
	}
	for _, c := range m.Cells {
		every = append(every, mapRow{m.Segments[c.Segment], marks[c.Segment], rfm.CellText(c.Scores), c.Flow})
	}
	own := catalogue.T("its own")
	if scheme.Map != "" {
		own = scheme.Map
	}
	d := &answer.Document{Title: catalogue.T("Map of {name}", "name", scheme.Name), Flat: "cells"}
	d.Say(catalogue.T("scheme {name} · map: {own} · {cells} cells", "name", scheme.Name, "own", own, "cells", len(m.Cells)))
	d.SayIn(answer.Terminal, strings.Split(strings.TrimSuffix(mapGrid(m, marks), "\n"), "\n")...)
	for slice := range m.Levels[model.Monetary] {
		d.Table(mapSlice(m, slice+1), answer.Page)
	}
	d.Field("scheme", answer.Text(scheme.Name)).Field("map", answer.Text(scheme.Map)).Encoded("levels", perAxis(m.Levels))
	drawn := []mapColumn{{In: answer.Terminal, Of: func(s mapRow) answer.Value { return answer.Text(s.mark) }}}
	which := []mapColumn{{Title: catalogue.T("which"), Means: catalogue.T("scores of recency, frequency and monetary; * is any"), In: answer.People, Of: func(s mapRow) answer.Value { return answer.Text(patternText(s.Patterns)) }}}
	place, within := placeColumns(), withinColumns(m.Counted, amounts{m.Unvalued})
	t := answer.TableOf("segments", segments, slices.Concat(drawn, place, cellsColumns(), within, which))
	t.Symbol = symbol
	d.Table(t, answer.JSON|answer.People)
	cell := []mapColumn{{Key: "cell", In: answer.Machines, Of: func(s mapRow) answer.Value { return answer.Text(s.cell) }}}
	return d.Table(answer.TableOf("cells", every, slices.Concat(cell, place, within)), answer.Machines)
}

// mapRow is a segment, or one of its cells.
type mapRow struct {
	session.MapSegment
	mark, cell string
	within     rfm.Flow
}

type mapColumn = answer.Column[mapRow]

// placeColumns tell a segment.
func placeColumns() []mapColumn {
	return []mapColumn{
		{Key: "segment", In: answer.Machines, Of: func(s mapRow) answer.Value { return answer.Text(s.Slug) }},
		{Key: "label", Title: catalogue.T("segment"), In: answer.Everyone, Of: func(s mapRow) answer.Value { return answer.Text(s.Label) }},
		{Key: "tier", Title: catalogue.T("tier"), In: answer.Everyone, Of: func(s mapRow) answer.Value { return answer.Text(s.Tier).Told(words.Tier(s.Tier)) }},
		{Key: "color", In: answer.JSON, Of: func(s mapRow) answer.Value { return answer.Count(s.Color) }},
		{Key: "color", Title: catalogue.T("color"), In: answer.CSV | answer.People, Of: func(s mapRow) answer.Value {
			if s.Color == 0 {
				return answer.Value{}.Untold()
			}
			return answer.Count(s.Color)
		}},
	}
}

// cellsColumns tell how many cells a segment has; its patterns stand for exactly them.
func cellsColumns() []mapColumn {
	return []mapColumn{
		{Key: "cells", Title: catalogue.T("cells"), In: answer.Everyone, Of: func(s mapRow) answer.Value { return answer.Count(s.Cells) }},
		{Key: "patterns", In: answer.JSON, List: func(s mapRow) []answer.Value {
			patterns := []answer.Value{}
			for _, p := range s.Patterns {
				patterns = append(patterns, answer.Text(p.String()))
			}
			return patterns
		}},
	}
}

// withinColumns tell who is in a segment or a cell, where they are counted.
func withinColumns(counted bool, money amounts) []mapColumn {
	in := answer.Everyone
	if !counted {
		in = answer.Machines
	}
	return []mapColumn{
		{Key: "customers", Title: catalogue.T("customers"), Short: catalogue.T("cust."), In: in, Of: func(s mapRow) answer.Value { return answer.If(counted, answer.Count(s.within.Customers)) }},
		{Key: "revenue", Title: catalogue.T("revenue"), In: in, Of: func(s mapRow) answer.Value { return answer.If(counted, money.value(s.within.Revenue)) }},
	}
}

// mapSlice names the segments of all cells of one monetary score, for a page.
func mapSlice(m *session.MapView, slice int) *answer.Table {
	at := map[[model.Axes]int]string{}
	for _, c := range m.Cells {
		at[c.Scores] = m.Segments[c.Segment].Label
	}
	var rows answer.Slice[int]
	for row := m.Levels[model.Recency]; row >= 1; row-- {
		rows = append(rows, row)
	}
	columns := []answer.Column[int]{{In: answer.Page, Of: func(row int) answer.Value { return answer.Text(session.ScoreName(model.Recency, row)) }}}
	for col := 1; col <= m.Levels[model.Frequency]; col++ {
		columns = append(columns, answer.Column[int]{Title: session.ScoreName(model.Frequency, col), In: answer.Page, Of: func(row int) answer.Value {
			return answer.Text(at[[model.Axes]int{row, col, slice}])
		}})
	}
	t := answer.TableOf("slice", rows, columns)
	t.Caption = session.ScoreName(model.Monetary, slice)
	return t
}

// mapGrid draws the grids side by side.
func mapGrid(m *session.MapView, marks []string) string {
	const r, f, money = model.Recency, model.Frequency, model.Monetary
	at := map[[model.Axes]int]string{}
	for _, c := range m.Cells {
		at[c.Scores] = marks[c.Segment]
	}
	width := cells.Width(marks[0])
	pad := func(text string) string { return text + strings.Repeat(" ", width-min(cells.Width(text), width)) }
	var out strings.Builder
	line := func(name string, cell func(slice, col int) string) {
		var text strings.Builder
		text.WriteString(name)
		for slice := 1; slice <= m.Levels[money]; slice++ {
			text.WriteString("  ")
			for col := 1; col <= m.Levels[f]; col++ {
				text.WriteString(" " + pad(cell(slice, col)))
			}
		}
		out.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
	line("  ", func(slice, col int) string {
		if col == 1 {
			return session.ScoreName(money, slice)
		}
		return ""
	})
	line("  ", func(_, col int) string { return session.ScoreName(f, col) })
	for row := m.Levels[r]; row >= 1; row-- {
		line(session.ScoreName(r, row), func(slice, col int) string { return at[[model.Axes]int{row, col, slice}] })
	}
	return out.String()
}

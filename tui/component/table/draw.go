package table

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/bar"
	"strata/tui/component/cells"
	"strata/tui/component/chart"
	"strata/tui/theme"
)

// tierOf is the tier that a tone is that of.
var tierOf = map[answer.Tone]model.Tier{answer.High: model.TierHigh, answer.Mid: model.TierMid, answer.Low: model.TierLow}

// Lines draws the table in the room it was given.
func (t *Table) Lines(th *theme.Theme, focused bool) []string {
	if t.view.Table == nil || t.height <= 0 || len(t.view.Heads) == 0 {
		return nil
	}
	from, to := t.list.Visible()
	rows := make([][]string, 0, max(to-from, 0))
	for place := from; place < to; place++ {
		texts := slices.Clone(t.row(t.arranged.row(place))) // of which there is one
		for c := range texts {
			texts[c] = cells.Clean(texts[c])
			t.widen(t.arranged.row(place), c, texts[c])
		}
		rows = append(rows, texts)
	}
	l := t.lay()
	lines := []string{t.header(th, l, focused)}
	mark, _ := t.list.Marked()
	for i, texts := range rows {
		lines = append(lines, t.line(th, l, t.arranged.row(from+i), texts, from+i == mark, focused))
	}
	if t.below() > 0 && t.height > 1 {
		lines = append(lines, cells.Blank(t.width, t.height-1-len(lines))...)
		lines = append(lines[:t.height-1], t.filterLine(th))
	}
	return lines
}

func (t *Table) header(th *theme.Theme, l layout, focused bool) string {
	line := cells.NewLine(t.width)
	for i, c := range l.columns {
		style, title := th.Dim, l.titles[c]
		if focused && c == t.column {
			style = th.AccentStrong
		}
		order := ""
		if c == t.wanted.by {
			if order = "▲"; t.wanted.descending {
				order = "▼"
			}
		}
		t.put(line, l, i, th.Text, style, cells.Fit(title, l.widths[i]-cells.Width(order))+order)
	}
	if l.more {
		const sign = "»"
		if line.Left() == 0 && t.width > 0 {
			cut := cells.NewLine(t.width)
			return cut.Join(line.String(), t.width).String()
		}
		line.PutRight(th.Dim, sign, t.width)
	}
	return line.String()
}

// line draws a row. The marked one stands out over its whole width, but for shades.
func (t *Table) line(th *theme.Theme, l layout, row int, texts []string, marked, focused bool) string {
	line, ground := cells.NewLine(t.width), th.Text
	if marked && focused {
		ground = th.Selected
	}
	for i, c := range l.columns {
		style, text := t.style(th, row, c), texts[c]
		if l.short > 0 {
			text = t.shortened(row, c, text)
		}
		size, shaded := t.shaded(row, c)
		if shaded = shaded && t.largest > t.least; shaded {
			part := max((size-t.least)/(t.largest-t.least), faintest)
			style = th.Heat(part)
			if shade := th.Shade(part); shade != "" {
				text = shade + strings.Repeat(" ", max(l.widths[i]-cells.Width(text), 0)) + text
			}
		}
		switch {
		case !marked:
		case focused && c == t.column:
			style = th.Brand
			if !t.figures[c] { // the whole cell, which may be empty
				text = fit(text, l.widths[i])
				text += strings.Repeat(" ", max(l.widths[i]-cells.Width(text), 0))
			}
		case shaded:
		case focused:
			style = th.Selected
		case !t.figures[c] && t.view.Tone(row, c) == answer.Plain:
			style = th.AccentStrong
		}
		if t.view.Heads[c].Tiers && !(marked && focused && c == t.column) && cells.Width(text) <= l.widths[i] {
			line.Repeat(ground, " ", l.gaps[i])
			end := line.At() + l.widths[i]
			chart.PutTiers(line, th, text)
			line.Repeat(ground, " ", end-line.At())
			continue
		}
		t.put(line, l, i, ground, style, text)
	}
	if !marked || !focused {
		t.bar(line, th, row)
	}
	return line.Repeat(ground, " ", line.Left()).String()
}

// bar draws the figure that is to be seen as one behind all columns, where there is
// room.
func (t *Table) bar(line *cells.Line, th *theme.Theme, row int) {
	c := slices.IndexFunc(t.view.Heads, func(h answer.Head) bool { return h.Bar })
	room := min(line.Left()-gap, widestBar)
	if c < 0 || room < leastBar || t.most <= 0 {
		return
	}
	if size, ok := t.view.At(row, c).Size(); ok && size > 0 {
		style, tier := th.Dim, model.TierNone
		if of, ok := tierOf[t.view.Tone(row, 0)]; ok {
			style, tier = th.Tier(of), of
		}
		const whole = 1 << 20
		line.Skip(gap).Put(style, bar.Text(th, tier, int64(size/t.most*whole), whole, room))
	}
}

// The least that a bar is told from others in, and the width beyond which it does not
// grow.
const (
	leastBar  = 8
	widestBar = 40
)

// HasLegend reports whether shades say something, see [Table.Legend].
func (t *Table) HasLegend() bool {
	return t.view.Table != nil && t.view.Shaded != "" && t.heat && t.largest > t.least
}

// Legend says what the shades of the figures are, from the least to the largest.
func (t *Table) Legend(th *theme.Theme, width int) string {
	line := cells.NewLine(width)
	end := func(i int, part float64) {
		text := " " + t.ends[i].ForPeople(words.ScaleFor(0), t.view.Symbol) + " "
		if shade := th.Shade(part); shade != "" {
			text = shade + text
		}
		line.Put(th.Heat(part), text)
	}
	end(0, faintest)
	line.Put(th.Dim, catalogue.T(" to "))
	end(1, 1)
	return line.Put(th.Dim, " "+t.view.Shaded).Repeat(th.Text, " ", line.Left()).String()
}

// faintest is the shade of the least figure: nothing is for where there is none.
const faintest = 0.01

func (t *Table) style(th *theme.Theme, row, column int) theme.Style {
	switch tone := t.view.Tone(row, column); tone {
	case answer.High, answer.Mid, answer.Low:
		return th.TierStrong(tierOf[tone])
	case answer.Dim:
		return th.Dim
	case answer.Bright:
		return th.AccentStrong
	case answer.Fall:
		return th.Down
	case answer.Look:
		return th.Warning
	}
	if t.view.At(row, column).IsPartial() {
		return th.Dim
	}
	return th.Text
}

// fit cuts a text: between clauses where that leaves most of it.
func fit(text string, width int) string {
	const gap, more = ", ", ", …"
	for short := text; cells.Width(text) > width; {
		at := strings.LastIndex(short, gap)
		if at < 0 {
			break
		}
		if short = short[:at]; cells.Width(short) < width/2 {
			break
		} else if cells.Width(short+more) <= width {
			return short + more
		}
	}
	return cells.Fit(text, width)
}

// put writes a cell. A figure's ground begins one cell before it, so that grounds meet
// no text.
func (t *Table) put(line *cells.Line, l layout, i int, ground, style theme.Style, text string) {
	end := line.At() + l.take(i)
	if !t.figures[l.columns[i]] {
		line.Repeat(ground, " ", l.gaps[i]).Put(style, fit(text, min(l.widths[i], line.Left())))
		line.Repeat(ground, " ", end-line.At())
		return
	}
	space := min(l.gaps[i], 1)
	room := end - line.At() - space
	text = cells.Fit(text, room)
	line.Repeat(ground, " ", space).Put(style, strings.Repeat(" ", max(room-cells.Width(text), 0))+text)
}

package tui

import (
	"strings"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// brand begins the header.
const (
	brand    = " strata "
	brandGap = 2
)

// Room in the header: between facts, at the end of the line, and for the name of
// the workspace, less where what limits the figures has to be told, too.
const (
	headerGap   = 3
	headerEnd   = 1
	leastName   = 12
	shorterName = 8
	leastLimits = 10 // fewer cells tell nothing
)

// header tells what is open, what limits its figures, and what it is compared
// with.
func (w *workbench) header() string {
	p := w.layHeader()
	end := w.width - cells.Width(p.chip) // the rest of the line
	line := cells.NewLine(end).Put(w.theme.Brand, brand).Skip(brandGap)
	f := w.frame()
	if w.stage != working || f == nil {
		return line.Put(w.theme.Strong, w.name).String()
	}
	if p.name != "" {
		line.Put(w.theme.Strong, p.name).Skip(headerGap)
	}
	line.Put(w.theme.Accent, f.Title).Put(w.theme.Warning, schemeMark(f, w.width))
	if p.against != "" {
		line.Skip(headerGap).Put(w.theme.Dim, p.against)
	}
	if p.limits != "" {
		w.withKeys(line.Skip(headerGap), w.theme.Accent, p.limits)
	}
	line.PutRight(w.theme.Dim, p.facts, end-p.margin())
	style := w.theme.Alert
	if w.looked {
		style = w.theme.Dim
	}
	return cells.NewLine(w.width).Join(line.String(), end).Put(style, p.chip).String()
}

// layHeader divides the header. Where a filter or a window would lose its words, or
// the customers or a chosen day their place, other words go first.
func (w *workbench) layHeader() headerParts {
	f := w.frame()
	if w.stage != working || f == nil {
		return headerParts{}
	}
	p := headerParts{chip: w.chip(w.width)}
	room := w.width - cells.Width(brand) - brandGap - cells.Width(p.chip) - p.margin() - headerGap - cells.Width(cells.Clean(f.Title)+schemeMark(f, w.width))
	p = w.partHeader(f, room, p)
	if limited := w.limitedHeader(f); limited != nil && !limited.toldIn(p) {
		if better, ok := limited.lay(w, room+cells.Width(p.chip)+p.margin()); ok {
			return better
		}
	}
	return p
}

// schemeMark says behind the name of a scheme that it differs from what is saved
// under that name, or that nothing is.
func schemeMark(f *session.Frame, width int) string {
	const roomy = 80
	switch {
	case f.Unsaved && width >= roomy:
		return " * not saved"
	case f.Edited:
		return " *"
	}
	return ""
}

// headerParts are the parts of the header that share its room.
type headerParts struct{ name, limits, against, facts, chip string }

// margin is the room behind the facts.
func (p headerParts) margin() int {
	if p.chip != "" {
		return headerGap
	}
	return headerEnd
}

// partHeader divides room cells among the parts: what limits the figures goes
// before what they are compared with, and that before the figures themselves. But
// of several limits one is enough where more would push out the figures.
func (w *workbench) partHeader(f *session.Frame, room int, p headerParts) headerParts {
	p.against = cells.Clean("against " + f.Against())
	limits := session.Limits(f.Scheme.Spec)
	least := min(cells.Width(cells.Clean(w.name)), leastName)
	if len(limits) > 0 {
		least = min(least, shorterName)
	}
	against := cells.Width(p.against) + headerGap
	figures := cells.Width(strings.Join(figuresOf(f, w.currency()), "")) + 2*headerGap
	room -= least
	whole := cells.Width(cells.Clean(w.name)) - least // what the name lacks
	if f.Against() == f.Title && !f.Edited && room < whole+against+figures+headerGap+cells.Width(figure.FirstLimits(limits, 1)) {
		p.against, against = "", 0
	}
	for n := len(limits); n > 0; n-- {
		p.limits = figure.FirstLimits(limits, n)
		if cells.Width(p.limits)+headerGap+against+figures <= room {
			break
		}
	}
	if len(limits) > 1 && cells.Width(p.limits) > room-headerGap {
		p.limits = figure.LimitMark(len(limits))
		if key := " [w]"; cells.Width(p.limits+key) <= room-headerGap {
			p.limits += key
		}
	}
	if len(limits) > 0 {
		if p.limits = cells.Fit(p.limits, room-headerGap); cells.Width(p.limits) < leastLimits {
			p.limits = "" // the screens tell
		} else {
			room -= cells.Width(p.limits) + headerGap
		}
	}
	if room < against {
		p.against, against = "", 0
	}
	room += least - against
	name := max(room*2/5, min(leastName, room), least)
	wanted := []int{figures} // with the room before them
	if f.Scheme.Spec.AsOf != model.NoDay {
		day := headerGap + cells.Width(asOf(f))
		wanted = []int{day + figures, day}
	}
	for _, w := range wanted {
		if left := room - w; left >= least {
			name = min(name, left)
			break
		}
	}
	p.name = cells.Fit(cells.Clean(w.name), name)
	p.facts = w.headerFacts(f, room-cells.Width(p.name)-headerGap)
	return p
}

func asOf(f *session.Frame) string { return "as of " + f.AsOf.String() }

// figuresOf are the figures that the header tells.
func figuresOf(f *session.Frame, currency string) []string {
	return []string{words.Customers(f.Total.Customers), words.Worth(f.Total.Revenue, words.Symbol(currency))}
}

// headerFacts joins the facts that there is room for. The day is left out first,
// unless it was chosen: then it is part of what the figures mean, and goes last. The
// customers go before what they brought, which needs less room.
func (w *workbench) headerFacts(f *session.Frame, room int) string {
	day, figures := asOf(f), figuresOf(f, w.currency())
	customers, worth := figures[0], figures[1]
	choices := [][]string{{day, customers, worth}, {customers, worth}, {customers}, {worth}}
	if f.Scheme.Spec.AsOf != model.NoDay {
		choices = [][]string{{day, customers, worth}, {day, customers}, {day}}
	}
	for _, facts := range choices {
		if text := strings.Join(facts, strings.Repeat(" ", headerGap)); cells.Width(text) <= room {
			return text
		}
	}
	return ""
}

// Below these widths the chip uses fewer words.
const (
	chipFrom      = 100
	shortChipFrom = 80
)

// chip says that rows were refused, at any time, with the words of a terminal of a
// width: it loses its colour once that has been looked at, and stays where it is.
func (w *workbench) chip(width int) string {
	if w.stage != working || w.bench == nil || w.rows.Refused == 0 {
		return ""
	}
	switch text := words.Count(w.rows.Refused) + " refused, " + words.Share(w.rows.Refused, w.rows.Read); {
	case width >= chipFrom:
		return " ! " + figure.Refused(w.rows) + " "
	case width >= shortChipFrom:
		return " ! " + text + " "
	}
	return " ! " + words.Share(w.rows.Refused, w.rows.Read) + " refused "
}

// currency is that of the workspace, of the preview before it is open.
func (w *workbench) currency() string {
	if w.bench != nil {
		return words.CurrencyOf(w.info)
	}
	return w.options.Currency
}

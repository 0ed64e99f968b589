package tui

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
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
	if p.limits != "" { // behind the name that they are of, not behind that of the baseline
		w.withKeys(line.Skip(headerGap), w.theme.Accent, p.limits)
	}
	if p.against != "" {
		line.Skip(headerGap).Put(w.theme.Dim, p.against)
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
	room := w.width - cells.Width(brand) - brandGap - headerGap - cells.Width(cells.Clean(f.Title)+schemeMark(f, w.width))
	part := func(chip string) headerParts {
		p := headerParts{chip: chip}
		return w.partHeader(f, room-cells.Width(chip)-p.margin(), p)
	}
	p := part(w.chip(w.width))
	limited := w.limitedHeader(f)
	if limited == nil {
		return p
	}
	// Words of the chip are worth less than what the customers brought.
	all := w.factsByRoom(f)[0]
	for _, width := range []int{shortChipFrom, 0} {
		if shorter := part(w.chip(width)); p.facts != all && shorter.facts == all && limited.toldIn(shorter) {
			p = shorter
		}
	}
	if !limited.toldIn(p) {
		if better, ok := limited.lay(w, room); ok {
			return better
		}
	}
	return p
}

// against tells what the figures are compared with.
func against(f *session.Frame) string {
	return cells.Clean(catalogue.T("against {against}", "against", f.Against()))
}

// schemeMark says behind the name of a scheme that it differs from what is saved
// under that name, or that nothing is.
func schemeMark(f *session.Frame, width int) string {
	const roomy = 80
	switch {
	case f.Unsaved && width >= roomy:
		return catalogue.T(" * not saved")
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

// partHeader divides room cells among the parts: what limits the figures goes first,
// then the customers and the day they are as of; what they are compared with and what
// they brought have the room that is left. But of several limits one is enough where
// more would push out the customers or their day.
func (w *workbench) partHeader(f *session.Frame, room int, p headerParts) headerParts {
	limits := session.Limits(f.Scheme.Spec)
	least := min(cells.Width(cells.Clean(w.name)), leastName)
	if len(limits) > 0 {
		least = min(least, shorterName)
	}
	choices := w.factsByRoom(f)
	room -= least
	for n := len(limits); n > 0; n-- {
		p.limits = figure.FirstLimits(limits, n)
		if cells.Width(p.limits)+headerGap+headerGap+cells.Width(choices[1]) <= room {
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
	against := against(f)
	if left := room - headerGap - cells.Width(choices[1]) - headerGap - cells.Width(against); left >= 0 {
		p.against, room = against, room-headerGap-cells.Width(against)
	}
	room += least
	name := max(room*2/5, min(leastName, room), least)
	for _, facts := range choices {
		if left := room - headerGap - cells.Width(facts); left >= least {
			name = min(name, left)
			break
		}
	}
	p.name = cells.Fit(cells.Clean(w.name), name)
	for _, facts := range choices {
		if cells.Width(facts) <= room-cells.Width(p.name)-headerGap {
			p.facts = facts
			break
		}
	}
	return p
}

func asOf(f *session.Frame) string { return catalogue.T("as of {as_of}", "as_of", f.AsOf.String()) }

// figuresOf are the figures that the header tells.
func figuresOf(f *session.Frame, currency string) []string {
	return []string{words.Customers(f.Total.Customers), words.Worth(f.Total.Revenue, words.Symbol(currency))}
}

// factsByRoom are the facts of the header, all and then ever fewer of them, to take
// the first that there is room for. What the customers brought is left out first, then
// the day, unless it was chosen: then it is part of what the figures mean, and goes
// last.
func (w *workbench) factsByRoom(f *session.Frame) []string {
	day, figures := asOf(f), figuresOf(f, w.currency())
	customers, worth := figures[0], figures[1]
	choices := [][]string{{day, customers, worth}, {day, customers}, {customers, worth}, {customers}, {worth}}
	if f.Scheme.Spec.AsOf != model.NoDay {
		choices = [][]string{{day, customers, worth}, {day, customers}, {day}}
	}
	texts := make([]string, len(choices))
	for i, facts := range choices {
		texts[i] = strings.Join(facts, strings.Repeat(" ", headerGap))
	}
	return texts
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
	switch text := catalogue.T("{rows} refused, {share}", "rows", words.Count(w.rows.Refused), "share", words.Share(w.rows.Refused, w.rows.Read)); {
	case width >= chipFrom:
		return " ! " + figure.Refused(w.rows) + " "
	case width >= shortChipFrom:
		return " ! " + text + " "
	}
	return catalogue.T(" ! {refused} refused ", "refused", words.Share(w.rows.Refused, w.rows.Read))
}

// bareChip is the chip without words.
func (w *workbench) bareChip() string {
	if w.chip(0) == "" {
		return ""
	}
	return " ! " + words.Share(w.rows.Refused, w.rows.Read) + " "
}

// currency is that of the workspace, of the preview before it is open.
func (w *workbench) currency() string {
	if w.bench != nil {
		return words.CurrencyOf(w.info)
	}
	return w.options.Currency
}

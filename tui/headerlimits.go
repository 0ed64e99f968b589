package tui

import (
	"strings"

	"strata/model"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// limitedHeader is what the header must tell of figures that a filter, a window or a
// chosen day narrows down: these in words, and the customers.
type limitedHeader struct {
	frame  *session.Frame
	limits []string // in words, the narrowing ones first
	short  []string // the narrowing ones as flags have them
	must   []string // facts: the day if one was chosen, the customers
	all    []string // facts: the day, the customers, what they brought
}

// limitedHeader returns nil where none of them does.
func (w *workbench) limitedHeader(f *session.Frame) *limitedHeader {
	h := &limitedHeader{frame: f, limits: session.Limits(f.Scheme.Spec), short: session.Narrowing(f.Scheme.Spec)}
	if h.short == nil && f.Scheme.Spec.AsOf == model.NoDay {
		return nil
	}
	figures := figuresOf(f, w.currency())
	h.must, h.all = figures[:1], []string{asOf(f), figures[0], figures[1]}
	if f.Scheme.Spec.AsOf != model.NoDay {
		h.must = []string{asOf(f), figures[0]}
	}
	return h
}

// toldIn reports whether all of that stands in a header.
func (h *limitedHeader) toldIn(p headerParts) bool {
	for _, fact := range h.must {
		if !strings.Contains(p.facts, fact) {
			return false
		}
	}
	return strings.HasPrefix(p.limits, figure.FirstLimits(h.limits[:len(h.short)], len(h.short)))
}

// lay divides room cells behind the brand and around the title, the chip's
// included. What matters least is left out first: what the figures are compared with
// or their worth, the day, words of the chip, words of the limits, the name of the
// workspace.
func (h *limitedHeader) lay(w *workbench, room int) (p headerParts, ok bool) {
	name := cells.Clean(w.name)
	name = cells.Fit(name, min(cells.Width(name), shorterName))
	whole, short := w.chip(w.width), w.chip(0)
	for _, c := range []struct {
		name  string
		facts []string
		chip  string
	}{
		{name, h.all, whole},
		{name, h.all[:2], whole},
		{name, h.must, whole},
		{name, h.must, short},
		{"", h.must, short},
		{"", h.must, w.bareChip()},
	} {
		p, facts := headerParts{name: c.name, chip: c.chip}, c.facts
		p.facts = strings.Join(facts, strings.Repeat(" ", headerGap))
		left := room - p.margin() - cells.Width(p.chip) - cells.Width(p.facts) - headerGap
		if p.name != "" {
			left -= cells.Width(p.name) + headerGap
		}
		for n := len(h.limits); n >= max(len(h.short), min(1, len(h.limits))); n-- {
			if p.limits = figure.FirstLimits(h.limits, n); cells.Width(p.limits) <= left {
				return p, true
			}
		}
		if p.limits = h.brief(); p.chip != whole && cells.Width(p.limits) <= left {
			return p, true
		}
		if p.name == "" && p.chip != short && left >= leastLimits {
			p.limits = h.cut(left)
			return p, true
		}
	}
	return p, false
}

// brief tells the narrowing limits in as few words as flags do.
func (h *limitedHeader) brief() string {
	if h.short == nil {
		return figure.LimitMark(len(h.limits))
	}
	brief := append([]string{"⊂ " + strings.Join(h.short, " · ")}, h.limits[len(h.short):]...)
	return figure.FirstLimits(brief, 1)
}

// cut tells what it can of limits that have no room.
func (h *limitedHeader) cut(room int) string {
	if len(h.limits) == 0 {
		return ""
	}
	if len(h.limits) == 1 {
		return cells.Fit(cells.Clean(h.limits[0]), room)
	}
	mark := figure.LimitMark(len(h.limits))
	if key := " [w]"; cells.Width(mark+key) <= room {
		mark += key
	}
	return cells.Fit(mark, room)
}

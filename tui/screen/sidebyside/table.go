package sidebyside

import (
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// row is a line of the table.
type row struct {
	label   string
	heading bool
	says    string     // a sentence across the whole row, "" for figures
	tier    model.Tier // of a tier's or a segment's row, else ""
	isTier  bool
	cells   []cell // one for each side; none in a heading
}

// cell is what a side has in a row.
type cell struct {
	text   string
	share  string
	change string // against the first side, the baseline, with sign and mark; "" where there is nothing to compare
	rises  int    // the sign of the change
	plain  string // the figure for a spreadsheet
	wide   bool   // a text, not a figure: it may take the room of the share
}

// build lists the rows: what moves, the figures of every tier and segment, and
// the schemes themselves.
func (s *Screen) build() []row {
	rows := s.against()
	for _, m := range s.measures() {
		rows = append(rows, s.figures(m)...)
	}
	return append(rows, s.schemes()...)
}

// measure is a figure that every group has.
type measure struct {
	title   string
	tell    func(g, all session.Figures) cell
	compare func(g, first session.Figures) (change string, rises int)
	shares  func(f *session.Frame) figure.GroupShares // nil for a figure without shares
}

func (s *Screen) measures() []measure {
	return []measure{
		{catalogue.T("Customers"), func(g, all session.Figures) cell {
			return cell{
				text: words.Count(g.Customers), share: words.Share(g.Customers, all.Customers),
				plain: strconv.FormatInt(g.Customers, 10),
			}
		}, func(g, first session.Figures) (string, int) { return count(g.Customers - first.Customers) }, figure.CustomerShares},
		{catalogue.T("Revenue"), func(g, all session.Figures) cell {
			return cell{
				text: words.Brief(g.Revenue, s.symbol), share: words.Share(g.Revenue, all.Revenue), plain: g.Revenue.String(),
			}
		}, func(g, first session.Figures) (string, int) { return s.money(g.Revenue - first.Revenue) }, figure.RevenueShares},
		{catalogue.T("Order value"), func(g, _ session.Figures) cell {
			value, ok := g.OrderValue()
			if !ok {
				return cell{text: missing}
			}
			return cell{text: words.Brief(value, s.symbol), plain: value.String()}
		}, func(g, first session.Figures) (string, int) {
			value, ok := g.OrderValue()
			was, had := first.OrderValue()
			if !ok || !had {
				return "", 0
			}
			return s.money(value - was)
		}, nil},
		{catalogue.T("Repeat rate, changes in points"), func(g, _ session.Figures) cell {
			rate, ok := g.RepeatRate()
			if !ok {
				return cell{text: missing}
			}
			return cell{text: words.Percent(rate), plain: strconv.FormatFloat(rate, 'f', -1, 64)}
		}, func(g, first session.Figures) (string, int) {
			rate, ok := g.RepeatRate()
			was, had := first.RepeatRate()
			if !ok || !had {
				return "", 0
			}
			return words.Points(was, rate)
		}, nil},
	}
}

// missing stands for a figure that there is not.
const missing = "–"

// against tells how far each scheme is from the first, or, where nothing stands
// beside it, what to do.
func (s *Screen) against() []row {
	if len(s.sides) == 1 {
		return []row{
			{label: catalogue.T("Against the baseline"), heading: true},
			{says: catalogue.T("Nothing to compare yet. Press [a] to add a scenario or preset,")},
			{says: catalogue.T("or move a cut on Tiers [1] to add the active scheme.")},
		}
	}
	rows := []row{
		{label: catalogue.T("Against the baseline"), heading: true},
		{label: catalogue.T("on both sides")},
		{label: catalogue.T("in another tier")},
		{label: catalogue.T("in another segment")},
		{label: catalogue.T("revenue reclassified")},
		{label: catalogue.T("same grouping (ARI)")},
	}
	for i, side := range s.sides {
		of := make([]cell, len(rows)-1)
		if i > 0 {
			of = s.againstFirst(side)
		}
		for n := range of {
			rows[n+1].cells = append(rows[n+1].cells, of[n])
		}
	}
	return rows
}

// otherMap stands where a change of segment would be one of name.
var otherMap = catalogue.T("other map")

// againstFirst tells how far a scheme is from the baseline: of the customers on
// both sides, and between maps of different segments by tiers alone.
func (s *Screen) againstFirst(side session.Side) []cell {
	m, a := side.Frame.Moves, side.Agreement
	customers := func(n int64) cell {
		return cell{text: words.Count(n), share: words.Share(n, a.Both), plain: strconv.FormatInt(n, 10)}
	}
	both, lead, revenue := cell{text: words.Count(a.Both), plain: strconv.FormatInt(a.Both, 10)}, m, side.Frame.Total.Revenue-m.Entered.Revenue
	segment, ari := customers(m.Customers), cell{text: missing}
	if a.OtherMaps {
		lead, segment = m.ByTier(), cell{text: otherMap, plain: otherMap, wide: true}
	}
	if a.ARIDefined {
		ari = cell{text: words.Index(a.ARI), plain: strconv.FormatFloat(a.ARI, 'f', -1, 64)}
	}
	return []cell{
		both, customers(m.ByTier().Customers), segment,
		{text: words.Brief(lead.Revenue, s.symbol), share: words.Share(lead.Revenue, revenue), plain: lead.Revenue.String()},
		ari,
	}
}

// figures lists one figure of all customers, of every tier and every segment.
func (s *Screen) figures(m measure) []row {
	rows := []row{{label: m.title, heading: true}}
	shares := make([]figure.GroupShares, len(s.sides))
	for i, side := range s.sides {
		if m.shares != nil {
			shares[i] = m.shares(side.Frame)
		}
	}
	add := func(r row, of func(f *session.Frame) (session.Figures, bool), share func(figure.GroupShares) string) {
		first, had := of(s.sides[0].Frame)
		for i, side := range s.sides {
			g, ok := of(side.Frame)
			c := cell{text: missing}
			if ok {
				if c = m.tell(g, side.Frame.Total); share != nil && m.shares != nil {
					c.share = share(shares[i])
				}
				if i > 0 && had {
					c.change, c.rises = m.compare(g, first)
				}
			}
			r.cells = append(r.cells, c)
		}
		rows = append(rows, r)
	}
	add(row{label: catalogue.T("all")}, func(f *session.Frame) (session.Figures, bool) { return f.Total, true }, nil)
	segments := s.groups(func(f *session.Frame) []session.Group { return f.Segments })
	for _, t := range s.groups(func(f *session.Frame) []session.Group { return f.Tiers }) {
		add(row{label: t.Label, tier: t.Tier, isTier: true}, func(f *session.Frame) (session.Figures, bool) { return of(f.Tiers, t.Slug, t.Tier) },
			func(of figure.GroupShares) string { return of.Tier(t.Tier) })
		for _, g := range segments {
			if g.Tier == t.Tier {
				add(row{label: g.Label, tier: g.Tier}, func(f *session.Frame) (session.Figures, bool) { return of(f.Segments, g.Slug, g.Tier) },
					func(of figure.GroupShares) string { return of.Segment(g.Slug) })
			}
		}
	}
	return rows
}

// groups lists the groups that any side has, those of the first side first. A
// segment that lies in another tier there is another group.
func (s *Screen) groups(list func(*session.Frame) []session.Group) []session.Group {
	var all []session.Group
	for _, side := range s.sides {
		for _, g := range list(side.Frame) {
			if _, known := of(all, g.Slug, g.Tier); !known {
				all = append(all, g)
			}
		}
	}
	return all
}

// of finds the figures of a group.
func of(groups []session.Group, slug string, tier model.Tier) (session.Figures, bool) {
	for _, g := range groups {
		if g.Slug == slug && g.Tier == tier {
			return g.Now, true
		}
	}
	return session.Figures{}, false
}

// schemes tells where the lines are, and what else differs.
func (s *Screen) schemes() []row {
	rows := []row{{label: catalogue.T("Lines"), heading: true}}
	for a := range model.Axes {
		rows = append(rows, s.cuts(a)...)
	}
	for i, label := range []string{catalogue.T("MID from value score"), catalogue.T("HIGH from value score")} {
		rows = append(rows, s.words(label, true, func(f *session.Frame) string {
			if !f.ByValue {
				return catalogue.T("by the map")
			}
			return strconv.Itoa(f.Scheme.Value.Cuts[i])
		})...)
	}
	rows = append(rows, s.words(catalogue.T("map"), true, func(f *session.Frame) string {
		if f.Scheme.Map == "" {
			return catalogue.T("own, {segments}", "segments", words.Plural(int64(len(f.Segments)), "segment", "segments"))
		}
		return f.Scheme.Map
	})...)
	rows = append(rows, s.words(catalogue.T("as of"), false, func(f *session.Frame) string { return f.AsOf.String() })...)
	rows = append(rows, s.words(catalogue.T("window"), false, func(f *session.Frame) string { return f.Scheme.Spec.Window.String() })...)
	return append(rows, s.words(catalogue.T("filter"), false, func(f *session.Frame) string {
		all := session.WhereWords(f.Scheme.Spec, f.OfLines)
		if all == nil {
			return catalogue.T("everybody")
		}
		return strings.Join(all, ", ")
	})...)
}

// cuts lists the cuts of a measure, the best first; sides with other levels
// have other cuts.
func (s *Screen) cuts(axis model.Axis) []row {
	levels := s.sides[0].Frame.Scheme.Levels[axis]
	most := 0
	for _, side := range s.sides {
		most = max(most, side.Frame.Scheme.Levels[axis])
	}
	var rows []row
	for n := range most - 1 {
		at := func(f *session.Frame) (model.Cut, bool) {
			cuts := f.Cuts[axis]
			i := n
			if axis != model.Recency {
				i = len(cuts) - 1 - n
			}
			if i < 0 || i >= len(cuts) {
				return model.Cut{}, false
			}
			return cuts[i], true
		}
		r := row{label: words.Axis(axis) + " " + strconv.Itoa(levels-n) + "│" + strconv.Itoa(levels-n-1)}
		if n >= levels-1 {
			r.label = catalogue.T("{axis}, another", "axis", words.Axis(axis))
		}
		first, had := at(s.sides[0].Frame)
		for i, side := range s.sides {
			c := cell{text: missing}
			if cut, ok := at(side.Frame); ok {
				c = s.cutCell(cut, axis, side.Frame.Scheme.Spec)
				if i > 0 && had {
					c.change, c.rises = marked(cut.Compare(first))
				}
			}
			r.cells = append(r.cells, c)
		}
		rows = append(rows, r)
	}
	return rows
}

// cutCell writes which side of a cut is the better one: up to a day, from a
// number of orders, above an amount.
func (s *Screen) cutCell(cut model.Cut, axis model.Axis, spec model.Spec) cell {
	plain := cut.Text(spec.Scale(axis))
	text := session.RoundedPlace(cut, axis, spec, s.symbol)
	switch {
	case axis == model.Recency:
		text = catalogue.T("≤{days} days", "days", text)
	case session.BeginsAt(axis, spec):
		text += "+"
	default:
		text = ">" + text
	}
	return cell{text: text, plain: plain, wide: true}
}

// words is a row of texts; unless always is set, only where they differ.
func (s *Screen) words(label string, always bool, tell func(*session.Frame) string) []row {
	r := row{label: label}
	first, differ := tell(s.sides[0].Frame), false
	for _, side := range s.sides {
		c := cell{text: tell(side.Frame), wide: true}
		if c.plain = c.text; c.text != first {
			c.change, differ = "≠", true
		}
		r.cells = append(r.cells, c)
	}
	if !always && !differ {
		return nil
	}
	return []row{r}
}

// count and money write a difference with its mark.
func count(n int64) (string, int) { return words.Change(n), sign(n) }

func (s *Screen) money(m model.Money) (string, int) {
	if m == 0 {
		return "·", 0
	}
	mark := "▲ "
	if m < 0 {
		mark = "▼ "
	}
	return mark + words.Brief(max(m, -m), s.symbol), sign(int64(m))
}

func marked(compared int) (string, int) {
	switch {
	case compared > 0:
		return "▲", 1
	case compared < 0:
		return "▼", -1
	}
	return "·", 0
}

func sign(n int64) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

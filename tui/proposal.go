package tui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// proposed is a proposal over the screen: what was asked, what came of it, and
// what it changes. It is used, kept or left by the person, never by itself.
type proposed struct {
	proposal *session.Proposal
	offset   int // lines scrolled
}

// proposalHints are the keys of a proposal for the status line.
var proposalHints = []action.Hint{{Keys: "⏎", Label: catalogue.T("use")}, {Keys: "s", Label: catalogue.T("save")}, {Keys: "y", Label: catalogue.T("copy")}, {Keys: "Esc", Label: catalogue.T("discard")}}

// proposalWidth is how wide a proposal is at most; a screen of eighty columns
// has room for the least of it.
const proposalWidth = 92

func (w *workbench) proposedKey(key string) tea.Cmd {
	const page = 10
	p := w.proposed.proposal
	switch key {
	case "up", "k":
		w.proposed.offset--
	case "down", "j":
		w.proposed.offset++
	case "pgup":
		w.proposed.offset -= page
	case "pgdown":
		w.proposed.offset += page
	case "enter":
		if err := w.bench.UseProposal(p); err != nil {
			return w.say(trouble, err.Error())
		}
		w.proposed = nil
		return w.took(w.front, screen.Outcome{Edited: true, Note: p.Title()})
	case "s":
		w.ask(catalogue.T("save the proposal as"), "", catalogue.T("a name"), func(name string) (tea.Cmd, error) { return w.keepProposal(name, p) })
	case "y":
		return tea.Batch(toClipboard(p.YAML()), w.say(note, catalogue.T("copied the scheme as YAML")))
	case "esc", "q":
		w.proposed = nil
	}
	return nil
}

// keepProposal saves a proposal as a scenario without using it.
func (w *workbench) keepProposal(name string, p *session.Proposal) (tea.Cmd, error) {
	if err := w.bench.SaveProposal(name, p); err != nil {
		return nil, err
	}
	w.proposed = nil
	// The scheme that works is as it was; only a list of scenarios has one more.
	return tea.Batch(w.show(), w.say(note, catalogue.T("saved as \"{name}\"; the cuts have not moved", "name", name))), nil
}

// over draws the proposal over a screen's lines.
func (p *proposed) over(lines []string, w *workbench) {
	box := pane.Pane{Title: catalogue.T("Proposal · {title}", "title", p.proposal.Title()), Width: min(proposalWidth, w.width), Focused: true}
	inner, _ := box.Inner()
	d := proposalDrawing{p.proposal, w.theme, words.Symbol(w.currency()), inner}
	body := d.body()
	const foot = 2 // the keys, and a blank line above them
	box.Height = min(len(body)+foot+2, len(lines))
	_, height := box.Inner()
	rows := max(height-foot, 0)
	p.offset = max(min(p.offset, len(body)-rows), 0)
	if len(body) > rows {
		box.Note = catalogue.T("↑↓ {offset} of {body}", "offset", strconv.Itoa(p.offset+rows), "body", strconv.Itoa(len(body)))
	}
	content := slices.Clone(body[p.offset:min(p.offset+rows, len(body))])
	content = append(content, cells.Blank(inner, 1)[0], d.keys())
	cells.Overlay(lines, box.Lines(w.theme, content), (w.width-box.Width)/2, (len(lines)-box.Height)/2, box.Width)
}

// proposalDrawing draws a proposal in lines of one width.
type proposalDrawing struct {
	*session.Proposal
	theme  *theme.Theme
	symbol string
	width  int
}

func (d proposalDrawing) keys() string {
	line := cells.NewLine(d.width)
	for _, key := range [][2]string{{"⏎", catalogue.T("use it")}, {"s", catalogue.T("save it as a scenario")}, {"y", catalogue.T("copy as YAML")}, {"Esc", catalogue.T("discard it")}} {
		line.Put(d.theme.Accent, key[0]).Skip(1).Put(d.theme.Dim, key[1]).Skip(3)
	}
	return line.String()
}

func (d proposalDrawing) body() []string {
	var body []string
	for _, part := range [][]string{d.terms(), d.verdict(), d.cuts(), d.tiers(), d.moves(), d.evidence(), d.warnings()} {
		if len(part) == 0 {
			continue
		}
		if body != nil {
			body = append(body, cells.Blank(d.width, 1)...)
		}
		body = append(body, part...)
	}
	return body
}

// wrapped writes a text over as many lines as it takes, after a heading that is
// drawn once.
func (d proposalDrawing) wrapped(heading string, indent int, style theme.Style, text string) []string {
	var lines []string
	for i, t := range cells.Wrap(cells.Clean(text), d.width-indent) {
		line := cells.NewLine(d.width)
		if i == 0 {
			line.Put(d.theme.Dim, heading)
		}
		lines = append(lines, line.SkipTo(indent).Put(style, t).String())
	}
	return lines
}

// terms are what was wanted, each with what was got.
func (d proposalDrawing) terms() []string {
	const gap = 2
	wanted, got := 0, 0
	for _, a := range d.Achieved {
		wanted, got = max(wanted, cells.Width(cells.Clean(a.Term))), max(got, cells.Width(a.Got))
	}
	var lines []string
	for _, a := range d.Achieved {
		line := cells.NewLine(d.width).Put(d.theme.Strong, a.Term).SkipTo(wanted+gap).Put(d.theme.Text, a.Got).SkipTo(wanted + got + 2*gap)
		if a.Met {
			line.Put(d.theme.Up, catalogue.T("✓ met"))
		} else {
			line.Put(d.theme.Warning, "✗ "+a.Missed)
		}
		lines = append(lines, line.String())
		if a.Aim != "" {
			lines = append(lines, d.wrapped("", wanted+gap, d.theme.Dim, a.Aim)...)
		}
	}
	return lines
}

func (d proposalDrawing) verdict() []string {
	var lines []string
	if d.Verdict != "" {
		lines = d.wrapped("", 0, d.theme.Strong, d.Verdict)
	}
	for _, why := range slices.Concat([]string{d.Floor}, d.Why) {
		lines = append(lines, d.wrapped("", 0, d.theme.Text, why)...)
	}
	return lines
}

// nameWidth is the room for the names of measures, tiers and columns.
const nameWidth = 13

// cuts are the cuts before and after, the ones that stay dimmed.
func (d proposalDrawing) cuts() []string {
	var lines []string
	for _, c := range d.CutLines(d.symbol) {
		switch {
		case !c.Changed():
			lines = append(lines, d.wrapped(c.Name, nameWidth, d.theme.Dim, c.Text())...)
		case cells.Width(c.Text()) <= d.width-nameWidth:
			lines = append(lines, d.wrapped(c.Name, nameWidth, d.theme.Text, c.Text())...)
		default: // before and after have a line each
			lines = append(lines, d.wrapped(c.Name, nameWidth, d.theme.Text, c.Was)...)
			c.Was = ""
			lines = append(lines, d.wrapped("", nameWidth, d.theme.Text, "→ "+c.Text())...)
		}
	}
	return lines
}

// tiers are what the tiers were and are.
func (d proposalDrawing) tiers() []string {
	f := d.Frame
	scale := words.ScaleFor(f.Total.Revenue)
	header := []string{catalogue.T("customers"), catalogue.T("share"), catalogue.T("revenue"), catalogue.T("share")}
	rows := [][]string{}
	share, ofRevenue := figure.CustomerShares(f), figure.RevenueShares(f)
	var customersWas []int64
	var revenueWas []model.Money
	for _, g := range f.Tiers {
		customersWas, revenueWas = append(customersWas, g.Was.Customers), append(revenueWas, g.Was.Revenue)
	}
	shareWas, ofRevenueWas := words.Shares(customersWas, f.Total.Customers), words.Shares(revenueWas, f.Total.Revenue)
	for i, g := range f.Tiers {
		// What stays has one share, whatever is left for it beside the others.
		if g.Was.Customers == g.Now.Customers {
			shareWas[i] = share.Tier(g.Tier)
		}
		if g.Was.Revenue == g.Now.Revenue {
			ofRevenueWas[i] = ofRevenue.Tier(g.Tier)
		}
		rows = append(rows, []string{
			arrow(words.Count(g.Was.Customers), words.Count(g.Now.Customers)), arrow(shareWas[i], share.Tier(g.Tier)),
			arrow(scale.Money(g.Was.Revenue, d.symbol), scale.Money(g.Now.Revenue, d.symbol)), arrow(ofRevenueWas[i], ofRevenue.Tier(g.Tier)),
		})
	}
	return d.table("", header, f.Tiers, rows)
}

// arrow writes a figure before and after, or once if it stays.
func arrow(was, now string) string {
	if was == now {
		return now
	}
	return was + " → " + now
}

// moves are the tiers against the tiers, and all in a sentence.
func (d proposalDrawing) moves() []string {
	f := d.Frame
	sentence := d.wrapped("", 0, d.theme.Text, session.MovesSentence(f, func(m model.Money) string { return words.Brief(m, d.symbol) }))
	m := f.Moves.ByTier()
	if f.Moves.Customers == 0 || m.Matrix == nil {
		return sentence
	}
	var header []string
	for _, to := range m.Now {
		header = append(header, catalogue.T("to {label}", "label", to.Label))
	}
	var from []session.Group
	rows := make([][]string, len(m.Before))
	for i, before := range m.Before {
		from = append(from, session.Group{Label: catalogue.T("from {label}", "label", before.Label), Tier: before.Tier})
		for j := range m.Now {
			rows[i] = append(rows[i], words.Count(m.Matrix[i][j].Customers))
		}
	}
	return append(sentence, d.table("", header, from, rows)...)
}

// table draws rows of figures, aligned right under their header, each after the
// name of its tier.
func (d proposalDrawing) table(corner string, header []string, tiers []session.Group, rows [][]string) []string {
	const gap = 3
	widths := make([]int, len(header))
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], cells.Width(cell))
		}
	}
	line := cells.NewLine(d.width).Put(d.theme.Dim, corner)
	end := nameWidth
	for i, name := range header {
		end += widths[i]
		line.PutRight(d.theme.Dim, name, end)
		end += gap
	}
	lines := []string{line.String()}
	for r, row := range rows {
		line := cells.NewLine(d.width).Put(d.theme.TierStrong(tiers[r].Tier), tiers[r].Label)
		end := nameWidth
		for i, cell := range row {
			end += widths[i]
			line.PutRight(d.theme.Text, cell, end)
			end += gap
		}
		lines = append(lines, line.String())
	}
	return lines
}

func (d proposalDrawing) evidence() []string {
	var lines []string
	for i, e := range d.Evidence {
		name := words.Axis(e.Axis)
		if i > 0 && d.Evidence[i-1].Axis == e.Axis {
			name = ""
		}
		lines = append(lines, d.wrapped(name, nameWidth, d.theme.Text, e.Text)...)
	}
	return lines
}

func (d proposalDrawing) warnings() []string {
	const mark = 2
	var lines []string
	for _, warning := range d.Warnings {
		lines = append(lines, d.wrapped("!", mark, d.theme.Warning, warning.Message)...)
	}
	return lines
}

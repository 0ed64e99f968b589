package mapeditor

import (
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
)

// finding is one kind of what is wrong with the map.
type finding struct {
	count, noun string // "12", "cells in no segment"
	whom        string // customers and revenue, "" where nobody is concerned
	names       []string
}

// findings lists what the linter has found, with the names of the cells.
func (s *Screen) findings() []finding {
	lint := s.frame.Lint
	if lint == nil {
		return nil
	}
	var all []finding
	add := func(n int, one, many string, flow rfm.Flow, names []string) {
		if n == 0 {
			return
		}
		noun := many
		if n == 1 {
			noun = one
		}
		whom := ""
		if flow.Customers > 0 {
			whom = words.Customers(flow.Customers) + " · " + words.Brief(flow.Revenue, s.symbol)
		}
		all = append(all, finding{words.Count(int64(n)), noun, whom, names})
	}
	flow, names := cellsFound(lint.Uncovered)
	add(len(names), catalogue.T("cell in no segment"), catalogue.T("cells in no segment"), flow, names)
	flow, names = cellsFound(lint.Overlapping)
	add(len(names), catalogue.T("cell in several segments"), catalogue.T("cells in several segments"), flow, names)
	names = nil
	for _, segment := range lint.Unreachable {
		names = append(names, cells.Clean(segment.Label))
	}
	add(len(names), catalogue.T("segment without a cell"), catalogue.T("segments without a cell"), rfm.Flow{}, names)
	flow, names = fallsFound(lint.NonMonotone)
	add(len(names), catalogue.T("better score in a lower tier"), catalogue.T("better scores in a lower tier"), flow, names)
	return all
}

func cellsFound(found []rfm.LintCell) (flow rfm.Flow, names []string) {
	for _, c := range found {
		flow.Customers += c.Customers
		flow.Revenue += c.Revenue
		names = append(names, rfm.CellText(c.Scores))
	}
	return flow, names
}

// fallsFound names pairs of cells; a better cell that two are worse than is
// counted once.
func fallsFound(found []rfm.Fall) (flow rfm.Flow, names []string) {
	counted := map[[model.Axes]int]bool{}
	for _, f := range found {
		if !counted[f.Better] {
			counted[f.Better] = true
			flow.Customers += f.Customers
			flow.Revenue += f.Revenue
		}
		names = append(names, rfm.CellText(f.Worse)+" "+words.Tier(f.WorseTier)+" › "+rfm.CellText(f.Better)+" "+words.Tier(f.BetterTier))
	}
	return flow, names
}

// lintLines draws the findings: a line each in a pane, or all in one line.
func (s *Screen) lintLines(l layout) []string {
	found := s.findings()
	if l.lint.Height == 1 {
		line := cells.NewLine(s.width).Skip(1)
		s.putFindings(line, found)
		return []string{line.String()}
	}
	width, _ := l.lint.Inner()
	var lines []string
	for _, f := range found {
		line := cells.NewLine(width)
		s.putFinding(line, f)
		lines = append(lines, line.String())
	}
	if len(found) == 0 {
		line := cells.NewLine(width)
		s.putFindings(line, nil)
		lines = append(lines, line.String())
	}
	return l.lint.Lines(s.theme, lines)
}

// putFindings writes all kinds one behind the other, with names as far as they
// fit.
func (s *Screen) putFindings(line *cells.Line, found []finding) {
	if s.frame.Lint == nil {
		line.Put(s.theme.Dim, catalogue.T("looking at the map …"))
		return
	}
	if len(found) == 0 {
		clean := []string{
			catalogue.T("✓ every cell is in one segment, every segment has cells, and a better score is never in a lower tier"),
			catalogue.T("✓ every cell in one segment, no better score in a lower tier"), catalogue.T("✓ nothing"),
		}
		for _, text := range clean {
			if cells.Width(text) <= line.Left() {
				line.Put(s.theme.Up, text)
				return
			}
		}
		return
	}
	rest := 0 // of the kinds that follow, without names
	for _, f := range found {
		rest += cells.Width(f.count+" "+f.noun) + 3
	}
	for i, f := range found {
		if i > 0 {
			line.Put(s.theme.Faint, " · ")
		}
		rest -= cells.Width(f.count+" "+f.noun) + 3
		if cells.Width(f.count+" "+f.noun) > line.Left() {
			line.Put(s.theme.Dim, "…")
			return
		}
		line.Put(s.theme.Warning, f.count).Put(s.theme.Text, " "+f.noun)
		s.putNames(line, f.names, line.Left()-rest)
	}
}

// putFinding writes one kind on a line of its own.
func (s *Screen) putFinding(line *cells.Line, f finding) {
	const counts, nouns, people = 4, 30, 28
	line.PutRight(s.theme.Warning, f.count, counts).Skip(1).Put(s.theme.Text, f.noun)
	line.SkipTo(counts + 1 + nouns)
	if line.Left() > people {
		line.Put(s.theme.Text, f.whom).SkipTo(counts + 1 + nouns + people)
	}
	s.putNames(line, f.names, line.Left())
}

// putNames writes as many names as have room.
func (s *Screen) putNames(line *cells.Line, names []string, room int) {
	const gap = 2
	end := line.At() + room
	for i, name := range names {
		more := 0
		if i+1 < len(names) {
			more = gap + 1
		}
		if line.At()+gap+cells.Width(name)+more > end {
			if line.At()+gap+1 <= end {
				line.Skip(gap).Put(s.theme.Dim, "…")
			}
			return
		}
		line.Skip(gap).Put(s.theme.Dim, name)
	}
}

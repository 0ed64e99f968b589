package mapeditor

import (
	"fmt"
	"strings"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/screen"
	"strata/tui/session"
)

// explain tells what is marked: a cell, or with the focus on the list a segment.
func (s *Screen) explain() *screen.Text {
	if s.onList {
		return s.explainSegment(s.rows[s.brushRow()])
	}
	return s.explainCell()
}

// explainSegment tells which cells a segment has, and who is in it.
func (s *Screen) explainSegment(r row) *screen.Text {
	f := s.frame
	tier := "In the tier " + tierOf(f, r.Tier).Label
	if r.Tier == model.TierNone {
		tier = "In no tier"
	}
	if n := f.ColorOf(r.Slug); n > 0 {
		tier += fmt.Sprintf(", drawn in colour %d of %d", n, model.SegmentColors)
	}
	text := &screen.Text{Title: r.Label, Paragraphs: []string{
		fmt.Sprintf("%s, with the mark %s.", tier, strings.TrimSpace(r.mark)),
		fmt.Sprintf("%s, %s of all, with %s of revenue, %s; %s in the baseline %s.", words.Customers(r.Now.Customers),
			figure.CustomerShares(f).Segment(r.Slug), words.Brief(r.Now.Revenue, s.symbol),
			figure.RevenueShares(f).Segment(r.Slug), words.Count(r.Was.Customers), f.Against()),
	}}
	m, err := session.ViewMap(f.Scheme, f.Cells)
	if err != nil {
		return text
	}
	for _, segment := range m.Segments {
		if segment.Slug != r.Slug {
			continue
		}
		if segment.Cells == 0 {
			text.Paragraphs = append(text.Paragraphs, "It has no cells yet: paint some with it.")
			break
		}
		var patterns []string
		for _, p := range segment.Patterns {
			patterns = append(patterns, p.String())
		}
		text.Paragraphs = append(text.Paragraphs, fmt.Sprintf("%s of scores of recency, frequency and monetary: %s.",
			words.Plural(int64(segment.Cells), "cell", "cells"), strings.Join(patterns, " ")))
	}
	return text
}

// explainCell tells what the marked cell holds, and why it is where it is.
func (s *Screen) explainCell() *screen.Text {
	q := s.square(s.row, s.col)
	f := s.frame
	text := &screen.Text{Title: "Cell " + s.pattern().String()}
	say := func(format string, args ...any) {
		text.Paragraphs = append(text.Paragraphs, fmt.Sprintf(format, args...))
	}
	scores := [model.Axes]int{s.row, s.col, s.slice}
	var ranges []string
	for a := range model.Axes {
		name := strings.ToUpper(a.String()[:1]) + a.String()[1:]
		if scores[a] == 0 {
			ranges = append(ranges, name+" any score: all slices are shown and painted together")
			continue
		}
		write := func(v int64) string { return words.Measure(v, a, f.Scheme.Spec, s.symbol) }
		in := session.RangeText(f.Cuts[a], a, scores[a], write)
		if f.Spans[a] != nil {
			in = session.SpanText(f.Spans[a], scores[a], write)
		}
		ranges = append(ranges, fmt.Sprintf("%s scores %d of %d: %s", name, scores[a], f.Scheme.Levels[a], in))
	}
	for _, r := range ranges {
		say("%s.", r)
	}
	say("%s, %s of all, with %s of revenue, %s.", words.Customers(q.customers), words.Share(q.customers, f.Total.Customers),
		words.Brief(q.revenue, s.symbol), words.Share(q.revenue, f.Total.Revenue))
	if len(q.owners) > 1 {
		var names []string
		for _, of := range q.owners {
			names = append(names, f.Segments[of].Label)
		}
		say("The monetary score decides between %s.", strings.Join(names, ", "))
		return text
	}
	g := f.Segments[q.owners[0]]
	if g.Slug == others.Slug {
		say("No segment has it: it is in Others, and in no tier.")
		return text
	}
	tier := "in the tier " + tierOf(f, g.Tier).Label
	if g.Tier == model.TierNone {
		tier = "in no tier"
	}
	say("It is %s, %s. %s", g.Label, tier, s.why(scores))
	return text
}

// why tells what puts a cell into its segment.
func (s *Screen) why(scores [model.Axes]int) string {
	f := s.frame
	v := f.Scheme.Value
	switch {
	case f.ByValue && scores[model.Monetary] == 0:
		return "The tiers follow from the value score. Painting the cell makes the map your own."
	case f.ByValue && v.UnvaluedWords() != "":
		return fmt.Sprintf("Its value score is %s: %s; MID begins at %d and HIGH at %d. Painting the cell makes the map your own.",
			session.ValueScore(f.Scheme, scores).Text(1), v.UnvaluedWords(), v.Cuts[0], v.Cuts[1])
	case f.ByValue:
		return fmt.Sprintf("Its value score is %s, with the weights %d : %d : %d; MID begins at %d and HIGH at %d. Painting the cell makes the map your own.",
			session.ValueScore(f.Scheme, scores).Text(1), v.Weights[0], v.Weights[1], v.Weights[2], v.Cuts[0], v.Cuts[1])
	case f.Scheme.Map != "":
		return "So says the published map " + f.Scheme.Map + ". Painting the cell makes the map your own."
	}
	for i := range scores {
		scores[i] = max(scores[i], 1)
	}
	for _, region := range f.Scheme.Regions {
		for _, p := range region.Cells {
			if p.Holds(scores) {
				return "So says your map: " + p.String() + "."
			}
		}
	}
	return ""
}

// copied is the map as tab-separated text, a row a cell, as a map file has it.
func (s *Screen) copied() screen.Outcome {
	m, err := session.ViewMap(s.frame.Scheme, s.frame.Cells)
	if err != nil {
		return screen.Outcome{Err: err}
	}
	var out strings.Builder
	out.WriteString(strings.Join(session.MapHeader, "\t"))
	for _, r := range m.Rows() {
		out.WriteString("\n" + strings.Join(r, "\t"))
	}
	return screen.Outcome{Copy: out.String() + "\n", Note: "copied the map with its cells, as tab-separated text"}
}

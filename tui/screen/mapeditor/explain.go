package mapeditor

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
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
	tier := catalogue.T("In the tier {label}", "label", tierOf(f, r.Tier).Label)
	if r.Tier == model.TierNone {
		tier = catalogue.T("In no tier")
	}
	if n := f.ColorOf(r.Slug); n > 0 {
		tier += catalogue.T(", drawn in colour {color} of {segment_colors}", "color", n, "segment_colors", model.SegmentColors)
	}
	text := &screen.Text{Title: r.Label, Paragraphs: []string{
		catalogue.T("{tier}, with the mark {mark}.", "tier", tier, "mark", strings.TrimSpace(r.mark)),
		catalogue.T("{customers}, {share} of all, with {revenue} of revenue, {revenue_share}; {before} in the baseline {against}.", "customers", words.Customers(r.Now.Customers), "share", figure.CustomerShares(f).Segment(r.Slug), "revenue", words.Brief(r.Now.Revenue, s.symbol), "revenue_share", figure.RevenueShares(f).Segment(r.Slug), "before", words.Count(r.Was.Customers), "against", f.Against()),
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
			text.Paragraphs = append(text.Paragraphs, catalogue.T("It has no cells yet: paint some with it."))
			break
		}
		var patterns []string
		for _, p := range segment.Patterns {
			patterns = append(patterns, p.String())
		}
		text.Paragraphs = append(text.Paragraphs, catalogue.T("{cells} of scores of recency, frequency and monetary: {patterns}.", "cells", words.Plural(int64(segment.Cells), "cell", "cells"), "patterns", strings.Join(patterns, " ")))
	}
	return text
}

// explainCell tells what the marked cell holds, and why it is where it is.
func (s *Screen) explainCell() *screen.Text {
	q := s.square(s.row, s.col)
	f := s.frame
	text := &screen.Text{Title: catalogue.T("Cell {pattern}", "pattern", s.pattern().String())}
	say := func(entry string, named ...any) {
		text.Paragraphs = append(text.Paragraphs, catalogue.T(entry, named...))
	}
	scores := [model.Axes]int{s.row, s.col, s.slice}
	var ranges []string
	for a := range model.Axes {
		name := words.AxisTitle(a)
		if scores[a] == 0 {
			ranges = append(ranges, catalogue.T("{name}: any score; all slices are shown and painted together", "name", name))
			continue
		}
		write := func(v int64) string { return words.Measure(v, a, f.Scheme.Spec, s.symbol) }
		in := session.RangeText(f.Cuts[a], a, scores[a], write)
		if f.Spans[a] != nil {
			in = session.SpanText(f.Spans[a], scores[a], write)
		}
		ranges = append(ranges, catalogue.T("{name} scores {score} of {levels}: {range}", "name", name, "score", scores[a], "levels", f.Scheme.Levels[a], "range", in))
	}
	for _, r := range ranges {
		say("{scores}.", "scores", r)
	}
	say("{customers}, {share} of all, with {revenue} of revenue, {revenue_share}.", "customers", words.Customers(q.customers), "share", words.Share(q.customers, f.Total.Customers), "revenue", words.Brief(q.revenue, s.symbol), "revenue_share", words.Share(q.revenue, f.Total.Revenue))
	if len(q.owners) > 1 {
		var names []string
		for _, of := range q.owners {
			names = append(names, f.Segments[of].Label)
		}
		say("The monetary score decides between {names}.", "names", strings.Join(names, ", "))
		return text
	}
	g := f.Segments[q.owners[0]]
	if g.Slug == others.Slug {
		say("No segment has it: it belongs to Others, which is in no tier.")
		return text
	}
	tier := catalogue.T("in the tier {label}", "label", tierOf(f, g.Tier).Label)
	if g.Tier == model.TierNone {
		tier = catalogue.T("in no tier")
	}
	say("It is {label}, {tier}. {reason}", "label", g.Label, "tier", tier, "reason", s.why(scores))
	return text
}

// why tells what puts a cell into its segment.
func (s *Screen) why(scores [model.Axes]int) string {
	f := s.frame
	v := f.Scheme.Value
	switch {
	case f.ByValue && scores[model.Monetary] == 0:
		return catalogue.T("The tiers follow from the value score. Painting the cell makes the map your own.")
	case f.ByValue && v.UnvaluedWords() != "":
		return catalogue.T("Its value score is {value}: {rule}; MID begins at {mid} and HIGH at {high}. Painting the cell makes the map your own.", "value", session.ValueScore(f.Scheme, scores).Text(1), "rule", v.UnvaluedWords(), "mid", v.Cuts[0], "high", v.Cuts[1])
	case f.ByValue:
		return catalogue.T("Its value score is {value}, with the weights {recency} : {frequency} : {monetary}; MID begins at {mid} and HIGH at {high}. Painting the cell makes the map your own.", "value", session.ValueScore(f.Scheme, scores).Text(1), "recency", v.Weights[0], "frequency", v.Weights[1], "monetary", v.Weights[2], "mid", v.Cuts[0], "high", v.Cuts[1])
	case f.Scheme.Map != "":
		return catalogue.T("This comes from the published map {map}. Painting the cell makes the map your own.", "map", f.Scheme.Map)
	}
	for i := range scores {
		scores[i] = max(scores[i], 1)
	}
	for _, region := range f.Scheme.Regions {
		for _, p := range region.Cells {
			if p.Holds(scores) {
				return catalogue.T("This comes from your own map: {pattern}.", "pattern", p.String())
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
	return screen.Outcome{Copy: out.String() + "\n", Note: catalogue.T("copied the map with its cells, as tab-separated text")}
}

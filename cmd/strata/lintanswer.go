package main

import (
	"fmt"
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// finding is one thing to say about the map of a scheme.
type finding struct {
	kind            string
	cell, worse     string // that with the better score, of a pair
	tier, worseTier model.Tier
	rfm.Flow                 // in the cell
	segments        []string // all that hold the cell, the one that has it first; or the one without a cell
	label           string   // of that one
}

type (
	findings      = answer.Slice[finding]
	findingColumn = answer.Column[finding]
)

// lintAnswer tells what there is to say about the map of a scheme. Info is nil without
// a workspace; customers and revenue, of a pair of cells those of the better, are then
// missing.
func lintAnswer(scheme model.Scheme, lint *rfm.Lint, info *model.Info) *answer.Document {
	var uncovered, overlapping, unreachable, falls findings
	for _, c := range lint.Uncovered {
		uncovered = append(uncovered, finding{kind: "uncovered", cell: rfm.CellText(c.Scores), Flow: c.Flow})
	}
	for _, c := range lint.Overlapping {
		f := finding{kind: "overlapping", cell: rfm.CellText(c.Scores), Flow: c.Flow}
		for _, s := range session.Holders(scheme, c.Scores) {
			f.segments = append(f.segments, s.Slug)
		}
		overlapping = append(overlapping, f)
	}
	for _, s := range lint.Unreachable {
		unreachable = append(unreachable, finding{kind: "unreachable", segments: []string{s.Slug}, label: s.Label})
	}
	for _, f := range lint.NonMonotone {
		falls = append(falls, finding{kind: "non_monotone", cell: rfm.CellText(f.Better), worse: rfm.CellText(f.Worse), tier: f.BetterTier, worseTier: f.WorseTier, Flow: f.Flow})
	}

	d := &answer.Document{Title: catalogue.T("Lint of {name}", "name", scheme.Name), Flat: "findings"}
	all := answer.TableOf("findings", slices.Concat(uncovered, overlapping, unreachable, falls), findingColumns(info))
	if info != nil {
		all.Symbol = words.Symbol(words.CurrencyOf(*info))
	}
	whole, brief := lintText(scheme, lint, info)
	d.SayIn(answer.Terminal, whole...).SayIn(answer.Page, brief...).Table(all, answer.CSV|answer.Page).Field("cells", answer.Count(lint.Cells))
	cell := append([]findingColumn{
		findingText("cell", "", answer.JSON, func(f finding) string { return f.cell }),
		{Key: "segments", In: answer.JSON, List: func(f finding) []answer.Value {
			segments := []answer.Value{}
			for _, s := range f.segments {
				segments = append(segments, answer.Text(s))
			}
			return segments
		}},
	}, flowColumns(info)...)
	d.Table(answer.TableOf("uncovered", uncovered, cell), answer.JSON).Table(answer.TableOf("overlapping", overlapping, cell), answer.JSON)
	d.Table(answer.TableOf("unreachable", unreachable, []findingColumn{
		findingText("segment", "", answer.JSON, func(f finding) string { return f.segments[0] }),
		findingText("label", "", answer.JSON, func(f finding) string { return f.label }),
	}), answer.JSON)
	return d.Table(answer.TableOf("non_monotone", falls, append([]findingColumn{
		findingText("worse", "", answer.JSON, func(f finding) string { return f.worse }),
		findingText("better", "", answer.JSON, func(f finding) string { return f.cell }),
		findingText("worse_tier", "", answer.JSON, func(f finding) string { return string(f.worseTier) }),
		findingText("better_tier", "", answer.JSON, func(f finding) string { return string(f.tier) }),
	}, flowColumns(info)...)), answer.JSON)
}

// findingNames are what people call the kinds of findings.
var findingNames = map[string]string{
	"uncovered": catalogue.T("uncovered"), "overlapping": catalogue.T("overlapping"), "unreachable": catalogue.T("unreachable"), "non_monotone": catalogue.T("not monotone"),
}

// findingColumns lay all findings out.
func findingColumns(info *model.Info) []findingColumn {
	const in = answer.CSV | answer.Page
	tier := func(key, title string, of func(finding) model.Tier) findingColumn {
		return findingColumn{Key: key, Title: title, In: in, Of: func(f finding) answer.Value { return answer.Text(of(f)).Told(words.Tier(of(f))) }}
	}
	return append([]findingColumn{
		{Key: "finding", Title: catalogue.T("finding"), In: in, Of: func(f finding) answer.Value {
			return answer.Text(f.kind).Told(findingNames[f.kind])
		}},
		findingText("cell", catalogue.T("cell"), in, func(f finding) string { return f.cell }),
		{Key: "worse", Title: catalogue.T("beside"), Means: catalogue.T("the neighbouring cell, which scores worse and is in a higher tier"), In: in, Of: func(f finding) answer.Value { return answer.Text(f.worse) }},
		findingText("segments", catalogue.T("segments"), in, func(f finding) string { return strings.Join(f.segments, " ") }),
		tier("tier", catalogue.T("tier"), func(f finding) model.Tier { return f.tier }),
		tier("worse_tier", catalogue.T("tier beside"), func(f finding) model.Tier { return f.worseTier }),
	}, flowColumns(info)...)
}

func findingText(key, title string, in answer.Medium, of func(finding) string) findingColumn {
	return findingColumn{Key: key, Title: title, In: in, Of: func(f finding) answer.Value { return answer.Text(of(f)) }}
}

// flowColumns tell who is in a cell.
func flowColumns(info *model.Info) []findingColumn {
	counted := func(f finding) bool { return info != nil && f.cell != "" }
	in := answer.Everyone
	if info == nil {
		in = answer.Machines
	}
	return []findingColumn{
		{Key: "customers", Title: catalogue.T("customers"), In: in, Of: func(f finding) answer.Value { return answer.If(counted(f), answer.Count(f.Customers)) }},
		{Key: "revenue", Title: catalogue.T("revenue"), In: in, Of: func(f finding) answer.Value {
			return answer.If(counted(f), amounts{counted(f) && info.NoAmounts()}.value(f.Revenue))
		}},
	}
}

// lintText tells the findings in lines: all of them, and how many there are.
func lintText(scheme model.Scheme, lint *rfm.Lint, info *model.Info) (whole, brief []string) {
	tell := func(line string) { whole, brief = append(whole, line), append(brief, line) }
	cells := func(kind string, found []rfm.LintCell) {
		var names []string
		var sum rfm.Flow
		for _, c := range found {
			names = append(names, rfm.CellText(c.Scores))
			sum.Customers += c.Customers
			sum.Revenue += c.Revenue
		}
		line := fmt.Sprintf("%-13s %3d", kind, len(found))
		if info != nil && len(found) > 0 {
			line += fmt.Sprintf(" · %s · %s", words.Customers(sum.Customers), words.Brief(sum.Revenue, words.Symbol(words.CurrencyOf(*info))))
		}
		tell(line)
		for twenty := range slices.Chunk(names, 20) {
			whole = append(whole, "    "+strings.Join(twenty, " "))
		}
	}
	tell(catalogue.T("scheme {name} · {cells} cells", "name", scheme.Name, "cells", lint.Cells))
	cells(findingNames["uncovered"], lint.Uncovered)
	cells(findingNames["overlapping"], lint.Overlapping)
	var segments []string
	for _, s := range lint.Unreachable {
		segments = append(segments, s.Label)
	}
	if tell(fmt.Sprintf("%-13s %3d", findingNames["unreachable"], len(segments))); len(segments) > 0 {
		whole = append(whole, "    "+strings.Join(segments, ", "))
	}
	tell(fmt.Sprintf("%-13s %3d", findingNames["non_monotone"], len(lint.NonMonotone)))
	for _, f := range lint.NonMonotone {
		whole = append(whole, catalogue.T("    {worse} is {worse_tier}, {better} is {better_tier}{fall}", "worse", rfm.CellText(f.Worse), "worse_tier", words.Tier(f.WorseTier), "better", rfm.CellText(f.Better), "better_tier", words.Tier(f.BetterTier), "fall", fallWhom(f, info)))
	}
	return whole, brief
}

// fallWhom tells who has the better score of a pair of cells, and is in the lower
// tier; "" without a workspace.
func fallWhom(f rfm.Fall, info *model.Info) string {
	if info == nil {
		return ""
	}
	score := catalogue.T("score better ({better}) and are", "better", rfm.CellText(f.Better))
	switch f.Customers {
	case 0:
		return catalogue.T(" · no customer scores {better}", "better", rfm.CellText(f.Better))
	case 1:
		score = catalogue.T("scores better ({better}) and is", "better", rfm.CellText(f.Better))
	}
	return catalogue.T(" · {customers} {score} in the lower tier · {revenue}", "customers", words.Customers(f.Customers), "score", score, "revenue", words.Brief(f.Revenue, words.Symbol(words.CurrencyOf(*info))))
}

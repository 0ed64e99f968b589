package tiers

import (
	"fmt"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// cuts lists every cut in the order it is walked: measure by measure, the best
// scores first, then the value cuts.
func cuts(f *session.Frame) []session.CutID {
	var all []session.CutID
	for axis := range model.Axes {
		n := len(f.Cuts[axis])
		for i := range n {
			if axis != model.Recency {
				i = n - 1 - i // more is better: the best scores are at the far end
			}
			all = append(all, session.CutID{Axis: axis, Index: i})
		}
	}
	if f.ByValue {
		all = append(all, session.CutID{Value: true, Index: 1}, session.CutID{Value: true, Index: 0})
	}
	return all
}

// holdCut keeps the mark on a cut that exists.
func (s *Screen) holdCut() {
	if all := cuts(s.frame); !slices.Contains(all, s.cut) {
		s.cut = all[0]
	}
}

// walk moves the mark of the pane in focus: among the cuts, or among the rows
// of the table.
func (s *Screen) walk(n int) {
	if s.frame == nil {
		return
	}
	switch s.pane {
	case groupsPane:
		s.row = min(max(s.row+n, 0), len(s.rows())-1)
		return
	case bandPane:
		s.flow = min(max(s.flow+n, 0), len(s.frame.Moves.LargestFlows)-1)
		return
	}
	all := cuts(s.frame)
	s.cut = all[min(max(slices.Index(all, s.cut)+n, 0), len(all)-1)]
}

// mostMeasures are the three measures and, last, the value score.
const (
	mostMeasures = int(model.Axes) + 1
	valueMeasure = mostMeasures - 1
)

// measures returns how many measures are drawn: the value score only where it
// decides the tiers.
func measures(f *session.Frame) int {
	if f.ByValue {
		return mostMeasures
	}
	return mostMeasures - 1
}

// measureOf numbers the measure of a cut.
func measureOf(id session.CutID) int {
	if id.Value {
		return valueMeasure
	}
	return int(id.Axis)
}

// walkMeasure marks the cut at the same place among the cuts of the next
// measure that has any, or that measure's last.
func (s *Screen) walkMeasure(direction int) {
	if s.frame == nil {
		return
	}
	all := cuts(s.frame)
	of := func(measure int) []session.CutID {
		return slices.DeleteFunc(slices.Clone(all), func(id session.CutID) bool { return measureOf(id) != measure })
	}
	here := measureOf(s.cut)
	place := slices.Index(of(here), s.cut)
	for target := here + direction; target >= 0 && target < measures(s.frame); target += direction {
		if there := of(target); len(there) > 0 {
			s.cut = there[min(place, len(there)-1)]
			return
		}
	}
}

// Focused tells what is marked: "recency 4│3 at 33 days".
func (s *Screen) Focused() string {
	if s.frame == nil {
		return ""
	}
	name := session.CutName(s.cut, s.frame.Scheme.Levels[s.cut.Axis])
	if s.cut.Value {
		return catalogue.T("{name} from value score {cut}", "name", name, "cut", s.frame.Scheme.Value.Cuts[s.cut.Index]) + s.factsInStatus()
	}
	return fmt.Sprintf("%s %s %s", words.Axis(s.cut.Axis), name, s.at(s.cut)) + s.factsInStatus()
}

// at tells where a cut of a measure stands, with its unit: "at 33 days", "from 7
// orders", as the ranges below the axis do.
func (s *Screen) at(id session.CutID) string {
	if id.Axis == model.Monetary && s.symbol == words.NoAmounts {
		return catalogue.T("at –")
	}
	return s.frame.PlaceOf(id, s.symbol)
}

// unit names what recency and frequency count.
func unit(spec model.Spec, axis model.Axis) string {
	_, many := words.Units(axis, spec)
	return many
}

// question asks for the value of the marked cut, naming the side it belongs to.
func (s *Screen) question() string {
	if s.cut.Value {
		return catalogue.T("{cut} begins at value score", "cut", session.CutName(s.cut, 0))
	}
	levels := s.frame.Scheme.Levels[s.cut.Axis]
	name := words.Axis(s.cut.Axis) + " " + session.CutName(s.cut, levels)
	if s.cut.Axis == model.Recency {
		return catalogue.T("{name}: score {score} up to (days or a date)", "name", name, "score", levels-s.cut.Index)
	}
	better := s.cut.Index + 2
	if s.frame.Scheme.Spec.Scale(s.cut.Axis) != 1 {
		return catalogue.T("{name}: score {score} above {unit}", "name", name, "score", better, "unit", figureUnit(s.symbol))
	}
	return catalogue.T("{name}: score {score} from how many {unit}", "name", name, "score", better, "unit", unit(s.frame.Scheme.Spec, s.cut.Axis))
}

func figureUnit(symbol string) string {
	symbol = words.Sign(symbol)
	if symbol == "" {
		return catalogue.T("what value")
	}
	return catalogue.T("how many {symbol}", "symbol", symbol)
}

// title names a measure and what it counts, in short and with from when on.
func title(f *session.Frame, symbol string, measure int) (name, short, long string) {
	spec := f.Scheme.Spec
	switch model.Axis(measure) {
	case model.Recency:
		return words.AxisTitle(model.Recency), catalogue.T("days"), catalogue.T("days since last order")
	case model.Frequency:
		short = unit(spec, model.Frequency)
		return words.AxisTitle(model.Frequency), short, short + within(spec.Window, "")
	case model.Monetary:
		switch {
		case symbol == words.NoAmounts:
			return words.AxisTitle(model.Monetary), catalogue.T("no amounts"), catalogue.T("no amounts")
		case spec.Monetary == model.MonetaryMargin:
			short = catalogue.T("margin")
		case symbol == "":
			short = catalogue.T("value")
		default:
			short = symbol
		}
		if spec.Monetary == model.MonetaryMean {
			short += catalogue.T(" per order")
			return words.AxisTitle(model.Monetary), short, short + within(spec.Window, "")
		}
		return words.AxisTitle(model.Monetary), short, short + within(spec.Window, catalogue.T(" since first order"))
	}
	short = formula(f.Scheme.Value)
	return catalogue.T("Value score"), short, short
}

// within words a window; all is what the whole history is called.
func within(w model.Window, all string) string {
	switch {
	case w.Months > 0:
		return catalogue.T(" in the last {months} months", "months", words.Count(int64(w.Months)))
	case w.Days > 0:
		return catalogue.T(" in the last {days} days", "days", words.Count(int64(w.Days)))
	}
	return all
}

// formula writes the value score: R + 2F + M.
func formula(v model.ValueRule) string {
	text, weights := "", v.Weights
	for axis, letter := range []string{"R", "F", "M"} {
		if !v.Asks(model.Axis(axis)) {
			continue
		}
		if text != "" {
			text += " + "
		}
		if weights[axis] != 1 {
			text += fmt.Sprint(weights[axis])
		}
		text += letter
	}
	return text
}

package tiers

import (
	"context"
	"math"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/slider"
	"strata/tui/screen"
	"strata/tui/session"
)

// fragile is what is known about how sure the lines are.
type fragile struct {
	hidden  bool // put away by the person
	figures *session.Sensitivity
	of      *session.Frame // the frame that figures belong to
}

// fragility is what the work comes to.
type fragility struct {
	figures *session.Sensitivity
	of      *session.Frame
}

// askFragile returns the work that tells how sure the lines of the frame are,
// nil where that is known or not wanted.
func (s *Screen) askFragile() func(context.Context) any {
	if s.bench == nil || s.frame == nil || s.fragile.hidden || s.fragile.of == s.frame {
		return nil
	}
	frame, work := s.frame, s.bench.Sensitivity()
	return func(ctx context.Context) any {
		figures, err := work(ctx)
		if err != nil { // stopped: there is nobody to tell
			return nil
		}
		return fragility{figures: figures, of: frame}
	}
}

// toggleFragile shows how sure the lines are, or puts it away.
func (s *Screen) toggleFragile() screen.Outcome {
	s.fragile.hidden = !s.fragile.hidden
	note := catalogue.T("Sensitivity strip hidden (press [t] to show)")
	if !s.fragile.hidden {
		note = catalogue.T("Sensitivity strip: how many a step reclassifies, at each position of the marked cut ([i] explains)")
		if !s.stripFits() {
			note = catalogue.T("Sensitivity is shown at the right of this line: the window is too low for the strip")
		}
	}
	return screen.Outcome{Note: note, Work: s.askFragile()}
}

// markedSensitivity returns what is known of the marked cut. now tells that it
// holds for the cut where it stands; otherwise only the strip does, which does
// not depend on that.
func (s *Screen) markedSensitivity() (c session.CutSensitivity, now, ok bool) {
	f := &s.fragile
	if f.hidden || f.figures == nil {
		return c, false, false
	}
	now = f.of == s.frame
	if !now && !sameBut(f.of, s.frame, s.cut) {
		return c, false, false
	}
	c, ok = f.figures.Of(s.cut)
	return c, now, ok && c.Told()
}

// sameBut reports whether two frames are of the same customers under the same
// rule but for where one cut stands.
func sameBut(f, g *session.Frame, id session.CutID) bool {
	a, b := f.Scheme, g.Scheme
	if id.Value {
		a.Value.Cuts[id.Index] = b.Value.Cuts[id.Index]
	}
	if f.Generation != g.Generation || a.Value != b.Value || a.Levels != b.Levels {
		return false
	}
	for axis := range model.Axes {
		for i, c := range f.Cuts[axis] {
			if its := id == (session.CutID{Axis: axis, Index: i}); !its && c.Whole != g.Cuts[axis][i].Whole {
				return false
			}
		}
		if axis != id.Axis && (a.Cuts[axis].Method != b.Cuts[axis].Method || a.Cuts[axis].Method == model.MethodNested) {
			return false // equal cuts may not mean equal scores
		}
		a.Cuts[axis] = b.Cuts[axis]
	}
	a.Name, a.Data = b.Name, b.Data
	return a.Equal(b)
}

// sureness is what the drawing of a strip depends on beside the frame.
type sureness struct {
	figures *session.Sensitivity // nil: nothing is drawn
	now     bool
}

func (s *Screen) sureness() sureness {
	if _, now, ok := s.markedSensitivity(); ok {
		return sureness{s.fragile.figures, now}
	}
	return sureness{}
}

// fragileRows are the lines that a strip and the facts about a cut take.
const fragileRows = 2

// leastWithStrip is how many rows a histogram keeps beside the strip.
const leastWithStrip = 3

// withStrip is stackFor with room for the strip, where nothing but height of the
// histograms is lost by it.
func withStrip(height, measures int) stack {
	without, with := stackFor(height, measures), stackFor(height-fragileRows, measures)
	if with.open != without.open || with.counts != without.counts || !with.open && with.rows < leastWithStrip {
		return without
	}
	with.strip = true
	return with
}

// stack divides the height of the thresholds between so many measures. The strip
// has its room before there is anything to draw on it, so that nothing jumps.
func (s *Screen) stack(height, measures int) stack {
	if s.fragile.hidden {
		return stackFor(height, measures)
	}
	return withStrip(height, measures)
}

// stripFits reports whether there is room for the strip.
func (s *Screen) stripFits() bool {
	return s.frame != nil && s.stack(s.arrange().thresholds.height-frameHeight, measures(s.frame)).strip
}

// addStrip draws, right below the axis of the marked cut, how many customers a
// step reclassifies wherever the cut stood.
func (s *Screen) addStrip(m *measure, width int) {
	m.slider.Below = cells.Blank(width, 1)[0]
	m.highest = 0
	c, _, ok := s.markedSensitivity()
	if !ok {
		return
	}
	rates := m.scale.PerStep(c.Strip, c.Step, c.Even)
	m.highest = slider.Highest(rates)
	first, end := m.slider.Between(s.cut.Index)
	m.slider.Below = slider.Strip(s.theme, rates, first, end)
}

// facts tells in a line what a step either way reclassifies, and the scale of
// the strip. While the cut moves there are no facts yet.
func (s *Screen) facts(m *measure, width int) string {
	line := cells.NewLine(width)
	c, now, ok := s.markedSensitivity()
	if !ok {
		return line.String()
	}
	scale := []string{catalogue.T("█ {highest} customers a step", "highest", rate(m.highest)), catalogue.T("█ {highest} a step", "highest", rate(m.highest)), ""}
	if left := s.leftOut(c); left != "" { // told even where the scale is not
		scale = []string{left + " · " + scale[0], left + " · " + scale[1], left}
		if s.fragile.figures.ByScoresAlone {
			scale = slices.Insert(scale, 0, left+catalogue.T(": fair rules are not applied"))
		}
	}
	if !now {
		return line.PutRight(s.theme.Dim, scale[0], width).String()
	}
	const gap = 2
	for level := range factLevels {
		down, up := s.bothFacts(c, level)
		for _, scale := range scale {
			if scale == "" && level < nouned { // shorter words leave room for it
				continue
			}
			if cells.Width("◂ "+down+"  ▸ "+up+"  "+scale) > width {
				continue
			}
			line.Put(s.theme.Accent, "◂ ").Put(s.theme.Text, down).Skip(gap).Put(s.theme.Accent, "▸ ").Put(s.theme.Text, up)
			return line.PutRight(s.theme.Dim, scale, width).String()
		}
	}
	return line.PutRight(s.theme.Dim, scale[0], width).String()
}

// leftOut says what the figures about a cut leave out, "" for nothing.
func (s *Screen) leftOut(c session.CutSensitivity) string {
	switch {
	case s.fragile.figures.ByScoresAlone:
		return catalogue.T("by scores alone")
	case slices.Contains(c.Held, session.HeldNested):
		return catalogue.T("nested cuts held")
	case slices.Contains(c.Held, session.HeldShares):
		return catalogue.T("value cuts held")
	}
	return ""
}

// rate writes the height of a strip.
func rate(r float64) string {
	if r > 0 && r < 1 {
		return "<1"
	}
	return words.Count(int64(math.Round(r)))
}

// A fact is written on levels from telling to short.
const (
	inFull = iota
	inBrief
	counted
	nouned
	bare
	factLevels
)

// bothFacts tells what a step reclassifies either way. Between the first level
// and the last the noun stands once, with a step that reclassifies somebody.
func (s *Screen) bothFacts(c session.CutSensitivity, level int) (down, up string) {
	down, up = s.fact(c, -1, level), s.fact(c, +1, level)
	if level == inFull || level == bare {
		return down, up
	}
	named := func(direction int, step session.StepSensitivity) string {
		if level == inBrief {
			return s.fact(c, direction, inFull)
		}
		return words.Customers(step.Customers)
	}
	switch {
	case c.Up.Customers > 0:
		up = named(+1, c.Up)
	case c.Down.Customers > 0:
		down = named(-1, c.Down)
	}
	return down, up
}

// fact tells what a step in a direction reclassifies: 12 customers (£3,120), or
// nobody until 36 days, where a step reaches nobody yet.
func (s *Screen) fact(c session.CutSensitivity, direction, level int) string {
	step, next := c.Up, c.NextUp
	if direction < 0 {
		step, next = c.Down, c.NextDown
	}
	switch {
	case !step.OK && step.End == session.EndCut && level < counted:
		return catalogue.T("next cut in the way")
	case !step.OK && step.End == session.EndCut:
		return catalogue.T("next cut")
	case !step.OK:
		return catalogue.T("no room")
	case step.Customers > 0 && level == inFull:
		return words.Customers(step.Customers) + " (" + words.Brief(step.Revenue, s.symbol) + ")"
	case step.Customers > 0 && level == inBrief:
		return words.Count(step.Customers) + " (" + words.Brief(step.Revenue, s.symbol) + ")"
	case step.Customers == 0 && next.OK && level == inFull:
		return catalogue.T("nobody until {position}", "position", s.positionOf(c.ID, next.Typed))
	case step.Customers == 0 && next.OK && level < nouned:
		return catalogue.T("none until {position}", "position", s.positionOf(c.ID, next.Typed))
	case step.Customers == 0 && next.End == session.EndCut && level == inFull:
		return catalogue.T("nobody before the next cut")
	}
	return words.Count(step.Customers)
}

// positionOf writes where a cut would stand, with its unit, as its place is told
// everywhere: where more orders are better by the first number of them on the
// better side.
func (s *Screen) positionOf(id session.CutID, at model.Cut) string {
	if !id.Value && session.BeginsAt(id.Axis, s.frame.Scheme.Spec) {
		return s.valueOf(id, at.Whole+1)
	}
	return s.valueOf(id, at.Whole)
}

// valueOf writes a value of what a cut divides, with its unit.
func (s *Screen) valueOf(id session.CutID, value int64) string {
	if id.Value {
		return catalogue.T("value score {value}", "value", words.Count(value))
	}
	return words.Measure(value, id.Axis, s.frame.Scheme.Spec, s.symbol)
}

// factsInStatus are the facts for the status line, where there is no room for
// the strip.
func (s *Screen) factsInStatus() string {
	c, now, ok := s.markedSensitivity()
	if !ok || !now || s.stripFits() {
		return ""
	}
	return " · ◂ " + s.fact(c, -1, bare) + " ▸ " + s.fact(c, +1, bare)
}

// explainFragile tells in words how sure the marked line is.
func (s *Screen) explainFragile() []string {
	if s.fragile.figures != nil && s.fragile.of == s.frame {
		if c, ok := s.fragile.figures.Of(s.cut); ok && c.Split {
			if s.frame.Scheme.Cuts[s.cut.Axis].Method == model.MethodNested {
				return []string{catalogue.T("The cuts differ within each score of the measures before, so there is no single line that a customer could be next to.")}
			}
			if !s.frame.Spans[s.cut.Axis].Torn() {
				return []string{catalogue.T("The groups are of equal size, and none is split: no two customers with equal values score differently here. How certain the lines between them are is shown once a cut has moved, which fixes them all.")}
			}
			return []string{catalogue.T("Equal values score differently here, so there is no line that a customer could be next to.")}
		}
	}
	if s.unvalued() {
		return []string{catalogue.T("No order has an amount, so all customers are alike in monetary and none is next to this line.")}
	}
	c, now, ok := s.markedSensitivity()
	if !ok || !now {
		return nil
	}
	sentences := []string{s.stepInWords(c, catalogue.T("down"), c.Down, c.NextDown), s.stepInWords(c, catalogue.T("up"), c.Up, c.NextUp)}
	if c.Tie.Customers > 0 {
		sentences = append(sentences, words.Agree(c.Tie.Customers, "{customers} ({share}) sits on the line, with exactly {value}.", "{customers} ({share}) sit on the line, with exactly {value}, and can pass it only together.", "customers", words.Customers(c.Tie.Customers), "share", words.Share(c.Tie.Customers, s.fragile.figures.Customers), "value", s.valueOf(c.ID, c.Tie.Value)))
	}
	return append(s.leftOutInWords(c),
		strings.Join(sentences, " "),
		catalogue.T("The strip below the axis shows how many customers a step would reclassify at each position of this cut, all others staying where they are: the taller, the more depends on exactly where the line is drawn; where it is blank, nothing does. The cut itself can go as far as its neighbours; that part stands out."))
}

// unvalued reports whether the marked cut divides amounts that there are not.
func (s *Screen) unvalued() bool {
	return !s.cut.Value && s.cut.Axis == model.Monetary && s.frame.Scheme.Value.Unvalued
}

// leftOutInWords says what the figures about a cut leave out.
func (s *Screen) leftOutInWords(c session.CutSensitivity) []string {
	var words []string
	if s.fragile.figures.ByScoresAlone {
		words = append(words, catalogue.T("What a step reclassifies is counted by scores alone: fair rules are not applied. The tiers beside it and Migration apply them."))
	}
	if slices.Contains(c.Held, session.HeldNested) {
		words = append(words, catalogue.T("The nested cuts within this measure are held for this; once the cut has moved they are recalculated, and Migration gives other numbers."))
	}
	if slices.Contains(c.Held, session.HeldShares) {
		words = append(words, catalogue.T("The value cuts, which follow from shares of the customers, are held for this; once the cut has moved they are recalculated."))
	}
	return words
}

func (s *Screen) stepInWords(c session.CutSensitivity, way string, step session.StepSensitivity, next session.Reclassified) string {
	switch {
	case !step.OK && step.End == session.EndCut:
		return catalogue.T("There is no step {way}: {stopped} is in the way, so how certain the line is on that side is not known.", "way", way, "stopped", step.Stopped)
	case !step.OK:
		return catalogue.T("There is no step {way}: {stopped} is in the way.", "way", way, "stopped", step.Stopped)
	case step.Customers > 0:
		return catalogue.T("One step {way}, to {position}, reclassifies {customers} with {revenue} of revenue.", "way", way, "position", s.positionOf(c.ID, step.To), "customers", words.Customers(step.Customers), "revenue", words.Brief(step.Revenue, s.symbol))
	case next.OK:
		return catalogue.T("One step {way}, to {position}, reclassifies nobody; with the cut at {next}, {customers} would move.", "way", way, "position", s.positionOf(c.ID, step.To), "next", s.positionOf(c.ID, next.Typed), "customers", words.Customers(next.Customers))
	}
	before := catalogue.T("before {obstacle}", "obstacle", next.Stopped)
	if next.End != session.EndCut {
		before = catalogue.T("as far as the measure goes")
	}
	return catalogue.T("One step {way}, to {position}, reclassifies nobody, nor does any further one {before}.", "way", way, "position", s.positionOf(c.ID, step.To), "before", before)
}

// tookFragility takes in how sure the lines are.
func (s *Screen) tookFragility(f fragility) {
	s.fragile.figures, s.fragile.of = f.figures, f.of
}

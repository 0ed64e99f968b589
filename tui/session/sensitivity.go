package session

import (
	"context"
	"slices"
	"time"

	"strata/analysis/rfm"
	"strata/analysis/sensitivity"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Sensitivity tells how sure the lines of a scheme are: who would be in another
// segment if one of them stood elsewhere and all others where they are.
// Customers are counted by their scores, also those whom a rule of fairness
// keeps in a tier.
type Sensitivity struct {
	Customers int64
	// ByScoresAlone: the scheme has fair rules in force, and nothing here looks at
	// them. A comparison of two schemes does.
	ByScoresAlone bool
	// Cuts are those of recency, frequency and monetary, ascending, and MID and
	// HIGH where the value cuts decide.
	Cuts     []CutSensitivity
	AsOf     model.Day // the day looked back from
	OfLines  []int     // places in the filter of the conditions on lines
	Warnings []model.Warning
}

// CutSensitivity tells how sure one line is.
type CutSensitivity struct {
	ID   CutID
	Name string    // "4│3", "MID"
	At   model.Cut // as the keys move it; of a value cut the value score where the tier begins
	// Published is the same as its method defines it: what lists of cuts show. That
	// of rfm-r belongs to the range above.
	Published model.Cut
	// Split: the method draws no single line, because it gives customers with equal
	// values different scores, or a score of a measure before it cuts of its own.
	// There is nothing to move, and what follows is not set. Unknown: likewise, because no
	// order has an amount.
	Split, Unknown bool

	// Held names what the scheme draws anew when the cut moves, and what stays as it
	// is here: a comparison of two schemes has other numbers.
	Held []Holding

	Down, Up         StepSensitivity
	NextDown, NextUp Reclassified // the nearest position at which anybody moves
	Tie              Tie
	// Strip counts who would be reclassified, up to a value, if the cut came along
	// and passed them, all other cuts standing where they are; beyond a neighbour
	// it would divide the scores that are divided there. It does not depend on
	// where the cut stands. Value cuts have value scores as values.
	Strip Distribution
	Even  bool  // Strip names only some of the values of many
	Step  int64 // size of a step, in the unit of Strip's values
}

// Holding names what stays as it is while a cut moves.
type Holding string

// What is held.
const (
	HeldNested Holding = "nested cuts" // those within the measure that moves
	HeldShares Holding = "value cuts"  // those that follow from shares of the customers
)

// Reclassified is who is in another segment once a cut stands elsewhere.
type Reclassified struct {
	rfm.Flow
	To model.Cut
	// Typed is To of a nearest position as a person would type it: with no more than two decimals where that
	// parts the same customers. What divides amounts is counted in ten-thousandths, and
	// To can be a ten-thousandth below what somebody has.
	Typed model.Cut
	OK    bool // there is such a position; otherwise only the next two are set
	// End says why there is none, and Stopped in words what ends the way.
	End     End
	Stopped string
}

// End is what ends the way of a cut in one direction.
type End int

// The ends.
const (
	EndNone    End = iota
	EndCut         // the neighbouring cut is in the way: how sure the line is beyond is not told
	EndMeasure     // the cut stands at the last values there are
	EndNobody      // it passes customers as far as the measure goes, and none is reclassified
)

// StepSensitivity is what one step of the keys does to a cut. Where something
// stops it, it does nothing, and Stopped says what.
type StepSensitivity struct{ Reclassified }

// ended returns what ends the way of a cut below or above, where nobody is
// reclassified; passes reports whether it could pass anybody.
func (r room) ended(down, passes bool) Reclassified {
	words, neighbour := r.above, r.cutAbove
	if down {
		words, neighbour = r.below, r.cutBelow
	}
	switch {
	case neighbour:
		return Reclassified{End: EndCut, Stopped: words}
	case passes:
		return Reclassified{End: EndNobody, Stopped: words}
	}
	return Reclassified{End: EndMeasure, Stopped: words}
}

// Tie is the customers who stand on a line: they have the greatest value on its
// lower side and pass it only together. Without anybody there it is zero.
type Tie struct {
	Value     int64 // in the measure's stored unit, or a value score
	Customers int64
}

// Of returns what is known about a cut, and false for one that is not there.
func (s *Sensitivity) Of(id CutID) (CutSensitivity, bool) {
	i := slices.IndexFunc(s.Cuts, func(c CutSensitivity) bool { return c.ID == id })
	if i < 0 {
		return CutSensitivity{}, false
	}
	return s.Cuts[i], true
}

// restBefore is how long the keys rest before it is worked out how sure the
// lines are: longer than before the next moves are prepared, which come first.
const restBefore = 250 * time.Millisecond

// Sensitivity returns the work that tells how sure the lines of the working
// scheme are, to be run off the key path and stopped when they move. It begins
// with a rest, so that it takes nothing from a held key.
func (b *Bench) Sensitivity() func(context.Context) (*Sensitivity, error) {
	standing := b.byScores()
	return func(ctx context.Context) (*Sensitivity, error) {
		select {
		case <-ctx.Done():
			return nil, model.Errorf(model.Cancelled, "the lines have moved: {cause}", "cause", ctx.Err())
		case <-time.After(restBefore):
		}
		return standing.Sensitivity(rfm.Beside(ctx))
	}
}

// Sensitivity tells how sure the lines of the scheme are. Error: Cancelled.
func (s *Standing) Sensitivity(ctx context.Context) (*Sensitivity, error) {
	index := s.index
	if index == nil {
		var err error
		if index, err = rfm.NewIndex(ctx, s.base, nil); err != nil {
			return nil, err
		}
	}
	index = index.Relabel(nil) // tables are the smaller for it
	rule := s.rule.Plain()
	fair := s.scheme.Fair
	out := &Sensitivity{
		Customers: int64(s.base.Len()), ByScoresAlone: !fair.Off && !fair.Empty(),
		AsOf: s.base.AsOf, OfLines: s.base.OfLines, Warnings: s.takenAsTheyStand(),
	}
	for a := model.Recency; a < model.Axes; a++ {
		if a == model.Monetary && rule.Value.Unvalued {
			out.addUnknown(a, rule)
			continue
		}
		if !rule.ByCuts(a) {
			out.addSplit(a, rule, s.whyNoLine(a))
			continue
		}
		m, err := sensitivity.NewMeasure(ctx, index, a, rule)
		if err != nil {
			return nil, err
		}
		s.addMeasure(out, m, a, index.Distribution(a))
	}
	if rule.ByValue() {
		addValue(out, sensitivity.NewValue(rule, rfm.Tally(s.base, rule, nil)), rule.Value)
	}
	for _, w := range index.Warnings(rule) {
		if w.Code != "heavy-tie" { // tie-on-line says it of cuts beside a value, too
			out.Warnings = append(out.Warnings, w)
		}
	}
	return out, nil
}

// takenAsTheyStand warns of what would change with a cut but is held here.
func (s *Standing) takenAsTheyStand() []model.Warning {
	warnings := slices.Clone(s.base.Warnings)
	add := func(code, message string) { warnings = append(warnings, model.Warning{Code: code, Message: message}) }
	if s.rule.Value.ByShare() && s.rule.ByValue() {
		add("value-cuts-held", catalogue.T("the value cuts follow from shares of the customers; here they stay where they are while a cut moves, and strata compare gives other numbers"))
	}
	if slices.ContainsFunc(s.scheme.Cuts[model.Frequency:], func(c model.AxisCuts) bool { return c.Method == model.MethodNested }) {
		add("nested-held", catalogue.T("a nested measure is scored within those before it; here its scores stay as they are while a cut of those moves, and strata compare, which recalculates them, gives other numbers"))
	}
	if slices.ContainsFunc(s.scheme.Cuts[:], func(c model.AxisCuts) bool { return c.Method == model.MethodRFMR }) {
		add("lower-bounds", catalogue.T("a cut of rfm-r is where the range above begins; steps and first positions are cuts as the keys and the flags take them: where the range below ends"))
	}
	if f := s.scheme.Fair; !f.Off && !f.Empty() {
		n := int64(0)
		for _, k := range s.rule.Kept() {
			n += k.Customers
		}
		add("by-scores-alone", catalogue.T("by scores alone: fair rules are not applied here, as strata compare applies them; {kept}", "kept", keptOtherwise(n)))
	}
	return warnings
}

func keptOtherwise(n int64) string {
	switch n {
	case 0:
		return catalogue.T("with the cuts as they are, they keep no customer in another tier")
	case 1:
		return catalogue.T("with the cuts as they are, they keep 1 customer in another tier than that of the scores")
	}
	return catalogue.T("with the cuts as they are, they keep {customers} in another tier than that of their scores", "customers", words.Customers(n))
}

// held returns what the scheme would draw anew if a cut of a measure moved.
func (s *Standing) held(a model.Axis) []Holding {
	var held []Holding
	if slices.ContainsFunc(s.scheme.Cuts[a+1:], func(c model.AxisCuts) bool { return c.Method == model.MethodNested }) {
		held = append(held, HeldNested)
	}
	if s.rule.Value.ByShare() && s.rule.ByValue() {
		held = append(held, HeldShares)
	}
	return held
}

// Told reports whether anything is known of how sure the line is.
func (c CutSensitivity) Told() bool { return !c.Split && !c.Unknown }

// addUnknown enters the cuts of a measure that no order has.
func (s *Sensitivity) addUnknown(a model.Axis, rule *rfm.Rule) {
	for i, at := range rule.Cuts[a] {
		id := CutID{Axis: a, Index: i}
		s.Cuts = append(s.Cuts, CutSensitivity{ID: id, Name: CutName(id, rule.Levels[a]), At: at, Published: rule.Published[a][i], Unknown: true})
	}
}

// addSplit enters the cuts of a measure without lines, and says why there are none.
func (s *Sensitivity) addSplit(a model.Axis, rule *rfm.Rule, why string) {
	for i, at := range rule.Cuts[a] {
		id := CutID{Axis: a, Index: i}
		s.Cuts = append(s.Cuts, CutSensitivity{ID: id, Name: CutName(id, rule.Levels[a]), At: at, Published: rule.Published[a][i], Split: true})
	}
	s.Warnings = append(s.Warnings, model.Warning{Code: "no-line", Message: why})
}

// whyNoLine says why a measure has no lines that could move.
func (s *Standing) whyNoLine(a model.Axis) string {
	switch {
	case s.scheme.Cuts[a].Method == model.MethodNested && a == model.Frequency:
		return catalogue.T("frequency: the cuts differ in each score of recency, so there is no single line whose moves could be counted")
	case s.scheme.Cuts[a].Method == model.MethodNested:
		return catalogue.T("monetary: the cuts differ in each pair of scores of recency and frequency, so there is no single line whose moves could be counted")
	case s.rule.SpansOf(s.base, a).Torn():
		return catalogue.T("{axis}: customers with equal values score differently, so there is no line whose moves could be counted; its cuts only show where the groups end", "axis", words.Axis(a))
	}
	return catalogue.T("{axis}: the groups are made equal in size, whatever the values, so no line moves by itself; its cuts only show where the groups end", "axis", words.Axis(a))
}

func (s *Standing) addMeasure(out *Sensitivity, m *sensitivity.Measure, a model.Axis, all rfm.Distribution) {
	rule, d := s.rule.Plain(), newDistribution(all)
	cuts, scale := rule.Cuts[a], s.scheme.Spec.Scale(a)
	show := func(c model.Cut) string { return PlaceText(c, a, s.scheme.Spec, s.session.info.Currency) }
	strips, even := m.Strips(d.Values), leavesOut(d, all)
	for i, at := range cuts {
		id := CutID{Axis: a, Index: i}
		c := CutSensitivity{ID: id, Name: CutName(id, rule.Levels[a]), At: at, Published: rule.Published[a][i], Even: even, Step: stepSize(d, scale), Held: s.held(a)}
		room := roomOf(cuts, i, d, show)
		step := func(n int) StepSensitivity {
			to, moved, _ := stepCut(cuts, i, n, d, scale, show)
			if !moved {
				return StepSensitivity{room.ended(n < 0, false)}
			}
			return StepSensitivity{Reclassified{Flow: m.Moved(i, to), To: to, OK: true}}
		}
		c.Down, c.Up = step(-1), step(+1)
		next := func(down bool, to model.Cut, who rfm.Flow, ok bool) Reclassified {
			if ok {
				return Reclassified{Flow: who, To: to, Typed: typed(to, down, scale, room, all), OK: true}
			}
			passes := all.AtMost(room.hi) > all.AtMost(at.Whole)
			if down {
				passes = all.AtMost(at.Whole) > all.AtMost(room.lo)
			}
			return room.ended(down, passes)
		}
		to, who, ok := m.NextDown(i, room.lo)
		c.NextDown = next(true, to, who, ok)
		to, who, ok = m.NextUp(i, room.hi)
		c.NextUp = next(false, to, who, ok)
		c.Tie.Value, c.Tie.Customers, _ = m.Tie(i)
		c.Strip = Distribution{Values: d.Values, Upto: strips[i]}
		out.Cuts = append(out.Cuts, c)
		again := i > 0 && at == cuts[i-1] // of equal cuts one warning says it
		if !again && rfm.HeavyTie(int(c.Tie.Customers), int(out.Customers)) {
			out.Warnings = append(out.Warnings, s.tieOnLine(c, a, out.Customers))
		}
	}
}

// typed returns a position, below a cut or above it, with two decimals, as long as it
// stays in the room of the cut and nobody's value lies between; else as it is.
func typed(to model.Cut, below bool, scale int64, room room, all rfm.Distribution) model.Cut {
	const decimals = 100
	if scale == 1 {
		return to
	}
	unit := scale / decimals
	rest := (to.Whole%unit + unit) % unit
	whole := to.Whole - rest
	if !below && rest > 0 {
		whole += unit
	}
	if whole < room.lo || whole > room.hi || all.AtMost(whole) != all.AtMost(to.Whole) {
		return to
	}
	return model.WholeCut(whole)
}

// leavesOut reports whether d names only some of the values there are.
func leavesOut(d Distribution, all rfm.Distribution) bool {
	for i, v := range d.Values[:max(len(d.Values)-1, 0)] {
		if next, _ := all.Next(v); next != d.Values[i+1] {
			return true
		}
	}
	return false
}

// tieOnLine warns of a line with many customers on it.
func (s *Standing) tieOnLine(c CutSensitivity, a model.Axis, customers int64) model.Warning {
	return model.Warning{Code: "tie-on-line", Message: words.Agree(c.Tie.Customers,
		"{axis} {cut} sits on a tie: {customers} has exactly {value}",
		"{axis} {cut} sits on a tie: {customers} have exactly {value} and move together",
		"axis", words.AxisTitle(a), "cut", c.Name, "customers", share(c.Tie.Customers, customers),
		"value", CutText(model.WholeCut(c.Tie.Value), a, s.scheme.Spec, s.session.info.Currency))}
}

func addValue(out *Sensitivity, v *sensitivity.Value, value model.ValueRule) {
	for i, at := range value.Cuts {
		id := CutID{Index: i, Value: true}
		c := CutSensitivity{ID: id, Name: CutName(id, 0), At: model.WholeCut(int64(at)), Published: model.WholeCut(int64(at)), Step: 1}
		room := roomOfValue(value, i)
		step := func(n int) StepSensitivity {
			to, _ := stepValueCut(value, i, n)
			if to == at {
				return StepSensitivity{room.ended(n < 0, false)}
			}
			return StepSensitivity{Reclassified{Flow: v.Moved(i, to), To: model.WholeCut(int64(to)), OK: true}}
		}
		c.Down, c.Up = step(-1), step(+1)
		next := func(down bool, to int, who rfm.Flow, ok bool) Reclassified {
			if !ok {
				return room.ended(down, true)
			}
			at := model.WholeCut(int64(to))
			return Reclassified{Flow: who, To: at, Typed: at, OK: true}
		}
		to, who, ok := v.NextDown(i, int(room.lo))
		c.NextDown = next(true, to, who, ok)
		to, who, ok = v.NextUp(i, int(room.hi))
		c.NextUp = next(false, to, who, ok)
		score, customers, _ := v.Tie(i)
		c.Tie = Tie{Value: int64(score), Customers: customers}
		scores, upto := v.Strip(i)
		for _, score := range scores {
			c.Strip.Values = append(c.Strip.Values, int64(score))
		}
		c.Strip.Upto = upto
		out.Cuts = append(out.Cuts, c)
	}
}

package session

import (
	"slices"
	"strconv"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// openEdit is a run of steps on one cut that is not an edit yet.
type openEdit struct {
	id     CutID
	from   model.Scheme
	before *state
	cuts   []model.Cut // of the measure then
}

// Step moves a cut by n steps (negative: down) to the next whole day or order,
// the next round value of money, or the next value score. It stops short of
// the neighbouring cuts and of the measure's ends; stopped then says why in a
// few words ("the next cut at 33 days"). Steps on one cut are one edit until
// another action or [Bench.Rest].
func (b *Bench) Step(id CutID, n int) (stopped string, err error) {
	if id.Value {
		return b.stepValue(id, n)
	}
	to, moved, stopped := stepCut(b.rule.Cuts[id.Axis], id.Index, n, b.axes[id.Axis], b.scheme.Spec.Scale(id.Axis), b.shower(id.Axis))
	if !moved {
		return stopped, nil
	}
	return stopped, b.put(id, to)
}

func (b *Bench) stepValue(id CutID, n int) (stopped string, err error) {
	to, stopped := stepValueCut(b.scheme.Value, id.Index, n)
	if to == b.scheme.Value.Cuts[id.Index] {
		return stopped, nil
	}
	return stopped, b.putValue(id, to)
}

// put places a cut; touching one cut of a measure fixes all of them.
func (b *Bench) put(id CutID, to model.Cut) error {
	return b.change(id, func(s *model.Scheme) {
		at := slices.Clone(b.rule.Cuts[id.Axis])
		at[id.Index] = to
		s.Cuts[id.Axis] = model.AxisCuts{Method: model.MethodFixed, At: at}
	})
}

func (b *Bench) putValue(id CutID, to int) error {
	return b.change(id, func(s *model.Scheme) {
		s.Value.Cuts[id.Index] = to
		s.Value.Shares = [2]int{} // told now
	})
}

// change alters the working scheme as part of the open edit on one cut.
func (b *Bench) change(id CutID, alter func(*model.Scheme)) error {
	if b.moving != nil && b.moving.id != id {
		b.Rest()
	}
	before := openEdit{id: id, from: b.scheme, before: b.state(), cuts: b.rule.Cuts[id.Axis]}
	scheme := b.scheme.Clone()
	alter(&scheme)
	b.hurried = true
	defer func() { b.hurried = false }()
	if err := b.use(scheme); err != nil {
		return err
	}
	if b.moving == nil {
		b.moving = &before
	}
	return nil
}

// Type moves a cut to a typed value, read as [TypedNumber] says: on recency the
// last day of the better side ("14") or the first day on which its customers
// ordered ("2011-09-01"), on frequency and the value score where the better side begins
// ("4"), on monetary the amount above which the better side begins
// ("250.50"). The value that the cut has changes nothing: see [Bench.Already]. The
// error says in one sentence what is wrong with the text.
func (b *Bench) Type(id CutID, text string) error {
	b.Rest()
	defer b.Rest()
	if b.Already(id, text) != "" {
		return nil
	}
	if id.Value {
		return b.typeValue(id, text)
	}
	c, err := typedCut(text, id.Axis, b.scheme.Spec.Scale(id.Axis), b.base.AsOf)
	if err != nil {
		return err
	}
	at, d := b.rule.Cuts[id.Axis], b.axes[id.Axis]
	if room := roomOf(at, id.Index, d, b.shower(id.Axis)); c.Whole < room.lo || c.Whole > room.hi {
		return b.errMisplaced(id, c, at, d, c.Whole < room.lo)
	}
	return b.put(id, c)
}

// Already says that a cut is where somebody typed, "frequency 5│4 is at 7 already",
// and "" where it is not: then [Bench.Type] moves it, and with it fixes the other
// cuts of the measure.
func (b *Bench) Already(id CutID, text string) string {
	now := b.Typed(id)
	if id.Value {
		if to, err := TypedWhole(text); err != nil || strconv.Itoa(to) != now {
			return ""
		}
		return catalogue.T("{cut} is at {value} already", "cut", CutName(id, 0), "value", now)
	}
	scale := b.scheme.Spec.Scale(id.Axis)
	c, err := typedCut(text, id.Axis, scale, b.base.AsOf)
	if err != nil || typedText(c, id.Axis, scale) != now {
		return ""
	}
	return catalogue.T("{axis} {cut} is at {value} already", "axis", words.Axis(id.Axis), "cut", CutName(id, b.scheme.Levels[id.Axis]), "value", RoundedPlace(b.rule.Cuts[id.Axis][id.Index], id.Axis, b.scheme.Spec, b.session.info.Currency))
}

func (b *Bench) typeValue(id CutID, text string) error {
	to, err := TypedWhole(text)
	if err != nil {
		return model.Errorf(model.Invalid, "{text:q} is not a whole value score", "text", text)
	}
	if room := roomOfValue(b.scheme.Value, id.Index); int64(to) < room.lo || int64(to) > room.hi {
		return model.Errorf(model.Invalid, "{cut} can begin at {from} to {to}", "cut", CutName(id, 0), "from", room.lo, "to", room.hi)
	}
	return b.putValue(id, to)
}

// Typed returns the text that Type would read to leave the cut where it is.
func (b *Bench) Typed(id CutID) string {
	if id.Value {
		return strconv.Itoa(b.scheme.Value.Cuts[id.Index])
	}
	return typedText(b.rule.Cuts[id.Axis][id.Index], id.Axis, b.scheme.Spec.Scale(id.Axis))
}

// Reset gives one measure's cuts back to the method of the scheme it is named
// after, or the value cuts back to those of that scheme. A scheme with a name of
// its own goes back to quantiles and to the value cuts of the scheme ten.
func (b *Bench) Reset(id CutID) error {
	b.Rest()
	home, known := rfm.Preset(b.scheme.Name)
	if !known {
		home = model.Ten()
	}
	scheme := b.scheme.Clone()
	var label string
	if id.Value {
		scheme.Value.Cuts, scheme.Value.Shares = home.Value.Cuts, home.Value.Shares
		label = catalogue.T("value cuts reset to {mid} and {high}", "mid", home.Value.Cuts[0], "high", home.Value.Cuts[1])
		if home.Value.ByShare() {
			label = catalogue.T("value cuts reset to {high} and {mid} of the customers", "high", words.WholePercent(home.Value.Shares[0]), "mid", words.WholePercent(home.Value.Shares[1]))
		}
	} else {
		method := home.Cuts[id.Axis].Method
		if method.CheckLevels(b.scheme.Levels[id.Axis]) != nil {
			method = model.MethodQuantile
		}
		scheme.Cuts[id.Axis] = model.AxisCuts{Method: method}
		label = catalogue.T("{axis} cuts reset to {method}", "axis", words.Axis(id.Axis), "method", methodWords[method])
	}
	return b.Change(label, scheme)
}

// methodWords name what a method's cuts are.
var methodWords = map[model.Method]string{
	model.MethodQuantile: catalogue.T("quantiles"),
	model.MethodRFMR:     catalogue.T("those of the R package"),
	model.MethodNTile:    catalogue.T("equal groups"),
	model.MethodNested:   catalogue.T("nested quantiles"),
	model.MethodMean:     catalogue.T("the mean"),
	model.MethodFixed:    catalogue.T("fixed values"),
}

// Rest ends the edit in progress: the keys have rested.
func (b *Bench) Rest() {
	if b.moving == nil {
		return
	}
	open := *b.moving
	b.moving = nil
	b.keep()
	if open.from.Equal(b.scheme) {
		return // there and back again
	}
	b.record(b.label(open), open.before)
}

// label tells an edit of one cut: "recency 4│3: 33 → 45 days", "frequency 5│4:
// from 7 → 9 orders".
func (b *Bench) label(open openEdit) string {
	id := open.id
	if id.Value {
		return catalogue.T("{cut} begins at value score {from} → {to}", "cut", CutName(id, 0), "from", open.from.Value.Cuts[id.Index], "to", b.scheme.Value.Cuts[id.Index])
	}
	spec := b.scheme.Spec
	was, now := open.cuts[id.Index], b.scheme.Cuts[id.Axis].At[id.Index]
	moved := []any{
		"axis", words.Axis(id.Axis), "cut", CutName(id, b.scheme.Levels[id.Axis]),
		"was", RoundedPlace(was, id.Axis, spec, b.session.info.Currency), "now", roundedWithUnit(now, id.Axis, spec, b.session.info.Currency),
	}
	if BeginsAt(id.Axis, spec) {
		return catalogue.T("{axis} {cut}: from {was} → {now}", moved...)
	}
	return catalogue.T("{axis} {cut}: {was} → {now}", moved...)
}

// shower returns how it is told where a cut of an axis stands: "at 33 days".
func (b *Bench) shower(a model.Axis) func(model.Cut) string {
	spec := b.scheme.Spec
	return func(c model.Cut) string { return PlaceText(c, a, spec, b.session.info.Currency) }
}

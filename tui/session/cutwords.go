package session

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// CutText writes a cut as it is, with its unit: "33 days", "1 order", "£250.194".
func CutText(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	return withUnit(ExactCut(c, a, spec, currency), a, spec)
}

// withUnit puts the unit behind a written number; amounts have their sign already.
func withUnit(number string, a model.Axis, spec model.Spec) string {
	return strings.TrimSpace(number + " " + CutsUnit([]string{number}, a, spec))
}

// priced puts the sign of the currency before the numbers of monetary.
func priced(number string, a model.Axis, currency string) string {
	if a != model.Monetary {
		return number
	}
	return words.Priced(number, words.Symbol(currency))
}

// ListOfCuts writes the cuts of a measure as lists of cuts have them, whatever the
// measure: "1 / 2 / 3 / 6", a value equal to a cut lying below it. A method whose
// cuts are where the range above begins is told by a word: "from 2 / 3 / 4 / 7".
func ListOfCuts(cuts []string, method model.Method) string {
	list := strings.Join(cuts, CutsBetween)
	if list != "" && method == model.MethodRFMR {
		return catalogue.T("from {cuts}", "cuts", list)
	}
	return list
}

// CutsUnit names what the cuts of a list count, in the plural but for a single 1; ""
// for amounts, which have the sign of the currency each.
func CutsUnit(cuts []string, a model.Axis, spec model.Spec) string {
	one, many := words.Units(a, spec)
	if len(cuts) == 1 && cuts[0] == "1" {
		return one
	}
	return many
}

// ExactCut writes a cut to its last digit: "33", "£17.70", "£2,058.426".
func ExactCut(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	if a == model.Monetary {
		return words.CutAmount(c, words.Symbol(currency))
	}
	return words.Decimal(c.Text(spec.Scale(a)))
}

// RoundedPlace writes where a cut stands for people: as [RoundedCut] does, or
// where [BeginsAt] the first value of its better side.
func RoundedPlace(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	if BeginsAt(a, spec) {
		return words.Count(c.Whole + 1)
	}
	return RoundedCut(c, a, spec, currency)
}

// RoundedCut writes a cut for people: grouped, what has decimals itself (amounts,
// orders per month) rounded to the hundredth, as axes have it, and all else to the
// tenth, without decimals that are all 0 but in an amount: "£2,014.87", "£567.00".
func RoundedCut(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	decimals := 1
	if spec.Scale(a) != 1 {
		decimals = 2
	}
	text := words.Cut(c, spec.Scale(a), decimals)
	if a == model.Monetary && !strings.Contains(text, ".") {
		text += ".00"
	}
	return priced(text, a, currency)
}

// BeginsAt reports whether people are told from which value on the better side
// of a cut is, "from 7 orders", and not the cut itself: where more is better and
// only whole values occur.
func BeginsAt(a model.Axis, spec model.Spec) bool {
	return a == model.Frequency && spec.Scale(a) == 1
}

// PlaceText tells people where a cut stands: "at 33 days", "from 7 orders", "at
// £250.19".
func PlaceText(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	if BeginsAt(a, spec) {
		return catalogue.T("from {cut}", "cut", roundedWithUnit(c, a, spec, currency))
	}
	return catalogue.T("at {cut}", "cut", roundedWithUnit(c, a, spec, currency))
}

// PlaceOf tells people where a cut of a measure stands as [PlaceText] does, and
// where it has customers with equal values on both sides, among whom: "among 6
// orders".
func (f *Frame) PlaceOf(id CutID, currency string) string {
	c, levels, spec := f.Cuts[id.Axis][id.Index], f.Scheme.Levels[id.Axis], f.Scheme.Spec
	above := id.Index + 2
	if id.Axis == model.Recency {
		above = levels - id.Index
	}
	if f.Spans[id.Axis].TornBetween(c.Whole, above, above-1) {
		return catalogue.T("among {cut}", "cut", withUnit(RoundedCut(c, id.Axis, spec, currency), id.Axis, spec))
	}
	return PlaceText(c, id.Axis, spec, currency)
}

// roundedWithUnit writes a cut for people with its unit: "1 day", "7 orders".
func roundedWithUnit(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	return withUnit(RoundedPlace(c, a, spec, currency), a, spec)
}

// errMisplaced says why a cut cannot be moved to where somebody typed, in terms
// of the scores beside it; below tells that it is too low. at are the cuts now, of
// a measure d.
func (b *Bench) errMisplaced(id CutID, c model.Cut, at []model.Cut, d Distribution, below bool) error {
	a, spec, currency := id.Axis, b.scheme.Spec, b.session.info.Currency
	write := func(c model.Cut) string { return roundedWithUnit(c, a, spec, currency) }
	score := func(i int) int { return i + 2 } // whose edge cut i is
	if a == model.Recency {
		score = func(i int) int { return len(at) + 1 - i }
	}
	// A value is written like the cut that has it, less what RoundedPlace adds.
	value := func(v int64) string {
		if BeginsAt(a, spec) {
			v--
		}
		return write(model.WholeCut(v))
	}
	why := catalogue.T("the most any customer has is {max}", "max", value(d.Max()))
	next, ends := id.Index+1, d.Max()-1
	if below {
		why = catalogue.T("the least any customer has is {min}", "min", value(d.Min()))
		next, ends = id.Index-1, d.Min()
	}
	within := c.Whole >= d.Min() && c.Whole <= d.Max()-1 // or no neighbour giving way would help
	if within && next >= 0 && next < len(at) && (below && at[next].Whole+1 > ends || !below && at[next].Whole-1 < ends) {
		neighbour := []any{"score", score(next), "cut", write(at[next])}
		switch {
		case a == model.Recency:
			why = catalogue.T("score {score} ends at {cut}", neighbour...)
		case BeginsAt(a, spec):
			why = catalogue.T("score {score} begins at {cut}", neighbour...)
		default:
			why = catalogue.T("score {score} begins above {cut}", neighbour...)
		}
	}
	switch {
	case a == model.Recency:
		return model.Errorf(model.Invalid, "score {score} cannot end at {cut}: {why}", "score", score(id.Index), "cut", write(c), "why", why)
	case BeginsAt(a, spec):
		return model.Errorf(model.Invalid, "score {score} cannot begin at {cut}: {why}", "score", score(id.Index), "cut", write(c), "why", why)
	}
	return model.Errorf(model.Invalid, "score {score} cannot begin above {cut}: {why}", "score", score(id.Index), "cut", write(c), "why", why)
}

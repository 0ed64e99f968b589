package session

import (
	"fmt"
	"math/big"
	"strings"

	"strata/model"
)

// CutText writes a cut as it is, with its unit: "33 days", "6 orders",
// "250.194 GBP".
func CutText(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	return strings.TrimSpace(strings.Replace(c.Text(spec.Scale(a)), "-", model.Minus, 1) + " " + cutUnit(a, spec, currency))
}

// cutUnit names what a measure counts, in the plural.
func cutUnit(a model.Axis, spec model.Spec, currency string) string {
	switch a {
	case model.Recency:
		return "days"
	case model.Monetary:
		return currency
	}
	switch spec.Frequency {
	case model.FrequencyDays:
		return "order days"
	case model.FrequencyMonths:
		return "active months"
	case model.FrequencyPerMonth:
		return "orders a month"
	}
	return "orders"
}

// ListOfCuts writes the cuts of a measure as lists of cuts have them, whatever the
// measure: "1 / 2 / 3 / 6", a value equal to a cut lying below it. A method whose
// cuts are where the range above begins is told by a word: "from 2 / 3 / 4 / 7".
func ListOfCuts(cuts []string, method model.Method) string {
	words := strings.Join(cuts, CutsBetween)
	if words != "" && method == model.MethodRFMR {
		return "from " + words
	}
	return words
}

// CutsUnit names what the cuts of a list count, in the plural but for a single 1.
func CutsUnit(cuts []string, a model.Axis, spec model.Spec, currency string) string {
	unit := cutUnit(a, spec, currency)
	if a != model.Monetary && spec.Scale(a) == 1 && len(cuts) == 1 && cuts[0] == "1" {
		return strings.TrimSuffix(unit, "s")
	}
	return unit
}

// RoundedPlace writes where a cut stands for people: as [RoundedCut] does, or
// where [BeginsAt] the first value of its better side.
func RoundedPlace(c model.Cut, a model.Axis, spec model.Spec) string {
	if BeginsAt(a, spec) {
		return model.Grouped(c.Whole + 1)
	}
	return RoundedCut(c, a, spec)
}

// RoundedCut writes a cut for people: grouped, amounts rounded to the hundredth
// and all else to the tenth, without decimals that are all 0: "2,014.87".
func RoundedCut(c model.Cut, a model.Axis, spec model.Spec) string {
	decimals := 1
	if a == model.Monetary {
		decimals = 2
	}
	den := int64(max(c.Den, 1))
	value := new(big.Int).Mul(big.NewInt(c.Whole), big.NewInt(den))
	value.Add(value, big.NewInt(int64(c.Num)))
	scale := new(big.Int).Mul(big.NewInt(spec.Scale(a)), big.NewInt(den))
	text := new(big.Rat).SetFrac(value, scale).FloatString(decimals)
	text = strings.TrimSuffix(text, "."+strings.Repeat("0", decimals))
	whole, fraction, _ := strings.Cut(text, ".")
	sign := ""
	if digits, negative := strings.CutPrefix(whole, "-"); negative {
		sign, whole = model.Minus, digits
	}
	n, ok := new(big.Int).SetString(whole, 10)
	if !ok || !n.IsInt64() {
		return text
	}
	whole = sign + model.Grouped(n.Int64())
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}

// BeginsAt reports whether people are told from which value on the better side
// of a cut is, "from 7 orders", and not the cut itself: where more is better and
// only whole values occur.
func BeginsAt(a model.Axis, spec model.Spec) bool {
	return a == model.Frequency && spec.Scale(a) == 1
}

// PlaceText tells people where a cut stands: "at 33 days", "from 7 orders", "at
// 250.19 GBP".
func PlaceText(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	if BeginsAt(a, spec) {
		return "from " + roundedWithUnit(c, a, spec, currency)
	}
	return "at " + roundedWithUnit(c, a, spec, currency)
}

// roundedWithUnit writes a cut for people with its unit: "1 day", "7 orders".
func roundedWithUnit(c model.Cut, a model.Axis, spec model.Spec, currency string) string {
	text, unit := RoundedPlace(c, a, spec), cutUnit(a, spec, currency)
	if text == "1" && spec.Scale(a) == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return strings.TrimSpace(text + " " + unit)
}

// errMisplaced says why a cut cannot be moved to where somebody typed, in terms
// of the scores beside it; below tells that it is too low. at are the cuts now, of
// a measure d.
func (b *Bench) errMisplaced(id CutID, c model.Cut, at []model.Cut, d Distribution, below bool) error {
	a, spec, currency := id.Axis, b.scheme.Spec, b.session.info.Currency
	write := func(c model.Cut) string { return roundedWithUnit(c, a, spec, currency) }
	score := func(i int) int { return i + 2 } // whose edge cut i is
	edge, edges := "begin above", "begins above"
	switch {
	case a == model.Recency:
		score = func(i int) int { return len(at) + 1 - i }
		edge, edges = "end at", "ends at"
	case BeginsAt(a, spec):
		edge, edges = "begin at", "begins at"
	}
	// A value is written like the cut that has it, less what RoundedPlace adds.
	value := func(v int64) string {
		if BeginsAt(a, spec) {
			v--
		}
		return write(model.WholeCut(v))
	}
	why := "the most anybody has is " + value(d.Max())
	next, ends := id.Index+1, d.Max()-1
	if below {
		why = "the least anybody has is " + value(d.Min())
		next, ends = id.Index-1, d.Min()
	}
	within := c.Whole >= d.Min() && c.Whole <= d.Max()-1 // or no neighbour giving way would help
	if within && next >= 0 && next < len(at) && (below && at[next].Whole+1 > ends || !below && at[next].Whole-1 < ends) {
		why = fmt.Sprintf("score %d %s %s", score(next), edges, write(at[next]))
	}
	return model.Errorf(model.Invalid, "score %d cannot %s %s: %s", score(id.Index), edge, write(c), why)
}

package tiers

import (
	"strconv"

	"strata/model/catalogue"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
	"strata/tui/component/slider"
	"strata/tui/session"
)

// A range is written on four levels, from exact to short; slider takes the
// first on which all of a measure's ranges can stand.
const (
	exact = iota
	rounded
	upper
	shortest
	levelsOfText
)

// ranges returns the stretches between the cuts of a measure, left to right.
func ranges(f *session.Frame, axis model.Axis) []slider.Range {
	at := f.Cuts[axis]
	scale := f.Scheme.Spec.Scale(axis)
	all := make([]slider.Range, len(at)+1)
	for i := range all {
		score := i + 1
		if axis == model.Recency {
			score = len(at) + 1 - i
		}
		all[i] = slider.Range{
			Labels: make([]string, levelsOfText),
			Score:  strconv.Itoa(score),
			Tier:   tierOf(score, len(at)+1),
		}
		if counts := f.ScoreCounts[axis]; score <= len(counts) {
			all[i].Count = words.Count(counts[score-1])
		}
		for level := range levelsOfText {
			switch {
			case axis == model.Monetary && f.Scheme.Value.Unvalued:
				all[i].Labels[level] = "–"
			case f.Spans[axis] != nil:
				all[i].Labels[level] = spanRange(f.Spans[axis][score-1], scale, level)
			case scale == 1:
				all[i].Labels[level] = wholeRange(at, i, f.Axes[axis].Min(), level)
			default:
				all[i].Labels[level] = amountRange(at, i, level)
			}
		}
	}
	return all
}

// spanRange writes what the customers of a score have where others with the same
// value may have another: 1, 1–2, 7–209.
func spanRange(s rfm.Span, scale int64, level int) string {
	write := func(v int64) string {
		if scale == 1 {
			return words.Count(v)
		}
		return amount(model.WholeCut(v), level)
	}
	switch {
	case s.Customers == 0:
		return nobody(level)
	case s.Low == s.High || level == shortest:
		return write(s.High)
	case level == upper:
		return upTo + write(s.High)
	}
	return write(s.Low) + "–" + write(s.High)
}

// upTo stands before the last value of a range whose first is that after the
// range before; a dash would look like a sign.
const upTo = "…"

// nobody stands for a range that no value is in.
func nobody(level int) string {
	if level == shortest {
		return "·"
	}
	return catalogue.T("none")
}

// wholeRange writes the values between two cuts of a measure counted in whole
// units: ≤13, 14–33, 4, 7+.
func wholeRange(at []model.Cut, i int, lowest int64, level int) string {
	if i == len(at) {
		if i == 0 {
			return catalogue.T("all")
		}
		return words.Count(at[i-1].Whole+1) + "+"
	}
	last := at[i].Whole
	if i == 0 {
		if last == lowest {
			return words.Count(last)
		}
		return "≤" + words.Count(last)
	}
	first := at[i-1].Whole + 1
	switch {
	case first > last:
		return nobody(level)
	case first == last || level == shortest:
		return words.Count(last)
	case level == upper:
		return upTo + words.Count(last)
	}
	return words.Count(first) + "–" + words.Count(last)
}

// amountRange writes the amounts between two cuts of a measure with decimals:
// ≤250.19, 250–490, >2.1k, stored in ten-thousandths. The lower end of a range is the upper end of the one
// before and belongs to that.
func amountRange(at []model.Cut, i, level int) string {
	if i == len(at) {
		if i == 0 {
			return catalogue.T("all")
		}
		return ">" + amount(at[i-1], level)
	}
	end := amount(at[i], level)
	switch {
	case i == 0:
		return "≤" + end
	case at[i-1].Whole >= at[i].Whole:
		return nobody(level)
	case level == upper:
		return upTo + end
	case level == shortest:
		return end
	}
	return amount(at[i-1], level) + "–" + end
}

func amount(c model.Cut, level int) string {
	m := model.Money(c.Whole)
	switch {
	case level == exact && (m%model.Unit != 0 || !c.IsWhole()), m < 10*model.Unit && m%model.Unit != 0:
		return words.ScaleFor(0).Money(m, "")
	case level == shortest && m >= 1000*model.Unit:
		return words.ScaleFor(m).Short(m)
	}
	return words.Count(int64(m.Ratio(model.Unit)))
}

// valueRanges returns the stretches of the value score. Where it can have fractions,
// a stretch ends below the next: LOW 3–<8, MID 8–<12, HIGH 12–15.
func valueRanges(scheme model.Scheme) []slider.Range {
	v, whole := scheme.Value, wholeValues(scheme)
	bounds := []int{v.Min(), v.Cuts[0], v.Cuts[1], v.Max() + 1}
	names := []string{words.Tier(model.TierLow), words.Tier(model.TierMid), words.Tier(model.TierHigh)}
	tiers := []model.Tier{model.TierLow, model.TierMid, model.TierHigh}
	all := make([]slider.Range, len(names))
	for i, name := range names {
		span := strconv.Itoa(bounds[i])
		last := bounds[i+1] - 1
		switch highest := i == len(names)-1; {
		case !whole && !highest:
			span += "–<" + strconv.Itoa(bounds[i+1])
		case last != bounds[i]:
			span += "–" + strconv.Itoa(last)
		}
		full := name + " " + span
		all[i] = slider.Range{Labels: []string{full, full, span, name}, Tier: tiers[i]}
	}
	return all
}

// wholeValues reports whether all value scores are whole: whether a score more of any
// measure that counts adds a whole number, see [model.ValueRule].
func wholeValues(scheme model.Scheme) bool {
	v, asked := scheme.Value, 0
	for a := range model.Axes {
		if v.Asks(a) {
			asked += v.Weights[a]
		}
	}
	for a := range model.Axes {
		const range5 = 4 // from 1 to 5
		if v.Asks(a) && range5*v.Weights[a]*v.Min()%((scheme.Levels[a]-1)*asked) != 0 {
			return false
		}
	}
	return true
}

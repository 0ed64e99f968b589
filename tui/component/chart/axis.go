package chart

import (
	"math"

	"strata/model"
	"strata/model/answer"
	"strata/model/words"
	"strata/tui/component/cells"
)

// axis is a scale with round ticks: it begins and ends at one, and 0 is one.
type axis struct {
	unit        answer.Unit
	symbol      string
	step        float64 // 1, 2 or 5 times a power of ten
	first, last int     // the ticks, in steps
}

// finest is the least distance of ticks that are written differently.
var finest = map[answer.Unit]float64{answer.Shares: 0.0001, answer.Counts: 1, answer.Amounts: model.Unit / 100}

// axisOf is the axis of values from least to most, in about as many steps as asked for.
func axisOf(least, most float64, steps int, unit answer.Unit, symbol string) axis {
	least, most = min(least, 0), max(most, 0)
	step := finest[unit]
	if most == least { // all are nothing
		if step = 1; unit == answer.Amounts {
			step = model.Unit
		}
		most = step
	}
	step = round125(max((most-least)/float64(max(steps, 1)), step))
	const slack = 1e-9 // of what floats make of tenths
	a := axis{unit, symbol, step, int(math.Floor(least/step + slack)), int(math.Ceil(most/step - slack))}
	if most > 0 {
		a.last = max(a.last, 1)
	}
	if least < 0 {
		a.first = min(a.first, -1)
	}
	return a
}

// round125 is the first of 1, 2, 5, 10, 20, … and 0.5, 0.2, 0.1, … that is not below v.
func round125(v float64) float64 {
	exponent := math.Floor(math.Log10(v))
	for _, digit := range []float64{1, 2, 5, 10} {
		if step := tenfold(digit, int(exponent)); step >= v*(1-1e-9) {
			return step
		}
	}
	return tenfold(1, int(exponent)+2)
}

// tenfold is v times a power of ten. Tenths are divided out, which makes the nearest
// float there is.
func tenfold(v float64, exponent int) float64 {
	if exponent < 0 {
		return v / math.Pow10(-exponent)
	}
	return v * math.Pow10(exponent)
}

// at is the value of a tick.
func (a axis) at(tick int) float64 {
	if a.step < 1 {
		return float64(tick) / math.Round(1/a.step)
	}
	return float64(tick) * a.step
}

func (a axis) low() float64  { return a.at(a.first) }
func (a axis) high() float64 { return a.at(a.last) }

// part is where a value lies, 0 at the lower end, 1 at the upper one.
func (a axis) part(v float64) float64 {
	return min(max((v-a.low())/(a.high()-a.low()), 0), 1)
}

// tick writes the value of a tick.
func (a axis) tick(tick int) string { return brief(a.at(tick), a.step, a.unit, a.symbol) }

// steps is how many steps an axis upwards has: more of them than there is room to name
// leave less room above the tallest figure.
const steps = 5

// named are the ticks that have room for their names on so many rows: all, or every
// second, fifth or tenth where that is round, or the ends.
func (a axis) named(rows int) []int {
	const apart = 2 // rows
	for _, every := range []int{1, 2, 5, 10} {
		distance := float64(every) * a.step
		if round125(distance) > distance*(1+1e-9) || (a.last-a.first)*apart > rows*every {
			continue
		}
		var all []int
		for i := a.first; i <= a.last; i++ {
			if i%every == 0 {
				all = append(all, i)
			}
		}
		if len(all) > 1 {
			return all
		}
	}
	if rows < 1 {
		return []int{a.last}
	}
	return []int{a.first, a.last}
}

// widest is the width of the widest tick.
func (a axis) widest() int {
	width := 0
	for i := a.first; i <= a.last; i++ {
		width = max(width, cells.Width(a.tick(i)))
	}
	return width
}

// brief writes a value in little room, as exactly as steps of a size ask for.
func brief(v, step float64, unit answer.Unit, symbol string) string {
	switch {
	case unit == answer.Counts:
		return words.ShortCount(int64(math.Round(v)))
	case unit == answer.Amounts && step < model.Unit && v != 0:
		return words.Amount(model.Money(math.Round(v)), symbol)
	case unit == answer.Amounts:
		m := model.Money(math.Round(v))
		return words.Priced(words.ScaleFor(m).Short(m), symbol)
	}
	decimals := 0
	for s := step * 100; s < 1-1e-9 && decimals < 2; s *= 10 {
		decimals++
	}
	return words.Rounded(100*v, decimals) + "%"
}

// figure writes a value as it is told.
func figure(v float64, unit answer.Unit, symbol string) string {
	switch unit {
	case answer.Counts:
		return words.Count(int64(math.Round(v)))
	case answer.Amounts:
		return words.Brief(model.Money(math.Round(v)), symbol)
	}
	return words.Percent(v)
}

// reach is the least and the most of what lines have, and false where they have nothing.
func reach(lines []answer.Line) (least, most float64, ok bool) {
	least, most = math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		for _, points := range [][]float64{l.Points, l.Low, l.High} {
			for _, p := range points {
				if isFigure(p) {
					least, most, ok = min(least, p), max(most, p), true
				}
			}
		}
	}
	return least, most, ok
}

func isFigure(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// point is the figure of a line at a place, and false where there is none.
func point(l answer.Line, place int) (float64, bool) {
	if place >= len(l.Points) || !isFigure(l.Points[place]) {
		return 0, false
	}
	return l.Points[place], true
}

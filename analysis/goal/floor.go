package goal

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"strata/model"
)

// Floor is how many customers every score of a measure keeps at least, wherever
// its cuts go; the zero value asks for no more than one. A score that has fewer
// under the scheme as it stands may keep as few as it has.
type Floor struct {
	Number  int64 // customers; with Percent, ten-thousandths of one percent of all
	Percent bool
}

// DefaultFloor keeps cuts from lying so close that hardly anybody has the score
// between them.
var DefaultFloor = Floor{Number: 5 * model.Unit, Percent: true}

// Lifted reports whether a floor asks for nothing.
func (f Floor) Lifted() bool { return f.Number == 0 }

// Customers returns how many of all customers that is: of a share, the next
// whole number.
func (f Floor) Customers(all int64) int64 {
	if !f.Percent {
		return f.Number
	}
	const percent = 100 * model.Unit
	// Ten-thousandths of a percent times customers fit: 10⁶ times 2³¹ rows.
	return (f.Number*all + percent - 1) / percent
}

// String writes the floor as [ParseFloor] reads it.
func (f Floor) String() string {
	if !f.Percent {
		return strconv.FormatInt(f.Number, 10)
	}
	return strings.TrimSuffix(strings.TrimRight(model.Money(f.Number).String(), "0"), ".") + "%"
}

// ParseFloor reads a floor: "2%" or "100"; "0" lifts it. Error: Usage.
func ParseFloor(text string) (Floor, error) {
	p := &parser{text: strings.TrimSpace(text)}
	n, err := p.number()
	if err != nil {
		return Floor{}, floorError(text)
	}
	f := Floor{Number: n, Percent: p.take("%")}
	switch {
	case p.rest() != "" || f.Percent && n > 100*model.Unit || !f.Percent && n%model.Unit != 0:
		return Floor{}, floorError(text)
	case !f.Percent:
		f.Number /= model.Unit
	}
	return f, nil
}

func floorError(text string) error {
	return model.Errorf(model.Usage, "{text:q} is not a minimum size for a score", "text", model.Printable(text)).
		WithHint("give a share up to 100% like 2%, or whole customers like 100; 0 for no floor")
}

// keep says how many customers lie between the cuts of a line at least, below
// the first and above the last included: so many, at least one, and never more
// than between the cuts as they are now, so that these are always allowed.
func (l *line) keep(now []int32, customers int64) {
	least := int32(min(max(customers, 1), math.MaxInt32))
	l.kept = make([]int32, len(now)+1)
	for i := range l.kept {
		l.kept[i] = min(least, l.below(at(now, i, l.end()))-l.below(at(now, i-1, 0)))
	}
}

// keepsFewer reports whether some score keeps fewer than so many.
func (l *line) keepsFewer(customers int64) bool { return int64(slices.Min(l.kept)) < customers }

// end is the position above all values.
func (l *line) end() int32 { return int32(len(l.values)) }

// at returns x[i], or the end of the line beyond the first or last cut.
func at(x []int32, i int, end int32) int32 {
	if i < 0 || i >= len(x) {
		return end
	}
	return x[i]
}

// below returns how many customers lie below a position.
func (l *line) below(x int32) int32 {
	if x == 0 {
		return 0
	}
	return l.ends[x-1]
}

// above returns the first position with so many customers between x and it, and
// one that does not exist where there are not so many.
func (l *line) above(x, customers int32) int32 {
	if customers == 0 {
		return x
	}
	more, _ := slices.BinarySearch(l.ends[x:], l.below(x)+customers)
	return x + int32(more) + 1
}

// under returns the last position with so many customers between it and x, -1
// where there are not so many.
func (l *line) under(x, customers int32) int32 {
	most := l.below(x) - customers
	if most < 0 {
		return -1
	}
	at, _ := slices.BinarySearch(l.ends[:x], most+1)
	return int32(at)
}

// tighten takes positions out of a box that no allowed ones have, and reports
// whether any are left. Then the lowest of each cut are allowed together, and so
// are the highest.
func (l *line) tighten(lo, hi []int32) bool {
	for i := range lo {
		if before := at(lo, i-1, 0); l.below(lo[i]) < l.below(before)+l.kept[i] {
			lo[i] = l.above(before, l.kept[i])
		}
		if lo[i] > hi[i] {
			return false
		}
	}
	for i := len(hi) - 1; i >= 0; i-- {
		if after := at(hi, i+1, l.end()); l.below(hi[i])+l.kept[i+1] > l.below(after) {
			hi[i] = l.under(after, l.kept[i+1])
		}
		if lo[i] > hi[i] {
			return false
		}
	}
	return true
}

// snap moves positions in a tightened box as little as it takes to be allowed,
// the first cuts first.
func (l *line) snap(x, lo, hi []int32) {
	for i := range x {
		x[i] = min(max(x[i], lo[i]), hi[i])
		if before := at(x, i-1, 0); l.below(x[i]) < l.below(before)+l.kept[i] {
			x[i] = l.above(before, l.kept[i])
		}
	}
}

// all returns the box of all positions.
func (l *line) all() (b box) {
	cuts := len(l.kept) - 1
	for i := range cuts {
		b.hi[i] = l.end()
	}
	l.tighten(b.lo[:cuts], b.hi[:cuts]) // the cuts as they are now are in it
	return b
}

// snapped returns the allowed positions nearest to some, the first cuts first.
func (l *line) snapped(x []int32) []int32 {
	near, all := slices.Clone(x), l.all()
	l.snap(near, all.lo[:len(x)], all.hi[:len(x)])
	return near
}

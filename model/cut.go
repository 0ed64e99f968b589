package model

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Cut is a boundary on one measure, an exact rational: Whole + Num/Den with
// 0 <= Num < Den. Whole is in the measure's unit (days, orders,
// ten-thousandths of currency). Measured values are integers, so v > cut is
// exactly v > Whole: comparisons never need the fraction, which is kept to show
// the cut as its method defines it.
type Cut struct {
	Whole    int64
	Num, Den int32
}

// WholeCut returns the cut at a whole value.
func WholeCut(v int64) Cut { return Cut{Whole: v, Den: 1} }

// IsWhole reports whether the cut has no fraction.
func (c Cut) IsWhole() bool { return c.Num == 0 }

// Compare returns -1, 0 or +1 as c is below, at or above d.
func (c Cut) Compare(d Cut) int {
	switch {
	case c.Whole < d.Whole:
		return -1
	case c.Whole > d.Whole:
		return 1
	}
	left := int64(c.Num) * int64(max(d.Den, 1))
	right := int64(d.Num) * int64(max(c.Den, 1))
	switch {
	case left < right:
		return -1
	case left > right:
		return 1
	}
	return 0
}

// Text writes the cut in units of scale (1 for days and orders, [Unit] for
// money) with at most six decimals, rounded half away from zero, trailing
// zeros and a bare point cut: 13.8, 250.194, 33.
func (c Cut) Text(scale int64) string {
	if c.Num == 0 && c.Whole%scale == 0 { // most are, and lists have one for every customer
		return strconv.FormatInt(c.Whole/scale, 10)
	}
	r := new(big.Rat).SetFrac64(int64(c.Num), int64(max(c.Den, 1)))
	r.Add(r, new(big.Rat).SetInt64(c.Whole))
	r.Quo(r, new(big.Rat).SetInt64(scale))
	s := r.FloatString(6)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// String is Text with scale 1.
func (c Cut) String() string { return c.Text(1) }

// ParseCut reads a decimal such as 13.8 in units of scale (1 or [Unit]) as an
// exact rational, with up to six decimals beyond those the scale absorbs.
func ParseCut(s string, scale int64) (Cut, error) {
	r, ok := new(big.Rat).SetString(strings.TrimSpace(s))
	if !ok || strings.ContainsAny(s, "/eExX_pP") {
		return Cut{}, errNotDecimal(s)
	}
	r.Mul(r, new(big.Rat).SetInt64(scale))
	whole, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	const denLimit = 1_000_000
	if !whole.IsInt64() || !r.Denom().IsInt64() || r.Denom().Int64() > denLimit {
		return Cut{}, Errorf(Invalid, "{text:q} has too many digits for a cut", "text", s).WithHint("use at most six decimals")
	}
	return Cut{Whole: whole.Int64(), Num: int32(rest.Int64()), Den: int32(r.Denom().Int64())}, nil
}

// Axis is one of the three measures.
type Axis int

// The axes.
const (
	Recency Axis = iota
	Frequency
	Monetary
	Axes // how many there are
)

// String returns the axis' stable slug.
func (a Axis) String() string {
	switch a {
	case Recency:
		return "recency"
	case Frequency:
		return "frequency"
	case Monetary:
		return "monetary"
	}
	return fmt.Sprintf("axis(%d)", int(a))
}

// ParseAxis reads a slug.
func ParseAxis(s string) (Axis, error) {
	for a := Recency; a < Axes; a++ {
		if a.String() == s {
			return a, nil
		}
	}
	return 0, Errorf(Usage, "{text:q} is not a measure", "text", s).WithHint("use recency, frequency or monetary")
}

package answer

import (
	"cmp"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"unicode"

	"strata/model/words"

	"strata/model"
)

// Compare orders values of a column: figures by their size, exactly wherever they are
// exact, before texts by their bytes, before what is missing.
func (v Value) Compare(o Value) int {
	a, b := v.class(), o.class()
	switch {
	case a != b || a == isMissing:
		return cmp.Compare(a, b)
	case a == isText:
		return cmp.Compare(v.s, o.s)
	}
	n, of, exact := v.ratio()
	m, by, too := o.ratio()
	if exact && too {
		return compareRatios(n, of, m, by)
	}
	return cmp.Compare(v.float(), o.float())
}

const (
	isFigure = iota
	isText
	isMissing
)

func (v Value) class() int {
	switch v.kind {
	case missing:
		return isMissing
	case text:
		return isText
	}
	return isFigure
}

// ratio returns a figure as n ÷ of, of > 0, and false where it is no ratio that can be
// written so.
func (v Value) ratio() (n, of int64, ok bool) {
	switch v.kind {
	case flag, count:
		return v.n, 1, true
	case money:
		return v.n, model.Unit, true
	case share:
		return v.n, v.of, v.of > 0
	case decimal:
		typed, ok := Figure(v.s)
		return typed.n, typed.of, ok
	}
	return 0, 0, false
}

// float returns a figure as near as a float comes to it; a decimal with more digits
// than a ratio has is one, too.
func (v Value) float() float64 {
	if n, of, ok := v.ratio(); ok {
		return float64(n) / float64(of)
	}
	if v.kind == decimal {
		f, err := strconv.ParseFloat(v.s, 64)
		if err != nil {
			return math.NaN()
		}
		return f
	}
	return v.f
}

// compareRatios compares a ÷ b with c ÷ d, b and d > 0.
func compareRatios(a, b, c, d int64) int {
	if a < 0 != (c < 0) {
		return cmp.Compare(a, c)
	}
	high, low := bits.Mul64(size(a), uint64(d))
	high2, low2 := bits.Mul64(size(c), uint64(b))
	order := cmp.Or(cmp.Compare(high, high2), cmp.Compare(low, low2))
	if a < 0 {
		return -order
	}
	return order
}

// size is |n|, of the least number, too.
func size(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Figure reads a figure as people read and write it: 10,000 or −2.5, £1.76M or 12.5%.
// It is false for what is none, or has more digits than are compared exactly.
func Figure(typed string) (Value, bool) {
	const mostDigits = 17
	typed = strings.Map(func(r rune) rune {
		if r == ',' || unicode.Is(unicode.Sc, r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.Replace(typed, words.Minus, "-", 1))
	n, of := int64(1), int64(1)
	for suffix, by := range map[string][2]int64{"%": {1, 100}, "k": {1_000, 1}, "M": {1_000_000, 1}} {
		if cut, ok := strings.CutSuffix(typed, suffix); ok {
			typed, n, of = cut, by[0], by[1]
			break
		}
	}
	digits, negative := strings.CutPrefix(typed, "-")
	whole, part, _ := strings.Cut(digits, ".")
	if whole+part == "" || len(whole+part) > mostDigits || strings.Trim(whole+part, "0123456789") != "" {
		return Value{}, false
	}
	number, err := strconv.ParseInt(whole+part, 10, 64)
	for range part {
		of *= 10
	}
	if high, low := bits.Mul64(uint64(number), uint64(n)); err != nil || high > 0 || low > math.MaxInt64 || of <= 0 {
		return Value{}, false
	}
	if n *= number; negative {
		n = -n
	}
	return Value{kind: share, n: n, of: of}, true
}

// IsShare reports whether people read the value in percent.
func (v Value) IsShare() bool { return v.kind == share }

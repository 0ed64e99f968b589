package parse

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"strata/model"
)

// decimals is how many decimals a ten-thousandth has.
const decimals = 4

// Number is what a text says as an amount, a price or a quantity.
type Number struct {
	Value   int64 // ten-thousandths
	Rounded bool  // the text has more decimals; rounded half to even
	Mark    Mark  // what the text tells of the decimal mark of its column
	Scaled  bool  // it has an exponent, or a word for thousands or more: 1e+05, 3 Mio
}

// Mark is what one number tells of the decimal mark of its column.
type Mark uint8

// The marks. 1.234 is one and a bit with a decimal point, and more than a
// thousand with a decimal comma.
const (
	NoMark     Mark = iota
	ProvenMark      // 12.5, 1,234.50: the decimal mark it was read with is right
	OpenPoint       // 1.234
	OpenComma       // 1,234
	OtherMark       // the other mark is decimal; or it is no number with either
)

// Times returns the number in a unit of its column that is so many
// ten-thousandths: 10,000,000 where the column counts thousands, 100 where it
// counts cents.
func (n Number) Times(unit int64) (Number, NumberProblem) {
	value, exact, err := model.Money(n.Value).Times(unit)
	if err != nil {
		return Number{}, TooLarge
	}
	n.Value, n.Rounded = int64(value), n.Rounded || !exact
	return n, GoodNumber
}

// NumberProblem says why a text is no number.
type NumberProblem uint8

// The problems of numbers.
const (
	GoodNumber NumberProblem = iota
	NotANumber
	WrongMarks // a number, but not with this decimal mark
	TooLarge   // beyond ±922 trillion
)

// ParseNumber reads a number with the given decimal mark, '.' or ','. The other
// of the two, blanks and apostrophes may group thousands. A currency sign or
// ISO code may stand on either side, a minus before or behind, and round
// brackets mean a minus. An exponent counts, and so do the words for thousands
// and more behind a number: see [ScaleOf]. Full-width characters are read as
// ordinary ones.
func ParseNumber(text []byte, decimal byte) (Number, NumberProblem) {
	if n, ok := plainNumber(text, decimal); ok {
		return n, GoodNumber
	}
	n, problem := writtenNumber(text, decimal)
	if problem == NotANumber && bytes.ContainsFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }) {
		text = narrowed(text)
		n, problem = writtenNumber(text, decimal)
	}
	if problem == GoodNumber || problem == WrongMarks {
		n.Mark = markOf(text, decimal)
	}
	return n, problem
}

// Product multiplies two numbers as they are written, with all their decimals,
// and rounds once, half to even. It reports false for what is no number, or too
// large.
func Product(a, b []byte, decimal byte) (value int64, exact, ok bool) {
	x, okX := rational(a, decimal)
	y, okY := rational(b, decimal)
	if !okX || !okY {
		return 0, false, false
	}
	return tenThousandths(x.Mul(x, y))
}

// InUnits reads a number with all its decimals as so many units of its column,
// each of so many ten-thousandths.
func InUnits(text []byte, decimal byte, unit int64) (value int64, exact, ok bool) {
	x, ok := rational(text, decimal)
	if !ok {
		return 0, false, false
	}
	return tenThousandths(x.Mul(x, big.NewRat(unit, model.Unit)))
}

// tenThousandths rounds a number half to even. Not ok: it is too large.
func tenThousandths(x *big.Rat) (value int64, exact, ok bool) {
	x.Mul(x, big.NewRat(model.Unit, 1))
	whole, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	switch twice := new(big.Int).Lsh(rest.Abs(rest), 1).Cmp(x.Denom()); {
	case twice > 0, twice == 0 && whole.Bit(0) == 1:
		whole.Add(whole, big.NewInt(int64(x.Sign())))
	}
	return whole.Int64(), rest.Sign() == 0, whole.IsInt64()
}

// rational reads a number with all its decimals.
func rational(text []byte, decimal byte) (*big.Rat, bool) {
	if _, problem := ParseNumber(text, decimal); problem != GoodNumber {
		return nil, false
	}
	bare := bareNumber(narrowed(text))
	var b strings.Builder
	for _, c := range bare.digits {
		switch {
		case c-'0' <= 9:
			b.WriteByte(c)
		case c == decimal:
			b.WriteByte('.')
		}
	}
	x, ok := new(big.Rat).SetString(fmt.Sprintf("%se%d", strings.TrimSuffix(b.String(), "."), bare.power))
	if ok && bare.negative {
		x.Neg(x)
	}
	return x, ok
}

// markOf returns what a number that is not plain tells of the decimal mark.
func markOf(text []byte, decimal byte) Mark {
	text = bareNumber(text).digits
	switch mark := DecimalMark(text); mark {
	case decimal:
		return ProvenMark
	case 0:
	default:
		// 1 , is no number with either mark, and tells nothing.
		if _, problem := writtenNumber(text, mark); problem != GoodNumber {
			return NoMark
		}
		return OtherMark
	}
	switch i := bytes.IndexAny(text, ".,"); {
	case i < 0:
		return NoMark
	case bytes.Count(text, []byte{'.'}) > 0 && bytes.Count(text, []byte{','}) > 0:
		return OtherMark
	case text[i] == '.':
		return OpenPoint
	}
	return OpenComma
}

// writtenNumber reads a number with all its adornments.
func writtenNumber(text []byte, decimal byte) (Number, NumberProblem) {
	bare := bareNumber(text)
	digits := bare.digits
	if !bytes.ContainsAny(digits, "0123456789") {
		return Number{}, NotANumber
	}
	whole, fraction := digits, []byte(nil)
	if i := bytes.IndexByte(digits, decimal); i >= 0 {
		whole, fraction = digits[:i], digits[i+1:]
	}
	if bare.power != 0 {
		var problem NumberProblem
		if whole, fraction, problem = shifted(whole, fraction, decimal, bare.power); problem != GoodNumber {
			return Number{}, problem
		}
	}
	value, problem := wholeDigits(whole, decimal)
	if problem != GoodNumber {
		return Number{}, problem
	}
	value, rounded, problem := fractionDigits(value, fraction)
	if problem != GoodNumber {
		return Number{}, problem
	}
	n := Number{Value: int64(value), Rounded: rounded, Scaled: bare.scale != ""}
	if bare.negative {
		n.Value = -n.Value
	}
	return n, GoodNumber
}

// shifted moves the decimal mark by a power of ten.
func shifted(whole, fraction []byte, decimal byte, power int) (shiftedWhole, shiftedFraction []byte, problem NumberProblem) {
	if _, problem := wholeDigits(whole, decimal); problem != GoodNumber {
		return nil, nil, problem
	}
	for _, c := range fraction {
		if c-'0' > 9 {
			return nil, nil, NotANumber
		}
	}
	digits := make([]byte, 0, len(whole)+len(fraction)+max(power, -power))
	for _, c := range whole {
		if c-'0' <= 9 {
			digits = append(digits, c)
		}
	}
	at := len(digits) + power
	digits = append(digits, fraction...)
	if at < 0 {
		digits = append(bytes.Repeat([]byte{'0'}, -at), digits...)
		at = 0
	}
	if at > len(digits) {
		digits = append(digits, bytes.Repeat([]byte{'0'}, at-len(digits))...)
	}
	return digits[:at], digits[at:], GoodNumber
}

// plainNumber is the fast path: -123.45, at most twelve digits before the
// decimal mark and four behind.
func plainNumber(text []byte, decimal byte) (Number, bool) {
	i, value := 0, int64(0)
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		i = 1
	}
	start := i
	for i < len(text) && text[i]-'0' <= 9 {
		value = value*10 + int64(text[i]-'0')
		i++
	}
	if i == start || i-start > 12 {
		return Number{}, false
	}
	scale := 0
	if i < len(text) && text[i] == decimal {
		i++
		for i < len(text) && text[i]-'0' <= 9 && scale < decimals {
			value = value*10 + int64(text[i]-'0')
			scale++
			i++
		}
	}
	if i < len(text) {
		return Number{}, false
	}
	value *= powersOfTen[decimals-scale]
	if negative {
		value = -value
	}
	return Number{Value: value, Mark: plainMark(text[start:], scale, decimal)}, true
}

// plainMark returns what plain digits with so many decimals tell.
func plainMark(digits []byte, scale int, decimal byte) Mark {
	switch {
	case scale == 3 && len(digits) <= len("123.456") && digits[0] != '0':
		if decimal == '.' {
			return OpenPoint
		}
		return OpenComma
	case scale > 0:
		return ProvenMark
	}
	return NoMark
}

var powersOfTen = [decimals + 1]int64{1, 10, 100, 1000, 10_000}

// wholeDigits reads the part before the decimal mark, with or without groups.
func wholeDigits(text []byte, decimal byte) (value uint64, problem NumberProblem) {
	mark, group, groups := []byte(nil), 0, 0
	for i := 0; i < len(text); {
		if c := text[i] - '0'; c <= 9 {
			if value > math.MaxInt64/10 {
				return 0, TooLarge
			}
			value = value*10 + uint64(c)
			group++
			i++
			continue
		}
		found := groupMark(text[i:], decimal)
		switch {
		case found == nil:
			return 0, NotANumber
		case mark != nil && !bytes.Equal(mark, found):
			return 0, WrongMarks
		// Western groups have three digits, Indian ones two but for the last.
		case group == 0, groups == 0 && group > 3, groups > 0 && group != 3 && group != 2:
			return 0, WrongMarks
		}
		mark, group, groups = found, 0, groups+1
		i += len(found)
	}
	if groups > 0 && group != 3 {
		return 0, WrongMarks
	}
	return value, GoodNumber
}

// groupMark returns the thousands mark text begins with.
func groupMark(text []byte, decimal byte) []byte {
	for _, mark := range [...]string{",", ".", " ", "'", "\u00a0", "\u202f", "\u2019"} {
		if mark[0] != decimal && len(text) >= len(mark) && string(text[:len(mark)]) == mark {
			return text[:len(mark)]
		}
	}
	return nil
}

// fractionDigits appends four decimals to the whole value, rounding half to
// even.
func fractionDigits(whole uint64, text []byte) (value uint64, rounded bool, problem NumberProblem) {
	value = whole
	rest := 0 // of the dropped digits: 0, 1 below half, 2 half, 3 above
	for i := range max(len(text), decimals) {
		digit := byte(0)
		if i < len(text) {
			if digit = text[i] - '0'; digit > 9 {
				if text[i] == ',' || text[i] == '.' {
					return 0, false, WrongMarks
				}
				return 0, false, NotANumber
			}
		}
		switch {
		case i < decimals:
			if value > math.MaxInt64/10 {
				return 0, false, TooLarge
			}
			value = value*10 + uint64(digit)
		case i == decimals && digit == 5:
			rest = 2
		case i == decimals && digit > 5:
			rest = 3
		case digit > 0:
			rest |= 1
		}
	}
	if rest == 3 || rest == 2 && value&1 == 1 {
		value++
	}
	if value > math.MaxInt64 {
		return 0, false, TooLarge
	}
	return value, rest != 0, GoodNumber
}

// DecimalMark returns the mark, '.' or ',', that a number must have as its
// decimal mark, and 0 if it has none or could be read both ways: 1,234 and
// 1.234 tell nothing.
func DecimalMark(text []byte) byte {
	text = bareNumber(text).digits
	last := bytes.LastIndexAny(text, ".,")
	if last < 0 {
		return 0
	}
	mark, other := text[last], '.'+','-text[last]
	behind := len(text) - last - 1
	switch {
	case bytes.IndexByte(text, other) >= 0:
		if bytes.Count(text, text[last:last+1]) > 1 {
			return 0 // neither reading
		}
		return mark
	case bytes.Count(text, text[last:last+1]) > 1: // it groups, so the other one is decimal
		return other
	case behind != 3, last == 0, last > 3, text[0] == '0':
		return mark
	}
	return 0
}

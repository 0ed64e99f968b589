package parse

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"
)

// decimals is how many decimals a ten-thousandth has.
const decimals = 4

// Number is what a text says as an amount, a price or a quantity.
type Number struct {
	Value   int64 // ten-thousandths
	Rounded bool  // the text has more decimals; rounded half to even
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
// brackets mean a minus. Full-width characters are read as ordinary ones.
func ParseNumber(text []byte, decimal byte) (Number, NumberProblem) {
	if n, ok := plainNumber(text, decimal); ok {
		return n, GoodNumber
	}
	n, problem := writtenNumber(text, decimal)
	if problem == NotANumber && bytes.ContainsFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }) {
		return writtenNumber(narrowed(text), decimal)
	}
	return n, problem
}

// writtenNumber reads a number with all its adornments.
func writtenNumber(text []byte, decimal byte) (Number, NumberProblem) {
	digits, negative, _ := bare(text)
	if len(digits) == 0 {
		return Number{}, NotANumber
	}
	whole, fraction := digits, []byte(nil)
	if i := bytes.IndexByte(digits, decimal); i >= 0 {
		whole, fraction = digits[:i], digits[i+1:]
	}
	if len(whole)+len(fraction) == 0 {
		return Number{}, NotANumber
	}
	var value uint64
	var problem NumberProblem
	if value, problem = wholeDigits(whole, decimal); problem != GoodNumber {
		return Number{}, problem
	}
	value, rounded, problem := fractionDigits(value, fraction)
	if problem != GoodNumber {
		return Number{}, problem
	}
	n := Number{Value: int64(value), Rounded: rounded}
	if negative {
		n.Value = -n.Value
	}
	return n, GoodNumber
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
	return Number{Value: value}, true
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

// bare takes blanks, sign and currency off a number and returns what is left.
func bare(text []byte) (digits []byte, negative bool, currency string) {
	text = bytes.TrimSpace(text) // also of the blanks that do not break
	if n := len(text); n > 2 && text[0] == '(' && text[n-1] == ')' {
		text, negative = text[1:n-1], true
	}
	for range 2 { // a sign may stand outside the currency or inside
		if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
			if negative && text[0] == '-' {
				return nil, false, ""
			}
			negative = negative || text[0] == '-'
			text = bytes.TrimLeftFunc(text[1:], unicode.IsSpace)
		}
		if n := leadingCurrency(text); n > 0 && currency == "" {
			currency = symbol(text[:n])
			text = bytes.TrimLeftFunc(text[n:], unicode.IsSpace)
		}
	}
	for range 2 {
		if n := len(text); n > 0 && text[n-1] == '-' && !negative {
			negative = true
			text = bytes.TrimRightFunc(text[:n-1], unicode.IsSpace)
		}
		if n := trailingCurrency(text); n > 0 && currency == "" {
			currency = symbol(text[len(text)-n:])
			text = bytes.TrimRightFunc(text[:len(text)-n], unicode.IsSpace)
		}
	}
	return text, negative, currency
}

// CurrencyOf returns the currency sign or code a number carries, "" for none.
func CurrencyOf(text []byte) string {
	_, _, currency := bare(text)
	return currency
}

// signs are the currency signs, the longer of two that begin alike first.
var signs = [...]struct{ text, symbol string }{
	{"US$", "USD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"NT$", "TWD"}, {"HK$", "HKD"}, {"R$", "BRL"}, {"$", "$"}, {"£", "£"}, {"€", "€"}, {"¥", "¥"}, {"￥", "¥"}, {"₹", "₹"}, {"₽", "₽"}, {"₩", "₩"}, {"元", "¥"}, {"zł", "PLN"}, {"kr", "kr"},
}

func leadingCurrency(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	for _, sign := range signs {
		if text[0] == sign.text[0] && bytes.HasPrefix(text, []byte(sign.text)) {
			return len(sign.text)
		}
	}
	if len(text) > 3 && isCode(text[:3]) && !isLetter(text[3]) {
		return 3
	}
	return 0
}

func trailingCurrency(text []byte) int {
	if len(text) == 0 || text[len(text)-1]-'0' <= 9 {
		return 0
	}
	for _, sign := range signs {
		if bytes.HasSuffix(text, []byte(sign.text)) {
			return len(sign.text)
		}
	}
	if n := len(text); n > 3 && isCode(text[n-3:]) && !isLetter(text[n-4]) {
		return 3
	}
	return 0
}

func symbol(text []byte) string {
	for _, sign := range signs {
		if string(text) == sign.text {
			return sign.symbol
		}
	}
	return string(text)
}

func isCode(text []byte) bool {
	for _, c := range text {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// DecimalMark returns the mark, '.' or ',', that a number must have as its
// decimal mark, and 0 if it has none or could be read both ways: 1,234 and
// 1.234 tell nothing.
func DecimalMark(text []byte) byte {
	text, _, _ = bare(text)
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

package parse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
)

// adorned is a number taken apart: its digits and marks, and what stands
// around them.
type adorned struct {
	digits   []byte
	negative bool
	currency string // the sign or code, "" for none
	scale    string // the word or exponent as it stands, "" for none
	power    int    // of ten, by scale
}

// bareNumber takes blanks, sign, currency and scale off a number.
func bareNumber(text []byte) adorned {
	var a adorned
	text = bytes.TrimSpace(text) // also of the blanks that do not break
	if n := len(text); n > 2 && text[0] == '(' && text[n-1] == ')' {
		text, a.negative = text[1:n-1], true
	}
	for range 2 { // a sign may stand outside the currency or inside
		if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
			if a.negative && text[0] == '-' {
				return adorned{}
			}
			a.negative = a.negative || text[0] == '-'
			text = bytes.TrimLeftFunc(text[1:], unicode.IsSpace)
		}
		if n := leadingCurrency(text); n > 0 && a.currency == "" {
			a.currency = symbol(text[:n])
			text = bytes.TrimLeftFunc(text[n:], unicode.IsSpace)
		}
		if n := len(text); n > 2 && text[0] == '(' && text[n-1] == ')' && !a.negative { // $(0.01)
			text, a.negative = text[1:n-1], true
		}
	}
	text = withoutDash(text)
	for range 3 {
		n := len(text)
		if n == 0 || text[n-1]-'0' <= 9 {
			break
		}
		if text[n-1] == '-' && !a.negative {
			a.negative = true
			text = bytes.TrimRightFunc(text[:n-1], unicode.IsSpace)
			continue
		}
		if n := trailingCurrency(text); n > 0 && a.currency == "" {
			a.currency = symbol(text[len(text)-n:])
			text = bytes.TrimRightFunc(text[:len(text)-n], unicode.IsSpace)
			continue
		}
		if a.currency != "" && a.scale == "" && bytes.HasSuffix(text, []byte{'T'}) { // T€
			a.scale, a.power = "T", 3
			text = bytes.TrimRightFunc(text[:len(text)-1], unicode.IsSpace)
			continue
		}
		if word, power := trailingScale(text); word != "" && a.scale == "" {
			a.scale, a.power = word, power
			text = bytes.TrimRightFunc(text[:len(text)-len(word)], unicode.IsSpace)
		}
	}
	if mark, power, ok := exponent(text); ok && a.scale == "" {
		a.scale, a.power = string(text[mark:]), power
		text = text[:mark]
	}
	a.digits = text
	return a
}

// withoutDash takes off the dash that stands for no cents: 45.-, 45,–, 45.--.
func withoutDash(text []byte) []byte {
	rest := bytes.TrimRight(text, "-\u2013\u2014")
	if n := len(rest); n > 1 && n < len(text) && (rest[n-1] == '.' || rest[n-1] == ',') {
		return rest[:n-1]
	}
	return text
}

// CurrencyOf returns the currency sign or ISO code a number carries, "" for
// none.
func CurrencyOf(text []byte) string { return bareNumber(text).currency }

// ScaleOf returns the word by which a number counts thousands or more, or its
// exponent, as it stands: "k", "Mio", "万", "e+05"; "" for none. A single m is
// no such word: to some it is a thousand, to others a million.
func ScaleOf(text []byte) string { return bareNumber(text).scale }

// WithoutPieces takes the word for pieces off a quantity: 12 pcs, 3 Stück. Other
// units, such as dozens and boxes, stay.
func WithoutPieces(text []byte) []byte {
	start := len(text)
	for start > 0 {
		c, size := utf8.DecodeLastRune(text[:start])
		if !unicode.IsLetter(c) && c != '.' {
			break
		}
		start -= size
	}
	switch strings.ToLower(strings.TrimRight(string(text[start:]), ".")) {
	case "pcs", "pc", "pce", "piece", "pieces", "ea", "each", "unit", "units", "stk", "st", "stck", "stück", "pz", "pzas", "uds", "ud", "un", "шт", "个", "件", "個", "点":
		return bytes.TrimRightFunc(text[:start], unicode.IsSpace)
	}
	return text
}

// scales are the words behind a number that multiply it, in lower case.
var scales = map[string]int{
	"k": 3, "tsd": 3, "tsd.": 3, "thousand": 3, "千": 3, "teur": 3, "keur": 3, "тыс": 3, "тыс.": 3,
	"万": 4, "萬": 4, "mio": 6, "mio.": 6, "mln": 6, "mn": 6, "million": 6, "millions": 6, "млн": 6, "百万": 6,
	"亿": 8, "億": 8, "mrd": 9, "mrd.": 9, "bn": 9, "billion": 9, "млрд": 9,
}

// trailingScale returns the word for thousands or more that a number ends with.
func trailingScale(text []byte) (word string, power int) {
	start := len(text)
	for start > 0 {
		c, size := utf8.DecodeLastRune(text[:start])
		if !unicode.IsLetter(c) && (c != '.' || start < len(text)) {
			break
		}
		start -= size
	}
	// 3 Mrd is no 3 M with a currency of its own: the whole word must be known.
	word = string(text[start:])
	power, ok := scales[strings.ToLower(word)]
	if !ok || start == 0 {
		return "", 0
	}
	return word, power
}

// exponent finds the exponent of a number as programs write it: 1.2e+05.
func exponent(text []byte) (mark, power int, ok bool) {
	const farthest = 99
	mark = bytes.LastIndexAny(text, "eE")
	if mark < 1 || mark+1 == len(text) {
		return 0, 0, false
	}
	digits, negative := text[mark+1:], false
	if digits[0] == '+' || digits[0] == '-' {
		digits, negative = digits[1:], digits[0] == '-'
	}
	power, n := number(digits)
	if n == 0 || n != len(digits) || power > farthest || text[mark-1]-'0' > 9 && text[mark-1] != '.' {
		return 0, 0, false
	}
	if negative {
		power = -power
	}
	return mark, power, true
}

// signs are the currency signs, the longer of two that begin alike first.
var signs = [...]struct{ text, symbol string }{
	{"US$", "USD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"NT$", "TWD"}, {"HK$", "HKD"}, {"R$", "BRL"}, {"$", "$"}, {"£", "£"}, {"€", "€"}, {"¥", "¥"}, {"￥", "¥"}, {"₹", "₹"}, {"₽", "₽"}, {"₩", "₩"}, {"元", "¥"}, {"zł", "PLN"}, {"₦", "NGN"}, {"₺", "TRY"}, {"₴", "UAH"}, {"₪", "ILS"}, {"₫", "VND"}, {"฿", "THB"}, {"₱", "PHP"}, {"₵", "GHS"}, {"₡", "CRC"}, {"₲", "PYG"}, {"₸", "KZT"}, {"₼", "AZN"}, {"₾", "GEL"}, {"Kč", "CZK"}, {"Ft", "HUF"}, {"лв", "BGN"}, {"円", "¥"}, {"kr.", "kr"}, {"kr", "kr"}, {"Rs.", "INR"}, {"Rs", "INR"}, {"Rp.", "IDR"}, {"Rp", "IDR"}, {"RM", "MYR"}, {"lei", "RON"}, {"руб.", "RUB"}, {"руб", "RUB"}, {"S/", "PEN"}, {"zl", "PLN"}, {"Fr.", "CHF"}, {"SFr.", "CHF"},
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
	if len(text) > 3 && !isLetter(text[3]) && IsCurrencyCode(text[:3]) {
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
	if n := len(text); n > 3 && !isLetter(text[n-4]) && IsCurrencyCode(text[n-3:]) {
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

// IsCurrencyCode reports whether three capital letters are a code of ISO 4217,
// or one that people use instead.
func IsCurrencyCode(text []byte) bool {
	if len(text) != 3 {
		return false
	}
	for _, c := range text {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	switch code := string(text); code {
	case "RMB", "NTD", "CNH":
		return true
	case "XXX", "XTS": // none, and for tests
		return false
	default:
		_, err := currency.ParseISO(code)
		return err == nil
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

package model

import (
	"strings"
	"unicode"
)

// Printable makes a text from outside safe to show: every control and
// formatting character (escape sequences, line breaks, direction overrides) and every
// byte that is no UTF-8 becomes the replacement character U+FFFD.
func Printable(s string) string {
	if isPlain(s) {
		return s
	}
	clean := func(r rune) rune {
		if ' ' <= r && r <= '~' { // most are
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}
	return strings.Map(clean, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// isPlain reports whether a text is printable ASCII, as most are: lists have millions.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Harmless takes out of a text what could control a terminal or turn the order of
// reading around, and leaves all else as it is, line breaks, tabs and joiners
// included: control characters and direction marks become U+FFFD, and so does every
// byte that is no UTF-8.
func Harmless(s string) string {
	clean := func(r rune) rune {
		if ' ' <= r && r <= '~' { // most are
			return r
		}
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}
	return strings.Map(clean, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

package model

import (
	"strings"
	"unicode"
)

// Printable makes a text from outside safe to show: every control and
// formatting character (escape sequences, line breaks, direction overrides) and every
// byte that is no UTF-8 becomes the replacement character U+FFFD.
func Printable(s string) string {
	clean := func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}
	return strings.Map(clean, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

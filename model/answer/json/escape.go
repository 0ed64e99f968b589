package json

import (
	"bytes"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf16"
)

// Escaped writes the characters of a JSON text that could control a terminal, or
// cannot be seen, as \u….
func Escaped(text []byte) []byte {
	hidden := func(r rune) bool {
		return r == 0x7f || r >= 0x80 && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
	}
	if !slices.ContainsFunc(text, func(b byte) bool { return b >= 0x7f }) || bytes.IndexFunc(text, hidden) < 0 {
		return text
	}
	var out bytes.Buffer
	for _, r := range string(text) {
		switch {
		case !hidden(r):
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}

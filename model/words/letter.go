package words

import (
	"unicode"
	"unicode/utf8"
)

// Capital begins a text large: at the beginning of a sentence.
func Capital(text string) string { return first(text, unicode.ToUpper) }

// Small begins a text small: a label within a sentence.
func Small(text string) string { return first(text, unicode.ToLower) }

func first(text string, change func(rune) rune) string {
	c, size := utf8.DecodeRuneInString(text)
	if size == 0 || c == utf8.RuneError {
		return text
	}
	return string(change(c)) + text[size:]
}

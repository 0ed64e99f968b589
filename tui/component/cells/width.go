// Package cells measures, cuts and joins text in terminal cells, the unit in
// which a screen is laid out: a Chinese letter takes two, a combining accent
// none.
package cells

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Ellipsis marks text that was cut.
const Ellipsis = "…"

// Width returns the number of cells that text takes. Escape sequences take
// none.
func Width(text string) int {
	n := 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return ansi.StringWidth(text)
			}
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !oneCell(r) {
			return ansi.StringWidth(text)
		}
		n++
		i += size
	}
	return n
}

// oneCell knows the characters the screens are drawn with, so that measuring
// them needs no look at grapheme tables.
func oneCell(r rune) bool {
	switch {
	case r >= 0xa1 && r < 0x300:
		return r != 0xad
	case r >= 0x2010 && r < 0x2028, // dashes, bullets, ellipsis
		r >= 0x20a0 && r <= 0x20c0, // currencies
		r >= 0x2190 && r < 0x2300,  // arrows, mathematics
		r >= 0x2500 && r < 0x25fd:  // lines, blocks, shapes
		return true
	}
	return false
}

// Fit cuts text to at most width cells, with an ellipsis where something was
// cut.
func Fit(text string, width int) string {
	if width <= 0 {
		return ""
	}
	if Width(text) <= width {
		return text
	}
	return ansi.Truncate(text, width, Ellipsis)
}

// Wrap breaks text between words, and after hyphens but for those of days and
// flags, into lines of at most width cells; a word that is longer is broken.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	if strings.Contains(text, hardHyphen) {
		return strings.Split(ansi.Wrap(text, width, ""), "\n")
	}
	held := betweenDigits.ReplaceAllString(text, "${1}"+hardHyphen+"${2}")
	held = flag.ReplaceAllStringFunc(held, func(f string) string { return strings.ReplaceAll(f, "-", hardHyphen) })
	return strings.Split(strings.ReplaceAll(ansi.Wrap(held, width, ""), hardHyphen, "-"), "\n")
}

// hardHyphen is a hyphen at which no line breaks.
const hardHyphen = "\u2011"

var (
	betweenDigits = regexp.MustCompile(`(\d)-(\d)`)
	flag          = regexp.MustCompile(`--[a-z]+(-[a-z]+)*`)
)

// Clean returns text without what could drive a terminal or turn the reading
// order around: control characters, escape sequences' introducers, invisible
// format characters. Line breaks and tabs become blanks, broken UTF-8 the
// replacement character. An accent that begins the text gets a circle to stand
// on: it would join what is drawn before it.
func Clean(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == 0x2028 || r == 0x2029:
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
	if beginsWithMark(text) {
		return "◌" + text
	}
	return text
}

// beginsWithMark reports whether text begins with what joins the letter before
// it: an accent, or the colour of an emoji's skin.
func beginsWithMark(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.M, r) || r >= 0x1f3fb && r <= 0x1f3ff
}

func isClean(text string) bool {
	if text != "" && text[0] >= utf8.RuneSelf && beginsWithMark(text) {
		return false
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !oneCell(r) && (r == utf8.RuneError && size == 1 || !unicode.IsGraphic(r)) {
			return false
		}
		i += size
	}
	return true
}

package mapeditor

import (
	"strings"
	"unicode"

	"strata/tui/component/cells"
	"strata/tui/session"
)

// othersMark stands in cells left over.
const othersMark = "··"

// marksOf gives every segment a mark of two letters, a different one each, so
// that colour is never alone: the initials of two words, or the first letters of
// one, else the first letter and the next one that makes a difference. All are
// filled up to one width.
func marksOf(groups []session.Group) []string {
	marks := make([]string, len(groups))
	taken := map[string]bool{othersMark: true}
	width := 0
	for i, g := range groups {
		marks[i] = othersMark
		if g.Slug != others.Slug {
			marks[i] = markOf(cells.Clean(g.Label), taken)
		}
		taken[marks[i]] = true
		width = max(width, cells.Width(marks[i]))
	}
	for i := range marks {
		marks[i] += strings.Repeat(" ", width-cells.Width(marks[i]))
	}
	return marks
}

func markOf(label string, taken map[string]bool) string {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }
	var letters []rune
	words := strings.FieldsFunc(label, apart)
	for _, word := range words {
		letters = append(letters, []rune(word)...)
	}
	if len(letters) == 0 {
		letters = []rune{'S'}
	}
	first := string(unicode.ToUpper(letters[0]))
	var seconds []rune
	if len(words) > 1 {
		seconds = append(seconds, []rune(words[1])[0])
	}
	seconds = append(seconds, letters[1:]...)
	seconds = append(seconds, []rune("123456789abcdefghijklmnopqrstuvwxyz")...)
	for _, c := range seconds {
		if mark := first + string(unicode.ToLower(c)); c != '\'' && c != '’' && !taken[mark] {
			return mark
		}
	}
	for c := 'A'; ; c++ { // more than forty segments that begin alike
		for _, d := range "0123456789" {
			if mark := string(c) + string(d); !taken[mark] {
				return mark
			}
		}
	}
}

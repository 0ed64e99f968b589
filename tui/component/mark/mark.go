// Package mark gives names short marks, so that many can stand close together
// and colour is never alone.
package mark

import (
	"strings"
	"unicode"

	"strata/tui/component/cells"
)

// None stands for what has no name.
const None = "··"

// Two gives every name a mark of two letters, a different one each: the
// initials of two words, or the first letters of one, else the first letter and
// the next one that makes a difference. An empty name has [None]. All marks are
// filled up to one width: two cells, or four with wide letters.
func Two(names []string) []string {
	marks := make([]string, len(names))
	taken := map[string]bool{None: true}
	width := 0
	for i, name := range names {
		marks[i] = None
		if name != "" {
			marks[i] = markOf(cells.Clean(name), taken)
		}
		taken[marks[i]] = true
		width = max(width, cells.Width(marks[i]))
	}
	for i := range marks {
		marks[i] += strings.Repeat(" ", width-cells.Width(marks[i]))
	}
	return marks
}

func markOf(name string, taken map[string]bool) string {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	apart := func(r rune) bool { return !letter(r) && r != '\'' && r != '’' }
	words := strings.FieldsFunc(name, apart)
	var letters []rune
	for _, r := range name {
		if letter(r) {
			letters = append(letters, r)
		}
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
		if mark := first + string(unicode.ToLower(c)); letter(c) && !taken[mark] {
			return mark
		}
	}
	for c := 'A'; ; c++ { // more than forty names that begin alike
		for _, d := range "0123456789" {
			if mark := string(c) + string(d); letter(c) && !taken[mark] {
				return mark
			}
		}
	}
}

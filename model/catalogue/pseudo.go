package catalogue

import "strings"

// pseudo is no language: every letter of an entry has an accent, so that a text that
// is no entry is seen. What a person types or presses stays: commands in backquotes,
// keys in brackets, flags, and the names of values.
func pseudo(entry string) string {
	var b strings.Builder
	closing, flag := rune(0), false
	previous := ' '
	for _, c := range entry {
		switch {
		case closing != 0:
			if c == closing {
				closing = 0
			}
		case c == '{':
			closing = '}'
		case c == '`':
			closing = '`'
		case c == '[':
			closing = ']'
		case c == '-' && previous == '-':
			flag = true
		case flag && (c < 'a' || c > 'z') && c != '-':
			flag = false
		}
		previous = c
		if closing == 0 && !flag {
			c = accented(c)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// accented letters, in the order of the alphabet.
const (
	small = "àƀćđéƒǵĥíĵķĺḿńóṕʠŕśţúṽẃẋýź"
	large = "ÀƁĆĐÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŢÚṼẂẊÝŹ"
)

var smalls, larges = []rune(small), []rune(large)

func accented(c rune) rune {
	switch {
	case c >= 'a' && c <= 'z':
		return smalls[c-'a']
	case c >= 'A' && c <= 'Z':
		return larges[c-'A']
	}
	return c
}

package moves

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"strata/tui/component/cells"
)

// Short returns names for labels that take at most width cells, each another:
// the whole label where it fits, otherwise the first of its words that tells it
// from the others, its initials, or its beginning with a number.
func Short(labels []string, width int) []string {
	if whole, ok := allFit(labels, width); ok {
		return whole
	}
	ways := make([][]string, len(labels))
	for i, label := range labels {
		ways[i] = shorter(label, width)
	}
	way := make([]int, len(labels)) // the one that each label is at
	name := func(i int) string {
		if way[i] < len(ways[i]) {
			return ways[i][way[i]]
		}
		return ""
	}
	for clash := true; clash; {
		clash = false
		taken := map[string][]int{}
		for i := range labels {
			if n := name(i); n != "" {
				taken[n] = append(taken[n], i)
			}
		}
		for _, alike := range taken {
			if len(alike) > 1 {
				clash = true
				for _, i := range alike {
					way[i]++
				}
			}
		}
	}
	names, taken := make([]string, len(labels)), map[string]bool{}
	for i := range labels {
		names[i] = name(i)
		taken[names[i]] = true
	}
	for i, n := range names {
		for number := 1; n == ""; number++ {
			digits := strconv.Itoa(number)
			n = cutTo(cells.Clean(labels[i]), max(width-len(digits), 0)) + digits
			if taken[n] {
				n = ""
			}
		}
		names[i], taken[n] = n, true
	}
	return names
}

// onTwo returns the labels of groups whose words stand whole on one line or two
// of a width, those of two with a line break; the others keep their short names.
// It is false where that tells no more than the short names.
func onTwo(groups []Group, short []string, width int) (heads []string, more bool) {
	heads = slices.Clone(short)
	for i, g := range groups {
		label := cells.Clean(strings.TrimSpace(g.Label))
		if short[i] == label {
			continue
		}
		lines := cells.Wrap(label, width)
		whole := len(lines) <= 2
		for _, line := range lines {
			whole = whole && cells.Width(line) <= width
		}
		if whole && strings.Join(lines, " ") == label {
			heads[i], more = strings.Join(lines, "\n"), true
		}
	}
	return heads, more
}

// allFit returns the labels where each fits as it is and differs from the others.
func allFit(labels []string, width int) (whole []string, ok bool) {
	whole = make([]string, len(labels))
	for i, label := range labels {
		whole[i] = cells.Clean(strings.TrimSpace(label))
		if w := cells.Width(whole[i]); w == 0 || w > width || slices.Contains(whole[:i], whole[i]) {
			return nil, false
		}
	}
	return whole, true
}

// tellingWord is how many cells a word must have to tell anything: "At" does not.
const tellingWord = 3

// shorterWord cuts a word that does not fit to its first syllables, as far as
// that can be told from letters: at most five of them, the last no vowel.
func shorterWord(word string, width int) string {
	const letters = 5
	if cells.Width(word) <= width {
		return word
	}
	cut := cutTo(word, min(width, letters))
	if tidy := strings.TrimRight(cut, "aeiouy'’"); cells.Width(tidy) >= tellingWord {
		return tidy
	}
	return cut
}

// cutTo cuts a text to at most width cells, as [cells.Width] counts them.
func cutTo(text string, width int) string {
	for room := width; room > 0; room-- {
		if cut := ansi.Truncate(text, room, ""); cells.Width(cut) <= width {
			return cut
		}
	}
	return ""
}

// initial is the first letter of a word, with the point of an abbreviation.
func initial(word string) string { return string([]rune(word)[:1]) + "." }

// shorter lists ways to write a label in at most width cells, the best first.
func shorter(label string, width int) []string {
	label = cells.Clean(strings.TrimSpace(label))
	words := strings.FieldsFunc(label, func(r rune) bool { return strings.ContainsRune(" -/_", r) })
	var ways []string
	if label != "" && cells.Width(label) <= width {
		ways = append(ways, label)
	}
	for i, w := range words {
		words[i] = cells.Clean(w) // what began in the middle may now begin with an accent
	}
	if len(words) > 1 && cells.Width(words[0]) < tellingWord {
		short := words[0] + " " + initial(words[1]) // "At r.": "risk" alone would be another thing
		if width >= leastHead && cells.Width(short) <= width {
			ways = append(ways, short)
		}
	}
	initials := ""
	for _, w := range words {
		if cells.Width(w) >= tellingWord || len(words) == 1 {
			ways = append(ways, shorterWord(w, width))
		}
		initials += string([]rune(w)[:1])
	}
	if len(words) > 1 && cells.Width(initials) <= width {
		ways = append(ways, initials)
	}
	return ways
}

package mapping

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words.txt
var wordsText string

// wordLists are lists of words, by name.
type wordLists map[string][]string

var lists = readLists(wordsText)

// readLists reads sections like
//
//	[name]
//	word word
//
// where words with blanks are divided by bars.
func readLists(text string) wordLists {
	all := make(wordLists)
	name := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && !strings.Contains(line, "|"):
			name = line[1 : len(line)-1]
		case strings.Contains(line, "|"):
			for word := range strings.SplitSeq(line, "|") {
				if word = strings.TrimSpace(word); word != "" {
					all[name] = append(all[name], word)
				}
			}
		default:
			all[name] = append(all[name], strings.Fields(line)...)
		}
	}
	return all
}

// of returns a list, which must be there.
func (l wordLists) of(name string) []string {
	words, ok := l[name]
	if !ok {
		panic("no list of words " + name)
	}
	return words
}

// Nobodies returns what stands where no customer is known, in lower case.
func Nobodies() []string { return lists.of("nobody") }

// NobodyMails returns what stands before the @ of addresses that nobody has.
func NobodyMails() []string { return lists.of("nobody's mail") }

// Totals returns the words that totals stand behind, in lower case.
func Totals() []string { return lists.of("total") }

// Periods returns the words for periods that totals are made of, the names of
// months among them, in lower case.
func Periods() []string { return slices.Concat(lists.of("period"), lists.of("month")) }

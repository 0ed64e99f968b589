// Package pseudotest finds texts that are no entries of the catalogue, where the
// language is the pseudo one: those without an accent.
package pseudotest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Environment chooses the pseudo language.
const Environment = "STRATA_LANGUAGE=pseudo"

// typed are what a person types or presses, which no language changes: commands,
// keys, flags, names of files.
var typed = regexp.MustCompile("`[^`]*`" + `|\[[^\]]*\]|--[a-z-]+|\S+\.(strata|csv|yaml|gz|md|bak|bak-2)\b`)

// published are the names of segments of published maps, which schemes and workspaces
// hold as they were printed.
var published = regexp.MustCompile(`\b(About To Sleep|At [Rr]isk|Can't Lose Them|Can't Lose|Cannot Lose|Champions|General (develop|keep|value|win-back)|Hibernating|Important (develop|keep|value|win-back)|Inactive|Lost|Loyal Customers|Loyal|Needing Attention|Need Attention|Needs attention|New Customers|New|Potential Loyalist|Premium|Promising|Recent|Repeat|Top Spender)\b`)

// Untranslated are the words of a text that no entry has, sorted: those of two ASCII
// letters or more that are not known to be names.
func Untranslated(text string, known ...string) []string {
	found := map[string]bool{}
	text = published.ReplaceAllString(typed.ReplaceAllString(text, " "), " ")
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' }) {
		if asciiWord(word) && !slices.Contains(known, word) {
			found[word] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func asciiWord(word string) bool {
	letters := 0
	for _, c := range word {
		if c > unicode.MaxASCII || unicode.IsDigit(c) || c == '_' {
			return false
		}
		letters++
	}
	return letters > 1
}

// Compare holds the words that were found, and where, to those that are known to be
// left: a new one is a fault, and so is one that is left no more, since the list may
// only become shorter.
func Compare(found map[string]string, left ...string) (faults []string) {
	for _, word := range slices.Sorted(maps.Keys(found)) {
		if !slices.Contains(left, word) {
			faults = append(faults, word+" is not from the catalogue: "+found[word])
		}
	}
	for _, word := range left {
		if _, still := found[word]; !still {
			faults = append(faults, word+" is from the catalogue now: take it off the list")
		}
	}
	return faults
}

package sqlite

import (
	"strconv"
	"strings"
	"unicode"
)

// identifierLimit bounds the SQL name made of a header, in characters.
const identifierLimit = 60

// identifier makes a SQL column name of a header that needs no quotes in a
// query: lower case, letters of any script and digits kept, all else an
// underscore. It differs from every name in taken, which it joins.
func identifier(header string, taken map[string]bool) string {
	var b strings.Builder
	n, gap := 0, false
	for _, r := range strings.ToLower(header) {
		if n == identifierLimit {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = n > 0
			continue
		}
		if gap {
			b.WriteByte('_')
			n, gap = n+1, false
		}
		if n == 0 && unicode.IsDigit(r) {
			b.WriteString("c_")
		}
		b.WriteRune(r)
		n++
	}
	stem := b.String()
	switch {
	case stem == "":
		stem = "unnamed"
	case keywords[stem]:
		stem += "_"
	}
	name := stem
	for i := 2; taken[name]; i++ {
		name = strings.TrimSuffix(stem, "_") + "_" + strconv.Itoa(i)
	}
	taken[name] = true
	return name
}

// keywords cannot stand for a column without quotes.
var keywords = set(`add all alter and as autoincrement between case cast check collate commit constraint
create cross current_date current_time current_timestamp default deferrable delete distinct drop else escape except exists foreign from full group
having in index indexed inner insert intersect into is isnull join left limit natural not nothing notnull
null on or order outer primary raise references returning right select set table then to transaction union
unique update using values when where`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

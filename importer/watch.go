package importer

import (
	"strings"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// watched is a kept column with what it holds in the whole file.
type watched struct {
	column int
	name   string
	field  mapping.Field
	words  []string // distinct, "" among them
	rows   []int64  // with each
	code   []uint32 // by row
}

// mostWords is how many words a column of states, types, events or currencies
// has at the most.
const mostWords = 60

// mostNumbers is how many different numbers a column may have to be looked at as
// one of adjustments, which stand in few rows.
const mostNumbers = 20_000

// watch returns the columns that make no figures, with the counts of their
// words, of those that are wanted: of columns with many words only numbers can
// mean something, and those are counted where a header asks for it.
func (r *reading) watch(wanted func(header string, distinct int) bool) []watched {
	t := r.table
	if r.watched == nil {
		r.watched = make([]watched, len(t.layout.attributes))
		for i, a := range t.layout.attributes {
			r.watched[i] = watched{column: a.column, name: t.layout.columns[a.column], field: mapping.Field(a.field), code: t.attributes[i].code}
		}
	}
	var all []watched
	for i := range r.watched {
		if w := &r.watched[i]; wanted(w.name, len(t.attributes[i].words.entries)) {
			w.fill(t.attributes[i].words)
			all = append(all, *w)
		}
	}
	return all
}

// fill counts the words, once.
func (w *watched) fill(known *dictionary) {
	if w.words != nil {
		return
	}
	w.rows = make([]int64, len(known.entries))
	for n := range known.entries {
		w.words = append(w.words, string(known.text(n)))
	}
	for _, code := range w.code {
		w.rows[code]++
	}
}

// count returns how many rows have words with a property, and lists those
// words with their counts, the most frequent first.
func (w *watched) count(has func(word string) bool) (rows int64, list string, named []string) {
	var c census
	for i, word := range w.words {
		if w.rows[i] > 0 && word != "" && has(word) {
			rows += w.rows[i]
			c.addMany(word, nil, w.rows[i])
		}
	}
	var parts []string
	for i, of := range c.sorted() {
		named = append(named, of.word)
		const shown = 5
		switch {
		case i < shown:
			parts = append(parts, of.word+": "+words.Count(of.count))
		case i == shown:
			parts = append(parts, "…")
		}
	}
	return rows, strings.Join(parts, ", "), named
}

// sum adds up the amounts of the rows whose words have a property.
func (r *reading) sum(w *watched, has func(word string) bool) model.Money {
	is := make([]bool, len(w.words))
	for i, word := range w.words {
		is[i] = word != "" && has(word)
	}
	var sum model.Money
	for row, code := range w.code {
		if is[code] {
			if more, err := sum.Add(r.table.amount[row]); err == nil {
				sum = more
			}
		}
	}
	return sum
}

// worth says what the rows are worth whose words have a property.
func (r *reading) worth(w *watched, has func(word string) bool) string { return r.money(r.sum(w, has)) }

// money writes an amount in the currency of the file, as far as it is known.
func (r *reading) money(m model.Money) string {
	return words.Amount(m, words.Symbol(r.plan.Currency))
}

// filter is the command that counts only some words of a column.
func filter(column, operator string, named []string) string {
	return catalogue.T("strata tiers --where '{column}{operator}{named}'", "column", column, "operator", operator, "named", strings.Join(named, "|"))
}

package importer

import (
	"bytes"
	"slices"

	"strata/importer/parse"
)

// evidence is what the rows say about how they are to be read, besides their
// values: gathered block by block, weighed when the whole file is known.
// Nothing in it depends on the order of the rows but which few rows stand as
// examples.
type evidence struct {
	dates      dateEvidence
	marks      marksOf
	currencies census // signs and codes at the money
	offsets    census // from UTC, at the dates: "+01:00"; "" for a time of day without one
	scales     census // words at numbers, like k, Mio or 万, and exponents
	tidied     census // rules by which keys of customers were tidied
	buddhist   census // dates with a year of the Buddhist calendar
	negatives  int64  // rows with a quantity and a price below zero
	takenBack  int64  // rows with a quantity below zero but an amount above
	coarse     int64  // amounts below 0.01 that were rounded
}

// merge adds the evidence of a later block whose first row has the given
// number.
func (e *evidence) merge(later *evidence, row int64) {
	e.dates.merge(&later.dates, row)
	e.marks.merge(&later.marks)
	e.currencies.merge(later.currencies)
	e.offsets.merge(later.offsets)
	e.scales.merge(later.scales)
	e.tidied.merge(later.tidied)
	e.buddhist.merge(later.buddhist)
	e.negatives += later.negatives
	e.takenBack += later.takenBack
	e.coarse += later.coarse
}

// census counts a few different words, each with an example: the least, which
// does not depend on the order of the rows.
type census []tallied

type tallied struct {
	word    string
	count   int64
	example string
}

// add counts a word that stands in text.
func (c *census) add(word string, text []byte) { c.addMany(word, text, 1) }

func (c *census) addMany(word string, text []byte, times int64) {
	i := slices.IndexFunc(*c, func(w tallied) bool { return w.word == word })
	if i < 0 {
		*c = append(*c, tallied{word, times, string(bytes.Clone(text))})
		return
	}
	w := &(*c)[i]
	w.count += times
	if string(text) < w.example {
		w.example = string(text)
	}
}

func (c *census) merge(later census) {
	for _, w := range later {
		c.addMany(w.word, []byte(w.example), w.count)
	}
}

// of returns what is known of a word.
func (c census) of(word string) tallied {
	if i := slices.IndexFunc(c, func(w tallied) bool { return w.word == word }); i >= 0 {
		return c[i]
	}
	return tallied{}
}

// sorted returns the words, the most frequent first.
func (c census) sorted() census {
	sorted := slices.Clone(c)
	slices.SortFunc(sorted, func(a, b tallied) int {
		switch {
		case a.count != b.count:
			return int(min(1, max(-1, b.count-a.count)))
		case a.word < b.word:
			return -1
		}
		return 1
	})
	return sorted
}

// stray is a value that can only be read in one way.
type stray struct {
	row   int64 // among the accepted rows of the block, later of the file
	line  int64
	value string
	text  string // of the whole row, cut
}

// strayLimit is how many values of a column may contradict the others, and
// strayShare the part of the evidence they may be. Beyond that the column has
// no one reading.
const (
	strayLimit = 100
	strayShare = 20 // one in
)

// outvoted reports whether some evidence is so little against the other side's
// that it is no evidence but errors.
func outvoted(few, many int64) bool { return few <= strayLimit && few*strayShare <= many }

// dateEvidence is what the dates of a column say about the order of their
// numbers.
type dateEvidence struct {
	numeric orderEvidence // 3/4/2011 and 3/4/11
	ahead   orderEvidence // 2011-3-4

	first, last numberSet // the outer numbers of dates like 3/4/11
}

// orderEvidence counts dates by the orders in which they can be read.
type orderEvidence [parse.AllOrders + 1]readable

// readable are the dates that can be read in the same orders.
type readable struct {
	count  int64
	strays []stray
	// The least of them by their texts, for a question.
	example string
	date    parse.Date
}

func (e *orderEvidence) merge(later *orderEvidence, row int64) {
	for orders := range later {
		to, from := &e[orders], &later[orders]
		if from.count == 0 {
			continue
		}
		if to.count == 0 || from.example < to.example {
			to.example, to.date = from.example, from.date
		}
		to.count += from.count
		for _, s := range from.strays {
			if len(to.strays) > strayLimit {
				break
			}
			s.row += row
			to.strays = append(to.strays, s)
		}
	}
}

// add counts a date; which is the stray, should it be one.
func (e *orderEvidence) add(date parse.Date, text []byte, which func() stray) {
	of := &e[date.Orders()]
	of.count++
	if of.count == 1 || string(text) < of.example {
		of.example, of.date = string(text), date
	}
	if date.Orders() != parse.AllOrders && len(of.strays) <= strayLimit {
		of.strays = append(of.strays, which())
	}
}

func (e *dateEvidence) merge(later *dateEvidence, row int64) {
	e.numeric.merge(&later.numeric, row)
	e.ahead.merge(&later.ahead, row)
	e.first.merge(later.first)
	e.last.merge(later.last)
}

// numberSet is a set of numbers below 128.
type numberSet [2]uint64

func (s *numberSet) add(n int) { s[n>>6&1] |= 1 << (n & 63) }

func (s *numberSet) merge(other numberSet) {
	s[0] |= other[0]
	s[1] |= other[1]
}

// span returns the distance between the least and the greatest year that the
// numbers stand for.
func (s numberSet) span() int {
	least, greatest := 0, -1
	for n := range 100 {
		if s[n>>6]>>(n&63)&1 == 0 {
			continue
		}
		year := parse.Century(n)
		if greatest < 0 || year < least {
			least = year
		}
		greatest = max(greatest, year)
	}
	return greatest - least
}

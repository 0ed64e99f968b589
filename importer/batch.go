package importer

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"strata/importer/parse"
	"strata/model"
)

// batch is the content of one block, column by column; keys are still places
// in the block's text.
type batch struct {
	read      int64 // rows, the refused ones included
	corrected int64
	replaced  bool   // some of the text could not be decoded
	mended    mended // what the text was made of that is not all UTF-8
	excerpt   []byte // of such a text
	returned  bool   // some amount is negative
	forms     dateForms

	columns
	customer     []parse.Span
	customerHash []uint64
	order        []parse.Span // empty when the file has no order ids
	attributes   []batchAttribute

	rejects  []model.Reject
	evidence dateEvidence
	err      error // spoils the whole file
}

// batchAttribute is a kept column, coded by the words of this block alone.
type batchAttribute struct {
	words *dictionary
	code  []uint32
}

// reset empties a batch for another block and keeps its memory.
func (b *batch) reset(attributes int, seed maphash.Seed) {
	if b.attributes == nil {
		b.attributes = make([]batchAttribute, attributes)
		for i := range b.attributes {
			b.attributes[i].words = newWords(seed)
		}
	}
	for i := range b.attributes {
		a := &b.attributes[i]
		a.words.resetWords()
		a.code = a.code[:0]
	}
	b.columns.reset()
	*b = batch{
		columns: b.columns, attributes: b.attributes,
		customer: b.customer[:0], customerHash: b.customerHash[:0], order: b.order[:0],
	}
}

// dateForms counts dates by form, each with the first of them.
type dateForms [parse.Forms]dateForm

type dateForm struct {
	count   int64
	example string
}

func (f *dateForms) add(text []byte) {
	form := &f[parse.FormOf(text)]
	if form.count++; form.count == 1 {
		form.example = string(text)
	}
}

// merge adds the forms of a later block.
func (f *dateForms) merge(later *dateForms) {
	for i := range f {
		if f[i].count == 0 {
			f[i].example = later[i].example
		}
		f[i].count += later[i].count
	}
}

// String names the forms that occur, the most frequent first.
func (f *dateForms) String() string {
	sorted := slices.Clone(f[:])
	slices.SortStableFunc(sorted, func(a, b dateForm) int { return cmp.Compare(b.count, a.count) })
	var parts []string
	for _, form := range sorted {
		if form.count > 0 {
			parts = append(parts, fmt.Sprintf("%d like %q", form.count, form.example))
		}
	}
	return strings.Join(parts, ", ")
}

// mixed reports whether there is more than one form.
func (f *dateForms) mixed() bool {
	forms := 0
	for _, form := range f {
		if form.count > 0 {
			forms++
		}
	}
	return forms > 1
}

// dateEvidence is what the dates of a column say about the order of day and
// month.
type dateEvidence struct {
	dayFirst, monthFirst evidence // dates with only that reading
	open                 string   // the first date with both
	openDate             parse.Date
}

// evidence counts dates and remembers the first of them: the few that
// contradict the others will have to be refused, with their lines.
type evidence struct {
	count  int64
	strays []stray
}

// stray is a date that can only be read one way.
type stray struct {
	row   int64 // among the accepted rows of the block, later of the file
	line  int64
	value string
}

// strayLimit is how many dates of a column may contradict the others, and
// strayShare the part of the evidence they may be. Beyond that the column has
// no one order.
const (
	strayLimit = 100
	strayShare = 20 // one in
)

// merge adds the evidence of a later block whose first row has the given
// number.
func (e *dateEvidence) merge(later dateEvidence, row int64) {
	if e.open == "" {
		e.open, e.openDate = later.open, later.openDate
	}
	e.dayFirst.merge(later.dayFirst, row)
	e.monthFirst.merge(later.monthFirst, row)
}

func (e *evidence) merge(later evidence, row int64) {
	e.count += later.count
	for _, s := range later.strays {
		if len(e.strays) > strayLimit {
			return
		}
		s.row += row
		e.strays = append(e.strays, s)
	}
}

// outvoted reports whether the evidence is so little against the other side's
// that it is no evidence but errors.
func (e *evidence) outvoted(other evidence) bool {
	return e.count <= strayLimit && e.count*strayShare <= other.count
}

// decide returns the order of day and month of the whole column, and the dates
// that do not have it. Error: Ambiguous.
func (e *dateEvidence) decide(path, column string) (parse.DateOrder, []stray, error) {
	switch {
	case e.monthFirst.outvoted(e.dayFirst) && e.dayFirst.count > 0:
		return parse.DayFirst, e.monthFirst.strays, nil
	case e.dayFirst.outvoted(e.monthFirst) && e.monthFirst.count > 0:
		return parse.MonthFirst, e.dayFirst.strays, nil
	case e.dayFirst.count > 0:
		d, m := e.dayFirst.strays[0], e.monthFirst.strays[0]
		return 0, nil, asks(model.Errorf(model.Ambiguous,
			"%s: the dates in column %q have no one order: %d must have the day first (line %d: %q), %d the month (line %d: %q)",
			path, column, e.dayFirst.count, d.line, d.value, e.monthFirst.count, m.line, m.value).
			WithHint("say which is right with --date-format dmy or --date-format mdy; the other rows will be refused"),
			dateChoices("the day first", "the month first")...)
	case e.open != "":
		dayFirst, monthFirst := e.openDate.Readings()
		return 0, nil, asks(model.Errorf(model.Ambiguous, "%s: nothing in column %q tells day and month apart: %q is %s or %s",
			path, column, e.open, dayFirst, monthFirst).
			WithHint("say which with --date-format dmy or --date-format mdy"),
			dateChoices(dayFirst, monthFirst)...)
	}
	return parse.YearFirst, nil, nil
}

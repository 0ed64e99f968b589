package importer

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// batch is the content of one block, column by column; keys are still places
// in the block's text.
type batch struct {
	read      int64 // rows, the refused ones included
	corrected int64
	returned  bool // some amount is negative
	forms     dateForms

	columns
	customer     []parse.Span
	customerHash []uint64
	order        []parse.Span // empty when the file has no order ids
	attributes   []batchAttribute

	rejects []model.Reject
	refused refusedMoney
	spelled []spelledKey
	evidence
	err error // spoils the whole file
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

// dateForms counts dates by form, each with the least of its texts, which does
// not depend on the order of the rows.
type dateForms [parse.Forms]dateForm

type dateForm struct {
	count   int64
	example string
}

// add counts a date that so many rows have.
func (f *dateForms) add(text []byte, rows int64) {
	form := &f[parse.FormOf(text)]
	form.count += rows
	if form.example == "" || string(text) < form.example {
		form.example = string(text)
	}
}

// merge adds the forms of a later block.
func (f *dateForms) merge(later *dateForms) {
	for i := range f {
		if f[i].count == 0 || later[i].count > 0 && later[i].example < f[i].example {
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
			parts = append(parts, catalogue.T("{count} like {example:q}", "count", words.Count(form.count), "example", form.example))
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

package importer

import (
	"hash/maphash"
	"math"
	"slices"

	"strata/model"
	"strata/model/words"
)

// table holds the accepted rows of the whole file as columns, in file order,
// customers and words numbered in the order in which they come.
type table struct {
	layout    *layout
	read      int64 // rows, the refused ones included
	corrected int64
	mended    mended     // what a text was made of that is not all UTF-8
	tabs      joinedTabs // tabs of aligned columns
	excerpt   []byte     // of such a text
	returned  bool       // some amount is negative
	forms     dateForms

	duplicates int64 // rows equal to an earlier one of the same customer
	shared     int   // order ids of several customers

	columns
	customers  *dictionary
	spellings  spellings
	customer   column[int32]
	order      model.Strings // empty when the file has no order ids
	attributes []tableAttribute

	rejects []model.Reject
	refused refusedMoney
	evidence

	expected int // rows; 0 unknown
}

type tableAttribute struct {
	words *dictionary
	code  column[uint32]
}

func newTable(l *layout, seed maphash.Seed) *table {
	t := &table{layout: l, customers: newDictionary(seed), spellings: make(spellings)}
	for range l.attributes {
		t.attributes = append(t.attributes, tableAttribute{words: newWords(seed)})
	}
	return t
}

// expect makes room for about so many rows. Growing step by step would copy
// the columns, and hold them twice.
func (t *table) expect(rows int) {
	t.expected = rows
	t.customer.grow(rows)
	t.date.grow(rows)
	t.amount.grow(rows)
	t.flag.grow(rows)
	t.rowHash.grow(rows)
	if t.layout.order != none {
		t.order.Ends = slices.Grow(t.order.Ends, rows)
		t.orderHash.grow(rows)
	}
	for i := range t.attributes {
		t.attributes[i].code = slices.Grow(t.attributes[i].code, rows)
	}
}

// expectOrders makes room for the order ids, judging from the first of them.
func (t *table) expectOrders(first *batch) {
	size := 0
	for _, span := range first.order {
		size += int(span.End - span.Start)
	}
	perRow := 1 + size/len(first.order)
	t.order.Bytes = slices.Grow(t.order.Bytes, t.expected*perRow)
}

// add appends a block's batch.
func (t *table) add(b *block) error {
	batch := &b.batch
	first := t.rows()
	if int64(first)+int64(batch.columns.rows()) > math.MaxInt32 {
		return model.Errorf(model.Invalid, "more than {limit} rows", "limit", words.Count(math.MaxInt32)).WithHint("split the file")
	}
	t.read += batch.read
	t.corrected += batch.corrected
	t.mended.merge(b.mended)
	t.tabs.merge(b.tabs)
	const enoughExcerpt = 64 << 10
	if len(t.excerpt) < enoughExcerpt {
		t.excerpt = append(t.excerpt, b.excerpt...)
	}
	t.forms.merge(&batch.forms)
	t.returned = t.returned || batch.returned
	t.rejects = append(t.rejects, batch.rejects...)
	t.refused.merge(batch.refused)
	t.evidence.merge(&batch.evidence, int64(first))

	t.customer = slices.Grow(t.customer, len(batch.customer))[:first+len(batch.customer)]
	if err := t.customers.numbers(b.text, batch.customer, batch.customerHash, t.customer[first:]); err != nil {
		return err
	}
	for _, s := range batch.spelled {
		t.spellings.add(t.customer[first+s.row], s.spelling)
	}
	if first == 0 && len(batch.order) > 0 {
		t.expectOrders(batch)
	}
	for _, span := range batch.order {
		if err := t.order.Append(b.text[span.Start:span.End]); err != nil {
			return err
		}
	}
	t.columns.append(&batch.columns)
	for i := range t.attributes {
		if err := t.attributes[i].add(&batch.attributes[i]); err != nil {
			return err
		}
	}
	return nil
}

// add appends a block's column, renumbering its words.
func (a *tableAttribute) add(b *batchAttribute) error {
	numbers := make([]uint32, len(b.words.entries))
	for i := range numbers {
		text := b.words.text(i)
		var err error
		if numbers[i], err = a.words.number(text, a.words.hash(text)); err != nil {
			return err
		}
	}
	for _, code := range b.code {
		a.code = append(a.code, numbers[code])
	}
	return nil
}

// refuse takes out rows that turn out to be bad only when the whole column is
// known, and the customers that have no other.
func (t *table) refuse(strays []stray, column string, why refusal) {
	if len(strays) == 0 {
		return
	}
	bad := make(map[int]bool, len(strays))
	for _, s := range strays {
		bad[int(s.row)] = true
		t.refused.add(t.amount[s.row])
		t.rejects = append(t.rejects, model.Reject{Line: s.line, Column: column, Value: clip(s.value, model.RejectValueLimit), Row: s.text, Code: why.code, Reason: why.reason})
	}
	slices.SortStableFunc(t.rejects, func(a, b model.Reject) int { return int(a.Line - b.Line) })

	t.customer.without(bad)
	t.columns.without(bad)
	for i := range t.attributes {
		t.attributes[i].code.without(bad)
	}
	var order model.Strings
	for i := range t.order.Ends {
		if !bad[i] {
			order.Bytes = append(order.Bytes, t.order.Slice(i)...)
			order.Ends = append(order.Ends, uint32(len(order.Bytes)))
		}
	}
	t.order = order
	t.renumberCustomers()
}

// renumberCustomers leaves out customers without rows.
func (t *table) renumberCustomers() {
	kept := newDictionary(t.customers.seed)
	number := make(map[int32]int32)
	for i, old := range t.customer {
		if _, ok := number[old]; !ok {
			number[old] = int32(len(kept.entries))
			text := t.customers.text(int(old))
			kept.entries = append(kept.entries, dictionaryEntry{prefixOf(text), uint32(len(kept.arena)), uint32(len(text))})
			kept.arena = append(kept.arena, text...)
		}
		t.customer[i] = number[old]
	}
	t.customers = kept
}

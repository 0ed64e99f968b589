package importer

import (
	"strings"

	"strata/importer/mapping"
	"strata/model/catalogue"
	"strata/model/words"
)

func says(states ...mapping.State) func(string) bool {
	return func(word string) bool { return mapping.Says(word, states...) }
}

// meanings tells of columns by which rows are not what they seem: states,
// events, refunds, discounts, currencies.
func (r *reading) meanings() error {
	r.settleCurrency()
	r.tellSpellings()
	r.tellScaleShift()
	r.tellPriceUnits()
	r.tellNames()
	r.tellTabs()
	rows := r.table.rows()
	for _, w := range r.watch(func(header string, distinct int) bool {
		return distinct <= mostWords || distinct <= mostNumbers && distinct*3 < rows ||
			mapping.Undoes(header) || mapping.GivesBack(header) || mapping.TakesOff(header)
	}) {
		if w.column == r.signTold || w.column == r.plan.Column(mapping.Refund) || w.column == r.plan.Column(mapping.Discount) || w.column == r.plan.Column(mapping.Cost) {
			continue // that is counted
		}
		if len(w.words) <= mostWords {
			r.tellWords(&w)
		}
		switch {
		case mapping.GivesBack(w.name):
			if !w.isFlags() {
				r.tellMoney(&w)
			}
		case mapping.Undoes(w.name):
			r.tellUndone(&w)
		case mapping.TakesOff(w.name):
			r.tellMoney(&w)
		case mapping.IsRevision(w.name):
			r.tellRevisions(&w)
		case mapping.CountsReturns(w.name):
			r.tellPieces(&w)
		case !mapping.IsPostage(w.name):
			r.tellAdjustment(&w)
		}
	}
	return nil
}

// tellWords tells of a column of few different words.
func (r *reading) tellWords(w *watched) {
	if mapping.SaysTaxIncluded(w.name) {
		yes, _, _ := w.count(mapping.Affirms)
		if no, _, _ := w.count(mapping.Denies); yes > 0 && no > 0 {
			r.plan.warn("tax-mixed", "{column:q} is yes in {yes} and no in {no}: amounts with and without tax are added up as they are", "column", w.name, "yes", words.Plural(yes, "row", "rows"), "no", words.Plural(no, "row", "rows"))
		}
		return
	}
	if mapping.OfCustomer(w.name) || w.column == r.signTold || r.tellEvents(w) || r.tellFlags(w) || r.tellStates(w) {
		return
	}
	r.tellRare(w)
}

// isFlags reports whether all words answer yes or no.
func (w *watched) isFlags() bool {
	answered, _, _ := w.count(func(word string) bool { return mapping.Affirms(word) || mapping.Denies(word) })
	filled, _, _ := w.count(func(string) bool { return true })
	return answered == filled
}

// tellPieces warns of rows of which pieces came back.
func (r *reading) tellPieces(w *watched) {
	nonzero := func(word string) bool { return strings.Trim(word, "0.,- ") != "" }
	if rows, list, _ := w.count(nonzero); rows > 0 {
		r.plan.warn("pieces-returned", "{column:q} shows items returned in {rows} ({values}), worth {sum} including the items that were not, but all count as sold", "column", w.name, "rows", words.Plural(rows, "row", "rows"), "values", list, "sum", r.worth(w, nonzero))
	}
}

// tellStates warns of rows that a column says never were sales, or were undone,
// and reports whether it did.
func (r *reading) tellStates(w *watched) (told bool) {
	known, _, _ := w.count(says(mapping.Sale, mapping.NoSale, mapping.Refunded))
	filled, _, _ := w.count(func(string) bool { return true })
	if !mapping.Stages(w.name) && !mapping.Types(w.name) && w.field != mapping.Status && known*2 < filled {
		return false
	}
	for _, state := range []struct {
		is   mapping.State
		code string
		what string
	}{
		{mapping.NoSale, "no-sales", catalogue.T("rows that are not sales")},
		{mapping.Refunded, "refunded-sales", catalogue.T("sales that were refunded in full or in part")},
	} {
		if rows, list, named := w.count(says(state.is)); rows > 0 && rows < filled {
			r.plan.warn(state.code, "{kind}, according to {column:q}: {rows} of {all_rows} ({values}), worth {sum}; they count unchanged: to leave them out, {filter}", "kind", state.what, "column", w.name, "rows", words.Count(rows), "all_rows", words.Count(int64(r.table.rows())), "values", list, "sum", r.worth(w, says(state.is)), "filter", filter(w.name, "!=", named))
			told = true
		} else if rows == filled && rows > 0 {
			r.plan.warn(state.code, "{kind}, according to {column:q}: all ({values}); they count unchanged", "kind", state.what, "column", w.name, "values", list)
			told = true
		}
	}
	return told
}

// tellFlags warns of rows of which a column says yes to a question like Void?
// or Is Return, or no to one like Paid.
func (r *reading) tellFlags(w *watched) bool {
	bad, answer := mapping.Affirms, "yes"
	if mapping.IsGoodFlag(w.name) {
		bad, answer = mapping.Denies, "no"
	} else if !mapping.IsFlag(w.name) {
		return false
	}
	rows, list, named := w.count(bad)
	answered, _, _ := w.count(func(word string) bool { return mapping.Affirms(word) || mapping.Denies(word) })
	filled, _, _ := w.count(func(string) bool { return true })
	if rows == 0 || answered < filled {
		return false
	}
	r.plan.warn("flagged-rows", "{column:q} says {answer} in {rows} ({values}), worth {sum}, counted as sales: to leave them out, {filter}", "column", w.name, "answer", answer, "rows", words.Plural(rows, "row", "rows"), "values", list, "sum", r.worth(w, bad), "filter", filter(w.name, "!=", named))
	return true
}

// tellRare warns of the few rows of which a column of states or types says
// something else than of nearly all.
func (r *reading) tellRare(w *watched) {
	const most, share = 12, 10
	filled, _, named := w.count(func(string) bool { return true })
	if len(named) < 2 || len(named) > most || !mapping.Stages(w.name) && !mapping.Types(w.name) {
		return
	}
	usual, _, _ := w.count(func(word string) bool { return word == named[0] })
	rare := func(word string) bool {
		return word != named[0] && !mapping.Says(word, mapping.Sale) && (!mapping.Says(word, mapping.Debit) || mapping.Types(w.name))
	}
	rows, list, others := w.count(rare)
	if beside, besides, others := w.count(mapping.BesideSale); mapping.Types(w.name) && beside > 0 && beside < filled {
		r.plan.warn("rows-beside-sales", "{column:q} marks {others} of {filled} rows as something other than a sale ({values}), worth {sum}, but they count unchanged: to leave them out, {filter}", "column", w.name, "others", words.Count(beside), "filled", words.Count(filled), "values", besides, "sum", r.worth(w, mapping.BesideSale), "filter", filter(w.name, "!=", others))
		return
	}
	if rows == 0 || rows*share > filled {
		return
	}
	r.plan.warn("rare-words", "{column:q} is {usual:q} in nearly all rows ({usual_rows}) but not in {rows} ({values}), worth {sum}; all count alike: check that these are sales too; to leave them out, {filter}", "column", w.name, "usual", named[0], "usual_rows", words.Count(usual), "rows", words.Plural(rows, "row", "rows"), "values", list, "sum", r.worth(w, rare), "filter", filter(w.name, "!=", others))
}

// tellUndone warns of rows with a day on which the sale was called off.
func (r *reading) tellUndone(w *watched) {
	filled, list, _ := w.count(func(string) bool { return true })
	if filled > 0 && filled < int64(r.table.rows()) {
		r.plan.warn("undone-rows", "{column:q} has a value in {rows} ({values}), worth {sum}: these sales may have been cancelled or refunded, but count unchanged", "column", w.name, "rows", words.Plural(filled, "row", "rows"), "values", list, "sum", r.worth(w, func(string) bool { return true }))
	}
}

// tellRevisions warns of orders that stand in several versions.
func (r *reading) tellRevisions(w *watched) {
	if len(r.table.orderHash) == 0 {
		return
	}
	version := make(map[uint32]uint32)
	several := make(map[uint32]bool)
	for row, code := range w.code {
		order := r.table.orderHash[row]
		if was, ok := version[order]; ok && was != code {
			several[order] = true
		}
		version[order] = code
	}
	if n := int64(len(several)); n > 0 {
		r.plan.warn("revisions", "{orders} several versions, numbered by {column:q}, and all are added up: use only the rows of the last version", "orders", words.Plural(n, "order has", "orders have"), "column", w.name)
	}
}

// tellEvents warns of rows that are no sales but events before one.
func (r *reading) tellEvents(w *watched) bool {
	says := func(state mapping.State) func(string) bool {
		return func(word string) bool { return mapping.SaysEvent(word) == state }
	}
	glances, list, _ := w.count(says(mapping.Glance))
	sales, saleList, named := w.count(says(mapping.Sale))
	known, _, _ := w.count(func(word string) bool { return mapping.Says(word, mapping.Glance) })
	if glances == 0 || !mapping.Events(w.name) && (known == 0 || sales == 0) {
		return false
	}
	if sales == 0 {
		r.plan.warn("events", "{column:q} names events, none of which is a purchase ({values}), but every row counts as an order", "column", w.name, "values", list)
		return true
	}
	r.plan.warn("events", "{column:q} names events, of which only {purchases} counts by its name, but the rows of the others ({values}) are orders too: to count purchases alone, {filter}", "column", w.name, "purchases", saleList, "values", list, "filter", filter(w.name, "=", named))
	return true
}

// tellTabs tells of tabs that may be empty fields, where columns are aligned.
func (r *reading) tellTabs() {
	if j := r.table.tabs; j.lines > 0 {
		r.plan.warn("joined-tabs", "columns are aligned, so that several tabs in a row separate two of them only once: in {lines}, like {example:q}; if an empty field stands there, use --delimiter tab", "lines", words.Plural(j.lines, "line", "lines"), "example", j.example)
	}
}

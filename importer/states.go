package importer

import (
	"strings"

	"strata/importer/mapping"
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
			r.plan.warn("tax-mixed", "%q is yes in %s and no in %s: amounts with and without tax are added up as they stand", w.name, words.Plural(yes, "row", "rows"), words.Plural(no, "row", "rows"))
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
		r.plan.warn("pieces-returned", "%q says that pieces came back in %s (%s), worth %s including the pieces that were kept, but all count as sold",
			w.name, words.Plural(rows, "row", "rows"), list, r.worth(w, nonzero))
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
		{mapping.NoSale, "no-sales", "rows that are not sales"},
		{mapping.Refunded, "refunded-sales", "sales that were refunded in full or in part"},
	} {
		if rows, list, named := w.count(says(state.is)); rows > 0 && rows < filled {
			r.plan.warn(state.code, "%s, by %q: %s of %s (%s), worth %s; they count as they stand: to leave them out, %s",
				state.what, w.name, words.Count(rows), words.Count(int64(r.table.rows())), list, r.worth(w, says(state.is)), filter(w.name, "!=", named))
			told = true
		} else if rows == filled && rows > 0 {
			r.plan.warn(state.code, "%s, by %q: all (%s); they count as they stand", state.what, w.name, list)
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
	r.plan.warn("flagged-rows", "%q says %s in %s (%s), worth %s, counted as sales: to leave them out, %s",
		w.name, answer, words.Plural(rows, "row", "rows"), list, r.worth(w, bad), filter(w.name, "!=", named))
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
		r.plan.warn("rows-beside-sales", "%q marks %s of %s rows as something other than a sale (%s), worth %s, but they count as they stand: to leave them out, %s",
			w.name, words.Count(beside), words.Count(filled), besides, r.worth(w, mapping.BesideSale), filter(w.name, "!=", others))
		return
	}
	if rows == 0 || rows*share > filled {
		return
	}
	r.plan.warn("rare-words", "%q is %q in nearly all rows (%s) but not in %s (%s), worth %s; all count alike: check that these are sales, too; to leave them out, %s",
		w.name, named[0], words.Count(usual), words.Plural(rows, "row", "rows"), list, r.worth(w, rare), filter(w.name, "!=", others))
}

// tellUndone warns of rows with a day on which the sale was called off.
func (r *reading) tellUndone(w *watched) {
	filled, list, _ := w.count(func(string) bool { return true })
	if filled > 0 && filled < int64(r.table.rows()) {
		r.plan.warn("undone-rows", "%q has a value in %s (%s), worth %s: these sales may have been cancelled or refunded, but count as they stand",
			w.name, words.Plural(filled, "row", "rows"), list, r.worth(w, func(string) bool { return true }))
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
		r.plan.warn("revisions", "%s several versions, numbered by %q, and all are added up: keep only the rows of the last version",
			words.Plural(n, "order has", "orders have"), w.name)
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
		r.plan.warn("events", "%q names events, none of which is a purchase (%s), but every row counts as an order", w.name, list)
		return true
	}
	r.plan.warn("events", "%q names events, of which only %s counts by its name, yet the rows of others (%s) are orders, too: to count purchases alone, %s",
		w.name, saleList, list, filter(w.name, "=", named))
	return true
}

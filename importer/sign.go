package importer

import (
	"strata/importer/mapping"
	"strata/model"
	"strata/model/words"
)

// What said which rows are returns, for files that are read alike.
const (
	signsOfAmounts    = "amount"   // the signs of the amounts
	signsOfQuantities = "quantity" // those of the quantities
	signsOfColumn     = "column"   // the words of a column
)

// settleSigns turns the amounts of rows that a column marks as returns, where no
// amount has a sign of its own.
func (r *reading) settleSigns() error {
	said := r.plan.Column(mapping.Sign)
	if r.plan.said.noSigns {
		return nil
	}
	if r.plan.Signs == "" && said == none && r.table.returned {
		r.plan.Signs = signsOfAmounts
	}
	r.turnTakenBack()
	if said == none && (r.table.returned || r.plan.Signs != "") {
		r.tellMixedSigns()
		return nil
	}
	for _, w := range r.watch(func(_ string, distinct int) bool { return distinct <= mostWords }) {
		if said != none && w.column != said {
			continue
		}
		back := func(word string) bool {
			return mapping.Says(word, mapping.Return) && (said != none || mapping.Signs(w.name) || !mapping.IsLetterSign(word))
		}
		rows, list, named := w.count(back)
		filled, _, _ := w.count(func(string) bool { return true })
		sales, _, _ := w.count(says(mapping.Debit))
		if said != none && rows == 0 {
			rows, list, named = w.count(mapping.Affirms)
			answered, _, _ := w.count(func(word string) bool { return mapping.Affirms(word) || mapping.Denies(word) })
			if back = mapping.Affirms; rows == 0 && r.plan.Signs == signsOfColumn {
				return nil // there are none this time
			} else if rows == 0 || answered < filled {
				return model.Errorf(model.Usage, "--map: nothing in {column:q} marks rows as returns", "column", w.name).
					WithHint("its values are {values}; name a column with words like refund, credit or yes, or filter with --where", "values", words.Or(quoted(firstWords(&w))))
			}
		}
		if rows == 0 || said == none && (sales == 0 || rows+sales < filled || mapping.Stages(w.name) || mapping.OfCustomer(w.name)) {
			if rows > 0 && said == none && mapping.Signs(w.name) && !mapping.OfCustomer(w.name) {
				r.plan.warn("sign-column", "{column:q} marks {rows} as refunds ({values}), worth {sum}, but they count as sales: --map 'sign={mapped}' counts them as returns; to leave them out, {filter}", "column", w.name, "rows", words.Plural(rows, "row", "rows"), "values", list, "sum", r.worth(&w, back), "mapped", r.plan.nameOf(w.column), "filter", filter(w.name, "!=", named))
			}
			continue
		}
		r.turn(&w, back)
		r.signTold = w.column
		marked, sum := words.Plural(rows, "row", "rows"), r.money(-r.sum(&w, back))
		if said != none {
			r.plan.warn("sign-column", "{column:q} marks {rows} as returns ({values}), worth {sum}, and they count as returns", "column", w.name, "rows", marked, "values", list, "sum", sum)
			return nil
		}
		r.plan.Signs, r.plan.signs = signsOfColumn, w.column
		r.plan.warn("sign-column", "{column:q} marks {rows} as returns ({values}), worth {sum}, and they count as returns because no amount is negative: --map sign=none counts them as sales", "column", w.name, "rows", marked, "values", list, "sum", sum)
		return nil
	}
	return nil
}

// tellMixedSigns warns of refunds of which only some are below zero.
func (r *reading) tellMixedSigns() {
	for _, w := range r.watch(func(header string, distinct int) bool {
		return distinct <= mostWords && !mapping.OfCustomer(header) && !mapping.Stages(header) && (mapping.Types(header) || mapping.Signs(header))
	}) {
		back := make([]bool, len(w.words))
		for i, word := range w.words {
			back[i] = mapping.Says(word, mapping.Return) && !mapping.IsLetterSign(word)
		}
		var above, below int64
		for row, code := range w.code {
			switch amount := r.table.amount[row]; {
			case !back[code]:
			case amount > 0:
				above++
			case amount < 0:
				below++
			}
		}
		if above > 0 {
			r.signTold = w.column
			r.plan.warn("sign-column", "of the rows that {column:q} marks as refunds, the amount is positive in {positive} and negative in {negative}; the positive ones count as sales: --map 'sign={mapped}' counts all of them as returns", "column", w.name, "positive", words.Plural(above, "row", "rows"), "negative", words.Plural(below, "row", "rows"), "mapped", r.plan.nameOf(w.column))
			return
		}
	}
}

// firstWords returns a few of the words of a column, the most frequent first.
func firstWords(w *watched) []string {
	const few = 5
	_, _, named := w.count(func(string) bool { return true })
	return named[:min(few, len(named))]
}

// turnTakenBack makes returns of rows whose quantity is below zero, where no
// amount has a sign of its own.
func (r *reading) turnTakenBack() {
	t := r.table
	if t.takenBack == 0 {
		return
	}
	if t.returned && r.plan.Signs != signsOfQuantities || r.plan.Signs == signsOfAmounts || len(t.quantity) == 0 {
		r.plan.warn("quantity-signs", "the quantity is negative but the amount is positive in {rows}, counted as sales", "rows", words.Plural(t.takenBack, "row", "rows"))
		return
	}
	for row, quantity := range t.quantity {
		if quantity < 0 && t.amount[row] > 0 {
			t.amount[row], t.flag[row] = -t.amount[row], model.Return
		}
	}
	t.returned = true
	if r.plan.Signs == "" {
		r.plan.Signs = signsOfQuantities
	}
	r.plan.warn("quantity-signs", "the quantity is negative in {rows}, counted as returns since no amount is negative: --map sign=none counts them as sales", "rows", words.Plural(t.takenBack, "row", "rows"))
}

// turn makes returns of the rows whose words have a property.
func (r *reading) turn(w *watched, has func(word string) bool) {
	is := make([]bool, len(w.words))
	for i, word := range w.words {
		is[i] = word != "" && has(word)
	}
	t := r.table
	for row, code := range w.code {
		if is[code] && t.amount[row] >= 0 {
			t.amount[row] = -t.amount[row]
			t.flag[row] = model.Return
			t.returned = true
		}
	}
}

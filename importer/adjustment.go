package importer

import (
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// tellMoney warns of a column of refunds or discounts that is not taken off.
func (r *reading) tellMoney(w *watched) {
	var rows int64
	var sum model.Money
	share, percent := true, mapping.IsPercent(w.name)
	for i, word := range w.words {
		percent = percent || strings.HasSuffix(word, "%")
		n, problem := parse.ParseNumber([]byte(strings.TrimRight(word, "% ")), r.plan.Decimal[0])
		if problem != parse.GoodNumber || n.Value == 0 || w.rows[i] == 0 {
			continue
		}
		rows += w.rows[i]
		value := model.Money(max(n.Value, -n.Value))
		share = share && value <= model.Unit
		if total, _, err := value.Times(w.rows[i] * model.Unit); err == nil {
			if more, err := sum.Add(total); err == nil {
				sum = more
			}
		}
	}
	if rows == 0 {
		r.tellGivenBack(w)
		return
	}
	name := r.plan.nameOf(w.column)
	switch {
	case mapping.GivesBack(w.name):
		r.plan.warn("refund-column", "{column:q} shows {sum} refunded in {rows}, which is not deducted: --map 'refund={mapped}' deducts it", "column", w.name, "sum", r.money(sum), "rows", words.Plural(rows, "row", "rows"), "mapped", name)
	case r.table.layout.discount.column != none:
	case r.plan.Column(mapping.Amount) == none || r.plan.priceIsAmount:
		what := r.money(sum)
		if share || percent {
			what = catalogue.T("a share of the price")
		}
		r.plan.warn("discount-column", "{column:q} reduces {rows} by {reduction}, which the amounts do not include: --map 'discount={mapped}' deducts it", "column", w.name, "reduction", what, "rows", words.Plural(rows, "row", "rows"), "mapped", name)
	}
}

// tellGivenBack warns of a column about refunds that has words or days in some
// rows: refund_status full, a reason, the day.
func (r *reading) tellGivenBack(w *watched) {
	if !mapping.GivesBack(w.name) || w.field != "" || mapping.Stages(w.name) && mapping.OfCustomer(w.name) {
		return
	}
	given := func(word string) bool {
		_, problem := parse.ParseNumber([]byte(word), r.plan.Decimal[0])
		return problem == parse.NotANumber && !mapping.Denies(word) && !mapping.DeniesRefund(word)
	}
	rows, list, named := w.count(given)
	if known, _, _ := w.count(says(mapping.Refunded)); known > 0 || rows == 0 || rows == int64(r.table.rows()) {
		return // told as a state, or of no row in particular
	}
	remedy := ""
	const few = 5
	if len(named) <= few {
		remedy = catalogue.T(": to leave them out, {filter}", "filter", filter(w.name, "!=", named))
	}
	r.plan.warn("refunded-sales", "sales that seem to have been refunded, according to {column:q}: {rows} of {all_rows} ({values}), worth {sum}; they count unchanged{remedy}", "column", w.name, "rows", words.Count(rows), "all_rows", words.Count(int64(r.table.rows())), "values", list, "sum", r.worth(w, given), "remedy", remedy)
}

// tellAdjustment warns of a column of numbers that stand in a few rows alone, and
// are less than those rows are worth: something that was taken off, or given
// back, under a name that nobody knows.
func (r *reading) tellAdjustment(w *watched) {
	const share = 3 // of the rows at the most, one in
	values := make([]model.Money, len(w.words))
	rows := int64(0)
	for i, word := range w.words {
		if w.rows[i] == 0 || word == "" {
			continue
		}
		n, problem := parse.ParseNumber([]byte(strings.TrimRight(word, "% ")), r.plan.Decimal[0])
		if problem != parse.GoodNumber {
			return
		}
		if values[i] = model.Money(max(n.Value, -n.Value)); values[i] > 0 {
			rows += w.rows[i]
		}
	}
	if rows == 0 || rows*share > int64(r.table.rows()) || w.field != "" {
		return
	}
	var sum model.Money
	for row, code := range w.code {
		if values[code] > max(r.table.amount[row], -r.table.amount[row]) {
			return
		}
		sum += values[code]
	}
	if sum/model.Unit == model.Money(rows) { // a mark, not money
		return
	}
	name := r.plan.nameOf(w.column)
	r.plan.warn("adjustment-column", "{column:q} has numbers in only {rows}, {sum} in all, which the amounts do not include: if they are discounts or refunds, use --map 'discount={mapped}' or --map 'refund={mapped}'", "column", w.name, "rows", words.Plural(rows, "row", "rows"), "sum", r.money(sum), "mapped", name)
}

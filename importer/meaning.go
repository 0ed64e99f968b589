package importer

import (
	"fmt"
	"slices"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
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

// watch returns the columns that make no figures, with the counts of their
// words, of those that are wanted: of columns with many words only numbers can
// mean something, and those are counted where a header asks for it.
func (r *reading) watch(wanted func(header string, words int) bool) []watched {
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
func (w *watched) fill(words *dictionary) {
	if w.words != nil {
		return
	}
	w.rows = make([]int64, len(words.entries))
	for n := range words.entries {
		w.words = append(w.words, string(words.text(n)))
	}
	for _, code := range w.code {
		w.rows[code]++
	}
}

// count returns how many rows have words with a property, and lists those
// words with their counts, the most frequent first.
func (w *watched) count(has func(word string) bool) (rows int64, list string, words []string) {
	var c census
	for i, word := range w.words {
		if w.rows[i] > 0 && word != "" && has(word) {
			rows += w.rows[i]
			c.addMany(word, nil, w.rows[i])
		}
	}
	var parts []string
	for i, of := range c.sorted() {
		words = append(words, of.word)
		const shown = 5
		switch {
		case i < shown:
			parts = append(parts, fmt.Sprintf("%s %s", of.word, model.Grouped(of.count)))
		case i == shown:
			parts = append(parts, "…")
		}
	}
	return rows, strings.Join(parts, ", "), words
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

// filter is the --where of a column and words.
func filter(column, operator string, words []string) string {
	return fmt.Sprintf("--where '%s%s%s'", column, operator, strings.Join(words, "|"))
}

func says(states ...mapping.State) func(string) bool {
	return func(word string) bool { return mapping.Says(word, states...) }
}

// meanings tells of columns by which rows are not what they seem: states,
// events, refunds, discounts, currencies.
func (r *reading) meanings() error {
	r.settleCurrency()
	few := func(_ string, words int) bool { return words <= mostWords }
	for _, w := range r.watch(few) {
		if mapping.OfCustomer(w.name) {
			continue
		}
		if !r.tellEvents(&w) && !r.tellFlags(&w) && !r.tellStates(&w) && !r.signTold[w.column] {
			r.tellRare(&w)
		}
	}
	for _, w := range r.watch(func(header string, words int) bool { return words <= mostWords && mapping.CountsReturns(header) }) {
		nonzero := func(word string) bool { return strings.Trim(word, "0.,- ") != "" }
		if rows, list, _ := w.count(nonzero); rows > 0 {
			r.plan.warn("pieces-returned", "%q says that pieces came back in %s (%s), worth %s with those that did not; they count as sold", w.name, plural(rows, "row", "rows"), list, r.sum(&w, nonzero))
		}
	}
	for _, w := range r.watch(func(header string, _ int) bool { return mapping.Undoes(header) && !mapping.GivesBack(header) }) {
		r.tellUndone(&w)
	}
	for _, w := range r.watch(func(header string, _ int) bool { return mapping.GivesBack(header) || mapping.TakesOff(header) }) {
		r.tellMoney(&w)
	}
	for _, w := range r.watch(func(header string, words int) bool {
		return words*3 < r.table.rows() && !mapping.GivesBack(header) && !mapping.TakesOff(header) && !mapping.IsPostage(header)
	}) {
		r.tellAdjustment(&w)
	}
	return nil
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
		{mapping.NoSale, "no-sales", "no sales"},
		{mapping.Refunded, "refunded-sales", "sales that were refunded, in full or in part"},
	} {
		if rows, list, words := w.count(says(state.is)); rows > 0 && rows < filled {
			r.plan.warn(state.code, "%q says that %s of %s rows are %s (%s), worth %s; they count as they stand: %s leaves them out",
				w.name, model.Grouped(rows), model.Grouped(filled), state.what, list, r.sum(w, says(state.is)), filter(w.name, "!=", words))
			told = true
		} else if rows == filled && rows > 0 {
			r.plan.warn(state.code, "%q says that all rows are %s (%s); they count as they stand", w.name, state.what, list)
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
	rows, list, words := w.count(bad)
	answered, _, _ := w.count(func(word string) bool { return mapping.Affirms(word) || mapping.Denies(word) })
	filled, _, _ := w.count(func(string) bool { return true })
	if rows == 0 || answered < filled {
		return false
	}
	r.plan.warn("flagged-rows", "%q says %s of %s (%s), worth %s; they count as sales: %s leaves them out",
		w.name, answer, plural(rows, "row", "rows"), list, r.sum(w, bad), filter(w.name, "!=", words))
	return true
}

// tellRare warns of the few rows of which a column of states or types says
// something else than of nearly all.
func (r *reading) tellRare(w *watched) {
	const most, share = 12, 10
	filled, _, words := w.count(func(string) bool { return true })
	if len(words) < 2 || len(words) > most || !mapping.Stages(w.name) && !mapping.Types(w.name) {
		return
	}
	usual, _, _ := w.count(func(word string) bool { return word == words[0] })
	rare := func(word string) bool {
		return word != words[0] && !mapping.Says(word, mapping.Sale) && (!mapping.Says(word, mapping.Debit) || mapping.Types(w.name))
	}
	rows, list, _ := w.count(rare)
	if rows == 0 || rows*share > filled {
		return
	}
	r.plan.warn("rare-words", "%q says %q of %s rows and something else of %s (%s), worth %s; all count alike: see whether these are sales, too; %s takes the others alone",
		w.name, words[0], model.Grouped(usual), plural(rows, "row", "rows"), list, r.sum(w, rare), filter(w.name, "=", words[:1]))
}

// tellUndone warns of rows with a day on which the sale was called off.
func (r *reading) tellUndone(w *watched) {
	filled, list, _ := w.count(func(string) bool { return true })
	if filled > 0 && filled < int64(r.table.rows()) {
		r.plan.warn("undone-rows", "%q is filled in %s (%s), worth %s: those sales may have been called off; they count as they stand",
			w.name, plural(filled, "row", "rows"), list, r.sum(w, func(string) bool { return true }))
	}
}

// tellEvents warns of rows that are no sales but events before one.
func (r *reading) tellEvents(w *watched) bool {
	says := func(state mapping.State) func(string) bool {
		return func(word string) bool { return mapping.SaysEvent(word) == state }
	}
	glances, list, _ := w.count(says(mapping.Glance))
	sales, saleList, words := w.count(says(mapping.Sale))
	known, _, _ := w.count(func(word string) bool { return mapping.Says(word, mapping.Glance) })
	if glances == 0 || !mapping.Events(w.name) && (known == 0 || sales == 0) {
		return false
	}
	if sales == 0 {
		r.plan.warn("events", "%q names events, and none of them is a purchase (%s); every row counts as an order", w.name, list)
		return true
	}
	r.plan.warn("events", "%q names events: only %s is a purchase; %s (%s) count as orders, too: %s takes purchases alone",
		w.name, saleList, plural(glances, "other row", "other rows"), list, filter(w.name, "=", words))
	return true
}

// tellMoney warns of a column of refunds or discounts that is not taken off.
func (r *reading) tellMoney(w *watched) {
	var rows int64
	var sum model.Money
	share := true
	for i, word := range w.words {
		percent := strings.HasSuffix(word, "%")
		n, problem := parse.ParseNumber([]byte(strings.TrimRight(word, "% ")), r.plan.Decimal[0])
		if problem != parse.GoodNumber || n.Value == 0 || w.rows[i] == 0 {
			continue
		}
		rows += w.rows[i]
		value := model.Money(max(n.Value, -n.Value))
		share = share && (value <= model.Unit || percent)
		if total, _, err := value.Times(w.rows[i] * model.Unit); err == nil {
			if more, err := sum.Add(total); err == nil {
				sum = more
			}
		}
	}
	if rows == 0 {
		return
	}
	name := r.plan.nameOf(w.column)
	switch {
	case mapping.GivesBack(w.name):
		r.plan.warn("refund-column", "%q says that %s was given back on %s; it is not taken off: --map 'refund=%s' does that",
			w.name, sum, plural(rows, "row", "rows"), name)
	case r.table.layout.discount.column != none:
	case r.plan.Column(mapping.Amount) == none || r.plan.priceIsAmount:
		what := sum.String()
		if share {
			what = "a share of the price"
		}
		r.plan.warn("discount-column", "%q takes %s off on %s; that is not in the amounts: --map 'discount=%s' takes it off",
			w.name, what, plural(rows, "row", "rows"), name)
	}
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
	r.plan.warn("adjustment-column", "%q holds numbers in %s alone, %s in all, which are not in the amounts: if they were taken off or given back, --map 'discount=%s' or --map 'refund=%s' does that",
		w.name, plural(rows, "row", "rows"), sum, name, name)
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return model.Grouped(n) + " " + many
}

// settleSigns turns the amounts of rows that a column marks as returns, where no
// amount has a sign of its own.
func (r *reading) settleSigns() error {
	said := r.plan.Column(mapping.Sign)
	if r.plan.said.noSigns {
		return nil
	}
	r.turnTakenBack()
	if said == none && r.table.returned {
		return nil
	}
	for _, w := range r.watch(func(_ string, words int) bool { return words <= mostWords }) {
		if said != none && w.column != said {
			continue
		}
		back := func(word string) bool {
			return mapping.Says(word, mapping.Return) && (said != none || mapping.Signs(w.name) || !mapping.IsLetterSign(word))
		}
		rows, list, words := w.count(back)
		filled, _, _ := w.count(func(string) bool { return true })
		sales, _, _ := w.count(says(mapping.Debit))
		if rows == 0 || said == none && (sales == 0 || rows+sales < filled || mapping.Stages(w.name)) {
			if rows > 0 && said == none && mapping.Signs(w.name) {
				r.plan.warn("sign-column", "%q marks %s as money back (%s), worth %s; they count as sales: --map 'sign=%s' counts them as returns, %s leaves them out",
					w.name, plural(rows, "row", "rows"), list, r.sum(&w, back), r.plan.nameOf(w.column), filter(w.name, "!=", words))
			}
			continue
		}
		worth := r.sum(&w, back)
		r.turn(&w, back)
		r.signTold = map[int]bool{w.column: true}
		r.plan.warn("sign-column", "%q marks %s as returns (%s), worth %s, and no amount has a sign of its own: they count as returns; --map sign=none counts them as sales",
			w.name, plural(rows, "row", "rows"), list, worth)
		return nil
	}
	return nil
}

// turnTakenBack makes returns of rows whose quantity is below zero, where no
// amount has a sign of its own.
func (r *reading) turnTakenBack() {
	t := r.table
	if t.takenBack == 0 {
		return
	}
	if t.returned || len(t.quantity) == 0 {
		r.plan.warn("quantity-signs", "the quantity is below zero but the amount is not in %s; they count as sales", plural(t.takenBack, "row", "rows"))
		return
	}
	for row, quantity := range t.quantity {
		if quantity < 0 && t.amount[row] > 0 {
			t.amount[row], t.flag[row] = -t.amount[row], model.Return
		}
	}
	t.returned = true
	r.plan.warn("quantity-signs", "the quantity is below zero in %s, and no amount has a sign of its own: they count as returns; --map sign=none counts them as sales", plural(t.takenBack, "row", "rows"))
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

// settleCurrency takes the currency from the header of the money, from a column
// of its own, or from the signs at the amounts, over the whole file.
func (r *reading) settleCurrency() {
	p := r.plan
	if p.said.currency {
		return
	}
	if p.Currency = p.headerCurrency(); p.Currency != "" {
		return
	}
	found := make(map[string]int64)
	column := ""
	for _, w := range r.watch(func(_ string, words int) bool { return words <= 4*mostWords }) {
		if mapping.IsCurrency(w.name) || w.ofCurrencies() {
			column = w.name
			for i, word := range w.words {
				if word != "" && w.rows[i] > 0 {
					found[strings.ToUpper(word)] += w.rows[i]
				}
			}
			break
		}
	}
	if column == "" {
		for _, c := range r.table.currencies {
			if currency := mapping.Currency(c.word); currency != "" {
				found[currency] += c.count
			}
		}
	}
	if len(found) == 1 {
		for currency := range found {
			p.Currency = currency
		}
		return
	}
	p.Currency = ""
	if len(found) > 1 {
		r.tellCurrencies(column, found)
	}
}

// ofCurrencies reports whether nearly all values are codes of currencies, a
// usual one among them.
func (w *watched) ofCurrencies() bool {
	all, _, _ := w.count(func(string) bool { return true })
	codes, _, _ := w.count(func(word string) bool { return parse.IsCurrencyCode([]byte(strings.ToUpper(word))) })
	usual, _, _ := w.count(func(word string) bool {
		return slices.Contains([]string{"USD", "EUR", "GBP", "CNY", "RMB", "JPY", "CHF", "CAD", "AUD", "INR", "HKD"}, strings.ToUpper(word))
	})
	return usual > 0 && codes*10 >= all*9
}

func (r *reading) tellCurrencies(column string, found map[string]int64) {
	var c census
	for currency, rows := range found {
		c.addMany(currency, nil, rows)
	}
	var parts []string
	for _, of := range c.sorted() {
		parts = append(parts, fmt.Sprintf("%s in %s", of.word, plural(of.count, "row", "rows")))
	}
	remedy := "give one file for each currency"
	if column != "" {
		remedy = filter(column, "=", []string{c.sorted()[0].word}) + " takes one of them"
	}
	r.plan.warn("mixed-currencies", "the amounts are in several currencies (%s); they are added up as they stand: %s", strings.Join(parts, ", "), remedy)
}

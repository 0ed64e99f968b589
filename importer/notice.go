package importer

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// settlePeople refuses rows that only the whole file shows to be none of an
// order: subtotals of a customer, and days far from all others. Error: errAgain.
func (r *reading) settlePeople() error {
	if r.plan.settled.totals == nil {
		if r.plan.settled.totals = r.table.subtotals(); len(r.plan.settled.totals) > 0 {
			return errAgain
		}
	}
	return r.settleFarDates()
}

// subtotals returns the customers that are the total of another one: "Acme
// Total" beside "Acme".
func (t *table) subtotals() map[string]bool {
	totals := make(map[string]bool)
	var known map[string]bool
	for i := range t.customers.entries {
		key := t.customers.text(i)
		if bytes.IndexByte(key, ' ') < 0 && bytes.IndexByte(key, ':') < 0 {
			continue
		}
		whose := totalOf(string(key))
		if whose == "" {
			continue
		}
		if known == nil {
			known = make(map[string]bool, len(t.customers.entries))
			for i := range t.customers.entries {
				known[strings.ToLower(string(t.customers.text(i)))] = true
			}
		}
		if known[whose] || isPeriod(whose) {
			totals[string(key)] = true
		}
	}
	return totals
}

// totalOf returns whose total a text says to be, "" for none: "Acme Total",
// "Summe A", "甲 小计".
func totalOf(text string) string {
	lower := strings.ToLower(text)
	for _, word := range mapping.Totals() {
		for _, rest := range []func(s, word string) (string, bool){strings.CutSuffix, strings.CutPrefix} {
			if who, ok := rest(lower, word); ok && strings.Trim(who, " :-–") != "" && who != strings.Trim(who, " :-–") {
				return strings.Trim(who, " :-–")
			}
		}
	}
	return ""
}

// isPeriod reports whether a total is that of a month, a quarter, a page.
func isPeriod(text string) bool {
	word, _, _ := strings.Cut(text, " ")
	if slices.Contains(mapping.Periods(), strings.TrimRight(word, ".,")) {
		return true
	}
	if strings.HasPrefix(text, "(") { // TOTAL (80 orders)
		return true
	}
	return strings.Trim(text, "0123456789-/. ") == ""
}

// notices warns of what the whole file shows and a person should know before
// believing the figures.
func (r *reading) notices(intake *model.Intake, accepted int64) {
	p, t := r.plan, r.table
	if t.forms.mixed() {
		p.warn("mixed-dates", "the dates are written in several ways: {forms}", "forms", &t.forms)
	}
	if t.duplicates > 0 && t.layout.dropDuplicates {
		p.warn("duplicates-dropped", "exact duplicates of an earlier row of the file, left out: {duplicates}", "duplicates", words.Count(t.duplicates))
	}
	if p.Corrects != "" && t.layout.dropDuplicates {
		p.warn("duplicates-unseen", "corrected rows were compared only with one another, so a duplicate of a stored row counts twice")
	}
	if t.shared > 0 {
		p.warn("shared-order-ids", "{order_ids} used by several customers; each of them gets an order of its own", "order_ids", words.Plural(int64(t.shared), "order id is", "order ids are"))
	}
	r.tellPeople(intake, int(accepted))
	r.tellFar()
	r.tellShape()
	r.tellNumbers()
}

// tellPeople warns of customers that are not what they seem.
func (r *reading) tellPeople(intake *model.Intake, accepted int) {
	p, t := r.plan, r.table
	customer := p.Columns[p.Column(mapping.Customer)]
	const enough = 50
	people, orders := intake.Customers.Len(), len(intake.OrderDay)
	other := ""
	if customer.RunnerUp != "" {
		other = catalogue.T("; it could also be {runner_up:q}: --map 'customer={runner_up}'", "runner_up", customer.RunnerUp)
	}
	switch {
	case people >= enough && people == accepted:
		p.warn("one-row-each", "each of the {rows} rows has a customer of its own: check that {column:q} identifies the buyer{other}", "rows", words.Count(int64(people)), "column", customer.Name, "other", other)
	case people >= enough && people == orders:
		p.warn("one-order-each", "each of the {orders} orders has a customer of its own: check that {column:q} identifies the buyer and is not new for each order{other}", "orders", words.Count(int64(people)), "column", customer.Name, "other", other)
	}
	if refused, example := t.refusedFor(nobody.code); refused > 0 {
		p.warn("placeholder-customers", "refused, because {column:q} has a placeholder instead of a customer, like {example:q}: {rows}; --placeholders keep treats each such word as a customer", "column", customer.Name, "example", example, "rows", words.Plural(refused, "row", "rows"))
	}
	if like, example := lookAlikes(&intake.Customers); like > 0 {
		p.warn("look-alike-keys", "keys in {column:q} that differ from another only in letter case, leading zeros, letters that look alike or how a phone number is written: {alike}, like {example:q}; they count as different customers", "column", customer.Name, "alike", words.Count(like), "example", example)
	}
	if like, example := lookAlikes(&intake.OrderKeys); like > 0 {
		p.warn("look-alike-orders", "order numbers in {column:q} that differ from another only in letter case or leading zeros: {alike}, like {example:q}; they count as different orders", "column", p.Columns[p.Column(mapping.Order)].Name, "alike", words.Count(like), "example", example)
	}
	r.tellRowsAsOrders(intake)
	r.tellSpoilt(intake)
	r.tellOddPeople(intake)
	r.tellOddMoney(intake)
}

// tellRowsAsOrders warns of lines of which nothing says which are one order, if
// customers have several of one day.
func (r *reading) tellRowsAsOrders(intake *model.Intake) {
	p := r.plan
	if p.Kind != model.KindLines || p.Column(mapping.Order) != none || p.said.noOrders {
		return
	}
	const share = 20 // of the orders, one in
	again := 0
	for o := 1; o < len(intake.OrderDay); o++ {
		if intake.OrderCustomer[o] == intake.OrderCustomer[o-1] && intake.OrderDay[o] == intake.OrderDay[o-1] {
			again++
		}
	}
	if again > 0 && again*share >= len(intake.OrderDay) {
		p.warn("rows-as-orders", "no column shows which rows are one order, so each row is one, although {rows} the customer and day of another: --map order=COLUMN names the column", "rows", words.Plural(int64(again), "row has", "rows have"))
	}
}

// tellSpellings warns of customers that are written in several ways and count as
// one.
func (r *reading) tellSpellings() {
	joined := r.table.joined()
	if joined == 0 {
		return
	}
	var parts []string
	for _, rule := range r.table.tidied.sorted() {
		parts = append(parts, catalogue.T("{rule} in {rows}, like {example:q}", "rule", rule.word, "rows", words.Plural(rule.count, "row", "rows"), "example", rule.example))
	}
	r.plan.warn("keys-tidied", "{customers} spelled in several ways in {column:q}, and counted as one ({rules}): --key-rules off counts each spelling as a customer", "customers", words.Plural(joined, "customer is", "customers are"), "column", r.plan.Columns[r.table.layout.customer].Name, "rules", strings.Join(parts, "; "))
}

// refusedFor counts the refused rows of a code, with the least of the values.
func (t *table) refusedFor(code string) (rows int64, example string) {
	for _, reject := range t.rejects {
		if reject.Code == code {
			if rows++; example == "" || reject.Value < example {
				example = reject.Value
			}
		}
	}
	return rows, example
}

// tellShape warns of what the rows' shape says.
func (r *reading) tellShape() {
	p := r.plan
	if rows, _ := r.table.refusedFor(repeatedHeader.code); rows > 0 {
		p.warn("header-again", "the header is repeated among the rows ({times}): if another table begins there, its rows were read as those of the first", "times", words.Plural(rows, "time", "times"))
	}
	if rows, _ := r.table.refusedFor(anotherHeader.code); rows > 0 {
		p.warn("another-header", "a second header with other columns appears among the rows ({times}), but the rows below it were read as part of the first table: put each table in a file of its own", "times", words.Plural(rows, "time", "times"))
	}
	if rows, _ := r.table.refusedFor(swallowed.code); rows > 0 {
		p.warn("swallowed-rows", "a quote is not closed on its line in {rows} and would swallow the rows below: those rows are refused, the others are read separately", "rows", words.Plural(rows, "row", "rows"))
	}
}

// tellOddDecimals warns of a few numbers with exactly three decimals among
// others with fewer: their mark may group thousands.
func (r *reading) tellOddDecimals() {
	m := r.table.marks.sum()
	open, proven, example := m.openPoints, m.points, m.openPoint
	if r.plan.Decimal == "," {
		open, proven, example = m.openCommas, m.commas, m.openComma
	}
	const few = 3 // in a file too small to outvote anything
	if open > 0 && !r.plan.said.decimal && (outvoted(open, proven) || open <= few && open < proven) {
		r.plan.warn("odd-decimals", "{numbers} three digits after the decimal mark, like {example:q}, unlike all others: if the mark groups thousands there, correct it", "numbers", words.Plural(open, "number has", "numbers have"), "example", example)
	}
}

// tellNumbers warns of numbers that do not say plainly what they are.
func (r *reading) tellNumbers() {
	p, t := r.plan, r.table
	if t.coarse > 0 {
		p.warn("coarse-amounts", "{amounts} below 0.01 in {column:q}, and rounded to four decimals: --unit 1000000 counts in millionths", "amounts", words.Plural(t.coarse, "amount is", "amounts are"), "column", p.Columns[p.Column(mapping.Amount)].Name)
	}
	if t.negatives > 0 {
		p.warn("both-negative", "quantity and price are both negative in {rows}, counted as returns", "rows", words.Plural(t.negatives, "row", "rows"))
	}
	r.tellOddDecimals()
	if len(t.scales) > 0 {
		var parts []string
		rows := int64(0)
		for _, scale := range t.scales.sorted() {
			rows += scale.count
			const few = 3
			if len(parts) < few {
				parts = append(parts, fmt.Sprintf("%q", scale.example))
			}
		}
		p.warn("scaled-numbers", "numbers with a word for thousands or more, or an exponent, are read in full in {places}: {forms}", "places", words.Plural(rows, "place", "places"), "forms", strings.Join(parts, ", "))
	}
}

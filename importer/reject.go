package importer

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
)

// refusal is a kind of bad row.
type refusal struct{ code, reason string }

// The refusals. The codes are stable: scripts count by them.
var (
	repeatedHeader = refusal{"repeated-header", catalogue.T("this row repeats the header")}
	anotherHeader  = refusal{"another-header", catalogue.T("this row is the header of another table")}
	totalsRow      = refusal{"totals-row", catalogue.T("this is a total, not an order")}

	noCustomer  = refusal{"no-customer", catalogue.T("the row does not say whose order it is")}
	nobody      = refusal{"placeholder-customer", catalogue.T("this is a placeholder, not a customer; --placeholders keep treats it as one")}
	noDate      = refusal{"no-date", catalogue.T("the row has no date")}
	badDate     = refusal{"bad-date", catalogue.T("this is not a date, or not in the day and month order of its column")}
	farDate     = refusal{"far-date", catalogue.T("this date is a placeholder, or far from all others; --far-dates keep accepts it")}
	noAmount    = refusal{"no-amount", catalogue.T("the row has no amount")}
	badAmount   = refusal{"bad-amount", catalogue.T("this is not a number")}
	badMarks    = refusal{"bad-amount", catalogue.T("this is not a number with the decimal mark of its column")}
	tooLarge    = refusal{"bad-amount", catalogue.T("this amount is too large to be counted exactly")}
	badDiscount = refusal{"bad-discount", catalogue.T("this discount is larger than the amount")}
	raggedRow   = refusal{"ragged-row", catalogue.T("the row has more or fewer fields than the header")}
	splitRow    = refusal{"ragged-row", catalogue.T("the amount is split over two columns at its thousands mark")}
	swallowed   = refusal{"swallowed-rows", catalogue.T("a quote opens on this line and would swallow the rows below; they are read separately")}
	openQuote   = refusal{"unclosed-quote", catalogue.T("a quote opens on this line and is not closed properly")}
)

// refuse keeps the current row as refused for its value in a column.
func (p *parser) refuse(column int, why refusal) {
	if better, ok := p.noOrder(); ok {
		p.refuseRecord(better)
		return
	}
	p.addReject(p.columns[column], why, p.value(column))
}

// noOrder recognises records that are no orders at all: the header once more,
// and totals.
func (p *parser) noOrder() (refusal, bool) {
	same, moved := 0, 0
	for i, name := range p.columns {
		value := p.value(i)
		if len(value) > 0 {
			switch text := headerText(string(value)); {
			case text == name:
				same++
			case slices.Contains(p.columns, text):
				moved++
			}
		}
		if isTotal(value) {
			return totalsRow, true
		}
	}
	if same*2 > len(p.columns) {
		if moved > 0 {
			return anotherHeader, true
		}
		return repeatedHeader, true
	}
	return anotherHeader, p.namesColumns()
}

// namesColumns reports whether the record is a header of its own: where the date
// should be stands a word, and there are two words that name columns.
func (p *parser) namesColumns() bool {
	date := p.value(p.date)
	if len(date) == 0 || len(bytes.Trim(date, "0123456789")) < len(date) {
		return false
	}
	var record []string
	for i := range p.records.Fields {
		record = append(record, string(p.value(i)))
	}
	return mapping.Words(record) >= 2
}

// isTotal reports whether a value is the word that totals stand behind.
func isTotal(value []byte) bool {
	if n := len(value); n > 0 && (totalMarks[value[n-1]] || totalMarks[value[0]]) {
		value = bytes.Trim(value, ":*=-_# ")
	}
	return totals.has(value)
}

// totalMarks are what totals are set off with: Total:, ** Total **.
var totalMarks = [256]bool{':': true, '*': true, '=': true, '-': true, '_': true, '#': true}

// wordSet are texts that are looked for in every row, whatever their case.
type wordSet struct {
	all map[string]bool
	// By length: the first and the last bytes of texts. Most values are told by
	// one look at each.
	starts, ends [][256]bool
}

func wordsOf(texts ...string) wordSet {
	w := wordSet{all: make(map[string]bool)}
	for _, text := range texts {
		w.all[text] = true
		for len(w.starts) <= len(text) {
			w.starts, w.ends = append(w.starts, [256]bool{}), append(w.ends, [256]bool{})
		}
		w.starts[len(text)][text[0]] = true
		w.ends[len(text)][text[len(text)-1]] = true
	}
	return w
}

func (w *wordSet) has(text []byte) bool {
	n := len(text)
	if n >= len(w.starts) || n == 0 || !w.starts[n][lower(text[0])] || !w.ends[n][lower(text[n-1])] {
		return false
	}
	return w.all[strings.ToLower(string(text))]
}

// lower is a letter of ASCII in lower case, and any other byte as it is.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

var totals = wordsOf(mapping.Totals()...)

// refuseRecord keeps the current row as refused as a whole.
func (p *parser) refuseRecord(why refusal) {
	p.addReject("", why, nil)
}

// addReject keeps the current row as refused for the value in a column, or, ""
// for the column, as a whole.
func (p *parser) addReject(column string, why refusal, value []byte) {
	row := clip(p.asItStands(), model.RejectRowLimit)
	what := clip(row, model.RejectValueLimit)
	if column != "" {
		value = value[:min(len(value), 2*model.RejectValueLimit)] // a field may be long
		what = clip(string(value), model.RejectValueLimit)
	}
	p.batch.rejects = append(p.batch.rejects, model.Reject{
		Line: p.records.lineHere(), Column: column, Value: what, Row: row, Code: why.code, Reason: why.reason,
	})
	if amount, ok := p.refusedAmount(why); ok {
		p.batch.refused.add(amount)
	}
}

// asItStands returns the current record as its file has it, without the line
// end, and of a long one only the beginning; of aligned columns, as they were
// squeezed.
func (p *parser) asItStands() string {
	end := min(p.records.End, p.records.Start+2*model.RejectRowLimit)
	record := bytes.TrimRight(p.records.text[p.records.Start:end], "\r\n")
	var b strings.Builder
	done := p.records.Start // of the text
	end = done + len(record)
	for _, field := range p.records.Fields {
		from, to := int(field.Start), int(field.End)
		quotes := 0
		if from > done && p.records.text[from-1] == '"' && to <= end {
			quotes = bytes.Count(p.records.text[from:to], []byte{'"'})
		}
		if quotes == 0 {
			continue
		}
		// Reading took one of two quotes and filled up with zeros.
		b.Write(p.records.text[done:from])
		b.Write(bytes.ReplaceAll(p.records.text[from:to], []byte{'"'}, []byte(`""`)))
		done = min(to+quotes, end)
	}
	b.Write(p.records.text[done:end])
	return b.String()
}

// refusedAmount reads what a row that is refused is worth, if it says so: the
// amount, or quantity times price. Where fields are missing nobody knows which
// is the amount, and totals are no money of their own: those that say so, and rows
// that name neither a customer nor a day.
func (p *parser) refusedAmount(why refusal) (model.Money, bool) {
	switch {
	case p.unvalued, why == raggedRow, why == splitRow, why == openQuote, why == swallowed, why == totalsRow, why == repeatedHeader, why == anotherHeader:
		return 0, false
	}
	if len(p.value(p.date)) == 0 && !named(p.value(p.customer)) {
		return 0, false
	}
	if p.amount.column != none {
		return p.plainNumber(p.amount)
	}
	quantity, ok := p.plainNumber(p.quantity)
	if !ok {
		return 0, false
	}
	price, ok := p.plainNumber(p.price)
	if !ok {
		return 0, false
	}
	amount, _, err := price.Times(int64(quantity))
	return amount, err == nil
}

// named reports whether a value holds more than marks that set off totals.
func named(value []byte) bool { return len(bytes.Trim(value, ":*=-_# ")) > 0 }

// plainNumber reads a figure without refusing the row, and without taking it
// for evidence of how the file writes numbers.
func (p *parser) plainNumber(f figure) (sum model.Money, ok bool) {
	for _, column := range append([]int{f.column}, f.plus...) {
		text := p.value(column)
		if len(text) == 0 && len(f.plus) > 0 {
			continue // of several columns, some may be empty
		}
		n, problem := parse.ParseNumber(text, p.decimal)
		if problem == parse.NotANumber && moneyFields[f.field] == mapping.Quantity {
			n, problem = parse.ParseNumber(parse.WithoutPieces(text), p.decimal)
		}
		if problem == parse.GoodNumber {
			n, problem = p.inUnits(f.field, n, text)
		}
		if problem != parse.GoodNumber {
			return 0, false
		}
		total, err := sum.Add(model.Money(n.Value))
		if err != nil {
			return 0, false
		}
		sum, ok = total, true
	}
	return sum, ok
}

// refusedMoney sums what refused rows are worth: what was bought, and apart from
// it what was returned, both >= 0.
type refusedMoney struct {
	value, returned model.Money
	rows            int64 // of which they are the sums
}

// add adds a row's amount; one that would be too much to count is left out.
func (r *refusedMoney) add(amount model.Money) {
	if amount < 0 && -amount < 0 { // the least there is
		return
	}
	r.merge(refusedMoney{value: max(amount, 0), returned: max(-amount, 0), rows: 1})
}

func (r *refusedMoney) merge(other refusedMoney) {
	value, err := r.value.Add(other.value)
	if err != nil {
		return
	}
	if returned, err := r.returned.Add(other.returned); err == nil {
		r.value, r.returned, r.rows = value, returned, r.rows+other.rows
	}
}

// clip cuts a text to at most so many bytes of whole characters.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

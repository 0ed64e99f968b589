package importer

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"strata/importer/mapping"
	"strata/model"
)

// refusal is a kind of bad row.
type refusal struct{ code, reason string }

// The refusals. The codes are stable: scripts count by them.
var (
	repeatedHeader = refusal{"repeated-header", "this is the header once more"}
	anotherHeader  = refusal{"another-header", "this is the header of another table"}
	totalsRow      = refusal{"totals-row", "this is a total, not an order"}

	noCustomer  = refusal{"no-customer", "the row does not say whose order it is"}
	nobody      = refusal{"placeholder-customer", "this stands for no customer in particular; --placeholders keep takes it for one"}
	noDate      = refusal{"no-date", "the row has no date"}
	badDate     = refusal{"bad-date", "this is no date of the calendar, or not one in the order of the column"}
	farDate     = refusal{"far-date", "this date stands for none, or lies far from all others; --far-dates keep takes it"}
	noAmount    = refusal{"no-amount", "the row has no amount"}
	badAmount   = refusal{"bad-amount", "this is no number"}
	badMarks    = refusal{"bad-amount", "this is no number with the decimal mark of the column"}
	tooLarge    = refusal{"bad-amount", "this amount is too large to be counted exactly"}
	badDiscount = refusal{"bad-discount", "this takes off more than there is"}
	raggedRow   = refusal{"ragged-row", "the row has more or fewer fields than the header"}
	splitRow    = refusal{"ragged-row", "the amount stands in two columns, apart at its thousands mark"}
	swallowed   = refusal{"swallowed-rows", "a quote opens on this line and swallows the rows behind it; they are read by themselves"}
	openQuote   = refusal{"unclosed-quote", "a quote opens on this line and is not closed properly"}
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
	same := 0
	for i, name := range p.columns {
		value := p.value(i)
		if len(value) > 0 && headerText(string(value)) == name {
			same++
		}
		if isTotal(value) {
			return totalsRow, true
		}
	}
	if same*2 > len(p.columns) {
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
	if n := len(value); n > 0 && value[n-1] == ':' {
		value = bytes.TrimRight(value, ": ")
	}
	return totals.has(value)
}

// words are texts that are looked for in every row, whatever their case.
type words struct {
	all    map[string]bool
	starts [][256]bool // by length: the first bytes; most values are told by one look
}

func wordsOf(texts ...string) words {
	w := words{all: make(map[string]bool)}
	for _, text := range texts {
		w.all[text] = true
		for len(w.starts) <= len(text) {
			w.starts = append(w.starts, [256]bool{})
		}
		w.starts[len(text)][text[0]] = true
	}
	return w
}

func (w *words) has(text []byte) bool {
	if len(text) >= len(w.starts) || len(text) == 0 {
		return false
	}
	first := text[0]
	if first >= 'A' && first <= 'Z' {
		first |= 0x20
	}
	return w.starts[len(text)][first] && w.all[strings.ToLower(string(text))]
}

var totals = wordsOf(totalWords...)

var totalWords = []string{
	"total", "totals", "grand total", "grand totals", "all customers", "alle kunden", "tous les clients", "todos los clientes", "tutti i clienti", "全部客户", "所有客户", "sub total", "sub-total", "subtotal", "subtotals", "sum", "overall total", "report total", "page total",
	"summe", "gesamt", "gesamtsumme", "zwischensumme", "endsumme", "total général", "total general", "sous-total", "somme", "suma", "subtotal general",
	"totale", "totale generale", "soma", "totaal", "subtotaal", "eindtotaal", "合计", "总计", "小计", "总和", "合計", "総計", "小計", "總計",
}

// refuseRecord keeps the current row as refused as a whole.
func (p *parser) refuseRecord(why refusal) {
	p.addReject("", why, bytes.TrimRight(p.text[p.records.Start:p.records.End], "\r\n"))
}

func (p *parser) addReject(column string, why refusal, value []byte) {
	value = value[:min(len(value), 2*model.RejectValueLimit)] // a record may be long
	p.batch.rejects = append(p.batch.rejects, model.Reject{
		Line: p.lineHere(), Column: column, Value: clip(string(value)), Code: why.code, Reason: why.reason,
	})
}

// clip cuts an offending value to what is kept of it.
func clip(value string) string {
	if len(value) <= model.RejectValueLimit {
		return value
	}
	end := model.RejectValueLimit
	for end > 0 && !utf8.RuneStart(value[end]) {
		end--
	}
	return value[:end]
}

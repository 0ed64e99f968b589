package importer

import (
	"bytes"
	"hash/maphash"
	"unicode/utf8"

	"strata/importer/parse"
	"strata/model"
)

// layout is a plan made ready for parsing rows: column numbers instead of
// names, none for what the file does not have.
type layout struct {
	delimiter byte
	header    bool
	dates     parse.DateOrder
	decimal   byte
	mend      bool // the text is said to be UTF-8: what is not is replaced
	keepLines bool
	columns   []string // headers
	needed    int      // a row must have at least this many fields

	customer, order, date, amount, quantity, price int

	attributes []attribute
}

const none = -1

// attribute is a column that is kept under a name.
type attribute struct {
	column  int
	name    string
	field   string
	subject model.Subject
}

// refusal is a kind of bad row.
type refusal struct{ code, reason string }

// The refusals. The codes are stable: scripts count by them.
var (
	noCustomer = refusal{"no-customer", "the row does not say whose order it is"}
	noDate     = refusal{"no-date", "the row has no date"}
	badDate    = refusal{"bad-date", "this is no date of the calendar, or not one in the order of the column"}
	noAmount   = refusal{"no-amount", "the row has no amount"}
	badAmount  = refusal{"bad-amount", "this is no number"}
	badMarks   = refusal{"bad-amount", "this is no number with the decimal mark of the column"}
	tooLarge   = refusal{"bad-amount", "this amount is too large to be counted exactly"}
	raggedRow  = refusal{"ragged-row", "the row has more or fewer fields than the header"}
	openQuote  = refusal{"unclosed-quote", "a quote opens on this line and is not closed properly"}
)

// parser turns blocks into batches. Each worker has its own.
type parser struct {
	*layout
	path    string
	seed    maphash.Seed
	records parse.Records
	text    []byte
	batch   *batch

	line    int64 // of the file, at the byte counted of text
	counted int

	lastDate     parse.Date // of lastDateText; neighbours often share their date
	lastDateText []byte
}

// parse fills the batch of a block.
func (p *parser) parse(b *block) {
	p.batch, p.text, p.line, p.counted = &b.batch, b.text, b.line, 0
	p.lastDateText = nil
	p.batch.reset(len(p.attributes), p.seed)
	p.batch.invalid = !utf8.Valid(b.text)
	if p.batch.invalid && p.mend {
		b.text = bytes.ToValidUTF8(b.text, []byte(string(utf8.RuneError)))
		p.text = b.text
	}
	p.records.Reset(p.text, p.delimiter)
	header := b.first && p.header
	for p.records.Next() && p.batch.err == nil {
		switch {
		case p.blank():
		case header:
			header = false
		default:
			p.batch.rows++
			p.row()
		}
	}
}

// blank reports whether the record is an empty line.
func (p *parser) blank() bool {
	return p.records.Problem == parse.Sound && len(p.records.Fields) == 1 && len(p.value(0)) == 0
}

// field returns the place of a column's value, blanks around it cut off; an
// empty one when the row is too short.
func (p *parser) field(column int) parse.Span {
	if column >= len(p.records.Fields) {
		return parse.Span{}
	}
	span := p.records.Fields[column]
	for span.Start < span.End && isBlank(p.text[span.Start]) {
		span.Start++
	}
	for span.End > span.Start && isBlank(p.text[span.End-1]) {
		span.End--
	}
	return span
}

func (p *parser) value(column int) []byte {
	span := p.field(column)
	return p.text[span.Start:span.End]
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// row reads the current record into the batch, or refuses it.
func (p *parser) row() {
	if !p.sound() {
		return
	}
	customer := p.field(p.customer)
	if customer.Start == customer.End {
		p.refuse(p.customer, noCustomer)
		return
	}
	date, ok := p.rowDate()
	if !ok {
		return
	}
	line, ok := p.rowLine()
	if !ok {
		return
	}
	b := p.batch
	if p.dates == parse.AnyOrder {
		p.weigh(date)
	}
	b.customer = append(b.customer, customer)
	b.customerHash = append(b.customerHash, p.hash(customer))
	if p.order != none {
		order := p.field(p.order)
		b.order = append(b.order, order)
		b.orderHash = append(b.orderHash, p.orderHash(order))
	}
	b.date = append(b.date, date)
	b.amount = append(b.amount, line.amount)
	b.returned = b.returned || line.amount < 0
	b.flag = append(b.flag, line.flag())
	if p.keepLines {
		b.quantity = append(b.quantity, line.quantity)
		b.price = append(b.price, line.price)
	}
	if line.corrected || p.mend && b.invalid && bytes.ContainsRune(p.text[p.records.Start:p.records.End], utf8.RuneError) {
		b.corrected++
	}
	for i := range b.attributes {
		p.addWord(&b.attributes[i], p.value(p.attributes[i].column))
	}
}

func (p *parser) hash(span parse.Span) uint64 {
	return maphash.Bytes(p.seed, p.text[span.Start:span.End])
}

// orderHash is never 0 but for a row without an order id.
func (p *parser) orderHash(order parse.Span) uint32 {
	if order.Start == order.End {
		return 0
	}
	return uint32(p.hash(order)>>32) | 1
}

func (p *parser) addWord(a *batchAttribute, word []byte) {
	code, err := a.words.number(word, a.words.hash(word))
	if err != nil {
		p.batch.err = err
	}
	a.code = append(a.code, code)
}

// sound reports whether the record has the fields it must have; if not, it is
// refused. Empty fields too many do no harm, nor do missing ones at the end
// that no figure needs.
func (p *parser) sound() bool {
	fields := p.records.Fields
	switch {
	case p.records.Problem == parse.TooLong:
		p.batch.err = tooLong(p.path, p.lineHere())
		return false
	case p.records.Problem == parse.OpenQuote:
		p.refuseRecord(openQuote)
		return false
	case len(fields) == len(p.columns):
		return true
	}
	ragged := len(fields) < p.needed
	for i := len(p.columns); i < len(fields); i++ {
		ragged = ragged || len(p.value(i)) > 0
	}
	if ragged {
		p.refuseRecord(raggedRow)
	}
	return !ragged
}

// rowDate reads the date, or refuses the row.
func (p *parser) rowDate() (parse.Date, bool) {
	text := p.value(p.date)
	if bytes.Equal(text, p.lastDateText) && len(text) > 0 {
		return p.lastDate, true
	}
	if len(text) == 0 {
		p.refuse(p.date, noDate)
		return 0, false
	}
	date, ok := parse.ParseDate(text, p.dates)
	if !ok {
		p.refuse(p.date, badDate)
		return 0, false
	}
	p.lastDate, p.lastDateText = date, text
	return date, true
}

// weigh keeps what a date says about the order of day and month.
func (p *parser) weigh(date parse.Date) {
	e := &p.batch.evidence
	var side *evidence
	switch date.Order() {
	case parse.DayFirst:
		side = &e.dayFirst
	case parse.MonthFirst:
		side = &e.monthFirst
	case parse.AnyOrder:
		if e.open == "" {
			e.open, e.openDate = string(p.lastDateText), date
		}
		return
	default:
		return
	}
	side.count++
	if len(side.strays) <= strayLimit {
		side.strays = append(side.strays, stray{int64(len(p.batch.date)), p.lineHere(), string(p.lastDateText)})
	}
}

// orderLine is what a row says about money.
type orderLine struct {
	quantity  int64 // ten-thousandths
	price     model.Money
	amount    model.Money
	corrected bool
}

// flag says whether the line is a return: money back, or goods back for
// nothing.
func (l orderLine) flag() model.OrderFlag {
	if l.amount < 0 || l.amount == 0 && l.quantity < 0 {
		return model.Return
	}
	return model.Purchase
}

// rowLine reads the amount, or quantity and price, or refuses the row. Beside
// an amount, quantity and price are only kept, and need not be there.
func (p *parser) rowLine() (line orderLine, ok bool) {
	var quantity, price parse.Number
	if p.amount != none {
		amount, ok := p.number(p.amount)
		if !ok {
			return line, false
		}
		var mended bool
		line.amount, line.corrected = model.Money(amount.Value), amount.Rounded
		if line.quantity, mended = p.beside(p.quantity); mended {
			line.corrected = true
		}
		unit, mended := p.beside(p.price)
		line.price, line.corrected = model.Money(unit), line.corrected || mended
		return line, true
	}
	if quantity, ok = p.number(p.quantity); !ok {
		return line, false
	}
	if price, ok = p.number(p.price); !ok {
		return line, false
	}
	line.quantity, line.price = quantity.Value, model.Money(price.Value)
	amount, exact, err := line.price.Times(line.quantity)
	if err != nil {
		p.refuse(p.price, tooLarge)
		return line, false
	}
	line.amount, line.corrected = amount, !exact || quantity.Rounded || price.Rounded
	return line, true
}

// number reads a number the row cannot do without, or refuses the row.
func (p *parser) number(column int) (parse.Number, bool) {
	text := p.value(column)
	if len(text) == 0 {
		p.refuse(column, noAmount)
		return parse.Number{}, false
	}
	n, problem := parse.ParseNumber(text, p.decimal)
	switch problem {
	case parse.GoodNumber:
		return n, true
	case parse.WrongMarks:
		p.refuse(column, badMarks)
	case parse.TooLarge:
		p.refuse(column, tooLarge)
	default:
		p.refuse(column, badAmount)
	}
	return parse.Number{}, false
}

// beside reads a number that is only kept; what is no number counts as 0, and
// as mended.
func (p *parser) beside(column int) (value int64, mended bool) {
	if column == none {
		return 0, false
	}
	text := p.value(column)
	if len(text) == 0 {
		return 0, false
	}
	n, problem := parse.ParseNumber(text, p.decimal)
	return n.Value, problem != parse.GoodNumber || n.Rounded
}

// refuse keeps the current row as refused for its value in a column.
func (p *parser) refuse(column int, why refusal) {
	p.addReject(p.columns[column], why, p.value(column))
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

// lineHere returns the line of the file on which the current record begins.
func (p *parser) lineHere() int64 {
	p.line += int64(bytes.Count(p.text[p.counted:p.records.Start], []byte{'\n'}))
	p.counted = p.records.Start
	return p.line
}

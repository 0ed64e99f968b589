package importer

import (
	"bytes"
	"hash/maphash"
	"slices"
	"unicode/utf8"

	"strata/importer/parse"
	"strata/model"
)

// layout is a plan made ready for parsing rows: column numbers instead of
// names, none for what the file does not have.
type layout struct {
	delimiter byte
	aligned   int // columns have at least so many blanks between them; 0: a delimiter
	header    int // records
	dates     parse.DateOrder
	decimal   byte
	declared  bool // the text is said to be UTF-8: what is not is replaced
	decoded   bool // the text was decoded: what could not be is replaced
	keepLines bool
	unvalued  bool     // no column says what an order was worth
	columns   []string // headers
	needed    int      // a row must have at least this many fields

	dropDuplicates bool

	customer, order, date   int
	amount, quantity, price figure

	attributes []attribute
}

// figure is a number of a row: one column, or several added up.
type figure struct {
	column int
	plus   []int
}

// last returns the last column of the figure.
func (f figure) last() int { return slices.Max(append(f.plus[:len(f.plus):len(f.plus)], f.column)) }

const none = -1

// attribute is a column that is kept under a name.
type attribute struct {
	column  int
	name    string
	field   string
	subject model.Subject
}

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
	p.batch, p.line, p.counted = &b.batch, b.line, 0
	p.lastDateText = nil
	p.batch.reset(len(p.attributes), p.seed)
	p.mend(b)
	if p.aligned > 0 {
		b.text = squeeze(b.text, p.aligned)
	}
	p.text = b.text
	p.records.Reset(p.text, p.delimiter)
	header := 0
	if b.first {
		header = p.header
	}
	for p.records.Next() && p.batch.err == nil {
		switch {
		case p.blank():
		case header > 0:
			header--
		default:
			p.batch.read++
			p.row()
		}
	}
}

// mend makes a block valid UTF-8, and notes what it was.
func (p *parser) mend(b *block) {
	switch {
	case p.decoded:
		p.batch.replaced = bytes.ContainsRune(b.text, utf8.RuneError)
	case utf8.Valid(b.text):
	case p.declared:
		b.text = bytes.ToValidUTF8(b.text, []byte(string(utf8.RuneError)))
		p.batch.replaced = true
	default:
		p.batch.excerpt = excerptOf(b.text)
		b.text, p.batch.mended = mendText(b.text)
	}
}

// excerptOf returns a stretch of a text from the line on with the first byte
// that is not UTF-8.
func excerptOf(text []byte) []byte {
	const longest = 16 << 10
	at := 0
	for at < len(text) {
		c, size := utf8.DecodeRune(text[at:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	text = text[1+bytes.LastIndexByte(text[:at], '\n'):]
	return bytes.Clone(text[:min(longest, len(text))])
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
	b.rowHash = append(b.rowHash, p.rowHash())
	if p.keepLines {
		b.quantity = append(b.quantity, line.quantity)
		b.price = append(b.price, line.price)
	}
	if line.corrected || b.replaced && bytes.ContainsRune(p.text[p.records.Start:p.records.End], utf8.RuneError) {
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

// rowHash is the hash of the row as it stands, by which exact duplicates are
// found among the rows of one customer and day.
func (p *parser) rowHash() uint32 {
	end := p.records.End
	for end > p.records.Start && (p.text[end-1] == '\n' || p.text[end-1] == '\r') {
		end--
	}
	return uint32(maphash.Bytes(p.seed, p.text[p.records.Start:end]) >> 32)
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
	p.batch.forms.add(text)
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
		side.strays = append(side.strays, stray{int64(p.batch.rows()), p.lineHere(), string(p.lastDateText)})
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
	if p.unvalued {
		return line, true
	}
	var quantity, price parse.Number
	if p.amount.column != none {
		amount, ok := p.number(p.amount)
		if !ok {
			return line, false
		}
		var mended bool
		line.amount, line.corrected = model.Money(amount.Value), amount.Rounded
		if line.quantity, mended = p.beside(p.quantity.column); mended {
			line.corrected = true
		}
		unit, mended := p.beside(p.price.column)
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
		p.refuse(p.price.column, tooLarge)
		return line, false
	}
	line.amount, line.corrected = amount, !exact || quantity.Rounded || price.Rounded
	return line, true
}

// number reads a number the row cannot do without, or refuses the row. Of
// several columns that are added up, some may be empty.
func (p *parser) number(f figure) (parse.Number, bool) {
	if len(f.plus) == 0 {
		return p.term(f.column)
	}
	var sum parse.Number
	empty := true
	for _, column := range append([]int{f.column}, f.plus...) {
		if len(p.value(column)) == 0 {
			continue
		}
		empty = false
		n, ok := p.term(column)
		if !ok {
			return sum, false
		}
		total, err := model.Money(sum.Value).Add(model.Money(n.Value))
		if err != nil {
			p.refuse(column, tooLarge)
			return sum, false
		}
		sum.Value, sum.Rounded = int64(total), sum.Rounded || n.Rounded
	}
	if empty {
		p.refuse(f.column, noAmount)
	}
	return sum, !empty
}

// term reads the number in one column, or refuses the row.
func (p *parser) term(column int) (parse.Number, bool) {
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

// lineHere returns the line of the file on which the current record begins.
func (p *parser) lineHere() int64 {
	p.line += int64(bytes.Count(p.text[p.counted:p.records.Start], []byte{'\n'}))
	p.counted = p.records.Start
	return p.line
}

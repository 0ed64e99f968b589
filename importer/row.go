package importer

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"strata/importer/parse"
	"strata/model"
)

// layout is a plan made ready for parsing rows: column numbers instead of
// names, none for what the file does not have.
type layout struct {
	header  int // records
	dates   parse.DateOrder
	decimal byte
	tidies  bool // keys of customers are tidied
	// refusesNobody says that placeholders are no customers.
	refusesNobody bool
	// splitting are the columns of money before one of no numbers, into which an
	// unquoted thousands mark pushes the rest.
	splitting []int
	money     []int           // the columns of moneyFields
	totals    map[string]bool // customers that are the total of another one
	keepLines bool
	unvalued  bool     // no column says what an order was worth
	columns   []string // headers
	shortest  int      // a row must have at least this many fields

	dropDuplicates bool

	customer, order, date   int
	amount, quantity, price figure
	cost, refund, discount  figure
	extras                  bool // there is one of these three
	discountUnit            discountUnit
	scales                  [6]int64 // by moneyFields: the unit in ten-thousandths, 0 for one
	zone                    *time.Location
	earliest, latest        model.Day // rows before and after are refused; NoDay without

	attributes []attribute
}

// figure is a number of a row: one column, or several added up.
type figure struct {
	field  int // of moneyFields
	column int
	plus   []int
}

// keepsPieces says that quantities and prices are needed when orders are made.
func (l *layout) keepsPieces() bool {
	return l.keepLines || l.cost.column != none || l.amount.column != none && l.quantity.column != none
}

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
	source  source
	records walk
	block   *block
	batch   *batch // of the block
	extra   []byte // keys that are not in the text as they stand; places behind its end

	lastDate     parse.Date // of lastDateText; neighbours often share their date
	lastDateText []byte
	sameDates    int64 // rows in a row that have it

	spelling uint64 // of the row's key as it stands, 0 if that is tidy
}

// parseSafely parses a block; a panic, which nobody would catch in a goroutine of
// its own, becomes the error of the block.
func (p *parser) parseSafely(b *block) {
	defer func() {
		if panicked := recover(); panicked != nil {
			b.batch.err = model.Unexpected(panicked)
		}
	}()
	p.parse(b)
}

// parse fills the batch of a block.
func (p *parser) parse(b *block) {
	p.block, p.batch, p.extra = b, &b.batch, p.extra[:0]
	p.lastDateText, p.sameDates = nil, 0
	p.batch.reset(len(p.attributes), p.seed)
	p.source.open(b)
	p.records.begin(b)
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
	p.countDates()
	b.text = append(b.text, p.extra...)
}

// blank reports whether the record is an empty line, or one of delimiters alone,
// as spreadsheets write below a table.
func (p *parser) blank() bool {
	if p.records.Problem != parse.Sound || len(p.value(0)) > 0 {
		return false
	}
	for i := 1; i < len(p.records.Fields); i++ {
		if len(p.value(i)) > 0 {
			return false
		}
	}
	return true
}

// field returns the place of a column's value, blanks around it cut off; an
// empty one when the row is too short.
func (p *parser) field(column int) parse.Span {
	if column >= len(p.records.Fields) {
		return parse.Span{}
	}
	span := p.records.Fields[column]
	for span.Start < span.End && isBlank(p.records.text[span.Start]) {
		span.Start++
	}
	for span.End > span.Start && isBlank(p.records.text[span.End-1]) {
		span.End--
	}
	return span
}

func (p *parser) value(column int) []byte {
	span := p.field(column)
	return p.records.text[span.Start:span.End]
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// row reads the current record into the batch, or refuses it.
func (p *parser) row() {
	if !p.sound() {
		return
	}
	customer, ok := p.customerKey()
	if !ok {
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
	if p.layout.dates == parse.AnyOrder {
		p.weigh(date)
	}
	if p.spelling != 0 {
		b.spelled = append(b.spelled, spelledKey{b.rows(), p.spelling})
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
	if p.keepsPieces() {
		b.quantity = append(b.quantity, line.quantity)
		b.price = append(b.price, line.price)
	}
	if p.cost.column != none {
		b.cost = append(b.cost, line.cost)
	}
	if p.refund.column != none {
		b.refund = append(b.refund, line.refund)
	}
	if line.corrected || p.block.replaced && bytes.ContainsRune(p.records.text[p.records.Start:p.records.End], utf8.RuneError) {
		b.corrected++
	}
	for i := range b.attributes {
		p.addWord(&b.attributes[i], p.value(p.attributes[i].column))
	}
}

func (p *parser) hash(span parse.Span) uint64 { return maphash.Bytes(p.seed, p.at(span)) }

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
	for end > p.records.Start && (p.records.text[end-1] == '\n' || p.records.text[end-1] == '\r') {
		end--
	}
	return uint32(maphash.Bytes(p.seed, p.records.text[p.records.Start:end]) >> 32)
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
		p.batch.err = tooLong(p.path, p.records.lineHere())
	case p.records.Problem == parse.OpenQuote:
		p.refuseRecord(openQuote)
	case p.records.Multiline && p.swallows():
		p.records.SpoilLine()
		p.refuseRecord(swallowed)
	case len(fields) < p.shortest, len(fields) > len(p.columns) && p.overflows():
		p.refuseRecord(raggedRow)
	case len(p.splitting) > 0 && slices.ContainsFunc(p.splitting, p.split):
		p.refuseRecord(splitRow)
	case len(fields) > len(p.columns) && slices.ContainsFunc(p.money, p.split):
		p.refuseRecord(splitRow)
	default:
		return true
	}
	return false
}

// swallows reports whether a quoted field of the record holds what looks like
// rows: lines of as many fields, with a date where dates stand.
func (p *parser) swallows() bool {
	text := p.records.text[p.records.Start:p.records.End]
	for i, line := range bytes.Split(bytes.TrimRight(text, "\r\n"), []byte{'\n'}) {
		fields := bytes.Split(line, []byte{p.block.delimiter})
		if i == 0 || len(fields) != len(p.columns) {
			continue
		}
		if _, ok := parse.ParseDate(bytes.Trim(fields[p.date], " \t\r\""), p.layout.dates); ok {
			return true
		}
	}
	return false
}

// overflows reports whether a row with more fields than the header has a value
// among those.
func (p *parser) overflows() bool {
	for i := len(p.columns); i < len(p.records.Fields); i++ {
		if len(p.value(i)) > 0 {
			return true
		}
	}
	return false
}

// split reports whether an unquoted thousands mark has pushed the rest of an
// amount into the column behind it: 1,234.50. Beside a column with a name, the
// rest must have decimals.
func (p *parser) split(column int) bool {
	named := column+1 < len(p.columns) && p.columns[column+1] != strconv.Itoa(column+2)
	return isSplit(p.value(column), p.value(column+1), named)
}

func isSplit(before, rest []byte, decimals bool) bool {
	if len(rest) < 3 || len(before) == 0 || len(before) > len("-123") || decimals && len(rest) == 3 {
		return false
	}
	digits := func(text []byte) bool { return len(bytes.Trim(text, "0123456789")) == 0 }
	const cents = 2
	return digits(rest[:3]) && (len(rest) == 3 || (rest[3] == '.' || rest[3] == ',') && len(rest)-4 <= cents && digits(rest[4:])) && digits(bytes.TrimLeft(before, "-+$£€¥"))
}

// rowDate reads the date, or refuses the row.
func (p *parser) rowDate() (parse.Date, bool) {
	text := p.value(p.date)
	if bytes.Equal(text, p.lastDateText) && len(text) > 0 {
		p.sameDates++
		return p.lastDate, true
	}
	if len(text) == 0 {
		p.refuse(p.date, noDate)
		return 0, false
	}
	date, ok := parse.ParseDate(text, p.layout.dates)
	if !ok && (text[0] == '=' || text[0] == '\'') {
		text = []byte(unwrapped(string(text)))
		date, ok = parse.ParseDate(text, p.layout.dates)
	}
	if !ok {
		p.refuse(p.date, badDate)
		return 0, false
	}
	date = p.zoned(text, date)
	if p.far(date) {
		p.refuse(p.date, farDate)
		return 0, false
	}
	p.countDates()
	p.lastDate, p.lastDateText, p.sameDates = date, text, 1
	return date, true
}

// countDates notes how the last date is written, once for each row that has it.
func (p *parser) countDates() {
	if p.sameDates == 0 {
		return
	}
	text, rows := p.lastDateText, p.sameDates
	p.batch.forms.add(text, rows)
	if offset, timed := parse.OffsetOf(text); timed {
		p.batch.offsets.addMany(offset, text, rows)
	}
	if p.lastDate.Buddhist() {
		p.batch.buddhist.addMany("", text, rows)
	}
	p.sameDates = 0
}

// far reports whether a date lies where no other does.
func (p *parser) far(date parse.Date) bool {
	if p.earliest == model.NoDay && p.latest == model.NoDay {
		return false
	}
	day, ok := date.Day(p.layout.dates)
	return ok && (p.earliest != model.NoDay && day < p.earliest || p.latest != model.NoDay && day > p.latest)
}

// weigh keeps what a date says about the order of its numbers.
func (p *parser) weigh(date parse.Date) {
	d := &p.batch.dates
	of := &d.numeric
	if date.YearAhead() {
		of = &d.ahead
	} else if date.Decided() {
		return
	}
	of.add(date, p.lastDateText, func() stray {
		return stray{int64(p.batch.rows()), p.records.lineHere(), string(p.lastDateText), clip(p.asItStands(), model.RejectRowLimit)}
	})
	if first, last, ok := date.ShortNumbers(); ok {
		d.first.add(first)
		d.last.add(last)
	}
}

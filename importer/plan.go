package importer

import (
	"slices"
	"strconv"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
)

// Plan says how a file will be read. [Detect] makes it; [Read] settles what
// only the whole file decides.
type Plan struct {
	Kind           model.Kind
	Encoding       string // a standard name; "" while all is ASCII and the rest of the file decides
	Delimiter      string // a character, or blanks: see [DelimiterName]
	Skip           int    // lines above the header
	HeaderLines    int    // records that name the columns
	Columns        []Column
	Dates          parse.DateOrder // AnyOrder: the whole column decides
	Decimal        string          // "." or ","
	Currency       string          // what the amounts say, or ""
	KeepLines      bool            // order lines are kept besides orders
	Unvalued       bool            // nothing says what an order was worth
	DropDuplicates bool            // rows equal to an earlier one are left out
	Warnings       []model.Warning // what a person should know, though the file can be read

	TimeZone     string // where days are counted of dates with an offset; "" as written
	OrderNumbers string // unique or restart; "" not decided
	Amounts      string // line or order; "" not decided
	CostOf       string // unit or line; "" not decided, or no cost
	Signs        string // what says which rows are returns: amount, quantity or column; "" a column that is named, or nothing
	Corrects     string // the fingerprint of the source whose refused rows these are, corrected, or ""

	mixed         bool  // the text is in two encodings
	splitting     []int // columns of money before one of no numbers
	priceIsAmount bool  // a price alone says what rows are worth
	discountUnit  discountUnit
	signs         int    // the column by which signs were turned though nobody named it, or none
	stored        Stored // of the source that is corrected
	said          said
	settled       settled
}

// said is what a person has decided outright: nothing decides it anew.
type said struct {
	encoding, names bool           // the encoding; the names of columns
	kind            bool           // what a row is
	lines           string         // --lines
	zone            bool           // the time zone
	decimal         bool           // the decimal mark
	currency        bool           // the currency
	amount, price   bool           // which column is the amount, the price
	unit            string         // what one stands for in the money columns
	stop            bool           // at the first bad row
	noSigns         bool           // no column marks returns
	noOrders        bool           // each row is an order
	farDates        bool           // dates far from all others are kept
	rawKeys         bool           // keys of customers stay as they stand
	nobodies        bool           // placeholders are customers
	today           model.Day      // 0 where nobody says
	renamed         map[int]string // by column: its name from attr:NAME
}

// settled is what the whole file has decided, for which it is read again.
type settled struct {
	decimal          bool            // the decimal mark
	earliest, latest model.Day       // rows before and after are refused as far; NoDay without
	totals           map[string]bool // customers that are totals of others; nil before that is known
	amountOnce       bool            // the amount is the order's, on each of its rows
}

// Column is one column of the file and what becomes of it.
type Column struct {
	Name     string        // its header, or its number from 1 where there is none
	Field    mapping.Field // what it was recognised as, or ""
	Added    bool          // it is added to the first column of Field
	RunnerUp string        // the column that could have been Field as well, or ""
	// Attribute and Subject say under which name, and of what, the column is
	// kept; both are "" for the columns that make the figures.
	Attribute string
	Subject   model.Subject
}

func (p *Plan) warn(code, entry string, named ...any) {
	p.Warnings = append(p.Warnings, model.Warning{Code: code, Message: catalogue.T(entry, named...)})
}

// decodes reports whether the text is decoded before it is cut into records.
func (p *Plan) decodes() bool {
	switch p.Encoding {
	case "", utf8Encoding:
		return false
	case windows1252:
		return p.said.encoding
	}
	return true
}

// valued reports whether some column says what an order was worth.
func (p *Plan) valued() bool {
	return p.way(worth) != nil
}

// Column returns the number of the column that serves a field, or -1.
func (p *Plan) Column(field mapping.Field) int {
	return slices.IndexFunc(p.Columns, func(c Column) bool { return c.Field == field && !c.Added })
}

// figure returns the columns that make up a number of a row.
func (p *Plan) figure(field mapping.Field) figure {
	f := figure{field: moneyField(field), column: p.Column(field)}
	for i, c := range p.Columns {
		if c.Added && c.Field == field {
			f.plus = append(f.plus, i)
		}
	}
	return f
}

// String says on one line how the columns will be read:
// "customer=CustomerID, order=InvoiceNo, date=InvoiceDate (month first), amount=Quantity × UnitPrice".
func (p *Plan) String() string {
	name := func(field mapping.Field) string {
		f := p.figure(field)
		text := p.Columns[f.column].Name
		for _, column := range f.plus {
			text += " + " + p.Columns[column].Name
		}
		return text
	}
	parts := []string{"customer=" + name(mapping.Customer)}
	if p.Column(mapping.Order) != none {
		parts = append(parts, "order="+name(mapping.Order))
	}
	date := "date=" + name(mapping.Date)
	var how []string
	if p.Dates != parse.AnyOrder && p.Dates != parse.YearFirst {
		how = append(how, p.Dates.String())
	}
	if p.TimeZone != "" {
		how = append(how, catalogue.T("days in {time_zone}", "time_zone", p.TimeZone))
	}
	if len(how) > 0 {
		date += " (" + strings.Join(how, ", ") + ")"
	}
	parts = append(parts, date)
	switch {
	case p.Column(mapping.Amount) != none:
		parts = append(parts, "amount="+name(mapping.Amount))
	case p.Unvalued:
		parts = append(parts, catalogue.T("no amount"))
	default:
		parts = append(parts, "amount="+name(mapping.Quantity)+" × "+name(mapping.Price))
	}
	for _, field := range []mapping.Field{mapping.Discount, mapping.Refund, mapping.Cost, mapping.Sign} {
		if p.Column(field) != none {
			text := string(field) + "=" + name(field)
			if field == mapping.Discount {
				text += " (" + p.discountUnit.String() + ")"
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}

// layout makes the plan ready for parsing.
func (p *Plan) layout() *layout {
	l := &layout{
		header: p.HeaderLines, shortest: p.shortest(), dates: p.Dates, decimal: p.Decimal[0], keepLines: p.KeepLines, dropDuplicates: p.DropDuplicates,
		customer: p.Column(mapping.Customer), order: p.Column(mapping.Order), date: p.Column(mapping.Date),
		amount: p.figure(mapping.Amount), quantity: p.figure(mapping.Quantity), price: p.figure(mapping.Price), unvalued: p.Unvalued,
		cost: p.figure(mapping.Cost), refund: p.figure(mapping.Refund), discount: p.figure(mapping.Discount), discountUnit: p.discountUnit,
		tidies: !p.said.rawKeys, refusesNobody: !p.said.nobodies, splitting: p.splitting, earliest: p.settled.earliest, latest: p.settled.latest, totals: p.settled.totals,
	}
	l.extras = l.cost.column != none || l.refund.column != none || l.discount.column != none
	l.zone, _ = zoneNamed(p.TimeZone) // checked before
	for i, field := range moneyFields {
		l.scales[i] = p.scale(field)
		if column := p.Column(field); column != none {
			l.money = append(l.money, column)
		}
	}
	for i, c := range p.Columns {
		l.columns = append(l.columns, c.Name)
		// A column that is not kept can still tell how the others are meant.
		if c.Subject != "" || c.Field == mapping.Product || c.Field == mapping.Status || c.Field == mapping.Sign {
			l.attributes = append(l.attributes, attribute{i, c.Attribute, string(c.Field), c.Subject})
		}
	}
	return l
}

// scale returns the unit of a money column in ten-thousandths, 0 for one.
func (p *Plan) scale(field mapping.Field) int64 {
	column := p.Column(field)
	if column == none || field == mapping.Quantity || field == mapping.Discount && p.discountUnit != discountMoney {
		return 0
	}
	if p.said.unit == "" {
		return mapping.Scale(p.Columns[column].Name)
	}
	unit, _ := model.ParseMoney(p.said.unit) // checked before
	return int64(unit)
}

// unnamed reports whether a column has no name but its number.
func (p *Plan) unnamed(column int) bool { return p.Columns[column].Name == strconv.Itoa(column+1) }

package importer

import (
	"fmt"
	"slices"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
)

// Plan says how a file will be read. [Detect] makes it; [Read] settles what
// only the whole file decides.
type Plan struct {
	Kind      model.Kind
	Encoding  string // "utf-8" or "windows-1252"; "" while all is ASCII and the rest of the file decides
	Delimiter string
	Header    bool // the first record names the columns
	Columns   []Column
	Dates     parse.DateOrder // AnyOrder: the whole column decides
	Decimal   string          // "." or ","
	Currency  string          // what the amounts say, or ""
	KeepLines bool            // order lines are kept besides orders

	stop     bool // at the first bad row
	declared bool // the encoding is said, not guessed
}

// Column is one column of the file and what becomes of it.
type Column struct {
	Name     string        // its header, or its number from 1 where there is none
	Field    mapping.Field // what it was recognised as, or ""
	RunnerUp string        // the column that could have been Field as well, or ""
	// Attribute and Subject say under which name, and of what, the column is
	// kept; both are "" for the columns that make the figures.
	Attribute string
	Subject   model.Subject
}

// Column returns the number of the column that serves a field, or -1.
func (p *Plan) Column(field mapping.Field) int {
	return slices.IndexFunc(p.Columns, func(c Column) bool { return c.Field == field })
}

// String says on one line how the columns will be read:
// "customer=CustomerID, order=InvoiceNo, date=InvoiceDate (month first), amount=Quantity × UnitPrice".
func (p *Plan) String() string {
	name := func(field mapping.Field) string { return p.Columns[p.Column(field)].Name }
	parts := []string{"customer=" + name(mapping.Customer)}
	if p.Column(mapping.Order) != none {
		parts = append(parts, "order="+name(mapping.Order))
	}
	date := "date=" + name(mapping.Date)
	if p.Dates == parse.DayFirst || p.Dates == parse.MonthFirst {
		date += " (" + p.Dates.String() + ")"
	}
	parts = append(parts, date)
	if p.Column(mapping.Amount) != none {
		parts = append(parts, "amount="+name(mapping.Amount))
	} else {
		parts = append(parts, "amount="+name(mapping.Quantity)+" × "+name(mapping.Price))
	}
	return strings.Join(parts, ", ")
}

// Detail says everything chosen, for the account of an import.
func (p *Plan) Detail() string {
	encoding := p.Encoding
	if encoding == "" {
		encoding = utf8Encoding
	}
	var kept []string
	for _, c := range p.Columns {
		if c.Subject == "" {
			continue
		}
		text := string(c.Subject) + " " + c.Attribute
		if c.Field != "" {
			text += " (" + string(c.Field) + ")"
		}
		kept = append(kept, text)
	}
	detail := fmt.Sprintf("%s, %s, delimiter %s, decimal %s; %s", p.Kind, encoding, delimiterName(p.Delimiter), p.Decimal, p)
	if len(kept) > 0 {
		detail += "; kept: " + strings.Join(kept, ", ")
	}
	return detail
}

// delimiterName spells a delimiter so that it can be seen.
func delimiterName(delimiter string) string {
	if delimiter == "\t" || delimiter == `\t` {
		return "tab"
	}
	return delimiter
}

// layout makes the plan ready for parsing.
func (p *Plan) layout() *layout {
	l := &layout{
		delimiter: p.Delimiter[0], header: p.Header, dates: p.Dates, decimal: p.Decimal[0],
		mend:      p.declared && p.Encoding == utf8Encoding,
		keepLines: p.KeepLines,
		customer:  p.Column(mapping.Customer), order: p.Column(mapping.Order), date: p.Column(mapping.Date),
		amount: p.Column(mapping.Amount), quantity: p.Column(mapping.Quantity), price: p.Column(mapping.Price),
	}
	l.needed = 1 + max(l.customer, l.order, l.date, l.amount)
	if l.amount == none {
		l.needed = max(l.needed, 1+l.quantity, 1+l.price)
	}
	for i, c := range p.Columns {
		l.columns = append(l.columns, c.Name)
		if c.Subject != "" {
			l.attributes = append(l.attributes, attribute{i, c.Attribute, string(c.Field), c.Subject})
		}
	}
	return l
}

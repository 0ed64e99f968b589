package importer

import (
	"slices"
	"strconv"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// dateCounts are the ways to count to a date, each with the counts of 1990 and of
// 2100 between which order dates lie.
var dateCounts = []struct {
	order       parse.DateOrder
	first, last float64
}{
	{parse.ExcelSerial, 32_874, 73_051},
	{parse.UnixSeconds, 631_152_000, 4_102_444_800},
	{parse.Milliseconds, 631_152_000_000, 4_102_444_800_000},
}

// countedOrder returns how a number would count to a date, AnyOrder for not at
// all.
func countedOrder(value string) parse.DateOrder {
	n, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	for _, c := range dateCounts {
		if err == nil && n >= c.first && n < c.last {
			return c.order
		}
	}
	return parse.AnyOrder
}

// counts finds out whether the column of dates counts, which it does if all its
// values can be counts of one kind. The order of day and month is left to the
// whole column.
func (d *detection) counts() error {
	column := d.plan.Column(mapping.Date)
	if d.plan.Dates != parse.AnyOrder || d.columns[column].Dates > 0 {
		return nil
	}
	order := parse.AnyOrder
	for i, value := range d.values(column) {
		o := countedOrder(value)
		switch {
		case i == 0 || o == order:
		case isEpoch(o) && isEpoch(order): // which it is, each count says by its size
			o = parse.UnixSeconds
		default:
			return nil
		}
		order = o
	}
	d.plan.Dates = order
	return nil
}

func isEpoch(order parse.DateOrder) bool {
	return order == parse.UnixSeconds || order == parse.Milliseconds
}

// discount finds out what the numbers of a discount are: per cent where the
// header says so, shares where none is above one, else money.
func (d *detection) discount() error {
	column := d.plan.Column(mapping.Discount)
	if column == none {
		return nil
	}
	if known := slices.Index(discountNames, d.options.Discount); known >= 0 {
		d.plan.discountUnit = discountUnit(known)
		return nil
	}
	largest, percent := 0.0, mapping.IsPercent(d.plan.Columns[column].Name)
	for _, row := range d.records {
		percent = percent || strings.HasSuffix(at(row, column), "%")
		largest = max(largest, numberAt(row, column), -numberAt(row, column))
	}
	switch {
	case percent:
		d.plan.discountUnit = discountPercent
	case mapping.IsPaidShare(d.plan.Columns[column].Name) && largest <= 1:
		d.plan.discountUnit = discountPaid
	case mapping.IsPaidShare(d.plan.Columns[column].Name) && largest <= 10:
		d.plan.discountUnit = discountTenths
	case largest <= 1:
		d.plan.discountUnit = discountShare
	}
	return nil
}

// currency takes the currency that a header of money names; the whole file says
// the rest.
func (d *detection) currency() error {
	if p := d.plan; p.Currency == "" {
		p.Currency = p.headerCurrency()
	}
	return nil
}

// headerCurrency returns the currency in the header of the amount or the price,
// "" for none.
func (p *Plan) headerCurrency() string {
	for _, field := range []mapping.Field{mapping.Amount, mapping.Price} {
		if column := p.Column(field); column != none {
			if currency := mapping.Currency(mapping.UnitOf(p.Columns[column].Name)); currency != "" {
				return currency
			}
		}
	}
	return ""
}

// notices warns of what a person should know before believing the figures.
func (d *detection) notices() {
	p := d.plan
	if p.Unvalued {
		p.warn("no-amount", "the file does not give the value of orders: monetary is missing, not 0; recency and frequency are right")
	}
	if customer := p.Columns[p.Column(mapping.Customer)].Name; mapping.IsName(customer) {
		p.warn("names-only", "customers are identified by {customer:q} alone: two people with the same name count as one", "customer", customer)
	}
	if p.said.unit == "" && slices.ContainsFunc(d.above, mapping.NotesScale) {
		p.warn("unit-note", "a line above the table mentions thousands or the like ({line:q}), but amounts are used unchanged: --unit 1000 multiplies them", "line", d.above[slices.IndexFunc(d.above, mapping.NotesScale)])
	}
	d.tellTwice()
	if i := slices.IndexFunc(d.columns, func(e mapping.Evidence) bool {
		return mapping.Summarises(e.Header) && e.Numbers*2 > e.Filled && e.Filled > 0
	}); i >= 0 && (p.Columns[i].Field == "" || p.Columns[i].Field == mapping.Quantity) {
		p.warn("summed-rows", "{column:q} suggests that a row sums up several orders, but each row counts as one", "column", d.columns[i].Header)
	}
	for _, field := range []mapping.Field{mapping.Amount, mapping.Price} {
		if column := p.Column(field); column != none && !p.said.currency && mapping.IsLocalCurrency(p.Columns[column].Name) {
			p.warn("local-currency", "the name of {column:q} suggests amounts in several currencies, and they are added up without conversion: if they are all in one, state it with --currency CODE; otherwise give one file for each currency", "column", p.Columns[column].Name)
		}
		if unit := p.scale(field); unit != 0 && p.said.unit == "" {
			p.warn("unit", "{column:q} is in units of {unit}, so its numbers are multiplied by that; --unit 1 uses them unchanged", "column", p.Columns[p.Column(field)].Name, "unit", shortUnit(unit))
		}
	}
}

// shortUnit writes a unit as people do: 1,000 or 0.01.
func shortUnit(unit int64) string {
	if unit%model.Unit == 0 {
		return words.Count(unit / model.Unit)
	}
	return words.Decimal(model.Money(unit).String())
}

// tellTwice warns of headers that stand twice where a figure is made of one of
// them.
func (d *detection) tellTwice() {
	p := d.plan
	var parts []string
	for _, field := range append([]mapping.Field{mapping.Customer, mapping.Order, mapping.Date}, moneyFields...) {
		column := p.Column(field)
		if column == none || d.options.Map[string(field)] != "" {
			continue
		}
		for i, c := range p.Columns {
			if i != column && strings.EqualFold(c.Name, p.Columns[column].Name) {
				parts = append(parts, catalogue.T("{field} is {name:q} in column {column}, not in column {other}", "field", field, "name", c.Name, "column", column+1, "other", i+1))
				break
			}
		}
	}
	if len(parts) > 0 {
		p.warn("headers-twice", "some headers appear twice: {repeated}; --map can refer to a column by its number", "repeated", strings.Join(parts, ", "))
	}
}

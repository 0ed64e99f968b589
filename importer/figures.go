package importer

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
)

// counted are the ways to count to a date, each with the counts of 1990 and of
// 2100 between which order dates lie.
var counted = []struct {
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
	n, err := strconv.ParseFloat(value, 64)
	for _, c := range counted {
		if err == nil && n >= c.first && n < c.last {
			return c.order
		}
	}
	return parse.AnyOrder
}

// dates finds out whether the column of dates counts, which it does if all its
// values can be counts of one kind. The order of day and month is left to the
// whole column.
func (d *detection) dates() error {
	column := d.plan.Column(mapping.Date)
	if d.plan.Dates != parse.AnyOrder || d.columns[column].Dates > 0 {
		return nil
	}
	order := parse.AnyOrder
	for i, value := range d.values(column) {
		o := countedOrder(value)
		if i > 0 && o != order {
			return nil
		}
		order = o
	}
	d.plan.Dates = order
	return nil
}

// moneyFields are the fields whose columns share a decimal mark.
var moneyFields = []mapping.Field{mapping.Amount, mapping.Price, mapping.Quantity}

// marks counts the numbers of a column by what they tell of the decimal mark.
type marks struct {
	points, commas int    // must be decimal
	open           string // a number that can be read both ways
	opened         int    // numbers like it
	small, large   int    // numbers without any mark, below and from 1,000
}

func (m *marks) add(value string) {
	switch parse.DecimalMark([]byte(value)) {
	case '.':
		m.points++
		return
	case ',':
		m.commas++
		return
	}
	if strings.ContainsAny(value, ".,") {
		m.open = value
		m.opened++
		return
	}
	if n, problem := parse.ParseNumber([]byte(value), '.'); problem == parse.GoodNumber {
		const thousand = 1_000 * 10_000
		if n.Value > -thousand && n.Value < thousand {
			m.small++
		} else {
			m.large++
		}
	}
}

// decimal finds the decimal mark of the money columns. Where every number with
// a mark has three digits behind it, the mark groups thousands if there are
// numbers without one below a thousand but none above. A file whose columns are
// divided by commas hardly writes decimal commas. Error: Ambiguous.
func (d *detection) decimal() error {
	if d.plan.Decimal != "" {
		return nil
	}
	var all marks
	for _, field := range moneyFields {
		column := d.plan.Column(field)
		if column == none {
			continue
		}
		var m marks
		for _, value := range d.values(column) {
			m.add(value)
		}
		all.points, all.commas = all.points+m.points, all.commas+m.commas
		if m.open != "" {
			all.open, all.opened, all.small, all.large = m.open, all.opened+m.opened, all.small+m.small, all.large+m.large
		}
	}
	mark := byte('.')
	if strings.Contains(all.open, ",") {
		mark = ','
	}
	other := '.' + ',' - mark
	const few = 3
	switch {
	case all.commas > all.points:
		d.plan.Decimal = ","
	case all.points > 0, all.open == "", mark == ',' && d.plan.Delimiter != ";":
		d.plan.Decimal = "."
	case all.large > 0, d.plan.Delimiter == "," && (all.opened < few || all.small < few):
		d.plan.Decimal = string(mark)
	case all.small > 0:
		d.plan.Decimal = string(other)
	default:
		reading := func(decimal byte) string {
			n, _ := parse.ParseNumber([]byte(all.open), decimal)
			return model.Money(n.Value).String()
		}
		return asks(model.Errorf(model.Ambiguous, "%s: nothing tells whether %q is %s or %s", d.in.path, all.open, reading(mark), reading(other)).
			WithHint("say which mark is decimal with --decimal %c or --decimal %c", mark, other),
			decimalChoice(reading(mark), mark), decimalChoice(reading(other), other))
	}
	return nil
}

// currency takes the currency from the headers of the money columns, from their
// values, or from a column of its own.
func (d *detection) currency() error {
	p := d.plan
	if p.Currency != "" {
		return nil
	}
	found := make(map[string]int)
	for _, field := range []mapping.Field{mapping.Amount, mapping.Price} {
		column := p.Column(field)
		if column == none {
			continue
		}
		if currency := mapping.Currency(mapping.UnitOf(p.Columns[column].Name)); currency != "" {
			p.Currency = currency
			return nil
		}
		for _, value := range d.values(column) {
			if currency := mapping.Currency(parse.CurrencyOf([]byte(value))); currency != "" {
				found[currency]++
			}
		}
	}
	for i, e := range d.columns {
		if mapping.IsCurrency(e.Header) {
			for _, value := range d.values(i) {
				found[strings.ToUpper(value)]++
			}
		}
	}
	switch len(found) {
	case 0:
	case 1:
		for currency := range found {
			p.Currency = currency
		}
	default:
		p.warn("mixed-currencies", "the amounts are in %s; they are added up as they stand",
			strings.Join(slices.Sorted(maps.Keys(found)), " and "))
	}
	return nil
}

// notices warns of what a person should know before believing the figures.
func (d *detection) notices() {
	p := d.plan
	if p.Unvalued {
		p.warn("no-amount", "the file says nothing of what an order was worth: monetary is 0 for everyone, recency and frequency are right")
	}
	const enough = 50
	if e := d.columns[p.Column(mapping.Customer)]; e.Filled >= enough && e.Unique == e.Filled {
		p.warn("one-row-each", "none of the first %d rows has a customer of another one: see that %q is who bought", e.Filled, e.Header)
	}
	if customer := p.Columns[p.Column(mapping.Customer)].Name; mapping.IsName(customer) {
		p.warn("names-only", "customers are told apart by %q alone: two people of one name count as one", customer)
	}
	for _, field := range []mapping.Field{mapping.Amount, mapping.Price} {
		if column := p.Column(field); column != none {
			unit := mapping.UnitOf(p.Columns[column].Name)
			if strings.Contains(unit, "万") || strings.EqualFold(unit, "k") || strings.Contains(unit, "000") {
				p.warn("unit", "%q is in units of %s; amounts are taken as they stand", p.Columns[column].Name, unit)
			}
		}
	}
}

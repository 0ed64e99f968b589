package importer

import (
	"slices"
	"strings"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/words"
)

// prefer corrects what headers alone have decided: a header that merely ends in
// a word for an amount or a date does not beat quantity × price, or the column
// of the days of sale; and a price alone is what a row was worth. Error:
// Ambiguous.
func (d *detection) prefer() error {
	if d.options.Exact {
		d.plan.priceIsAmount = d.plan.Column(mapping.Amount) != none && mapping.IsPrice(d.plan.Columns[d.plan.Column(mapping.Amount)].Name)
		return nil
	}
	d.weights()
	d.marketplaceTotals()
	d.hashedNames()
	d.totalsWithoutOrder()
	d.preferPieces()
	if err := d.preferSaleDay(); err != nil {
		return err
	}
	d.priceAlone()
	return nil
}

// hashedNames takes Shopify's "Name" for what it is: the number of the order.
func (d *detection) hashedNames() {
	p := d.plan
	if p.Column(mapping.Order) != none || d.options.Map[string(mapping.Order)] == noColumn {
		return
	}
	for i, c := range p.Columns {
		if !strings.EqualFold(c.Name, "name") || c.Field == mapping.Customer || p.said.renamed[i] != "" {
			continue
		}
		values := d.values(i)
		if len(values) > 0 && !slices.ContainsFunc(values, func(s string) bool { return !isHashed(s) }) {
			p.Columns[i].Field = mapping.Order
			return
		}
	}
}

// isHashed recognises #1001.
func isHashed(s string) bool {
	digits, ok := strings.CutPrefix(s, "#")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// totalsWithoutOrder counts quantity × price where rows are told to be orders of
// their own, but the amount is the total of an order, which several rows repeat.
func (d *detection) totalsWithoutOrder() {
	p := d.plan
	amount := p.Column(mapping.Amount)
	if amount == none || p.said.amount || d.options.Map[string(mapping.Order)] != noColumn || !mapping.IsOrderTotal(p.Columns[amount].Name) ||
		p.Column(mapping.Quantity) == none || p.Column(mapping.Price) == none {
		return
	}
	p.Columns[amount].Field = ""
	p.warn("amount-column", "{column:q} is the total of a whole order, so quantity × price is counted; --map 'amount={mapped}' counts it on each row", "column", p.Columns[amount].Name, "mapped", p.nameOf(amount))
}

// weights takes gross and net beside a tare for what they are: no money.
func (d *detection) weights() {
	p := d.plan
	amount := p.Column(mapping.Amount)
	if amount != none && !p.said.amount && (strings.EqualFold(p.Columns[amount].Name, "gross") || strings.EqualFold(p.Columns[amount].Name, "net")) && slices.ContainsFunc(p.Columns, func(c Column) bool { return strings.EqualFold(c.Name, "tare") || strings.EqualFold(c.Name, "tara") }) {
		p.warn("amount-column", "{column:q} is treated as a weight, not an amount, because there is a tare column too; --map 'amount={mapped}' counts it all the same", "column", p.Columns[amount].Name, "mapped", p.nameOf(amount))
		p.Columns[amount].Field = ""
	}
}

// marketplaceTotals takes the item-price of Amazon's order reports, beside their
// amazon-order-id, for what it is there: the total of the line.
func (d *detection) marketplaceTotals() {
	p := d.plan
	price := p.Column(mapping.Price)
	if price == none || p.said.price || p.Column(mapping.Amount) != none || !strings.EqualFold(p.Columns[price].Name, "item-price") ||
		!slices.ContainsFunc(p.Columns, func(c Column) bool { return strings.EqualFold(c.Name, "amazon-order-id") }) {
		return
	}
	p.Columns[price].Field = mapping.Amount
	p.warn("line-totals", "{column:q} is the line total in Amazon's reports, so it is not multiplied by the quantity; --map 'price={mapped}' multiplies it", "column", p.Columns[price].Name, "mapped", p.nameOf(price))
}

// isLoose reports whether the column of a field was chosen for the end of its
// header.
func (d *detection) isLoose(field mapping.Field) bool {
	return slices.ContainsFunc(d.loose, func(c mapping.Choice) bool { return c.Field == field && d.plan.Columns[c.Column].Field == field })
}

// isUnnamed reports whether the column of a field was chosen for its values
// alone.
func (d *detection) isUnnamed(field mapping.Field) bool {
	return slices.ContainsFunc(d.loose, func(c mapping.Choice) bool {
		return c.Field == field && c.Unnamed && d.plan.Columns[c.Column].Field == field
	})
}

// preferPieces counts quantity × price instead of a loosely named amount that
// is another one, and tells of a loosely named amount where there is nothing
// else.
func (d *detection) preferPieces() {
	p := d.plan
	amount, quantity, price := p.Column(mapping.Amount), p.Column(mapping.Quantity), p.Column(mapping.Price)
	if amount == none || !d.isLoose(mapping.Amount) {
		return
	}
	name := p.Columns[amount].Name
	if quantity == none || price == none {
		unnamed := d.isUnnamed(mapping.Amount)
		if counts := d.perhapsQuantities(); quantity == none && len(counts) > 0 && (unnamed || !mapping.IsPlainAmount(name)) {
			d.tellPerhaps(amount, counts)
			return
		}
		if unnamed && quantity == none && p.HeaderLines > 0 && (mapping.IsForeignAmount(name) || len(d.freeNumbers()) > 0) {
			p.warn("amount-by-values", "no header names the amount; {column:q} was chosen for its values: --map amount=COLUMN chooses another", "column", name)
			return
		}
		if mapping.IsPlainAmount(name) || unnamed && quantity == none {
			return
		}
		if quantity != none {
			p.warn("amount-column", "{column:q} is treated as the value of each row; if it is a unit price and {quantity:q} the quantity, --map 'price={mapped}' multiplies them", "column", name, "quantity", p.Columns[quantity].Name, "mapped", p.nameOf(amount))
			return
		}
		p.warn("amount-column", "{column:q} was chosen as the amount for how its name ends; --map amount=COLUMN chooses another", "column", name)
		return
	}
	equal, rows := 0, 0
	for _, row := range d.records {
		if at(row, amount) == "" {
			continue
		}
		rows++
		if near(numberAt(row, quantity)*numberAt(row, price), numberAt(row, amount)) {
			equal++
		}
	}
	if equal*10 >= rows*9 {
		return
	}
	p.Columns[amount].Field = ""
	p.warn("amount-column", "quantity × price is counted, not {column:q}, which differs from it; --map 'amount={mapped}' counts that instead", "column", name, "mapped", p.nameOf(amount))
}

// preferSaleDay asks about a loosely named date where another column holds
// dates, too, and no header says what they are.
func (d *detection) preferSaleDay() error {
	p := d.plan
	date := p.Column(mapping.Date)
	if date == none || !d.isLoose(mapping.Date) || d.isUnnamed(mapping.Date) {
		return nil
	}
	columns := []int{date}
	for i, e := range d.columns {
		if i != date && p.Columns[i].Field == "" && p.said.renamed[i] == "" && e.Dates*2 >= e.Filled && e.Filled > 0 && e.Numbers*2 < e.Filled && !mapping.IsForeignDate(e.Header) && !mapping.MayBeDate(e.Header) {
			columns = append(columns, i)
		}
	}
	if len(columns) == 1 {
		return nil
	}
	var shown []string
	var choices []Choice
	for _, c := range columns {
		text := p.Columns[c].Name + " (" + examples(d.values(c)) + ")"
		shown = append(shown, text)
		choices = append(choices, fieldChoice(text, mapping.Date, p.nameOf(c)))
	}
	return asks(model.Errorf(model.Ambiguous, "{path}: several columns could be the day of sale: {columns}", "path", d.in.path, "columns", strings.Join(shown, ", ")).
		WithHint("choose one with --map date={column}", "column", p.Columns[columns[1]].Name), choices...)
}

// priceAlone takes a price for the amount where there is no quantity, and says
// so where a column of numbers could be one.
func (d *detection) priceAlone() {
	p := d.plan
	price := p.Column(mapping.Price)
	if p.Column(mapping.Amount) != none || p.Column(mapping.Quantity) != none || price == none || d.options.Map[string(mapping.Amount)] == noColumn {
		return
	}
	p.Columns[price].Field = mapping.Amount
	p.priceIsAmount = true
	if counts := d.perhapsQuantities(); len(counts) > 0 {
		d.tellPerhaps(price, counts)
	} else if name := p.Columns[price].Name; mapping.IsUnitPrice(name) {
		p.warn("price-alone", "{column:q} is treated as the value of each row; if there is a quantity, name it with --map 'quantity=COLUMN,price={mapped}'", "column", name, "mapped", p.nameOf(price))
	}
}

// perhapsQuantities lists the columns of numbers that could be quantities.
func (d *detection) perhapsQuantities() []string {
	var counts []string
	if d.plan.HeaderLines == 0 {
		return nil
	}
	for _, column := range d.freeNumbers() {
		header := d.columns[column].Header
		e := d.columns[column]
		const few, enough = 10_000, 10
		numbered := e.Filled >= enough && e.Unique*10 > e.Filled*9 || mapping.IsOrderWord(header) || d.largest(column) > few
		if !numbered && !mapping.TakesOff(header) && !mapping.GivesBack(header) && !mapping.IsForeignAmount(header) && !d.isYear(column) {
			counts = append(counts, d.plan.nameOf(column))
		}
	}
	return counts
}

// tellPerhaps says that a price or the like was taken for what rows were worth
// although there may be quantities.
func (d *detection) tellPerhaps(amount int, counts []string) {
	d.plan.warn("price-alone", "{column:q} is treated as the value of each row; if {candidates} is the quantity, --map 'quantity={first},price={mapped}' multiplies them", "column", d.plan.Columns[amount].Name, "candidates", words.Or(quoted(counts)), "first", counts[0], "mapped", d.plan.nameOf(amount))
}

// largest returns the largest number of a column.
func (d *detection) largest(column int) float64 {
	largest := 0.0
	for _, row := range d.records {
		largest = max(largest, numberAt(row, column))
	}
	return largest
}

// isYear reports whether a column holds years.
func (d *detection) isYear(column int) bool {
	const first, last = 1900, 2100
	return !slices.ContainsFunc(d.records, func(row []string) bool {
		n := numberAt(row, column)
		return at(row, column) != "" && (n < first || n > last || len(at(row, column)) != 4)
	})
}

func quoted(names []string) []string {
	var q []string
	for _, name := range names {
		q = append(q, `"`+name+`"`)
	}
	return q
}

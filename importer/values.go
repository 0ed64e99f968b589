package importer

import (
	"slices"

	"strata/importer/mapping"
	"strata/importer/parse"
)

// byValues finds, by what stands in them, the columns that no header names.
// Error: Ambiguous, when several columns could hold the customer.
func (d *detection) byValues() error {
	p := d.plan
	if d.options.Exact {
		p.Unvalued = d.options.Map[string(mapping.Amount)] == noColumn
		return nil
	}
	if p.Column(mapping.Customer) != none && p.Column(mapping.Date) != none && p.valued() {
		d.orderByValues()
		return nil
	}
	if d.options.Map[string(mapping.Amount)] != noColumn && !p.valued() {
		d.amountByValues()
	}
	if d.options.Map[string(mapping.Amount)] != noColumn && !p.valued() {
		d.amountUnread()
	}
	p.Unvalued = !p.valued() && (d.options.Map[string(mapping.Amount)] == noColumn || !d.someNumbers() && p.Column(mapping.Quantity) == none && p.Column(mapping.Cost) == none)
	if p.Column(mapping.Customer) == none && p.Column(mapping.Date) != none {
		if err := d.customerByValues(); err != nil {
			return err
		}
	}
	d.orderByValues()
	return nil
}

// orderByValues finds the order id that no header names: a column whose values
// come again, but each for one customer and one date alone.
func (d *detection) orderByValues() {
	p := d.plan
	customer, date := p.Column(mapping.Customer), p.Column(mapping.Date)
	if p.Column(mapping.Order) != none || customer == none || date == none || p.HeaderLines == 0 || d.options.Map[string(mapping.Order)] == noColumn {
		return
	}
	const enough = 2 // values that come again
	found := none
	for i, e := range d.columns {
		again := e.Filled - e.Unique
		if p.Columns[i].Field != "" || p.said.renamed[i] != "" || p.Columns[i].Added || again < enough || e.Filled*10 < len(d.records)*9 || e.Dates*2 > e.Filled && e.Numbers*2 < e.Filled ||
			e.Decimal*2 > e.Filled || e.Unique <= d.columns[customer].Unique || !d.determines(i, customer) || !d.determines(i, date) {
			continue
		}
		if found == none || e.Unique > d.columns[found].Unique {
			found = i
		}
	}
	if found == none {
		return
	}
	p.Columns[found].Field = mapping.Order
	p.warn("order-by-values", "no header shows which rows are one order; {column:q} was chosen because its values repeat only for the same customer and day: --map order=none makes each row an order", "column", p.Columns[found].Name)
}

// amountUnread takes a column for the amount whose header says so although its
// values do not: then its rows are refused, one by one, rather than worth
// nothing.
func (d *detection) amountUnread() {
	for i, e := range d.columns {
		if d.plan.Columns[i].Field == "" && mapping.IsAmount(e.Header) && e.Filled > 0 && e.Dates*2 < e.Filled {
			d.plan.Columns[i].Field = mapping.Amount
			return
		}
	}
}

// someNumbers reports whether some column that means nothing yet, and is none
// of codes, could hold amounts after all.
func (d *detection) someNumbers() bool {
	for i, e := range d.columns {
		if d.plan.Columns[i].Field == "" && d.plan.said.renamed[i] == "" && e.Numbers*3 >= e.Filled && e.Filled > 0 && e.Dates*2 < e.Filled && !mapping.Identifies(e.Header) {
			return true
		}
	}
	return false
}

// freeNumbers lists the columns of numbers that mean nothing yet and whose
// headers are not those of codes.
func (d *detection) freeNumbers() []int {
	var free []int
	for i, e := range d.columns {
		if d.plan.Columns[i].Field == "" && d.plan.said.renamed[i] == "" && e.Numbers*10 >= e.Filled*9 && e.Filled > 0 && e.Dates*2 < e.Filled && !mapping.Identifies(e.Header) {
			free = append(free, i)
		}
	}
	return free
}

// amountByValues finds the amount: a column that is the product of two others
// or, where no header says that they are something else, the only numbers there
// are.
func (d *detection) amountByValues() {
	p := d.plan
	free := d.freeNumbers()
	if q, u, a, ok := d.product(free); ok {
		p.Columns[q].Field, p.Columns[u].Field, p.Columns[a].Field = mapping.Quantity, mapping.Price, mapping.Amount
		return
	}
	texts := 0 // columns that can be the customer when the numbers cannot
	for i, e := range d.columns {
		if p.Columns[i].Field == "" && e.Filled > 0 && e.Numbers == 0 && e.Dates == 0 {
			texts++
		}
	}
	if len(free) == 1 && p.HeaderLines == 0 && (p.Column(mapping.Customer) != none || texts > 0) {
		p.Columns[free[0]].Field = mapping.Amount
	}
}

// product finds three columns of which one is the product of the others in
// nearly every row: quantity, price and amount.
func (d *detection) product(columns []int) (quantity, price, amount int, ok bool) {
	const (
		mostRows    = 200
		mostColumns = 12
		fewestRows  = 3
	)
	rows := d.records[:min(mostRows, len(d.records))]
	if len(columns) > mostColumns || len(rows) < fewestRows {
		return 0, 0, 0, false
	}
	values := make(map[int][]float64)
	for _, column := range columns {
		for _, row := range rows {
			values[column] = append(values[column], numberAt(row, column))
		}
	}
	whole := func(column int) bool {
		return !slices.ContainsFunc(values[column], func(v float64) bool { return v != float64(int64(v)) })
	}
	for _, q := range columns {
		for _, u := range columns {
			for _, a := range columns {
				if q == u || a == q || a == u || !whole(q) || whole(u) && u < q {
					continue
				}
				equal, telling := 0, 0
				for row := range rows {
					x, y, z := values[q][row], values[u][row], values[a][row]
					if near(x*y, z) {
						equal++
						if x != 1 && y != 1 && z != 0 {
							telling++
						}
					}
				}
				if equal*20 >= len(rows)*19 && telling >= fewestRows {
					return q, u, a, true
				}
			}
		}
	}
	return 0, 0, 0, false
}

// numberAt reads a number of a sampled row roughly, 0 where there is none.
func numberAt(row []string, column int) float64 {
	if column >= len(row) {
		return 0
	}
	decimal := byte('.')
	if parse.DecimalMark([]byte(row[column])) == ',' {
		decimal = ','
	}
	n, _ := parse.ParseNumber([]byte(row[column]), decimal)
	return float64(n.Value) / 10_000
}

// near allows for an amount that was rounded to cents.
func near(a, b float64) bool {
	const cent = 0.0101
	return a-b <= cent && b-a <= cent
}

func at(row []string, column int) string {
	if column < len(row) {
		return row[column]
	}
	return ""
}

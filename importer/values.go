package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
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
		d.repeatedTotals()
		return nil
	}
	if d.options.Map[string(mapping.Amount)] != noColumn && !p.valued() {
		d.amountByValues()
	}
	p.Unvalued = !p.valued() && (d.options.Map[string(mapping.Amount)] == noColumn || len(d.freeNumbers()) == 0 && p.Column(mapping.Quantity) == none)
	if p.Column(mapping.Customer) == none && p.Column(mapping.Date) != none {
		return d.customerByValues()
	}
	return nil
}

// freeNumbers lists the columns of numbers that mean nothing yet and whose
// headers are not those of codes.
func (d *detection) freeNumbers() []int {
	var free []int
	for i, e := range d.columns {
		if d.plan.Columns[i].Field == "" && d.renamed[i] == "" && e.Numbers*10 >= e.Filled*9 && e.Filled > 0 && e.Dates*2 < e.Filled && !mapping.Identifies(e.Header) {
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

// repeatedTotals recognises an amount that is the total of its order, written
// on each of its lines: then quantity × price counts. Without these it warns.
func (d *detection) repeatedTotals() {
	p := d.plan
	order, amount := p.Column(mapping.Order), p.Column(mapping.Amount)
	if order == none || amount == none || d.options.Map[string(mapping.Amount)] != "" {
		return
	}
	quantity, price := p.Column(mapping.Quantity), p.Column(mapping.Price)
	constant, total, orders := 0, 0, 0
	for from := 0; from < len(d.records); {
		to := from + 1
		for to < len(d.records) && at(d.records[to], order) == at(d.records[from], order) {
			to++
		}
		if rows := d.records[from:to]; len(rows) > 1 && at(rows[0], order) != "" {
			orders++
			first, sum, same := at(rows[0], amount), 0.0, true
			for _, row := range rows {
				same = same && at(row, amount) == first
				if quantity != none && price != none {
					sum += numberAt(row, quantity) * numberAt(row, price)
				}
			}
			if same {
				constant++
			}
			if stated := numberAt(rows[0], amount); same && sum > 0 && sum > stated*0.8 && sum < stated*1.2 {
				total++
			}
		}
		from = to
	}
	const enough = 3
	switch name := p.Columns[amount].Name; {
	case orders < enough || constant*10 < orders*9:
	case total*10 >= orders*8:
		p.Columns[amount].Field = ""
		p.warn("order-totals", "%q repeats the total of the order on each of its lines, so quantity × price is counted", name)
	default:
		p.warn("repeated-amounts", "%q is the same on all lines of an order; it is added up: if it is the order's total, sales are counted too high", name)
	}
}

func at(row []string, column int) string {
	if column < len(row) {
		return row[column]
	}
	return ""
}

// customerByValues finds the customer: a column of keys that come again.
func (d *detection) customerByValues() error {
	p := d.plan
	keys := d.keyColumns()
	if person := d.person(keys); person != none {
		p.Columns[person].Field = mapping.Customer
		return nil
	}
	keys, orders := d.withoutOrders(keys)
	keys, twin := d.withoutTwins(keys)
	switch {
	case len(keys) == 0:
		return nil // told as missing
	case len(keys) > 1:
		var shown []string
		var choices []Choice
		for _, k := range keys {
			text := fmt.Sprintf("%s (%s)", p.Columns[k].Name, examples(d.values(k)))
			shown = append(shown, text)
			choices = append(choices, customerChoice(text, p.nameOf(k)))
		}
		return asks(model.Errorf(model.Ambiguous, "%s: several columns could say who the customer is: %s", d.in.path, strings.Join(shown, ", ")).
			WithHint("say which with --map customer=%s", p.Columns[keys[0]].Name), choices...)
	}
	customer := &p.Columns[keys[0]]
	known := customer.Field != "" // a person's name, phone or mail
	customer.Field = mapping.Customer
	if p.HeaderLines > 0 && !known {
		p.warn("customer-by-values", "no header says who the customer is; %q was taken for what stands in it", customer.Name)
	}
	if twin != none {
		customer.RunnerUp = p.Columns[twin].Name
	}
	if len(orders) == 1 && p.HeaderLines == 0 && p.Column(mapping.Order) == none {
		p.Columns[orders[0]].Field = mapping.Order
	}
	return nil
}

// person returns the column that tells people apart best, an address of mail
// before a phone before a name, if all keys are such; else none.
func (d *detection) person(keys []int) int {
	best := none
	for _, field := range []mapping.Field{mapping.Name, mapping.Phone, mapping.Email} {
		if column := d.plan.Column(field); slices.Contains(keys, column) {
			best = column
		}
	}
	if slices.ContainsFunc(keys, func(k int) bool { return d.plan.Columns[k].Field == "" }) {
		return none
	}
	return best
}

// keyColumns lists the columns that could hold customers. Where there are
// headers, those that name codes or persons come before others.
func (d *detection) keyColumns() []int {
	const (
		manyRows = 100
		fewKinds = 50 // of regions, channels, states
	)
	var all, named []int
	for i, e := range d.columns {
		field := d.plan.Columns[i].Field
		decimal := e.Decimal*2 > e.Filled
		kinds := e.Filled >= manyRows && e.Unique < fewKinds && e.Unique*20 < e.Filled
		if e.Filled*10 < len(d.records)*7 || e.Dates*2 > e.Filled && e.Numbers*2 < e.Filled || decimal || kinds ||
			mapping.Describes(field, e.Header) || d.renamed[i] != "" || d.plan.Columns[i].Added || e.Unique < 2 {
			continue
		}
		all = append(all, i)
		if field != "" || mapping.Identifies(e.Header) {
			named = append(named, i)
		}
	}
	if d.plan.HeaderLines > 0 && len(named) > 0 {
		return named
	}
	if d.plan.HeaderLines == 0 && slices.ContainsFunc(all, func(k int) bool { return !d.pieces(k) }) {
		all = slices.DeleteFunc(all, d.pieces)
	}
	return all
}

// pieces reports whether a column of a file without header holds small whole
// numbers without leading zeros, such as quantities.
func (d *detection) pieces(column int) bool {
	const small = 100
	return !slices.ContainsFunc(d.values(column), func(s string) bool {
		n, err := strconv.Atoi(s)
		return err != nil || n >= small || s[0] == '0' && len(s) > 1
	})
}

// withoutOrders takes out columns of order ids, which go with one date and one
// value of another column that comes again, and columns, not of codes, that
// only say more about another one: the city of a customer.
func (d *detection) withoutOrders(keys []int) (rest, orders []int) {
	date := d.plan.Column(mapping.Date)
	repeats := func(column int) bool { return d.columns[column].Unique*10 < d.columns[column].Filled*9 }
	finer := func(k, other int) bool {
		return k != other && d.columns[k].Unique > d.columns[other].Unique && d.determines(k, other)
	}
	for _, k := range keys {
		if d.determines(k, date) && slices.ContainsFunc(keys, func(other int) bool { return repeats(other) && finer(k, other) }) {
			orders = append(orders, k)
		} else {
			rest = append(rest, k)
		}
	}
	candidates := slices.Clone(rest)
	rest = slices.DeleteFunc(rest, func(k int) bool {
		return !mapping.Identifies(d.columns[k].Header) && slices.ContainsFunc(candidates, func(other int) bool { return repeats(other) && finer(other, k) })
	})
	return rest, orders
}

// determines reports whether each value of a column goes with one of another.
func (d *detection) determines(column, other int) bool {
	goesWith := make(map[string]string)
	for _, row := range d.records {
		key, value := at(row, column), at(row, other)
		if before, ok := goesWith[key]; ok && before != value {
			return false
		}
		goesWith[key] = value
	}
	return true
}

// withoutTwins keeps one of several columns that say the same of every row. It
// is the one that numbers the customers of this very file without gaps, if
// there is one, else the first. The twin is one of the others, or none.
func (d *detection) withoutTwins(keys []int) (rest []int, twin int) {
	twin = none
	for _, k := range keys {
		i := slices.IndexFunc(rest, func(r int) bool { return d.determines(k, r) && d.determines(r, k) })
		switch {
		case i < 0:
			rest = append(rest, k)
		case d.gaps(k) < d.gaps(rest[i]):
			twin, rest[i] = rest[i], k
		default:
			twin = k
		}
	}
	return rest, twin
}

// gaps returns how many numbers between the least and the greatest of a column
// are not there; a very large number for texts.
func (d *detection) gaps(column int) int {
	const never = 1 << 62
	least, greatest := never, -never
	for _, value := range d.values(column) {
		n, err := strconv.Atoi(value)
		if err != nil {
			return never
		}
		least, greatest = min(least, n), max(greatest, n)
	}
	return greatest - least + 1 - d.columns[column].Unique
}

package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/importer/mapping"
	"strata/model"
)

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
		return asks(model.Errorf(model.Ambiguous, "{path}: several columns could identify the customer: {columns}", "path", d.in.path, "columns", strings.Join(shown, ", ")).
			WithHint("choose one with --map customer=COLUMN"), choices...)
	}
	customer := &p.Columns[keys[0]]
	known := customer.Field != "" // a person's name, phone or mail
	customer.Field = mapping.Customer
	if p.HeaderLines > 0 && !known {
		p.warn("customer-by-values", "no header identifies the customer; {column:q} was chosen for its values: --map customer=COLUMN chooses another", "column", customer.Name)
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
		person := field == mapping.Phone || field == mapping.Email || field == mapping.Name
		decimal := e.Decimal*2 > e.Filled && !person
		kinds := !person && e.Filled >= manyRows && e.Unique < fewKinds && e.Unique*20 < e.Filled
		if e.Filled*10 < len(d.records)*7 || e.Dates*2 > e.Filled && e.Numbers*2 < e.Filled || decimal || kinds ||
			mapping.Describes(field, e.Header) || d.plan.HeaderLines > 0 && mapping.IsOrderWord(e.Header) || d.plan.said.renamed[i] != "" || d.plan.Columns[i].Added || e.Unique < 2 || d.plan.HeaderLines > 0 && d.isYear(i) {
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

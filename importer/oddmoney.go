package importer

import (
	"slices"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/words"
)

// tellOddMoney warns of sums that hardly can be: nearly everything given back, or
// rows that add up others.
func (r *reading) tellOddMoney(intake *model.Intake) {
	var bought, returned model.Money
	for _, m := range intake.OrderValue {
		bought += m
	}
	for _, m := range intake.OrderReturned {
		returned += m
	}
	const enough = 10
	if len(intake.OrderValue) >= enough && returned > 0 && returned*2 >= bought {
		r.plan.warn("mostly-returned", "purchases come to {bought} and returns to {returned}: check that the negative rows are returns, not payments", "bought", r.money(bought), "returned", r.money(returned))
	}
	if customers, rows := sumsOfOthers(intake); customers > 0 {
		r.plan.warn("sums-of-others", "{customers} an order worth exactly as much as all their others together (of {all} with three orders or more): check that it is not a subtotal", "customers", words.Plural(customers, "customer has", "customers have"), "all", words.Plural(rows, "customer", "customers"))
	}
}

// sumsOfOthers counts customers of whom one order is the sum of the others, and
// all that could be; of few such customers, none, since it happens by chance.
func sumsOfOthers(in *model.Intake) (sums, customers int64) {
	const least, share = 3, 2 // orders; of the customers, one in
	for from := 0; from < len(in.OrderCustomer); {
		to := from + 1
		for to < len(in.OrderCustomer) && in.OrderCustomer[to] == in.OrderCustomer[from] {
			to++
		}
		if to-from >= least {
			customers++
			var total model.Money
			for _, m := range in.OrderValue[from:to] {
				total += m
			}
			if slices.ContainsFunc(in.OrderValue[from:to], func(m model.Money) bool { return m > 0 && 2*m == total }) {
				sums++
			}
		}
		from = to
	}
	if sums < least || sums*share < customers {
		return 0, 0
	}
	return sums, customers
}

// tellScaleShift warns of amounts of which a part has no decimals and is many
// times larger than the others: cents among units, or a lost decimal mark.
func (r *reading) tellScaleShift() {
	const (
		enough = 20
		sample = 200_000
		times  = 20
		share  = 20 // one in
	)
	var whole, decimal []model.Money
	stride := max(1, len(r.table.amount)/sample)
	for i := 0; i < len(r.table.amount); i += stride {
		switch amount := max(r.table.amount[i], -r.table.amount[i]); {
		case amount == 0:
		case amount%model.Unit == 0:
			whole = append(whole, amount)
		default:
			decimal = append(decimal, amount)
		}
	}
	all := len(whole) + len(decimal)
	if all < enough || len(whole)*share < all || len(decimal)*share < all {
		return
	}
	slices.Sort(whole)
	slices.Sort(decimal)
	high, low := whole[len(whole)/2], decimal[len(decimal)/2]
	if high < low*times {
		return
	}
	r.plan.warn("scale-shift", "amounts without decimals in {column:q} (about {percent} in 100) are typically {high}, the others {low}: check that the former are not cents and have not lost their decimal mark", "column", r.amountName(), "percent", 100*len(whole)/all, "high", r.money(high), "low", r.money(low))
}

// amountName is the header of the amount, or else of the price.
func (r *reading) amountName() string {
	for _, field := range []mapping.Field{mapping.Amount, mapping.Price} {
		if column := r.plan.Column(field); column != none {
			return r.plan.Columns[column].Name
		}
	}
	return ""
}

// tellPriceUnits warns of prices that are for several units at once.
func (r *reading) tellPriceUnits() {
	if r.plan.Column(mapping.Price) == none || r.plan.Column(mapping.Amount) != none {
		return
	}
	for _, w := range r.watch(func(header string, distinct int) bool { return distinct <= mostWords && mapping.IsPriceUnit(header) }) {
		if rows, list, _ := w.count(func(word string) bool { return word != "1" }); rows > 0 {
			r.plan.warn("price-units", "{column:q} says that prices are for several units in {rows} ({values}), but they are multiplied as if for one", "column", w.name, "rows", words.Plural(rows, "row", "rows"), "values", list)
		}
	}
}

// tellNames warns of a key that stands for several people by their names.
func (r *reading) tellNames() {
	for _, w := range r.watch(func(header string, _ int) bool { return mapping.IsName(header) || mapping.IsMailColumn(header) }) {
		first := make(map[int32]uint32)
		several := make(map[int32]bool)
		for row, code := range w.code {
			c := r.table.customer[row]
			switch was, ok := first[c]; {
			case code == 0:
			case !ok:
				first[c] = code
			case was != code:
				several[c] = true
			}
		}
		const least, share = 3, 4
		if n := len(several); n >= least && n*share >= len(first) {
			r.plan.warn("several-names", "in {key:q}, {customers} more than one {column:q}: check that a key belongs to one customer and is not reused by each store", "key", r.table.layout.columns[r.table.layout.customer], "customers", words.Plural(int64(n), "customer has", "customers have"), "column", w.name)
		}
	}
}

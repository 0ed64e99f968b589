package importer

import (
	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// settleTotals recognises amounts that are the total of their order, written on
// each of its lines: then quantity × price counts or, without these, each order
// once. Where neither the lines nor the header tell, it warns. Error: errAgain.
func (r *reading) settleTotals(g *grouping) error {
	p := r.plan
	amount := p.Column(mapping.Amount)
	if g.layout.order == none || amount == none || p.Amounts == amountsLine || p.settled.amountOnce {
		return nil
	}
	if p.Amounts == amountsOrder {
		p.settled.amountOnce = true
		r.dropLines()
		return nil
	}
	if p.said.amount {
		return nil
	}
	t := g.repeats()
	name := p.Columns[amount].Name
	enough := int64(3)
	if mapping.IsOrderTotal(name) {
		enough = 1
	}
	switch {
	case t.constant == 0, t.constant*10 < t.orders*9, t.lines*10 >= t.orders*8:
	case t.orders < enough:
		p.Warnings = append(p.Warnings, model.Warning{Code: "repeated-amounts", Message: words.Agree(t.orders,
			"{column:q} is the same on all rows of the one order with several rows, and is added up: if it is the order's total, sales are overstated, and --amounts order counts it once",
			"{column:q} is the same on all rows of the {orders} orders with several rows, and is added up: if it is the order's total, sales are overstated, and --amounts order counts it once",
			"column", name, "orders", words.Count(t.orders))})
	case t.totals*10 >= t.orders*8:
		p.Columns[amount].Field = ""
		p.attributes()
		r.again("order-totals", "{column:q} repeats the total of the order on each of its lines, so quantity × price is counted", "column", name)
		return errAgain
	case mapping.IsOrderTotal(name):
		p.settled.amountOnce, p.Amounts = true, amountsOrder
		r.dropLines()
		p.warn("order-totals", "{column:q} repeats the total of the order on each of its lines, so it is counted once per order; --amounts line adds it up", "column", name)
	default:
		p.warn("repeated-amounts", "{column:q} is the same on all lines of an order, and is added up: if it is the order's total, sales are overstated, and --amounts order counts it once", "column", name)
	}
	return nil
}

// The values of --amounts.
const (
	amountsLine  = "line"
	amountsOrder = "order"
)

// dropLines leaves out the lines: an order's total says nothing of them.
func (r *reading) dropLines() {
	r.plan.KeepLines = false
	r.table.layout.keepLines = false
}

// repeated counts orders of several rows by how their amounts are.
type repeated struct {
	orders   int64
	constant int64 // the same amount on all rows
	totals   int64 // and it is about what quantity × price add up to
	lines    int64 // quantity × price are the amount of each row
}

// repeats looks at all orders of several rows.
func (g *grouping) repeats() repeated {
	var t repeated
	pieces := len(g.quantity) > 0 && g.layout.quantity.column != none && g.layout.price.column != none
	for o := range len(g.first) - 1 {
		rows := g.row[g.first[o]:g.first[o+1]]
		if len(rows) < 2 {
			continue
		}
		t.orders++
		if !g.constant(rows) {
			continue
		}
		t.constant++
		if !pieces {
			continue
		}
		stated := g.amount[rows[0]]
		var sum model.Money
		exact := true
		for _, row := range rows {
			product, _, err := g.price[row].Times(g.quantity[row])
			exact = exact && err == nil && product == stated
			sum += product
		}
		const fifth = 5
		switch off := max(sum-stated, stated-sum); {
		case exact:
			t.lines++
		case sum > 0 && off < stated/fifth:
			t.totals++
		}
	}
	return t
}

// settleLineTotals recognises a price that is the total of its line, as some
// marketplaces have it: of one product it grows with the quantity. Error:
// errAgain.
func (r *reading) settleLineTotals() error {
	p, t := r.plan, r.table
	price := p.Column(mapping.Price)
	if p.Column(mapping.Amount) != none || price == none || len(t.price) == 0 || p.said.price {
		return nil
	}
	product := none
	for i, a := range t.layout.attributes {
		if mapping.Field(a.field) == mapping.Product {
			product = i
		}
	}
	if product == none {
		return nil
	}
	grows, others, least := r.pricesByQuantity(t.attributes[product])
	if grows == 0 || grows < 9*others {
		return nil
	}
	p.Columns[price].Field = mapping.Amount
	p.attributes()
	r.again("line-totals", "{column:q} grows with the quantity ({price} for {quantity}), so it is treated as the line total; --map 'price={mapped}' treats it as the unit price", "column", p.Columns[price].Name, "price", t.price[least], "quantity", shortUnit(t.quantity[least]), "mapped", p.nameOf(price))
	return errAgain
}

// pricesByQuantity counts products that were bought in different quantities:
// those whose price grows with it, and all others. least is that row of the
// former with the least price.
func (r *reading) pricesByQuantity(products tableAttribute) (grows, others int, least int32) {
	type prices struct {
		row, least         int32 // the first of the product, that with the least price
		same, grows, moves bool
	}
	t := r.table
	of := make([]prices, len(products.words.entries))
	for i := range of {
		of[i] = prices{row: none, same: true, grows: true}
	}
	for i, code := range products.code {
		q, price := t.quantity[i], t.price[i]
		if code == 0 || q <= 0 || price <= 0 {
			continue
		}
		was := &of[code]
		if was.row == none {
			was.row, was.least = int32(i), int32(i)
			continue
		}
		q0, price0 := t.quantity[was.row], t.price[was.row]
		if price < t.price[was.least] {
			was.least = int32(i)
		}
		was.moves = was.moves || q != q0
		was.same = was.same && price == price0
		was.grows = was.grows && proportional(q, price, q0, price0)
	}
	for _, p := range of {
		switch {
		case p.row == none || !p.moves:
		case p.grows && !p.same:
			if grows++; grows == 1 || t.price[p.least] < t.price[least] {
				least = p.least
			}
		default:
			others++
		}
	}
	return grows, others, least
}

// proportional reports whether price : price0 is q : q0, to the cent.
func proportional(q int64, price model.Money, q0 int64, price0 model.Money) bool {
	const cent = model.Unit / 100
	expected := float64(price0) * float64(q) / float64(q0)
	off := float64(price) - expected
	return off <= cent && off >= -cent
}

// costs makes the cost of each row of what the file says of it: of a piece, or
// of the row. It decides by the header or, where that is silent, by whether a
// cost of one piece would exceed its price.
func (g *grouping) costs() {
	if len(g.cost) == 0 {
		return
	}
	p := g.plan
	column := p.Columns[g.layout.cost.column].Name
	of := p.CostOf
	pieces := g.layout.quantity.column != none
	if of == "" {
		of = mapping.CostOf(column)
	}
	switch {
	case !pieces:
		of = costOfLine
	case of == "":
		of = g.guessCost()
		p.warn("cost", "{column:q} is treated as the cost of {basis}; --cost unit or --cost line decides", "column", column, "basis", map[string]string{costOfLine: catalogue.T("the whole line"), costOfUnit: catalogue.T("one unit")}[of])
	}
	p.CostOf = of
	for row, cost := range g.cost {
		cost = max(cost, -cost)
		if of == costOfUnit {
			q := g.quantity[row]
			product, _, err := cost.Times(max(q, -q))
			if err != nil {
				g.err = model.Errorf(model.Invalid, "a cost times its quantity is too large: {cause}", "cause", model.ErrOverflow).WithHint("check the column {column:q}", "column", column)
				return
			}
			cost = product
		}
		if g.flag[row] == model.Return {
			cost = -cost
		}
		g.cost[row] = cost
	}
}

// The values of --cost.
const (
	costOfUnit = "unit"
	costOfLine = "line"
)

// guessCost tells the cost of a line from that of a unit: of a unit, it would
// often be more than the unit was sold for.
func (g *grouping) guessCost() string {
	over, rows := 0, 0
	for row, cost := range g.cost {
		q := g.quantity[row]
		if q = max(q, -q); q < 2*model.Unit || cost == 0 {
			continue
		}
		rows++
		worth, _, err := cost.Times(q)
		if amount := g.amount[row]; err != nil || max(worth, -worth) > max(amount, -amount) {
			over++
		}
	}
	const fifth = 5
	if over*fifth >= rows && rows > 0 {
		return costOfLine
	}
	return costOfUnit
}

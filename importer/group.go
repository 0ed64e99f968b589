package importer

import (
	"cmp"
	"slices"
	"sync/atomic"

	"strata/model"
	"strata/model/words"
)

// sortedRow is what of a row decides where it goes.
type sortedRow struct {
	row  int32
	day  model.Day
	hash uint32 // of the order id; 0 when the row is an order of its own
}

// group sorts each customer's rows into orders and the orders by day. Numbers
// that restart, daily or yearly, show in ids whose rows lie on different days:
// where at least one in twenty ids on several rows does, the day belongs to the
// identity of an order. The plan may say either.
func (g *grouping) group() {
	g.restart = g.plan.OrderNumbers == numbersRestart
	several, apart := g.groupOnce()
	if g.plan.OrderNumbers != "" || g.plan.Corrects != "" || apart == 0 {
		return // of corrections, the rest of their file has decided
	}
	name := g.plan.Columns[g.layout.order].Name
	const share = 20
	if apart*share < several {
		g.plan.warn("order-ids-apart", "order numbers in {column:q} with several rows: {several}; of these, on different days: {apart}, joined and dated to the latest day: --order-numbers restart separates them", "column", name, "several", words.Count(several), "apart", words.Count(apart))
		return
	}
	g.restart = true
	g.groupOnce()
	g.plan.OrderNumbers = numbersRestart
	g.plan.warn("order-ids-restart", "order numbers in {column:q} start over (with several rows: {several}; of these, on different days: {apart}), so the same number on another day is another order: --order-numbers unique joins them", "column", name, "several", words.Count(several), "apart", words.Count(apart))
}

// groupOnce groups, and returns how many order ids stand on several rows, and
// how many of these on different days.
func (g *grouping) groupOnce() (several, apart int64) {
	g.begins = make([]bool, len(g.sorted))
	var severalOrders, apartOrders atomic.Int64
	inParallel(g.customers, func(from, to int) {
		w := groupWork{restart: g.restart}
		for c := from; c < to; c++ {
			lo, hi := g.start[c], g.start[c+1]
			g.groupCustomer(g.sorted[lo:hi], g.begins[lo:hi], &w)
		}
		severalOrders.Add(w.several)
		apartOrders.Add(w.apart)
	})
	return severalOrders.Load(), apartOrders.Load()
}

// groupWork is the scratch memory of groupCustomer.
type groupWork struct {
	orders  []groupedOrder
	orderOf []int32 // by row of the customer
	rows    []sortedRow
	byHash  map[uint32]int32
	days    []orderDays // by order, of those with several rows

	restart        bool
	several, apart int64 // order ids on several rows; on several days
}

// groupedOrder is an order of one customer while its rows are collected.
type groupedOrder struct {
	sortedRow       // its first row; when all are collected, with the order's day
	number    int32 // in order of appearance
	count     int32 // rows
}

// orderDays are the days of an order's rows. The order's day is that of its
// latest purchase, whatever the order of the rows: goods that come back later
// are no sign of life. An order of returns alone has that of the latest.
type orderDays struct {
	first, last model.Day // of purchases
	any         model.Day // the latest of all
	begun       bool
	purchases   bool
}

func (d *orderDays) add(day model.Day, flag model.OrderFlag) {
	if !d.begun {
		d.any, d.begun = day, true
	}
	d.any = max(d.any, day)
	if flag&model.Purchase == 0 {
		return
	}
	if !d.purchases {
		d.first, d.last, d.purchases = day, day, true
	}
	d.first, d.last = min(d.first, day), max(d.last, day)
}

func (d *orderDays) day() model.Day {
	if d.purchases {
		return d.last
	}
	return d.any
}

func earlier(a, b groupedOrder) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.row, b.row))
}

// groupCustomer sorts the rows of one customer, given in file order, by order
// day, then order, then file order, and marks where orders begin.
func (g *grouping) groupCustomer(rows []sortedRow, begins []bool, w *groupWork) {
	w.collect(g, rows)
	if len(w.orders) == len(rows) && slices.IsSortedFunc(w.orders, earlier) {
		for i := range begins {
			begins[i] = true
		}
		return
	}
	slices.SortFunc(w.orders, earlier)
	place := make([]int32, len(w.orders)) // of each order's next row
	next := int32(0)
	for _, o := range w.orders {
		place[o.number] = next
		begins[next] = true
		next += o.count
	}
	w.rows = append(w.rows[:0], rows...)
	for i, row := range w.rows {
		o := w.orderOf[i]
		rows[place[o]] = row
		place[o]++
	}
}

// linearSearch is up to how many rows a customer's orders are found without a
// map.
const linearSearch = 24

// collect finds the orders of one customer's rows.
func (w *groupWork) collect(g *grouping, rows []sortedRow) {
	w.orders, w.orderOf = w.orders[:0], w.orderOf[:0]
	find := w.search
	if len(rows) > linearSearch {
		w.byHash = make(map[uint32]int32, len(rows)/2)
		find = w.lookUp
	}
	for _, row := range rows {
		o := int32(none)
		if row.hash != 0 {
			o = find(g, row)
		}
		if o == none {
			o = int32(len(w.orders))
			w.orders = append(w.orders, groupedOrder{sortedRow: row, number: o})
		}
		w.orders[o].count++
		w.orderOf = append(w.orderOf, o)
	}
	if len(w.orders) < len(rows) {
		w.settleDays(g, rows)
	}
}

// settleDays gives orders of several rows their day, and counts those whose
// rows were bought on different days.
func (w *groupWork) settleDays(g *grouping, rows []sortedRow) {
	w.days = append(w.days[:0], make([]orderDays, len(w.orders))...)
	for i, row := range rows {
		if o := w.orderOf[i]; w.orders[o].count > 1 {
			w.days[o].add(row.day, g.flag[row.row])
		}
	}
	for o := range w.orders {
		if w.orders[o].count == 1 {
			continue
		}
		days := &w.days[o]
		w.orders[o].day = days.day()
		w.several++
		if days.first != days.last {
			w.apart++
		}
	}
}

// search finds the order of a row among the customer's orders, the last first,
// for the rows of an order mostly stand together.
func (w *groupWork) search(g *grouping, row sortedRow) int32 {
	for o := len(w.orders) - 1; o >= 0; o-- {
		if g.sameOrder(w.orders[o], row) {
			return int32(o)
		}
	}
	return none
}

// lookUp finds the order of a row, or makes it known under the number it is
// going to have. Different ids of one hash take the hashes that follow.
func (w *groupWork) lookUp(g *grouping, row sortedRow) int32 {
	hash := row.hash
	if w.restart {
		hash += uint32(row.day) * 0x9e3779b1 // rows of other days are other orders
	}
	for ; ; hash++ {
		o, ok := w.byHash[hash]
		if !ok {
			w.byHash[hash] = int32(len(w.orders))
			return none
		}
		if g.sameOrder(w.orders[o], row) {
			return o
		}
	}
}

func (g *grouping) sameOrder(a groupedOrder, b sortedRow) bool {
	return a.hash == b.hash && (!g.restart || a.day == b.day) && string(g.order.Slice(int(a.row))) == string(g.order.Slice(int(b.row)))
}

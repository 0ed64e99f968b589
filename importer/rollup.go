package importer

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"strata/importer/parse"
	"strata/model"
)

// rollUp turns rows into orders: one per customer and order id, or per row
// without an order id, sorted by customer, day and file order. Columns of the
// table are dropped as soon as their orders are made.
//
// Order ids get no dictionary of their own: rows are first sorted by customer,
// by counting, and one customer's rows are few.
func (r *reading) rollUp(ctx context.Context) (*model.Intake, error) {
	t := r.table
	g := grouping{table: t, plan: r.plan, dates: r.dates, customers: len(t.customers.entries), intake: new(model.Intake)}
	steps := []func(){
		g.customerColumns, g.sortByCustomer, g.findDuplicates, g.group, g.number, func() { g.err = r.settleTotals(&g) },
		g.costs, g.values, g.orderKeys, g.findShared, g.settleSubjects, g.orderAttributes, g.lines,
	}
	const manyRows = 1_000_000
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if step(); g.err != nil {
			return nil, g.err
		}
		if t.read > manyRows {
			runtime.GC() // left to itself, the heap would grow to twice what is in use
		}
	}
	return g.intake, nil
}

// grouping is a roll-up on its way: the order of rows in which orders are
// made, and the intake so far.
type grouping struct {
	*table
	plan      *Plan
	dates     parse.DateOrder
	customers int
	intake    *model.Intake
	err       error

	sorted []sortedRow // by customer, then order, then file order
	start  []int32     // customer c has sorted[start[c]:start[c+1]]
	begins []bool      // by sorted row: an order begins here
	row    []int32     // the row numbers of sorted
	first  []int32     // order o has row[first[o]:first[o+1]]

	restart bool // an order id on another day is another order
}

// customerColumns fills the columns of customers. An attribute takes the last
// value of the file that is not empty.
func (g *grouping) customerColumns() {
	g.intake.Customers = g.table.customers.strings()
	g.intake.CustomerAttributes = g.rolledAttributes(model.OfCustomer, func(code column[uint32]) []uint32 {
		last := make([]uint32, g.customers)
		for row, c := range code {
			if c != 0 {
				last[g.customer[row]] = c
			}
		}
		return last
	})
}

// sortedRow is what of a row decides where it goes.
type sortedRow struct {
	row  int32
	day  model.Day
	hash uint32 // of the order id; 0 when the row is an order of its own
}

// sortByCustomer sorts the rows by customer, keeping file order. All dates
// have a day in this order: the others have been refused.
func (g *grouping) sortByCustomer() {
	g.start = make([]int32, g.customers+1)
	for _, c := range g.customer {
		g.start[c+1]++
	}
	for c := range g.customers {
		g.start[c+1] += g.start[c]
	}
	next := slices.Clone(g.start)
	g.sorted = make([]sortedRow, len(g.customer))
	var date parse.Date
	var day model.Day
	for i, c := range g.customer {
		if g.date[i] != date {
			date = g.date[i]
			day, _ = date.Day(g.dates)
		}
		row := sortedRow{row: int32(i), day: day}
		if g.layout.order != none {
			row.hash = g.orderHash[i]
		}
		g.sorted[next[c]] = row
		next[c]++
	}
	g.customer, g.date, g.orderHash = nil, nil, nil
}

// group sorts each customer's rows into orders and the orders by day. Numbers
// that restart, daily or yearly, show in ids whose rows lie on different days:
// where at least one in twenty ids on several rows does, the day belongs to the
// identity of an order. The plan may say either.
func (g *grouping) group() {
	g.restart = g.plan.OrderNumbers == numbersRestart
	several, apart := g.groupOnce()
	if g.plan.OrderNumbers != "" || apart == 0 {
		return
	}
	name := g.plan.Columns[g.layout.order].Name
	const share = 20
	if apart*share < several {
		g.plan.warn("order-ids-apart", "of the %s ids in %q that stand on several rows, %s lie on different days; their rows are joined, on the day of the latest: --order-numbers restart keeps them apart",
			model.Grouped(several), name, model.Grouped(apart))
		return
	}
	g.restart = true
	g.groupOnce()
	g.plan.OrderNumbers = numbersRestart
	g.plan.warn("order-ids-restart", "the ids in %q begin anew: of %s that stand on several rows, %s lie on different days; so an id on another day is another order: --order-numbers unique joins them",
		name, model.Grouped(several), model.Grouped(apart))
}

// The values of --order-numbers.
const (
	numbersRestart = "restart"
	numbersUnique  = "unique"
)

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

// number numbers the orders, and fills the columns of their customers and days.
func (g *grouping) number() {
	orders := 0
	for _, begins := range g.begins {
		if begins {
			orders++
		}
	}
	g.first = make([]int32, 0, orders+1)
	g.row = make([]int32, len(g.sorted))
	customer, day := make([]int32, 0, orders), make([]model.Day, 0, orders)
	for c := range g.customers {
		var days orderDays
		for i := g.start[c]; i < g.start[c+1]; i++ {
			row := &g.sorted[i]
			g.row[i] = row.row
			if g.begins[i] {
				g.first = append(g.first, i)
				customer, day = append(customer, int32(c)), append(day, row.day)
				days = orderDays{}
			}
			if more := i+1 < g.start[c+1] && !g.begins[i+1]; more || !g.begins[i] {
				days.add(row.day, g.flag[row.row])
				day[len(day)-1] = days.day()
			}
		}
	}
	g.first = append(g.first, int32(len(g.row)))
	g.intake.OrderCustomer, g.intake.OrderDay = customer, day
	g.sorted, g.start, g.begins = nil, nil, nil
}

// values fills the columns of orders that sum up rows.
func (g *grouping) values() {
	orders := len(g.first) - 1
	g.intake.OrderValue = make([]model.Money, orders)
	g.intake.OrderFlags = make([]model.OrderFlag, orders)
	g.intake.OrderLines = make([]int32, orders)
	if g.returned || len(g.refund) > 0 {
		g.intake.OrderReturned = make([]model.Money, orders)
	}
	if len(g.cost) > 0 {
		g.intake.OrderCost = make([]model.Money, orders)
	}
	var tooMuch atomic.Bool
	inParallel(orders, func(from, to int) {
		for o := from; o < to; o++ {
			if err := g.sumUp(o); err != nil {
				tooMuch.Store(true)
			}
		}
	})
	if tooMuch.Load() {
		g.err = model.Errorf(model.Invalid, "the lines of one order add up to too much: %w", model.ErrOverflow).
			WithHint("check the amounts")
	}
	if !g.layout.keepLines {
		g.amount, g.flag, g.refund = nil, nil, nil
	}
}

// sumUp fills in one order. Error: model.ErrOverflow.
func (g *grouping) sumUp(o int) error {
	rows := g.row[g.first[o]:g.first[o+1]]
	in := g.intake
	in.OrderLines[o] = int32(len(rows))
	add := func(sum *model.Money, more model.Money) error {
		total, err := sum.Add(more)
		*sum = total
		return err
	}
	once := g.plan.settled.amountOnce && g.constant(rows)
	for i, row := range rows {
		in.OrderFlags[o] |= g.flag[row]
		amount, sum := g.amount[row], &in.OrderValue[o]
		if amount < 0 {
			amount, sum = -amount, &in.OrderReturned[o]
		}
		if once && i > 0 {
			amount = 0
		}
		if err := add(sum, amount); err != nil {
			return err
		}
		if len(g.refund) > 0 && (!once || i == 0) {
			if err := add(&in.OrderReturned[o], g.refund[row]); err != nil {
				return err
			}
		}
		if in.OrderCost != nil {
			if err := add(&in.OrderCost[o], g.cost[row]); err != nil {
				return err
			}
		}
	}
	return nil
}

// constant reports whether rows of an order have the same amount.
func (g *grouping) constant(rows []int32) bool {
	for _, row := range rows[1:] {
		if g.amount[row] != g.amount[rows[0]] {
			return false
		}
	}
	return true
}

// orderKeys fills the column of order ids, if the file has them.
func (g *grouping) orderKeys() {
	if g.layout.order == none {
		return
	}
	keys := model.Strings{Ends: make([]uint32, len(g.first)-1)}
	perOrder(g, func(o int, row int32) { keys.Ends[o] = uint32(len(g.order.Slice(int(row)))) })
	size := uint32(0)
	for o, length := range keys.Ends {
		size += length
		keys.Ends[o] = size
	}
	keys.Bytes = make([]byte, size)
	perOrder(g, func(o int, row int32) { copy(keys.Slice(o), g.order.Slice(int(row))) })
	g.intake.OrderKeys = keys
	g.order = model.Strings{}
}

// orderAttributes gives each order the first values that its rows have.
func (g *grouping) orderAttributes() {
	g.intake.OrderAttributes = g.rolledAttributes(model.OfOrder, g.firstFilled)
}

// rolledAttributes rolls up the attributes of one subject, and drops their
// row columns.
func (g *grouping) rolledAttributes(subject model.Subject, roll func(code column[uint32]) []uint32) []model.IntakeAttribute {
	var rolled []model.IntakeAttribute
	for i, a := range g.layout.attributes {
		if a.subject == subject {
			column := &g.attributes[i]
			if g.plan.unnamed(a.column) && len(column.words.entries) == 1 {
				continue // the file's rows end in a delimiter
			}
			codes := codesOf(column.words, roll(column.code))
			rolled = append(rolled, model.IntakeAttribute{Name: a.name, Field: a.field, Codes: codes})
			*column = tableAttribute{}
		}
	}
	return rolled
}

// codesOf makes a coded column of the words that are used.
func codesOf(words *dictionary, code []uint32) model.Codes {
	used := make([]uint32, len(words.entries))
	used[0] = 1
	for _, c := range code {
		used[c] = 1
	}
	var kept []string
	for i, is := range used {
		if is != 0 {
			used[i] = uint32(len(kept))
			kept = append(kept, string(words.text(i)))
		}
	}
	for i, c := range code {
		code[i] = used[c]
	}
	return model.Codes{Words: kept, Code: code}
}

// lines fills the columns of order lines, if they are kept.
func (g *grouping) lines() {
	if !g.layout.keepLines {
		return
	}
	lines := &model.IntakeLines{Order: make([]int32, len(g.row)), Amount: g.amount.gather(g.row), Flags: g.flag.gather(g.row)}
	if len(g.refund) > 0 {
		lines.Refund = g.refund.gather(g.row)
	}
	g.amount, g.flag, g.refund = nil, nil, nil
	for o := range len(g.first) - 1 {
		for i := g.first[o]; i < g.first[o+1]; i++ {
			lines.Order[i] = int32(o)
		}
	}
	if g.layout.quantity.column != none {
		lines.Quantity = g.quantity.gather(g.row)
	}
	if g.layout.price.column != none {
		lines.Price = g.price.gather(g.row)
	}
	if len(g.cost) > 0 {
		lines.Cost = g.cost.gather(g.row)
	}
	g.quantity, g.price, g.cost = nil, nil, nil
	lines.Attributes = g.rolledAttributes(model.OfLine, func(code column[uint32]) []uint32 { return code.gather(g.row) })
	g.intake.Lines = lines
}

// perOrder calls work for each order with its number and its first row.
func perOrder(g *grouping, work func(o int, row int32)) {
	inParallel(len(g.first)-1, func(from, to int) {
		for o := from; o < to; o++ {
			work(o, g.row[g.first[o]])
		}
	})
}

// inParallel calls work for consecutive parts of 0..n, one per processor.
func inParallel(n int, work func(from, to int)) {
	parts := runtime.GOMAXPROCS(0)
	var done sync.WaitGroup
	for part := range parts {
		done.Go(func() { work(n*part/parts, n*(part+1)/parts) })
	}
	done.Wait()
}

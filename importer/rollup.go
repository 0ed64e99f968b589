package importer

import (
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

// The values of --order-numbers.
const (
	numbersRestart = "restart"
	numbersUnique  = "unique"
)

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
		g.err = model.Errorf(model.Invalid, "the lines of one order add up to too much: {cause}", "cause", model.ErrOverflow).
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
			if !g.keptTwice(subject) {
				*column = tableAttribute{}
			}
		}
	}
	return rolled
}

// keptTwice reports whether columns of a subject are wanted for lines as well: of
// corrections, only what is stored says which are columns of orders and which of
// lines.
func (g *grouping) keptTwice(subject model.Subject) bool {
	return g.plan.Corrects != "" && g.layout.keepLines && subject == model.OfOrder
}

// codesOf makes a coded column of the words that are used.
func codesOf(known *dictionary, code []uint32) model.Codes {
	used := make([]uint32, len(known.entries))
	used[0] = 1
	for _, c := range code {
		used[c] = 1
	}
	var kept []string
	for i, is := range used {
		if is != 0 {
			used[i] = uint32(len(kept))
			kept = append(kept, string(known.text(i)))
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
	ofLines := func(code column[uint32]) []uint32 { return code.gather(g.row) }
	lines.Attributes = g.rolledAttributes(model.OfLine, ofLines)
	if g.keptTwice(model.OfOrder) {
		lines.Attributes = append(lines.Attributes, g.rolledAttributes(model.OfOrder, ofLines)...)
	}
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

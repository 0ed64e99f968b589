package importer

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"strata/importer/parse"
	"strata/model"
)

// rollUp turns rows into orders: one per customer and order id, or per row
// without an order id, sorted by customer, day and file order. Columns of the
// table are dropped as soon as their orders are made.
//
// Order ids get no dictionary of their own: rows are first sorted by customer,
// by counting, and one customer's rows are few.
func (t *table) rollUp(ctx context.Context, order parse.DateOrder) (*model.Intake, error) {
	g := grouping{table: t, customers: len(t.customers.entries), day: t.days(order)}
	g.sortByCustomer()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	g.group()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	intake := &model.Intake{
		Customers:          t.customers.strings(),
		CustomerAttributes: g.customerAttributes(),
		OrderCustomer:      g.orderCustomer,
	}
	t.customer, t.orderHash, g.orderCustomer = nil, nil, nil
	intake.OrderDay = firsts(&g, g.day)
	g.day = nil
	if err := g.values(intake); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if t.layout.order != none {
		intake.OrderKeys = g.orderKeys()
		t.order = model.Strings{}
	}
	intake.OrderAttributes = g.rolledAttributes(model.OfOrder, func(code []uint32) []uint32 { return firsts(&g, code) })
	if t.layout.keepLines {
		intake.Lines = g.lines()
	}
	return intake, ctx.Err()
}

// days returns the column of dates as days. Dates without one in this order
// have been refused.
func (t *table) days(order parse.DateOrder) []model.Day {
	days := make([]model.Day, len(t.date))
	var last parse.Date
	var day model.Day
	for i, d := range t.date {
		if d != last {
			day, _ = d.Day(order)
			last = d
		}
		days[i] = day
	}
	t.date = nil
	return days
}

// grouping is the order of rows in which orders are made.
type grouping struct {
	*table
	customers int
	day       []model.Day // by row

	// row lists the row numbers by customer, then order, then file order;
	// customer c has row[start[c]:start[c+1]], order o row[first[o]:first[o+1]].
	row   []int32
	start []int32
	first []int32

	orderCustomer []int32
}

// sortByCustomer sorts the rows by customer, keeping file order.
func (g *grouping) sortByCustomer() {
	g.start = make([]int32, g.customers+1)
	for _, c := range g.customer {
		g.start[c+1]++
	}
	for c := range g.customers {
		g.start[c+1] += g.start[c]
	}
	next := slices.Clone(g.start)
	g.row = make([]int32, len(g.customer))
	for i, c := range g.customer {
		g.row[next[c]] = int32(i)
		next[c]++
	}
}

// group sorts each customer's rows into orders and the orders by day.
func (g *grouping) group() {
	isFirst := make([]bool, len(g.row))
	inParallel(g.customers, func(from, to int) {
		var w groupWork
		for c := from; c < to; c++ {
			lo, hi := g.start[c], g.start[c+1]
			g.groupCustomer(g.row[lo:hi], isFirst[lo:hi], &w)
		}
	})
	orders := 0
	for _, is := range isFirst {
		if is {
			orders++
		}
	}
	g.first = make([]int32, 0, orders+1)
	g.orderCustomer = make([]int32, 0, orders)
	for c := range g.customers {
		for i := g.start[c]; i < g.start[c+1]; i++ {
			if isFirst[i] {
				g.first = append(g.first, i)
				g.orderCustomer = append(g.orderCustomer, int32(c))
			}
		}
	}
	g.first = append(g.first, int32(len(g.row)))
}

// groupWork is the scratch memory of groupCustomer.
type groupWork struct {
	orders  []groupedOrder
	orderOf []int32 // by row of the customer
	sorted  []int32
	byHash  map[uint32]int32
}

// groupedOrder is an order of one customer while its rows are collected.
type groupedOrder struct {
	row   int32 // its first
	day   model.Day
	count int32 // rows; later the place of its next row
	at    int32 // its number before sorting
}

// groupCustomer sorts the rows of one customer, given in file order, by order
// day, then order, then file order, and marks the first row of each order.
func (g *grouping) groupCustomer(rows []int32, isFirst []bool, w *groupWork) {
	w.collect(g, rows)
	byDay := func(a, b groupedOrder) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.row, b.row))
	}
	if len(w.orders) == len(rows) && slices.IsSortedFunc(w.orders, byDay) {
		for i := range isFirst {
			isFirst[i] = true
		}
		return
	}
	slices.SortFunc(w.orders, byDay)
	place := make([]int32, len(w.orders))
	next := int32(0)
	for _, o := range w.orders {
		place[o.at] = next
		isFirst[next] = true
		next += o.count
	}
	w.sorted = append(w.sorted[:0], rows...)
	for i, row := range w.sorted {
		o := w.orderOf[i]
		rows[place[o]] = row
		place[o]++
	}
}

// linearSearch is up to how many rows a customer's orders are found without a
// map.
const linearSearch = 24

// collect finds the orders of one customer's rows.
func (w *groupWork) collect(g *grouping, rows []int32) {
	w.orders, w.orderOf = w.orders[:0], w.orderOf[:0]
	large := len(rows) > linearSearch && g.layout.order != none
	if large {
		w.byHash = make(map[uint32]int32, len(rows)/2)
	}
	for _, row := range rows {
		o := int32(none)
		switch {
		case g.layout.order == none || len(g.order.Slice(int(row))) == 0:
		case large:
			o = w.lookUp(g, row)
		default:
			for i := len(w.orders) - 1; i >= 0; i-- {
				if g.sameOrder(w.orders[i].row, row) {
					o = int32(i)
					break
				}
			}
		}
		if o == none {
			o = int32(len(w.orders))
			w.orders = append(w.orders, groupedOrder{row: row, day: g.day[row], at: o})
		}
		w.orders[o].count++
		w.orderOf = append(w.orderOf, o)
	}
}

// lookUp finds the order of a row, or makes it known under the number it is
// going to have. Different ids of one hash take the hashes that follow.
func (w *groupWork) lookUp(g *grouping, row int32) int32 {
	for hash := g.orderHash[row]; ; hash++ {
		o, ok := w.byHash[hash]
		if !ok {
			w.byHash[hash] = int32(len(w.orders))
			return none
		}
		if g.sameOrder(w.orders[o].row, row) {
			return o
		}
	}
}

func (g *grouping) sameOrder(a, b int32) bool {
	return g.orderHash[a] == g.orderHash[b] && string(g.order.Slice(int(a))) == string(g.order.Slice(int(b)))
}

// values fills the order columns that sum up rows.
func (g *grouping) values(intake *model.Intake) error {
	orders := len(g.first) - 1
	intake.OrderValue = make([]model.Money, orders)
	intake.OrderFlags = make([]model.OrderFlag, orders)
	intake.OrderLines = make([]int32, orders)
	returned := make([]model.Money, orders)
	anyReturned := false
	for o := range orders {
		rows := g.row[g.first[o]:g.first[o+1]]
		intake.OrderLines[o] = int32(len(rows))
		for _, row := range rows {
			amount, sum := g.amount[row], &intake.OrderValue[o]
			if amount < 0 {
				amount, sum, anyReturned = -amount, &returned[o], true
			}
			total, err := sum.Add(amount)
			if err != nil {
				return model.Errorf(model.Invalid, "the lines of one order add up to too much: %w", err).
					WithHint("check the amounts of the order with line value %s", amount)
			}
			*sum = total
			intake.OrderFlags[o] |= g.flag[row]
		}
	}
	if anyReturned {
		intake.OrderReturned = returned
	}
	g.flag = nil
	if !g.layout.keepLines {
		g.amount = nil
	}
	return nil
}

func (g *grouping) orderKeys() model.Strings {
	keys := model.Strings{Ends: make([]uint32, 0, len(g.first)-1)}
	size := 0
	for _, i := range g.first[:len(g.first)-1] {
		size += len(g.order.Slice(int(g.row[i])))
	}
	keys.Bytes = make([]byte, 0, size)
	for _, i := range g.first[:len(g.first)-1] {
		keys.Bytes = append(keys.Bytes, g.order.Slice(int(g.row[i]))...)
		keys.Ends = append(keys.Ends, uint32(len(keys.Bytes)))
	}
	return keys
}

// customerAttributes gives each customer the last value of the file that is
// not empty.
func (g *grouping) customerAttributes() []model.IntakeAttribute {
	return g.rolledAttributes(model.OfCustomer, func(code []uint32) []uint32 {
		last := make([]uint32, g.customers)
		for row, c := range code {
			if c != 0 {
				last[g.customer[row]] = c
			}
		}
		return last
	})
}

// rolledAttributes rolls up the attributes of one subject, and drops their
// row columns.
func (g *grouping) rolledAttributes(subject model.Subject, roll func(code []uint32) []uint32) []model.IntakeAttribute {
	var rolled []model.IntakeAttribute
	for i, a := range g.layout.attributes {
		if a.subject == subject {
			column := &g.attributes[i]
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

func (g *grouping) lines() *model.IntakeLines {
	lines := &model.IntakeLines{Order: make([]int32, len(g.row)), Amount: everyRow(g, g.amount)}
	g.amount = nil
	for o := range len(g.first) - 1 {
		for i := g.first[o]; i < g.first[o+1]; i++ {
			lines.Order[i] = int32(o)
		}
	}
	if g.layout.quantity != none {
		lines.Quantity = everyRow(g, g.quantity)
	}
	if g.layout.price != none {
		lines.Price = everyRow(g, g.price)
	}
	g.quantity, g.price = nil, nil
	lines.Attributes = g.rolledAttributes(model.OfLine, func(code []uint32) []uint32 { return everyRow(g, code) })
	return lines
}

// firsts returns the value of each order's first row.
func firsts[T any](g *grouping, column []T) []T {
	values := make([]T, len(g.first)-1)
	inParallel(len(values), func(from, to int) {
		for o := from; o < to; o++ {
			values[o] = column[g.row[g.first[o]]]
		}
	})
	return values
}

// everyRow returns a column in the order of the orders.
func everyRow[T any](g *grouping, column []T) []T {
	values := make([]T, len(g.row))
	inParallel(len(values), func(from, to int) {
		for i := from; i < to; i++ {
			values[i] = column[g.row[i]]
		}
	})
	return values
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

package sqlite

import (
	"cmp"
	"slices"

	"strata/model"
)

// arrival is an intake on its way into the columns.
type arrival struct {
	intake *model.Intake
	first  int64 // id of the first of its orders
	// ordinal is the workspace's ordinal of each of the intake's customers.
	ordinal []int32
	// flags are those of the intake's orders, with what has a cost marked.
	flags []model.OrderFlag
	// order lists the intake's orders by workspace customer; nil when they
	// stand so already.
	order []int32
	// Of corrections, what joins orders that are there, and which orders it could
	// have joined: to be like those is no repetition. Both nil of other files.
	joining *joining
	apart   func(order int32) bool
	// The SQL columns of its attributes.
	customerColumns, orderColumns, lineColumns []string
}

// newArrival numbers the intake's customers: a key the columns have keeps its
// number, the others follow in order of first appearance.
func newArrival(intake *model.Intake, into *columns) *arrival {
	a := &arrival{intake: intake, ordinal: make([]int32, intake.Customers.Len()), flags: markedFlags(intake)}
	if into.customers() == 0 {
		for local := range a.ordinal {
			a.ordinal[local] = int32(local)
		}
		return a
	}
	known := make(map[string]int32, into.customers())
	for ordinal := range into.customers() {
		known[into.keys.At(ordinal)] = int32(ordinal)
	}
	next, rising := int32(into.customers()), true
	for local := range a.ordinal {
		ordinal, ok := known[string(intake.Customers.Slice(local))]
		if !ok {
			ordinal = next
			next++
		}
		a.ordinal[local] = ordinal
		rising = rising && (local == 0 || a.ordinal[local-1] < ordinal)
	}
	if !rising {
		a.order = a.byCustomer()
	}
	return a
}

// byCustomer lists the intake's orders by workspace customer. They stand by
// local customer, so whole runs are moved.
func (a *arrival) byCustomer() []int32 {
	start := a.starts()
	locals := make([]int32, len(a.ordinal))
	for i := range locals {
		locals[i] = int32(i)
	}
	slices.SortFunc(locals, func(x, y int32) int { return cmp.Compare(a.ordinal[x], a.ordinal[y]) })
	order := make([]int32, 0, len(a.intake.OrderDay))
	for _, local := range locals {
		for i := start[local]; i < start[local+1]; i++ {
			order = append(order, i)
		}
	}
	return order
}

// starts returns where each local customer's orders begin.
func (a *arrival) starts() []int32 {
	start := make([]int32, len(a.ordinal)+1)
	for _, c := range a.intake.OrderCustomer {
		start[c+1]++
	}
	for c := range a.ordinal {
		start[c+1] += start[c]
	}
	return start
}

// at returns the intake's order at position i by workspace customer.
func (a *arrival) at(i int) int32 {
	if a.order == nil {
		return int32(i)
	}
	return a.order[i]
}

// positions returns where each of the intake's orders stands by workspace
// customer.
func (a *arrival) positions() func(order int32) int64 {
	if a.order == nil {
		return func(order int32) int64 { return int64(order) }
	}
	at := make([]int32, len(a.order))
	for i, order := range a.order {
		at[order] = int32(i)
	}
	return func(order int32) int64 { return int64(at[order]) }
}

// lineRows lists the intake's lines by position of their order; nil when they
// stand so already.
func (a *arrival) lineRows() []int32 {
	lines := a.intake.Lines
	if a.order == nil || lines == nil {
		return nil
	}
	start := make([]int32, len(a.order)+1) // of each order's lines
	for _, order := range lines.Order {
		start[order+1]++
	}
	for o := range a.order {
		start[o+1] += start[o]
	}
	rows := make([]int32, 0, len(lines.Order))
	for _, order := range a.order {
		for row := start[order]; row < start[order+1]; row++ {
			rows = append(rows, row)
		}
	}
	return rows
}

// markedFlags returns the flags of the intake's orders, which have a cost where
// the file has one.
func markedFlags(in *model.Intake) []model.OrderFlag {
	if in.OrderCost == nil {
		return in.OrderFlags
	}
	flags := slices.Clone(in.OrderFlags)
	for i := range flags {
		flags[i] |= model.Costed
	}
	return flags
}

// columns returns the arrival's rows alone: they stand as columns do, and
// share the intake's memory.
func (a *arrival) columns() *columns {
	in := a.intake
	c := &columns{
		keys: in.Customers, start: a.starts(), day: in.OrderDay, value: in.OrderValue,
		returned: in.OrderReturned, flags: a.flags, cost: in.OrderCost, orderKeys: in.OrderKeys,
	}
	for i, name := range a.customerColumns {
		c.customerAttributes = append(c.customerAttributes, codedColumn{name, in.CustomerAttributes[i].Codes})
	}
	for i, name := range a.orderColumns {
		c.orderAttributes = append(c.orderAttributes, codedColumn{name, in.OrderAttributes[i].Codes})
	}
	return c
}

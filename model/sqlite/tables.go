package sqlite

import (
	"fmt"
	"strings"

	"strata/model"
)

// This file says how the columns of an intake become rows of the tables.

// tables has the table of each subject.
var tables = map[model.Subject]string{
	model.OfCustomer: "customer",
	model.OfOrder:    "orders",
	model.OfLine:     "order_line",
}

// storeRejects stores the refused rows.
func (l *loader) storeRejects(in *model.Intake, source int64) error {
	text := func(name string, of func(r *model.Reject) string) column {
		return column{name: name, text: func(row int) []byte { return []byte(of(&in.Rejects[row])) }}
	}
	f := feed{ctx: l.ctx, table: "reject", rows: len(in.Rejects), columns: []column{
		constant("source_id", source),
		{name: "line", number: func(row int) int64 { return in.Rejects[row].Line }},
		text("header", func(r *model.Reject) string { return r.Column }),
		text("value", func(r *model.Reject) string { return r.Value }),
		text("row", func(r *model.Reject) string { return r.Row }),
		text("code", func(r *model.Reject) string { return r.Code }),
		text("reason", func(r *model.Reject) string { return r.Reason }),
	}}
	if err := f.insert(l.tx, ""); err != nil {
		return err
	}
	return sealedRejects.ofFeed(l.ctx, l.tx, source, &f)
}

// appendRows adds the arrival's rows to the tables by SQL.
func (l *loader) appendRows(a *arrival, orders, lines *feed) error {
	if err := l.storeCustomers(a); err != nil {
		return err
	}
	if err := orders.insert(l.tx, ""); err != nil {
		return err
	}
	return lines.insert(l.tx, "")
}

// customerFeed offers all customers there are.
func (l *loader) customerFeed() *feed {
	columns := []column{texts("key", &l.columns.keys)}
	for _, at := range l.columns.customerAttributes {
		columns = append(columns, coded(at.column, &at.codes))
	}
	return &feed{ctx: l.ctx, table: "customer", rows: l.columns.customers(), columns: columns}
}

// storeCustomers adds the new customers, and what the file says about old
// ones where it says something.
func (l *loader) storeCustomers(a *arrival) error {
	in := a.intake
	columns := []column{
		{name: "id", number: func(row int) int64 { return int64(a.ordinal[row]) + 1 }},
		texts("key", &in.Customers),
	}
	var updates []string
	for i, name := range a.customerColumns {
		columns = append(columns, coded(name, &in.CustomerAttributes[i].Codes))
		updates = append(updates, fmt.Sprintf("%[1]s = coalesce(excluded.%[1]s, %[1]s)", name))
	}
	conflict := "DO NOTHING"
	if len(updates) > 0 {
		conflict = "DO UPDATE SET " + strings.Join(updates, ", ")
	}
	f := feed{ctx: l.ctx, table: "customer", rows: len(a.ordinal), columns: columns}
	return f.insert(l.tx, "WHERE true ON CONFLICT (id) "+conflict)
}

// orderFeed offers the arrival's orders by workspace customer.
func (l *loader) orderFeed(a *arrival, source int64) *feed {
	in := a.intake
	columns := []column{
		{name: "customer_id", number: func(row int) int64 { return int64(a.ordinal[in.OrderCustomer[row]]) + 1 }},
		constant("source_id", source),
		numbers("day", in.OrderDay),
		numbers("value_e4", in.OrderValue),
		constant("returned_e4", 0),
		numbers("flags", in.OrderFlags),
		numbers("lines", in.OrderLines),
	}
	if in.OrderCost != nil {
		columns = append(columns, numbers("cost_e4", in.OrderCost))
	}
	if in.OrderReturned != nil {
		columns[4] = numbers("returned_e4", in.OrderReturned)
	}
	if in.OrderKeys.Len() > 0 {
		columns = append(columns, texts("order_key", &in.OrderKeys))
	}
	for i, name := range a.orderColumns {
		columns = append(columns, coded(name, &in.OrderAttributes[i].Codes))
	}
	for i := range columns {
		columns[i] = reordered(columns[i], a.order)
	}
	return &feed{ctx: l.ctx, table: "orders", rows: len(in.OrderDay), columns: columns, done: l.advance}
}

// lineFeed offers the arrival's lines in the order of its orders.
func (l *loader) lineFeed(a *arrival) *feed {
	lines := a.intake.Lines
	if lines == nil {
		return &feed{ctx: l.ctx, table: "order_line"}
	}
	position := a.positions()
	f := l.linesFeed(lines, a.lineColumns, func(order int32) int64 { return a.first + position(order) })
	rows := a.lineRows()
	for i := range f.columns {
		f.columns[i] = reordered(f.columns[i], rows)
	}
	return f
}

// linesFeed offers lines, given the SQL columns of their attributes and the ids of
// their orders.
func (l *loader) linesFeed(lines *model.IntakeLines, attributes []string, id func(order int32) int64) *feed {
	columns := []column{
		{name: "order_id", number: func(row int) int64 { return id(lines.Order[row]) }},
		numbers("amount_e4", lines.Amount),
	}
	if lines.Quantity != nil {
		columns = append(columns, numbers("quantity_e4", lines.Quantity))
	}
	if lines.Price != nil {
		columns = append(columns, numbers("price_e4", lines.Price))
	}
	if lines.Cost != nil {
		columns = append(columns, numbers("cost_e4", lines.Cost))
	}
	if lines.Refund != nil {
		columns = append(columns, numbers("refund_e4", lines.Refund))
	}
	if lines.Flags != nil {
		columns = append(columns, numbers("flags", lines.Flags))
	}
	for i, name := range attributes {
		columns = append(columns, coded(name, &lines.Attributes[i].Codes))
	}
	return &feed{ctx: l.ctx, table: "order_line", rows: len(lines.Order), columns: columns, done: l.advance}
}

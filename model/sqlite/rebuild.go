package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// rebuild makes the columns anew from the tables: the slow way, taken when
// the stored columns are missing, damaged or of another generation.
func rebuild(ctx context.Context, q querier, c *catalog) (*columns, error) {
	in := &model.Intake{}
	a := &arrival{intake: in}
	var err error
	if a.customerColumns, in.CustomerAttributes, err = scanCustomers(ctx, q, c, in); err != nil {
		return nil, err
	}
	a.ordinal = make([]int32, in.Customers.Len())
	for i := range a.ordinal {
		a.ordinal[i] = int32(i)
	}
	if a.orderColumns, in.OrderAttributes, err = scanOrders(ctx, q, c, in); err != nil {
		return nil, err
	}
	a.flags = in.OrderFlags
	order := make([]int32, len(in.OrderDay))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int {
		if d := cmp.Compare(in.OrderCustomer[x], in.OrderCustomer[y]); d != 0 {
			return d
		}
		return cmp.Compare(in.OrderDay[x], in.OrderDay[y])
	})
	start := a.starts()
	for i := range order {
		order[i] = ^order[i]
	}
	all, err := new(columns).merge(a, order, start)
	if err != nil {
		return nil, err
	}
	all.tidy()
	if c.numbered() {
		all.number = nil
	}
	return all, fitsAccount(ctx, q, c, all)
}

func scanCustomers(ctx context.Context, q querier, c *catalog, in *model.Intake) ([]string, []model.IntakeAttribute, error) {
	kept := newKeptScan(c, model.OfCustomer)
	rows, err := q.QueryContext(ctx, "SELECT id, key"+kept.list()+" FROM customer ORDER BY id")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	var key sql.RawBytes
	var id int64
	targets := append([]any{&id, &key}, kept.targets()...)
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, nil, err
		}
		if want := int64(in.Customers.Len()) + 1; id != want {
			return nil, nil, damaged("customer {number} is followed by customer {next}", "number", want-1, "next", id)
		}
		if err := in.Customers.Append(key); err != nil {
			return nil, nil, err
		}
		kept.take()
	}
	return kept.names, kept.attributes, rows.Err()
}

func scanOrders(ctx context.Context, q querier, c *catalog, in *model.Intake) ([]string, []model.IntakeAttribute, error) {
	kept := newKeptScan(c, model.OfOrder)
	cost := "NULL"
	if c.costed() {
		cost = "cost_e4"
	}
	rows, err := q.QueryContext(ctx,
		"SELECT id, customer_id, day, value_e4, returned_e4, flags, order_key, "+cost+kept.list()+" FROM orders ORDER BY id")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	var key sql.RawBytes
	var id, customer int64
	var day model.Day
	var value, returned model.Money
	var flags model.OrderFlag
	var spent sql.NullInt64
	targets := append([]any{&id, &customer, &day, &value, &returned, &flags, &key, &spent}, kept.targets()...)
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, nil, err
		}
		if want := int64(len(in.OrderDay)) + 1; id != want {
			return nil, nil, damaged("order {number} is followed by order {next}", "number", want-1, "next", id)
		}
		if customer < 1 || customer > int64(in.Customers.Len()) {
			return nil, nil, damaged("order {order} belongs to customer {customer} of {customers}", "order", id, "customer", customer, "customers", in.Customers.Len())
		}
		if value < 0 || returned < 0 {
			return nil, nil, damaged("order {order} has an amount below zero", "order", id)
		}
		if c.costed() {
			in.OrderCost = append(in.OrderCost, model.Money(spent.Int64))
		}
		if spent.Valid {
			flags |= model.Costed
		}
		in.OrderCustomer = append(in.OrderCustomer, int32(customer-1))
		in.OrderDay = append(in.OrderDay, day)
		in.OrderValue = append(in.OrderValue, value)
		in.OrderReturned = append(in.OrderReturned, returned)
		in.OrderFlags = append(in.OrderFlags, flags)
		if err := in.OrderKeys.Append(key); err != nil {
			return nil, nil, err
		}
		kept.take()
	}
	return kept.names, kept.attributes, rows.Err()
}

// keptScan reads the kept columns of a table row by row.
type keptScan struct {
	names      []string
	attributes []model.IntakeAttribute
	texts      []sql.RawBytes
	codeOf     []map[string]uint32
}

func newKeptScan(c *catalog, subject model.Subject) *keptScan {
	k := &keptScan{}
	for _, at := range c.attributes {
		if at.Subject != subject {
			continue
		}
		k.names = append(k.names, at.Column)
		k.attributes = append(k.attributes, model.IntakeAttribute{Codes: model.Codes{Words: []string{""}}})
		k.codeOf = append(k.codeOf, map[string]uint32{"": 0})
	}
	k.texts = make([]sql.RawBytes, len(k.names))
	return k
}

// list continues a SELECT's list of columns.
func (k *keptScan) list() string {
	if len(k.names) == 0 {
		return ""
	}
	return ", " + strings.Join(k.names, ", ")
}

func (k *keptScan) targets() []any {
	out := make([]any, len(k.texts))
	for i := range out {
		out[i] = &k.texts[i]
	}
	return out
}

// take codes the row just scanned.
func (k *keptScan) take() {
	for i, text := range k.texts {
		codes := &k.attributes[i].Codes
		code, ok := k.codeOf[i][string(text)]
		if !ok {
			code = uint32(len(codes.Words))
			codes.Words = append(codes.Words, string(text))
			k.codeOf[i][string(text)] = code
		}
		codes.Code = append(codes.Code, code)
	}
}

// fitsAccount compares what was scanned with what the sources account for, and
// with what the columns were when an import made them.
func fitsAccount(ctx context.Context, q querier, c *catalog, all *columns) error {
	if all.customers() != c.info.Customers || all.orders() != c.info.Orders {
		return damaged("the files account for {customers} customers and {orders} orders, but the tables hold {found_customers} and {found_orders}", "customers", c.info.Customers, "orders", c.info.Orders, "found_customers", all.customers(), "found_orders", all.orders())
	}
	if why := reckoned(all).differs(c); why != "" {
		return damaged("{why}", "why", why)
	}
	sums := columnChunks.adder(c.info.Generation)
	sums.columns(all)
	return fitsSeal(ctx, q, c.version, columnChunks.name, sums.sums, catalogue.T("the orders and customers"))
}

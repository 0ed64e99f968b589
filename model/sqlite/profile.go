package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// Profile returns all there is about one customer.
func (w *Workspace) Profile(ctx context.Context, customer int) (model.Profile, error) {
	p, err := w.profile(ctx, customer)
	if err != nil {
		return p, fault(catalogue.T("reading"), w.path, err)
	}
	return p, w.fitsColumns(ctx, customer, &p)
}

// profile reads what the tables have about a customer.
func (w *Workspace) profile(ctx context.Context, customer int) (p model.Profile, err error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return p, err
	}
	err = transact(ctx, w.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		c := w.current()
		if err := unchanged(ctx, tx, c, w.path); err != nil {
			return err
		}
		if customer < 0 || customer >= c.info.Customers {
			return model.Errorf(model.NotFound, "there is no customer number {customer} in {path:q}", "customer", customer, "path", w.path)
		}
		id := int64(customer) + 1
		var err error
		if p.Key, p.Facts, err = customerRow(ctx, tx, c, id); err != nil {
			return err
		}
		p.Orders, err = ordersOf(ctx, tx, c, id)
		return err
	})
	return p, err
}

// fitsColumns makes sure that the tables tell the same of a customer as the
// columns, of which all other figures are made. Error: Corrupt.
func (w *Workspace) fitsColumns(ctx context.Context, customer int, p *model.Profile) error {
	var kept []string
	for _, at := range w.catalog.Load().attributes {
		if at.Subject == model.OfCustomer {
			kept = append(kept, at.Name)
		}
	}
	customers, err := w.Customers(ctx, kept...)
	if err != nil {
		return err
	}
	keys, err := w.orderKeys(ctx)
	if err != nil {
		return err
	}
	orders, err := w.Orders(ctx)
	if err != nil {
		return err
	}
	from, to := int(orders.Start[customer]), int(orders.Start[customer+1])
	same := customers.Keys.At(customer) == p.Key && to-from == len(p.Orders)
	for i := from; same && i < to; i++ {
		o := p.Orders[i-from]
		same = o.Day == orders.Day[i] && o.Value == orders.Value[i] && (orders.Returned == nil || o.Returned == orders.Returned[i]) &&
			o.Flags == orders.Flags[i]&^model.Costed && (keys.Len() == 0 && o.Key == "" || keys.Len() > 0 && o.Key == keys.At(i))
	}
	facts := map[string]string{}
	for _, f := range p.Facts {
		facts[f.Name] = f.Value
	}
	for _, name := range kept {
		codes := customers.Attributes[name]
		same = same && facts[name] == codes.Words[codes.Code[customer]]
	}
	if !same {
		return fault(catalogue.T("reading"), w.path, damaged("the tables do not hold the orders of customer {customer:q} as they were imported", "customer", customers.Keys.At(customer)))
	}
	return nil
}

// customerRow reads a row of customer; attributes without a value are left out.
func customerRow(ctx context.Context, q querier, c *catalog, id int64) (key string, facts []model.Fact, err error) {
	columns := []string{"key"}
	var names []string
	for _, at := range c.attributes {
		if at.Subject == model.OfCustomer {
			columns = append(columns, at.Column)
			names = append(names, at.Name)
		}
	}
	values := make([]sql.NullString, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	query := fmt.Sprintf("SELECT %s FROM customer WHERE id = ?", strings.Join(columns, ", "))
	if err := q.QueryRowContext(ctx, query, id).Scan(into...); err != nil {
		return "", nil, err
	}
	for i, name := range names {
		if v := values[i+1]; v.Valid {
			facts = append(facts, model.Fact{Name: name, Value: v.String})
		}
	}
	return values[0].String, facts, nil
}

// ordersOf reads the orders of a customer by day. The orders of one source
// stand together by customer, so that they are found by halving, and no index
// needs to be kept over all orders.
func ordersOf(ctx context.Context, tx *sql.Tx, c *catalog, customer int64) ([]model.Order, error) {
	owner, err := tx.PrepareContext(ctx, "SELECT customer_id FROM orders WHERE id = ?")
	if err != nil {
		return nil, err
	}
	defer func() { _ = owner.Close() }() // only read
	var orders []model.Order
	for _, source := range c.brought {
		at := sort.Search(int(source.orders), func(i int) bool {
			var found int64
			if err == nil {
				err = owner.QueryRowContext(ctx, source.first+int64(i)).Scan(&found)
			}
			return found >= customer
		})
		if err != nil {
			return nil, err
		}
		if orders, err = appendOrders(ctx, tx, orders, customer, source.first+int64(at), source.first+source.orders); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(orders, func(a, b model.Order) int { return int(a.Day) - int(b.Day) })
	return orders, nil
}

// appendOrders reads the customer's orders that stand from id first on, before
// id end.
func appendOrders(ctx context.Context, q querier, orders []model.Order, customer, first, end int64) ([]model.Order, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT customer_id, coalesce(order_key, ''), day, value_e4, returned_e4, flags
		FROM orders WHERE id >= ? AND id < ? ORDER BY id`, first, end)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var o model.Order
		var owner int64
		if err := rows.Scan(&owner, &o.Key, &o.Day, &o.Value, &o.Returned, &o.Flags); err != nil {
			return nil, err
		}
		if owner != customer {
			break
		}
		orders = append(orders, o)
	}
	return orders, rows.Err()
}

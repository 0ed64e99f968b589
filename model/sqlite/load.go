package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"strata/model"
)

// loadedColumns are the columns read so far, all of one catalog.
type loadedColumns struct {
	of     *catalog
	orders *model.Orders  // without attributes
	keys   *model.Strings // of customers
	codes  map[string]*model.Codes
}

// Orders returns the order columns with the named order attributes.
func (w *Workspace) Orders(ctx context.Context, attributes ...string) (*model.Orders, error) {
	var out model.Orders
	err := w.load(ctx, func(r *columnReader, have *loadedColumns) (err error) {
		if have.orders == nil {
			orders, err := r.orders(have.of.info)
			if err != nil {
				return err
			}
			have.orders = orders
		}
		out = *have.orders
		out.Attributes, err = have.named(r, model.OfOrder, attributes, have.of.info.Orders)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// Customers returns the customer columns with the named customer attributes.
func (w *Workspace) Customers(ctx context.Context, attributes ...string) (*model.Customers, error) {
	var out model.Customers
	err := w.load(ctx, func(r *columnReader, have *loadedColumns) (err error) {
		rows := have.of.info.Customers
		if have.keys == nil {
			keys, err := r.texts(customerKeyColumn, rows)
			if err != nil {
				return err
			}
			have.keys = &keys
		}
		out.Keys = *have.keys
		out.Attributes, err = have.named(r, model.OfCustomer, attributes, rows)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// named reads the attributes asked for that are not there yet.
func (have *loadedColumns) named(r *columnReader, subject model.Subject, names []string, rows int) (map[string]*model.Codes, error) {
	out := make(map[string]*model.Codes, len(names))
	for _, name := range names {
		i := slices.IndexFunc(have.of.attributes, func(at model.Attribute) bool { return at.Subject == subject && at.Name == name })
		if i < 0 {
			return nil, model.Errorf(model.NotFound, "the workspace has no %s column %q", subject, name).
				WithHint("see the columns with: strata sources W --dictionary")
		}
		column := attributeColumn(subject, have.of.attributes[i].Column)
		if have.codes[column] == nil {
			codes, err := r.codes(column, rows)
			if err != nil {
				return nil, err
			}
			have.codes[column] = codes
		}
		out[name] = have.codes[column]
	}
	return out, nil
}

// load lets read fill in what is missing. Columns that are not stored as they
// should be are made anew from the tables.
func (w *Workspace) load(ctx context.Context, read func(r *columnReader, have *loadedColumns) error) error {
	w.use.RLock()
	defer w.use.RUnlock()
	if done, err := w.fromLoaded(read); done {
		return err
	}
	var c *catalog
	var made *columns
	err := transact(ctx, w.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) (err error) {
		// The connection first, then the lock: an import, which has the
		// connection for long, must not keep others from what is loaded.
		w.loading.Lock()
		defer w.loading.Unlock()
		c = w.catalog.Load()
		made, err = w.fill(ctx, tx, c, read)
		return err
	})
	if err == nil && made != nil && !w.readOnly() {
		// Should the disk be full, the columns are in memory all the same, and
		// the next opening makes them anew once more.
		_ = transact(ctx, w.db, nil, func(tx *sql.Tx) error {
			if err := unchanged(ctx, tx, c, w.path); err != nil {
				return err
			}
			return writeColumns(ctx, tx, made, c.info.Generation)
		})
	}
	return fault("reading", w.path, err)
}

// fill reads from the file; if the columns had to be made from the tables it
// returns them.
func (w *Workspace) fill(ctx context.Context, tx *sql.Tx, c *catalog, read func(r *columnReader, have *loadedColumns) error) (made *columns, err error) {
	if err := unchanged(ctx, tx, c, w.path); err != nil {
		return nil, err
	}
	have := w.loaded
	if have == nil {
		have = &loadedColumns{of: c, codes: map[string]*model.Codes{}}
		w.loaded = have
	}
	err = read(&columnReader{ctx: ctx, q: tx, generation: c.info.Generation}, have)
	if !errors.Is(err, errChunk) {
		return nil, err
	}
	if made, err = rebuild(ctx, tx, c); err != nil {
		return nil, err
	}
	w.loaded = made.loaded(c)
	return made, read(new(columnReader), w.loaded)
}

// fromLoaded answers from what is loaded, if that is enough.
func (w *Workspace) fromLoaded(read func(r *columnReader, have *loadedColumns) error) (done bool, err error) {
	w.loading.Lock()
	defer w.loading.Unlock()
	if w.loaded == nil {
		return false, nil
	}
	err = read(new(columnReader), w.loaded)
	return !errors.Is(err, errNotLoaded), err
}

// data returns everything the workspace holds, within a transaction.
func data(ctx context.Context, q querier, c *catalog) (*columns, error) {
	r := &columnReader{ctx: ctx, q: q, generation: c.info.Generation}
	all, err := r.all(c)
	if errors.Is(err, errChunk) {
		return rebuild(ctx, q, c)
	}
	return all, err
}

// unchanged makes sure that the file still holds the data of the catalog:
// while we only read, another program may import.
func unchanged(ctx context.Context, q querier, c *catalog, path string) error {
	g, err := generation(ctx, q)
	if err == nil && g != c.info.Generation {
		return model.Errorf(model.Busy, "%q has been changed by another program since it was opened", path).WithHint("open it again")
	}
	return err
}

// loaded offers freshly made columns as if they had been read.
func (c *columns) loaded(of *catalog) *loadedColumns {
	l := &loadedColumns{of: of, keys: &c.keys, codes: map[string]*model.Codes{}}
	l.orders = &model.Orders{Start: c.start, Day: c.day, Value: c.value, Returned: c.returned, Flags: c.flags}
	for _, at := range c.customerAttributes {
		l.codes[attributeColumn(model.OfCustomer, at.column)] = &at.codes
	}
	for _, at := range c.orderAttributes {
		l.codes[attributeColumn(model.OfOrder, at.column)] = &at.codes
	}
	return l
}

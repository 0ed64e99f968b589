package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"strata/model"
	"strata/model/catalogue"
)

// loadedColumns are the columns read so far, all of one catalog.
type loadedColumns struct {
	of     *catalog
	orders *model.Orders  // without attributes
	keys   *model.Strings // of customers
	codes  map[string]*model.Codes
	lines  *loadedLines

	orderKeys *model.Strings // none where no order has one

	number   []int32 // as columns.number, once numbered says so
	numbered bool

	// made are the lines of sources of which no columns were stored, and unstored
	// the sources of which they still are to be.
	made     map[int64]*sourceLines
	unstored []int64

	// doubtful says that a stored column was damaged, and not only missing: the
	// file may be damaged elsewhere, too.
	doubtful bool
}

// Orders returns the order columns with the named order attributes.
func (w *Workspace) Orders(ctx context.Context, attributes ...string) (*model.Orders, error) {
	var out model.Orders
	err := w.load(ctx, func(r *columnReader, have *loadedColumns) (err error) {
		if have.orders == nil {
			orders, err := r.orders(have.of)
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

// orderKeys returns the orders' ids in the files; none where no order has one.
func (w *Workspace) orderKeys(ctx context.Context) (keys *model.Strings, err error) {
	err = w.load(ctx, func(r *columnReader, have *loadedColumns) error {
		if have.orderKeys == nil {
			read, err := r.texts(orderKeyColumn, have.of.info.Orders)
			if err != nil {
				return err
			}
			have.orderKeys = &read
		}
		keys = have.orderKeys
		return nil
	})
	return keys, err
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
			return nil, model.Errorf(model.NotFound, "the workspace has no {subject} column {name:q}", "subject", subject, "name", name).
				WithHint("see the columns with: strata sources W --dictionary")
		}
		column := attributeColumn(subject, have.of.attributes[i].Column)
		if have.codes[column] == nil {
			codes, err := have.read(r, subject, have.of.attributes[i].Column, rows)
			if err != nil {
				return nil, err
			}
			have.codes[column] = codes
		}
		out[name] = have.codes[column]
	}
	return out, nil
}

// read reads an attribute by its SQL column.
func (have *loadedColumns) read(r *columnReader, subject model.Subject, column string, rows int) (*model.Codes, error) {
	if subject == model.OfLine {
		return have.lineCodes(r, column)
	}
	return r.codes(attributeColumn(subject, column), rows)
}

// load lets read fill in what is missing. Columns that are not stored as they
// should be are made anew from the tables.
func (w *Workspace) load(ctx context.Context, read func(r *columnReader, have *loadedColumns) error) error {
	w.use.RLock()
	defer w.use.RUnlock()
	if done, err := w.fromLoaded(read); done {
		return err
	}
	if err := w.unhindered(); err != nil {
		return err
	}
	var c *catalog
	var made *remade
	err := transact(ctx, w.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) (err error) {
		// The connection first, then the lock: an import, which has the
		// connection for long, must not keep others from what is loaded.
		w.loading.Lock()
		defer w.loading.Unlock()
		c = w.catalog.Load()
		made, err = w.fill(ctx, tx, c, read)
		return err
	})
	if err == nil && made != nil && !w.readOnly() && (!made.doubtful || check(ctx, w.db) == nil) {
		// Should the disk be full, the columns are in memory all the same, and
		// the next opening makes them anew once more. So it does in a file whose
		// pages are damaged: freeing those of a damaged column might free others.
		_ = transact(ctx, w.db, nil, func(tx *sql.Tx) error {
			if err := unchanged(ctx, tx, c, w.path); err != nil {
				return err
			}
			return made.write(ctx, tx, c)
		})
	}
	return fault(catalogue.T("reading"), w.path, err)
}

// remade is what had to be made from the tables, and is to be stored.
type remade struct {
	columns  *columns // nil where they were there
	lines    map[int64]*sourceLines
	doubtful bool
}

// write stores what was made in the place of what was not there.
func (m *remade) write(ctx context.Context, tx *sql.Tx, c *catalog) error {
	if err := mustBeSealed(ctx, tx, c); err != nil {
		return err
	}
	if m.columns != nil {
		if err := writeColumns(ctx, tx, m.columns, c.info.Generation); err != nil {
			return err
		}
	}
	for source, lines := range m.lines {
		if err := lines.write(ctx, tx, source, c.attributes); err != nil {
			return err
		}
	}
	return nil
}

// fill reads from the file; if columns had to be made from the tables it
// returns them.
func (w *Workspace) fill(ctx context.Context, tx *sql.Tx, c *catalog, read func(r *columnReader, have *loadedColumns) error) (made *remade, err error) {
	if err := unchanged(ctx, tx, c, w.path); err != nil {
		return nil, err
	}
	have := w.loaded
	if have == nil {
		have = &loadedColumns{of: c, codes: map[string]*model.Codes{}}
		w.loaded = have
	}
	r := columnChunks.reader(ctx, tx, c.info.Generation)
	made = &remade{}
	if err = read(r, have); errors.Is(err, errChunk) {
		made.doubtful = errors.Is(err, errDamagedChunk)
		if made.columns, err = rebuild(ctx, tx, c); err != nil {
			return nil, err
		}
		have = made.columns.loaded(c)
		w.loaded = have
		err = read(r, have)
	}
	made.doubtful = made.doubtful || have.doubtful
	made.lines = have.takeUnstored()
	if made.columns == nil && made.lines == nil {
		return nil, err
	}
	return made, err
}

// takeUnstored returns the lines that are to be stored, once.
func (have *loadedColumns) takeUnstored() map[int64]*sourceLines {
	if have.unstored == nil {
		return nil
	}
	lines := map[int64]*sourceLines{}
	for _, source := range have.unstored {
		lines[source] = have.made[source]
	}
	have.unstored = nil
	return lines
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

// data returns everything the workspace holds, within a transaction: what an
// import is to build on, and so more is looked at than for a mere reading.
func data(ctx context.Context, q querier, c *catalog) (*columns, error) {
	if err := c.fitsTables(ctx, q); err != nil {
		return nil, err
	}
	r := columnChunks.reader(ctx, q, c.info.Generation)
	all, err := r.all(c)
	if errors.Is(err, errDamagedChunk) {
		if err := check(ctx, q); err != nil {
			return nil, err
		}
	}
	if errors.Is(err, errChunk) {
		return rebuild(ctx, q, c)
	}
	return all, err
}

// current is the catalog of the file as a transaction in progress sees it: between
// an import's commit and its new catalog, it is waited for.
func (w *Workspace) current() *catalog {
	w.loading.Lock()
	defer w.loading.Unlock()
	return w.catalog.Load()
}

// unchanged makes sure that the file still holds the data of the catalog:
// while we only read, another program may import, and a file may be put in the
// place of another at any time.
func unchanged(ctx context.Context, q querier, c *catalog, path string) error {
	g, err := generation(ctx, q)
	if err != nil {
		return err
	}
	sealed := int64(0)
	if c.version >= sealStep {
		if sealed, _, err = sealOf(ctx, q, "source"); err != nil {
			return err
		}
	}
	if g != c.info.Generation || sealed != c.sealed {
		return model.Errorf(model.Busy, "{path:q} has been changed by another program since it was opened", "path", path).WithHint("open it again")
	}
	return nil
}

// loaded offers freshly made columns as if they had been read.
func (c *columns) loaded(of *catalog) *loadedColumns {
	l := &loadedColumns{of: of, keys: &c.keys, orderKeys: &c.orderKeys, codes: map[string]*model.Codes{}}
	l.orders = &model.Orders{Start: c.start, Day: c.day, Value: c.value, Returned: c.returned, Flags: c.flags, Cost: c.cost}
	l.number, l.numbered = c.number, true
	for _, at := range c.customerAttributes {
		l.codes[attributeColumn(model.OfCustomer, at.column)] = &at.codes
	}
	for _, at := range c.orderAttributes {
		l.codes[attributeColumn(model.OfOrder, at.column)] = &at.codes
	}
	return l
}

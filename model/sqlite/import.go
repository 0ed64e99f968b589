package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"strata/model"
)

// Import stores files in one transaction, all of them or none, and refreshes
// the columns. It sets the ID of each intake's source. An order that a customer
// already has from an earlier source is kept, and warned about. On error or
// cancellation the workspace is as before. Errors: ReadOnly, Busy, Cancelled.
func (w *Workspace) Import(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) ([]model.Warning, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.mustWrite(); err != nil {
		return nil, err
	}
	l, err := w.append(ctx, intakes, report)
	if err != nil {
		return nil, fault("importing into", w.path, err)
	}
	l.tellIDs(intakes)
	return l.warnings, nil
}

func (w *Workspace) append(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (l *loader, err error) {
	var after *catalog
	err = transact(ctx, w.db, nil, func(tx *sql.Tx) error {
		before := w.catalog.Load()
		have, err := data(ctx, tx, before)
		if err != nil {
			return err
		}
		if l, err = load(ctx, tx, have, before.attributes, intakes, report); err != nil {
			return err
		}
		read, err := readCatalog(ctx, tx)
		if err != nil {
			return err
		}
		// Nobody may look between the commit and the new catalog.
		w.loading.Lock()
		after = read
		return nil
	})
	if after == nil {
		return nil, err
	}
	defer w.loading.Unlock()
	if err != nil {
		return nil, err
	}
	w.catalog.Store(after)
	w.loaded = nil
	return l, nil
}

// loader stores intakes within one transaction.
type loader struct {
	ctx        context.Context
	tx         *sql.Tx
	attributes []model.Attribute
	columns    *columns
	report     func(model.Progress)
	progress   model.Progress
	warnings   []model.Warning
	ids        []int64 // of the sources stored
}

// load stores the intakes over what is there: have and attributes are what the
// workspace holds already.
func load(ctx context.Context, tx *sql.Tx, have *columns, attributes []model.Attribute,
	intakes []*model.Intake, report func(model.Progress)) (*loader, error) {
	if report == nil {
		report = func(model.Progress) {}
	}
	l := &loader{ctx: ctx, tx: tx, attributes: slices.Clip(attributes), columns: have, report: report}
	l.progress.Stage = "storing"
	for _, in := range intakes {
		l.progress.Total += int64(len(in.OrderDay))
		if in.Lines != nil {
			l.progress.Total += int64(len(in.Lines.Order))
		}
	}
	for _, in := range intakes {
		if err := l.store(in); err != nil {
			return nil, err
		}
	}
	if err := l.nameViews(); err != nil {
		return nil, err
	}
	l.columns.tidy()
	generation, err := nextGeneration(ctx, tx)
	if err != nil {
		return nil, err
	}
	return l, writeColumns(ctx, tx, l.columns, generation)
}

// store stores one intake.
func (l *loader) store(in *model.Intake) error {
	if total := int64(l.columns.orders()) + int64(len(in.OrderDay)); total > math.MaxInt32 {
		return model.Errorf(model.Invalid, "a workspace holds at most %d orders, this would make %d", math.MaxInt32, total)
	}
	firstOrder, err := l.nextID("orders")
	if err != nil {
		return err
	}
	id, err := l.storeSource(in, firstOrder)
	if err != nil {
		return err
	}
	l.ids = append(l.ids, id)
	if err := l.noteCurrency(in); err != nil {
		return err
	}
	a := newArrival(in, l.columns)
	if err := l.addAttributes(a, id); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return l.storeRejects(in, id) },
		func() error { return l.storeCustomers(a) },
		func() error { return l.storeOrders(a, id) },
		func() error { return l.storeLines(a, firstOrder) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	l.warnOfRepeats(a)
	l.columns, err = l.columns.add(a)
	return err
}

// tellIDs sets the ids of the sources, once they are stored for good.
func (l *loader) tellIDs(intakes []*model.Intake) {
	for i, in := range intakes {
		in.Source.ID = l.ids[i]
	}
}

// nextID returns the id that the next row of a table will get.
func (l *loader) nextID(table string) (id int64, err error) {
	err = l.tx.QueryRowContext(l.ctx, "SELECT coalesce(max(id), 0) + 1 FROM "+table).Scan(&id)
	return id, err
}

// storeSource stores the account of the import and what it sums to.
func (l *loader) storeSource(in *model.Intake, firstOrder int64) (int64, error) {
	s := in.Source
	reasons, err := json.Marshal(s.Reasons)
	if err != nil {
		return 0, err
	}
	t, err := total(in)
	if err != nil {
		return 0, model.Errorf(model.Invalid, "the orders of %q cannot be summed: %w", s.Path, err)
	}
	var firstDay, lastDay any
	if t.first != model.NoDay {
		firstDay, lastDay = int64(t.first), int64(t.last)
	}
	result, err := l.tx.ExecContext(l.ctx, `
		INSERT INTO source (path, kind, encoding, delimiter, plan, fingerprint, bytes, rows, accepted,
			corrected, rejected, duplicates, reasons, seconds, imported_at, first_order_id, orders,
			value_e4, returned_e4, return_only, first_day, last_day)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.Path, string(s.Kind), s.Encoding, s.Delimiter, s.Plan, s.Fingerprint, s.Bytes, s.Rows, s.Accepted,
		s.Corrected, s.Rejected, s.Duplicates, string(reasons), s.Seconds, moment(s.ImportedAt), firstOrder,
		int64(len(in.OrderDay)), int64(t.value), int64(t.returned), t.returnOnly, firstDay, lastDay)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// totals is what the orders of one intake sum to, before any policy.
type totals struct {
	value, returned model.Money
	returnOnly      int64
	first, last     model.Day
}

func total(in *model.Intake) (t totals, err error) {
	t.first, t.last = model.NoDay, model.NoDay
	for i, day := range in.OrderDay {
		if t.first == model.NoDay || day < t.first {
			t.first = day
		}
		t.last = max(t.last, day)
		if t.value, err = t.value.Add(in.OrderValue[i]); err != nil {
			return t, err
		}
		if in.OrderReturned != nil {
			if t.returned, err = t.returned.Add(in.OrderReturned[i]); err != nil {
				return t, err
			}
		}
		if in.OrderFlags[i]&model.Purchase == 0 {
			t.returnOnly++
		}
	}
	return t, nil
}

// noteCurrency keeps the first currency that a file tells.
func (l *loader) noteCurrency(in *model.Intake) error {
	if in.Currency == "" {
		return nil
	}
	have, err := setting(l.ctx, l.tx, "currency")
	if err != nil {
		return err
	}
	if have == "" {
		return setSetting(l.ctx, l.tx, "currency", in.Currency)
	}
	if have != in.Currency {
		l.warn("currency-differs", "%s is in %q and the workspace in %q; amounts are added up as they stand",
			fileName(in), in.Currency, have)
	}
	return nil
}

func (l *loader) storeRejects(in *model.Intake, source int64) error {
	text := func(of func(r *model.Reject) string) func(int) driver.Value {
		return func(row int) driver.Value { return of(&in.Rejects[row]) }
	}
	f := feed{ctx: l.ctx, rows: len(in.Rejects), done: func(int) {}, columns: []column{
		constant("source_id", fmt.Sprint(source)),
		{name: "line", value: func(row int) driver.Value { return in.Rejects[row].Line }},
		{name: "header", value: text(func(r *model.Reject) string { return r.Column })},
		{name: "value", value: text(func(r *model.Reject) string { return r.Value })},
		{name: "code", value: text(func(r *model.Reject) string { return r.Code })},
		{name: "reason", value: text(func(r *model.Reject) string { return r.Reason })},
	}}
	return f.insert(l.tx, "reject", "")
}

// storeCustomers adds the new customers, and what the file says about old
// ones where it says something.
func (l *loader) storeCustomers(a *arrival) error {
	in := a.intake
	columns := []column{
		{name: "id", value: func(row int) driver.Value { return int64(a.ordinal[row]) + 1 }},
		texts("key", &in.Customers),
	}
	var updates []string
	for i, name := range a.customerColumns {
		columns = append(columns, coded(name, &in.CustomerAttributes[i].Codes))
		updates = append(updates, fmt.Sprintf("%s = coalesce(excluded.%[1]s, %[1]s)", name))
	}
	suffix := "WHERE true ON CONFLICT (id) DO NOTHING"
	switch {
	case a.firstNew == 0:
		suffix = "" // all are new
	case len(updates) > 0:
		suffix = "WHERE true ON CONFLICT (id) DO UPDATE SET " + strings.Join(updates, ", ")
	}
	f := feed{ctx: l.ctx, rows: len(a.ordinal), columns: columns, done: func(int) {}}
	return f.insert(l.tx, "customer", suffix)
}

func (l *loader) storeOrders(a *arrival, source int64) error {
	in := a.intake
	id := driver.Value(nil)
	last := int32(-1)
	columns := []column{
		{name: "customer_id", value: func(row int) driver.Value {
			if c := in.OrderCustomer[row]; c != last {
				last, id = c, int64(a.ordinal[c])+1
			}
			return id
		}},
		constant("source_id", fmt.Sprint(source)),
		integers("day", in.OrderDay),
		integers("value_e4", in.OrderValue),
		constant("returned_e4", "0"),
		integers("flags", in.OrderFlags),
		integers("lines", in.OrderLines),
	}
	if in.OrderReturned != nil {
		columns[4] = integers("returned_e4", in.OrderReturned)
	}
	if in.OrderKeys.Len() > 0 {
		columns = append(columns, texts("order_key", &in.OrderKeys))
	}
	for i, name := range a.orderColumns {
		columns = append(columns, coded(name, &in.OrderAttributes[i].Codes))
	}
	for i := range columns {
		columns[i] = mapped(columns[i], a.order)
	}
	f := feed{ctx: l.ctx, rows: len(in.OrderDay), columns: columns, done: l.advance}
	return f.insert(l.tx, "orders", "")
}

// storeLines stores the order lines, in the order of their orders' ids.
func (l *loader) storeLines(a *arrival, firstOrder int64) error {
	lines := a.intake.Lines
	if lines == nil {
		return nil
	}
	position := a.positions()
	columns := []column{
		{name: "order_id", value: func(row int) driver.Value { return firstOrder + position(lines.Order[row]) }},
		integers("amount_e4", lines.Amount),
	}
	if lines.Quantity != nil {
		columns = append(columns, integers("quantity_e4", lines.Quantity))
	}
	if lines.Price != nil {
		columns = append(columns, integers("price_e4", lines.Price))
	}
	for i, name := range a.lineColumns {
		columns = append(columns, coded(name, &lines.Attributes[i].Codes))
	}
	f := feed{ctx: l.ctx, rows: len(lines.Order), columns: columns, done: l.advance}
	return f.insert(l.tx, "order_line", "")
}

// advance reports rows stored.
func (l *loader) advance(rows int) {
	l.progress.Done += int64(rows)
	l.progress.Rows = l.progress.Done
	l.report(l.progress)
}

// warnOfRepeats warns of orders whose id their customer already has.
func (l *loader) warnOfRepeats(a *arrival) {
	if n := l.columns.repeats(a); n > 0 {
		l.warn("orders-repeated",
			"%d of the %d orders of %s carry an order id that their customer already has from an earlier file; they are kept and count twice",
			n, len(a.intake.OrderDay), fileName(a.intake))
	}
}

func (l *loader) warn(code, format string, args ...any) {
	text := message.NewPrinter(language.English).Sprintf(format, args...)
	l.warnings = append(l.warnings, model.Warning{Code: code, Message: text})
}

// fileName quotes the name of a file, which may hold anything.
func fileName(in *model.Intake) string { return fmt.Sprintf("%q", filepath.Base(in.Source.Path)) }

// addAttributes finds or makes the SQL columns of the arrival's attributes.
func (l *loader) addAttributes(a *arrival, source int64) (err error) {
	in := a.intake
	if a.customerColumns, err = l.addColumns(model.OfCustomer, in.CustomerAttributes, source); err != nil {
		return err
	}
	if a.orderColumns, err = l.addColumns(model.OfOrder, in.OrderAttributes, source); err != nil {
		return err
	}
	if in.Lines != nil {
		a.lineColumns, err = l.addColumns(model.OfLine, in.Lines.Attributes, source)
	}
	return err
}

// tables has the table of each subject.
var tables = map[model.Subject]string{
	model.OfCustomer: "customer",
	model.OfOrder:    "orders",
	model.OfLine:     "order_line",
}

// attributeLimit is how many kept columns a table takes; SQLite itself stops
// at 2,000 columns.
const attributeLimit = 1_900

// addColumns returns the SQL columns of the attributes, made where the
// workspace has none of that name yet. A header that stands twice in one file
// is numbered.
func (l *loader) addColumns(subject model.Subject, arrived []model.IntakeAttribute, source int64) ([]string, error) {
	taken := map[string]bool{"rowid": true, "oid": true}
	known := map[string]string{}
	own, err := tableColumns(l.ctx, l.tx, tables[subject])
	if err != nil {
		return nil, err
	}
	for _, name := range own {
		taken[name] = true
	}
	for _, at := range l.attributes {
		if at.Subject == subject {
			known[at.Name] = at.Column
		}
	}
	if len(known)+len(arrived) > attributeLimit {
		return nil, model.Errorf(model.Invalid, "%d kept columns are more than the %d a workspace can hold", len(known)+len(arrived), attributeLimit).
			WithHint("leave columns out that nobody needs")
	}
	var names []string
	seen := map[string]int{}
	for _, at := range arrived {
		name := at.Name
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		sqlName, ok := known[name]
		if !ok {
			sqlName = identifier(name, taken)
			known[name] = sqlName
			if err := l.addColumn(model.Attribute{Name: name, Subject: subject, Column: sqlName, Field: at.Field}, source); err != nil {
				return nil, err
			}
		}
		names = append(names, sqlName)
	}
	return names, nil
}

func (l *loader) addColumn(at model.Attribute, source int64) error {
	add := fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s TEXT", tables[at.Subject], at.Column)
	if _, err := l.tx.ExecContext(l.ctx, add); err != nil {
		return err
	}
	_, err := l.tx.ExecContext(l.ctx,
		"INSERT INTO attribute (subject, name, column_name, field, source_id) VALUES (?, ?, ?, ?, ?)",
		string(at.Subject), at.Name, at.Column, at.Field, source)
	l.attributes = append(l.attributes, at)
	return err
}

// nameViews makes the views anew, with all kept columns in them.
func (l *loader) nameViews() error {
	kept := func(subject model.Subject, table string) string {
		var b strings.Builder
		for _, at := range l.attributes {
			if at.Subject == subject {
				fmt.Fprintf(&b, ", %s.%s", table, at.Column)
			}
		}
		return b.String()
	}
	for _, statement := range []string{
		"DROP VIEW IF EXISTS order_view",
		"DROP VIEW IF EXISTS customer_view",
		fmt.Sprintf(`CREATE VIEW order_view AS
SELECT o.id, c.key AS customer_key, o.order_key, date(o.day * 86400, 'unixepoch') AS date,
       o.value_e4 / 10000.0 AS value, o.returned_e4 / 10000.0 AS returned, o.lines, s.path AS source%s
FROM orders o JOIN customer c ON c.id = o.customer_id JOIN source s ON s.id = o.source_id`,
			kept(model.OfOrder, "o")),
		fmt.Sprintf(`CREATE VIEW customer_view AS
SELECT c.id, c.key AS customer_key, count(*) AS order_count, date(min(o.day) * 86400, 'unixepoch') AS first_date,
       date(max(o.day) * 86400, 'unixepoch') AS last_date, sum(o.value_e4) / 10000.0 AS value,
       sum(o.returned_e4) / 10000.0 AS returned%s
FROM orders o JOIN customer c ON c.id = o.customer_id GROUP BY c.id`,
			kept(model.OfCustomer, "c")),
	} {
		if _, err := l.tx.ExecContext(l.ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// tableColumns lists a table's columns.
func tableColumns(ctx context.Context, tx *sql.Tx, table string) (names []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// repeats counts the arrival's orders whose id their customer already has.
func (c *columns) repeats(a *arrival) (n int) {
	in := a.intake
	if c.orderKeys.Len() == 0 || in.OrderKeys.Len() == 0 {
		return 0
	}
	start := a.starts()
	have := map[string]bool{}
	for local, ordinal := range a.ordinal {
		if int(ordinal) >= c.customers() {
			continue
		}
		clear(have)
		for i := c.start[ordinal]; i < c.start[ordinal+1]; i++ {
			have[c.orderKeys.At(int(i))] = true
		}
		delete(have, "") // no id
		for i := start[local]; i < start[local+1]; i++ {
			if have[string(in.OrderKeys.Slice(int(i)))] {
				n++
			}
		}
	}
	return n
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

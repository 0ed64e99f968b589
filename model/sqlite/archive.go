package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	codes "modernc.org/sqlite/lib"

	"strata/model"
	"strata/model/catalogue"
)

// Names of the stored columns. A column of texts is two: the lengths, and the
// bytes of all texts one behind the other.
const (
	customerKeyColumn = "customer.key"
	orderCountColumn  = "orders.count" // per customer
	orderDayColumn    = "orders.day"
	orderValueColumn  = "orders.value"
	orderReturnColumn = "orders.returned" // none when nothing was returned
	orderFlagsColumn  = "orders.flags"
	orderCostColumn   = "orders.cost"   // none when no order has a cost
	orderNumberColumn = "orders.number" // none when one source has brought them all
	orderKeyColumn    = "orders.key"
)

// attributeColumn names the codes of an attribute; its words are in .word.
func attributeColumn(subject model.Subject, column string) string {
	return string(subject) + ".attribute." + column
}

// chunkTable is a table of chunks. Those of column_chunk belong to a generation,
// those of line_chunk to a source.
type chunkTable struct{ name, of string }

var (
	columnChunks = chunkTable{"column_chunk", "generation"}
	lineChunks   = chunkTable{"line_chunk", "source_id"}
)

// writer prepares writing chunks that belong to a generation or source.
func (t chunkTable) writer(ctx context.Context, tx *sql.Tx, of int64) (*columnWriter, error) {
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf(`
		INSERT INTO %s (name, part, %s, rows, base, step, width, checksum, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.name, t.of))
	return &columnWriter{ctx: ctx, insert: insert, of: of}, err
}

// adder sums up the chunks that a writer would write.
func (t chunkTable) adder(of int64) *columnWriter { return &columnWriter{of: of} }

// reader reads chunks that belong to a generation or source.
func (t chunkTable) reader(ctx context.Context, q querier, of int64) *columnReader {
	return &columnReader{ctx: ctx, q: q, of: of, table: t}
}

// writeColumns replaces the stored columns.
func writeColumns(ctx context.Context, tx *sql.Tx, c *columns, generation int64) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM column_chunk"); err != nil {
		return err
	}
	w, err := columnChunks.writer(ctx, tx, generation)
	if err != nil {
		return err
	}
	defer w.insert.Close()
	if w.columns(c); w.err != nil {
		return w.err
	}
	return setSeal(ctx, tx, columnChunks.name, sumOfChunks(w.sums))
}

// columns writes all columns.
func (w *columnWriter) columns(c *columns) {
	w.texts(customerKeyColumn, &c.keys, c.customers())
	for _, at := range c.customerAttributes {
		w.codes(attributeColumn(model.OfCustomer, at.column), &at.codes)
	}
	counts := make([]int32, c.customers())
	for i := range counts {
		counts[i] = c.start[i+1] - c.start[i]
	}
	writeColumn(w, orderCountColumn, counts)
	writeColumn(w, orderDayColumn, c.day)
	writeColumn(w, orderValueColumn, c.value)
	writeColumn(w, orderReturnColumn, c.returned)
	writeColumn(w, orderFlagsColumn, c.flags)
	writeColumn(w, orderCostColumn, c.cost)
	writeColumn(w, orderNumberColumn, c.number)
	for _, at := range c.orderAttributes {
		w.codes(attributeColumn(model.OfOrder, at.column), &at.codes)
	}
	w.texts(orderKeyColumn, &c.orderKeys, c.orders())
}

// columnWriter writes columns until the first error.
type columnWriter struct {
	ctx    context.Context
	insert *sql.Stmt // nil: only to sum them up
	of     int64     // generation or source
	sums   []chunkSum
	err    error
}

func writeColumn[T integer](w *columnWriter, name string, values []T) {
	for part := 0; len(values) > 0 && w.err == nil; part++ {
		n := min(len(values), chunkRows)
		c := encode(place{name, part, w.of}, values[:n])
		w.sums = append(w.sums, chunkSum{c.place, c.checksum})
		if w.insert != nil {
			_, w.err = w.insert.ExecContext(w.ctx, name, part, w.of, c.rows, c.base, c.step, c.width, c.checksum, c.body)
		}
		values = values[n:]
	}
}

// texts writes a column of texts; one that is empty counts as empty texts.
func (w *columnWriter) texts(name string, texts *model.Strings, rows int) {
	lengths := make([]uint32, rows)
	for i, end := range texts.Ends {
		lengths[i] = end
		if i > 0 {
			lengths[i] -= texts.Ends[i-1]
		}
	}
	writeColumn(w, name+".length", lengths)
	writeColumn(w, name+".bytes", texts.Bytes)
}

func (w *columnWriter) codes(name string, codes *model.Codes) {
	writeColumn(w, name, codes.Code)
	var words model.Strings
	for _, word := range codes.Words {
		if err := words.Append([]byte(word)); err != nil && w.err == nil {
			w.err = err
		}
	}
	w.texts(name+".word", &words, words.Len())
}

// errNotLoaded reports a column that a columnReader without a file was asked for.
var errNotLoaded = errors.New("column not loaded")

// columnReader reads the columns of one generation or source. The zero
// columnReader has no file to read from.
type columnReader struct {
	ctx   context.Context
	q     querier
	of    int64
	table chunkTable
}

// readColumn reads a column of exactly so many rows. The error wraps errChunk
// when it is not there, or not as it was written.
func readColumn[T integer](r *columnReader, name string, rows int) ([]T, error) {
	return readColumnBy(r, name, rows, func([]T) {})
}

// readColumnBy hands each part over when it is read, while the processor has it
// at hand.
func readColumnBy[T integer](r *columnReader, name string, rows int, take func(part []T)) ([]T, error) {
	values, err := readParts(r, name, rows, take)
	if r.q != nil && r.ctx.Err() == nil && unreadable(err) {
		err = fmt.Errorf("%s: %w (%w)", name, errDamagedChunk, err)
	}
	return values, err
}

// unreadable reports whether a column cannot be read because of what is in the
// file, be it that the whole table is gone.
func unreadable(err error) bool {
	code := resultCode(err)
	return scanFailed(err) || code == codes.SQLITE_CORRUPT || code == codes.SQLITE_ERROR || code == codes.SQLITE_TOOBIG
}

func readParts[T integer](r *columnReader, name string, rows int, take func(part []T)) ([]T, error) {
	if r.q == nil {
		return nil, errNotLoaded
	}
	values := make([]T, rows)
	found, err := r.q.QueryContext(r.ctx, fmt.Sprintf(`
		SELECT part, rows, base, step, width, checksum, body FROM %s
		WHERE name = ? AND %s = ? ORDER BY part`, r.table.name, r.table.of), name, r.of)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	at := 0
	for want := 0; found.Next(); want++ {
		var c chunk
		var part int
		var body sql.RawBytes
		if err := found.Scan(&part, &c.rows, &c.base, &c.step, &c.width, &c.checksum, &body); err != nil {
			return nil, err
		}
		c.body = body
		n := min(rows-at, chunkRows)
		if c.place = (place{name, part, r.of}); part != want || n <= 0 {
			return nil, catalogue.Errorf("{name}, part {part}: {cause}", "name", name, "part", part, "cause", errDamagedChunk)
		}
		if err := decode(c, values[at:at+n]); err != nil {
			return nil, catalogue.Errorf("{name}, part {part}: {cause}", "name", name, "part", part, "cause", err)
		}
		take(values[at : at+n])
		at += n
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	if at != rows {
		return nil, catalogue.Errorf("{name}, {first} of {rows} rows: {cause}", "name", name, "first", at, "rows", rows, "cause", errChunk)
	}
	return values, nil
}

func (r *columnReader) texts(name string, rows int) (texts model.Strings, err error) {
	texts.Ends, err = readColumn[uint32](r, name+".length", rows)
	if err != nil {
		return texts, err
	}
	total := 0
	for i, length := range texts.Ends {
		total += int(length)
		texts.Ends[i] = uint32(total)
	}
	if total > math.MaxUint32 {
		return texts, fmt.Errorf("%s: %w", name, errChunk)
	}
	texts.Bytes, err = readColumn[byte](r, name+".bytes", total)
	return texts, err
}

func (r *columnReader) codes(name string, rows int) (*model.Codes, error) {
	codes := &model.Codes{}
	var err error
	if codes.Code, err = readColumn[uint32](r, name, rows); err != nil {
		return nil, err
	}
	// Every word is some row's, but for the first, which is no value.
	most := uint32(0)
	for _, code := range codes.Code {
		most = max(most, code)
	}
	words, err := r.texts(name+".word", int(most)+1)
	if err != nil {
		return nil, err
	}
	codes.Words = make([]string, words.Len())
	for i := range codes.Words {
		codes.Words[i] = words.At(i)
	}
	return codes, nil
}

// orders reads the order columns without attributes.
func (r *columnReader) orders(c *catalog) (*model.Orders, error) {
	o, info := &model.Orders{}, c.info
	counts, err := readColumn[int32](r, orderCountColumn, info.Customers)
	if err != nil {
		return nil, err
	}
	o.Start = make([]int32, info.Customers+1)
	sound := true
	for i, n := range counts {
		o.Start[i+1] = o.Start[i] + n
		sound = sound && n >= 0 && o.Start[i+1] >= o.Start[i]
	}
	if !sound || int(o.Start[info.Customers]) != info.Orders {
		return nil, fmt.Errorf("%s: %w", orderCountColumn, errChunk)
	}
	found := newReckoning()
	if o.Day, err = readColumnBy(r, orderDayColumn, info.Orders, found.addDays); err != nil {
		return nil, err
	}
	if o.Value, err = readColumnBy(r, orderValueColumn, info.Orders, addTo(&found.value)); err != nil {
		return nil, err
	}
	if info.Returned != 0 {
		if o.Returned, err = readColumnBy(r, orderReturnColumn, info.Orders, addTo(&found.returned)); err != nil {
			return nil, err
		}
	}
	if c.costed() {
		if o.Cost, err = readColumnBy(r, orderCostColumn, info.Orders, addTo(&found.cost)); err != nil {
			return nil, err
		}
	}
	if o.Flags, err = readColumnBy(r, orderFlagsColumn, info.Orders, found.addFlags); err != nil {
		return nil, err
	}
	if found.differs(c) != "" {
		return nil, fmt.Errorf("%s: %w", orderValueColumn, errDamagedChunk)
	}
	return o, nil
}

// numbers reads the numbers of the orders; nil when they stand so.
func (r *columnReader) numbers(c *catalog) ([]int32, error) {
	if c.numbered() {
		return nil, nil
	}
	return readColumn[int32](r, orderNumberColumn, c.info.Orders)
}

// all reads everything, for merging an import into it.
func (r *columnReader) all(c *catalog) (*columns, error) {
	o, err := r.orders(c)
	if err != nil {
		return nil, err
	}
	all := &columns{start: o.Start, day: o.Day, value: o.Value, returned: o.Returned, flags: o.Flags, cost: o.Cost}
	if all.number, err = r.numbers(c); err != nil {
		return nil, err
	}
	if all.keys, err = r.texts(customerKeyColumn, c.info.Customers); err != nil {
		return nil, err
	}
	if all.orderKeys, err = r.texts(orderKeyColumn, c.info.Orders); err != nil {
		return nil, err
	}
	for _, at := range c.attributes {
		into, rows := &all.orderAttributes, c.info.Orders
		switch at.Subject {
		case model.OfCustomer:
			into, rows = &all.customerAttributes, c.info.Customers
		case model.OfLine:
			continue
		}
		codes, err := r.codes(attributeColumn(at.Subject, at.Column), rows)
		if err != nil {
			return nil, err
		}
		*into = append(*into, codedColumn{at.Column, *codes})
	}
	return all, nil
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"strata/model"
)

// This file keeps the lines of orders as columns: those of each source apart, in
// the order of its orders, as they came. Lines change with no later import, so
// that nothing is ever merged into them; they are put into the order of all
// orders when somebody asks.

// Names of the stored columns of a source's lines. Attributes follow, all that
// the workspace has by then; those that only a later source brings are empty.
const (
	lineCountColumn  = "count" // per order of the source
	lineAmountColumn = "amount"
	lineFlagsColumn  = "flags"
	lineRefundColumn = "refund"
	lineCostColumn   = "cost" // none without a cost column
)

// sourceLines are the lines of one source as columns. Lines that were not kept
// count 0 an order.
type sourceLines struct {
	count      []int32
	amount     []model.Money
	flags      []model.OrderFlag
	refund     []model.Money
	cost       []model.Money // nil without a cost column
	attributes []codedColumn
}

// newSourceLines makes the columns of an arrival's lines.
func newSourceLines(a *arrival) *sourceLines {
	s := &sourceLines{count: make([]int32, len(a.intake.OrderDay))}
	lines := a.intake.Lines
	if lines == nil {
		return s
	}
	position := a.positions()
	for _, order := range lines.Order {
		s.count[position(order)]++
	}
	rows := a.lineRows()
	s.flags = inOrder(flagsOf(lines), rows)
	s.amount, s.cost, s.refund = inOrder(lines.Amount, rows), inOrder(lines.Cost, rows), inOrder(lines.Refund, rows)
	if s.refund == nil {
		s.refund = make([]model.Money, len(lines.Order))
	}
	for i, column := range a.lineColumns {
		codes := lines.Attributes[i].Codes
		s.attributes = append(s.attributes, codedColumn{column, model.Codes{Words: codes.Words, Code: inOrder(codes.Code, rows)}})
	}
	return s
}

// flagsOf returns the flags of lines.
func flagsOf(lines *model.IntakeLines) []model.OrderFlag {
	if lines.Flags != nil {
		return lines.Flags
	}
	flags := make([]model.OrderFlag, len(lines.Order))
	for i, amount := range lines.Amount {
		quantity := int64(0)
		if lines.Quantity != nil {
			quantity = lines.Quantity[i]
		}
		flags[i] = model.LineFlag(quantity, amount)
	}
	return flags
}

// inOrder returns values in the order of rows; nil leaves them.
func inOrder[T any](values []T, rows []int32) []T {
	if rows == nil || values == nil {
		return values
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = values[row]
	}
	return out
}

// storeLineColumns stores the columns of an arrival's lines.
func (l *loader) storeLineColumns(a *arrival, source int64) error {
	return newSourceLines(a).write(l.ctx, l.tx, source, l.attributes)
}

// write stores the columns of a source's lines in the place of older ones. An
// attribute it has not gets an empty column.
func (s *sourceLines) write(ctx context.Context, tx *sql.Tx, source int64, attributes []model.Attribute) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM line_chunk WHERE source_id = ?", source); err != nil {
		return err
	}
	w, err := lineChunks.writer(ctx, tx, source)
	if err != nil {
		return err
	}
	defer w.insert.Close()
	writeColumn(w, lineCountColumn, s.count)
	writeColumn(w, lineAmountColumn, s.amount)
	writeColumn(w, lineFlagsColumn, s.flags)
	writeColumn(w, lineRefundColumn, s.refund)
	writeColumn(w, lineCostColumn, s.cost)
	for _, at := range attributes {
		if at.Subject != model.OfLine {
			continue
		}
		codes := model.Codes{Words: []string{""}, Code: make([]uint32, len(s.amount))}
		if i := slices.IndexFunc(s.attributes, func(c codedColumn) bool { return c.column == at.Column }); i >= 0 {
			codes = tidyCodes(s.attributes[i].codes)
		}
		w.codes(attributeColumn(model.OfLine, at.Column), &codes)
	}
	return w.err
}

// Lines returns the kept lines with the named line attributes.
func (w *Workspace) Lines(ctx context.Context, attributes ...string) (*model.Lines, error) {
	var out model.Lines
	err := w.load(ctx, func(r *columnReader, have *loadedColumns) error {
		if have.lines == nil {
			if err := have.loadLines(r); err != nil {
				return err
			}
		}
		out = model.Lines{Start: have.lines.Start, Amount: have.lines.Amount, Refund: have.lines.Refund, Flags: have.lines.Flags, Cost: have.lines.Cost}
		var err error
		out.Attributes, err = have.named(r, model.OfLine, attributes, have.lines.Len())
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// loadedLines are the lines read so far, without attributes, and where those of
// each order begin as the orders are numbered.
type loadedLines struct {
	model.Lines
	from   []int32 // by number of the order; Start itself when the orders stand as numbered
	number []int32 // as columns.number
}

// loadLines reads the lines without attributes.
func (have *loadedColumns) loadLines(r *columnReader) error {
	if r.q == nil {
		return errNotLoaded
	}
	if !have.numbered {
		var err error
		if have.number, err = r.numbers(have.of); err != nil {
			return err
		}
		have.numbered = true
	}
	var all sourceLines
	for _, b := range have.of.brought {
		s, err := have.ofSource(r, b)
		if err != nil {
			return err
		}
		all.count, all.amount = joined(all.count, s.count), joined(all.amount, s.amount)
		all.flags, all.refund = joined(all.flags, s.flags), joined(all.refund, s.refund)
		if have.of.costed() {
			if s.cost == nil {
				s.cost = make([]model.Money, len(s.amount))
			}
			all.cost = joined(all.cost, s.cost)
		}
	}
	if len(all.amount) > math.MaxInt32 {
		return model.Errorf(model.Invalid, "%d lines of orders are more than the %d that can be filtered", len(all.amount), math.MaxInt32).
			WithHint("split the files over several workspaces")
	}
	l := &loadedLines{from: make([]int32, len(all.count)+1), number: have.number}
	for i, n := range all.count {
		l.from[i+1] = l.from[i] + n
	}
	l.Start = l.from
	if l.number != nil {
		l.Start = make([]int32, len(l.from))
		for i, order := range l.number {
			l.Start[i+1] = l.Start[i] + all.count[order]
		}
	}
	l.Amount, l.Flags, l.Cost = regrouped(l, all.amount), regrouped(l, all.flags), regrouped(l, all.cost)
	if slices.ContainsFunc(all.refund, func(m model.Money) bool { return m != 0 }) {
		l.Refund = regrouped(l, all.refund)
	}
	have.lines = l
	return nil
}

// joined appends values, or takes them where there are none yet.
func joined[T any](all, values []T) []T {
	if all == nil {
		return slices.Clip(values)
	}
	return append(all, values...)
}

// regrouped puts values of lines, which stand as the orders are numbered, into
// the order of the orders.
func regrouped[T any](l *loadedLines, values []T) []T {
	if l.number == nil || values == nil {
		return values
	}
	out := make([]T, 0, len(values))
	for _, order := range l.number {
		out = append(out, values[l.from[order]:l.from[order+1]]...)
	}
	return out
}

// lineCodes reads a line attribute.
func (have *loadedColumns) lineCodes(r *columnReader, column string) (*model.Codes, error) {
	if r.q == nil {
		return nil, errNotLoaded
	}
	all := model.Codes{Words: []string{""}}
	first := int64(0) // number of the source's first order
	for _, b := range have.of.brought {
		rows := int(have.lines.from[first+b.orders] - have.lines.from[first])
		first += b.orders
		codes, err := have.codesOfSource(r, b, column, rows)
		if err != nil {
			return nil, err
		}
		if all.Code == nil {
			all = model.Codes{Words: codes.Words, Code: slices.Clip(codes.Code)}
			continue
		}
		words, recode := joinWords(all.Words, codes.Words)
		all.Words = words
		for _, code := range codes.Code {
			all.Code = append(all.Code, recode[code])
		}
	}
	if all.Code = regrouped(have.lines, all.Code); all.Code == nil {
		all.Code = []uint32{}
	}
	return &all, nil
}

// codesOfSource reads a line attribute of one source's lines.
func (have *loadedColumns) codesOfSource(r *columnReader, b brought, column string, rows int) (*model.Codes, error) {
	if b.source < have.of.since[column] || rows == 0 {
		return &model.Codes{Words: []string{""}, Code: make([]uint32, rows)}, nil
	}
	if made := have.made[b.source]; made == nil {
		codes, err := lineChunks.reader(r.ctx, r.q, b.source).codes(attributeColumn(model.OfLine, column), rows)
		if !errors.Is(err, errChunk) {
			return codes, err
		}
	}
	made, err := have.makeLines(r, b)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(made.attributes, func(c codedColumn) bool { return c.column == column })
	if codes := &made.attributes[i].codes; len(codes.Code) == rows {
		return codes, nil
	}
	return nil, damaged("source %d has %d lines, and had %d", b.source, len(made.amount), rows)
}

// ofSource reads the lines of one source without attributes.
func (have *loadedColumns) ofSource(r *columnReader, b brought) (*sourceLines, error) {
	if have.of.version >= lineStep && have.made[b.source] == nil {
		s, err := readSourceLines(lineChunks.reader(r.ctx, r.q, b.source), b)
		if !errors.Is(err, errChunk) {
			return s, err
		}
	}
	return have.makeLines(r, b)
}

func readSourceLines(r *columnReader, b brought) (s *sourceLines, err error) {
	s = &sourceLines{}
	if s.count, err = readColumn[int32](r, lineCountColumn, int(b.orders)); err != nil {
		return nil, err
	}
	rows := 0
	for _, n := range s.count {
		if n < 0 {
			return nil, errChunk
		}
		rows += int(n)
	}
	if s.amount, err = readColumn[model.Money](r, lineAmountColumn, rows); err != nil {
		return nil, err
	}
	if s.flags, err = readColumn[model.OrderFlag](r, lineFlagsColumn, rows); err != nil {
		return nil, err
	}
	if s.refund, err = readColumn[model.Money](r, lineRefundColumn, rows); err != nil {
		return nil, err
	}
	if b.costed && rows > 0 {
		s.cost, err = readColumn[model.Money](r, lineCostColumn, rows)
	}
	return s, err
}

// makeLines makes the columns of a source's lines anew from the table: the slow
// way, taken when the stored ones are missing or damaged.
func (have *loadedColumns) makeLines(r *columnReader, b brought) (*sourceLines, error) {
	if made := have.made[b.source]; made != nil {
		return made, nil
	}
	made, err := scanLines(r.ctx, r.q, have.of, b)
	if err != nil {
		return nil, err
	}
	if have.made == nil {
		have.made = map[int64]*sourceLines{}
	}
	have.made[b.source] = made
	have.unstored = append(have.unstored, b.source)
	return made, nil
}

// scanLines reads the lines of a source from the table. They stand together, and
// mostly in the order of its orders.
func scanLines(ctx context.Context, q querier, c *catalog, b brought) (*sourceLines, error) {
	from, err := firstLine(ctx, q, b.first)
	if err != nil {
		return nil, err
	}
	kept := newKeptScan(c, model.OfLine)
	later := "coalesce(refund_e4, 0), flags, cost_e4"
	if c.version < lineStep {
		later = "0, NULL, NULL"
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT order_id, amount_e4, coalesce(quantity_e4, 0), %s%s FROM order_line WHERE id >= ? ORDER BY id",
		later, kept.list()), from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	in := &model.IntakeLines{}
	var order, quantity int64
	var amount, refund model.Money
	var flags, spent sql.NullInt64
	targets := append([]any{&order, &amount, &quantity, &refund, &flags, &spent}, kept.targets()...)
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		if order >= b.first+b.orders {
			break
		}
		if order < b.first {
			return nil, damaged("a line of order %d stands among those of order %d", order, b.first)
		}
		in.Order = append(in.Order, int32(order-b.first))
		in.Amount, in.Refund = append(in.Amount, amount), append(in.Refund, refund)
		flag := model.LineFlag(quantity, amount)
		if flags.Valid {
			flag = model.OrderFlag(flags.Int64)
		}
		in.Flags = append(in.Flags, flag)
		if b.costed {
			in.Cost = append(in.Cost, model.Money(spent.Int64))
		}
		kept.take()
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	sortLines(in, kept.attributes)
	in.Attributes = kept.attributes
	a := &arrival{intake: &model.Intake{OrderDay: make([]model.Day, b.orders), Lines: in}, lineColumns: kept.names}
	return newSourceLines(a), nil
}

// sortLines puts lines into the order of their orders.
func sortLines(in *model.IntakeLines, attributes []model.IntakeAttribute) {
	if slices.IsSorted(in.Order) {
		return
	}
	rows := make([]int32, len(in.Order))
	for i := range rows {
		rows[i] = int32(i)
	}
	slices.SortStableFunc(rows, func(x, y int32) int { return int(in.Order[x]) - int(in.Order[y]) })
	in.Order, in.Amount, in.Refund = inOrder(in.Order, rows), inOrder(in.Amount, rows), inOrder(in.Refund, rows)
	in.Flags, in.Cost = inOrder(in.Flags, rows), inOrder(in.Cost, rows)
	for i := range attributes {
		attributes[i].Codes.Code = inOrder(attributes[i].Codes.Code, rows)
	}
}

// firstLine finds the id of the first line that belongs to an order from first
// on. All lines of a source come behind those of the sources before it, so that
// no index needs to be kept over all lines.
func firstLine(ctx context.Context, q querier, first int64) (int64, error) {
	var last int64
	if err := q.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM order_line").Scan(&last); err != nil {
		return 0, err
	}
	var err error
	at := sort.Search(int(last), func(i int) bool {
		var order int64
		if err == nil {
			err = q.QueryRowContext(ctx, "SELECT order_id FROM order_line WHERE id > ? ORDER BY id LIMIT 1", i).Scan(&order)
		}
		return order >= first
	})
	return int64(at) + 1, err
}

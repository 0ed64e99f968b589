package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"

	"strata/model"
)

// This file keeps the lines of orders as columns: those of each source apart, in
// the order of its orders, as they came. Lines change with no later import but
// that of corrections (join.go), so that nothing else is merged into them; they
// are put into the order of all orders when somebody asks (loadlines.go).

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
	s := newSourceLines(a)
	switch { // as the table is read: a source has costs, or has none
	case a.intake.OrderCost == nil:
		s.cost = nil
	case s.cost == nil:
		s.cost = make([]model.Money, len(s.amount))
	}
	return s.write(l.ctx, l.tx, source, l.attributes)
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
	if s.columns(w, attributes); w.err != nil {
		return w.err
	}
	return setSeal(ctx, tx, lineSeal(source), sumOfChunks(w.sums))
}

// columns writes the columns of a source's lines. Those without any value are no
// part of what is sealed: which there are depends on other sources.
func (s *sourceLines) columns(w *columnWriter, attributes []model.Attribute) {
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
		sealed := len(w.sums)
		w.codes(attributeColumn(model.OfLine, at.Column), &codes)
		if len(codes.Words) == 1 {
			w.sums = w.sums[:sealed]
		}
	}
}

// scanLines reads the lines of a source from the table. They stand together, and
// mostly in the order of its orders; but those that joined its orders later stand
// anywhere behind, and are sought in the whole table.
func scanLines(ctx context.Context, q querier, c *catalog, b brought) (*sourceLines, error) {
	where, by := "order_id >= ? AND order_id < ?", "order_id, id"
	bounds := []any{b.first, b.first + b.orders}
	if !c.corrected {
		from, err := firstLine(ctx, q, b.first)
		if err != nil {
			return nil, err
		}
		where, by, bounds = "id >= ?", "id", []any{from}
	}
	kept := newKeptScan(c, model.OfLine)
	later := "coalesce(refund_e4, 0), flags, cost_e4"
	if c.version < lineStep {
		later = "0, NULL, NULL"
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT order_id, amount_e4, coalesce(quantity_e4, 0), %s%s FROM order_line WHERE %s ORDER BY %s",
		later, kept.list(), where, by), bounds...)
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
			return nil, damaged("a line of order {order} is among those of order {first}", "order", order, "first", b.first)
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

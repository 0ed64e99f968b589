package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// This file seals rows of large tables, source by source, and the edits: what
// belongs to no column that is sealed already.

// rowSealStep is the migration that brought these seals. A file of its schema has all
// of them.
const rowSealStep = 9

// rowSeal says which columns of a table are sealed, source by source, by the name of
// the table and the number of the source.
type rowSeal struct {
	table   string
	columns []string
	what    string // for people
}

var (
	sealedRejects     = rowSeal{"reject", []string{"line", "header", "value", "row", "code", "reason"}, catalogue.T("refused rows")}
	sealedCorrections = rowSeal{"correction", []string{"order_id", "day", "value_e4", "returned_e4", "cost_e4", "flags", "lines"}, catalogue.T("corrections")}
	sealedOrders      = rowSeal{"orders", []string{"lines"}, catalogue.T("numbers of lines of the orders")}
	sealedLines       = rowSeal{"order_line", []string{"quantity_e4", "price_e4"}, catalogue.T("quantities and prices")}

	rowSeals = []rowSeal{sealedRejects, sealedCorrections, sealedOrders, sealedLines}
)

func (s rowSeal) name(source int64) string { return fmt.Sprintf("%s %d", s.table, source) }

// ofFeed seals the rows of a source that a feed offers in the order of their ids.
func (s rowSeal) ofFeed(ctx context.Context, q querier, source int64, f *feed) error {
	return setSeal(ctx, q, s.name(source), f.sum(s.columns))
}

// ofTable seals the rows of a source that are in the table.
func (s rowSeal) ofTable(ctx context.Context, q querier, c *catalog, b brought) error {
	sum, err := s.sum(ctx, q, c, b)
	if err != nil {
		return err
	}
	return setSeal(ctx, q, s.name(b.source), sum)
}

// fits makes sure that the rows of a source are as they were sealed. Error: Corrupt.
func (s rowSeal) fits(ctx context.Context, q querier, c *catalog, b brought) error {
	sealed, ok, err := sealOf(ctx, q, s.name(b.source))
	if err != nil || !ok {
		return err
	}
	sum, err := s.sum(ctx, q, c, b)
	if err == nil && int64(sum) != sealed {
		err = damaged("the {rows} of source {source} are not as they were written", "rows", s.what, "source", b.source)
	}
	return err
}

// sum is the checksum of a source's rows in the table.
func (s rowSeal) sum(ctx context.Context, q querier, c *catalog, b brought) (sum uint32, err error) {
	where, by, bounds := "source_id = ?", "id", []any{b.source}
	switch {
	case s.table == "orders":
		where, bounds = "id >= ? AND id < ?", []any{b.first, b.first + b.orders}
	case s.table == "order_line" && c.corrected: // lines that joined later stand anywhere
		where, by, bounds = "order_id >= ? AND order_id < ?", "order_id, id", []any{b.first, b.first + b.orders}
	case s.table == "order_line":
		from, err := firstLine(ctx, q, b.first)
		if err != nil {
			return 0, err
		}
		to, err := firstLine(ctx, q, b.first+b.orders)
		if err != nil {
			return 0, err
		}
		where, bounds = "id >= ? AND id < ?", []any{from, to}
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s", strings.Join(s.columns, ", "), s.table, where, by), bounds...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	return sumOfResult(0, rows)
}

// sum is the checksum of some columns of what a feed offers; one it has not is NULL.
func (f *feed) sum(names []string) (sum uint32) {
	columns := make([]column, len(names))
	for i, name := range names {
		for _, c := range f.columns {
			if c.name == name {
				columns[i] = c
			}
		}
	}
	var text summed
	for row := range f.rows {
		text = text[:0]
		for _, c := range columns {
			switch {
			case c.number != nil:
				text.number(c.number(row))
			case c.text == nil:
				text.null()
			default:
				if words := c.text(row); words == nil {
					text.null()
				} else {
					text.words(words)
				}
			}
		}
		sum = text.onto(sum)
	}
	return sum
}

// sealRows seals all that has rows sealed, in a file of an older schema.
func sealRows(ctx context.Context, tx *sql.Tx) error {
	c, err := readCatalogAsIs(ctx, tx, 0)
	if err != nil {
		return err
	}
	for _, b := range c.brought {
		for _, s := range rowSeals {
			if err := s.ofTable(ctx, tx, c, b); err != nil {
				return err
			}
		}
	}
	if err := sealColumns(ctx, tx, c); err != nil {
		return err
	}
	return sealEdits(ctx, tx)
}

// sealColumns seals the columns that the tables make, where a file of an older schema
// has them without a seal. Those stored go with it, and are made anew.
func sealColumns(ctx context.Context, tx *sql.Tx, c *catalog) error {
	if len(c.brought) == 0 {
		return nil
	}
	has, err := sealNames(ctx, tx)
	if err != nil {
		return err
	}
	if !has[columnChunks.name] {
		all, err := rebuild(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := writeColumns(ctx, tx, all, c.info.Generation); err != nil {
			return err
		}
	}
	for _, b := range c.brought {
		if has[lineSeal(b.source)] {
			continue
		}
		lines, err := scanLines(ctx, tx, c, b)
		if err != nil {
			return err
		}
		if err := lines.write(ctx, tx, b.source, c.attributes); err != nil {
			return err
		}
	}
	return nil
}

// refusals are the refused rows of a source, counted.
type refusals struct {
	sum    uint32
	rows   int64
	byCode map[string]int64
}

func (r *refusals) add(one *model.Reject) {
	if r.byCode == nil {
		r.byCode = map[string]int64{}
	}
	var text summed
	text.number(one.Line)
	for _, words := range []string{one.Column, one.Value, one.Row, one.Code, one.Reason} {
		text.words([]byte(words))
	}
	r.sum = text.onto(r.sum)
	r.rows++
	r.byCode[one.Code]++
}

// fit makes sure that refused rows are those that a source accounts for, and as they
// were written. Error: Corrupt.
func (r *refusals) fit(ctx context.Context, q querier, version int64, s *model.Source) error {
	if r.rows != s.Rejected {
		return damaged("source {source} counts {rejected} refused rows, but there are {rows}", "source", s.ID, "rejected", s.Rejected, "rows", r.rows)
	}
	for code, rows := range s.Reasons {
		if r.byCode[code] != rows {
			return damaged("source {source} counts {rows} rows refused for {code:q}, but there are {by_code}", "source", s.ID, "rows", rows, "code", code, "by_code", r.byCode[code])
		}
	}
	if version < rowSealStep {
		return nil
	}
	sealed, ok, err := sealOf(ctx, q, sealedRejects.name(s.ID))
	if err == nil && ok && sealed != int64(r.sum) {
		err = damaged("the refused rows of source {source} are not as they were written", "source", s.ID)
	}
	return err
}

// The seals of the edits: how many there are, and the id of the last. None is ever
// taken out.
const (
	editCountSeal = "history count"
	lastEditSeal  = "history last"
)

// sealEdits seals the edits of a file of an older schema, each and all together.
func sealEdits(ctx context.Context, q querier) error {
	sums, err := sumsOfUnsealed(ctx, q)
	if err != nil {
		return err
	}
	for id, sum := range sums {
		if _, err := q.ExecContext(ctx, "UPDATE history SET checksum = ? WHERE id = ?", sum, id); err != nil {
			return err
		}
	}
	count, last, err := countEdits(ctx, q)
	if err != nil {
		return err
	}
	return setEditSeals(ctx, q, count, last)
}

// sumsOfUnsealed returns the checksums of edits that have none, by their ids.
func sumsOfUnsealed(ctx context.Context, q querier) (map[int64]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, parent_id, edited_at, label, scheme, customers, revenue_e4 FROM history WHERE checksum IS NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sums := map[int64]int64{}
	for rows.Next() {
		var e model.Edit
		var at string
		if err := rows.Scan(&e.ID, &e.Parent, &at, &e.Label, &e.Scheme, &e.Customers, &e.Revenue); err != nil {
			return nil, err
		}
		sums[e.ID] = sumOfEdit(&e, at)
	}
	return sums, rows.Err()
}

func countEdits(ctx context.Context, q querier) (count, last int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT count(*), coalesce(max(id), 0) FROM history").Scan(&count, &last)
	return count, last, err
}

func setEditSeals(ctx context.Context, q querier, count, last int64) error {
	for name, n := range map[string]int64{editCountSeal: count, lastEditSeal: last} {
		if err := setSealTo(ctx, q, name, n); err != nil {
			return err
		}
	}
	return nil
}

// editSeals returns what the edits are sealed with; false without these seals.
func editSeals(ctx context.Context, q querier, version int64) (count, last int64, ok bool, err error) {
	if version < rowSealStep {
		return 0, 0, false, nil
	}
	count, counted, err := sealOf(ctx, q, editCountSeal)
	if err != nil {
		return 0, 0, false, err
	}
	last, ok, err = sealOf(ctx, q, lastEditSeal)
	return count, last, ok && counted, err
}

// fitEdits makes sure that no edit is gone. Error: Corrupt.
func fitEdits(ctx context.Context, q querier, version, count, last int64) error {
	sealedCount, sealedLast, ok, err := editSeals(ctx, q, version)
	if err == nil && ok && (sealedCount != count || sealedLast != last) {
		err = damaged("{sealed_count} edits were made, the last of which is number {sealed_last}; there are {count}, up to number {last}", "sealed_count", sealedCount, "sealed_last", sealedLast, "count", count, "last", last)
	}
	return err
}

// sealEdit counts an edit that was just added. What was sealed before is looked at by
// its last edit only, since counting takes as long as there are edits. Error: Corrupt.
func sealEdit(ctx context.Context, q querier, id int64) error {
	count, last, ok, err := editSeals(ctx, q, rowSealStep)
	if err != nil || !ok {
		return err // without seals nothing is made good
	}
	if id != last+1 {
		return damaged("the last edit was number {last}, the next one would be number {next}", "last", last, "next", id)
	}
	return setEditSeals(ctx, q, count+1, id)
}

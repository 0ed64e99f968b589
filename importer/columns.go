package importer

import (
	"slices"

	"strata/importer/parse"
	"strata/model"
)

// columns are what figures are made of, a value a row: of one block while it is
// parsed, of the whole file once it is read. A column that the file does not
// have, or that nobody needs, is empty.
//
// A further column is a field here and a line in each. Keys are no columns: a
// block holds them as places in its text, the whole file as numbers.
type columns struct {
	date      column[parse.Date]
	amount    column[model.Money]
	flag      column[model.OrderFlag]
	rowHash   column[uint32]
	orderHash column[uint32] // see parser.orderHash
	quantity  column[int64]  // ten-thousandths
	price     column[model.Money]
	cost      column[model.Money] // as it stands in the file: of a piece or of the row
	refund    column[model.Money] // given back of the amount, not negative
}

// each lists the columns; those of two columns stand in the same order.
func (c *columns) each() []anyColumn {
	return []anyColumn{&c.date, &c.amount, &c.flag, &c.rowHash, &c.orderHash, &c.quantity, &c.price, &c.cost, &c.refund}
}

// rows returns how many rows there are: every row has an amount.
func (c *columns) rows() int { return len(c.amount) }

// reset empties the columns and keeps their memory.
func (c *columns) reset() {
	for _, column := range c.each() {
		column.reset()
	}
}

// append adds the rows of a later block.
func (c *columns) append(later *columns) {
	others := later.each()
	for i, column := range c.each() {
		column.append(others[i])
	}
}

// without takes out the rows that are bad.
func (c *columns) without(bad map[int]bool) {
	for _, column := range c.each() {
		column.without(bad)
	}
}

// anyColumn is a column of any type.
type anyColumn interface {
	reset()
	append(later anyColumn)
	without(bad map[int]bool)
}

// column is a column of one type.
type column[T any] []T

func (c *column[T]) reset() { *c = (*c)[:0] }

func (c *column[T]) append(later anyColumn) { *c = append(*c, *later.(*column[T])...) }

func (c *column[T]) grow(rows int) { *c = slices.Grow(*c, rows) }

func (c *column[T]) without(bad map[int]bool) {
	kept := (*c)[:0]
	for i, v := range *c {
		if !bad[i] {
			kept = append(kept, v)
		}
	}
	*c = kept
}

// gather returns the values of the given rows.
func (c column[T]) gather(rows []int32) []T {
	values := make([]T, len(rows))
	for i, row := range rows {
		values[i] = c[row]
	}
	return values
}

// Package cross counts the customers of a base by two of their attributes at once, and
// says how far one tells the other.
package cross

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
)

// Table is a contingency table of customers. Rows and columns without customers stand
// in it, too.
type Table struct {
	Rows, Cols int
	Cells      []Cell // row by row, Rows·Cols in all
	RowTotal   []Cell // of each row, and so on
	ColTotal   []Cell
	Total      Cell
}

// Cell is what some customers come to.
type Cell struct {
	Customers int64
	Orders    int64       // that count
	Revenue   model.Money // ten-thousandths of currency
}

func (c *Cell) add(other Cell) {
	c.Customers += other.Customers
	c.Orders += other.Orders
	c.Revenue += other.Revenue
}

// At returns the cell of a row and a column.
func (t *Table) At(row, col int) Cell { return t.Cells[row*t.Cols+col] }

// New makes a table of its cells, row by row, and adds up the totals. It panics when
// there are not rows·cols cells.
func New(rows, cols int, cells []Cell) *Table {
	if len(cells) != rows*cols {
		panic("cross: not as many cells as the table has")
	}
	t := &Table{Rows: rows, Cols: cols, Cells: cells, RowTotal: make([]Cell, rows), ColTotal: make([]Cell, cols)}
	for i, cell := range cells {
		t.RowTotal[i/cols].add(cell)
		t.ColTotal[i%cols].add(cell)
		t.Total.add(cell)
	}
	return t
}

// mostCells is how large a table may be: some 240 MB.
const mostCells = 10_000_000

// Count makes the table of the customers of base, by the codes of each of its rows: row
// is below rows and col below cols. It panics when there are not as many codes as
// customers, or a code is beyond the last. Errors: Usage for a table of more than ten
// million cells, Cancelled.
func Count(ctx context.Context, base *rfm.Base, row, col []uint32, rows, cols int) (*Table, error) {
	if len(row) != base.Len() || len(col) != base.Len() {
		panic("cross: codes of another base")
	}
	if cols > 0 && rows > mostCells/cols {
		return nil, model.Errorf(model.Usage, "a table of {rows} rows and {columns} columns is too large", "rows", words.Count(int64(rows)), "columns", words.Count(int64(cols))).
			WithHint("choose columns with fewer values")
	}
	cells := make([]Cell, rows*cols)
	const stride = 1 << 16 // customers between two looks at ctx
	for i, r := range row {
		if i%stride == 0 && ctx.Err() != nil {
			return nil, model.Errorf(model.Cancelled, "the computation was stopped: {cause}", "cause", ctx.Err())
		}
		c := col[i]
		if int(r) >= rows || int(c) >= cols {
			panic("cross: a code beyond the last")
		}
		cells[int(r)*cols+int(c)].add(Cell{Customers: 1, Orders: int64(base.Orders[i]), Revenue: model.Money(base.Revenue[i])})
	}
	return New(rows, cols, cells), nil
}

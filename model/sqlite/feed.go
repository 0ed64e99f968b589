package sqlite

import (
	"context"
	"fmt"

	"strata/model"
)

// A feed offers columns held in memory as the rows of one table. It is taken
// in one go: through a virtual table by SQL (vtab.go), or page by page into a
// new file (btree.go).
type feed struct {
	ctx     context.Context
	table   string
	rows    int
	columns []column
	done    func(rows int) // called now and then with the rows taken since; may be nil
}

// column is one column of a feed, under its name in the table. It has numbers
// or texts; a nil text is NULL. A text is good until the next one is taken.
type column struct {
	name   string
	number func(row int) int64
	text   func(row int) []byte
}

// feedStride is how many rows are taken between two looks at the context.
const feedStride = 4096

// pause is called before every row: now and then it reports the rows taken,
// and says whether to go on.
func (f *feed) pause(row int) error {
	if row%feedStride != 0 {
		return nil
	}
	if f.done != nil && row > 0 {
		f.done(feedStride)
	}
	return f.ctx.Err()
}

// constant is a column that is the same in every row.
func constant(name string, value int64) column {
	return column{name: name, number: func(int) int64 { return value }}
}

// numbers is a column of numbers.
func numbers[T ~int8 | ~uint8 | ~int32 | ~int64](name string, values []T) column {
	return column{name: name, number: func(row int) int64 { return int64(values[row]) }}
}

// texts is a column of texts; the empty text becomes NULL.
func texts(name string, values *model.Strings) column {
	return column{name: name, text: func(row int) []byte {
		if text := values.Slice(row); len(text) > 0 {
			return text
		}
		return nil
	}}
}

// coded is a dictionary-coded column; the empty text becomes NULL.
func coded(name string, values *model.Codes) column {
	words := make([][]byte, len(values.Words))
	for i, word := range values.Words {
		if word != "" {
			words[i] = []byte(word)
		}
	}
	return column{name: name, text: func(row int) []byte { return words[values.Code[row]] }}
}

// reordered takes a column's rows in another order: row i is row of[i]. A nil
// order leaves them.
func reordered(c column, of []int32) column {
	switch number, text := c.number, c.text; {
	case of == nil:
	case number != nil:
		c.number = func(row int) int64 { return number(int(of[row])) }
	default:
		c.text = func(row int) []byte { return text(int(of[row])) }
	}
	return c
}

// sqlName is the name of column i of the virtual table.
func sqlName(i int) string { return fmt.Sprintf("c%d", i) }

package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/sqlite/vtab"

	"strata/model"
)

// A feed offers columns held in memory to SQL as the rows of a virtual table,
// so that one INSERT … SELECT takes them all. That is several times faster
// than binding and executing row by row.
type feed struct {
	ctx     context.Context
	rows    int
	columns []column
	done    func(rows int) // called now and then with the rows taken so far
}

// column is one column of a feed: its name in the table it goes to, and its
// values. A column that is the same in every row has only a literal, which
// SQLite evaluates once.
type column struct {
	name    string
	literal string
	value   func(row int) driver.Value
}

// feedStride is how many rows are taken between two looks at the context.
const feedStride = 4096

// insert appends the rows of the feed to a table. The suffix is what follows
// the SELECT: nothing, or what to do on a conflict.
func (f *feed) insert(tx *sql.Tx, table, suffix string) error {
	if f.rows == 0 {
		return nil
	}
	var names, values []string
	fed := &feed{ctx: f.ctx, rows: f.rows, done: f.done}
	for _, c := range f.columns {
		names = append(names, c.name)
		if c.value == nil {
			values = append(values, c.literal)
			continue
		}
		values = append(values, fmt.Sprintf("c%d", len(fed.columns)))
		fed.columns = append(fed.columns, c)
	}
	id := feeds.add(fed)
	defer feeds.remove(id)
	// The virtual table is dropped whatever happens: left behind on a pooled
	// connection, it would be in the way of the next feed.
	create := fmt.Sprintf("CREATE VIRTUAL TABLE temp.feed USING %s(%d)", feedModule, id)
	if _, err := tx.ExecContext(f.ctx, create); err != nil {
		return err
	}
	insert := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM temp.feed %s",
		table, strings.Join(names, ", "), strings.Join(values, ", "), suffix)
	_, err := tx.ExecContext(f.ctx, insert)
	if f.ctx.Err() != nil {
		return f.ctx.Err() // the cause; SQLite only knows that the feed broke off
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(f.ctx, "DROP TABLE temp.feed")
	return err
}

// feedModule is the name under which SQL knows the feeds.
const feedModule = "strata_feed"

// feeds are the feeds being taken at the moment. SQLite hands a virtual table
// nothing but the text of its declaration, so a feed is found by its number.
var feeds feedRegistry

type feedRegistry struct {
	last atomic.Int64
	byID sync.Map // string → *feed
}

func (r *feedRegistry) add(f *feed) int64 {
	id := r.last.Add(1)
	r.byID.Store(fmt.Sprint(id), f)
	return id
}

func (r *feedRegistry) remove(id int64) { r.byID.Delete(fmt.Sprint(id)) }

// feedModuleImpl implements vtab.Module.
type feedModuleImpl struct{}

// Create makes the virtual table of the feed whose number is the argument.
func (feedModuleImpl) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	found, ok := feeds.byID.Load(args[len(args)-1])
	if !ok {
		return nil, fmt.Errorf("there is no feed %q", args[len(args)-1])
	}
	f := found.(*feed)
	names := make([]string, len(f.columns))
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	return f, ctx.Declare("CREATE TABLE feed (" + strings.Join(names, ", ") + ")")
}

// Connect is Create: a feed keeps nothing in the database.
func (m feedModuleImpl) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Create(ctx, args)
}

// BestIndex, Open, Disconnect and Destroy implement vtab.Table.
func (f *feed) BestIndex(*vtab.IndexInfo) error { return nil }
func (f *feed) Open() (vtab.Cursor, error)      { return &feedCursor{feed: f}, nil }
func (f *feed) Disconnect() error               { return nil }
func (f *feed) Destroy() error                  { return nil }

// feedCursor implements vtab.Cursor: one pass over the rows.
type feedCursor struct {
	feed *feed
	row  int
}

func (c *feedCursor) Filter(int, string, []vtab.Value) error {
	c.row = 0
	return c.feed.ctx.Err()
}

func (c *feedCursor) Next() error {
	c.row++
	if c.row%feedStride == 0 {
		if err := c.feed.ctx.Err(); err != nil {
			return err
		}
		c.feed.done(feedStride)
	}
	return nil
}

func (c *feedCursor) Eof() bool                        { return c.row >= c.feed.rows }
func (c *feedCursor) Column(i int) (vtab.Value, error) { return c.feed.columns[i].value(c.row), nil }
func (c *feedCursor) Rowid() (int64, error)            { return int64(c.row), nil }
func (c *feedCursor) Close() error                     { return nil }

// The constructors of columns. Making an interface out of a number or a text
// costs an allocation, the largest single cost of a row; so they reuse the
// last one where values repeat.

func constant(name, literal string) column { return column{name: name, literal: literal} }

// integers is a column of numbers, as a literal when all are equal.
func integers[T ~int8 | ~uint8 | ~int32 | ~int64](name string, values []T) column {
	if len(values) > 0 && allEqual(values) {
		return constant(name, fmt.Sprint(int64(values[0])))
	}
	last, boxed := T(0), driver.Value(int64(0))
	return column{name: name, value: func(row int) driver.Value {
		if v := values[row]; v != last {
			last, boxed = v, int64(v)
		}
		return boxed
	}}
}

func allEqual[T comparable](values []T) bool {
	for _, v := range values {
		if v != values[0] {
			return false
		}
	}
	return true
}

// texts is a column of texts; the empty text becomes NULL. The engine copies
// each before the next row, so that views into the arena can be handed out.
func texts(name string, values *model.Strings) column {
	return column{name: name, value: func(row int) driver.Value {
		b := values.Slice(row)
		if len(b) == 0 {
			return nil
		}
		return unsafe.String(unsafe.SliceData(b), len(b))
	}}
}

// coded is a dictionary-coded column; the empty text becomes NULL.
func coded(name string, values *model.Codes) column {
	words := make([]driver.Value, len(values.Words))
	for i, w := range values.Words {
		if w != "" {
			words[i] = w
		}
	}
	return column{name: name, value: func(row int) driver.Value { return words[values.Code[row]] }}
}

// mapped takes a column's rows in another order: row i is row of[i].
func mapped(c column, of []int32) column {
	if c.value == nil || of == nil {
		return c
	}
	value := c.value
	c.value = func(row int) driver.Value { return value(int(of[row])) }
	return c
}

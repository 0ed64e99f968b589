package sqlite

import (
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite/vtab"

	"strata/model/catalogue"
)

// insert adds the rows of the feed to its table with one INSERT … SELECT from
// a virtual table, which is faster than binding and executing row by row. The
// suffix is what follows the SELECT: nothing, or what to do on a conflict.
func (f *feed) insert(tx *sql.Tx, suffix string) error {
	if f.rows == 0 {
		return nil
	}
	var names, values []string
	for i, c := range f.columns {
		names = append(names, c.name)
		values = append(values, sqlName(i))
	}
	id := feeds.add(f)
	defer feeds.remove(id)
	create := fmt.Sprintf("CREATE VIRTUAL TABLE temp.feed USING %s(%d)", feedModule, id)
	if _, err := tx.ExecContext(f.ctx, create); err != nil {
		return err
	}
	insert := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM temp.feed %s",
		f.table, strings.Join(names, ", "), strings.Join(values, ", "), suffix)
	_, err := tx.ExecContext(f.ctx, insert)
	if f.ctx.Err() != nil {
		return f.ctx.Err() // the cause; SQLite only knows that the feed broke off
	}
	if err != nil {
		return err // rolling back drops the virtual table
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

// feedTables implements vtab.Module.
type feedTables struct{}

// Create makes the virtual table of the feed whose number is the argument.
func (feedTables) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	id := args[len(args)-1]
	found, ok := feeds.byID.Load(id)
	if !ok {
		return nil, catalogue.Errorf("there is no feed {text:q}", "text", id)
	}
	f := found.(*feed)
	names := make([]string, len(f.columns))
	for i := range names {
		names[i] = sqlName(i)
	}
	return feedTable{f}, ctx.Declare("CREATE TABLE feed (" + strings.Join(names, ", ") + ")")
}

// Connect is Create: a feed keeps nothing in the database.
func (m feedTables) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Create(ctx, args)
}

// feedTable implements vtab.Table.
type feedTable struct{ *feed }

func (feedTable) BestIndex(*vtab.IndexInfo) error { return nil }
func (t feedTable) Open() (vtab.Cursor, error)    { return &feedCursor{feed: t.feed}, nil }
func (feedTable) Disconnect() error               { return nil }
func (feedTable) Destroy() error                  { return nil }

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
	return c.feed.pause(c.row)
}

func (c *feedCursor) Eof() bool { return c.row >= c.feed.rows }

func (c *feedCursor) Column(i int) (vtab.Value, error) {
	column := c.feed.columns[i]
	if column.number != nil {
		return column.number(c.row), nil
	}
	if text := column.text(c.row); text != nil {
		return string(text), nil
	}
	return nil, nil
}

func (c *feedCursor) Rowid() (int64, error) { return int64(c.row), nil }
func (c *feedCursor) Close() error          { return nil }

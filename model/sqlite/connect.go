package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"strata/model"
)

// access says what a connection is for.
type access int

const (
	// reading opens an existing file and never writes.
	reading access = iota
	// checking reads every page of a file once: a cache that fits the
	// processor's own makes that a fifth quicker than a large one.
	checking
	// writing opens an existing file. The rollback journal is SQLite's default
	// and ours on purpose: the workspace stays a single file that can be copied
	// away, lies on a network share or opens from read-only media, none of
	// which a write-ahead log allows. An edit then costs two or three fsyncs,
	// which happen away from the frame path.
	writing
	// building fills a file that nobody else sees. It is thrown away when
	// anything goes wrong, so that neither journal nor fsync is needed.
	building
	// rehearsing keeps a database in memory only: what an import would store
	// beside its orders.
	rehearsing
	// passing uses a temporary workspace: private, and not worth an fsync. It
	// has a journal, so that a cancelled import can be taken back.
	passing
)

// waiting makes a statement wait for others who have the file, for some seconds.
const waiting = "busy_timeout(5000)"

// pragmas are set through the connection string, so that they also hold on a
// connection that database/sql opens later.
var pragmas = map[access][]string{
	reading:  {waiting, "cache_size(-16384)"},
	checking: {"cache_size(-2000)"},
	writing:  {waiting, "cache_size(-65536)", "synchronous(full)"},
	building: {"journal_mode(off)", "synchronous(off)", "locking_mode(exclusive)", "cache_size(-65536)"},
	passing:  {"synchronous(off)", "cache_size(-65536)"},

	rehearsing: {"journal_mode(off)"},
}

// engine is the SQLite driver with the module that feeds Go columns to SQL.
var engine = newEngine()

func newEngine() *sqlite3.Driver {
	d := new(sqlite3.Driver)
	if err := d.RegisterModule(feedModule, feedTables{}); err != nil {
		panic(err) // the name is ours and registered once
	}
	return d
}

// connect prepares access to a file; nothing is opened before the first use.
// All work goes through one connection: reads and writes of one process queue
// up under their contexts instead of meeting each other's file locks.
func connect(path string, mode access) *sql.DB {
	c := &connector{dsn: dsn(path, mode)}
	if (mode == reading || mode == checking) && !logBeside(path) {
		if hasLog(path) && !logCanGo(path) {
			c.dsn += "&immutable=1"
		} else {
			c.tidies = path
		}
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	return db
}

// mostValue bounds, in bytes, a value that is read from a file, and a row that is
// written: no text of strata's comes near it. A file from somebody else may hold one
// that takes all memory.
const mostValue = 16 << 20

// bound has SQLite refuse values larger than [mostValue] before it reads them.
func bound(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx) // the only one
	if err != nil {
		return err
	}
	_, err = sqlite3.Limit(conn, codes.SQLITE_LIMIT_LENGTH, mostValue)
	return errors.Join(err, conn.Close())
}

// dsn writes the file: address of a path. A URI is needed for mode=, and it
// makes names with ? % # safe.
func dsn(path string, mode access) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… on Windows
	}
	q := url.Values{"mode": {"rw"}, "_txlock": {"immediate"}, "_dqs": {"0"}, "_error_rc": {"1"}}
	switch mode {
	case reading, checking:
		q.Set("mode", "ro")
		q.Set("_txlock", "deferred")
	case building:
		q.Set("mode", "rwc")
	case rehearsing:
		q.Set("mode", "memory")
	}
	for _, p := range pragmas[mode] {
		q.Add("_pragma", p)
	}
	q.Add("_pragma", "temp_store(memory)")
	q.Add("_pragma", "trusted_schema(off)") // the file may come from anybody
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// connector opens connections of our engine.
type connector struct {
	dsn    string
	tidies string // the file beside which a write-ahead log is not to be left
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return engine.Open(c.dsn)
}

// Driver implements driver.Connector.
func (c *connector) Driver() driver.Driver { return engine }

// Close is called when the last connection is closed.
func (c *connector) Close() error {
	if c.tidies != "" {
		withoutEmptyLog(c.tidies)
	}
	return nil
}

// transact runs one transaction. The context ends the waiting for the
// connection and the statements, but is kept from database/sql's transaction:
// that would be rolled back in the background, and the journal be gone only
// some time after we have returned.
func transact(ctx context.Context, db *sql.DB, options *sql.TxOptions, do func(tx *sql.Tx) error) error {
	return transactAnd(ctx, db, options, do, func(commit func() error) error { return commit() })
}

// keep runs one transaction whose result is what the person wants stored: once it
// is committed nothing is stopped any more.
func keep(ctx context.Context, db *sql.DB, do func(tx *sql.Tx) error) error {
	return transactAnd(ctx, db, nil, do, func(commit func() error) error { return model.Commit(ctx, commit) })
}

// transactAnd runs one transaction that ends with commit, told how. A panic within
// it is an error, and takes the transaction back like one: the connection is waited
// for when it is closed, and would else be for ever.
func transactAnd(ctx context.Context, db *sql.DB, options *sql.TxOptions, do func(tx *sql.Tx) error, commit func(func() error) error) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var tx *sql.Tx
	err = patiently(ctx, conn, func() (err error) {
		tx, err = conn.BeginTx(context.WithoutCancel(ctx), options)
		return err
	})
	if err != nil {
		return err
	}
	// After all but a commit; the cause of that is what to tell.
	defer func() { _ = tx.Rollback() }()
	defer func() {
		if panicked := recover(); panicked != nil {
			err = model.Unexpected(panicked)
		}
	}()
	if err := do(tx); err != nil {
		return err
	}
	return commit(func() error {
		return patiently(ctx, conn, func() error {
			// [sql.Tx.Commit] takes the transaction back when it cannot commit yet.
			_, err := tx.ExecContext(context.WithoutCancel(ctx), "COMMIT")
			return err
		})
	})
}

// patiently does what cannot be done while others have the file, again and again for
// some time, but not any longer than until the work ends: SQLite itself would wait on
// with its journal beside the file, and be ended like that.
func patiently(ctx context.Context, conn *sql.Conn, do func() error) error {
	const patience, pause = 5 * time.Second, 10 * time.Millisecond
	kept := context.WithoutCancel(ctx)
	if _, err := conn.ExecContext(kept, "PRAGMA busy_timeout(0)"); err != nil {
		return err
	}
	for end := time.Now().Add(patience); ; time.Sleep(pause) {
		err := do()
		if resultCode(err) == codes.SQLITE_BUSY && time.Now().Before(end) && ctx.Err() == nil && !model.EndingOf(ctx).Begun() {
			continue
		}
		_, resetting := conn.ExecContext(kept, "PRAGMA "+waiting)
		return errors.Join(err, resetting)
	}
}

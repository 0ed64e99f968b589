// Package sqlite keeps a workspace in one SQLite file: the only place that
// knows its tables. migration/0001_workspace.sql documents them for people who
// query the file with the sqlite3 shell.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"

	codes "modernc.org/sqlite/lib"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/memory"
)

// Workspace is an open workspace file. It implements [model.Store].
type Workspace struct {
	// use is held for reading by whatever works with the file, and for writing
	// by SaveAs and Close, which change the fields that follow.
	use       sync.RWMutex
	path      string
	db        *sql.DB
	lock      *writerLock // nil when read-only or temporary
	writer    string      // who has the lock, when another program does
	temporary string      // the folder to remove on Close, or ""
	gone      func()      // to be called when it is removed
	old       int         // the schema of an older file that is only read, 0 of any other

	catalog atomic.Pointer[catalog]

	// loading guards loaded, and is held while columns are read so that none
	// is read twice.
	loading sync.Mutex
	loaded  *loadedColumns
}

var _ model.Store = (*Workspace)(nil)

// Open opens an existing workspace. It is read-only when another program
// writes it ([model.Info] says who) or the file cannot be written. Errors:
// NotFound, Unreadable, Foreign, Newer, Corrupt, Busy, Cancelled.
func Open(ctx context.Context, path string) (*Workspace, error) {
	if err := findable(path); err != nil {
		return nil, err
	}
	if err := roomForJournal(path); err != nil {
		return nil, fault(catalogue.T("opening"), path, err)
	}
	lock, holder, err := lockWriter(ctx, path)
	if err != nil && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EROFS) {
		return nil, fault(catalogue.T("locking"), path, err)
	}
	w, err := open(ctx, path, lock)
	if err != nil {
		_ = lock.release()
		return nil, fault(catalogue.T("opening"), path, err)
	}
	w.writer = cmp.Or(holder, w.writer)
	return w, nil
}

// OpenToRead opens an existing workspace without asking for the right to write,
// so that a quick look keeps nobody else from writing. Errors as for Open.
func OpenToRead(ctx context.Context, path string) (*Workspace, error) {
	if err := findable(path); err != nil {
		return nil, err
	}
	w, err := open(ctx, path, nil)
	if resultCode(err) == codes.SQLITE_READONLY {
		// A write was broken off by a crash and must be taken back first.
		return Open(ctx, path)
	}
	return w, fault(catalogue.T("opening"), path, err)
}

// findable says why there is nothing to open at path.
func findable(path string) error {
	about, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Errorf(model.NotFound, "there is no file {path:q}", "path", path).WithHint("check the name, or create one with: strata import NEW.strata FILE")
	case errors.Is(err, syscall.ENAMETOOLONG):
		return fault(catalogue.T("opening"), path, err)
	case err != nil:
		return model.Errorf(model.Unreadable, "{path:q} cannot be read: {cause}", "path", path, "cause", err).WithHint("check the permissions of the file and its folders")
	case about.IsDir():
		return model.Errorf(model.Unreadable, "{path:q} is a folder", "path", path).WithHint("give the .strata file inside it")
	case !about.Mode().IsRegular():
		return model.Errorf(model.Unreadable, "{path:q} is not a regular file", "path", path).WithHint(notOursHint)
	}
	if err := shortEnough(path, mostPath); err != nil {
		return err
	}
	return noneBeside(path)
}

// mostPath is how many bytes the absolute path of a database may have: with the end of
// its journal's name, no more than the 512 that SQLite takes. What is made has the end
// of its name until it is whole, too.
const (
	mostPath    = 512 - len("-journal")
	mostNewPath = mostPath - len(partialEnd)
	partialEnd  = ".partial"
)

// shortEnough makes sure that SQLite can open a path. Windows sets bounds of its own.
// Error: Unreadable.
func shortEnough(path string, most int) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	long := 0
	for _, p := range []string{path, resolved(path)} {
		if abs, err := filepath.Abs(p); err == nil {
			long = max(long, len(abs))
		}
	}
	if long <= most {
		return nil
	}
	return model.Errorf(model.Unreadable, "the path of {path:q} is too long: it has {bytes} bytes from the root on, and SQLite takes {most} here", "path", path, "bytes", long, "most", most).
		WithHint("choose a shorter one: a folder with a shorter path, or a shorter name")
}

// roomForJournal makes sure that the name of a file to be written can have the end of
// its journal's, which SQLite makes with the first edit. The error is the file system's.
func roomForJournal(path string) error {
	_, err := os.Lstat(resolved(path) + "-journal")
	if errors.Is(err, syscall.ENAMETOOLONG) {
		return err
	}
	return nil
}

// noneBeside makes sure that no file of somebody else's has a name that SQLite would
// take for one of its own: it writes its journal beside the file, through whatever
// link is there, and over whatever file, which it then removes.
func noneBeside(path string) error {
	for _, end := range sideFiles {
		beside := resolved(path) + end
		about, err := os.Lstat(beside)
		if err == nil && (!about.Mode().IsRegular() || about.Size() > 0 && !ofSQLite(beside)) {
			return model.Errorf(model.Unreadable, "{beside:q} is in the way: it is not a SQLite file", "beside", beside).WithHint("move it away")
		}
	}
	return nil
}

// unhindered is [noneBeside] for each use of an open workspace: SQLite looks for a
// journal when it only reads, too, and such a file may have come since. One that is
// open for reading only leaves everything as it is.
func (w *Workspace) unhindered() error {
	if w.lock == nil {
		return nil
	}
	return noneBeside(w.path)
}

// sideFiles are what the names of the files end in that SQLite keeps beside one.
var sideFiles = []string{"-journal", "-wal", "-shm"}

// open opens an existing file: for writing with a lock, and reading without
// one or where the file does not let itself be written. The lock then goes.
func open(ctx context.Context, path string, lock *writerLock) (*Workspace, error) {
	steps, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	if err := ownLeftovers(path); err != nil {
		return nil, err
	}
	mode := writing
	if lock == nil {
		mode = reading
	}
	db := connect(path, mode)
	w, err := prepare(ctx, path, db, lock, steps)
	if err != nil {
		_ = db.Close()
		if lock == nil {
			return nil, err
		}
		busy := resultCode(err) == codes.SQLITE_BUSY // an SQLite shell, which asks for no lock
		if !busy && !errors.Is(err, errCannotWrite) && resultCode(err) != codes.SQLITE_READONLY {
			return nil, err
		}
		if err := lock.release(); err != nil {
			return nil, err
		}
		w, err := open(ctx, path, nil)
		if err == nil && busy {
			w.writer = unnamed
		}
		return w, err
	}
	return w, nil
}

// prepare makes sure that the file is a sound workspace. An older one is brought
// to today's schema, but one that is only read is taken as it is: what came
// later, it has not ([Workspace.lacks]).
func prepare(ctx context.Context, path string, db *sql.DB, lock *writerLock, steps []migration) (*Workspace, error) {
	about, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := memory.Fits(path, about.Size()); err != nil {
		return nil, err
	}
	version, err := recognise(ctx, db, path, about.Size(), len(steps))
	if err != nil {
		return nil, err
	}
	mode := writing
	if lock == nil {
		mode = reading
	}
	if err := fitsStructure(ctx, db, version, mode); err != nil {
		return nil, err
	}
	if lock != nil {
		if err := mayWrite(ctx, db); err != nil {
			return nil, err
		}
	}
	old := 0
	if version < len(steps) {
		if lock == nil {
			old = version
		} else if err := upgrade(ctx, path, db, version, steps); err != nil {
			return nil, err
		}
	}
	c, err := readCatalog(ctx, db, old)
	if err != nil {
		return nil, err
	}
	if err := mustBeSealed(ctx, db, c); err != nil {
		return nil, err
	}
	if err := c.fitsLast(ctx, db); err != nil {
		return nil, err
	}
	w := &Workspace{path: path, db: db, lock: lock, old: old}
	w.catalog.Store(c)
	return w, nil
}

// lacks reports whether the file is older than a step of the schema.
func (w *Workspace) lacks(step int) bool { return lacks(w.old, step) }

func lacks(old, step int) bool { return old > 0 && old < step }

// scenarioStep is the migration that brought scenarios, services, and what an
// edit reclassified.
const scenarioStep = 2

// assumedStep is the migration that brought what of a service is assumed.
const assumedStep = 8

// refusedStep is the migration that brought what refused rows look like and are
// worth.
const refusedStep = 3

// lineStep is the migration that brought costs, and the lines as columns.
const lineStep = 4

// noticeStep is the migration that brought the notices of imports, what they left
// out, and the money of refused rows by its sign.
const noticeStep = 5

// correctionStep is the migration that brought corrections of refused rows.
const correctionStep = 6

// errCannotWrite reports a file that can be read only.
var errCannotWrite = errors.New(catalogue.T("the file can only be read"))

// mayWrite makes sure that the file can be written, and that nobody is in the
// middle of doing so. SQLite opens a file it cannot write all the same, and
// even begins to write it.
func mayWrite(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	err = conn.Raw(func(driverConn any) error {
		only, err := driverConn.(interface {
			IsReadOnly(schema string) (bool, error)
		}).IsReadOnly("main")
		if only {
			return errCannotWrite
		}
		return err
	})
	if err := errors.Join(err, conn.Close()); err != nil {
		return err
	}
	return transact(ctx, db, nil, func(*sql.Tx) error { return nil })
}

// readOnly reports whether nothing may be written.
func (w *Workspace) readOnly() bool { return w.lock == nil && w.temporary == "" }

// mustWrite returns why the workspace cannot be written, or nil.
func (w *Workspace) mustWrite() error {
	if !w.readOnly() {
		return w.unhindered()
	}
	e := model.Errorf(model.ReadOnly, "{path:q} is open read-only", "path", w.path)
	if w.writer != "" {
		return e.WithHint("{writer} is writing it; close that one, then open this again", "writer", w.writer)
	}
	return e.WithHint("open it where the file can be written")
}

// Info tells what the workspace holds.
func (w *Workspace) Info(context.Context) (model.Info, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	info := w.catalog.Load().info
	info.Path, info.ReadOnly, info.Writer, info.Temporary = w.path, w.readOnly(), w.writer, w.temporary != ""
	return info, nil
}

// Attributes lists the kept columns.
func (w *Workspace) Attributes(context.Context) ([]model.Attribute, error) {
	return slices.Clone(w.catalog.Load().attributes), nil
}

// Sources lists the imported files, oldest first.
func (w *Workspace) Sources(context.Context) ([]model.Source, error) {
	return slices.Clone(w.catalog.Load().sources), nil
}

// rejectPage is how many refused rows are read at once. Between two pages the
// connection is free, so that the loop over them may use the workspace.
const rejectPage = 1_000

// mostReject bounds the texts of a refused row, and those of a page, in bytes. Rows
// are cut when they are refused, but the name of a column is not.
const (
	mostReject     = 2 << 20
	mostRejectPage = 8 << 20
)

// errEnough ends a page of refused rows.
var errEnough = errors.New("enough of refused rows")

// Rejects yields the refused rows of one source (0: of all), in file order.
//
// When all were read, they are held against what their sources account for: the
// error is Corrupt if they are not as they were written.
func (w *Workspace) Rejects(ctx context.Context, source int64) iter.Seq2[model.Reject, error] {
	return func(yield func(model.Reject, error) bool) {
		found := map[int64]*refusals{}
		after := int64(0)
		for {
			page, last, more, err := w.rejectsAfter(ctx, source, after)
			if err != nil {
				yield(model.Reject{}, err)
				return
			}
			for _, r := range page {
				if found[r.Source] == nil {
					found[r.Source] = &refusals{}
				}
				found[r.Source].add(&r)
				if !yield(r, nil) {
					return
				}
			}
			if !more {
				if err := w.fitRejects(ctx, source, found); err != nil {
					yield(model.Reject{}, err)
				}
				return
			}
			after = last
		}
	}
}

// fitRejects makes sure that the refused rows of a source (0: of all) are as they
// were written. Error: Corrupt.
func (w *Workspace) fitRejects(ctx context.Context, source int64, found map[int64]*refusals) error {
	w.use.RLock()
	defer w.use.RUnlock()
	c := w.catalog.Load()
	for _, s := range c.sources {
		if source != 0 && source != s.ID {
			continue
		}
		of := found[s.ID]
		if of == nil {
			of = &refusals{}
		}
		if err := of.fit(ctx, w.db, c.version, &s); err != nil {
			return fault(catalogue.T("reading"), w.path, err)
		}
	}
	return nil
}

// rejectsAfter reads a page of refused rows; last is the id of its last one, and more
// says that others may follow.
func (w *Workspace) rejectsAfter(ctx context.Context, source, after int64) (page []model.Reject, last int64, more bool, err error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return nil, after, false, err
	}
	size := 0
	err = eachReject(ctx, w.db, w.old, source, after, func(id int64, r *model.Reject) error {
		last = id
		page = append(page, *r)
		if size += sizeOf(r); len(page) == rejectPage || size > mostRejectPage {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return page, last, true, nil
	}
	return page, last, false, fault(catalogue.T("reading"), w.path, err)
}

// sizeOf is how many bytes the texts of a refused row have.
func sizeOf(r *model.Reject) int {
	return len(r.Column) + len(r.Value) + len(r.Row) + len(r.Code) + len(r.Reason)
}

// eachReject does something with refused rows of a source (0: of all) in the order of
// ids, from the one behind an id on.
func eachReject(ctx context.Context, q querier, old int, source, after int64, do func(id int64, r *model.Reject) error) error {
	row := "row"
	if lacks(old, refusedStep) {
		row = "''"
	}
	rows, err := q.QueryContext(ctx, `
		SELECT id, source_id, line, header, value, `+row+`, code, reason FROM reject
		WHERE id > ? AND (? = 0 OR source_id = ?) ORDER BY id`, after, source, source)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var r model.Reject
		if err := rows.Scan(&id, &r.Source, &r.Line, &r.Column, &r.Value, &r.Row, &r.Code, &r.Reason); err != nil {
			return err
		}
		if sizeOf(&r) > mostReject {
			return damaged("the refused row {line} of source {source} is longer than any that is written there", "line", r.Line, "source", r.Source)
		}
		if err := do(id, &r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Close closes the workspace; a temporary one is gone then.
func (w *Workspace) Close() error {
	w.use.Lock()
	defer w.use.Unlock()
	return fault(catalogue.T("closing"), w.path, w.leave())
}

// leave gives back everything that belongs to the file.
func (w *Workspace) leave() error {
	err := errors.Join(w.db.Close(), w.lock.release())
	if w.temporary != "" {
		err = errors.Join(err, removeTemporary(w.temporary))
		w.gone()
	}
	w.lock, w.temporary = nil, ""
	return err
}

package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	sqlite3 "modernc.org/sqlite"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
)

// Create makes a new workspace at path out of its first files and opens it. It
// appears under its name only when it is complete and checked; on error or
// cancellation nothing is left behind. It sets the ID of each intake's source.
// Errors: Exists, NotFound (the folder), Unreadable, Busy, Cancelled.
func Create(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (*Workspace, []model.Warning, error) {
	var l *loader
	w, err := establish(ctx, path, func(staging string) (err error) {
		l, err = build(ctx, staging, intakes, report)
		return err
	}, report)
	if err != nil {
		return nil, nil, fault(catalogue.T("making"), path, err)
	}
	l.tellSources(intakes)
	return w, l.warnings, nil
}

// createIn makes a workspace in a folder that is private.
func createIn(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (*Workspace, *loader, error) {
	if err := stake(ctx, path); err != nil {
		return nil, nil, err
	}
	l, err := build(ctx, path, intakes, report)
	if err != nil {
		return nil, nil, err
	}
	db := connect(path, passing)
	c, err := readCatalog(ctx, db, 0)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	w := &Workspace{path: path, db: db}
	w.catalog.Store(c)
	return w, l, nil
}

// SaveAs copies the workspace to a new file and goes on there: a temporary
// workspace is an ordinary one afterwards. Errors: Exists, NotFound (the
// folder), Unreadable, Busy, Cancelled.
func (w *Workspace) SaveAs(ctx context.Context, path string, report func(model.Progress)) error {
	w.use.Lock()
	defer w.use.Unlock()
	if err := w.unhindered(); err != nil {
		return err
	}
	saved, err := establish(ctx, path, func(staging string) error {
		return copyTo(ctx, w.db, staging, report)
	}, report)
	if err != nil {
		return fault(catalogue.T("saving"), path, err)
	}
	err = w.leave()
	w.path, w.db, w.lock, w.writer, w.old = saved.path, saved.db, saved.lock, "", saved.old
	return fault(catalogue.T("leaving the workspace for"), path, err)
}

// establish has a file filled under another name, checks it, makes sure that
// it is on the disk, gives it its name and opens it; or leaves nothing behind.
func establish(ctx context.Context, path string, fill func(staging string) error, report func(model.Progress)) (*Workspace, error) {
	if folder, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, err
	} else if !folder.IsDir() {
		return nil, fs.ErrNotExist
	}
	if err := absent(path); err != nil {
		return nil, err
	}
	lock, holder, err := lockWriter(ctx, path)
	if err != nil {
		return nil, err
	}
	if holder != "" {
		return nil, beingMade(path, holder)
	}
	w, err := establishLocked(ctx, path, fill, report, lock)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	return w, nil
}

func establishLocked(ctx context.Context, path string, fill func(staging string) error, report func(model.Progress), lock *writerLock) (*Workspace, error) {
	if err := absent(path); err != nil { // still
		return nil, err
	}
	// The lock makes the name ours: what strata made there is left from a crash.
	staging := path + partialEnd
	if err := vacate(staging); err != nil {
		return nil, err
	}
	if err := stake(ctx, staging); err != nil {
		return nil, err
	}
	defer model.Temporary(ctx, staging)()
	if err := publish(ctx, staging, path, fill, report); err != nil {
		return nil, errors.Join(err, removeIfThere(staging))
	}
	// The workspace is there; a person who stops us now has come too late.
	ctx = context.WithoutCancel(ctx)
	if free, err := lock.hold(path); err != nil {
		return nil, err
	} else if !free {
		return nil, beingMade(path, unnamed)
	}
	return open(ctx, path, lock)
}

func beingMade(path, holder string) error {
	return model.Errorf(model.Busy, "{path:q} is being created by {holder}", "path", path, "holder", holder).WithHint("wait for it, or choose another name")
}

// absent makes sure that there is no file yet, and that a name can be given.
func absent(path string) error {
	if err := shortEnough(path, mostNewPath); err != nil {
		return err
	}
	if err := disk.CheckName(path); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf(model.Exists, "{path:q} already exists", "path", path).WithHint("choose another name, or move that file away")
	}
	return nothingLeft(path)
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// vacate makes room for a file that is made under another name first: what strata
// left there after a crash goes. Error: Exists for what strata did not make, and for
// what SQLite would remove, or play into the file, since it goes by the name.
func vacate(staging string) error {
	if err := nothingLeft(staging); err != nil {
		return err
	}
	return removeOurs(staging)
}

// removeOurs removes a workspace, whole or in part, that strata left behind, and what
// is so empty that nothing is lost with it: a kill before the first write leaves that.
// Error: Exists for what strata did not make.
func removeOurs(path string) error {
	about, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !IsWorkspace(path) && !isEmpty(about):
		return model.Errorf(model.Exists, "{path:q} is in the way: strata did not make it", "path", path).WithHint("move it away")
	}
	return os.Remove(path)
}

// isEmpty reports whether a file is an ordinary one of the user's, without anything in
// it and without another name.
func isEmpty(about fs.FileInfo) bool {
	return about.Mode().IsRegular() && about.Size() == 0 && ownedByUser(about) && oneName(about)
}

// IsWorkspace reports whether a file is an ordinary one and, by its first bytes, a
// workspace; it may be cut short.
func IsWorkspace(path string) bool {
	const (
		magic  = "SQLite format 3\x00"
		marked = 68 // where SQLite keeps the application's ID
	)
	if _, err := disk.Plain(path); err != nil {
		return false
	}
	f, err := os.OpenFile(path, os.O_RDONLY|disk.NoFollow, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [marked + 4]byte
	_, err = io.ReadFull(f, head[:])
	return err == nil && string(head[:len(magic)]) == magic && binary.BigEndian.Uint32(head[marked:]) == applicationID
}

// stake makes a private file and marks it as a workspace, so that what a crash
// leaves of it is known for strata's.
func stake(ctx context.Context, path string) error {
	f, err := disk.Create(path)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return err
	}
	db := connect(path, building)
	_, err = db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	if err = errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, removeIfThere(path))
	}
	return nil
}

// publish fills, checks and syncs the staging file and renames it.
func publish(ctx context.Context, staging, path string, fill func(staging string) error, report func(model.Progress)) error {
	if err := fill(staging); err != nil {
		return err
	}
	if report != nil {
		report(model.Progress{Stage: catalogue.T("checking")})
	}
	// SQLite reads the file while the disk writes it.
	synced := make(chan error, 1)
	go func() { synced <- syncTo(staging, os.O_RDWR) }()
	db := connect(staging, checking)
	if err := errors.Join(check(ctx, db), db.Close(), <-synced); err != nil {
		return err
	}
	if err := disk.Publish(ctx, staging, path); err != nil {
		return err
	}
	// The name is on the disk once the folder is; some systems cannot sync
	// folders, and write them soon enough by themselves.
	_ = syncTo(filepath.Dir(path), os.O_RDONLY)
	return nil
}

// syncTo makes sure that a file or folder is on the disk.
func syncTo(path string, flag int) error {
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// build makes a workspace file out of intakes, without journal or fsync.
func build(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (*loader, error) {
	steps, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	db := connect(path, building)
	if err := migrate(ctx, db, steps); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	l := &loader{ctx: ctx, columns: new(columns), nextOrder: 1, report: report, fresh: true}
	empty := map[string]emptyTable{}
	err = transact(ctx, db, nil, func(tx *sql.Tx) (err error) {
		l.tx = tx
		if err := l.load(intakes); err != nil {
			return err
		}
		for _, name := range tables {
			if empty[name], err = findTable(ctx, tx, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	slices.SortStableFunc(l.feeds, func(a, b *feed) int { return strings.Compare(a.table, b.table) })
	return l, fillTables(path, empty, l.feeds)
}

// findTable finds a table that has no rows yet.
func findTable(ctx context.Context, tx *sql.Tx, name string) (t emptyTable, err error) {
	if err = tx.QueryRowContext(ctx, "SELECT rootpage FROM sqlite_schema WHERE name = ?", name).Scan(&t.root); err != nil {
		return t, err
	}
	t.columns, err = tableColumns(ctx, tx, name)
	return t, err
}

// upgrade brings an older file to today's schema, after a copy beside it.
func upgrade(ctx context.Context, path string, db *sql.DB, version int, steps []migration) error {
	if err := keepCopy(ctx, path, db, version); err != nil {
		return err
	}
	return migrate(ctx, db, steps)
}

// keepCopy copies a workspace to a file beside it that stays. What is there already
// stays, too: the copy gets the next name that is free, unless it is there.
func keepCopy(ctx context.Context, path string, db *sql.DB, version int) (err error) {
	if err := shortEnough(path, mostNewPath); err != nil {
		return err
	}
	staging := path + partialEnd // ours by the lock, as where a workspace is made
	if err := vacate(staging); err != nil {
		return err
	}
	if err := stake(ctx, staging); err != nil {
		return err
	}
	defer model.Temporary(ctx, staging)()
	defer func() { err = errors.Join(err, removeIfThere(staging)) }()
	if err := copyTo(ctx, db, staging, nil); err != nil {
		return err
	}
	if err := syncTo(staging, os.O_RDWR); err != nil {
		return err
	}
	for n := 1; ; n++ {
		backup := backupPath(path, version, n)
		if same, err := sameContent(staging, backup); same || err != nil {
			return err
		}
		if nothingLeft(backup) != nil {
			continue
		}
		if err := disk.Publish(model.AsMeans(ctx), staging, backup); !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}

// sameContent reports whether a file is there and has the same bytes as another.
func sameContent(path, other string) (bool, error) {
	about, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	if there, err := disk.Plain(other); err != nil || there.Size() != about.Size() {
		return false, nil //nolint:nilerr // something else, or nothing
	}
	one, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer one.Close()
	two, err := os.Open(other)
	if err != nil {
		return false, nil //nolint:nilerr // another copy is made
	}
	defer two.Close()
	const atOnce = 1 << 16
	for a, b := make([]byte, atOnce), make([]byte, atOnce); ; {
		n, err := io.ReadFull(one, a)
		m, _ := io.ReadFull(two, b)
		if !bytes.Equal(a[:n], b[:m]) {
			return false, nil
		}
		if err != nil {
			return true, ignoringEnd(err)
		}
	}
}

// pagesAtOnce is how many pages are copied between two looks at the context.
const pagesAtOnce = 4096

// copyTo makes a consistent copy of a database in a new file, which has no
// write-ahead log.
func copyTo(ctx context.Context, db *sql.DB, path string, report func(model.Progress)) error {
	if err := copyPagesTo(ctx, db, path, report); err != nil {
		return err
	}
	return withoutLog(path)
}

func copyPagesTo(ctx context.Context, db *sql.DB, path string, report func(model.Progress)) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driverConn any) error {
		source := driverConn.(interface {
			NewBackup(uri string) (*sqlite3.Backup, error)
		})
		backup, err := source.NewBackup(dsn(path, building))
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			if more, err = backup.Step(pagesAtOnce); err == nil {
				err = ctx.Err()
			}
			if report != nil && err == nil {
				total := int64(backup.PageCount())
				report(model.Progress{Stage: catalogue.T("copying"), Done: total - int64(backup.Remaining()), Total: total})
			}
		}
		return errors.Join(err, backup.Finish())
	})
}

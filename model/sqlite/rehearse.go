package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
)

// Rehearse tells what Create would do at path, and what the workspace would
// then hold, without writing anything. Errors: those of Create.
func Rehearse(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (model.Info, []model.Warning, error) {
	err := canCreate(path)
	if err != nil {
		return model.Info{}, nil, fault(catalogue.T("making"), path, err)
	}
	l := &loader{ctx: ctx, columns: new(columns), report: report}
	info, err := l.rehearse(nil, intakes)
	info.Path = path
	if err == nil {
		l.tellSources(intakes)
	}
	return info, l.warnings, fault(catalogue.T("making"), path, err)
}

// canCreate looks whether a workspace can be made at path.
func canCreate(path string) error {
	if folder, err := os.Stat(filepath.Dir(path)); err != nil {
		return err
	} else if !folder.IsDir() {
		return fs.ErrNotExist
	}
	if holder := writerOf(path); holder != "" {
		return beingMade(path, holder)
	}
	return absent(path)
}

// Rehearse tells what Import would do, and what the workspace would then hold,
// without writing anything. Of no files it tells what the workspace holds, and
// who writes it, as if it had been opened for writing. Errors: those of Import.
func (w *Workspace) Rehearse(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (model.Info, []model.Warning, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	as := w.asWriter()
	if len(intakes) == 0 {
		info, err := as.Info(ctx)
		return info, nil, err
	}
	if err := as.mustWrite(); err != nil {
		return model.Info{}, nil, err
	}
	var info model.Info
	var warnings []model.Warning
	err := transact(ctx, w.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		now := w.catalog.Load()
		if err := unchanged(ctx, tx, now, w.path); err != nil {
			return err
		}
		have, err := data(ctx, tx, now)
		if err != nil {
			return err
		}
		l := &loader{ctx: ctx, stored: tx, old: w.old, attributes: slices.Clip(now.attributes), columns: have, report: report}
		info, err = l.rehearse(now, intakes)
		warnings = l.warnings
		if err == nil {
			l.tellSources(intakes)
		}
		return err
	})
	info.Path, info.Temporary = w.path, w.temporary != ""
	return info, warnings, fault(catalogue.T("importing into"), w.path, err)
}

// asWriter is the workspace as one who opened it for writing would have it. It
// is good for a look, not for use.
func (w *Workspace) asWriter() *Workspace {
	as := &Workspace{path: w.path, lock: w.lock, writer: w.writer, temporary: w.temporary}
	as.catalog.Store(w.catalog.Load())
	if !w.readOnly() {
		return as
	}
	if as.writer = cmp.Or(w.writer, writerOf(w.path)); as.writer != "" {
		return as
	}
	if f, err := os.OpenFile(w.path, os.O_RDWR, 0); err == nil && f.Close() == nil {
		as.lock = &writerLock{} // it would have one
	}
	return as
}

// writerOf says who writes a file, "" if nobody does. Nothing is made or written.
func writerOf(path string) string {
	file := lockPath(path)
	if _, err := disk.Plain(file); err == nil {
		f := flock.New(file, flock.SetFlag(os.O_RDWR|disk.NoFollow)) // never made
		switch locked, err := f.TryLock(); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil || !locked:
			return readHolder(file)
		default:
			_ = f.Unlock()
		}
	}
	var l writerLock
	if free, err := l.hold(path); err == nil && !free {
		return unnamed
	}
	if l.held != nil {
		_ = l.held.Close()
	}
	return ""
}

// rehearse goes through the storing of intakes over what there is; nil: a new
// workspace. Sources and settings are stored in memory, orders only counted.
func (l *loader) rehearse(now *catalog, intakes []*model.Intake) (info model.Info, err error) {
	steps, err := migrations(migrationFiles)
	if err != nil {
		return info, err
	}
	db := connect("rehearsal", rehearsing)
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrate(l.ctx, db, steps); err != nil {
		return info, err
	}
	l.fresh, l.rehearsal, l.nextOrder = true, true, 1
	err = transact(l.ctx, db, nil, func(tx *sql.Tx) error {
		l.tx = tx
		if now != nil && now.info.Currency != "" {
			if err := setSetting(l.ctx, tx, "currency", now.info.Currency); err != nil {
				return err
			}
		}
		if err := l.load(intakes); err != nil {
			return err
		}
		c, err := readCatalog(l.ctx, tx, 0)
		if err != nil {
			return err
		}
		info = c.info
		info.Customers = l.columns.customers()
		info.Generation++ // of a new workspace
		if now == nil {
			return nil
		}
		info.Generation = now.info.Generation + 1
		info.Fingerprint = fingerprint(slices.Concat(now.sources, c.sources))
		if err := addInfo(&info, &now.info); err != nil {
			return err
		}
		if c.corrected { // then orders that were there may have moved
			info.FirstDay, info.LastDay = slices.Min(l.columns.day), slices.Max(l.columns.day)
		}
		return nil
	})
	return info, err
}

// addInfo adds to what an import brings what there was before.
func addInfo(info, before *model.Info) (err error) {
	info.Orders += before.Orders
	info.ReturnOnly += before.ReturnOnly
	if info.Revenue, err = info.Revenue.Add(before.Revenue); err != nil {
		return err
	}
	if info.Returned, err = info.Returned.Add(before.Returned); err != nil {
		return err
	}
	if before.FirstDay != model.NoDay && (info.FirstDay == model.NoDay || before.FirstDay < info.FirstDay) {
		info.FirstDay = before.FirstDay
	}
	if before.LastDay != model.NoDay && (info.LastDay == model.NoDay || before.LastDay > info.LastDay) {
		info.LastDay = before.LastDay
	}
	return nil
}

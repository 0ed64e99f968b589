package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	codes "modernc.org/sqlite/lib"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/memory"
)

// Backup copies a workspace to another file, as it is at one moment, while others
// may have it open. The copy is for its owner alone, gets its name only when every
// check of [Check] has held, and then takes the place of a file that is there if
// replace says so. It returns how many bytes it has and what the checks found.
// Errors: those of opening; Exists, NotFound (the folder), Corrupt.
func Backup(ctx context.Context, path, to string, replace bool, scheme ReadScheme, report func(model.Progress)) (size int64, found []Finding, err error) {
	if err := findable(path); err != nil {
		return 0, nil, err
	}
	if err := backupTo(path, to, replace); err != nil {
		return 0, nil, fault(catalogue.T("copying to"), to, err)
	}
	lock, holder, err := lockWriter(ctx, to)
	if err != nil {
		return 0, nil, fault(catalogue.T("copying to"), to, err)
	}
	if holder != "" {
		return 0, nil, model.Errorf(model.Busy, "{to:q} is being written by {holder}", "to", to, "holder", holder).WithHint("wait for it, or choose another name")
	}
	defer func() { err = errors.Join(err, fault(catalogue.T("copying to"), to, lock.release())) }()
	if err := backupTo(path, to, replace); err != nil { // still
		return 0, nil, fault(catalogue.T("copying to"), to, err)
	}
	staging := to + partialEnd // ours by the lock: what strata made there is left from a crash
	if err := vacate(staging); err != nil {
		return 0, nil, fault(catalogue.T("copying to"), to, err)
	}
	if err := stake(ctx, staging); err != nil {
		return 0, nil, fault(catalogue.T("copying to"), to, err)
	}
	defer model.Temporary(ctx, staging)()
	defer func() {
		if err != nil {
			err = errors.Join(err, fault(catalogue.T("removing"), staging, removeIfThere(staging)))
		}
	}()
	if err := copyAside(ctx, path, staging, report); err != nil {
		return 0, nil, fault(catalogue.T("copying"), path, err)
	}
	if found, err = Check(ctx, staging, scheme, report); err != nil {
		return 0, nil, err
	}
	for _, f := range found {
		if !f.OK {
			return 0, found, model.Errorf(model.Corrupt, "{path:q} is not copied, because it is damaged: {found}", "path", path, "found", f.Found[0]).
				WithHint("`strata check` with the file lists everything that is wrong; copy it like any other file if you want it as it is")
		}
	}
	about, err := os.Stat(staging)
	if err != nil {
		return 0, nil, fault(catalogue.T("copying to"), to, err)
	}
	return about.Size(), found, fault(catalogue.T("copying to"), to, settle(ctx, staging, to))
}

// backupTo makes sure that a copy may get its name.
func backupTo(path, to string, replace bool) error {
	about, err := os.Lstat(to) // a link is no file to be replaced
	if errors.Is(err, fs.ErrNotExist) {
		if folder, err := os.Stat(filepath.Dir(to)); err != nil {
			return err
		} else if !folder.IsDir() {
			return fs.ErrNotExist
		}
		return absent(to)
	}
	if err != nil {
		return err
	}
	if own, err := os.Stat(path); err == nil && os.SameFile(own, about) {
		return model.Errorf(model.Usage, "{to:q} is the workspace itself", "to", to).WithHint("choose another name")
	}
	if !about.Mode().IsRegular() {
		return model.Errorf(model.Exists, "{to:q} exists and is not an ordinary file", "to", to).WithHint("choose another name")
	}
	if !replace {
		return model.Errorf(model.Exists, "{to:q} already exists", "to", to).WithHint("choose another name, or --force to overwrite it")
	}
	if err := shortEnough(to, mostNewPath); err != nil {
		return err
	}
	if err := disk.CheckName(to); err != nil {
		return err
	}
	return nothingLeft(to)
}

// copyAside copies a workspace to a file that was made for it.
func copyAside(ctx context.Context, path, staging string, report func(model.Progress)) error {
	if err := ownLeftovers(path); err != nil {
		return err
	}
	about, err := os.Stat(path)
	if err != nil {
		return err
	}
	if err := memory.Fits(path, checkedTimes*about.Size()); err != nil { // the copy is looked through
		return err
	}
	db := connect(path, reading)
	err = copyTo(ctx, db, staging, report)
	if resultCode(err) == codes.SQLITE_READONLY {
		// A write was broken off by a crash and must be taken back first.
		w, opened := Open(ctx, path)
		if opened != nil {
			return errors.Join(opened, db.Close())
		}
		err = errors.Join(w.Close(), copyTo(ctx, db, staging, report))
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncTo(staging, os.O_RDWR)
}

// settle gives a finished file its name.
func settle(ctx context.Context, staging, path string) error {
	if err := disk.Supplant(ctx, staging, path); err != nil {
		return err
	}
	// The name is on the disk once the folder is; some systems cannot sync
	// folders, and write them soon enough by themselves.
	_ = syncTo(filepath.Dir(path), os.O_RDONLY)
	return nil
}

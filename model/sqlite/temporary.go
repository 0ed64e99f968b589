package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
)

// A temporary workspace lies in a private folder of its own in the system's
// temporary folder: TMPDIR/strata-NUMBER/temporary.strata. Its lock file beside it
// is held as long as its process lives.
const (
	temporaryFolder = "strata-" // and a number
	temporaryFile   = "temporary.strata"
)

// CreateTemporary makes a workspace in the system's temporary folder, for one
// what-if. It is gone after Close unless SaveAs kept it; what a killed process
// leaves is swept by [SweepTemporary]. Errors: Unreadable, Cancelled.
func CreateTemporary(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (*Workspace, []model.Warning, error) {
	folder, err := os.MkdirTemp("", temporaryFolder)
	if err != nil {
		return nil, nil, fault(catalogue.T("making a temporary workspace in"), os.TempDir(), err)
	}
	gone := model.TemporaryBy(ctx, func() error { return removeInUse(folder) })
	w, l, err := createTemporaryIn(ctx, folder, intakes, report)
	if err != nil {
		err = errors.Join(err, removeTemporary(folder))
		gone()
		return nil, nil, fault(catalogue.T("making"), filepath.Join(folder, temporaryFile), err)
	}
	w.temporary, w.gone = folder, gone
	l.tellSources(intakes)
	return w, l.warnings, nil
}

func createTemporaryIn(ctx context.Context, folder string, intakes []*model.Intake, report func(model.Progress)) (*Workspace, *loader, error) {
	if err := os.Chmod(folder, disk.FolderMode); err != nil {
		return nil, nil, err
	}
	path := filepath.Join(folder, temporaryFile)
	lock, _, err := lockWriter(withTheFolder, path) // nobody else knows the name
	if err != nil {
		return nil, nil, err
	}
	w, l, err := createIn(ctx, path, intakes, report)
	if err != nil {
		return nil, nil, errors.Join(err, lock.release())
	}
	w.lock = lock
	return w, l, nil
}

// withTheFolder is for a lock that is not removed before the folder it lies in:
// without it nobody would sweep what may be left there.
var withTheFolder = context.Background()

// SweepTemporary removes the temporary workspaces of processes that are gone, as
// after a kill. What is in use, of another user, or not made by strata stays. It is
// a courtesy, so that it has no error.
func SweepTemporary() {
	entries, _ := os.ReadDir(os.TempDir()) // those that could be read
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), temporaryFolder) {
			sweep(filepath.Join(os.TempDir(), e.Name()))
		}
	}
}

// sweep removes a temporary workspace, if it is one and nobody's any more.
func sweep(folder string) {
	about, err := os.Lstat(folder)
	if err != nil || !about.IsDir() || !ownedByUser(about) || !holdsTemporary(folder) {
		return
	}
	path := filepath.Join(folder, temporaryFile)
	h, signed := holderOf(lockPath(path))
	if host, err := os.Hostname(); !signed || err != nil || h.Host != host || alive(h.Process) {
		return // another machine may use the folder, too; one who signs is about to lock
	}
	lock, _, err := lockWriter(withTheFolder, path)
	if lock == nil || err != nil {
		return // in use
	}
	_ = errors.Join(lock.release(), removeTemporary(folder))
}

// holdsTemporary reports whether a folder has a lock file and else nothing but
// what belongs to a temporary workspace. One that is just being made is not signed
// yet, or held.
func holdsTemporary(folder string) bool {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return false
	}
	locked := false
	for _, e := range entries {
		if !e.Type().IsRegular() || !slices.Contains(temporaryFiles(), e.Name()) {
			return false
		}
		locked = locked || e.Name() == temporaryFile+".lock"
	}
	return locked
}

// temporaryFiles are the names of all that lies in the folder of a temporary
// workspace.
func temporaryFiles() []string {
	names := []string{temporaryFile, temporaryFile + ".lock"}
	for _, end := range sideFiles {
		names = append(names, temporaryFile+end)
	}
	return names
}

// removeInUse removes a temporary workspace that something may just be working with:
// SQLite makes a journal again that is gone.
func removeInUse(folder string) (err error) {
	for range 5 {
		if err = removeTemporary(folder); err == nil {
			return nil
		}
	}
	return err
}

// removeTemporary removes a temporary workspace with its folder, and nothing else
// that may have come to lie there.
func removeTemporary(folder string) error {
	var errs []error
	for _, name := range temporaryFiles() {
		errs = append(errs, removeIfThere(filepath.Join(folder, name)))
	}
	err := os.Remove(folder)
	for range 10 { // Windows lets go of a file a moment after it was closed
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return errors.Join(errs...)
		}
		time.Sleep(time.Millisecond)
		err = os.Remove(folder)
	}
	return errors.Join(append(errs, err)...)
}

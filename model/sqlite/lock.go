package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/gofrs/flock"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
)

// writerLock is the right to write a workspace. It is two advisory locks, which
// the operating system takes back when the process dies: one on a file beside the
// workspace, which tells other programs who holds it and is there before the
// workspace is; and one on the workspace itself, whatever name it was opened by.
type writerLock struct {
	flock *flock.Flock
	made  bool     // the lock file is ours to remove
	held  *os.File // the workspace, locked; nil where it is not there yet, or cannot be
	gone  func()   // to be called when the lock file is removed
}

// lockHolder is the content of the lock file.
type lockHolder struct {
	Process int       `json:"process"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

// lockPath names the lock file of a workspace: beside the file itself, not beside
// a symbolic link to it.
func lockPath(path string) string { return resolved(path) + ".lock" }

// resolved follows symbolic links, those of the folder alone where there is no
// file yet.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path))
	}
	return path
}

// lockedByte is the byte of a workspace that its writer locks: no database reaches
// so far.
const lockedByte int64 = 1 << 60

// unnamed is a writer of whom no more is known: who has locked the workspace itself,
// but not the file beside it, may have it under another name, or be just ending.
var unnamed = catalogue.T("another program")

// lockWriter takes the right to write path. When another program has it, the
// lock is nil and holder says who; when no lock file can be made there,
// because the folder is read-only, the error is the file system's. Error: Exists
// where a link or a device has the name of the lock file.
func lockWriter(ctx context.Context, path string) (lock *writerLock, holder string, err error) {
	file := lockPath(path)
	for {
		made, err := lockFile(file)
		if errors.Is(err, fs.ErrNotExist) && isFolder(filepath.Dir(file)) {
			continue // its holder has just removed it
		}
		if err != nil {
			return nil, "", err
		}
		f := flock.New(file, flock.SetFlag(os.O_RDWR|disk.NoFollow))
		locked, err := f.TryLock()
		if errors.Is(err, fs.ErrNotExist) && isFolder(filepath.Dir(file)) {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		if !locked {
			return nil, readHolder(file), nil
		}
		// The one who had the lock removes the file. If that happened between
		// our opening and locking it, we hold a file nobody else will find.
		if !sameFile(f, file) {
			_ = f.Unlock()
			continue
		}
		l := &writerLock{flock: f, made: made, gone: func() {}}
		if made {
			l.gone = model.Temporary(ctx, file)
		}
		free, err := l.hold(path)
		if err != nil {
			return nil, "", errors.Join(err, l.release())
		}
		if !free {
			return nil, unnamed, l.release()
		}
		if made {
			signAgain(file)
		}
		return l, "", nil
	}
}

// lockFile makes sure that there is a lock file, and reports whether it is one that
// strata may write and remove: it is new, or says that it is strata's. What else has
// the name is locked, and left as it is. Errors: Exists for a link or a device, and
// the file system's.
func lockFile(file string) (ours bool, err error) {
	f, err := disk.Create(file)
	if err == nil {
		sign(f) // now, since Windows does not let a locked file be written
		return true, f.Close()
	}
	if !errors.Is(err, fs.ErrExist) {
		return false, err
	}
	about, err := disk.Plain(file)
	if about != nil && err != nil {
		return false, model.Errorf(model.Exists, "{file:q} is in the way: it is not a lock of strata", "file", file).WithHint("move it away")
	}
	_, ours = holderOf(file)
	return ours, err
}

func isFolder(path string) bool {
	about, err := os.Stat(path)
	return err == nil && about.IsDir()
}

// sign writes into a lock file who holds it, from the beginning. The lock holds
// without it.
func sign(f *os.File) {
	host, _ := os.Hostname()
	text, err := json.Marshal(lockHolder{Process: os.Getpid(), Host: host, Since: time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		_, _ = f.Write(append(text, '\n'))
	}
}

// signAgain puts another holder into a lock file that was left behind.
func signAgain(file string) {
	if f, err := os.OpenFile(file, os.O_WRONLY|os.O_TRUNC|disk.NoFollow, 0); err == nil {
		sign(f)
		_ = f.Close()
	}
}

// hold locks the workspace itself, if it is there, and reports false when another
// program has done so. A system that cannot is left with the lock file.
func (l *writerLock) hold(path string) (free bool, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if !lockItself(f) {
		return false, f.Close()
	}
	l.held = f
	return true, nil
}

// release gives the right back and removes the lock file. A nil lock is fine.
func (l *writerLock) release() error {
	if l == nil {
		return nil
	}
	var err error
	if l.held != nil {
		unlockItself(l.held)
		err = l.held.Close()
		l.held = nil
	}
	// Removing first means that nobody can lock a file about to go. Windows
	// does not remove an open file, so there it goes afterwards.
	mine := l.made && sameFile(l.flock, l.flock.Path())
	removed := error(nil)
	if mine {
		removed = os.Remove(l.flock.Path())
	}
	err = errors.Join(err, l.flock.Unlock())
	if removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		_ = os.Remove(l.flock.Path())
	}
	l.gone()
	return err
}

func sameFile(f *flock.Flock, path string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(path)
	return err == nil && os.SameFile(held, there)
}

// holderOf reads who a lock file says holds it, and reports whether it is one of
// strata's.
func holderOf(file string) (h lockHolder, ok bool) {
	const most = 4 << 10 // a host's name has some hundred bytes at most
	f, err := os.OpenFile(file, os.O_RDONLY|disk.NoFollow, 0)
	if err != nil {
		return h, false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	return h, err == nil && json.Unmarshal(text, &h) == nil && h.Process != 0
}

// readHolder says in words who holds a lock file.
func readHolder(file string) string {
	h, ok := holderOf(file)
	if !ok {
		return unnamed
	}
	host := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, h.Host)
	since := h.Since.Local()
	layout := "15:04"
	if now := time.Now(); now.Sub(since) > 24*time.Hour || now.Day() != since.Day() {
		layout = "2006-01-02 15:04"
	}
	return catalogue.T("another strata (process {process} on {host}, since {since})", "process", h.Process, "host", host, "since", since.Format(layout))
}

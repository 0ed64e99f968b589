package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
	"unicode"

	"github.com/gofrs/flock"
)

// writerLock is the right to write a workspace: an advisory lock on a file
// beside it, which the operating system takes back when the process dies. The
// file tells other programs who holds it.
type writerLock struct {
	flock *flock.Flock
}

// lockHolder is the content of the lock file.
type lockHolder struct {
	Process int       `json:"process"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

func lockPath(path string) string { return path + ".lock" }

// lockWriter takes the right to write path. When another program has it, the
// lock is nil and holder says who; when no lock file can be made there,
// because the folder is read-only, the error is the file system's.
func lockWriter(path string) (lock *writerLock, holder string, err error) {
	for {
		f := flock.New(lockPath(path), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o644))
		locked, err := f.TryLock()
		if err != nil {
			return nil, "", err
		}
		if !locked {
			return nil, readHolder(path), nil
		}
		// The one who had the lock removes the file. If that happened between
		// our opening and locking it, we hold a file nobody else will find.
		if !sameFile(f, lockPath(path)) {
			_ = f.Unlock()
			continue
		}
		host, _ := os.Hostname()
		text, err := json.Marshal(lockHolder{Process: os.Getpid(), Host: host, Since: time.Now().UTC().Truncate(time.Second)})
		if err == nil {
			// Windows refuses to write a locked file; the holder stays unnamed there.
			_ = os.WriteFile(lockPath(path), append(text, '\n'), 0o644)
		}
		return &writerLock{flock: f}, "", nil
	}
}

// release gives the right back and removes the file. A nil lock is fine.
func (l *writerLock) release() error {
	if l == nil {
		return nil
	}
	// Removing first means that nobody can lock a file about to go. Windows
	// does not remove an open file, so there it goes afterwards.
	removed := os.Remove(l.flock.Path())
	err := l.flock.Unlock()
	if removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		_ = os.Remove(l.flock.Path())
	}
	return err
}

func sameFile(f *flock.Flock, path string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(held, there)
}

// readHolder says in words who holds the lock.
func readHolder(path string) string {
	const unnamed = "another program"
	text, err := os.ReadFile(lockPath(path))
	if err != nil {
		return unnamed
	}
	var h lockHolder
	if json.Unmarshal(text, &h) != nil || h.Process == 0 {
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
	return fmt.Sprintf("another strata (process %d on %s, since %s)", h.Process, host, since.Format(layout))
}

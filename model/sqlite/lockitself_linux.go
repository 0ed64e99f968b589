package sqlite

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockItself locks a byte of an open file that is behind all that SQLite locks or
// writes, and reports false when another program has it. The lock is the open
// file's, so that whatever else the process does with the file leaves it alone.
func lockItself(f *os.File) (free bool) {
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: lockedByte, Len: 1}
	err := unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &lock)
	return !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EACCES)
}

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

// unlockItself takes the lock back before the file is closed: a program that is
// just being started has the open file, too, for a moment.
func unlockItself(f *os.File) {
	lock := unix.Flock_t{Type: unix.F_UNLCK, Start: lockedByte, Len: 1}
	_ = unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &lock) // there is none on a system that cannot
}

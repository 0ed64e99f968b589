//go:build darwin || dragonfly || freebsd || netbsd

package sqlite

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockItself locks a byte of an open file that is behind all that SQLite locks or
// writes, and reports false when another program has it. The lock goes when the
// process closes the file, under whatever descriptor.
func lockItself(f *os.File) (free bool) {
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: lockedByte, Len: 1}
	err := unix.FcntlFlock(f.Fd(), unix.F_SETLK, &lock)
	return !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EACCES)
}

// unlockItself leaves it to closing the file to take the lock back.
func unlockItself(*os.File) {}

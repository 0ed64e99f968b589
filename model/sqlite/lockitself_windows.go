package sqlite

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockItself locks a byte of an open file that is behind all that SQLite locks or
// writes, and reports false when another program has it.
func lockItself(f *os.File) (free bool) {
	const half = 32
	behind := windows.Overlapped{Offset: uint32(lockedByte & (1<<half - 1)), OffsetHigh: uint32(lockedByte >> half)}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &behind)
	return !errors.Is(err, windows.ERROR_LOCK_VIOLATION) && !errors.Is(err, windows.ERROR_IO_PENDING)
}

// unlockItself leaves it to closing the file to take the lock back.
func unlockItself(*os.File) {}

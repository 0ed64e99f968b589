//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !windows

package sqlite

import "os"

// lockItself cannot lock a byte of a file here: the lock file must do.
func lockItself(*os.File) (free bool) { return true }

// unlockItself leaves it to closing the file to take the lock back.
func unlockItself(*os.File) {}

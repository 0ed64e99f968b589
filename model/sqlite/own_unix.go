//go:build !windows

package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// ownedByUser reports whether a file belongs to the user.
func ownedByUser(about fs.FileInfo) bool {
	stat, ok := about.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// oneName reports whether a file has no other name than the one it was found by.
func oneName(about fs.FileInfo) bool {
	stat, ok := about.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink == 1
}

// mayWriteTo reports whether the user may write a file, or in a folder.
func mayWriteTo(path string) bool {
	return unix.Faccessat(unix.AT_FDCWD, path, unix.W_OK, unix.AT_EACCESS) == nil
}

// alive reports whether there is a process of a number, be it of another user.
func alive(process int) bool {
	err := syscall.Kill(process, 0)
	return process > 0 && (err == nil || errors.Is(err, syscall.EPERM))
}

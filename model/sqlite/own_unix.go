//go:build !windows

package sqlite

import (
	"io/fs"
	"os"
	"syscall"
)

// isOwn reports whether a file belongs to the user.
func isOwn(about fs.FileInfo) bool {
	stat, ok := about.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

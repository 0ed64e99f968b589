package sqlite

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// ownedByUser reports whether a file belongs to the user: there is a temporary folder for
// each.
func ownedByUser(fs.FileInfo) bool { return true }

// oneName reports whether a file has no other name than the one it was found by: what
// is found does not tell, and removing a name leaves the other.
func oneName(fs.FileInfo) bool { return true }

// mayWriteTo reports whether a file may be written; a folder does not tell.
func mayWriteTo(path string) bool {
	about, err := os.Stat(path)
	return err == nil && about.Mode()&0o200 != 0
}

// alive reports whether there is a process of a number, be it of another user.
func alive(process int) bool {
	const stillActive = 259
	handle, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(process))
	if err != nil {
		return errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	var code uint32 // a handle may outlive its process
	return windows.GetExitCodeProcess(handle, &code) == nil && code == stillActive
}

package disk

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"strata/model"
)

// besideEnds are what the names of the files end in that strata and SQLite keep beside
// a workspace, or make on the way to one.
var besideEnds = []string{"-journal", "-wal", "-shm", ".lock", ".partial"}

// unfinished are the names of files that are being written ([createBeside]), which
// whoever finds one may delete.
var unfinished = regexp.MustCompile(`(?i)^\.strata-[0-9a-f]{8}\.part$`)

// CheckName refuses the names of files that are kept beside another one, and of those
// that are not whole yet: what is written there locks a workspace out, or would be
// lost. Error: Exists.
func CheckName(path string) error {
	if unfinished.MatchString(filepath.Base(path)) {
		return model.Errorf(model.Exists, "{path} cannot be written: the name belongs to an unfinished file, which may be deleted", "path", path).WithHint("choose another name")
	}
	of := path
	for {
		cut := withoutEnd(of)
		if cut == of {
			return nil
		}
		of = cut
		if about, err := os.Stat(of); err == nil && about.Mode().IsRegular() {
			return model.Errorf(model.Exists, "{path} cannot be written: the name belongs to a file next to {file}", "path", path, "file", of).WithHint("choose another name")
		}
	}
}

// withoutEnd cuts off one of the ends, in letters of any size, as some systems take
// them for the same.
func withoutEnd(path string) string {
	for _, end := range besideEnds {
		if at := len(path) - len(end); at > 0 && strings.EqualFold(path[at:], end) {
			return path[:at]
		}
	}
	return path
}

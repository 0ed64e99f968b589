package disk

import (
	"errors"
	"io/fs"
	"syscall"

	"strata/model"
)

// Trouble says in words what an error of the file system is, and what to do about
// it; "" for one that is not known.
func Trouble(err error) (what, remedy string) {
	switch {
	case isFull(err):
		return "the disk is full", "make room, or take another place"
	case errors.Is(err, syscall.EFBIG):
		return "a file may not be so large here", "raise the limit (ulimit -f), or take another place"
	case isReadOnly(err):
		return "this place can only be read", "take another one"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied", "check the permissions of the file and its folder, or take another place"
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such folder", "create the folder first, or give another path"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "the name is too long", "give a shorter one"
	case errors.Is(err, syscall.EPIPE):
		return "nobody reads any more", ""
	case errors.Is(err, syscall.EIO):
		return "the disk or the network share failed", "check it"
	}
	return "", ""
}

// CannotWrite tells that a file could not be written, with the code Unreadable.
// Nothing of it is there.
func CannotWrite(path string, err error) error {
	what, remedy := Trouble(err)
	if what == "" {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err // which has not the name of a temporary file in it
		}
		return model.Errorf(model.Unreadable, "cannot write %s: %w", path, err)
	}
	told := model.Errorf(model.Unreadable, "cannot write %s: %s", path, what)
	told.Hint, told.Err = remedy, err
	return told
}

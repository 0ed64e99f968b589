package disk

import (
	"errors"
	"io/fs"
	"syscall"

	"strata/model"
	"strata/model/catalogue"
)

// Trouble says in words what an error of the file system is, and what to do about
// it; "" for one that is not known.
func Trouble(err error) (what, remedy string) {
	switch {
	case isFull(err):
		return catalogue.T("the disk is full"), catalogue.T("free up space, or choose another place")
	case errors.Is(err, syscall.EFBIG):
		return catalogue.T("a file may not be this large here"), catalogue.T("raise the limit (ulimit -f), or choose another place")
	case isReadOnly(err):
		return catalogue.T("this place is read-only"), catalogue.T("choose another one")
	case errors.Is(err, fs.ErrPermission):
		return catalogue.T("permission denied"), catalogue.T("check the permissions of the file and its folder, or choose another place")
	case errors.Is(err, fs.ErrNotExist):
		return catalogue.T("there is no such folder"), catalogue.T("create the folder first, or give another path")
	case errors.Is(err, syscall.ENAMETOOLONG):
		return catalogue.T("the name is too long"), catalogue.T("choose a shorter one")
	case errors.Is(err, syscall.EPIPE):
		return catalogue.T("the reader is gone"), ""
	case errors.Is(err, syscall.EIO):
		return catalogue.T("the disk or the network share failed"), catalogue.T("check it")
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
		return model.Errorf(model.Unreadable, "cannot write {path}: {cause}", "path", path, "cause", err)
	}
	told := model.Errorf(model.Unreadable, "cannot write {path}: {reason}", "path", path, "reason", what)
	told.Hint, told.Err = remedy, err
	return told
}

package sqlite

import (
	"context"
	"errors"
	"io/fs"

	sqlite3 "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"strata/model"
)

// fault tells an error of the file system or of SQLite as a [model.Error]. The
// verb says what failed: "opening", "importing into". An error that is one
// already passes unchanged.
func fault(verb, path string, err error) error {
	var told *model.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return model.Errorf(model.Cancelled, "%s %q was stopped: %w", verb, path, err)
	}
	tell := func(code model.Code, what, hint string) error {
		e := model.Errorf(code, "%s %q: %s (%w)", verb, path, what, err)
		e.Hint = hint
		return e
	}
	switch resultCode(err) {
	case codes.SQLITE_INTERRUPT:
		return model.Errorf(model.Cancelled, "%s %q was stopped: %w", verb, path, err)
	case codes.SQLITE_NOTADB:
		return tell(model.Foreign, "this is no strata workspace", notOursHint)
	case codes.SQLITE_CORRUPT:
		return tell(model.Corrupt, "the workspace is damaged or cut short", corruptHint)
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return tell(model.Busy, "another program is writing it", "close that program, or try again in a moment")
	case codes.SQLITE_READONLY:
		return tell(model.ReadOnly, "the file cannot be written", "check its permissions, or save the workspace somewhere else")
	case codes.SQLITE_CANTOPEN, codes.SQLITE_PERM, codes.SQLITE_AUTH:
		return tell(model.Unreadable, "the file cannot be opened", "check that it and its folder may be read and written")
	case codes.SQLITE_FULL:
		return tell(model.Unreadable, "the disk is full", "make room; nothing already stored is lost")
	case codes.SQLITE_IOERR:
		return tell(model.Unreadable, "the disk or the network share failed", "check it; nothing already stored is lost")
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return tell(model.Unreadable, "permission denied", "check the permissions of the file and its folder")
	case errors.Is(err, fs.ErrNotExist):
		return tell(model.NotFound, "there is no such folder", "create the folder first, or give another path")
	}
	return model.Errorf(model.Internal, "%s %q: %w", verb, path, err)
}

// resultCode returns the primary result code of SQLite in err's chain, or 0.
func resultCode(err error) int {
	var e *sqlite3.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

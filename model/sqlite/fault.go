package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	sqlite3 "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
)

// fault tells an error of the file system or of SQLite as a [model.Error]. The
// verb says what failed: "opening", "importing into". An error that holds one
// already is that one.
func fault(verb, path string, err error) error {
	var told *model.Error
	if err == nil {
		return nil
	}
	if errors.As(err, &told) {
		if told.Code == model.Corrupt && !strings.Contains(told.Message, path) {
			named := *told
			named.Message = catalogue.T("{path:q} is damaged: {message}", "path", path, "message", told.Message)
			return &named
		}
		return told
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return stopped(verb, path, err)
	}
	tell := func(code model.Code, what, hint string) error {
		// The cause's own text may hold the path as it stands.
		return &model.Error{Code: code, Message: catalogue.T("{verb} {path:q}: {title}", "verb", verb, "path", path, "title", what), Hint: hint, Err: err}
	}
	if extendedCode(err) == codes.SQLITE_READONLY_DBMOVED {
		return tell(model.NotFound, catalogue.T("the file has been moved or deleted"), catalogue.T("put it back and open it again, or save the workspace somewhere else"))
	}
	if code := resultCode(err); (code == codes.SQLITE_READONLY || code == codes.SQLITE_CANTOPEN) && hasLog(path) {
		return tell(model.Unreadable, catalogue.T("another program uses a write-ahead log for it, which cannot be read without writing {path:q} next to it", "path", filepath.Base(path)+"-shm"),
			catalogue.T("have its owner close that program and run `PRAGMA journal_mode=delete` on it with the sqlite3 shell, or copy it with `strata backup`"))
	}
	switch resultCode(err) {
	case codes.SQLITE_INTERRUPT:
		return stopped(verb, path, err)
	case codes.SQLITE_NOTADB:
		return tell(model.Foreign, catalogue.T("this is not a strata workspace"), notOursHint)
	case codes.SQLITE_ERROR, codes.SQLITE_CONSTRAINT, codes.SQLITE_MISMATCH, codes.SQLITE_FORMAT, codes.SQLITE_RANGE:
		// Statements are ours, and fit a sound workspace.
		return tell(model.Corrupt, catalogue.T("the workspace is damaged: ")+strconv.QuoteToGraphic(err.Error()), corruptHint)
	case codes.SQLITE_TOOBIG:
		return tell(model.Corrupt, catalogue.T("the workspace is damaged: a text in it is longer than any that strata writes"), corruptHint)
	case codes.SQLITE_CORRUPT:
		return tell(model.Corrupt, catalogue.T("the workspace is damaged or cut short"), corruptHint)
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return tell(model.Busy, catalogue.T("another program is using it"), catalogue.T("close that program, or try again in a moment"))
	case codes.SQLITE_NOMEM:
		return tell(model.Unreadable, catalogue.T("there is not enough memory"), catalogue.T("raise the limit (`ulimit -v unlimited`, or that of the container), or use a machine with more memory; nothing already stored is lost"))
	case codes.SQLITE_READONLY:
		return tell(model.ReadOnly, catalogue.T("the file cannot be written"), catalogue.T("check its permissions, or save the workspace somewhere else"))
	case codes.SQLITE_CANTOPEN, codes.SQLITE_PERM, codes.SQLITE_AUTH:
		return tell(model.Unreadable, catalogue.T("the file cannot be opened"), catalogue.T("check that it and its folder may be read and written"))
	case codes.SQLITE_FULL:
		return tell(model.Unreadable, catalogue.T("the disk is full"), catalogue.T("free up space, or choose another place; nothing already stored is lost"))
	case codes.SQLITE_IOERR:
		return tell(model.Unreadable, catalogue.T("the disk or the network share failed"), catalogue.T("check it, and whether a file may be that large there (ulimit -f); nothing already stored is lost"))
	}
	switch {
	case scanFailed(err):
		return tell(model.Corrupt, catalogue.T("the workspace is damaged: a value in it is not one that strata writes: ")+strconv.QuoteToGraphic(err.Error()), corruptHint)
	case errors.Is(err, sql.ErrNoRows):
		return tell(model.Corrupt, catalogue.T("the workspace is damaged: a row is missing"), corruptHint)
	case errors.Is(err, errChunk):
		return tell(model.Corrupt, catalogue.T("the workspace is damaged: ")+strconv.QuoteToGraphic(err.Error()), corruptHint)
	case errors.Is(err, syscall.EINVAL):
		return tell(model.Invalid, catalogue.T("this cannot be the name of a file"), catalogue.T("choose another name"))
	case errors.Is(err, fs.ErrNotExist):
		return tell(model.NotFound, catalogue.T("there is no such folder"), catalogue.T("create the folder first, or give another path"))
	}
	if what, remedy := disk.Trouble(err); what != "" {
		return tell(model.Unreadable, what, remedy)
	}
	return tell(model.Internal, strconv.QuoteToGraphic(err.Error()), "")
}

// scanFailed reports whether a value of a row is of a kind or size that strata
// writes nowhere. database/sql has no type for that.
func scanFailed(err error) bool {
	return err != nil && strings.Contains(err.Error(), "sql: Scan error on column")
}

// damaged reports content that no strata can have written.
func damaged(entry string, named ...any) error {
	return model.Errorf(model.Corrupt, entry, named...).WithHint(corruptHint)
}

func stopped(verb, path string, err error) error {
	return &model.Error{Code: model.Cancelled, Message: catalogue.T("{verb} {path:q} was stopped", "verb", verb, "path", path), Err: err}
}

// resultCode returns the primary result code of SQLite in err's chain, or 0.
func resultCode(err error) int { return extendedCode(err) & 0xff }

// extendedCode returns the result code of SQLite in err's chain with what it
// says in detail, or 0.
func extendedCode(err error) int {
	var e *sqlite3.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
